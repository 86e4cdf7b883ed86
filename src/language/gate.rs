//! What a text must hold for a pattern to fit, found without compiling the pattern.
//!
//! Nearly every line is tried against nearly every formula, and nearly none fits. The words that a formula can't do
//! without are read off its syntax tree; a text that has none of them is refused at the price of a glance, and a pattern
//! that no text gets to is never compiled. A gate lets through what it is not sure of.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_syntax::{
    Parser,
    hir::{Hir, HirKind, Look, literal},
};

/// Most words that a gate looks for; a pattern that has more is let through.
const WORDS: usize = 64;
/// Most characters of a class that are told as words.
const MEMBERS: usize = 12;

/// What a text must hold.
#[derive(Debug)]
pub(super) enum Gate {
    /// Nothing that could be named.
    Open,
    /// It begins with one of these, in lower case.
    Begins(Vec<String>),
    /// It holds one of these somewhere.
    Holds {
        words: AhoCorasick,
        /// Whether the words have letters beyond ASCII that have cases.
        cased: bool,
    },
}

impl Gate {
    /// Reads the gate off the source of a pattern that is tried without regard to case.
    pub(super) fn of(source: &str) -> Self {
        let Ok(tree) = Parser::new().parse(source) else { return Self::Open };
        if tree.properties().look_set_prefix().contains(Look::Start)
            && let Some(beginnings) = beginnings(&tree)
        {
            return Self::Begins(beginnings);
        }
        let Some(words) = required(&tree).filter(|words| words.len() <= WORDS) else { return Self::Open };
        let cased = words.iter().flat_map(|word| word.chars()).any(|c| !c.is_ascii() && c.to_uppercase().ne([c]));
        let found = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).ascii_case_insensitive(true).build(&words);
        found.map_or(Self::Open, |words| Self::Holds { words, cased })
    }

    /// Whether the pattern may fit the text.
    pub(super) fn admits(&self, text: &str) -> bool {
        match self {
            Self::Open => true,
            Self::Begins(words) => {
                words.iter().any(|word| begins(text, word))
                    || (!text.is_ascii() && text.chars().take(WORDS).any(is_folded_oddly))
            }
            Self::Holds { words, cased } => {
                words.is_match(text)
                    || (!text.is_ascii()
                        && ((*cased && words.is_match(&text.to_lowercase())) || text.chars().any(is_folded_oddly)))
            }
        }
    }
}

/// Characters that match a letter without regard to case, and are not its capital.
pub(super) const fn is_folded_oddly(c: char) -> bool {
    matches!(c, '\u{17F}' | '\u{212A}' | '\u{1C80}'..='\u{1C8F}')
}

/// Whether a text begins with a word that is in lower case.
fn begins(text: &str, word: &str) -> bool {
    if word.is_ascii() {
        return text.len() >= word.len() && text.as_bytes()[..word.len()].eq_ignore_ascii_case(word.as_bytes());
    }
    let mut characters = text.chars().flat_map(char::to_lowercase);
    word.chars().all(|c| characters.next() == Some(c))
}

/// The beginnings of all that an anchored pattern fits, in lower case; `None` where they are too many, or empty.
fn beginnings(tree: &Hir) -> Option<Vec<String>> {
    let found = literal::Extractor::new().limit_total(WORDS).extract(tree);
    let mut words = BTreeSet::new();
    for found in found.literals()? {
        // A cut may fall into a character.
        let word = String::from_utf8_lossy(found.as_bytes());
        let whole = word.trim_end_matches('\u{FFFD}').to_lowercase();
        words.insert(Some(whole).filter(|word| !word.is_empty())?);
    }
    (!words.is_empty()).then(|| words.into_iter().collect())
}

/// Words of which every fit holds one, in lower case; the set whose shortest word is longest.
fn required(tree: &Hir) -> Option<BTreeSet<String>> {
    match tree.kind() {
        HirKind::Literal(found) => {
            let word = std::str::from_utf8(&found.0).ok()?;
            Some(BTreeSet::from([word.to_lowercase()]))
        }
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repeated) if repeated.min > 0 => required(&repeated.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(required).max_by_key(|words| {
            let shortest = words.iter().map(String::len).min().unwrap_or(0);
            (shortest, std::cmp::Reverse(words.len()))
        }),
        HirKind::Alternation(parts) => {
            let mut all = BTreeSet::new();
            for part in parts {
                all.append(&mut required(part)?);
            }
            Some(all)
        }
        HirKind::Class(regex_syntax::hir::Class::Unicode(class)) => {
            let members: BTreeSet<String> = class
                .iter()
                .flat_map(|range| range.start()..=range.end())
                .take(MEMBERS + 1)
                .map(|c| c.to_lowercase().to_string())
                .collect();
            (!members.is_empty() && members.len() <= MEMBERS).then_some(members)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Gate;

    #[test]
    fn lets_through_what_may_fit_and_refuses_what_can_not() {
        let cases: [(&str, &[&str], &[&str]); 5] = [
            (
                r"^(?:Done|Signed) (?:at|in) .+",
                &["done at Elm", "SIGNED IN Elm", "\u{17F}igned at Elm"],
                &["He signed", "Do"],
            ),
            (r"\d{1,2}\s+(?:May|June)\b", &["on 3 MAY", "3 june", "May"], &["on 3 July", "3"]),
            (r"^(?:Дата|от) \d+", &["ДАТА 3", "от 3"], &["к 3", "Data"]),
            (r"\d+\s*年", &["2031年", "年"], &["2031", "月"]),
            (r"^-?\d{1,4}-?$", &["12", "x"], &[]),
        ];
        for (source, admitted, refused) in cases {
            let gate = Gate::of(source);
            assert!(admitted.iter().all(|text| gate.admits(text)), "{source} {gate:?}");
            assert!(!refused.iter().any(|text| gate.admits(text)), "{source} {gate:?}");
        }
    }
}
