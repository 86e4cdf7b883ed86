//! Counts of a comparison, the same for every format.

use super::telling::counted;
use crate::change::{Class, Comparison, Relation, Tier, Verdict};
use crate::statement::Part;

/// How many changes there are of which kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Summary {
    /// Changes of each relation, all relations, in their order.
    pub relations: [(Relation, usize); 7],
    /// Changes that moved.
    pub moved: usize,
    /// Changes that were renumbered.
    pub renumbered: usize,
    /// Changes of each tier that occurs, the gravest first.
    pub tiers: Vec<(Tier, usize)>,
    /// Changes of each class that occurs, the gravest first.
    pub classes: Vec<(Class, usize)>,
    /// Body and frame, told apart.
    pub parts: [PartSummary; 2],
}

/// What the changes of the body, or of the frame, amount to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartSummary {
    /// The body or the frame.
    pub part: Part,
    /// Its verdict.
    pub verdict: Verdict,
    /// Its changes of each tier that occurs, the gravest first.
    pub tiers: Vec<(Tier, usize)>,
}

impl Summary {
    /// Counts the changes of a comparison.
    #[must_use]
    pub(super) fn of(comparison: &Comparison) -> Self {
        let count = |fits: &dyn Fn(&crate::change::Change) -> bool| {
            comparison.changes.iter().filter(|change| fits(change)).count()
        };
        let tiers = Tier::ALL.into_iter().rev().map(|tier| (tier, count(&|change| change.tier == Some(tier))));
        let classes =
            Class::ALL.into_iter().rev().map(|class| (class, count(&|change| change.classes.contains(&class))));
        let tiers_of = |part: Part| {
            let counts = Tier::ALL.into_iter().rev().map(|tier| {
                (tier, count(&|change: &crate::change::Change| change.part == part && change.tier == Some(tier)))
            });
            counts.filter(|(_, count)| *count > 0).collect()
        };
        Self {
            parts: Part::ALL.map(|part| PartSummary {
                part,
                verdict: comparison.verdict_of(part),
                tiers: tiers_of(part),
            }),
            relations: Relation::ALL.map(|relation| (relation, count(&|change| change.relation == relation))),
            moved: count(&|change| change.moved),
            renumbered: count(&|change| change.renumbered),
            tiers: tiers.filter(|(_, count)| *count > 0).collect(),
            classes: classes.filter(|(_, count)| *count > 0).collect(),
        }
    }

    /// `body identical, frame editorial`; `None` where both are alike.
    pub(super) fn parts_in_words(&self) -> Option<String> {
        let [body, frame] = &self.parts;
        let told = |own: &PartSummary| format!("{} {}", own.part.name(), own.verdict.name());
        (body.verdict != frame.verdict).then(|| format!("{}, {}", told(body), told(frame)))
    }

    /// `3 modified, 1 inserted, 1 moved`.
    pub(super) fn relations_in_words(&self) -> String {
        let also = [("moved", self.moved), ("renumbered", self.renumbered)];
        counted(self.relations.iter().map(|(relation, count)| (relation.name(), *count)).chain(also))
    }
}
