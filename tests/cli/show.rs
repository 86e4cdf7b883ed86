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
