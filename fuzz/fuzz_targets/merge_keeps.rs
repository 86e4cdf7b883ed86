//! A merge never panics, takes what one side did where the other did nothing, and gives the same bytes again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recension::merge::{Options, merge, merge_clauses};

fuzz_target!(|bytes: &[u8]| {
    let third = bytes.len() / 3;
    let (base, rest) = bytes.split_at(third);
    let (ours, theirs) = rest.split_at(third);
    let options = Options::default();
    if let (Ok(merged), Ok(again)) = (merge(base, ours, theirs, options), merge(base, ours, theirs, options)) {
        assert_eq!(merged, again);
    }
    assert_eq!(merge(base, ours, base, options).map(|merged| merged.bytes).ok().as_deref(), Some(ours));
    // The long way round: the same clauses, whatever the layout.
    if let Ok(merged) = merge_clauses(base, ours, base, options) {
        assert!(merged.conflicts.is_empty());
    }
});
