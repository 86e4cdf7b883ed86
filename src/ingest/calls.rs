//! The marks in the text that call footnotes, taken out of it.
//!
//! A mark comes out of the text only if a footnote of its number is there and the numbers come in order: `SDG4`, `CO2` and
//! years stay as they are, and so do numbers between words that nothing shows to be a mark. Linear in the text.

use std::ops::Range;

use super::assemble::Piece;
use super::draft::{Draft, Sort};
use super::extract::Extract;
use super::layout::Layer;
use super::pages;
use crate::language::{Language, roman_numeral};
use crate::statement::{DroppedPiece, Why};
use crate::text::words::{WordChars, last_word};
use crate::text::{Span, chars};

/// A mark that goes out of a text.
struct LiftedMark {
    number: u32,
    part: usize,
    range: Range<usize>,
}

/// What closes a word or a part of a sentence before a mark that stands apart.
const CLOSERS: [char; 6] = [',', ';', '”', '»', '’', ')'];

/// Takes the marks of known footnotes out of the texts they stand in.
pub(super) fn lift_marks(
    extract: &Extract,
    draft: &mut Draft,
    dropped: &mut Vec<DroppedPiece>,
    language: Option<&Language>,
) {
    let mut numbers: Vec<u32> = draft
        .parts
        .iter()
        .filter(|part| part.sort == Sort::Footnote)
        .filter_map(|part| part.label.as_deref())
        .filter_map(pages::digits)
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let source = extract.text.as_str();
    let places = places(draft, &numbers, &extract.layout.raised);
    let mut lifted = glued_marks(draft, &numbers, &places);
    lifted.extend(marks_apart(source, draft, &numbers, &places, &lifted, language));
    lifted.sort_by_key(|mark| (mark.part, mark.range.start));
    for marks in lifted.chunk_by(|one, next| one.part == next.part) {
        let part = &mut draft.parts[marks[0].part];
        let mut gone = 0;
        for mark in marks {
            let source = part.piece.source(mark.range.start);
            dropped.push(DroppedPiece {
                why: Why::FootnoteMark,
                text: part.piece.text[mark.range.clone()].to_owned(),
                span: Span::new(source, source + mark.range.len()),
            });
            part.notes.push(mark.number.to_string());
            part.note_places.push(u32::try_from(mark.range.start - gone).unwrap_or(u32::MAX));
            gone += mark.range.len();
        }
        let cuts: Vec<Range<usize>> = marks.iter().map(|mark| mark.range.clone()).collect();
        part.piece.cut_all(&cuts);
    }
}

/// Marks that touch the word or the stop before them, in the order of the text; a number whose mark is nowhere leaves the
/// place from which the next is sought.
fn glued_marks(draft: &Draft, numbers: &[u32], places: &[Vec<Place>]) -> Vec<LiftedMark> {
    let mut lifted: Vec<LiftedMark> = Vec::new();
    let mut cuts: Vec<Range<usize>> = Vec::new();
    let mut from = (0, 0);
    for (number, places) in numbers.iter().zip(places) {
        let first = places.partition_point(|place| (place.part, place.run.start) < from);
        let found = places[first..].iter().find_map(|place| {
            let own = if lifted.last().is_some_and(|last| last.part == place.part) { &cuts[..] } else { &[] };
            Some((place.part, place.run.mark(&draft.parts[place.part].piece.text, own)?))
        });
        let Some((part, range)) = found else { continue };
        if lifted.last().is_none_or(|last| last.part != part) {
            cuts.clear();
        }
        cuts.push(range.clone());
        from = (part, range.end);
        lifted.push(LiftedMark { number: *number, part, range });
    }
    lifted
}

