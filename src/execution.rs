//! How many threads may work, and how work is shared among them.
//!
//! Nothing in the library spawns a thread by itself: whoever calls it says so with an [`Execution`], and what is said is
//! handed down to where there is work to share. The default is one thread, so that a server, a language binding or a test
//! decides for itself how it uses its processors; the command line says as many as the machine has.
//!
//! Whatever the number, results are the same and stand in the order of what they were made of: threads take work from
//! one queue, and what each makes does not depend on what the others do. A panic on any thread is a panic of the caller.
//! Threads are scoped, so work may borrow; why they are not those of a pool is told in docs/decisions/0026-threads.md.

use std::{
    num::NonZeroUsize,
    panic::resume_unwind,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc::sync_channel,
    },
    thread::{self, ScopedJoinHandle},
};

/// Results of each thread that may wait to be taken in their order.
const WAITING: usize = 4;
/// Into how many chunks for each thread long lists are cut: more even out what some take longer for, fewer cost less.
#[cfg(any(test, feature = "git"))]
const CHUNKS: usize = 4;

/// How many threads may work at once.
///
/// ```
/// use recension::{change, execution::Execution, ingest};
///
/// let statement = ingest::read(b"The sides agree.".as_slice(), ingest::Options::default())?.statement;
/// let on = |execution| change::compare(&statement, &statement, &change::Options::default().with_execution(execution));
/// assert_eq!(on(Execution::Sequential), on(Execution::threads(4)));
/// assert_eq!(Execution::threads(1), Execution::Sequential);
/// # Ok::<(), ingest::ReadError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Execution {
    /// That of the caller alone.
    #[default]
    Sequential,
    /// So many, that of the caller among them.
    Threads(NonZeroUsize),
}

impl Execution {
    /// At most so many threads; one where none is asked for.
    #[must_use]
    pub const fn threads(most: usize) -> Self {
        match NonZeroUsize::new(most) {
            Some(most) if most.get() > 1 => Self::Threads(most),
            _ => Self::Sequential,
        }
    }

    /// As many threads as the machine can run at once.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "asked here, for those who want no number of their own")]
    pub fn available() -> Self {
        thread::available_parallelism().map_or(Self::Sequential, |most| Self::threads(most.get()))
    }

    /// How many threads may work at once, at least one.
    #[must_use]
    pub(crate) const fn most(self) -> usize {
        match self {
            Self::Sequential => 1,
            Self::Threads(most) => most.get(),
        }
    }

    /// The same, but no more threads than the work is worth.
    #[must_use]
    pub(crate) fn up_to(self, worth: usize) -> Self {
        Self::threads(self.most().min(worth))
    }

    /// What is left for each of some tasks that run at once.
    #[must_use]
    #[cfg(any(test, feature = "git"))]
    pub(crate) fn shared_by(self, tasks: usize) -> Self {
        Self::threads(self.most() / self.most().min(tasks).max(1))
    }

    /// Runs two functions, at once if two threads may work.
    pub(crate) fn join<A, B: Send>(self, first: impl FnOnce() -> A, second: impl FnOnce() -> B + Send) -> (A, B) {
        if self == Self::Sequential {
            return (first(), second());
        }
        scope(|scope| {
            let second = scope.spawn(second);
            (first(), finished(second))
        })
    }

    /// What a function makes of each item, in their order. For items that take long.
    pub(crate) fn map<T: Sync, R: Send>(self, items: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
        self.run(items.len(), |at| make(&items[at]))
    }

    /// What a function makes of chunks of a list, in their order. For items that each take little: the chunks are cut
    /// so that every thread has a few.
    #[cfg(any(test, feature = "git"))]
    pub(crate) fn map_chunks<'i, T: Sync, R: Send>(self, items: &'i [T], make: impl Fn(&'i [T]) -> R + Sync) -> Vec<R> {
        let chunks = if self == Self::Sequential { 1 } else { self.most() * CHUNKS };
        let size = items.len().div_ceil(chunks).max(1);
        let chunks: Vec<&'i [T]> = items.chunks(size).collect();
        self.run(chunks.len(), |at| make(chunks[at]))
    }

