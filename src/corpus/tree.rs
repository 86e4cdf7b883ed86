//! Where the files of a corpus come from: a folder, or a tree of a git repository.
//!
//! Objects are read, never checked out, so a bare repository and any revision read alike. Links are refused on the way
//! down, in a folder as in a tree: a corpus that was received must not make the program read files outside it.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{
    error::CorpusError,
    loose::{blob, sound},
};

/// Bytes of a file that are read at most: one more than any source may have, so that decoding sees that it is too long.
const MOST_BYTES: u64 = (256 << 20) + 1;

/// Name of the file that makes a folder a corpus.
pub(super) const SETTINGS: &str = "recension.toml";

/// A file or a folder of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) folder: bool,
    /// The name that git has for it, in a tree of git.
    pub(super) id: Option<String>,
}

/// The files of a corpus. Paths have slashes and are relative to its root; `""` is the root.
pub(super) enum Tree {
    Folder(PathBuf),
    Git(GitTree),
}

/// A tree of a repository. The lock is there because libgit2's handles may not be used by two threads at once.
pub(super) struct GitTree {
    repository: Mutex<git2::Repository>,
    root: git2::Oid,
    /// The path of the corpus in the trees of the repository.
    pub(super) prefix: String,
    /// How the tree is called in messages: `corpus at HEAD`.
    name: String,
    folder: PathBuf,
}

impl Tree {
    /// Opens the corpus of a folder: the folder itself, or what `revision` or a bare repository holds.
    pub(super) fn open(folder: &Path, revision: Option<&str>) -> Result<Self, CorpusError> {
        let missing = |why| CorpusError::NotFound { path: folder.to_owned(), why };
        if !folder.exists() {
            return Err(missing("there is no such folder"));
        }
        if !folder.is_dir() {
            return Err(missing("it is not a folder"));
        }
        if revision.is_none() && folder.join(SETTINGS).is_file() {
            return Ok(Self::Folder(folder.to_owned()));
        }
        match (bare(folder), revision) {
            (Some(repository), _) => GitTree::open(repository, "", folder, revision.unwrap_or("HEAD")).map(Self::Git),
            (None, None) => Err(missing("it holds no recension.toml, and it is no bare git repository")),
            (None, Some(revision)) => {
                let repository = git2::Repository::discover(folder).map_err(|error| git_error(folder, &error))?;
                let prefix = prefix(&repository, folder)?;
                GitTree::open(repository, &prefix, folder, revision).map(Self::Git)
            }
        }
    }

    /// How a file is called in messages.
    pub(super) fn place(&self, path: &str) -> String {
        match self {
            Self::Folder(root) if path.is_empty() => root.display().to_string(),
            Self::Folder(root) => root.join(path).display().to_string(),
            Self::Git(tree) if path.is_empty() => tree.name.clone(),
            Self::Git(tree) => format!("{path} in {}", tree.name),
        }
    }

    /// The bytes of a file; `None` where nothing stands.
    pub(super) fn read(&self, path: &str) -> Result<Option<Vec<u8>>, CorpusError> {
        match self {
            Self::Folder(root) => self.read_file(root, path),
            Self::Git(tree) => tree.read(path),
        }
    }

    /// The entries of a folder by name, names that begin with a dot left out; none where no folder stands.
    pub(super) fn list(&self, path: &str) -> Result<Vec<Entry>, CorpusError> {
        let mut entries = match self {
            Self::Folder(root) => self.list_folder(root, path)?,
            Self::Git(tree) => tree.list(path)?,
        };
        entries.retain(|entry| !entry.name.starts_with('.'));
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    /// Whether a folder holds a file of this name.
    pub(super) fn has_file(&self, path: &str, name: &str) -> Result<bool, CorpusError> {
        match self {
            Self::Folder(root) => Ok(self.walk(root, &join(path, name))?.is_some_and(|found| found.is_file())),
            Self::Git(tree) => {
                let repository = tree.lock();
                Ok(matches!(tree.find(&repository, &join(path, name))?, Some((_, Kind::File))))
            }
        }
    }

    /// The kind of what stands at a path, every step of which must be a plain file or folder.
    fn walk(&self, root: &Path, path: &str) -> Result<Option<fs::Metadata>, CorpusError> {
        let mut at = root.to_owned();
        let mut walked = String::new();
        let mut last = None;
        for part in path.split('/').filter(|part| !part.is_empty()) {
            at.push(part);
            walked.push_str(part);
            match fs::symlink_metadata(&at) {
                Ok(found) if found.is_symlink() => {
                    return Err(CorpusError::Link { path: self.place(&walked), kind: "a symbolic link" });
                }
                Ok(found) if found.is_dir() && is_nested(&at) => {
                    return Err(CorpusError::Link { path: self.place(&walked), kind: "a nested repository" });
                }
                Ok(found) => last = Some(found),
                Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                    return Ok(None);
                }
                Err(source) => return Err(CorpusError::Io { path: self.place(&walked), source }),
            }
            walked.push('/');
        }
        Ok(last)
    }

