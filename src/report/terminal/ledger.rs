//! The ledger of a source: for every run of bytes, what became of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{
    look::Look,
    paint::{Paragraph, Style, painted},
};
use crate::record::Document;
use crate::statement::{Ledger, LedgerEntry, Statement, Whereabouts};

/// Columns of the bytes, and of what became of them.
const BYTES: usize = 17;
const PLACE: usize = 8;

/// Renders the ledger of a document: a line a run, and how many bytes went where.
#[must_use]
pub(super) fn ledger(document: &Document, ledger: &Ledger, look: Look) -> String {
    let mut out = String::new();
    let mut counts: BTreeMap<&'static str, u32> = BTreeMap::new();
    for entry in &ledger.entries {
        *counts.entry(entry.whereabouts.name()).or_default() += entry.span.len() as u32;
        run(&mut out, document, entry, look);
    }
    let order = ["text", "label", "dropped", "space", "unread", "twice"];
    let told = order.iter().filter_map(|name| counts.get(name).map(|bytes| format!("{name} {bytes}")));
    let told = told.collect::<Vec<_>>().join(", ");
    let _ = writeln!(out, "\n{}", painted(&format!("bytes: {told}"), Style::Faint, look));
    out
}

/// `120–134  text     c3  “The Sides agree”`; white space that belongs to nothing is not shown.
fn run(out: &mut String, document: &Document, entry: &LedgerEntry, look: Look) {
    let mut line = Paragraph::new(out, look, 0);
    let bytes = format!("{}–{}", entry.span.start, entry.span.end);
    let name = entry.whereabouts.name();
    let style = if entry.whereabouts.is_fault() { Style::Weighed } else { Style::Faint };
    line.push(&format!("{bytes:BYTES$}{name:PLACE$}"), style);
    line.push(&detail(document.statement(), entry.whereabouts), Style::Bold);
    if entry.whereabouts != Whereabouts::Space {
        line.push(&format!("  “{}”", &document.source.text[entry.span.range()]), Style::Plain);
    }
    line.end();
}

fn detail(statement: &Statement, whereabouts: Whereabouts) -> String {
    match (whereabouts.clause(), whereabouts.why(statement)) {
        (Some(clause), _) => clause.id(),
        (None, Some(why)) => why.name().to_owned(),
        (None, None) => String::new(),
    }
}
