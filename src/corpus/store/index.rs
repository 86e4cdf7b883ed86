//! git's index follows the commits made here, so that `git status` shows a clean work tree after them.
//!
//! git's lock on the index is taken with a mark of ours in it. A mark that is found under our own lock is left over
//! from a writer that was killed, and nobody else's.

use std::{
    fs, io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use super::{
    StoreError,
    index_file::{RawEntry, with_entries},
};

/// The mode of a plain file.
const FILE: u32 = 0o100_644;
/// What git's lock holds while it is ours.
const MARK: &str = "recension\n";
/// Between two looks at a lock that another program holds.
const PAUSE: Duration = Duration::from_millis(20);
/// Looks before the wait is given up.
pub(super) const MOST_LOOKS: u64 = 500;

/// Seconds that another program's lock is waited for.
pub(super) const PATIENCE: u64 = MOST_LOOKS * 20 / 1000;

/// A file to enter; the path is relative to the work tree.
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) blob: git2::Oid,
}

/// git's index, locked: nobody else can commit or stage until it is dropped.
pub(super) struct LockedIndex<'a> {
    workdir: &'a Path,
    index: PathBuf,
    lock: PathBuf,
    /// The index as it will be.
    next: PathBuf,
    ready: bool,
}

impl<'a> LockedIndex<'a> {
    /// Locks the index of a repository with a work tree; a bare one has none.
    pub(super) fn take(repository: &'a git2::Repository, state: &Path) -> Result<Option<Self>, StoreError> {
        let Some(workdir) = repository.workdir() else { return Ok(None) };
        let index = repository.path().join("index");
        let lock = lock(&index, state)?;
        Ok(Some(Self { workdir, index, lock, next: state.join("index"), ready: false }))
    }

    /// Makes the index with files entered that stand in the work tree. git's own stays as it is until
    /// [`LockedIndex::replace`].
    pub(super) fn enter(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        let mut new = Vec::with_capacity(entries.len());
        for entry in entries {
            let path = self.workdir.join(&entry.path);
            let found = fs::symlink_metadata(&path).map_err(StoreError::io(&path))?;
            new.push(RawEntry { stat: stat(&found), id: entry.blob, path: entry.path.clone().into_bytes() });
        }
        let old = match fs::read(&self.index) {
            Ok(old) => Some(old),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(source) => return Err(StoreError::Io { path: self.index.clone(), source }),
        };
        let _ = fs::remove_file(&self.next);
        match old.as_deref().and_then(|old| with_entries(old, new)) {
            Some(made) => fs::write(&self.next, made).map_err(StoreError::io(&self.next))?,
            None => {
                if let Some(old) = &old {
                    fs::write(&self.next, old).map_err(StoreError::io(&self.next))?;
                }
                self.enter_by_libgit2(entries)?;
            }
        }
        self.ready = true;
        Ok(())
    }

    /// As libgit2 does it, for an index of a kind that is seldom met.
    fn enter_by_libgit2(&self, entries: &[Entry]) -> Result<(), StoreError> {
        let failed = |error: git2::Error| StoreError::Index {
            index: self.index.clone(),
            message: error.message().replace(&self.next.display().to_string(), "it"),
        };
        let mut index = git2::Index::open(&self.next).map_err(failed)?;
        // It is read only now, and what is damaged must not pass for an empty one.
        index.read(true).map_err(failed)?;
        for entry in entries {
            let path = self.workdir.join(&entry.path);
            let found = fs::symlink_metadata(&path).map_err(StoreError::io(&path))?;
            index.add(&index_entry(entry, stat(&found))).map_err(failed)?;
        }
        index.write().map_err(failed)
    }

    /// Puts the new index in the place of git's.
    pub(super) fn replace(self) -> Result<(), StoreError> {
        debug_assert!(self.ready, "an index is made before it is put in place");
        fs::rename(&self.next, &self.index).map_err(StoreError::io(&self.index))
    }
}

impl Drop for LockedIndex<'_> {
    fn drop(&mut self) {
        // A lock that can't be removed is known by its mark, and removed by the next writer.
        let _ = fs::remove_file(&self.lock);
        let _ = fs::remove_file(&self.next);
    }
}

/// Enters files that stand in the work tree into the index of a repository.
pub(super) fn enter(repository: &git2::Repository, state: &Path, entries: &[Entry]) -> Result<(), StoreError> {
    let Some(mut index) = LockedIndex::take(repository, state)? else { return Ok(()) };
    index.enter(entries)?;
    index.replace()
}

/// Takes git's lock on the index, and waits for a program that has it.
///
/// The lock appears with the mark in it at once, so that one without it is never taken for ours.
fn lock(index: &Path, state: &Path) -> Result<PathBuf, StoreError> {
    let path = index.with_extension("lock");
    let mark = state.join("mark");
    fs::write(&mark, MARK).map_err(StoreError::io(&mark))?;
    for _ in 0..MOST_LOOKS {
        match fs::hard_link(&mark, &path) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => thread::sleep(PAUSE),
            Err(source) => return Err(StoreError::Io { path, source }),
        }
    }
    Err(StoreError::Locked { lock: path, seconds: PATIENCE })
}

/// The lock that a killed writer of ours left on the index, if there is one. Only under our own lock is that sure.
pub(super) fn left_over(repository: &git2::Repository) -> Option<PathBuf> {
    let path = repository.path().join("index.lock");
    (fs::read(&path).ok()? == MARK.as_bytes()).then_some(path)
}

/// What git compares files by: times, device, inode, mode, owner, size, each with its low 32 bits.
#[cfg(unix)]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as git does")]
fn stat(found: &fs::Metadata) -> [u32; 10] {
    use std::os::unix::fs::MetadataExt as _;
    let low = |wide: i64| wide as u32;
    [
        low(found.ctime()),
        low(found.ctime_nsec()),
        low(found.mtime()),
        low(found.mtime_nsec()),
        found.dev() as u32,
        found.ino() as u32,
        FILE,
        found.uid(),
        found.gid(),
        found.len() as u32,
    ]
}

/// Without the times git looks into the file itself, once.
#[cfg(not(unix))]
fn stat(found: &fs::Metadata) -> [u32; 10] {
    [0, 0, 0, 0, 0, 0, FILE, 0, 0, u32::try_from(found.len()).unwrap_or(u32::MAX)]
}

#[expect(clippy::cast_possible_wrap, reason = "libgit2 has the numbers of the file with a sign")]
fn index_entry(
    entry: &Entry,
    [ctime, ctime_ns, mtime, mtime_ns, dev, ino, mode, uid, gid, size]: [u32; 10],
) -> git2::IndexEntry {
    git2::IndexEntry {
        ctime: git2::IndexTime::new(ctime as i32, ctime_ns),
        mtime: git2::IndexTime::new(mtime as i32, mtime_ns),
        dev,
        ino,
        mode,
        uid,
        gid,
        file_size: size,
        id: entry.blob,
        flags: 0,
        flags_extended: 0,
        path: entry.path.clone().into_bytes(),
    }
}
