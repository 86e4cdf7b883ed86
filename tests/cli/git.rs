//! `recension git`, with git itself: what it shows, compares and merges once it is told to.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::env::{Env, Said};

const FIRST: &str = "The Meridian Assembly,\n\nRecalling its resolution 9/14 on the peaceful uses of outer space,\n\n1. Urges all States to keep 150 posts in the northern strait;\n\n2. Requests the Secretariat to publish the reports of States before the spring session;\n\n3. Calls upon Veltria and Orsania to resume their talks without delay;\n\n4. Decides to remain seized of the matter.\n";

/// The same in narrow lines.
const WRAPPED: &str = "The Meridian Assembly,\n\nRecalling its resolution 9/14\non the peaceful uses of\nouter space,\n\n1. Urges all States to keep 150\nposts in the northern strait;\n\n2. Requests the Secretariat to\npublish the reports of States\nbefore the spring session;\n\n3. Calls upon Veltria and Orsania\nto resume their talks without\ndelay;\n\n4. Decides to remain seized of the\nmatter.\n";

/// Both at once on one `PATH`, the program first.
fn path() -> String {
    let own = Path::new(env!("CARGO_BIN_EXE_recension")).parent().expect("a folder").display().to_string();
    format!("{own}:{}", search_path())
}

#[expect(clippy::disallowed_methods, reason = "git is found where the machine has it")]
fn search_path() -> String {
    std::env::var("PATH").unwrap_or_default()
}

/// A sealed folder with git in it, and somebody who commits.
fn sealed() -> Env {
    let env = Env::new().set("PATH", Box::leak(path().into_boxed_str()));
    env.write(
        ".gitconfig",
        "[user]\n\tname = Ada Kvaal\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n[core]\n\tpager = cat\n",
    );
    env
}

/// A repository in `r` with a statement in it.
fn repository() -> Env {
    let env = sealed();
    env.write("r/a.txt", FIRST);
    git(&env, &["init", "--quiet"]).with_code(0);
    commit(&env, "First");
    env
}

/// Runs git in the repository.
fn git(env: &Env, arguments: &[&str]) -> Said {
    at(env, "r", "git", arguments)
}

/// Runs the program in the repository.
fn own(env: &Env, arguments: &[&str]) -> Said {
    at(env, "r", env!("CARGO_BIN_EXE_recension"), arguments)
}

fn at(env: &Env, folder: &str, program: &str, arguments: &[&str]) -> Said {
    let mut command = Command::new(program);
    command.env_clear().env("HOME", env.path("")).env("PATH", path()).env("GIT_CONFIG_NOSYSTEM", "1");
    command.current_dir(env.path(folder)).args(arguments).stdin(Stdio::null());
    let output = command.output().unwrap_or_else(|error| panic!("{program} is needed for this test: {error}"));
    Said {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn commit(env: &Env, subject: &str) {
    git(env, &["add", "--all"]).with_code(0);
    git(env, &["commit", "--quiet", "--message", subject]).with_code(0);
}

/// Lines that a diff removes or adds.
fn changed(diff: &str) -> Vec<&str> {
    let marks = |line: &&str| line.starts_with(['+', '-']) && !line.starts_with("+++") && !line.starts_with("---");
    diff.lines().filter(marks).collect()
}

/// Every file below a folder with its bytes, git's objects and logs left out.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("objects") && !path.ends_with("logs") {
            found.extend(files(&path));
        } else if path.is_file() && !path.ends_with("index") {
            found.push((path.clone(), fs::read(&path).expect("readable")));
        }
    }
    found.sort();
    found
}

#[test]
fn git_tells_the_changed_clause_alone() {
    let env = repository();
    own(&env, &["git", "install"]).with_code(0);
    env.write("r/a.txt", WRAPPED);
    assert_eq!(git(&env, &["diff"]).with_code(0), "", "another layout is no difference");
    env.write("r/a.txt", WRAPPED.replace("150\nposts", "105\nposts"));
    let wanted = [
        "-1. Urges all States to keep 150 posts in the northern strait;",
        "+1. Urges all States to keep 105 posts in the northern strait;",
    ];
    assert_eq!(changed(&git(&env, &["diff"]).with_code(0)), wanted);
    let words = git(&env, &["diff", "--word-diff"]).with_code(0);
    assert!(words.contains("to keep [-150-]{+105+} posts in"), "{words}");
    commit(&env, "Change a number");
    assert_eq!(changed(&git(&env, &["show"]).with_code(0)), wanted);
    let log = git(&env, &["log", "-p", "-1"]).with_code(0);
    assert_eq!(changed(&log), wanted);
    let head = git(&env, &["diff", "-U0", "HEAD~1"]).with_code(0);
    assert!(head.contains("@@ Recalling its resolution 9/14"), "{head}");
}

