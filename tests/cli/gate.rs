//! Roads by which a pull request could pass without being looked at: each must end in a finding at its file, in every
//! format of the result.

use std::fs;

use serde_json::Value;

use crate::env::{Env, Said};

const NOTICE: &str = "Joint Statement of Veltria and Orsania\n\nThe two sides have agreed on the following measures.\n\n1. Each side shall accept up to 150 inspections in a year.\n\n2. Both sides call upon all States to refrain from placing weapons in outer space.\n";

/// A repository with a corpus of one version in a folder, a statement beside it, at the tag `base`.
fn repository() -> Env {
    let env = Env::new();
    env.write(".gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.org\n");
    git2::Repository::init(env.path("r")).expect("a repository");
    env.write("first.txt", NOTICE).write("r/statements/a.txt", NOTICE);
    env.run(&["init", "r/corpus"]).with_code(0);
    let add = ["--corpus", "r/corpus", "add", "first.txt", "--work", "a/b", "--lang", "en", "--issued", "2031-04-02"];
    env.run(&add).with_code(0);
    commit(&env, "base");
    env
}

/// Commits the work tree as it is, under a tag.
fn commit(env: &Env, tag: &str) {
    let repository = git2::Repository::open(env.path("r")).expect("a repository");
    let mut index = repository.index().expect("an index");
    index.add_all(["*"], git2::IndexAddOption::FORCE, None).expect("staged");
    index.update_all(["*"], None).expect("staged");
    index.write().expect("written");
    let tree = index.write_tree().and_then(|id| repository.find_tree(id)).expect("a tree");
    let who = git2::Signature::now("Ada", "ada@example.org").expect("somebody");
    let parent = repository.head().and_then(|head| head.peel_to_commit()).ok();
    let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
    let id = repository.commit(Some("HEAD"), &who, &who, tag, &tree, &parents).expect("committed");
    let object = repository.find_object(id, None).expect("it");
    repository.tag_lightweight(tag, &object, true).expect("a tag");
}

fn ci(env: &Env, more: &[&str]) -> Said {
    env.run(&[&["--corpus", "r", "ci", "--base", "base"], more].concat())
}

/// Commits, and gives the policies that are broken with the paths or versions that break them.
#[track_caller]
fn broken(env: &Env) -> Vec<(String, String)> {
    commit(env, "head");
    let found = ci(env, &["--format", "json"]).json(1);
    policies(&found)
}

fn policies(found: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let results = found["results"].as_array().expect("results");
    let of = |result: &Value| {
        let findings = result["findings"].as_array().cloned().unwrap_or_default();
        findings.iter().map(|finding| (text(&finding["policy"]), text(&result["after"]))).collect::<Vec<_>>()
    };
    results.iter().flat_map(of).collect()
}

#[track_caller]
fn assert_broken(env: &Env, policy: &str, at: &str) {
    let found = broken(env);
    assert!(found.iter().any(|(own, after)| own == policy && after == at), "{policy} at {at}: {found:?}");
}

const VERSION: &str = "r/corpus/works/a/b/en/2031-04-02";

#[test]
fn settings_that_the_base_has_not_take_nothing_out_of_sight() {
    for (settings, at) in [
        (format!("{VERSION}/recension.toml"), "corpus/works/a/b/en/2031-04-02/recension.toml"),
        ("r/corpus/works/recension.toml".to_owned(), "corpus/works/recension.toml"),
        ("r/corpus/works/a/Recension.toml".to_owned(), "corpus/works/a/Recension.toml"),
        ("r/corpus/works/a/.recension.toml".to_owned(), "corpus/works/a/.recension.toml"),
        ("r/corpus/works/recension.toml/x.md".to_owned(), "corpus/works/recension.toml"),
    ] {
        let env = repository();
        env.write(&format!("{VERSION}/text.txt"), "Another text.\n").write(&settings, "format = 1\n");
        let found = broken(&env);
        let told = |policy: &str, after: &str| found.iter().any(|(own, at)| own == policy && at == after);
        assert!(told("changed-settings", at), "{settings}: {found:?}");
        assert!(told("changed-version", "a/b@2031-04-02~en"), "{settings}: {found:?}");
    }
    for settings in ["r/statements/recension.toml", "r/recension.toml", "r/statements/recension.toml/works/x.md"] {
        let env = repository();
        env.write("r/statements/a.txt", NOTICE.replace("150", "105")).write(settings, "format = 1\n");
        assert_broken(&env, "unclaimed-change", "statements/a.txt");
    }
}

