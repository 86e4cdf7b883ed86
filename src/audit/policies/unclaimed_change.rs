//! unclaimed-change
//!
//! What it checks: a later version in the same language that claims to be nothing in particular differs from the one
//! before it in no more than the tier of `unclaimed`, by default `editorial`. Versions whose recorded `status` says that
//! they are a draft or the adopted text are steps of their own, and are left out; so are claims in words that this
//! program does not know, which `claimed-tier` holds to the strictest tier.
//!
//! Why it matters: a text that changes on a web site without a word about it is the change that readers miss.
//!
//! Example: a communiqué fetched twice; the second time it says “welcomes” where it said “urges”.
//!
//! How it is set: `unclaimed = "editorial"` in the table `[policy]` of recension.toml.

use crate::audit::case::Case;
use crate::audit::finding;
use crate::audit::outcome::Finding;
use crate::audit::policy::Policy;
use crate::statement::{Claim, Status};

pub(super) const NAME: &str = "unclaimed-change";

pub(super) fn check(case: &Case<'_>, policy: &Policy) -> Vec<Finding> {
    let step = matches!(case.status, Some(Status::Draft | Status::Adopted));
    if step || !matches!(case.announces(), None | Some(Claim::First)) {
        return Vec::new();
    }
    finding::above(case, policy.unclaimed, NAME)
}
