//! One maker of an index at a time. The lock is the operating system's and goes with the process.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
    thread,
    time::Duration,
};

use super::result::{Failure, Remark};

/// Between two looks at a lock that another holds.
const PAUSE: Duration = Duration::from_millis(20);
/// Looks before the wait is told.
const TELL_AFTER: u32 = 50;
/// Looks at most: ten minutes' worth. Whoever waited so long does without the other.
const MOST_LOOKS: u32 = 30_000;

/// The right to change an index, for as long as it lives.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the right to change the index that a file locks.
    pub(super) fn take(path: &Path, tell: &dyn Fn(Remark)) -> Result<Self, Failure> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path);
        let file = file.map_err(|error| Failure::index(&error))?;
        for looks in 0..MOST_LOOKS {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(Failure::index(&error)),
            }
            if looks == TELL_AFTER {
                tell(Remark::Waiting);
            }
            thread::sleep(PAUSE);
        }
        Err(Failure::Index("another process is making it".to_owned()))
    }
}
