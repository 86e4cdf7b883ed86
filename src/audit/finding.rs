//! What the audit says: outcomes, and the findings in them.

use super::{Case, Compared};
use crate::change::{Change, Tier, Verdict, told};
use crate::corpus::{Lined, Position};
use crate::text::Pair;

/// Findings of one policy that are listed one by one.
const MOST_FINDINGS: usize = 20;

/// One version against its predecessor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The work; absent for files outside a corpus.
    pub work: Option<String>,
    /// ISO 639-1 code of the language, if it is known.
    pub language: Option<String>,
    /// What names the predecessor; absent where the corpus holds none.
    pub before: Option<String>,
    /// What names the version.
    pub after: String,
    /// What the version claims to be.
    pub claim: Option<String>,
    /// The highest tier of what changed; absent where there was nothing to compare.
    pub verdict: Option<Verdict>,
    /// Where it breaks the policy.
    pub findings: Vec<Finding>,
    /// The file in which the version can be read, where one is known.
    pub file: Option<String>,
}

impl Outcome {
    /// Whether it keeps to the policy.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.findings.is_empty()
    }
}

/// One breach of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The policy.
    pub policy: &'static str,
    /// What the change amounts to; absent where it is no change that breaks the policy.
    pub tier: Option<Tier>,
    /// What is wrong, in one line.
    pub message: String,
    /// Where a reader would look.
    pub address: Option<String>,
    /// The file and the place in it, where they are known.
    pub place: Option<(String, Position)>,
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
            message: told::message(change, texts, least),
            address: told::address(change, texts),
            place: place(change, compared, case.lines),
        })
        .collect();
    if let Some((_, tier)) = changes.get(MOST_FINDINGS) {
        let more = changes.len() - MOST_FINDINGS;
        let changes = if more == 1 { "change" } else { "changes" };
        let message = match limit {
            Some(limit) => format!("{more} more {changes} above {limit}"),
            None => format!("{more} more {changes}"),
        };
        findings.push(Finding { policy, tier: Some(*tier), message, address: None, place: None });
    }
    findings
}

/// Where a reader would look: in the file after, else in the file before.
fn place(change: &Change, compared: Compared<'_>, lines: Pair<Option<&Lined<'_>>>) -> Option<(String, Position)> {
    let texts = Pair::new(compared.before.clauses.as_slice(), compared.after.clauses.as_slice());
    let focus = told::focus(change, texts);
    let (place, lined) = match (focus.after, focus.before) {
        (Some(place), _) => (place, lines.after?),
        (None, before) => (before?, lines.before?),
    };
    Some((lined.path.clone(), lined.position(place.clause, place.span.start)?))
}
