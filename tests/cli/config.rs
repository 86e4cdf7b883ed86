//! Configuration files, `recension config`, and what is said on standard error.

use std::fs;

use crate::env::Env;

const FIRST: &str =
    "1. Urges all States to keep 150 posts in the strait;\n\n2. Decides to remain seized of the matter.\n";

/// Two texts that differ in a comma and in a number.
fn pair() -> Env {
    let env = Env::new();
    env.write("first.txt", FIRST).write("second.txt", FIRST.replace("States", "States,"));
    env.write("third.txt", FIRST.replace("150", "105"));
    env
}

const DIFF: [&str; 3] = ["diff", "first.txt", "second.txt"];

/// The value of a key, and who says it.
fn setting(env: &Env, more: &[&str], key: &str) -> (serde_json::Value, String, serde_json::Value) {
    let json = env.run(&[&["config", "--format", "json"], more].concat()).json(0);
    let settings = json["settings"].as_array().expect("settings").clone();
    let found = settings.into_iter().find(|setting| setting["key"] == key).expect("the key");
    let name =
        found["name"].as_str().map_or_else(String::new, |name| name.rsplit('/').next().expect("a part").to_owned());
    (found["value"].clone(), name, found["line"].clone())
}

#[test]
fn an_option_goes_before_a_variable_and_that_before_the_files() {
    let env = pair();
    assert_eq!(setting(&env, &[], "ui.color"), ("auto".into(), String::new(), ().into()));
    env.write(".config/recension/config.toml", "[ui]\ncolor = \"always\"\nwidth = 41\n");
    assert_eq!(setting(&env, &[], "ui.color"), ("always".into(), "config.toml".to_owned(), 2.into()));
    env.write(".recension.toml", "# ours\n[ui]\n\ncolor = \"auto\"\n");
    assert_eq!(setting(&env, &[], "ui.color"), ("auto".into(), ".recension.toml".to_owned(), 4.into()));
    assert_eq!(setting(&env, &[], "ui.width"), (41.into(), "config.toml".to_owned(), 3.into()));
    let env = env.set("NO_COLOR", "1").set("COLUMNS", "52");
    assert_eq!(setting(&env, &[], "ui.color"), ("never".into(), "NO_COLOR".to_owned(), ().into()));
    assert_eq!(setting(&env, &[], "ui.width"), (52.into(), "COLUMNS".to_owned(), ().into()));
    assert_eq!(setting(&env, &["--color", "always"], "ui.color"), ("always".into(), "--color".to_owned(), ().into()));
}

#[test]
fn what_is_listed_is_what_is_done() {
    let env = pair();
    let colored = |env: &Env, more: &[&str]| env.run(&[&DIFF[..], more].concat()).out.contains('\u{1B}');
    assert!(!colored(&env, &[]));
    env.write(".config/recension/config.toml", "[ui]\ncolor = \"always\"\nview = \"inline\"\n");
    assert!(colored(&env, &[]) && !colored(&env, &["--color", "never"]));
    env.write(".recension.toml", "[ui]\ncolor = \"never\"\n[diff]\nmin_tier = \"substantive\"\n");
    assert!(!colored(&env, &[]));
    let out = env.run(&DIFF).with_code(0);
    assert!(!out.contains("@@") && out.contains("{+,+}"), "{out}");
    env.run(&[&DIFF[..], &["--min-tier", "editorial"]].concat()).with_code(1);
    let out = env.run(&[&DIFF[..], &["--view", "unified"]].concat()).with_code(0);
    assert!(out.contains("@@ "), "{out}");
    env.write("wide.toml", "[ui]\nwidth = 34\nview = \"inline\"\n");
    let env = env.set("RECENSION_CONFIG", "wide.toml");
    let out = env.run(&DIFF).with_code(0);
    assert!(out.lines().all(|line| line.chars().count() <= 34), "{out}");
}

#[test]
fn the_nearest_project_file_holds_as_far_as_the_repository() {
    let env = Env::new();
    env.write(".recension.toml", "[ui]\nwidth = 41\n").write("repository/a/b/x", "");
    let width = |folder: &str| {
        let output = env.command(&["config", "ui.width"]).current_dir(env.path(folder)).output().expect("runs");
        String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
    };
    assert_eq!(width("repository/a/b"), "41");
    env.write("repository/.git", "gitdir: elsewhere\n");
    assert_eq!(width("repository/a/b"), "");
    env.write("repository/a/.recension.toml", "[ui]\nwidth = 43\n");
    assert_eq!((width("repository/a/b"), width("repository")), ("43".to_owned(), String::new()));
}

