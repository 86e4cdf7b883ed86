//! `recension diff`.

use crate::env::{Env, samples};

const FIRST: &str = "The Assembly,\n\nRecalling its earlier resolutions,\n\n1. Urges all States to keep 150 posts;\n\n2. Decides to remain seized of the matter.\n";

fn pair(second: &str) -> Env {
    let env = Env::new();
    env.write("first.txt", FIRST).write("second.txt", second);
    env
}

#[test]
fn equal_texts_are_identical_and_exit_with_0() {
    let env = pair(FIRST);
    let out = env.run(&["diff", "first.txt", "second.txt"]).with_code(0);
    assert!(out.contains("verdict  identical"), "{out}");
    let json = env.run(&["diff", "first.txt", "second.txt", "--format", "json"]).json(0);
    assert_eq!(json["schema"], "recension.diff/1");
    assert_eq!(json["verdict"], "identical");
    assert_eq!(json["before"]["path"], "first.txt");
    assert!(json["before"]["ref"].is_null());
    assert_eq!(json["summary"]["modified"], 0);
    assert_eq!(json["skipped"]["comparisons"], 0);
}

#[test]
fn a_number_is_substantive_and_exits_with_1() {
    let env = pair(&FIRST.replace("150", "105"));
    let out = env.run(&["diff", "first.txt", "second.txt"]).with_code(1);
    assert!(out.contains("[-150-]{+105+}"), "{out}");
    assert!(out.contains("verdict  substantive"), "{out}");
    let json = env.run(&["diff", "first.txt", "second.txt", "--format", "json"]).json(1);
    assert_eq!(json["verdict"], "substantive");
    let changes = json["changes"].as_array().expect("changes");
    let edit = changes.iter().find_map(|change| change["edits"].get(0)).expect("an edit");
    assert_eq!((&edit["before"], &edit["after"], &edit["class"]), (&"150".into(), &"105".into(), &"number".into()));
}

#[test]
fn the_tier_decides_the_exit_code() {
    let env = pair(&FIRST.replace("States to", "States  to").replace("resolutions,", "resolutions;"));
    env.run(&["diff", "first.txt", "second.txt", "--min-tier", "substantive"]).with_code(0);
    env.run(&["diff", "first.txt", "second.txt", "--min-tier", "invisible"]).with_code(1);
}

#[test]
fn colour_is_added_to_the_marks_and_direction_is_isolated() {
    let env = pair(&FIRST.replace("150", "105"));
    let out = env.run(&["diff", "first.txt", "second.txt", "--color", "always"]).with_code(1);
    assert!(out.contains("\u{2068}[-150-]\u{2069}") && out.contains("\u{1B}[32m\u{2068}{+105+}"), "{out:?}");
}

#[test]
fn pipes_get_no_colour() {
    let out = pair(FIRST).run(&["diff", "first.txt", "second.txt"]).with_code(0);
    assert!(!out.contains(['\u{1B}', '\u{2068}']), "{out:?}");
}

#[test]
fn standard_input_is_a_side() {
    let env = pair(FIRST);
    let json = env.run_with_stdin(&["diff", "-", "second.txt", "--format", "json"], FIRST.as_bytes()).json(0);
    assert_eq!(json["before"]["path"], "-");
    let error = env.run_with_stdin(&["diff", "-", "-"], FIRST.as_bytes()).error();
    assert!(error.contains("one side only"), "{error}");
}

#[test]
fn versions_are_compared_by_reference() {
    let env = Env::new();
    let (before, after) = (
        "fictional/veltria-orsania/2031/strategic-stability@first~en",
        "fictional/veltria-orsania/2031/strategic-stability@2031-06-05~en",
    );
    let said = env.run(&["diff", before, after, "--corpus", &samples(), "--format", "json"]);
    assert_ne!(said.code, Some(2), "{}", said.err);
    let json: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(json["before"]["ref"], "fictional/veltria-orsania/2031/strategic-stability@2031-04-02~en");
    assert_eq!(json["after"]["claim"], "reissue for technical reasons");
    assert_eq!(json["after"]["dates"]["reissued"], "2031-06-05");
    assert!(json["before"]["path"].is_null());
}

#[test]
fn a_path_wins_over_a_reference() {
    let env = Env::new();
    env.version("a/en/2031", "", FIRST).write("a", FIRST);
    let json = env.run(&["diff", "a", "a@2031", "--format", "json"]).json(0);
    assert_eq!((&json["before"]["path"], &json["after"]["ref"]), (&"a".into(), &"a@2031~en".into()));
}

#[test]
fn stat_prints_counts_alone() {
    let out = pair(FIRST).run(&["diff", "first.txt", "second.txt", "--stat"]).with_code(0);
    assert!(out.contains("clauses") && !out.contains("Urges"), "{out}");
}

#[test]
fn two_languages_are_warned_of() {
    let env = pair(
        "L’Assemblée,\n\nRappelant ses résolutions antérieures,\n\n1. Demande instamment à tous les États de maintenir les postes ;\n\n2. Décide de rester saisie de la question.\n",
    );
    let said = env.run(&["diff", "first.txt", "second.txt"]);
    assert!(said.err.contains("warning: first.txt is in en and second.txt in fr"), "{}", said.err);
    let said = env.run(&["diff", "first.txt", "second.txt", "--quiet"]);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""));
}

#[test]
fn the_language_can_be_given() {
    let env = pair(FIRST);
    let json = env.run(&["diff", "first.txt", "second.txt", "--lang", "fr", "--format", "json"]).json(0);
    assert_eq!(json["before"]["language"], "fr");
    let error = env.run(&["diff", "first.txt", "second.txt", "--lang", "xx"]).error();
    assert!(error.contains("\"xx\"") && error.contains("known are ar, en, es, fr, ru, zh"), "{error}");
}

#[test]
fn lines_keep_to_the_width() {
    let env = pair(FIRST).set("COLUMNS", "40");
    let widest = |out: String| out.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    assert!(widest(env.run(&["show", "first.txt"]).with_code(0)) > 50, "the hash is one word");
    let out = env.run(&["diff", "first.txt", "second.txt"]).with_code(0);
    assert!(widest(out) <= 40);
}

#[test]
fn html_is_a_file_for_a_browser_and_only_of_a_comparison() {
    let env = pair(&FIRST.replace("150", "105"));
    let html = env.run(&["diff", "first.txt", "second.txt", "--format", "html"]).with_code(1);
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"), "{html}");
    env.run(&["diff", "first.txt", "second.txt", "--format", "html", "-o", "report.html"]).with_code(1);
    assert_eq!(std::fs::read_to_string(env.path("report.html")).expect("a report"), html);
    for arguments in [&["show", "first.txt"][..], &["audit", "first.txt", "second.txt"], &["list"], &["explain"]] {
        let error = env.run(&[arguments, &["--format", "html", "-o", "other.html"]].concat()).error();
        assert!(error.contains("this command does not print html") && error.contains("hint: "), "{error}");
    }
    assert!(!env.path("other.html").exists());
}