#[test]
fn difftool_shows_the_comparison() {
    let env = repository();
    own(&env, &["git", "install"]).with_code(0);
    env.write("r/a.txt", WRAPPED.replace("150\nposts", "105\nposts")).write("r/b.txt", FIRST);
    env.write("r/--stat.txt", FIRST.replace("150", "105"));
    git(&env, &["add", "--intent-to-add", "--", "b.txt", "--stat.txt"]).with_code(0);
    assert!(git(&env, &["diff", "--", "--stat.txt"]).with_code(0).contains("+1. Urges all States to keep 105 posts"));
    let tool = git(&env, &["difftool", "--tool", "recension", "--no-prompt", "--trust-exit-code"]);
    assert_eq!(tool.code, Some(0), "{}", tool.err);
    assert!(tool.out.contains("@@ operative 1 → operative 1 @@ substantive: modified (number)"), "{}", tool.out);
    assert!(tool.out.contains("+4. Decides to remain seized"), "a new file is shown too: {}", tool.out);
}

/// Two branches that change a text each, with the second checked out into the first by a merge.
fn merge(env: &Env, ours: &str, theirs: &str) -> Said {
    git(env, &["switch", "--quiet", "--create", "theirs"]).with_code(0);
    env.write("r/a.txt", theirs);
    commit(env, "Theirs");
    git(env, &["switch", "--quiet", "main"]).with_code(0);
    env.write("r/a.txt", ours);
    commit(env, "Ours");
    git(env, &["merge", "--no-edit", "theirs"])
}

#[test]
fn git_merges_clauses_where_lines_conflict() {
    let ours = WRAPPED.replace("150\nposts", "105\nposts");
    let theirs = FIRST
        .replace("4. Decides", "5. Decides")
        .replace("3. Calls", "4. Calls")
        .replace("without delay;", "at once;")
        .replace("\n\n4. Calls", "\n\n3. Welcomes the offer of Elmburg to host the talks;\n\n4. Calls");
    let env = repository();
    let by_lines = merge(&env, &ours, &theirs);
    assert_eq!(by_lines.code, Some(1), "by lines it conflicts: {}", by_lines.out);
    let env = repository();
    own(&env, &["git", "install"]).with_code(0);
    let merged = merge(&env, &ours, &theirs);
    assert_eq!(merged.code, Some(0), "{}{}", merged.out, merged.err);
    let wanted = ours
        .replace("4. Decides", "5. Decides")
        .replace("3. Calls upon Veltria and Orsania\nto resume their talks without\ndelay;", "3. Welcomes the offer of Elmburg to host the talks;\n\n4. Calls upon Veltria and Orsania to resume their talks at once;");
    assert_eq!(fs::read_to_string(env.path("r/a.txt")).expect("merged"), wanted);
}

#[test]
fn a_conflict_is_one_of_a_clause_and_git_knows_it() {
    let env = repository();
    own(&env, &["git", "install"]).with_code(0);
    let merged = merge(&env, &FIRST.replace("150", "105"), &WRAPPED.replace("150", "90").replace("delay", "haste"));
    assert_eq!(merged.code, Some(1), "{}{}", merged.out, merged.err);
    assert!(merged.err.contains("warning: a.txt: conflict in operative 1: both changed it"), "{}", merged.err);
    assert_eq!(git(&env, &["diff", "--name-only", "--diff-filter=U"]).with_code(0), "a.txt\n");
    let text = fs::read_to_string(env.path("r/a.txt")).expect("there");
    assert!(text.contains("\n<<<<<<< ours operative 1\n1. Urges all States to keep 105 posts"), "{text}");
    assert!(text.contains("\n||||||| base operative 1\n") && text.contains("\n>>>>>>> theirs operative 1\n"), "{text}");
    assert!(text.contains("without\nhaste;") && text.matches("<<<<<<<").count() == 1, "{text}");
}

#[test]
fn what_is_no_text_is_left_to_a_person() {
    let env = repository();
    own(&env, &["git", "install"]).with_code(0);
    let merged = merge(&env, &FIRST.replace("150", "105"), "%PDF-1.7 no text\n");
    assert_eq!(merged.code, Some(1), "{}{}", merged.out, merged.err);
    assert!(
        merged.err.contains("a.txt is not merged and stands as ours has it: theirs can't be read"),
        "{}",
        merged.err
    );
    assert_eq!(fs::read_to_string(env.path("r/a.txt")).expect("there"), FIRST.replace("150", "105"));
    assert_eq!(git(&env, &["diff", "--name-only", "--diff-filter=U"]).with_code(0), "a.txt\n");
}

