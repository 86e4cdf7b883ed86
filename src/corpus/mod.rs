//! A corpus: a folder of versions that never change once they are committed.
//!
//! ```text
//! recension.toml                                  format, defaults, policy
//! works/un/cd/2066/work.toml                      title, series, lineage
//! works/un/cd/2066/zh/2016-09-26/version.toml     identity, dates by role, claim, provenance, hashes
//! works/un/cd/2066/zh/2016-09-26/source.txt       the bytes as received
//! works/un/cd/2066/zh/2016-09-26/text.txt         the reading text
//! ```
//!
//! It is read from a folder, from any revision of the repository that the folder stands in, or from a bare repository;
//! a folder without git reads like any other. What writes is [`Store`], [`begin`], [`import()`] and what they hand to git;
//! everything else only reads. Names are listed first and files are read when they
//! are asked for, so that a reference into a large corpus costs what the version costs.

mod check;
mod draft;
mod error;
mod footprint;
mod git_integration;
mod import;
mod listing;
mod load;
mod loose;
mod naming;
mod open;
mod paths;
mod plain;
mod pull;
mod resolve;
mod settings;
mod store;
mod tree;
mod verdicts;

pub(crate) use check::verify_version;
pub use check::{
    Check, Fault, Status, UncommittedFile, UncommittedKind, Verification, VerifyOptions, status, verify, verify_objects,
};
pub use draft::{Draft, DraftError, ReceivedFile, StatedFacts};
pub use error::CorpusError;
pub use footprint::Footprint;
pub use git_integration::{FileOutcome, GitIntegration, IntegrationError, IntegrationFile, Reach, install, uninstall};
pub use import::{
    HistoryOptions, ImportError, ImportOptions, ImportOutcome, Item, ListFormat, Problem, exported, folder, history,
    import, list,
};
pub use load::LoadedVersion;
pub use open::Corpus;
pub(crate) use plain::{open_plain, read_plain};
pub use pull::{Head, Oddity, OddityKind, Pull, PulledFile, PulledKind, PulledVersion, pull};
pub(crate) use pull::{data_of_pull, file_of_pull, settings_of_pull, top_of};
pub use settings::{Defaults, History, Moment, Settings};
pub use store::{
    AddedVersions, HistoryBranch, Interruption, NewCorpus, Placement, SameDay, Settlement, Store, StoreError, begin,
};
pub(crate) use verdicts::Verdicts;

/// What tests of several files of this module share.
#[cfg(test)]
mod tests_support {
    use super::Corpus;
    use std::{fs, path::Path};

    /// Writes the record of a version.
    pub(super) fn put(folder: &Path, path: &str, record: &str) {
        let path = folder.join("works").join(path);
        fs::create_dir_all(&path).expect("writable");
        fs::write(path.join("version.toml"), record).expect("writable");
    }

    /// The corpus of a folder, which gets its settings.
    pub(super) fn corpus_in(folder: &Path) -> Corpus {
        fs::write(folder.join("recension.toml"), "format = 1\n").expect("writable");
        Corpus::open(folder, None).expect("a corpus")
    }
}
