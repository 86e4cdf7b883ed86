//! What every part of the report is given, and the names of its places.

use super::text::{Tongue, counted};
use crate::change::{Change, Comparison};
use crate::record::Document;
use crate::statement::{Clause, ClauseIndex};
use crate::text::{Pair, Side};

/// A finished comparison, as the parts of the report read it.
pub(super) struct Page<'a> {
    pub(super) sides: Pair<&'a Document>,
    pub(super) comparison: &'a Comparison,
    pub(super) texts: Pair<&'a [Clause]>,
    pub(super) tongues: Pair<Tongue>,
}

impl<'a> Page<'a> {
    /// What the parts of the report read.
    pub(super) fn new(sides: Pair<&'a Document>, comparison: &'a Comparison) -> Self {
        let statements = sides.map(Document::statement);
        Self {
            sides,
            comparison,
            texts: statements.map(|statement| statement.clauses.as_slice()),
            tongues: statements.map(Tongue::of),
        }
    }

    /// The changes that a reader is shown each for itself, in their order.
    pub(super) fn told(&self) -> impl Iterator<Item = &'a Change> {
        self.comparison.changes.iter().filter(|change| !change.is_plain())
    }

    /// The place of a change in the report: that of its first clause after, else before.
    pub(super) fn place(change: &Change) -> String {
        let first = |side: Side| change.clauses[side].first().map(|at| anchor(side, *at));
        first(Side::After).or_else(|| first(Side::Before)).unwrap_or_else(|| "changes".to_owned())
    }

    /// What a reader would call a change: the address of its first clause, and how many follow.
    pub(super) fn title(&self, change: &Change) -> String {
        let side = if change.clauses.after.is_empty() { Side::Before } else { Side::After };
        let places = &change.clauses[side];
        let first = places.first().map(|at| address(self.texts[side], *at)).unwrap_or_default();
        match places.len() {
            0 | 1 => first,
            several => format!("{first} and {}", counted(several - 1, "other", "others")),
        }
    }
}

/// The name of the place of a clause, to link to: `after-c8`, with the identifier that JSON gives the clause.
pub(super) fn anchor(side: Side, at: ClauseIndex) -> String {
    format!("{}-{}", side.name(), at.id())
}

/// The address of a clause, else its identifier.
pub(super) fn address(clauses: &[Clause], at: ClauseIndex) -> String {
    match at.of(clauses) {
        Some(clause) if !clause.address.is_empty() => clause.address.clone(),
        _ => at.id(),
    }
}
