//! What git is told, in lines.

use std::fmt::Write as _;

use super::{
    look::Look,
    paint::{Style, painted},
};
use crate::corpus::{Done, Reach, Wired, WiredFile};
use crate::report::visible::visible;

/// What git was told, or is told no longer.
#[must_use]
pub(super) fn wired(wired: &Wired, look: Look) -> String {
    let mut out = String::new();
    for WiredFile { path, done } in [&wired.config, &wired.attributes] {
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

const fn told(done: Done, installed: bool) -> &'static str {
    match (done, installed) {
        (Done::Made, _) => "made",
        (Done::Written, _) => "written",
        (Done::Already, true) => "says so already",
        (Done::Already, false) => "said nothing of it",
        (Done::Cleared, _) => "as it was before",
        (Done::Removed, _) => "removed, for it held nothing else",
    }
}
