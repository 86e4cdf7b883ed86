//! `recension.evidence/1`: why the paragraphs of a text begin where they do.

use std::io::{self, Write};

use super::fields::{ends, named};
use super::{sheet::Sheet, write::Json};
use crate::execution::Execution;
use crate::ingest::{Boundary, Evidence, SourceMap};
use crate::record::Document;

/// What was decided before each line of a document, and why.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn evidence(
    out: &mut dyn Write,
    document: &Document,
    boundaries: &[Boundary],
    execution: Execution,
) -> io::Result<()> {
    let map = document.source.map();
    let map = &map;
    let mut sheet = Sheet::new();
    sheet.frame().open(b'{');
    sheet.frame().field("schema", "recension.evidence/1");
    named(sheet.frame(), document);
    sheet.rows("boundaries", boundaries, move |json, _, found| boundary(json, map, found));
    sheet.frame().close(b'}');
    sheet.print(out, execution)
}

fn boundary(json: &mut Json, map: &SourceMap<'_>, boundary: &Boundary) {
    let at = boundary.after.start as usize;
    json.object(|json| {
        json.field("line", map.line(at));
        json.field("page", map.page(at));
        json.field("before_span", ends(boundary.before));
        json.field("after_span", ends(boundary.after));
        json.field("begins", boundary.begins);
        json.field("in_doubt", boundary.is_in_doubt);
        json.field("weight", boundary.weight);
        json.key("evidence");
        json.list(&boundary.evidence, sign);
    });
}

fn sign(json: &mut Json, evidence: &Evidence) {
    json.object(|json| {
        json.field("sign", evidence.sign.name());
        json.field("weight", evidence.weight);
        json.field("decisive", evidence.is_decisive);
        json.field("saw", evidence.saw);
        json.field("found", evidence.measure.map(|measure| u32::from(measure.found)));
        json.field("usual", evidence.measure.map(|measure| u32::from(measure.usual)));
    });
}
