//! Footnotes: which clause calls which, and where in its text.
//!
//! The reader took the marks out of the texts and says which clause had which; the marks themselves, with their places in
//! the source, are among what was dropped. A mark whose place can't be told stands at the end of its clause.

use std::collections::BTreeMap;

use crate::language::decimal_digit;
use crate::statement::{Clause, ClauseIndex, ClauseKind, DroppedPiece, Statement, Why};

/// A call of a footnote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// Byte of the calling clause's text at which the mark stood.
    pub(super) at: usize,
    /// The footnote, by index of its clause.
    pub(super) footnote: ClauseIndex,
    /// Whether this is its first call, where its text goes.
    pub(super) first: bool,
}

/// The footnotes of a statement.
pub(super) struct Notes {
    /// Calls by clause, in the order of the text.
    calls: BTreeMap<ClauseIndex, Vec<Call>>,
    /// Number of each footnote in the order of the statement, and whether it is called.
    footnotes: BTreeMap<ClauseIndex, (usize, bool)>,
}

impl Notes {
    /// Finds the calls; a footnote that does not stand in the text is called by none.
    pub(super) fn of(statement: &Statement, stands: impl Fn(ClauseIndex) -> bool) -> Self {
        let mut by_label: BTreeMap<String, Vec<ClauseIndex>> = BTreeMap::new();
        let mut footnotes = BTreeMap::new();
        for (at, clause) in statement.each_clause() {
            if clause.kind == ClauseKind::Footnote {
                footnotes.insert(at, (footnotes.len() + 1, false));
                if !stands(at) {
                    continue;
                }
                by_label.entry(digits(clause.label.as_deref().unwrap_or_default())).or_default().push(at);
            }
        }
        let mut marks: Vec<&DroppedPiece> =
            statement.dropped.iter().filter(|dropped| dropped.why == Why::FootnoteMark).collect();
        marks.sort_by_key(|mark| mark.span);
        let mut calls = BTreeMap::new();
        let calling = |clause: &Clause| clause.kind != ClauseKind::Footnote && !clause.notes.is_empty();
        for (at, clause) in statement.each_clause().filter(|(_, clause)| calling(clause)) {
            let places = places(clause, &marks);
            let mut found: Vec<Call> = Vec::new();
            for (number, label) in clause.notes.iter().enumerate() {
                let Some(candidates) = by_label.get(&digits(label)) else { continue };
                // Numbers may begin anew on every page: the next footnote of that number is meant.
                let after = candidates.partition_point(|footnote| *footnote < at);
                let Some(&footnote) = candidates.get(after).or_else(|| candidates.last()) else { continue };
                let Some((_, called)) = footnotes.get_mut(&footnote) else { continue };
                let place = places.get(number).copied().unwrap_or(clause.text.len());
                found.push(Call { at: place, footnote, first: !*called });
                *called = true;
            }
            found.sort_by_key(|call| call.at);
            calls.insert(at, found);
        }
        Self { calls, footnotes }
    }

    /// The calls in a clause, in the order of its text.
    pub(super) fn calls(&self, clause: ClauseIndex) -> &[Call] {
        self.calls.get(&clause).map_or(&[], Vec::as_slice)
    }

    /// Whether a clause is a footnote that stands where it is called.
    pub(super) fn is_called(&self, clause: ClauseIndex) -> bool {
        self.footnotes.get(&clause).is_some_and(|(_, called)| *called)
    }

    /// The name of a footnote in the file.
    pub(super) fn id(&self, footnote: ClauseIndex) -> String {
        format!("authorialNote_{}", self.footnotes.get(&footnote).map_or(0, |(number, _)| *number))
    }
}

/// The bytes of a clause's text at which its marks stood; empty where there are not as many marks as labels.
fn places(clause: &Clause, marks: &[&DroppedPiece]) -> Vec<usize> {
    let first = marks.partition_point(|mark| mark.span.start < clause.span.start);
    let inside = marks[first..].iter().take_while(|mark| mark.span.end <= clause.span.end);
    let places: Vec<usize> = inside
        .map(|mark| {
            // Where a mark was cut out, the text goes on with what stands behind it in the source.
            let behind = clause.map.partition_point(|(_, source)| *source < mark.span.end);
            let pair = clause.map.get(behind).filter(|(_, source)| *source == mark.span.end);
            let place = pair.map(|(text, _)| *text as usize).filter(|at| clause.text.is_char_boundary(*at));
            place.unwrap_or(clause.text.len())
        })
        .collect();
    if places.len() == clause.notes.len() { places } else { Vec::new() }
}

/// The digits of a label, whatever their script; the label where it has none.
fn digits(label: &str) -> String {
    let digits: String = label.chars().filter_map(decimal_digit).map(|digit| digit.to_string()).collect();
    if digits.is_empty() { label.to_owned() } else { digits }
}
