//! Search over the clauses of a corpus, and the index that it keeps.

use std::{fs, path::PathBuf, process::Stdio, thread, time::Duration};

use recension::text::folded_lower;
use serde_json::Value;

use crate::env::{Env, samples};

const ENGLISH: &str = "1. Urges all States to refrain from the first use of such weapons;\n\n2. Requests the \
                       Secretary-General to report on strategic stability.\n";
const RUSSIAN: &str = "1. Настоятельно призывает все государства укреплять стратегическую стабильность;\n\n2. Просит \
                       Генерального секретаря представить доклад А/70/1.\n";
const SPANISH: &str = "1. Insta a todos los Estados a fortalecer la estabilidad estratégica;\n\n2. Pide al Secretario \
                       General que presente un informe de 3.300 páginas.\n";

/// A corpus in a git repository.
fn repository() -> (Env, git2::Repository) {
    let env = Env::new();
    let repository = git2::Repository::init(env.path("")).expect("a repository");
    env.version("a/b/en/2031-04-02", "", ENGLISH).version("a/b/ru/2031-04-02", "", RUSSIAN).version(
        "a/c/es/2033",
        "",
        SPANISH,
    );
    (env, repository)
}

fn commit(repository: &git2::Repository) -> String {
    let mut index = repository.index().expect("an index");
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("added");
    let tree = repository.find_tree(index.write_tree().expect("a tree")).expect("a tree");
    let who = git2::Signature::new("A", "a@example.org", &git2::Time::new(0, 0)).expect("a signature");
    let head = repository.head().ok().and_then(|head| head.peel_to_commit().ok());
    let parents: Vec<&git2::Commit<'_>> = head.iter().collect();
    repository.commit(Some("HEAD"), &who, &who, "m", &tree, &parents).expect("a commit").to_string()
}

/// The file of the index.
fn index_of(env: &Env) -> PathBuf {
    let state = fs::read_dir(env.path(".git/recension")).expect("state");
    let mut files = state.map(|entry| entry.expect("a file").path());
    files.find(|path| path.extension().is_some_and(|ending| ending == "sqlite")).expect("an index")
}

/// References and clauses of what is found.
fn found(env: &Env, arguments: &[&str]) -> Vec<String> {
    let arguments: Vec<&str> = ["find", "--format", "json"].iter().chain(arguments).copied().collect();
    let said = env.run(&arguments);
    let code = said.code.expect("it ends by itself");
    let found = said.json(code);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let hits: Vec<String> = found["hits"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|hit| format!("{} {}", text(&hit["ref"]), text(&hit["clause"])))
        .collect();
    assert_eq!(code, i32::from(hits.is_empty()), "{found}");
    hits
}

#[test]
fn six_languages_are_searched() {
    let env = Env::new();
    let samples = samples();
    let work = "fictional/veltria-orsania/2031/strategic-stability";
    for (query, language, marked) in [
        ("战略稳定", "zh", "战略稳定"),
        ("战略穩定", "zh", "战略稳定"),
        ("中程運載系統", "zh", "中程运载系统"),
        ("卡罗海峡的空中", "zh", "卡罗海峡的空中"),
        ("谋", "zh", "谋"),
        ("\"الاستقرار الاستراتيجي\"", "ar", "الاستقرار الاستراتيجي"),
        ("\"الاستقــرار الاستراتيجي\"", "ar", "الاستقرار الاستراتيجي"),
        ("\"STRATEGIC stability\"", "en", "strategic stability"),
        ("\"stabilité stratégique\"", "fr", "stabilité stratégique"),
        ("orsanie", "fr", "Orsanie"),
        ("\"1200 delivery\" OR", "en", ""),
    ] {
        let arguments = ["find", query, "--lang", language, "--corpus", &samples, "--format", "json"];
        let said = env.run(&arguments);
        if marked.is_empty() {
            said.with_code(1);
            continue;
        }
        let found = said.json(0);
        let hits = found["hits"].as_array().expect("a list");
        assert!(hits.iter().any(|hit| hit["work"] == work), "{query}: {found}");
        for hit in hits {
            let text = hit["text"].as_str().expect("a text");
            let range = |at: usize| usize::try_from(hit["ranges"][0][at].as_u64().expect("a number")).expect("small");
            assert_eq!(folded_lower(&text[range(0)..range(1)]), folded_lower(marked), "{query}: {hit}");
            let shown =
                env.run(&["show", hit["ref"].as_str().expect("a reference"), "--corpus", &samples, "--format", "json"]);
            let clauses = shown.json(0)["clauses"].take();
            let same = clauses.as_array().expect("a list").iter().find(|clause| clause["id"] == hit["clause"]);
            let same = same.expect("the clause is shown");
            assert_eq!((&same["text"], &same["address"], &same["kind"]), (&hit["text"], &hit["address"], &hit["kind"]));
        }
    }
    let (env, _) = repository();
    assert_eq!(found(&env, &["\"СТРАТЕГИЧЕСКУЮ стабильность\""]), ["a/b@2031-04-02~ru c1"]);
    assert_eq!(found(&env, &["A/70/1"]), ["a/b@2031-04-02~ru c2"]);
    assert_eq!(found(&env, &["\"estabilidad estratégica\""]), ["a/c@2033~es c1"]);
    assert_eq!(found(&env, &["3,300"]), ["a/c@2033~es c2"]);
}

