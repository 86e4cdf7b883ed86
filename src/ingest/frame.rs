//! Lines of the frame: the masthead, who submits a draft, how and when a text was adopted, notes on issue.
//!
//! A line of the frame is one as a whole or not at all. A formula inside a sentence, a symbol behind a verb, a row that
//! begins with the word "Item" are text of the body: what the frame swallows, nobody weighs. Extractions join the lines of
//! a masthead, so a paragraph also counts that falls into known lines one behind the other.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use crate::language::{ClaimFormula, Date, Knowledge, Language, Script, any};
use crate::text::chars;
use crate::text::words::{WordChars, words};

/// What a line of the frame says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameLine {
    /// Organ, symbol, distribution, session, language, job number.
    Masthead,
    /// The item of the agenda, with or without its title.
    Agenda,
    /// Who submits a draft.
    Draft,
    /// How a text was adopted.
    Adopted,
}

/// Longest line of a frame, in bytes, but for a list of sponsors.
const LINE: usize = 480;
/// Longest line of a frame, in bytes: a list of sponsors.
pub(super) const LONGEST: u32 = 6000;
/// Most words of a paragraph that is tried as several lines in one.
const WORDS: usize = 40;
/// Most words of one line of a masthead in such a paragraph.
const JOINED: usize = 8;
/// Longest note on issue, in bytes.
const NOTE: usize = 240;

/// What the lines of a text are of the frame: several passes ask about the same ones, and each is looked at once.
pub(super) struct FrameReader<'l> {
    /// What is known.
    pub(super) known: Knowledge<'l>,
    seen: RefCell<HashMap<String, Option<FrameLine>>>,
}

impl<'l> FrameReader<'l> {
    pub(super) fn new(known: Knowledge<'l>) -> Self {
        Self { known, seen: RefCell::default() }
    }

    /// What a line says as one of the frame, if it is one as a whole.
    pub(super) fn line(&self, text: &str) -> Option<FrameLine> {
        if let Some(seen) = self.seen.borrow().get(text) {
            return *seen;
        }
        let found = line(text, self.known);
        self.seen.borrow_mut().insert(text.to_owned(), found);
        found
    }

    /// What a paragraph says as a line of the frame, if it is one as a whole.
    ///
    /// The name of a body counts here, and not in a visual line: there it may be the second half of a title.
    pub(super) fn paragraph(&self, text: &str) -> Option<FrameLine> {
        let known = |language: &Language| any(&language.organ, text);
        let organ = || text.len() <= LINE && begins(text) && self.known.language.is_some_and(known);
        self.line(text).or_else(|| organ().then_some(FrameLine::Masthead))
    }
}

