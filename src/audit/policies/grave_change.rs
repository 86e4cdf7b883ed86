//! grave-change
//!
//! What it checks: no version differs from the one before it by a change of the tier of `fail_on` or above, whatever it
//! claims. It checks nothing where `fail_on` is not set.
//!
//! Why it matters: in a repository where every change of substance needs a decision by people, not even a corrigendum may
//! come in by itself.
//!
//! Example: with `fail_on = "substantive"`, a revision that turns “shall” into “should”.
//!
//! How it is set: `fail_on = "substantive"` in the table `[policy]` of recension.toml, or `--fail-on substantive`.

use crate::audit::case::Case;
use crate::audit::finding;
use crate::audit::outcome::Finding;
use crate::audit::policy::Policy;
use crate::change::Tier;

pub(super) const NAME: &str = "grave-change";

pub(super) fn check(case: &Case<'_>, policy: &Policy) -> Vec<Finding> {
    let Some(least) = policy.fail_on else { return Vec::new() };
    let below = Tier::ALL.into_iter().rev().find(|tier| *tier < least);
    finding::above(case, below, NAME)
}
