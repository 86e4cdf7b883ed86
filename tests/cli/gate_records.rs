//! What is recorded of a version, and whether it can say something else than the version: claims, reading texts, lists kept
//! beside the repository, the history of a corpus.

use std::fs;

use serde_json::Value;

use crate::env::Env;

const FIRST: &str = "Joint Statement of Veltria and Orsania\n\nThe two sides have agreed on the following measures.\n\n1. Each side shall accept up to 150 inspections in a year.\n\n2. Both sides call upon all States to refrain from placing weapons in outer space.\n";
const NOTE: &str = "\n* Reissued for technical reasons on 5 June 2031.\n";

fn corpus() -> Env {
    let env = Env::new();
    env.write(".gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.org\n");
    env.run(&["init", "c"]).with_code(0);
    env.write("first.txt", FIRST);
    add(&env, "first.txt", &["--issued", "2031-04-02"]);
    tag(&env, "base");
    env
}

fn add(env: &Env, file: &str, more: &[&str]) {
    let arguments = ["--corpus", "c", "add", file, "--work", "a/b", "--lang", "en"];
    env.run(&[&arguments[..], more].concat()).with_code(0);
}

fn open(env: &Env) -> git2::Repository {
    git2::Repository::open(env.path("c")).expect("a repository")
}

fn tag(env: &Env, name: &str) {
    let repository = open(env);
    let tip = repository.head().and_then(|head| head.peel(git2::ObjectType::Commit)).expect("a commit");
    repository.tag_lightweight(name, &tip, true).expect("a tag");
}

/// Commits the work tree at a second, as somebody says it was.
fn commit(env: &Env, parents: &[git2::Oid], second: i64) -> git2::Oid {
    let repository = open(env);
    let mut index = repository.index().expect("an index");
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("staged");
    index.update_all(["*"], None).expect("staged");
    index.write().expect("written");
    let tree = index.write_tree().and_then(|id| repository.find_tree(id)).expect("a tree");
    let who = git2::Signature::new("Ada", "ada@example.org", &git2::Time::new(second, 0)).expect("somebody");
    let parents: Vec<_> = parents.iter().map(|id| repository.find_commit(*id).expect("a parent")).collect();
    let parents: Vec<&git2::Commit<'_>> = parents.iter().collect();
    let id = repository.commit(None, &who, &who, "m", &tree, &parents).expect("committed");
    let head = repository.find_reference("HEAD").expect("HEAD");
    let name = head.symbolic_target().expect("UTF-8").expect("a branch").to_owned();
    repository.reference(&name, id, true, "test").expect("moved");
    id
}

fn tip(env: &Env) -> git2::Oid {
    open(env).head().and_then(|head| head.peel_to_commit()).expect("a commit").id()
}

fn verify(env: &Env) -> (bool, String) {
    let said = env.run(&["--corpus", "c", "verify", "--format", "json"]);
    let code = said.code;
    let found: Value = serde_json::from_str(&said.out).expect("JSON comes out");
    (code == Some(0), found.to_string())
}

fn audit(env: &Env) -> Value {
    let said = env.run(&["--corpus", "c", "audit", "--format", "json"]);
    serde_json::from_str(&said.out).expect("JSON comes out")
}

/// The policies that the last version breaks.
fn broken(env: &Env) -> Vec<String> {
    let found = audit(env);
    let results = found["results"].as_array().expect("results");
    let Some(last) = results.last() else { return Vec::new() };
    let findings = last["findings"].as_array().expect("findings").iter();
    let mut broken: Vec<String> = findings.map(|one| one["policy"].as_str().unwrap_or_default().to_owned()).collect();
    broken.dedup();
    broken
}

