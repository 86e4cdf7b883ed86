//! Words that left one edit and came back in another.
//!
//! "After the talks, the Sides shall report" became "The Sides shall report after the talks": a search that keeps the
//! order tells the one half as deleted and inserted again. A run of words that two edits share is cut out of both, so
//! that each half can be told as moved. Runs are found by three words in a row and taken by weight, the heaviest first;
//! time and space are linear in the words of the edits, for a run that many places share names only the first few.

use std::collections::HashMap;
use std::ops::Range;

use super::readable::weigh;
use super::script::{Hunk, TokenText};
use crate::text::{Pair, Side, TokenId};

/// Words in a row by which a run is found.
const SEED: usize = 3;
/// Least weight of a run: two words with content and one more.
const LEAST: usize = 9;
/// What part of the lighter of the two edits that share it a run weighs at least: a phrase that two sentences happen to
/// have in common has not moved from the one to the other.
const PART: usize = 2;
/// Weight of a run that has moved whatever stands beside it.
const PASSAGE: usize = 40;
/// Places of the same three words that are looked at.
const PLACES: usize = 8;

/// Weight of a run beyond which it does not count.
const HEAVIEST: usize = 400;
/// How often each word of the edits may be read again.
const WORK: usize = 16;
/// Runs of one clause that are cut out at most.
const MOST: usize = 64;

/// A run of the same words before and after.
struct SharedRun {
    weight: usize,
    /// Where it begins on each side.
    starts: Pair<usize>,
    length: usize,
}

impl SharedRun {
    /// Its tokens on a side.
    fn tokens(&self, side: Side) -> Range<usize> {
        self.starts[side]..self.starts[side] + self.length
    }

    /// Whether it shares tokens with another one, on either side.
    fn overlaps(&self, other: &Self) -> bool {
        Side::ALL.into_iter().any(|side| {
            let (own, other) = (self.tokens(side), other.tokens(side));
            own.start < other.end && other.start < own.end
        })
    }
}

/// Cuts runs that moved out of the hunks; the pieces touch each other. Returns the comparisons that a bound left out.
pub(super) fn cut(sides: Pair<TokenText<'_>>, hunks: &mut Vec<Hunk>) -> u64 {
    let (runs, skipped) = shared_runs(sides, hunks);
    if runs.is_empty() {
        return skipped;
    }
    let mut pieces = Vec::with_capacity(hunks.len() + 2 * runs.len());
    for hunk in hunks.drain(..) {
        let parts = Pair::from_fn(|side| {
            let all = runs.iter().map(|run| run.tokens(side));
            let own = all.filter(|run| hunk[side].start <= run.start && run.end <= hunk[side].end);
            split(&hunk[side], own.collect())
        });
        interleave(&hunk, &parts, &mut pieces);
    }
    *hunks = pieces;
    skipped
}

/// A piece of one side of a hunk.
struct HunkPiece {
    tokens: Range<usize>,
    /// Whether its words moved.
    moved: bool,
}

/// The range with the given parts as pieces of their own.
fn split(range: &Range<usize>, mut parts: Vec<Range<usize>>) -> Vec<HunkPiece> {
    parts.sort_by_key(|part| part.start);
    let mut pieces = Vec::new();
    let mut at = range.start;
    for part in parts {
        if at < part.start {
            pieces.push(HunkPiece { tokens: at..part.start, moved: false });
        }
        at = part.end;
        pieces.push(HunkPiece { tokens: part, moved: true });
    }
    if at < range.end {
        pieces.push(HunkPiece { tokens: at..range.end, moved: false });
    }
    pieces
}

/// Which of some pieces is the longest that did not move; of equal ones the first.
fn longest(pieces: &[HunkPiece]) -> Option<usize> {
    let stays = pieces.iter().enumerate().filter(|(_, piece)| !piece.moved);
    stays.max_by_key(|(at, piece)| (piece.tokens.len(), std::cmp::Reverse(*at))).map(|(at, _)| at)
}

