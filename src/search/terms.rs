//! The words of a text as a search compares them, and the terms that an index holds of them.
//!
//! Words are folded as the comparison folds them: case, widths, Arabic forms and ornaments, Chinese variants, look-alikes
//! in a word of mixed scripts. Marks part words and are not compared; digits are those of 0 to 9 in any script. The rules
//! know no language, so that a query needs none: an elided article and its noun are two words, the groups of a number too.
//!
//! A script without spaces gives a word a character. An index holds each with the one behind it, and the last of a run
//! alone: so a phrase of any length is a run of terms that stand behind each other, and one character is the beginning
//! of a term. Nothing is found that way that a look at the text would not find, and nothing is missed.

use std::ops::Range;

use crate::language::decimal_digit;
use crate::text::{TokenKind, chars, fold_char, folded_lower, unconfused};

/// Characters of a word that are compared; no word of a language has so many.
const MOST_CHARACTERS: usize = 100;

/// A word, or a character of a script without spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// What it is compared by.
    pub(super) key: String,
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// Whether its script has no spaces between words.
    pub(super) unspaced: bool,
    /// Whether it goes on the run of such characters that the piece before it stands in.
    pub(super) joined: bool,
}

/// What a character does to the pieces around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Word,
    Unspaced(char),
    /// Nothing: nobody sees it, or it changes no word.
    None,
    Space,
    Mark,
}

fn shape(c: char) -> Shape {
    if c.is_ascii() {
        return match c {
            _ if c.is_ascii_alphanumeric() => Shape::Word,
            _ if c.is_ascii_whitespace() => Shape::Space,
            _ => Shape::Mark,
        };
    }
    let folded = fold_char(c);
    let mut to = folded.unwrap_or_default().chars();
    let first = match (folded, to.next()) {
        (Some(_), None) => return Shape::None,
        (Some(_), Some(first)) => first,
        (None, _) => c,
    };
    if to.next().is_none() && chars::is_unspaced(first) && first.is_alphanumeric() {
        Shape::Unspaced(first)
    } else if first.is_alphanumeric() || chars::is_combining(first) {
        Shape::Word
    } else if chars::is_space(c) {
        Shape::Space
    } else {
        Shape::Mark
    }
}

/// The pieces of a text, in order.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(text.len() / 6);
    each_piece(text, &mut |piece| pieces.push(piece));
    pieces
}

/// The terms of a text, parted by spaces, without a list of its pieces.
pub(super) fn terms_of(text: &str) -> String {
    let mut terms = String::with_capacity(text.len());
    each_piece(text, &mut |piece| push_term(&mut terms, &piece));
    terms
}

/// Reads the pieces of a text, in order. Linear in the text.
fn each_piece(text: &str, found: &mut dyn FnMut(Piece)) {
    // Where the open word begins, and whether a run of unspaced characters is open.
    let (mut word, mut run) = (None, false);
    let mut symbols = Symbols { text, end: 0, is_symbol: false };
    let mut close = |word: &mut Option<usize>, end: usize, found: &mut dyn FnMut(Piece)| {
        let Some(start) = word.take() else { return };
        let key = word_key(&text[start..end], symbols.stands_in_one(start));
        if !key.is_empty() {
            found(Piece { key, range: start..end, unspaced: false, joined: false });
        }
    };
    for (at, c) in text.char_indices() {
        match shape(c) {
            Shape::None => {}
            Shape::Word => {
                word.get_or_insert(at);
                run = false;
            }
            Shape::Unspaced(key) => {
                close(&mut word, at, found);
                found(Piece { key: key.to_string(), range: at..at + c.len_utf8(), unspaced: true, joined: run });
                run = true;
            }
            Shape::Space => close(&mut word, at, found),
            Shape::Mark => {
                close(&mut word, at, found);
                run = false;
            }
        }
    }
    close(&mut word, text.len(), found);
}

/// Which words stand in a symbol such as A/RES/71/258: between spaces, with a slash and a digit.
struct Symbols<'a> {
    text: &'a str,
    /// Where the stretch between spaces ends that was looked at last.
    end: usize,
    is_symbol: bool,
}

impl Symbols<'_> {
    /// Whether the word that begins here stands in a symbol. Words are asked for in their order.
    fn stands_in_one(&mut self, start: usize) -> bool {
        if start >= self.end {
            let stretch = &self.text[start..];
            let stretch = &stretch[..stretch.find(chars::is_space).unwrap_or(stretch.len())];
            self.end = start + stretch.len();
            self.is_symbol = stretch.contains('/') && stretch.bytes().any(|byte| byte.is_ascii_digit());
        }
        self.is_symbol
    }
}

fn word_key(word: &str, in_symbol: bool) -> String {
    if word.is_ascii() {
        return word.chars().take(MOST_CHARACTERS).map(|c| c.to_ascii_lowercase()).collect();
    }
    let kind = if in_symbol { TokenKind::Symbol } else { TokenKind::Word };
    let key = unconfused(&folded_lower(word), kind, false);
    let digit = |c: char| decimal_digit(c).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c);
    // An index parts its terms at the marks of ASCII.
    key.chars().filter(|c| c.is_ascii_alphanumeric() || !c.is_ascii()).map(digit).take(MOST_CHARACTERS).collect()
}

