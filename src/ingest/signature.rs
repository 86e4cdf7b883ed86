//! Signatures: the mark, the name, the capacities around it.
//!
//! In English the mark stands before the name and the titles follow; in Chinese the titles come first and the mark
//! closes. Each signatory becomes one clause, whatever lines the block was set in.

use super::assemble::Piece;
use super::draft::{Part, Sort, is_finished};
use crate::language::{Language, SignatureMark, common};
use crate::statement::{Signature, number};
use crate::text::chars;

/// Longest line of a signature block, in bytes.
const LINE: usize = 200;
/// Most lines of titles that belong to one signature.
const TITLES: usize = 6;

fn mark<'l>(text: &str, language: &'l Language) -> Option<(&'l SignatureMark, std::ops::Range<usize>)> {
    if !text.contains(['(', '（', '/']) {
        return None;
    }
    language.signed.iter().find_map(|signed| Some((signed, signed.pattern.find_at(text, 0)?)))
}

/// Whether the text has the mark of a signature.
pub(super) fn is_marked(text: &str, language: Option<&Language>) -> bool {
    text.len() <= 4 * LINE && language.is_some_and(|language| mark(text, language).is_some())
}

/// Splits paragraphs in which several signatures were run together.
pub(super) fn split(pieces: Vec<Piece>, language: &Language) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        while piece.text.len() <= 4 * LINE
            && let Some((signed, range)) = mark(&piece.text, language)
        {
            let cut = if signed.name_before {
                range.end
            } else {
                let next = signed.pattern.find_at(&piece.text, range.end);
                next.map_or(piece.text.len(), |found| found.start)
            };
            if piece.text[cut..].trim().is_empty() || cut == 0 {
                break;
            }
            let rest = piece.split_off(cut);
            out.push(piece);
            piece = rest;
        }
        out.push(piece);
    }
    out
}

/// Parts a list of names at the end of a text into one signature a line: `Ada Brock, Veltria`.
///
/// No mark says that they signed, so the list has to close the text, behind a sentence, and every line has to be two to
/// five capitalised words, a comma, and capitalised words again.
pub(super) fn split_list(parts: Vec<Part>) -> Vec<Part> {
    let Some(last) = parts.iter().rposition(|part| part.sort == Sort::Plain) else { return parts };
    let behind = parts[last + 1..].iter().all(|part| matches!(part.sort, Sort::Footnote | Sort::Note | Sort::Dateline));
    let sentence = last > 0 && is_finished(&parts[last - 1].piece.text);
    let piece = &parts[last].piece;
    let starts: Vec<usize> = piece.starts.iter().map(|start| *start as usize).collect();
    let ends = starts.iter().skip(1).copied().chain([piece.text.len()]);
    let lines: Vec<&str> = starts.iter().zip(ends).map(|(start, end)| piece.text[*start..end].trim()).collect();
    if !behind || !sentence || lines.len() < 2 || !lines.iter().all(|line| is_named(line)) {
        return parts;
    }
    let mut out = Vec::with_capacity(parts.len() + lines.len());
    let mut rest = parts.into_iter();
    out.extend(rest.by_ref().take(last));
    let Some(mut list) = rest.next() else { return out };
    while let Some(at) = list.piece.starts.iter().map(|start| *start as usize).find(|start| *start > 0) {
        let piece = list.piece.split_off(at);
        let next = Part { piece, ..list.clone() };
        out.push(named(std::mem::replace(&mut list, next)));
    }
    out.push(named(list));
    out.extend(rest);
    out
}

/// Whether a line is a name and what it stands for, all of it capitalised.
fn is_named(line: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let Some((name, of)) = line.split_once(", ") else { return false };
    let (name, of) = (words(name), words(of));
    (2..=5).contains(&name.len())
        && (1..=8).contains(&of.len())
        && line.len() <= LINE
        && !line.chars().any(char::is_numeric)
        && name.iter().all(|word| capital(word) || word.ends_with('.'))
        && of.iter().all(|word| capital(word) || common().particles.contains(word))
}

fn named(mut part: Part) -> Part {
    let text = part.piece.text.clone();
    let (name, of) = text.split_once(", ").unwrap_or((&text, ""));
    part.sort = Sort::Signature;
    part.piece.doubtful.clear();
    part.signature = Some(Signature { name: name.to_owned(), titles: vec![of.to_owned()] });
    part
}

/// Joins the lines of each signature block into one part.
pub(super) fn gather(parts: Vec<Part>, language: &Language) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::with_capacity(parts.len());
    let mut rest = parts.into_iter().peekable();
    while let Some(part) = rest.next() {
        let found = if part.sort == Sort::Plain && part.piece.text.len() <= 4 * LINE {
            mark(&part.piece.text, language)
        } else {
            None
        };
        let Some((signed, range)) = found else {
            out.push(part);
            continue;
        };
        if signed.name_before {
            let start = out
                .iter()
                .rposition(|before| !is_title_line(before, language))
                .map_or(0, |at| at + 1)
                .max(out.len().saturating_sub(TITLES));
            let titles: Vec<Part> = out.drain(start..).collect();
            out.push(join(titles, part, &range, true));
        } else {
            let mut after = Vec::new();
            while after.len() < TITLES
                && let Some(next) =
                    rest.next_if(|next| is_title_line(next, language) && mark(&next.piece.text, language).is_none())
            {
                after.push(next);
            }
            out.push(join(after, part, &range, false));
        }
    }
    out
}

/// A short line without an end and without a number: a title of the person who signs.
fn is_title_line(part: &Part, language: &Language) -> bool {
    part.sort == Sort::Plain
        && part.piece.text.len() <= LINE
        && !is_finished(&part.piece.text)
        && number::label(&part.piece.text, Some(language)).is_none()
}

fn join(titles: Vec<Part>, marked: Part, mark: &std::ops::Range<usize>, name_before: bool) -> Part {
    let trim = |text: &str| text.trim_matches(|c: char| chars::is_space(c) || matches!(c, ',' | '，')).to_owned();
    let text = &marked.piece.text;
    let own = if name_before { &text[..mark.start] } else { &text[mark.end..] };
    // Lines that the block still shows apart: the name is the one next to the mark, titles are the others.
    let breaks: Vec<usize> =
        marked.piece.starts.iter().map(|start| *start as usize).filter(|start| *start > 0).collect();
    let (name, own_titles) = if name_before {
        let at = breaks.iter().copied().rfind(|at| *at < mark.start).unwrap_or(0);
        (trim(&text[at..mark.start]), trim(&text[..at]))
    } else {
        let at = breaks.iter().copied().find(|at| *at > mark.end).unwrap_or(text.len());
        (trim(&text[mark.end..at]), trim(&text[at..]))
    };
    let mut lines: Vec<String> = titles.iter().map(|part| trim(&part.piece.text)).collect();
    if !own_titles.is_empty() {
        lines.insert(if name_before { lines.len() } else { 0 }, own_titles);
    }
    let signature = Signature { name: if name.is_empty() { trim(own) } else { name }, titles: lines };
    let mut all: Vec<Part> = titles;
    all.insert(if name_before { all.len() } else { 0 }, marked);
    let mut whole = all.remove(0);
    for part in all {
        whole.piece.absorb(part.piece);
    }
    whole.sort = Sort::Signature;
    whole.piece.doubtful.clear();
    whole.signature = Some(signature);
    whole
}