/// Marks that an extraction set apart from their word: `the Conference, 1 including`. One is lifted only where its number
/// stands once in the right form between the marks before and after it.
fn marks_apart(
    source: &str,
    draft: &Draft,
    numbers: &[u32],
    places: &[Vec<Place>],
    lifted: &[LiftedMark],
    language: Option<&Language>,
) -> Vec<LiftedMark> {
    let mut found: Vec<LiftedMark> = Vec::new();
    let known = |number: u32| lifted.binary_search_by_key(&number, |mark| mark.number);
    for (number, places) in numbers.iter().zip(places) {
        let Err(next) = known(*number) else { continue };
        let before = next.checked_sub(1).map(|at| &lifted[at]).into_iter().chain(found.last());
        let before = before.max_by_key(|mark| (mark.part, mark.range.end));
        let from = before.map_or((0, 0), |mark| (mark.part, mark.range.end));
        let follows = before.map_or(0, |mark| mark.number) + 1 == *number;
        let to = lifted.get(next).map_or((usize::MAX, 0), |mark| (mark.part, mark.range.start));
        let first = places.partition_point(|place| (place.part, place.run.start) < from);
        let is_between = next > 0
            && lifted[next - 1].number + 1 == *number
            && lifted.get(next).is_some_and(|mark| mark.number == *number + 1);
        let fitting: Vec<(usize, Range<usize>, bool)> = places[first..]
            .iter()
            .take_while(|place| (place.part, place.run.start) < to)
            .filter_map(|place| {
                let piece = &draft.parts[place.part].piece;
                let text = &piece.text;
                let numbered = || if is_between { place.run.behind_roman(text) } else { None };
                let at = piece.source(place.run.start);
                let stands_off = stands_off(source, at..at + place.run.end - place.run.start)
                    || follows && place.run.is_behind_name(text);
                let range = place.run.apart(text, stands_off, language).or_else(numbered)?;
                let stopped = text[..range.start].trim_end().ends_with(CLOSERS);
                Some((place.part, range, stopped))
            })
            .collect();
        // Behind a stop a number alone is a mark more likely than behind a word.
        let sure: Vec<_> = fitting.iter().filter(|(.., stopped)| *stopped).collect();
        let only = match (&sure[..], &fitting[..]) {
            ([only], _) => Some(*only),
            ([], [only]) => Some(only),
            _ => None,
        };
        if let Some((part, range, _)) = only {
            found.push(LiftedMark { number: *number, part: *part, range: range.clone() });
        }
    }
    found
}

/// Digits in one of the parts that may be the mark of a footnote.
struct Place {
    part: usize,
    run: Run,
}

/// For each number where its mark may stand, in the order of the text: the text is read once for all of them.
fn places(draft: &Draft, numbers: &[u32], raised: &Layer<()>) -> Vec<Vec<Place>> {
    let mut places: Vec<Vec<Place>> = numbers.iter().map(|_| Vec::new()).collect();
    if numbers.is_empty() {
        return places;
    }
    for (part, own) in draft.parts.iter().enumerate() {
        if matches!(own.sort, Sort::Footnote | Sort::Masthead) {
            continue;
        }
        // A format that knows which digits are marks knows which are none.
        let found: Vec<(u32, Run)> =
            if raised.is_empty() { runs(&own.piece.text).collect() } else { raised_runs(&own.piece, raised).collect() };
        for (number, run) in found {
            if let Ok(at) = numbers.binary_search(&number) {
                places[at].push(Place { part, run });
            }
        }
    }
    places
}

/// Whether a mark in brackets stands glued to a word or to a stop in the text.
pub(super) fn is_glued(text: &str, mark: &str) -> bool {
    text.match_indices(mark).any(|(at, _)| text[..at].chars().next_back().is_some_and(|c| !chars::is_space(c)))
}

/// Whether the mark of footnote `wanted` stands in the text.
pub(super) fn has_mark(text: &str, wanted: u32) -> bool {
    text.contains(&wanted.to_string())
        && runs(text).any(|(number, run)| number == wanted && run.mark(text, &[]).is_some())
}

/// Whether digits that may be the mark of footnote `wanted` stand apart from the word before them.
pub(super) fn has_mark_apart(text: &str, wanted: u32, language: Option<&Language>) -> bool {
    text.contains(&wanted.to_string())
        // That a note of this number stands below says as much as two blanks do.
        && runs(text).any(|(number, run)| number == wanted && run.apart(text, true, language).is_some())
}

/// Digits that may be a mark: no letter follows, and no decimal.
#[derive(Clone, Debug)]
struct Run {
    start: usize,
    end: usize,
    /// Whether they are the last of longer digits: of a year.
    after_year: bool,
    /// Whether a slash stands between them and the last space.
    slashed: bool,
    /// Whether the next word follows without a space.
    glued: bool,
    /// Whether the text ends behind them.
    is_last: bool,
    /// Whether the format says that they are set as marks are.
    is_raised: bool,
}

/// Digits of the longest mark.
const MARK: usize = 3;
/// Digits of a year.
const YEAR: usize = 4;
/// Characters of a line that are looked at on each side of a mark.
const BESIDE: usize = 200;
/// Letters of the longest Roman numeral before a mark.
const ROMAN: usize = 5;

