//! How alike two clauses are, and which pairs are worth asking.
//!
//! A clause is its bag of features: words, numbers, dates, symbols; of Chinese, pairs of neighbouring characters. A
//! feature weighs by how rare it is among the clauses in question, so that in formulaic clauses the number or the name
//! decides. Two clauses are as alike as the weight they share is of the weight they have (Dice). Candidates of a clause
//! come from its rarest features, through an index; features that most clauses have name nobody.

use std::collections::BTreeMap;

use super::chain::{IN_PLACE, OUT_OF_PLACE};
use super::link::ClauseTokens;
use super::work::{Candidate, Work};
use crate::statement::{ClauseIndex, PerClause};
use crate::text::{Interner, Pair, Side, Token, TokenKind};

/// Most candidates of a clause that its features name; those at about the same place come on top.
pub(super) const MOST_CANDIDATES: usize = 24;
/// Most clauses that a feature may name.
const MOST_NAMED: usize = 96;
/// Most features of a clause that name candidates, the rarest first.
const MOST_NAMING: usize = 64;
/// Most clauses asked whether they hold a lone clause's words.
const MOST_HOLDERS: usize = 6;
/// Clauses in the same gap that are candidates whatever they share.
const GAP: usize = 6;

/// A bag of features: each with its count, by number.
pub(super) type Bag = Vec<(u32, u32)>;

/// The clauses that hold each feature, by its number.
type FeatureIndex = Vec<Vec<ClauseIndex>>;

/// The features of the clauses that equality did not settle.
pub(super) struct Features {
    bags: Pair<PerClause<Bag>>,
    /// What a feature weighs, by its number.
    weights: Vec<u32>,
    /// Weight of each clause's bag.
    totals: Pair<PerClause<u64>>,
}

/// The bag of a clause: token ids, and a number for each pair of Chinese characters.
fn bag(tokens: &[Token], interner: &mut Interner, text: &str) -> Bag {
    let mut features: Vec<u32> = Vec::with_capacity(tokens.len());
    let mut key = String::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Mark => {}
            TokenKind::Han => {
                let next = tokens.get(at + 1).filter(|next| next.kind == TokenKind::Han);
                key.clear();
                key.push_str(&text[token.span.range()]);
                if let Some(next) = next {
                    key.push_str(&text[next.span.range()]);
                }
                features.push(interner.intern(&key).0);
            }
            _ => features.push(token.id.0),
        }
    }
    features.sort_unstable();
    let mut bag: Bag = Vec::with_capacity(features.len());
    for feature in features {
        match bag.last_mut() {
            Some((last, count)) if *last == feature => *count += 1,
            _ => bag.push((feature, 1)),
        }
    }
    bag
}

/// The bag of several clauses together.
fn sum(bags: &PerClause<Bag>, clauses: &[ClauseIndex]) -> Bag {
    if let [only] = clauses {
        return bags[*only].clone();
    }
    let mut sum = BTreeMap::<u32, u32>::new();
    for (feature, count) in clauses.iter().flat_map(|at| &bags[*at]) {
        *sum.entry(*feature).or_default() += count;
    }
    sum.into_iter().collect()
}

impl Features {
    /// Takes the clauses that were tokenised apart into their features, and weighs those.
    pub(super) fn new(work: &Work<'_>, tokens: &Pair<ClauseTokens>, interner: &mut Interner) -> Self {
        let bags: Pair<PerClause<Bag>> = work.clauses.zip(tokens.as_ref()).map(|(clauses, tokens)| {
            let both = clauses.iter().zip(tokens);
            let bags = both.map(|(clause, tokens)| match tokens {
                Some(tokens) => bag(tokens, interner, &clause.text),
                None => Bag::new(),
            });
            bags.collect()
        });
        let mut frequency = vec![0u32; interner.len()];
        let asked = bags.iter().flatten().filter(|bag| !bag.is_empty()).count();
        for (feature, _) in bags.iter().flatten().flatten() {
            frequency[*feature as usize] += 1;
        }
        let asked = u32::try_from(asked).unwrap_or(u32::MAX).max(2);
        let weights: Vec<u32> = frequency.iter().map(|&frequency| rarity(frequency, asked)).collect();
        let total = |bag: &Bag| {
            bag.iter().map(|(feature, count)| u64::from(weights[*feature as usize]) * u64::from(*count)).sum()
        };
        let totals = bags.as_ref().map(|bags| bags.iter().map(total).collect());
        Self { bags, weights, totals }
    }

    /// Weight that two bags share.
    fn shared(&self, before: &Bag, after: &Bag) -> u64 {
        let (mut a, mut b, mut sum) = (0, 0, 0);
        while let (Some(&(left, many)), Some(&(right, more))) = (before.get(a), after.get(b)) {
            match left.cmp(&right) {
                std::cmp::Ordering::Less => a += 1,
                std::cmp::Ordering::Greater => b += 1,
                std::cmp::Ordering::Equal => {
                    sum += u64::from(self.weights[left as usize]) * u64::from(many.min(more));
                    (a, b) = (a + 1, b + 1);
                }
            }
        }
        sum
    }

