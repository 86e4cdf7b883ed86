//! What the corpus records of a text that is compared, as Akoma Ntoso wants it.

use super::{error::CliError, input::Named};
use crate::corpus::{Record, Version, VersionId, Work};
use crate::frbr::{Reference, Which};
use crate::report::{Document, PublishedVersion};

/// What is recorded of a text; nothing, where no corpus names it.
#[derive(Default)]
pub(super) struct Publication {
    id: Option<VersionId>,
    record: Record,
    about: Work,
    series: Vec<Version>,
}

impl Publication {
    /// Looks it up.
    pub(super) fn of(named: &Named) -> Result<Self, CliError> {
        let Named::Version(corpus, version, _) = named else { return Ok(Self::default()) };
        let VersionId { work, language, .. } = version.id.clone();
        let about = corpus.work(&work)?;
        let reference = Reference { revision: None, work, which: Which::Latest, language: Some(language) };
        let series = corpus.series(&reference)?.concat();
        Ok(Self { id: Some(version.id.clone()), record: version.record.clone(), about, series })
    }

    /// The text with what is recorded of it.
    pub(super) fn published<'a>(&'a self, document: &'a Document) -> PublishedVersion<'a> {
        PublishedVersion {
            id: self.id.as_ref(),
            sha256: &document.sha256,
            record: &self.record,
            about: &self.about,
            identity: &document.identity,
            statement: document.statement(),
            series: self.series.iter().map(|version| (&version.id, &version.record)).collect(),
        }
    }
}
