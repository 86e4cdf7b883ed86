//! Work on long lists, on all cores.

use std::{num::NonZeroUsize, thread};

/// Works on parts of a list on all cores; the results stand in the order of the parts.
pub(super) fn in_parts<'a, T: Sync, R: Send>(items: &'a [T], work: impl Fn(&'a [T]) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let size = items.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let threads: Vec<_> = items.chunks(size).map(|part| scope.spawn(|| work(part))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}
