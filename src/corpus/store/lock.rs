//! One writer at a time.
//!
//! The lock is the operating system's, on a file of ours in the git directory: it goes with the process, so a killed
//! writer leaves none behind. git's own locks, which may be left behind, are taken only under it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    path::Path,
    thread,
    time::Duration,
};

use super::error::StoreError;

/// Between two looks at a lock that another holds.
const PAUSE: Duration = Duration::from_millis(3);
/// Looks before the wait is told.
const TELL_AFTER: u32 = 300;

/// The right to write, for as long as it lives.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Whether a writer is at work now.
    pub(super) fn is_held(state: &Path) -> bool {
        let held = |file: File| matches!(file.try_lock(), Err(TryLockError::WouldBlock));
        OpenOptions::new().write(true).open(state.join("lock")).is_ok_and(held)
    }

    /// Waits for the right to write. `waiting` is called once if that takes about a second.
    pub(super) fn take(state: &Path, waiting: &dyn Fn()) -> Result<Self, StoreError> {
        fs::create_dir_all(state).map_err(StoreError::io(state))?;
        let path = state.join("lock");
        let file =
            OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(StoreError::io(&path))?;
        let mut looks = 0;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(source)) => return Err(StoreError::Io { path, source }),
            }
            looks += 1;
            if looks == TELL_AFTER {
                waiting();
            }
            thread::sleep(PAUSE);
        }
    }
}
