//! Clauses left alone: parts of a split or a merge, and clauses that were shortened or expanded.
//!
//! Before: 3 `The Sides meet in May. They report in June.` After: 3 `The Sides meet in May.` 4 `They report in June.`
//! The chain links 3 with 3; 4 is left alone, and its words are those of the old 3 that the new 3 does not account for.
//! That is the evidence: how much of a lone clause stands in what its target's partners leave over. An inserted clause
//! that merely shares words with a changed one finds them accounted for, and stays an insertion; a part finds its own
//! wherever the other part went and whatever was put between. A target without a partner leaves over all of its words,
//! so a clause cut down to a third of itself is found in the same way.
//!
//! Each lone clause asks a bounded number of targets, named by its rarest features and by its neighbours: linear in the
//! clauses.

use super::link::Link;
use super::similarity::Features;
use super::work::{GROUPS, Group, Work};
use crate::statement::{ClauseIndex, PerClause};
use crate::text::{Pair, Side};

/// How much of a lone clause its target must leave over, in thousandths, where its place fits.
const LEFT_IN_PLACE: u32 = 500;
/// The same where it does not.
const LEFT_ELSEWHERE: u32 = 700;
/// The same where target and partners are several to several.
const LEFT_SEVERAL: u32 = 650;
/// The same where the target has no partner yet.
const LEFT_ALONE: u32 = 620;
/// The same where it stands between two parts, and the link becomes no better by it.
const LEFT_ENCLOSED: u32 = 900;
/// Least weight left over for a link elsewhere: a handful of rare words.
const WEIGHT_ELSEWHERE: u64 = 30;
/// By how much a link must become better, in thousandths.
const BETTER: u32 = 20;
/// Least similarity of a clause and a few words that were left of it: less, and others use them as well.
const SHRUNK: u32 = 150;
/// Different words that are more than a few.
const FEW: usize = 4;
/// Most clauses of one side in a link.
const MOST_PARTS: usize = 8;

/// A lone clause and a clause of the other side that may hold its words.
#[derive(Clone, Copy)]
struct Offer {
    /// Weight of the words that the target leaves over for it.
    gain: u64,
    /// The side of the lone clause.
    side: Side,
    alone: ClauseIndex,
    target: ClauseIndex,
    in_place: bool,
    /// Whether both stand in the same part of the document.
    at_home: bool,
}

/// Links and who stands in which.
struct LinkJoiner<'a> {
    work: &'a Work<'a>,
    features: &'a Features,
    links: &'a mut Vec<Link>,
    /// The number of the link that each clause stands in.
    owner: Pair<PerClause<usize>>,
}

/// Joins lone clauses to links, or to each other.
pub(super) fn join(work: &Work<'_>, features: &Features, kept: &PerClause<bool>, links: &mut Vec<Link>) {
    let mut owner = work.clauses.map(|clauses| PerClause::filled(usize::MAX, clauses.len()));
    for (at, link) in links.iter().enumerate() {
        for (owner, clauses) in owner.as_mut().zip(link.clauses.as_ref()) {
            clauses.iter().for_each(|clause| owner[*clause] = at);
        }
    }
    let mut joining = LinkJoiner { work, features, links, owner };
    let mut offers: Vec<Offer> = Side::ALL.into_iter().flat_map(|side| joining.offers(side, kept)).collect();
    offers.sort_by_key(|offer| {
        (std::cmp::Reverse((offer.in_place && offer.at_home, offer.gain)), offer.side, offer.alone, offer.target)
    });
    for offer in offers {
        joining.take(offer);
    }
    // What was joined to another link has left an empty one.
    links.retain(|link| !link.clauses.iter().all(Vec::is_empty));
}

