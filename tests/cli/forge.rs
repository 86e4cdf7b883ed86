//! A pull request on a forge and a commit hook: the scripts that this repository ships for them, run as they would be.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use crate::ci::{FIRST, add, repository};
use crate::env::Env;

fn shipped(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("a shipped file")
}

/// The script of a YAML file that begins behind a line, without its indent.
fn script(file: &str, opening: &str) -> String {
    let text = shipped(file);
    let behind = text.rsplit_once(&format!("{opening}\n")).unwrap_or_else(|| panic!("{file} has no {opening}")).1;
    let indent = behind.len() - behind.trim_start_matches(' ').len();
    let lines = behind.lines().take_while(|line| line.is_empty() || line.starts_with(&" ".repeat(indent)));
    lines.map(|line| line.get(indent..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Runs a script with bash in the repository, with nothing else in the environment.
fn bash(env: &Env, script: &str, variables: &[(&str, &str)]) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_recension"));
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", program.parent().expect("a folder").display());
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]);
    command.env_clear().env("HOME", env.path("")).env("PATH", path).env("PROGRAM", program);
    command.envs(variables.iter().copied()).current_dir(env.path("r")).output().expect("bash runs")
}

/// A step of GitHub Actions: its exit code, its log, its summary, its outputs.
fn action(env: &Env, inputs: &[(&str, &str)]) -> (Option<i32>, String, String, String) {
    let (summary, outputs) = (env.path("summary.md"), env.path("outputs"));
    let _ = (fs::remove_file(&summary), fs::remove_file(&outputs));
    let given = [
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_STEP_SUMMARY", summary.to_str().expect("UTF-8")),
        ("GITHUB_OUTPUT", outputs.to_str().expect("UTF-8")),
    ];
    let out = bash(env, &script("action.yml", "      run: |"), &[&given[..], inputs].concat());
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    (out.status.code(), String::from_utf8(out.stdout).expect("UTF-8"), read(summary), read(outputs))
}

fn reissue(env: &Env, text: &str) {
    env.write("again.txt", text);
    add(env, "again.txt", &["--issued", "2031-06-05", "--claim", "reissue for technical reasons"]);
}

/// Stages whatever the work tree has and has not.
fn stage(env: &Env) -> git2::Repository {
    let repository = git2::Repository::open(env.path("r")).expect("a repository");
    let mut index = repository.index().expect("an index");
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("staged");
    index.update_all(["*"], None).expect("staged");
    index.write().expect("written");
    repository
}

/// Commits the work tree, under a tag.
fn commit_all(env: &Env, tag: &str) {
    let repository = stage(env);
    let tree = repository.index().and_then(|mut index| index.write_tree()).expect("a tree");
    let tree = repository.find_tree(tree).expect("a tree");
    let who = git2::Signature::now("Ada", "ada@example.org").expect("somebody");
    let parent = repository.head().ok().and_then(|head| head.peel_to_commit().ok());
    let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
    let id = repository.commit(Some("HEAD"), &who, &who, tag, &tree, &parents).expect("committed");
    let object = repository.find_object(id, None).expect("it");
    repository.tag_lightweight(tag, &object, false).expect("a tag");
}

#[test]
fn the_action_passes_a_clean_reissue() {
    let env = repository();
    reissue(&env, &FIRST.replace("resolutions,\n", "resolutions,\n\n\n"));
    let (code, log, summary, outputs) = action(&env, &[("BASE", "base"), ("SARIF", "found.sarif")]);
    assert_eq!((code, outputs.as_str()), (Some(0), "outcome=pass\n"), "{log}");
    assert!(!log.contains("::error") && summary.contains("a/b"), "{log}{summary}");
    assert!(fs::read_to_string(env.path("r/found.sarif")).expect("a file").contains("\"2.1.0\""));
}

#[test]
fn the_action_fails_a_hidden_number_and_names_the_clause() {
    let env = repository();
    reissue(&env, &FIRST.replace("150", "105"));
    let (code, log, summary, outputs) = action(&env, &[("BASE", "base")]);
    assert_eq!((code, outputs.as_str()), (Some(1), "outcome=fail\n"), "{log}");
    assert!(log.starts_with("::error ") && log.contains("operative 1") && log.contains("150"), "{log}");
    assert!(log.lines().all(|line| line.starts_with("::")), "only annotations: {log}");
    assert!(summary.contains("operative 1") && summary.contains("technical-claim"), "{summary}");
    let (code, ..) = action(&env, &[("BASE", "nowhere")]);
    assert_eq!(code, Some(2));
    let (code, log, ..) = action(&env, &[("BASE", "0000000000000000000000000000000000000000")]);
    assert_eq!(code, Some(1), "a first push is compared with the commit before: {log}");
}

