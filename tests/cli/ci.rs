//! A pull request in a throw-away repository: what passes and what does not.

use std::{fs, path::Path};

use crate::env::{Env, Said};

pub(crate) const FIRST: &str = "Meridian Assembly\n\nMLA/12/L.3\n\nThe Assembly,\n\nRecalling its earlier resolutions,\n\n1. Urges all States to reduce their stocks by 150 units;\n\n2. Decides to remain seized of the matter.\n";

/// A repository with a corpus of one version and a text file, at the tag `base`.
pub(crate) fn repository() -> Env {
    let env = Env::new();
    env.write(".gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.org\n");
    env.write("first.txt", FIRST);
    env.run(&["init", "r"]).with_code(0);
    add(&env, "first.txt", &["--issued", "2031-04-02"]);
    env.write("r/press/notice.txt", FIRST);
    commit(&env, "press/notice.txt", "Publish a notice");
    let repository = git2::Repository::open(env.path("r")).expect("a repository");
    let tip = repository.head().and_then(|head| head.peel(git2::ObjectType::Commit)).expect("a commit");
    repository.tag_lightweight("base", &tip, false).expect("a tag");
    env
}

pub(crate) fn add(env: &Env, file: &str, more: &[&str]) {
    let arguments = ["--corpus", "r", "add", file, "--work", "a/b", "--lang", "en"];
    env.run(&[&arguments[..], more].concat()).with_code(0);
}

fn commit(env: &Env, path: &str, message: &str) {
    let repository = git2::Repository::open(env.path("r")).expect("a repository");
    let mut index = repository.index().expect("an index");
    index.add_path(Path::new(path)).expect("staged");
    index.write().expect("written");
    let tree = index.write_tree().and_then(|id| repository.find_tree(id)).expect("a tree");
    let who = git2::Signature::now("Ada", "ada@example.org").expect("somebody");
    let parent = repository.head().and_then(|head| head.peel_to_commit()).expect("a commit");
    repository.commit(Some("HEAD"), &who, &who, message, &tree, &[&parent]).expect("committed");
}

fn ci(env: &Env, more: &[&str]) -> Said {
    env.run(&[&["--corpus", "r", "ci", "--base", "base"], more].concat())
}

#[test]
fn a_clean_reissue_passes() {
    let env = repository();
    let again = FIRST.replace("MLA/12/L.3", "MLA/12/L.3*").replace("resolutions,\n", "resolutions,\n\n\n")
        + "\n* Reissued for technical reasons on 5 June 2031.\n";
    env.write("again.txt", again);
    add(&env, "again.txt", &[]);
    let found = ci(&env, &["--format", "json"]).json(0);
    assert_eq!((found["pass"].as_bool(), found["results"].as_array().map(Vec::len)), (Some(true), Some(1)));
    assert_eq!(found["results"][0]["after"], "a/b@2031-06-05~en");
}

#[test]
fn a_hidden_number_breaks_it_and_the_clause_is_named() {
    let env = repository();
    env.write("again.txt", FIRST.replace("150", "105"));
    add(&env, "again.txt", &["--issued", "2031-06-05", "--claim", "reissue for technical reasons"]);
    let found = ci(&env, &["--format", "json"]).json(1);
    let finding = &found["results"][0]["findings"][0];
    assert_eq!((finding["policy"].as_str(), finding["tier"].as_str()), (Some("technical-claim"), Some("substantive")));
    assert_eq!(finding["address"], "operative 1");
    let waiver = |of: &str, day: &str| {
        let print = finding["fingerprint"].as_str().expect("a fingerprint");
        format!("[[waiver]]\nof = \"{of}\"\nfingerprint = \"{print}\"\nreason = \"agreed\"\nexpires = {day}\n")
    };
    env.write("r/recension-waivers.toml", waiver("a/b@2031-06-05~en", "9999-01-01"));
    let new = ci(&env, &[]);
    assert!(new.code == Some(1) && new.err.contains("--accept-new-waivers"), "{}", new.err);
    let waived = ci(&env, &["--format", "json", "--accept-new-waivers"]).json(0);
    assert_eq!(waived["waived"][0]["reason"], "agreed");
    env.write("r/recension-waivers.toml", waiver("a/b", "2001-01-01"));
    let expired = ci(&env, &["--accept-new-waivers"]);
    assert!(expired.err.contains("has expired on 2001-01-01"), "{}", expired.err);
    assert_eq!(expired.code, Some(1));
}

