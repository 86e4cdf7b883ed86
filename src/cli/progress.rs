//! A bar on standard error for work that takes more than a moment.

use std::{
    io::{self, IsTerminal as _},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::ui::Ui;

/// Work under way. Nothing is drawn where standard error is no terminal, or the user wants it quiet.
pub(super) struct Progress {
    bar: ProgressBar,
    shown: AtomicBool,
}

impl Progress {
    /// A bar for so many steps.
    pub(super) fn new(ui: &Ui, what: &'static str, steps: usize) -> Self {
        let drawn = io::stderr().is_terminal() && !ui.is_quiet();
        let target = if drawn { ProgressDrawTarget::stderr_with_hz(5) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(steps as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}, {eta} left") {
            bar.set_style(style);
        }
        bar.set_message(what);
        Self { bar, shown: AtomicBool::new(false) }
    }

    /// So many steps are done.
    pub(super) fn reach(&self, steps: usize) {
        // What ends within a second shows no bar at all.
        if self.shown.load(Ordering::Relaxed) || self.bar.elapsed() > Duration::from_secs(1) {
            self.shown.store(true, Ordering::Relaxed);
            self.bar.set_position(steps as u64);
        }
    }

    /// All is done.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