    fn read_file(&self, root: &Path, path: &str) -> Result<Option<Vec<u8>>, CorpusError> {
        let Some(found) = self.walk(root, path)? else { return Ok(None) };
        if !found.is_file() {
            return Err(CorpusError::Link { path: self.place(path), kind: "no plain file" });
        }
        let failed = |source| CorpusError::Io { path: self.place(path), source };
        let mut bytes = Vec::new();
        File::open(root.join(path)).map_err(failed)?.take(MOST_BYTES).read_to_end(&mut bytes).map_err(failed)?;
        Ok(Some(bytes))
    }

    fn list_folder(&self, root: &Path, path: &str) -> Result<Vec<Entry>, CorpusError> {
        match self.walk(root, path)? {
            Some(found) if found.is_dir() => {}
            None if path.is_empty() => {}
            _ => return Ok(Vec::new()),
        }
        let failed = |source| CorpusError::Io { path: self.place(path), source };
        let mut entries = Vec::new();
        for entry in fs::read_dir(root.join(path)).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().into_string().map_err(|name| CorpusError::Name {
                path: self.place(path),
                why: format!("the name {:?} in it is no UTF-8", name.to_string_lossy()),
            })?;
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_symlink() && !name.starts_with('.') {
                return Err(CorpusError::Link { path: self.place(&join(path, &name)), kind: "a symbolic link" });
            }
            if kind.is_dir() && !name.starts_with('.') && is_nested(&entry.path()) {
                return Err(CorpusError::Link { path: self.place(&join(path, &name)), kind: "a nested repository" });
            }
            entries.push(Entry { name, folder: kind.is_dir(), id: None });
        }
        Ok(entries)
    }
}

impl GitTree {
    fn open(repository: git2::Repository, prefix: &str, folder: &Path, revision: &str) -> Result<Self, CorpusError> {
        let root = {
            let found = whole_tree(&repository, revision);
            let tree = found.map_err(|error| CorpusError::Revision {
                revision: revision.to_owned(),
                repository: folder.to_owned(),
                message: error.message().to_owned(),
            })?;
            root_of(&repository, &tree, prefix)
        };
        let Some((root, prefix)) = root else {
            return Err(CorpusError::NotFound {
                path: folder.to_owned(),
                why: "the revision holds no recension.toml there",
            });
        };
        let name = format!("{} at {revision}", folder.display());
        Ok(Self { repository: Mutex::new(repository), root, prefix, name, folder: folder.to_owned() })
    }

    /// The tree of a folder of a repository at a revision, whether or not it has settings there.
    pub(super) fn at(
        repository: git2::Repository,
        prefix: &str,
        folder: &Path,
        revision: &str,
    ) -> Result<Self, CorpusError> {
        let root = {
            let found = whole_tree(&repository, revision).and_then(|tree| match prefix {
                "" => Ok(tree.id()),
                _ => Ok(tree.get_path(Path::new(prefix))?.to_object(&repository)?.peel_to_tree()?.id()),
            });
            found.map_err(|error| git_error(folder, &error))?
        };
        let name = format!("{} at {revision:.10}", folder.display());
        Ok(Self {
            repository: Mutex::new(repository),
            root,
            prefix: prefix.to_owned(),
            name,
            folder: folder.to_owned(),
        })
    }

    /// A thread that died while it held the handle left no half-written state: everything here only reads.
    fn lock(&self) -> MutexGuard<'_, git2::Repository> {
        self.repository.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, CorpusError> {
        let repository = self.lock();
        let Some((id, kind)) = self.find(&repository, path)? else { return Ok(None) };
        if kind != Kind::File {
            return Err(CorpusError::Link { path: format!("{path} in {}", self.name), kind: "no plain file" });
        }
        Ok(Some(blob(&repository, id).map_err(|error| self.damaged(path, &error))?))
    }

    /// The name that git has for what stands at a path.
    pub(super) fn name_of(&self, path: &str) -> Result<Option<String>, CorpusError> {
        let repository = self.lock();
        Ok(self.find(&repository, path)?.map(|(id, _)| id.to_string()))
    }

    fn list(&self, path: &str) -> Result<Vec<Entry>, CorpusError> {
        let repository = self.lock();
        let Some((id, Kind::Folder)) = self.find(&repository, path)? else { return Ok(Vec::new()) };
        let tree = self.tree(&repository, id, path)?;
        let mut entries = Vec::new();
        for entry in &tree {
            let name = entry.name().map_err(|_| CorpusError::Name {
                path: format!("{path} in {}", self.name),
                why: "a name in it is no UTF-8".to_owned(),
            })?;
            let kind = self.kind(&entry, &join(path, name))?;
            let id = Some(entry.id().to_string());
            entries.push(Entry { name: name.to_owned(), folder: kind == Kind::Folder, id });
        }
        Ok(entries)
    }

