//! changed-settings
//!
//! What it checks: a pull request changes neither what it is judged by nor where that is looked for: the settings of a
//! corpus with policy and history.since, those of the project, and files of their names elsewhere.
//!
//! Why it matters: who may change the rules in the same step as the text is judged by no rules. The settings of the
//! base hold, whatever a pull request says; that it says something is told.
//!
//! Example: a pull request that moves `since` in the table `[history]` to next year, or puts a recension.toml into the
//! folder of one version.
//!
//! How it is set: it always holds. Change settings in a pull request of their own, and let the finding pass by a waiver
//! or by whoever merges.

use crate::audit::case::Case;
use crate::audit::observed;
use crate::audit::outcome::Finding;
use crate::audit::outcome::Observation;
use crate::audit::policy::Policy;

pub(super) const NAME: &str = "changed-settings";

pub(super) fn check(case: &Case<'_>, _: &Policy) -> Vec<Finding> {
    observed::told(case, Observation::Settings, NAME)
}
