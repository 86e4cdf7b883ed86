//! Markdown for pull requests and job summaries of forges: the verdict and the counts, then the changes, the gravest
//! first, each folded away. It stays within the length that a forge takes for a comment.

mod escape;

use std::fmt::Write as _;

use super::summary::Summary;
use super::{
    stretch::{Stretch, shortened, stretches},
    telling::{classes, counted, labels, mark, place, unclassified, words},
};
use crate::audit::{Audit, Finding, Outcome};
use crate::change::{Change, Tier, Verdict};
use crate::report::reports::{ComparisonReport, Renderer, Report, none};
use crate::statement::{Clause, StatedClaim};
use crate::text::Pair;
use escape::{html, html_name, name, text};
use std::io::{self, Write};

/// Characters of a report. GitHub takes 65,536 in a comment, and 1 MiB in the summary of a step.
const MOST_CHARS: usize = 65_000;

/// Columns of unchanged text that are kept on each side of an edit.
const CONTEXT: usize = 120;

/// A text of limited length. What does not fit is left out whole, and so is all that follows it.
struct Page {
    out: String,
    left: usize,
    left_out: usize,
}

impl Page {
    fn new(head: String) -> Self {
        // Room for the line that says what is left out.
        let left = MOST_CHARS.saturating_sub(head.chars().count() + 200);
        Self { out: head, left, left_out: 0 }
    }

    fn push(&mut self, piece: &str) {
        let length = piece.chars().count();
        if self.left_out > 0 || length > self.left {
            self.left_out += 1;
            return;
        }
        self.left -= length;
        self.out.push_str(piece);
    }

    fn end(mut self, of: &str) -> String {
        if self.left_out > 0 {
            let _ = writeln!(self.out, "\n{} more {of} did not fit here.", self.left_out);
        }
        self.out
    }
}

/// A comparison; with `stat` only its head.
#[must_use]
pub(super) fn diff(told: &ComparisonReport<'_>, stat: bool) -> String {
    let ComparisonReport { sides, comparison, least, .. } = *told;
    let summary = Summary::of(comparison);
    let mut head = String::new();
    let _ = writeln!(head, "### {}\n", verdict(Some(comparison.verdict)));
    let _ = writeln!(head, "{} → {}\n", name(sides.before.name()), name(sides.after.name()));
    let _ = writeln!(head, "{}", summary.relations_in_words());
    if let Some(parts) = summary.parts_in_words() {
        let _ = writeln!(head, "\n{parts}");
    }
    if !summary.tiers.is_empty() {
        let _ = writeln!(head, "\n| tier | changes |\n| --- | ---: |");
        for (tier, count) in &summary.tiers {
            let _ = writeln!(head, "| {} {tier} | {count} |", mark(*tier));
        }
        let _ = writeln!(
            head,
            "\nClasses: {}",
            counted(summary.classes.iter().map(|(class, count)| (class.name(), *count)))
        );
    }
    if comparison.skipped > 0 {
        let _ = writeln!(
            head,
            "\n{} comparisons of clauses were left out: a move or a split may be told as deleted and inserted.",
            comparison.skipped
        );
    }
    if let Some(note) = unclassified(sides, comparison) {
        let _ = writeln!(head, "\n{note}");
    }
    if stat {
        return head;
    }
    let mut page = Page::new(head);
    let weighed = || comparison.changes.iter().filter_map(|change| Some((change, change.tier?)));
    let mut changes: Vec<(&Change, Tier)> = weighed().filter(|(_, tier)| *tier >= least).collect();
    changes.sort_by_key(|(change, tier)| std::cmp::Reverse((*tier, change.classes.first().copied())));
    let texts = sides.map(|side| side.statement().clauses.as_slice());
    for (change, tier) in changes {
        page.push(&self::change(change, tier, texts));
    }
    let below = weighed().filter(|(_, tier)| *tier < least).count();
    if below > 0 {
        page.push(&format!("\n{below} below {least} not listed.\n"));
    }
    page.end("changes")
}

