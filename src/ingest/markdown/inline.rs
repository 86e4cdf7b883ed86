//! Marks inside a block: emphasis, links, marks of footnotes, escapes, character references, tags, code.
//!
//! A mark is what goes out of the text, or stands for other characters. Only marks in pairs are marks: an asterisk alone, a
//! low line in a word, brackets that lead nowhere are text. Linear in the text.

use std::ops::Range;

use super::references::References;
use crate::ingest::entities;
use crate::ingest::sheet::Sheet;
use crate::ingest::tags::{self, Tag};
use crate::ingest::targets::{end_of_target, leads};
use crate::language::common;
use crate::statement::Why;
use crate::text::chars;

/// What becomes of a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// It goes.
    Drop(Why),
    /// It goes, and this target of a link with it.
    Target(String),
    /// It stands for a character.
    Say(char),
    /// It calls the footnote of this number.
    Call(u32),
    /// It stands raised.
    Raise,
    /// It ends the line.
    Break,
}

/// A mark and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) range: Range<usize>,
    pub(super) act: Act,
}

/// The marks of a block.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// In order, none over another.
    pub(super) marks: Vec<Mark>,
    /// Whether a line ends inside it that its writer ended.
    pub(super) has_break: bool,
}

/// Signs that a backslash takes their meaning from.
const ESCAPED: &str = "\\`*_{}[]()#+-.!|<>~\"'$%&,/:;=?@^";
/// Longest label of a link or a footnote, in bytes.
const LABEL: usize = 200;
/// Most bytes between two marks of code.
const CODE: usize = 4096;

/// A run of marks of emphasis.
#[derive(Clone, Copy, Debug)]
struct Run {
    at: usize,
    len: usize,
    sign: u8,
    opens: bool,
    closes: bool,
}

struct Scan<'t, 'r> {
    text: &'t str,
    references: &'r References<'t>,
    found: Marks,
    runs: Vec<Run>,
    /// Where brackets were opened, and whether an image does.
    open: Vec<(usize, bool)>,
    raised: bool,
    /// Whether no comment is closed from here on.
    unclosed: bool,
}

/// The marks of a block.
pub(super) fn marks<'t>(text: &'t str, references: &References<'t>) -> Marks {
    if !text.bytes().any(|byte| b"\\`<&*_[!".contains(&byte)) && !text.contains("  \n") {
        return Marks::default();
    }
    let (found, runs, open) = (Marks::default(), Vec::new(), Vec::new());
    let mut scan = Scan { text, references, found, runs, open, raised: false, unclosed: false };
    let mut at = 0;
    while at < text.len() {
        at += scan.step(at);
    }
    let emphasis = emphasis(text, &scan.runs);
    let mut found = scan.found;
    found.marks.extend(emphasis.into_iter().map(|range| Mark { range, act: Act::Drop(Why::Formatting) }));
    found.marks.sort_by_key(|mark| (mark.range.start, mark.range.end));
    let mut end = 0;
    found.marks.retain(|mark| {
        let is_free = mark.range.start >= end;
        end = if is_free { mark.range.end } else { end };
        is_free
    });
    found
}

impl Scan<'_, '_> {
    fn mark(&mut self, range: Range<usize>, act: Act) -> usize {
        let len = range.len();
        self.found.marks.push(Mark { range, act });
        len
    }

    /// Looks at the byte at a place; returns how far the next place is.
    fn step(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let byte = rest.as_bytes()[0];
        match byte {
            b'\\' => self.escape(at, rest),
            b'`' => self.code(at, rest),
            b'<' => self.angle(at, rest),
            b'&' => match entities::reference(rest) {
                Some((c, len)) => self.mark(at..at + len, Act::Say(c)),
                None => 1,
            },
            b'*' | b'_' => self.emphasis(at, rest, byte),
            b'!' if rest.starts_with("![") => {
                self.open.push((at, true));
                2
            }
            b'[' => self.opened(at, rest),
            b']' => self.closed(at, rest),
            b' ' => {
                let len = rest.len() - rest.trim_start_matches(' ').len();
                self.found.has_break |= len > 1 && rest[len..].starts_with('\n');
                len
            }
            b'h' if rest.starts_with("http://") || rest.starts_with("https://") => {
                rest.find(|c: char| chars::is_space(c) || "()[]<>\"*".contains(c)).unwrap_or(rest.len())
            }
            b'0'..=b'9' if self.raised => {
                let len = rest.bytes().take_while(u8::is_ascii_digit).count();
                self.mark(at..at + len, Act::Raise)
            }
            _ => rest.chars().next().map_or(1, char::len_utf8),
        }
    }

    fn escape(&mut self, at: usize, rest: &str) -> usize {
        let Some(next) = rest[1..].chars().next() else { return 1 };
        if next == '\n' {
            self.found.has_break = true;
        }
        if next == '\n' || next == ' ' || ESCAPED.contains(next) {
            self.mark(at..at + 1, Act::Drop(Why::Formatting));
            return 1 + next.len_utf8();
        }
        1
    }

