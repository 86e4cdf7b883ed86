//! Words, numbers, dates, symbols and marks: what word edits are made of.
//!
//! One pass over the characters. A Han character is a token of its own: single characters align as well as dictionary
//! words and never depend on a dictionary's version, so that stored results stay. [`word_edges`] tells where words end,
//! for showing an edit whole. Numbers keep their groups and decimals, symbols and dates stand whole: no edit can then
//! say that `15` became `18` by changing a `5`.

use std::ops::Range;

use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};

use super::span::Span;
use super::{
    address, chars,
    fold::{fold_char, fold_into},
    intern::{Interner, TokenId},
    value::{self, Reader},
};
use crate::language::{Language, Script, common, decimal_digit};

/// Most characters of a word or a symbol. A longer run is cut into several tokens, for what compares two words costs
/// more than their length; the text itself stays whole.
const LONGEST: usize = 96;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TokenKind {
    /// A word of a script with letters.
    Word,
    /// One Chinese character.
    Han,
    /// A quantity, with its groups and decimals.
    Number,
    /// A calendar date, whole.
    Date,
    /// A document symbol or another compound of letters, digits and slashes.
    Symbol,
    /// A mark of punctuation or any other sign.
    Mark,
}

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Its bytes.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) kind: TokenKind,
    /// The number of its match key; equal numbers match, whatever the case, the width or the spacing.
    pub(crate) id: TokenId,
}

/// Splits `text` into tokens; white space is between them and in none, except inside a date or a grouped number.
///
/// Linear in the text, besides one search for each date pattern where the text has digits.
pub(crate) fn tokenize(text: &str, language: Option<&Language>, interner: &mut Interner) -> Vec<Token> {
    let mut dates = language.map(|language| dates(text, language)).unwrap_or_default().into_iter().peekable();
    let mut scanner = Scanner { text, language, at: 0, key: String::new() };
    let mut tokens = Vec::with_capacity(text.len() / 4);
    while let Some(c) = scanner.peek() {
        if chars::is_space(c) {
            scanner.at += c.len_utf8();
            continue;
        }
        let start = scanner.at;
        while dates.peek().is_some_and(|range| range.start < start) {
            dates.next();
        }
        let (end, kind) = match dates.next_if(|range| range.start == start) {
            Some(range) => (range.end, TokenKind::Date),
            None => scanner.next_token(c),
        };
        scanner.at = end;
        let id = scanner.intern(start..end, kind, interner);
        tokens.push(Token { span: Span::new(start, end), kind, id });
    }
    tokens
}

/// Where dates stand. Arabic month names are looked for as they are written without presentation forms and ornaments.
fn dates(text: &str, language: &Language) -> Vec<Range<usize>> {
    let shaped =
        |c: char| chars::is_arabic_ornament(c) || matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    if !text.chars().any(shaped) {
        return language.dates(text).into_iter().map(|found| found.range).collect();
    }
    let (mut plain, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
    for (at, c) in text.char_indices() {
        let mut own = [0; 4];
        let to = if shaped(c) { fold_char(c).unwrap_or("") } else { c.encode_utf8(&mut own) };
        plain.push_str(to);
        places.resize(plain.len(), at);
    }
    places.push(text.len());
    language.dates(&plain).into_iter().map(|found| places[found.range.start]..places[found.range.end]).collect()
}

struct Scanner<'a> {
    text: &'a str,
    language: Option<&'a Language>,
    at: usize,
    key: String,
}

fn is_word_char(c: char) -> bool {
    (c.is_alphabetic() && !chars::is_han(c)) || chars::is_combining(c) || c == '\u{AD}'
}

