//! The lines of a paragraph in one line, with the way back to the source.
//!
//! A line break becomes one space, or nothing between characters of a script that sets none, or nothing after a hyphen.
//! A hyphen at a line's end goes only where the document shows that it was the line that put it there; soft hyphens and
//! spaces between Chinese characters always go. Everything else is kept as it stands.

use std::ops::Range;

use super::block::Block;
use super::lines::Line;
use super::words::{Words, halves};
use crate::language::{Language, Script};
use crate::statement::{DroppedPiece, Why};
use crate::text::{Span, chars};

/// A paragraph in one line.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    /// Its text.
    pub(super) text: String,
    /// Bytes of the text and of the source that belong together, ascending.
    pub(super) map: Vec<(u32, u32)>,
    /// Its bytes in the source.
    pub(super) span: Span,
    /// Bytes of the text at which lines begin that may be paragraphs of their own.
    pub(super) doubtful: Vec<u32>,
    /// Whether its own beginning is in doubt.
    pub(super) begins_in_doubt: bool,
    /// Columns of its widest line.
    pub(super) width: u16,
    /// How many lines it has.
    pub(super) lines: usize,
    /// Bytes of the text at which its lines begin.
    pub(super) starts: Vec<u32>,
    /// Whether it stood below a footnote rule.
    pub(super) footnote: bool,
    /// Whether it is the row of a table.
    pub(super) row: bool,
    /// Of a row, the columns that its cells stand in.
    pub(super) columns: Vec<u8>,
    /// Whether it stands right below the line before, with no blank line between.
    pub(super) close: bool,
    /// Whether it is a line of the front matter of a Markdown file.
    pub(super) front: bool,
}

/// What the joining of lines needs to know of the whole document.
pub(super) struct Assembler<'a> {
    text: &'a str,
    lines: &'a [Line],
    language: Option<&'a Language>,
    words: Words<'a>,
    spaced_numbers: bool,
}

impl<'a> Assembler<'a> {
    pub(super) fn new(text: &'a str, lines: &'a [Line], language: Option<&'a Language>, blocks: [&[Block]; 2]) -> Self {
        let han = language.is_some_and(|language| language.script == Script::Han);
        let words = Words::new(text, lines, blocks);
        Self { text, lines, language, words, spaced_numbers: han && spaces_numbers(text) }
    }

    /// Joins the lines of a block. What goes on the way is added to `dropped`.
    pub(super) fn assemble(&self, block: &Block, dropped: &mut Vec<DroppedPiece>) -> Piece {
        let count = block.lines.len();
        let mut piece = Piece { begins_in_doubt: block.begins_in_doubt, lines: count, ..Piece::default() };
        piece.text.reserve(block.lines.iter().map(|at| self.lines[*at].span.len() + 1).sum());
        piece.map.reserve(count);
        piece.starts.reserve(count);
        for (place, &at) in block.lines.iter().enumerate() {
            let line = &self.lines[at];
            // A soft hyphen goes, and the word goes on.
            let broken = place > 0 && self.text[self.lines[block.lines[place - 1]].span.range()].ends_with('\u{AD}');
            if place > 0 && !broken {
                self.join(&mut piece, &self.text[line.span.range()], dropped);
            }
            let start = u32::try_from(piece.text.len()).unwrap_or(u32::MAX);
            piece.starts.push(start);
            if block.doubtful.contains(&place) {
                piece.doubtful.push(start);
            }
            piece.width = piece.width.max(line.width);
            self.append(&mut piece, line.span, dropped);
        }
        let (first, last) = (block.lines.first(), block.lines.last());
        if let (Some(&first), Some(&last)) = (first, last) {
            piece.span = Span { start: self.lines[first].span.start, end: self.lines[last].span.end };
            piece.close = self.lines[first].blanks == 0 && !self.lines[first].page;
        }
        piece
    }