/// The terms of pieces that stand behind each other, parted by spaces.
fn terms(pieces: &[Piece]) -> String {
    let mut out = String::new();
    pieces.iter().for_each(|piece| push_term(&mut out, piece));
    out
}

/// Adds the term that a piece begins, after it has completed the one before.
fn push_term(out: &mut String, piece: &Piece) {
    if piece.joined {
        out.push_str(&piece.key);
    }
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(&piece.key);
}

/// Pieces that must stand behind each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) pieces: Vec<Piece>,
    /// Whether words that only begin like the last one fit as well.
    pub(super) prefix: bool,
}

impl Phrase {
    /// The phrase in the language of the index. Only letters and digits stand in the quotes, so nothing in it can be
    /// taken for an operator.
    pub(super) fn expression(&self) -> String {
        let mut given = self.pieces.as_slice();
        let last = given.last();
        let mut open = self.prefix;
        if last.is_some_and(|last| last.unspaced) {
            // What follows in the text is not known: the term before holds the last character, or it begins a term.
            let held = last.is_some_and(|last| last.joined);
            open = !held;
        }
        let mut terms = terms(given);
        if last.is_some_and(|last| last.joined) {
            given = &given[..given.len() - 1];
            terms.truncate(terms.rfind(' ').unwrap_or(terms.len()));
        }
        debug_assert!(!given.is_empty(), "the first piece joins none");
        format!("\"{terms}\"{}", if open { " *" } else { "" })
    }

    /// The bytes of a text at which it stands, ascending.
    pub(super) fn places<'a>(&'a self, text: &'a [Piece]) -> impl Iterator<Item = Range<usize>> + 'a {
        let length = self.pieces.len().max(1);
        text.windows(length).filter(|window| self.fits(window)).filter_map(|window| {
            let (first, last) = (window.first()?, window.last()?);
            Some(first.range.start..last.range.end)
        })
    }

    fn fits(&self, window: &[Piece]) -> bool {
        let last = self.pieces.len() - 1;
        window.iter().zip(&self.pieces).enumerate().all(|(at, (found, wanted))| {
            let key = if at == last && self.prefix && !wanted.unspaced {
                found.key.starts_with(&wanted.key)
            } else {
                found.key == wanted.key
            };
            key && found.unspaced == wanted.unspaced && (at == 0 || found.joined == wanted.joined)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        pieces(text).into_iter().map(|piece| piece.key).collect()
    }

    #[test]
    fn words_are_folded() {
        for (text, expected) in [
            ("l’État n’est pas", vec!["l", "état", "n", "est", "pas"]),
            ("3,300 ＡＢＣ ﬁnal", vec!["3", "300", "abc", "final"]),
            ("الأمــم المتحدة ٢٠٣١", vec!["الأمم", "المتحدة", "2031"]),
            ("e\u{301}lan", vec!["élan"]),
            ("pay\u{200B}pal", vec!["paypal"]),
            ("\u{421}D/7", vec!["cd", "7"]),
            ("國際", vec!["国", "际"]),
            ("— … *", vec![]),
        ] {
            assert_eq!(keys(text), expected, "{text}");
        }
        assert_eq!(keys(&"x".repeat(1000))[0].len(), MOST_CHARACTERS);
    }

    #[test]
    fn characters_are_held_in_twos() {
        let terms = |text: &str| {
            assert_eq!(terms_of(text), super::terms(&pieces(text)));
            terms_of(text)
        };
        assert_eq!(terms("战略稳定"), "战略 略稳 稳定 定");
        assert_eq!(terms("战略 稳定"), terms("战略稳定"));
        assert_eq!(terms("战略，稳定2031年"), "战略 略 稳定 定 2031 年");
    }

    #[test]
    fn phrases_stand_in_the_language_of_the_index() {
        let expression = |text: &str, prefix| Phrase { pieces: pieces(text), prefix }.expression();
        assert_eq!(expression("战略稳定", false), "\"战略 略稳 稳定\"");
        assert_eq!(expression("战", false), "\"战\" *");
        assert_eq!(expression("第3段", false), "\"第 3 段\" *");
        assert_eq!(expression("first use", false), "\"first use\"");
        assert_eq!(expression("stab", true), "\"stab\" *");
        assert_eq!(expression("战略", true), "\"战略\"");
    }

    #[test]
    fn phrases_fit_where_they_stand() {
        let places = |text: &str, phrase: &str, prefix| -> Vec<String> {
            let phrase = Phrase { pieces: pieces(phrase), prefix };
            phrase.places(&pieces(text)).map(|range| text[range].to_owned()).collect()
        };
        assert_eq!(places("维护战略稳定，战略，稳定", "战略稳定", false), ["战略稳定"]);
        assert_eq!(places("维护战略稳定，战略，稳定", "战略", false), ["战略", "战略"]);
        assert_eq!(places("Strategic stability, strategic", "STRATEGIC", false), ["Strategic", "strategic"]);
        assert_eq!(places("Strategic stability", "strat", false), Vec::<String>::new());
        assert_eq!(places("Strategic stability", "strategic stab", true), ["Strategic stability"]);
        assert_eq!(places("non-\nparties", "non parties", false), ["non-\nparties"]);
        assert_eq!(places("a", "a b c", false), Vec::<String>::new());
    }
}
