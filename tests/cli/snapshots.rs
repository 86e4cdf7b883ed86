//! Whole outputs, compared with files in `tests/snapshots`. `RECENSION_BLESS=1 cargo test --test cli snapshots` rewrites
//! them; read the difference before you commit it.

use std::{fs, path::Path};

use crate::env::{Env, samples};

#[track_caller]
fn matches(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if bless() {
        fs::write(&path, found).expect("writable");
        return;
    }
    let expected = fs::read_to_string(&path)
        .unwrap_or_else(|_| panic!("{} is missing; RECENSION_BLESS=1 writes it", path.display()));
    assert!(expected == found, "{name} differs; RECENSION_BLESS=1 rewrites it. Found:\n{found}");
}

#[expect(clippy::disallowed_methods, reason = "the switch that rewrites the snapshots")]
fn bless() -> bool {
    std::env::var_os("RECENSION_BLESS").is_some_and(|value| value == "1")
}

fn output(arguments: &[&str]) -> String {
    let env = Env::new();
    let corpus = samples();
    let mut all = vec!["--corpus", &corpus];
    all.extend(arguments);
    let said = env.run(&all);
    assert_ne!(said.code, Some(2), "{}", said.err);
    said.out
}

#[test]
fn show_of_a_draft() {
    matches("show.txt", &output(&["show", "fictional/meridian-league/res/12/7@first"]));
    matches("show.json", &output(&["show", "fictional/bank-of-orsania/2034-03-14", "--format", "json"]));
}

#[test]
fn audit_of_the_corpus() {
    matches("audit.txt", &output(&["audit"]));
    matches("audit.json", &output(&["audit", "--format", "json"]));
}

#[test]
fn diff_of_a_series() {
    let sides = ["fictional/bank-of-orsania/2034-03-14", "fictional/bank-of-orsania/2034-05-02"];
    matches("diff.txt", &output(&["diff", sides[0], sides[1]]));
    matches("diff-stat.txt", &output(&["diff", sides[0], sides[1], "--stat", "--width", "80"]));
    for (view, width) in [("inline", "100"), ("sides", "140"), ("unified", "80")] {
        let found = output(&["diff", sides[0], sides[1], "--view", view, "--width", width]);
        matches(&format!("diff-{view}.txt"), &found);
    }
    matches("diff.json", &output(&["diff", sides[0], sides[1], "--format", "json"]));
}

#[test]
fn diff_of_a_chinese_text_side_by_side() {
    let works = ["2031", "2036"].map(|year| format!("fictional/veltria-orsania/{year}/strategic-stability~zh"));
    matches("diff-sides-zh.txt", &output(&["diff", &works[0], &works[1], "--view", "sides", "--width", "120"]));
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let readme = include_str!("../../README.md");
    let shown = readme.split_once("<!-- output: diff -->\n```text\n").and_then(|(_, rest)| rest.split_once("```\n"));
    let work = "fictional/veltria-orsania/2031/strategic-stability";
    let found = output(&["diff", &format!("{work}@first~en"), &format!("{work}@2031-09-26~en"), "--view", "inline"]);
    assert_eq!(shown.map(|(shown, _)| shown), Some(found.as_str()));
}
