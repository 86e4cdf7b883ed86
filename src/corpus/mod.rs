//! A corpus: a folder of versions that never change once they are committed.
//!
//! ```text
//! recension.toml                                  format, defaults, policy
//! works/un/cd/2066/work.toml                      title, series, lineage
//! works/un/cd/2066/zh/2016-09-26/version.toml     identity, dates by role, claim, provenance, hashes
//! works/un/cd/2066/zh/2016-09-26/source.txt       the bytes as received
//! works/un/cd/2066/zh/2016-09-26/text.txt         the reading text
//! ```
//!
//! It is read from a folder, from any revision of the repository that the folder stands in, or from a bare repository;
//! a folder without git reads like any other. What writes is [`Store`], [`begin`], [`import()`] and what they hand to git;
//! everything else only reads. Names are listed first and files are read when they
//! are asked for, so that a reference into a large corpus costs what the version costs.

mod check;
mod draft;
mod error;
mod footprint;
mod import;
mod listing;
mod loose;
mod naming;
mod plain;
mod pull;
mod resolve;
mod settings;
mod store;
mod tree;
mod verdicts;
mod wiring;

pub(crate) use check::verify_version;
pub use check::{
    Check, Fault, Status, Uncommitted, UncommittedKind, Verified, VerifyOptions, status, verify, verify_objects,
};
pub use draft::{Draft, DraftError, Received, Said};
pub use error::CorpusError;
pub use footprint::Footprint;
pub use import::{
    HistoryOptions, ImportError, ImportOptions, Imported, Item, ListFormat, Problem, exported, folder, history, import,
    list,
};
pub(crate) use plain::{open_plain, read_plain};
pub use pull::{Head, Oddity, OddityKind, Pull, PulledFile, PulledKind, PulledVersion, pull};
pub(crate) use pull::{data_of_pull, file_of_pull, settings_of_pull, top_of};
pub use settings::{Defaults, History, Moment, Settings};
pub use store::{Added, Begun, HistoryBranch, Interrupted, Placed, SameDay, Settled, Store, StoreError, begin};
pub(crate) use verdicts::Verdicts;
pub use wiring::{Done, Reach, Wired, WiredFile, WiringError, unwire, wire};

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use crate::execution::Execution;
use crate::frbr::WorkId;
use crate::ingest::{self, Source};
use crate::language::Catalogue;
use crate::record::{Record, Version, VersionId, Work, reading_text, sha256};
use crate::statement::{Identity, Statement};
use crate::text::DecodeError;
use tree::{GitTree, SETTINGS, Tree, git_error, join};

/// Folders below each other that are followed; a work has at most a hundred parts, and no body uses ten.
const MOST_DEPTH: usize = 110;

/// The folder of ours in the git directory. Nothing in it is needed to read the corpus.
const STATE: &str = "recension";

/// An opened corpus.
pub struct Corpus {
    tree: Tree,
    folder: PathBuf,
    settings: Settings,
    settings_text: String,
    /// The folder beside git's where what can be made again is kept; none where there is no git.
    state: Option<PathBuf>,
    /// Records that the listing did not have.
    read_anew: AtomicUsize,
    execution: Execution,
    catalogue: Catalogue,
}

/// A version with its text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// Name of the file that was read: the source, or `text.txt` where the source is no plain text.
    pub file: String,
    /// The hash of its bytes.
    pub sha256: String,
    /// The text, read.
    pub source: Source,
    /// What is known of the version: what is recorded, and where nothing is, what its text says.
    pub identity: Identity,
}

impl Corpus {
    /// Opens the corpus in a folder: what the folder holds, or with a revision what git has of it.
    ///
    /// # Errors
    /// [`CorpusError`] where there is none, or its settings can't be read.
    pub fn open(folder: &Path, revision: Option<&str>) -> Result<Self, CorpusError> {
        let tree = Tree::open(folder, revision)?;
        let place = tree.place(SETTINGS);
        let Some(bytes) = tree.read(SETTINGS)? else {
            return Err(CorpusError::NotFound { path: folder.to_owned(), why: "it holds no recension.toml" });
        };
        let settings = settings::read(&bytes, &place)?;
        let settings_text = String::from_utf8_lossy(&bytes).into_owned();
        let state = git2::Repository::discover(folder).ok().map(|repository| repository.path().join(STATE));
        Ok(Self {
            tree,
            folder: folder.to_owned(),
            settings,
            settings_text,
            state,
            read_anew: AtomicUsize::new(0),
            execution: Execution::Sequential,
            catalogue: Catalogue::default(),
        })
    }