#[test]
fn settings_of_the_base_hold_and_a_change_of_them_is_told() {
    let env = repository();
    let settings = fs::read_to_string(env.path("r/corpus/recension.toml")).expect("settings");
    env.write("r/corpus/recension.toml", format!("# Words alone say nothing.\n{settings}"));
    commit(&env, "head");
    ci(&env, &[]).with_code(0);
    env.write("r/corpus/recension.toml", format!("{settings}\n[history]\nsince = 2999-01-01T00:00:00Z\n"));
    assert_broken(&env, "changed-settings", "corpus/recension.toml");
    env.write("r/corpus/recension.toml", "this is no TOML\n");
    assert_broken(&env, "changed-settings", "corpus/recension.toml");
    fs::remove_file(env.path("r/corpus/recension.toml")).expect("removed");
    env.write(&format!("{VERSION}/text.txt"), "Another text.\n");
    assert_broken(&env, "changed-version", "a/b@2031-04-02~en");
    let env = repository();
    env.write(
        "r/.recension.toml",
        "log = \"off\"\n[ci]\nfiles = [\"nothing\"]\n[policy]\nunclaimed = \"substantive\"\n",
    );
    env.write("r/statements/a.txt", NOTICE.replace("150", "105"));
    let found = broken(&env);
    let expected = [("unclaimed-change", "statements/a.txt"), ("changed-settings", ".recension.toml")];
    assert_eq!(found, expected.map(|(policy, at)| (policy.to_owned(), at.to_owned())));
    env.write("r/.recension.toml", "what is this\n");
    assert_broken(&env, "unclaimed-change", "statements/a.txt");
}

#[test]
fn what_can_not_be_read_is_a_finding_in_every_format() {
    let pdf = format!("%PDF-1.4\n{NOTICE}");
    for bytes in [
        &b"caf\xff\xc3\xa9 \xc3\xa9 \xc3\xa9 150 visits\n"[..],
        pdf.as_bytes(),
        b"\0\x01\x02\x03binary\0\0",
        b"",
        b" \n",
    ] {
        let env = repository();
        env.write("r/statements/a.txt", bytes);
        assert_broken(&env, "unreadable-text", "statements/a.txt");
        for format in ["terminal", "json", "jsonl", "markdown", "sarif", "junit", "github", "gitlab"] {
            let said = ci(&env, &["--format", format]).with_code(1);
            assert!(said.contains("unreadable-text") && said.contains("statements/a.txt"), "{format}: {said}");
        }
    }
    let env = repository();
    env.write("r/statements/a.txt", &b"caf\xff\xc3\xa9 \xc3\xa9 150 visits\n"[..]);
    commit(&env, "base");
    env.write("r/statements/a.txt", NOTICE);
    assert_broken(&env, "unreadable-text", "statements/a.txt");
}

#[test]
fn what_is_gone_is_a_finding_under_its_old_name() {
    let changed = NOTICE.replace("150", "105");
    let ballast = format!("{changed}\n{}", (1..2_000).map(|line| format!("{line}\n")).collect::<String>());
    for (now, text) in
        [("", ""), ("statements/a.md", NOTICE), ("statements/a.md", &changed), ("b.txt", NOTICE), ("b.txt", &ballast)]
    {
        let env = repository();
        fs::remove_file(env.path("r/statements/a.txt")).expect("removed");
        if !now.is_empty() {
            env.write(&format!("r/{now}"), text);
        }
        assert_broken(&env, "removed-text", "statements/a.txt");
        let github = ci(&env, &["--format", "github"]).with_code(1);
        assert!(github.contains("file=statements/a.txt"), "{github}");
    }
    let env = repository();
    fs::remove_file(env.path("r/statements/a.txt")).expect("removed");
    env.write("r/statements/a.txt/b.txt", NOTICE);
    assert_broken(&env, "removed-text", "statements/a.txt");
}