#[test]
fn a_merge_by_hand() {
    let env = sealed();
    env.write("base", FIRST)
        .write("ours", FIRST.replace("150", "105"))
        .write("theirs", FIRST.replace("delay", "haste"));
    let wanted = FIRST.replace("150", "105").replace("delay", "haste");
    assert_eq!(env.run(&["git", "merge", "--stdout", "base", "ours", "theirs"]).with_code(0), wanted);
    env.run(&["git", "merge", "-o", "merged", "base", "ours", "theirs"]).with_code(0);
    assert_eq!(fs::read_to_string(env.path("merged")).expect("written"), wanted);
    assert_eq!(fs::read_to_string(env.path("ours")).expect("there"), FIRST.replace("150", "105"));
    env.write("theirs", FIRST.replace("150", "90"));
    let said = env.run(&["git", "merge", "--marker-size", "9", "--path", "x\u{1B}[2J.txt", "base", "ours", "theirs"]);
    assert!(said.err.contains("warning: x<U+001B>[2J.txt: conflict in operative 1"), "{}", said.err);
    said.with_code(1);
    assert!(fs::read_to_string(env.path("ours")).expect("there").contains("\n<<<<<<<<< ours operative 1\n"));
    assert!(env.run(&["git", "merge", "base", "ours", "nowhere"]).error().contains("nowhere"));
    env.run(&["git", "merge", "--marker-size", "0", "base", "ours", "theirs"]).error();
}

#[test]
fn textconv_takes_anything() {
    let env = sealed();
    for (name, bytes) in [("empty", &b""[..]), ("pdf", b"%PDF-1.7\n"), ("latin", b"caf\xC3"), ("blank", b"\n\n")] {
        env.write(name, bytes);
        let output = env.command(&["git", "textconv", name]).output().expect("the program runs");
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), bytes), "{name}");
    }
    env.write("a.txt", "1. Urges all \u{1B}[31mStates\u{9B} to\nreport every year.\n");
    let out = env.run(&["git", "textconv", "a.txt"]).with_code(0);
    assert_eq!(out, "1. Urges all <U+001B>[31mStates<U+009B> to report every year.\n");
}

#[test]
fn uninstalling_gives_every_file_back() {
    for reach in [&[][..], &["--shared"], &["--global"]] {
        for (name, bytes) in
            [("", ""), ("r/.gitattributes", "*.c diff=cpp"), ("r/.git/info/attributes", "*.c diff=cpp\n")]
        {
            let env = repository();
            if !name.is_empty() {
                env.write(name, bytes);
            }
            let before = files(&env.path(""));
            let install = |more: &[&str]| own(&env, &[&["git", "install"], reach, more].concat()).with_code(0);
            install(&[]);
            let once = files(&env.path(""));
            assert_ne!(once, before);
            install(&[]);
            assert_eq!(files(&env.path("")), once, "a second call changes nothing");
            install(&["statements/**", "my texts/*.txt"]);
            install(&["--uninstall"]);
            assert_eq!(files(&env.path("")), before, "{reach:?} {name}");
            install(&["--uninstall"]);
            assert_eq!(files(&env.path("")), before, "{reach:?} {name}");
        }
    }
}

#[test]
fn patterns_name_the_files() {
    let env = repository();
    own(&env, &["git", "install", "my texts/*.txt", "#1.txt"]).with_code(0);
    let told = git(&env, &["check-attr", "diff", "merge", "--", "my texts/a.txt", "#1.txt", "a.txt"]).with_code(0);
    let wanted = "my texts/a.txt: diff: recension\nmy texts/a.txt: merge: recension\n#1.txt: diff: recension\n#1.txt: merge: recension\na.txt: diff: unspecified\na.txt: merge: unspecified\n";
    assert_eq!(told, wanted);
    for pattern in ["!a.txt", "texts/", "a\nb"] {
        assert!(own(&env, &["git", "install", pattern]).error().contains("hint: give a pattern"), "{pattern}");
    }
}

