//! Lines that several views have: facts of the head, the heading of a change, its reasons, what stands between changes.

use std::fmt::Write as _;

use super::outline::ends;
use crate::change::{Change, Comparison, Tier, Verdict};
use crate::record::Document;
use crate::report::telling::{addresses, classes, pages, unclassified};
use crate::report::terminal::{
    look::Look,
    paint::{Paragraph, Style, columns, painted},
};
use crate::statement::Clause;
use crate::text::{Pair, Side};

/// Columns of the first word of a line in the head.
pub(super) const LABEL: usize = 9;

/// A line of the head: what it tells, and the text.
pub(super) fn row(out: &mut String, label: &str, text: &str, style: Style, look: Look) {
    let gap = " ".repeat(LABEL.saturating_sub(columns(label)));
    let _ = write!(out, "{}{gap}", painted(label, Style::Faint, look));
    let mut paragraph = Paragraph::hanging(out, look, LABEL);
    paragraph.push(text, style);
    paragraph.end();
}

/// What a reader of the changes has to know besides.
pub(super) fn notes(sides: Pair<&Document>, comparison: &Comparison, look: Look) -> Vec<String> {
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
    notes.extend(unclassified(sides, comparison));
    if comparison.verdict == Verdict::Identical {
        notes.push("Both sides say the same, clause by clause.".to_owned());
    }
    notes
}

/// How a verdict looks.
pub(super) const fn verdict_style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Changed(tier) => tier_style(tier),
        Verdict::Identical => Style::Bold,
    }
}

/// How a tier looks.
pub(super) const fn tier_style(tier: Tier) -> Style {
    match tier {
        Tier::Substantive => Style::Grave,
        Tier::Review => Style::Weighed,
        Tier::Editorial | Tier::Invisible => Style::Plain,
    }
}

/// `substantive  operative 7 → operative 8: modified (number, typography), page 2`
pub(super) fn heading(out: &mut String, change: &Change, sides: Pair<&Document>, look: Look) {
    let (texts, pages) = (clauses_of(sides), pages(sides, change));
    let (tier, style) = tier_of(change);
    let sides = texts.zip(change.clauses.as_ref());
    let Pair { before, after } = sides.map(|(clauses, places)| addresses(clauses, places));
    let mut paragraph = Paragraph::new(out, look, 0);
    paragraph.push(tier, style);
    paragraph.push("  ", Style::Plain);
    // Where a moved clause was is told by its relation.
    if before != after && !before.is_empty() && !change.moved {
        paragraph.push(&before, Style::Bold);
        paragraph.push(if after.is_empty() { "" } else { " → " }, Style::Plain);
    }
    paragraph.push(&after, Style::Bold);
    paragraph.push(&format!(": {}", relation(change, texts)), Style::Plain);
    if !change.classes.is_empty() {
        paragraph.push(&format!(" ({})", classes(change)), Style::Faint);
    }
    if let Some(pages) = pages {
        paragraph.push(&format!(", {pages}"), Style::Faint);
    }
    paragraph.end();
}

/// The clauses of both sides.
pub(super) fn clauses_of(sides: Pair<&Document>) -> Pair<&[Clause]> {
    sides.map(|side| side.statement().clauses.as_slice())
}

/// The tier of a change by name, and how it looks.
pub(super) fn tier_of(change: &Change) -> (&'static str, Style) {
    change.tier.map_or(("unweighed", Style::Plain), |tier| (tier.name(), tier_style(tier)))
}

/// `modified, moved from operative 7, renumbered`
pub(super) fn relation(change: &Change, texts: Pair<&[Clause]>) -> String {
    let mut words = vec![change.relation.name().to_owned()];
    words.extend(change.moved.then(|| format!("moved from {}", addresses(texts.before, &change.clauses.before))));
    words.extend(change.renumbered.then(|| "renumbered".to_owned()));
    words.join(", ")
}

/// `operative 7: moved to operative 9`
pub(super) fn pointer(paragraph: &mut Paragraph<'_>, change: &Change, texts: Pair<&[Clause]>, style: Style) {
    paragraph.push(&addresses(texts.before, &change.clauses.before), Style::Place);
    paragraph.push(": moved to ", style);
    paragraph.push(&addresses(texts.after, &change.clauses.after), Style::Place);
}

/// Why the edits of a change are of their classes: what the rules saw, or with `verbose` every rule.
pub(super) fn reasons(change: &Change, verbose: bool) -> impl Iterator<Item = (String, Tier, Option<&str>)> {
    let of_all = change.edits.iter().flat_map(|edit| edit.reasons.iter().map(move |reason| (edit, reason)));
    of_all.filter(move |(_, reason)| verbose || reason.evidence.is_some()).map(|(edit, reason)| {
        (format!("{} · {} · ", edit.op.name(), reason.rule), reason.tier, reason.evidence.as_deref())
    })
}

/// The reasons of a change below its text.
pub(super) fn reasons_below(out: &mut String, change: &Change, look: Look) {
    for (rule, tier, evidence) in reasons(change, look.verbose) {
        let mut paragraph = Paragraph::new(out, look, 6);
        paragraph.push(&rule, Style::Faint);
        paragraph.push(tier.name(), tier_style(tier));
        if let Some(evidence) = evidence {
            paragraph.push(&format!(" · {evidence}"), Style::Plain);
        }
        paragraph.end();
    }
}

/// `12 clauses equal: ¶3–¶14`
pub(super) fn equal(paragraph: &mut Paragraph<'_>, run: &[&Change], after: &[Clause]) {
    let count: usize = run.iter().map(|change| change.clauses.after.len()).sum();
    let (first, last) = ends(run, after);
    let clauses = if count == 1 { "clause" } else { "clauses" };
    paragraph.push(&format!("{count} {clauses} equal: "), Style::Faint);
    paragraph.push(&first, Style::Place);
    if first != last {
        paragraph.push("–", Style::Faint);
        paragraph.push(&last, Style::Place);
    }
}

/// How what only one side has looks.
pub(super) const fn edited(side: Side) -> Style {
    match side {
        Side::Before => Style::Removed,
        Side::After => Style::Added,
    }
}

/// A line between changes.
pub(super) fn aside(out: &mut String, look: Look, fill: impl FnOnce(&mut Paragraph<'_>)) {
    out.push('\n');
    let mut paragraph = Paragraph::new(out, look, 0);
    fill(&mut paragraph);
    paragraph.end();
}
