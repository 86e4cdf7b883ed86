//! JSON: `recension.diff/1`, `recension.show/1` and `recension.audit/1`.
//!
//! Keys stand in the order of the contract, and keys that it does not name behind those that it does.

#[cfg(feature = "git")]
mod check;
#[cfg(feature = "git")]
mod corpus;
mod evidence;
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
pub use check::{status, verified};
#[cfg(feature = "git")]
pub use corpus::{added, begun, exported, history, imported};
pub use evidence::evidence;
#[cfg(feature = "search")]
pub use find::found;
#[cfg(feature = "git")]
pub use git::wired;
pub use lines::{audit as audit_lines, diff as diff_lines};
pub use record::{list, works_list};
pub use settings::settings;
pub use timeline::log;
#[cfg(feature = "git")]
pub use version::{Kept, version_line};

use std::io::{self, Write};

use super::{PartSummary, Summary};
use crate::audit::{Audit, Finding, Outcome, Waived};
use crate::change::{Change, Comparison, Edit, Reason};
use crate::execution::Execution;
use crate::record::Document;
use crate::statement::{Clause, ClauseIndex, Dropped, Entry, Ledger, StatedClaim, Statement, Why};
use crate::text::{Pair, Span};
use sheet::Sheet;
use write::{Id, Json, Value as _};

/// A comparison.
///
/// # Errors
/// Where `out` refuses.
pub fn diff(
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
    json.close(b'}');
    sheet.print(out, execution)
}

