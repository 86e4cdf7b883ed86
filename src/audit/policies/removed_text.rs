//! removed-text
//!
//! What it checks: a statement that the base has is still there under its name, as a file. It is checked where a range
//! of commits is looked at (`recension ci`).
//!
//! Why it matters: a text that is gone is the gravest change of all, and one under another name is a new text that is
//! compared with nothing.
//!
//! Example: a pull request that renames statements/a.txt to statements/a.md and changes a number on the way.
//!
//! How it is set: it always holds. Whoever means it lets the finding pass by a waiver.

use crate::audit::case::Case;
use crate::audit::observed;
use crate::audit::outcome::Finding;
use crate::audit::outcome::Observation;
use crate::audit::policy::Policy;

pub(super) const NAME: &str = "removed-text";

pub(super) fn check(case: &Case<'_>, _: &Policy) -> Vec<Finding> {
    observed::told(case, Observation::Removed, NAME)
}