#[test]
fn other_kinds_of_repositories() {
    let env = repository();
    git(&env, &["worktree", "add", "--quiet", "../tree", "-b", "other"]).with_code(0);
    at(&env, "tree", env!("CARGO_BIN_EXE_recension"), &["git", "install"]).with_code(0);
    env.write("tree/a.txt", WRAPPED);
    assert_eq!(at(&env, "tree", "git", &["diff"]).with_code(0), "", "a work tree beside");
    env.write("r/a.txt", WRAPPED);
    assert_eq!(git(&env, &["diff"]).with_code(0), "", "and the first one");

    git(&env, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "./.", "sub"]).with_code(0);
    at(&env, "r/sub", env!("CARGO_BIN_EXE_recension"), &["git", "install"]).with_code(0);
    env.write("r/sub/a.txt", WRAPPED);
    assert_eq!(at(&env, "r/sub", "git", &["diff"]).with_code(0), "", "a submodule");

    git(&env, &["commit", "--quiet", "--all", "--message", "Wrap"]).with_code(0);
    git(&env, &["clone", "--quiet", "--bare", ".", "../bare"]).with_code(0);
    let bare = |arguments: &[&str]| at(&env, "bare", env!("CARGO_BIN_EXE_recension"), arguments);
    assert!(bare(&["git", "install", "--shared"]).error().contains("it has no work tree to hold .gitattributes"));
    bare(&["git", "install"]).with_code(0);
    let log = at(&env, "bare", "git", &["log", "-p", "-1", "--", "a.txt"]).with_code(0);
    assert_eq!(changed(&log), Vec::<&str>::new(), "{log}");
    let nowhere = at(&env, "", env!("CARGO_BIN_EXE_recension"), &["git", "install"]).error();
    assert!(nowhere.contains("stands in no git repository") && nowhere.contains("--global"), "{nowhere}");
}

#[test]
fn a_program_with_an_odd_path_is_found_again() {
    let env = repository();
    let folder = env.path("it's 100% \"odd\"");
    fs::create_dir_all(&folder).expect("a folder");
    let program = folder.join("recension");
    // Copied by a process of its own: whatever another test starts while this one had the copy open for writing would keep
    // it open, and what is written to can't be run.
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_recension")).arg(&program).status().expect("cp runs");
    assert!(copied.success());
    at(&env, "r", program.to_str().expect("a path"), &["git", "install"]).with_code(0);
    env.write("r/a.txt", WRAPPED);
    assert_eq!(git(&env, &["diff"]).with_code(0), "");
    git(&env, &["checkout", "--quiet", "a.txt"]).with_code(0);
    let merged = merge(&env, &WRAPPED.replace("150\nposts", "105\nposts"), &FIRST.replace("delay", "haste"));
    assert_eq!(merged.code, Some(0), "{}{}", merged.out, merged.err);
    let config = fs::read_to_string(env.path("r/.git/config")).expect("there");
    assert!(config.contains("odd"), "the path, for it is not the program on PATH: {config}");
    assert!(
        own(&env, &["git", "install", "--format", "json"]).json(0)["settings"][0]["value"]
            == "recension git textconv --"
    );
}

#[test]
fn nothing_is_written_over_what_can_not_be_read() {
    let env = repository();
    let config = fs::read_to_string(env.path("r/.git/config")).expect("there");
    env.write("r/.git/config.lock", "");
    assert!(own(&env, &["git", "install"]).error().contains("is locked"));
    fs::remove_file(env.path("r/.git/config.lock")).expect("removed");
    let torn = format!("{config}# recension git install: begin\n");
    env.write("r/.git/config", &torn);
    assert!(own(&env, &["git", "install"]).error().contains("without its other one"));
    assert!(own(&env, &["git", "install", "--uninstall"]).error().contains("by hand"));
    assert_eq!(fs::read_to_string(env.path("r/.git/config")).expect("there"), torn);
}

#[test]
fn a_text_that_both_branches_began_is_merged() {
    let env = repository();
    own(&env, &["git", "install"]).with_code(0);
    git(&env, &["switch", "--quiet", "--create", "theirs"]).with_code(0);
    env.write("r/b.txt", WRAPPED);
    commit(&env, "Theirs");
    git(&env, &["switch", "--quiet", "main"]).with_code(0);
    env.write("r/b.txt", FIRST);
    commit(&env, "Ours");
    let merged = git(&env, &["merge", "--no-edit", "theirs"]);
    assert_eq!(merged.code, Some(0), "{}{}", merged.out, merged.err);
    assert_eq!(fs::read_to_string(env.path("r/b.txt")).expect("there"), FIRST);
}

#[test]
fn the_files_of_the_user_are_those_that_git_reads() {
    let env = repository();
    let config = fs::read_to_string(env.path(".gitconfig")).expect("there");
    env.write(".gitconfig", format!("{config}\tattributesFile = ~/own attributes\n"));
    let said = own(&env, &["git", "install", "--global"]);
    assert!(said.err.contains("*.txt are meant in every repository"), "{}", said.err);
    let attributes = fs::read_to_string(env.path("own attributes")).expect("where core.attributesFile says");
    assert!(attributes.contains("\n*.txt diff=recension merge=recension\n"), "{attributes}");
    env.write("r/a.txt", WRAPPED);
    assert_eq!(git(&env, &["diff"]).with_code(0), "");
    own(&env, &["git", "install", "--global", "--uninstall"]).with_code(0);
    assert!(!env.path("own attributes").exists());
    assert!(!git(&env, &["diff"]).with_code(0).is_empty());
}
