//! What a search is told, what it finds, and why it fails.

use std::ops::Range;

use crate::corpus::CorpusError;
use crate::execution::Execution;
use crate::record::{Day, VersionId};
use crate::statement::ClauseKind;

/// Why nothing could be looked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The query asks for nothing.
    #[error("{query:?} can't be looked for: {why}")]
    Query {
        /// As it was given.
        query: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The corpus can't be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// No index could be made, not even in memory.
    #[error("no index can be made: {why}")]
    Index {
        /// What failed.
        why: String,
    },
}

/// What a caller may tell its user while a search goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remark {
    /// Another process makes the index; it is waited for.
    Waiting,
    /// The index was no good and is made anew.
    Anew {
        /// What was wrong with it.
        why: String,
    },
    /// The index is made in memory, which takes long, and is lost again.
    InMemory {
        /// Why it can't be kept; absent where there is no git repository.
        why: Option<String>,
    },
}

/// How to search.
#[non_exhaustive]
pub struct Options<'a> {
    /// Hits that are given; the others are counted.
    pub limit: usize,
    /// Whether to make the index anew, whatever there is.
    pub anew: bool,
    /// How many threads may read what the index lacks.
    pub execution: Execution,
    /// Called with what the user may want to know.
    pub tell: &'a dyn Fn(Remark),
    /// Called with the versions that are read so far, and those to be read.
    pub progress: &'a dyn Fn(usize, usize),
}

impl Default for Options<'_> {
    /// A hundred hits from the index as it is, on one thread, with nobody told.
    fn default() -> Self {
        Self { limit: 100, anew: false, execution: Execution::Sequential, tell: &|_| {}, progress: &|_, _| {} }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// The query as it was given.
    pub query: String,
    /// Clauses that fit.
    pub total: usize,
    /// The first of them: newest first, then by work, language, and place in the text.
    pub hits: Vec<Hit>,
    /// How many clauses that fit are not among them.
    pub cut: usize,
    /// Versions that were looked through, those that the filter leaves.
    pub searched: usize,
    /// Whether the filter leaves every version.
    pub is_of_all: bool,
    /// Versions that could not be looked through, and why.
    pub unread: Vec<(VersionId, String)>,
}

/// A clause that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hit {
    /// The version it stands in.
    pub id: VersionId,
    /// When that was issued.
    pub issued: Option<Day>,
    /// What a reader would cite.
    pub address: String,
    /// What the clause is.
    pub kind: ClauseKind,
    /// Its index among the clauses of the version.
    pub clause: usize,
    /// Its text.
    pub text: String,
    /// The bytes of the text that fit, ascending and apart.
    pub ranges: Vec<Range<usize>>,
}

/// Why an index gave no answer.
pub(super) enum Failure {
    /// The corpus is at fault, and another index would not help.
    Corpus(CorpusError),
    /// The index is at fault.
    Index(String),
}

impl Failure {
    pub(super) fn index(error: &dyn std::error::Error) -> Self {
        Self::Index(error.to_string())
    }

    pub(super) fn damaged(what: &str) -> Self {
        Self::Index(format!("it is damaged ({what})"))
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::index(&error)
    }
}

impl From<CorpusError> for Failure {
    fn from(error: CorpusError) -> Self {
        Self::Corpus(error)
    }
}
