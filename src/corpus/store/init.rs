//! A new corpus.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::error::StoreError;
use super::{
    commit::{Manner, Write},
    index::{self, LockedIndex},
    lock::Lock,
    new_file::{FileBytes, NewFile},
    open::Store,
    secure::secure,
};
use crate::corpus::error::CorpusError;
use crate::corpus::tree::{SETTINGS, join};

/// What git must know of the files of a corpus.
pub(super) const ATTRIBUTES: &str = ".gitattributes";

/// The settings of a new corpus.
const NEW_SETTINGS: &str = r#"format = 1

[policy]
technical = "editorial"      # the highest tier that fits a claim of technical reasons
corrigendum = "substantive"
revision = "substantive"
unclaimed = "editorial"      # the highest tier of a change that nothing announces
"#;

/// No change of line ends and no other conversion: the bytes of a source are the source.
const NEW_ATTRIBUTES: &str = "works/** -text -eol -ident -filter -working-tree-encoding\n";

/// A corpus that was begun.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NewCorpus {
    /// The folder of the corpus.
    pub folder: PathBuf,
    /// Whether a repository was made for it; else it lies in one that was there.
    pub repository: bool,
    /// Whether the corpus was there already; then nothing was done.
    pub already: bool,
    /// The commit.
    pub commit: Option<String>,
}

/// Begins a corpus in a folder, which is made if it is not there; in the git repository around it, else in a new one.
///
/// # Errors
/// [`StoreError`]; then nothing was committed.
pub fn begin(folder: &Path, bare: bool) -> Result<NewCorpus, StoreError> {
    if let Ok(store) = Store::open(folder) {
        drop(store);
        return Ok(NewCorpus { folder: folder.to_owned(), repository: false, already: true, commit: None });
    }
    if folder.exists() && !folder.is_dir() {
        return Err(CorpusError::NotFound { path: folder.to_owned(), why: "it is not a folder" }.into());
    }
    // A commit needs an author: that is asked before anything is made.
    identity(folder)?;
    let made = !folder.exists();
    let begun = if bare { begin_bare(folder) } else { begin_folder(folder) };
    if begun.is_err() && made {
        // Nobody else has put anything into a folder that was not there.
        let _ = fs::remove_dir_all(folder);
    }
    begun
}

fn begin_bare(folder: &Path) -> Result<NewCorpus, StoreError> {
    let repository = create(folder, true)?;
    let store = Store::of(repository, folder, None, String::new());
    let commit = store.begin()?;
    Ok(NewCorpus { folder: folder.to_owned(), repository: true, already: false, commit: Some(commit) })
}

fn begin_folder(folder: &Path) -> Result<NewCorpus, StoreError> {
    fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
    let around = git2::Repository::discover(folder).ok().filter(|repository| !repository.is_bare());
    let new = around.is_none();
    let repository = match around {
        Some(repository) => repository,
        None => create(folder, false)?,
    };
    for (name, text) in [(SETTINGS, NEW_SETTINGS), (ATTRIBUTES, NEW_ATTRIBUTES)] {
        let path = folder.join(name);
        if !path.exists() {
            fs::write(&path, text).map_err(StoreError::io(&path))?;
        }
    }
    let prefix = crate::corpus::tree::prefix(&repository, folder)?;
    let store = Store::of(repository, folder, Some(folder.to_owned()), prefix);
    let commit = store.begin()?;
    Ok(NewCorpus { folder: folder.to_owned(), repository: new, already: false, commit: Some(commit) })
}

impl Store {
    /// Commits the settings of a new corpus.
    fn begin(&self) -> Result<String, StoreError> {
        let (author, committer) = self.identities()?;
        let _lock = Lock::take(&self.state, &|| {})?;
        let (reference, tip) = self.branch()?;
        let mut files = Vec::new();
        for (name, text) in [(SETTINGS, NEW_SETTINGS), (ATTRIBUTES, NEW_ATTRIBUTES)] {
            let bytes = match &self.root {
                Some(root) => fs::read(root.join(name)).map_err(StoreError::io(root.join(name)))?,
                None => text.as_bytes().to_vec(),
            };
            let blob = self.blob(&bytes)?;
            files.push(NewFile { path: name.to_owned(), blob, bytes: FileBytes::Own(bytes) });
        }
        let mut index = LockedIndex::take(&self.repository, &self.state)?;
        let entry = |file: &NewFile| index::Entry { path: join(&self.prefix, &file.path), blob: file.blob };
        if let Some(index) = &mut index {
            index.enter(&files.iter().map(entry).collect::<Vec<_>>())?;
        }
        let (commit, new) = self.commit(&files, "Begin a corpus\n", tip, (&author, &committer), Manner::Loose)?;
        if !self.advance(&Write { reference: &reference, tip, commit })? {
            index.map_or(Ok(()), LockedIndex::restore)?;
            let lock = self.repository.commondir().join(format!("{reference}.lock"));
            return Err(StoreError::Locked { lock, seconds: 0 });
        }
        drop(index);
        secure(self.repository.path(), self.repository.commondir(), &new, &files, &[])?;
        Ok(commit.to_string())
    }
}

/// Whether git knows an author, in the repository around a folder or in general.
fn identity(folder: &Path) -> Result<(), StoreError> {
    let known = match git2::Repository::discover(folder) {
        Ok(repository) => repository.author_from_env().is_ok(),
        Err(_) => {
            let config = git2::Config::open_default().ok();
            let has = |key: &str| config.as_ref().is_some_and(|config| config.get_string(key).is_ok());
            // The environment can be asked only through a repository; one without a place on the disk does.
            let in_environment = git2::Odb::new()
                .and_then(git2::Repository::from_odb)
                .is_ok_and(|repository| repository.author_from_env().is_ok());
            in_environment || (has("user.name") && has("user.email"))
        }
    };
    if known { Ok(()) } else { Err(StoreError::NoIdentity { repository: folder.to_owned() }) }
}

/// A new repository, its branch called as the user wants it.
fn create(folder: &Path, bare: bool) -> Result<git2::Repository, StoreError> {
    let wanted = git2::Config::open_default().and_then(|config| config.get_string("init.defaultBranch"));
    let branch = wanted.unwrap_or_else(|_| "main".to_owned());
    let mut options = git2::RepositoryInitOptions::new();
    options.bare(bare).initial_head(&branch).external_template(false);
    git2::Repository::init_opts(folder, &options).map_err(|error| StoreError::Git {
        doing: "make a repository",
        repository: folder.to_owned(),
        message: error.message().to_owned(),
    })
}
