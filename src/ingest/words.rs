//! What the document itself says of the words that a line's end has cut: whether it has them whole elsewhere.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet, hash_map::DefaultHasher};
use std::hash::BuildHasherDefault;

use super::lines::Line;
use super::reflow::Block;

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
                |run| shapes.hold(run),
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
                |_| true,
                |word| {
                    all.insert(word);
                },
            );
            all
        });
        all.contains(word)
    }
}

/// The two halves of a word around a line's end, lower case: before the hyphens that end `text`, and at the start of
/// `next`.
pub(super) fn halves(text: &str, next: &str) -> (String, String) {
    let tail = text.trim_end_matches(['-', '\u{2010}']);
    let start = tail
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + tail[at..].chars().next().map_or(1, char::len_utf8));
    let second = next.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    (tail[start..].to_lowercase(), second)
}

/// Hands over every word of the text and every hyphenated compound inside a line, lower case; of those alone whose run of
/// letters `wanted` lets through.
fn each_word(text: &str, wanted: impl Fn(&str) -> bool, mut take: impl FnMut(String)) {
    let is_part = |c: char| {
        if c.is_ascii() { c.is_ascii_alphabetic() || c == '-' } else { c.is_alphabetic() || c == '\u{2010}' }
    };
    for run in text.split(|c: char| !is_part(c)) {
        // The halves at a line's break are no words: a run that ends in a hyphen, or begins a line after one.
        if !run.is_empty() && !run.ends_with(['-', '\u{2010}']) && wanted(run) {
            take(if run.is_ascii() { run.to_ascii_lowercase() } else { run.replace('\u{2010}', "-").to_lowercase() });
        }
    }
}

/// Lengths and first bytes of words: tells most other words from them without a look at the rest.
struct Shapes {
    lengths: [u64; 256],
}

impl Shapes {
    fn of<'w>(words: impl Iterator<Item = &'w String>) -> Self {
        let mut lengths = [0; 256];
        for word in words {
            if let Some(first) = word.as_bytes().first() {
                lengths[usize::from(*first)] |= 1 << word.len().min(63);
            }
        }
        Self { lengths }
    }

    fn hold(&self, run: &str) -> bool {
        let first = run.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
        // Below U+0100 lower case keeps the length and the first byte; beyond, anything may be.
        run.bytes().any(|byte| byte > 0xC3) || self.lengths[usize::from(first)] >> run.len().min(63) & 1 == 1
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
            |run| shapes.hold(run),
            |word| {
                if let Some(found) = searched.expected.get_mut(&word) {
                    *found = true;
                }
            },
        );
        assert_eq!(asked.map(|word| searched.has(word)).to_vec(), gathered);
    }
}