#[test]
fn no_claim_passes_what_a_plain_one_fails() {
    for claim in [
        "reissue",
        "reissue without revision",
        "not a revision",
        "unrevised",
        "reissue for technical reasons and revision",
        "corrigendum of nothing, reissue",
        "no draft",
        "readoption",
        "REISSUE  ",
    ] {
        let env = corpus();
        env.write("again.txt", FIRST.replace("150", "105"));
        add(&env, "again.txt", &["--issued", "2031-06-05", "--claim", claim]);
        assert_eq!(broken(&env), ["claimed-tier"], "{claim}");
    }
    for claim in ["revision", "Second revision.", "corrigendum 2", "revised text"] {
        let env = corpus();
        env.write("again.txt", FIRST.replace("150", "105"));
        add(&env, "again.txt", &["--issued", "2031-06-05", "--claim", claim]);
        assert!(broken(&env).is_empty(), "{claim}");
    }
}

#[test]
fn the_printed_claim_holds_and_another_in_the_record_is_told() {
    for claim in ["revision", "corrigendum", "adoption", "draft", "improved edition"] {
        let env = corpus();
        env.write("again.txt", FIRST.replace("150", "105") + NOTE);
        add(&env, "again.txt", &["--issued", "2031-06-05", "--claim", claim]);
        assert_eq!(broken(&env), ["technical-claim", "contradicted-claim"], "{claim}");
        assert_eq!(env.run(&["--corpus", "c", "ci", "--base", "base"]).code, Some(1), "{claim}");
    }
    for claim in ["reissue", "Second reissue for technical reasons", "reissue for technical reasons"] {
        let env = corpus();
        env.write("again.txt", format!("{FIRST}{NOTE}"));
        add(&env, "again.txt", &["--issued", "2031-06-05", "--claim", claim]);
        assert!(broken(&env).is_empty(), "{claim}");
    }
}

/// Rewrites the reading text of a version, with a hash that fits.
fn tamper(env: &Env, version: &str, extractor: Option<&str>, from: &str, to: &str) {
    let folder = format!("c/works/a/b/en/{version}");
    let text = fs::read_to_string(env.path(&format!("{folder}/text.txt"))).expect("a text");
    let record = fs::read_to_string(env.path(&format!("{folder}/version.toml"))).expect("a record");
    let changed = text.replace(from, to);
    let hash = |text: &str| recension::record::sha256(text.as_bytes());
    let lines =
        record.lines().filter(|line| extractor != Some("") || !line.starts_with("extractor")).map(
            |line| match extractor.filter(|name| !name.is_empty() && line.starts_with("extractor")) {
                Some(name) => format!("extractor = \"{name}\"\n"),
                None if line.starts_with("text = ") => format!("text = \"{}\"\n", hash(&changed)),
                None => format!("{line}\n"),
            },
        );
    let record: String = lines.collect();
    env.write(&format!("{folder}/text.txt"), changed).write(&format!("{folder}/version.toml"), record);
}

#[test]
fn a_reading_text_is_that_of_its_source() {
    let ours = format!("recension {}", env!("CARGO_PKG_VERSION"));
    for extractor in [None, Some(""), Some("some tool 3"), Some("recension 0.0.1")] {
        let env = corpus();
        env.write("again.txt", format!("{FIRST}{NOTE}"));
        add(&env, "again.txt", &["--issued", "2031-06-05"]);
        let added = tip(&env);
        tamper(&env, "2031-06-05", extractor, "150", "999");
        let parent = open(&env).find_commit(added).and_then(|commit| commit.parent_id(0)).expect("a parent");
        commit(&env, &[parent], 1_900_000_000);
        let found = env.run(&["--corpus", "c", "ci", "--base", "base", "--format", "json"]).json(1);
        let finding = &found["results"][0]["findings"][0];
        assert_eq!(finding["policy"], "foreign-reading", "{extractor:?}: {found}");
        let message = finding["message"].as_str().expect("a message");
        assert!(message.contains("999") && message.contains("150"), "{message}");
        let (holds, told) = verify(&env);
        assert!(told.contains("999"), "{told}");
        // An earlier version of the program may have read otherwise in good faith: that is told and no fault.
        assert_eq!(holds, extractor.is_some_and(|name| name.starts_with("recension ") && name != ours), "{told}");
    }
}

