//! What formats for machines tell one by one: a change of a comparison, a finding of an audit. Each has a level, a
//! title, a message, places in files and a fingerprint; SARIF, JUnit and the annotations only write them down.

use super::telling::{classes, place, words};
use super::visible::visible;
use crate::audit::{Audit, Finding, Outcome};
use crate::change::{Change, Place, Tier, description};
use crate::record::{FilePositions, Position, sha256};
use crate::report::reports::ComparisonReport;
use crate::statement::StatedClaim;
use crate::text::folded_lower;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Site {
    pub(super) file: String,
    pub(super) start: Position,
    pub(super) end: Option<Position>,
}

/// One thing to tell.
pub(super) struct Notice<'a> {
    /// The class, or the policy that is broken.
    pub(super) about: &'static str,
    /// The rule that decided, of a change that has edits.
    pub(super) rule: Option<&'static str>,
    pub(super) tier: Tier,
    /// `substantive: operative 1, modified (number)`. Characters that nobody sees are shown, here and in the message.
    pub(super) title: String,
    /// What it is, in one line.
    pub(super) message: String,
    /// What a reader would cite.
    pub(super) address: Option<String>,
    /// Where to look: after, or where nothing stands there, before.
    pub(super) site: Option<Site>,
    /// The place on the other side.
    pub(super) other: Option<Site>,
    /// The same for the same change wherever its clause stands; no two notices of one result have the same.
    pub(super) fingerprint: String,
    /// The change, of a comparison.
    pub(super) change: Option<&'a Change>,
}

/// The changes of at least the tier that is told, in the order of the comparison.
pub(super) fn of_comparison<'a>(told: &ComparisonReport<'a>) -> Vec<Notice<'a>> {
    let grave = told.comparison.changes.iter().filter_map(|change| Some((change, change.tier?)));
    distinct(
        grave.filter(|(_, tier)| *tier >= told.least).map(|(change, tier)| of_change(told, change, tier)).collect(),
    )
}

/// The findings of an audit with the outcomes they stand in, in its order.
pub(super) fn of_audit(audit: &Audit) -> Vec<Notice<'_>> {
    let findings = audit.results.iter().flat_map(|outcome| outcome.findings.iter().map(move |found| (outcome, found)));
    distinct(findings.map(|(outcome, finding)| of_finding(outcome, finding)).collect())
}

fn of_change<'a>(told: &ComparisonReport<'a>, change: &'a Change, tier: Tier) -> Notice<'a> {
    let texts = told.sides.map(|side| side.statement().clauses.as_slice());
    let focus = description::focus(change, texts);
    let sites = told.lines.zip(focus).map(|(lined, place)| site(lined, place));
    let (site, other) = if focus.after.is_some() { (sites.after, sites.before) } else { (sites.before, None) };
    Notice {
        about: change.classes.first().map_or("change", |class| class.name()),
        rule: description::gravest(change).map(|edit| edit.rule),
        tier,
        title: seen(&format!("{tier}: {}, {} ({})", place(change, texts), words(change), classes(change))),
        message: seen(&description::message(change, texts, told.least)),
        address: description::address(change, texts),
        site,
        other,
        fingerprint: fingerprint(told, change),
        change: Some(change),
    }
}

fn site(lined: Option<&FilePositions<'_>>, place: Option<Place>) -> Option<Site> {
    let (lined, place) = (lined?, place?);
    let start = lined.position(place.clause, place.span.start)?;
    let end = lined.position(place.clause, place.span.end).filter(|end| *end >= start);
    Some(Site { file: lined.path.clone(), start, end })
}

/// A hash of the class, the rule, the folded texts of the clauses and the edits; of no position, label or address, so
/// that it stays when other clauses come, go or move.
fn fingerprint(told: &ComparisonReport<'_>, change: &Change) -> String {
    let mut parts = vec![change.classes.first().map_or("", |class| class.name()).to_owned()];
    parts.push(description::gravest(change).map_or("", |edit| edit.rule).to_owned());
    parts.push(words(change));
    for (document, clauses) in told.sides.zip(change.clauses.as_ref()) {
        let texts = clauses.iter().filter_map(|at| at.of(&document.statement().clauses));
        parts.push(texts.map(|clause| folded_lower(&clause.text)).collect::<Vec<_>>().join("\u{1E}"));
    }
    parts.extend(change.edits.iter().flat_map(|edit| edit.texts.clone()));
    hash(&parts)
}

fn of_finding<'a>(outcome: &'a Outcome, finding: &'a Finding) -> Notice<'a> {
    let begin = Position { line: 1, column: 1 };
    let place = finding.place.clone().or_else(|| Some((outcome.file.clone()?, begin)));
    let address = finding.address.as_deref().map(|address| format!(", {address}")).unwrap_or_default();
    let names = [outcome.work.as_deref(), outcome.language.as_deref(), outcome.claim.as_ref().map(StatedClaim::words)];
    let mut parts: Vec<String> = names.into_iter().map(|name| name.unwrap_or_default().to_owned()).collect();
    parts.extend([outcome.after.clone(), finding.policy.to_owned(), folded_lower(&finding.message)]);
    Notice {
        about: finding.policy,
        rule: None,
        // What is no change, a missing predecessor, breaks the policy all the same.
        tier: finding.tier.unwrap_or(Tier::Substantive),
        title: seen(&format!("{}: {}{address}", finding.policy, outcome.after)),
        message: seen(&finding.message),
        address: finding.address.clone(),
        site: place.map(|(file, start)| Site { file, start, end: None }),
        other: None,
        fingerprint: hash(&parts),
        change: None,
    }
}

/// A text for people, with what nobody sees shown.
fn seen(text: &str) -> String {
    visible(text).into_owned()
}

fn hash(parts: &[String]) -> String {
    sha256(parts.join("\u{1F}").as_bytes())
}

/// Numbers notices that nothing but their place tells apart.
fn distinct(mut notices: Vec<Notice<'_>>) -> Vec<Notice<'_>> {
    let mut seen = std::collections::BTreeMap::new();
    for notice in &mut notices {
        let count: &mut usize = seen.entry(notice.fingerprint.clone()).or_default();
        *count += 1;
        if *count > 1 {
            notice.fingerprint = format!("{}:{count}", notice.fingerprint);
        }
    }
    notices
}

/// A version that was audited, as a reader would call it: its name, and the one before it.
#[cfg(feature = "xml")]
pub(super) fn against(outcome: &Outcome) -> String {
    format!("{} → {}", outcome.before.as_deref().unwrap_or("not held"), outcome.after)
}
