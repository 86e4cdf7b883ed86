//! What is left between two pairs that stay in place: rewritten clauses.
//!
//! Before: 3 (paired), 4, 5 (paired). After: 3 (paired), 4, 5 (paired). The two 4 share too little for a pair anywhere
//! else, but there is nothing else either could be: place is evidence, so words need less. The lone clauses of a gap are
//! aligned in order (Needleman and Wunsch 1970) by what their words and the stems of their words share; a pair counts by
//! how far it is above the least similarity, which is lower where the gap has as many clauses on either side.
//! Time O(b x a) for a gap of b and a clauses, at most [`WIDEST`]; a wider gap is left as it is and counted.

use std::collections::BTreeMap;

use super::link::{ClauseTokens, Link};
use super::work::Work;
use crate::statement::{Clause, ClauseIndex, PerClause};
use crate::text::{Interner, Pair, Token, TokenKind};

/// Most pairs of clauses that are compared in a gap.
const WIDEST: usize = 1024;
/// Least similarity, in thousandths, in a gap with as many clauses on either side.
const EVEN: u32 = 170;
/// Least similarity in another gap.
const UNEVEN: u32 = 240;
/// Letters of a word that stand for its stem.
const STEM: usize = 6;

/// Lone clauses between the same two pairs.
type Gap = Pair<Vec<ClauseIndex>>;

/// Pairs what is left between pairs that stay in place.
pub(super) fn fill(work: &mut Work<'_>, tokens: &Pair<ClauseTokens>, kept: &PerClause<bool>, links: &mut Vec<Link>) {
    let (gaps, skipped) = gaps(work, kept, links);
    work.skipped += skipped;
    if gaps.is_empty() {
        return;
    }
    let stems = Stems::new(work, tokens, &gaps);
    let mut pairs = Vec::new();
    for gap in gaps {
        let even = gap.before.len() == gap.after.len();
        pairs.extend(stems.align(&gap, if even { EVEN } else { UNEVEN }));
    }
    let mut paired = work.clauses.map(|clauses| PerClause::filled(false, clauses.len()));
    for (pair, _) in &pairs {
        paired.as_mut().zip(*pair).into_iter().for_each(|(paired, at)| paired[at] = true);
    }
    links.retain(|link| {
        let sides = link.clauses.as_ref().zip(paired.as_ref());
        !(link.is_lone() && sides.iter().any(|(clauses, paired)| clauses.iter().any(|at| paired[*at])))
    });
    links.extend(pairs.into_iter().map(|(pair, similarity)| Link {
        clauses: pair.map(|at| vec![at]),
        moved: false,
        similarity,
    }));
}

/// The gaps that have lone clauses on either side, and how many pairs stand in those too wide.
fn gaps(work: &Work<'_>, kept: &PerClause<bool>, links: &[Link]) -> (Vec<Gap>, u64) {
    let mut alone = work.clauses.map(|clauses| PerClause::filled(false, clauses.len()));
    for link in links.iter().filter(|link| link.is_lone()) {
        for (alone, clauses) in alone.as_mut().zip(link.clauses.as_ref()) {
            clauses.iter().for_each(|clause| alone[*clause] = true);
        }
    }
    let (mut gaps, mut skipped) = (Vec::new(), 0);
    let mut start = Pair::new(0, 0);
    let ends = work.partner.before.each().filter_map(|(at, partner)| {
        let stays = kept[at] && work.groups.before[at].has_order();
        partner.filter(|_| stays).map(|partner| Pair::new(at, partner).map(ClauseIndex::get))
    });
    for next in ends.chain([work.clauses.map(<[Clause]>::len)]) {
        if next.after < start.after {
            continue;
        }
        let gap: Gap = start
            .zip(next)
            .zip(alone.as_ref())
            .map(|((start, next), alone)| ClauseIndex::range(start..next).filter(|at| alone[*at]).collect());
        let pairs = gap.before.len() * gap.after.len();
        match pairs {
            0 => {}
            1..=WIDEST => gaps.push(gap),
            _ => skipped += pairs as u64,
        }
        start = next.map(|at| at + 1);
    }
    (gaps, skipped)
}

/// Words and stems of the clauses in gaps, with what they weigh.
struct Stems<'a> {
    work: &'a Work<'a>,
    bags: Pair<PerClause<Vec<u32>>>,
    weights: Vec<u32>,
}

