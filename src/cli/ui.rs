//! What the program knows of its surroundings: terminal, colour, width; and what it says on standard error.

use std::{
    ffi::OsString,
    io::{self, IsTerminal as _, Write as _},
    path::PathBuf,
};

use super::{
    args::{Color, Global},
    error::CliError,
};
use crate::corpus::{Day, Interrupted};
use crate::language::Date;
use crate::report::{Look, is_unseen, visible};

/// Columns where nothing says how many there are.
const WIDTH: usize = 100;
/// Narrower than this, nothing can be read.
const LEAST_WIDTH: usize = 30;

/// How to talk to the user.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ui {
    quiet: bool,
    verbose: bool,
    color: bool,
    is_terminal: bool,
}

impl Ui {
    /// Decides by the options, the environment and the terminal.
    pub(super) fn new(global: &Global) -> Self {
        let set = |name| environment(name).is_some();
        let plain = set("NO_COLOR") || environment("TERM").is_some_and(|term| term == "dumb");
        let is_terminal = global.output.is_none() && io::stdout().is_terminal();
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => !plain && is_terminal,
        };
        Self { quiet: global.quiet, verbose: global.verbose, color, is_terminal }
    }

    /// How results should look: as wide as asked for, else as COLUMNS or the terminal say.
    pub(super) fn look(&self, width: Option<usize>) -> Look {
        let columns =
            || environment("COLUMNS").and_then(|columns| columns.to_str()?.parse().ok()).filter(|columns| *columns > 0);
        let terminal = || {
            let size = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
            size.map(|(width, _)| usize::from(width.0))
        };
        let width = width.or_else(columns).or_else(terminal).unwrap_or(WIDTH).clamp(LEAST_WIDTH, 10_000);
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
        if self.verbose {
            say("note", text);
        }
    }

    /// Tells of what happened beside the writing of versions.
    pub(super) fn remark_on(&self, interrupted: Option<Interrupted>) {
        match interrupted {
            Some(Interrupted::Completed) => {
                self.warn("an earlier call had been interrupted after its commit; the work tree was completed");
            }
            Some(Interrupted::Undone) => {
                self.warn("an earlier call had been interrupted before its commit; what it had left was taken away");
            }
            None => {}
        }
    }

    /// Warns of what the result does not say.
    pub(super) fn warn(&self, text: &str) {
        if !self.quiet {
            say("warning", text);
        }
    }
}

/// A line on standard error. A text that steers the terminal is shown, not obeyed.
fn say(kind: &str, text: &str) {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "{kind}: {}", visible(text));
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

/// A variable of the environment, if it is set to something.
#[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The corpus that the environment names.
pub(super) fn corpus_of_environment() -> Option<PathBuf> {
    environment("RECENSION_CORPUS").map(PathBuf::from)
}

/// Whether results go to a terminal.
pub(super) fn prints_to_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether the program runs in GitHub Actions.
pub(super) fn in_github_actions() -> bool {
    environment("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// The file that GitHub Actions shows as the summary of the step.
pub(super) fn step_summary() -> Option<PathBuf> {
    environment("GITHUB_STEP_SUMMARY").filter(|_| in_github_actions()).map(PathBuf::from)
}

/// The revision that a pull request or a merge request is compared with, as GitHub or GitLab says.
pub(super) fn base_of_environment() -> Option<String> {
    let text = |name| environment(name)?.into_string().ok();
    let branch = || text("GITHUB_BASE_REF").map(|branch| format!("origin/{branch}"));
    text("CI_MERGE_REQUEST_DIFF_BASE_SHA").or_else(branch)
}

/// The folder the program was started in.
#[expect(clippy::disallowed_methods, reason = "the one place where the current folder is asked for")]
pub(super) fn current_folder() -> Option<PathBuf> {
    std::env::current_dir().ok()
}

/// The day, in Coordinated Universal Time; absent where the clock of the machine is off by centuries.
#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read, for the day of capture")]
pub(super) fn today() -> Option<Day> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    Date::from_days_since_1970(i64::try_from(since.as_secs() / 86_400).ok()?).map(Day)
}