    /// The object at a path, reached through folders only.
    fn find(&self, repository: &git2::Repository, path: &str) -> Result<Option<(git2::Oid, Kind)>, CorpusError> {
        let mut found = (self.root, Kind::Folder);
        for part in path.split('/').filter(|part| !part.is_empty()) {
            if found.1 != Kind::Folder {
                return Ok(None);
            }
            let tree = self.tree(repository, found.0, path)?;
            let Some(entry) = tree.get_name(part) else { return Ok(None) };
            found = (entry.id(), self.kind(&entry, path)?);
        }
        Ok(Some(found))
    }

    fn tree<'r>(
        &self,
        repository: &'r git2::Repository,
        id: git2::Oid,
        path: &str,
    ) -> Result<git2::Tree<'r>, CorpusError> {
        sound(repository, id).and_then(|()| repository.find_tree(id)).map_err(|error| self.damaged(path, &error))
    }

    /// The error of an object that can't be read, with the path that it stands at.
    fn damaged(&self, path: &str, error: &git2::Error) -> CorpusError {
        let message = format!("{path}: {}", error.message());
        CorpusError::Git { repository: self.folder.clone(), message }
    }

    fn kind(&self, entry: &git2::TreeEntry<'_>, path: &str) -> Result<Kind, CorpusError> {
        kind_of(entry).map_err(|kind| CorpusError::Link { path: format!("{path} in {}", self.name), kind })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
}

/// What an entry of a tree is; what it must not be is the error.
pub(super) fn kind_of(entry: &git2::TreeEntry<'_>) -> Result<Kind, &'static str> {
    match entry.filemode() {
        0o120_000 => Err("a symbolic link"),
        0o160_000 => Err("a nested repository"),
        0o040_000 => Ok(Kind::Folder),
        _ => Ok(Kind::File),
    }
}

/// Whether a folder is a repository of its own, whose files the corpus does not hold.
fn is_nested(folder: &Path) -> bool {
    folder.join(".git").symlink_metadata().is_ok()
}

/// The tree of a revision.
fn whole_tree<'r>(repository: &'r git2::Repository, revision: &str) -> Result<git2::Tree<'r>, git2::Error> {
    let named = repository.resolve_reference_from_short_name(revision).ok();
    if let Some(id) = named.and_then(|reference| reference.resolve().ok()?.target()) {
        sound(repository, id)?;
    }
    let object = repository.revparse_single(revision)?;
    if let Some(commit) = object.as_commit() {
        sound(repository, commit.tree_id())?;
    }
    object.peel_to_tree()
}

/// A path and a name in it.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
}

pub(super) fn git_error(folder: &Path, error: &git2::Error) -> CorpusError {
    CorpusError::Git { repository: folder.to_owned(), message: error.message().to_owned() }
}

/// The bare repository that a folder is, if it is one.
pub(super) fn bare(folder: &Path) -> Option<git2::Repository> {
    let none: [&Path; 0] = [];
    git2::Repository::open_ext(folder, git2::RepositoryOpenFlags::NO_SEARCH, none)
        .ok()
        .filter(git2::Repository::is_bare)
}

/// The path of a folder in its work tree, with slashes.
pub(super) fn prefix(repository: &git2::Repository, folder: &Path) -> Result<String, CorpusError> {
    let real = |path: &Path| {
        path.canonicalize().map_err(|source| CorpusError::Io { path: path.display().to_string(), source })
    };
    let outside =
        || CorpusError::NotFound { path: folder.to_owned(), why: "it is in no work tree of a git repository" };
    let workdir = real(repository.workdir().ok_or_else(outside)?)?;
    let folder = real(folder)?;
    let inside = folder.strip_prefix(&workdir).map_err(|_| outside())?;
    Ok(inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"))
}

/// The tree at `prefix`; without one, that of the root or of its folder `corpus`, whichever holds the settings; and
/// the path of what was found.
pub(super) fn root_of(
    repository: &git2::Repository,
    tree: &git2::Tree<'_>,
    prefix: &str,
) -> Option<(git2::Oid, String)> {
    let places: &[&str] = if prefix.is_empty() { &["", "corpus"] } else { &[prefix] };
    places.iter().find_map(|place| {
        let id = if place.is_empty() { tree.id() } else { tree.get_path(Path::new(place)).ok()?.id() };
        repository.find_tree(id).ok()?.get_name(SETTINGS).map(|_| (id, (*place).to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_refused_on_the_way_down() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("real")).expect("a folder");
        fs::write(folder.path().join("real/file"), "x").expect("a file");
        fs::write(folder.path().join(SETTINGS), "format = 1\n").expect("a file");
        #[cfg(unix)]
        std::os::unix::fs::symlink("real", folder.path().join("link")).expect("a link");
        let tree = Tree::open(folder.path(), None).expect("a corpus");
        assert_eq!(tree.read("real/file").expect("readable"), Some(b"x".to_vec()));
        assert_eq!(tree.read("real/none").expect("readable"), None);
        assert_eq!(tree.read("real/file/deeper").expect("readable"), None);
        #[cfg(unix)]
        {
            assert!(matches!(tree.read("link/file"), Err(CorpusError::Link { .. })));
            assert!(matches!(tree.list(""), Err(CorpusError::Link { .. })));
        }
    }
}
