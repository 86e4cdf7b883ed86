//! Writing to a corpus: what is committed, what is refused, what is found again.

use std::{fs, path::Path};

use crate::env::Env;

const FIRST: &str = "Meridian Assembly\n\nMLA/12/L.3\n\nThe Assembly,\n\nRecalling its earlier resolutions,\n\n1. Urges all States to reduce their stocks by 150 units;\n\n2. Decides to remain seized of the matter.\n";

/// A folder with a corpus in `c`, and somebody who commits.
fn corpus(arguments: &[&str]) -> Env {
    let env = Env::new();
    env.write(".gitconfig", "[user]\n\tname = Ada Kvaal\n\temail = ada@example.org\n");
    env.write("one.txt", FIRST);
    env.write("two.txt", FIRST.replace("150", "105"));
    env.run(&[&["init", "c"], arguments].concat()).with_code(0);
    env
}

fn run(env: &Env, arguments: &[&str]) -> crate::env::Said {
    env.run(&[&["--corpus", "c"], arguments].concat())
}

fn add(env: &Env, file: &str, more: &[&str]) -> serde_json::Value {
    run(env, &[&["add", file, "--work", "a/b", "--lang", "en", "--format", "json"], more].concat()).json(0)
}

/// Subjects of the commits, the newest first.
fn commits(env: &Env, folder: &str) -> Vec<String> {
    let repository = git2::Repository::open(env.path(folder)).expect("a repository");
    let mut walk = repository.revwalk().expect("a walk");
    walk.push_head().expect("a head");
    walk.map(|id| {
        let commit = repository.find_commit(id.expect("an id")).expect("a commit");
        commit.summary().ok().flatten().expect("a subject").to_owned()
    })
    .collect()
}

/// What git would say of the work tree.
fn changes(env: &Env, folder: &str) -> Vec<String> {
    let repository = git2::Repository::open(env.path(folder)).expect("a repository");
    let mut options = git2::StatusOptions::new();
    options.include_untracked(true).recurse_untracked_dirs(true);
    let statuses = repository.statuses(Some(&mut options)).expect("statuses");
    statuses.iter().map(|entry| entry.path().expect("UTF-8").to_owned()).collect()
}

#[test]
fn a_version_is_committed_with_its_facts() {
    let env = corpus(&[]);
    let added = add(&env, "one.txt", &["--issued", "2031-04-02", "--source-url", "https://example.org/1"]);
    assert_eq!(added["versions"][0]["ref"], "a/b@2031-04-02~en");
    assert_eq!(added["versions"][0]["symbol"], "MLA/12/L.3");
    assert_eq!(commits(&env, "c"), ["Add a/b@2031-04-02~en", "Begin a corpus"]);
    assert_eq!(changes(&env, "c"), Vec::<String>::new());
    let repository = git2::Repository::open(env.path("c")).expect("a repository");
    let head = repository.head().and_then(|head| head.peel_to_commit()).expect("a commit");
    assert_eq!(head.author().name().expect("a name"), "Ada Kvaal");
    let message = head.message().expect("a message");
    assert!(message.contains("\nRecension-Version: a/b@2031-04-02~en\n"), "{message}");
    assert!(message.contains("\nRecension-Source-Url: https://example.org/1\n"), "{message}");
    let source = fs::read(env.path("c/works/a/b/en/2031-04-02/source.txt")).expect("the source");
    assert_eq!(source, FIRST.as_bytes());
    let shown = run(&env, &["show", "a/b", "--format", "json"]).json(0);
    assert_eq!(shown["ref"], "a/b@2031-04-02~en");
    run(&env, &["verify", "--texts"]).with_code(0);
}

#[test]
fn the_same_bytes_are_there_and_others_are_refused() {
    let env = corpus(&[]);
    add(&env, "one.txt", &["--issued", "2031-04-02"]);
    let again = add(&env, "one.txt", &["--issued", "2031-04-02"]);
    assert_eq!((again["versions"][0]["already"].as_bool(), again["commit"].is_null()), (Some(true), true));
    let refused = run(&env, &["add", "two.txt", "--work", "a/b", "--lang", "en", "--issued", "2031-04-02"]).error();
    assert!(refused.contains("a/b@2031-04-02~en is in the corpus already, with other bytes"), "{refused}");
    assert!(refused.contains("--claim reissue"), "{refused}");
    let claimed = add(&env, "two.txt", &["--issued", "2031-04-02", "--claim", "reissue for technical reasons"]);
    assert_eq!(claimed["versions"][0]["ref"], "a/b@2031-04-02.2~en");
    let audited = run(&env, &["audit", "--format", "json"]).json(1);
    assert_eq!(audited["results"][0]["verdict"], "substantive");
    assert_eq!(commits(&env, "c").len(), 3);
}

