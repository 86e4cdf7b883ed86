//! What is not committed, and what stands in the way of writing.

use std::{collections::BTreeMap, fs, path::Path};

use crate::corpus::{
    store::{Store, StoreError},
    tree::{git_error, join},
};

/// The state of a corpus that is written to.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Status {
    /// The folder, or the bare repository.
    pub folder: String,
    /// Whether it is a bare repository.
    pub bare: bool,
    /// The branch that versions go to; absent where HEAD is detached.
    pub branch: Option<String>,
    /// Its commit; absent where nothing is committed.
    pub commit: Option<String>,
    /// What git is amid: a merge, a rebase.
    pub amid: Option<&'static str>,
    /// Whether the clone has only a part of the history.
    pub shallow: bool,
    /// Whether git knows an author for commits.
    pub identity: bool,
    /// Whether a writer was interrupted.
    pub interrupted: bool,
    /// What is not committed, by path.
    pub uncommitted: Vec<UncommittedFile>,
}

impl Status {
    /// Whether no committed version was touched and no call was interrupted.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let touched = |kind| matches!(kind, UncommittedKind::Changed | UncommittedKind::Removed);
        !self.interrupted && !self.uncommitted.iter().any(|uncommitted| touched(uncommitted.kind))
    }
}

/// Something in the work tree that is not as it is committed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct UncommittedFile {
    /// The folder of a version, or a file; relative to the corpus.
    pub path: String,
    /// What became of it.
    pub kind: UncommittedKind,
}

/// What became of something that is not as it is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum UncommittedKind {
    /// A version that is not committed.
    New,
    /// A committed version that was changed.
    Changed,
    /// A committed version that is gone.
    Removed,
    /// A committed version that is as it was committed, and that git's index does not know.
    Unindexed,
    /// Another file: a work's record, the settings.
    Other,
}

impl UncommittedKind {
    /// Its name in documents for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Unindexed => "unindexed",
            Self::Other => "other",
        }
    }
}

/// Looks at a corpus without changing anything.
///
/// # Errors
/// [`StoreError`] where there is no corpus, or no git repository around it.
pub fn status(folder: &Path) -> Result<Status, StoreError> {
    let store = Store::open(folder)?;
    let repository = &store.repository;
    let head = repository.find_reference("HEAD").ok();
    let name = head.as_ref().and_then(|head| head.symbolic_target().ok().flatten().map(str::to_owned));
    let tip = repository.head().ok().and_then(|head| head.target());
    let mut found = Status {
        folder: folder.display().to_string(),
        bare: store.root.is_none(),
        branch: name.map(|name| name.trim_start_matches("refs/heads/").to_owned()),
        commit: tip.map(|tip| tip.to_string()),
        amid: store.amid(),
        shallow: repository.is_shallow(),
        identity: repository.author_from_env().is_ok(),
        interrupted: store.is_interrupted(),
        uncommitted: Vec::new(),
    };
    if let Some(root) = &store.root {
        found.uncommitted = uncommitted(&store, root).map_err(|error| git_error(folder, &error))?;
    }
    Ok(found)
}

/// What git says of the files of the corpus, told by versions.
fn uncommitted(store: &Store, root: &Path) -> Result<Vec<UncommittedFile>, git2::Error> {
    let repository = &store.repository;
    let mut options = git2::StatusOptions::new();
    options.include_untracked(true).recurse_untracked_dirs(true).exclude_submodules(true).renames_head_to_index(false);
    if !store.prefix.is_empty() {
        options.pathspec(format!("{}/*", store.prefix)).disable_pathspec_match(false);
    }
    let committed = repository.head().and_then(|head| head.peel_to_tree()).ok();
    let mut folders: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    let mut found = Vec::new();
    for entry in repository.statuses(Some(&mut options))?.iter() {
        let Ok(path) = entry.path() else { continue };
        let Some(own) = below(&store.prefix, path) else { continue };
        if own.split('/').any(|part| part.starts_with('.')) {
            continue;
        }
        let Some(folder) = version_folder(own, root, committed.as_ref(), &store.prefix) else {
            found.push(UncommittedFile { path: own.to_owned(), kind: UncommittedKind::Other });
            continue;
        };
        let path = join(&store.prefix, &folder);
        let in_head = committed.as_ref().is_some_and(|tree| tree.get_path(Path::new(&path)).is_ok());
        let on_disk = root.join(&folder).exists();
        folders.insert(folder, (in_head, on_disk));
    }
    found.extend(folders.into_iter().map(|(path, (in_head, on_disk))| {
        let kind = match (in_head, on_disk) {
            (false, _) => UncommittedKind::New,
            (true, true) if is_committed(&root.join(&path), &join(&store.prefix, &path), store) => {
                UncommittedKind::Unindexed
            }
            (true, true) => UncommittedKind::Changed,
            (true, false) => UncommittedKind::Removed,
        };
        UncommittedFile { path, kind }
    }));
    found.sort();
    Ok(found)
}

/// Whether a folder of the work tree holds what is committed and nothing else.
fn is_committed(folder: &Path, path: &str, store: &Store) -> bool {
    let repository = &store.repository;
    let tree = repository.head().and_then(|head| head.peel_to_tree()).and_then(|tree| tree.get_path(Path::new(path)));
    let Ok(tree) = tree.and_then(|entry| repository.find_tree(entry.id())) else { return false };
    let Ok(files) = fs::read_dir(folder) else { return false };
    let same = tree.iter().all(|entry| {
        let bytes = entry.name().ok().and_then(|name| fs::read(folder.join(name)).ok());
        bytes.and_then(|bytes| git2::Oid::hash_object(git2::ObjectType::Blob, &bytes).ok()) == Some(entry.id())
    });
    same && files.count() == tree.len()
}

/// The folder of a version that a file stands in, as it is on the disk or committed.
fn version_folder(path: &str, root: &Path, committed: Option<&git2::Tree<'_>>, prefix: &str) -> Option<String> {
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        folder = above;
        let record = format!("{folder}/version.toml");
        let committed = committed.is_some_and(|tree| tree.get_path(Path::new(&join(prefix, &record))).is_ok());
        if root.join(&record).is_file() || committed {
            return Some(folder.to_owned());
        }
    }
    None
}

/// A path of the repository as the corpus has it; none of a path elsewhere.
fn below<'a>(prefix: &str, path: &'a str) -> Option<&'a str> {
    if prefix.is_empty() { Some(path) } else { path.strip_prefix(prefix)?.strip_prefix('/') }
}
