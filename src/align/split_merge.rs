//! One clause that became several, and several that became one.
//!
//! A clause left alone joins a link next to it if the clause on the other side holds its words, and if the link is the
//! better for it. So a split shows even where its parts were reworded, and an inserted clause that merely stands beside
//! a changed one stays an insertion. Linear in the clauses: each asks its two neighbours.

use super::{Group, Link, Work, similarity::Features};

/// How much of a lone clause the other side must hold, in thousandths.
const HELD: u32 = 620;
/// Over how many lone clauses a part may stand from the rest.
const REACH: isize = 4;
/// By how much the link must become better, in thousandths.
const BETTER: u32 = 20;

/// Joins lone clauses to links where they are parts of a split or a merge.
pub(super) fn join(work: &Work<'_>, features: &Features, links: &mut Vec<Link>) {
    let mut owner_before = vec![usize::MAX; work.clauses.before.len()];
    let mut owner_after = vec![usize::MAX; work.clauses.after.len()];
    for (at, link) in links.iter().enumerate() {
        link.before.iter().for_each(|clause| owner_before[*clause] = at);
        link.after.iter().for_each(|clause| owner_after[*clause] = at);
    }
    for at in 0..links.len() {
        let (before, after) = (links[at].before.clone(), links[at].after.clone());
        match (&before[..], &after[..]) {
            ([], [alone]) => attach(*alone, at, &mut owner_after, links, features, work, false),
            ([alone], []) => attach(*alone, at, &mut owner_before, links, features, work, true),
            _ => {}
        }
    }
    links.retain(|link| !link.before.is_empty() || !link.after.is_empty());
}

/// The link of the next clause in a direction that has a partner, over a few that have none: what was inserted between
/// the parts of a split is no part of it.
fn nearest_linked(alone: usize, direction: isize, owner: &[usize], links: &[Link], groups: &[Group]) -> Option<usize> {
    for step in 1..=REACH {
        let neighbour = alone.checked_add_signed(direction * step)?;
        let at = *owner.get(neighbour)?;
        if at == usize::MAX || groups[neighbour] != groups[alone] {
            return None;
        }
        if !links[at].before.is_empty() && !links[at].after.is_empty() {
            return Some(at);
        }
    }
    None
}

/// Tries the links of the clauses next to a lone one, the nearer first.
fn attach(
    alone: usize,
    link: usize,
    owner: &mut [usize],
    links: &mut [Link],
    features: &Features,
    work: &Work<'_>,
    on_before: bool,
) {
    let groups = if on_before { &work.groups.before } else { &work.groups.after };
    let mut best: Option<(u32, usize)> = None;
    for direction in [-1, 1] {
        let Some(at) = nearest_linked(alone, direction, owner, links, groups) else { continue };
        let target = &links[at];
        let other = if on_before { &target.after } else { &target.before };
        let (Some(&first), true) = (other.first(), other.len() == 1) else { continue };
        let held = if on_before { features.contained(alone, first) } else { features.contained(first, alone) };
        let (mut before, mut after) = (target.before.clone(), target.after.clone());
        if on_before {
            before.push(alone)
        } else {
            after.push(alone)
        };
        let together = features.similarity_of_many(&before, &after);
        if held >= HELD && together >= target.similarity + BETTER && best.is_none_or(|(found, _)| together > found) {
            best = Some((together, at));
        }
    }
    let Some((similarity, at)) = best else { return };
    let target = &mut links[at];
    let side = if on_before { &mut target.before } else { &mut target.after };
    side.push(alone);
    side.sort_unstable();
    target.similarity = similarity;
    owner[alone] = at;
    let lone = &mut links[link];
    lone.before.clear();
    lone.after.clear();
}
