//! The number of threads is in no result.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use recension::change::{Options, compare};
use recension::execution::Execution;
use recension::ingest;
use recension::record::Document;
use recension::report::{ComparisonReport, Format, Report, render};
use recension::text::Pair;

fn document(text: &str, execution: Execution) -> Document {
    let options = ingest::Options::default().with_execution(execution);
    let source = ingest::read(text.as_bytes(), options).expect("a text");
    Document { reference: None, path: None, sha256: String::new(), identity: source.statement.identity.clone(), source }
}

/// The JSON document of a comparison of two texts, all of it made by so many threads.
fn json(texts: Pair<&str>, execution: Execution) -> Vec<u8> {
    let sides = texts.map(|text| document(text, execution));
    let options = Options::default().with_execution(execution);
    let comparison = compare(sides.before.statement(), sides.after.statement(), &options);
    let mut out = Vec::new();
    let report = Report::Comparison(ComparisonReport::new(sides.as_ref(), &comparison));
    render(&report, Format::Json(execution), &mut out).expect("a vector takes all");
    out
}

/// Numbered paragraphs before and after: enough of them, and enough that differ, for every bound below which one thread
/// does all the work to be passed. Of each draw of three, the first is its words, the second what became of it.
fn texts(drawn: &[(Vec<String>, u8, u32)]) -> Pair<String> {
    let mut after: Vec<String> = Vec::new();
    let before: Vec<String> = drawn
        .iter()
        .enumerate()
        .map(|(at, (words, fate, number))| {
            let paragraph = |count: u32, number: u32| {
                let words = words.join(" ");
                format!("{count}. Each side shall keep {number} posts in zone {at} and shall {words}.")
            };
            let count = u32::try_from(at).expect("a few hundred") + 1;
            match fate % 6 {
                0 => {}
                1 | 2 => after.push(paragraph(count, number + 1)),
                3 => after.insert(after.len() / 2, paragraph(count, *number)),
                4 => after.push(paragraph(count, *number).replace("posts", "postes")),
                _ => after.push(paragraph(count, *number)),
            }
            paragraph(count, *number)
        })
        .collect();
    Pair::new(before, after).map(|paragraphs| paragraphs.join("\n\n"))
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(2031),
        failure_persistence: None,
        cases: 6,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_number_of_threads_gives_the_same_bytes(
        drawn in prop::collection::vec((prop::collection::vec("[a-z]{3,9}", 3..9), any::<u8>(), 10u32..9999), 700..1300)
    ) {
        let texts = texts(&drawn);
        let texts = texts.as_ref().map(String::as_str);
        let alone = json(texts, Execution::Sequential);
        for threads in [2, 7] {
            prop_assert!(json(texts, Execution::threads(threads)) == alone, "{} threads", threads);
        }
    }
}
