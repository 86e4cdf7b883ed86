//! What the passes of an alignment share: the clauses, by what they are compared, and who is whose partner so far.

use crate::execution::Execution;
use crate::statement::{Clause, ClauseIndex, ClauseKind, Component, PerClause, Statement};
use crate::text::{Pair, Side, folded_hash};

/// Parts of a document that are aligned among themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Body,
    Masthead,
    Note,
    Footnote,
    Signature,
    Dateline,
}

/// How many groups there are.
pub(super) const GROUPS: usize = Group::Dateline as usize + 1;

impl Group {
    /// That of clauses of a kind.
    pub(crate) const fn of(kind: ClauseKind) -> Self {
        match kind {
            ClauseKind::Masthead => Self::Masthead,
            ClauseKind::Note => Self::Note,
            ClauseKind::Footnote => Self::Footnote,
            ClauseKind::Signature => Self::Signature,
            ClauseKind::Dateline => Self::Dateline,
            _ => Self::Body,
        }
    }

    /// Whether a change of order among the others says anything.
    pub(super) const fn has_order(self) -> bool {
        matches!(self, Self::Body | Self::Signature)
    }
}

/// One possible link of one clause to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) clauses: Pair<ClauseIndex>,
    /// How alike the texts are, in thousandths.
    pub(super) similarity: u32,
    /// What the link is worth in a chain.
    pub(super) weight: u64,
}

impl Candidate {
    /// By what candidates are ordered as the texts are.
    pub(super) const fn order(&self) -> (ClauseIndex, ClauseIndex) {
        (self.clauses.before, self.clauses.after)
    }
}

/// What the passes share.
pub(super) struct Work<'a> {
    pub(super) clauses: Pair<&'a [Clause]>,
    pub(super) groups: Pair<PerClause<Group>>,
    pub(super) components: Pair<PerClause<Option<Component>>>,
    pub(super) keys: Pair<PerClause<u64>>,
    /// The partner of each clause.
    pub(super) partner: Pair<PerClause<Option<ClauseIndex>>>,
    pub(super) skipped: u64,
}

/// Least similarity of a heading and a clause that is none.
const UNLIKE: u32 = 500;

impl<'a> Work<'a> {
    /// Nobody has a partner yet.
    pub(super) fn new(sides: Pair<&'a Statement>, execution: Execution) -> Self {
        let clauses = sides.map(|statement| statement.clauses.as_slice());
        let groups = clauses.map(|clauses| clauses.iter().map(|clause| Group::of(clause.kind)).collect());
        let components = sides.map(|statement| {
            let component = |clause: &Clause| clause.component.map(|at| statement.components[at]);
            statement.clauses.iter().map(component).collect()
        });
        Self {
            clauses,
            groups,
            components,
            keys: keys(clauses, execution),
            partner: clauses.map(|clauses| PerClause::filled(None, clauses.len())),
            skipped: 0,
        }
    }

    /// Whether two clauses are of one group.
    pub(super) fn same_group(&self, clauses: Pair<ClauseIndex>) -> bool {
        self.groups.as_ref().zip(clauses).map(|(groups, at)| groups[at]).is_same()
    }

    /// Least similarity, in thousandths, that two clauses must have beside what their place asks: more where one of them is
    /// a heading and the other is none, for what stands below a heading uses its words.
    pub(super) fn floor(&self, clauses: Pair<ClauseIndex>) -> u32 {
        let is_heading = self.clauses.zip(clauses).map(|(clauses, at)| matches!(clauses[at].kind, ClauseKind::Heading));
        if is_heading.is_same() { 0 } else { UNLIKE }
    }

    /// Whether two clauses stand in components of one name.
    pub(super) fn same_component(&self, clauses: Pair<ClauseIndex>) -> bool {
        self.components.as_ref().zip(clauses).map(|(components, at)| components[at]).is_same()
    }

    /// The match keys of the clauses so many steps from two others; nothing beyond the ends of a text.
    pub(super) fn neighbours(&self, clauses: Pair<ClauseIndex>, step: isize) -> Pair<Option<u64>> {
        self.keys.as_ref().zip(clauses).map(|(keys, at)| keys.get(at.step(step)?).copied())
    }

    /// Makes two clauses partners.
    pub(super) fn pair(&mut self, clauses: Pair<ClauseIndex>) {
        for side in Side::ALL {
            self.partner[side][clauses[side]] = Some(clauses[side.other()]);
        }
    }

    /// Whether neither of two clauses has a partner.
    pub(super) fn is_free(&self, clauses: Pair<ClauseIndex>) -> bool {
        self.partner.as_ref().zip(clauses).iter().all(|(partner, at)| partner[*at].is_none())
    }
}

/// Clauses, both sides together, from which a second thread is worth its while: to begin one takes as long as to fold some
/// dozen clauses.
const WORTH: usize = 128;

/// A number for the match key of each clause; both sides at once.
fn keys(clauses: Pair<&[Clause]>, execution: Execution) -> Pair<PerClause<u64>> {
    let worth = clauses.iter().map(|clauses| clauses.len()).sum::<usize>() / WORTH + 1;
    let (before, after) = execution.up_to(worth).join(|| keys_of_side(clauses.before), || keys_of_side(clauses.after));
    Pair { before, after }
}

/// The match keys of the clauses of a side.
fn keys_of_side(clauses: &[Clause]) -> PerClause<u64> {
    let mut scratch = String::new();
    clauses.iter().map(|clause| folded_hash(&clause.text, &mut scratch)).collect()
}
