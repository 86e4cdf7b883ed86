//! Writes lines as the passes read them: blanks for an indent, blank lines for gaps, a form feed at a page's end; and beside
//! the text what the page knows of it.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::bidi;
use super::lines::{Line, Piece};
use super::place::PageLines;
use crate::ingest::extract::Extract;
use crate::ingest::layout::{Bounds, Font, Layout, Place};
use crate::text::{Span, chars};

/// Width of a column, in sizes of the text.
const COLUMN: f32 = 0.5;
/// Most columns of an indent or a gap.
const WIDEST: usize = 160;
/// Blanks between a label and its words, and at least between two cells.
const BESIDE_LABEL: usize = 2;
const BETWEEN_CELLS: usize = 3;
/// Longest label that stands in a cell of its own, in characters.
const LABEL: usize = 8;
/// From which multiple of the usual step between two lines on a blank line stands between them.
const WIDE_STEP: f32 = 1.42;
/// Most blank lines between two lines.
const MOST_BLANKS: usize = 4;

/// What is written of all pages.
pub(super) struct Writer {
    text: String,
    layout: Layout,
    /// The size of most letters, and the left edge of the text.
    size: f32,
    left: f32,
    right: f32,
    /// How far below each other most lines stand, in sizes.
    step: f32,
    /// Whether the file writes hyphens as soft hyphens.
    hard_hyphens: bool,
}

/// Writes the lines of all pages.
pub(super) fn extract(pages: &[PageLines], places: &[Vec<Option<Place>>]) -> Extract {
    let all = || pages.iter().flat_map(|page| &page.lines);
    let body =
        |at: usize| pages[at].lines.iter().zip(&places[at]).filter(|(_, place)| place.is_none()).map(|(line, _)| line);
    let size = median(all().map(|line| line.size)).unwrap_or(10.0).max(1.0);
    let mut steps = Vec::new();
    for at in 0..pages.len() {
        let lines: Vec<&Line> = body(at).collect();
        let own = lines.windows(2).filter(|pair| pair[0].turn == pair[1].turn);
        steps.extend(
            own.map(|pair| (pair[1].base - pair[0].base) / pair[1].size.max(1.0))
                .filter(|step| (0.7..3.0).contains(step)),
        );
    }
    let mut writer = Writer {
        text: String::new(),
        layout: Layout::default(),
        size,
        left: all().map(Line::left).fold(f32::MAX, f32::min),
        right: all().map(Line::right).fold(0.0, f32::max),
        step: median(steps.into_iter()).unwrap_or(1.2),
        hard_hyphens: all().any(|line| {
            let text = line.text();
            text.trim_end_matches('\u{AD}').contains('\u{AD}')
        }),
    };
    for (page, places) in pages.iter().zip(places) {
        writer.page(page, places);
    }
    let Writer { text, layout, .. } = writer;
    Extract { text, encoding: "PDF", layout, ..Extract::default() }
}

fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut values: Vec<f32> = values.filter(|value| value.is_finite()).collect();
    let middle = values.len() / 2;
    if values.is_empty() {
        return None;
    }
    Some(*values.select_nth_unstable_by(middle, f32::total_cmp).1)
}

impl Writer {
    fn page(&mut self, page: &PageLines, places: &[Option<Place>]) {
        let begin = self.text.len();
        let mut before: Option<(&Line, Option<Place>)> = None;
        for (line, place) in page.lines.iter().zip(places) {
            let blanks = before.map_or(0, |(before, known)| self.blanks(before, line, known != *place));
            (0..blanks).for_each(|_| self.text.push('\n'));
            self.line(line, *place);
            before = Some((line, *place));
        }
        self.layout.pages.push(Span::new(begin, self.text.len()), page.number);
        self.text.push('\u{C}');
    }