#[test]
fn a_listing_that_was_damaged_says_nothing() {
    let env = corpus();
    env.write("again.txt", FIRST.replace("150", "105"));
    add(&env, "again.txt", &["--issued", "2031-06-05", "--claim", "reissue for technical reasons"]);
    // What was written at about the time of the listing is read again anyway.
    let old = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_900_000_000 / 2);
    for version in ["2031-04-02", "2031-06-05"] {
        let record = fs::File::options().append(true).open(env.path(&format!("c/works/a/b/en/{version}/version.toml")));
        record.and_then(|file| file.set_modified(old)).expect("dated");
    }
    env.run(&["--corpus", "c", "list"]).with_code(0);
    let state = fs::read_dir(env.path("c/.git/recension")).expect("state").map(|entry| entry.expect("a file").path());
    let listing = state.into_iter().find(|path| path.display().to_string().contains("listing-")).expect("a listing");
    let bytes = fs::read(&listing).expect("a listing");
    let at = bytes.windows(9).position(|part| part == b"technical").expect("the claim is in it");
    for flipped in [at, at + 3, 40, bytes.len() - 3] {
        let mut damaged = bytes.clone();
        damaged[flipped] ^= 1;
        fs::write(&listing, damaged).expect("written");
        assert_eq!(broken(&env), ["technical-claim"], "byte {flipped}");
        assert!(verify(&env).0);
    }
    // A whole line that says something else is found by verify, which reads the files alone.
    let text = String::from_utf8(bytes).expect("UTF-8").replace("technical", "sensible");
    fs::write(&listing, text).expect("written");
    assert_eq!(broken(&env), ["technical-claim"]);
}

const SINCE: i64 = 1_800_000_000; // 15 January 2027

/// A corpus whose drafting ended, with one version drafted twice before; gives the last commit of the drafting.
fn drafted() -> (Env, git2::Oid) {
    let env = Env::new();
    env.write(".gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.org\n");
    git2::Repository::init(env.path("c")).expect("a repository");
    let text = |env: &Env, text: &str| {
        let hash = recension::record::sha256(text.as_bytes());
        env.write("c/works/a/b/en/2031/source.txt", text).write("c/works/a/b/en/2031/text.txt", text);
        let record = format!("language = \"en\"\n[sha256]\nsource = \"{hash}\"\ntext = \"{hash}\"\n");
        env.write("c/works/a/b/en/2031/version.toml", record);
    };
    env.write("c/recension.toml", "format = 1\n");
    text(&env, "One may draft.\n");
    let first = commit(&env, &[], SINCE - 300);
    text(&env, "One may draft again.\n");
    let second = commit(&env, &[first], SINCE - 200);
    env.write("c/recension.toml", "format = 1\n[history]\nsince = 2027-01-15T08:00:00Z\n");
    commit(&env, &[second], SINCE + 100);
    assert!(verify(&env).0, "{}", verify(&env).1);
    (env, second)
}

fn forge(env: &Env) {
    let text = "One may do anything.\n";
    let hash = recension::record::sha256(text.as_bytes());
    env.write("c/works/a/b/en/2031/source.txt", text).write("c/works/a/b/en/2031/text.txt", text);
    let record = format!("language = \"en\"\n[sha256]\nsource = \"{hash}\"\ntext = \"{hash}\"\n");
    env.write("c/works/a/b/en/2031/version.toml", record);
}

