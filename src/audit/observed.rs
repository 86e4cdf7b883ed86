//! What was seen of a version or a file beside the changes of its text: that it can't be read, that it is gone, that it is not
//! what it says it is.

use super::case::Case;
use super::finding;
use super::outcome::{Finding, Observation};

/// A finding for each thing of a kind that was seen.
pub(super) fn told(case: &Case<'_>, kind: Observation, policy: &'static str) -> Vec<Finding> {
    let seen = case.observed.iter().filter(|seen| seen.kind == kind);
    seen.map(|seen| finding::of_case(case, policy, seen.message.clone())).collect()
}
