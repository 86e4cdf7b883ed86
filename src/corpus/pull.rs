//! What a range of commits adds to the corpora of a repository, and what it changes in them and in other files.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::{
    CorpusError, VersionId, id_of_path,
    tree::{SETTINGS, git_error, join},
};
use crate::text::Pair;

/// Bytes of a file that are read at most.
const MOST_BYTES: usize = 256 << 20;

/// A range of commits, looked at from where its two ends parted.
#[derive(Clone, Debug, Default)]
pub struct Pull {
    /// The commit that both ends come from.
    pub base: String,
    /// The commit that is looked at, or the tree of the index.
    pub head: String,
    /// Work tree of the repository.
    pub root: PathBuf,
    /// What happened to versions, by corpus and path.
    pub versions: Vec<PulledVersion>,
    /// Files outside of corpora that were added or edited, by path.
    pub files: Vec<PulledFile>,
}

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub enum Head<'a> {
    /// A revision.
    Revision(&'a str),
    /// What is staged.
    Index,
}

/// A version that a range of commits touched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PulledVersion {
    /// The folder of its corpus in the repository; empty for the repository itself.
    pub corpus: String,
    /// The version.
    pub id: VersionId,
    /// What happened to it.
    pub kind: PulledKind,
}

/// What happened to a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PulledKind {
    /// It is new.
    Added,
    /// It was there and is another now.
    Changed,
    /// It was there and is gone.
    Removed,
}

/// A file before and after.
#[derive(Clone, Debug)]
pub struct PulledFile {
    /// Its path.
    pub path: String,
    /// Its path before, where that was another.
    pub renamed: Option<String>,
    /// Its bytes before; none of a new file.
    pub before: Option<Vec<u8>>,
    /// Its bytes after.
    pub after: Vec<u8>,
}

/// Looks at what `head` has that `base` has not, as a pull request would: from the commit where the two parted; what is
/// staged, from `base` itself.
///
/// Files outside of corpora are taken if one of `patterns` fits their path. What is staged is written as a tree object, as
/// a commit would; nothing refers to it.
///
/// # Errors
/// [`CorpusError`] where the repository or a revision can't be read.
pub fn pull(folder: &Path, base: &str, head: Head<'_>, patterns: &[String]) -> Result<Pull, CorpusError> {
    let failed = |error: git2::Error| git_error(folder, &error);
    let repository = git2::Repository::discover(folder).map_err(failed)?;
    let patterns = patterns.iter().map(|pattern| glob::Pattern::new(pattern)).collect::<Result<Vec<_>, _>>();
    let patterns =
        patterns.map_err(|error| CorpusError::Name { path: "--files".to_owned(), why: error.to_string() })?;
    let Ends { base, head, before, after } = ends(&repository, folder, base, head)?;
    let diff = repository.diff_tree_to_tree(Some(&before), Some(&after), None).map_err(failed)?;
    let mut versions = BTreeSet::new();
    let mut found = BTreeMap::new();
    for delta in diff.deltas() {
        let (old, new) = (delta.old_file(), delta.new_file());
        let Some(path) = new.path().or_else(|| old.path()).and_then(Path::to_str) else { continue };
        if let Some(corpus) = corpus_of(path, &before, &after) {
            versions.extend(version_of(&corpus, path, &before, &after));
        } else if !new.id().is_zero() && patterns.iter().any(|pattern| pattern.matches(path)) {
            found.insert(path.to_owned(), (old.id(), new.id()));
        }
    }
    let renamed = renamed(diff, &found).map_err(failed)?;
    let bytes = |id| blob(&repository, folder, id);
    let mut files = Vec::new();
    for (path, (old, new)) in found {
        let earlier = renamed.get(&path).cloned();
        let before = match (old.is_zero(), &earlier) {
            (false, _) => Some(bytes(old)?),
            (true, Some((_, id))) => Some(bytes(*id)?),
            (true, None) => None,
        };
        files.push(PulledFile { path, renamed: earlier.map(|(path, _)| path), before, after: bytes(new)? });
    }
    Ok(Pull { base, head, root: root(&repository).to_owned(), versions: versions.into_iter().collect(), files })
}

/// Where a file at the top of the repository is, and its text at both ends of what is looked at; none where it is not
/// there or no text.
///
/// # Errors
/// [`CorpusError`] where the repository or a revision can't be read.
pub fn file_of_pull(
    folder: &Path,
    base: &str,
    head: Head<'_>,
    name: &str,
) -> Result<(PathBuf, Pair<Option<String>>), CorpusError> {
    let repository = git2::Repository::discover(folder).map_err(|error| git_error(folder, &error))?;
    let ends = ends(&repository, folder, base, head)?;
    let text = |tree: &git2::Tree<'_>| {
        let id = tree.get_path(Path::new(name)).ok()?.id();
        String::from_utf8(repository.find_blob(id).ok()?.content().to_vec()).ok()
    };
    Ok((root(&repository).join(name), Pair::new(text(&ends.before), text(&ends.after))))
}

