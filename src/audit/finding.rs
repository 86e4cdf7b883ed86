//! What the audit says: outcomes, and the findings in them.

use super::case::{Case, ComparedStatements};
use super::outcome::Finding;
use crate::change::{Change, Tier, description};
use crate::record::{FilePositions, Position, sha256};
use crate::statement::{Clause, StatedClaim};
use crate::text::Pair;

/// Digits of a fingerprint: enough that nobody makes a change to a fingerprint that is let pass.
const FINGERPRINT: usize = 32;

/// Findings of one policy that are listed one by one.
const MOST_FINDINGS: usize = 20;

/// A finding about a version or a file as it is, and about no change of its text.
pub(super) fn of_case(case: &Case<'_>, policy: &'static str, message: String) -> Finding {
    let words = |claim: &Option<StatedClaim>| claim.as_ref().map(StatedClaim::to_string).unwrap_or_default();
    let claims = [words(&case.claim), words(&case.recorded)];
    let parts = [&claims[..], &[message.clone(), case.content.clone()]].concat();
    Finding { policy, tier: None, fingerprint: fingerprint(case, policy, &parts), message, address: None, place: None }
}

/// The hash of what a finding is about.
fn fingerprint(case: &Case<'_>, policy: &str, parts: &[String]) -> String {
    let language = case.language.clone().unwrap_or_default();
    // What one version claims lets no other version of the work pass.
    let head = [policy.to_owned(), case.work.clone().unwrap_or_default(), case.after.clone(), language];
    // Each part with its length, so that no two lists of parts are written alike.
    let written: Vec<String> = head.iter().chain(parts).map(|part| format!("{}:{part}", part.len())).collect();
    sha256(written.concat().as_bytes())[..FINGERPRINT].to_owned()
}

/// What identifies a change: its clause, its class and rule, and the texts of both sides.
fn evidence(change: &Change, tier: Tier, texts: Pair<&[Clause]>) -> Vec<String> {
    let mut parts = vec![tier.name().to_owned(), format!("{:?}", change.relation)];
    parts.push(format!("{} {}", change.moved, change.renumbered));
    parts.push(description::address(change, texts).unwrap_or_default());
    parts.extend(change.classes.iter().map(|class| class.name().to_owned()));
    parts.push(description::gravest(change).map_or("", |edit| edit.rule).to_owned());
    // What hangs on the words, or stands in no clause, is in no text below.
    for edit in &change.edits {
        parts.extend([edit.rule.to_owned(), edit.texts.before.clone(), edit.texts.after.clone()]);
        parts.extend(edit.reasons.iter().map(|reason| reason.evidence.clone().unwrap_or_default()));
    }
    for piece in change.left_out.iter().flatten().flatten() {
        parts.extend([piece.why.name().to_owned(), piece.text.clone()]);
    }
    for (clauses, at) in texts.zip(change.clauses.as_ref()) {
        parts.push(at.len().to_string());
        for clause in at.iter().filter_map(|at| at.of(clauses)) {
            parts.extend([clause.address.clone(), clause.label.clone().unwrap_or_default(), clause.text.clone()]);
        }
    }
    parts
}

/// One finding for each change above a tier, the gravest first, else in the order of the text; past the first twenty,
/// one that counts the others.
///
/// Without a limit every change that has a tier is told.
pub(super) fn above(case: &Case<'_>, limit: impl Into<Option<Tier>>, policy: &'static str) -> Vec<Finding> {
    let limit: Option<Tier> = limit.into();
    let Some(compared) = case.compared else { return Vec::new() };
    let mut changes: Vec<(&Change, Tier)> =
        compared.comparison.changes.iter().filter_map(|change| Some((change, change.tier?))).collect();
    changes.retain(|(_, tier)| Some(*tier) > limit);
    changes.sort_by_key(|(_, tier)| std::cmp::Reverse(*tier));
    let Some(least) = Tier::ALL.into_iter().find(|tier| Some(*tier) > limit) else { return Vec::new() };
    let texts = Pair::new(compared.before.clauses.as_slice(), compared.after.clauses.as_slice());
    let listed = changes.iter().take(MOST_FINDINGS);
    let mut findings: Vec<Finding> = listed
        .map(|(change, tier)| Finding {
            policy,
            tier: Some(*tier),
            message: description::message(change, texts, least),
            address: description::address(change, texts),
            place: place(change, compared, case.lines),
            fingerprint: fingerprint(case, policy, &evidence(change, *tier, texts)),
        })
        .collect();
    if let Some((_, tier)) = changes.get(MOST_FINDINGS) {
        let more = changes.len() - MOST_FINDINGS;
        let noun = if more == 1 { "change" } else { "changes" };
        let message = match limit {
            Some(limit) => format!("{more} more {noun} above {limit}"),
            None => format!("{more} more {noun}"),
        };
        let rest: Vec<String> =
            changes.iter().skip(MOST_FINDINGS).flat_map(|(change, tier)| evidence(change, *tier, texts)).collect();
        let fingerprint = fingerprint(case, policy, &rest);
        findings.push(Finding { policy, tier: Some(*tier), message, address: None, place: None, fingerprint });
    }
    findings
}

/// Where a reader would look: in the file after, else in the file before.
fn place(
    change: &Change,
    compared: ComparedStatements<'_>,
    lines: Pair<Option<&FilePositions<'_>>>,
) -> Option<(String, Position)> {
    let texts = Pair::new(compared.before.clauses.as_slice(), compared.after.clauses.as_slice());
    let focus = description::focus(change, texts);
    let (place, lined) = match (focus.after, focus.before) {
        (Some(place), _) => (place, lines.after?),
        (None, before) => (before?, lines.before?),
    };
    Some((lined.path.clone(), lined.position(place.clause, place.span.start)?))
}
