//! What one language is told, the others are told too: minimal pairs of one kind in six languages, with the class, the
//! tier and the direction that all of them have to be told.

use std::{collections::BTreeMap, fs, path::Path};

use recension::change::{Comparison, Options, compare};
use recension::ingest;
use serde::Deserialize;

/// The languages that every row has a pair in.
const LANGUAGES: [&str; 6] = ["en", "fr", "es", "ru", "zh", "ar"];

#[derive(Deserialize)]
struct Table {
    row: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    what: String,
    class: String,
    tier: String,
    direction: Option<String>,
    /// The sentence of each language, with `{before→after}` inside.
    #[serde(flatten)]
    sentences: BTreeMap<String, String>,
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity/pairs.toml");
    let text = fs::read_to_string(path).expect("the pairs are there");
    toml::from_str::<Table>(&text).expect("the pairs are well made").row
}

/// The sentence before and after its change.
fn sides(sentence: &str) -> Option<[String; 2]> {
    let (head, rest) = sentence.split_once('{')?;
    let (change, tail) = rest.split_once('}')?;
    let (before, after) = change.split_once('→')?;
    Some([before, after].map(|changed| format!("{head}{changed}{tail}")))
}

fn compared(language: &str, sides: &[String; 2]) -> Comparison {
    let options = || ingest::Options::default().with_language(Some(language));
    let read = |text: &str| ingest::read(text.as_bytes(), options()).expect("a text").statement;
    compare(&read(&sides[0]), &read(&sides[1]), &Options::default())
}

/// What is wrong with what was told of a pair, if anything is.
fn fault(row: &Row, comparison: &Comparison) -> Option<String> {
    let changes = || comparison.changes.iter().filter(|change| change.tier.is_some());
    let tier = changes().filter_map(|change| change.tier).max().map_or("none".to_owned(), |tier| tier.to_string());
    let classes: Vec<String> = changes().flat_map(|change| &change.classes).map(ToString::to_string).collect();
    let reasons = || changes().flat_map(|change| &change.edits).flat_map(|edit| &edit.reasons);
    let evidence: Vec<&str> = reasons().filter_map(|reason| reason.evidence.as_deref()).collect();
    let is_directed =
        row.direction.as_ref().is_none_or(|wanted| evidence.iter().any(|told| told.starts_with(wanted.as_str())));
    if tier == row.tier && classes.contains(&row.class) && is_directed {
        return None;
    }
    Some(format!("{tier} {classes:?} {evidence:?}"))
}

#[test]
fn every_language_is_told_the_same() {
    let mut wrong = Vec::new();
    for row in rows() {
        for language in LANGUAGES {
            let pair = row.sentences.get(language).and_then(|sentence| sides(sentence));
            let Some(pair) = pair else {
                wrong.push(format!("{}: no pair in {language}", row.what));
                continue;
            };
            if let Some(fault) = fault(&row, &compared(language, &pair)) {
                wrong.push(format!("{}: {language}: {} -> {}: {fault}", row.what, pair[0], pair[1]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} pairs:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_row_has_a_language_that_is_not_compared() {
    for row in rows() {
        let unknown: Vec<&String> = row.sentences.keys().filter(|key| !LANGUAGES.contains(&key.as_str())).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", row.what);
    }
}