#[test]
fn words_stand_in_one_clause_and_phrases_as_they_are() {
    let (env, _) = repository();
    assert_eq!(found(&env, &["stability report"]), ["a/b@2031-04-02~en c2"]);
    assert_eq!(found(&env, &["\"stability report\""]), Vec::<String>::new());
    assert_eq!(found(&env, &["stability weapons"]), Vec::<String>::new());
    assert_eq!(found(&env, &["“first use”"]), ["a/b@2031-04-02~en c1"]);
    assert_eq!(found(&env, &["stabil"]), Vec::<String>::new());
    assert_eq!(found(&env, &["stabil*"]), ["a/b@2031-04-02~en c2"]);
    assert_eq!(found(&env, &["secretary-general"]), ["a/b@2031-04-02~en c2"]);
}

#[test]
fn the_newest_come_first_and_the_rest_is_counted() {
    let (env, _) = repository();
    for (place, record) in [
        ("z/en/2030-01-01", ""),
        ("z/en/2032-01-01.2", ""),
        ("z/en/2032-01-01", ""),
        ("y/fr/2032-01-01", ""),
        ("y/en/undated", ""),
        ("y/en/odd", "issued = \"2040\"\n"),
    ] {
        env.version(place, record, "One needle here.\n\nAnother needle there.\n");
    }
    let all = [
        "y@odd~en c1",
        "y@odd~en c2",
        "y@2032-01-01~fr c1",
        "y@2032-01-01~fr c2",
        "z@2032-01-01.2~en c1",
        "z@2032-01-01.2~en c2",
        "z@2032-01-01~en c1",
        "z@2032-01-01~en c2",
        "z@2030-01-01~en c1",
        "z@2030-01-01~en c2",
        "y@undated~en c1",
        "y@undated~en c2",
    ];
    assert_eq!(found(&env, &["needle"]), all);
    assert_eq!(found(&env, &["needle", "--limit", "3"]), all[..3]);
    let cut = env.run(&["find", "needle", "--limit", "3", "--format", "json"]).json(0);
    assert_eq!((&cut["total"], &cut["cut"], &cut["searched"]), (&12.into(), &9.into(), &9.into()));
    let said = env.run(&["find", "needle", "--limit", "1", "--lang", "fr"]).with_code(0);
    assert_eq!(said.lines().next(), Some("y@2032-01-01~fr"));
    assert!(said.contains("One [=needle=] here."), "{said}");
    assert!(said.ends_with("2 clauses found in 1 version; 1 not shown (--limit)\n"), "{said}");
}

