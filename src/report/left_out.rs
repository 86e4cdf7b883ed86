//! What the reader left out of the clauses.

use std::collections::BTreeMap;

use crate::statement::{Statement, Why};

/// What was left out, by reason and text, with how often it stood there.
pub(super) fn left_out(statement: &Statement) -> BTreeMap<(Why, &str), usize> {
    let mut pieces: BTreeMap<(Why, &str), usize> = BTreeMap::new();
    for dropped in &statement.dropped {
        *pieces.entry((dropped.why, dropped.text.trim())).or_default() += 1;
    }
    pieces
}
