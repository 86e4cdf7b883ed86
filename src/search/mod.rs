//! Full-text search over the clauses of a corpus.
//!
//! An index beside the repository holds the terms of every clause. It is brought level with the corpus before it is
//! asked, and what it names is looked at once more in the text of the clause; an index that is missing, damaged or of
//! another program is made anew. So a lost index costs time, and a false one no answer.

mod index;
mod level;
mod lock;
mod query;
mod result;
mod terms;

pub use query::{Filter, Query};
pub use result::{Found, Hit, Options, Remark, SearchError};

use crate::corpus::Corpus;
use crate::record::VersionId;
use index::{Answer, Index};
use result::Failure;

/// Looks for a query in the clauses of a corpus.
///
/// ```
/// use recension::{corpus::Corpus, search::{Filter, Options, Query, find}};
/// # use recension::{language::Catalogue, record::Day};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let folder = &folder.path().join("statements");
/// # // Git wants to know who commits; where nobody says it, there is nothing to show.
/// # let Ok(_) = recension::corpus::begin(folder, false) else { return Ok(()) };
/// # use recension::corpus::{Draft, ReceivedFile, StatedFacts, SameDay, Store};
/// # let draft = |day: &str, text: &str| {
/// #     let (name, bytes) = ("elm.txt".to_owned(), text.as_bytes().to_vec());
/// #     let received = ReceivedFile { name, bytes, text: None, password: None, dated: None, committed: None };
/// #     let said = StatedFacts { work: Some("elm/2031".to_owned()), language: Some("en".to_owned()), issued: Day::parse(day), ..StatedFacts::default() };
/// #     Draft::new(received, said, &Default::default(), Catalogue::shipped(), None).expect("a text")
/// # };
/// # let drafts = [draft("2031-05-01", "The sides meet in May."), draft("2031-06-01", "The sides meet in June.")];
/// # Store::open(folder)?.add(&drafts, SameDay::Refuse, &|| {})?;
/// let corpus = Corpus::open(folder, None)?;
/// let found = find(&corpus, &Query::parse("\"meet in june\"")?, &Filter::default(), &Options::default())?;
/// assert_eq!((found.total, found.hits[0].text.as_str()), (1, "The sides meet in June."));
/// # Ok(())
/// # }
/// ```
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
            let index::NamedTerm { id, issued, kind, clause, address, text } = named;
            Ok(Hit { id, issued, address, kind, clause, text, ranges })
        });
        let hits: Vec<Hit> = hits.collect::<Result<_, Failure>>()?;
        let cut = total - hits.len();
        let is_of_all = !self.filter.chooses_versions();
        Ok(Found { query: self.query.text().to_owned(), total, hits, cut, searched, is_of_all, unread })
    }
}
