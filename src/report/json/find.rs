//! JSON of what was found: `recension.find/1`.

use std::io::{self, Write};

use super::fields::ends;
use super::write::{Id, Value as _, whole};
use crate::search::Found;
use crate::statement::ClauseIndex;
use crate::text::Span;

/// What was found.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn found(out: &mut dyn Write, found: &Found) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.find/1");
        json.field("query", found.query.as_str());
        json.field("total", found.total);
        json.field("cut", found.cut);
        json.field("searched", found.searched);
        json.key("hits");
        json.list(&found.hits, |json, hit| {
            json.object(|json| {
                json.field("ref", hit.id.to_string().as_str());
                json.field("work", hit.id.work.as_str());
                json.field("date", hit.id.folder.as_str());
                json.field("language", hit.id.language.as_str());
                json.field("issued", hit.issued.map(|day| day.to_string()).as_deref());
                json.field("clause", Id(ClauseIndex::new(hit.clause)));
                json.field("kind", hit.kind.name());
                json.field("address", hit.address.as_str());
                json.field("text", hit.text.as_str());
                json.key("ranges");
                json.list(&hit.ranges, |json, range| ends(Span::new(range.start, range.end)).write(json));
            });
        });
        json.key("unread");
        json.list(&found.unread, |json, (id, why)| {
            json.object(|json| {
                json.field("ref", id.to_string().as_str());
                json.field("message", why.as_str());
            });
        });
    })
}
