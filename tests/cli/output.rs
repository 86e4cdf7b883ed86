//! Where results go.

use std::{fs, io::Read as _, process::Stdio};

use crate::env::Env;

const TEXT: &str = "1. Urges all States to act.\n";

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let env = Env::new();
    env.write("a.txt", TEXT).write("out.json", "before").write("folder/x", "");
    let out = env.run(&["show", "a.txt", "--format", "json", "-o", "out.json"]).with_code(0);
    assert_eq!(out, "");
    assert!(fs::read_to_string(env.path("out.json")).expect("written").starts_with("{\n  \"schema\""));
    env.run(&["show", "a.txt", "-o", "folder"]).error();
    env.run(&["show", "a.txt", "-o", "nowhere/out"]).error();
    env.run(&["show", "b.txt", "-o", "out.json"]).error();
    assert!(fs::read_to_string(env.path("out.json")).expect("still there").starts_with('{'));
    let names: Vec<String> = fs::read_dir(env.path(""))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    assert!(names.iter().all(|name| !name.ends_with(".tmp")), "{names:?}");
}

#[cfg(unix)]
#[test]
fn devices_are_written_to_and_not_replaced() {
    let env = Env::new();
    env.write("a.txt", TEXT);
    env.run(&["show", "a.txt", "-o", "/dev/null"]).with_code(0);
    assert!(!fs::metadata("/dev/null").expect("still there").is_file());
}

#[test]
fn quiet_says_nothing_and_keeps_the_code() {
    let env = Env::new();
    env.write("a.txt", TEXT);
    let said = env.run(&["show", "a.txt", "-q"]);
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (Some(0), "", ""));
    assert!(env.run(&["show", "b.txt", "-q"]).error().contains("b.txt"));
}

#[test]
fn who_closes_the_pipe_has_read_enough() {
    let env = Env::new();
    env.write("a.txt", "1. Urges all States to act.\n\n".repeat(20_000));
    let mut child = env
        .command(&["show", "a.txt"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let mut start = [0; 10];
    child.stdout.take().expect("a pipe").read_exact(&mut start).expect("some output");
    let output = child.wait_with_output().expect("ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn help_teaches() {
    let env = Env::new();
    for (command, taught) in [
        ("diff", "Clauses are aligned first"),
        ("audit", "Every version of the corpus is compared with the one before it"),
        ("show", "Nothing of the text is missing"),
        ("config", "Comments and the order of the file stay"),
        ("completions", "Put it where the shell looks"),
        ("man", "a page for the program and one for each command"),
    ] {
        let help = env.run(&[command, "--help"]).with_code(0);
        assert!(help.split_whitespace().collect::<Vec<_>>().join(" ").contains(taught), "{command}: {help}");
        for part in ["Usage: recension", "Examples:", "Exit codes:", "--corpus <DIR>"] {
            assert!(help.contains(part), "{command} {part}: {help}");
        }
        let examples = help
            .split_once("Examples:")
            .and_then(|(_, rest)| rest.split_once("Exit codes:"))
            .map_or("", |(examples, _)| examples);
        assert!(examples.lines().filter(|line| line.contains("recension ")).count() >= 2, "{command}: {help}");
    }
    assert!(env.run(&["--version"]).with_code(0).starts_with("recension "));
}
