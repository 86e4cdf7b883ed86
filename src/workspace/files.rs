//! The files to which annotations point, as a reader would open them from the folder they stand in.

use std::path::Path;

use super::input::Input;
use crate::corpus::{Corpus, CorpusError};
use crate::record::{Document, FilePositions, Version};
use crate::statement::Statement;

/// The file in which the clauses of a document can be looked up; none for bytes that were handed over.
///
/// Paths are told relative to `here`, the folder of whoever opens them, where they lie below it.
///
/// # Errors
/// [`CorpusError`] where a file of a version is missing, or not the one recorded.
pub(crate) fn file_of_input<'d>(
    input: &Input,
    document: &'d Document,
    here: Option<&Path>,
) -> Result<Option<FilePositions<'d>>, CorpusError> {
    let (statement, text) = (document.statement(), document.source.text.as_str());
    Ok(match input {
        Input::Bytes { .. } => None,
        Input::File(path) => Some(FilePositions::source(shown(path, here), statement, text)),
        Input::Version { corpus, version, .. } => {
            Some(file_of_version(corpus, version, (statement, text), &document.sha256, here)?)
        }
    })
}

/// The file in which the clauses of a version can be looked up, `sha256` being the hash of what its statement was read
/// from.
///
/// # Errors
/// [`CorpusError`] where a file is missing, or not the one recorded.
pub(super) fn file_of_version<'d>(
    corpus: &Corpus,
    version: &Version,
    (statement, text): (&'d Statement, &'d str),
    sha256: &str,
    here: Option<&Path>,
) -> Result<FilePositions<'d>, CorpusError> {
    let (path, reading) = corpus.file_to_read(version, statement, sha256)?;
    // A bare repository has no files to open: there the path is that in its trees.
    let folder = corpus.folder();
    let path = if folder.join("recension.toml").is_file() { shown(&folder.join(path), here) } else { path };
    Ok(if reading { FilePositions::reading(path, statement) } else { FilePositions::source(path, statement, text) })
}

/// A path relative to the folder of whoever opens it where it lies below that, with slashes.
fn shown(path: &Path, here: Option<&Path>) -> String {
    let relative = here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let relative = relative.strip_prefix(".").unwrap_or(relative);
    let shown = relative.display().to_string();
    if cfg!(windows) { shown.replace('\\', "/") } else { shown }
}
