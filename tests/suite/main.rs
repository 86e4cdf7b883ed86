//! Cases in prose: what a reader should see where two texts are compared or one is read.
//!
//! Each Markdown file of a folder beside this one holds cases; README.md tells the form. The runner makes the real
//! result into the same lines and compares them as text. `RECENSION_BLESS=1 cargo test --test suite` rewrites what is
//! expected; read the difference before you commit it.

mod case;
mod render;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use case::{Case, Kind};
use recension::change::{Class, Options, compare};
use recension::ingest::{self, Source};

/// Folders, named after the modules that their cases are about, in the order of the pipeline.
const FOLDERS: [&str; 6] = ["text", "ingest", "statement", "align", "diff", "change"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite")
}

/// Every file of cases, in order.
fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        let entries = fs::read_dir(root().join(folder)).expect("a folder of cases");
        files.extend(entries.map(|entry| entry.expect("readable").path()));
    }
    files.sort();
    files
}

/// Every case, with the place that names it: `change/number.md#a-number-with-its-digits-swapped`.
fn cases() -> Vec<(String, Case)> {
    let named = |path: &Path, case: Case| {
        let file = path.strip_prefix(root()).expect("below the suite").to_string_lossy().replace('\\', "/");
        (format!("{file}#{}", case.anchor()), case)
    };
    files()
        .iter()
        .flat_map(|path| {
            let text = fs::read_to_string(path).expect("UTF-8");
            case::read(&text, path).into_iter().map(|case| named(path, case)).collect::<Vec<_>>()
        })
        .collect()
}

fn read(case: &Case, kind: Kind) -> Option<Source> {
    let block = case.block(kind)?;
    let options = ingest::Options::default().with_language(block.language.as_deref());
    Some(ingest::read(case::literal(&block.text).as_bytes(), options).expect("a text"))
}

/// What the program says where the case has a block for it.
fn results(case: &Case) -> Vec<(Kind, String)> {
    let mut found = Vec::new();
    if let (Some(before), Some(after)) = (read(case, Kind::Before), read(case, Kind::After)) {
        let comparison = compare(&before.statement, &after.statement, &Options::default());
        let inverse = compare(&after.statement, &before.statement, &Options::default());
        assert_eq!(inverse.verdict, comparison.verdict, "the verdict of “{}” depends on the order", case.heading);
        found.push((Kind::Changes, render::changes(&before.statement, &after.statement, &comparison)));
    }
    if let Some(source) = read(case, Kind::Source) {
        found.push((Kind::Clauses, render::clauses(&source.statement)));
        found.push((Kind::Dropped, render::dropped(&source.statement)));
        found.push((Kind::Identity, render::identity(&source.statement.identity)));
    }
    found.retain(|(kind, _)| case.block(*kind).is_some());
    found
}

#[expect(clippy::disallowed_methods, reason = "the switch that rewrites what is expected")]
fn bless() -> bool {
    std::env::var_os("RECENSION_BLESS").is_some_and(|value| value == "1")
}

#[test]
fn every_case_is_as_told() {
    let mut failures = Vec::new();
    for path in files() {
        let text = fs::read_to_string(&path).expect("UTF-8");
        let mut edits = Vec::new();
        for case in case::read(&text, &path) {
            for (kind, found) in results(&case) {
                let block = case.block(kind).expect("a block of this kind");
                if block.text == found {
                    continue;
                }
                failures.push(format!(
                    "{}:{}: {}\n{}",
                    path.display(),
                    block.line,
                    case.heading,
                    render::difference(&block.text, &found)
                ));
                edits.push((block.range.clone(), found));
            }
        }
        if bless() && !edits.is_empty() {
            let mut text = text;
            for (range, found) in edits.into_iter().rev() {
                text.replace_range(range, &found);
            }
            fs::write(&path, text).expect("writable");
        }
    }
    assert!(
        bless() || failures.is_empty(),
        "{} blocks differ; RECENSION_BLESS=1 rewrites them\n\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn every_file_stands_in_a_known_folder() {
    for entry in fs::read_dir(root()).expect("the suite") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let known =
            if path.is_dir() { FOLDERS.contains(&name.as_str()) } else { name.ends_with(".rs") || name == "README.md" };
        assert!(known, "{} would never run", path.display());
    }
    assert!(files().iter().all(|path| path.extension().is_some_and(|extension| extension == "md")));
}

#[test]
fn every_class_of_change_has_a_case() {
    let cases = cases();
    let seen: BTreeSet<&str> = cases
        .iter()
        .filter_map(|(_, case)| case.block(Kind::Changes))
        .flat_map(|block| block.text.lines())
        .flat_map(render::classes_of)
        .collect();
    let missing: Vec<_> = Class::ALL.iter().map(|class| class.name()).filter(|name| !seen.contains(name)).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
    let quiet = cases.iter().filter_map(|(_, case)| case.block(Kind::Changes)).filter(|block| {
        block.text.lines().last().is_some_and(|line| matches!(line, "verdict: identical" | "verdict: invisible"))
    });
    assert!(quiet.count() >= 8, "too few cases show what must not be told");
}

/// docs/tricky-cases.md links cases; a link to a case that is gone helps nobody.
#[test]
fn every_link_to_a_case_leads_somewhere() {
    let cases: Vec<String> = cases().into_iter().map(|(name, _)| name).collect();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tricky-cases.md");
    let text = fs::read_to_string(page).expect("UTF-8");
    let mut links = 0;
    for (at, start) in text.match_indices("(../tests/suite/") {
        let link = &text[at + start.len()..];
        let link = &link[..link.find(')').expect("a closed link")];
        assert!(cases.iter().any(|case| case == link), "docs/tricky-cases.md links {link}, which is no case");
        links += 1;
    }
    assert!(links > 0, "docs/tricky-cases.md links no case");
}
