//! What each paragraph is: masthead, title, note, signature, date line, list.
//!
//! Formulas decide (they are data); where none fits, the place does. Numbering comes later, in `tree`.

use super::assemble::Piece;
use super::furniture::{is_job, is_masthead_line, is_symbol};
use super::{notes, signature};
use crate::language::{Language, Pattern};
use crate::statement::{Signature, number};
use crate::text::chars;

/// What a part of the document is, before its numbering is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A line of the masthead.
    Masthead,
    /// A title.
    Title,
    /// The heading of an annex; a component begins.
    Annex,
    /// A salutation.
    Salutation,
    /// An editorial note.
    Note,
    /// A note that names the original languages; it stands at the top of what it speaks of.
    Original,
    /// A footnote.
    Footnote,
    /// A signature.
    Signature,
    /// The line that dates a text.
    Dateline,
    /// A row of a table.
    Row,
    /// An item whose mark the extraction lost.
    LostItem,
    /// Anything else.
    Plain,
}

/// A paragraph with what is known of it.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// What it is.
    pub(super) sort: Sort,
    /// Its text.
    pub(super) piece: Piece,
    /// Its label, where the segmentation already knows it (footnotes).
    pub(super) label: Option<String>,
    /// Marks of footnotes lifted from its text.
    pub(super) notes: Vec<String>,
    /// Name and titles of a signature.
    pub(super) signature: Option<Signature>,
}

/// The document as a list of parts.
pub(super) struct Draft {
    /// The parts, in order.
    pub(super) parts: Vec<Part>,
    /// Whether it is a letter that transmits something.
    pub(super) letter: bool,
}

/// Longest text, in bytes, that a formula line may have.
const FORMULA: usize = 240;
/// Longest title, in bytes.
const TITLE: usize = 700;

pub(super) fn any(patterns: &[Pattern], text: &str) -> bool {
    patterns.iter().any(|pattern| pattern.is_match(text))
}

/// Whether a sentence ends with the text.
pub(super) fn is_finished(text: &str) -> bool {
    text.trim_end_matches(|c: char| chars::is_closer(c) || chars::is_space(c))
        .ends_with(|c: char| chars::is_terminal(c) || matches!(c, ',' | '，' | '،'))
}

/// Sorts paragraphs.
pub(super) fn segment(pieces: Vec<Piece>, language: Option<&Language>) -> Draft {
    let pieces = match language {
        Some(language) => signature::split(pieces, language),
        None => pieces,
    };
    let mut parts: Vec<Part> = pieces.into_iter().map(|piece| part(piece, language)).collect();
    let head = masthead(&mut parts, language);
    if let Some(language) = language {
        parts = signature::gather(parts, language);
    }
    let head = head.min(parts.len());
    let letter = titles(&mut parts, head, language);
    lost_items(&mut parts, language);
    Draft { parts, letter }
}

fn part(piece: Piece, language: Option<&Language>) -> Part {
    let mut part = Part { sort: Sort::Plain, label: None, notes: Vec::new(), signature: None, piece };
    let note = |language: &Language| {
        language.claims.iter().any(|claim| claim.claim.contains("reissue") && claim.pattern.is_match(&part.piece.text))
    };
    if part.piece.footnote && part.piece.text.starts_with('*') && language.is_some_and(note) {
        part.sort = Sort::Note;
        return part;
    }
    if part.piece.footnote {
        part.sort = Sort::Footnote;
        if let Some((len, _)) = notes::mark(&part.piece.text) {
            part.label = Some(part.piece.text[..len].to_owned());
            let text = part.piece.text[len..].trim_start_matches(chars::is_space).len();
            let start = part.piece.span;
            let all = part.piece.text.len();
            part.piece.cut(0..all - text);
            part.piece.span = start;
        }
        return part;
    }
    if part.piece.row {
        part.sort = Sort::Row;
    } else if let Some(language) = language {
        part.sort = formula(&part.piece.text, language);
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
    if language.claims.iter().any(|claim| claim.claim.contains("reissue") && claim.pattern.is_match(text)) {
        return Sort::Note;
    }
    if text.len() <= 80 && any(&language.annex, text) {
        return Sort::Annex;
    }
    if any(&language.salutation, text) && text.ends_with([',', ':', '，', '：', '،']) {
        return Sort::Salutation;
    }
    let digits = text.chars().any(|c| crate::language::decimal_digit(c).is_some() || "年日".contains(c));
    if !digits {
        return Sort::Plain;
    }
    let dated = language.dated(text);
    if any(&language.meeting, text) || any(&language.closing, &dated) || any(&language.adopted, &dated) {
        return Sort::Dateline;
    }
    Sort::Plain
}

/// Marks the masthead; returns where the text after it begins.
fn masthead(parts: &mut [Part], language: Option<&Language>) -> usize {
    let mut last = None;
    let mut unknown = 0;
    for (at, part) in parts.iter().enumerate().take(40) {
        let text = part.piece.text.as_str();
        if is_masthead(text, language)
            || (part.sort == Sort::Dateline
                && last.is_some()
                && language.is_some_and(|language| is_date(text, language)))
        {
            last = Some(at);
            unknown = 0;
            continue;
        }
        unknown += 1;
        let body =
            text.len() > TITLE || (is_finished(text) && text.len() > 60) || number::label(text, language).is_some();
        if body || unknown > 4 || matches!(part.sort, Sort::Note | Sort::Footnote | Sort::Original) {
            break;
        }
    }
    let Some(last) = last else { return 0 };
    for part in &mut parts[..=last] {
        // The line that says who adopted the text on which day dates it, wherever it stands.
        let adopted = part.sort == Sort::Dateline
            && language.is_some_and(|language| any(&language.adopted, &language.dated(&part.piece.text)));
        if !adopted {
            part.sort = Sort::Masthead;
        }
    }
    last + 1
}

fn is_date(text: &str, language: &Language) -> bool {
    matches!(&language.dates(text)[..], [only] if only.range == (0..text.len()))
}

fn is_masthead(text: &str, language: Option<&Language>) -> bool {
    if text.len() > FORMULA {
        return false;
    }
    is_job(text)
        || is_symbol(text)
        || is_masthead_line(text, language)
        // Extractions that join the lines of a masthead: the symbol stands in a line without an end.
        || (text.len() <= 120 && !is_finished(text) && !text.starts_with(['[', '(']) && text.split_whitespace().any(is_symbol) && text.split_whitespace().count() <= 6)
}

/// Marks the titles of the document and of what a letter transmits; whether it is a letter.
fn titles(parts: &mut [Part], head: usize, language: Option<&Language>) -> bool {
    let transmittal = |text: &str| {
        language.is_some_and(|language| text.len() <= TITLE && any(&language.transmittal, &language.dated(text)))
    };
    let letter = parts.iter().skip(head).take(4).any(|part| transmittal(&part.piece.text));
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
                }
                expected = part.sort == Sort::Dateline;
            }
            Sort::Annex | Sort::Original => expected = true,
            Sort::Signature => expected = letter,
            _ => {}
        }
    }
    letter
}

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