    fn code(&mut self, at: usize, rest: &str) -> usize {
        let len = rest.bytes().take_while(|byte| *byte == b'`').count();
        let limit =
            rest.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end < CODE).last().unwrap_or(0);
        let mut from = len;
        while let Some(next) = rest[..limit.max(len)].get(from..).and_then(|inner| inner.find('`')) {
            let start = from + next;
            let run = rest[start..].bytes().take_while(|byte| *byte == b'`').count();
            if run == len {
                self.mark(at..at + len, Act::Drop(Why::Formatting));
                self.mark(at + start..at + start + run, Act::Drop(Why::Formatting));
                return start + run;
            }
            from = start + run;
        }
        len
    }

    fn angle(&mut self, at: usize, rest: &str) -> usize {
        if rest.starts_with("<!--") && !self.unclosed {
            let end = rest.find("-->");
            self.unclosed = end.is_none();
            return end.map_or(1, |end| self.mark(at..at + end + 3, Act::Drop(Why::Comment)));
        }
        if let Some(tag) = tags::tag(rest, tags::SHORT).filter(is_known) {
            let len = tag.source.len();
            if tag.is("sup") {
                self.raised = !tag.closes;
            }
            self.found.has_break |= tag.is("br");
            let act = match tag.attribute("href").filter(|_| !tag.closes) {
                _ if tag.is("br") => Act::Break,
                Some(target) => Act::Target(target.to_owned()),
                None if tag.closes && tag.is("a") || !tag.closes && tag.source.contains('=') => Act::Drop(Why::Markup),
                None => Act::Drop(Why::Formatting),
            };
            return self.mark(at..at + len, act);
        }
        let inner = rest[1..].find(['>', '<', ' ', '\n']).filter(|end| rest[1 + end..].starts_with('>'));
        let address = |inner: &str| inner.contains("://") || inner.starts_with("mailto:") || inner.contains('@');
        match inner.filter(|end| address(&rest[1..1 + end])) {
            Some(end) => {
                self.mark(at..at + 1, Act::Drop(Why::Formatting));
                self.mark(at + 1 + end..at + 2 + end, Act::Drop(Why::Formatting));
                end + 2
            }
            None => 1,
        }
    }

    fn emphasis(&mut self, at: usize, rest: &str, sign: u8) -> usize {
        let len = rest.bytes().take_while(|byte| *byte == sign).count();
        let before = self.text[..at].chars().next_back().unwrap_or('\n');
        let behind = rest[len..].chars().next().unwrap_or('\n');
        let is_mark = |c: char| !c.is_alphanumeric() && !chars::is_space(c);
        let leads_in = !chars::is_space(behind) && (!is_mark(behind) || !before.is_alphanumeric());
        let leads_out = !chars::is_space(before) && (!is_mark(before) || !behind.is_alphanumeric());
        let in_word = sign == b'_' && before.is_alphanumeric() && behind.is_alphanumeric();
        // A rule, or a place for a name, is no emphasis.
        if len <= 3 && !in_word {
            let (opens, closes) = if sign == b'_' {
                (leads_in && !before.is_alphanumeric(), leads_out && !behind.is_alphanumeric())
            } else {
                (leads_in, leads_out)
            };
            self.runs.push(Run { at, len, sign, opens, closes });
        }
        len
    }

    fn opened(&mut self, at: usize, rest: &str) -> usize {
        let end = rest.bytes().take(LABEL).position(|byte| byte == b']');
        if let Some(label) = end.and_then(|end| rest[..end].strip_prefix("[^"))
            && let Some(number) = self.references.note(label)
        {
            return self.mark(at..at + label.len() + 3, Act::Call(number));
        }
        self.open.push((at, false));
        1
    }

    /// Looks at what a bracket closes: the words of a link, or brackets of the text.
    fn closed(&mut self, at: usize, rest: &str) -> usize {
        let Some((open, is_image)) = self.open.pop() else { return 1 };
        let from = open + 1 + usize::from(is_image);
        let words = &self.text[from..at];
        let opener = open..from;
        if let Some(target) = rest.strip_prefix("](")
            && let Some(len) = end_of_target(target).filter(|len| leads_anywhere(&target[..*len]))
        {
            self.mark(opener, Act::Drop(Why::Formatting));
            return self.mark(at..at + len + 3, Act::Drop(Why::LinkTarget));
        }
        if let Some(attributes) = rest.strip_prefix("]{")
            && attributes.starts_with(['.', '#'])
            && let Some(end) = attributes.bytes().take(LABEL).position(|byte| matches!(byte, b'}' | b'\n'))
            && attributes[end..].starts_with('}')
        {
            self.mark(opener, Act::Drop(Why::Formatting));
            return self.mark(at..at + end + 3, Act::Drop(Why::Formatting));
        }
        let end = rest.bytes().take(LABEL).skip(1).position(|byte| byte == b']');
        let label = end.and_then(|end| rest[..=end].strip_prefix("]["));
        let named = label.map(|label| if label.is_empty() { words } else { label });
        if let Some(target) = self.references.target(named.unwrap_or(words)) {
            let target = target.to_owned();
            self.mark(opener, Act::Drop(Why::Formatting));
            return self.mark(at..at + 1 + label.map_or(0, |label| label.len() + 2), Act::Target(target));
        }
        1
    }
}

