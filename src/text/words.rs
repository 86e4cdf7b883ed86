//! The words of a text as runs of characters, without tokens and without folds.
//!
//! For whoever asks which words a text has, and not what they are: the tokens of [`tokenize`](super::tokenize()) are for
//! comparing. ASCII is scanned by bytes. Linear in the text, nothing is allocated.

use super::chars;

/// What words are made of: letters, and what is said here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordChars {
    /// Digits and numbers of any script.
    pub(crate) digits: bool,
    /// Marks that are set on letters.
    pub(crate) marks: bool,
    /// Hyphens, so that a compound is one word; they may then begin and end it.
    pub(crate) hyphens: bool,
}

impl WordChars {
    /// Letters alone.
    pub(crate) const LETTERS: Self = Self { digits: false, marks: false, hyphens: false };

    /// Whether a word may hold a character.
    fn hold(self, c: char) -> bool {
        if c.is_ascii() {
            return c.is_ascii_alphabetic() || self.digits && c.is_ascii_digit() || self.hyphens && c == '-';
        }
        c.is_alphabetic()
            || self.digits && c.is_numeric()
            || self.marks && chars::is_combining(c)
            || self.hyphens && c == '\u{2010}'
    }

    /// The byte at which the run ends that begins at byte `at`.
    fn end(self, text: &str, mut at: usize) -> usize {
        let bytes = text.as_bytes();
        while let Some(byte) = bytes.get(at) {
            if byte.is_ascii() {
                if !self.hold(char::from(*byte)) {
                    break;
                }
                at += 1;
                continue;
            }
            let Some(c) = text[at..].chars().next().filter(|c| self.hold(*c)) else { break };
            at += c.len_utf8();
        }
        at
    }
}

/// The words of a text, in order: the longest runs of what words are made of.
pub(crate) fn words(text: &str, of: WordChars) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at;
            let end = of.end(text, start);
            // What ends a run is part of no word, and never looked at twice.
            at = end + text[end..].chars().next().map_or(0, char::len_utf8);
            if end > start {
                return Some(&text[start..end]);
            }
        }
        None
    })
}

/// The word that a text begins with; empty where it begins with none.
pub(crate) fn first_word(text: &str, of: WordChars) -> &str {
    &text[..of.end(text, 0)]
}

/// The word that a text ends with; empty where it ends with none.
pub(crate) fn last_word(text: &str, of: WordChars) -> &str {
    let start = text.char_indices().rev().find(|(_, c)| !of.hold(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The L’Élan pre-war, non‐proliferation: 2b ①②; e\u{301}tat";

    fn found(of: WordChars) -> Vec<&'static str> {
        words(TEXT, of).collect()
    }

    #[test]
    fn words_are_what_they_are_said_to_be_made_of() {
        let letters = WordChars::LETTERS;
        assert_eq!(found(letters), ["The", "L", "Élan", "pre", "war", "non", "proliferation", "b", "e", "tat"]);
        let hyphens = WordChars { hyphens: true, ..letters };
        assert_eq!(found(hyphens), ["The", "L", "Élan", "pre-war", "non‐proliferation", "b", "e", "tat"]);
        let all = WordChars { digits: true, marks: true, hyphens: false };
        let words = ["The", "L", "Élan", "pre", "war", "non", "proliferation", "2b", "①②", "e\u{301}tat"];
        assert_eq!(found(all), words);
        assert_eq!(super::words("", all).count(), 0);
    }

    #[test]
    fn they_are_those_that_splitting_gives() {
        let split: Vec<&str> = TEXT.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        assert_eq!(found(WordChars::LETTERS), split);
        let digits = WordChars { digits: true, ..WordChars::LETTERS };
        let split: Vec<&str> = TEXT.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        assert_eq!(found(digits), split);
    }

    #[test]
    fn a_text_begins_and_ends_with_a_word_or_none() {
        let of = WordChars::LETTERS;
        assert_eq!((first_word("Élan, vital", of), last_word("Élan, vital", of)), ("Élan", "vital"));
        assert_eq!((first_word("(a)", of), last_word("(a)", of)), ("", ""));
        assert_eq!((first_word("Élan", of), last_word("Élan", of)), ("Élan", "Élan"));
    }
}
