//! What readers left out, laid out as clauses: so that every format that shows clauses shows it, with its edits in it.
//!
//! The clauses stand behind those of the text, under an address that says why they are in none. JSON tells such changes
//! as what they are; Word and Akoma Ntoso, whose files hold the text and no more, leave them to the other formats.

use crate::change::{Change, Comparison, LeftOutPiece, Place};
use crate::record::Document;
use crate::statement::{Clause, ClauseIndex, ClauseKind, Frame};
use crate::text::Pair;

/// Both documents and the comparison, with a clause for every piece that a change tells of; `None` where no change does.
#[must_use]
pub(super) fn pieces_as_clauses(
    sides: Pair<&Document>,
    comparison: &Comparison,
) -> Option<(Pair<Document>, Comparison)> {
    comparison.changes.iter().find(|change| change.left_out.is_some())?;
    let mut documents = sides.map(Document::clone);
    let changes = comparison.changes.iter().map(|change| as_clauses(&mut documents, change)).collect();
    Some((documents, Comparison { changes, ..comparison.clone() }))
}

fn as_clauses(documents: &mut Pair<Document>, change: &Change) -> Change {
    let mut laid = change.clone();
    let Some(pieces) = laid.left_out.take() else { return laid };
    let clauses = documents.as_mut().zip(pieces).map(|(document, piece)| Some(append(document, piece?)));
    laid.clauses = clauses.map(|clause| clause.into_iter().collect());
    for edit in &mut laid.edits {
        edit.places = edit.places.zip(clauses).map(|(place, clause)| Some(Place { clause: clause?, ..place? }));
    }
    laid
}

/// Adds a piece behind the clauses of its document; returns its place.
fn append(document: &mut Document, piece: LeftOutPiece) -> ClauseIndex {
    let statement = &mut document.source.statement;
    let span = statement.dropped.get(piece.index).map(|dropped| dropped.span).unwrap_or_default();
    statement.clauses.push(Clause {
        kind: ClauseKind::Unclassified,
        address: format!("left out ({})", piece.why.name()),
        text: piece.text,
        span,
        frame: Some(Frame::Note),
        ..Clause::default()
    });
    ClauseIndex::new(statement.clauses.len() - 1)
}