#[test]
fn a_statement_gives_the_forge_no_commands() {
    let env = repository();
    reissue(&env, &FIRST.replace("150 units", "150 units\n::add-mask::reduce\n::error::nothing"));
    let (code, log, ..) = action(&env, &[("BASE", "base")]);
    assert_eq!(code, Some(1));
    assert!(log.lines().all(|line| line.starts_with("::error ") || line.starts_with("::warning ")), "{log}");
}

#[test]
fn the_job_of_gitlab_writes_its_reports() {
    let env = repository();
    reissue(&env, &FIRST.replace("150", "105"));
    let out = bash(
        &env,
        &script("templates/recension.yml", "    - |"),
        &[("CI_MERGE_REQUEST_DIFF_BASE_SHA", "base"), ("RECENSION_JOB_FAIL_ON", "review")],
    );
    assert_eq!(out.status.code(), Some(1), "{}", String::from_utf8_lossy(&out.stderr));
    let quality: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(env.path("r/gl-code-quality-report.json")).expect("a report"))
            .expect("JSON");
    assert!(quality[0]["description"].as_str().expect("words").contains("150"), "{quality}");
    assert!(fs::read_to_string(env.path("r/recension.xml")).expect("a report").contains("<testsuite"));
    assert!(fs::read_to_string(env.path("r/recension.md")).expect("a summary").contains("operative 1"));
}

#[test]
fn the_commit_hook_looks_at_what_is_staged() {
    let hooks = shipped(".pre-commit-hooks.yaml");
    let entry = hooks.lines().find_map(|line| line.trim().strip_prefix("entry: recension ")).expect("an entry");
    let arguments: Vec<&str> = entry.split(' ').collect();
    assert_eq!(arguments, ["ci", "--staged"]);
    let env = Env::new();
    git2::Repository::init(env.path("r")).expect("a repository");
    env.write("r/notice.txt", FIRST).write(".gitconfig", "");
    commit_all(&env, "published");
    let hook = || env.run(&[&["--corpus", "r"], &arguments[..], &["--format", "json"]].concat());
    assert_eq!(hook().json(0)["results"], serde_json::json!([]));
    env.write("r/notice.txt", FIRST.replace("150", "105"));
    assert_eq!(hook().json(0)["results"], serde_json::json!([]), "nothing is staged yet");
    stage(&env);
    let found = hook().json(1);
    assert_eq!(found["results"][0]["findings"][0]["address"], "operative 1");
}

#[test]
fn files_outside_of_a_corpus_have_a_policy_a_past_and_claims() {
    let env = Env::new();
    env.write(".gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.org\n");
    git2::Repository::init(env.path("r")).expect("a repository");
    env.write("r/notice.txt", FIRST).write("r/.recension.toml", "[policy]\nunclaimed = \"substantive\"\n");
    commit_all(&env, "v0");
    fs::remove_file(env.path("r/notice.txt")).expect("removed");
    env.write("r/press/notice.txt", FIRST.replace("150", "105"))
        .write("r/.recension.toml", "[policy]\nunclaimed = \"editorial\"\n");
    commit_all(&env, "v1");
    let run = |more: &[&str]| env.run(&[&["--corpus", "r", "ci"], more].concat());
    let said = run(&["--base", "v0", "--format", "json"]);
    assert!(said.err.contains("the one at the base holds"), "{}", said.err);
    let found = said.json(1);
    let before = found["results"][0]["before"].as_str().expect("a name");
    assert!(before.ends_with(":notice.txt") && found["results"][0]["after"] == "press/notice.txt", "{found}");
    assert_eq!(found["results"][0]["findings"], serde_json::json!([]), "the policy of the base lets it pass");
    let others: Vec<&str> = (1..3).filter_map(|at| found["results"][at]["findings"][0]["policy"].as_str()).collect();
    assert_eq!(others, ["changed-settings", "removed-text"]);
    env.write("r/press/other.txt", format!("{FIRST}\n* Reissued for technical reasons on 5 June 2031.\n"));
    commit_all(&env, "v2");
    let found = run(&["--base", "v1", "--format", "json"]).json(1);
    assert_eq!(found["results"][0]["findings"][0]["policy"], "missing-predecessor");
    let error = run(&[]).error();
    assert!(error.contains("--base REV"), "{error}");
    let error = run(&["--base", "v0", "--report", "html=x.html"]).error();
    assert!(error.contains("--report"), "{error}");
}
