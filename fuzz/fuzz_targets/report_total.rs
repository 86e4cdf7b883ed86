//! Every result can be written in every format, and its JSON is JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recension::change::{Options, compare};
use recension::execution::Execution;
use recension::ingest;
use recension::record::Document;
use recension::report::{ComparisonReport, Format, Report, render};
use recension::text::Pair;

fuzz_target!(|bytes: &[u8]| {
    let (before, after) = bytes.split_at(bytes.len() / 2);
    let read = |bytes: &[u8]| ingest::read(bytes, ingest::Options::default()).ok().map(Document::of);
    let (Some(before), Some(after)) = (read(before), read(after)) else { return };
    let comparison = compare(before.statement(), after.statement(), &Options::default());
    let report = Report::Comparison(ComparisonReport::new(Pair::new(&before, &after), &comparison));
    for report in [report, Report::Statement(&before)] {
        let mut out = Vec::new();
        render(&report, Format::Json(Execution::Sequential), &mut out).expect("a vector takes all");
        serde_json::from_slice::<serde::de::IgnoredAny>(&out).expect("JSON");
    }
    let markdown = Format::Markdown { is_brief: false };
    let others = [Format::JsonLines, Format::Html, Format::Docx, Format::AkomaNtoso, Format::Sarif, Format::Junit];
    for format in others.into_iter().chain([Format::Github, Format::Gitlab, markdown]) {
        render(&report, format, &mut std::io::sink()).expect("a sink takes all");
    }
});
