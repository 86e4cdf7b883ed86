//! What the document itself says of the words that a line's end has cut: whether it has them whole elsewhere.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet, hash_map::DefaultHasher};
use std::hash::BuildHasherDefault;

use super::block::Block;
use super::lines::Line;
use crate::text::words::{WordChars, first_word, last_word, words};

type Hasher = BuildHasherDefault<DefaultHasher>;

/// The words of a text, as far as they are asked for.
///
/// Most texts have few cut words and many others, so the text is searched for the former; only where a word is asked
/// for that no line's end showed, all words are gathered. Both ways give the same answer.
pub(super) struct Words<'a> {
    text: &'a str,
    expected: HashMap<String, bool, Hasher>,
    all: OnceCell<HashSet<String, Hasher>>,
}

impl<'a> Words<'a> {
    /// Looks for what the joining of these blocks may ask for. Linear in the text.
    pub(super) fn new(text: &'a str, lines: &[Line], blocks: [&[Block]; 2]) -> Self {
        let mut expected: HashMap<String, bool, Hasher> = HashMap::default();
        let shown = |at: usize| &text[lines[at].span.range()];
        for pair in blocks.into_iter().flatten().flat_map(|block| block.lines.windows(2)) {
            let (line, next) = (shown(pair[0]), shown(pair[1]));
            if line.ends_with(['-', '\u{2010}']) && next.starts_with(char::is_lowercase) {
                let (first, second) = halves(line, next);
                expected.insert(format!("{first}{second}"), false);
                expected.insert(format!("{first}-{second}"), false);
                expected.insert(first, false);
                expected.insert(second, false);
            }
        }
        if !expected.is_empty() {
            search(text, &mut expected);
        }
        Self { text, expected, all: OnceCell::new() }
    }

    /// Whether the text has a word, or a compound with its hyphen, inside a line; lower case.
    pub(super) fn has(&self, word: &str) -> bool {
        if let Some(found) = self.expected.get(word) {
            return *found;
        }
        self.all.get_or_init(|| compounds(self.text).map(key).collect()).contains(word)
    }
}

/// Bytes of a half that are looked at: no word is longer, and what was joined of many lines is not read again at each.
const HALF: usize = 128;

/// The two halves of a word around a line's end, lower case: before the hyphens that end `text`, and at the start of
/// `next`.
pub(super) fn halves(text: &str, next: &str) -> (String, String) {
    let tail = text.trim_end_matches(['-', '\u{2010}']);
    let from = (tail.len().saturating_sub(HALF)..).find(|at| tail.is_char_boundary(*at)).unwrap_or(0);
    let tail = &tail[from..];
    let first = last_word(tail, WordChars::LETTERS).to_lowercase();
    let to = next.char_indices().nth(HALF).map_or(next.len(), |(at, _)| at);
    let second = first_word(&next[..to], WordChars::LETTERS);
    (first, second.chars().flat_map(char::to_lowercase).collect())
}

/// Marks those of the words that are asked for which the text has.
fn search(text: &str, expected: &mut HashMap<String, bool, Hasher>) {
    let shapes = Shapes::of(expected.keys());
    for run in compounds(text).filter(|run| shapes.hold(run)) {
        if let Some(found) = expected.get_mut(&key(run)) {
            *found = true;
        }
    }
}

/// Every word of the text and every hyphenated compound inside a line, as they are printed.
fn compounds(text: &str) -> impl Iterator<Item = &str> {
    let compounds = words(text, WordChars { hyphens: true, ..WordChars::LETTERS });
    // The halves at a line's break are no words: a run that ends in a hyphen, or begins a line after one.
    compounds.filter(|run| !run.ends_with(['-', '\u{2010}']))
}

/// A word or compound as it is asked for: lower case, with plain hyphens.
fn key(run: &str) -> String {
    if run.is_ascii() { run.to_ascii_lowercase() } else { run.replace('\u{2010}', "-").to_lowercase() }
}

/// Lengths and first letters of words: tells most other words from them without a look at the rest.
struct Shapes {
    held: Vec<bool>,
}

impl Shapes {
    fn of<'w>(words: impl Iterator<Item = &'w String>) -> Self {
        let mut held = vec![false; 1 << 13];
        words.for_each(|word| held[Self::number(word)] = true);
        Self { held }
    }

    /// A number that the case of letters below U+0100 does not change.
    fn number(word: &str) -> usize {
        let letter = |at: usize| {
            let byte = word.as_bytes().get(at).filter(|byte| byte.is_ascii());
            byte.map_or(0, |byte| usize::from(byte.to_ascii_lowercase() & 0x1F))
        };
        letter(0) << 8 | (letter(1) << 3 ^ word.len() & 0xFF)
    }

    /// Whether one of the words may be the run; beyond U+0100 another case may have another length.
    fn hold(&self, run: &str) -> bool {
        self.held[Self::number(run)] || !run.is_ascii() && run.chars().any(|c| c >= '\u{100}')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_give_the_same_answer() {
        let text = "The pre-war sea lanes; PREWAR Élan, non‐proliferation,\nnon- \nproli-\nferation états-unis";
        let mut searched = Words::new(text, &[], [&[], &[]]);
        let asked = ["prewar", "pre-war", "sea", "feration", "proli", "non", "élan", "non-proliferation", "états-unis"];
        let gathered: Vec<bool> = asked.iter().map(|word| searched.has(word)).collect();
        assert_eq!(gathered, [true, true, true, true, false, false, true, true, true]);
        searched.expected = asked.iter().map(|word| ((*word).to_owned(), false)).collect();
        search(text, &mut searched.expected);
        assert_eq!(asked.map(|word| searched.has(word)).to_vec(), gathered);
    }
}