fn is_inside_word(c: char) -> bool {
    is_word_char(c) || c.is_numeric() && !chars::is_han(c) || chars::is_hidden(c) || c == '\u{0640}'
}

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next_token(&self, first: char) -> (usize, TokenKind) {
        if first.is_ascii_alphabetic()
            && let Some(end) = self.plain_word()
        {
            return (end, TokenKind::Word);
        }
        if chars::is_han(first) {
            return (self.at + first.len_utf8(), TokenKind::Han);
        }
        if first.is_alphanumeric() {
            let length = address::length(&self.text[self.at..]);
            if length > 0 {
                return (self.at + length, TokenKind::Symbol);
            }
        }
        if value::begins(first) || self.is_signed(first) {
            if let Some(end) = self.symbol() {
                return (end, TokenKind::Symbol);
            }
            let end = self.number();
            return (end + self.designation(end), TokenKind::Number);
        }
        if (first.is_ascii_alphabetic() || chars::is_cyrillic(first))
            && let Some(end) = self.symbol()
        {
            return (end, TokenKind::Symbol);
        }
        if is_word_char(first) {
            return (self.word(), TokenKind::Word);
        }
        (self.at + first.len_utf8(), TokenKind::Mark)
    }

    /// The bytes of the letter that ends a designation behind its number: `H-2A`, `F-16C`.
    fn designation(&self, end: usize) -> usize {
        let mut before = self.text[..self.at].chars().rev();
        let named = before.next() == Some('-') && before.next().is_some_and(char::is_alphabetic);
        let mut behind = self.text[end..].chars();
        let letter = behind.next().is_some_and(|c| c.is_ascii_uppercase());
        usize::from(named && letter && !behind.next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '/')))
    }

    /// Whether a minus stands here that belongs to the number behind it: nothing but white space, a bracket or a quote
    /// before it, and no number before that, with which it would be a range.
    fn is_signed(&self, first: char) -> bool {
        if !matches!(first, '-' | '−' | '–') {
            return false;
        }
        let opens = |c: char| matches!(c, '(' | '[' | '（' | '"' | '“' | '«' | '„' | '\'' | '‘');
        let mut before = self.text[..self.at].chars().rev();
        let free = match before.next() {
            None => true,
            Some(c) if chars::is_space(c) => before.find(|c| !chars::is_space(*c)).is_none_or(|c| !c.is_numeric()),
            Some(c) => opens(c),
        };
        free && self.text[self.at + first.len_utf8()..].chars().next().is_some_and(|c| decimal_digit(c).is_some())
    }

    /// The end of a run of ASCII letters and digits behind which only a sign stands that no word and no symbol has
    /// inside: most words, without a look at the rules of the others.
    fn plain_word(&self) -> Option<usize> {
        let rest = &self.text.as_bytes()[self.at..];
        let length =
            rest.iter().take(LONGEST).position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len().min(LONGEST));
        let ends = length == LONGEST
            || rest.get(length).is_none_or(|byte| {
                matches!(byte, b' '..=b'~')
                    && !matches!(byte, b'/' | b'.' | b'-' | b'\'' | b':' | b'@' | b'_' | b'+' | b'%')
            });
        ends.then_some(self.at + length)
    }

    /// A run of letters and digits with a slash in it, a letter and a digit somewhere.
    fn symbol(&self) -> Option<usize> {
        let rest = &self.text[self.at..];
        let inside = |c: char| (c.is_alphanumeric() && !chars::is_unspaced(c)) || matches!(c, '/' | '.' | '-');
        let mut characters = rest.char_indices().enumerate();
        let end =
            characters.find(|(count, (_, c))| *count == LONGEST || !inside(*c)).map_or(rest.len(), |(_, (at, _))| at);
        let run = rest[..end].trim_end_matches(['/', '.', '-']);
        let digits = run.bytes().any(|byte| byte.is_ascii_digit());
        let letters = run.chars().any(char::is_alphabetic);
        (digits && letters && run.contains('/')).then_some(self.at + run.len())
    }

    fn word(&self) -> usize {
        let rest = &self.text[self.at..];
        let joins = self.language.is_none_or(|language| language.apostrophe_joins);
        // What is written together with a number in Arabic letters is a word of its own: "and 5", "by 20".
        let arabic = rest.starts_with(chars::is_arabic);
        let mut end = rest.len();
        let mut characters = rest.char_indices().enumerate().peekable();
        while let Some((count, (at, c))) = characters.next() {
            if count == LONGEST || arabic && decimal_digit(c).is_some() {
                end = at;
                break;
            }
            if is_inside_word(c) {
                continue;
            }
            let apostrophe = matches!(c, '\'' | '’' | 'ʼ');
            let more = characters.peek().is_some_and(|(_, (_, next))| is_word_char(*next));
            if apostrophe && joins && more {
                continue;
            }
            // French elision: the apostrophe belongs to the word before it.
            end = if apostrophe && !joins && more { at + c.len_utf8() } else { at };
            break;
        }
        self.at + end
    }

    /// The end of a number, as the language writes it.
    fn number(&self) -> usize {
        self.at + Reader { language: self.language }.end(&self.text[self.at..])
    }

    fn intern(&mut self, range: Range<usize>, kind: TokenKind, interner: &mut Interner) -> TokenId {
        let text = &self.text[range];
        self.key.clear();
        match kind {
            TokenKind::Number => {
                self.key.push('#');
                self.key.push_str(&Reader { language: self.language }.key(text));
            }
            TokenKind::Date => {
                fold_into(text, &mut self.key);
                self.key.retain(|c| c != ' ');
                self.key = self.key.to_lowercase();
            }
            // Another case of an address is another address.
            TokenKind::Symbol if address::length(text) > 0 => self.key.push_str(text),
            TokenKind::Word | TokenKind::Symbol if !text.is_ascii() => {
                fold_into(text, &mut self.key);
                let lower = self.key.to_lowercase();
                let latin = self.language.is_some_and(|language| language.script == Script::Latin);
                self.key = unconfused(&lower, kind, latin);
            }
            TokenKind::Mark | TokenKind::Han => fold_into(text, &mut self.key),
            TokenKind::Word | TokenKind::Symbol => {
                self.key.push_str(text);
                self.key.make_ascii_lowercase();
            }
        }
        interner.intern(&self.key)
    }
}

