//! Every result can be written, and its JSON is JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recension::change::{Options, compare};
use recension::record::{Record, Work};
use recension::ingest;
use recension::execution::Execution;
use recension::report::{Document, PublishedVersion, akn_diff, diff_json, docx, html, show_json};
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
    diff_json(&mut out, Pair::new(&before, &after), &comparison, Execution::Sequential).expect("a vector takes all");
    serde_json::from_slice::<serde::de::IgnoredAny>(&out).expect("JSON");
    html(&mut std::io::sink(), Pair::new(&before, &after), &comparison).expect("a sink takes all");
    docx(&mut std::io::sink(), Pair::new(&before, &after), &comparison).expect("a sink takes all");
    let (record, about) = (Record::default(), Work::default());
    let published = Pair::new(&before, &after).map(|document| PublishedVersion {
        id: None,
        sha256: &document.sha256,
        record: &record,
        about: &about,
        identity: &document.identity,
        statement: document.statement(),
        series: Vec::new(),
    });
    akn_diff(&mut std::io::sink(), Pair::new(&published.before, &published.after), &comparison)
        .expect("a sink takes all");
    out.clear();
    show_json(&mut out, &before, Execution::Sequential).expect("a vector takes all");
    serde_json::from_slice::<serde::de::IgnoredAny>(&out).expect("JSON");
});
