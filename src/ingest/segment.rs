//! What each paragraph is: masthead, title, note, signature, date line, list.
//!
//! Formulas decide (they are data); where none fits, the place does. Numbering comes later, in `tree`.

use super::assemble::Piece;
use super::draft::{Draft, Part, Sort, is_finished};
use super::frame::{self, FrameLine, FrameReader};
use super::{note_mark, signature};
use crate::language::{Catalogue, Knowledge, Language, any};
use crate::statement::{Frame, number};
use crate::text::chars;

/// Longest text, in bytes, that a formula line may have.
const FORMULA: usize = 240;
/// Longest title, in bytes.
const TITLE: usize = 700;
/// Paragraphs among which the head of the document stands.
const HEAD: usize = 40;

/// Sorts paragraphs.
pub(super) fn segment(pieces: Vec<Piece>, frames: &FrameReader<'_>) -> Draft {
    let known = frames.known;
    let language = known.language;
    let pieces = match language {
        Some(language) => signature::split(pieces, language),
        None => pieces,
    };
    let mut parts: Vec<Part> = pieces.into_iter().map(|piece| part(piece, language)).collect();
    parts = join_agenda(parts, frames);
    let head = head(&mut parts, frames);
    if let Some(language) = language {
        parts = signature::split_list(signature::gather(parts, language));
    }
    let head = head.min(parts.len());
    outside_the_head(&mut parts, head, known);
    let letter = titles(&mut parts, head, known);
    lost_items(&mut parts, language);
    Draft { parts, letter }
}

fn part(piece: Piece, language: Option<&Language>) -> Part {
    let mut part = Part {
        sort: Sort::Plain,
        label: None,
        notes: Vec::new(),
        note_places: Vec::new(),
        frame: None,
        ahead: false,
        signature: None,
        piece,
    };
    let note = |language: &Language| frame::claim_of_note(&part.piece.text, language).is_some();
    if part.piece.footnote && part.piece.text.starts_with('*') && language.is_some_and(note) {
        (part.sort, part.frame) = (Sort::Note, Some(Frame::Note));
        return part;
    }
    if part.piece.footnote {
        part.sort = Sort::Footnote;
        if let Some((len, _)) = note_mark::mark(&part.piece.text) {
            part.label = Some(part.piece.text[..len].to_owned());
            let text = part.piece.text[len..].trim_start_matches(chars::is_space).len();
            let start = part.piece.span;
            let all = part.piece.text.len();
            part.piece.cut(0..all - text);
            part.piece.span = start;
        }
        let sponsors = language.is_some_and(|language| any(&language.draft_note, &part.piece.text));
        let starred = part.label.as_deref().is_some_and(|label| label.starts_with('*'));
        part.frame = (sponsors && starred).then_some(Frame::Draft);
        return part;
    }
    if part.piece.row {
        part.sort = Sort::Row;
    } else if let Some(language) = language {
        part.sort = formula(&part.piece.text, language);
        part.frame = matches!(part.sort, Sort::Note | Sort::Original).then_some(Frame::Note);
    }
    part
}

/// What a short text is by its words alone.
fn formula(text: &str, language: &Language) -> Sort {
    if text.len() > FORMULA {
        return Sort::Plain;
    }
    let first = text.chars().next().unwrap_or(' ');
    if matches!(first, '[' | '［' | '〔' | '(' | '（') && any(&language.original, text) {
        return Sort::Original;
    }
    if frame::claim_of_note(text, language).is_some() {
        return Sort::Note;
    }
    if text.len() <= 80 && any(&language.annex, text) {
        return Sort::Annex;
    }
    if any(&language.salutation, text) && text.ends_with([',', ':', '，', '：', '،']) {
        return Sort::Salutation;
    }
    let digits = text.chars().any(|c| crate::language::decimal_digit(c).is_some() || language.is_date_sign(c));
    if !digits {
        return Sort::Plain;
    }
    let dated = language.dated(text);
    if any(&language.meeting, &dated) || any(&language.closing, &dated) || any(&language.adopted, &dated) {
        return Sort::Dateline;
    }
    Sort::Plain
}

