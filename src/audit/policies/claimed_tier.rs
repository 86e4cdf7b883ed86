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

use crate::audit::case::Case;
use crate::audit::finding;
use crate::audit::outcome::Finding;
use crate::audit::policy::Policy;
use crate::statement::Claim;

pub(super) const NAME: &str = "claimed-tier";

pub(super) fn check(case: &Case<'_>, policy: &Policy) -> Vec<Finding> {
    let limit = match case.announces() {
        Some(Claim::Corrigendum) => policy.corrigendum,
        Some(Claim::Revision) => policy.revision,
        Some(Claim::Reissue(reissue)) if !reissue.is_technical => policy.unclaimed,
        Some(Claim::Unknown) => policy.strictest(),
        // Technical reasons, first issues and what claims nothing have policies of their own; a step announces its changes.
        Some(Claim::Reissue(_) | Claim::First | Claim::Addendum | Claim::Amendment | Claim::Stage(_)) | None => {
            return Vec::new();
        }
    };
    finding::above(case, limit, NAME)
}