#[test]
fn a_corpus_is_named_relative_to_the_file() {
    let env = Env::new();
    for corpus in ["statements", "others"] {
        env.write(&format!("{corpus}/recension.toml"), "format = 1\n")
            .write(&format!("{corpus}/works/a/{corpus}/en/2031/version.toml"), "")
            .write(&format!("{corpus}/works/a/{corpus}/en/2031/source.txt"), FIRST);
    }
    env.write("deep/er/x", "").write(".recension.toml", "corpus = \"statements\"\n");
    let list = |folder: &str, more: &[&str]| {
        let all = [&["list", "--works"], more].concat();
        let output = env.command(&all).current_dir(env.path(folder)).output().expect("runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert!(list("deep/er", &[]).contains("a/statements"));
    assert!(list("deep/er", &["--corpus", "../../others"]).contains("a/others"));
    // Who stands in a corpus means that one.
    assert!(list("others/works", &[]).contains("a/others"));
    env.write(".config/recension/config.toml", "corpus = \"../../statements\"\n").write(".recension.toml", "");
    assert!(list("deep/er", &[]).contains("a/statements"));
    assert!(list("others", &[]).contains("a/others"));
    let (value, name, line) = setting(&env, &[], "corpus");
    assert!(value.as_str().expect("a path").ends_with("statements"), "{value}");
    assert_eq!((name.as_str(), line), ("config.toml", 1.into()));
}

#[test]
fn faults_name_file_and_line() {
    for (text, line, part) in [
        ("[ui]\n\ncolour = \"auto\"\n", "line 3", "\"ui.colour\" is no key"),
        ("[ui]\ncolor = \"pink\"\n", "line 2", "it takes auto, always, never"),
        ("[ui\n", "line 1", ""),
        ("[policy]\ntechnicall = \"review\"\n", "line 2", "technicall"),
    ] {
        let env = pair();
        env.write(".recension.toml", text);
        let error = env.run(&DIFF).error();
        assert!(error.contains(&format!(".recension.toml, {line}: ")) && error.contains(part), "{error}");
        assert!(error.contains("hint: "), "{error}");
        env.run(&["diff", "--help"]).with_code(0);
    }
    let env = pair();
    env.write(".recension.toml", b"[ui]\ncolor = \"\xFF\"\n");
    assert!(env.run(&DIFF).error().contains("no UTF-8"));
}

#[test]
fn a_project_can_set_no_pager() {
    let env = pair();
    env.write(".recension.toml", "[ui]\nview = \"inline\"\npager = \"touch started\"\n");
    let said = env.run(&DIFF);
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(said.err.contains("warning: ") && said.err.contains("line 3: ui.pager is passed over"), "{}", said.err);
    assert_eq!(setting(&env, &[], "ui.pager").0, "less");
    assert!(env.run(&["config", "ui.pager", "less -S", "--project"]).error().contains("must not start a program"));
}

#[test]
fn a_project_policy_holds_for_files_outside_of_a_corpus() {
    let env = pair();
    assert_eq!(env.run(&[&DIFF[..], &["--format", "json"]].concat()).json(1)["verdict"], "editorial");
    env.write(".recension.toml", "[policy.classes]\npunctuation = \"substantive\"\n");
    assert_eq!(env.run(&[&DIFF[..], &["--format", "json"]].concat()).json(1)["verdict"], "substantive");
    env.run(&["audit", "first.txt", "second.txt"]).with_code(1);
    env.write(".recension.toml", "[policy]\nunclaimed = \"substantive\"\n");
    env.run(&["audit", "first.txt", "third.txt"]).with_code(0);
}

#[test]
fn config_sets_and_removes_one_key_and_leaves_the_rest() {
    let env = Env::new();
    env.run(&["config", "ui.view", "sides"]).with_code(0);
    let user = env.path(".config/recension/config.toml");
    assert_eq!(fs::read_to_string(&user).expect("a file"), "[ui]\nview = \"sides\"\n");
    assert_eq!(env.run(&["config", "ui.view"]).with_code(0), "sides\n");
    fs::write(&user, "# mine\n[ui]\nview = \"sides\" # wide screen\nwidth = 90\n").expect("writable");
    env.run(&["config", "ui.view", "inline"]).with_code(0);
    let text = fs::read_to_string(&user).expect("a file");
    assert_eq!(text, "# mine\n[ui]\nview = \"inline\" # wide screen\nwidth = 90\n");
    env.run(&["config", "--unset", "ui.width"]).with_code(0);
    assert_eq!(fs::read_to_string(&user).expect("a file"), "# mine\n[ui]\nview = \"inline\" # wide screen\n");
    env.run(&["config", "ci.files", "*.md", "a/*.txt", "--project"]).with_code(0);
    assert_eq!(
        fs::read_to_string(env.path(".recension.toml")).expect("a file"),
        "[ci]\nfiles = [\"*.md\", \"a/*.txt\"]\n"
    );
    assert_eq!(env.run(&["config", "ci.files"]).with_code(0), "*.md\na/*.txt\n");
    assert_eq!(env.run(&["config", "ci.fail_on"]).with_code(0), "");
}

#[test]
fn config_refuses_what_is_wrong_and_writes_nothing() {
    let env = Env::new();
    for arguments in [
        &["config", "ui.colour"][..],
        &["config", "ui.color", "pink"],
        &["config", "ui.color", "auto", "never"],
        &["config", "ui.width", "wide"],
        &["config", "ui.width", "0"],
        &["config", "ui.view", "inline", "--unset"],
        &["config", "ui.view", "--project"],
        &["config", "--project"],
    ] {
        env.run(arguments).error();
    }
    assert!(!env.path(".config").exists() && !env.path(".recension.toml").exists());
    // A file with a fault is mended key by key.
    env.write(".recension.toml", "[ui]\ncolor = \"pink\"\n");
    env.run(&["config"]).error();
    env.run(&["config", "ui.color", "never", "--project"]).with_code(0);
    assert_eq!(env.run(&["config", "ui.color"]).with_code(0), "never\n");
    env.write(".recension.toml", "[ui]\nkolor = 1\ncolor = \"auto\" # mine\n");
    env.run(&["config", "--unset", "ui.kolor", "--project"]).with_code(0);
    assert_eq!(fs::read_to_string(env.path(".recension.toml")).expect("a file"), "[ui]\ncolor = \"auto\" # mine\n");
    let folder = Env::new().set("RECENSION_CONFIG", "/").run(&["config", "ui.color", "auto"]).error();
    assert!(folder.contains("is no file"), "{folder}");
    env.write(".recension.toml", "[ui\n");
    assert!(env.run(&["config", "ui.color", "never", "--project"]).error().contains("line 1"));
    assert_eq!(fs::read_to_string(env.path(".recension.toml")).expect("a file"), "[ui\n");
}

#[test]
fn config_lists_every_key_with_who_says_it() {
    let env = Env::new();
    env.write(".recension.toml", "log = \"error\"\n");
    let out = env.run(&["config"]).with_code(0);
    for key in ["corpus", "ui.color", "ui.width", "ui.view", "ui.pager", "diff.min_tier", "ci.fail_on", "ci.files"] {
        assert!(out.lines().any(|line| line.starts_with(&format!("{key} "))), "{key}: {out}");
    }
    let log = out.lines().find(|line| line.starts_with("log ")).expect("the key");
    assert!(log.contains(" error ") && log.ends_with(".recension.toml:1"), "{out}");
    assert!(out.lines().any(|line| line.starts_with("ui.view ") && line.ends_with(" auto  built-in") || line.ends_with("built-in")));
}

#[test]
fn the_log_says_as_much_as_is_asked_for() {
    let said = |level: &str, more: &[&str]| {
        let env = pair().set("RECENSION_LOG", level);
        env.run(&[&DIFF[..], more].concat())
    };
    let kinds = |err: &str| {
        ["error: ", "warning: ", "note: ", "debug: "].into_iter().filter(|kind| err.contains(kind)).collect::<String>()
    };
    assert_eq!(kinds(&said("info", &[]).err), "note: ");
    assert_eq!(kinds(&said("debug", &[]).err), "note: debug: ");
    assert_eq!(kinds(&said("debug", &["--quiet"]).err), "");
    assert_eq!(kinds(&said("off", &["--verbose"]).err), "note: ");
    assert_eq!(kinds(&said("warn", &[]).err), "");
    let wrong = said("loud", &[]);
    assert!(wrong.err.contains("warning: RECENSION_LOG") && wrong.err.contains("off, error, warn, info, debug"));
    assert_eq!(said("debug", &[]).out, said("off", &[]).out, "results do not depend on it");
    let missing = |level: &str| {
        let said = Env::new().set("RECENSION_LOG", level).run(&["show", "missing.txt"]);
        (said.code, said.err.contains("error: "))
    };
    assert_eq!((missing("off"), missing("error")), ((Some(2), false), (Some(2), true)));
    let err = said("debug", &[]).err;
    assert!(err.contains("debug: comparing: ") && err.contains(" ms"), "{err}");
}

#[test]
fn no_pager_is_started_where_there_is_no_terminal() {
    let env = pair().set("RECENSION_PAGER", "touch started").set("PAGER", "touch started");
    env.run(&DIFF).with_code(1);
    env.run(&[&DIFF[..], &["--no-pager"]].concat()).with_code(1);
    assert!(!env.path("started").exists());
}