impl LinkJoiner<'_> {
    /// Whether nothing on the other side is linked with a clause.
    fn is_alone(&self, side: Side, clause: ClauseIndex) -> bool {
        self.links[self.owner[side][clause]].clauses[side.other()].is_empty()
    }

    /// What each lone clause of one side may join.
    fn offers(&self, side: Side, kept: &PerClause<bool>) -> Vec<Offer> {
        let clauses = self.owner[side].indices();
        let alone: Vec<ClauseIndex> = clauses.filter(|clause| self.is_alone(side, *clause)).collect();
        let places = self.places(side, kept);
        let named = self.features.holders(side, &alone);
        let mut offers = Vec::new();
        for (&alone, mut targets) in alone.iter().zip(named) {
            let (first, last) = places[alone];
            targets.extend([first, last].into_iter().flatten());
            targets.sort_unstable();
            targets.dedup();
            for target in targets {
                let both = Pair::from_fn(|own| if own == side { alone } else { target });
                let groups = self.work.groups.as_ref().zip(both).map(|(groups, clause)| groups[clause]);
                // A signature that a page runs on from the paragraph above is one clause with it.
                if !groups.is_same() && !groups.iter().all(|group| group.has_order()) {
                    continue;
                }
                let in_place = first.is_none_or(|first| first <= target) && last.is_none_or(|last| target <= last);
                let at_home = groups.is_same() && self.work.same_component(both);
                let gain = self.gain(side, alone, target);
                if gain > 0 {
                    offers.push(Offer { gain, side, alone, target, in_place, at_home });
                }
            }
        }
        offers
    }

    /// For each clause of a side, the partners of the nearest clauses before and behind it that keep their place.
    fn places(&self, side: Side, kept: &PerClause<bool>) -> PerClause<(Option<ClauseIndex>, Option<ClauseIndex>)> {
        let (partner, groups) = (&self.work.partner[side], &self.work.groups[side]);
        let stays = |clause: ClauseIndex| {
            let other = partner[clause]?;
            // Which pairs keep their place is told by their clauses before.
            let before = match side {
                Side::Before => clause,
                Side::After => other,
            };
            kept[before].then_some(other)
        };
        let mut places = PerClause::filled((None, None), partner.len());
        let place = |group: Group| if group.has_order() { 0 } else { group as usize };
        let mut nearest = [None; GROUPS];
        for clause in partner.indices() {
            let group = place(groups[clause]);
            places[clause].0 = nearest[group];
            nearest[group] = stays(clause).or(nearest[group]);
        }
        nearest = [None; GROUPS];
        for clause in partner.indices().rev() {
            let group = place(groups[clause]);
            places[clause].1 = nearest[group];
            nearest[group] = stays(clause).or(nearest[group]);
        }
        places
    }

    /// Weight of a lone clause's words that its target holds and the target's partners do not account for.
    fn gain(&self, side: Side, alone: ClauseIndex, target: ClauseIndex) -> u64 {
        let link = &self.links[self.owner[side.other()][target]];
        self.features.left_over(side, &link.clauses, alone)
    }

    /// Joins if the evidence still holds after what was joined before.
    fn take(&mut self, offer: Offer) {
        let Offer { side, alone, target, in_place, at_home, .. } = offer;
        if !self.is_alone(side, alone) {
            return;
        }
        let (from, to) = (self.owner[side][alone], self.owner[side.other()][target]);
        let link = &self.links[to];
        let parts = &link.clauses[side];
        let least = match (parts.len(), link.clauses[side.other()].len()) {
            _ if !in_place || !at_home => LEFT_ELSEWHERE,
            (0, _) => LEFT_ALONE,
            (_, 1) => LEFT_IN_PLACE,
            _ => LEFT_SEVERAL,
        };
        let is_first = parts.is_empty();
        let gain = self.gain(side, alone, target);
        let total = self.features.weight(side, alone);
        if parts.len() >= MOST_PARTS || gain * 1000 < u64::from(least) * total || (!in_place && gain < WEIGHT_ELSEWHERE)
        {
            return;
        }
        // What stands between two parts and is left over nearly whole is a part, however small.
        let between =
            parts.first().is_some_and(|first| *first < alone) && parts.last().is_some_and(|last| alone < *last);
        let is_enclosed = between && gain * 1000 >= u64::from(LEFT_ENCLOSED) * total;
        let mut clauses = link.clauses.clone();
        clauses[side].push(alone);
        clauses[side].sort_unstable();
        let similarity = self.features.similarity_of_many(&clauses);
        let both = Pair::from_fn(|own| if own == side { alone } else { target });
        let is_enough = match is_first {
            true => {
                (similarity >= SHRUNK || self.features.size(side, alone) >= FEW) && similarity >= self.work.floor(both)
            }
            false => is_enclosed || similarity >= link.similarity + BETTER,
        };
        if !is_enough {
            return;
        }
        let has_order = self.work.groups.before[clauses.before[0]].has_order();
        let moved = if is_first { !in_place && has_order } else { link.moved };
        self.links[to] = Link { clauses, moved, similarity };
        self.links[from].clauses = Pair::default();
        self.owner[side][alone] = to;
    }
}