    /// Appends one line: runs of blanks become one, blanks between Chinese characters and soft hyphens go.
    fn append(&self, piece: &mut Piece, span: Span, dropped: &mut Vec<DroppedPiece>) {
        let line = &self.text[span.range()];
        let base = span.start;
        let offset = |at: usize| base + u32::try_from(at).unwrap_or(0);
        let here = |piece: &Piece| u32::try_from(piece.text.len()).unwrap_or(u32::MAX);
        piece.map.push((here(piece), base));
        if stands_as_it_is(line) {
            piece.text.push_str(line);
            return;
        }
        let mut rest = line.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            if c == '\u{AD}' {
                dropped.push(DroppedPiece {
                    why: Why::SoftHyphen,
                    text: c.to_string(),
                    span: Span { start: offset(at), end: offset(at + 2) },
                });
                piece.map.push((here(piece), offset(at + 2)));
                continue;
            }
            if !matches!(c, ' ' | '\t' | '\u{3000}') {
                piece.text.push(c);
                continue;
            }
            let mut end = at + c.len_utf8();
            while let Some((next, blank)) = rest.next_if(|(_, c)| matches!(c, ' ' | '\t' | '\u{3000}')) {
                end = next + blank.len_utf8();
            }
            let before = piece.text.chars().next_back();
            let after = rest.peek().map(|(_, c)| *c);
            let between = before.is_some_and(chars::is_unspaced) && after.is_some_and(chars::is_unspaced);
            if !between {
                piece.text.push(if c == '\u{3000}' && end - at == 3 { c } else { ' ' });
            }
            if between || end - at > 1 {
                piece.map.push((here(piece), offset(end)));
            }
        }
    }

    /// Puts what belongs between the text so far and the next line.
    fn join(&self, piece: &mut Piece, next: &str, dropped: &mut Vec<DroppedPiece>) {
        let mut tail = piece.text.chars().rev();
        let (Some(last), before) = (tail.next(), tail.next()) else { return };
        let Some(first) = next.chars().next() else { return };
        match (chars::is_unspaced(last), chars::is_unspaced(first)) {
            (true, true) => return,
            (true, false) | (false, true) => {
                let both = |c: char| chars::is_han(c) || c.is_alphanumeric();
                if self.spaced_numbers && both(last) && both(first) {
                    piece.text.push(' ');
                }
                return;
            }
            (false, false) => {}
        }
        let han = self.language.is_some_and(|language| language.script == Script::Han);
        if han && last.is_ascii_digit() && first.is_ascii_digit() {
            return;
        }
        let tight = before.is_some_and(|c| !chars::is_space(c));
        match last {
            '-' | '\u{2010}' if tight && before.is_some_and(char::is_alphanumeric) => {
                if before.is_some_and(char::is_lowercase)
                    && first.is_lowercase()
                    && !self.keeps_hyphen(&piece.text, next)
                {
                    self.drop_hyphen(piece, dropped);
                }
            }
            '/' | '–' | '—' | '\u{2011}' if tight => {}
            _ => piece.text.push(' '),
        }
    }

    fn drop_hyphen(&self, piece: &mut Piece, dropped: &mut Vec<DroppedPiece>) {
        let Some(hyphen) = piece.text.pop() else { return };
        let at = piece.text.len();
        let Some(&(text, source)) = piece.map.iter().rev().find(|(text, _)| *text as usize <= at) else { return };
        let start = source as usize + at - text as usize;
        dropped.push(DroppedPiece {
            why: Why::LineBreakHyphen,
            text: hyphen.to_string(),
            span: Span::new(start, start + hyphen.len_utf8()),
        });
    }

    /// Whether the hyphen between two halves belongs to the word.
    ///
    /// The document's own use decides: the word whole elsewhere, the compound elsewhere, both halves as words. A list of
    /// first parts (data) decides where the document does not say; without any sign, the line put the hyphen there.
    fn keeps_hyphen(&self, text: &str, next: &str) -> bool {
        let (first, second) = halves(text, next);
        if self.words.has(&format!("{first}{second}")) {
            return false;
        }
        let listed = self.language.is_some_and(|language| language.hyphen_keeps.contains(&first));
        listed
            || self.words.has(&format!("{first}-{second}"))
            || (first.len() > 2 && second.len() > 2 && self.words.has(&first) && self.words.has(&second))
    }
}

/// Whether nothing of a line goes when it is appended: no tab, no run of blanks, no soft hyphen, and no blank that may
/// stand between Chinese characters. Asks bytes only, so it may say no where nothing goes.
fn stands_as_it_is(line: &str) -> bool {
    let bytes = line.as_bytes();
    let next = |at: usize| bytes.get(at + 1).copied().unwrap_or(0);
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        b'\t' => false,
        b' ' => next(at) != b' ' && next(at) < 0xE2,
        0xC2 => next(at) != 0xAD,
        0xE3 => !line[at..].starts_with('\u{3000}'),
        _ => true,
    })
}

/// Whether the text sets a space between Chinese characters and numbers more often than not.
fn spaces_numbers(text: &str) -> bool {
    let (mut spaced, mut close) = (0usize, 0usize);
    let mut last = ['\0'; 2];
    for c in text.chars() {
        let edge =
            |a: char, b: char| (chars::is_han(a) && b.is_ascii_digit()) || (a.is_ascii_digit() && chars::is_han(b));
        spaced += usize::from(last[1] == ' ' && edge(last[0], c));
        close += usize::from(edge(last[1], c));
        last = [last[1], c];
    }
    spaced > close
}

