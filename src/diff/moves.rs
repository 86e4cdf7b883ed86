//! Words that left one edit and came back in another.
//!
//! "After the talks, the Sides shall report" became "The Sides shall report after the talks": a search that keeps the
//! order tells the one half as deleted and inserted again. A run of words that two edits share is cut out of both, so
//! that each half can be told as moved. Runs are found by three words in a row and taken by weight, the heaviest first;
//! time and space are linear in the words of the edits, for a run that many places share names only the first few.

use std::collections::HashMap;
use std::ops::Range;

use super::readable::weigh;
use super::{Hunk, Side};
use crate::text::TokenId;

/// Words in a row by which a run is found.
const SEED: usize = 3;
/// Least weight of a run: two words with content and one more.
const LEAST: usize = 9;
/// Places of the same three words that are looked at.
const PLACES: usize = 8;

/// Weight of a run beyond which it does not count.
const HEAVIEST: usize = 400;
/// How often each word of the edits may be read again.
const WORK: usize = 16;
/// Runs of one clause that are cut out at most.
const MOST: usize = 64;

/// A run of the same words before and after.
struct Run {
    weight: usize,
    before: usize,
    after: usize,
    length: usize,
}

/// Cuts runs that moved out of the hunks; the pieces touch each other. Returns the comparisons that a bound left out.
pub(super) fn cut(before: Side<'_>, after: Side<'_>, hunks: &mut Vec<Hunk>) -> u64 {
    let (runs, skipped) = runs(before, after, hunks);
    if runs.is_empty() {
        return skipped;
    }
    let mut pieces = Vec::with_capacity(hunks.len() + 2 * runs.len());
    for hunk in hunks.drain(..) {
        let inside = |range: &Range<usize>, places: Vec<Range<usize>>| {
            let own = places.into_iter().filter(|place| range.start <= place.start && place.end <= range.end);
            split(range, own.collect())
        };
        let old = inside(&hunk.before, runs.iter().map(|run| run.before..run.before + run.length).collect());
        let new = inside(&hunk.after, runs.iter().map(|run| run.after..run.after + run.length).collect());
        interleave(&hunk, &old, &new, &mut pieces);
    }
    *hunks = pieces;
    skipped
}

/// A piece of one side of a hunk, and whether it moved.
type Piece = (Range<usize>, bool);

/// The range with the given parts as pieces of their own.
fn split(range: &Range<usize>, mut parts: Vec<Range<usize>>) -> Vec<Piece> {
    parts.sort_by_key(|part| part.start);
    let mut pieces = Vec::new();
    let mut at = range.start;
    for part in parts {
        if at < part.start {
            pieces.push((at..part.start, false));
        }
        at = part.end;
        pieces.push((part, true));
    }
    if at < range.end {
        pieces.push((at..range.end, false));
    }
    pieces
}

/// Sets the pieces of both sides one behind the other: the longest that did not move replace each other, the others are
/// deleted or inserted alone.
fn interleave(hunk: &Hunk, old: &[Piece], new: &[Piece], out: &mut Vec<Hunk>) {
    let longest = |pieces: &[Piece]| {
        let stays = pieces.iter().enumerate().filter(|(_, (_, moved))| !moved);
        stays.max_by_key(|(at, (range, _))| (range.len(), std::cmp::Reverse(*at))).map(|(at, _)| at)
    };
    let (main_old, main_new) = match (longest(old), longest(new)) {
        (Some(a), Some(b)) => (a, b),
        _ => (old.len(), new.len()),
    };
    let mut place = (hunk.before.start, hunk.after.start);
    let mut push = |before: Option<&Piece>, after: Option<&Piece>| {
        let a = before.map_or(place.0..place.0, |(range, _)| range.clone());
        let b = after.map_or(place.1..place.1, |(range, _)| range.clone());
        place = (a.end, b.end);
        out.push(Hunk { before: a, after: b });
    };
    old[..main_old].iter().for_each(|piece| push(Some(piece), None));
    new[..main_new].iter().for_each(|piece| push(None, Some(piece)));
    if main_old < old.len() && main_new < new.len() {
        push(old.get(main_old), new.get(main_new));
        old[main_old + 1..].iter().for_each(|piece| push(Some(piece), None));
        new[main_new + 1..].iter().for_each(|piece| push(None, Some(piece)));
    }
}

/// The runs that two hunks share, none over another, the heaviest first, and how many comparisons a bound left out.
fn runs(before: Side<'_>, after: Side<'_>, hunks: &[Hunk]) -> (Vec<Run>, u64) {
    if hunks.len() < 2 {
        return (Vec::new(), 0);
    }
    let id = |side: Side<'_>, at: usize| side.tokens[at].id;
    let seed = |side: Side<'_>, at: usize| -> [TokenId; SEED] { std::array::from_fn(|step| id(side, at + step)) };
    let starts = |range: &Range<usize>| range.start..range.end.saturating_sub(SEED - 1).max(range.start);
    let mut places: HashMap<[TokenId; SEED], Vec<(usize, usize)>> = HashMap::new();
    for (number, hunk) in hunks.iter().enumerate() {
        for at in starts(&hunk.before) {
            let known = places.entry(seed(before, at)).or_default();
            if known.len() < PLACES {
                known.push((number, at));
            }
        }
    }
    let (mut found, mut skipped) = (Vec::new(), 0);
    let mut work: usize = hunks.iter().map(|hunk| hunk.before.len() + hunk.after.len()).sum::<usize>() * WORK;
    for (number, hunk) in hunks.iter().enumerate() {
        for at in starts(&hunk.after) {
            let shared = places.get(&seed(after, at)).into_iter().flatten().filter(|(other, _)| *other != number);
            for &(other, from) in shared {
                if work == 0 {
                    skipped += 1;
                    continue;
                }
                let room = &hunks[other].before;
                // A run is told once, where it begins.
                if from > room.start && at > hunk.after.start && id(before, from - 1) == id(after, at - 1) {
                    continue;
                }
                let most = (room.end - from).min(hunk.after.end - at);
                let length = (0..most).take_while(|step| id(before, from + step) == id(after, at + step)).count();
                // Texts that say one word over and over would be read over and over.
                work = work.saturating_sub(length);
                if work == 0 {
                    skipped += 1;
                    continue;
                }
                let weight = weigh(before, from..from + length, HEAVIEST);
                if weight >= LEAST {
                    found.push(Run { weight, before: from, after: at, length });
                }
            }
        }
    }
    found.sort_by_key(|run| (std::cmp::Reverse((run.weight, run.length)), run.before, run.after));
    let mut taken: Vec<Run> = Vec::new();
    for run in found {
        if taken.len() >= MOST {
            skipped += 1;
            continue;
        }
        let apart = |a: usize, b: usize, length: usize| a + run.length <= b || b + length <= a;
        if taken
            .iter()
            .all(|other| apart(run.before, other.before, other.length) && apart(run.after, other.after, other.length))
        {
            taken.push(run);
        }
    }
    (taken, skipped)
}
