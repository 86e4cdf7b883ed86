//! Which of many tokens correspond, in bounded time.
//!
//! A search for the best script looks at every pair of places where rare words are none, and one paragraph of a megabyte
//! would take hours. So a long stretch is parted first, at runs of tokens that stand once on either side: long runs, then
//! short ones, then single tokens, the most that keep their order (Patience, Cohen; with runs in place of lines). What lies
//! between is short, and is searched by Histogram. A long stretch without any such run is not searched: it is told as
//! replaced, and counted. O(n log n) time for a number of passes that is fixed, O(n) space.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::script::{EditScript, Hunk};
use crate::text::{Pair, TokenId};

/// Tokens, both sides together, up to which a stretch is searched as it is.
const CLOSE: usize = 8_192;
/// Tokens of the runs that part a long stretch, one pass each: what is common may be single between two runs.
const PASSES: [usize; 5] = [16, 4, 1, 4, 1];

/// Compares two lists of tokens.
pub(super) fn search(tokens: Pair<&[TokenId]>) -> EditScript {
    let mut search = Search { tokens, script: EditScript::default() };
    search.part(tokens.map(|tokens| 0..tokens.len()), &PASSES);
    search.script
}

/// A search, as far as it has come.
struct Search<'t> {
    tokens: Pair<&'t [TokenId]>,
    script: EditScript,
}

impl<'t> Search<'t> {
    /// The tokens of a stretch.
    fn within(&self, stretch: &Hunk) -> Pair<&'t [TokenId]> {
        self.tokens.zip(stretch.as_ref()).map(|(tokens, range)| &tokens[range.clone()])
    }

    /// Searches a stretch, parted by runs as long as the passes say, one pass after the other.
    fn part(&mut self, mut stretch: Hunk, passes: &[usize]) {
        let within = self.within(&stretch);
        let head = common_length(within.map(<[TokenId]>::iter));
        stretch.iter_mut().for_each(|range| range.start += head);
        // What the head has taken must not be taken again from behind.
        let tail = common_length(self.within(&stretch).map(|tokens| tokens.iter().rev()));
        stretch.iter_mut().for_each(|range| range.end -= tail);
        if stretch.iter().any(Range::is_empty) {
            return self.push(stretch);
        }
        if stretch.iter().map(Range::len).sum::<usize>() <= CLOSE {
            return self.closely(&stretch);
        }
        let Some((&width, rest)) = passes.split_first() else {
            self.script.skipped += 1;
            return self.push(stretch);
        };
        let starts = stretch.as_ref().map(|range| range.start);
        let mut from = starts;
        for anchor in anchors(self.within(&stretch), width) {
            let anchor = Pair::new(starts.before + anchor.0, starts.after + anchor.1);
            // A run that lies over the one before it is matched already, or contradicts it.
            if anchor.before >= from.before && anchor.after >= from.after {
                self.part(from.zip(anchor).map(|(from, to)| from..to), rest);
                from = anchor.map(|start| start + width);
            }
        }
        self.part(from.zip(stretch).map(|(from, range)| from..range.end), rest);
    }

    /// Searches a short stretch for the best script.
    fn closely(&mut self, stretch: &Hunk) {
        let within = self.within(stretch);
        for op in capture_diff_slices(Algorithm::Histogram, within.before, within.after) {
            let (tag, old, new) = op.as_tag_tuple();
            if tag != DiffTag::Equal {
                let found = Pair::new(old, new).zip(stretch.as_ref());
                self.push(found.map(|(found, range)| found.start + range.start..found.end + range.start));
            }
        }
    }

    /// Tells a stretch as replaced; one that touches the last makes one with it.
    fn push(&mut self, stretch: Hunk) {
        if stretch.iter().all(Range::is_empty) {
            return;
        }
        match self.script.hunks.last_mut() {
            Some(last) if last.before.end == stretch.before.start && last.after.end == stretch.after.start => {
                (last.before.end, last.after.end) = (stretch.before.end, stretch.after.end);
            }
            _ => self.script.hunks.push(stretch),
        }
    }
}

/// How many tokens two runs have in common from their beginning.
fn common_length<'t>(runs: Pair<impl Iterator<Item = &'t TokenId>>) -> usize {
    runs.before.zip(runs.after).take_while(|(one, other)| one == other).count()
}

/// Where runs of so many tokens stand that either side has once, the most that keep their order; ascending.
fn anchors(tokens: Pair<&[TokenId]>, width: usize) -> Vec<(usize, usize)> {
    let runs = tokens.map(|tokens| single(tokens, width));
    let mut pairs: Vec<(usize, usize)> = Vec::with_capacity(runs.before.len().min(runs.after.len()));
    let mut others = runs.after.iter().peekable();
    for (run, at) in &runs.before {
        while others.next_if(|(other, _)| other < run).is_some() {}
        let Some((_, other)) = others.next_if(|(other, _)| other == run) else { continue };
        let (at, other) = (*at as usize, *other as usize);
        // Runs of one number may be of other tokens, seldom as that is.
        if tokens.before[at..at + width] == tokens.after[other..other + width] {
            pairs.push((at, other));
        }
    }
    pairs.sort_unstable();
    ascending(&pairs)
}

/// The runs of a side that stand there once, by a number for their tokens, ascending.
fn single(tokens: &[TokenId], width: usize) -> Vec<(u64, u32)> {
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

/// A number for the tokens of a run.
fn number(run: &[TokenId]) -> u64 {
    run.iter().fold(0u64, |sum, token| mixed(sum ^ u64::from(token.0).wrapping_add(1)))
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

    fn rebuilt(a: &[TokenId], b: &[TokenId], script: &EditScript) -> Vec<TokenId> {
        let (mut out, mut from) = (Vec::new(), 0);
        for hunk in &script.hunks {
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
        let script = search(Pair::new(&a, &b));
        assert_eq!(rebuilt(&a, &b, &script), b);
        assert_eq!(script.skipped, 0);
        assert_eq!(script.hunks.len(), 3);
    }

    #[test]
    fn what_only_repeats_itself_is_not_searched() {
        let a = tokens((0..200_000).map(|at| at % 3));
        let b = tokens((0..200_000).map(|at| 2 - at % 3));
        let script = search(Pair::new(&a, &b));
        assert_eq!(rebuilt(&a, &b, &script), b);
        assert!(script.skipped > 0);
    }

    #[test]
    fn the_same_tokens_again_and_again_are_quick() {
        let mut a = tokens([1]);
        a.extend(tokens(std::iter::repeat_n(7, 300_000)));
        let mut b: Vec<TokenId> = a[1..].to_vec();
        b.push(TokenId(1));
        let script = search(Pair::new(&a, &b));
        assert_eq!(rebuilt(&a, &b, &script), b);
    }
}