    /// Blank lines between two lines of a page.
    fn blanks(&self, before: &Line, line: &Line, changes: bool) -> usize {
        let step = line.base - before.base;
        let usual = self.step * line.size.max(before.size);
        if step < 0.0 || usual <= 0.0 || step < usual * WIDE_STEP {
            return usize::from(changes);
        }
        ((step / usual).round() as usize).saturating_sub(1).clamp(1, MOST_BLANKS)
    }

    fn line(&mut self, line: &Line, place: Option<Place>) {
        let column = COLUMN * self.size;
        let columns = |points: f32| ((points / column).round().max(0.0) as usize).min(WIDEST);
        let mut at = 0;
        let mut begin = None;
        for (ordinal, cell) in line.cells.iter().enumerate() {
            let edge = if line.from_right { self.right - cell.right } else { cell.left - self.left };
            let wanted = columns(edge);
            let labels = ordinal == 1 && is_label(&line.cells[0].text());
            let least = match ordinal {
                0 => 0,
                _ if labels => BESIDE_LABEL,
                _ => BETWEEN_CELLS,
            };
            let blanks = if labels { BESIDE_LABEL } else { wanted.saturating_sub(at).max(least) };
            (0..blanks).for_each(|_| self.text.push(' '));
            let start = self.text.len();
            begin.get_or_insert(start);
            self.cell(&cell.pieces);
            at += blanks + usize::from(self.text[start..].chars().map(chars::columns).sum::<u16>());
        }
        let begin = begin.unwrap_or(self.text.len());
        let span = Span::new(begin, self.text.len());
        let hundredths = |points: f32| (points * 100.0).clamp(0.0, 1e9) as u32;
        self.layout.boxes.push(
            span,
            Bounds {
                left: hundredths(line.left()),
                top: hundredths(line.base - line.size),
                right: hundredths(line.right()),
                bottom: hundredths(line.base),
            },
        );
        if let Some(place) = place {
            self.layout.places.push(span, place);
        }
        self.text.push('\n');
    }

    fn cell(&mut self, pieces: &[Piece]) {
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let is_arabic = text.chars().any(bidi::is_arabic);
        for (at, piece) in pieces.iter().enumerate() {
            let start = self.text.len();
            self.characters(&piece.text, is_arabic, at + 1 == pieces.len());
            let span = Span::new(start, self.text.len());
            if piece.is_raised {
                let shown = self.text[start..].trim_end().len();
                self.layout.raised.push(Span::new(start, start + shown), ());
            } else {
                let size = (piece.size * 100.0).clamp(0.0, f32::from(u16::MAX)) as u16;
                self.layout.fonts.push(span, Font { size, weight: piece.weight });
            }
        }
    }

    /// Writes characters as a text has them: shapes of Arabic letters as letters, ligatures as their letters, no signs of
    /// layout.
    fn characters(&mut self, text: &str, is_arabic: bool, is_last: bool) {
        let mut rest = text.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            match c {
                '\u{FB00}'..='\u{FB06}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => {
                    self.text.push_str(&letters(&text[at..at + c.len_utf8()]));
                }
                '\u{AD}' if self.hard_hyphens || !(is_last && at + c.len_utf8() == text.len()) => self.text.push('-'),
                // Stretched letters come as apostrophes from some programs.
                '\'' if is_arabic && self.is_stretched(&text[at..]) => {}
                '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\t' => self.text.push(' '),
                c => self.text.push(c),
            }
        }
    }

    /// Whether apostrophes stand between two Arabic letters: the one written last, and the one behind them.
    fn is_stretched(&self, rest: &str) -> bool {
        self.text.chars().next_back().is_some_and(bidi::is_arabic)
            && rest.trim_start_matches('\'').chars().next().is_some_and(bidi::is_arabic)
    }
}

/// The letters that a shape or a ligature stands for.
fn letters(shape: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfkc().normalize(shape)
}

/// Whether the words of a cell are the label of what stands beside it.
fn is_label(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= LABEL
        && (text.starts_with('(')
            || text.ends_with(['.', ')', ':', '．', '。', '、'])
            || text.chars().all(|c| !c.is_alphanumeric()))
}
