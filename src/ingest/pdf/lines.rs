//! From glyphs to lines: what stands on one base line, in the order of reading, with blanks where gaps are.
//!
//! Glyphs of one height are a line. Smaller ones above or below the line they touch belong to it, and are remembered as
//! raised or lowered: marks of footnotes, exponents. A gap wider than the words of the line leave parts it in cells.
//! Sorting apart, linear in the glyphs.

use super::bidi;
use super::page::{Glyph, Page, Turn, UNKNOWN};
use crate::text::chars;

/// A run of characters of one line that are set alike.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// The characters.
    pub(super) text: String,
    /// The size of their font, in points.
    pub(super) size: f32,
    /// Its weight.
    pub(super) weight: u16,
    /// Whether they are small and stand above the line.
    pub(super) is_raised: bool,
}

/// What stands together in a line.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Its left edge.
    pub(super) left: f32,
    /// Its right edge.
    pub(super) right: f32,
    /// Its characters.
    pub(super) pieces: Vec<Piece>,
}

impl Cell {
    /// Its characters, one behind the other.
    pub(super) fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// What stands on one base line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// How far below the upper edge of the page its base line is.
    pub(super) base: f32,
    /// The size of most of its letters.
    pub(super) size: f32,
    /// Which way it runs.
    pub(super) turn: Turn,
    /// Whether it is read from right to left.
    pub(super) from_right: bool,
    /// Whether the file says that it belongs to the page and not to the text.
    pub(super) is_artifact: bool,
    /// What stands in it, in the order of reading.
    pub(super) cells: Vec<Cell>,
}

impl Line {
    /// Its left edge.
    pub(super) fn left(&self) -> f32 {
        self.cells.iter().map(|cell| cell.left).fold(f32::MAX, f32::min)
    }

    /// Its right edge.
    pub(super) fn right(&self) -> f32 {
        self.cells.iter().map(|cell| cell.right).fold(0.0, f32::max)
    }

    /// Its characters, cells apart.
    pub(super) fn text(&self) -> String {
        self.cells.iter().map(Cell::text).collect::<Vec<_>>().join(" ")
    }
}

/// How far glyphs of one line may be from its base, in sizes.
const LEVEL: f32 = 0.16;
/// Least gap between two words, in sizes; and where the line has glyphs for blanks.
const WORD: f32 = 0.14;
const WORD_BESIDE_BLANKS: f32 = 0.28;
/// Least gap between two characters of a script without blanks that is a blank, in sizes.
const UNSPACED: f32 = 0.85;
/// Least gap between two cells, in sizes, and in gaps between words of the line.
const CELL: f32 = 1.6;
const CELL_IN_GAPS: f32 = 3.0;
/// Widest gap between two words of a justified line, in sizes.
const WIDEST_WORD: f32 = 0.8;
/// How much smaller a raised mark is than its line.
const SMALLER: f32 = 0.86;
/// How far above its line a raised mark may stand, and below it a lowered one, in sizes of the line.
const RAISED: f32 = 0.75;
const LOWERED: f32 = 0.4;
/// How far from the letters that it touches such a mark may stand, in sizes of the line.
const TOUCHES: f32 = 0.6;

/// Glyphs of one height.
struct Row {
    base: f32,
    size: f32,
    glyphs: Vec<(Glyph, bool)>,
}

/// The lines of a page, those that run alike together, from the top.
pub(super) fn lines(page: &Page) -> Vec<Line> {
    let mut found = Vec::new();
    for turn in Turn::ALL {
        let glyphs: Vec<Glyph> = page.glyphs.iter().filter(|glyph| glyph.turn == turn).copied().collect();
        if glyphs.is_empty() {
            continue;
        }
        let rows = with_raised(rows(page, glyphs));
        found.extend(rows.into_iter().filter_map(|row| line(page, row, turn)));
    }
    found
}

/// Whether glyphs show nothing but blanks.
fn is_blank(page: &Page, glyph: &Glyph) -> bool {
    page.shown(glyph).chars().all(chars::is_space)
}

