//! The inline view: each text once, with what was removed and added in it.

use super::lines::{aside, clauses_of, edited, equal, heading, pointer, reasons_below};
use super::outline::{Step, outline};
use crate::change::{Change, Comparison};
use crate::record::Document;
use crate::report::stretch::{Stretch, shortened, stretches};
use crate::report::telling::labels;
use crate::report::terminal::{
    look::Look,
    paint::{Paragraph, Style},
};
use crate::text::Pair;

/// Columns of unchanged text that are kept on each side of an edit.
const CONTEXT: usize = 48;

/// All changes.
pub(super) fn changes(out: &mut String, comparison: &Comparison, sides: Pair<&Document>, look: Look) {
    let texts = clauses_of(sides);
    for step in outline(comparison, look.verbose) {
        match step {
            Step::Equal(run) => aside(out, look, |line| equal(line, &run, texts.after)),
            Step::Gone(change) => aside(out, look, |line| pointer(line, change, texts, Style::Plain)),
            Step::Change(change) => self::change(out, change, sides, look),
        }
    }
}

fn change(out: &mut String, change: &Change, sides: Pair<&Document>, look: Look) {
    let texts = clauses_of(sides);
    out.push('\n');
    heading(out, change, sides, look);
    if change.renumbered {
        let mut paragraph = Paragraph::new(out, look, 4);
        paragraph.push("label ", Style::Faint);
        for (side, clauses) in texts.each() {
            let labels = labels(clauses, &change.clauses[side]);
            if !labels.is_empty() {
                paragraph.push(&labels, edited(side));
            }
        }
        paragraph.end();
    }
    let mut paragraph = Paragraph::new(out, look, 4);
    text(&shortened(&stretches(change, texts), CONTEXT), &mut paragraph);
    paragraph.end();
    reasons_below(out, change, look);
}

/// The text of a change with its edits in it.
pub(super) fn text(stretches: &[Stretch<'_>], paragraph: &mut Paragraph<'_>) {
    for (at, stretch) in stretches.iter().enumerate() {
        match *stretch {
            Stretch::Same(text) => paragraph.push(text, Style::Plain),
            Stretch::Removed(text, _) => paragraph.push(text, Style::Removed),
            Stretch::Added(text, _) => paragraph.push(text, Style::Added),
            Stretch::Joined => paragraph.push("¶", Style::Removed),
            Stretch::Parted => paragraph.push("¶", Style::Added),
            Stretch::Gap => {
                paragraph.push(if at > 0 { " " } else { "" }, Style::Plain);
                paragraph.push("…", Style::Faint);
                paragraph.push(if at + 1 < stretches.len() { " " } else { "" }, Style::Plain);
            }
        }
    }
}
