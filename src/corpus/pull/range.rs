//! A range of commits, by its ends: what it does, and what a file is at both.

use std::path::{Path, PathBuf};

use super::{
    ends::{ends, repository, root},
    pulled::{Head, Pull},
    settings::is_file,
    sight::Sight,
};
use crate::corpus::{
    error::CorpusError,
    loose::{blob, size},
    tree::{SETTINGS, git_error, join},
};
use crate::language::{DATA_FOLDERS, is_data_file, surplus};

/// Looks at what `head` has that `base` has not, as a pull request would: from each commit where the two parted; what is
/// staged, from `base` itself.
///
/// Files outside of corpora are taken if one of `patterns` fits their path. What is staged is written as a tree object, as
/// a commit would; nothing refers to it.
///
/// # Errors
/// [`CorpusError`] where the repository or a revision can't be read.
pub fn pull(folder: &Path, base: &str, head: Head<'_>, patterns: &[String]) -> Result<Vec<Pull>, CorpusError> {
    let repository = repository(folder)?;
    let patterns = patterns.iter().map(|pattern| glob::Pattern::new(pattern)).collect::<Result<Vec<_>, _>>();
    let patterns =
        patterns.map_err(|error| CorpusError::Name { path: "--files".to_owned(), why: error.to_string() })?;
    let ends = ends(&repository, folder, base, head)?;
    let root = root(&repository);
    let look = |(base, before): &(String, git2::Tree<'_>)| {
        let sight = Sight { repository: &repository, before, tip: &ends.tip, after: &ends.after, patterns: &patterns };
        let mut pull = sight.look().map_err(|error| git_error(folder, &error))?;
        (pull.base, pull.head, pull.root) = (base.clone(), ends.head.clone(), root.clone());
        Ok(pull)
    };
    ends.bases.iter().map(look).collect()
}

/// A file of the branch that changes go to, and as they make it.
#[derive(Clone, Debug)]
pub(crate) struct HeldFile {
    /// Where it is in the work tree.
    pub(crate) path: PathBuf,
    /// Its text on the branch; none where it is not there.
    pub(crate) held: Option<String>,
    /// Its text after the changes.
    pub(crate) after: Option<String>,
}

/// A file of the repository by its path from the top, at both ends.
///
/// # Errors
/// [`CorpusError`] where the repository or a revision can't be read.
pub(crate) fn file_of_pull(folder: &Path, base: &str, head: Head<'_>, name: &str) -> Result<HeldFile, CorpusError> {
    let repository = repository(folder)?;
    let ends = ends(&repository, folder, base, head)?;
    let text = |tree: &git2::Tree<'_>| {
        let entry = tree.get_path(Path::new(name)).ok().filter(|_| is_file(tree, name))?;
        Some(String::from_utf8_lossy(&blob(&repository, entry.id()).ok()?).into_owned())
    };
    Ok(HeldFile { path: root(&repository).join(name), held: text(&ends.tip), after: text(&ends.after) })
}

/// The text of the settings of a corpus on the branch that changes go to, by its folder from the top; none where the branch
/// has no corpus there.
///
/// # Errors
/// As [`file_of_pull`].
pub(crate) fn settings_of_pull(
    folder: &Path,
    base: &str,
    head: Head<'_>,
    corpus: &str,
) -> Result<Option<String>, CorpusError> {
    Ok(file_of_pull(folder, base, head, &join(corpus, SETTINGS))?.held)
}

/// The files of data that the branch that changes go to has in a folder, by its path from the top: what is looked at has
/// no say in how. Nothing where the branch has no such folder.
///
/// # Errors
/// [`CorpusError`] where the repository or a revision can't be read, or the files have more bytes than data may have.
pub(crate) fn data_of_pull(
    folder: &Path,
    base: &str,
    head: Head<'_>,
    data: &Path,
) -> Result<Vec<(PathBuf, Vec<u8>)>, CorpusError> {
    let repository = repository(folder)?;
    let tip = ends(&repository, folder, base, head)?.tip;
    let (mut files, mut sum) = (Vec::new(), 0);
    for name in DATA_FOLDERS {
        let path = data.join(name);
        let Ok(entry) = tip.get_path(&path) else { continue };
        let Ok(tree) = repository.find_tree(entry.id()) else { continue };
        for entry in &tree {
            let file = path.join(String::from_utf8_lossy(entry.name_bytes()).as_ref());
            if entry.kind() == Some(git2::ObjectType::Blob) && is_data_file(&file) {
                let bytes = size(&repository, entry.id()).map_err(|error| git_error(folder, &error))?;
                if let Some(why) = surplus(bytes, &mut sum) {
                    return Err(CorpusError::Name { path: file.display().to_string(), why });
                }
                files.push((file, blob(&repository, entry.id()).map_err(|error| git_error(folder, &error))?));
            }
        }
    }
    Ok(files)
}

/// The work tree of the repository around a folder.
///
/// # Errors
/// [`CorpusError`] where there is none.
pub(crate) fn top_of(folder: &Path) -> Result<PathBuf, CorpusError> {
    Ok(root(&repository(folder)?))
}