#[cfg(unix)]
#[test]
fn links_and_names_that_are_no_utf_8_are_findings() {
    use std::os::unix::{ffi::OsStrExt as _, fs::symlink};
    let env = repository();
    env.write("r/statements/evil.md", NOTICE.replace("150", "105"));
    fs::remove_file(env.path("r/statements/a.txt")).expect("removed");
    symlink("evil.md", env.path("r/statements/a.txt")).expect("a link");
    assert_broken(&env, "unreadable-text", "statements/a.txt");
    commit(&env, "base");
    fs::remove_file(env.path("r/statements/a.txt")).expect("removed");
    env.write("r/statements/a.txt", NOTICE.replace("150", "105"));
    assert_broken(&env, "unreadable-text", "statements/a.txt");

    let env = repository();
    symlink("/etc/hostname", env.path("r/statements/new.txt")).expect("a link");
    assert_broken(&env, "unreadable-text", "statements/new.txt");

    let env = repository();
    let name = std::ffi::OsStr::from_bytes(b"a\xff.txt");
    fs::rename(env.path("r/statements/a.txt"), env.path("r/statements").join(name)).expect("renamed");
    let found = broken(&env);
    assert!(
        found.iter().any(|(policy, at)| policy == "unreadable-text" && at == "statements/a\u{FFFD}.txt"),
        "{found:?}"
    );
    assert!(found.iter().any(|(policy, at)| policy == "removed-text" && at == "statements/a.txt"), "{found:?}");

    let env = repository();
    env.write("r/elsewhere/version.toml", "language = \"en\"\n").write("r/elsewhere/source.txt", NOTICE);
    symlink("../../../../../elsewhere", env.path("r/corpus/works/a/b/en/2031-06-05")).expect("a link");
    assert_broken(&env, "damaged-version", "corpus/works/a/b/en/2031-06-05");
    let error = env.run(&["--corpus", "r/corpus", "log", "a/b"]).error();
    assert!(error.contains("symbolic link"), "{error}");
}

#[test]
fn a_nested_repository_is_no_version() {
    let env = repository();
    let place = "r/corpus/works/a/b/en/2031-06-05";
    env.write(&format!("{place}/version.toml"), "language = \"en\"\n").write(&format!("{place}/source.txt"), NOTICE);
    let nested = git2::Repository::init(env.path(place)).expect("a repository");
    let error = env.run(&["--corpus", "r/corpus", "list"]).error();
    assert!(error.contains("nested repository"), "{error}");
    let who = git2::Signature::now("Ada", "ada@example.org").expect("somebody");
    let tree = nested.treebuilder(None).and_then(|tree| tree.write()).expect("a tree");
    let tree = nested.find_tree(tree).expect("a tree");
    let id = nested.commit(Some("HEAD"), &who, &who, "Nest", &tree, &[]).expect("committed");
    let repository = git2::Repository::open(env.path("r")).expect("a repository");
    let mut index = repository.index().expect("an index");
    let zero = git2::IndexTime::new(0, 0);
    let path = b"corpus/works/a/b/en/2031-06-05".to_vec();
    let (mode, flags) = (0o160_000, u16::try_from(path.len()).expect("short"));
    let entry = git2::IndexEntry {
        ctime: zero,
        mtime: zero,
        dev: 0,
        ino: 0,
        mode,
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags,
        flags_extended: 0,
        path,
    };
    index.add(&entry).and_then(|()| index.write()).expect("staged");
    let staged = ["--corpus", "r", "ci", "--staged", "--format", "json"];
    let found = policies(&env.run(&staged).json(1));
    assert_eq!(found, [("damaged-version".to_owned(), "corpus/works/a/b/en/2031-06-05".to_owned())]);
}

