//! What hangs on the words of a clause and is no part of its text: footnotes, and the columns of a table.
//!
//! A mark is no part of a clause's text, so the words around it may be the same while it calls another note, stands on
//! another word, or is gone. Notes are told apart by the clauses they are, not by their numbers: a note that counts on
//! because another was set before it is called as before.

use super::judge::Judge;
use super::passage::Passage;
use super::rule::{self, RuleFinding};
use crate::align::Link;
use crate::diff::EditScript;
use crate::statement::{ClauseIndex, Statement};
use crate::text::{Pair, Side, TokenKind, tokenize};

/// What one side of a link calls.
struct Call {
    label: String,
    /// The link of the footnote, or nothing where the text has no note of that number.
    note: Option<usize>,
    clause: ClauseIndex,
    at: u32,
}

impl Judge<'_> {
    /// What differs between the footnotes that the clauses of a link call, and between the columns of their cells.
    pub(super) fn hangs(&self, link: &Link, compared: Option<&(Pair<Passage>, EditScript)>) -> Vec<RuleFinding> {
        let calls = self.calls(link, compared).into_iter().chain(self.columns(link));
        calls.chain(self.stale(link, compared)).collect()
    }

    fn calls(&self, link: &Link, compared: Option<&(Pair<Passage>, EditScript)>) -> Option<RuleFinding> {
        let calls = Pair::from_fn(|side| self.called(link, side));
        let notes = calls.as_ref().map(|calls| calls.iter().map(|call| call.note));
        if !notes.before.eq(notes.after) {
            let lists = calls.as_ref().map(|calls| labels(calls));
            return Some(RuleFinding::with(rule::NOTE_CALL, rule::turn("calls", &lists)));
        }
        let pairs = calls.before.iter().zip(&calls.after);
        let moved = pairs.map(|(old, new)| Pair::new(old, new)).find(|call| self.hangs_elsewhere(*call, compared))?;
        Some(RuleFinding::with(rule::NOTE_CALL, format!("note {} hangs on another word", moved.after.label)))
    }

    /// A cell of a row that stands in another column: only its blanks tell.
    fn columns(&self, link: &Link) -> Option<RuleFinding> {
        let cells = self.sides.zip(link.clauses.as_ref()).map(|(side, clauses)| match clauses[..] {
            [clause] => Some(&side.clauses[clause].columns),
            _ => None,
        });
        let columns = cells.both()?;
        let differ = columns.before.len() == columns.after.len() && !columns.is_same();
        differ.then(|| {
            let lists = columns.map(|columns| numbers(columns));
            RuleFinding::with(rule::COLUMN, rule::turn("columns", &lists))
        })
    }

    /// The footnotes that the clauses of a link call on a side.
    fn called(&self, link: &Link, side: Side) -> Vec<Call> {
        let (clauses, owners, notes) = (&self.sides[side].clauses, &self.references.owners[side], &self.notes[side]);
        let calls = link.clauses[side].iter().flat_map(|clause| {
            let own = &clauses[*clause];
            own.notes.iter().zip(&own.note_places).map(|(label, at)| (*clause, label, *at))
        });
        let calls = calls.map(|(clause, label, at)| Call {
            label: label.clone(),
            note: notes.of(clause, label).map(|note| owners[note]),
            clause,
            at,
        });
        calls.collect()
    }

    /// Whether the word that a mark hangs on has another counterpart than the word it hangs on now.
    fn hangs_elsewhere(&self, call: Pair<&Call>, compared: Option<&(Pair<Passage>, EditScript)>) -> bool {
        let Some((passages, script)) = compared else {
            // The same words, which need not be counted.
            let places = self.sides.zip(call);
            return !places.map(|(side, call)| head(side, call)).is_same()
                && !places.map(|(side, call)| words_before(side, call)).is_same();
        };
        let words = passages.as_ref().zip(call).map(|(passage, call)| word_of(passage, call));
        let Some(Pair { before: old, after: new }) = words.both() else { return false };
        let mut shift: isize = 0;
        for hunk in &script.hunks {
            // A word that was edited has no counterpart that could be another one.
            if hunk.before.contains(&old) || hunk.after.contains(&new) {
                return false;
            }
            if hunk.before.start > old {
                break;
            }
            shift += hunk.after.len() as isize - hunk.before.len() as isize;
        }
        old.checked_add_signed(shift) != Some(new)
    }
}

/// The labels of footnotes that are called.
fn labels(calls: &[Call]) -> String {
    calls.iter().map(|call| call.label.as_str()).collect::<Vec<_>>().join(", ")
}

/// The numbers of columns, as a reader counts them.
fn numbers(columns: &[u8]) -> String {
    columns.iter().map(|at| (at + 1).to_string()).collect::<Vec<_>>().join(", ")
}

/// The token that a mark hangs on: the last word before it.
fn word_of(passage: &Passage, call: &Call) -> Option<usize> {
    let at = passage.start_of_clause(call.clause)? + call.at as usize;
    let end = passage.tokens.partition_point(|token| token.span.end as usize <= at);
    (0..end).rev().find(|token| passage.tokens[*token].kind != TokenKind::Mark)
}

/// What stands before a mark in its clause.
fn head<'a>(statement: &'a Statement, call: &Call) -> &'a str {
    let text = statement.clauses[call.clause].text.as_str();
    text.get(..call.at as usize).unwrap_or(text)
}

/// How many words of its clause stand before a mark.
fn words_before(statement: &Statement, call: &Call) -> usize {
    let head = head(statement, call);
    let language = statement.known_language();
    let mut interner = crate::text::Interner::default();
    tokenize(head, language, &mut interner).iter().filter(|token| token.kind != TokenKind::Mark).count()
}