    /// How alike two clauses are, in thousandths.
    fn similarity(&self, pair: Pair<ClauseIndex>) -> u32 {
        let total: u64 = self.totals.as_ref().zip(pair).iter().map(|(totals, at)| totals[*at]).sum();
        let bags = self.bags.as_ref().zip(pair).map(|(bags, at)| &bags[at]);
        let shared = self.shared(bags.before, bags.after);
        u32::try_from((2000 * shared).checked_div(total).unwrap_or(0)).unwrap_or(1000)
    }

    /// Weight of a clause's features.
    pub(super) fn weight(&self, side: Side, clause: ClauseIndex) -> u64 {
        self.totals[side][clause]
    }

    /// How many different features a clause has.
    pub(super) fn size(&self, side: Side, clause: ClauseIndex) -> usize {
        self.bags[side][clause].len()
    }

    /// Weight that a clause of a side shares with what the clauses of its own side in a link leave over of the others.
    pub(super) fn left_over(&self, side: Side, linked: &Pair<Vec<ClauseIndex>>, clause: ClauseIndex) -> u64 {
        let other = side.other();
        let (held, taken) = (sum(&self.bags[other], &linked[other]), sum(&self.bags[side], &linked[side]));
        let mut taken = taken.into_iter().peekable();
        let mut left = Bag::with_capacity(held.len());
        for (feature, count) in held {
            while taken.next_if(|(other, _)| *other < feature).is_some() {}
            let gone = taken.next_if(|(other, _)| *other == feature).map_or(0, |(_, count)| count);
            if count > gone {
                left.push((feature, count - gone));
            }
        }
        self.shared(&left, &self.bags[side][clause])
    }

    /// For each of some clauses of one side, the clauses of the other side that share most weight of rare features, in
    /// no order.
    pub(super) fn holders(&self, side: Side, clauses: &[ClauseIndex]) -> Vec<Vec<ClauseIndex>> {
        let (own, other) = (&self.bags[side], &self.bags[side.other()]);
        if clauses.is_empty() {
            return Vec::new();
        }
        let mut index: FeatureIndex = vec![Vec::new(); self.weights.len()];
        let mut asked = vec![false; self.weights.len()];
        for (feature, _) in clauses.iter().flat_map(|clause| &own[*clause]) {
            asked[*feature as usize] = true;
        }
        for (at, bag) in other.each() {
            for (feature, _) in bag.iter().filter(|(feature, _)| asked[*feature as usize]) {
                index[*feature as usize].push(at);
            }
        }
        let mut votes = PerClause::filled(0u64, other.len());
        clauses
            .iter()
            .map(|clause| {
                let rarest = |feature: &u32| (index[*feature as usize].len(), *feature);
                let few = own[*clause].iter().map(|(feature, _)| *feature);
                let mut naming: Vec<u32> =
                    few.filter(|feature| (1..=MOST_NAMED).contains(&rarest(feature).0)).collect();
                bring_least_to_front(&mut naming, MOST_NAMING, rarest);
                let mut named: Vec<ClauseIndex> = Vec::new();
                for feature in naming.iter().take(MOST_NAMING) {
                    for &at in &index[*feature as usize] {
                        if votes[at] == 0 {
                            named.push(at);
                        }
                        votes[at] += u64::from(self.weights[*feature as usize]) + 1;
                    }
                }
                bring_least_to_front(&mut named, MOST_HOLDERS, |at| (std::cmp::Reverse(votes[*at]), *at));
                for at in &named {
                    votes[*at] = 0;
                }
                named.truncate(MOST_HOLDERS);
                named
            })
            .collect()
    }

    /// How alike several clauses together are to one, in thousandths.
    pub(super) fn similarity_of_many(&self, linked: &Pair<Vec<ClauseIndex>>) -> u32 {
        let sums = self.bags.as_ref().zip(linked.as_ref()).map(|(bags, clauses)| sum(bags, clauses));
        let shared = self.shared(&sums.before, &sums.after);
        let totals = self.totals.as_ref().zip(linked.as_ref());
        let all: u64 = totals.iter().flat_map(|(totals, clauses)| clauses.iter().map(|at| totals[*at])).sum();
        u32::try_from((2000 * shared).checked_div(all).unwrap_or(0)).unwrap_or(1000)
    }