#[test]
fn an_older_version_may_come_later() {
    let env = corpus(&[]);
    add(&env, "two.txt", &["--issued", "2031-09-26", "--claim", "reissue for technical reasons"]);
    add(&env, "one.txt", &["--issued", "1868-04-02"]);
    let log = run(&env, &["log", "a/b", "--format", "json"]).json(0);
    assert_eq!(log["versions"][0]["ref"], "a/b@1868-04-02~en");
    assert_eq!(log["versions"][1]["before"], "a/b@1868-04-02~en");
    assert_eq!(log["versions"][1]["verdict"], "substantive");
    assert_eq!(run(&env, &["log", "a/b", "--format", "json"]).json(0), log);
    let past = run(&env, &["list", "--at", "HEAD~1", "--format", "json"]).json(0);
    assert_eq!(past["versions"].as_array().map(Vec::len), Some(1));
    let diff = run(&env, &["diff", "a/b@first", "a/b@latest", "--format", "json"]).json(1);
    assert_eq!(diff["verdict"], "substantive");
}

#[test]
fn a_bare_repository_is_a_corpus() {
    let env = corpus(&["--bare"]);
    add(&env, "one.txt", &[]);
    add(&env, "two.txt", &["--issued", "2031"]);
    let list = run(&env, &["list", "--format", "json"]).json(0);
    let names: Vec<_> = list["versions"].as_array().expect("versions").iter().map(|version| &version["ref"]).collect();
    assert_eq!(names, ["a/b@undated~en", "a/b@2031~en"]);
    run(&env, &["verify"]).with_code(0);
    let status = run(&env, &["status", "--format", "json"]).json(0);
    assert_eq!((status["bare"].as_bool(), status["sound"].as_bool()), (Some(true), Some(true)));
}

#[test]
fn a_corpus_lies_in_a_larger_repository() {
    let env = Env::new();
    env.write(".gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.org\n").write("one.txt", FIRST);
    git2::Repository::init(env.path("project")).expect("a repository");
    env.write("project/README", "staged by nobody\n");
    env.run(&["init", "project/texts"]).with_code(0);
    env.run(&["--corpus", "project/texts", "add", "one.txt", "--work", "a/b", "--lang", "en"]).with_code(0);
    assert_eq!(changes(&env, "project"), ["README", ".gitignore"][..1]);
    let repository = git2::Repository::open(env.path("project")).expect("a repository");
    let tree = repository.head().and_then(|head| head.peel_to_tree()).expect("a tree");
    assert!(tree.get_path(Path::new("texts/works/a/b/en/undated/text.txt")).is_ok());
    env.run(&["--corpus", "project/texts", "verify"]).with_code(0);
    let status = env.run(&["--corpus", "project/texts", "status", "--format", "json"]).json(0);
    assert_eq!(status["uncommitted"].as_array().map(Vec::len), Some(0));
}

#[test]
fn sidecars_say_and_options_say_it_first() {
    let env = corpus(&[]);
    env.write(
        "one.txt.toml",
        "work = \"from/sidecar\"\nlang = \"en\"\nissued = 2030-01-01\n[dates]\nletter = \"2030-01-02\"\n",
    );
    let said = run(&env, &["add", "one.txt", "--issued", "2031-05-05", "--dry-run", "--format", "json"]).json(0);
    assert_eq!(said["versions"][0]["ref"], "from/sidecar@2031-05-05~en");
    assert_eq!(said["versions"][0]["dates"]["letter"], "2030-01-02");
    assert_eq!(commits(&env, "c").len(), 1);
    env.write("one.txt.toml", "wrok = \"a\"\n");
    let error = run(&env, &["add", "one.txt"]).error();
    assert!(error.contains("one.txt.toml, line 1: unknown field `wrok`"), "{error}");
}

