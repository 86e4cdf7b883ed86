//! What was seen of a version or a file beside the changes of its text: that it can't be read, that it is gone, that it is not
//! what it says it is.

use super::finding::Finding;
use super::{Case, finding};

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// Of what kind it is.
    pub kind: Observation,
    /// What is wrong and how to mend it, in one line.
    pub message: String,
}

/// Kinds of what is seen, a policy each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observation {
    /// A statement that nobody can compare: no text, too long, a link.
    Unreadable,
    /// A statement that was there and is gone.
    Removed,
    /// Settings that the one who is judged by them changes.
    Settings,
    /// A reading text that its source does not give.
    Reading,
    /// A version that does not hold together.
    Damaged,
}

/// A finding for each thing of a kind that was seen.
pub(super) fn told(case: &Case<'_>, kind: Observation, policy: &'static str) -> Vec<Finding> {
    let seen = case.observed.iter().filter(|seen| seen.kind == kind);
    seen.map(|seen| finding::of_case(case, policy, seen.message.clone())).collect()
}
