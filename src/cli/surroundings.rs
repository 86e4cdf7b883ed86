//! What the program learns of its surroundings: variables of the environment, the current folder, the day.

use std::{ffi::OsString, path::PathBuf};

use crate::language::Date;
use crate::record::Day;

/// A variable of the environment, if it is set, be it to nothing.
#[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
pub(super) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// A variable of the environment, if it is set to something.
pub(super) fn environment(name: &str) -> Option<OsString> {
    variable(name).filter(|value| !value.is_empty())
}

/// The index that git names to its hooks.
pub(super) fn index_of_git() -> Option<PathBuf> {
    environment("GIT_INDEX_FILE").map(PathBuf::from)
}

/// The columns that the environment says a terminal has.
pub(super) fn columns_of_environment() -> Option<usize> {
    environment("COLUMNS").and_then(|columns| columns.to_str()?.parse().ok()).filter(|columns| *columns > 0)
}

/// Whether the terminal shows characters and nothing else.
pub(super) fn is_dumb() -> bool {
    environment("TERM").is_some_and(|term| term == "dumb")
}

/// The corpus that the environment names.
pub(super) fn corpus_of_environment() -> Option<PathBuf> {
    environment("RECENSION_CORPUS").map(PathBuf::from)
}

/// The folder of languages and bodies that the environment names.
pub(super) fn data_of_environment() -> Option<PathBuf> {
    environment("RECENSION_DATA").map(PathBuf::from)
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
