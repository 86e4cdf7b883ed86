//! Whether a change of letters only spells a word otherwise: a slip of the hand, a variant, a diacritic.
//!
//! A slip is told only when exactly one side is a word, of the language's list or of the texts elsewhere, and the other
//! is one slip of the hand away from it (Damerau 1964). A letter that is missing, added or exchanged might have made
//! another word ("ilegal" of "illegal" or "legal"): there no third word may be as near.

use super::context::Context;
use super::rule::{self, RuleFinding};
use crate::language::{Language, Sense, Table};
use crate::text::{Pair, chars, folded_lower};

/// Words, numbers and marks of one edit that are looked at.
const WORDS: usize = 12;
/// Fewest letters of a word in which a letter missing, added or exchanged is a slip.
const LONG: usize = 5;
/// Fewest letters of a word in which two letters exchanged are a slip.
const SHORT: usize = 3;

/// The classes of an edit, of its texts before and after, whose words are all spelt otherwise, and nothing else.
pub(super) fn found(context: &Context<'_>, texts: Pair<&str>) -> Option<Vec<RuleFinding>> {
    let language = shared_language(context);
    if language.is_some_and(|language| is_character_variant(language, texts.map(str::trim))) {
        return Some(vec![rule::SPELLING_VARIANT.into()]);
    }
    let Pair { before, after } = texts.map(str::trim);
    if language.is_some_and(|language| language.lexicon().are_forms(before, after)) {
        return Some(vec![rule::SPELLING_VARIANT.into()]);
    }
    let parts = texts.map(parts).both()?;
    if let Some(found) = joined(context, language, &parts) {
        return Some(vec![found]);
    }
    if parts.before.len() != parts.after.len() {
        return None;
    }
    let mut all: Vec<RuleFinding> = Vec::new();
    for (a, b) in parts.before.iter().zip(&parts.after).filter(|(a, b)| a != b) {
        let (TextPart::Word(a), TextPart::Word(b)) = (a, b) else { return None };
        let found = respelt(context, language, Pair::new(a, b))?;
        if !all.contains(&found) {
            all.push(found);
        }
    }
    if all.is_empty() { None } else { Some(all) }
}

/// The one word that is spelt otherwise inside two addresses or symbols, if no more than it differs.
pub(super) fn inside(context: &Context<'_>, texts: Pair<&str>) -> Option<RuleFinding> {
    let Pair { before, after } = texts;
    let mut pairs = before.char_indices().zip(after.chars());
    let head = pairs.find(|((_, x), y)| x != y).map_or(before.len().min(after.len()), |((at, _), _)| at);
    let rest = texts.map(|text| text.get(head..)).both()?;
    let tails = rest.before.chars().rev().zip(rest.after.chars().rev());
    let tail: usize = tails.take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let start = before[..head].rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| at + 1);
    let words = texts.map(|text| {
        let from = text.len() - tail;
        let end = text[from..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |length| from + length);
        let word = text.get(start..end)?;
        word.chars().all(char::is_alphabetic).then(|| folded_lower(word))
    });
    let words = words.both()?;
    respelt(context, shared_language(context), words.as_ref().map(String::as_str))
}

/// The language of both sides, if it is one.
fn shared_language<'a>(context: &Context<'a>) -> Option<&'a Language> {
    let languages = context.languages.both()?;
    languages.map(|language| &language.code).is_same().then_some(languages.before)
}

/// Whether Chinese characters differ only in listed variants: 账户 and 帐户.
fn is_character_variant(language: &Language, texts: Pair<&str>) -> bool {
    let Pair { before, after } = texts;
    let lexicon = language.lexicon();
    let is_variant = |a: char, b: char| a == b || lexicon.is_variant(&a.to_string(), &b.to_string());
    before.chars().next().is_some_and(chars::is_han)
        && before.chars().count() <= WORDS
        && (lexicon.is_variant(before, after)
            || texts.map(|text| text.chars().count()).is_same()
                && before.chars().zip(after.chars()).all(|(a, b)| is_variant(a, b)))
}

/// A part of a text, folded and in lower case.
#[derive(PartialEq, Eq)]
enum TextPart {
    Word(String),
    /// A number or one mark.
    Other(String),
}

/// The words, numbers and marks of a text; `None` of a long one.
fn parts(text: &str) -> Option<Vec<TextPart>> {
    let letter =
        |c: char| c.is_alphabetic() && !chars::is_han(c) || chars::is_combining(c) || chars::is_arabic_ornament(c);
    let kind = |c: char| (letter(c), c.is_numeric());
    let mut parts = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = match kind(first) {
            (false, false) => first.len_utf8(),
            own => rest.find(|c| kind(c) != own).unwrap_or(rest.len()),
        };
        let part = folded_lower(&rest[..end]);
        parts.push(if letter(first) { TextPart::Word(part) } else { TextPart::Other(part) });
        rest = rest[end..].trim_start();
        if parts.len() > WORDS {
            return None;
        }
    }
    Some(parts)
}

/// Words and nothing between them but white space and hyphens.
#[derive(PartialEq, Eq)]
struct PlainWords {
    words: Vec<String>,
    has_hyphen: bool,
}

