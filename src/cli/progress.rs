//! A sign of life on standard error for work that takes more than a moment.

use std::{
    io::{self, IsTerminal as _},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{sign, ui::Ui};
use crate::workspace;

/// What ends sooner shows no sign at all.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a spinner turns.
const TURN: Duration = Duration::from_millis(120);

/// Nothing is drawn where standard error is no terminal, or the user wants it quiet.
fn is_wanted(ui: &Ui) -> bool {
    io::stderr().is_terminal() && !ui.is_quiet()
}

/// Work whose steps are known.
pub(super) struct Progress {
    bar: ProgressBar,
    shown: AtomicBool,
}

impl Progress {
    /// A bar for so many steps.
    pub(super) fn new(ui: &Ui, what: &'static str, steps: usize) -> Self {
        let target = if is_wanted(ui) { ProgressDrawTarget::stderr_with_hz(5) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(steps as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}, {eta} left") {
            bar.set_style(style);
        }
        bar.set_message(what);
        Self { bar, shown: AtomicBool::new(false) }
    }

    /// So many steps are done.
    pub(super) fn reach(&self, steps: usize) {
        if self.shown.load(Ordering::Relaxed) || self.bar.elapsed() > PATIENCE {
            self.shown.store(true, Ordering::Relaxed);
            sign::set_drawn(!self.bar.is_hidden());
            self.bar.set_position(steps as u64);
        }
    }

    /// All is done.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
        sign::set_drawn(false);
    }
}

/// Work of the library whose steps it counts.
pub(super) struct Counter {
    progress: Progress,
    done: AtomicUsize,
}

impl Counter {
    /// Called by what is done.
    pub(super) fn new(ui: &Ui, what: &'static str) -> Self {
        Self { progress: Progress::new(ui, what, 0), done: AtomicUsize::new(0) }
    }
}

impl workspace::Progress for Counter {
    fn begin(&self, items: usize) {
        self.progress.bar.set_length(items as u64);
    }

    fn advance(&self, items: usize) {
        self.progress.reach(self.done.fetch_add(items, Ordering::Relaxed) + items);
    }

    fn end(&self) {
        self.progress.end();
    }
}

/// Work of which nobody knows how long it takes. It ends where the value is dropped.
pub(super) struct Spinner {
    what: Arc<Mutex<String>>,
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Spinner {
    /// Begins to wait, and to turn after a second.
    #[expect(clippy::disallowed_methods, reason = "it turns while others work, and is in no result")]
    pub(super) fn new(ui: &Ui, what: &str) -> Self {
        let what = Arc::new(Mutex::new(what.to_owned()));
        let running = is_wanted(ui).then(|| {
            let (end, ended) = mpsc::channel::<()>();
            let what = Arc::clone(&what);
            (end, thread::spawn(move || turn(&what, |wait| ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout))))
        });
        Self { what, running }
    }

    /// Says what is done now.
    pub(super) fn say(&self, what: &str) {
        what.clone_into(&mut self.what.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Turns until the work has ended; `goes_on` waits and says whether it has not.
fn turn(what: &Mutex<String>, goes_on: impl Fn(Duration) -> bool) {
    if !goes_on(PATIENCE) {
        return;
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
        bar.set_style(style);
    }
    // The second before counts.
    let bar = bar.with_elapsed(PATIENCE);
    sign::set_drawn(true);
    loop {
        bar.set_message(what.lock().unwrap_or_else(PoisonError::into_inner).clone());
        bar.tick();
        if !goes_on(TURN) {
            break;
        }
    }
    bar.finish_and_clear();
    sign::set_drawn(false);
}

impl Drop for Spinner {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.running.take() {
            drop(end);
            // Standard error is used again only when the sign is gone.
            let _ = thread.join();
        }
    }
}

/// Does some work: with a sign of life where it takes long, and with a line on how long it took where that is wanted.
pub(super) fn step<T>(ui: &Ui, what: &str, work: impl FnOnce() -> T) -> T {
    let clock = ui.clock();
    let spinner = Spinner::new(ui, what);
    let done = work();
    drop(spinner);
    ui.took(what, clock);
    done
}
