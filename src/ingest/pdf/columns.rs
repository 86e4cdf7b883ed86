//! The order in which the lines of a page are read: from the top, and where text stands in two columns, one after the
//! other.
//!
//! Two columns show by a gutter that no line crosses, over several lines, with text on both sides of it that fills its side.
//! A table has gutters too, but its cells do not fill them: what stands in one of its rows stays together. Linear in the
//! lines times the gutters that are tried.

use super::lines::Line;
use super::page::Turn;

/// Fewest lines on each side of a gutter.
const LINES: usize = 6;
/// Least width of a gutter, in sizes of the text.
const GUTTER: f32 = 0.9;
/// Least share of the text's width that a column has, in hundredths.
const COLUMN: f32 = 0.28;
/// How much of its column a line has to fill, and how many of ten lines do.
const FULL: f32 = 0.82;
const FULL_OF_TEN: usize = 5;

/// Puts the lines of a page in the order of reading; what is not upright goes behind what is.
pub(super) fn in_reading_order(lines: Vec<Line>) -> Vec<Line> {
    let (mut upright, turned): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.turn == Turn::Upright);
    upright.sort_by(|one, other| one.base.total_cmp(&other.base));
    let mut ordered = Vec::with_capacity(upright.len() + turned.len());
    let left = upright.iter().map(Line::left).fold(f32::MAX, f32::min);
    let right = upright.iter().map(Line::right).fold(0.0, f32::max);
    let gutters = gutters(&upright, left, right);
    let mut rest = upright.into_iter().peekable();
    while let Some(line) = rest.next() {
        let crossing = gutters.iter().find(|gutter| gutter.first == line.base);
        let Some(gutter) = crossing else {
            ordered.push(line);
            continue;
        };
        let mut block = vec![line];
        while let Some(next) = rest.next_if(|next| next.base <= gutter.last) {
            block.push(next);
        }
        let (mut one, mut other) = (Vec::new(), Vec::new());
        for line in block {
            let (before, behind) = split(line, gutter.middle);
            one.extend(before);
            other.extend(behind);
        }
        let from_right = one.iter().chain(&other).filter(|line| line.from_right).count() * 2 > one.len() + other.len();
        let (first, second) = if from_right { (other, one) } else { (one, other) };
        ordered.extend(first);
        ordered.extend(second);
    }
    ordered.extend(turned);
    ordered
}

/// What stands left of a gutter, and what right of it.
fn split(line: Line, middle: f32) -> (Option<Line>, Option<Line>) {
    let (left, right) = line.cells.iter().cloned().partition(|cell| cell.left < middle);
    let part =
        |cells: Vec<super::lines::Cell>| Some(Line { cells, ..line.clone() }).filter(|line| !line.cells.is_empty());
    (part(left), part(right))
}

/// A gutter, and the base lines between which it runs.
#[derive(Clone, Copy, Debug)]
struct Gutter {
    first: f32,
    last: f32,
    middle: f32,
}

/// The gutters of a page, from the top, none beside another.
fn gutters(lines: &[Line], left: f32, right: f32) -> Vec<Gutter> {
    let mut found: Vec<Gutter> = Vec::new();
    let mut at = 0;
    while at + LINES <= lines.len() {
        match gutter_from(&lines[at..], left, right) {
            Some((gutter, len)) => {
                found.push(gutter);
                at += len;
            }
            None => at += 1,
        }
    }
    found
}

/// The gutter that begins with the first of some lines, and how many lines it runs along.
fn gutter_from(lines: &[Line], left: f32, right: f32) -> Option<(Gutter, usize)> {
    let first = &lines[0];
    // It begins beside a line that stands on one side, or between the cells of one.
    let starts = first.cells.iter().map(|cell| cell.left).chain(lines.iter().take(3).map(Line::left));
    let width = right - left;
    let candidate = |start: f32| start > left + COLUMN * width && start < right - COLUMN * width;
    starts.filter(|start| candidate(*start)).find_map(|start| {
        let middle = start - GUTTER * first.size / 2.0;
        let crosses = |line: &&Line| {
            line.cells.iter().any(|cell| {
                cell.left < middle - GUTTER * line.size / 2.0 + 0.1
                    && cell.right > middle - GUTTER * line.size / 2.0 + 0.1
                    || cell.left < middle && cell.right > middle
            })
        };
        let len = lines.iter().take_while(|line| !crosses(line)).count();
        let own = &lines[..len];
        // The edges of what stands on one side of each line, and whether that is one cell: a row of a table has several.
        let side = |is_left: bool| -> Vec<(f32, f32, bool)> {
            let edges = own.iter().filter_map(|line| {
                let mine = line.cells.iter().filter(|cell| (cell.left < middle) == is_left);
                let edges = mine.map(|cell| (cell.left, cell.right, true));
                edges.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1), false))
            });
            edges.collect()
        };
        let fills = |side: &[(f32, f32, bool)]| {
            let from = side.iter().map(|edges| edges.0).fold(f32::MAX, f32::min);
            let to = side.iter().map(|edges| edges.1).fold(0.0, f32::max);
            let full = side.iter().filter(|edges| edges.2 && edges.1 - edges.0 >= FULL * (to - from)).count();
            side.len() >= LINES && to - from >= COLUMN * width && full * 10 >= side.len() * FULL_OF_TEN
        };
        let last = own.last()?.base;
        (fills(&side(true)) && fills(&side(false))).then_some((Gutter { first: first.base, last, middle }, len))
    })
}
