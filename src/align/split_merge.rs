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

use super::{Link, Work, similarity::Features};
use crate::text::Pair;

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
/// Most clauses of one side in a link.
const MOST_PARTS: usize = 8;

/// A lone clause and a clause of the other side that may hold its words.
#[derive(Clone, Copy)]
struct Offer {
    /// Weight of the words that the target leaves over for it.
    gain: u64,
    on_before: bool,
    alone: usize,
    target: usize,
    in_place: bool,
    /// Whether both stand in the same part of the document.
    at_home: bool,
}

/// Links and who stands in which.
struct Joining<'a> {
    work: &'a Work<'a>,
    features: &'a Features,
    links: &'a mut Vec<Link>,
    owner: Pair<Vec<usize>>,
}

/// Joins lone clauses to links, or to each other.
pub(super) fn join(work: &Work<'_>, features: &Features, kept: &[bool], links: &mut Vec<Link>) {
    let mut owner = work.clauses.map(|clauses| vec![usize::MAX; clauses.len()]);
    for (at, link) in links.iter().enumerate() {
        link.before.iter().for_each(|clause| owner.before[*clause] = at);
        link.after.iter().for_each(|clause| owner.after[*clause] = at);
    }
    let mut joining = Joining { work, features, links, owner };
    let mut offers = joining.offers(true, kept);
    offers.extend(joining.offers(false, kept));
    offers.sort_by_key(|offer| {
        (std::cmp::Reverse((offer.in_place && offer.at_home, offer.gain)), !offer.on_before, offer.alone, offer.target)
    });
    for offer in offers {
        joining.take(offer);
    }
    links.retain(|link| !link.before.is_empty() || !link.after.is_empty());
}

impl Joining<'_> {
    fn is_alone(&self, on_before: bool, clause: usize) -> bool {
        let owner = if on_before { self.owner.before[clause] } else { self.owner.after[clause] };
        let link = &self.links[owner];
        if on_before { link.after.is_empty() } else { link.before.is_empty() }
    }

    /// What each lone clause of one side may join.
    fn offers(&self, on_before: bool, kept: &[bool]) -> Vec<Offer> {
        let clauses = if on_before { self.work.clauses.before.len() } else { self.work.clauses.after.len() };
        let alone: Vec<usize> = (0..clauses).filter(|clause| self.is_alone(on_before, *clause)).collect();
        let places = self.places(on_before, kept);
        let named = self.features.holders(on_before, &alone);
        let mut offers = Vec::new();
        for (&alone, mut targets) in alone.iter().zip(named) {
            let (first, last) = places[alone];
            targets.extend([first, last].into_iter().flatten());
            targets.sort_unstable();
            targets.dedup();
            for target in targets {
                let (before, after) = if on_before { (alone, target) } else { (target, alone) };
                let groups = (self.work.groups.before[before], self.work.groups.after[after]);
                // A signature that a page runs on from the paragraph above is one clause with it.
                if groups.0 != groups.1 && !(groups.0.has_order() && groups.1.has_order()) {
                    continue;
                }
                let in_place = first.is_none_or(|first| first <= target) && last.is_none_or(|last| target <= last);
                let at_home =
                    groups.0 == groups.1 && self.work.components.before[before] == self.work.components.after[after];
                let gain = self.gain(on_before, alone, target);
                if gain > 0 {
                    offers.push(Offer { gain, on_before, alone, target, in_place, at_home });
                }
            }
        }
        offers
    }

    /// For each clause of a side, the partners of the nearest clauses before and behind it that keep their place.
    fn places(&self, on_before: bool, kept: &[bool]) -> Vec<(Option<usize>, Option<usize>)> {
        let partner = if on_before { &self.work.partner.before } else { &self.work.partner.after };
        let stays = |clause: usize| {
            let other = partner[clause]?;
            kept[if on_before { clause } else { other }].then_some(other)
        };
        let groups = if on_before { &self.work.groups.before } else { &self.work.groups.after };
        let mut places = vec![(None, None); partner.len()];
        let place = |group: super::Group| if group.has_order() { 0 } else { group as usize };
        let mut nearest = [None; super::GROUPS];
        for clause in 0..partner.len() {
            let group = place(groups[clause]);
            places[clause].0 = nearest[group];
            nearest[group] = stays(clause).or(nearest[group]);
        }
        nearest = [None; super::GROUPS];
        for clause in (0..partner.len()).rev() {
            let group = place(groups[clause]);
            places[clause].1 = nearest[group];
            nearest[group] = stays(clause).or(nearest[group]);
        }
        places
    }

    /// Weight of a lone clause's words that its target holds and the target's partners do not account for.
    fn gain(&self, on_before: bool, alone: usize, target: usize) -> u64 {
        let owner = if on_before { self.owner.after[target] } else { self.owner.before[target] };
        let link = &self.links[owner];
        let (partners, targets) = if on_before { (&link.before, &link.after) } else { (&link.after, &link.before) };
        self.features.left_over(on_before, partners, targets, alone)
    }

    /// Joins if the evidence still holds after what was joined before.
    fn take(&mut self, offer: Offer) {
        let Offer { on_before, alone, target, in_place, at_home, .. } = offer;
        if !self.is_alone(on_before, alone) {
            return;
        }
        let from = if on_before { self.owner.before[alone] } else { self.owner.after[alone] };
        let to = if on_before { self.owner.after[target] } else { self.owner.before[target] };
        let link = &self.links[to];
        let (mut before, mut after) = (link.before.clone(), link.after.clone());
        let (parts, targets) = if on_before { (&mut before, &after) } else { (&mut after, &before) };
        let least = match (parts.len(), targets.len()) {
            _ if !in_place || !at_home => LEFT_ELSEWHERE,
            (0, _) => LEFT_ALONE,
            (_, 1) => LEFT_IN_PLACE,
            _ => LEFT_SEVERAL,
        };
        let is_first = parts.is_empty();
        let gain = self.gain(on_before, alone, target);
        let total = self.features.weight(on_before, alone);
        if parts.len() >= MOST_PARTS || gain * 1000 < u64::from(least) * total || (!in_place && gain < WEIGHT_ELSEWHERE)
        {
            return;
        }
        // What stands between two parts and is left over nearly whole is a part, however small.
        let between =
            parts.first().is_some_and(|first| *first < alone) && parts.last().is_some_and(|last| alone < *last);
        let is_enclosed = between && gain * 1000 >= u64::from(LEFT_ENCLOSED) * total;
        parts.push(alone);
        parts.sort_unstable();
        let similarity = self.features.similarity_of_many(&before, &after);
        if !is_first && !is_enclosed && similarity < link.similarity + BETTER {
            return;
        }
        let moved = if is_first { !in_place && self.work.groups.before[before[0]].has_order() } else { link.moved };
        self.links[to] = Link { before, after, moved, similarity };
        self.links[from].before.clear();
        self.links[from].after.clear();
        if on_before {
            self.owner.before[alone] = to;
        } else {
            self.owner.after[alone] = to;
        }
    }
}
