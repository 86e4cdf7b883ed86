//! An opened corpus: its settings, its works and the versions that it has.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use super::{
    error::CorpusError,
    paths::{MOST_DEPTH, STATE, folder_of, id_of_path},
    settings::{self, Settings},
    tree::{GitTree, SETTINGS, Tree, git_error, join},
};
use crate::execution::Execution;
use crate::frbr::WorkId;
use crate::language::Catalogue;
use crate::record::{Record, Version, VersionId, Work};

/// An opened corpus.
pub struct Corpus {
    /// What its files are read from.
    pub(super) tree: Tree,
    /// The folder that it was opened from.
    pub(super) folder: PathBuf,
    /// What `recension.toml` says.
    pub(super) settings: Settings,
    settings_text: String,
    /// The folder beside git's where what can be made again is kept; none where there is no git.
    pub(super) state: Option<PathBuf>,
    /// Records that the listing did not have.
    pub(super) read_anew: AtomicUsize,
    /// How many threads read it.
    pub(super) execution: Execution,
    /// The languages and bodies that its texts are read with.
    pub(super) catalogue: Catalogue,
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
        Ok(Self::of(tree, folder.to_owned(), (settings, settings_text), state))
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
        Ok(Self::of(tree, folder, (settings, settings_text), state))
    }

    /// A corpus under settings and their text, read by one thread with what the program knows.
    fn of(tree: Tree, folder: PathBuf, (settings, settings_text): (Settings, String), state: Option<PathBuf>) -> Self {
        Self {
            tree,
            folder,
            settings,
            settings_text,
            state,
            read_anew: AtomicUsize::new(0),
            execution: Execution::Sequential,
            catalogue: Catalogue::default(),
        }
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

    /// The versions below a path, by name.
    pub(super) fn ids_below(&self, path: &str) -> Result<Vec<VersionId>, CorpusError> {
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
    pub(super) fn id_of(&self, path: &str) -> Result<VersionId, CorpusError> {
        id_of_path(path).map_err(|why| CorpusError::Name { path: self.tree.place(path), why })
    }

    /// The version of a name, with its record.
    pub(super) fn version(&self, id: VersionId) -> Result<Version, CorpusError> {
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
}
