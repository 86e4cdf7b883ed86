//! Where a corpus is looked for, and what it is read from.

use std::path::Path;

use crate::env::{Env, samples};

const TEXT: &str = "1. Urges all States to act.\n";

/// Commits everything in a folder.
fn commit(repository: &git2::Repository) -> String {
    let mut index = repository.index().expect("an index");
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("added");
    index.write().expect("written");
    let tree = repository.find_tree(index.write_tree().expect("a tree")).expect("a tree");
    let who = git2::Signature::new("A", "a@example.org", &git2::Time::new(0, 0)).expect("a signature");
    let parents: Vec<git2::Commit<'_>> =
        repository.head().ok().and_then(|head| head.peel_to_commit().ok()).into_iter().collect();
    repository
        .commit(Some("HEAD"), &who, &who, "m", &tree, &parents.iter().collect::<Vec<_>>())
        .expect("a commit")
        .to_string()
}

#[test]
fn the_corpus_is_found_upwards_named_or_at_hand() {
    let env = Env::new();
    env.version("a/en/2031", "", TEXT).write("deep/down/x", "");
    let mut command = env.command(&["show", "a"]);
    assert!(command.current_dir(env.path("deep/down")).output().expect("runs").status.success());

    let other = Env::new().set("RECENSION_CORPUS", &env.path("").display().to_string());
    other.run(&["show", "a"]).with_code(0);
    let error = other.run(&["show", "a", "--corpus", &samples()]).error();
    assert!(error.contains("no such work"), "{error}");
    let empty = Env::new().set("RECENSION_CORPUS", "");
    assert!(empty.run(&["show", "a"]).error().contains("no corpus to look it up in"));
    empty
        .write("corpus/recension.toml", "")
        .write("corpus/works/a/en/2031/version.toml", "")
        .write("corpus/works/a/en/2031/text.txt", TEXT);
    empty.run(&["show", "a"]).with_code(0);
}

#[test]
fn any_revision_is_read() {
    let env = Env::new();
    let repository = git2::Repository::init(env.path("")).expect("a repository");
    env.version("a/en/2031", "", TEXT);
    let first = commit(&repository);
    env.version("a/en/2032", "", "1. Urges all States to act at once.\n");
    commit(&repository);
    assert!(env.run(&["show", "a"]).with_code(0).contains("at once"));
    assert!(!env.run(&["show", "a", "--at", &first]).with_code(0).contains("at once"));
    assert!(env.run(&["show", "HEAD:a", "--at", &first]).with_code(0).contains("HEAD:a@2032~en"));
    assert!(env.run(&["show", "nowhere:a"]).error().contains("\"nowhere\" is no revision"));
    assert!(env.run(&["audit", "HEAD~1:a"]).with_code(0).starts_with("No version"));

    let bare = Env::new();
    git2::build::RepoBuilder::new()
        .bare(true)
        .clone(&env.path("").display().to_string(), &bare.path("bare.git"))
        .expect("a clone");
    assert!(bare.run(&["show", "a", "--corpus", "bare.git"]).with_code(0).contains("at once"));
    assert!(!bare.run(&["show", "a", "--corpus", "bare.git", "--at", &first]).with_code(0).contains("at once"));
}

#[test]
fn a_corpus_in_a_folder_of_a_work_tree_is_read_at_a_revision() {
    let env = Env::new();
    let repository = git2::Repository::init(env.path("")).expect("a repository");
    env.write("texts/recension.toml", "")
        .write("texts/works/a/en/2031/version.toml", "")
        .write("texts/works/a/en/2031/source.txt", TEXT);
    commit(&repository);
    std::fs::remove_dir_all(env.path("texts/works")).expect("removed");
    env.run(&["show", "a", "--corpus", "texts"]).error();
    env.run(&["show", "a", "--corpus", "texts", "--at", "HEAD"]).with_code(0);
}

