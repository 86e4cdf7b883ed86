//! The gate as a hook of git, and beside a collection of garbage: with git itself, and with pre-commit where it is there.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use crate::env::{Env, Said};

const NOTICE: &str = "Joint Statement of Veltria and Orsania\n\n1. Each side shall accept up to 150 inspections in a year.\n\n2. Both sides call upon all States to keep the peace.\n";

#[expect(clippy::disallowed_methods, reason = "git and pre-commit are found where the machine has them")]
fn search_path() -> String {
    let own = Path::new(env!("CARGO_BIN_EXE_recension")).parent().expect("a folder").display().to_string();
    format!("{own}:{}", std::env::var("PATH").unwrap_or_default())
}

fn command(env: &Env, program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("HOME", env.path("")).env("PATH", search_path()).env("GIT_CONFIG_NOSYSTEM", "1");
    command.current_dir(env.path("r")).args(arguments).stdin(Stdio::null());
    command
}

fn run(env: &Env, program: &str, arguments: &[&str]) -> Said {
    let output = command(env, program, arguments).output().unwrap_or_else(|error| panic!("{program}: {error}"));
    Said {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn git(env: &Env, arguments: &[&str]) -> Said {
    run(env, "git", arguments)
}

/// A repository with two statements.
fn repository() -> Env {
    let env = Env::new();
    env.write(
        ".gitconfig",
        "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n",
    );
    env.write("r/a.txt", NOTICE).write("r/b.txt", NOTICE);
    git(&env, &["init", "--quiet"]).with_code(0);
    git(&env, &["add", "--all"]).with_code(0);
    git(&env, &["commit", "--quiet", "--message", "First"]).with_code(0);
    env
}

#[cfg(unix)]
fn hook(env: &Env) {
    use std::os::unix::fs::PermissionsExt as _;
    let path = env.path("r/.git/hooks/pre-commit");
    env.write("r/.git/hooks/pre-commit", "#!/bin/sh\nexec recension ci --staged\n");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("permitted");
}

#[track_caller]
fn stopped(env: &Env, arguments: &[&str]) {
    let before = git(env, &["rev-parse", "HEAD"]).out;
    let said = git(env, arguments);
    assert_ne!(said.code, Some(0), "{arguments:?}: {}{}", said.out, said.err);
    assert_eq!(git(env, &["rev-parse", "HEAD"]).out, before, "{arguments:?}");
}

#[cfg(unix)]
#[test]
fn the_hook_looks_at_what_git_is_about_to_commit() {
    let env = repository();
    hook(&env);
    env.write("r/a.txt", NOTICE.replace("150", "105"));
    stopped(&env, &["commit", "-a", "-m", "All"]);
    stopped(&env, &["commit", "-m", "One", "a.txt"]);
    stopped(&env, &["commit", "-m", "One", "--include", "a.txt"]);
    // What is staged is not what a commit of one file takes.
    git(&env, &["add", "a.txt"]).with_code(0);
    env.write("r/b.txt", format!("{NOTICE}\n\n"));
    git(&env, &["commit", "--quiet", "-m", "The other", "b.txt"]).with_code(0);
    stopped(&env, &["commit", "-m", "What is staged"]);
    // Staged is harmless, and the work tree is not.
    git(&env, &["checkout", "--quiet", "HEAD", "a.txt"]).with_code(0);
    env.write("r/b.txt", NOTICE.replace("150", "105"));
    git(&env, &["commit", "--quiet", "--allow-empty", "-m", "Nothing"]).with_code(0);
    stopped(&env, &["commit", "-a", "--amend", "-m", "Amended"]);
    // From a folder further in, and in another work tree of the repository.
    env.write("r/sub/c.txt", NOTICE);
    git(&env, &["add", "sub"]).with_code(0);
    git(&env, &["-C", "sub", "commit", "--quiet", "-m", "Further in"]).with_code(0);
    git(&env, &["worktree", "add", "--quiet", "../w"]).with_code(0);
    env.write("w/a.txt", NOTICE.replace("150", "105"));
    stopped(&env, &["-C", "../w", "commit", "-a", "-m", "Beside"]);
}

#[cfg(unix)]
#[test]
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn pre_commit_runs_the_hook() {
    let env = repository();
    let Ok(output) = command(&env, "pre-commit", &["--version"]).output() else {
        println!("skipped: there is no pre-commit on this machine");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    env.write(
        "r/.pre-commit-config.yaml",
        "repos:\n- repo: local\n  hooks:\n  - id: recension\n    name: recension\n    entry: recension ci --staged\n    language: system\n    pass_filenames: false\n    always_run: true\n",
    );
    let shipped = include_str!("../../.pre-commit-hooks.yaml");
    assert_eq!(shipped.matches("always_run: true").count(), shipped.matches("- id:").count());
    run(&env, "pre-commit", &["install"]).with_code(0);
    git(&env, &["add", ".pre-commit-config.yaml"]).with_code(0);
    git(&env, &["commit", "--quiet", "-m", "Watch"]).with_code(0);
    env.write("r/a.txt", NOTICE.replace("150", "105"));
    stopped(&env, &["commit", "-a", "-m", "All"]);
    stopped(&env, &["commit", "-m", "One", "a.txt"]);
    git(&env, &["rm", "--quiet", "--cached", "b.txt"]).with_code(0);
    stopped(&env, &["commit", "-m", "Without"]);
    git(&env, &["reset", "--quiet"]).with_code(0);
    env.write("r/b.txt", format!("{NOTICE}\n\n"));
    git(&env, &["commit", "--quiet", "-m", "The other", "b.txt"]).with_code(0);
}

#[cfg(unix)]
#[test]
fn the_first_commit_of_a_repository_is_looked_at() {
    let env = Env::new();
    env.write(".gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.org\n");
    env.write("r/a.txt", NOTICE);
    git(&env, &["init", "--quiet"]).with_code(0);
    hook(&env);
    git(&env, &["add", "a.txt"]).with_code(0);
    git(&env, &["commit", "--quiet", "-m", "First"]).with_code(0);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "several programs run at once")]
fn nothing_is_lost_to_a_collection_beside_it() {
    let env = repository();
    let corpus = env.path("r").join("corpus").display().to_string();
    env.run(&["init", &corpus]).with_code(0);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                // It may fail amid a write; that is its own affair.
                let _ = git(&env, &["gc", "--quiet", "--prune=now"]);
                let _ = git(&env, &["prune", "--expire=now"]);
            }
        });
        for at in 0..12 {
            env.write(&format!("in/{at}.txt"), NOTICE.replace("150", &at.to_string()));
            let (file, work) = (format!("in/{at}.txt"), format!("w/{at}"));
            let said = env.run(&["--corpus", &corpus, "add", &file, "--work", &work, "--lang", "en"]);
            if said.code == Some(0) {
                let path = format!("HEAD:corpus/works/w/{at}");
                let there = git(&env, &["ls-tree", "-r", "--name-only", &path]);
                assert!(there.code == Some(0) && there.out.contains("version.toml"), "{}{}", there.out, there.err);
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    let checked = git(&env, &["fsck", "--full", "--strict"]);
    assert!(checked.code == Some(0) && !checked.err.contains("missing"), "{}{}", checked.out, checked.err);
    let lost = git(&env, &["status", "--porcelain", "--untracked-files=no"]).with_code(0);
    assert_eq!(lost, "");
}
