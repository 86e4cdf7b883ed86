//! Every clause is in exactly one change, and swapping the sides inverts the result.
#![no_main]

mod pair;

use libfuzzer_sys::fuzz_target;
use recension::change::{Change, Comparison, Options, compare};
use recension::statement::ClauseIndex;
use recension::text::{Pair, Side};

fuzz_target!(|bytes: &[u8]| {
    let Some((before, after)) = pair::statements(bytes) else { return };
    let forth = compare(&before, &after, &Options::default());
    let back = compare(&after, &before, &Options::default());
    for (side, statement) in Pair::new(&before, &after).each() {
        let mut all: Vec<ClauseIndex> = forth.changes.iter().flat_map(|change| change.clauses[side].clone()).collect();
        all.sort_unstable();
        assert!(all.into_iter().eq(ClauseIndex::range(0..statement.clauses.len())));
    }
    assert_eq!(pairs(&forth, Side::Before), pairs(&back, Side::After));
    assert_eq!(forth.verdict, back.verdict);
});

/// Which clauses correspond, sorted by those of a side, and whether they moved.
fn pairs(comparison: &Comparison, side: Side) -> Vec<(Vec<ClauseIndex>, Vec<ClauseIndex>, bool)> {
    let sides = |change: &Change| (change.clauses[side].clone(), change.clauses[side.other()].clone(), change.moved);
    let mut all: Vec<_> = comparison.changes.iter().map(sides).collect();
    all.sort_unstable();
    all
}
