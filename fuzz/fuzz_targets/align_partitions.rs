//! Every clause is in exactly one change, and swapping the sides inverts the result.
#![no_main]

mod pair;

use libfuzzer_sys::fuzz_target;
use recension::change::{Comparison, Options, compare};

fuzz_target!(|bytes: &[u8]| {
    let Some((before, after)) = pair::statements(bytes) else { return };
    let forth = compare(&before, &after, &Options::default());
    let back = compare(&after, &before, &Options::default());
    let places = |pick: fn(&recension::change::Change) -> &Vec<usize>| {
        let mut all: Vec<usize> = forth.changes.iter().flat_map(|change| pick(change).clone()).collect();
        all.sort_unstable();
        all
    };
    assert_eq!(places(|change| &change.clauses.before), (0..before.clauses.len()).collect::<Vec<_>>());
    assert_eq!(places(|change| &change.clauses.after), (0..after.clauses.len()).collect::<Vec<_>>());
    assert_eq!(pairs(&forth, false), pairs(&back, true));
    assert_eq!(forth.verdict, back.verdict);
});

/// Which clauses correspond, sorted.
fn pairs(comparison: &Comparison, swapped: bool) -> Vec<(Vec<usize>, Vec<usize>, bool)> {
    let sides = |change: &recension::change::Change| {
        let (a, b) = (change.clauses.before.clone(), change.clauses.after.clone());
        if swapped { (b, a, change.moved) } else { (a, b, change.moved) }
    };
    let mut all: Vec<_> = comparison.changes.iter().map(sides).collect();
    all.sort_unstable();
    all
}