impl Piece {
    /// The source byte that byte `at` of the text came from.
    pub(super) fn source(&self, at: usize) -> usize {
        let line = self.map.partition_point(|(text, _)| *text as usize <= at);
        let Some((text, source)) = line.checked_sub(1).map(|line| self.map[line]) else {
            return self.span.start as usize;
        };
        (source as usize + at - text as usize).min(self.span.end as usize)
    }

    /// Takes bytes out of the text; spans and the way back stay true.
    pub(super) fn cut(&mut self, range: Range<usize>) {
        self.cut_all(std::slice::from_ref(&range));
    }

    /// Takes several ranges out of the text, ascending and none over another. Linear in the text.
    pub(super) fn cut_all(&mut self, ranges: &[Range<usize>]) {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut text = String::with_capacity(self.text.len());
        let mut map = Vec::with_capacity(self.map.len() + ranges.len());
        let mut places = self.map.iter().copied().peekable();
        let (mut from, mut gone) = (0, 0);
        for range in ranges {
            while let Some((at, source)) = places.next_if(|(at, _)| (*at as usize) < range.start) {
                map.push((at - narrow(gone), source));
            }
            while places.next_if(|(at, _)| *at as usize <= range.end).is_some() {}
            text.push_str(&self.text[from..range.start]);
            map.push((narrow(range.start - gone), narrow(self.source(range.end))));
            (from, gone) = (range.end, gone + range.len());
        }
        map.extend(places.map(|(at, source)| (at - narrow(gone), source)));
        text.push_str(&self.text[from..]);
        for marks in [&mut self.doubtful, &mut self.starts] {
            let (mut next, mut gone) = (0, 0);
            for at in marks {
                while let Some(range) = ranges.get(next).filter(|range| range.end <= *at as usize) {
                    (next, gone) = (next + 1, gone + range.len());
                }
                let kept = ranges.get(next).map_or(*at as usize, |range| (*at as usize).min(range.start));
                *at = narrow(kept - gone);
            }
        }
        (self.text, self.map) = (text, map);
    }

    /// Splits the piece before byte `at`; white space at the cut belongs to neither part.
    pub(super) fn split_off(&mut self, at: usize) -> Self {
        let source = self.source(at);
        let tail = &self.text[at..];
        let blank = tail.len() - tail.trim_start_matches(chars::is_space).len();
        let begin = at + blank;
        let mut rest = Self { text: self.text[begin..].to_owned(), lines: 1, width: self.width, ..Self::default() };
        let first = self.source(begin);
        rest.span = Span::new(first, self.span.end as usize);
        rest.map.push((0, u32::try_from(first).unwrap_or(u32::MAX)));
        let shift = u32::try_from(begin).unwrap_or(u32::MAX);
        rest.map
            .extend(self.map.iter().filter(|(text, _)| *text > shift).map(|(text, source)| (text - shift, *source)));
        rest.doubtful = self.doubtful.iter().filter(|at| **at > shift).map(|at| at - shift).collect();
        rest.starts =
            std::iter::once(0).chain(self.starts.iter().filter(|at| **at > shift).map(|at| at - shift)).collect();
        let cut = u32::try_from(at).unwrap_or(u32::MAX);
        self.map.retain(|(text, _)| *text < cut);
        self.doubtful.retain(|start| *start < cut);
        self.starts.retain(|start| *start < cut);
        self.text.truncate(at);
        let kept = self.text.trim_end_matches(chars::is_space).len();
        self.text.truncate(kept);
        self.span.end = u32::try_from(source).unwrap_or(u32::MAX);
        rest
    }

    /// Appends another piece as a further line.
    pub(super) fn absorb(&mut self, next: Self) {
        let unspaced = self.text.ends_with(chars::is_unspaced) && next.text.starts_with(chars::is_unspaced);
        if !unspaced && !self.text.is_empty() {
            self.text.push(' ');
        }
        let shift = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.push_str(&next.text);
        self.map.extend(next.map.iter().map(|(text, source)| (text + shift, *source)));
        self.starts.extend(next.starts.iter().map(|at| at + shift));
        self.doubtful.extend(next.doubtful.iter().map(|at| at + shift));
        self.span.end = self.span.end.max(next.span.end);
        self.width = self.width.max(next.width);
        self.lines += next.lines;
    }
}
