//! The edits of a change turn the texts before into the texts after, and back.
#![no_main]

mod pair;

use libfuzzer_sys::fuzz_target;
use recension::change::{Change, Options, compare};
use recension::statement::Clause;
use recension::text::{Pair, Side};

fuzz_target!(|bytes: &[u8]| {
    let Some((before, after)) = pair::statements(bytes) else { return };
    let texts = Pair::new(before.clauses.as_slice(), after.clauses.as_slice());
    // What a reader left out lies in no clause.
    let changes = compare(&before, &after, &Options::default()).changes.into_iter();
    changes.filter(|change| change.left_out.is_none()).for_each(|change| rebuilds(&change, texts));
});

fn rebuilds(change: &Change, texts: Pair<&[Clause]>) {
    let joined = texts.zip(change.clauses.as_ref()).map(|(clauses, places)| {
        places.iter().map(|at| clauses[*at].text.as_str()).collect::<String>()
    });
    let mut rebuilt = joined.clone();
    for edit in change.edits.iter().rev() {
        for side in Side::ALL {
            let bytes = edit.places[side].map_or(0..0, |place| {
                // Where the clause begins in the joined text.
                let ahead = change.clauses[side].iter().take_while(|at| **at != place.clause);
                let start: usize = ahead.map(|at| texts[side][*at].text.len()).sum();
                start + place.span.range().start..start + place.span.range().end
            });
            rebuilt[side].replace_range(bytes, &edit.texts[side.other()]);
        }
    }
    assert_eq!(rebuilt.invert(), joined);
}