/// Marks the lines of the frame above the document's title or first sentence; returns where the head ends.
///
/// Only lines of a known form are of the frame. A short line of no known form among them (an organ that no data file
/// names, the title itself) stays what it is; what ends as a sentence does, or has a label, ends the head.
fn head(parts: &mut [Part], frames: &FrameReader<'_>) -> usize {
    let language = frames.known.language;
    let known: Vec<Option<FrameLine>> = parts.iter().take(HEAD).map(|part| front_or_line(part, frames)).collect();
    let aside = |part: &Part| matches!(part.sort, Sort::Note | Sort::Footnote | Sort::Original);
    let body = |part: &Part| {
        let text = part.piece.text.as_str();
        text.len() > TITLE || is_finished(text) || number::label(text, language).is_some()
    };
    let end = (0..known.len())
        .find(|at| {
            known[*at].is_none() && !is_dated(&parts[*at], frames.known) && !aside(&parts[*at]) && body(&parts[*at])
        })
        .unwrap_or(known.len());
    let Some(last) = (0..end).rfind(|at| known[*at].is_some()) else { return 0 };
    let (mut head, mut open) = (0, false);
    for at in 0..end {
        let frame = match known[at] {
            Some(FrameLine::Masthead) => Some(Frame::Masthead),
            Some(FrameLine::Agenda) => Some(Frame::Agenda),
            Some(FrameLine::Draft) => Some(Frame::Draft),
            Some(FrameLine::Adopted) => Some(Frame::Adopted),
            None if is_dated(&parts[at], frames.known) && (open || head > 0 && at < last) => Some(Frame::Masthead),
            None => None,
        };
        if frame.is_none() {
            // A date behind a title is the text's own, unless more of the masthead follows.
            open &= aside(&parts[at]);
            continue;
        }
        parts[at].frame = frame;
        // The line that says who adopted the text on which day dates it, wherever it stands.
        if frame != Some(Frame::Adopted) || parts[at].sort != Sort::Dateline {
            parts[at].sort = Sort::Masthead;
        }
        (head, open) = (at + 1, true);
    }
    head
}

/// Joins the title of an item of the agenda to the line that names the item, right above it, line by line: as long as
/// both together are one line of the agenda, and no line is of the frame itself or ends a clause. A colon parts the
/// title of an item from that of a sub-item.
fn join_agenda(parts: Vec<Part>, frames: &FrameReader<'_>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        let text = part.piece.text.as_str();
        let joins = |last: &&mut Part| {
            let above = last.piece.text.as_str();
            frames.line(above) == Some(FrameLine::Agenda)
                && frames.line(text).is_none()
                && (!is_finished(text) || text.ends_with([':', '：']))
                && frames.line(&format!("{above} {text}")) == Some(FrameLine::Agenda)
        };
        let near = out.len() < HEAD && part.piece.close && part.sort == Sort::Plain;
        match out.last_mut().filter(|_| near).filter(joins) {
            Some(last) => last.piece.absorb(part.piece),
            None => out.push(part),
        }
    }
    out
}

/// A line of front matter that tells of the file is one of the masthead.
fn front_or_line(part: &Part, frames: &FrameReader<'_>) -> Option<FrameLine> {
    let text = part.piece.text.as_str();
    if part.piece.front {
        return Some(FrameLine::Masthead);
    }
    frames.paragraph(text)
}

/// Marks what stands outside the head and is of the frame all the same: job numbers at the foot of the first page, and
/// the meeting and day of adoption at the end.
fn outside_the_head(parts: &mut [Part], head: usize, known: Knowledge<'_>) {
    let language = known.language;
    let mut met = false;
    for at in head..parts.len() {
        let meets_next = parts
            .get(at + 1)
            .is_some_and(|next| next.sort == Sort::Dateline && frame::is_adoption(&next.piece.text, language));
        let announced = at > 0 && parts[at - 1].piece.text.ends_with([':', '：']);
        let part = &mut parts[at];
        let text = part.piece.text.as_str();
        let meets = part.sort == Sort::Dateline && frame::is_adoption(text, language);
        let day = (met || meets_next) && part.sort == Sort::Dateline && frame::is_date(text, language);
        if meets || day {
            part.frame = Some(Frame::Adopted);
        } else if at < HEAD && !announced && part.sort == Sort::Plain && known.catalogue.is_sure_job(text) {
            (part.sort, part.frame) = (Sort::Masthead, Some(Frame::Masthead));
        }
        met = meets;
    }
}

/// Whether a paragraph of the head is a date and nothing else.
fn is_dated(part: &Part, known: Knowledge<'_>) -> bool {
    matches!(part.sort, Sort::Dateline | Sort::Plain) && frame::printed_date(&part.piece.text, known).is_some()
}