/// Whether a text begins as a line does: one that goes on in small letters goes on with the line above.
fn begins(line: &str) -> bool {
    !line.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// What a line says as one of the frame, if it is one as a whole.
fn line(text: &str, known: Knowledge<'_>) -> Option<FrameLine> {
    let language = known.language;
    if text.len() > LONGEST as usize {
        return None;
    }
    // Formulas know one space; a page sets what it likes.
    let single = single_spaced(text);
    let text = single.as_ref();
    if text.len() <= LINE {
        if is_masthead_line(text, known) {
            return Some(FrameLine::Masthead);
        }
        if language.is_some_and(|language| any(&language.agenda, text)) {
            return Some(FrameLine::Agenda);
        }
        if is_adoption(text, language) {
            return Some(FrameLine::Adopted);
        }
    }
    if language.is_some_and(|language| any(&language.draft, text)) {
        return Some(FrameLine::Draft);
    }
    if text.len() <= LINE { run_of_lines(text, known) } else { None }
}

/// A text with one space for every run of white space.
fn single_spaced(text: &str) -> Cow<'_, str> {
    let mut last = 'x';
    let even = text.chars().all(|c| {
        let wide = chars::is_space(c) && (c != ' ' || last == ' ');
        last = c;
        !wide
    });
    if even { Cow::Borrowed(text) } else { Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")) }
}

/// Whether a line says how, by whom or at which meeting a text was adopted, and nothing else.
pub(super) fn is_adoption(text: &str, language: Option<&Language>) -> bool {
    let Some(language) = language.filter(|_| text.len() <= LINE) else { return false };
    if any(&language.stage, text) {
        return true;
    }
    let dated = language.dated(text);
    any(&language.adopted, &dated) || any(&language.meeting, &dated)
}

/// Whether a line is one of a masthead by its own form.
pub(super) fn is_masthead_line(line: &str, known: Knowledge<'_>) -> bool {
    let Knowledge { catalogue, language } = known;
    line.len() <= LINE
        && begins(line)
        && (catalogue.is_job(line)
            || catalogue.is_symbol(line)
            || catalogue.bodies().any(|body| any(&body.masthead, line))
            || language.is_some_and(|language| any(&language.masthead, line)))
}

/// What a paragraph is that falls into known lines of a masthead, dates among them: `General Assembly Distr.: General
/// 15 October 2025`. Every word belongs to one of them; the title of the agenda's item may close the run. Bounded by
/// [`WORDS`] times [`JOINED`] tries.
fn run_of_lines(text: &str, known: Knowledge<'_>) -> Option<FrameLine> {
    let language = known.language;
    let mut words: Vec<(usize, usize)> = Vec::new();
    for word in text.split(chars::is_space).filter(|word| !word.is_empty()) {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        words.push((start, start + word.len()));
    }
    let line = |from: usize, to: usize| &text[words[from].0..words[to - 1].1];
    if words.len() < 2 || !begins(text) {
        return None;
    }
    // reached[n]: the first n words fall into whole lines; of dates alone, or of others too.
    let most = words.len().min(WORDS);
    let mut reached: Vec<Option<bool>> = vec![None; most + 1];
    reached[0] = Some(false);
    for from in 0..most {
        let Some(framed) = reached[from] else { continue };
        let titled = from > 0 && language.is_some_and(|language| any(&language.agenda, &text[words[from].0..]));
        if titled {
            return Some(FrameLine::Agenda);
        }
        for (to, reached) in reached.iter_mut().enumerate().take(most.min(from + JOINED) + 1).skip(from + 1) {
            if is_masthead_line(line(from, to), known) {
                *reached = Some(true);
            } else if *reached != Some(true) && is_date(line(from, to), language) {
                *reached = Some(framed);
            }
        }
    }
    (words.len() <= WORDS && reached[most] == Some(true)).then_some(FrameLine::Masthead)
}

/// Whether a text is a date and nothing else.
pub(super) fn is_date(text: &str, language: Option<&Language>) -> bool {
    language.is_some_and(|language| whole_date(text, language).is_some())
}

/// The date that a line of a masthead is and nothing else, whatever language it is printed in: houses date the versions
/// of a document in one.
pub(super) fn printed_date(text: &str, known: Knowledge<'_>) -> Option<Date> {
    let own = known.language.and_then(|language| whole_date(text, language));
    own.or_else(|| known.catalogue.languages().iter().find_map(|language| whole_date(text, language)))
}

fn whole_date(text: &str, language: &Language) -> Option<Date> {
    if text.len() > 60 {
        return None;
    }
    match &language.dates(text)[..] {
        [only] if only.range == (0..text.len()) => Some(only.date),
        _ => None,
    }
}

/// What a short note on issue claims: the formula, a date and the small words around them are all of it.
pub(super) fn claim_of_note<'l>(text: &str, language: &'l Language) -> Option<&'l ClaimFormula> {
    let inner = text.trim_matches(|c: char| chars::is_space(c) || "*[](){}［］（）〔〕.。".contains(c));
    if inner.is_empty() || text.len() > NOTE {
        return None;
    }
    language.claims.iter().filter(|formula| formula.claim.is_reissue()).find(|formula| {
        formula
            .pattern
            .find_at(inner, 0)
            .is_some_and(|found| is_filler(&inner[..found.start], language) && is_filler(&inner[found.end..], language))
    })
}

