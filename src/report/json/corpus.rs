//! JSON of what is done with a corpus: `recension.init/1`, `recension.add/1`.

use std::io::{self, Write};

use super::record::record;
use super::write::whole;
use crate::corpus::{AddedVersions, Draft, HistoryBranch, ImportOutcome, Interruption, NewCorpus};

/// A corpus that was begun.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn begun(out: &mut dyn Write, begun: &NewCorpus) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.init/1");
        json.field("folder", begun.folder.display().to_string().as_str());
        json.field("repository", begun.repository);
        json.field("already", begun.already);
        json.field("commit", begun.commit.as_deref());
    })
}

/// What was added, or would be.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn added(out: &mut dyn Write, added: &AddedVersions, drafts: &[Draft], dry_run: bool) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.add/1");
        json.field("dry_run", dry_run);
        json.field("commit", added.commit.as_deref());
        json.field("interrupted", added.interrupted.map(Interruption::name));
        json.key("versions");
        json.list(added.placed.iter().zip(drafts), |json, (placed, draft)| {
            json.object(|json| {
                json.field("ref", placed.id.to_string().as_str());
                json.field("already", placed.already);
                json.field("file", draft.record.provenance.file.as_deref());
                json.field("work", draft.work.as_str());
                json.field("date", placed.id.folder.as_str());
                json.field("language", draft.language.as_str());
                record(json, &draft.record);
            });
        });
    })
}

/// What an import did.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn imported(out: &mut dyn Write, imported: &ImportOutcome, dry_run: bool) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.import/1");
        json.field("dry_run", dry_run);
        json.field("added", imported.added);
        json.field("already", imported.already);
        json.values("commits", &imported.commits);
        json.field("interrupted", imported.interrupted.map(Interruption::name));
        json.key("problems");
        json.list(&imported.problems, |json, problem| {
            json.object(|json| {
                json.field("place", problem.place.as_str());
                json.field("message", problem.error.to_string().as_str());
            });
        });
    })
}

/// Versions that were exported, each with its file.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn exported(out: &mut dyn Write, written: &[(String, String)]) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.export/1");
        json.key("files");
        json.list(written, |json, (reference, path)| {
            json.object(|json| {
                json.field("ref", reference.as_str());
                json.field("path", path.as_str());
            });
        });
    })
}

/// A branch that was written.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn history(out: &mut dyn Write, written: &HistoryBranch) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.export/1");
        json.field("branch", written.branch.as_str());
        json.field("commit", written.commit.as_str());
        json.field("commits", written.commits);
        json.field("already", written.already);
    })
}
