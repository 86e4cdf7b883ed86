//! JSON of what a corpus is like: `recension.status/1`, `recension.verify/1`.

use std::io::{self, Write};

use super::write::whole;
use crate::corpus::{Status, Verification};

/// The state of a corpus.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn status(out: &mut dyn Write, status: &Status) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.status/1");
        json.field("folder", status.folder.as_str());
        json.field("bare", status.bare);
        json.field("branch", status.branch.as_deref());
        json.field("commit", status.commit.as_deref());
        json.field("amid", status.amid);
        json.field("shallow", status.shallow);
        json.field("identity", status.identity);
        json.field("interrupted", status.interrupted);
        json.key("uncommitted");
        json.list(&status.uncommitted, |json, uncommitted| {
            json.object(|json| {
                json.field("path", uncommitted.path.as_str());
                json.field("kind", uncommitted.kind.name());
            });
        });
        json.field("sound", status.is_sound());
    })
}

/// What a verification found.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn verified(out: &mut dyn Write, verified: &Verification) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.verify/1");
        json.field("versions", verified.versions);
        json.field("works", verified.works);
        json.field("commits", verified.commits);
        json.field("objects", verified.objects);
        json.key("faults");
        json.list(&verified.faults, |json, fault| {
            json.object(|json| {
                json.field("check", fault.check.name());
                json.field("place", fault.place.as_str());
                json.field("message", fault.message.as_str());
                json.field("commit", fault.commit.as_deref());
            });
        });
        json.values("notes", &verified.notes);
        json.values("repaired", &verified.repaired);
        json.field("holds", verified.holds());
    })
}
