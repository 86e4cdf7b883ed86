//! Whether a change of letters only spells a word otherwise: a slip of the hand, a variant, a diacritic.
//!
//! A slip is told only when exactly one side is a word, of the language's list or of the texts elsewhere, and the other
//! is one slip of the hand away from it (Damerau 1964). A letter that is missing, added or exchanged might have made
//! another word ("ilegal" of "illegal" or "legal"): there no third word may be as near.

use super::passage::Context;
use super::rule::{self, Found};
use crate::language::Language;
use crate::text::{chars, folded_lower};

/// Words, numbers and marks of one edit that are looked at.
const WORDS: usize = 12;
/// Fewest letters of a word in which a letter missing, added or exchanged is a slip.
const LONG: usize = 5;
/// Fewest letters of a word in which two letters exchanged are a slip.
const SHORT: usize = 4;

/// The classes of an edit, of its texts before and after, whose words are all spelt otherwise, and nothing else.
pub(super) fn found(context: &Context<'_>, (before, after): (&str, &str)) -> Option<Vec<Found>> {
    let languages = context.languages;
    let language = languages.before.filter(|own| languages.after.is_some_and(|other| own.code == other.code));
    if language.is_some_and(|language| is_character_variant(language, before.trim(), after.trim())) {
        return Some(vec![rule::SPELLING_VARIANT.into()]);
    }
    let (old, new) = (pieces(before)?, pieces(after)?);
    if let Some(found) = joined(context, language, &old, &new) {
        return Some(vec![found]);
    }
    if old.len() != new.len() {
        return None;
    }
    let mut all: Vec<Found> = Vec::new();
    for (a, b) in old.iter().zip(&new).filter(|(a, b)| a != b) {
        let (Piece::Word(a), Piece::Word(b)) = (a, b) else { return None };
        let found = respelt(context, language, a, b)?;
        if !all.contains(&found) {
            all.push(found);
        }
    }
    if all.is_empty() { None } else { Some(all) }
}

/// The one word that is spelt otherwise inside two addresses or symbols, if no more than it differs.
pub(super) fn inside(context: &Context<'_>, before: &str, after: &str) -> Option<Found> {
    let language =
        context.languages.before.filter(|own| context.languages.after.is_some_and(|other| own.code == other.code));
    let pairs = || before.char_indices().zip(after.chars());
    let head = pairs().find(|((_, x), y)| x != y).map_or(before.len().min(after.len()), |((at, _), _)| at);
    let (old, new) = (before.get(head..)?, after.get(head..)?);
    let tail: usize =
        old.chars().rev().zip(new.chars().rev()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let start = before[..head].rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| at + 1);
    let end = |text: &str| {
        let from = text.len() - tail;
        text[from..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |length| from + length)
    };
    let word = |text: &str| {
        let word = text.get(start..end(text))?;
        word.chars().all(char::is_alphabetic).then(|| folded_lower(word))
    };
    respelt(context, language, &word(before)?, &word(after)?)
}

/// Whether Chinese characters differ only in listed variants: 账户 and 帐户.
fn is_character_variant(language: &Language, before: &str, after: &str) -> bool {
    let lexicon = language.lexicon();
    let is_variant = |a: char, b: char| a == b || lexicon.is_variant(&a.to_string(), &b.to_string());
    before.chars().next().is_some_and(chars::is_han)
        && before.chars().count() <= WORDS
        && (lexicon.is_variant(before, after)
            || before.chars().count() == after.chars().count()
                && before.chars().zip(after.chars()).all(|(a, b)| is_variant(a, b)))
}

/// A piece of a text, folded and in lower case.
#[derive(PartialEq, Eq)]
enum Piece {
    Word(String),
    /// A number or one mark.
    Other(String),
}

/// The words, numbers and marks of a text; `None` of a long one.
fn pieces(text: &str) -> Option<Vec<Piece>> {
    let letter =
        |c: char| c.is_alphabetic() && !chars::is_han(c) || chars::is_combining(c) || chars::is_arabic_ornament(c);
    let kind = |c: char| (letter(c), c.is_numeric());
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = match kind(first) {
            (false, false) => first.len_utf8(),
            own => rest.find(|c| kind(c) != own).unwrap_or(rest.len()),
        };
        let piece = folded_lower(&rest[..end]);
        pieces.push(if letter(first) { Piece::Word(piece) } else { Piece::Other(piece) });
        rest = rest[end..].trim_start();
        if pieces.len() > WORDS {
            return None;
        }
    }
    Some(pieces)
}

