//! What the terminal is like, its colours and its width; and what is said on standard error.

use std::{
    io::{self, IsTerminal as _, Write as _},
    time::Instant,
};

use super::{config::Settings, error::CliError, global::Global, level::Level, sign, surroundings::is_dumb};
use crate::corpus::Interruption;
use crate::report::{Look, is_unseen, visible};

/// Columns where nothing says how many there are.
const WIDTH: usize = 100;
/// Narrower than this, nothing can be read.
const LEAST_WIDTH: usize = 30;

/// How to talk to the user.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ui {
    level: Level,
    quiet: bool,
    verbose: bool,
    /// Columns that the environment or a file says.
    width: Option<usize>,
    color: bool,
    is_terminal: bool,
}

impl Ui {
    /// Decides by what is set and by the terminal.
    pub(super) fn new(global: &Global) -> Self {
        let settings = &global.settings;
        let is_terminal = global.output.is_none() && io::stdout().is_terminal();
        let color = match settings.text("ui.color").as_deref() {
            Some("always") => true,
            Some("never") => false,
            _ => is_terminal && !is_dumb(),
        };
        Self {
            level: level(global, settings),
            quiet: global.quiet,
            verbose: global.verbose,
            width: settings.count("ui.width"),
            color,
            is_terminal,
        }
    }

    /// The same, saying as much as other settings want.
    pub(super) fn under(&self, global: &Global, settings: &Settings) -> Self {
        Self { level: level(global, settings), ..*self }
    }

    /// How results should look: as wide as asked for, else as is set, else as the terminal is.
    pub(super) fn look(&self, width: Option<usize>) -> Look {
        let terminal = || {
            let size = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
            size.map(|(width, _)| usize::from(width.0))
        };
        let width = width.or(self.width).or_else(terminal).unwrap_or(WIDTH).clamp(LEAST_WIDTH, 10_000);
        Look { width, color: self.color, verbose: self.verbose }
    }

    /// Whether results go to a terminal.
    pub(super) const fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// Whether only errors are wanted.
    pub(super) const fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Says what is being done, if that is wanted.
    pub(super) fn note(&self, text: &str) {
        if self.level >= Level::Info {
            say("note", text);
        }
    }

    /// Says how it is done, if that is wanted.
    pub(super) fn debug(&self, text: &str) {
        if self.level >= Level::Debug {
            say("debug", text);
        }
    }

    /// The time, where somebody wants to know how long things take.
    #[expect(clippy::disallowed_methods, reason = "durations are told on standard error and are in no result")]
    pub(super) fn clock(&self) -> Option<Instant> {
        (self.level >= Level::Debug).then(Instant::now)
    }

    /// Says how long something took since a time.
    pub(super) fn took(&self, what: &str, since: Option<Instant>) {
        if let Some(since) = since {
            self.debug(&format!("{what}: {:.1} ms", since.elapsed().as_secs_f64() * 1_000.0));
        }
    }

    /// Tells of what happened beside the writing of versions.
    pub(super) fn remark_on(&self, interrupted: Option<Interruption>) {
        match interrupted {
            Some(Interruption::Completed) => {
                self.warn("an earlier call had been interrupted after its commit; the work tree was completed");
            }
            Some(Interruption::Undone) => {
                self.warn("an earlier call had been interrupted before its commit; what it had left was taken away");
            }
            None => {}
        }
    }

    /// Warns of what the result does not say.
    pub(super) fn warn(&self, text: &str) {
        if self.level >= Level::Warn {
            say("warning", text);
        }
    }

    /// Prints an error and its hints, unless nothing at all is wanted.
    pub(super) fn complain(&self, error: &CliError) {
        if self.level >= Level::Error {
            complain(error);
        }
    }
}

/// A line on standard error. A text that steers the terminal is shown, not obeyed.
fn say(kind: &str, text: &str) {
    // A sign of life that stands on the line is drawn anew below the text.
    let clear = if sign::is_drawn() { "\r\u{1B}[2K" } else { "" };
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "{clear}{kind}: {}", visible(text));
}

/// Prints an error and its hints.
pub(super) fn complain(error: &CliError) {
    let Some(advice) = error.advice() else { return };
    say("error", &advice.message);
    for hint in &advice.hints {
        say("hint", hint);
    }
}

/// Prints what is wrong with the arguments, which may hold anything, in clap's words.
pub(super) fn complain_of_usage(error: &clap::Error) {
    let text = error.render().to_string();
    if text.chars().any(is_unseen) {
        for line in text.lines() {
            let _ = writeln!(io::stderr(), "{}", visible(line));
        }
    } else {
        let _ = error.print();
    }
}

fn level(global: &Global, settings: &Settings) -> Level {
    let level = settings.text("log").and_then(|name| Level::parse(&name)).unwrap_or(Level::Warn);
    if global.verbose { level.max(Level::Info) } else { level }
}
