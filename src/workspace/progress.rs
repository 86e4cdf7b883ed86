//! How those who wait are told of long work.

/// Somebody who waits. Counts come from several threads, in any order; each call says how many items are done by now.
pub trait Progress: Sync {
    /// Work begins on so many items.
    fn begin(&self, _items: usize) {}

    /// So many more are done.
    fn advance(&self, _items: usize) {}

    /// All is done, or the work failed.
    fn end(&self) {}
}

/// Nobody waits.
#[derive(Clone, Copy, Debug, Default)]
pub struct SilentProgress;

impl Progress for SilentProgress {}
