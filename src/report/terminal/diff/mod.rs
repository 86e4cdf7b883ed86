//! A comparison: both sides, counts, then every change with its text, in the view that fits its reader.

mod inline;
mod lines;
mod outline;
mod side_texts;
mod sides;
mod stat;
mod unified;

use super::{
    look::{Look, View},
    paint::{Paragraph, Style},
};
use crate::change::Comparison;
use crate::record::Document;
use crate::report::summary::Summary;
use crate::report::{facts::facts, telling::counted};
use crate::text::{Pair, Side};
use lines::{LABEL, notes, row, verdict_style};

/// Renders a comparison.
#[must_use]
pub(super) fn diff(sides: Pair<&Document>, comparison: &Comparison, view: View, look: Look) -> String {
    let mut out = String::new();
    if view == View::Stat {
        stat::stat(&mut out, sides, comparison, look);
        return out;
    }
    for (side, document) in sides.each() {
        head(&mut out, side, document, look);
    }
    out.push('\n');
    counts(&mut out, comparison, look);
    let notes = notes(sides, comparison, look);
    match view {
        View::Unified { wraps } => {
            unified::changes(&mut out, comparison, sides, wraps, look);
            unified::closing(&mut out, &notes, look);
            return out;
        }
        View::Sides => self::sides::changes(&mut out, comparison, sides, look),
        View::Inline | View::Stat => inline::changes(&mut out, comparison, sides, look),
    }
    closing(&mut out, &notes, look);
    out
}

/// What is known of the document of a side.
fn head(out: &mut String, side: Side, document: &Document, look: Look) {
    row(out, side.name(), document.name(), Style::Bold, look);
    let facts = facts(document);
    let mut paragraph = Paragraph::new(out, look, LABEL);
    for (at, (key, value)) in facts
        .iter()
        .filter(|(key, _)| !matches!(*key, "file" | "reference" | "sha256" | "encoding" | "claim in words"))
        .enumerate()
    {
        if at > 0 {
            paragraph.push(" · ", Style::Faint);
        }
        paragraph.push(key, Style::Faint);
        paragraph.push(" ", Style::Plain);
        paragraph.push(value, Style::Plain);
    }
    paragraph.end();
}

fn counts(out: &mut String, comparison: &Comparison, look: Look) {
    let summary = Summary::of(comparison);
    row(out, "verdict", comparison.verdict.name(), verdict_style(comparison.verdict), look);
    if let Some(parts) = summary.parts_in_words() {
        row(out, "parts", &parts, Style::Plain, look);
    }
    row(out, "clauses", &summary.relations_in_words(), Style::Plain, look);
    let tiers = counted(summary.tiers.iter().map(|(tier, count)| (tier.name(), *count)));
    let classes = counted(summary.classes.iter().map(|(class, count)| (class.name(), *count)));
    for (label, counts) in [("tiers", tiers), ("classes", classes)] {
        if !counts.is_empty() {
            row(out, label, &counts, Style::Plain, look);
        }
    }
}

fn closing(out: &mut String, notes: &[String], look: Look) {
    for note in notes {
        out.push('\n');
        let mut paragraph = Paragraph::new(out, look, 0);
        paragraph.push(note, Style::Faint);
        paragraph.end();
    }
}
