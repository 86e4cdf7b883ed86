//! The files of a version: its text, read, and the bytes that it has, whose hashes are looked at.

use super::{error::CorpusError, open::Corpus, paths::folder_of, tree::join};
use crate::ingest::{self, ReadError, Source};
use crate::record::{Version, reading_text, sha256};
use crate::statement::{Identity, Statement};
use crate::text::FileFormat;

/// A version with its text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LoadedVersion {
    /// Name of the file that was read: the source, or `text.txt` where the source is no plain text and says otherwise.
    pub file: String,
    /// The hash of its bytes.
    pub sha256: String,
    /// The text, read.
    pub source: Source,
    /// What is known of the version: what is recorded, and where nothing is, what its text says.
    pub identity: Identity,
}

/// A file whose hash holds.
struct CheckedFile {
    name: String,
    bytes: Vec<u8>,
    sha256: String,
}

impl Corpus {
    /// The hash of what a version is read from, as its bytes are now.
    ///
    /// # Errors
    /// [`CorpusError`] where a file is missing, or is not the one recorded.
    pub(crate) fn content_hash(&self, version: &Version) -> Result<String, CorpusError> {
        let folder = folder_of(&version.id);
        let hashes = &version.record.sha256;
        let source = self.checked(&folder, self.source_name(version, &folder)?, hashes.source.as_deref())?;
        let text = self.checked(&folder, Some("text.txt".to_owned()), hashes.text.as_deref())?;
        let hash = |file: Option<CheckedFile>| file.map_or_else(String::new, |file| file.sha256);
        Ok(format!("{} {} {}", version.id.language, hash(source), hash(text)))
    }

    /// The reading text of a version.
    ///
    /// # Errors
    /// [`CorpusError`] where it is missing, or not the one recorded.
    pub(crate) fn text_bytes(&self, version: &Version) -> Result<Vec<u8>, CorpusError> {
        let folder = folder_of(&version.id);
        let file = self.checked(&folder, Some("text.txt".to_owned()), version.record.sha256.text.as_deref())?;
        let place = || CorpusError::NoText { path: self.tree.place(&join(&folder, "text.txt")) };
        file.map(|file| file.bytes).ok_or_else(place)
    }

    /// The source of a version: the name of its file, and its bytes.
    ///
    /// # Errors
    /// [`CorpusError`] where it is missing, or not the one recorded.
    pub(crate) fn source_bytes(&self, version: &Version) -> Result<(String, Vec<u8>), CorpusError> {
        let folder = folder_of(&version.id);
        let name = self.source_name(version, &folder)?;
        let file = self.checked(&folder, name, version.record.sha256.source.as_deref())?;
        let place = || CorpusError::NoText { path: self.tree.place(&folder) };
        file.map(|file| (file.name, file.bytes)).ok_or_else(place)
    }

    /// Reads the text of a version and checks the hashes recorded with it.
    ///
    /// The source is read where it is plain text, or gives `text.txt`; else `text.txt` is read.
    ///
    /// # Errors
    /// [`CorpusError`] where a file is missing, is no text, or is not the one recorded.
    pub fn load(&self, version: &Version) -> Result<LoadedVersion, CorpusError> {
        let folder = folder_of(&version.id);
        let source = self.source_name(version, &folder)?;
        let hashes = &version.record.sha256;
        let source = self.checked(&folder, source, hashes.source.as_deref())?;
        let text = self.checked(&folder, Some("text.txt".to_owned()), hashes.text.as_deref())?;
        let options = ingest::Options {
            catalogue: &self.catalogue,
            language: Some(&version.id.language),
            execution: self.execution,
            ..ingest::Options::default()
        };
        let (first, second) = match (source, text) {
            (Some(source), text) => (source, text),
            (None, Some(text)) => (text, None),
            (None, None) => return Err(CorpusError::NoText { path: self.tree.place(&folder) }),
        };
        let (file, read) = match (ingest::read(&first.bytes, options), second) {
            // What was made of a source that is no plain text stays what the version says, whoever reads it how later.
            (read, Some(text)) if !is_reading(&read, &text.bytes, &first.bytes) => {
                (text.name.clone(), (ingest::read(&text.bytes, options), text.sha256))
            }
            (read, _) => (first.name, (read, first.sha256)),
        };
        let (read, sha256) = read;
        let source =
            read.map_err(|source| CorpusError::Decode { path: self.tree.place(&join(&folder, &file)), source })?;
        let identity = version.record.identity(&source.statement.identity);
        Ok(LoadedVersion { file, sha256, source, identity })
    }

    /// The file in which a reader would look up the clauses of a version, by its path in the corpus, and whether it is
    /// the reading text of this statement: else it is what the statement was read from.
    ///
    /// # Errors
    /// [`CorpusError`] where a file is missing, or not the one recorded.
    pub(crate) fn file_to_read(
        &self,
        version: &Version,
        statement: &Statement,
        sha256: &str,
    ) -> Result<(String, bool), CorpusError> {
        let folder = folder_of(&version.id);
        let text = self.checked(&folder, Some("text.txt".to_owned()), version.record.sha256.text.as_deref())?;
        let reading = text.as_ref().is_some_and(|text| text.bytes == reading_text(statement).as_bytes());
        let name = match text {
            Some(text) if reading || text.sha256 == sha256 => text.name,
            _ => self.source_name(version, &folder)?.unwrap_or_else(|| "text.txt".to_owned()),
        };
        Ok((join(&folder, &name), reading))
    }

    /// The name of the source: the recorded one, else the one file called `source`.
    pub(super) fn source_name(&self, version: &Version, folder: &str) -> Result<Option<String>, CorpusError> {
        let Some(name) = &version.record.provenance.source else {
            let entries = self.tree.list(folder)?;
            return Ok(entries
                .into_iter()
                .find(|entry| !entry.folder && entry.name.starts_with("source."))
                .map(|entry| entry.name));
        };
        if name.is_empty()
            || name.starts_with('.')
            || name.contains(['/', '\\', ':'])
            || name.chars().any(char::is_control)
        {
            let path = self.tree.place(&join(folder, "version.toml"));
            return Err(CorpusError::Name { path, why: format!("the source {name:?} is no plain file name") });
        }
        Ok(Some(name.clone()))
    }

    /// The bytes of a file, if it is there, after a look at their hash.
    fn checked(
        &self,
        folder: &str,
        name: Option<String>,
        recorded: Option<&str>,
    ) -> Result<Option<CheckedFile>, CorpusError> {
        let Some(name) = name else { return Ok(None) };
        let path = join(folder, &name);
        let recorded = recorded.filter(|recorded| !recorded.is_empty());
        let Some(bytes) = self.tree.read(&path)? else {
            let named = recorded.is_some() || name != "text.txt";
            return if named { Err(CorpusError::Missing { path: self.tree.place(&path) }) } else { Ok(None) };
        };
        let sha256 = sha256(&bytes);
        match recorded {
            Some(recorded) if !recorded.eq_ignore_ascii_case(&sha256) => {
                Err(CorpusError::Hash { path: self.tree.place(&path), recorded: recorded.to_owned(), found: sha256 })
            }
            _ => Ok(Some(CheckedFile { name, bytes, sha256 })),
        }
    }
}

/// Whether the reading of a source is the text that is kept of it, as far as it need be: of plain text there is no other.
fn is_reading(read: &Result<Source, ReadError>, kept: &[u8], source: &[u8]) -> bool {
    match read {
        Ok(read) => FileFormat::of(source).is_none() || reading_text(&read.statement).as_bytes() == kept,
        Err(error) => !error.may_have_text_elsewhere(),
    }
}