/// Words written apart, together or with a hyphen.
fn joined(context: &Context<'_>, language: Option<&'static Language>, old: &[Piece], new: &[Piece]) -> Option<Found> {
    let spelt = |pieces: &[Piece]| -> Option<(Vec<String>, bool)> {
        let mut words = Vec::new();
        let mut hyphen = false;
        for piece in pieces {
            match piece {
                Piece::Word(word) => words.push(word.clone()),
                Piece::Other(mark) if mark == "-" => hyphen = true,
                Piece::Other(_) => return None,
            }
        }
        Some((words, hyphen))
    };
    let (a, b) = (spelt(old)?, spelt(new)?);
    if a.0.is_empty() || a.0.concat() != b.0.concat() || a == b {
        return None;
    }
    if language.is_some_and(|language| language.lexicon().are_distinct(&a.0.join("-"), &b.0.join("-"))) {
        return None;
    }
    if a.1 || b.1 {
        let hyphened = if a.1 { &a.0 } else { &b.0 };
        let parts = |word: &String| language.is_some_and(|language| language.lexicon().parts(word));
        return (!hyphened.iter().any(parts)).then(|| rule::HYPHEN.into());
    }
    // Only spaces: words of which one side knows all and the other side breaks or glues some.
    let sound = |words: &[String]| words.iter().all(|word| is_word(context, language, word));
    match (sound(&a.0), sound(&b.0)) {
        (true, false) | (false, true) => Some(rule::BROKEN_WORD.into()),
        _ => None,
    }
}

/// How one word is spelt otherwise, if it is.
fn respelt(context: &Context<'_>, language: Option<&'static Language>, old: &str, new: &str) -> Option<Found> {
    if language.is_some_and(|language| language.lexicon().are_distinct(old, new)) {
        return None;
    }
    if chars::is_struck(old) != chars::is_struck(new) {
        return Some(rule::STRUCK.into());
    }
    if language.is_some_and(|language| language.lexicon().is_variant(old, new)) {
        return Some(rule::SPELLING_VARIANT.into());
    }
    let known = |word: &str| is_word(context, language, word);
    if chars::without_marks(old) == chars::without_marks(new) {
        return (!(known(old) && known(new))).then(|| rule::DIACRITIC.into());
    }
    let slip = slip(old, new)?;
    let (word, other) = match (known(old), known(new)) {
        (true, false) => (old, new),
        (false, true) => (new, old),
        _ => return None,
    };
    let lone = slip == Slip::Exchanged || !has_another(language, other, word);
    lone.then(|| Found::with(rule::TYPO, format!("“{other}” is no word, “{word}” is")))
}

/// Whether a form is a word of the language, or stands elsewhere in the texts.
fn is_word(context: &Context<'_>, language: Option<&'static Language>, word: &str) -> bool {
    language.and_then(|language| language.knows(word)) == Some(true) || context.attested.is_attested(word)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Slip {
    /// Two neighbours changed places.
    Exchanged,
    /// A letter is missing, added or another one.
    Other,
}

/// The one slip of the hand that makes one word of the other.
fn slip(a: &str, b: &str) -> Option<Slip> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let most = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let longest = a.len().max(b.len());
    match (x, y) {
        ([p, q], [r, s]) if p == s && q == r && longest >= SHORT => Some(Slip::Exchanged),
        ([_], [_]) | ([_], []) | ([], [_]) if longest >= LONG => Some(Slip::Other),
        _ => None,
    }
}

/// Whether a word of the language other than `word` is one slip away from `form`. Without a list there may be one.
fn has_another(language: Option<&'static Language>, form: &str, word: &str) -> bool {
    let Some(language) = language else { return true };
    language.neighbours(form).is_none_or(|words| words.iter().any(|other| other != word))
}
