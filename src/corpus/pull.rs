//! What a range of commits adds to the corpora of a repository, and what it changes in them and in other files.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::{
    CorpusError, VersionId, id_of_path,
    tree::{SETTINGS, git_error, join},
};

/// Bytes of a file that are read at most.
const MOST_BYTES: usize = 256 << 20;

/// A range of commits, looked at from where its two ends parted.
#[derive(Clone, Debug, Default)]
pub struct Pull {
    /// The commit that both ends come from.
    pub base: String,
    /// The commit that is looked at.
    pub head: String,
    /// Work tree of the repository.
    pub root: PathBuf,
    /// What happened to versions, by corpus and path.
    pub versions: Vec<PulledVersion>,
    /// Files outside of corpora that were edited, by path.
    pub files: Vec<PulledFile>,
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
    /// Its bytes before.
    pub before: Vec<u8>,
    /// Its bytes after.
    pub after: Vec<u8>,
}

/// Looks at what `head` has that `base` has not, as a pull request would: from the commit where the two parted.
///
/// Files outside of corpora are taken if one of `patterns` fits their path.
///
/// # Errors
/// [`CorpusError`] where the repository or a revision can't be read.
pub fn pull(folder: &Path, base: &str, head: &str, patterns: &[String]) -> Result<Pull, CorpusError> {
    let failed = |error: git2::Error| git_error(folder, &error);
    let repository = git2::Repository::discover(folder).map_err(failed)?;
    let commit = |revision: &str| {
        let found = repository.revparse_single(revision).and_then(|object| object.peel_to_commit());
        found.map_err(|error| CorpusError::Revision {
            revision: revision.to_owned(),
            repository: folder.to_owned(),
            message: error.message().to_owned(),
        })
    };
    let (from, to) = (commit(base)?, commit(head)?);
    let parted = repository.merge_base(from.id(), to.id()).map_err(|_| CorpusError::Revision {
        revision: format!("{base}...{head}"),
        repository: folder.to_owned(),
        message: "the two have no commit in common; a shallow clone may lack it".to_owned(),
    })?;
    let patterns = patterns.iter().map(|pattern| glob::Pattern::new(pattern)).collect::<Result<Vec<_>, _>>();
    let patterns =
        patterns.map_err(|error| CorpusError::Name { path: "--files".to_owned(), why: error.to_string() })?;
    let before = repository.find_commit(parted).and_then(|commit| commit.tree()).map_err(failed)?;
    let after = to.tree().map_err(failed)?;
    let diff = repository.diff_tree_to_tree(Some(&before), Some(&after), None).map_err(failed)?;
    let mut versions = BTreeSet::new();
    let mut files = BTreeMap::new();
    for delta in diff.deltas() {
        let (old, new) = (delta.old_file(), delta.new_file());
        let Some(path) = new.path().or_else(|| old.path()).and_then(Path::to_str) else { continue };
        if let Some(corpus) = corpus_of(path, &before, &after) {
            versions.extend(version_of(&corpus, path, &before, &after));
        } else if !old.id().is_zero() && !new.id().is_zero() && patterns.iter().any(|pattern| pattern.matches(path)) {
            files.insert(path.to_owned(), (old.id(), new.id()));
        }
    }
    let bytes = |id| {
        let blob = repository.find_blob(id).map_err(failed)?;
        if blob.size() > MOST_BYTES {
            let why = format!("it has {} bytes, and at most {MOST_BYTES} are read", blob.size());
            return Err(CorpusError::Name { path: format!("object {id}"), why });
        }
        Ok(blob.content().to_vec())
    };
    let files = files
        .into_iter()
        .map(|(path, (old, new))| Ok(PulledFile { path, before: bytes(old)?, after: bytes(new)? }))
        .collect::<Result<Vec<_>, CorpusError>>()?;
    let root = repository.workdir().unwrap_or_else(|| repository.path()).to_owned();
    let versions = versions.into_iter().collect();
    Ok(Pull { base: parted.to_string(), head: to.id().to_string(), root, versions, files })
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
