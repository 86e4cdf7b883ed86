//! What an audit takes and gives: versions with their predecessors, and what was found of all.

use serde::Serialize;

use super::outcome::{ObservedFault, Outcome, WaivedFinding};
use crate::change::Comparison;
use crate::record::FilePositions;
use crate::statement::{Claim, StatedClaim, Statement, Status};
use crate::text::Pair;

/// A version and its predecessor, to be held against each other.
#[derive(Clone, Debug, Default)]
pub struct Case<'a> {
    /// The work; absent for files outside a corpus.
    pub work: Option<String>,
    /// ISO 639-1 code of the language, if it is known.
    pub language: Option<String>,
    /// What names the predecessor: a reference or a path; absent where the corpus holds none.
    pub before: Option<String>,
    /// What names the version.
    pub after: String,
    /// What the version claims to be: what its text prints, else what is recorded.
    pub claim: Option<StatedClaim>,
    /// What is recorded that it claims to be.
    pub recorded: Option<StatedClaim>,
    /// Its step on the way to adoption, if it is recorded.
    pub status: Option<Status>,
    /// The comparison with the predecessor, where there is one.
    pub compared: Option<ComparedStatements<'a>>,
    /// The files in which a reader would look findings up, where they are known.
    pub lines: Pair<Option<&'a FilePositions<'a>>>,
    /// What was done to it after it was committed.
    pub touched: Tampering,
    /// What was seen beside its changes.
    pub observed: Vec<ObservedFault>,
    /// The file that is looked up where no line is known.
    pub file: Option<String>,
    /// A hash of what stands there, which fingerprints of findings hold that are about no change.
    pub content: String,
}

impl Case<'_> {
    /// What its claim announces; nothing where it claims nothing.
    pub(super) fn announces(&self) -> Option<Claim> {
        self.claim.as_ref().map(StatedClaim::claim)
    }

    /// Whether it says that it is a version of an earlier one.
    pub(super) fn follows(&self) -> bool {
        self.announces().is_some_and(Claim::follows)
    }

    /// Whether there is anything to hold against anything.
    pub(super) fn is_empty(&self) -> bool {
        let contradicted = self.recorded.is_some() && self.recorded != self.claim;
        let seen = self.touched != Tampering::Not || !self.observed.is_empty() || contradicted;
        self.compared.is_none() && !self.follows() && !seen
    }
}

/// What was done to a version after it was committed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tampering {
    /// Nothing.
    #[default]
    Not,
    /// It was changed.
    Changed,
    /// It was removed.
    Removed,
}

/// Two versions and how they differ.
#[derive(Clone, Copy, Debug)]
pub struct ComparedStatements<'a> {
    /// The predecessor.
    pub before: &'a Statement,
    /// The version.
    pub after: &'a Statement,
    /// How they differ.
    pub comparison: &'a Comparison,
}

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Audit {
    /// One outcome for each version that could be held against something, in the order of work, language and date.
    pub results: Vec<Outcome>,
    /// What was let pass.
    pub waived: Vec<WaivedFinding>,
}

impl Audit {
    /// Whether every version keeps to the policy.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.results.iter().all(Outcome::passes)
    }
}
