//! A comparison: both sides, counts, then every change with its text.

use std::fmt::Write as _;

use super::{
    Look,
    paint::{Paragraph, Style, columns, painted},
};
use crate::change::{Change, Comparison, Tier, Verdict};
use crate::report::{
    Document, Summary,
    facts::facts,
    stretch::{Stretch, shortened, stretches},
    telling::{classes, counted, labels, place, words},
};
use crate::statement::Clause;
use crate::text::Pair;

/// Columns of the first word of a line in the head.
const LABEL: usize = 9;
/// Columns of unchanged text that are kept on each side of an edit.
const CONTEXT: usize = 48;

/// Renders a comparison; with `stat` only its head.
#[must_use]
pub fn diff(sides: Pair<&Document>, comparison: &Comparison, stat: bool, look: Look) -> String {
    let mut out = String::new();
    side(&mut out, "before", sides.before, look);
    side(&mut out, "after", sides.after, look);
    out.push('\n');
    counts(&mut out, comparison, look);
    if !stat {
        let texts = sides.map(|side| side.statement().clauses.as_slice());
        for shown in
            comparison.changes.iter().filter(|change| look.verbose && change.tier.is_some() || !change.is_plain())
        {
            change(&mut out, shown, texts, look);
        }
    }
    closing(&mut out, comparison, look);
    out
}

fn row(out: &mut String, label: &str, text: &str, style: Style, look: Look) {
    let gap = " ".repeat(LABEL.saturating_sub(columns(label)));
    let _ = write!(out, "{}{gap}", painted(label, Style::Faint, look));
    let mut paragraph = Paragraph::hanging(out, look, LABEL);
    paragraph.push(text, style);
    paragraph.end();
}

fn side(out: &mut String, label: &str, document: &Document, look: Look) {
    row(out, label, document.name(), Style::Bold, look);
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
    let style = match comparison.verdict {
        Verdict::Changed(tier) => tier_style(tier),
        Verdict::Identical => Style::Bold,
    };
    row(out, "verdict", comparison.verdict.name(), style, look);
    row(out, "clauses", &summary.relations_in_words(), Style::Plain, look);
    let tiers = counted(summary.tiers.iter().map(|(tier, count)| (tier.name(), *count)));
    let classes = counted(summary.classes.iter().map(|(class, count)| (class.name(), *count)));
    for (label, counts) in [("tiers", tiers), ("classes", classes)] {
        if !counts.is_empty() {
            row(out, label, &counts, Style::Plain, look);
        }
    }
}

fn closing(out: &mut String, comparison: &Comparison, look: Look) {
    let layout = comparison.changes.iter().filter(|change| change.is_plain() && change.tier.is_some()).count();
    let mut notes = Vec::new();
    if layout > 0 && !look.verbose {
        let clauses = if layout == 1 { "1 clause differs" } else { &format!("{layout} clauses differ") };
        notes.push(format!("{clauses} in layout only; --verbose lists them."));
    }
    if comparison.skipped > 0 {
        notes.push(format!(
            "{} comparisons of clauses were left out: a move or a split may be told as deleted and inserted.",
            comparison.skipped
        ));
    }
    if comparison.verdict == Verdict::Identical {
        notes.push("Both sides say the same, clause by clause.".to_owned());
    }
    for note in notes {
        out.push('\n');
        let mut paragraph = Paragraph::new(out, look, 0);
        paragraph.push(&note, Style::Faint);
        paragraph.end();
    }
}

const fn tier_style(tier: Tier) -> Style {
    match tier {
        Tier::Substantive => Style::Grave,
        Tier::Review => Style::Weighed,
        Tier::Editorial | Tier::Invisible => Style::Plain,
    }
}

fn change(out: &mut String, change: &Change, texts: Pair<&[Clause]>, look: Look) {
    out.push('\n');
    heading(out, change, texts, look);
    if change.renumbered {
        let mut paragraph = Paragraph::new(out, look, 4);
        paragraph.push("label ", Style::Faint);
        for (clauses, places, style) in
            [(texts.before, &change.before, Style::Removed), (texts.after, &change.after, Style::Added)]
        {
            let labels = labels(clauses, places);
            if !labels.is_empty() {
                paragraph.push(&labels, style);
            }
        }
        paragraph.end();
    }
    let mut paragraph = Paragraph::new(out, look, 4);
    inline(&shortened(&stretches(change, texts.before, texts.after), CONTEXT), &mut paragraph);
    paragraph.end();
    for edit in &change.edits {
        for reason in edit.reasons.iter().filter(|reason| look.verbose || reason.evidence.is_some()) {
            let mut paragraph = Paragraph::new(out, look, 6);
            paragraph.push(&format!("{} · {} · ", edit.op.name(), reason.rule), Style::Faint);
            paragraph.push(reason.tier.name(), tier_style(reason.tier));
            if let Some(evidence) = &reason.evidence {
                paragraph.push(&format!(" · {evidence}"), Style::Plain);
            }
            paragraph.end();
        }
    }
}

/// `substantive  operative 7 → operative 8: modified, moved (number, typography)`
fn heading(out: &mut String, change: &Change, texts: Pair<&[Clause]>, look: Look) {
    let (tier, style) = change.tier.map_or(("unweighed", Style::Plain), |tier| (tier.name(), tier_style(tier)));
    let mut paragraph = Paragraph::new(out, look, 0);
    paragraph.push(tier, style);
    paragraph.push("  ", Style::Plain);
    paragraph.push(&place(change, texts), Style::Bold);
    paragraph.push(&format!(": {}", words(change)), Style::Plain);
    if !change.classes.is_empty() {
        paragraph.push(&format!(" ({})", classes(change)), Style::Faint);
    }
    paragraph.end();
}

/// The text of a change with its edits in it.
fn inline(stretches: &[Stretch<'_>], paragraph: &mut Paragraph<'_>) {
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