/// Whether nothing but dates, numbers of days and small words stands in a text.
fn is_filler(text: &str, language: &Language) -> bool {
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for found in language.dates(text) {
        rest.push_str(&text[at..found.range.start]);
        rest.push(' ');
        at = found.range.end;
    }
    rest.push_str(&text[at..]);
    let mut rest = rest.to_lowercase();
    if language.script == Script::Han {
        for word in &language.note_words {
            rest = rest.replace(word.as_str(), "");
        }
    }
    words(&rest, WordChars { digits: true, marks: true, hyphens: false })
        .all(|word| language.note_words.iter().any(|known| known == word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Catalogue, language};

    #[test]
    fn a_line_of_the_frame_is_one_as_a_whole() {
        use FrameLine::{Adopted, Agenda, Draft, Masthead};
        let en = language("en");
        for (text, wanted) in [
            ("Meridian League", Some(Masthead)),
            ("Distr.: General", Some(Masthead)),
            ("Eightieth  session", Some(Masthead)),
            ("Original: Chinese and Russian", Some(Masthead)),
            ("General Assembly Distr.: General 15 October 2031", Some(Masthead)),
            ("United Nations A/RES/80/2", Some(Masthead)),
            ("Eightieth session Agenda item 140 Scale of assessments for the expenses", Some(Agenda)),
            ("Agenda item 75 (b)", Some(Agenda)),
            ("Veltria, Orsania (Kingdom of) and Carrow:* draft resolution", Some(Draft)),
            ("Draft resolution submitted by the Chair of the Committee", Some(Draft)),
            ("Resolution adopted by the General Assembly on 14 October 2031", Some(Adopted)),
            ("[on the report of the Fifth Committee (A/80/401, para. 6)]", Some(Adopted)),
            ("51st plenary meeting", Some(Adopted)),
            ("Item 1: chairs, 40 each", None),
            ("Adopt draft resolution A/RES/71/258", None),
            ("[adopted on condition that Veltria may use force]", None),
            ("Neither side shall use force Distr.: General", None),
            ("Paragraph 2 is void. Original: English", None),
            ("Paragraph 2 is void: draft resolution", None),
            ("Agenda item 5 shall be void.", None),
            ("seventy-sixth session", None),
            ("6 December", None),
            ("6 December 2031 7 December 2031", None),
            ("Report of the International Energy Agency", None),
        ] {
            assert_eq!(
                FrameReader::new(Knowledge { catalogue: Catalogue::shipped(), language: en }).paragraph(text),
                wanted,
                "{text}"
            );
        }
    }

    #[test]
    fn a_note_on_issue_holds_its_formula_and_no_more() {
        let claims = |code: &str, text: &str| claim_of_note(text, language(code).expect("shipped")).is_some();
        for (code, text) in [
            ("en", "* Reissued for technical reasons on 26 September 2031."),
            ("en", "(Reissued for technical reasons)"),
            ("zh", "* 2031 年 9 月 26 日因技术原因重新印发。"),
            ("zh", "* 由于技术原因于2031年9月26日重新印发。"),
            ("fr", "* Nouveau tirage pour raisons techniques (26 septembre 2031)."),
            ("es", "* Publicado nuevamente por razones técnicas el 26 de septiembre de 2031."),
            ("ru", "* Переиздано по техническим причинам 26 сентября 2031 года."),
            ("ar", "* أعيد إصدارها لأسباب فنية في 26 أيلول/سبتمبر 2031."),
        ] {
            assert!(claims(code, text), "{text}");
        }
        for (code, text) in [
            ("en", "Paragraph 2 is void (reissued for technical reasons)."),
            ("en", "Veltria shall hand over all its stores, as reissued for technical reasons."),
            ("en", "The following paragraph binds nobody, as reissued for technical reasons:"),
            ("zh", "第二段作废，因技术原因重新印发。"),
        ] {
            assert!(!claims(code, text), "{text}");
        }
    }
}
