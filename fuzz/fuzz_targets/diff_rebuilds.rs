//! The edits of a change turn the texts before into the texts after, and back.
#![no_main]

mod pair;

use libfuzzer_sys::fuzz_target;
use recension::change::{Change, Options, compare};
use recension::statement::Clause;

fuzz_target!(|bytes: &[u8]| {
    let Some((before, after)) = pair::statements(bytes) else { return };
    for change in compare(&before, &after, &Options::default()).changes {
        rebuilds(&change, &before.clauses, &after.clauses);
    }
});

fn rebuilds(change: &Change, before: &[Clause], after: &[Clause]) {
    let joined = |clauses: &[Clause], places: &[usize]| {
        places.iter().map(|at| clauses[*at].text.as_str()).collect::<String>()
    };
    let (old, new) = (joined(before, &change.clauses.before), joined(after, &change.clauses.after));
    // Where each clause begins in the joined text.
    let start = |clauses: &[Clause], places: &[usize], clause: usize| {
        places.iter().take_while(|at| **at != clause).map(|at| clauses[*at].text.len()).sum::<usize>()
    };
    let (mut forth, mut back) = (String::new(), String::new());
    let (mut a, mut b) = (0, 0);
    for edit in &change.edits {
        let from = edit.places.before.map_or(0, |place| start(before, &change.clauses.before, place.clause) + place.span.range().start);
        let to = edit.places.after.map_or(0, |place| start(after, &change.clauses.after, place.clause) + place.span.range().start);
        if edit.places.before.is_some() {
            forth.push_str(&old[a..from]);
            a = from + edit.texts.before.len();
        }
        if edit.places.after.is_some() {
            back.push_str(&new[b..to]);
            b = to + edit.texts.after.len();
        }
        forth.push_str(&edit.texts.after);
        back.push_str(&edit.texts.before);
    }
    forth.push_str(&old[a..]);
    back.push_str(&new[b..]);
    assert_eq!((forth, back), (new, old));
}
