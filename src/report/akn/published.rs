//! A version with all that is known of it, as it is published.

use crate::record::{Document, Publication, Record, VersionId, Work};
use crate::statement::{Identity, Statement};

/// A version with all that is known of it.
#[derive(Clone, Debug)]
pub struct PublishedVersion<'a> {
    /// Its name; none of a text that no corpus names.
    pub id: Option<&'a VersionId>,
    /// The hash of its bytes, which tells a text without a name from others.
    pub sha256: &'a str,
    /// What is recorded of it.
    pub record: &'a Record,
    /// What is recorded of its work.
    pub about: &'a Work,
    /// What is known of it: what is recorded, and where nothing is, what its text says.
    pub identity: &'a Identity,
    /// Its text, read.
    pub statement: &'a Statement,
    /// All versions of the work in this language in the order of issue, this one among them; none of a text without a
    /// name.
    pub series: Vec<(&'a VersionId, &'a Record)>,
}

impl<'a> PublishedVersion<'a> {
    /// A text with what is recorded of it.
    #[must_use]
    pub fn of(publication: &'a Publication, document: &'a Document) -> Self {
        Self {
            id: publication.id.as_ref(),
            sha256: &document.sha256,
            record: &publication.record,
            about: &publication.about,
            identity: &document.identity,
            statement: document.statement(),
            series: publication.series.iter().map(|version| (&version.id, &version.record)).collect(),
        }
    }

    /// The code of its language, `und` where that is not known.
    pub(super) fn language(&self) -> &str {
        self.id.map(|id| id.language.as_str()).or(self.statement.language.as_deref()).unwrap_or("und")
    }
}
