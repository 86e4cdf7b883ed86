//! What governs a clause: its lead-in, its heading, its part of the document.
//!
//! "The sides shall not:" above another list changes every item of it, though not a letter of the items. So a clause that
//! moved is asked what governs it now, and a lead-in or heading that moved is asked whether it still governs the same
//! clauses. One that came or went is told itself.

use std::collections::BTreeSet;

use super::classify::Judge;
use super::rule::{self, Found};
use crate::statement::{Clause, ClauseKind, Statement};

impl Judge<'_> {
    /// Whether a lead-in or heading that moved left clauses behind, or stands above others now.
    fn governs_otherwise(&self, before: usize, after: usize) -> bool {
        let governed = |statement: &Statement, owners: &[usize], at: usize| -> BTreeSet<usize> {
            let below = statement.clauses.iter().enumerate().skip(at + 1);
            let own = below.take_while(|(_, clause)| {
                clause.kind == ClauseKind::Footnote || clause.parent.is_some_and(|parent| parent >= at)
            });
            let own = own.filter(|(_, clause)| clause.parent == Some(at)).map(|(child, _)| owners[child]);
            own.filter(|link| !self.links[*link].before.is_empty() && !self.links[*link].after.is_empty()).collect()
        };
        governed(self.sides.before, &self.owners.before, before)
            != governed(self.sides.after, &self.owners.after, after)
    }

    pub(super) fn moved(&self, before: usize, after: usize) -> Found {
        let (old, new) = (&self.sides.before.clauses[before], &self.sides.after.clauses[after]);
        let part = |statement: &Statement, clause: &Clause| clause.component.map(|at| statement.components[at]);
        let component = part(self.sides.before, old) != part(self.sides.after, new);
        let acts = |kind| matches!(kind, ClauseKind::Operative | ClauseKind::Item);
        let part = (old.kind == ClauseKind::Preambular && acts(new.kind))
            || (acts(old.kind) && new.kind == ClauseKind::Preambular);
        let lead = |statement: &Statement, clause: &Clause| {
            clause
                .parent
                .filter(|parent| statement.clauses[*parent].kind != ClauseKind::Heading && clause.label.is_some())
        };
        let chapeau = match (lead(self.sides.before, old), lead(self.sides.after, new)) {
            (Some(old), Some(new)) => self.owners.before[old] != self.owners.after[new],
            (old, new) => old.is_some() != new.is_some(),
        };
        match (component, part, chapeau) {
            (true, ..) => rule::MOVE_COMPONENT,
            (_, true, _) => rule::MOVE_PART,
            (.., true) => rule::MOVE_CHAPEAU,
            _ if self.governs_otherwise(before, after) => rule::MOVE_GOVERNED,
            _ => rule::MOVE,
        }
        .into()
    }
}