    /// Opens what a revision has of a corpus, by the folder of the corpus in its repository, under the settings that
    /// another state of the corpus has: what is judged has no say in how.
    ///
    /// # Errors
    /// [`CorpusError`] where the revision has no such folder, or the settings can't be read.
    pub(crate) fn open_under(top: &Path, place: &str, revision: &str, settings: &str) -> Result<Self, CorpusError> {
        let folder = if place.is_empty() { top.to_owned() } else { top.join(place) };
        let repository = git2::Repository::open(top).map_err(|error| git_error(top, &error))?;
        let state = Some(repository.path().join(STATE));
        let tree = Tree::Git(GitTree::at(repository, place, &folder, revision)?);
        let settings_text = settings.to_owned();
        let settings = settings::read(settings.as_bytes(), &folder.join(SETTINGS).display().to_string())?;
        Ok(Self {
            tree,
            folder,
            settings,
            settings_text,
            state,
            read_anew: AtomicUsize::new(0),
            execution: Execution::Sequential,
            catalogue: Catalogue::default(),
        })
    }

    /// The same corpus, to be listed, searched and verified on so many threads.
    #[must_use]
    pub fn with_execution(self, execution: Execution) -> Self {
        Self { execution, ..self }
    }

    /// The same corpus, whose texts are read with other languages and bodies. What was found with those of the program is
    /// kept apart from what is found with these.
    #[must_use]
    pub fn with_catalogue(self, catalogue: &Catalogue) -> Self {
        let state = match catalogue.fingerprint() {
            Some(print) => self.state.map(|state| state.join(format!("data-{print:016x}"))),
            None => self.state,
        };
        Self { catalogue: catalogue.clone(), state, ..self }
    }

    /// The languages and bodies that its texts are read with.
    #[must_use]
    pub const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The folder that it was opened from.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How it is called in messages: its folder, and the revision where one is read.
    #[must_use]
    pub fn name(&self) -> String {
        self.tree.place("")
    }

    /// What `recension.toml` says.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The text of `recension.toml` and what to call it in messages, for those who read tables of their own in it.
    #[must_use]
    pub(crate) fn settings_source(&self) -> (&str, String) {
        (&self.settings_text, self.tree.place(SETTINGS))
    }

    /// What `work.toml` says of a work; empty where there is none.
    ///
    /// # Errors
    /// [`CorpusError`] where it can't be read.
    pub fn work(&self, work: &WorkId) -> Result<Work, CorpusError> {
        let path = format!("works/{work}/work.toml");
        match self.tree.read(&path)? {
            Some(bytes) => settings::read(&bytes, &self.tree.place(&path)),
            None => Ok(Work::default()),
        }
    }

    fn ids_below(&self, path: &str) -> Result<Vec<VersionId>, CorpusError> {
        let mut found = Vec::new();
        self.collect(path, MOST_DEPTH, &mut found)?;
        found.sort();
        Ok(found)
    }

    fn collect(&self, path: &str, depth: usize, found: &mut Vec<VersionId>) -> Result<(), CorpusError> {
        let entries = self.tree.list(path)?;
        let name = |why: &str| CorpusError::Name { path: self.tree.place(path), why: why.to_owned() };
        if depth == 0 {
            return Err(name("it lies deeper than any work does"));
        }
        if entries.iter().any(|entry| !entry.folder && entry.name == "version.toml") {
            found.push(self.id_of(path)?);
            return Ok(());
        }
        // A text without its record would else be passed over as if it were not there.
        if entries.iter().any(|entry| !entry.folder && (entry.name == "text.txt" || entry.name.starts_with("source.")))
        {
            return Err(name("it holds a text and no version.toml"));
        }
        for entry in entries.iter().filter(|entry| entry.folder) {
            self.collect(&join(path, &entry.name), depth - 1, found)?;
        }
        Ok(())
    }

    /// The version whose folder a path is.
    fn id_of(&self, path: &str) -> Result<VersionId, CorpusError> {
        id_of_path(path).map_err(|why| CorpusError::Name { path: self.tree.place(path), why })
    }

    fn version(&self, id: VersionId) -> Result<Version, CorpusError> {
        let path = format!("{}/version.toml", folder_of(&id));
        let Some(bytes) = self.tree.read(&path)? else {
            return Err(CorpusError::Missing { path: self.tree.place(&path) });
        };
        let record: Record = settings::read(&bytes, &self.tree.place(&path))?;
        match &record.language {
            Some(language) if *language != id.language => Err(CorpusError::Name {
                path: self.tree.place(&path),
                why: format!("it says language {language:?} and lies in the folder of {:?}", id.language),
            }),
            _ => Ok(Version { id, record }),
        }
    }

    /// Whether the corpus has a version of a work.
    ///
    /// # Errors
    /// [`CorpusError`] where a folder can't be read.
    pub(crate) fn holds(&self, work: &WorkId) -> Result<bool, CorpusError> {
        let ids = self.ids_below(&format!("works/{work}"))?;
        Ok(ids.iter().any(|id| id.work == *work))
    }