#[test]
fn hashes_are_checked() {
    let env = Env::new();
    let hash = "0d17a9ef83ca43a2fb6dbcdbd3a9c1d5d8e5b0f0ee8ee6e0fb4fffb9a1c50000";
    env.version("a/en/2031", &format!("[sha256]\nsource = \"{hash}\"\n"), TEXT);
    let error = env.run(&["show", "a"]).error();
    assert!(error.contains("source.txt has sha256") && error.contains(hash), "{error}");
    env.version("a/en/2031", "[sha256]\ntext = \"00\"\n", TEXT);
    assert!(env.run(&["show", "a"]).error().contains("text.txt is missing"));
}

#[test]
fn faults_of_a_corpus_are_told() {
    let check = |record: &str, parts: &[&str]| {
        let env = Env::new();
        env.version("a/en/2031", record, TEXT);
        let error = env.run(&["show", "a"]).error();
        for part in parts {
            assert!(error.contains(part), "{record}: {error}");
        }
        assert!(env.run(&["audit"]).error().contains(parts[0]));
    };
    check("format = 2\n", &["version.toml has format 2", "reads format 1", "newer recension"]);
    check("language = \"en\"\nissued = \n", &["version.toml, line 2"]);
    check("issued = \"26.9.2016\"\n", &["version.toml, line 1", "26.9.2016"]);
    check("language = \"fr\"\n", &["it says language \"fr\""]);
    check("[provenance]\nsource = \"../../../secret.txt\"\n", &["no plain file name"]);
    check("[provenance]\nsource = \"gone.txt\"\n", &["gone.txt is missing"]);
    let env = Env::new();
    env.version("a/en/2031", "", TEXT).write("recension.toml", "format = 9\n");
    assert!(env.run(&["show", "a"]).error().contains("recension.toml has format 9"));
    env.write("recension.toml", "formatt = 1\n");
    assert!(env.run(&["show", "a"]).error().contains("formatt"));
    env.write("recension.toml", "").write("works/b/en/2031/text.txt", TEXT);
    assert!(env.run(&["audit"]).error().contains("holds a text and no version.toml"));
}

#[test]
fn missing_and_empty_corpora_are_told() {
    let env = Env::new();
    env.write("file", "x").write("empty/recension.toml", "").write("none/x", "");
    for (folder, part) in [
        ("nowhere", "there is no such folder"),
        ("file", "it is not a folder"),
        ("none", "it holds no recension.toml"),
        ("empty", "holds no version"),
    ] {
        let error = env.run(&["audit", "--corpus", folder]).error();
        assert!(error.contains(part) && error.contains("hint: "), "{error}");
    }
    assert!(env.run(&["audit"]).error().contains("there is no corpus here"));
    assert!(env.run(&["audit", "--corpus", "empty", "--at", "HEAD"]).error().contains("git repository"));
}

#[cfg(unix)]
#[test]
fn links_are_refused() {
    let env = Env::new();
    env.write("secret.txt", TEXT).version("a/en/2031", "", TEXT);
    let source = env.path("works/a/en/2031/source.txt");
    std::fs::remove_file(&source).expect("removed");
    std::os::unix::fs::symlink(env.path("secret.txt"), &source).expect("a link");
    assert!(env.run(&["show", "a"]).error().contains("symbolic link"));
    assert!(Path::new(&source).exists());
}

#[test]
fn a_source_that_is_no_text_is_read_from_its_reading_text() {
    let env = Env::new();
    env.version("a/en/2031", "[provenance]\nsource = \"source.pdf\"\n", TEXT)
        .write("works/a/en/2031/source.pdf", "%PDF-1.7\n");
    std::fs::remove_file(env.path("works/a/en/2031/source.txt")).expect("removed");
    assert!(env.run(&["show", "a"]).error().contains("a PDF"));
    env.write("works/a/en/2031/text.txt", TEXT);
    env.run(&["show", "a"]).with_code(0);
}
