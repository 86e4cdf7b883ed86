//! JSON of a timeline: `recension.log/1`.

use std::io::{self, Write};

use super::record::version_fields;
use super::write::whole;
use crate::audit::Timeline;

/// A work in time.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn log(out: &mut dyn Write, timeline: &Timeline) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.log/1");
        json.field("work", timeline.work.as_str());
        json.field("title", timeline.about.title.as_deref());
        json.field("series", timeline.about.series.as_deref());
        json.key("versions");
        json.list(&timeline.entries, |json, entry| {
            json.object(|json| {
                version_fields(json, &entry.version);
                json.field("before", entry.before.as_ref().map(ToString::to_string).as_deref());
                json.field("verdict", entry.verdict.map(|verdict| verdict.name()));
            });
        });
        json.key("lacking");
        json.list(&timeline.lacking, |json, lacking| {
            json.object(|json| {
                json.field("language", lacking.language.as_str());
                json.field("claim", lacking.claim.words());
                json.field("than", lacking.than.to_string().as_str());
            });
        });
        json.key("lineage");
        json.list(&timeline.lineage, |json, relative| {
            json.object(|json| {
                json.field("work", relative.work.as_str());
                json.field("relation", if relative.successor { "successor" } else { "predecessor" });
                json.field("held", relative.held);
                json.field("title", relative.title.as_deref());
            });
        });
    })
}
