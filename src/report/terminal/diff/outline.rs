//! In which order a comparison is told: changes in the order of the text after, between them where clauses were that
//! moved away, and runs of equal clauses in a word.

use std::collections::BTreeMap;

use crate::change::{Change, Comparison};
use crate::report::telling::addresses;
use crate::statement::{Clause, ClauseIndex};

/// What is told next.
#[derive(Debug, PartialEq)]
pub(super) enum Step<'a> {
    /// A change, at its place after.
    Change(&'a Change),
    /// A clause stood here before, and was told or will be told at its place after.
    Gone(&'a Change),
    /// Clauses that are equal, in a run.
    Equal(Vec<&'a Change>),
}

/// Whether a change is told for itself; with `verbose` those too that differ in nothing but layout.
pub(super) fn is_told(change: &Change, verbose: bool) -> bool {
    verbose && change.tier.is_some() || !change.is_plain()
}

/// The steps of a comparison; with `verbose` those too that differ in nothing but layout.
pub(super) fn outline(comparison: &Comparison, verbose: bool) -> Vec<Step<'_>> {
    let shown = |change: &Change| is_told(change, verbose);
    if !comparison.changes.iter().any(shown) {
        return Vec::new();
    }
    let mut gone = gone(comparison);
    let mut steps = Vec::new();
    steps.extend(gone.remove(&None).into_iter().flatten().map(Step::Gone));
    for (at, change) in comparison.changes.iter().enumerate() {
        match steps.last_mut() {
            _ if shown(change) => steps.push(Step::Change(change)),
            Some(Step::Equal(run)) => run.push(change),
            _ => steps.push(Step::Equal(vec![change])),
        }
        steps.extend(gone.remove(&Some(at)).into_iter().flatten().map(Step::Gone));
    }
    steps
}

/// The changes that moved, by the change that stands before the place they left. One that moved itself has left its place
/// too and holds none.
fn gone(comparison: &Comparison) -> BTreeMap<Option<usize>, Vec<&Change>> {
    let mut owners: Vec<(ClauseIndex, usize)> = Vec::new();
    for (at, change) in comparison.changes.iter().enumerate() {
        owners.extend(change.clauses.before.iter().map(|clause| (*clause, at)));
    }
    owners.sort_unstable();
    let mut found: BTreeMap<Option<usize>, Vec<&Change>> = BTreeMap::new();
    let mut last = None;
    for (clause, at) in owners {
        let Some(change) = comparison.changes.get(at) else { continue };
        if !change.moved {
            last = Some(at);
        } else if change.clauses.before.first() == Some(&clause) {
            found.entry(last).or_default().push(change);
        }
    }
    found
}

/// The addresses of the first and the last clause of a run.
pub(super) fn ends(run: &[&Change], after: &[Clause]) -> (String, String) {
    let name = |place: Option<&ClauseIndex>| addresses(after, place.map_or(&[], std::slice::from_ref));
    let first = run.first().and_then(|change| change.clauses.after.first());
    (name(first), name(run.last().and_then(|change| change.clauses.after.last())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Options, compare};
    use crate::ingest;

    const FIRST: &str = "The Assembly,\n\n1. Urges all States to keep the posts in the northern strait open;\n\n2. Requests \
                         a report on the talks by 1 March 2031;\n\n3. Welcomes the offer of Orsania to host the talks;\n\n4. \
                         Thanks the Secretariat for its work in the past year;\n\n5. Decides to remain seized of the matter.\n";
    const SECOND: &str = "The Assembly,\n\n1. Requests a report on the talks by 1 March 2031;\n\n2. Welcomes the offer of \
                          Orsania to host the talks;\n\n3. Thanks the Secretariat for its work in the past year;\n\n4. Urges \
                          all States to keep the posts in the northern strait open;\n\n5. Decides to remain seized of the \
                          matter.\n";

    /// The steps in short.
    fn told(before: &str, after: &str) -> Vec<String> {
        let read = |text: &str| ingest::read(text.as_bytes(), ingest::Options::default()).expect("a text").statement;
        let (before, after) = (read(before), read(after));
        let comparison = compare(&before, &after, &Options::default());
        let steps = outline(&comparison, false);
        let step = |step: &Step<'_>| match step {
            Step::Change(change) => format!("change {}", addresses(&after.clauses, &change.clauses.after)),
            Step::Gone(change) => format!("gone {}", addresses(&before.clauses, &change.clauses.before)),
            Step::Equal(run) => format!("{} equal, {:?}", run.len(), ends(run, &after.clauses)),
        };
        steps.iter().map(step).collect()
    }

    #[test]
    fn a_move_is_told_at_both_ends() {
        let steps = told(FIRST, SECOND);
        let at = |what: &str| steps.iter().position(|step| step == what).unwrap_or_else(|| panic!("{what}: {steps:?}"));
        assert!(at("gone operative 1") < at("change operative 1"));
        assert!(at("change operative 3") < at("change operative 4"));
    }

    #[test]
    fn equal_runs_are_one_step() {
        let steps = told(FIRST, &FIRST.replace("Requests", "Invites"));
        assert_eq!(steps.len(), 3, "{steps:?}");
        assert!(steps[0].starts_with("2 equal, "), "{steps:?}");
        assert_eq!(steps[2], "3 equal, (\"operative 3\", \"operative 5\")");
        assert_eq!(told(FIRST, FIRST), [""; 0]);
    }
}
