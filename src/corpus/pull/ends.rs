//! The two ends of a range of commits: where it parted from the branch that it goes to, and what it ends in.

use std::path::{Path, PathBuf};

use super::pulled::Head;
use crate::corpus::error::CorpusError;
use crate::corpus::tree::git_error;

/// The ends of what is looked at: several where the two branches have several last common commits.
pub(super) struct Ends<'r> {
    /// The branch that the changes go to, as it is now: its settings hold.
    pub(super) tip: git2::Tree<'r>,
    pub(super) head: String,
    pub(super) after: git2::Tree<'r>,
    /// The commits where the two parted.
    pub(super) bases: Vec<(String, git2::Tree<'r>)>,
}

/// The repository around a folder. A folder that is a link is not followed: it could lead to another repository.
pub(super) fn repository(folder: &Path) -> Result<git2::Repository, CorpusError> {
    let linked = folder.symlink_metadata().is_ok_and(|found| found.is_symlink());
    let from = if linked { folder.parent().filter(|above| !above.as_os_str().is_empty()) } else { None };
    let from = from.unwrap_or(if linked { Path::new(".") } else { folder });
    git2::Repository::discover(from).map_err(|error| git_error(folder, &error))
}

/// The work tree of a repository; of a bare one, itself.
pub(super) fn root(repository: &git2::Repository) -> PathBuf {
    repository.workdir().unwrap_or_else(|| repository.path()).to_owned()
}

pub(super) fn ends<'r>(
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
    if let (Head::Index(named), "HEAD", true) = (head, base, is_unborn(repository)) {
        // What is staged first is held against nothing.
        let nothing =
            || repository.treebuilder(None).and_then(|tree| repository.find_tree(tree.write()?)).map_err(failed);
        let staged = staged(repository, named).map_err(failed)?;
        let after = repository.find_tree(staged).map_err(failed)?;
        let bases = vec![("nothing".to_owned(), nothing()?)];
        return Ok(Ends { tip: nothing()?, head: staged.to_string(), after, bases });
    }
    let from = commit(base)?;
    let tip = from.tree().map_err(failed)?;
    match head {
        Head::Revision(revision) => {
            let to = commit(revision)?;
            let none = || {
                let between = format!("{base}...{revision}");
                unknown(&between, "the two have no commit in common; a shallow clone may lack it")
            };
            let parted = repository.merge_bases(from.id(), to.id()).map_err(|_| none())?;
            let mut bases = Vec::new();
            for id in parted.iter() {
                let tree = repository.find_commit(*id).and_then(|commit| commit.tree()).map_err(failed)?;
                bases.push((id.to_string(), tree));
            }
            bases.sort_by(|a, b| a.0.cmp(&b.0));
            if bases.is_empty() {
                return Err(none());
            }
            Ok(Ends { tip, head: to.id().to_string(), after: to.tree().map_err(failed)?, bases })
        }
        Head::Index(named) => {
            let staged = staged(repository, named).map_err(failed)?;
            let after = repository.find_tree(staged).map_err(failed)?;
            let before = from.tree().map_err(failed)?;
            Ok(Ends { tip, head: staged.to_string(), after, bases: vec![(from.id().to_string(), before)] })
        }
    }
}

/// Whether nothing is committed yet.
fn is_unborn(repository: &git2::Repository) -> bool {
    repository.head().is_err_and(|error| error.code() == git2::ErrorCode::UnbornBranch)
}

/// What is staged, as a tree: in the index that git names to its hooks, else in that of the repository.
///
/// `git commit -a` and `git commit FILE` stage into an index of their own, and the hook is told its name.
fn staged(repository: &git2::Repository, named: Option<&Path>) -> Result<git2::Oid, git2::Error> {
    match named {
        // A relative name is relative to the top of the work tree, where git runs its hooks.
        Some(path) => git2::Index::open(&root(repository).join(path))?.write_tree_to(repository),
        None => repository.index()?.write_tree(),
    }
}