#[test]
fn a_version_that_does_not_hold_together_is_a_finding() {
    for (file, text, policy, at) in [
        ("works/a/b/en/2031-06-05/text.txt", NOTICE, "damaged-version", "corpus/works/a/b/en/2031-06-05/text.txt"),
        ("works/A/b/en/2031/version.toml", "", "damaged-version", "corpus/works/A/b/en/2031/version.toml"),
        ("works/a/b/en/2031-06-05/version.toml", "issued = \n", "damaged-version", "a/b@2031-06-05~en"),
        ("works/a/b/en/2031-06-05/version.toml", "language = \"en\"\n", "damaged-version", "a/b@2031-06-05~en"),
        ("works/a/b/work.toml", "title = \"Another\"\n", "damaged-version", "corpus/works/a/b/work.toml"),
        ("works/a/b/en/2031-04-02/extra.txt", "More.\n", "changed-version", "a/b@2031-04-02~en"),
    ] {
        let env = repository();
        env.write(&format!("r/corpus/{file}"), text);
        assert_broken(&env, policy, at);
    }
    let env = repository();
    fs::remove_dir_all(env.path("r/corpus")).expect("removed");
    assert_broken(&env, "changed-version", "a/b@2031-04-02~en");
}

#[test]
fn waivers_are_bound_expire_and_come_from_the_base() {
    let env = repository();
    env.write("r/statements/a.txt", NOTICE.replace("150", "105"));
    let old = "[[waiver]]\nof = \"statements/a.txt\"\nreason = \"x\"\nexpires = 9999-01-01\n";
    env.write("r/recension-waivers.toml", old);
    assert_broken(&env, "unclaimed-change", "statements/a.txt");
    let error = ci(&env, &["--accept-new-waivers"]).error();
    assert!(error.contains("no fingerprint") && error.contains("--write-waivers"), "{error}");

    fs::remove_file(env.path("r/recension-waivers.toml")).expect("removed");
    ci(&env, &["--write-waivers", "written.toml"]).with_code(1);
    let written = fs::read_to_string(env.path("written.toml")).expect("waivers");
    let error = ci(&env, &["--waivers", "written.toml"]).error();
    assert!(error.contains("gives no reason"), "{error}");
    let reasoned = written.replace("reason = \"\"", "reason = \"agreed\"");
    env.write("r/recension-waivers.toml", &reasoned);
    commit(&env, "head");
    let said = ci(&env, &[]);
    assert!(said.code == Some(1) && said.err.contains("--accept-new-waivers"), "{}", said.err);
    let found = ci(&env, &["--accept-new-waivers", "--format", "json"]).json(0);
    assert_eq!(found["waived"][0]["reason"], "agreed");

    // Outside of the repository it is nobody's who is judged.
    env.write("written.toml", &reasoned);
    ci(&env, &["--waivers", "written.toml"]).with_code(0);
    // The waiver is of this change: another one in the same clause, and the same in another clause, are not let pass.
    for text in [NOTICE.replace("150", "106"), NOTICE.replace("150", "105").replace("call upon", "invite")] {
        env.write("r/statements/a.txt", text);
        commit(&env, "head");
        let said = ci(&env, &["--waivers", "written.toml"]);
        assert_eq!(said.code, Some(1), "{}", said.out);
    }
    env.write("r/statements/a.txt", NOTICE);
    commit(&env, "head");
    let said = ci(&env, &["--waivers", "written.toml"]);
    assert!(said.code == Some(0) && said.err.contains("fits nothing"), "{}", said.err);
}