#[test]
fn an_early_date_excuses_no_change() {
    // On top of the history, with an early date.
    let (env, _) = drafted();
    forge(&env);
    commit(&env, &[tip(&env)], SINCE - 1_000);
    assert!(verify(&env).1.contains("changed by commit"));
    // On a branch from the drafting, merged; once as the second parent and once as the first.
    for swapped in [false, true] {
        let (env, drafting) = drafted();
        let main = tip(&env);
        forge(&env);
        let evil = commit(&env, &[drafting], SINCE - 100);
        let later = commit(&env, &[evil], SINCE + 500);
        env.write("c/recension.toml", "format = 1\n[history]\nsince = 2027-01-15T08:00:00Z\n");
        let parents = if swapped { [later, main] } else { [main, later] };
        commit(&env, &parents, SINCE + 600);
        let (holds, told) = verify(&env);
        assert!(!holds && told.contains("changed by commit"), "{swapped}: {told}");
    }
}

#[test]
fn what_only_the_work_tree_says_excuses_nothing() {
    let (env, _) = drafted();
    forge(&env);
    commit(&env, &[tip(&env)], SINCE + 200);
    env.write("c/recension.toml", "format = 1\n[history]\nsince = 2999-01-01T00:00:00Z\n");
    let (holds, told) = verify(&env);
    assert!(!holds && told.contains("changed by commit"), "{told}");
}

#[test]
fn a_later_end_of_drafting_excuses_no_change_after_it() {
    let (env, _) = drafted();
    env.write("c/recension.toml", "format = 1\n[history]\nsince = 2999-01-01T00:00:00Z\n");
    commit(&env, &[tip(&env)], SINCE + 200);
    forge(&env);
    commit(&env, &[tip(&env)], SINCE + 300);
    assert!(!verify(&env).0);
    // In one commit with the change it excuses nothing either.
    let (env, _) = drafted();
    env.write("c/recension.toml", "format = 1\n[history]\nsince = 2999-01-01T00:00:00Z\n");
    forge(&env);
    commit(&env, &[tip(&env)], SINCE + 200);
    assert!(!verify(&env).0);
}

#[test]
fn what_is_recorded_of_a_work_lasts() {
    let env = corpus();
    env.write("c/works/a/b/work.toml", "title = \"Another\"\n");
    commit(&env, &[tip(&env)], 1_900_000_000);
    let (holds, told) = verify(&env);
    assert!(!holds && told.contains("works/a/b/work.toml"), "{told}");
}

#[test]
fn names_of_files_of_a_corpus_are_no_names_of_works() {
    let env = corpus();
    for work in ["recension.toml", "a/recension.toml", "version.toml/b", "work.toml", "x/text.txt", "source.pdf"] {
        let error = env.run(&["--corpus", "c", "add", "first.txt", "--work", work, "--lang", "en"]).error();
        assert!(error.contains("files of a corpus"), "{error}");
        env.write("in/t.txt", FIRST).write("in/t.txt.toml", format!("work = \"{work}\"\nlang = \"en\"\n"));
        let said = env.run(&["--corpus", "c", "import", "in"]);
        assert!(said.code != Some(0) || said.out.contains("left out"), "{work}: {}{}", said.out, said.err);
        assert!(!env.path(&format!("c/works/{work}")).exists());
    }
}

#[test]
fn the_same_bytes_under_several_works_are_imported() {
    for (works, threads) in [(2, "0"), (2, ""), (7, "0"), (7, "")] {
        let env = corpus();
        for at in 0..works {
            env.write(&format!("in/{at}.txt"), FIRST)
                .write(&format!("in/{at}.txt.toml"), format!("work = \"w/{at}\"\n"));
        }
        let arguments = ["--corpus", "c", "import", "in", "--lang", "en"];
        // On one processor alone, where the machine has the tool to say so.
        let bound = std::process::Command::new("taskset").arg("--version").output().is_ok();
        let mut command = env.command(&arguments);
        if bound && !threads.is_empty() {
            let mut narrow = std::process::Command::new("taskset");
            narrow.args(["-c", threads]).arg(command.get_program()).args(arguments);
            narrow.env("HOME", env.path("")).current_dir(env.path(""));
            command = narrow;
        }
        let output = command.output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let list = env.run(&["--corpus", "c", "list"]).with_code(0);
        assert!(list.contains("w/0") && list.contains(&format!("w/{}", works - 1)), "{list}");
        assert!(verify(&env).0);
    }
}

