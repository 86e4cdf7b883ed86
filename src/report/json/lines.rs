//! JSON Lines: `recension.diff-lines/1`, `recension.audit-lines/1`. The first line says what follows; each other line
//! stands for itself, a change with its clauses, a version with its findings.

use std::io::{self, Write};

use super::fields::{change_fields, clause, dropped, lexicons, named, outcome_fields, summary, waived};
use super::write::{Json, Value as _};
use crate::audit::Audit;
use crate::change::Comparison;
use crate::record::Document;
use crate::report::summary::Summary;
use crate::text::Pair;

/// The keys of the clauses of a change.
const CLAUSES: Pair<&str> = Pair::new("before_clauses", "after_clauses");

/// A comparison, a change a line.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn diff(out: &mut dyn Write, sides: Pair<&Document>, comparison: &Comparison) -> io::Result<()> {
    let counts = Summary::of(comparison);
    line(out, |json| {
        json.field("schema", "recension.diff-lines/1");
        json.field("type", "comparison");
        for (side, document) in sides.each() {
            json.key(side.name());
            json.object(|json| {
                named(json, document);
                json.key("dropped");
                json.list(&document.statement().dropped, dropped);
            });
        }
        json.field("changes", comparison.changes.len());
        json.field("verdict", comparison.verdict.name());
        json.key("skipped");
        json.object(|json| json.field("comparisons", comparison.skipped));
        json.key("summary");
        json.object(|json| summary(json, &counts));
        json.key("lexicon");
        json.object(|json| lexicons(json, comparison));
    })?;
    for change in &comparison.changes {
        line(out, |json| {
            json.field("type", "change");
            change_fields(json, change);
            for (side, document) in sides.each() {
                let statement = document.statement();
                json.key(CLAUSES[side]);
                json.list(&change.clauses[side], |json, at| match at.of(&statement.clauses) {
                    Some(found) => clause(json, statement, *at, found),
                    None => None::<&str>.write(json),
                });
            }
        })?;
    }
    Ok(())
}

/// An audit, a version a line.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn audit(out: &mut dyn Write, audit: &Audit) -> io::Result<()> {
    line(out, |json| {
        json.field("schema", "recension.audit-lines/1");
        json.field("type", "audit");
        json.field("results", audit.results.len());
        json.field("pass", audit.passes());
        json.key("waived");
        json.list(&audit.waived, waived);
    })?;
    for outcome in &audit.results {
        line(out, |json| {
            json.field("type", "result");
            outcome_fields(json, outcome);
        })?;
    }
    Ok(())
}

fn line(out: &mut dyn Write, fields: impl FnOnce(&mut Json)) -> io::Result<()> {
    let mut json = Json::on_one_line();
    json.object(fields);
    let mut line = json.into_bytes();
    line.push(b'\n');
    out.write_all(&line)
}
