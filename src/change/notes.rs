//! Which footnote a mark calls.

use std::collections::BTreeMap;

use crate::language::decimal_digit;
use crate::statement::{ClauseIndex, ClauseKind, Statement};

/// The footnotes of a statement by their numbers, each the clauses that have it, ascending.
#[derive(Default)]
pub(super) struct Notes(BTreeMap<Vec<u32>, Vec<ClauseIndex>>);

impl Notes {
    /// Those of a statement.
    pub(super) fn new(statement: &Statement) -> Self {
        let mut notes = Self::default();
        for (at, clause) in statement.each_clause() {
            if let Some(label) = clause.label.as_deref().filter(|_| clause.kind == ClauseKind::Footnote) {
                notes.0.entry(digits(label)).or_default().push(at);
            }
        }
        notes
    }

    /// The footnote of a number: the next behind the clause that calls it, else the last before it.
    pub(super) fn of(&self, clause: ClauseIndex, label: &str) -> Option<ClauseIndex> {
        let notes = self.0.get(&digits(label))?;
        let next = notes.partition_point(|note| *note < clause);
        notes.get(next).or_else(|| notes.last()).copied()
    }
}

/// The number of a label, digit by digit.
fn digits(label: &str) -> Vec<u32> {
    label.chars().filter_map(decimal_digit).collect()
}