#[test]
fn filters_choose() {
    let (env, _) = repository();
    env.version("b/en/2032-05-06", "", "# Needle\n\n1. Urges a needle.\n").version("ab/en/2035", "", "A needle.\n");
    let needle = |arguments: &[&str]| found(&env, &[&["needle"], arguments].concat()).len();
    assert_eq!(needle(&[]), 3);
    assert_eq!(needle(&["--work", "b"]), 2);
    assert_eq!(needle(&["--work", "a"]), 0);
    assert_eq!(needle(&["--work", "ab/"]), 0);
    assert_eq!(found(&env, &["2", "--work", "a/"]), Vec::<String>::new());
    assert_eq!(found(&env, &["стабильность", "--work", "a/"]).len(), 1);
    assert_eq!(needle(&["--lang", "fr"]), 0);
    assert_eq!(needle(&["--from", "2032-05-07"]), 1);
    assert_eq!(needle(&["--from", "2032-05"]), 3);
    assert_eq!(needle(&["--to", "2032-05-06"]), 2);
    assert_eq!(needle(&["--from", "2033", "--to", "2034"]), 0);
    assert_eq!(found(&env, &["needle", "--work", "b", "--kind", "title"]), ["b@2032-05-06~en c1"]);
    assert_eq!(needle(&["--kind", "title", "--kind", "paragraph"]), 3);
    assert_eq!(needle(&["--kind", "footnote"]), 0);
    assert!(env.run(&["find", "needle", "--kind", "page"]).error().contains("preambular"));
    assert!(env.run(&["find", "needle", "--from", "soon"]).error().contains("2016-09"));
    let said = env.run(&["find", "needle", "--work", "nowhere"]);
    assert!(said.err.contains("no version of the corpus is of that work"), "{}", said.err);
    said.with_code(1);
}

#[test]
fn the_index_follows_the_corpus() {
    let (env, _) = repository();
    assert_eq!(found(&env, &["needle"]), Vec::<String>::new());
    env.version("a/b/en/2034", "", "A needle.\n");
    assert_eq!(found(&env, &["needle"]), ["a/b@2034~en c1"]);
    // What is as old as this is known by its footprint; a text without a recorded hash is held to its own stamp.
    thread::sleep(Duration::from_millis(2_200));
    assert_eq!(found(&env, &["needle"]), ["a/b@2034~en c1"]);
    let written = fs::metadata(index_of(&env)).expect("an index").modified().expect("a time");
    assert_eq!(found(&env, &["needle"]), ["a/b@2034~en c1"]);
    assert_eq!(fs::metadata(index_of(&env)).expect("an index").modified().expect("a time"), written);
    env.version("a/b/en/2034", "", "A thread.\n");
    assert_eq!(found(&env, &["needle"]), Vec::<String>::new());
    assert_eq!(found(&env, &["thread"]), ["a/b@2034~en c1"]);
    env.version("a/b/en/2034", "issued = \"2029\"\n", "A thread.\n");
    assert_eq!(found(&env, &["thread", "--to", "2029"]), ["a/b@2034~en c1"]);
    fs::remove_dir_all(env.path("works/a/b/en/2034")).expect("removable");
    assert_eq!(found(&env, &["thread"]), Vec::<String>::new());
    assert_eq!(found(&env, &["weapons"]), ["a/b@2031-04-02~en c1"]);
}

#[test]
fn revisions_and_bare_repositories_are_searched() {
    let (env, repository) = repository();
    let first = commit(&repository);
    env.version("a/b/en/2034", "", "A needle.\n");
    let second = commit(&repository);
    let bare = env.path("bare.git").display().to_string();
    git2::build::RepoBuilder::new()
        .bare(true)
        .clone(&env.path("").display().to_string(), env.path("bare.git").as_ref())
        .expect("a clone");
    for _ in 0..2 {
        assert_eq!(found(&env, &["needle", "--at", &first]), Vec::<String>::new());
        assert_eq!(found(&env, &["needle", "--at", &second]), ["a/b@2034~en c1"]);
        assert_eq!(found(&env, &["needle", "--corpus", &bare]), ["a/b@2034~en c1"]);
        assert_eq!(found(&env, &["weapons", "--corpus", &bare, "--at", &first]), ["a/b@2031-04-02~en c1"]);
    }
}

#[test]
fn a_damaged_index_is_made_anew() {
    let (env, _) = repository();
    let right = found(&env, &["weapons"]);
    let file = index_of(&env);
    let whole = fs::read(&file).expect("an index");
    let mut damages = vec![Vec::new(), b"nonsense".to_vec(), whole[..whole.len() / 2].to_vec(), vec![0; whole.len()]];
    for page in 0..whole.len() / 4096 {
        let mut damaged = whole.clone();
        damaged[page * 4096..(page + 1) * 4096].fill(0xA5);
        damages.push(damaged);
    }
    for (at, damage) in damages.into_iter().enumerate() {
        fs::write(&file, damage).expect("writable");
        assert_eq!(found(&env, &["weapons"]), right, "damage {at}");
        assert_eq!(found(&env, &["стабильность", "--lang", "ru"]), ["a/b@2031-04-02~ru c1"], "damage {at}");
    }
    // What a killed maker leaves: a new index that is not finished.
    fs::write(file.with_extension("new"), &whole[..whole.len() / 2]).expect("writable");
    fs::remove_file(&file).expect("removable");
    assert_eq!(found(&env, &["weapons"]), right);
    assert!(file.exists() && !file.with_extension("new").exists());
    assert_eq!(found(&env, &["weapons", "--reindex"]), right);
}

