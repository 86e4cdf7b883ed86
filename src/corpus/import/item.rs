//! What can be imported, and why it can't.

use std::path::PathBuf;

use crate::corpus::{
    draft::{Draft, DraftError, ReceivedFile, StatedFacts},
    error::CorpusError,
};

/// Something that is to become a version, and where it comes from.
#[derive(Debug)]
pub struct Item {
    /// What to call it in messages: `list.csv, line 7`, `terms.md at 3af09c1`.
    pub place: String,
    /// What it is.
    pub what: What,
}

/// What an item brings.
#[derive(Debug)]
#[non_exhaustive]
pub enum What {
    /// A text, and what is said of it.
    Text(Box<ReceivedFile>, Box<StatedFacts>),
    /// A version that was one already.
    Version(Box<Draft>),
}

/// Why an item can't become a version.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The system refused a file.
    #[error("{path} can't be read: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A list or an export that can't be read.
    #[error("{place}: {why}")]
    Entry {
        /// The file and the line.
        place: String,
        /// What is wrong.
        why: String,
    },
    /// The repository to import from refused.
    #[error("{repository} can't be imported from: {why}", repository = repository.display())]
    Repository {
        /// The repository.
        repository: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// It can't become a version.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// A sidecar that can't be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
}

/// An item that was left out, and why.
#[derive(Debug)]
#[non_exhaustive]
pub struct Problem {
    /// Where it comes from.
    pub place: String,
    /// Why it was left out.
    pub error: ImportError,
}