/// The work tree of a repository; of a bare one, itself.
fn root(repository: &git2::Repository) -> &Path {
    repository.workdir().unwrap_or_else(|| repository.path())
}

/// Both ends of what is looked at.
struct Ends<'r> {
    base: String,
    head: String,
    before: git2::Tree<'r>,
    after: git2::Tree<'r>,
}

fn ends<'r>(
    repository: &'r git2::Repository,
    folder: &Path,
    base: &str,
    head: Head<'_>,
) -> Result<Ends<'r>, CorpusError> {
    let failed = |error: git2::Error| git_error(folder, &error);
    let unknown = |revision: &str, message: &str| CorpusError::Revision {
        revision: revision.to_owned(),
        repository: folder.to_owned(),
        message: message.to_owned(),
    };
    let commit = |revision: &str| {
        let found = repository.revparse_single(revision).and_then(|object| object.peel_to_commit());
        found.map_err(|error| unknown(revision, error.message()))
    };
    let from = commit(base)?;
    match head {
        Head::Revision(revision) => {
            let to = commit(revision)?;
            let parted = repository.merge_base(from.id(), to.id()).map_err(|_| {
                unknown(
                    &format!("{base}...{revision}"),
                    "the two have no commit in common; a shallow clone may lack it",
                )
            })?;
            let before = repository.find_commit(parted).and_then(|commit| commit.tree()).map_err(failed)?;
            let after = to.tree().map_err(failed)?;
            Ok(Ends { base: parted.to_string(), head: to.id().to_string(), before, after })
        }
        Head::Index => {
            let staged = repository.index().and_then(|mut index| index.write_tree()).map_err(failed)?;
            let (before, after) = (from.tree().map_err(failed)?, repository.find_tree(staged).map_err(failed)?);
            Ok(Ends { base: from.id().to_string(), head: staged.to_string(), before, after })
        }
    }
}

/// The earlier paths and objects of new files that git takes for renamed ones.
fn renamed(
    mut diff: git2::Diff<'_>,
    found: &BTreeMap<String, (git2::Oid, git2::Oid)>,
) -> Result<BTreeMap<String, (String, git2::Oid)>, git2::Error> {
    if found.values().all(|(old, _)| !old.is_zero()) {
        return Ok(BTreeMap::new());
    }
    diff.find_similar(Some(git2::DiffFindOptions::new().renames(true)))?;
    let renamed = diff.deltas().filter(|delta| delta.status() == git2::Delta::Renamed);
    let paths = renamed.filter_map(|delta| {
        let (old, new) = (delta.old_file(), delta.new_file());
        Some((new.path()?.to_str()?.to_owned(), (old.path()?.to_str()?.to_owned(), old.id())))
    });
    Ok(paths.collect())
}

/// The bytes of a file.
fn blob(repository: &git2::Repository, folder: &Path, id: git2::Oid) -> Result<Vec<u8>, CorpusError> {
    let blob = repository.find_blob(id).map_err(|error| git_error(folder, &error))?;
    if blob.size() > MOST_BYTES {
        let why = format!("it has {} bytes, and at most {MOST_BYTES} are read", blob.size());
        return Err(CorpusError::Name { path: format!("object {id}"), why });
    }
    Ok(blob.content().to_vec())
}

/// The folder of the corpus that a path lies in, at either end.
fn corpus_of(path: &str, before: &git2::Tree<'_>, after: &git2::Tree<'_>) -> Option<String> {
    let mut folder = path;
    loop {
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        let settings = join(folder, SETTINGS);
        if [after, before].into_iter().any(|tree| tree.get_path(Path::new(&settings)).is_ok()) {
            return Some(folder.to_owned());
        }
        if folder.is_empty() {
            return None;
        }
    }
}

/// The version that a path of a corpus lies in, at either end.
fn version_of(corpus: &str, path: &str, before: &git2::Tree<'_>, after: &git2::Tree<'_>) -> Option<PulledVersion> {
    let own = if corpus.is_empty() { path } else { path.strip_prefix(corpus)?.strip_prefix('/')? };
    let mut folder = own;
    while let Some((above, _)) = folder.rsplit_once('/') {
        folder = above;
        let record = join(corpus, &format!("{folder}/version.toml"));
        let at = |tree: &git2::Tree<'_>| tree.get_path(Path::new(&record)).is_ok();
        let kind = match (at(before), at(after)) {
            (false, false) => continue,
            (false, true) => PulledKind::Added,
            (true, true) => PulledKind::Changed,
            (true, false) => PulledKind::Removed,
        };
        let id = id_of_path(folder).ok()?;
        return Some(PulledVersion { corpus: corpus.to_owned(), id, kind });
    }
    None
}