    /// Makes a result of each item, and takes the results in their order on the thread of the caller, while others are
    /// still being made. No more than a few wait, so a long list takes little memory.
    ///
    /// # Errors
    /// The first error of `take`; what comes behind it is not taken.
    pub(crate) fn pipe<T: Sync, R: Send, E>(
        self,
        items: &[T],
        make: impl Fn(&T) -> R + Sync,
        mut take: impl FnMut(R) -> Result<(), E>,
    ) -> Result<(), E> {
        let threads = self.most().min(items.len());
        if threads < 2 {
            return items.iter().try_for_each(|item| take(make(item)));
        }
        scope(|scope| {
            // Every thread makes each so-manieth item, that of the caller the first of them.
            let others: Vec<_> = (1..threads)
                .map(|first| {
                    let (sender, results) = sync_channel(WAITING);
                    let make = &make;
                    let own = items.iter().skip(first).step_by(threads);
                    // Nobody waits for the rest where a result could not be taken.
                    let worker = scope.spawn(move || own.map(make).try_for_each(|result| sender.send(result)).is_ok());
                    (results, worker)
                })
                .collect();
            let mut taken = Ok(());
            for (at, item) in items.iter().enumerate() {
                let result = match (at % threads).checked_sub(1) {
                    None => make(item),
                    // A worker that has gone before it sent everything has panicked, which is told below.
                    Some(other) => match others[other].0.recv() {
                        Ok(result) => result,
                        Err(_) => break,
                    },
                };
                taken = take(result);
                if taken.is_err() {
                    break;
                }
            }
            for (results, worker) in others {
                drop(results);
                finished(worker);
            }
            taken
        })
    }

    /// What a function makes of each number below a count, in their order; threads take the numbers one by one.
    fn run<R: Send>(self, count: usize, make: impl Fn(usize) -> R + Sync) -> Vec<R> {
        let threads = self.most().min(count);
        if threads < 2 {
            return (0..count).map(make).collect();
        }
        let next = AtomicUsize::new(0);
        let work = || {
            let mut made = Vec::with_capacity(count / threads + 1);
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                if at >= count {
                    return made;
                }
                made.push((at, make(at)));
            }
        };
        let mut made = scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut made = work();
            made.extend(others.into_iter().flat_map(finished));
            made
        });
        made.sort_unstable_by_key(|(at, _)| *at);
        made.into_iter().map(|(_, result)| result).collect()
    }
}

/// The one place where threads begin.
#[expect(clippy::disallowed_methods, reason = "everything else shares work through this module")]
fn scope<'e, R>(work: impl for<'s> FnOnce(&'s thread::Scope<'s, 'e>) -> R) -> R {
    thread::scope(work)
}

/// What a thread made; a panic there is a panic here.
fn finished<R>(thread: ScopedJoinHandle<'_, R>) -> R {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Execution; 4] =
        [Execution::Sequential, Execution::threads(1), Execution::threads(2), Execution::threads(7)];

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        for execution in ALL {
            for count in [0, 1, 2, 3, 64, 1000] {
                let items: Vec<usize> = (0..count).collect();
                let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
                assert_eq!(execution.map(&items, |item| item * 2), doubled);
                let chunks =
                    execution.map_chunks(&items, |items| items.iter().map(|item| item * 2).collect::<Vec<_>>());
                assert_eq!(chunks.concat(), doubled);
                let mut taken = Vec::new();
                let piped = execution.pipe(
                    &items,
                    |item| item * 2,
                    |item| {
                        taken.push(item);
                        Ok::<(), ()>(())
                    },
                );
                assert_eq!((piped, taken), (Ok(()), doubled));
            }
            assert_eq!(execution.join(|| 1, || 2), (1, 2));
        }
    }

    #[test]
    fn a_pipe_ends_where_something_can_not_be_taken() {
        let items: Vec<usize> = (0..1000).collect();
        for execution in ALL {
            let taken = execution.pipe(&items, |item| *item, |item| if item < 5 { Ok(()) } else { Err(item) });
            assert_eq!(taken, Err(5));
        }
    }

    #[test]
    fn a_panic_on_any_thread_is_one_of_the_caller() {
        let items: Vec<usize> = (0..100).collect();
        let odd = |item: &usize| assert!(*item != 77, "the item");
        for execution in ALL {
            assert!(std::panic::catch_unwind(|| execution.map(&items, odd)).is_err());
            assert!(std::panic::catch_unwind(|| execution.pipe(&items, odd, Ok::<(), ()>)).is_err());
            assert!(std::panic::catch_unwind(|| execution.join(|| (), || odd(&77))).is_err());
        }
    }

    #[test]
    fn tasks_share_what_there_is() {
        let eight = Execution::threads(8);
        assert_eq!([1, 2, 3, 8, 100].map(|tasks| eight.shared_by(tasks).most()), [8, 4, 2, 1, 1]);
        assert_eq!(eight.shared_by(0), eight);
        assert_eq!((eight.up_to(3).most(), eight.up_to(0).most()), (3, 1));
    }
}
