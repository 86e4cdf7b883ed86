//! Every result can be written, and its JSON is JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recension::change::{Options, compare};
use recension::ingest;
use recension::report::{Document, diff_json, show_json};
use recension::text::Pair;

fuzz_target!(|bytes: &[u8]| {
    let (before, after) = bytes.split_at(bytes.len() / 2);
    let read = |bytes: &[u8]| {
        let source = ingest::read(bytes, ingest::Options::default()).ok()?;
        let identity = source.statement.identity.clone();
        Some(Document { reference: None, path: None, sha256: String::new(), identity, source })
    };
    let (Some(before), Some(after)) = (read(before), read(after)) else { return };
    let comparison = compare(before.statement(), after.statement(), &Options::default());
    let mut out = Vec::new();
    diff_json(&mut out, Pair::new(&before, &after), &comparison).expect("a vector takes all");
    serde_json::from_slice::<serde::de::IgnoredAny>(&out).expect("JSON");
    out.clear();
    show_json(&mut out, &before).expect("a vector takes all");
    serde_json::from_slice::<serde::de::IgnoredAny>(&out).expect("JSON");
});
