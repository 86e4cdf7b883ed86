//! Which of many tokens correspond, in bounded time.
//!
//! A search for the best script looks at every pair of places where rare words are none, and one paragraph of a megabyte
//! would take hours. So a long stretch is parted first, at runs of tokens that stand once on either side: long runs, then
//! short ones, then single tokens, the most that keep their order (Patience, Cohen; with runs in place of lines). What lies
//! between is short, and is searched by Histogram. A long stretch without any such run is not searched: it is told as
//! replaced, and counted. O(n log n) time for a number of passes that is fixed, O(n) space.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::Hunk;
use crate::text::TokenId;

/// Tokens, both sides together, up to which a stretch is searched as it is.
const CLOSE: usize = 8_192;
/// Tokens of the runs that part a long stretch, one pass each: what is common may be single between two runs.
const PASSES: [usize; 5] = [16, 4, 1, 4, 1];

/// The runs that differ, in order.
#[derive(Default)]
pub(super) struct Search {
    pub(super) hunks: Vec<Hunk>,
    /// Stretches that were not searched.
    pub(super) skipped: u64,
}

/// Compares two lists of tokens.
pub(super) fn search(a: &[TokenId], b: &[TokenId]) -> Search {
    let mut search = Search::default();
    search.part(a, b, (0..a.len(), 0..b.len()), &PASSES);
    search
}

impl Search {
    fn part(&mut self, a: &[TokenId], b: &[TokenId], stretch: (Range<usize>, Range<usize>), passes: &[usize]) {
        let (mut before, mut after) = stretch;
        let start = a[before.clone()].iter().zip(&b[after.clone()]).take_while(|(a, b)| a == b).count();
        (before.start, after.start) = (before.start + start, after.start + start);
        let ends = a[before.clone()].iter().rev().zip(b[after.clone()].iter().rev());
        let end = ends.take_while(|(a, b)| a == b).count();
        (before.end, after.end) = (before.end - end, after.end - end);
        if before.is_empty() || after.is_empty() {
            return self.push(before, after);
        }
        if before.len() + after.len() <= CLOSE {
            return self.closely(a, b, before, after);
        }
        let Some((&width, rest)) = passes.split_first() else {
            self.skipped += 1;
            return self.push(before, after);
        };
        let (mut from, mut to) = (before.start, after.start);
        for (one, other) in anchors(&a[before.clone()], &b[after.clone()], width) {
            let (one, other) = (before.start + one, after.start + other);
            // A run that lies over the one before it is matched already, or contradicts it.
            if one >= from && other >= to {
                self.part(a, b, (from..one, to..other), rest);
                (from, to) = (one + width, other + width);
            }
        }
        self.part(a, b, (from..before.end, to..after.end), rest);
    }

    fn closely(&mut self, a: &[TokenId], b: &[TokenId], before: Range<usize>, after: Range<usize>) {
        for op in capture_diff_slices(Algorithm::Histogram, &a[before.clone()], &b[after.clone()]) {
            let (tag, old, new) = op.as_tag_tuple();
            if tag != DiffTag::Equal {
                let (i, j) = (before.start, after.start);
                self.push(old.start + i..old.end + i, new.start + j..new.end + j);
            }
        }
    }

    fn push(&mut self, before: Range<usize>, after: Range<usize>) {
        if before.is_empty() && after.is_empty() {
            return;
        }
        match self.hunks.last_mut() {
            Some(last) if last.before.end == before.start && last.after.end == after.start => {
                (last.before.end, last.after.end) = (before.end, after.end);
            }
            _ => self.hunks.push(Hunk { before, after }),
        }
    }
}

/// Where runs of so many tokens stand that either side has once, the most that keep their order; ascending.
fn anchors(a: &[TokenId], b: &[TokenId], width: usize) -> Vec<(usize, usize)> {
    let (old, new) = (single(a, width), single(b, width));
    let mut pairs: Vec<(usize, usize)> = Vec::with_capacity(old.len().min(new.len()));
    let mut others = new.iter().peekable();
    for (run, at) in &old {
        while others.next_if(|(other, _)| other < run).is_some() {}
        if let Some((_, other)) = others.next_if(|(other, _)| other == run)
            && a[*at as usize..*at as usize + width] == b[*other as usize..*other as usize + width]
        {
            pairs.push((*at as usize, *other as usize));
        }
    }
    pairs.sort_unstable();
    ascending(&pairs)
}

