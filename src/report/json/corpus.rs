//! JSON of what is done with a corpus: `recension.init/1`, `recension.add/1`.

use std::io::{self, Write};

use super::{dates, write::Json};
use crate::corpus::{Added, Begun, Draft, HistoryBranch, Imported, Interrupted, Record, Version, WorkSummary, works};
use crate::statement::{StatedClaim, Status};

/// Writes one object and a line end.
pub(super) fn whole(out: &mut dyn Write, fields: impl FnOnce(&mut Json)) -> io::Result<()> {
    let mut json = Json::new();
    json.object(fields);
    out.write_all(&json.into_bytes())?;
    out.write_all(b"\n")
}

/// A corpus that was begun.
///
/// # Errors
/// Where `out` refuses.
pub fn begun(out: &mut dyn Write, begun: &Begun) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.init/1");
        json.field("folder", begun.folder.display().to_string().as_str());
        json.field("repository", begun.repository);
        json.field("already", begun.already);
        json.field("commit", begun.commit.as_deref());
    })
}

/// Versions and what is recorded of them.
///
/// # Errors
/// Where `out` refuses.
pub fn list(out: &mut dyn Write, versions: &[&Version]) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.list/1");
        json.key("versions");
        json.list(versions, |json, version| json.object(|json| version_fields(json, version)));
    })
}

/// Works, their languages and the number of their versions.
///
/// # Errors
/// Where `out` refuses.
pub fn works_list(out: &mut dyn Write, versions: &[&Version]) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.list/1");
        json.key("works");
        json.list(works(versions), |json, WorkSummary { work, languages, versions, first, latest }| {
            json.object(|json| {
                json.field("work", work);
                json.values("languages", languages);
                json.field("versions", versions);
                json.field("first", first.map(|day| day.to_string()).as_deref());
                json.field("latest", latest.map(|day| day.to_string()).as_deref());
            });
        });
    })
}

/// A version: its name in parts, and what is recorded of it.
pub(super) fn version_fields(json: &mut Json, version: &Version) {
    json.field("ref", version.id.to_string().as_str());
    json.field("work", version.id.work.as_str());
    json.field("date", version.id.folder.as_str());
    json.field("language", version.id.language.as_str());
    record(json, &version.record);
}

/// What was added, or would be.
///
/// # Errors
/// Where `out` refuses.
pub fn added(out: &mut dyn Write, added: &Added, drafts: &[Draft], dry_run: bool) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.add/1");
        json.field("dry_run", dry_run);
        json.field("commit", added.commit.as_deref());
        json.field("interrupted", added.interrupted.map(Interrupted::name));
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
pub fn imported(out: &mut dyn Write, imported: &Imported, dry_run: bool) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.import/1");
        json.field("dry_run", dry_run);
        json.field("added", imported.added);
        json.field("already", imported.already);
        json.values("commits", &imported.commits);
        json.field("interrupted", imported.interrupted.map(Interrupted::name));
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
pub fn exported(out: &mut dyn Write, written: &[(String, String)]) -> io::Result<()> {
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
pub fn history(out: &mut dyn Write, written: &HistoryBranch) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.export/1");
        json.field("branch", written.branch.as_str());
        json.field("commit", written.commit.as_str());
        json.field("commits", written.commits);
        json.field("already", written.already);
    })
}

/// The facts that are recorded of a version.
pub(super) fn record(json: &mut Json, record: &Record) {
    let day = |day: Option<crate::corpus::Day>| day.map(|day| day.to_string());
    json.field("issued", day(record.issued).as_deref());
    json.field("symbol", record.symbol.as_deref());
    json.field("job_number", record.job_number.as_deref());
    json.field("claim", record.claim.as_ref().map(StatedClaim::words));
    json.field("status", record.status.as_ref().map(Status::words));
    json.values("original_languages", &record.original_languages);
    json.key("dates");
    let known = &record.dates;
    let roles = [known.letter, known.reissued, known.adopted, known.masthead];
    json.object(|json| dates(json, roles, &known.processing));
    json.field("source_url", record.provenance.source_url.as_deref());
    json.field("captured", day(record.provenance.captured).as_deref());
    json.field("extractor", record.provenance.extractor.as_deref());
    json.field("fictional", record.fictional);
    json.key("sha256");
    json.object(|json| {
        json.field("source", record.sha256.source.as_deref());
        json.field("text", record.sha256.text.as_deref());
    });
}
