//! JSON: `recension.diff/1`, `recension.show/1` and `recension.audit/1`.
//!
//! Keys stand in the order of the contract, and keys that it does not name behind those that it does. Characters that
//! nobody sees are escaped: the same text for a program, and nothing that steers a terminal.

use std::io::{self, Write};

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter};

use super::{Document, Summary, visible::is_unseen};
use crate::audit::{Audit, Finding, Outcome};
use crate::change::{Change, Comparison, Edit, Reason};
use crate::statement::{Clause, DateRoles, Dropped, Statement};
use crate::text::{Pair, Span};

/// A comparison.
///
/// # Errors
/// Where `out` refuses.
pub fn diff(out: &mut dyn Write, sides: Pair<&Document>, comparison: &Comparison) -> io::Result<()> {
    let summary = Summary::of(comparison);
    write(
        out,
        &DiffView {
            schema: "recension.diff/1",
            before: side(sides.before),
            after: side(sides.after),
            changes: comparison.changes.iter().map(change).collect(),
            verdict: comparison.verdict.name(),
            skipped: Skipped { comparisons: comparison.skipped },
            summary: SummaryView(&summary),
        },
    )
}

/// One document.
///
/// # Errors
/// Where `out` refuses.
pub fn show(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    write(out, &ShowView { schema: "recension.show/1", document: side(document) })
}

/// An audit.
///
/// # Errors
/// Where `out` refuses.
pub fn audit(out: &mut dyn Write, audit: &Audit) -> io::Result<()> {
    let results = audit.results.iter().map(outcome).collect();
    write(out, &AuditView { schema: "recension.audit/1", results, pass: audit.passes() })
}

fn write(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, Seen(PrettyFormatter::new()));
    value.serialize(&mut serializer)?;
    writeln!(out)
}

/// The usual layout, with unseen characters escaped.
struct Seen<'a>(PrettyFormatter<'a>);

impl Formatter for Seen<'_> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_unseen(*c)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        self.0.write_char_escape(writer, escape)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[derive(Serialize)]
struct DiffView<'a> {
    schema: &'static str,
    before: SideView<'a>,
    after: SideView<'a>,
    changes: Vec<ChangeView<'a>>,
    verdict: &'static str,
    skipped: Skipped,
    summary: SummaryView<'a>,
}

#[derive(Serialize)]
struct ShowView<'a> {
    schema: &'static str,
    #[serde(flatten)]
    document: SideView<'a>,
}

#[derive(Serialize)]
struct AuditView<'a> {
    schema: &'static str,
    results: Vec<OutcomeView<'a>>,
    pass: bool,
}

#[derive(Serialize)]
struct Skipped {
    comparisons: u64,
}

#[derive(Serialize)]
struct SideView<'a> {
    r#ref: Option<&'a str>,
    path: Option<&'a str>,
    sha256: &'a str,
    language: Option<&'a str>,
    symbol: Option<&'a str>,
    job_number: Option<&'a str>,
    dates: DatesView<'a>,
    claim: Option<&'a str>,
    clauses: Vec<ClauseView<'a>>,
    dropped: Vec<DroppedView<'a>>,
    components: Vec<ComponentView<'a>>,
    original_languages: &'a [String],
    place: Option<&'a str>,
    claim_text: Option<&'a str>,
    encoding: &'a str,
}

fn side(document: &Document) -> SideView<'_> {
    let identity = &document.identity;
    let statement = document.statement();
    let claim = identity.claim.as_ref();
    SideView {
        r#ref: document.reference.as_deref(),
        path: document.path.as_deref(),
        sha256: &document.sha256,
        language: statement.language,
        symbol: identity.symbol.as_deref(),
        job_number: identity.job_number.as_deref(),
        dates: DatesView(&identity.dates),
        claim: claim.map(|claim| claim.claim.as_str()),
        clauses: statement.clauses.iter().enumerate().map(|(at, found)| clause(statement, at, found)).collect(),
        dropped: statement.dropped.iter().map(dropped).collect(),
        components: components(statement),
        original_languages: &identity.original_languages,
        place: identity.place.as_deref(),
        claim_text: claim.map(|claim| claim.literal.as_str()).filter(|literal| !literal.is_empty()),
        encoding: document.source.encoding,
    }
}

/// Only the roles that are known.
struct DatesView<'a>(&'a DateRoles);

impl Serialize for DatesView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let dates = self.0;
        let mut map = serializer.serialize_map(None)?;
        for (role, date) in [
            ("letter", dates.letter),
            ("reissued", dates.reissued),
            ("adopted", dates.adopted),
            ("masthead", dates.masthead),
        ] {
            if let Some(date) = date {
                map.serialize_entry(role, &date.to_string())?;
            }
        }
        if !dates.processing.is_empty() {
            map.serialize_entry("processing", &dates.processing.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct ComponentView<'a> {
    name: &'a str,
    clauses: Vec<String>,
}

fn components(statement: &Statement) -> Vec<ComponentView<'_>> {
    let mut views: Vec<ComponentView<'_>> = statement
        .components
        .iter()
        .map(|component| ComponentView { name: &component.name, clauses: Vec::new() })
        .collect();
    for (at, clause) in statement.clauses.iter().enumerate() {
        if let Some(view) = clause.component.and_then(|component| views.get_mut(component)) {
            view.clauses.push(Clause::id(at));
        }
    }
    views
}

#[derive(Serialize)]
struct ClauseView<'a> {
    id: String,
    kind: &'static str,
    label: Option<&'a str>,
    parent: Option<String>,
    address: &'a str,
    text: &'a str,
    span: [u32; 2],
    component: Option<&'a str>,
    signature: Option<SignatureView<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct SignatureView<'a> {
    name: &'a str,
    titles: &'a [String],
}

