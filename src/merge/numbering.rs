//! Labels: merged apart from texts, and counted on where both sides count.
//!
//! Where one side inserted paragraph 4 and the other paragraph 7, both made 9 to 10, and the merged text needs 11. So a
//! label that follows the one before it in each side that has it follows the one before it in the result; any other
//! label is the one that a side changed, and a conflict where both did. Linear in the clauses.

use std::collections::BTreeMap;

use super::plan::{Plan, PlanItem};
use super::segmented::SegmentedSource;
use super::units::{Unit, Units};
use crate::language::Language;
use crate::statement::number::{self, Label, Reading};
use crate::statement::{Clause, ClauseIndex, PerClause};

/// Characters of a text behind its label that may decide how the label is read.
const HEAD: usize = 40;

/// The style of a count: form and counter, and how many parts a dotted number has.
type Style = ((u16, u16), u8);

/// What each clause of a text is labelled in the result, where it is labelled otherwise than in its own text.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pub(super) ours: BTreeMap<ClauseIndex, Option<String>>,
    pub(super) theirs: BTreeMap<ClauseIndex, Option<String>>,
    /// Clauses of ours that each side numbered otherwise and no count decides.
    pub(super) contested: Vec<ClauseIndex>,
    /// How many clauses have a label that neither side gave them.
    pub(super) counted: usize,
}

/// The last count of each style.
#[derive(Default)]
struct Counts(BTreeMap<Style, u32>);

impl Counts {
    /// Counts a label; its style, where it follows the last one of that.
    fn step(&mut self, label: &Label) -> Option<Style> {
        let plain = |reading: &&Reading| reading.suffix == 0;
        let follows = |reading: &&Reading| self.0.get(&style(reading)) == Some(&reading.value.wrapping_sub(1));
        if let Some(reading) = label.readings.iter().filter(plain).find(follows) {
            self.0.insert(style(reading), reading.value);
            return Some(style(reading));
        }
        for reading in &label.readings {
            self.0.insert(style(reading), reading.value);
        }
        None
    }
}

const fn style(reading: &Reading) -> Style {
    (reading.style, reading.depth)
}

/// The label of a clause, read; under another label if one is given.
fn read(clause: &Clause, printed: Option<&str>, language: Option<&Language>) -> Option<Label> {
    let printed = printed?;
    let head: String = clause.text.chars().take(HEAD).collect();
    let found = number::label(&format!("{printed} {head}"), language)?;
    (found.len == printed.len()).then_some(found)
}

/// For each clause, the style in which its label goes on with a count.
fn steps(side: &SegmentedSource) -> PerClause<Option<Style>> {
    let language = side.statement.known_language();
    let mut counts = Counts::default();
    let clauses = side.statement.clauses.iter();
    clauses
        .map(|clause| read(clause, clause.label.as_deref(), language).and_then(|label| counts.step(&label)))
        .collect()
}

/// Decides on the label of every clause in the plan.
pub(super) fn labels(
    base: &SegmentedSource,
    ours: &SegmentedSource,
    theirs: &SegmentedSource,
    units: &Units,
    plan: &Plan,
) -> Labels {
    let mut numbering = Numbering {
        base,
        ours,
        theirs,
        language: ours.statement.known_language(),
        steps_of_ours: steps(ours),
        steps_of_theirs: steps(theirs),
        counts: Counts::default(),
        begun_by_ours: None,
        labels: Labels::default(),
    };
    for entry in plan.entries() {
        match entry {
            PlanItem::Ours(at) => numbering.ours(*at, &units.units[units.of_ours[*at]]),
            PlanItem::Theirs(at) => numbering.theirs(*at, &units.units[units.of_theirs[*at]]),
            PlanItem::Clash(clash) => {
                clash.ours.iter().for_each(|at| numbering.count(ours.clause(*at), ours.clause(*at).label.as_deref()))
            }
        }
    }
    numbering.labels
}

struct Numbering<'a> {
    base: &'a SegmentedSource,
    ours: &'a SegmentedSource,
    theirs: &'a SegmentedSource,
    language: Option<&'a Language>,
    steps_of_ours: PerClause<Option<Style>>,
    steps_of_theirs: PerClause<Option<Style>>,
    /// What was counted in the result so far.
    counts: Counts,
    begun_by_ours: Option<Style>,
    labels: Labels,
}