/// Writes what a mark stands for, and says what goes.
pub(super) fn apply(mark: &Mark, typed: &str, sheet: &mut Sheet) {
    match &mark.act {
        Act::Drop(why) => sheet.leave_out(*why, typed),
        Act::Target(target) => {
            sheet.leave_out(Why::Formatting, typed);
            sheet.leave_out(Why::LinkTarget, target);
        }
        Act::Say(c) => sheet.say(c.encode_utf8(&mut [0; 4])),
        Act::Call(number) => sheet.raise(&number.to_string()),
        Act::Raise => sheet.raise(typed),
        Act::Break => {
            sheet.leave_out(Why::Formatting, typed);
            sheet.end_line();
        }
    }
}

/// Whether a target leads somewhere; one in angle brackets does.
fn leads_anywhere(target: &str) -> bool {
    leads(target) || target.starts_with('<') && target.contains('>')
}

/// Whether a tag is one of those that a text may hold.
pub(super) fn is_known(tag: &Tag<'_>) -> bool {
    common().tags.iter().any(|known| tag.is(known))
}

/// Which bytes are marks of emphasis: in pairs, the inner ones first. A pair that is off by a blank, as editors leave it, is
/// one too if both its marks are double.
fn emphasis(text: &str, runs: &[Run]) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut open: Vec<Run> = Vec::new();
    let mut alone: Vec<Run> = Vec::new();
    for run in runs {
        let mut rest = *run;
        while rest.closes && rest.len > 0 {
            let Some(at) = open.iter().rposition(|opener| opener.sign == rest.sign) else { break };
            alone.extend(open.drain(at + 1..));
            let Some(opener) = open.last_mut() else { break };
            let len = opener.len.min(rest.len);
            let inner = &text[opener.at + opener.len..rest.at];
            // `*2515106*` is the bar code of a page.
            let is_code = len == 1 && inner.len() > 4 && inner.bytes().all(|byte| byte.is_ascii_digit());
            if !is_code {
                cuts.push(opener.at + opener.len - len..opener.at + opener.len);
                cuts.push(rest.at..rest.at + len);
            }
            opener.len -= len;
            (rest.at, rest.len) = (rest.at + len, rest.len - len);
            if opener.len == 0 {
                open.pop();
            }
        }
        if rest.len == 0 {
            continue;
        }
        if rest.opens && open.len() < MOST_OPEN {
            open.push(rest);
        } else {
            alone.push(rest);
        }
    }
    alone.extend(open);
    alone.retain(|run| run.len == 2 && run.sign == b'*');
    alone.sort_by_key(|run| run.at);
    for pair in alone.chunks_exact(2) {
        cuts.extend(pair.iter().map(|run| run.at..run.at + run.len));
    }
    cuts
}

/// Most marks that are open at one place: the search back is bounded by them.
const MOST_OPEN: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for mark in marks(text, &References::default()).marks {
            out.push_str(&text[at..mark.range.start]);
            match mark.act {
                Act::Say(c) => out.push(c),
                Act::Raise => out.push_str(&text[mark.range.clone()]),
                Act::Break => out.push('\n'),
                _ => {}
            }
            at = mark.range.end;
        }
        out.push_str(&text[at..]);
        out
    }

    #[test]
    fn marks_in_pairs_go() {
        for (typed, said) in [
            ("The Sides **shall** *meet* in _Elm_.", "The Sides shall meet in Elm."),
            ("***All*** of it, **and *more* of** it", "All of it, and more of it"),
            ("**Attendees:  \n**  \nA. Elm", "Attendees:  \n  \nA. Elm"),
            ("White\\_House 53\\. \\*", "White_House 53. *"),
            ("R&amp;D `as *is*`", "R&D as *is*"),
            ("[the list](https://veltria.example/a_(b)) <https://elm.example>", "the list https://elm.example"),
            ("![a map](maps/elm.png) and <u>this</u><!-- no --> too", "a map and this too"),
            ("Elm<sup>2</sup>", "Elm2"),
            ("[underlined]{.underline}", "underlined"),
        ] {
            assert_eq!(shown(typed), said, "{typed}");
        }
    }

    #[test]
    fn what_stands_alone_is_text() {
        for text in [
            "3 * 4 * 5",
            "States* and Sides",
            "snake_case_name",
            "[shall](should) meet [text]",
            "__________",
            "a < b > c",
            "*2515106*",
            "C:\\Elm",
            "** See the list",
        ] {
            assert_eq!(shown(text), text);
        }
    }
}
