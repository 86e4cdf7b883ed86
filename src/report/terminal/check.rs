//! What a corpus is like, in lines.

use std::fmt::Write as _;

use super::{
    corpus::counted,
    look::Look,
    paint::{Style, painted},
};
use crate::corpus::{Status, UncommittedKind, Verification};
use crate::report::visible::visible;

/// The state of a corpus.
#[must_use]
pub(super) fn status(status: &Status, look: Look) -> String {
    let mut out = String::new();
    let kind = if status.bare { "bare repository" } else { "corpus" };
    let _ = writeln!(out, "{kind} {}", painted(&status.folder, Style::Bold, look));
    match (&status.branch, &status.commit) {
        (Some(branch), Some(commit)) => {
            let _ = writeln!(out, "on branch {} at {}", visible(branch), commit.get(..12).unwrap_or(commit));
        }
        (Some(branch), None) => {
            let _ = writeln!(out, "on branch {}, nothing committed yet", visible(branch));
        }
        (None, _) => {
            let _ = writeln!(out, "HEAD is detached: go to a branch before adding versions (git switch BRANCH)");
        }
    }
    if let Some(amid) = status.amid {
        let _ = writeln!(out, "git is amid a {amid}: finish or abort it before adding versions");
    }
    if status.shallow {
        let _ = writeln!(out, "the clone is shallow: its history is not whole");
    }
    if !status.identity {
        let _ = writeln!(out, "git knows no name and address for commits: set user.name and user.email");
    }
    if status.interrupted {
        let _ = writeln!(
            out,
            "{}: a call that writes was interrupted; the next one, or recension verify --repair, settles it",
            painted("interrupted", Style::Grave, look)
        );
    }
    for (kind, title) in [
        (UncommittedKind::Changed, "changed, though a version never changes (git checkout -- PATH brings it back)"),
        (UncommittedKind::Removed, "committed, and not in the work tree (git checkout -- PATH brings it back)"),
        (
            UncommittedKind::Unindexed,
            "committed, and git's index does not know it yet (recension verify --repair enters it)",
        ),
        (UncommittedKind::New, "versions that are not committed"),
        (UncommittedKind::Other, "other files that are not committed"),
    ] {
        let of: Vec<_> = status.uncommitted.iter().filter(|uncommitted| uncommitted.kind == kind).collect();
        if of.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{title}:");
        for uncommitted in of {
            let _ = writeln!(out, "  {}", visible(&uncommitted.path));
        }
    }
    if status.uncommitted.is_empty() && !status.interrupted {
        let _ = writeln!(out, "everything is committed");
    }
    out
}

/// What a verification found.
#[must_use]
pub(super) fn verified(verified: &Verification, look: Look) -> String {
    let mut out = String::new();
    for fault in &verified.faults {
        let check = painted(fault.check.name(), Style::Grave, look);
        let (place, message) = (visible(&fault.place), visible(&fault.message));
        let _ = if fault.begins_with_place {
            writeln!(out, "{check}  {message}")
        } else {
            writeln!(out, "{check}  {place}: {message}")
        };
    }
    for repaired in &verified.repaired {
        let _ = writeln!(out, "repaired  {}", visible(repaired));
    }
    for note in &verified.notes {
        let _ = writeln!(out, "note  {}", visible(note));
    }
    let _ = writeln!(
        out,
        "{} of {}, {}, {}: {}",
        counted(verified.versions, "version"),
        counted(verified.works, "work"),
        counted(verified.commits, "commit"),
        counted(verified.objects, "object"),
        if verified.holds() { "all hold".to_owned() } else { counted(verified.faults.len(), "fault") }
    );
    out
}
