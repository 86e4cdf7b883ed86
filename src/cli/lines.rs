//! The files to which annotations point, as a reader would open them from the current folder.

use std::path::Path;

use super::{error::CliError, input::Named, ui};
use crate::corpus::{Corpus, CorpusError};
use crate::record::{Lined, Version};
use crate::report::Document;
use crate::statement::Statement;

/// The file in which the clauses of a document can be looked up; none for standard input.
pub(super) fn of<'d>(named: &Named, document: &'d Document) -> Result<Option<Lined<'d>>, CliError> {
    let (statement, text) = (document.statement(), document.source.text.as_str());
    Ok(match named {
        Named::Stdin => None,
        Named::File(path) => Some(Lined::source(shown(path), statement, text)),
        Named::Version(corpus, version, _) => Some(of_version(corpus, version, (statement, text), &document.sha256)?),
    })
}

/// The file in which the clauses of a version can be looked up.
pub(super) fn of_version<'d>(
    corpus: &Corpus,
    version: &Version,
    (statement, text): (&'d Statement, &'d str),
    sha256: &str,
) -> Result<Lined<'d>, CorpusError> {
    let (path, reading) = corpus.file_to_read(version, statement, sha256)?;
    // A bare repository has no files to open: there the path is that in its trees.
    let folder = corpus.folder();
    let path = if folder.join("recension.toml").is_file() { shown(&folder.join(path)) } else { path };
    Ok(if reading { Lined::reading(path, statement) } else { Lined::source(path, statement, text) })
}

/// A path relative to the current folder where it lies below it, with slashes.
fn shown(path: &Path) -> String {
    let here = ui::current_folder();
    let relative = here.as_ref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let relative = relative.strip_prefix(".").unwrap_or(relative);
    let shown = relative.display().to_string();
    if cfg!(windows) { shown.replace('\\', "/") } else { shown }
}