impl PlainWords {
    /// Those of some parts; `None` where another mark or a number is among them.
    fn of(parts: &[TextPart]) -> Option<Self> {
        let mut plain = Self { words: Vec::new(), has_hyphen: false };
        for part in parts {
            match part {
                TextPart::Word(word) => plain.words.push(word.clone()),
                TextPart::Other(mark) if mark == "-" => plain.has_hyphen = true,
                TextPart::Other(_) => return None,
            }
        }
        Some(plain)
    }
}

/// Words written apart, together or with a hyphen.
fn joined(context: &Context<'_>, language: Option<&Language>, parts: &Pair<Vec<TextPart>>) -> Option<RuleFinding> {
    let sides = parts.as_ref().map(|parts| PlainWords::of(parts)).both()?;
    let letters = sides.as_ref().map(|side| side.words.concat());
    if letters.before.is_empty() || !letters.is_same() || sides.is_same() {
        return None;
    }
    let hyphened = sides.as_ref().map(|side| side.words.join("-"));
    if language.is_some_and(|language| language.lexicon().are_distinct(&hyphened.before, &hyphened.after)) {
        return None;
    }
    if let Some(hyphened) = sides.iter().find(|side| side.has_hyphen) {
        let parts = |word: &String| language.is_some_and(|language| language.lexicon().parts(word));
        return (!hyphened.words.iter().any(parts)).then(|| rule::HYPHEN.into());
    }
    if !language.is_some_and(Language::has_word_list) {
        return None;
    }
    // Only spaces: words of which one side knows all and the other side breaks or glues some.
    let are_words = sides.map(|side| side.words.iter().all(|word| is_word(context, language, word)));
    (!are_words.is_same()).then(|| rule::BROKEN_WORD.into())
}

/// How one word is spelt otherwise, if it is.
fn respelt(context: &Context<'_>, language: Option<&Language>, words: Pair<&str>) -> Option<RuleFinding> {
    let Pair { before: old, after: new } = words;
    if language.is_some_and(|language| language.lexicon().are_distinct(old, new)) {
        return None;
    }
    if !words.map(chars::is_struck).is_same() {
        return Some(rule::STRUCK.into());
    }
    if language.is_some_and(|language| language.lexicon().is_variant(old, new)) {
        return Some(rule::SPELLING_VARIANT.into());
    }
    let known = |word: &str| is_word(context, language, word);
    let has_list = language.is_some_and(Language::has_word_list);
    if words.map(chars::without_marks).is_same() {
        // Two words that only marks tell apart are two words; without a list they may be.
        return (has_list && !words.iter().all(|word| known(word))).then(|| rule::DIACRITIC.into());
    }
    if !has_list {
        return None;
    }
    let slip = slip(words)?;
    let (word, other) = match (known(old), known(new)) {
        (true, false) => (old, new),
        (false, true) => (new, old),
        _ => return None,
    };
    let lone = slip == Slip::Exchanged || !has_another(language, other, word);
    lone.then(|| RuleFinding::with(rule::TYPO, format!("“{other}” is no word, “{word}” is")))
}

/// Whether a form is a word of the language, or stands elsewhere in the texts.
fn is_word(context: &Context<'_>, language: Option<&Language>, word: &str) -> bool {
    language.and_then(|language| language.knows(word)) == Some(true) || context.attested.stand_outside(word)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Slip {
    /// Two neighbours changed places.
    Exchanged,
    /// A letter is missing, added or another one.
    Other,
}

/// The one slip of the hand that makes one word of the other.
fn slip(words: Pair<&str>) -> Option<Slip> {
    let Pair { before: a, after: b } = words.map(|word| word.chars().collect::<Vec<char>>());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let most = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let longest = a.len().max(b.len());
    match (x, y) {
        ([p, q], [r, s]) if p == s && q == r && longest >= SHORT => Some(Slip::Exchanged),
        // Another first letter makes another prefix: demobilize, remobilize.
        ([_], [_]) if head == 0 => None,
        ([_], [_]) | ([_], []) | ([], [_]) if longest >= LONG => Some(Slip::Other),
        _ => None,
    }
}

/// Letters at the beginning of a word, in which a prefix that turns it may stand.
const BEGINNING: usize = 3;

/// Whether a word of the language other than `word` is one slip away from `form`, and may be meant as well: one that
/// begins otherwise ("ilegal" of "illegal" or "legal"), or where either is a word that counts, denies or obliges. Of two
/// others the text itself tells which: it says `word` on its other side. Without a list there may always be one.
fn has_another(language: Option<&Language>, form: &str, word: &str) -> bool {
    let Some(language) = language else { return true };
    let begins_alike = |other: &str| word.chars().zip(other.chars()).take(BEGINNING).all(|(one, other)| one == other);
    let may_be_meant = |other: &String| !begins_alike(other) || weighs(language, word) || weighs(language, other);
    let mut others = language.neighbours(form).map(|words| words.into_iter().filter(|other| other != word));
    others.as_mut().is_none_or(|others| others.any(|other| may_be_meant(&other)))
}

/// Whether a word alone counts, denies, obliges or says how strongly.
fn weighs(language: &Language, word: &str) -> bool {
    let lexicon = language.lexicon();
    let words = [lexicon.forms(word)];
    [Table::Modality, Table::Negation, Table::Number, Table::Verbs, Table::Poles]
        .into_iter()
        .any(|table| lexicon.find(table, &words).iter().any(|found| found.sense != Sense::Neutral))
}