/// The runs of a side that stand there once, by a number for their tokens, ascending.
fn single(tokens: &[TokenId], width: usize) -> Vec<(u64, u32)> {
    let number = |run: &[TokenId]| run.iter().fold(0u64, |sum, token| mixed(sum ^ u64::from(token.0).wrapping_add(1)));
    let places = tokens.windows(width).zip(0u32..);
    let mut runs: Vec<(u64, u32)> = places.map(|(run, at)| (number(run), at)).collect();
    runs.sort_unstable();
    let mut kept = 0;
    let mut at = 0;
    while at < runs.len() {
        let same = runs[at..].iter().take_while(|run| run.0 == runs[at].0).count();
        if same == 1 {
            runs[kept] = runs[at];
            kept += 1;
        }
        at += same;
    }
    runs.truncate(kept);
    runs
}

/// A number spread over all bits (the finisher of SplitMix64).
const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

/// The longest list of pairs that ascend on both sides (Fredman 1975).
fn ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut previous = vec![usize::MAX; pairs.len()];
    for (at, pair) in pairs.iter().enumerate() {
        let place = tails.partition_point(|tail| pairs[*tail].1 < pair.1);
        previous[at] = place.checked_sub(1).map_or(usize::MAX, |before| tails[before]);
        match tails.get_mut(place) {
            Some(tail) => *tail = at,
            None => tails.push(at),
        }
    }
    let mut longest = Vec::with_capacity(tails.len());
    let mut at = tails.last().copied().unwrap_or(usize::MAX);
    while let Some(pair) = pairs.get(at) {
        longest.push(*pair);
        at = previous[at];
    }
    longest.reverse();
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(numbers: impl IntoIterator<Item = u32>) -> Vec<TokenId> {
        numbers.into_iter().map(TokenId).collect()
    }

    /// Numbers without an order, of which few come again soon.
    fn random(count: usize, most: u64, seed: u64) -> Vec<TokenId> {
        tokens((0..count as u64).map(|at| (mixed(at ^ (seed << 40)) % most) as u32))
    }

    fn rebuilt(a: &[TokenId], b: &[TokenId], search: &Search) -> Vec<TokenId> {
        let (mut out, mut from) = (Vec::new(), 0);
        for hunk in &search.hunks {
            out.extend_from_slice(&a[from..hunk.before.start]);
            out.extend_from_slice(&b[hunk.after.clone()]);
            from = hunk.before.end;
        }
        out.extend_from_slice(&a[from..]);
        out
    }

    #[test]
    fn finds_few_edits_in_a_long_text() {
        let a = random(60_000, 3_000, 1);
        let mut b = a.clone();
        b.splice(100..103, tokens([5_000_001]));
        b.splice(30_000..30_000, tokens([5_000_002, 5_000_003]));
        b.truncate(59_990);
        let search = search(&a, &b);
        assert_eq!(rebuilt(&a, &b, &search), b);
        assert_eq!(search.skipped, 0);
        assert_eq!(search.hunks.len(), 3);
    }

    #[test]
    fn what_only_repeats_itself_is_not_searched() {
        let a = tokens((0..200_000).map(|at| at % 3));
        let b = tokens((0..200_000).map(|at| 2 - at % 3));
        let search = search(&a, &b);
        assert_eq!(rebuilt(&a, &b, &search), b);
        assert!(search.skipped > 0);
    }

    #[test]
    fn the_same_tokens_again_and_again_are_quick() {
        let mut a = tokens([1]);
        a.extend(tokens(std::iter::repeat_n(7, 300_000)));
        let mut b: Vec<TokenId> = a[1..].to_vec();
        b.push(TokenId(1));
        let search = search(&a, &b);
        assert_eq!(rebuilt(&a, &b, &search), b);
    }
}