/// Latin letters for their look-alikes: where scripts are mixed in one word, in symbols, and in words of a language in
/// Latin letters that hold nothing else.
pub(crate) fn unconfused(key: &str, kind: TokenKind, is_latin_text: bool) -> String {
    let like = |c: char| {
        common().confusables.iter().find(|(other, _)| *other == c).map(|(_, latin)| latin.to_ascii_lowercase())
    };
    let mixed = key.chars().any(chars::is_latin) && key.chars().any(|c| c.is_alphabetic() && !chars::is_latin(c));
    let disguised = is_latin_text && key.chars().all(|c| like(c).is_some());
    if !mixed && !disguised && kind != TokenKind::Symbol {
        return key.to_owned();
    }
    key.chars().map(|c| like(c).unwrap_or(c)).collect()
}

/// Byte offsets at which words of `text` begin or end, ascending, the two ends included.
///
/// Uses the Unicode word rules and, for Chinese, a dictionary. Only for showing edits: nothing stored depends on it.
#[must_use]
pub(crate) fn word_edges(text: &str) -> Vec<usize> {
    thread_local! {
        static SEGMENTER: WordSegmenterBorrowed<'static> = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    }
    SEGMENTER.with(|segmenter| segmenter.segment_str(text).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::language;

    fn words(code: &str, text: &str) -> Vec<(String, TokenKind)> {
        let mut interner = Interner::new();
        tokenize(text, language(code), &mut interner)
            .into_iter()
            .map(|token| (text[token.span.range()].to_owned(), token.kind))
            .collect()
    }

    fn id(code: &str, text: &str, interner: &mut Interner) -> Vec<TokenId> {
        tokenize(text, language(code), interner).into_iter().map(|token| token.id).collect()
    }

    #[test]
    fn types_tokens() {
        use TokenKind::{Date, Han, Mark, Number, Symbol, Word};
        let found = words("en", "A/RES/71/258 of 23 December 2016: 3,300 States’ non-parties, 1.5 per cent.");
        let expected = [
            ("A/RES/71/258", Symbol),
            ("of", Word),
            ("23 December 2016", Date),
            (":", Mark),
            ("3,300", Number),
            ("States", Word),
            ("’", Mark),
            ("non", Word),
            ("-", Mark),
            ("parties", Word),
            (",", Mark),
            ("1.5", Number),
            ("per", Word),
            ("cent", Word),
            (".", Mark),
        ];
        assert_eq!(found, expected.map(|(text, kind)| (text.to_owned(), kind)));
        let found = words("zh", "2014 年 6 月 10 日提交，第3段");
        assert_eq!(found[0], ("2014 年 6 月 10 日".to_owned(), Date));
        assert_eq!(found[1], ("提".to_owned(), Han));
        assert_eq!(words("fr", "l’État").len(), 2);
        let found = words("ar", "و5 مراقبين");
        assert_eq!(found[..2], [("و".to_owned(), Word), ("5".to_owned(), Number)]);
        assert_eq!(
            words("en", "see https://waters.example/a, 120/15")[1],
            ("https://waters.example/a".to_owned(), Symbol)
        );
        assert_eq!(words("en", "by 120/15 votes")[1], ("120/15".to_owned(), Number));
        assert_eq!(words("en", "of -0.5 or 2-4")[1], ("-0.5".to_owned(), Number));
        assert_eq!(words("en", &"a".repeat(1000)).len(), 11);
    }

    #[test]
    fn matches_variants_of_the_same_token() {
        let mut interner = Interner::new();
        assert_eq!(id("fr", "3 300 États", &mut interner), id("fr", "3\u{A0}300 états", &mut interner));
        assert_eq!(id("zh", "2016 年 9 月", &mut interner), id("zh", "2016年9月", &mut interner));
        assert_eq!(id("en", "“zone”", &mut interner), id("en", "\"Zone\"", &mut interner));
        assert_eq!(id("ru", "\u{421}D/7", &mut interner), id("ru", "CD/7", &mut interner));
        assert_ne!(id("en", "15", &mut interner), id("en", "1.5", &mut interner));
        assert_ne!(id("en", "word", &mut interner), id("en", "words", &mut interner));
    }

    #[test]
    fn knows_word_edges_in_chinese() {
        let edges = word_edges("战略稳定");
        assert_eq!(edges, [0, "战略".len(), "战略稳定".len()]);
    }
}