/// Commits texts of one file with the days of their authors, and imports them; gives the source of the latest version.
fn imported(states: &[(&str, &str, i64)]) -> (Env, String) {
    let env = Env::new();
    env.write(".gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.org\n");
    let tracker = git2::Repository::init(env.path("tracker")).expect("a repository");
    for (file, text, second) in states {
        env.write(&format!("tracker/{file}"), text);
        let mut index = tracker.index().expect("an index");
        index.add_path(std::path::Path::new(file)).expect("staged");
        index.write().expect("written");
        let tree = index.write_tree().and_then(|id| tracker.find_tree(id)).expect("a tree");
        let who = |second| git2::Signature::new("Bot", "bot@example.org", &git2::Time::new(second, 0)).expect("one");
        let parent = tracker.head().ok().and_then(|head| head.peel_to_commit().ok());
        let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
        tracker.commit(Some("HEAD"), &who(*second), &who(1_750_000_000), "m", &tree, &parents).expect("committed");
    }
    env.run(&["init", "c"]).with_code(0);
    let arguments = ["--corpus", "c", "import", "--git", "tracker", "--work", "w/{stem}", "--lang", "en"];
    env.run(&arguments).with_code(0);
    let again = env.run(&[&arguments[..], &["--format", "json"]].concat()).json(0);
    assert_eq!(again["added"], 0, "the same call adds nothing");
    let source = env.run(&["--corpus", "c", "export", "w/t@latest", "--as", "source"]);
    (env, source.out)
}

#[test]
fn states_of_a_history_keep_their_order() {
    const DAY: i64 = 86_400;
    let (start, shall, may) = (1_700_000_000 / DAY * DAY, "The sides shall report.\n", "The sides may report.\n");
    // Taken back and changed again on one day.
    let (_, latest) = imported(&[
        ("t.md", shall, start),
        ("t.md", may, start + 30 * DAY),
        ("t.md", shall, start + 30 * DAY + 60),
        ("t.md", may, start + 30 * DAY + 120),
    ]);
    assert_eq!(latest, may);
    // An author's day before that of the state that it follows.
    let (_, latest) = imported(&[("t.md", shall, start + 30 * DAY), ("t.md", may, start)]);
    assert_eq!(latest, may);
    // A text that names a day before or after its time.
    let dated = |day: &str| format!("Joint Statement\n\n{day}\n\nThe sides may report.\n");
    for day in ["4 May 2021", "4 May 2924"] {
        let text = dated(day);
        let later = format!("{text}\nThey may say more.\n");
        let (_, latest) =
            imported(&[("t.md", shall, start), ("t.md", &text, start + DAY), ("t.md", &later, start + 2 * DAY)]);
        assert_eq!(latest, later, "{day}");
    }
}

#[test]
fn files_beside_each_other_are_works_of_their_own() {
    let names = ["a b", "a-b", "A-B", "(a)-b", "t"];
    let texts: Vec<(String, String)> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (format!("{name}.md"), format!("The sides have {at} posts.\n")))
        .collect();
    let states: Vec<(&str, &str, i64)> =
        texts.iter().map(|(file, text)| (file.as_str(), text.as_str(), 1_700_000_000)).collect();
    let (env, _) = imported(&states);
    let list = env.run(&["--corpus", "c", "list", "--format", "json"]).json(0);
    let versions = list["versions"].as_array().expect("versions");
    let works: std::collections::BTreeSet<&str> = versions.iter().filter_map(|one| one["work"].as_str()).collect();
    assert_eq!((versions.len(), works.len()), (5, 5), "{works:?}");
    assert!(works.contains("w/a-b"), "{works:?}");
}