/// Glyphs by their heights, from the top.
fn rows(page: &Page, mut glyphs: Vec<Glyph>) -> Vec<Row> {
    // A stable sort: what is drawn in one place stays in the order of drawing.
    glyphs.sort_by(|one, other| one.base.total_cmp(&other.base));
    let mut rows: Vec<Row> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row)
                if glyph.base - row.base <= LEVEL * row.size.max(glyph.size).min(row.size.min(glyph.size) * 2.0) =>
            {
                row.size = row.size.max(glyph.size);
                row.glyphs.push((glyph, false));
            }
            _ => rows.push(Row { base: glyph.base, size: glyph.size, glyphs: vec![(glyph, false)] }),
        }
    }
    rows.retain(|row| row.glyphs.iter().any(|(glyph, _)| !is_blank(page, glyph)));
    for row in &mut rows {
        row.glyphs.sort_by(|(one, _), (other, _)| one.left.total_cmp(&other.left));
        // Blanks may be of any size.
        let shown: Vec<Glyph> =
            row.glyphs.iter().filter(|(glyph, _)| !is_blank(page, glyph)).map(|(glyph, _)| *glyph).collect();
        (row.base, row.size) =
            (usual(shown.iter().map(|glyph| glyph.base)), usual(shown.iter().map(|glyph| glyph.size)));
    }
    rows
}

/// The value that stands most often among others, to the tenth.
fn usual(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<i32> = values.map(|value| (value * 10.0).round() as i32).collect();
    values.sort_unstable();
    let most = values.chunk_by(|one, other| one == other).max_by_key(|run| run.len());
    most.map_or(0.0, |run| run[0] as f32 / 10.0)
}

/// Rows with the small glyphs above and below them that touch their letters.
fn with_raised(rows: Vec<Row>) -> Vec<Row> {
    let mut hosts: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
    for at in 0..hosts.len() {
        let Some(mut small) = hosts[at].take() else { continue };
        let mut kept = Vec::new();
        for run in runs(std::mem::take(&mut small.glyphs), small.size) {
            let host = near(&hosts, at).find(|host| hosts[*host].as_ref().is_some_and(|row| holds(row, &small, &run)));
            match host.and_then(|host| hosts[host].as_mut()) {
                Some(host) => {
                    let is_raised = host.base - small.base > LEVEL * host.size / 2.0;
                    host.glyphs.extend(run.into_iter().map(|(glyph, _)| (glyph, is_raised)));
                    host.glyphs.sort_by(|(one, _), (other, _)| one.left.total_cmp(&other.left));
                }
                None => kept.extend(run),
            }
        }
        small.glyphs = kept;
        hosts[at] = Some(small).filter(|row| !row.glyphs.is_empty());
    }
    hosts.into_iter().flatten().collect()
}

/// Rows around one, the next ones first.
fn near(hosts: &[Option<Row>], at: usize) -> impl Iterator<Item = usize> + use<> {
    let len = hosts.len();
    (1..=3usize).flat_map(move |step| [Some(at + step), at.checked_sub(step)]).flatten().filter(move |host| *host < len)
}

/// Glyphs of a row, parted where a gap is wider than their size.
fn runs(glyphs: Vec<(Glyph, bool)>, size: f32) -> Vec<Vec<(Glyph, bool)>> {
    let mut runs: Vec<Vec<(Glyph, bool)>> = Vec::new();
    let mut end = f32::MIN;
    for glyph in glyphs {
        match runs.last_mut() {
            Some(run) if glyph.0.left - end <= size => run.push(glyph),
            _ => runs.push(vec![glyph]),
        }
        end = end.max(glyph.0.right);
    }
    runs
}

/// Whether a small run belongs to a row: it stands a little above or below it, and touches its letters.
fn holds(row: &Row, small: &Row, run: &[(Glyph, bool)]) -> bool {
    let (up, size) = (row.base - small.base, row.size);
    let is_near = up > 0.0 && up <= RAISED * size || up < 0.0 && -up <= LOWERED * size;
    if small.size > size * SMALLER || !is_near {
        return false;
    }
    let left = run.iter().map(|(glyph, _)| glyph.left).fold(f32::MAX, f32::min);
    let right = run.iter().map(|(glyph, _)| glyph.right).fold(f32::MIN, f32::max);
    let reach = TOUCHES * size;
    // The mark before a footnote may stand off as a label does.
    let begins =
        up > 0.0 && row.glyphs.first().is_some_and(|(first, _)| first.left >= right && first.left - right < 4.0 * size);
    begins
        || row.glyphs.iter().any(|(glyph, is_raised)| {
            !is_raised && (glyph.right - left).abs() <= reach
                || (glyph.left - right).abs() <= reach
                || glyph.left <= left && glyph.right >= right
        })
}

