//! The view side by side: before on the left, after on the right, clause beside clause.
//!
//! Each clause is set in its half with the edits of its side in it. A row is padded by the columns that are seen, so the
//! rule between the halves stays straight with Chinese characters, with marks on letters and with colour.

use std::fmt::Write as _;

use super::inline;
use super::lines::{aside, clauses_of, edited, equal, heading, pointer, reasons_below};
use super::outline::{Step, outline};
use super::side_texts::side_texts;
use crate::change::{Change, Comparison};
use crate::record::Document;
use crate::report::terminal::{
    look::Look,
    paint::{CellLine, Style, cell, painted},
};
use crate::statement::Clause;
use crate::text::Pair;

/// What stands between the halves.
const RULE: &str = " │ ";
/// The columns it takes.
const RULE_COLUMNS: usize = 3;

/// All changes.
pub(super) fn changes(out: &mut String, comparison: &Comparison, sides: Pair<&Document>, look: Look) {
    let texts = clauses_of(sides);
    let half = Look { width: look.width.saturating_sub(RULE_COLUMNS) / 2, ..look };
    let steps = outline(comparison, look.verbose);
    if !steps.is_empty() {
        out.push('\n');
        rows(out, Pair::from_fn(|side| cell(half, |line| line.push(side.name(), Style::Faint))), half);
    }
    for step in steps {
        match step {
            Step::Equal(run) => aside(out, look, |line| equal(line, &run, texts.after)),
            Step::Gone(change) => aside(out, look, |line| pointer(line, change, texts, Style::Plain)),
            Step::Change(change) => {
                out.push('\n');
                heading(out, change, sides, look);
                rows(out, cells(change, texts, half), half);
                reasons_below(out, change, look);
            }
        }
    }
}

/// The clauses of a change, one below the other on each side.
fn cells(change: &Change, texts: Pair<&[Clause]>, half: Look) -> Pair<Vec<CellLine>> {
    let stretches = side_texts(change, texts);
    Pair::from_fn(|side| {
        let label_style = if change.renumbered { edited(side) } else { Style::Plain };
        let mut lines = Vec::new();
        for (at, stretches) in change.clauses[side].iter().zip(&stretches[side]) {
            lines.extend(cell(half, |paragraph| {
                if let Some(label) = at.of(texts[side]).and_then(|clause| clause.label.as_deref()) {
                    paragraph.push(label, label_style);
                    paragraph.push(" ", Style::Plain);
                }
                inline::text(stretches, paragraph);
            }));
        }
        lines
    })
}

/// Lines of both sides beside each other.
fn rows(out: &mut String, lines: Pair<Vec<CellLine>>, half: Look) {
    let rule = painted(RULE, Style::Faint, half);
    let empty = CellLine::default();
    for at in 0..lines.before.len().max(lines.after.len()) {
        let left = lines.before.get(at).unwrap_or(&empty);
        let right = lines.after.get(at).unwrap_or(&empty);
        let gap = " ".repeat(half.width.saturating_sub(left.columns));
        let row = format!("{}{gap}{rule}{}", left.text, right.text);
        let _ = writeln!(out, "{}", row.trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_stays_straight() {
        let half = Look { width: 10, color: false, verbose: false };
        let set = |text: &str| cell(half, |paragraph| paragraph.push(text, Style::Plain));
        let mut out = String::new();
        rows(&mut out, Pair::new(set("中文 e\u{301}a نص one"), set("one")), half);
        rows(&mut out, Pair::new(Vec::new(), set("added")), half);
        rows(&mut out, Pair::new(set("removed"), Vec::new()), half);
        assert_eq!(out, "中文 e\u{301}a نص │ one\none        │\n           │ added\nremoved    │\n");
    }
}
