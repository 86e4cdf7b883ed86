//! Links of Markdown: `[words](target)` says its words, and where they lead stands beside the text.
//!
//! The target goes out of the text and is kept with the clause, so that a changed address is told as that and as nothing
//! else. Only what leads somewhere is a link: `[shall](should)` and `[text] (see paragraph 3)` stay as they are. Linear.

use std::collections::BTreeSet;
use std::ops::Range;

use super::assemble::Piece;
use super::lines::Line;
use super::targets::{end_of_target, leads};
use crate::language::common;
use crate::statement::{DroppedPiece, Why};
use crate::text::{Span, chars};

/// A link in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    /// `[` or `![`.
    open: Range<usize>,
    /// `](target)`.
    close: Range<usize>,
}

/// Most lines that one link or tag may run over.
const LINES: usize = 60;

/// Takes tags, and the targets of links, out of a text; what goes is added to `dropped`.
pub(super) fn lift(piece: &mut Piece, dropped: &mut Vec<DroppedPiece>) {
    let tags = if piece.text.contains('<') { tags(&piece.text) } else { Vec::new() };
    cut(piece, &tags, Why::Markup, dropped);
    let links = if piece.text.contains("](") { find(&piece.text) } else { Vec::new() };
    let cuts: Vec<Range<usize>> = links.into_iter().flat_map(|link| [link.open, link.close]).collect();
    cut(piece, &cuts, Why::LinkTarget, dropped);
}

fn cut(piece: &mut Piece, cuts: &[Range<usize>], why: Why, dropped: &mut Vec<DroppedPiece>) {
    if cuts.is_empty() {
        return;
    }
    for cut in cuts {
        let (start, end) = (piece.source(cut.start), piece.source(cut.end - 1) + 1);
        dropped.push(DroppedPiece { why, text: piece.text[cut.clone()].to_owned(), span: Span::new(start, end) });
    }
    let span = piece.span;
    piece.cut_all(cuts);
    piece.span = span;
}

/// Which lines go on inside a link or a tag that an earlier line opened. Linear.
pub(super) fn run_on(text: &str, lines: &[Line]) -> Vec<bool> {
    let mut inside = vec![false; lines.len()];
    let shown = |at: usize| &text[lines[at].span.range()];
    for at in 0..lines.len() {
        let line = shown(at);
        let link = line.rfind('[').is_some_and(|open| !line[open..].contains(']'));
        let tag = line.rfind('<').is_some_and(|open| !line[open..].contains('>') && tag_name(&line[open..]).is_some());
        if !link && !tag {
            continue;
        }
        let ends = |next: &usize| {
            let next = shown(*next);
            if link { next.find(']').is_some_and(|at| next[at..].starts_with("](")) } else { next.contains('>') }
        };
        let close = (at + 1..lines.len().min(at + LINES))
            .take_while(|next| lines[*next].blanks == 0 && !(link && shown(next - 1).contains(']') && *next > at + 1))
            .find(ends);
        if let Some(close) = close {
            inside[at + 1..=close].fill(true);
        }
    }
    inside
}

/// The name of the tag that a text begins with: `<img src=…`, `</a>`.
fn tag_name(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('<')?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let len = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let known = common().tags.iter().any(|tag| tag.eq_ignore_ascii_case(&rest[..len]));
    let ends = rest[len..].chars().next().is_none_or(|c| c == '>' || c == '/' || chars::is_space(c));
    (known && ends).then_some(&rest[..len])
}

/// The tags of a text that have attributes, and those that close them, in order; `<b>` and its like stay as they are typed.
fn tags(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('<') {
        if found.last().is_some_and(|last| at < last.end) || tag_name(&text[at..]).is_none() {
            continue;
        }
        if let Some(end) =
            text[at + 1..].find(['>', '<']).map(|len| at + 1 + len).filter(|end| text[*end..].starts_with('>'))
        {
            found.push(at..end + 1);
        }
    }
    let opened: BTreeSet<String> = found
        .iter()
        .filter(|tag| text[(*tag).clone()].contains('='))
        .filter_map(|tag| Some(tag_name(&text[tag.start..])?.to_ascii_lowercase()))
        .collect();
    found.retain(|tag| tag_name(&text[tag.start..]).is_some_and(|name| opened.contains(&name.to_ascii_lowercase())));
    found
}

/// The links of a text, in order, none inside another.
fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut from = 0;
    for (middle, _) in text.match_indices("](") {
        if middle < from {
            continue;
        }
        let start = middle + 2;
        let Some(end) = end_of_target(&text[start..]).map(|len| start + len) else { continue };
        let Some(open) = text[from..middle].rfind('[').map(|at| from + at) else { continue };
        let words = &text[open + 1..middle];
        if !leads(&text[start..end]) || words.contains(']') || !words.chars().any(char::is_alphanumeric) {
            continue;
        }
        let image = open > from && text[from..open].ends_with('!');
        found.push(Found { open: open - usize::from(image)..open + 1, close: middle..end + 1 });
        from = end + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lifted(text: &str) -> (String, Vec<String>) {
        let span = Span::new(0, text.len());
        let mut piece = Piece { text: text.to_owned(), map: vec![(0, 0)], span, ..Piece::default() };
        let mut dropped = Vec::new();
        lift(&mut piece, &mut dropped);
        for gone in &dropped {
            assert_eq!(&text[gone.span.range()], gone.text);
        }
        let targets = dropped.iter().filter_map(|gone| gone.text.strip_prefix("](")?.strip_suffix(')'));
        (piece.text, targets.map(str::to_owned).collect())
    }

    #[test]
    fn links_are_their_words() {
        let (text, links) =
            lifted("See [the list](https://veltria.example/a_(b).html) and ![a map](maps/elm.png \"Elm\").");
        assert_eq!(text, "See the list and a map.");
        assert_eq!(links, ["https://veltria.example/a_(b).html", "maps/elm.png \"Elm\""]);
    }

    #[test]
    fn tags_go_and_angle_brackets_stay() {
        assert_eq!(
            lifted("The <a href=\"x\">Sides</a> <b>keep</b> <img src=\"a.png\"/>it.").0,
            "The Sides <b>keep</b> it."
        );
        assert_eq!(lifted("a < b and <veltria> c > d").0, "a < b and <veltria> c > d");
    }

    #[test]
    fn brackets_of_a_text_stay() {
        for text in [
            "The Sides [shall][should] meet.",
            "[shall](should) meet",
            "a [b] (see paragraph 3)",
            "[](https://x.example)",
        ] {
            assert_eq!(lifted(text), (text.to_owned(), Vec::new()));
        }
    }
}
