//! claimed-tier
//!
//! What it checks: a corrigendum, a revision or a reissue that gives no reason differs from the version before it in no
//! more than its tier allows.
//!
//! Why it matters: the label "correction" says nothing of the weight of what was corrected. By default a corrigendum and
//! a revision may change anything, for they announce that they change the text; a plain reissue announces no change, and
//! is held to the tier of `unclaimed`.
//!
//! Example: with `corrigendum = "review"`, a corrigendum that moves a deadline from June to July.
//!
//! A claim in words that this program does not know is held to the strictest tier of all: whatever it announces, it must
//! not pass what a known claim would fail.
//!
//! How it is set: `corrigendum`, `revision` and `unclaimed` in the table `[policy]` of recension.toml.

use crate::audit::{Case, Finding, Policy, finding};
use crate::statement::ClaimKind;

pub(super) const NAME: &str = "claimed-tier";

pub(super) fn check(case: &Case<'_>, policy: &Policy) -> Vec<Finding> {
    let limit = match case.announces() {
        Some(ClaimKind::Corrigendum) => policy.corrigendum,
        Some(ClaimKind::Revision) => policy.revision,
        Some(ClaimKind::Reissue) => policy.unclaimed,
        Some(ClaimKind::Unknown) => policy.strictest(),
        Some(ClaimKind::Technical | ClaimKind::Step | ClaimKind::First) | None => return Vec::new(),
    };
    finding::above(case, limit, NAME)
}
