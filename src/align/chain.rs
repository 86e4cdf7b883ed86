//! Which links stay in place: the heaviest chain that ascends on both sides.
//!
//! Before: 3 Urges, 4 Calls upon. After: 3 Calls upon, 4 Urges. A minimal script says one deleted and one inserted; a
//! reader says that 4 moved up. Links on the heaviest ascending chain stay, all others are moves, and the lighter clause
//! is the one that moves. Time O(k log n) for k candidates, with a tree of prefix maxima (Fenwick 1994) in the place of
//! the piles of patience sorting (Fredman 1975), because links have weights.

use std::cmp::Reverse;

use super::work::{Candidate, Group, Work};
use crate::statement::{ClauseIndex, PerClause};
use crate::text::Pair;

/// Least similarity, in thousandths, of a link in place.
pub(super) const IN_PLACE: u32 = 330;
/// Least similarity of a link out of place: a false move is worse than a missed one.
pub(super) const OUT_OF_PLACE: u32 = 560;

/// A link, as a chain sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rung {
    /// Its place on each side.
    pub(crate) places: Pair<usize>,
    /// What it is worth.
    pub(crate) weight: u64,
}

impl Rung {
    /// The link of two clauses.
    pub(crate) fn new(clauses: Pair<ClauseIndex>, weight: u64) -> Self {
        Self { places: clauses.map(ClauseIndex::get), weight }
    }
}

/// Prefix maxima over places of the after side.
struct Maxima {
    best: Vec<(u64, usize)>,
}

impl Maxima {
    fn new(places: usize) -> Self {
        Self { best: vec![(0, usize::MAX); places + 1] }
    }

    /// The heaviest chain that ends before `place`; of several, the one found first.
    fn before(&self, place: usize) -> (u64, usize) {
        let (mut at, mut best) = (place, (0, usize::MAX));
        while at > 0 {
            if self.best[at].0 > best.0 {
                best = self.best[at];
            }
            at &= at - 1;
        }
        best
    }

    fn raise(&mut self, place: usize, weight: u64, link: usize) {
        let mut at = place + 1;
        while at < self.best.len() {
            if weight > self.best[at].0 {
                self.best[at] = (weight, link);
            }
            at += at & at.wrapping_neg();
        }
    }
}

/// The heaviest ascending chain: indices into `rungs`, which must be sorted by before, then after.
pub(crate) fn heaviest(rungs: &[Rung], places: usize) -> Vec<usize> {
    let mut maxima = Maxima::new(places);
    let mut chain: Vec<(u64, usize)> = vec![(0, usize::MAX); rungs.len()];
    let mut start = 0;
    while start < rungs.len() {
        let before = rungs[start].places.before;
        // Links of one clause before must not stand one upon the other.
        let end = start + rungs[start..].partition_point(|rung| rung.places.before == before);
        for at in start..end {
            let (weight, previous) = maxima.before(rungs[at].places.after);
            chain[at] = (weight + rungs[at].weight, previous);
        }
        for at in start..end {
            maxima.raise(rungs[at].places.after, chain[at].0, at);
        }
        start = end;
    }
    let (_, mut at) = maxima.before(places);
    let mut found = Vec::new();
    while at != usize::MAX {
        found.push(at);
        at = chain[at].1;
    }
    found.reverse();
    found
}

/// Pairs clauses: first the chain, then what is left by mutual best choice.
pub(super) fn settle(work: &mut Work<'_>, candidates: &mut [Candidate]) {
    candidates.sort_by_key(|candidate| (candidate.order(), Reverse(candidate.weight)));
    let rungs: Vec<Rung> = candidates.iter().map(|candidate| Rung::new(candidate.clauses, candidate.weight)).collect();
    for at in heaviest(&rungs, work.clauses.after.len()) {
        work.pair(candidates[at].clauses);
    }
    let mut rest: Vec<Candidate> =
        candidates.iter().copied().filter(|candidate| work.is_free(candidate.clauses)).collect();
    rest.retain(|candidate| {
        let has_order = work.groups.before[candidate.clauses.before].has_order();
        candidate.similarity >= if has_order { OUT_OF_PLACE } else { IN_PLACE }
    });
    rest.sort_by_key(|candidate| (Reverse(candidate.similarity), Reverse(candidate.weight), candidate.order()));
    for candidate in rest {
        if work.is_free(candidate.clauses) {
            work.pair(candidate.clauses);
        }
    }
}

/// Which paired clauses before keep their place: those of groups without an order, and the heaviest chain of the others.
pub(super) fn kept(work: &Work<'_>) -> PerClause<bool> {
    let mut kept: PerClause<bool> = work.groups.before.iter().map(|group| !group.has_order()).collect();
    // The fewest clauses move; of as many, the lighter ones.
    let length = |at: ClauseIndex| 1000 + (work.clauses.before[at].text.len() as u64).min(900);
    for group in [Group::Body, Group::Signature] {
        let own = work.partner.before.each().filter(|(before, _)| work.groups.before[*before] == group);
        let pairs: Vec<Pair<ClauseIndex>> =
            own.filter_map(|(before, partner)| partner.map(|after| Pair::new(before, after))).collect();
        let rungs: Vec<Rung> = pairs.iter().map(|pair| Rung::new(*pair, length(pair.before))).collect();
        for at in heaviest(&rungs, work.clauses.after.len()) {
            kept[pairs[at].before] = true;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lighter_clause_moves() {
        let rung = |before, after, weight| Rung { places: Pair::new(before, after), weight };
        assert_eq!(heaviest(&[rung(0, 1, 10), rung(1, 0, 3), rung(2, 2, 5)], 3), [0, 2]);
        assert!(heaviest(&[], 3).is_empty());
    }
}