/// A line of a row; `None` where it shows nothing but blanks.
fn line(page: &Page, row: Row, turn: Turn) -> Option<Line> {
    let mut glyphs = without_doubles(page, row.glyphs);
    attach_marks(page, &mut glyphs);
    let shown = |(glyph, _): &(Glyph, bool)| page.shown(glyph);
    let inked: Vec<(Glyph, bool)> = glyphs.iter().filter(|(glyph, _)| !is_blank(page, glyph)).copied().collect();
    if inked.is_empty() {
        return None;
    }
    let has_blanks = inked.len() < glyphs.len();
    let from_right = bidi::reads_right_to_left(inked.iter().map(shown));
    let mut cells: Vec<Cell> = Vec::new();
    let widest = cell_gap(&inked, row.size);
    let (mut open, mut end): (Vec<(Glyph, bool)>, f32) = (Vec::new(), f32::MIN);
    for glyph in glyphs {
        let blank = is_blank(page, &glyph.0);
        if !blank && glyph.0.left - end > widest && open.iter().any(|(glyph, _)| !is_blank(page, glyph)) {
            cells.extend(cell(page, std::mem::take(&mut open), row.size, has_blanks, from_right));
        }
        if !blank {
            end = end.max(glyph.0.right);
        }
        open.push(glyph);
    }
    cells.extend(cell(page, open, row.size, has_blanks, from_right));
    if from_right {
        cells.reverse();
    }
    let is_artifact = inked.iter().all(|(glyph, _)| glyph.is_artifact);
    Some(Line { base: row.base, size: row.size, turn, from_right, is_artifact, cells })
}

/// Glyphs without those that are drawn again where they stand, as some programs make bold letters.
fn without_doubles(page: &Page, glyphs: Vec<(Glyph, bool)>) -> Vec<(Glyph, bool)> {
    let mut kept: Vec<(Glyph, bool)> = Vec::with_capacity(glyphs.len());
    for (glyph, is_raised) in glyphs {
        let near = 0.12 * glyph.size;
        let again = kept.iter().rev().take(4).any(|(known, _)| {
            (known.left - glyph.left).abs() < near
                && (known.right - glyph.right).abs() < near
                && (known.base - glyph.base).abs() < near
                && page.shown(known) == page.shown(&glyph)
                && glyph.right - glyph.left > near * 2.0
        });
        if !again {
            kept.push((glyph, is_raised));
        }
    }
    kept
}

