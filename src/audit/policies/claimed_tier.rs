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
//! How it is set: `corrigendum`, `revision` and `unclaimed` in the table `[policy]` of recension.toml.

use crate::audit::{Announces, Case, Finding, Policy, finding};

pub(super) const NAME: &str = "claimed-tier";

pub(super) fn check(case: &Case<'_>, policy: &Policy) -> Vec<Finding> {
    let limit = match Announces::of(case.claim.as_deref()) {
        Announces::Corrigendum => policy.corrigendum,
        Announces::Revision => policy.revision,
        Announces::Reissue => policy.unclaimed,
        Announces::Technical | Announces::Step | Announces::Nothing => return Vec::new(),
    };
    finding::above(case, limit, NAME)
}
