//! How alike two clauses are, and which pairs are worth asking.
//!
//! A clause is its bag of features: words, numbers, dates, symbols; of Chinese, pairs of neighbouring characters. A
//! feature weighs by how rare it is among the clauses in question, so that in formulaic clauses the number or the name
//! decides. Two clauses are as alike as the weight they share is of the weight they have (Dice). Candidates of a clause
//! come from its rarest features, through an index; features that most clauses have name nobody.

use std::collections::BTreeMap;

use super::{Candidate, Work, chain::IN_PLACE};
use crate::text::{Interner, Pair, Token, TokenKind};

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

/// The features of the clauses that equality did not settle.
pub(super) struct Features {
    bags: Pair<Vec<Bag>>,
    /// What a feature weighs, by its number.
    weights: Vec<u32>,
    /// Weight of each clause's bag.
    totals: Pair<Vec<u64>>,
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
fn sum(bags: &[Bag], clauses: &[usize]) -> Bag {
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
    pub(super) fn new(work: &Work<'_>, tokens: &Pair<Vec<Option<Vec<Token>>>>, interner: &mut Interner) -> Self {
        let mut side = |clauses: &[crate::statement::Clause], tokens: &[Option<Vec<Token>>]| {
            clauses
                .iter()
                .zip(tokens)
                .map(|(clause, tokens)| {
                    tokens.as_ref().map_or_else(Bag::new, |tokens| bag(tokens, interner, &clause.text))
                })
                .collect::<Vec<Bag>>()
        };
        let bags =
            Pair { before: side(work.clauses.before, &tokens.before), after: side(work.clauses.after, &tokens.after) };
        let mut frequency = vec![0u32; interner.len()];
        let asked = bags.before.iter().chain(&bags.after).filter(|bag| !bag.is_empty()).count();
        for (feature, _) in bags.before.iter().chain(&bags.after).flatten() {
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
    pub(super) fn similarity(&self, before: usize, after: usize) -> u32 {
        let total = self.totals.before[before] + self.totals.after[after];
        let shared = self.shared(&self.bags.before[before], &self.bags.after[after]);
        u32::try_from((2000 * shared).checked_div(total).unwrap_or(0)).unwrap_or(1000)
    }

    /// Weight of a clause's features.
    pub(super) fn weight(&self, on_before: bool, clause: usize) -> u64 {
        if on_before { self.totals.before[clause] } else { self.totals.after[clause] }
    }

    /// Weight that a clause shares with what `partners`, clauses of its own side, leave over of `targets`.
    pub(super) fn left_over(&self, on_before: bool, partners: &[usize], targets: &[usize], clause: usize) -> u64 {
        let (own, other) =
            if on_before { (&self.bags.before, &self.bags.after) } else { (&self.bags.after, &self.bags.before) };
        let (held, taken) = (sum(other, targets), sum(own, partners));
        let mut taken = taken.into_iter().peekable();
        let mut left = Bag::with_capacity(held.len());
        for (feature, count) in held {
            while taken.next_if(|(other, _)| *other < feature).is_some() {}
            let gone = taken.next_if(|(other, _)| *other == feature).map_or(0, |(_, count)| count);
            if count > gone {
                left.push((feature, count - gone));
            }
        }
        self.shared(&left, &own[clause])
    }

    /// For each of some clauses of one side, the clauses of the other side that share most weight of rare features, in
    /// no order.
    pub(super) fn holders(&self, on_before: bool, clauses: &[usize]) -> Vec<Vec<usize>> {
        let (own, other) =
            if on_before { (&self.bags.before, &self.bags.after) } else { (&self.bags.after, &self.bags.before) };
        if clauses.is_empty() {
            return Vec::new();
        }
        let mut index: Vec<Vec<u32>> = vec![Vec::new(); self.weights.len()];
        let mut asked = vec![false; self.weights.len()];
        for (feature, _) in clauses.iter().flat_map(|clause| &own[*clause]) {
            asked[*feature as usize] = true;
        }
        for (at, bag) in other.iter().enumerate() {
            for (feature, _) in bag.iter().filter(|(feature, _)| asked[*feature as usize]) {
                index[*feature as usize].push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        let mut votes: Vec<u64> = vec![0; other.len()];
        clauses
            .iter()
            .map(|clause| {
                let rarest = |feature: &u32| (index[*feature as usize].len(), *feature);
                let few = own[*clause].iter().map(|(feature, _)| *feature);
                let mut naming: Vec<u32> =
                    few.filter(|feature| (1..=MOST_NAMED).contains(&rarest(feature).0)).collect();
                bring_least_to_front(&mut naming, MOST_NAMING, rarest);
                let mut named: Vec<usize> = Vec::new();
                for feature in naming.iter().take(MOST_NAMING) {
                    for &at in &index[*feature as usize] {
                        let at = at as usize;
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
    pub(super) fn similarity_of_many(&self, before: &[usize], after: &[usize]) -> u32 {
        let total = |totals: &[u64], side: &[usize]| side.iter().map(|at| totals[*at]).sum::<u64>();
        let shared = self.shared(&sum(&self.bags.before, before), &sum(&self.bags.after, after));
        let all = total(&self.totals.before, before) + total(&self.totals.after, after);
        u32::try_from((2000 * shared).checked_div(all).unwrap_or(0)).unwrap_or(1000)
    }

    /// Candidate links of the clauses that equality did not settle.
    pub(super) fn candidates(&self, work: &mut Work<'_>) -> Vec<Candidate> {
        let mut index: Vec<Vec<u32>> = vec![Vec::new(); self.weights.len()];
        for (at, bag) in self.bags.after.iter().enumerate() {
            for (feature, _) in bag {
                index[*feature as usize].push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        let mut found = Vec::new();
        let mut votes: Vec<u64> = vec![0; self.bags.after.len()];
        for before in 0..self.bags.before.len() {
            if self.bags.before[before].is_empty() {
                continue;
            }
            let named = self.named(before, &index, &mut votes, &mut work.skipped);
            for after in named {
                if let Some(candidate) = self.weigh(work, before, after) {
                    found.push(candidate);
                }
            }
        }
        found
    }

    /// The clauses after that share the most weight of rare features, and those at about the same place.
    fn named(&self, before: usize, index: &[Vec<u32>], votes: &mut [u64], skipped: &mut u64) -> Vec<usize> {
        let rarest = |feature: &u32| (index[*feature as usize].len(), *feature);
        let held = self.bags.before[before].iter().map(|(feature, _)| *feature);
        let mut naming: Vec<u32> = held.filter(|feature| rarest(feature).0 > 0).collect();
        bring_least_to_front(&mut naming, MOST_NAMING, rarest);
        naming.truncate(MOST_NAMING);
        naming.sort_unstable_by_key(rarest);
        let mut named: Vec<usize> = Vec::new();
        for feature in &naming {
            let clauses = &index[*feature as usize];
            if clauses.len() > MOST_NAMED && named.len() >= 4 {
                *skipped += clauses.len() as u64;
                continue;
            }
            for &after in clauses.iter().take(MOST_NAMED * 8) {
                let after = after as usize;
                if votes[after] == 0 {
                    named.push(after);
                }
                votes[after] += u64::from(self.weights[*feature as usize]) + 1;
            }
            *skipped += clauses.len().saturating_sub(MOST_NAMED * 8) as u64;
        }
        // Shares of the larger clause would hide a split: votes are weighed against the clause's own weight only.
        bring_least_to_front(&mut named, MOST_CANDIDATES, |&after| {
            (std::cmp::Reverse(votes[after]), after.abs_diff(before), after)
        });
        *skipped += named.len().saturating_sub(MOST_CANDIDATES) as u64;
        for after in &named {
            votes[*after] = 0;
        }
        named.truncate(MOST_CANDIDATES);
        let near = before.saturating_sub(GAP)..(before + GAP + 1).min(self.bags.after.len());
        named.extend(near);
        named.sort_unstable();
        named.dedup();
        named
    }

    fn weigh(&self, work: &Work<'_>, before: usize, after: usize) -> Option<Candidate> {
        if !work.same_group(before, after) || self.bags.after[after].is_empty() {
            return None;
        }
        let similarity = self.similarity(before, after);
        let labels = (&work.clauses.before[before].label, &work.clauses.after[after].label);
        let component = work.components.before[before] == work.components.after[after];
        let mut bonus = 0;
        if labels.0.is_some() && labels.0 == labels.1 {
            bonus += 20;
        }
        if component {
            bonus += 20;
        }
        let near = |step: isize| {
            let key = |keys: &[u64], at: usize| at.checked_add_signed(step).and_then(|at| keys.get(at).copied());
            let (a, b) = (key(&work.keys.before, before), key(&work.keys.after, after));
            a == b && (a.is_some() || step < 0)
        };
        bonus += 30 * (u32::from(near(-1)) + u32::from(near(1)));
        let least = if component { IN_PLACE } else { super::chain::OUT_OF_PLACE };
        let between = near(-1) && near(1);
        let least = if between { least.min(BETWEEN) } else { least };
        if similarity < least {
            return None;
        }
        let length = (work.clauses.before[before].text.len() + work.clauses.after[after].text.len()) as u64 / 2;
        let weight = (1000 + length.min(400) * 5) * u64::from(similarity + bonus) / 1100;
        Some(Candidate { before, after, similarity, weight })
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