#[test]
fn what_cannot_be_written_says_why() {
    let env = corpus(&[]);
    let no_work = run(&env, &["add", "one.txt", "--lang", "en", "--symbol", "…"]).error();
    assert!(no_work.contains("--work WORK"), "{no_work}");
    for work in ["../x", "A", "a/con", "/a", ""] {
        let error = run(&env, &["add", "one.txt", "--work", work, "--lang", "en"]).error();
        assert!(error.contains("names no work"), "{error}");
    }
    let missing = run(&env, &["add", "none.txt"]).error();
    assert!(missing.contains("none.txt"), "{missing}");
    env.write("plain/recension.toml", "format = 1\n");
    let no_git = env.run(&["--corpus", "plain", "add", "one.txt", "--work", "a", "--lang", "en"]).error();
    assert!(no_git.contains("git init"), "{no_git}");
    env.write(".gitconfig", "");
    let nobody = run(&env, &["add", "one.txt", "--work", "a", "--lang", "en"]).error();
    assert!(nobody.contains("user.name"), "{nobody}");
    let past = run(&env, &["add", "one.txt", "--at", "HEAD"]).error();
    assert!(past.contains("--at"), "{past}");
    env.write(".gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.org\n");
    let repository = git2::Repository::open(env.path("c")).expect("a repository");
    let tip = repository.head().and_then(|head| head.peel_to_commit()).expect("a commit").id();
    repository.set_head_detached(tip).expect("detached");
    let detached = run(&env, &["add", "one.txt", "--work", "a", "--lang", "en"]).error();
    assert!(detached.contains("git switch"), "{detached}");
    assert_eq!(changes(&env, "c"), Vec::<String>::new());
}

#[test]
fn what_others_changed_stays_as_it_is() {
    let env = corpus(&[]);
    env.write("c/notes.txt", "staged\n").write("c/recension.toml", "format = 1\n# changed\n");
    let repository = git2::Repository::open(env.path("c")).expect("a repository");
    let mut index = repository.index().expect("an index");
    index.add_path(Path::new("notes.txt")).expect("staged");
    index.write().expect("written");
    add(&env, "one.txt", &[]);
    assert_eq!(changes(&env, "c"), ["notes.txt", "recension.toml"]);
    let tree = repository.head().and_then(|head| head.peel_to_tree()).expect("a tree");
    assert!(tree.get_name("notes.txt").is_none());
    assert_eq!(fs::read_to_string(env.path("c/recension.toml")).expect("there"), "format = 1\n# changed\n");
}

#[test]
fn tampering_is_found_and_named() {
    let env = corpus(&[]);
    add(&env, "one.txt", &["--issued", "2031"]);
    let text = "c/works/a/b/en/2031/text.txt";
    env.write(text, "another text\n");
    let status = run(&env, &["status", "--format", "json"]).json(1);
    assert_eq!(status["uncommitted"][0]["kind"], "changed");
    let faults = run(&env, &["verify", "--format", "json"]).json(1);
    let checks: Vec<_> =
        faults["faults"].as_array().expect("faults").iter().map(|fault| fault["check"].as_str()).collect();
    assert_eq!(checks, [Some("hash"), Some("work-tree")]);
    let repository = git2::Repository::open(env.path("c")).expect("a repository");
    let mut index = repository.index().expect("an index");
    index.add_path(Path::new("works/a/b/en/2031/text.txt")).expect("staged");
    let tree = index.write_tree().and_then(|id| repository.find_tree(id)).expect("a tree");
    index.write().expect("written");
    let (head, who) =
        (repository.head().and_then(|head| head.peel_to_commit()).expect("a commit"), repository.signature());
    let who = who.or_else(|_| git2::Signature::now("Eve", "eve@example.org")).expect("somebody");
    let id = repository.commit(Some("HEAD"), &who, &who, "Mend a typo", &tree, &[&head]).expect("committed");
    let faults = run(&env, &["verify", "--format", "json"]).json(1);
    let history = faults["faults"].as_array().expect("faults").iter().find(|fault| fault["check"] == "history");
    let history = history.expect("a changed version is named");
    assert_eq!(
        (history["place"].as_str(), history["commit"].as_str()),
        (Some("works/a/b/en/2031"), Some(id.to_string().as_str()))
    );
}

