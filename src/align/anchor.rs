//! Clauses whose match keys are equal.
//!
//! A key that stands once on either side links at once. One that stands several times (formulaic clauses do) offers
//! every pairing while they are few, and beyond that the first with the first and the last with the last; the chain then
//! chooses by neighbours and order. Linear in the text.

use super::work::{Candidate, Work};
use crate::statement::{ClauseIndex, PerClause};
use crate::text::{Pair, Side, folded_eq};

/// Most pairings of equal clauses that are all offered.
const PAIRINGS: usize = 256;

/// The clauses of a side by their keys.
struct KeyIndex(Vec<(u64, ClauseIndex)>);

impl KeyIndex {
    fn new(keys: &PerClause<u64>) -> Self {
        let mut places: Vec<(u64, ClauseIndex)> = keys.each().map(|(at, key)| (*key, at)).collect();
        places.sort_unstable();
        Self(places)
    }

    /// The clauses of a key, in the order of the text.
    fn of(&self, key: u64) -> &[(u64, ClauseIndex)] {
        let start = self.0.partition_point(|(other, _)| *other < key);
        // Counted by halving: a key that every clause has is asked for as often.
        let length = self.0[start..].partition_point(|(other, _)| *other == key);
        &self.0[start..start + length]
    }
}

/// What a link of equal clauses is worth: long ones more than short ones, those between equal neighbours more.
fn weight(work: &Work<'_>, equal: Pair<ClauseIndex>) -> u64 {
    let clauses = work.clauses.zip(equal).map(|(clauses, at)| &clauses[at]);
    let length = clauses.before.text.len() as u64;
    // Where a text begins or ends on both sides, that is as good as an equal neighbour.
    let is_near = |step: isize| work.neighbours(equal, step).is_same();
    let neighbours = u64::from(is_near(-1)) + u64::from(is_near(1));
    let label = u64::from(clauses.map(|clause| &clause.label).is_same());
    let component = u64::from(work.same_component(equal));
    // Beyond some hundred bytes a clause is as sure as it gets.
    (1000 + length.min(400) * 5) * (20 + 2 * neighbours + label + component) / 20
}

/// Every pairing of equal clauses worth weighing.
pub(super) fn candidates(work: &mut Work<'_>) -> Vec<Candidate> {
    let places = work.keys.as_ref().map(KeyIndex::new);
    let mut found = Vec::with_capacity(work.keys.before.len().max(work.keys.after.len()));
    for (at, &key) in work.keys.before.each() {
        let before = places.before.of(key);
        // Each key once, where it first stands.
        if before.first() != Some(&(key, at)) {
            continue;
        }
        let after = places.after.of(key);
        if after.is_empty() {
            continue;
        }
        let mut offer = |before: ClauseIndex, after: ClauseIndex| {
            let clauses = Pair::new(before, after);
            let texts = work.clauses.zip(clauses).map(|(clauses, at)| &clauses[at].text);
            // Keys are numbers: two texts of one key may differ, seldom as that is.
            if work.same_group(clauses) && folded_eq(texts.before, texts.after) {
                found.push(Candidate { clauses, similarity: 1000, weight: weight(work, clauses) });
            }
        };
        if before.len() * after.len() <= PAIRINGS {
            for &(_, before) in before {
                for &(_, after) in after {
                    offer(before, after);
                }
            }
            continue;
        }
        for (&(_, before), &(_, after)) in before.iter().zip(after) {
            offer(before, after);
        }
        if before.len() != after.len() {
            for (&(_, before), &(_, after)) in before.iter().rev().zip(after.iter().rev()) {
                offer(before, after);
            }
        }
        work.skipped += (before.len() * after.len()) as u64 - before.len().min(after.len()) as u64;
    }
    found
}

/// Clauses that an equal one on the other side will take, however the chain chooses: as many as both sides have.
pub(super) fn settled(work: &Work<'_>, candidates: &[Candidate]) -> Pair<PerClause<bool>> {
    let mut offers = work.clauses.map(|clauses| PerClause::filled(0usize, clauses.len()));
    for candidate in candidates {
        Side::ALL.iter().for_each(|side| offers[*side][candidate.clauses[*side]] += 1);
    }
    let mut settled = work.clauses.map(|clauses| PerClause::filled(false, clauses.len()));
    for candidate in candidates {
        let offered = offers.as_ref().zip(candidate.clauses).map(|(offers, at)| offers[at]);
        for (side, settled) in settled.as_mut().each() {
            // A key that stands more often on one side leaves some of that side's clauses over.
            settled[candidate.clauses[side]] |= offered[side.other()] <= offered[side];
        }
    }
    settled
}
