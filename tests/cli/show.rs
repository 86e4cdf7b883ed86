//! `recension show`.

use crate::env::{Env, samples};

#[test]
fn shows_what_is_known_and_every_clause() {
    let env = Env::new();
    let out = env.run(&["show", "un/cd/2066", "--corpus", &samples()]).with_code(0);
    for part in [
        "reference",
        "un/cd/2066@2016-09-26~zh",
        "GE.16-12040",
        "2016-09-23, 2016-09-26",
        "c1  masthead",
        "── letter",
        "── statement",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn json_has_the_keys_of_the_contract_in_order() {
    let env = Env::new();
    let out = env.run(&["show", "un/cd/2066~zh", "--corpus", &samples(), "--format", "json"]).with_code(0);
    let mut at = 0;
    for key in [
        "schema",
        "ref",
        "path",
        "sha256",
        "language",
        "symbol",
        "job_number",
        "dates",
        "claim",
        "clauses",
        "dropped",
        "components",
        "original_languages",
        "place",
        "claim_text",
        "encoding",
    ] {
        let found = out.find(&format!("\n  \"{key}\":")).unwrap_or_else(|| panic!("{key}"));
        assert!(found > at || at == 0, "{key} is out of order");
        at = found;
    }
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(json["schema"], "recension.show/1");
    assert!(json["symbol"].is_null());
    assert_eq!(json["dates"]["processing"], serde_json::json!(["2016-09-23", "2016-09-26"]));
    assert_eq!(json["original_languages"], serde_json::json!(["zh", "ru"]));
    let clauses = json["clauses"].as_array().expect("clauses");
    assert_eq!(clauses[0]["id"], "c1");
    let signature = clauses.iter().find(|clause| !clause["signature"].is_null()).expect("a signature");
    assert!(signature["signature"]["name"].is_string());
    assert_eq!(json["components"][0]["name"], "letter");
}

#[test]
fn reads_standard_input() {
    let json = Env::new()
        .run_with_stdin(&["show", "-", "--format", "json"], "1. Urges all States to act.\n".as_bytes())
        .json(0);
    assert_eq!(json["clauses"][0]["label"], "1.");
    assert_eq!(json["encoding"], "UTF-8");
}

#[test]
fn notes_go_to_standard_error() {
    let env = Env::new();
    env.write("a.txt", "1. Urges all States to act.\n");
    let said = env.run(&["diff", "a.txt", "a.txt", "--verbose"]);
    assert!(said.err.contains("note: a.txt: UTF-8"), "{}", said.err);
}

#[test]
fn the_ledger_accounts_for_every_byte() {
    let env = Env::new();
    let text = "1. The Sides agree to inter-\nnational rules.\n\n(a) They meet.\n\n[1] and\u{AD}so on.\n";
    env.write("a.txt", text);
    let out = env.run(&["show", "a.txt", "--ledger", "--format", "json"]).with_code(0);
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let entries = json["ledger"].as_array().expect("a ledger");
    let mut end = 0;
    for entry in entries {
        let (from, to) = (entry["span"][0].as_u64().expect("a byte"), entry["span"][1].as_u64().expect("a byte"));
        assert_eq!(from, end, "{entry}");
        assert!(to > from, "{entry}");
        let place = entry["where"].as_str().expect("a word");
        assert_eq!(entry["clause"].is_string(), matches!(place, "text" | "label"), "{entry}");
        assert_eq!(entry["why"].is_string(), place == "dropped", "{entry}");
        end = to;
    }
    assert_eq!(end, text.len() as u64);
    let shown = env.run(&["show", "a.txt", "--ledger"]).with_code(0);
    for part in ["0–2", "label   c1", "“The Sides agree to inter-”", "soft-hyphen", "bytes: text "] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn the_evidence_tells_why_paragraphs_begin() {
    let env = Env::new();
    let text = "The Sides have agreed on a list of the stocks that each of them\n\
                will lay open to the other, and on the days on which it does so.\n\n\
                1. They meet in Elm.\n\u{C}\n2. They \u{202E}sign\u{1B}[2J.\n";
    env.write("a.txt", text);
    let out = env.run(&["show", "a.txt", "--evidence"]).with_code(0);
    for part in [
        "\n4      begins",
        "”\n      +7   gap",
        "+5   label",
        "(1 against 0)",
        "boundaries 2, joins 1",
        "2      goes on",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(out.contains("They <U+202E>sign<U+001B>[2J.") && !out.contains(['\u{202E}', '\u{1B}']), "{out}");
    let json = env.run(&["show", "a.txt", "--evidence", "--format", "json"]).json(0);
    assert_eq!(json["schema"], "recension.evidence/1");
    let boundaries = json["boundaries"].as_array().expect("boundaries");
    let told: Vec<(u64, bool, u64)> = boundaries
        .iter()
        .map(|boundary| (boundary["line"].as_u64(), boundary["begins"].as_bool(), boundary["page"].as_u64()))
        .map(|(line, begins, page)| (line.expect("a line"), begins.expect("a decision"), page.expect("a page")))
        .collect();
    assert_eq!(told, [(2, false, 1), (4, true, 1), (6, true, 2)]);
    for boundary in boundaries {
        let evidence = boundary["evidence"].as_array().expect("evidence");
        let sum: i64 = evidence.iter().map(|found| found["weight"].as_i64().expect("a weight")).sum();
        assert_eq!(boundary["weight"], sum, "{boundary}");
    }
    env.run(&["show", "a.txt", "--evidence", "--ledger"]).error();
}
