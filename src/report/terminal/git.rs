//! What git is told, in lines.

use std::fmt::Write as _;

use super::{
    look::Look,
    paint::{Style, painted},
};
use crate::corpus::{FileOutcome, GitIntegration, IntegrationFile, Reach};
use crate::report::visible::visible;

/// What git was told, or is told no longer.
#[must_use]
pub(super) fn integration(wired: &GitIntegration, look: Look) -> String {
    let mut out = String::new();
    for IntegrationFile { path, done } in [&wired.config, &wired.attributes] {
        let path = path.display().to_string();
        let _ = writeln!(out, "{}  {}", painted(&visible(&path), Style::Bold, look), told(*done, wired.installed));
    }
    if !wired.installed {
        return out;
    }
    let patterns: Vec<_> = wired.patterns.iter().map(|pattern| visible(pattern)).collect();
    let _ = writeln!(out, "git diff, git log -p and git show tell clauses of {}", patterns.join(", "));
    let _ = writeln!(out, "git difftool -t recension shows a comparison, git merge merges clauses");
    if wired.reach == Reach::Shared {
        let _ = writeln!(out, "commit .gitattributes; everybody else runs recension git install --shared once");
    }
    out
}

const fn told(done: FileOutcome, installed: bool) -> &'static str {
    match (done, installed) {
        (FileOutcome::Made, _) => "made",
        (FileOutcome::Written, _) => "written",
        (FileOutcome::Already, true) => "says so already",
        (FileOutcome::Already, false) => "said nothing of it",
        (FileOutcome::Cleared, _) => "as it was before",
        (FileOutcome::Removed, _) => "removed, for it held nothing else",
    }
}
