//! What an audit is made of: what was found, what was seen beside it, and what was let pass.

use serde::Serialize;

use crate::change::{Tier, Verdict};
use crate::record::{Day, Position};
use crate::statement::StatedClaim;

/// One version against its predecessor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
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
    pub claim: Option<StatedClaim>,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
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
    /// A hash of the policy, the work or file, the clause and what changed in it: by it a waiver names this finding and
    /// no other.
    pub fingerprint: String,
}

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ObservedFault {
    /// Of what kind it is.
    pub kind: Observation,
    /// What is wrong and how to mend it, in one line.
    pub message: String,
}

/// Kinds of what is seen, a policy each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
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

/// A finding that was let pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct WaivedFinding {
    /// What names the version.
    pub after: String,
    /// The finding.
    pub finding: Finding,
    /// Why it was let pass.
    pub reason: String,
    /// The last day on which it is.
    pub expires: Day,
}
