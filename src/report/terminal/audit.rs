//! An audit: a table of results, the findings below it, one closing line.

use std::fmt::Write as _;

use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};

use super::{
    look::Look,
    paint::{Paragraph, Style, columns, painted},
};
use crate::audit::{Audit, Finding, Outcome};
use crate::change::Tier;
use crate::report::visible::visible;
use crate::statement::StatedClaim;

/// Columns that the claim, the verdict, the result and the space around them take at least.
const OTHER_COLUMNS: usize = 48;

/// Renders an audit.
#[must_use]
pub(super) fn audit(audit: &Audit, look: Look) -> String {
    let mut out = String::new();
    if audit.results.is_empty() {
        out.push_str("No version here follows another or claims to: there is nothing to hold against a claim.\n");
        return out;
    }
    let _ = writeln!(out, "{}", table(audit, look));
    for outcome in audit.results.iter().filter(|outcome| !outcome.passes()) {
        findings(&mut out, outcome, look);
    }
    for waived in &audit.waived {
        let (policy, message) = (waived.finding.policy, visible(&waived.finding.message));
        let after = painted(&waived.after, Style::Bold, look);
        let _ = writeln!(out, "\n{after}\n  {policy} let pass until {}: {message}", waived.expires);
        let _ = writeln!(out, "  because: {}", visible(&waived.reason));
    }
    closing(&mut out, audit, look);
    out
}

fn table(audit: &Audit, look: Look) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(look.width).unwrap_or(u16::MAX));
    table.set_header(["version", "claim", "verdict", "result"]);
    let mut widest = 0;
    for outcome in &audit.results {
        let lines = version(outcome).map(|line| visible(&line).into_owned());
        widest = lines.iter().map(|line| columns(line)).max().unwrap_or(0).max(widest);
        table.add_row([
            lines.join("\n"),
            visible(outcome.claim.as_ref().map(StatedClaim::words).unwrap_or("–")).into_owned(),
            outcome.verdict.map_or("–", |verdict| verdict.name()).to_owned(),
            if outcome.passes() { "passes" } else { "fails" }.to_owned(),
        ]);
    }
    // Names of works have no spaces to break at; the claim has.
    if widest + OTHER_COLUMNS <= look.width {
        table.set_constraints([ColumnConstraint::ContentWidth]);
    }
    table.trim_fmt()
}

/// The work, and below it both versions; two files below each other.
fn version(outcome: &Outcome) -> [String; 2] {
    let short = |reference: &str| {
        Some(reference.split_once(outcome.work.as_deref()?)?.1.split_once('~')?.0.trim_start_matches('@').to_owned())
    };
    let before = outcome.before.as_deref();
    match (&outcome.work, short(&outcome.after)) {
        (Some(work), Some(after)) => {
            let before = before
                .map_or_else(|| "not held".to_owned(), |before| short(before).unwrap_or_else(|| before.to_owned()));
            [work.clone(), format!("{} {before} → {after}", outcome.language.as_deref().unwrap_or_default())]
        }
        _ => [before.unwrap_or("not held").to_owned(), format!("→ {}", outcome.after)],
    }
}

fn findings(out: &mut String, outcome: &Outcome, look: Look) {
    let _ = writeln!(out, "\n{}", painted(&outcome.after, Style::Bold, look));
    for finding in &outcome.findings {
        self::finding(out, finding, look);
    }
}

fn finding(out: &mut String, finding: &Finding, look: Look) {
    let mut paragraph = Paragraph::new(out, look, 2);
    paragraph.push(finding.policy, Style::Faint);
    if let Some(tier) = finding.tier {
        paragraph.push(" ", Style::Plain);
        paragraph.push(tier.name(), if tier == Tier::Substantive { Style::Grave } else { Style::Weighed });
    }
    if let Some(address) = &finding.address {
        paragraph.push(" ", Style::Plain);
        paragraph.push(address, Style::Bold);
    }
    paragraph.push(&format!(": {}", finding.message), Style::Plain);
    paragraph.end();
}

fn closing(out: &mut String, audit: &Audit, look: Look) {
    let all = audit.results.len();
    let failing = audit.results.iter().filter(|outcome| !outcome.passes()).count();
    let versions = if all == 1 { "version" } else { "versions" };
    let text = match failing {
        0 => format!("{all} {versions} checked: all keep to the policy."),
        _ => format!(
            "{all} {versions} checked: {} to the policy, {failing} {}.",
            keep(all - failing),
            if failing == 1 { "does not" } else { "do not" }
        ),
    };
    let _ = writeln!(out, "\n{}", painted(&text, if failing == 0 { Style::Plain } else { Style::Grave }, look));
}

fn keep(count: usize) -> String {
    if count == 1 { "1 keeps".to_owned() } else { format!("{count} keep") }
}
