//! Edits that are judged together, because a phrase stands in more than one of them.
//!
//! "Strongly condemns" and "condemns in the strongest terms" differ in two places and in one phrase; "ne … que" goes away
//! in two. What such edits do is found once, over all of them, and told of each that the phrases touch.

use std::ops::Range;

use super::context::Context;
use super::sense::{self, Senses};
use super::window::{self, Neighbourhood};
use crate::diff::Hunk;
use crate::language::{Sense, Table};
use crate::text::Side;

/// Hunks of one clause that are judged together, by number, and what they say otherwise.
pub(super) struct Group {
    pub(super) hunks: Range<usize>,
    pub(super) senses: Senses,
}

/// The groups of the hunks of a clause, in order: every hunk stands in one.
pub(super) fn groups(context: &Context<'_>, near: &[Neighbourhood<'_>], hunks: &[Hunk]) -> Vec<Group> {
    let mut all = Vec::new();
    for own in near {
        for range in joined(own, hunks) {
            let stretch = hunks[range.start].as_ref().zip(hunks[range.end - 1].as_ref());
            let stretch = stretch.map(|(first, last)| first.start..last.end);
            let window = window::open(context, &own.words, &stretch, room(context, hunks, &range));
            all.push(Group { senses: Senses::of(&window, size(&hunks[range.clone()])), hunks: range });
        }
    }
    all
}

/// The common tokens before the first of some hunks and behind the last, up to the hunks beside them.
pub(super) fn room(context: &Context<'_>, hunks: &[Hunk], own: &Range<usize>) -> (usize, usize) {
    let start = own.start.checked_sub(1).map_or(0, |last| hunks[last].before.end);
    let end = hunks.get(own.end).map_or(context.passages.before.tokens.len(), |next| next.before.start);
    (hunks[own.start].before.start - start, end - hunks[own.end - 1].before.end)
}

/// Tokens of the longer side of the largest of some hunks.
pub(super) fn size(hunks: &[Hunk]) -> usize {
    hunks.iter().map(|hunk| hunk.before.len().max(hunk.after.len())).max().unwrap_or(0)
}

/// The hunks of a neighbourhood, those together that a phrase of one side, or two that meet across the sides, stand in.
fn joined(near: &Neighbourhood<'_>, hunks: &[Hunk]) -> Vec<Range<usize>> {
    let own = &hunks[near.hunks.clone()];
    let line = Line::of(own);
    let mut joins = vec![false; own.len()];
    for table in sense::TABLES.into_iter().chain([Table::Equals]).filter(|_| own.len() > 1) {
        for reach in line.met(near, table) {
            joins[reach.start..reach.end - 1].fill(true);
        }
    }
    let mut start = near.hunks.start;
    let ends = near.hunks.clone().zip(joins).filter(|(_, joins)| !joins).map(|(at, _)| at + 1);
    ends.map(|end| std::mem::replace(&mut start, end)..end).collect()
}

/// Places that both sides share: a hunk is one place, and so is a common token.
struct Line<'h> {
    hunks: &'h [Hunk],
    /// The place of each hunk.
    places: Vec<usize>,
}

impl<'h> Line<'h> {
    /// The line of some hunks; common tokens before the first have places before it.
    fn of(hunks: &'h [Hunk]) -> Self {
        let mut places: Vec<usize> = Vec::with_capacity(hunks.len());
        for (at, hunk) in hunks.iter().enumerate() {
            places.push(match (at.checked_sub(1), places.last()) {
                (Some(last), Some(place)) => place + 1 + hunk.before.start - hunks[last].before.end,
                _ => hunk.before.start.max(hunk.after.start),
            });
        }
        Self { hunks, places }
    }

    /// The place of a token of a side.
    fn place(&self, side: Side, token: usize) -> usize {
        let after = self.hunks.partition_point(|hunk| hunk[side].start <= token);
        match after.checked_sub(1) {
            Some(last) if self.hunks[last][side].contains(&token) => self.places[last],
            Some(last) => self.places[last] + 1 + token - self.hunks[last][side].end,
            None => self.places[0] - (self.hunks[0][side].start - token),
        }
    }

    /// The hunks that phrases of a table stand in, those together whose phrases share a place.
    fn met(&self, near: &Neighbourhood<'_>, table: Table) -> Vec<Range<usize>> {
        let mut reaches: Vec<(usize, usize)> = Vec::new();
        for side in Side::ALL {
            let words = &near.words[side];
            for found in words.find(table).iter().filter(|found| found.sense != Sense::Neutral) {
                let (first, last) = (self.place(side, found.start), self.place(side, found.end - 1));
                if !self.within(first, last).is_empty() && words.counts(table, found) {
                    reaches.push((first, last));
                }
            }
        }
        reaches.sort_unstable();
        let mut met: Vec<(usize, usize)> = Vec::new();
        for (first, last) in reaches {
            match met.last_mut() {
                Some(open) if first <= open.1 => open.1 = open.1.max(last),
                _ => met.push((first, last)),
            }
        }
        met.into_iter().map(|(first, last)| self.within(first, last)).collect()
    }

    /// The hunks whose places lie between two, both included.
    fn within(&self, first: usize, last: usize) -> Range<usize> {
        let start = self.places.partition_point(|place| *place < first);
        start..self.places.partition_point(|place| *place <= last).max(start)
    }
}