fn change(change: &Change, tier: Tier, texts: Pair<&[Clause]>) -> String {
    let open = if tier == Tier::Substantive { " open" } else { "" };
    let mut out = format!(
        "\n<details{open}><summary>{} {tier}: <b>{}</b>, {} ({})</summary>\n\n> ",
        mark(tier),
        html(&place(change, texts)),
        words(change),
        classes(change)
    );
    if change.renumbered {
        for (side, clauses) in texts.each() {
            let labels = labels(clauses, &change.clauses[side]);
            if !labels.is_empty() {
                stretch(&mut out, Stretch::of(side, &labels, None));
                out.push(' ');
            }
        }
    }
    for piece in shortened(&stretches(change, texts), CONTEXT) {
        stretch(&mut out, piece);
    }
    out.push('\n');
    let reasons = change.edits.iter().flat_map(|edit| &edit.reasons);
    for (at, (reason, evidence)) in reasons.filter_map(|reason| Some((reason, reason.evidence.as_deref()?))).enumerate()
    {
        let gap = if at == 0 { "\n" } else { "" };
        let _ = writeln!(out, "{gap}- {} · {} · {}", text(reason.rule), reason.tier, text(evidence));
    }
    out.push_str("\n</details>\n");
    out
}

/// Marks stand between isolates that are written as references. That keeps the direction of an edit to itself; and the
/// semicolon before a mark and the ampersand behind it make it a mark wherever it stands, also between Chinese
/// characters, where Markdown wants a space or a sign beside it.
fn stretch(out: &mut String, stretch: Stretch<'_>) {
    let (mark, piece) = match stretch {
        Stretch::Same(piece) => return out.push_str(&text(piece)),
        Stretch::Gap => return out.push_str(" … "),
        Stretch::Removed(piece, _) => ("~~", piece),
        Stretch::Added(piece, _) => ("**", piece),
        Stretch::Joined => ("~~", "¶"),
        Stretch::Parted => ("**", "¶"),
    };
    let _ = write!(out, "&#x2068;{mark}{}{mark}&#x2069;", escape::marked(piece));
}

fn verdict(verdict: Option<Verdict>) -> String {
    match verdict {
        Some(Verdict::Changed(tier)) => format!("{} {tier}", mark(tier)),
        Some(Verdict::Identical) => "identical".to_owned(),
        None => "–".to_owned(),
    }
}

/// An audit: a table of the versions, those that fail first, and the findings.
#[must_use]
pub(super) fn audit(audit: &Audit) -> String {
    let (failing, kept): (Vec<&Outcome>, Vec<&Outcome>) = audit.results.iter().partition(|outcome| !outcome.passes());
    let mut head = String::new();
    let _ = writeln!(head, "### {}\n", if failing.is_empty() { "✔ audit passes" } else { "✘ audit fails" });
    let _ = writeln!(head, "{} versions checked, {} fail\n", audit.results.len(), failing.len());
    if audit.results.is_empty() {
        return head;
    }
    head.push_str("| version | claim | verdict | result |\n| --- | --- | --- | --- |\n");
    let mut page = Page::new(head);
    for outcome in failing.iter().chain(&kept) {
        page.push(&format!(
            "| {} | {} | {} | {} |\n",
            against(outcome, name),
            text(outcome.claim.as_ref().map(StatedClaim::words).unwrap_or("–")),
            verdict(outcome.verdict),
            if outcome.passes() { "✔ passes" } else { "✘ fails" }
        ));
    }
    for outcome in failing {
        page.push(&findings(outcome));
    }
    for waived in &audit.waived {
        let (policy, message) = (waived.finding.policy, text(&waived.finding.message));
        let (after, reason) = (name(&waived.after), text(&waived.reason));
        page.push(&format!("\n{after}: {policy} let pass until {}, because {reason}: {message}\n", waived.expires));
    }
    page.end("lines")
}

/// A version and the one before it.
fn against(outcome: &Outcome, name: fn(&str) -> String) -> String {
    format!("{} → {}", outcome.before.as_deref().map_or_else(|| "not held".to_owned(), name), name(&outcome.after))
}

fn findings(outcome: &Outcome) -> String {
    let mut out = format!("\n<details open><summary>✘ {}</summary>\n\n", against(outcome, html_name));
    for Finding { policy, tier, message, address, .. } in &outcome.findings {
        let _ = write!(out, "- {policy}");
        if let Some(tier) = tier {
            let _ = write!(out, " {} {tier}", mark(*tier));
        }
        if let Some(address) = address {
            let _ = write!(out, " **{}**", escape::marked(address));
        }
        let _ = writeln!(out, ": {}", text(message));
    }
    out.push_str("\n</details>\n");
    out
}

/// Markdown.
pub(super) struct MarkdownFormat {
    /// Whether only counts and the gravest changes are told.
    pub(super) is_brief: bool,
}

impl Renderer for MarkdownFormat {
    fn render(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        match report {
            Report::Comparison(report) => out.write_all(diff(report, self.is_brief).as_bytes()),
            Report::Audit(found) => out.write_all(audit(found).as_bytes()),
            other => none("Markdown", other),
        }
    }
}
