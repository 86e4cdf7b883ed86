//! Why nothing was written.

use std::{io, path::PathBuf};

use crate::corpus::error::CorpusError;

/// Why a corpus could not be written to. Unless it says otherwise, the corpus is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The corpus could not be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The folder stands in no git repository.
    #[error("the corpus {path} can't be written to: it stands in no git repository", path = path.display())]
    NoGit {
        /// The folder.
        path: PathBuf,
    },
    /// git knows no name and address for the author of a commit.
    #[error("a commit in {repository} needs an author, and git knows no name and address", repository = repository.display())]
    NoIdentity {
        /// The repository.
        repository: PathBuf,
    },
    /// HEAD names no branch.
    #[error("HEAD of {repository} is detached at {commit}: a commit there would belong to no branch", repository = repository.display())]
    Detached {
        /// The repository.
        repository: PathBuf,
        /// Where it stands.
        commit: String,
    },
    /// What was committed did not stay.
    #[error("objects of the new commit in {repository} vanish as often as they are written: something else removes them", repository = repository.display())]
    Vanished {
        /// The repository.
        repository: PathBuf,
    },
    /// git is amid something else.
    #[error("{repository} is amid a {what}", repository = repository.display())]
    InProgress {
        /// The repository.
        repository: PathBuf,
        /// What it is amid.
        what: &'static str,
    },
    /// The same identity, other bytes.
    #[error("{id} is in the corpus already, with other bytes (sha256 {recorded}, and {file} has {found})")]
    Taken {
        /// The version.
        id: String,
        /// The file that was to be added.
        file: String,
        /// The hash of the version's source, as far as it is recorded.
        recorded: String,
        /// The hash of the file.
        found: String,
    },
    /// Something else stands where the version would go.
    #[error("{path} can't become the folder of a version: {why}")]
    Place {
        /// The folder.
        path: String,
        /// What stands there.
        why: String,
    },
    /// A branch that must not be written.
    #[error("{name} can't be written: {why}")]
    Branch {
        /// The branch.
        name: String,
        /// Why not.
        why: String,
    },
    /// The system refused a file or a folder.
    #[error("{path} can't be written: {source}", path = path.display())]
    Io {
        /// The file or the folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// git refused.
    #[error("git could not {doing} in {repository}: {message}", repository = repository.display())]
    Git {
        /// What was tried.
        doing: &'static str,
        /// The repository.
        repository: PathBuf,
        /// What git said.
        message: String,
    },
    /// git's index can't be read.
    #[error("git's index {index} can't be read: {message}", index = index.display())]
    Index {
        /// The file.
        index: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// Another program holds a lock of git's.
    #[error("{lock} is held by another program, and has been for {seconds} s", lock = lock.display())]
    Locked {
        /// The lock.
        lock: PathBuf,
        /// How long it was waited for.
        seconds: u64,
    },
}

impl StoreError {
    pub(super) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}
