//! JSON of what is recorded of versions: `recension.list/1`, and the fields that other documents share.

use std::io::{self, Write};

use super::fields::dates;
use super::write::{Json, whole};
use crate::record::{Day, Record, Version, WorkSummary, works};
use crate::statement::{StatedClaim, Status};

/// Versions and what is recorded of them.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn list(out: &mut dyn Write, versions: &[&Version]) -> io::Result<()> {
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
pub(super) fn works_list(out: &mut dyn Write, versions: &[&Version]) -> io::Result<()> {
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

/// The facts that are recorded of a version.
pub(super) fn record(json: &mut Json, record: &Record) {
    let day = |day: Option<Day>| day.map(|day| day.to_string());
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
