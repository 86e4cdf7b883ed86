//! Full-text search over the clauses of a corpus.
//!
//! An index beside the repository holds the terms of every clause. It is brought level with the corpus before it is
//! asked, and what it names is looked at once more in the text of the clause; an index that is missing, damaged or of
//! another program is made anew. So a lost index costs time, and a false one no answer.

mod index;
mod level;
mod lock;
mod query;
mod terms;

pub use query::{Filter, Query};

use std::ops::Range;

use crate::corpus::{Corpus, CorpusError};
use crate::execution::Execution;
use crate::record::{Day, VersionId};
use crate::statement::ClauseKind;
use index::{Answer, Index};

/// Why nothing could be looked for.
#[derive(Debug, thiserror::Error)]
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

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
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
enum Failure {
    /// The corpus is at fault, and another index would not help.
    Corpus(CorpusError),
    /// The index is at fault.
    Index(String),
}

impl Failure {
    fn index(error: &dyn std::error::Error) -> Self {
        Self::Index(error.to_string())
    }

    fn damaged(what: &str) -> Self {
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

/// Looks for a query in the clauses of a corpus.
///
/// # Errors
/// [`SearchError`] where the corpus can't be read, or no index can be made.
pub fn find(corpus: &Corpus, query: &Query, filter: &Filter, options: &Options<'_>) -> Result<Found, SearchError> {
    let search = Search { corpus, query, filter, options };
    let mut why = None;
    if let Some(file) = corpus.state_file("search", "sqlite") {
        for again in [false, true] {
            match search.in_file(&file, again || options.anew) {
                Ok(found) => return Ok(found),
                Err(Failure::Corpus(error)) => return Err(error.into()),
                Err(Failure::Index(fault)) if !again => {
                    (options.tell)(Remark::Anew { why: fault });
                }
                Err(Failure::Index(fault)) => why = Some(fault),
            }
        }
    }
    (options.tell)(Remark::InMemory { why });
    search.in_memory().map_err(|failure| match failure {
        Failure::Corpus(error) => error.into(),
        Failure::Index(why) => SearchError::Index { why },
    })
}

/// One search.
struct Search<'a> {
    corpus: &'a Corpus,
    query: &'a Query,
    filter: &'a Filter,
    options: &'a Options<'a>,
}

impl Search<'_> {
    /// Has a level index answer.
    fn ask(&self, index: &Index, unread: Vec<(VersionId, String)>) -> Result<Found, Failure> {
        let Answer { total, searched, first } = index.answer(self.query, self.filter, self.options.limit)?;
        let hits = first.into_iter().map(|named| {
            let ranges =
                self.query.ranges(&named.text).ok_or_else(|| Failure::damaged("it names what does not fit"))?;
            let index::Named { id, issued, kind, clause, address, text } = named;
            Ok(Hit { id, issued, address, kind, clause, text, ranges })
        });
        let hits: Vec<Hit> = hits.collect::<Result<_, Failure>>()?;
        let cut = total - hits.len();
        let is_of_all = !self.filter.chooses_versions();
        Ok(Found { query: self.query.text().to_owned(), total, hits, cut, searched, is_of_all, unread })
    }
}
