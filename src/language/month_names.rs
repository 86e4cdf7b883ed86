//! Where the names of months stand in a text, and with them its dates.

use std::{ops::Range, sync::OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::{gate::is_folded_oddly, numerals::decimal_digit};

/// Characters other than white space that may stand between the name of a month and the end of its date.
const NEAR: usize = 48;

/// The names of the months of a language, if dates are told by them.
#[derive(Debug)]
pub(super) struct MonthNames {
    /// First words of the names, lower case; none where dates may do without a name.
    words: Vec<String>,
    search: OnceLock<Option<AhoCorasick>>,
}

impl MonthNames {
    pub(super) fn new(months: &[Vec<String>], patterns: &[String]) -> Self {
        let named = patterns.iter().all(|pattern| pattern.contains("{month}"));
        let names = months.iter().flatten().filter(|_| named);
        let words = names.filter_map(|name| name.split_whitespace().next()).map(str::to_lowercase).collect();
        Self { words, search: OnceLock::new() }
    }

    /// The ranges of a text in which dates may stand: around each name of a month that a digit is near; the whole text
    /// where dates need no name.
    pub(super) fn places(&self, text: &str) -> Vec<Range<usize>> {
        let whole = || std::iter::once(0..text.len()).collect();
        if self.words.is_empty() {
            return whole();
        }
        let search = self.search.get_or_init(|| {
            let kind = Some(AhoCorasickKind::DFA);
            AhoCorasick::builder().kind(kind).ascii_case_insensitive(true).build(&self.words).ok()
        });
        if text.chars().any(is_folded_oddly) {
            return whole();
        }
        let lower = if text.is_ascii() { None } else { Some(text.to_lowercase()) };
        let lower = lower.as_deref().unwrap_or(text);
        let Some(search) = search.as_ref().filter(|_| lower.len() == text.len()) else { return whole() };
        let mut places: Vec<Range<usize>> = Vec::new();
        for found in search.find_iter(lower) {
            let (start, end) = (floor(text, found.start()), ceiling(text, found.end()));
            let place = back(text, start)..forth(text, end);
            match places.last_mut() {
                Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
                _ => places.push(place),
            }
        }
        places.retain(|place| text[place.clone()].chars().any(|c| decimal_digit(c).is_some()));
        places
    }
}

/// The byte at which the characters near before `at` begin.
fn back(text: &str, at: usize) -> usize {
    let signs = text[..at].char_indices().rev().filter(|(_, c)| !c.is_whitespace());
    signs.map(|(start, _)| start).nth(NEAR).unwrap_or(0)
}

/// The byte at which the characters near behind `at` end.
fn forth(text: &str, at: usize) -> usize {
    let signs = text[at..].char_indices().filter(|(_, c)| !c.is_whitespace());
    signs.map(|(start, _)| at + start).nth(NEAR).unwrap_or(text.len())
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceiling(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