#[test]
fn a_backfilled_version_is_held_against_the_next() {
    let env = repository();
    env.write("older.txt", FIRST.replace("150", "105"));
    add(&env, "older.txt", &["--issued", "2030-01-01"]);
    let found = ci(&env, &["--format", "json"]).json(1);
    assert_eq!(found["results"][0]["before"], "a/b@2030-01-01~en");
    assert_eq!(found["results"][0]["after"], "a/b@2031-04-02~en");
}

#[test]
fn a_version_that_was_changed_breaks_it() {
    let env = repository();
    env.write("r/works/a/b/en/2031-04-02/text.txt", "Another text.\n");
    commit(&env, "works/a/b/en/2031-04-02/text.txt", "Mend a typo");
    let found = ci(&env, &["--format", "json"]).json(1);
    assert_eq!(found["results"][0]["after"], "a/b@2031-04-02~en");
    assert_eq!(found["results"][0]["findings"][0]["policy"], "changed-version");
}

#[test]
fn an_edited_file_is_compared_and_a_policy_holds_from_the_base() {
    let env = repository();
    env.write("r/press/notice.txt", FIRST.replace("Urges", "Invites"));
    commit(&env, "press/notice.txt", "Soften the notice");
    let found = ci(&env, &["--format", "json"]).json(0);
    assert_eq!(found["results"], serde_json::json!([]), "the corpus is the whole repository here");
    let loose = fs::read_to_string(env.path("r/recension.toml")).expect("settings").replace("editorial", "substantive");
    env.write("r/recension.toml", loose);
    commit(&env, "recension.toml", "Loosen the policy");
    env.write("again.txt", FIRST.replace("150", "105"));
    add(&env, "again.txt", &["--issued", "2031-06-05", "--claim", "reissue for technical reasons"]);
    let found = ci(&env, &[]);
    assert_eq!(found.code, Some(1), "{}", found.out);
    assert!(found.err.contains("the one at the base holds"), "{}", found.err);
}

#[test]
fn files_without_a_corpus_and_a_tier_that_no_change_may_have() {
    let env = Env::new();
    git2::Repository::init(env.path("r")).expect("a repository");
    env.write("r/notice.txt", FIRST).write(".gitconfig", "");
    let repository = git2::Repository::open(env.path("r")).expect("a repository");
    let who = git2::Signature::now("Ada", "ada@example.org").expect("somebody");
    for (at, text) in [FIRST.to_owned(), FIRST.replace("all States", "All States"), FIRST.replace("Urges", "Invites")]
        .iter()
        .enumerate()
    {
        env.write("r/notice.txt", text);
        let mut index = repository.index().expect("an index");
        index.add_path(Path::new("notice.txt")).expect("staged");
        let tree = index.write_tree().and_then(|id| repository.find_tree(id)).expect("a tree");
        let parent = repository.head().ok().and_then(|head| head.peel_to_commit().ok());
        let id = repository
            .commit(Some("HEAD"), &who, &who, "Publish", &tree, &parent.iter().collect::<Vec<_>>())
            .expect("committed");
        let object = repository.find_object(id, None).expect("it");
        repository.tag_lightweight(&format!("v{at}"), &object, false).expect("a tag");
    }
    let run = |more: &[&str]| env.run(&[&["--corpus", "r", "ci"], more].concat());
    let found = run(&["--base", "v1", "--format", "json"]).json(1);
    assert_eq!(found["results"][0]["after"], "notice.txt");
    assert_eq!(found["results"][0]["findings"][0]["policy"], "unclaimed-change");
    run(&["--base", "v0", "--head", "v1"]).with_code(0);
    let strict = run(&["--base", "v0", "--head", "v1", "--fail-on", "invisible", "--format", "json"]).json(1);
    assert_eq!(strict["results"][0]["findings"][0]["policy"], "grave-change");
    let unknown = run(&["--base", "nowhere"]).error();
    assert!(unknown.contains("nowhere"), "{unknown}");
}
