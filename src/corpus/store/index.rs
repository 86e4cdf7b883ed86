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

use super::StoreError;

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

/// Enters files that stand in the work tree into the index of a repository.
pub(super) fn enter(repository: &git2::Repository, state: &Path, entries: &[Entry]) -> Result<(), StoreError> {
    let Some(workdir) = repository.workdir() else { return Ok(()) };
    let index_path = repository.path().join("index");
    let lock = lock(&index_path, state)?;
    let done = rewrite(repository, workdir, &index_path, &state.join("index"), entries);
    let unlocked = fs::remove_file(&lock).map_err(StoreError::io(&lock));
    done.and(unlocked)
}

fn rewrite(
    repository: &git2::Repository,
    workdir: &Path,
    index_path: &Path,
    copy: &Path,
    entries: &[Entry],
) -> Result<(), StoreError> {
    let failed = |error: git2::Error| StoreError::Git {
        doing: "enter the new files into the index",
        repository: repository.path().to_owned(),
        message: error.message().to_owned(),
    };
    match fs::copy(index_path, copy) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let _ = fs::remove_file(copy);
        }
        Err(source) => return Err(StoreError::Io { path: copy.to_owned(), source }),
    }
    let mut index = git2::Index::open(copy).map_err(failed)?;
    for entry in entries {
        let path = workdir.join(&entry.path);
        let found = fs::symlink_metadata(&path).map_err(StoreError::io(&path))?;
        index.add(&index_entry(entry, &found)).map_err(failed)?;
    }
    index.write().map_err(failed)?;
    fs::rename(copy, index_path).map_err(StoreError::io(index_path))
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

#[cfg(unix)]
fn index_entry(entry: &Entry, found: &fs::Metadata) -> git2::IndexEntry {
    use std::os::unix::fs::MetadataExt as _;
    // git keeps the low 32 bits of what it compares files by.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as git does")]
    let low = |wide: i64| wide as u32;
    #[expect(clippy::cast_possible_truncation, reason = "as git does")]
    let low_unsigned = |wide: u64| wide as u32;
    #[expect(clippy::cast_possible_truncation, reason = "seconds fit until 2038, and git has no more room")]
    let time = |seconds: i64, nanoseconds: i64| git2::IndexTime::new(seconds as i32, low(nanoseconds));
    git2::IndexEntry {
        ctime: time(found.ctime(), found.ctime_nsec()),
        mtime: time(found.mtime(), found.mtime_nsec()),
        dev: low_unsigned(found.dev()),
        ino: low_unsigned(found.ino()),
        mode: 0o100_644,
        uid: found.uid(),
        gid: found.gid(),
        file_size: low_unsigned(found.len()),
        id: entry.blob,
        flags: 0,
        flags_extended: 0,
        path: entry.path.clone().into_bytes(),
    }
}

#[cfg(not(unix))]
fn index_entry(entry: &Entry, found: &fs::Metadata) -> git2::IndexEntry {
    // Without the times git looks into the file itself, once.
    let never = git2::IndexTime::new(0, 0);
    git2::IndexEntry {
        ctime: never,
        mtime: never,
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: u32::try_from(found.len()).unwrap_or(u32::MAX),
        id: entry.blob,
        flags: 0,
        flags_extended: 0,
        path: entry.path.clone().into_bytes(),
    }
}
