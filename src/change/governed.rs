//! What governs a clause: its lead-in, its heading, its part of the document.
//!
//! "The sides shall not:" above another list changes every item of it, though not a letter of the items. So a clause that
//! moved is asked what governs it now, and a lead-in or heading that moved is asked whether it still governs the same
//! clauses. One that came or went is told itself.

use std::collections::BTreeSet;

use super::judge::Judge;
use super::rule::{self, RuleFinding};
use crate::statement::{ClauseIndex, ClauseKind, Component};
use crate::text::{Pair, Side};

impl Judge<'_> {
    /// Whether a lead-in or heading that moved left clauses behind, or stands above others now.
    fn governs_otherwise(&self, at: Pair<ClauseIndex>) -> bool {
        !Pair::from_fn(|side| self.governed(side, at[side])).is_same()
    }

    /// The links of the clauses that stand on both sides and that a clause governs on one.
    fn governed(&self, side: Side, at: ClauseIndex) -> BTreeSet<usize> {
        let below = self.sides[side].each_clause().skip(at.get() + 1);
        // A page foot may put footnotes among the clauses that are governed.
        let own = below.take_while(|(_, clause)| {
            clause.kind == ClauseKind::Footnote || clause.parent.is_some_and(|parent| parent >= at)
        });
        let own =
            own.filter(|(_, clause)| clause.parent == Some(at)).map(|(child, _)| self.references.owners[side][child]);
        own.filter(|link| !self.links[*link].is_lone()).collect()
    }

    /// The link of the lead-in that a labelled clause stands under.
    fn lead_in(&self, side: Side, at: ClauseIndex) -> Option<usize> {
        let clauses = &self.sides[side].clauses;
        let parent = clauses[at].parent.filter(|_| clauses[at].label.is_some())?;
        (clauses[parent].kind != ClauseKind::Heading).then(|| self.references.owners[side][parent])
    }

    /// The component that a clause stands in.
    fn component(&self, side: Side, at: ClauseIndex) -> Option<Component> {
        let statement = self.sides[side];
        statement.clauses[at].component.map(|component| statement.components[component])
    }

    /// What the move of a clause amounts to: a new place alone, or another clause or part above it.
    pub(super) fn moved(&self, at: Pair<ClauseIndex>) -> RuleFinding {
        let kinds = self.sides.zip(at).map(|(side, at)| side.clauses[at].kind);
        if !Pair::from_fn(|side| self.component(side, at[side])).is_same() {
            rule::MOVE_COMPONENT
        } else if leaves_preamble(kinds) || leaves_preamble(kinds.invert()) {
            rule::MOVE_PART
        } else if !Pair::from_fn(|side| self.lead_in(side, at[side])).is_same() {
            rule::MOVE_CHAPEAU
        } else if self.governs_otherwise(at) {
            rule::MOVE_GOVERNED
        } else {
            rule::MOVE
        }
        .into()
    }
}

/// Whether a clause stood in the preamble and is one that acts.
fn leaves_preamble(kinds: Pair<ClauseKind>) -> bool {
    kinds.before == ClauseKind::Preambular && matches!(kinds.after, ClauseKind::Operative | ClauseKind::Item)
}
