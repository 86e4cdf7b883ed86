//! Words, numbers, dates, symbols and marks: what word edits are made of.
//!
//! One pass over the characters. A Han character is a token of its own: single characters align as well as dictionary
//! words and never depend on a dictionary's version, so that stored results stay. [`word_edges`] tells where words end,
//! for showing an edit whole. Numbers keep their groups and decimals, symbols and dates stand whole: no edit can then
//! say that `15` became `18` by changing a `5`.

use std::ops::Range;

use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};

use super::{
    Span, chars,
    fold::{fold_char, fold_into},
    intern::{Interner, TokenId},
};
use crate::language::{Language, Script, common, decimal_digit};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
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
pub struct Token {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// The number of its match key; equal numbers match, whatever the case, the width or the spacing.
    pub id: TokenId,
}

/// Splits `text` into tokens; white space is between them and in none, except inside a date or a grouped number.
///
/// Linear in the text, besides one search for each date pattern where the text has digits.
pub fn tokenize(text: &str, language: Option<&Language>, interner: &mut Interner) -> Vec<Token> {
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
        if (first.is_ascii_alphanumeric() || chars::is_cyrillic(first))
            && let Some(end) = self.symbol()
        {
            return (end, TokenKind::Symbol);
        }
        if decimal_digit(first).is_some() {
            return (self.number(), TokenKind::Number);
        }
        if is_word_char(first) {
            return (self.word(), TokenKind::Word);
        }
        (self.at + first.len_utf8(), TokenKind::Mark)
    }

    /// The end of a run of ASCII letters and digits behind which only a sign stands that no word and no symbol has
    /// inside: most words, without a look at the rules of the others.
    fn plain_word(&self) -> Option<usize> {
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let ends = rest
            .get(length)
            .is_none_or(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'/' | b'.' | b'-' | b'\''));
        ends.then_some(self.at + length)
    }

    /// A run of letters and digits with a slash in it and a digit somewhere.
    fn symbol(&self) -> Option<usize> {
        let rest = &self.text[self.at..];
        let inside = |c: char| (c.is_alphanumeric() && !chars::is_unspaced(c)) || matches!(c, '/' | '.' | '-');
        let end = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        let run = rest[..end].trim_end_matches(['/', '.', '-']);
        let digits = run.bytes().any(|byte| byte.is_ascii_digit());
        (digits && run.contains('/')).then_some(self.at + run.len())
    }

    fn word(&self) -> usize {
        let rest = &self.text[self.at..];
        let joins = self.language.is_none_or(|language| language.apostrophe_joins);
        let mut end = rest.len();
        let mut characters = rest.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            if is_inside_word(c) {
                continue;
            }
            let apostrophe = matches!(c, '\'' | '’' | 'ʼ');
            let more = characters.peek().is_some_and(|(_, next)| is_word_char(*next));
            if apostrophe && joins && more {
                continue;
            }
            // French elision: the apostrophe belongs to the word before it.
            end = if apostrophe && !joins && more { at + c.len_utf8() } else { at };
            break;
        }
        self.at + end
    }

    /// Digits with groups (3,300; 3 300; 3.300) and decimals (1,5) as the language writes them.
    fn number(&self) -> usize {
        let rest = &self.text[self.at..];
        let run =
            |from: usize| rest[from..].find(|c| decimal_digit(c).is_none()).map_or(rest.len(), |length| from + length);
        let mut end = run(0);
        let mut width = rest[..end].chars().count();
        while let Some(sign) = rest[end..].chars().next() {
            let next = run(end + sign.len_utf8());
            let digits = rest[end + sign.len_utf8()..next].chars().count();
            let grouped = self.is_group(sign) && width <= 3 && digits == 3;
            let decimal = self.is_decimal(sign) && digits > 0;
            if !grouped && !decimal {
                break;
            }
            end = next;
            width = if grouped { 3 } else { usize::MAX };
        }
        self.at + end
    }

    fn is_group(&self, sign: char) -> bool {
        let spaces = matches!(sign, '\u{A0}' | '\u{202F}' | '\u{2009}' | '٬');
        spaces || self.language.map_or(sign == ',', |language| language.group.contains(&sign))
    }

    fn is_decimal(&self, sign: char) -> bool {
        sign == '٫' || self.language.map_or(sign == '.', |language| language.decimal == sign) || sign == '.'
    }

    fn intern(&mut self, range: Range<usize>, kind: TokenKind, interner: &mut Interner) -> TokenId {
        let text = &self.text[range];
        self.key.clear();
        match kind {
            TokenKind::Number => {
                let value = number_value(text, self.language);
                self.key.push('#');
                self.key.push_str(&value);
            }
            TokenKind::Date => {
                fold_into(text, &mut self.key);
                self.key.retain(|c| c != ' ');
                self.key = self.key.to_lowercase();
            }
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

/// The value of a number as plain digits with a point: `3 300,5` in French is `3300.5`.
pub(crate) fn number_value(text: &str, language: Option<&Language>) -> String {
    let decimal = language.map_or('.', |language| language.decimal);
    let mut value = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if let Some(digit) = decimal_digit(c) {
            value.push(char::from_digit(digit, 10).unwrap_or('0'));
            continue;
        }
        let rest = &text[at + c.len_utf8()..];
        let last = rest.chars().all(|c| decimal_digit(c).is_some());
        // A sign before three digits is a group unless it is the language's decimal sign; before any other count it can
        // only be a decimal.
        if last && (c == decimal || c == '٫' || rest.chars().count() != 3) {
            value.push('.');
        }
    }
    value
}

/// Byte offsets at which words of `text` begin or end, ascending, the two ends included.
///
/// Uses the Unicode word rules and, for Chinese, a dictionary. Only for showing edits: nothing stored depends on it.
#[must_use]
pub fn word_edges(text: &str) -> Vec<usize> {
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
    fn values_numbers_by_language() {
        for (code, text, value) in [
            ("en", "3,300.5", "3300.5"),
            ("fr", "3 300,5", "3300.5"),
            ("es", "3.300", "3300"),
            ("ar", "٣٣٠٠", "3300"),
            ("en", "1.5", "1.5"),
            ("es", "1.5", "1.5"),
        ] {
            assert_eq!(number_value(text, language(code)), value, "{code} {text}");
        }
    }

    #[test]
    fn knows_word_edges_in_chinese() {
        let edges = word_edges("战略稳定");
        assert_eq!(edges, [0, "战略".len(), "战略稳定".len()]);
    }
}
