//! Cases as they stand in their files.

use std::{ops::Range, path::Path};

/// What a block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Before,
    After,
    Changes,
    Source,
    Clauses,
    Dropped,
    Identity,
}

impl Kind {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "before" => Self::Before,
            "after" => Self::After,
            "changes" => Self::Changes,
            "source" => Self::Source,
            "clauses" => Self::Clauses,
            "dropped" => Self::Dropped,
            "identity" => Self::Identity,
            _ => return None,
        })
    }
}

/// A fenced block.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) kind: Kind,
    /// The language that the text is read in; identified where the fence names none.
    pub(crate) language: Option<String>,
    /// What stands between the fences, each line with its end.
    pub(crate) text: String,
    /// Where that stands in the file.
    pub(crate) range: Range<usize>,
    /// The line of the opening fence, from 1.
    pub(crate) line: usize,
}

/// A heading, prose, and blocks.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) heading: String,
    prose: usize,
    blocks: Vec<Block>,
}

impl Case {
    pub(crate) fn block(&self, kind: Kind) -> Option<&Block> {
        self.blocks.iter().find(|block| block.kind == kind)
    }

    /// What Markdown viewers make of the heading.
    pub(crate) fn anchor(&self) -> String {
        self.heading
            .to_lowercase()
            .chars()
            .filter_map(|c| match c {
                ' ' => Some('-'),
                _ if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
                _ => None,
            })
            .collect()
    }

    #[track_caller]
    fn check(&self, path: &Path) {
        let place = format!("{}, “{}”", path.display(), self.heading);
        assert!(self.prose > 0, "{place}: no sentence says why");
        let has = |kind| self.block(kind).is_some();
        let compares = has(Kind::Before) && has(Kind::After) && has(Kind::Changes);
        let reads = has(Kind::Source) && (has(Kind::Clauses) || has(Kind::Dropped) || has(Kind::Identity));
        assert!(compares || reads, "{place}: needs before, after and changes, or source and clauses");
        for (at, block) in self.blocks.iter().enumerate() {
            let again = self.blocks[..at].iter().any(|other| other.kind == block.kind);
            assert!(!again, "{place}: two blocks of {:?}", block.kind);
        }
    }
}

/// Reads the cases of a file: a heading of the second level begins one.
#[track_caller]
pub(crate) fn read(text: &str, path: &Path) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut open: Option<Block> = None;
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let (start, shown) = (at, line.trim_end_matches(['\n', '\r']));
        at += line.len();
        let place = || format!("{}:{}", path.display(), number + 1);
        if let Some(block) = &mut open {
            if shown == "```" {
                block.range.end = start;
                let block = open.take().expect("an open block");
                cases
                    .last_mut()
                    .unwrap_or_else(|| panic!("{}: a block before any heading", place()))
                    .blocks
                    .push(block);
            } else {
                block.text.push_str(line);
            }
        } else if let Some(info) = shown.strip_prefix("```") {
            let (name, language) = info.split_once(' ').map_or((info, None), |(name, code)| (name, Some(code)));
            let kind = Kind::parse(name).unwrap_or_else(|| panic!("{}: no block is called {name:?}", place()));
            let language = language.map(str::to_owned);
            open = Some(Block { kind, language, text: String::new(), range: at..at, line: number + 1 });
        } else if let Some(heading) = shown.strip_prefix("## ") {
            cases.push(Case { heading: heading.to_owned(), prose: 0, blocks: Vec::new() });
        } else if let (false, Some(case)) = (shown.is_empty(), cases.last_mut()) {
            case.prose += 1;
        }
    }
    assert!(open.is_none(), "{}: the last block is not closed", path.display());
    assert!(!cases.is_empty(), "{}: no cases", path.display());
    for (at, case) in cases.iter().enumerate() {
        case.check(path);
        let again = cases[..at].iter().any(|other| other.anchor() == case.anchor());
        assert!(!again, "{}: two cases are called “{}”", path.display(), case.heading);
    }
    cases
}

/// The text that a block writes visibly: `␠` is a space, `␉` a tab, `␌` a form feed, `<U+200B>` any character.
pub(crate) fn literal(text: &str) -> String {
    let text = text.replace('␠', " ").replace('␉', "\t").replace('␌', "\u{c}");
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((plain, tail)) = rest.split_once("<U+") {
        out.push_str(plain);
        let code = tail
            .split_once('>')
            .and_then(|(code, tail)| Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, tail)));
        match code {
            Some((c, tail)) => {
                out.push(c);
                rest = tail;
            }
            None => {
                out.push_str("<U+");
                rest = tail;
            }
        }
    }
    out + rest
}
