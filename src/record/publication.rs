//! A text with all that a corpus records of it.

use super::version::{Record, Version, VersionId, Work};

/// What is recorded of a text; nothing where no corpus names it.
#[derive(Clone, Debug, Default)]
pub struct Publication {
    /// Its name.
    pub id: Option<VersionId>,
    /// What `version.toml` says.
    pub record: Record,
    /// What `work.toml` says.
    pub about: Work,
    /// All versions of the work in this language in the order of issue, this one among them.
    pub series: Vec<Version>,
}
