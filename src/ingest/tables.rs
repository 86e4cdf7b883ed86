//! Rows of tables that are set with blanks.
//!
//! A row shows by its gaps: runs of three and more blanks that no sentence has. One line with a gap may be anything, so
//! lines are rows where they follow each other and their cells stand below each other, or where a line has two gaps and
//! more. A cell that is left empty leaves nothing but blanks, so each row keeps the columns its cells stand in: a number
//! that moves from one column to the next is another statement. Linear in the lines of a table times its columns.

use super::lines::Line;
use crate::language::Language;
use crate::statement::number;
use crate::text::chars;

/// Blanks that part two cells.
const GAP: u16 = 3;
/// Columns by which cells that stand below each other may be off.
const OFF: u16 = 2;
/// Most cells of a row that are looked at.
const CELLS: usize = 64;

/// First and last column of a cell.
type Cell = (u16, u16);

/// The rows of a text: for each line that is one, the columns of its cells, counted from 0.
pub(super) fn rows(text: &str, lines: &[Line], language: Option<&Language>) -> Vec<Option<Vec<u8>>> {
    let mut rows = vec![None; lines.len()];
    let cells: Vec<Vec<Cell>> = lines.iter().map(|line| cells(&text[line.span.range()], line.indent)).collect();
    let labelled = |at: usize| {
        let shown = &text[lines[at].span.range()];
        cells[at].len() == 2
            && number::label(shown, language).is_some_and(|label| shown[label.len..].starts_with("   "))
    };
    let is_candidate = |at: usize| cells[at].len() > 1 && !labelled(at);
    let mut at = 0;
    while at < lines.len() {
        if !is_candidate(at) {
            at += 1;
            continue;
        }
        let (mut end, mut head) = (at + 1, at);
        while end < lines.len()
            && is_candidate(end)
            && !lines[end].page
            && (end == at + 1 && lines[end].blanks <= 1 || lines[end].blanks == lines[at + 1].blanks)
            && stands_below(&cells[head], &cells[end])
        {
            // The row with the most cells, the first of several, shows the columns.
            head = if cells[end].len() > cells[head].len() { end } else { head };
            end += 1;
        }
        if end - at > 1 {
            for row in at..end {
                rows[row] = Some(columns(&cells[head], &cells[row]));
            }
        }
        at = end;
    }
    rows
}

/// The cells of a line, as columns of the page.
fn cells(line: &str, indent: u16) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    if !line.contains("   ") && !line.contains('\t') {
        return cells;
    }
    let (mut column, mut blanks) = (indent, GAP);
    for c in line.chars() {
        let width = if c == '\t' { 4 } else { chars::columns(c).max(u16::from(chars::is_space(c))) };
        if chars::is_space(c) {
            blanks = blanks.saturating_add(if c == '\t' { GAP } else { width });
        } else if blanks >= GAP {
            if cells.len() == CELLS {
                return cells;
            }
            cells.push((column, column + width));
            blanks = 0;
        } else {
            if let Some(last) = cells.last_mut() {
                last.1 = column + width;
            }
            blanks = 0;
        }
        column = column.saturating_add(width);
    }
    cells
}

/// Whether the cells of a row stand in the columns of the rows above it, which the widest shows.
fn stands_below(head: &[Cell], row: &[Cell]) -> bool {
    let below = |cell: &Cell| {
        head.iter().any(|known| {
            cell.0.abs_diff(known.0) <= OFF
                || cell.1.abs_diff(known.1) <= OFF
                || (known.0 <= cell.1 && cell.0 <= known.1)
        })
    };
    row.iter().skip(1).all(below) && (head.len() > 2 || row.len() > 2 || row[1].0.abs_diff(head[1].0) <= OFF)
}

/// The columns of a row's cells: those of the widest row that they stand below, or all in order where it has as many.
fn columns(head: &[Cell], row: &[Cell]) -> Vec<u8> {
    let number = |at: usize| u8::try_from(at).unwrap_or(u8::MAX);
    if head.len() == row.len() {
        return (0..row.len()).map(number).collect();
    }
    let off = |cell: &Cell, known: &Cell| cell.0.abs_diff(known.0).min(cell.1.abs_diff(known.1));
    let nearest = |cell: &Cell| (0..head.len()).min_by_key(|at| (off(cell, &head[*at]), *at)).unwrap_or(0);
    row.iter().map(|cell| number(nearest(cell))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::layout::Layout;
    use crate::ingest::lines::split;

    fn read(text: &str) -> Vec<Option<Vec<u8>>> {
        rows(text, &split(text, &Layout::default()), crate::language::language("en"))
    }

    #[test]
    fn cells_stand_in_their_columns() {
        let table = "State         Missiles      Tanks     Ships\nVeltria       150                     20\nOrsania                     300       10\n";
        assert_eq!(read(table), [Some(vec![0, 1, 2, 3]), Some(vec![0, 1, 3]), Some(vec![0, 2, 3])]);
    }

    #[test]
    fn lists_and_lone_lines_are_no_tables() {
        let list = "1.    The Sides meet in Elm.\n2.    The Sides agree.\n";
        assert_eq!(read(list), [None, None]);
        assert_eq!(read("Meridian League          ML/CRS/41\n\nThe Sides agree to meet.\n"), [None, None]);
    }
}
