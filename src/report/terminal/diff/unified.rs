//! The unified view, for pipes, mail and grep: a hunk for each change, a line for each clause.
//!
//! `@@ before → after @@ tier: relation (classes)` begins a hunk; `-` begins a clause before, `+` one after, a space one
//! that both sides have, and `\\` what is said about the clauses. Equal clauses are left out.

use std::fmt::Write as _;

use super::lines::{clauses_of, pointer, reasons, relation, tier_of};
use super::outline::{Step, outline};
use super::side_texts::side_texts;
use crate::change::{Change, Comparison, Relation};
use crate::record::Document;
use crate::report::stretch::Stretch;
use crate::report::telling::{addresses, classes, pages};
use crate::report::terminal::{
    look::Look,
    paint::{Paragraph, Style},
};
use crate::statement::{Clause, ClauseIndex};
use crate::text::Pair;

/// What stands for the address of a side that has no clause.
const NONE: &str = "–";

/// How a line begins, and how its text and the label of its clause look.
struct Line {
    sign: &'static str,
    style: Style,
    label: Style,
}

const BEFORE: Line = Line { sign: "-", style: Style::Minus, label: Style::Plain };
const AFTER: Line = Line { sign: "+", style: Style::Plus, label: Style::Plain };
/// Lines of clauses that one side has, or that differ.
const EDITED: Pair<Line> = Pair::new(BEFORE, AFTER);
/// Lines of clauses that are the same on both sides.
const BOTH: Line = Line { sign: " ", style: Style::Plain, label: Style::Plain };
/// Lines of clauses whose labels differ.
const RENUMBERED: Pair<Line> =
    Pair { before: Line { label: Style::Removed, ..BEFORE }, after: Line { label: Style::Added, ..AFTER } };

/// All changes.
pub(super) fn changes(out: &mut String, comparison: &Comparison, sides: Pair<&Document>, wraps: bool, look: Look) {
    let texts = clauses_of(sides);
    let lines = Look { width: if wraps { look.width } else { usize::MAX }, ..look };
    for step in outline(comparison, look.verbose) {
        match step {
            Step::Equal(_) => {}
            Step::Gone(change) => {
                out.push('\n');
                note(out, lines, |line| pointer(line, change, texts, Style::Faint));
            }
            Step::Change(change) => hunk(out, change, sides, lines),
        }
    }
}

/// What a reader of the changes has to know besides, with the sign of a note, for a line of it may begin with the sign of a
/// clause.
pub(super) fn closing(out: &mut String, notes: &[String], look: Look) {
    for text in notes {
        out.push('\n');
        note(out, look, |line| line.push(text, Style::Faint));
    }
}

fn hunk(out: &mut String, change: &Change, sides: Pair<&Document>, look: Look) {
    let texts = clauses_of(sides);
    out.push('\n');
    head(out, change, sides, look);
    let stretches = side_texts(change, texts);
    if change.relation == Relation::Equal && !change.renumbered {
        clauses(out, (texts.after, &change.clauses.after), &stretches.after, &BOTH, look);
    } else {
        let lines = if change.renumbered { RENUMBERED } else { EDITED };
        for (side, stretches) in stretches.each() {
            clauses(out, (texts[side], &change.clauses[side]), &stretches, &lines[side], look);
        }
    }
    for (rule, tier, evidence) in reasons(change, look.verbose) {
        let mut text = format!("{rule}{tier}");
        if let Some(evidence) = evidence {
            let _ = write!(text, " · {evidence}");
        }
        note(out, look, |line| line.push(&text, Style::Faint));
    }
}

/// A hunk's head is one line, whatever the width: so grep finds it.
fn head(out: &mut String, change: &Change, sides: Pair<&Document>, look: Look) {
    let texts = clauses_of(sides);
    let Pair { before, after } = texts.zip(change.clauses.as_ref()).map(|(clauses, places)| match places[..] {
        [] => NONE.to_owned(),
        _ => addresses(clauses, places),
    });
    let (tier, style) = tier_of(change);
    let mut paragraph = Paragraph::new(out, Look { width: usize::MAX, ..look }, 0);
    paragraph.push("@@ ", Style::Faint);
    paragraph.push(&before, Style::Bold);
    paragraph.push(" → ", Style::Faint);
    paragraph.push(&after, Style::Bold);
    paragraph.push(" @@ ", Style::Faint);
    paragraph.push(tier, style);
    paragraph.push(&format!(": {}", relation(change, texts)), Style::Plain);
    if !change.classes.is_empty() {
        paragraph.push(&format!(" ({})", classes(change)), Style::Faint);
    }
    if let Some(pages) = pages(sides, change) {
        paragraph.push(&format!(", {pages}"), Style::Faint);
    }
    paragraph.end();
}

/// A line for each clause of a side. In a clause that came or went the sign says it all; in others edits are marked.
fn clauses(
    out: &mut String,
    (clauses, places): (&[Clause], &[ClauseIndex]),
    stretches: &[Vec<Stretch<'_>>],
    line: &Line,
    look: Look,
) {
    for (at, stretches) in places.iter().zip(stretches) {
        let whole = matches!(stretches[..], [Stretch::Removed(_, None) | Stretch::Added(_, None)]);
        let mut paragraph = Paragraph::signed(out, look, line.sign, line.style);
        if let Some(label) = at.of(clauses).and_then(|clause| clause.label.as_deref()) {
            paragraph.push(label, if whole { line.style } else { line.label });
            paragraph.push(" ", Style::Plain);
        }
        for stretch in stretches {
            match *stretch {
                Stretch::Removed(text, _) | Stretch::Added(text, _) if whole => paragraph.push(text, line.style),
                Stretch::Removed(text, _) => paragraph.push(text, Style::Removed),
                Stretch::Added(text, _) => paragraph.push(text, Style::Added),
                Stretch::Same(text) => paragraph.push(text, Style::Plain),
                Stretch::Joined | Stretch::Parted | Stretch::Gap => {}
            }
        }
        paragraph.end();
    }
}

/// What is said about clauses.
fn note(out: &mut String, look: Look, fill: impl FnOnce(&mut Paragraph<'_>)) {
    let mut paragraph = Paragraph::signed(out, look, "\\ ", Style::Faint);
    fill(&mut paragraph);
    paragraph.end();
}