    /// The hash of what a version is read from, as its bytes are now.
    ///
    /// # Errors
    /// [`CorpusError`] where a file is missing, or is not the one recorded.
    pub(crate) fn content_hash(&self, version: &Version) -> Result<String, CorpusError> {
        let folder = folder_of(&version.id);
        let hashes = &version.record.sha256;
        let source = self.checked(&folder, self.source_name(version, &folder)?, hashes.source.as_deref())?;
        let text = self.checked(&folder, Some("text.txt".to_owned()), hashes.text.as_deref())?;
        let hash = |file: Option<Checked>| file.map_or_else(String::new, |file| file.sha256);
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
    /// The source is read where it is plain text, else `text.txt`.
    ///
    /// # Errors
    /// [`CorpusError`] where a file is missing, is no text, or is not the one recorded.
    pub fn load(&self, version: &Version) -> Result<Loaded, CorpusError> {
        let folder = folder_of(&version.id);
        let source = self.source_name(version, &folder)?;
        let hashes = &version.record.sha256;
        let source = self.checked(&folder, source, hashes.source.as_deref())?;
        let text = self.checked(&folder, Some("text.txt".to_owned()), hashes.text.as_deref())?;
        let options = ingest::Options {
            catalogue: &self.catalogue,
            language: Some(&version.id.language),
            execution: self.execution,
        };
        let (first, second) = match (source, text) {
            (Some(source), text) => (source, text),
            (None, Some(text)) => (text, None),
            (None, None) => return Err(CorpusError::NoText { path: self.tree.place(&folder) }),
        };
        let (file, read) = match (ingest::read(&first.bytes, options), second) {
            (Err(DecodeError::Format { .. }), Some(text)) => {
                (text.name.clone(), (ingest::read(&text.bytes, options), text.sha256))
            }
            (read, _) => (first.name, (read, first.sha256)),
        };
        let (read, sha256) = read;
        let source =
            read.map_err(|source| CorpusError::Decode { path: self.tree.place(&join(&folder, &file)), source })?;
        let identity = version.record.identity(&source.statement.identity);
        Ok(Loaded { file, sha256, source, identity })
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

    /// The folder beside git's where what can be made again is kept; none where there is no git.
    #[must_use]
    pub(crate) fn state(&self) -> Option<&Path> {
        self.state.as_deref()
    }

    /// Records that [`Corpus::all`] read so far because the listing of what was read before did not have them.
    #[must_use]
    pub(crate) fn read_anew(&self) -> usize {
        self.read_anew.load(Ordering::Relaxed)
    }

    /// The name of the source: the recorded one, else the one file called `source`.
    fn source_name(&self, version: &Version, folder: &str) -> Result<Option<String>, CorpusError> {
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
    ) -> Result<Option<Checked>, CorpusError> {
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
            _ => Ok(Some(Checked { name, bytes, sha256 })),
        }
    }
}

/// A file whose hash holds.
struct Checked {
    name: String,
    bytes: Vec<u8>,
    sha256: String,
}

/// The version whose folder a path is, relative to its corpus; else why it is none.
fn id_of_path(path: &str) -> Result<VersionId, String> {
    let parts: Vec<&str> = path.split('/').collect();
    let ["works", work @ .., language, folder] = &parts[..] else {
        return Err("a version lies in works/WORK/LANGUAGE/DATE".to_owned());
    };
    let work = WorkId::new(&work.join("/")).map_err(|error| error.to_string())?;
    if !is_language_code(language) {
        return Err(format!("{language:?} is no code of a language such as en or zh"));
    }
    if !is_folder_name(folder) {
        return Err("only a-z, A-Z, 0-9, '.', '_' and '-' may stand in the name of a version's folder".to_owned());
    }
    Ok(VersionId { work, language: (*language).to_owned(), folder: (*folder).to_owned() })
}

/// The folder of a version.
fn folder_of(id: &VersionId) -> String {
    format!("works/{}/{}/{}", id.work, id.language, id.folder)
}

/// Whether a text can be the name of a version's folder.
fn is_folder_name(text: &str) -> bool {
    let plain = |byte| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-');
    (1..=64).contains(&text.len()) && !text.starts_with('.') && text.bytes().all(plain)
}

/// Whether a text is formed like the code of a language: `en`, `zh-Hant`.
fn is_language_code(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let plain = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_lowercase()) && parts.all(plain)
}

/// What tests of several files of this module share.
#[cfg(test)]
mod tests_support {
    use super::Corpus;
    use std::{fs, path::Path};

    /// Writes the record of a version.
    pub(super) fn put(folder: &Path, path: &str, record: &str) {
        let path = folder.join("works").join(path);
        fs::create_dir_all(&path).expect("writable");
        fs::write(path.join("version.toml"), record).expect("writable");
    }

    /// The corpus of a folder, which gets its settings.
    pub(super) fn corpus_in(folder: &Path) -> Corpus {
        fs::write(folder.join("recension.toml"), "format = 1\n").expect("writable");
        Corpus::open(folder, None).expect("a corpus")
    }
}
