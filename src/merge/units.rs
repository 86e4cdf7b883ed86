//! Units: the clauses of the three texts that are decided on together, and what each side did to them.
//!
//! A unit is mostly one clause in each text. A clause that was split or merged makes a larger one, and a clause that only
//! one side has a smaller one. Found by joining the links of two comparisons, base with ours and base with theirs; so
//! linear in the clauses beside the comparisons. Insertions of the two sides are aligned with each other, since the
//! same one stands once.

use super::segmented::SegmentedSource;
use crate::align;
use crate::change::{self, Change, Class, Relation};
use crate::execution::Execution;
use crate::statement::{Clause, ClauseIndex, PerClause};
use crate::text::{Difference, Pair, difference};

/// How alike two insertions at one place are, in thousandths, that are taken for one. At two places only equal ones are.
const SAME_INSERTION: u32 = 800;
/// How alike equal texts are.
const EQUAL: u32 = 1000;

/// What a side did to the text of a unit, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Touch {
    /// The texts are equal, however their lines are broken.
    Same,
    /// They differ in what a page does to a text: white space, torn words, boundaries in doubt.
    Layout,
    /// They differ.
    Edited,
}

/// What a side did to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Deed {
    pub(super) touch: Touch,
    /// Whether it stands at another place among the others.
    pub(super) moved: bool,
}

/// Clauses that are decided on together, by index and ascending.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) base: Vec<ClauseIndex>,
    pub(super) ours: Vec<ClauseIndex>,
    pub(super) theirs: Vec<ClauseIndex>,
    pub(super) by_ours: Deed,
    pub(super) by_theirs: Deed,
}

/// All units, and the unit of each clause.
pub(super) struct Units {
    pub(super) units: Vec<Unit>,
    pub(super) of_base: PerClause<usize>,
    pub(super) of_ours: PerClause<usize>,
    pub(super) of_theirs: PerClause<usize>,
}

impl Units {
    /// Compares base with ours and with theirs, and joins what corresponds.
    pub(super) fn new(
        base: &SegmentedSource,
        ours: &SegmentedSource,
        theirs: &SegmentedSource,
        execution: Execution,
    ) -> Self {
        let options = change::Options { execution, ..change::Options::default() };
        let by_ours = change::compare(&base.statement, &ours.statement, &options).changes;
        let by_theirs = change::compare(&base.statement, &theirs.statement, &options).changes;
        let (nb, no, nt) = (base.owned.len(), ours.owned.len(), theirs.owned.len());
        let mut sets = Sets::new(nb + no + nt);
        for (changes, offset) in [(&by_ours, nb), (&by_theirs, nb + no)] {
            for change in changes {
                let after = change.clauses.after.iter().map(|at| at.get() + offset);
                sets.join_all(change.clauses.before.iter().map(|at| at.get()).chain(after));
            }
        }
        for (first, second) in same_insertions(ours, theirs, &by_ours, &by_theirs) {
            sets.join(first.get() + nb, second.get() + nb + no);
        }
        let (of, count) = sets.numbered();
        let untouched = Deed { touch: Touch::Same, moved: false };
        let empty = Unit { base: vec![], ours: vec![], theirs: vec![], by_ours: untouched, by_theirs: untouched };
        let mut units = vec![empty; count];
        for (at, unit) in of.iter().enumerate() {
            let unit = &mut units[*unit];
            match at {
                _ if at < nb => unit.base.push(ClauseIndex::new(at)),
                _ if at < nb + no => unit.ours.push(ClauseIndex::new(at - nb)),
                _ => unit.theirs.push(ClauseIndex::new(at - nb - no)),
            }
        }
        let (of_base, rest) = of.split_at(nb);
        let (of_ours, of_theirs) = rest.split_at(no);
        let [of_base, of_ours, of_theirs]: [PerClause<usize>; 3] =
            [of_base, of_ours, of_theirs].map(|of| of.iter().copied().collect());
        for change in by_ours.iter().filter(|change| !change.clauses.before.is_empty()) {
            let deed = &mut units[of_base[change.clauses.before[0]]].by_ours;
            deed.add(change, &base.statement.clauses, &ours.statement.clauses);
        }
        for change in by_theirs.iter().filter(|change| !change.clauses.before.is_empty()) {
            let deed = &mut units[of_base[change.clauses.before[0]]].by_theirs;
            deed.add(change, &base.statement.clauses, &theirs.statement.clauses);
        }
        Self { units, of_base, of_ours, of_theirs }
    }
}

impl Deed {
    fn add(&mut self, change: &Change, before: &[Clause], after: &[Clause]) {
        self.touch = self.touch.max(touch(change, before, after));
        self.moved |= change.moved;
    }
}

