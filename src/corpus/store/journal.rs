//! What a writer is about to do, for the one that comes after it if it is killed.
//!
//! The journal is written before the work tree, the branch and the index are touched, and removed when all three agree.
//! Who finds one under the lock knows that its writer is gone: what the branch has is completed, all else is undone.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::{files, index};
use crate::corpus::tree::join;

const NAME: &str = "pending.json";

/// A write under way.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Journal {
    /// The commit that is to be made.
    pub(super) commit: String,
    /// The branch that is to have it.
    pub(super) reference: String,
    /// The files that it adds.
    pub(super) files: Vec<Pending>,
}

/// A file that is to be added.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Pending {
    /// Its path, relative to the corpus.
    pub(super) path: String,
    /// The name that git has for its bytes.
    pub(super) blob: String,
    /// Whether the work tree did not have it before.
    pub(super) new: bool,
}

/// What an interrupted writer had done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Interruption {
    /// It had committed; what was missing in the work tree was put there.
    Completed,
    /// It had not; what it had put into the work tree was taken away.
    Undone,
}

impl Interruption {
    /// Its name in documents for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Undone => "undone",
        }
    }
}

/// Writes a file that is not there: what a link there names stays as it is.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

impl Journal {
    /// The journal that is there, if any.
    pub(super) fn read(state: &Path) -> Result<Option<Self>, StoreError> {
        let path = state.join(NAME);
        match fs::read(&path) {
            Ok(bytes) => match serde_json::from_slice(&bytes) {
                Ok(journal) => Ok(Some(journal)),
                // It was cut off on its way to the disk, before anything was touched.
                Err(_) => Ok(Some(Self::default())),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(StoreError::Io { path, source }),
        }
    }

    /// Writes it, whole or not at all.
    pub(super) fn write(&self, state: &Path) -> Result<(), StoreError> {
        let (path, new) = (state.join(NAME), state.join("pending.new"));
        let bytes = serde_json::to_vec(self).unwrap_or_default();
        fs::write(&new, bytes).map_err(StoreError::io(&new))?;
        fs::rename(&new, &path).map_err(StoreError::io(&path))
    }

    /// Removes it: all is done, or all is undone.
    pub(super) fn remove(state: &Path) -> Result<(), StoreError> {
        let path = state.join(NAME);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::Io { path, source: error }),
            _ => Ok(()),
        }
    }

    /// Whether the branch has the commit.
    pub(super) fn is_committed(&self, repository: &git2::Repository) -> bool {
        let Ok(commit) = git2::Oid::from_str(&self.commit) else { return false };
        let tip = repository.find_reference(&self.reference).ok().and_then(|reference| reference.target());
        tip.is_some_and(|tip| tip == commit || repository.graph_descendant_of(tip, commit).unwrap_or(false))
    }

    /// Completes or undoes what the writer began. Only under the lock.
    pub(super) fn settle(
        &self,
        repository: &git2::Repository,
        state: &Path,
        site: (Option<&Path>, &str),
    ) -> Result<Interruption, StoreError> {
        let committed = self.is_committed(repository);
        index::release(repository, state, committed)?;
        self.unlock(repository)?;
        if let (Some(root), prefix) = site {
            files::clear(root)?;
            if committed {
                self.complete(repository, root)?;
                let entries: Vec<index::Entry> = self.entries(prefix);
                index::enter(repository, state, &entries)?;
            } else {
                self.undo(root);
            }
        }
        Self::remove(state)?;
        Ok(if committed { Interruption::Completed } else { Interruption::Undone })
    }

    fn entries(&self, prefix: &str) -> Vec<index::Entry> {
        let blob = |name: &str| git2::Oid::from_str(name).ok();
        let entry = |file: &Pending| Some(index::Entry { path: join(prefix, &file.path), blob: blob(&file.blob)? });
        self.files.iter().filter_map(entry).collect()
    }

    /// Removes the lock on the branch that the writer left. It is known by the commit in it, which no
    /// other program makes, or by its being empty for as long as no program leaves one so.
    fn unlock(&self, repository: &git2::Repository) -> Result<(), StoreError> {
        if self.reference.is_empty() {
            return Ok(());
        }
        let path = repository.commondir().join(format!("{}.lock", self.reference));
        let ours = |held: Vec<u8>| held.trim_ascii() == self.commit.as_bytes();
        if fs::read(&path).is_ok_and(|held| held.is_empty()) {
            std::thread::sleep(std::time::Duration::from_millis(500));
        }
        if fs::read(&path).is_ok_and(|held| held.is_empty() || ours(held)) {
            fs::remove_file(&path).map_err(StoreError::io(&path))?;
        }
        Ok(())
    }

    /// Puts into the work tree what the commit has and the work tree lacks.
    fn complete(&self, repository: &git2::Repository, root: &Path) -> Result<(), StoreError> {
        let failed = |error: git2::Error| StoreError::Git {
            doing: "read what was committed",
            repository: repository.path().to_owned(),
            message: error.message().to_owned(),
        };
        for Pending { path, blob: name, .. } in &self.files {
            let target = root.join(path);
            if target.symlink_metadata().is_ok() {
                continue;
            }
            files::plain_folders(root, files::parent(path))?;
            let blob = git2::Oid::from_str(name).and_then(|oid| repository.find_blob(oid)).map_err(failed)?;
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
            }
            // A call that is killed here leaves no half of a file.
            let new = target.with_file_name(".recension-new");
            write_new(&new, blob.content()).map_err(StoreError::io(&new))?;
            fs::rename(&new, &target).map_err(StoreError::io(&target))?;
        }
        Ok(())
    }

    /// Takes away what the writer had put into the work tree, and nothing that was changed since.
    fn undo(&self, root: &Path) {
        for Pending { path, blob: name, .. } in self.files.iter().filter(|file| file.new) {
            if files::plain_folders(root, files::parent(path)).is_err() {
                continue;
            }
            let target = root.join(path);
            let ours = fs::read(&target)
                .ok()
                .and_then(|bytes| git2::Oid::hash_object(git2::ObjectType::Blob, &bytes).ok())
                .is_some_and(|oid| oid.to_string() == *name);
            if ours && fs::remove_file(&target).is_ok() {
                files::prune(root, &target);
            }
        }
    }
}
