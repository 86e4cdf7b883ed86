//! Why a corpus could not be read: what was tried, on what, what was expected and what was found.

use std::{io, path::PathBuf};

use crate::ingest::ReadError;

/// Why a corpus, a version or a reference could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// Nothing that is a corpus stands there.
    #[error("{path} is no corpus: {why}", path = path.display())]
    NotFound {
        /// The folder that was asked for.
        path: PathBuf,
        /// What is missing.
        why: &'static str,
    },
    /// The system refused a file or a folder.
    #[error("{path} can't be read: {source}")]
    Io {
        /// The file or the folder.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The repository refused.
    #[error("the git repository of {repository} can't be read: {message}", repository = repository.display())]
    Git {
        /// The folder it was looked for from.
        repository: PathBuf,
        /// What git said.
        message: String,
    },
    /// The repository has no such revision.
    #[error("{revision:?} is no revision of the git repository of {repository}: {message}", repository = repository.display())]
    Revision {
        /// The revision asked for.
        revision: String,
        /// The folder of the corpus.
        repository: PathBuf,
        /// What git said.
        message: String,
    },
    /// A symbolic link, or a nested repository.
    #[error("{path} is {kind}, and a corpus holds plain files and folders only")]
    Link {
        /// Where it stands.
        path: String,
        /// What it is.
        kind: &'static str,
    },
    /// A name that a path could be tricked with, or that names nothing.
    #[error("{path}: {why}")]
    Name {
        /// The file or folder, or the file that names it.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// A TOML file that can't be read.
    #[error("{path}, line {line}: {message}")]
    Toml {
        /// The file.
        path: String,
        /// Line of the fault, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A file of a later program.
    #[error("{path} has format {found}, and this program reads format {known}")]
    Format {
        /// The file.
        path: String,
        /// The format it says it has.
        found: i64,
        /// The highest format that is read.
        known: i64,
    },
    /// Bytes that are not those recorded.
    #[error("{path} has sha256 {found}, recorded as {recorded}")]
    Hash {
        /// The file.
        path: String,
        /// What `version.toml` says.
        recorded: String,
        /// What the bytes give.
        found: String,
    },
    /// A file that a version names and does not hold.
    #[error("{path} is missing, although version.toml names it")]
    Missing {
        /// The file.
        path: String,
    },
    /// A version without a text.
    #[error("{path} holds no text: neither its source nor text.txt is there")]
    NoText {
        /// Folder of the version.
        path: String,
    },
    /// A source that is no text.
    #[error("{path} can't be read as text: {source}")]
    Decode {
        /// The file.
        path: String,
        /// What is wrong with it.
        source: ReadError,
    },
    /// A corpus without versions.
    #[error("the corpus {path} holds no version")]
    Empty {
        /// The corpus.
        path: String,
    },
    /// No work of this name.
    #[error("{reference} names no work of the corpus {corpus}")]
    UnknownWork {
        /// The reference, as printed.
        reference: String,
        /// The corpus.
        corpus: String,
        /// The works with the nearest names, the nearest first.
        nearest: Vec<String>,
    },
    /// The work is there, the version is not.
    #[error("{reference} names no version: {why}")]
    UnknownVersion {
        /// The reference, as printed.
        reference: String,
        /// What is missing.
        why: String,
        /// The versions nearest to it, the nearest first.
        nearest: Vec<String>,
    },
    /// More than one version fits.
    #[error("{reference} is ambiguous: {count} versions fit", count = candidates.len())]
    Ambiguous {
        /// The reference, as printed.
        reference: String,
        /// The versions that fit, in the order of the corpus.
        candidates: Vec<String>,
    },
}

impl CorpusError {
    /// The file or folder that it is about.
    #[must_use]
    pub(crate) fn place(&self) -> String {
        match self {
            Self::NotFound { path, .. } => path.display().to_string(),
            Self::Io { path, .. }
            | Self::Link { path, .. }
            | Self::Name { path, .. }
            | Self::Toml { path, .. }
            | Self::Format { path, .. }
            | Self::Hash { path, .. }
            | Self::Missing { path }
            | Self::NoText { path }
            | Self::Decode { path, .. }
            | Self::Empty { path } => path.clone(),
            Self::Git { repository, .. } | Self::Revision { repository, .. } => repository.display().to_string(),
            Self::UnknownWork { reference, .. }
            | Self::UnknownVersion { reference, .. }
            | Self::Ambiguous { reference, .. } => reference.clone(),
        }
    }

    /// Whether its message begins with [`place`](Self::place), so that nobody has to say it once more.
    #[must_use]
    pub(crate) const fn begins_with_place(&self) -> bool {
        !matches!(self, Self::Git { .. } | Self::Revision { .. } | Self::Empty { .. })
    }

    /// What may have been meant, the likeliest first.
    #[must_use]
    pub fn candidates(&self) -> &[String] {
        match self {
            Self::UnknownWork { nearest: candidates, .. }
            | Self::UnknownVersion { nearest: candidates, .. }
            | Self::Ambiguous { candidates, .. } => candidates,
            _ => &[],
        }
    }
}