#[test]
fn a_killed_writer_is_settled_by_the_next() {
    let env = corpus(&[]);
    add(&env, "one.txt", &["--issued", "2031"]);
    let pending = |commit: &str, folder: &str, text: &str| {
        let blob = git2::Oid::hash_object(git2::ObjectType::Blob, text.as_bytes()).expect("an id");
        let file = format!("works/a/b/en/{folder}/text.txt");
        env.write(&format!("c/{file}"), text);
        let journal = format!(
            r#"{{"commit":"{commit}","reference":"refs/heads/main","files":[{{"path":"{file}","blob":"{blob}","new":true}}]}}"#
        );
        env.write("c/.git/recension/pending.json", journal);
        env.write("c/.git/index.lock", "recension\n").write("c/.recension-stage/0/text.txt", "x");
        env.write("c/.git/refs/heads/main.lock", format!("{commit}\n"));
    };
    pending(&"1".repeat(40), "2035", "left behind\n");
    let status = run(&env, &["status", "--format", "json"]).json(1);
    assert_eq!(status["interrupted"], true);
    let added = add(&env, "two.txt", &["--issued", "2032"]);
    assert_eq!(added["interrupted"], "undone");
    assert!(!env.path("c/works/a/b/en/2035").exists() && !env.path("c/.recension-stage").exists());
    assert_eq!(changes(&env, "c"), Vec::<String>::new());

    let repository = git2::Repository::open(env.path("c")).expect("a repository");
    let tip = repository.head().and_then(|head| head.peel_to_commit()).expect("a commit").id().to_string();
    let text = fs::read_to_string(env.path("c/works/a/b/en/2032/text.txt")).expect("there");
    pending(&tip, "2032", &text);
    fs::remove_dir_all(env.path("c/works/a/b/en/2032")).expect("removable");
    let repaired = run(&env, &["verify", "--repair", "--format", "json"]).json(1);
    assert!(repaired["repaired"].to_string().contains("completed the work tree"), "{repaired}");
    assert!(env.path("c/works/a/b/en/2032/text.txt").exists());
}