/// What a change does to the text of its clauses; the label is not looked at.
fn touch(change: &Change, before: &[Clause], after: &[Clause]) -> Touch {
    let notes = |clauses: &[Clause], own: &[ClauseIndex]| -> Vec<String> {
        own.iter().flat_map(|at| clauses[*at].notes.clone()).collect()
    };
    if notes(before, &change.clauses.before) != notes(after, &change.clauses.after) {
        return Touch::Edited;
    }
    if change.relation == Relation::Equal {
        return Touch::Same;
    }
    let of_page = |class: &Class| matches!(class, Class::LayoutReflow | Class::ExtractionNoise | Class::Space);
    let edits = change.edits.iter().all(|edit| of_page(&edit.class));
    let parted = change.classes.iter().any(|class| matches!(class, Class::Split | Class::Merge));
    if edits && !parted { Touch::Layout } else { Touch::Edited }
}

/// Whether two runs of clauses say the same: no difference but white space, which is the page's.
pub(super) fn say_the_same<'a>(
    mut first: impl Iterator<Item = &'a Clause>,
    mut second: impl Iterator<Item = &'a Clause>,
) -> bool {
    loop {
        match (first.next(), second.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) => {
                let same = difference(&one.text, &other.text) <= Difference::Space;
                if !same || one.notes != other.notes {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

/// For each clause of a side, the clause of the base that it follows, of those that were not moved; none where it stands before all.
fn slots(changes: &[Change], count: usize) -> PerClause<Option<ClauseIndex>> {
    let mut stays = PerClause::filled(None, count);
    for change in changes.iter().filter(|change| !change.moved) {
        if let (Some(last), Some(first)) = (change.clauses.before.last(), change.clauses.after.first()) {
            stays[*first] = Some(*last);
        }
    }
    let mut last = None;
    let follows = |own: &Option<ClauseIndex>| {
        let before = last;
        last = own.or(last);
        before
    };
    stays.iter().map(follows).collect()
}

/// Which clauses of a side it inserted.
fn inserted(changes: &[Change], count: usize) -> PerClause<bool> {
    let mut found = PerClause::filled(false, count);
    for change in changes.iter().filter(|change| change.clauses.before.is_empty()) {
        change.clauses.after.iter().for_each(|at| found[*at] = true);
    }
    found
}

/// Clauses that both sides inserted, as pairs.
fn same_insertions(
    ours: &SegmentedSource,
    theirs: &SegmentedSource,
    by_ours: &[Change],
    by_theirs: &[Change],
) -> Vec<(ClauseIndex, ClauseIndex)> {
    let (first, second) = (inserted(by_ours, ours.owned.len()), inserted(by_theirs, theirs.owned.len()));
    if !first.iter().any(|found| *found) || !second.iter().any(|found| *found) {
        return Vec::new();
    }
    let slots = (slots(by_ours, first.len()), slots(by_theirs, second.len()));
    let links = align::align(Pair::new(&ours.statement, &theirs.statement), Execution::Sequential).links;
    let pairs = links.iter().filter_map(|link| match (&link.clauses.before[..], &link.clauses.after[..]) {
        (&[one], &[other]) if first[one] && second[other] => {
            let least = if slots.0[one] == slots.1[other] { SAME_INSERTION } else { EQUAL };
            (link.similarity >= least).then_some((one, other))
        }
        _ => None,
    });
    pairs.collect()
}

/// Disjoint sets of numbers (Galler and Fischer 1964), with halved paths; the least of a set stands for it.
struct Sets {
    above: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { above: (0..count).collect() }
    }

    fn top(&mut self, mut at: usize) -> usize {
        while self.above[at] != at {
            self.above[at] = self.above[self.above[at]];
            at = self.above[at];
        }
        at
    }

    fn join(&mut self, first: usize, second: usize) {
        let (first, second) = (self.top(first), self.top(second));
        self.above[first.max(second)] = first.min(second);
    }

    fn join_all(&mut self, mut all: impl Iterator<Item = usize>) {
        let Some(first) = all.next() else { return };
        all.for_each(|other| self.join(first, other));
    }

    /// A number for the set of each, from 0 in the order of their least; and how many there are.
    fn numbered(mut self) -> (Vec<usize>, usize) {
        let mut numbers = vec![usize::MAX; self.above.len()];
        let mut count = 0;
        for at in 0..numbers.len() {
            let top = self.top(at);
            if numbers[top] == usize::MAX {
                numbers[top] = count;
                count += 1;
            }
            numbers[at] = numbers[top];
        }
        (numbers, count)
    }
}