/// Marks the titles of the document and of what a letter transmits; whether it is a letter.
fn titles(parts: &mut [Part], head: usize, known: Knowledge<'_>) -> bool {
    let language = known.language;
    let transmittal = |text: &str| {
        language.is_some_and(|language| text.len() <= TITLE && any(&language.transmittal, &language.dated(text)))
    };
    let letter = parts.iter().take(head + 4).any(|part| part.frame.is_none() && transmittal(&part.piece.text));
    let mut expected = true;
    for at in head..parts.len() {
        let next = parts.get(at + 1).map(|next| next.sort);
        let part = &mut parts[at];
        match part.sort {
            // A title that begins with a date looks like a date line.
            Sort::Plain | Sort::Dateline if expected => {
                let text = part.piece.text.as_str();
                let title =
                    transmittal(text) || (part.sort == Sort::Plain && next.is_some() && is_title(text, language));
                if title {
                    part.sort = Sort::Title;
                    lift_number(part, known.catalogue);
                }
                expected = part.sort == Sort::Dateline;
            }
            Sort::Annex | Sort::Original => expected = true,
            Sort::Signature => expected = letter,
            _ => {}
        }
    }
    title_in_the_head(parts, head, known);
    for part in parts[..head].iter_mut().filter(|part| part.sort == Sort::Plain && part.frame.is_none()) {
        part.ahead = true;
    }
    letter
}

/// Where no title follows the head, the last line in it that can be one is the title.
fn title_in_the_head(parts: &mut [Part], head: usize, known: Knowledge<'_>) {
    let language = known.language;
    let behind = parts[head..].iter().find(|part| !matches!(part.sort, Sort::Note | Sort::Original | Sort::Footnote));
    if behind.is_some_and(|part| part.sort == Sort::Title) {
        return;
    }
    let found = parts[..head].iter_mut().rfind(|part| part.sort == Sort::Plain && is_title(&part.piece.text, language));
    if let Some(part) = found {
        part.sort = Sort::Title;
        lift_number(part, known.catalogue);
    }
}

/// Takes the number that the body gave an adopted text off its title.
fn lift_number(part: &mut Part, catalogue: &Catalogue) {
    let text = part.piece.text.as_str();
    let number = catalogue.bodies().flat_map(|body| &body.number).find_map(|pattern| pattern.find_at(text, 0));
    if let Some(found) = number.filter(|found| found.start == 0 && text[found.end..].chars().any(char::is_alphabetic)) {
        let label = text[found.clone()].trim_end_matches(chars::is_space).to_owned();
        let start = part.piece.span;
        part.piece.cut(found);
        part.piece.span = start;
        part.label = Some(label);
    }
}

/// Whether a text can be a title.
fn is_title(text: &str, language: Option<&Language>) -> bool {
    text.len() <= TITLE
        && !is_finished(text)
        && text.chars().any(char::is_alphabetic)
        && !signature::is_marked(text, language)
        && number::label(text, language).is_none_or(|label| label.markup.is_some())
}

/// Items whose bullets the extraction lost: after a lead-in, paragraphs set narrower than the text, or with the same
/// opening, or ended by semicolons. One such sign on two paragraphs in a row makes a list; a single one makes none.
fn lost_items(parts: &mut [Part], language: Option<&Language>) {
    let mut widths: Vec<u16> = parts.iter().filter(|part| part.piece.lines > 1).map(|part| part.piece.width).collect();
    widths.sort_unstable();
    let full = widths.get(widths.len() * 9 / 10).copied().unwrap_or(u16::MAX);
    let plain = |part: &Part| part.sort == Sort::Plain && number::label(&part.piece.text, language).is_none();
    for lead in 0..parts.len() {
        let leads = parts[lead].sort == Sort::Plain && parts[lead].piece.text.ends_with([':', '：']);
        if !leads {
            continue;
        }
        // Each sign is followed as far as it goes, and its items lead no list themselves: all leads together are linear.
        let run = |sign: &dyn Fn(&Part) -> bool| {
            parts[lead + 1..].iter().take_while(|part| plain(part) && sign(part)).count()
        };
        let narrow = run(&|part| part.piece.lines > 1 && u32::from(part.piece.width) * 100 < u32::from(full) * 94);
        let opening = |part: &Part| {
            part.piece.text.chars().take_while(|c| c.is_alphabetic() && !chars::is_han(*c)).collect::<String>()
        };
        let first = parts.get(lead + 1).map(|part| (part.piece.text.chars().next(), opening(part)));
        let alike = run(&|part| first == Some((part.piece.text.chars().next(), opening(part))));
        let listed = run(&|part| part.piece.text.ends_with([';', '；', '؛']));
        let goes_on = parts.get(lead + 1 + listed).is_some_and(plain);
        let listed = if listed > 0 && goes_on { listed + 1 } else { listed };
        let items = narrow.max(alike).max(listed);
        if items >= 2 {
            for part in &mut parts[lead + 1..=lead + items] {
                part.sort = Sort::LostItem;
            }
        }
    }
}