/// One document.
///
/// # Errors
/// Where `out` refuses.
pub fn show(out: &mut dyn Write, document: &Document, execution: Execution) -> io::Result<()> {
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
pub fn show_ledger(out: &mut dyn Write, document: &Document, ledger: &Ledger, execution: Execution) -> io::Result<()> {
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
fn entry(json: &mut Json, statement: &Statement, entry: &Entry) {
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
pub fn audit(out: &mut dyn Write, audit: &Audit, execution: Execution) -> io::Result<()> {
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

/// What names a document, and what is known of it.
fn named(json: &mut Json, document: &Document) {
    let identity = &document.identity;
    json.field("ref", document.reference.as_deref());
    json.field("path", document.path.as_deref());
    json.field("sha256", document.sha256.as_str());
    json.field("language", document.statement().language.as_deref());
    json.field("symbol", identity.symbol.as_deref());
    json.field("job_number", identity.job_number.as_deref());
    json.key("dates");
    let known = &identity.dates;
    let roles = [known.letter, known.reissued, known.adopted, known.masthead];
    json.object(|json| dates(json, roles, &known.processing));
    json.field("claim", identity.claim.as_ref().map(StatedClaim::words));
}

/// Only the roles that are known: letter, reissued, adopted, masthead, and the days of processing.
fn dates<T: ToString>(json: &mut Json, roles: [Option<T>; 4], processing: &[T]) {
    for (role, date) in ["letter", "reissued", "adopted", "masthead"].into_iter().zip(roles) {
        if let Some(date) = date {
            json.field(role, date.to_string().as_str());
        }
    }
    if !processing.is_empty() {
        json.key("processing");
        json.list(processing, |json, date| date.to_string().as_str().write(json));
    }
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

fn clause(json: &mut Json, statement: &Statement, at: ClauseIndex, clause: &Clause) {
    let component = clause.component.and_then(|component| statement.components.get(component));
    json.object(|json| {
        json.field("id", Id(at));
        json.field("kind", clause.kind.name());
        json.field("label", clause.label.as_deref());
        json.field("parent", clause.parent.map(Id));
        json.field("address", clause.address.as_str());
        json.field("text", clause.text.as_str());
        json.field("span", ends(clause.span));
        json.field("component", component.copied());
        json.key("signature");
        match &clause.signature {
            Some(signature) => json.object(|json| {
                json.field("name", signature.name.as_str());
                json.values("titles", &signature.titles);
            }),
            None => None::<&str>.write(json),
        }
        json.values("notes", &clause.notes);
        json.field("part", clause.part().name());
    });
}

fn dropped(json: &mut Json, dropped: &Dropped) {
    json.object(|json| {
        json.field("why", dropped.why.name());
        json.field("text", dropped.text.as_str());
        json.field("span", ends(dropped.span));
    });
}

const fn ends(span: Span) -> [u32; 2] {
    [span.start, span.end]
}

fn change(json: &mut Json, change: &Change) {
    json.object(|json| change_fields(json, change));
}

fn change_fields(json: &mut Json, change: &Change) {
    json.field("relation", change.relation.name());
    for (side, clauses) in change.clauses.as_ref().each() {
        json.values(side.name(), clauses.iter().copied().map(Id));
    }
    json.field("moved", change.moved);
    json.field("renumbered", change.renumbered);
    json.field("similarity", change.similarity);
    json.field("tier", change.tier.map(|tier| tier.name()));
    json.values("classes", change.classes.iter().map(|class| class.name()));
    json.key("edits");
    let in_clauses = change.left_out.is_none();
    json.list(&change.edits, |json, found| edit(json, found, in_clauses));
    json.field("part", change.part.name());
    let Some(pieces) = &change.left_out else { return };
    json.field("kind", "dropped");
    json.key("dropped");
    json.object(|json| {
        for (side, piece) in pieces.as_ref().each() {
            json.key(side.name());
            match piece {
                Some(piece) => json.object(|json| {
                    json.field("index", piece.index);
                    json.field("why", piece.why.name());
                    json.field("text", piece.text.as_str());
                }),
                None => None::<&str>.write(json),
            }
        }
    });
}

/// The keys of the clauses that an edit stands in, and of its bytes there.
const PLACE_CLAUSES: Pair<&str> = Pair::new("before_clause", "after_clause");
const PLACE_SPANS: Pair<&str> = Pair::new("before_span", "after_span");

/// An edit; the places of one in what a reader left out lie in no clause.
fn edit(json: &mut Json, edit: &Edit, in_clauses: bool) {
    json.object(|json| {
        json.field("op", edit.op.name());
        json.field("class", edit.class.name());
        json.field("tier", edit.tier.name());
        json.field("rule", edit.rule);
        json.key("reasons");
        json.list(&edit.reasons, reason);
        for (side, text) in edit.texts.as_ref().each() {
            json.field(side.name(), text.as_str());
        }
        for (key, place) in PLACE_CLAUSES.zip(edit.places) {
            json.field(key, place.filter(|_| in_clauses).map(|place| Id(place.clause)));
        }
        for (key, place) in PLACE_SPANS.zip(edit.places) {
            json.field(key, place.map(|place| ends(place.span)));
        }
    });
}

fn reason(json: &mut Json, reason: &Reason) {
    json.object(|json| {
        json.field("class", reason.class.name());
        json.field("tier", reason.tier.name());
        json.field("rule", reason.rule);
        json.field("evidence", reason.evidence.as_deref());
    });
}

/// Counts by name; tiers and classes that do not occur are left out.
fn summary(json: &mut Json, counts: &Summary) {
    for (relation, count) in &counts.relations {
        json.field(relation.name(), *count);
    }
    json.field("moved", counts.moved);
    json.field("renumbered", counts.renumbered);
    json.key("tiers");
    json.object(|json| counts.tiers.iter().for_each(|(tier, count)| json.field(tier.name(), *count)));
    json.key("classes");
    json.object(|json| counts.classes.iter().for_each(|(class, count)| json.field(class.name(), *count)));
    for PartSummary { part, verdict, tiers } in &counts.parts {
        json.key(part.name());
        json.object(|json| {
            json.field("verdict", verdict.name());
            json.key("tiers");
            json.object(|json| tiers.iter().for_each(|(tier, count)| json.field(tier.name(), *count)));
        });
    }
}

fn waived(json: &mut Json, waived: &Waived) {
    json.object(|json| {
        json.field("after", waived.after.as_str());
        json.field("policy", waived.finding.policy);
        json.field("fingerprint", waived.finding.fingerprint.as_str());
        json.field("message", waived.finding.message.as_str());
        json.field("reason", waived.reason.as_str());
        json.field("expires", waived.expires.to_string().as_str());
    });
}

fn outcome(json: &mut Json, outcome: &Outcome) {
    json.object(|json| outcome_fields(json, outcome));
}

fn outcome_fields(json: &mut Json, outcome: &Outcome) {
    json.field("work", outcome.work.as_deref());
    json.field("language", outcome.language.as_deref());
    json.field("before", outcome.before.as_deref());
    json.field("after", outcome.after.as_str());
    json.field("claim", outcome.claim.as_ref().map(StatedClaim::words));
    json.field("verdict", outcome.verdict.map(|verdict| verdict.name()));
    json.field("pass", outcome.passes());
    json.key("findings");
    json.list(&outcome.findings, finding);
}

fn finding(json: &mut Json, finding: &Finding) {
    json.object(|json| {
        json.field("policy", finding.policy);
        json.field("tier", finding.tier.map(|tier| tier.name()));
        json.field("message", finding.message.as_str());
        json.field("address", finding.address.as_deref());
        json.field("fingerprint", finding.fingerprint.as_str());
    });
}
