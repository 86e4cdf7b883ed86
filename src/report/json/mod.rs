//! JSON: `recension.diff/1`, `recension.show/1` and `recension.audit/1`.
//!
//! Keys stand in the order of the contract, and keys that it does not name behind those that it does.

#[cfg(feature = "git")]
mod check;
#[cfg(feature = "git")]
mod corpus;
mod evidence;
mod fields;
#[cfg(feature = "search")]
mod find;
#[cfg(feature = "git")]
mod git;
mod lines;
mod record;
mod settings;
mod sheet;
mod timeline;
#[cfg(feature = "git")]
mod version;
pub(super) mod write;

#[cfg(feature = "git")]
pub(crate) use version::{KeptVersion, version_line};

use std::io::{self, Write};

use super::summary::Summary;
use crate::audit::Audit;
use crate::change::Comparison;
use crate::execution::Execution;
use crate::record::Document;
use crate::report::reports::{Renderer, Report, none};
use crate::statement::{ClauseIndex, Ledger, LedgerEntry, Statement, Why};
use crate::text::Pair;
use fields::{change, clause, dropped, ends, lexicons, named, outcome, summary, waived};
use sheet::Sheet;
use write::{Id, Json};

/// A comparison.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn diff(
    out: &mut dyn Write,
    sides: Pair<&Document>,
    comparison: &Comparison,
    execution: Execution,
) -> io::Result<()> {
    let counts = Summary::of(comparison);
    let mut sheet = Sheet::new();
    sheet.frame().open(b'{');
    sheet.frame().field("schema", "recension.diff/1");
    for (side, document) in sides.each() {
        sheet.frame().key(side.name());
        sheet.frame().open(b'{');
        self::side(&mut sheet, document);
        sheet.frame().close(b'}');
    }
    sheet.rows("changes", &comparison.changes, |json, _, found| change(json, found));
    let json = sheet.frame();
    json.field("verdict", comparison.verdict.name());
    json.key("skipped");
    json.object(|json| json.field("comparisons", comparison.skipped));
    json.key("summary");
    json.object(|json| summary(json, &counts));
    json.key("lexicon");
    json.object(|json| lexicons(json, comparison));
    json.close(b'}');
    sheet.print(out, execution)
}

/// One document.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn show(out: &mut dyn Write, document: &Document, execution: Execution) -> io::Result<()> {
    let mut sheet = Sheet::new();
    sheet.frame().open(b'{');
    sheet.frame().field("schema", "recension.show/1");
    side(&mut sheet, document);
    sheet.frame().close(b'}');
    sheet.print(out, execution)
}

/// One document with the ledger of its source.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn show_ledger(
    out: &mut dyn Write,
    document: &Document,
    ledger: &Ledger,
    execution: Execution,
) -> io::Result<()> {
    let statement = document.statement();
    let mut sheet = Sheet::new();
    sheet.frame().open(b'{');
    sheet.frame().field("schema", "recension.show/1");
    side(&mut sheet, document);
    sheet.rows("ledger", &ledger.entries, |json, _, found| entry(json, statement, found));
    sheet.frame().close(b'}');
    sheet.print(out, execution)
}

/// What became of a run of bytes.
fn entry(json: &mut Json, statement: &Statement, entry: &LedgerEntry) {
    json.object(|json| {
        json.field("span", ends(entry.span));
        json.field("where", entry.whereabouts.name());
        json.field("clause", entry.whereabouts.clause().map(Id));
        json.field("why", entry.whereabouts.why(statement).map(Why::name));
    });
}

/// An audit.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn audit(out: &mut dyn Write, audit: &Audit, execution: Execution) -> io::Result<()> {
    let mut sheet = Sheet::new();
    sheet.frame().open(b'{');
    sheet.frame().field("schema", "recension.audit/1");
    sheet.rows("results", &audit.results, |json, _, found| outcome(json, found));
    let json = sheet.frame();
    json.field("pass", audit.passes());
    json.key("waived");
    json.list(&audit.waived, waived);
    sheet.frame().close(b'}');
    sheet.print(out, execution)
}

/// The fields of one document.
fn side<'a>(sheet: &mut Sheet<'a>, document: &'a Document) {
    let identity = &document.identity;
    let statement = document.statement();
    named(sheet.frame(), document);
    sheet.rows("clauses", &statement.clauses, |json, at, found| clause(json, statement, ClauseIndex::new(at), found));
    sheet.rows("dropped", &statement.dropped, |json, _, found| dropped(json, found));
    let json = sheet.frame();
    json.key("components");
    components(json, statement);
    json.values("original_languages", &identity.original_languages);
    json.field("place", identity.place.as_deref());
    json.field("claim_text", identity.claim_text.as_deref());
    json.field("encoding", document.source.encoding);
}

/// The components, each with the clauses that stand in it.
fn components(json: &mut Json, statement: &Statement) {
    let mut members: Vec<Vec<ClauseIndex>> = vec![Vec::new(); statement.components.len()];
    for (at, clause) in statement.each_clause() {
        if let Some(members) = clause.component.and_then(|component| members.get_mut(component)) {
            members.push(at);
        }
    }
    json.list(statement.components.iter().zip(members), |json, (component, members)| {
        json.object(|json| {
            json.field("name", *component);
            json.values("clauses", members.into_iter().map(Id));
        });
    });
}

/// JSON.
pub(super) struct JsonFormat {
    /// How many threads write.
    pub(super) execution: Execution,
}

impl Renderer for JsonFormat {
    fn render(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        let execution = self.execution;
        match *report {
            Report::Comparison(report) => diff(out, report.sides, report.comparison, execution),
            Report::Audit(found) => audit(out, found, execution),
            Report::Statement(document) => show(out, document, execution),
            Report::Ledger(document, ledger) => show_ledger(out, document, ledger, execution),
            Report::Evidence(document, boundaries) => evidence::evidence(out, document, boundaries, execution),
            Report::Versions(versions) => record::list(out, versions),
            Report::Works(versions) => record::works_list(out, versions),
            Report::Timeline(timeline) => timeline::log(out, timeline),
            Report::Settings(settings) => settings::settings(out, settings),
            #[cfg(feature = "git")]
            Report::Begun(begun) => corpus::begun(out, begun),
            #[cfg(feature = "git")]
            Report::Added { added, drafts, is_dry_run } => corpus::added(out, added, drafts, is_dry_run),
            #[cfg(feature = "git")]
            Report::Imported { imported, is_dry_run } => corpus::imported(out, imported, is_dry_run),
            #[cfg(feature = "git")]
            Report::Exported { files, .. } => corpus::exported(out, files),
            #[cfg(feature = "git")]
            Report::History(history) => corpus::history(out, history),
            #[cfg(feature = "git")]
            Report::Status(status) => check::status(out, status),
            #[cfg(feature = "git")]
            Report::Verified(verified) => check::verified(out, verified),
            #[cfg(feature = "git")]
            Report::GitIntegration(integration) => git::integration(out, integration),
            #[cfg(feature = "search")]
            Report::Found(found) => find::found(out, found),
            #[cfg(feature = "xml")]
            Report::Published(_) => none("JSON", report),
        }
    }
}

/// JSON Lines.
pub(super) struct JsonLinesFormat;

impl Renderer for JsonLinesFormat {
    fn render(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        match *report {
            Report::Comparison(report) => lines::diff(out, report.sides, report.comparison),
            Report::Audit(found) => lines::audit(out, found),
            _ => none("JSON Lines", report),
        }
    }
}