/// Sets the pieces of both sides one behind the other: the longest that did not move replace each other, the others are
/// deleted or inserted alone.
fn interleave(hunk: &Hunk, pieces: &Pair<Vec<HunkPiece>>, out: &mut Vec<Hunk>) {
    let main = pieces.as_ref().map(|pieces| longest(pieces)).both();
    let ends = main.unwrap_or(pieces.as_ref().map(Vec::len));
    let mut row = Row { place: hunk.as_ref().map(|range| range.start), out };
    for side in Side::ALL {
        pieces[side][..ends[side]].iter().for_each(|piece| row.lone(side, piece));
    }
    if let Some(main) = main {
        row.push(Pair::from_fn(|side| pieces[side][main[side]].tokens.clone()));
        for side in Side::ALL {
            pieces[side][main[side] + 1..].iter().for_each(|piece| row.lone(side, piece));
        }
    }
}

/// Hunks one behind the other, and how far they have come on each side.
struct Row<'o> {
    place: Pair<usize>,
    out: &'o mut Vec<Hunk>,
}

impl Row<'_> {
    /// Adds a piece that stands on one side only.
    fn lone(&mut self, side: Side, piece: &HunkPiece) {
        let mut hunk = self.place.map(|at| at..at);
        hunk[side] = piece.tokens.clone();
        self.push(hunk);
    }

    fn push(&mut self, hunk: Hunk) {
        self.place = hunk.as_ref().map(|range| range.end);
        self.out.push(hunk);
    }
}

/// The words by which a run is found, from a token on.
fn seed(side: TokenText<'_>, at: usize) -> [TokenId; SEED] {
    std::array::from_fn(|step| side.tokens[at + step].id)
}

/// The tokens of a range with which a seed may begin.
fn seed_starts(range: &Range<usize>) -> Range<usize> {
    range.start..range.end.saturating_sub(SEED - 1).max(range.start)
}

/// Where each seed of the side before stands, the first few places: the number of the hunk and the token.
fn seed_places(before: TokenText<'_>, hunks: &[Hunk]) -> HashMap<[TokenId; SEED], Vec<(usize, usize)>> {
    let mut places: HashMap<[TokenId; SEED], Vec<(usize, usize)>> = HashMap::new();
    for (number, hunk) in hunks.iter().enumerate() {
        for at in seed_starts(&hunk.before) {
            let known = places.entry(seed(before, at)).or_default();
            if known.len() < PLACES {
                known.push((number, at));
            }
        }
    }
    places
}

/// The runs that two hunks share, none over another, the heaviest first, and how many comparisons a bound left out.
fn shared_runs(sides: Pair<TokenText<'_>>, hunks: &[Hunk]) -> (Vec<SharedRun>, u64) {
    if hunks.len() < 2 {
        return (Vec::new(), 0);
    }
    let Pair { before, after } = sides;
    let is_same = |old: usize, new: usize| before.tokens[old].id == after.tokens[new].id;
    let places = seed_places(before, hunks);
    let (mut found, mut skipped) = (Vec::new(), 0);
    let mut work: usize = hunks.iter().flat_map(|hunk| hunk.iter().map(Range::len)).sum::<usize>() * WORK;
    for (number, hunk) in hunks.iter().enumerate() {
        for at in seed_starts(&hunk.after) {
            let shared = places.get(&seed(after, at)).into_iter().flatten().filter(|(other, _)| *other != number);
            for &(other, from) in shared {
                if work == 0 {
                    skipped += 1;
                    continue;
                }
                let room = &hunks[other].before;
                // A run is told once, where it begins.
                if from > room.start && at > hunk.after.start && is_same(from - 1, at - 1) {
                    continue;
                }
                let most = (room.end - from).min(hunk.after.end - at);
                let length = (0..most).take_while(|step| is_same(from + step, at + step)).count();
                // Texts that say one word over and over would be read over and over.
                work = work.saturating_sub(length);
                if work == 0 {
                    skipped += 1;
                    continue;
                }
                let weight = weigh(before, from..from + length, HEAVIEST);
                let edits = || {
                    let left = weigh(before, room.clone(), HEAVIEST);
                    left.min(weigh(after, hunk.after.clone(), HEAVIEST))
                };
                if weight >= LEAST && (weight >= PASSAGE || PART * weight >= edits()) {
                    found.push(SharedRun { weight, starts: Pair::new(from, at), length });
                }
            }
        }
    }
    found.sort_by_key(|run| (std::cmp::Reverse((run.weight, run.length)), run.starts.before, run.starts.after));
    let mut taken: Vec<SharedRun> = Vec::new();
    for run in found {
        if taken.len() >= MOST {
            skipped += 1;
        } else if !taken.iter().any(|other| run.overlaps(other)) {
            taken.push(run);
        }
    }
    (taken, skipped)
}