#[test]
fn of_several_last_common_commits_each_is_held_against() {
    let env = repository();
    let repository = git2::Repository::open(env.path("r")).expect("a repository");
    let who = |second| git2::Signature::new("Ada", "ada@example.org", &git2::Time::new(second, 0)).expect("somebody");
    let tree_of = |text: &str| {
        env.write("r/statements/a.txt", text);
        let mut index = repository.index().expect("an index");
        index.add_path(std::path::Path::new("statements/a.txt")).expect("staged");
        index.write_tree().and_then(|id| repository.find_tree(id)).expect("a tree")
    };
    let (old, new) = (tree_of(NOTICE), tree_of(&NOTICE.replace("150", "105")));
    let commit = |tree: &git2::Tree<'_>, parents: &[git2::Oid], second| {
        let parents: Vec<_> = parents.iter().map(|id| repository.find_commit(*id).expect("a parent")).collect();
        let parents: Vec<&git2::Commit<'_>> = parents.iter().collect();
        repository.commit(None, &who(second), &who(second), "m", tree, &parents).expect("committed")
    };
    let tip = repository.head().and_then(|head| head.peel_to_commit()).expect("a commit").id();
    let (x, m) = (commit(&old, &[tip], 2_000_000_009), commit(&new, &[tip], 2_000_000_005));
    let main = commit(&new, &[m, x], 2_000_000_012);
    let merged = commit(&new, &[m, x], 2_000_000_013);
    // What main has changed since is taken back.
    let pull = commit(&old, &[merged], 2_000_000_014);
    let run = |base: git2::Oid, head: git2::Oid| {
        let (base, head) = (base.to_string(), head.to_string());
        env.run(&["--corpus", "r", "ci", "--base", &base, "--head", &head, "--format", "json"])
    };
    let said = run(main, pull);
    assert!(said.err.contains("parted at several commits"), "{}", said.err);
    assert_eq!(policies(&said.json(1)), [("unclaimed-change".to_owned(), "statements/a.txt".to_owned())]);
}

const LANGUAGE: &str = "data/languages/en.toml";

/// What is looked at can't change what its words mean: a folder of data in the repository is that of the base.
#[test]
fn data_in_the_repository_are_those_of_the_base() {
    let env = repository();
    env.write("r/data/bodies/elm.toml", "name = 'Elm'\nsymbol = []\njob = []\nbarcode = []\nmasthead = []\n");
    commit(&env, "base");
    env.write("r/statements/a.txt", NOTICE.replace("150", "105"));
    // A body to which every line is one of the masthead, and a language without words.
    let all = "name = 'Elm'\nsymbol = []\njob = []\nbarcode = []\nmasthead = ['.']\n";
    env.write("r/data/bodies/elm.toml", all);
    let english = include_str!("../../data/languages/en.toml");
    env.write(&format!("r/{LANGUAGE}"), english.replace("[names]", "[names]\nqaa = ['elm']"));
    commit(&env, "head");
    let files = ["--data", "r/data", "--format", "json", "--files", "statements/*.txt", "--fail-on", "review"];
    let found = ci(&env, &files).json(1);
    assert!(found["results"].as_array().is_some_and(|results| !results.is_empty()), "{found}");
    assert_eq!(found["results"][0]["verdict"], "substantive", "{found}");
}

/// A folder of data that only what is looked at brings is refused.
#[test]
fn data_that_the_base_has_not_are_refused() {
    let env = repository();
    env.write("r/data/bodies/elm.toml", "name = 'Elm'\nsymbol = []\njob = []\nbarcode = []\nmasthead = ['.']\n");
    commit(&env, "head");
    let error = ci(&env, &["--data", "r/data"]).error();
    assert!(error.contains("its base has no data there"), "{error}");
}

/// A link in the repository leads where whoever changes the repository wants: what lies behind it is not taken.
#[cfg(unix)]
#[test]
fn data_behind_a_link_in_the_repository_are_refused() {
    use std::os::unix::fs::symlink;
    let env = repository();
    let body = "name = 'Elm'\nsymbol = []\njob = []\nbarcode = []\nmasthead = ['.']\n";
    env.write("away/bodies/elm.toml", body);
    env.write("r/data/bodies/elm.toml", body);
    symlink("../away", env.path("r/more")).expect("a link");
    symlink("data", env.path("r/inside")).expect("a link");
    symlink("r/more", env.path("over")).expect("a link");
    commit(&env, "base");
    for data in ["r/more", "r/inside", "r/statements/../more", "over", "./over"] {
        let error = ci(&env, &["--data", data]).error();
        assert!(error.contains("a link in the repository that is looked at"), "{data}: {error}");
    }
    // Outside of the repository the caller says what is meant, links and all.
    symlink("away", env.path("along")).expect("a link");
    for data in ["away", "along"] {
        let run = ci(&env, &["--data", data]);
        assert!(!run.err.contains("a link in the repository"), "{data}: {}", run.err);
    }
}
