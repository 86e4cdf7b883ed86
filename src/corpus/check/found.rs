//! What a verification finds.

use crate::corpus::error::CorpusError;

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// Which check found it.
    pub check: Check,
    /// The file, folder, version or object.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// Whether the message begins with the place.
    pub begins_with_place: bool,
    /// The commit that did it, where one did.
    pub commit: Option<String>,
}

impl Fault {
    /// A fault whose message does not tell the place, and that no commit is known to have made.
    pub(super) fn new(check: Check, place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { check, place: place.into(), message: message.into(), begins_with_place: false, commit: None }
    }
}

/// The checks, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Check {
    /// Files and folders are where they belong, and records can be read.
    Layout,
    /// The bytes are those that are recorded.
    Hash,
    /// What is named is there.
    Reference,
    /// The reading text is what the source gives.
    Text,
    /// A version never changes after its first commit.
    History,
    /// git's objects are what their names say.
    Objects,
    /// The work tree is what is committed.
    WorkTree,
}

impl Check {
    /// Its name in documents for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Layout => "layout",
            Self::Hash => "hash",
            Self::Reference => "reference",
            Self::Text => "text",
            Self::History => "history",
            Self::Objects => "objects",
            Self::WorkTree => "work-tree",
        }
    }
}

/// What a verification found.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Verification {
    /// Versions looked at.
    pub versions: usize,
    /// Works looked at.
    pub works: usize,
    /// Commits looked at.
    pub commits: usize,
    /// Objects of git looked at.
    pub objects: usize,
    /// What does not hold, by check and place.
    pub faults: Vec<Fault>,
    /// What could not be looked at, and why.
    pub notes: Vec<String>,
    /// What was mended.
    pub repaired: Vec<String>,
}

impl Verification {
    /// Whether everything holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.faults.is_empty()
    }

    /// By check and place, each fault once.
    pub(super) fn sorted(mut self) -> Self {
        self.faults.sort_by(|a, b| (a.check, &a.place, &a.message).cmp(&(b.check, &b.place, &b.message)));
        self.faults.dedup();
        self
    }

    /// A fault as [`Fault::new`] makes it.
    pub(super) fn fault(&mut self, check: Check, place: impl Into<String>, message: impl Into<String>) {
        self.faults.push(Fault::new(check, place, message));
    }

    /// A fault that an error tells, where the reader looked for the trouble at `place`.
    pub(super) fn error(&mut self, check: Check, place: String, error: &CorpusError) {
        let begins_with_place = error.begins_with_place() && error.place() == place;
        self.faults.push(Fault { begins_with_place, ..Fault::new(check, place, error.to_string()) });
    }
}