    /// Candidate links of the clauses that equality did not settle.
    pub(super) fn candidates(&self, work: &mut Work<'_>) -> Vec<Candidate> {
        let mut index: FeatureIndex = vec![Vec::new(); self.weights.len()];
        for (at, bag) in self.bags.after.each() {
            for (feature, _) in bag {
                index[*feature as usize].push(at);
            }
        }
        let mut found = Vec::new();
        let mut votes = PerClause::filled(0u64, self.bags.after.len());
        for (before, bag) in self.bags.before.each() {
            if bag.is_empty() {
                continue;
            }
            let named = self.named(before, &index, &mut votes, &mut work.skipped);
            for after in named {
                if let Some(candidate) = self.weigh(work, Pair::new(before, after)) {
                    found.push(candidate);
                }
            }
        }
        found
    }

    /// The clauses after that share the most weight of rare features, and those at about the same place.
    fn named(
        &self,
        before: ClauseIndex,
        index: &FeatureIndex,
        votes: &mut PerClause<u64>,
        skipped: &mut u64,
    ) -> Vec<ClauseIndex> {
        let rarest = |feature: &u32| (index[*feature as usize].len(), *feature);
        let held = self.bags.before[before].iter().map(|(feature, _)| *feature);
        let mut naming: Vec<u32> = held.filter(|feature| rarest(feature).0 > 0).collect();
        bring_least_to_front(&mut naming, MOST_NAMING, rarest);
        naming.truncate(MOST_NAMING);
        naming.sort_unstable_by_key(rarest);
        let mut named: Vec<ClauseIndex> = Vec::new();
        for feature in &naming {
            let clauses = &index[*feature as usize];
            if clauses.len() > MOST_NAMED && named.len() >= 4 {
                *skipped += clauses.len() as u64;
                continue;
            }
            for &after in clauses.iter().take(MOST_NAMED * 8) {
                if votes[after] == 0 {
                    named.push(after);
                }
                votes[after] += u64::from(self.weights[*feature as usize]) + 1;
            }
            *skipped += clauses.len().saturating_sub(MOST_NAMED * 8) as u64;
        }
        // Shares of the larger clause would hide a split: votes are weighed against the clause's own weight only.
        bring_least_to_front(&mut named, MOST_CANDIDATES, |&after| {
            (std::cmp::Reverse(votes[after]), after.get().abs_diff(before.get()), after)
        });
        *skipped += named.len().saturating_sub(MOST_CANDIDATES) as u64;
        for after in &named {
            votes[*after] = 0;
        }
        named.truncate(MOST_CANDIDATES);
        let near = before.get().saturating_sub(GAP)..(before.get() + GAP + 1).min(self.bags.after.len());
        named.extend(ClauseIndex::range(near.start.min(near.end)..near.end));
        named.sort_unstable();
        named.dedup();
        named
    }

    /// The candidate that two clauses are, if they are alike enough for their place.
    fn weigh(&self, work: &Work<'_>, pair: Pair<ClauseIndex>) -> Option<Candidate> {
        if !work.same_group(pair) || self.bags.after[pair.after].is_empty() {
            return None;
        }
        let similarity = self.similarity(pair);
        let clauses = work.clauses.zip(pair).map(|(clauses, at)| &clauses[at]);
        let labels = clauses.map(|clause| &clause.label);
        let component = work.same_component(pair);
        let mut bonus = 0;
        if labels.before.is_some() && labels.is_same() {
            bonus += 20;
        }
        if component {
            bonus += 20;
        }
        // Two beginnings are neighbours that are equal, two ends are not: what follows a last clause may be a new one.
        let is_near = |step: isize| {
            let keys = work.neighbours(pair, step);
            keys.is_same() && (keys.before.is_some() || step < 0)
        };
        let near = Pair::new(is_near(-1), is_near(1));
        bonus += 30 * near.iter().map(|near| u32::from(*near)).sum::<u32>();
        let least = if component { IN_PLACE } else { OUT_OF_PLACE };
        let least = if near.before && near.after { least.min(BETWEEN) } else { least };
        if similarity < least.max(work.floor(pair)) {
            return None;
        }
        let length = clauses.iter().map(|clause| clause.text.len()).sum::<usize>() as u64 / 2;
        let weight = (1000 + length.min(400) * 5) * u64::from(similarity + bonus) / 1100;
        Some(Candidate { clauses: pair, similarity, weight })
    }
}

/// Puts the `most` items of least key first, in no order. No two items may have the same key.
fn bring_least_to_front<T, K: Ord>(items: &mut [T], most: usize, key: impl FnMut(&T) -> K) {
    if items.len() > most {
        items.select_nth_unstable_by_key(most, key);
    }
}

/// Least similarity of a clause that stands between the same two neighbours before and after.
const BETWEEN: u32 = 200;

/// What a feature weighs: 1 where every clause has it, 2 more for each halving, and 1 more where no third clause does.
pub(super) fn rarity(frequency: u32, asked: u32) -> u32 {
    if frequency == 0 {
        return 0;
    }
    let ratio = u64::from(asked) * 16 / u64::from(frequency);
    1 + (ratio.max(16).ilog2() - 4) * 2 + u32::from(frequency <= 2)
}
