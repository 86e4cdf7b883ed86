//! What killed writers leave, and mending it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    error::StoreError,
    files, index,
    journal::{Interruption, Journal},
    lock::Lock,
    objects,
    open::Store,
};
use crate::corpus::tree::join;

/// What a repair did.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Settlement {
    /// An interrupted call had committed; the work tree was completed.
    Completed,
    /// An interrupted call had not committed; what it had left was taken away.
    Undone,
    /// A lock that a killed call had left was removed.
    Lock(PathBuf),
    /// Files that a killed call had left waiting were removed.
    Stage,
    /// So many committed files were entered into the index.
    Index(usize),
}

impl Store {
    /// Whether a writer was interrupted, and none is at work that would settle it.
    pub(in crate::corpus) fn is_interrupted(&self) -> bool {
        let left = || {
            let journal = Journal::read(&self.state).ok().flatten().is_some();
            journal || self.root.as_deref().is_some_and(files::is_staged)
        };
        // A writer that ends between the two looks has left nothing.
        left() && !Lock::is_held(&self.state) && left()
    }

    /// Mends what killed writers leave, and nothing else: their locks, their waiting files, an index behind its commit.
    ///
    /// # Errors
    /// [`StoreError`] where something can't be removed or written.
    pub fn repair(&self) -> Result<Vec<Settlement>, StoreError> {
        let _lock = Lock::take(&self.state, &|| {})?;
        let mut done = Vec::new();
        let locked = index::is_left_over(&self.repository);
        let settled = self.settle()?;
        // A lock without a journal is of a call that had done everything else.
        let lock = index::release(&self.repository, &self.state, true)?;
        if locked {
            done.push(Settlement::Lock(lock.unwrap_or_else(|| self.repository.path().join("index.lock"))));
        }
        match settled {
            Some(Interruption::Completed) => done.push(Settlement::Completed),
            Some(Interruption::Undone) => done.push(Settlement::Undone),
            None => {}
        }
        if let Some(root) = self.root.as_deref().filter(|root| files::is_staged(root)) {
            files::clear(root)?;
            done.push(Settlement::Stage);
        }
        let entered = self.refresh_index()?;
        if entered > 0 {
            done.push(Settlement::Index(entered));
        }
        Ok(done)
    }

    /// Enters into the index what the branch and the work tree have alike and the index lacks.
    fn refresh_index(&self) -> Result<usize, StoreError> {
        let Some(root) = &self.root else { return Ok(0) };
        let failed = || self.failed("look at the index");
        let (_, tip) = self.branch()?;
        let Some(tree) = self.placer(tip)?.tree else { return Ok(0) };
        let index = self.repository.index().map_err(failed())?;
        let mut lacking = Vec::new();
        tree.walk(git2::TreeWalkMode::PreOrder, |above, entry| {
            let Ok(name) = entry.name() else { return git2::TreeWalkResult::Ok };
            let path = format!("{above}{name}");
            let full = join(&self.prefix, &path);
            if entry.kind() == Some(git2::ObjectType::Blob) && index.get_path(Path::new(&full), 0).is_none() {
                lacking.push((path, full, entry.id()));
            }
            git2::TreeWalkResult::Ok
        })
        .map_err(failed())?;
        let same = |path: &str, blob: git2::Oid| {
            fs::read(root.join(path)).ok().and_then(|bytes| objects::blob_id(&bytes).ok()) == Some(blob)
        };
        let entries: Vec<index::Entry> = lacking
            .into_iter()
            .filter(|(path, _, blob)| same(path, *blob))
            .map(|(_, path, blob)| index::Entry { path, blob })
            .collect();
        if !entries.is_empty() {
            index::enter(&self.repository, &self.state, &entries)?;
        }
        Ok(entries.len())
    }

    /// Completes or undoes what a killed writer left. Only under the lock.
    pub(super) fn settle(&self) -> Result<Option<Interruption>, StoreError> {
        let Some(journal) = Journal::read(&self.state)? else {
            index::release(&self.repository, &self.state, true)?;
            return Ok(None);
        };
        journal.settle(&self.repository, &self.state, (self.root.as_deref(), &self.prefix)).map(Some)
    }
}