fn clause<'a>(statement: &'a Statement, at: usize, clause: &'a Clause) -> ClauseView<'a> {
    ClauseView {
        id: Clause::id(at),
        kind: clause.kind.name(),
        label: clause.label.as_deref(),
        parent: clause.parent.map(Clause::id),
        address: &clause.address,
        text: &clause.text,
        span: ends(clause.span),
        component: clause
            .component
            .and_then(|component| statement.components.get(component))
            .map(|component| component.name.as_str()),
        signature: clause
            .signature
            .as_ref()
            .map(|signature| SignatureView { name: &signature.name, titles: &signature.titles }),
        notes: &clause.notes,
    }
}

#[derive(Serialize)]
struct DroppedView<'a> {
    why: &'static str,
    text: &'a str,
    span: [u32; 2],
}

fn dropped(dropped: &Dropped) -> DroppedView<'_> {
    DroppedView { why: dropped.why.name(), text: &dropped.text, span: ends(dropped.span) }
}

const fn ends(span: Span) -> [u32; 2] {
    [span.start, span.end]
}

#[derive(Serialize)]
struct ChangeView<'a> {
    relation: &'static str,
    before: Vec<String>,
    after: Vec<String>,
    moved: bool,
    renumbered: bool,
    similarity: f64,
    tier: Option<&'static str>,
    classes: Vec<&'static str>,
    edits: Vec<EditView<'a>>,
}

fn change(change: &Change) -> ChangeView<'_> {
    let ids = |clauses: &[usize]| clauses.iter().copied().map(Clause::id).collect();
    ChangeView {
        relation: change.relation.name(),
        before: ids(&change.before),
        after: ids(&change.after),
        moved: change.moved,
        renumbered: change.renumbered,
        similarity: change.similarity,
        tier: change.tier.map(|tier| tier.name()),
        classes: change.classes.iter().map(|class| class.name()).collect(),
        edits: change.edits.iter().map(edit).collect(),
    }
}

#[derive(Serialize)]
struct EditView<'a> {
    op: &'static str,
    class: &'static str,
    tier: &'static str,
    rule: &'static str,
    reasons: Vec<ReasonView<'a>>,
    before: &'a str,
    after: &'a str,
    before_clause: Option<String>,
    after_clause: Option<String>,
    before_span: Option<[u32; 2]>,
    after_span: Option<[u32; 2]>,
}

#[derive(Serialize)]
struct ReasonView<'a> {
    class: &'static str,
    tier: &'static str,
    rule: &'static str,
    evidence: Option<&'a str>,
}

fn reason(reason: &Reason) -> ReasonView<'_> {
    ReasonView {
        class: reason.class.name(),
        tier: reason.tier.name(),
        rule: reason.rule,
        evidence: reason.evidence.as_deref(),
    }
}

fn edit(edit: &Edit) -> EditView<'_> {
    EditView {
        op: edit.op.name(),
        class: edit.class.name(),
        tier: edit.tier.name(),
        rule: edit.rule,
        reasons: edit.reasons.iter().map(reason).collect(),
        before: &edit.before,
        after: &edit.after,
        before_clause: edit.before_place.map(|place| Clause::id(place.clause)),
        after_clause: edit.after_place.map(|place| Clause::id(place.clause)),
        before_span: edit.before_place.map(|place| ends(place.span)),
        after_span: edit.after_place.map(|place| ends(place.span)),
    }
}

/// Counts by name; tiers and classes that do not occur are left out.
struct SummaryView<'a>(&'a Summary);

impl Serialize for SummaryView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (relation, count) in &self.0.relations {
            map.serialize_entry(relation.name(), count)?;
        }
        map.serialize_entry("moved", &self.0.moved)?;
        map.serialize_entry("renumbered", &self.0.renumbered)?;
        map.serialize_entry(
            "tiers",
            &Counts(self.0.tiers.iter().map(|(tier, count)| (tier.name(), *count)).collect()),
        )?;
        map.serialize_entry(
            "classes",
            &Counts(self.0.classes.iter().map(|(class, count)| (class.name(), *count)).collect()),
        )?;
        map.end()
    }
}

struct Counts(Vec<(&'static str, usize)>);

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

#[derive(Serialize)]
struct OutcomeView<'a> {
    work: Option<&'a str>,
    language: Option<&'a str>,
    before: Option<&'a str>,
    after: &'a str,
    claim: Option<&'a str>,
    verdict: Option<&'static str>,
    pass: bool,
    findings: Vec<FindingView<'a>>,
}

fn outcome(outcome: &Outcome) -> OutcomeView<'_> {
    OutcomeView {
        work: outcome.work.as_deref(),
        language: outcome.language.as_deref(),
        before: outcome.before.as_deref(),
        after: &outcome.after,
        claim: outcome.claim.as_deref(),
        verdict: outcome.verdict.map(|verdict| verdict.name()),
        pass: outcome.passes(),
        findings: outcome.findings.iter().map(finding).collect(),
    }
}

#[derive(Serialize)]
struct FindingView<'a> {
    policy: &'static str,
    tier: Option<&'static str>,
    message: &'a str,
    address: Option<&'a str>,
}

fn finding(finding: &Finding) -> FindingView<'_> {
    FindingView {
        policy: finding.policy,
        tier: finding.tier.map(|tier| tier.name()),
        message: &finding.message,
        address: finding.address.as_deref(),
    }
}
