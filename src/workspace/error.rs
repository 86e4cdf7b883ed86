//! Why something could not be done with a corpus or with files: what was tried, on what, and what was found.

use std::io;

use crate::audit::PolicyError;
use crate::corpus::CorpusError;
use crate::ingest::ReadError;

/// Why a selection, a comparison, an audit or a timeline could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkspaceError {
    /// No folder of a corpus is named, and none was found.
    #[error("there is no corpus here")]
    NoCorpus,
    /// A text that is neither a file nor names anything without a corpus.
    #[error("{argument}: there is no such file, and no corpus to look it up in")]
    NoCorpusFor {
        /// What was asked for.
        argument: String,
        /// Whether several versions may be asked for, and not one text.
        is_selector: bool,
    },
    /// A name that is no UTF-8.
    #[error("{name} names no work")]
    Name {
        /// What was asked for, as it can be shown.
        name: String,
    },
    /// No work begins with a prefix.
    #[error("no work of the corpus {corpus} begins with {prefix}")]
    Prefix {
        /// The corpus.
        corpus: String,
        /// The prefix.
        prefix: String,
        /// The beginnings that works have.
        beginnings: String,
    },
    /// What is neither a file nor a work, a prefix or a reference.
    #[error("{selector}: there is no such file, and it is no work, prefix or reference: {why}")]
    Selector {
        /// What was asked for.
        selector: String,
        /// Why it is no reference.
        why: String,
    },
    /// What is neither a file nor a reference.
    #[error("{argument}: there is no such file, and it is no reference to a version: {why}")]
    Reference {
        /// What was asked for.
        argument: String,
        /// Why it is no reference.
        why: String,
    },
    /// A reference to a work that a corpus has not, which may have been meant as a file.
    #[error("{argument}: there is no such file, and no such work in the corpus {corpus}")]
    UnknownWork {
        /// What was asked for.
        argument: String,
        /// The corpus.
        corpus: String,
        /// The works with the nearest names.
        nearest: Vec<String>,
    },
    /// A reference that says one language where the call says another.
    #[error("{argument} says language {own:?}, and --lang says {asked:?}")]
    Language {
        /// The reference.
        argument: String,
        /// Its language.
        own: String,
        /// The language asked for.
        asked: String,
    },
    /// A name that is no UTF-8 and names no file.
    #[error("{name}: there is no such file")]
    NoFile {
        /// The name, as it can be shown.
        name: String,
    },
    /// A folder where a file is wanted.
    #[error("{name} is a folder, not a file")]
    Folder {
        /// The folder.
        name: String,
    },
    /// The system refused a file.
    #[error("{name} can't be read: {source}")]
    Io {
        /// The file.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// A file that is no text.
    #[error("{name} can't be read: {source}")]
    Decode {
        /// The file.
        name: String,
        /// What is wrong with it.
        source: ReadError,
    },
    /// The corpus, or a version of it, could not be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The policy could not be read.
    #[error(transparent)]
    Policy(#[from] PolicyError),
}