#[test]
fn several_at_once_give_the_same_answer() {
    let (env, _) = repository();
    for year in 2040..2100 {
        env.version(&format!("many/en/{year}"), "", &format!("{ENGLISH}\nA needle of {year}.\n"));
    }
    let arguments = ["find", "needle", "--limit", "1", "--format", "json"];
    for _ in 0..2 {
        let start = || {
            let mut command = env.command(&arguments);
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs")
        };
        let running: Vec<_> = (0..6).map(|_| start()).collect();
        for process in running {
            let output = process.wait_with_output().expect("it ends");
            let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
            assert_eq!((&found["total"], &found["searched"]), (&60.into(), &63.into()), "{output:?}");
        }
        env.version("more/en/2031", "", "One more needle.\n");
        assert_eq!(env.run(&arguments).json(0)["total"], 61);
        fs::remove_dir_all(env.path("works/more")).expect("removable");
    }
}

#[test]
fn no_query_is_obeyed() {
    let (env, _) = repository();
    for query in ["\"", "*", "''", "—", "\u{200B}"] {
        assert!(env.run(&["find", query]).error().contains("no word to look for"), "{query:?}");
    }
    for query in [
        "weapons OR stability",
        "NOT weapons",
        "NEAR(first use)",
        "terms:weapons",
        "weapons\" OR \"stability",
        "weapons'; DROP TABLE versions; --",
        "^weapons",
        "{terms}: weapons",
        "weapons)",
    ] {
        let said = env.run(&["find", query, "--format", "json"]);
        let found = said.json(if ["^weapons", "weapons)"].contains(&query) { 0 } else { 1 });
        assert_eq!(found["query"], query);
    }
    assert!(env.run(&["find", &"a ".repeat(10_000)]).error().contains("longer than 200 words"));
    assert_eq!(found(&env, &[&"х".repeat(50_000)]), Vec::<String>::new());
    assert_eq!(found(&env, &["weapons"]), ["a/b@2031-04-02~en c1"]);
}

#[test]
fn without_git_every_search_reads_everything() {
    let env = Env::new();
    env.version("a/en/2031", "", ENGLISH);
    let said = env.run(&["find", "weapons"]);
    assert_eq!(said.err.matches("every search reads every version").count(), 1, "{}", said.err);
    assert!(said.with_code(0).contains("[=weapons=]"));
    assert!(env.run(&["find", "weapons", "--quiet"]).err.is_empty());
    assert!(!env.path(".git").exists());
}

#[test]
fn what_can_not_be_read_is_told_every_time() {
    let (env, _) = repository();
    env.version("bad/en/2031", "[sha256]\nsource = \"00\"\n", "A needle.\n").version("good/en/2031", "", "A needle.\n");
    for _ in 0..2 {
        let said = env.run(&["find", "needle", "--format", "json"]);
        assert!(said.err.contains("bad@2031~en was not looked through"), "{}", said.err);
        let found = said.json(0);
        assert_eq!((&found["total"], &found["unread"][0]["ref"]), (&1.into(), &"bad@2031~en".into()));
    }
    env.version("bad/en/2031", "", "A needle.\n");
    assert_eq!(found(&env, &["needle"]).len(), 2);
    let empty = Env::new();
    empty.write("recension.toml", "");
    assert!(empty.run(&["find", "needle"]).error().contains("holds no version"));
}

#[cfg(unix)]
#[test]
fn an_index_that_can_not_be_kept_is_made_in_memory() {
    let (env, _) = repository();
    env.write(".git/recension", "a file where the folder should be");
    let said = env.run(&["find", "weapons"]);
    assert!(said.err.contains("can't be kept"), "{}", said.err);
    assert!(said.with_code(0).contains("[=weapons=]"));
}
