//! Pipe tables: a row of dashes under the first row, a clause a row, a cell where its column is.

use super::inline;
use super::references::References;
use crate::ingest::layout::Element;
use crate::ingest::sheet::Sheet;
use crate::statement::Why;

/// How many of these lines are a table.
pub(super) fn rows(lines: &[&str]) -> Option<usize> {
    let (head, rule) = (lines.first()?, lines.get(1)?);
    let is_table = head.contains('|') && is_delimiter(rule) && cells(head).len() == cells(rule).len();
    if !is_table {
        return None;
    }
    let more = lines[2..].iter().take_while(|line| line.contains('|') && !line.trim().is_empty()).count();
    Some(2 + more)
}

/// Whether a line parts the head of a table from its rows: `| --- | :-: |`.
pub(super) fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('|')
        && line.contains('-')
        && cells(line).iter().all(|cell| {
            let cell = cell.trim_start_matches(':').trim_end_matches(':');
            !cell.is_empty() && cell.bytes().all(|byte| byte == b'-')
        })
}

/// The cells of a row. A bar behind a backslash is a character, and so is one in code.
fn cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let (mut cells, mut from, mut escaped, mut code) = (Vec::new(), 0, false, false);
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '`' => code = !code,
            '|' if !code => {
                cells.push(line[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    if from < line.len() {
        cells.push(line[from..].trim());
    }
    cells
}

/// Writes the rows of a table.
pub(super) fn write<'t>(lines: &[&'t str], first: usize, references: &References<'t>, sheet: &mut Sheet) {
    for (place, line) in lines.iter().enumerate() {
        sheet.line = first + place;
        if place == 1 {
            sheet.leave_out(Why::Formatting, line.trim());
            sheet.end_line();
            continue;
        }
        sheet.leave_out(Why::Formatting, "|");
        sheet.begin(Element { tag: Some("tr".into()), is_whole: true, ..Element::default() });
        for (column, cell) in cells(line).into_iter().enumerate() {
            if cell.is_empty() {
                continue;
            }
            let start = sheet.next_cell();
            let mut at = 0;
            for mark in inline::marks(cell, references).marks {
                sheet.say(&cell[at..mark.range.start]);
                match mark.act {
                    inline::Act::Break => sheet.say(" "),
                    _ => inline::apply(&mark, &cell[mark.range.clone()], sheet),
                }
                at = mark.range.end;
            }
            sheet.say(&cell[at..]);
            sheet.cell(start, column);
        }
        sheet.end_line();
        sheet.end();
    }
}
