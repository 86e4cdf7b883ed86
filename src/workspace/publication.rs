//! What the corpus records of a text.

use super::input::Input;
use crate::corpus::CorpusError;
use crate::frbr::{Reference, Which};
use crate::record::{Publication, VersionId};

/// What is recorded of a text; nothing where no corpus names it.
///
/// # Errors
/// [`CorpusError`] where a record can't be read.
pub(crate) fn publication(input: &Input) -> Result<Publication, CorpusError> {
    let Input::Version { corpus, version, .. } = input else { return Ok(Publication::default()) };
    let VersionId { work, language, .. } = version.id.clone();
    let about = corpus.work(&work)?;
    let reference = Reference { revision: None, work, which: Which::Latest, language: Some(language) };
    let series = corpus.series(&reference)?.concat();
    Ok(Publication { id: Some(version.id.clone()), record: version.record.clone(), about, series })
}
