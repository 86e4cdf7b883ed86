//! Reading is total, and loses no text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recension::ingest::{self, Options, Source};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = ingest::read(bytes, Options::default()) {
        complete(&source);
    }
});

/// Every byte that is not white space is in a clause or was dropped.
fn complete(source: &Source) {
    let mut seen = vec![false; source.text.len()];
    let spans = source.statement.clauses.iter().map(|clause| clause.span);
    for span in spans.chain(source.statement.dropped.iter().map(|dropped| dropped.span)) {
        seen[span.range()].fill(true);
    }
    for (at, c) in source.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        assert!(seen[at], "byte {at}, {c:?}, is in no clause and was not dropped");
    }
}