impl Numbering<'_> {
    fn ours(&mut self, at: ClauseIndex, unit: &Unit) {
        let own = self.ours.clause(at);
        let is_first = unit.ours.first() == Some(&at);
        let (label, contested) = self.merged(own, unit, is_first);
        let theirs = unit.theirs.first().filter(|_| is_first);
        let style = self.steps_of_ours[at].filter(|_| theirs.is_none_or(|at| self.steps_of_theirs[*at].is_some()));
        let counted = self.counted(own, label.as_deref(), style);
        if contested && counted.is_none() {
            self.labels.contested.push(at);
        }
        self.labels.counted += usize::from(counted.is_some() && counted != label);
        let label = counted.or(label);
        self.count(own, label.as_deref());
        let alone = unit.base.is_empty() && unit.theirs.is_empty();
        self.remember(own, alone && self.steps_of_ours[at].is_none());
        if label != own.label {
            self.labels.ours.insert(at, label);
        }
    }

    fn theirs(&mut self, at: ClauseIndex, unit: &Unit) {
        let own = self.theirs.clause(at);
        let is_first = unit.theirs.first() == Some(&at);
        let (label, _) = self.merged(own, unit, is_first);
        let ours = unit.ours.first().filter(|_| is_first);
        let style = self.steps_of_theirs[at].filter(|_| ours.is_none_or(|at| self.steps_of_ours[*at].is_some()));
        let begun = self.begun_by_ours.filter(|_| unit.base.is_empty() && self.begins(own, self.begun_by_ours));
        let counted = self.counted(own, label.as_deref(), style.or(begun));
        self.labels.counted += usize::from(counted.is_some() && counted != label);
        let label = counted.or(label);
        self.count(own, label.as_deref());
        if label != own.label {
            self.labels.theirs.insert(at, label);
        }
    }

    /// Remembers the style of a list that ours alone began, up to the next clause of that style.
    fn remember(&mut self, own: &Clause, begins: bool) {
        let Some(label) = read(own, own.label.as_deref(), self.language) else { return };
        let first = label.readings.iter().find(|reading| reading.value == 1);
        if begins && let Some(first) = first {
            self.begun_by_ours = Some(style(first));
        } else if label.readings.iter().any(|reading| Some(style(reading)) == self.begun_by_ours) {
            self.begun_by_ours = None;
        }
    }

    /// Whether a clause begins a list of a style. Where both sides began it with a clause of their own, the second is no
    /// beginning.
    fn begins(&self, own: &Clause, begun: Option<Style>) -> bool {
        let read = read(own, own.label.as_deref(), self.language);
        read.is_some_and(|label| {
            label.readings.iter().any(|reading| Some(style(reading)) == begun && reading.value == 1)
        })
    }

    /// The label that a side changed; and whether both did, each otherwise.
    fn merged(&self, own: &Clause, unit: &Unit, is_first: bool) -> (Option<String>, bool) {
        let label = |side: &SegmentedSource, at: &[ClauseIndex]| at.first().map(|at| side.clause(*at).label.clone());
        let ours = label(self.ours, &unit.ours).filter(|_| is_first);
        let (Some(ours), Some(theirs)) = (ours, label(self.theirs, &unit.theirs)) else {
            return (own.label.clone(), false);
        };
        match label(self.base, &unit.base) {
            _ if ours == theirs => (ours, false),
            Some(base) if base == ours => (theirs, false),
            Some(base) if base == theirs => (ours, false),
            _ => (own.label.clone(), true),
        }
    }

    /// The label that goes on with what was counted so far, where the sides count in that style.
    fn counted(&self, own: &Clause, label: Option<&str>, counting: Option<Style>) -> Option<String> {
        let (printed, counting) = (label?, counting?);
        let next = self.counts.0.get(&counting)?.checked_add(1)?;
        let of_style = |label: Label| label.readings.into_iter().find(|reading| style(reading) == counting);
        let reading = of_style(read(own, label, self.language)?)?;
        if reading.value == next {
            return Some(printed.to_owned());
        }
        let written = number::relabelled(printed, &reading, next, self.language)?;
        let again = of_style(read(own, Some(&written), self.language)?)?;
        (again.value == next).then_some(written)
    }

    /// Counts a label of the result.
    fn count(&mut self, own: &Clause, label: Option<&str>) {
        if let Some(label) = read(own, label, self.language) {
            self.counts.step(&label);
        }
    }
}