#[test]
#[expect(clippy::disallowed_methods, reason = "several programs run at once")]
fn writers_wait_for_each_other() {
    let env = corpus(&[]);
    for at in 0..24 {
        env.write(&format!("in/{at}.txt"), FIRST.replace("150", &format!("{}", 1000 + at)));
    }
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|worker| {
                let env = &env;
                scope.spawn(move || {
                    for at in (worker..24).step_by(4) {
                        let (file, issued) = (format!("in/{at}.txt"), format!("{}", 1990 + at));
                        add(env, &file, &["--issued", &issued]);
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.join().expect("no writer fails");
        }
    });
    assert_eq!(commits(&env, "c").len(), 25);
    assert_eq!(changes(&env, "c"), Vec::<String>::new());
    run(&env, &["verify"]).with_code(0);
}

#[test]
fn a_list_is_imported_and_again() {
    let env = corpus(&[]);
    env.write(
        "list.csv",
        "path,work,lang,issued,claim,source_url\none.txt,a/b,en,2031-01-01,,\ntwo.txt,a/b,en,2031-01-01,revision,https://example.org\nnone.txt,a/b,en,,,\none.txt,../x,en,,,\n",
    );
    let imported = run(&env, &["import", "list.csv", "--format", "json"]).json(1);
    assert_eq!((imported["added"].as_u64(), imported["problems"].as_array().map(Vec::len)), (Some(2), Some(2)));
    assert_eq!(imported["problems"][0]["place"], "list.csv, line 4");
    let again = run(&env, &["import", "list.csv", "--format", "json"]).json(1);
    assert_eq!((again["added"].as_u64(), again["already"].as_u64()), (Some(0), Some(2)));
    let list = run(&env, &["list", "--format", "json"]).json(0);
    assert_eq!(list["versions"][1]["ref"], "a/b@2031-01-01.2~en");
    env.write("more.jsonl", "{\"path\": \"one.txt\", \"work\": \"a/c\", \"lang\": \"en\"}\n");
    run(&env, &["import", "more.jsonl"]).with_code(0);
    env.write("bad.csv", "file\nx\n");
    let error = run(&env, &["import", "bad.csv"]).error();
    assert!(error.contains("bad.csv, line 1") && error.contains("path"), "{error}");
    run(&env, &["verify"]).with_code(0);
    assert_eq!(changes(&env, "c"), Vec::<String>::new());
}

#[test]
fn a_history_is_imported() {
    let env = corpus(&[]);
    let tracker = git2::Repository::init(env.path("tracker")).expect("a repository");
    for (at, (path, number)) in [
        ("terms/Service A.md", 1),
        ("terms/Service A.md", 2),
        ("terms/b.md", 3),
        ("README", 4),
        ("terms/Service A.md", 1),
    ]
    .iter()
    .enumerate()
    {
        env.write(&format!("tracker/{path}"), FIRST.replace("150", &format!("{number}50")));
        let mut index = tracker.index().expect("an index");
        index.add_path(Path::new(path)).expect("staged");
        index.write().expect("written");
        let tree = index.write_tree().and_then(|id| tracker.find_tree(id)).expect("a tree");
        let when = git2::Time::new(1_000_000_000 + 86_400 * i64::try_from(at).expect("few"), 120);
        let who = git2::Signature::new("Bot", "bot@example.org", &when).expect("somebody");
        let parent = tracker.head().ok().and_then(|head| head.peel_to_commit().ok());
        tracker
            .commit(Some("HEAD"), &who, &who, "Update", &tree, &parent.iter().collect::<Vec<_>>())
            .expect("committed");
    }
    let arguments = [
        "import",
        "--git",
        "tracker",
        "--path",
        "terms/*.md",
        "--work",
        "terms/{stem}",
        "--lang",
        "en",
        "--format",
        "json",
    ];
    let imported = run(&env, &arguments).json(0);
    assert_eq!(imported["added"], 4);
    let list = run(&env, &["list", "--format", "json"]).json(0);
    let names: Vec<_> = list["versions"].as_array().expect("versions").iter().map(|version| &version["ref"]).collect();
    // The first text of the service returns in the last commit.
    let service = ["2001-09-09", "2001-09-10", "2001-09-13"].map(|day| format!("terms/service-a@{day}~en"));
    assert_eq!(names[0], "terms/b@2001-09-11~en");
    assert_eq!(names[1..].iter().map(|name| name.as_str().expect("a name")).collect::<Vec<_>>(), service);
    assert_eq!(run(&env, &arguments).json(0)["already"], 4);
}

#[test]
fn an_export_comes_back_byte_for_byte() {
    let env = corpus(&[]);
    env.write(
        "latin.txt",
        b"La r\xE9solution de l'Assembl\xE9e pr\xE9voit une d\xE9cision.\n\nElle d\xE9cide de rester saisie.\n",
    );
    add(&env, "one.txt", &["--issued", "2031", "--title", "A title"]);
    add(&env, "two.txt", &["--issued", "2032", "--claim", "revision"]);
    run(&env, &["add", "latin.txt", "--work", "a/c", "--lang", "fr"]).with_code(0);
    run(&env, &["export", "--as", "jsonl", "-o", "all.jsonl"]).with_code(0);
    env.run(&["init", "d", "--bare"]).with_code(0);
    let imported = env.run(&["--corpus", "d", "import", "all.jsonl", "--export", "--format", "json"]).json(0);
    assert_eq!(imported["added"], 3);
    let works = |folder: &str| {
        let repository = git2::Repository::open(env.path(folder)).expect("a repository");
        let tree = repository.head().and_then(|head| head.peel_to_tree()).expect("a tree");
        tree.get_name("works").expect("works").id()
    };
    assert_eq!(works("c"), works("d"));
    run(&env, &["export", "--as", "source", "--to", "out"]).with_code(0);
    assert_eq!(
        fs::read(env.path("out/a/c/fr/undated.txt")).expect("there"),
        fs::read(env.path("latin.txt")).expect("there")
    );
    run(&env, &["export", "a/b@2031", "--as", "akn", "-o", "one.xml"]).with_code(0);
    assert!(fs::read_to_string(env.path("one.xml")).expect("there").contains("<akomaNtoso"));
}

#[test]
fn a_history_is_exported_alike_anywhere() {
    let env = corpus(&[]);
    add(&env, "two.txt", &["--issued", "2032-05-05", "--claim", "revision"]);
    add(&env, "one.txt", &["--issued", "1868-11-29"]);
    let written = run(&env, &["export", "--git-history", "--format", "json"]).json(0);
    let repository = git2::Repository::open(env.path("c")).expect("a repository");
    let tip = repository.find_branch("recension-history", git2::BranchType::Local).expect("the branch");
    let tip = tip.get().peel_to_commit().expect("a commit");
    assert_eq!(written["commit"], tip.id().to_string());
    assert_eq!(tip.parent(0).expect("the first version").time().seconds(), 0);
    assert!(tip.parent(0).expect("it").message().expect("text").contains("Recension-Issued: 1868-11-29"));
    assert_eq!(tip.time().seconds(), 1_967_328_000);
    assert!(tip.tree().expect("a tree").get_path(Path::new("a/b/en.txt")).is_ok());
    let refused = run(&env, &["export", "--git-history", "main"]).error();
    assert!(refused.contains("HEAD"), "{refused}");
    assert_eq!(run(&env, &["export", "--git-history", "--format", "json"]).json(0)["already"], true);
}
