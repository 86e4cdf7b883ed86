//! Both sides of a comparison as one sequence of clauses.
//!
//! A document that shows changes in place has to hold the clauses of both sides: whoever leaves out those that came
//! reads the side before in its order, whoever leaves out those that went, the side after. A change stands once where
//! its clauses lie together on both sides and in the order of the other changes that stand; the clauses of any other
//! change, of a move above all, are told where they went and again where they came. The changes that stand are the
//! heaviest ascending chain, by the length of their texts; notes and mastheads, which stand where a page has room for them,
//! weigh next to nothing. Time O(n log n) for n clauses.

use super::comparison::Change;
use crate::align::{Rung, heaviest};
use crate::statement::{Clause, ClauseIndex, ClauseKind};
use crate::text::{Pair, Side};

/// A member of the sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SequenceItem {
    /// A change with its clauses of both sides, at its place on both.
    Standing {
        /// The change, by index.
        change: usize,
    },
    /// A clause of one side, at its place there: it went from there, or came there.
    Alone {
        /// The side.
        side: Side,
        /// The change, by index.
        change: usize,
        /// The clause.
        clause: ClauseIndex,
    },
}

/// Orders the clauses of both sides in one sequence; between two changes that stand, those that went come first.
#[must_use]
pub fn interleave(changes: &[Change], texts: Pair<&[Clause]>) -> Vec<SequenceItem> {
    let standing = standing(changes, texts);
    let mut stands = vec![false; changes.len()];
    standing.iter().for_each(|at| stands[*at] = true);
    // The clauses of the other changes, in the order of each side.
    let mut loose = Pair::from_fn(|side| {
        let loose = changes.iter().enumerate().filter(|(at, _)| !stands[*at]);
        let mut clauses: Vec<(ClauseIndex, usize)> =
            loose.flat_map(|(at, change)| change.clauses[side].iter().map(move |clause| (*clause, at))).collect();
        clauses.sort_unstable();
        clauses.into_iter().peekable()
    });
    let mut items = Vec::new();
    for change in standing {
        for (side, loose) in loose.as_mut().each() {
            let first = changes[change].clauses[side][0];
            while let Some((clause, change)) = loose.next_if(|(clause, _)| *clause < first) {
                items.push(SequenceItem::Alone { side, change, clause });
            }
        }
        items.push(SequenceItem::Standing { change });
    }
    for (side, loose) in loose.each() {
        items.extend(loose.map(|(clause, change)| SequenceItem::Alone { side, change, clause }));
    }
    items
}

/// The changes that stand, in their order.
fn standing(changes: &[Change], texts: Pair<&[Clause]>) -> Vec<usize> {
    let together =
        |clauses: &[ClauseIndex]| !clauses.is_empty() && clauses.windows(2).all(|pair| pair[0].next() == pair[1]);
    let fits = |change: &Change| !change.moved && change.clauses.iter().all(|clauses| together(clauses));
    let fitting = changes.iter().enumerate().filter(|(_, change)| fits(change));
    let mut rungs: Vec<(Rung, usize)> = fitting
        .map(|(number, change)| {
            let weight = change.clauses.after.iter().filter_map(|at| at.of(texts.after)).map(weight).sum();
            (Rung::new(change.clauses.as_ref().map(|clauses| clauses[0]), weight), number)
        })
        .collect();
    rungs.sort_by_key(|(rung, _)| (rung.places.before, rung.places.after));
    let (rungs, numbers): (Vec<Rung>, Vec<usize>) = rungs.into_iter().unzip();
    heaviest(&rungs, texts.after.len()).into_iter().map(|at| numbers[at]).collect()
}

fn weight(clause: &Clause) -> u64 {
    match clause.kind {
        ClauseKind::Footnote | ClauseKind::Note | ClauseKind::Masthead => 1,
        _ => 1 + clause.text.len() as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::Relation;
    use crate::ingest;

    fn indices(numbers: &[usize]) -> Vec<ClauseIndex> {
        numbers.iter().map(|at| ClauseIndex::new(*at)).collect()
    }

    fn change(before: &[usize], after: &[usize], moved: bool) -> Change {
        Change {
            relation: Relation::Modified,
            clauses: Pair::new(before, after).map(indices),
            moved,
            renumbered: false,
            similarity: 1.0,
            tier: None,
            classes: Vec::new(),
            edits: Vec::new(),
            part: crate::statement::Part::Body,
            left_out: None,
        }
    }

    /// As many clauses as are asked for on each side, all alike.
    fn interleaved(changes: &[Change], clauses: usize) -> Vec<SequenceItem> {
        let text = "We thank the host.\n\n".repeat(clauses);
        let statement = ingest::read(text.as_bytes(), ingest::Options::default()).expect("a text").statement;
        assert_eq!(statement.clauses.len(), clauses);
        interleave(changes, Pair::new(&statement.clauses, &statement.clauses))
    }

    #[test]
    fn a_move_is_told_at_both_ends() {
        let changes = [change(&[2], &[0], true), change(&[0], &[1], false), change(&[1], &[2, 3], false)];
        let expected = [
            SequenceItem::Alone { side: Side::After, change: 0, clause: ClauseIndex::new(0) },
            SequenceItem::Standing { change: 1 },
            SequenceItem::Standing { change: 2 },
            SequenceItem::Alone { side: Side::Before, change: 0, clause: ClauseIndex::new(2) },
        ];
        assert_eq!(interleaved(&changes, 4), expected);
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
        let mut orders = Pair::<Vec<ClauseIndex>>::default();
        for strand in interleaved(&changes, 6) {
            match strand {
                SequenceItem::Standing { change } => {
                    for (order, clauses) in orders.as_mut().zip(changes[change].clauses.as_ref()) {
                        order.extend(clauses);
                    }
                }
                SequenceItem::Alone { side, clause, .. } => orders[side].push(clause),
            }
        }
        assert_eq!(orders.before, indices(&[0, 1, 2, 3, 4, 5]));
        assert_eq!(orders.after, indices(&[0, 1, 2, 3, 4]));
        assert_eq!(
            interleaved(&changes, 6).iter().filter(|strand| matches!(strand, SequenceItem::Standing { .. })).count(),
            2
        );
    }
}