/// Moves vowel signs, which have no width of their own, behind the letter that they stand over.
fn attach_marks(page: &Page, glyphs: &mut Vec<(Glyph, bool)>) {
    let is_mark = |(glyph, _): &(Glyph, bool)| {
        page.shown(glyph).chars().all(|c| matches!(c, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{65F}' | '\u{670}'))
    };
    if !glyphs.iter().any(is_mark) {
        return;
    }
    let (marks, mut letters): (Vec<_>, Vec<_>) = std::mem::take(glyphs).into_iter().partition(is_mark);
    for mark in marks {
        let middle = f32::midpoint(mark.0.left, mark.0.right);
        let host =
            letters.iter().rposition(|(glyph, _)| glyph.left <= middle && middle <= glyph.right + 0.05 * glyph.size);
        let at = host.unwrap_or_else(|| letters.partition_point(|(glyph, _)| glyph.left <= middle));
        // Turned with its line it stands behind its letter, if it is drawn before it.
        let from_right =
            letters.get(at).is_some_and(|(glyph, _)| page.shown(glyph).chars().any(bidi::is_right_to_left));
        let place = if from_right { at } else { (at + 1).min(letters.len()) };
        letters.insert(place, mark);
    }
    *glyphs = letters;
}

/// The widest gap between two glyphs of one cell.
fn cell_gap(inked: &[(Glyph, bool)], size: f32) -> f32 {
    let mut gaps: Vec<f32> =
        inked.windows(2).map(|pair| pair[1].0.left - pair[0].0.right).filter(|gap| *gap > WORD * size).collect();
    gaps.sort_by(f32::total_cmp);
    // Where no gap is one between words, all part cells.
    let usual = if gaps.len() > 1 { gaps[gaps.len() / 4].min(WIDEST_WORD * size) } else { 0.0 };
    (CELL * size).max(CELL_IN_GAPS * usual)
}

/// A glyph of a cell, or the blank that a gap is.
#[derive(Clone, Copy)]
struct Item<'p> {
    shown: &'p str,
    size: f32,
    weight: u16,
    is_raised: bool,
}

/// A cell of glyphs from left to right; `None` where they show nothing but blanks.
fn cell(page: &Page, mut glyphs: Vec<(Glyph, bool)>, size: f32, has_blanks: bool, from_right: bool) -> Option<Cell> {
    let is_inked = |(glyph, _): &(Glyph, bool)| !is_blank(page, glyph);
    let (first, last) = (glyphs.iter().position(is_inked)?, glyphs.iter().rposition(is_inked)?);
    glyphs.truncate(last + 1);
    glyphs.drain(..first);
    let left = glyphs[0].0.left;
    let right = glyphs.iter().map(|(glyph, _)| glyph.right).fold(left, f32::max);
    let mut items = with_blanks(page, &glyphs, size, has_blanks);
    bidi::reorder(&mut items, |item| item.shown, from_right);
    let mut pieces: Vec<Piece> = Vec::new();
    for item in items {
        // The mark that a footnote begins with stands apart from its words.
        let behind_mark = pieces.len() == 1 && pieces[0].is_raised && !item.is_raised;
        if let Some(piece) = pieces.last_mut().filter(|piece| behind_mark && !piece.text.ends_with(' ')) {
            piece.text.push(' ');
        }
        match pieces.last_mut() {
            Some(piece) if item.shown == " " => {
                if !piece.text.ends_with(' ') {
                    piece.text.push(' ');
                }
            }
            Some(piece) if (piece.size, piece.weight, piece.is_raised) == (item.size, item.weight, item.is_raised) => {
                piece.text.push_str(item.shown);
            }
            _ => {
                let Item { shown, size, weight, is_raised } = item;
                pieces.push(Piece { text: shown.to_owned(), size, weight, is_raised });
            }
        }
    }
    if from_right {
        pieces.iter_mut().for_each(|piece| bidi::mend_brackets(&mut piece.text));
    }
    Some(Cell { left, right, pieces })
}

/// The glyphs of a cell, from left to right, with one blank for each gap and for each run of glyphs for blanks.
fn with_blanks<'p>(page: &'p Page, glyphs: &[(Glyph, bool)], size: f32, has_blanks: bool) -> Vec<Item<'p>> {
    let mut items: Vec<Item<'p>> = Vec::with_capacity(glyphs.len() + glyphs.len() / 4);
    let mut last: Option<Glyph> = None;
    for (at, (glyph, is_raised)) in glyphs.iter().enumerate() {
        let shown = page.shown(glyph);
        let item =
            Item { shown, size: (glyph.size * 10.0).round() / 10.0, weight: glyph.weight, is_raised: *is_raised };
        let blank = Item { shown: " ", ..item };
        let is_behind_blank = items.last().is_some_and(|item| item.shown == " ");
        if is_blank(page, glyph) {
            if !is_behind_blank {
                items.push(blank);
            }
        } else if !is_stretch(page, glyphs, at) {
            let gap = last.map_or(0.0, |last| glyph.left - last.right);
            let before = last.and_then(|last| page.shown(&last).chars().next_back());
            // A mark stands behind its word, however far it was moved.
            if !is_raised && !is_behind_blank && parts(before, shown, gap / size, has_blanks) {
                items.push(blank);
            }
            items.push(item);
        }
        last = Some(*glyph);
    }
    items
}

/// Whether a glyph stretches Arabic letters: one without characters, between two letters that it touches.
fn is_stretch(page: &Page, glyphs: &[(Glyph, bool)], at: usize) -> bool {
    let is_unknown = |at: usize| page.shown(&glyphs[at].0) == UNKNOWN;
    if !is_unknown(at) {
        return false;
    }
    let letter = |found: Option<usize>| found.is_some_and(|at| page.shown(&glyphs[at].0).chars().any(bidi::is_arabic));
    letter((0..at).rev().find(|at| !is_unknown(*at))) && letter((at + 1..glyphs.len()).find(|at| !is_unknown(*at)))
}

/// Whether a gap, in sizes, between a character and the next glyph is a blank.
fn parts(before: Option<char>, shown: &str, gap: f32, has_blanks: bool) -> bool {
    let (Some(before), Some(after)) = (before, shown.chars().next()) else { return false };
    if before == ' ' {
        return false;
    }
    let is_unspaced = chars::is_unspaced(before) || chars::is_unspaced(after);
    gap > if is_unspaced {
        UNSPACED
    } else if has_blanks {
        WORD_BESIDE_BLANKS
    } else {
        WORD
    }
}
