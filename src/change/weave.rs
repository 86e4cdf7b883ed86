//! Both sides of a comparison as one sequence of clauses.
//!
//! A document that shows changes in place has to hold the clauses of both sides: whoever leaves out those that came
//! reads the side before in its order, whoever leaves out those that went, the side after. A change stands once where
//! its clauses lie together on both sides and in the order of the other changes that stand; the clauses of any other
//! change, of a move above all, are told where they went and again where they came. Changes that stand are a longest
//! ascending chain, found by patience sorting (Fredman 1975); time O(n log n) for n clauses.

use super::Change;

/// A member of the sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strand {
    /// A change with its clauses of both sides, at its place on both.
    Standing {
        /// The change, by index.
        change: usize,
    },
    /// A clause of the side before, at its place there.
    Gone {
        /// The change, by index.
        change: usize,
        /// The clause, by index.
        clause: usize,
    },
    /// A clause of the side after, at its place there.
    Come {
        /// The change, by index.
        change: usize,
        /// The clause, by index.
        clause: usize,
    },
}

/// Orders the clauses of both sides in one sequence; between two changes that stand, those that went come first.
#[must_use]
pub fn weave(changes: &[Change]) -> Vec<Strand> {
    let standing = standing(changes);
    let mut stands = vec![false; changes.len()];
    standing.iter().for_each(|at| stands[*at] = true);
    let clauses = |side: fn(&Change) -> &[usize]| {
        let loose = changes.iter().enumerate().filter(|(at, _)| !stands[*at]);
        let mut clauses: Vec<(usize, usize)> =
            loose.flat_map(|(at, change)| side(change).iter().map(move |clause| (*clause, at))).collect();
        clauses.sort_unstable();
        clauses.into_iter().peekable()
    };
    let (mut gone, mut come) = (clauses(|change| &change.before), clauses(|change| &change.after));
    let mut strands = Vec::new();
    for change in standing {
        let (before, after) = (changes[change].before[0], changes[change].after[0]);
        strands.extend(std::iter::from_fn(|| gone.next_if(|(clause, _)| *clause < before)).map(went));
        strands.extend(std::iter::from_fn(|| come.next_if(|(clause, _)| *clause < after)).map(came));
        strands.push(Strand::Standing { change });
    }
    strands.extend(gone.map(went));
    strands.extend(come.map(came));
    strands
}

const fn went((clause, change): (usize, usize)) -> Strand {
    Strand::Gone { change, clause }
}

const fn came((clause, change): (usize, usize)) -> Strand {
    Strand::Come { change, clause }
}

/// The changes that stand, in their order: the longest chain that ascends on both sides.
fn standing(changes: &[Change]) -> Vec<usize> {
    let together = |clauses: &[usize]| !clauses.is_empty() && clauses.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    let mut candidates: Vec<usize> = (0..changes.len())
        .filter(|at| !changes[*at].moved && together(&changes[*at].before) && together(&changes[*at].after))
        .collect();
    candidates.sort_by_key(|at| changes[*at].after[0]);
    // The candidate on top of each pile, and the one below each candidate when it was laid down.
    let mut tops: Vec<usize> = Vec::new();
    let mut below = vec![None; changes.len()];
    for &at in &candidates {
        let pile = tops.partition_point(|top| changes[*top].before[0] < changes[at].before[0]);
        below[at] = pile.checked_sub(1).map(|pile| tops[pile]);
        match tops.get_mut(pile) {
            Some(top) => *top = at,
            None => tops.push(at),
        }
    }
    let mut chain: Vec<usize> = std::iter::successors(tops.last().copied(), |at| below[*at]).collect();
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::Relation;

    fn change(before: &[usize], after: &[usize], moved: bool) -> Change {
        Change {
            relation: Relation::Modified,
            before: before.to_vec(),
            after: after.to_vec(),
            moved,
            renumbered: false,
            similarity: 1.0,
            tier: None,
            classes: Vec::new(),
            edits: Vec::new(),
        }
    }

    #[test]
    fn a_move_is_told_at_both_ends() {
        let changes = [change(&[2], &[0], true), change(&[0], &[1], false), change(&[1], &[2, 3], false)];
        let expected = [
            Strand::Come { change: 0, clause: 0 },
            Strand::Standing { change: 1 },
            Strand::Standing { change: 2 },
            Strand::Gone { change: 0, clause: 2 },
        ];
        assert_eq!(weave(&changes), expected);
    }

    #[test]
    fn each_side_keeps_its_order_whatever_the_changes_are() {
        // Crossed, parted and out of order although nothing is marked as moved.
        let changes = [
            change(&[4], &[0], false),
            change(&[0, 2], &[1], false),
            change(&[1], &[], false),
            change(&[3], &[2], false),
            change(&[5], &[3], false),
            change(&[], &[4], false),
        ];
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for strand in weave(&changes) {
            match strand {
                Strand::Standing { change } => {
                    before.extend(&changes[change].before);
                    after.extend(&changes[change].after);
                }
                Strand::Gone { clause, .. } => before.push(clause),
                Strand::Come { clause, .. } => after.push(clause),
            }
        }
        assert_eq!(before, [0, 1, 2, 3, 4, 5]);
        assert_eq!(after, [0, 1, 2, 3, 4]);
        assert_eq!(weave(&changes).iter().filter(|strand| matches!(strand, Strand::Standing { .. })).count(), 2);
    }
}
