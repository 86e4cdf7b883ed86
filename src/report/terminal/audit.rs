//! An audit: a table of results, the findings below it, one closing line.

use std::fmt::Write as _;

use comfy_table::{ContentArrangement, Table, presets};

use super::{
    Look,
    paint::{Paragraph, Style, painted},
};
use crate::audit::{Audit, Finding, Outcome};
use crate::change::Tier;
use crate::report::visible;

/// Renders an audit.
#[must_use]
pub fn audit(audit: &Audit, look: Look) -> String {
    let mut out = String::new();
    if audit.results.is_empty() {
        out.push_str("No version here follows another or claims to: there is nothing to hold against a claim.\n");
        return out;
    }
    let _ = writeln!(out, "{}", table(audit, look));
    for outcome in audit.results.iter().filter(|outcome| !outcome.passes()) {
        findings(&mut out, outcome, look);
    }
    closing(&mut out, audit, look);
    out
}

fn table(audit: &Audit, look: Look) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(look.width).unwrap_or(u16::MAX));
    table.set_header(["version", "compared with", "claim", "verdict", "result"]);
    for outcome in &audit.results {
        table.add_row([
            visible(&outcome.after).into_owned(),
            visible(&before(outcome)).into_owned(),
            visible(outcome.claim.as_deref().unwrap_or("–")).into_owned(),
            outcome.verdict.map_or("–", |verdict| verdict.name()).to_owned(),
            if outcome.passes() { "passes" } else { "fails" }.to_owned(),
        ]);
    }
    table.trim_fmt()
}

/// The predecessor, without what it shares with the version: `@2031-04-02`.
fn before(outcome: &Outcome) -> String {
    let Some(before) = &outcome.before else { return "not held".to_owned() };
    let short = outcome.work.as_ref().and_then(|work| before.split_once(work.as_str())).map(|(_, rest)| rest);
    match short.and_then(|rest| rest.rsplit_once('~')) {
        Some((version, _)) => version.to_owned(),
        None => before.clone(),
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
        _ => format!("{all} {versions} checked: {} to the policy, {failing} {}.", keep(all - failing), if failing == 1 { "does not" } else { "do not" }),
    };
    let _ = writeln!(out, "\n{}", painted(&text, if failing == 0 { Style::Plain } else { Style::Grave }, look));
}

fn keep(count: usize) -> String {
    if count == 1 { "1 keeps".to_owned() } else { format!("{count} keep") }
}
