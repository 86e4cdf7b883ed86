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

use super::error::StoreError;
use super::index_file::{RawEntry, with_entries};

/// The mode of a plain file.
const FILE: u32 = 0o100_644;
/// What git's lock holds while it is ours.
const MARK: &str = "recension\n";
/// Name of the index as it was before a writer, in our folder.
const BEFORE: &str = "index.before";
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
///
/// git reads the index before it locks it. So the new index is put in place before the branch moves: who sees the new
/// branch sees the new index, and who saw the old branch can't move it any more. The old index is kept until then.
pub(super) struct LockedIndex<'a> {
    workdir: &'a Path,
    index: PathBuf,
    lock: PathBuf,
    /// The index as it will be.
    next: PathBuf,
    /// The index as it was.
    before: PathBuf,
}

impl<'a> LockedIndex<'a> {
    /// Locks the index of a repository with a work tree; a bare one has none.
    pub(super) fn take(repository: &'a git2::Repository, state: &Path) -> Result<Option<Self>, StoreError> {
        let Some(workdir) = repository.workdir() else { return Ok(None) };
        let index = repository.path().join("index");
        let lock = lock(&index, state)?;
        Ok(Some(Self { workdir, index, lock, next: state.join("index"), before: state.join(BEFORE) }))
    }

    /// Enters files that stand in the work tree. What was there before is kept until the lock is given back.
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
        let _ = fs::remove_file(&self.before);
        match fs::hard_link(&self.index, &self.before) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => fs::write(&self.before, b""),
            linked => linked,
        }
        .map_err(StoreError::io(&self.before))?;
        fs::rename(&self.next, &self.index).map_err(StoreError::io(&self.index))
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

    /// Puts the index back as it was: nothing was committed.
    pub(super) fn restore(self) -> Result<(), StoreError> {
        put_back(&self.index, &self.before)
    }
}

/// Puts an index back; an empty file says that there was none.
fn put_back(index: &Path, before: &Path) -> Result<(), StoreError> {
    match fs::metadata(before) {
        Ok(found) if found.len() == 0 => fs::remove_file(index).or_else(|error| match error.kind() {
            io::ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        }),
        Ok(_) => fs::rename(before, index),
        Err(_) => Ok(()),
    }
    .map_err(StoreError::io(index))
}

impl Drop for LockedIndex<'_> {
    fn drop(&mut self) {
        // A lock that can't be removed is known by its mark, and removed by the next writer.
        let _ = fs::remove_file(&self.before);
        let _ = fs::remove_file(&self.next);
        let _ = fs::remove_file(&self.lock);
    }
}

/// Enters files that stand in the work tree into the index of a repository.
pub(super) fn enter(repository: &git2::Repository, state: &Path, entries: &[Entry]) -> Result<(), StoreError> {
    let Some(mut index) = LockedIndex::take(repository, state)? else { return Ok(()) };
    index.enter(entries)
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

/// Whether a killed writer of ours left its lock on the index. Only under our own lock is that sure.
pub(super) fn is_left_over(repository: &git2::Repository) -> bool {
    fs::read(repository.path().join("index.lock")).is_ok_and(|held| held == MARK.as_bytes())
}

/// Removes the lock that a killed writer of ours left on the index, and puts the index back as it was before it where
/// nothing was committed: as long as the lock stood nobody else has changed it. Returns the lock, if there was one.
pub(super) fn release(
    repository: &git2::Repository,
    state: &Path,
    committed: bool,
) -> Result<Option<PathBuf>, StoreError> {
    if !is_left_over(repository) {
        return Ok(None);
    }
    let before = state.join(BEFORE);
    if !committed {
        put_back(&repository.path().join("index"), &before)?;
    }
    let _ = fs::remove_file(&before);
    let lock = repository.path().join("index.lock");
    fs::remove_file(&lock).map_err(StoreError::io(&lock))?;
    Ok(Some(lock))
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
