//! `recension audit`.

use crate::env::{Env, samples};

const TEXT: &str =
    "The Assembly,\n\n1. Urges all States to keep 150 posts;\n\n2. Decides to remain seized of the matter.\n";
const REISSUE: &str = "claim = \"reissue for technical reasons\"\n";

#[test]
fn a_missing_first_issue_is_no_pass() {
    let json = Env::new().run(&["audit", "un/cd/2066", "--corpus", &samples(), "--format", "json"]).json(1);
    assert_eq!(json["schema"], "recension.audit/1");
    assert_eq!(json["pass"], false);
    let result = &json["results"][0];
    assert!(result["before"].is_null() && result["verdict"].is_null());
    assert_eq!(
        (&result["work"], &result["language"], &result["after"]),
        (&"un/cd/2066".into(), &"zh".into(), &"un/cd/2066@2016-09-26~zh".into())
    );
    assert_eq!(result["findings"][0]["policy"], "missing-predecessor");
    let keys: Vec<&String> = result.as_object().expect("an object").keys().collect();
    assert_eq!(keys.len(), 8);
}

#[test]
fn the_shipped_corpus_is_audited_whole_and_alike_with_any_number_of_threads() {
    let env = Env::new();
    let samples = samples();
    let run = |threads: &str| {
        env.run(&["audit", "--corpus", &samples, "--threads", threads, "--format", "json"]).with_code(1)
    };
    let one = run("1");
    assert_eq!(one, run("2"));
    assert_eq!(one, run("7"));
    let json: serde_json::Value = serde_json::from_str(&one).expect("JSON");
    assert_eq!(json["results"].as_array().expect("results").len(), 8);
}

#[test]
fn a_broken_claim_is_found_in_the_shipped_corpus() {
    let selector = "fictional/veltria-orsania/2031/strategic-stability~en";
    let json = Env::new().run(&["audit", selector, "--corpus", &samples(), "--format", "json"]).json(1);
    let results = json["results"].as_array().expect("results");
    let failing: Vec<&serde_json::Value> = results.iter().filter(|result| result["pass"] == false).collect();
    let [second] = &failing[..] else { panic!("one reissue breaks its claim: {failing:?}") };
    assert_eq!(second["after"], "fictional/veltria-orsania/2031/strategic-stability@2031-09-26~en");
    assert_eq!(second["findings"][0]["message"], "“150” → “105” (number)");
    assert_eq!(second["findings"][0]["policy"], "technical-claim");
}

#[test]
fn a_number_under_a_technical_claim_is_found() {
    let env = Env::new();
    env.version("a/en/2031-01-01", "", TEXT).version("a/en/2031-02-01", REISSUE, &TEXT.replace("150", "105"));
    let out = env.run(&["audit"]).with_code(1);
    assert!(out.contains("technical-claim substantive operative 1: “150” → “105” (number)"), "{out}");
    assert!(out.ends_with("1 version checked: 0 keep to the policy, 1 does not.\n"), "{out}");
    env.write("recension.toml", "[policy]\ntechnical = \"review\"\n[policy.classes]\nnumber = \"review\"\n");
    env.run(&["audit"]).with_code(0);
}

#[test]
fn equal_texts_keep_every_claim() {
    let env = Env::new();
    env.version("a/en/2031-01-01", "", TEXT).version("a/en/2031-02-01", REISSUE, TEXT).version(
        "a/fr/2031-01-01",
        "",
        "1. Demande à tous les États de le faire.\n",
    );
    let out = env.run(&["audit"]).with_code(0);
    assert!(out.ends_with("1 version checked: all keep to the policy.\n"), "{out}");
    let out = env.run(&["audit", "a~fr"]).with_code(0);
    assert!(out.starts_with("No version here follows another"), "{out}");
}

#[test]
fn selectors_choose() {
    let env = Env::new();
    let samples = samples();
    let results = |selectors: &[&str]| {
        let mut arguments = vec!["audit", "--corpus", &samples, "--format", "json"];
        arguments.extend(selectors);
        let said = env.run(&arguments);
        let json: serde_json::Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.err));
        json["results"].as_array().expect("results").len()
    };
    assert_eq!(results(&["fictional/"]), 7);
    assert_eq!(results(&["fictional/veltria-orsania/2031/strategic-stability"]), 5);
    assert_eq!(results(&["fictional/veltria-orsania/2031/strategic-stability~en"]), 2);
    assert_eq!(results(&["fictional/veltria-orsania/2031/strategic-stability@2031-06-05"]), 4);
    assert_eq!(results(&["fictional/veltria-orsania/2031/strategic-stability@2031-06-05~en", "un/"]), 2);
    let error = env.run(&["audit", "nobody/", "--corpus", &samples]).error();
    assert!(error.contains("begin with fictional/, un/"), "{error}");
    let error = env.run(&["audit", "un/cd/2067", "--corpus", &samples]).error();
    assert!(error.contains("un/cd/2066"), "{error}");
}

#[test]
fn two_files_are_held_against_the_claim_of_the_second() {
    let env = Env::new();
    env.write("first.txt", TEXT)
        .write("second.txt", format!("{TEXT}\n* Reissued for technical reasons on 1 March 2031.\n"));
    let said = env.run(&["audit", "first.txt", "second.txt", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    let result = &json["results"][0];
    assert_eq!(
        (&result["before"], &result["after"], &result["claim"]),
        (&"first.txt".into(), &"second.txt".into(), &"reissue for technical reasons".into())
    );
    assert!(result["work"].is_null());
    let error = env.run(&["audit", "first.txt"]).error();
    assert!(error.contains("an audit compares two"), "{error}");
    let error = env.run(&["audit", "first.txt", "third.txt"]).error();
    assert!(error.contains("third.txt: there is no such file"), "{error}");
}

#[test]
fn policies_explain_themselves() {
    let env = Env::new();
    assert!(env.run(&["audit", "--explain", "technical-claim"]).with_code(0).contains("What it checks"));
    assert!(env.run(&["audit", "--explain", "nonsense"]).error().contains("unclaimed-change"));
}

#[test]
fn faults_of_the_policy_are_told() {
    let env = Env::new();
    env.version("a/en/2031", "", TEXT);
    env.write("recension.toml", "format = 1\n\n[policy]\ntecnical = \"editorial\"\n");
    let error = env.run(&["audit"]).error();
    assert!(error.contains("recension.toml, line 4") && error.contains("tecnical"), "{error}");
}
