//! What the document itself says of the words that a line's end has cut: whether it has them whole elsewhere.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet, hash_map::DefaultHasher};
use std::hash::BuildHasherDefault;

use super::block::Block;
use super::lines::Line;

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
            let shapes = Shapes::of(expected.keys());
            each_word(
                text,
                |run, keeps_length| shapes.hold(run, keeps_length),
                |word| {
                    if let Some(found) = expected.get_mut(&word) {
                        *found = true;
                    }
                },
            );
        }
        Self { text, expected, all: OnceCell::new() }
    }

    /// Whether the text has a word, or a compound with its hyphen, inside a line; lower case.
    pub(super) fn has(&self, word: &str) -> bool {
        if let Some(found) = self.expected.get(word) {
            return *found;
        }
        let all = self.all.get_or_init(|| {
            let mut all: HashSet<String, Hasher> = HashSet::default();
            each_word(
                self.text,
                |_, _| true,
                |word| {
                    all.insert(word);
                },
            );
            all
        });
        all.contains(word)
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
    let start = tail
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + tail[at..].chars().next().map_or(1, char::len_utf8));
    let second = next.chars().take(HALF).take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    (tail[start..].to_lowercase(), second)
}

/// Hands over every word of the text and every hyphenated compound inside a line, lower case; of those alone whose run of
/// letters `wanted` lets through.
fn each_word(text: &str, wanted: impl Fn(&str, bool) -> bool, mut take: impl FnMut(String)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (start, mut keeps_length) = (at, true);
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii() {
                if !byte.is_ascii_alphabetic() && byte != b'-' {
                    break;
                }
                at += 1;
                continue;
            }
            let Some(c) = text[at..].chars().next().filter(|c| c.is_alphabetic() || *c == '\u{2010}') else { break };
            keeps_length &= c < '\u{100}';
            at += c.len_utf8();
        }
        let run = &text[start..at];
        // The halves at a line's break are no words: a run that ends in a hyphen, or begins a line after one.
        if !run.is_empty() && !run.ends_with(['-', '\u{2010}']) && wanted(run, keeps_length) {
            take(if run.is_ascii() { run.to_ascii_lowercase() } else { run.replace('\u{2010}', "-").to_lowercase() });
        }
        at += text[at..].chars().next().map_or(1, char::len_utf8);
    }
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
    fn hold(&self, run: &str, keeps_length: bool) -> bool {
        !keeps_length || self.held[Self::number(run)]
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
        let expected: HashSet<String> = asked.iter().map(|word| (*word).to_owned()).collect();
        let shapes = Shapes::of(expected.iter());
        searched.expected = asked.iter().map(|word| ((*word).to_owned(), false)).collect();
        each_word(
            text,
            |run, keeps_length| shapes.hold(run, keeps_length),
            |word| {
                if let Some(found) = searched.expected.get_mut(&word) {
                    *found = true;
                }
            },
        );
        assert_eq!(asked.map(|word| searched.has(word)).to_vec(), gathered);
    }
}