/// The digits of a text that may be marks, each with its number, in order. Linear in the text.
fn runs(text: &str) -> impl Iterator<Item = (u32, Run)> {
    let whole = text.trim_end_matches(chars::is_space).len();
    let (mut at, mut slashed) = (0, false);
    std::iter::from_fn(move || {
        loop {
            let mut start = at + text[at..].find(|c: char| c.is_ascii_digit())?;
            let between = &text[at..start];
            slashed = match between.rfind(chars::is_space) {
                Some(space) => between[space..].contains('/'),
                None => slashed || between.contains('/'),
            };
            let end = start + text[start..].bytes().take_while(u8::is_ascii_digit).count();
            at = end;
            let after_year = end - start > MARK;
            start += if after_year { YEAR } else { 0 };
            // "Weapons 6and": the extraction set the mark against the next word.
            let apart = start > 0 && text[..start].ends_with(chars::is_space);
            let glued = !after_year && apart && text[end..].starts_with(|c: char| c.is_lowercase());
            if start >= end || end - start > MARK || text[start..].starts_with('0') || !(glued || is_free(&text[end..]))
            {
                continue;
            }
            if let Ok(number) = text[start..end].parse() {
                return Some((
                    number,
                    Run { start, end, after_year, slashed, glued, is_last: end == whole, is_raised: false },
                ));
            }
        }
    })
}

/// The digits of a text that its format says stand above the line, each run with its number, in order.
fn raised_runs<'p>(piece: &'p Piece, raised: &'p Layer<()>) -> impl Iterator<Item = (u32, Run)> + 'p {
    let text = piece.text.as_str();
    let is_raised = |at: usize| {
        text.as_bytes()[at].is_ascii_digit()
            && u32::try_from(piece.source(at)).is_ok_and(|source| raised.at(source).is_some())
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = (at..text.len()).find(|at| is_raised(*at))?;
            let end = (start..text.len()).find(|at| !is_raised(*at)).unwrap_or(text.len());
            at = end;
            let number = text[start..end].parse().ok().filter(|_| end - start <= MARK);
            if let Some(number) = number {
                let run = Run { is_raised: true, ..Run::plain(start..end) };
                return Some((number, run));
            }
        }
    })
}

