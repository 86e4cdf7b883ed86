//! What is looked for.

use super::result::SearchError;
use super::terms::{Phrase, Piece, pieces};
use crate::record::Day;
use crate::statement::ClauseKind;

/// Words that a query may have, each character of a script without spaces counted as one.
const MOST_PIECES: usize = 200;

/// A query: phrases that must all stand in one clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    text: String,
    phrases: Vec<Phrase>,
}

impl Query {
    /// Reads a query. What stands in quotation marks is a phrase; otherwise spaces part words, all of which must stand
    /// in the clause, in any order. `stab*` fits every word that begins so. No other sign means anything.
    ///
    /// # Errors
    /// [`SearchError::Query`] where it holds no word, or more than anyone would ask for.
    pub fn parse(text: &str) -> Result<Self, SearchError> {
        let mut phrases = Vec::new();
        for (at, part) in text.split(is_quotation_mark).enumerate() {
            if at % 2 == 1 {
                phrases.extend(phrase(part));
            } else {
                phrases.extend(part.split_whitespace().filter_map(phrase));
            }
        }
        let words: usize = phrases.iter().map(|phrase| phrase.pieces.len()).sum();
        let why = match words {
            0 => "it holds no word to look for",
            1..=MOST_PIECES => return Ok(Self { text: text.to_owned(), phrases }),
            _ => "it is longer than 200 words",
        };
        Err(SearchError::Query { query: text.to_owned(), why })
    }

    /// It as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The query in the language of the index.
    pub(super) fn expression(&self) -> String {
        self.phrases.iter().map(Phrase::expression).collect::<Vec<_>>().join(" AND ")
    }

    /// Where its phrases stand in a text, ascending and apart; none where one of them is missing.
    pub(super) fn ranges(&self, text: &str) -> Option<Vec<std::ops::Range<usize>>> {
        let text = pieces(text);
        let mut found = Vec::new();
        for phrase in &self.phrases {
            let before = found.len();
            found.extend(phrase.places(&text));
            if found.len() == before {
                return None;
            }
        }
        found.sort_by_key(|range| (range.start, range.end));
        let mut apart: Vec<std::ops::Range<usize>> = Vec::with_capacity(found.len());
        for range in found {
            match apart.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => apart.push(range),
            }
        }
        Some(apart)
    }
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '＂')
}

fn phrase(text: &str) -> Option<Phrase> {
    let text = text.trim_end();
    let pieces: Vec<Piece> = pieces(text);
    let prefix = text.ends_with('*') && pieces.last().is_some_and(|last| last.range.end + 1 == text.len());
    (!pieces.is_empty()).then_some(Phrase { pieces, prefix })
}

/// Which clauses are looked at; what is not given limits nothing.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Filter {
    /// A work, or the beginning of works' names ending in a slash.
    pub work: Option<String>,
    /// Code of the language.
    pub language: Option<String>,
    /// Issued on this day, in this month or year, or later.
    pub from: Option<Day>,
    /// Issued on this day, in this month or year, or earlier.
    pub to: Option<Day>,
    /// Kinds of clauses; all where there are none.
    pub kinds: Vec<ClauseKind>,
}

impl Filter {
    /// Whether it leaves versions out.
    pub(super) fn chooses_versions(&self) -> bool {
        self.work.is_some() || self.language.is_some() || self.from.is_some() || self.to.is_some()
    }

    /// Whether a version is looked at. A date of which only the year is known lies on every day of it.
    pub(super) fn takes(&self, work: &str, language: &str, issued: Option<Day>) -> bool {
        let in_work = self.work.as_ref().is_none_or(|wanted| {
            if wanted.ends_with('/') { work.starts_with(wanted.as_str()) } else { work == wanted }
        });
        in_work
            && self.language.as_ref().is_none_or(|wanted| language == wanted)
            && self.from.is_none_or(|from| issued.is_some_and(|issued| last(issued) >= first(from)))
            && self.to.is_none_or(|to| issued.is_some_and(|issued| first(issued) <= last(to)))
    }
}

/// Year, month and day of the first day that a date can mean.
fn first(day: Day) -> (u16, u8, u8) {
    (day.0.year.unwrap_or(0), day.0.month.unwrap_or(0), day.0.day.unwrap_or(0))
}

/// Those of the last.
fn last(day: Day) -> (u16, u8, u8) {
    (day.0.year.unwrap_or(u16::MAX), day.0.month.unwrap_or(u8::MAX), day.0.day.unwrap_or(u8::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_query_is_an_operator() {
        for text in [
            "\" OR 1",
            "a\" OR \"b",
            "NEAR(a b) AND NOT c",
            "clauses : x",
            "^a + b*c",
            "{x}: 'y' -- ;",
            "a\0b",
            "* \" x",
        ] {
            let expression = Query::parse(text).expect("it has words").expression();
            for (at, part) in expression.split('"').enumerate() {
                if at % 2 == 1 {
                    assert!(part.chars().all(|c| c.is_alphanumeric() || c == ' '), "{text:?}: {expression}");
                } else {
                    assert!(["", " * AND ", " AND ", " *"].contains(&part), "{text:?}: {expression}");
                }
            }
        }
        for text in ["", "  ", "\"", "* ? ! —", "\u{200B}"] {
            assert!(Query::parse(text).is_err(), "{text:?}");
        }
        assert!(Query::parse(&"a ".repeat(201)).is_err());
    }

    #[test]
    fn all_phrases_must_stand_in_the_text() {
        let ranges = |query: &str, text: &str| Query::parse(query).expect("a query").ranges(text);
        assert_eq!(ranges("one three", "One two three"), Some(vec![0..3, 8..13]));
        assert_eq!(ranges("\"one three\"", "One two three"), None);
        assert_eq!(ranges("\"one two\" two", "One two three"), Some(std::iter::once(0..7).collect()));
        assert_eq!(ranges("on*", "One two once"), Some(vec![0..3, 8..12]));
    }

    #[test]
    fn dates_may_be_partial() {
        let day = |text: &str| Day::parse(text);
        let filter = Filter { from: day("2031-04"), to: day("2031"), ..Filter::default() };
        for (issued, taken) in
            [("2031-03-31", false), ("2031-04-01", true), ("2031", true), ("2031-12-31", true), ("2032", false)]
        {
            assert_eq!(filter.takes("a", "en", day(issued)), taken, "{issued}");
        }
        assert!(!filter.takes("a", "en", None));
    }
}
