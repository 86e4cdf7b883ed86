//! The statement that a file with changes holds: the clauses after, and between them, marked as removed, those that went.
//!
//! A clause that went stands under what governed it, if that still stands, else under its successor in the file; it
//! calls no footnotes, because the marks that are known are those of the side after.

use std::collections::BTreeMap;

use crate::change::Comparison;
use crate::report::flow::{FlowPiece, Paragraph, State, flow};
use crate::statement::{Clause, ClauseIndex, PerClause, Statement};
use crate::text::{Pair, Side};

/// Clauses of both sides in one statement, with what of them stands on one side only.
pub(super) struct MarkedStatement<'a> {
    pub(super) statement: Statement,
    clauses: PerClause<Mark<'a>>,
    /// What the clauses before are called in a file of their own.
    before: BTreeMap<ClauseIndex, String>,
}

/// What is known of a clause of the file.
struct Mark<'a> {
    change: usize,
    /// The side, where it stands there only, or elsewhere on the other.
    alone: Option<Side>,
    /// The clauses before that became it, by index.
    before: Vec<ClauseIndex>,
    labels: Vec<FlowPiece<'a>>,
    texts: Vec<FlowPiece<'a>>,
}

impl<'a> MarkedStatement<'a> {
    /// Sets the clauses of both sides into one statement; `before` has the names of the clauses before.
    pub(super) fn of(
        sides: Pair<&'a Statement>,
        comparison: &'a Comparison,
        before: BTreeMap<ClauseIndex, String>,
    ) -> Self {
        let texts = sides.map(|side| side.clauses.as_slice());
        let mut builder =
            MarkedBuilder { sides, statement: sides.after.clone(), marks: Vec::new(), places: Pair::default() };
        builder.statement.clauses.clear();
        let mut open: Vec<Paragraph<'a>> = Vec::new();
        for paragraph in flow(comparison, texts) {
            // Paragraphs that were joined are one clause after.
            let goes_on = paragraph.alone.is_none() && paragraph.end == State::Removed;
            open.push(paragraph);
            if !goes_on {
                builder.clause(std::mem::take(&mut open), comparison);
            }
        }
        builder.adopt();
        Self { statement: builder.statement, clauses: builder.marks.into_iter().collect(), before }
    }

    /// The label of a clause, in pieces.
    pub(super) fn labels(&self, at: ClauseIndex) -> &[FlowPiece<'a>] {
        self.clauses.get(at).map_or(&[], |mark| &mark.labels)
    }

    /// The text of a clause, in pieces.
    pub(super) fn texts(&self, at: ClauseIndex) -> &[FlowPiece<'a>] {
        self.clauses.get(at).map_or(&[], |mark| &mark.texts)
    }

    /// Whether a clause stands there only because it went.
    pub(super) fn is_gone(&self, at: ClauseIndex) -> bool {
        self.clauses.get(at).is_some_and(|mark| mark.alone == Some(Side::Before))
    }

    /// What a clause was called before; of several that became it, the first.
    pub(super) fn earlier(&self, at: ClauseIndex) -> Option<&str> {
        let before = self.clauses.get(at)?.before.first()?;
        self.before.get(before).map(String::as_str)
    }

    /// The clauses of each change in the file, in their order, with the side where they stand alone.
    pub(super) fn by_change(&self) -> BTreeMap<usize, Vec<(ClauseIndex, Option<Side>)>> {
        let mut clauses: BTreeMap<usize, Vec<(ClauseIndex, Option<Side>)>> = BTreeMap::new();
        for (at, mark) in self.clauses.each() {
            clauses.entry(mark.change).or_default().push((at, mark.alone));
        }
        clauses
    }

    /// What the clauses before are called.
    pub(super) fn name_before(&self, clause: ClauseIndex) -> Option<&str> {
        self.before.get(&clause).map(String::as_str)
    }
}

struct MarkedBuilder<'a> {
    sides: Pair<&'a Statement>,
    statement: Statement,
    marks: Vec<Mark<'a>>,
    /// Where the clauses of each side are in the file.
    places: Pair<BTreeMap<ClauseIndex, ClauseIndex>>,
}

impl<'a> MarkedBuilder<'a> {
    /// Adds a clause of the file, made of one paragraph or of several that were joined.
    fn clause(&mut self, paragraphs: Vec<Paragraph<'a>>, comparison: &Comparison) {
        let Some(first) = paragraphs.first() else { return };
        let (change, alone) = (first.change, first.alone);
        let after = paragraphs.iter().find(|paragraph| paragraph.like.0 == Side::After);
        let like = after.map_or(first.like, |paragraph| paragraph.like);
        let at = ClauseIndex::new(self.marks.len());
        let mut clause = self.source(like);
        let before = match alone {
            None => {
                self.places.after.insert(like.1, at);
                let before = &comparison.changes[change].clauses.before;
                before.iter().for_each(|clause| {
                    self.places.before.entry(*clause).or_insert(at);
                });
                before.clone()
            }
            Some(Side::After) => {
                self.places.after.insert(like.1, at);
                comparison.changes[change].clauses.before.clone()
            }
            Some(Side::Before) => {
                self.places.before.insert(like.1, at);
                // Its text is told as removed; what is left of it is only its place.
                clause.component = self.statement.clauses.last().and_then(|last| last.component);
                clause.notes.clear();
                vec![like.1]
            }
        };
        let (mut labels, mut texts) = (Vec::new(), Vec::new());
        for (number, paragraph) in paragraphs.into_iter().enumerate() {
            for piece in paragraph.pieces {
                match piece.label && number == 0 {
                    // What parts a label from its text is not written.
                    true if piece.text == " " => {}
                    true => labels.push(piece),
                    false => texts.push(piece),
                }
            }
        }
        self.statement.clauses.push(clause);
        self.marks.push(Mark { change, alone, before, labels, texts });
    }

    fn source(&self, (side, at): (Side, ClauseIndex)) -> Clause {
        self.sides[side].clauses[at].clone()
    }

    /// Puts the clauses under those that govern them, by their places in the file.
    fn adopt(&mut self) {
        for (at, (clause, mark)) in self.statement.clauses.iter_mut().zip(&self.marks).enumerate() {
            let places = &self.places[mark.alone.unwrap_or(Side::After)];
            clause.parent =
                clause.parent.and_then(|parent| places.get(&parent).copied()).filter(|parent| parent.get() < at);
        }
    }
}