/// Whether digits end before this text.
fn is_free(rest: &str) -> bool {
    let decimal = rest.starts_with(['.', ',']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    !decimal && !rest.starts_with(|c: char| c.is_alphanumeric() && !chars::is_han(c) || matches!(c, '/' | '-' | '%'))
}

/// Whether two blanks stand beside digits, and nowhere else in their line: an extraction sets a mark apart so. Where more
/// gaps are wide, the text is justified or a table, and they tell nothing.
fn stands_off(text: &str, digits: Range<usize>) -> bool {
    let inside = |c: &char| !matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let before = wide_gaps(text[..digits.start].chars().rev().take(BESIDE).take_while(inside));
    let behind = wide_gaps(text[digits.end..].chars().take(BESIDE).take_while(inside));
    (before.0 || behind.0) && before.1 + behind.1 == 1
}

/// Whether characters begin with a gap of two blanks, and how many such gaps they have between words.
fn wide_gaps(characters: impl Iterator<Item = char>) -> (bool, usize) {
    let (mut first, mut count, mut gap) = (false, 0, 0);
    for (at, c) in characters.enumerate() {
        if chars::is_space(c) {
            gap += 1;
            continue;
        }
        first |= gap >= 2 && gap == at;
        count += usize::from(gap >= 2);
        gap = 0;
    }
    (first, count)
}

/// Whether a text ends with a year: "of 13 September 1993 13 and", "the Plan 2021–2026 3".
fn is_year(text: &str) -> bool {
    let word = text.rsplit(chars::is_space).next().unwrap_or_default();
    let year = word.rsplit(['–', '-']).next().unwrap_or_default();
    year.len() == YEAR && (year.starts_with("19") || year.starts_with("20")) && year.bytes().all(|c| c.is_ascii_digit())
}

/// The characters of a text from byte `at` backwards, without those that were cut out before it.
fn backwards<'a>(text: &'a str, at: usize, cuts: &'a [Range<usize>]) -> impl Iterator<Item = char> + Clone + 'a {
    let ends = std::iter::once(at).chain(cuts.iter().rev().map(|cut| cut.start));
    let starts = cuts.iter().rev().map(|cut| cut.end).chain(std::iter::once(0));
    ends.zip(starts).flat_map(move |(end, start)| text[start..end].chars().rev())
}

impl Run {
    /// Digits of which nothing more is known.
    const fn plain(digits: Range<usize>) -> Self {
        let (start, end) = (digits.start, digits.end);
        Self { start, end, after_year: false, slashed: false, glued: false, is_last: false, is_raised: false }
    }

    /// What a mark takes of the text: digits glued to a word or to a stop, or behind a line break at the end.
    fn mark(&self, text: &str, cuts: &[Range<usize>]) -> Option<Range<usize>> {
        if self.is_raised {
            return Some(text[..self.start].trim_end_matches(chars::is_space).len()..self.end);
        }
        if self.glued {
            return None;
        }
        if self.is_glued(text, cuts) {
            return Some(self.start..self.end);
        }
        // A mark that a line break parted from its word stands alone at the end.
        let blank = text[..self.start].trim_end_matches(chars::is_space).len();
        let stops = |c: char| matches!(c, ',' | ';' | '.' | '，' | '；' | '。');
        (self.is_last && blank < self.start && backwards(text, blank, cuts).next().is_some_and(stops))
            .then_some(blank..self.end)
    }

    /// What a mark takes that stands apart from the word or stop before it. Between words "at least 3 States" counts: there
    /// it has to show that it was set apart (`stands_off`: two blanks beside it, or a name before it and the mark before it
    /// the last), or the next word has to touch it. Nothing where a word that cites or a month stands before it, or a list of numbers goes on.
    fn apart(&self, text: &str, stands_off: bool, language: Option<&Language>) -> Option<Range<usize>> {
        let blank = text[..self.start].trim_end_matches(chars::is_space).len();
        let next = text[self.end..].chars().next();
        let free = self.glued || next.is_none_or(|c| chars::is_space(c) || ",.;:)”»".contains(c));
        let cut = if self.glued { self.start..self.end } else { blank..self.end };
        if self.after_year || self.slashed || blank == self.start || blank == 0 || !free {
            return None;
        }
        let before = &text[..blank];
        // "by 1 March": the day of a date is no mark.
        let rest = &text[self.start..];
        let rest = rest.char_indices().nth(40).map_or(rest, |(end, _)| &rest[..end]);
        let dates = language.map(|language| language.dates(rest)).unwrap_or_default();
        if dates.first().is_some_and(|date| date.range.start == 0) {
            return None;
        }
        if before.ends_with(CLOSERS) {
            let word = before.trim_end_matches(CLOSERS).rsplit(chars::is_space).next().unwrap_or_default();
            let word = word.trim_start_matches(['(', '[', '“', '«', '‘']);
            let counts = word.bytes().all(|byte| byte.is_ascii_digit())
                || word.chars().count() == 1
                || roman_numeral(word).is_some();
            // "annex I, 3 and annex II" goes on counting; behind a year nothing does.
            return (!counts || is_year(word)).then_some(cut);
        }
        if is_year(before) {
            return Some(cut);
        }
        let word = last_word(before, WordChars::LETTERS);
        let cites = language.is_some_and(|language| {
            let lower = word.to_lowercase();
            language.citing.iter().any(|citing| citing.to_lowercase() == lower) || language.is_month(word)
        });
        ((self.glued || stands_off) && word.chars().count() > 3 && !cites).then_some(cut)
    }

    /// What a mark takes behind a Roman numeral, apart from it or not: `Protocol I6 to`. Such digits may as well count
    /// on, so it is asked only where the marks before and after are known.
    fn behind_roman(&self, text: &str) -> Option<Range<usize>> {
        let blank = text[..self.start].trim_end_matches(chars::is_space).len();
        let word = text[..blank].rsplit(chars::is_space).next().unwrap_or_default();
        let roman = !word.is_empty() && word.len() <= ROMAN && word.bytes().all(|byte| b"IVXLC".contains(&byte));
        let named = text[..blank - word.len()].trim_end().ends_with(char::is_alphabetic);
        (roman && named && !self.after_year && !self.slashed).then_some(blank..self.end)
    }

    /// Whether the word before a mark is a name and the one behind it goes on with the sentence: `Paris Agreement 1 and`.
    fn is_behind_name(&self, text: &str) -> bool {
        let word = text[..self.start].trim_end().rsplit(chars::is_space).next().unwrap_or_default();
        word.starts_with(char::is_uppercase) && text[self.end..].trim_start().starts_with(char::is_lowercase)
    }

    fn is_glued(&self, text: &str, cuts: &[Range<usize>]) -> bool {
        // "20242" is a year with a mark.
        if self.after_year {
            let year = self.start - YEAR;
            return matches!(&text[year..year + 2], "19" | "20") && !text[..year].ends_with(['/', '-', '.', ',']);
        }
        let back = backwards(text, self.start, cuts);
        let Some(before) = back.clone().next() else { return false };
        if before.is_alphabetic() && !chars::is_han(before) {
            let word = || back.clone().take(5).take_while(|c| c.is_alphanumeric());
            let acronym = word().count() <= 4 && word().all(char::is_uppercase);
            return !acronym;
        }
        // "L.3/Rev.1" and "vol.2" are no words with a mark.
        let letters = back.clone().skip_while(|c| *c == '.').take(4).take_while(|c| c.is_alphabetic()).count();
        let cited = self.slashed && before.is_ascii_punctuation() && !matches!(before, '.' | '/' | '-');
        if (self.slashed && !cited) || (before == '.' && letters < 4) {
            return false;
        }
        // "resolution 72/55,1 of": no number has a slash before its comma.
        if cited && matches!(before, ',' | ';' | ')') {
            return true;
        }
        let closes = matches!(
            before,
            ',' | '.' | ';' | ':' | '”' | '"' | '»' | '’' | ')' | '，' | '。' | '；' | '》' | '）' | '،' | '؛'
        );
        // "1,5" is a number, "14 May 2019,1" a year with a mark.
        let digits =
            back.clone().skip_while(|c| matches!(c, ',' | ';')).take(5).take_while(char::is_ascii_digit).count();
        let is_year = digits == YEAR && before != '.';
        let number = back.clone().nth(1).is_some_and(|inner| inner.is_ascii_digit() && before != ')');
        closes && (is_year || !number) && back.take(5).map(char::len_utf8).sum::<usize>() > 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_marks_and_leaves_numbers() {
        let lifted = |text: &str, number| {
            let mut marks = runs(text).filter(|(own, _)| *own == number);
            marks.find_map(|(_, run)| run.mark(text, &[])).map(|cut| text[..cut.start].to_owned() + &text[cut.end..])
        };
        assert_eq!(lifted("Law of the Sea1 on the", 1).as_deref(), Some("Law of the Sea on the"));
        assert_eq!(lifted("by consensus,3 and", 3).as_deref(), Some("by consensus, and"));
        assert_eq!(lifted("of 14 May 2019,1 and", 1).as_deref(), Some("of 14 May 2019, and"));
        assert_eq!(lifted("of the conferences, 2", 2).as_deref(), Some("of the conferences,"));
        for (text, number) in [
            ("goal SDG4 and CO2", 4),
            ("1.5 per cent", 5),
            ("in 2031", 1),
            ("article 2, paragraph 3,", 3),
            ("resolution 72/249", 9),
            ("[without a vote (MLA/12/L.3/Rev.1)]", 1),
            ("Treaty Series, vol.2 and", 2),
            ("[without a vote (MLA/12/L.3/Rev.1)]", 1),
            ("Treaty Series, vol.2 and", 2),
        ] {
            assert_eq!(lifted(text, number), None, "{text}");
        }
    }

    /// The marks lifted from a text, those bytes of the source, and the first clause.
    fn lifted(text: &str) -> (Vec<String>, Vec<String>, String) {
        let read = crate::ingest::read(text.as_bytes(), crate::ingest::Options::default()).expect("a text").statement;
        let marks = read.dropped.iter().filter(|dropped| dropped.why == Why::FootnoteMark);
        let (marks, sources) = marks.map(|mark| (mark.text.clone(), text[mark.span.range()].to_owned())).unzip();
        (marks, sources, read.clauses[0].text.clone())
    }

    #[test]
    fn lifts_marks_that_touch_each_other() {
        let (marks, sources, clause) = lifted(
            "The Sides recall the Law of the Sea1;2 and what was said in 20193 of it, 4\n\n\
             [^1]: One.\n\n[^2]: Two.\n\n[^3]: Three.\n\n[^4]: Four.\n",
        );
        assert_eq!(marks, ["1", "2", "3", " 4"]);
        assert_eq!(sources, marks);
        assert_eq!(clause, "The Sides recall the Law of the Sea; and what was said in 2019 of it,");
    }

    #[test]
    fn reads_a_long_text_once_for_all_numbers() {
        // Reading back to the last space from every number, or the text for every footnote, would take hours.
        let notes: String = (1..1000).map(|number| format!("[^{number}]: See the list.\n\n")).collect();
        let (marks, ..) = lifted(&format!("The list: {}.\n\n{notes}", "x/9,".repeat(1 << 20)));
        assert!(marks.is_empty());
    }
}
