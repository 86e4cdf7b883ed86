//! The objects that several documents share: clauses, changes, edits, outcomes.

use super::write::{Id, Json, Value as _};
use crate::audit::{Finding, Outcome, WaivedFinding};
use crate::change::{Change, Comparison, Edit, Reason};
use crate::record::Document;
use crate::report::summary::{PartSummary, Summary};
use crate::statement::{Clause, ClauseIndex, DroppedPiece, StatedClaim, Statement};
use crate::text::{Pair, Span};

/// What names a document, and what is known of it.
pub(super) fn named(json: &mut Json, document: &Document) {
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
pub(super) fn dates<T: ToString>(json: &mut Json, roles: [Option<T>; 4], processing: &[T]) {
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

pub(super) fn clause(json: &mut Json, statement: &Statement, at: ClauseIndex, clause: &Clause) {
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

pub(super) const fn ends(span: Span) -> [u32; 2] {
    [span.start, span.end]
}

pub(super) fn change(json: &mut Json, change: &Change) {
    json.object(|json| change_fields(json, change));
}

pub(super) fn change_fields(json: &mut Json, change: &Change) {
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
pub(super) fn edit(json: &mut Json, edit: &Edit, in_clauses: bool) {
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

pub(super) fn reason(json: &mut Json, reason: &Reason) {
    json.object(|json| {
        json.field("class", reason.class.name());
        json.field("tier", reason.tier.name());
        json.field("rule", reason.rule);
        json.field("evidence", reason.evidence.as_deref());
    });
}

pub(super) fn waived(json: &mut Json, waived: &WaivedFinding) {
    json.object(|json| {
        json.field("after", waived.after.as_str());
        json.field("policy", waived.finding.policy);
        json.field("fingerprint", waived.finding.fingerprint.as_str());
        json.field("message", waived.finding.message.as_str());
        json.field("reason", waived.reason.as_str());
        json.field("expires", waived.expires.to_string().as_str());
    });
}

pub(super) fn outcome(json: &mut Json, outcome: &Outcome) {
    json.object(|json| outcome_fields(json, outcome));
}

pub(super) fn outcome_fields(json: &mut Json, outcome: &Outcome) {
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

pub(super) fn finding(json: &mut Json, finding: &Finding) {
    json.object(|json| {
        json.field("policy", finding.policy);
        json.field("tier", finding.tier.map(|tier| tier.name()));
        json.field("message", finding.message.as_str());
        json.field("address", finding.address.as_deref());
        json.field("fingerprint", finding.fingerprint.as_str());
    });
}

pub(super) fn dropped(json: &mut Json, dropped: &DroppedPiece) {
    json.object(|json| {
        json.field("why", dropped.why.name());
        json.field("text", dropped.text.as_str());
        json.field("span", ends(dropped.span));
    });
}

/// Whether the language of each side has a lexicon.
pub(super) fn lexicons(json: &mut Json, comparison: &Comparison) {
    for (side, has_lexicon) in comparison.has_lexicon.each() {
        json.field(side.name(), has_lexicon);
    }
}

/// Counts by name; tiers and classes that do not occur are left out.
pub(super) fn summary(json: &mut Json, counts: &Summary) {
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