impl<'a> Stems<'a> {
    fn new(work: &'a Work<'a>, tokens: &Pair<ClauseTokens>, gaps: &[Gap]) -> Self {
        let mut interner = Interner::new();
        let mut bags = work.clauses.map(|clauses| PerClause::filled(Vec::new(), clauses.len()));
        for gap in gaps {
            for (side, clauses) in gap.as_ref().each() {
                for &at in clauses {
                    let tokens = tokens[side][at].as_deref().unwrap_or_default();
                    bags[side][at] = bag(&work.clauses[side][at].text, tokens, &mut interner);
                }
            }
        }
        let mut frequency = vec![0u32; interner.len()];
        let asked = bags.iter().flatten().filter(|bag| !bag.is_empty()).count();
        bags.iter().flatten().flatten().for_each(|feature| frequency[*feature as usize] += 1);
        let asked = u32::try_from(asked).unwrap_or(u32::MAX).max(2);
        let weights = frequency.iter().map(|&frequency| super::similarity::rarity(frequency, asked)).collect();
        Self { work, bags, weights }
    }

    /// How alike two clauses are, in thousandths: the share of the weight of both that they have in common.
    fn similarity(&self, pair: Pair<ClauseIndex>) -> u32 {
        let bags = self.bags.as_ref().zip(pair).map(|(bags, at)| &bags[at]);
        let shared = bags.before.iter().filter(|feature| bags.after.binary_search(feature).is_ok());
        let whole: u64 = bags.iter().map(|bag| self.weigh(bag.iter())).sum();
        u32::try_from((2000 * self.weigh(shared)).checked_div(whole).unwrap_or(0)).unwrap_or(1000)
    }

    fn weigh<'f>(&self, features: impl Iterator<Item = &'f u32>) -> u64 {
        features.map(|feature| u64::from(self.weights[*feature as usize])).sum()
    }

    /// The best alignment in order: pairs, each with its similarity.
    fn align(&self, gap: &Gap, least: u32) -> Vec<(Pair<ClauseIndex>, u32)> {
        let (rows, columns) = (gap.before.len(), gap.after.len());
        let mut similar = BTreeMap::new();
        let mut best = vec![vec![0u32; columns + 1]; rows + 1];
        for row in (0..rows).rev() {
            for column in (0..columns).rev() {
                let pair = Pair::new(gap.before[row], gap.after[column]);
                let home = self.work.same_group(pair) && self.work.same_component(pair);
                let similarity = if home { self.similarity(pair) } else { 0 };
                let least = least.max(self.work.floor(pair));
                let skip = best[row + 1][column].max(best[row][column + 1]);
                best[row][column] = skip;
                if similarity >= least {
                    best[row][column] = skip.max(best[row + 1][column + 1] + similarity - least + 1);
                    similar.insert((row, column), similarity);
                }
            }
        }
        let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
        while row < rows && column < columns {
            let taken = similar
                .get(&(row, column))
                .filter(|similarity| best[row][column] == best[row + 1][column + 1] + **similarity - least + 1);
            if let Some(&similarity) = taken {
                pairs.push((Pair::new(gap.before[row], gap.after[column]), similarity));
                (row, column) = (row + 1, column + 1);
            } else if best[row][column] == best[row + 1][column] {
                row += 1;
            } else {
                column += 1;
            }
        }
        pairs
    }
}

/// Words and stems of a clause, each once, ascending; of Chinese, pairs of characters and single ones.
fn bag(text: &str, tokens: &[Token], interner: &mut Interner) -> Vec<u32> {
    let mut features = Vec::with_capacity(tokens.len() * 2);
    let mut key = String::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == TokenKind::Mark {
            continue;
        }
        let shown = &text[token.span.range()];
        key.clear();
        key.extend(shown.chars().flat_map(char::to_lowercase));
        features.push(interner.intern(&key).0);
        if token.kind == TokenKind::Han {
            if let Some(next) = tokens.get(at + 1).filter(|next| next.kind == TokenKind::Han) {
                key.push_str(&text[next.span.range()]);
                features.push(interner.intern(&key).0);
            }
        } else if let Some((end, _)) = key.char_indices().nth(STEM).filter(|_| token.kind == TokenKind::Word) {
            key.truncate(end);
            key.push('-');
            features.push(interner.intern(&key).0);
        }
    }
    features.sort_unstable();
    features.dedup();
    features
}
