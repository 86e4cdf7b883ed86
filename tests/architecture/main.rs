//! The shape of the source tree: imports run downhill, files stay small, nothing is re-exported by a star.
//!
//! The modules of the crate root stand in an order, and each may import only what stands before it and is listed with
//! it (docs/architecture.md draws the order). The check reads the source as text: it looks for `crate::` and for chains
//! of `super::` that leave a module. Unit tests inside `src` are left out, because a test may build its input with any
//! part of the program.

mod circles;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Each module of the crate root and what it may import, the lowest first.
const MODULES: [(&str, &[&str]); 18] = [
    ("serialize", &[]),
    ("execution", &[]),
    ("language", &["execution"]),
    ("frbr", &[]),
    ("text", &["language"]),
    ("statement", &["frbr", "language", "text"]),
    ("diff", &["language", "text"]),
    ("ingest", &["execution", "frbr", "language", "statement", "text"]),
    ("align", &["diff", "execution", "language", "statement", "text"]),
    ("change", &["align", "diff", "execution", "language", "statement", "text"]),
    ("merge", &["align", "change", "execution", "ingest", "language", "statement", "text"]),
    ("record", &["frbr", "ingest", "language", "statement", "text"]),
    ("corpus", &["execution", "frbr", "ingest", "language", "record", "statement", "text"]),
    ("search", &["corpus", "execution", "frbr", "ingest", "language", "record", "statement", "text"]),
    ("audit", &["change", "frbr", "language", "record", "statement", "text"]),
    (
        "workspace",
        &["audit", "change", "corpus", "execution", "frbr", "ingest", "language", "record", "statement", "text"],
    ),
    (
        "report",
        &[
            "audit",
            "change",
            "corpus",
            "execution",
            "frbr",
            "ingest",
            "language",
            "record",
            "search",
            "statement",
            "text",
        ],
    ),
    (
        "cli",
        &[
            "align",
            "audit",
            "change",
            "corpus",
            "diff",
            "execution",
            "frbr",
            "ingest",
            "language",
            "merge",
            "record",
            "report",
            "search",
            "statement",
            "text",
            "workspace",
        ],
    ),
];

/// The files that put the crate together; they may name every module.
const ROOTS: [&str; 2] = ["lib.rs", "main.rs"];

/// Most lines of a file.
const MOST_LINES: usize = 600;

/// One source file.
struct File {
    /// Its path below `src`, with slashes.
    path: String,
    text: String,
}

impl File {
    /// The module of the crate root that it belongs to; the file's own name for `lib.rs` and `main.rs`.
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        if ROOTS.contains(&first) {
            return first;
        }
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// How many modules lie between the crate root and the content of the file.
    fn depth(&self) -> usize {
        let parts = self.path.split('/').count();
        if self.path.ends_with("/mod.rs") || ROOTS.contains(&self.path.as_str()) { parts - 1 } else { parts }
    }

    /// Whether it is a module of unit tests with a file of its own.
    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs")
    }
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files() -> Vec<File> {
    fn collect(folder: &Path, below: &str, found: &mut Vec<File>) {
        let entries = fs::read_dir(folder).expect("src is readable");
        let mut entries: Vec<_> = entries.map(|entry| entry.expect("src is readable").path()).collect();
        entries.sort();
        for entry in entries {
            let name = entry.file_name().and_then(|name| name.to_str()).expect("names in src are UTF-8");
            let path = format!("{below}{name}");
            if entry.is_dir() {
                collect(&entry, &format!("{path}/"), found);
            } else if name.ends_with(".rs") {
                let text = fs::read_to_string(&entry).expect("sources are UTF-8");
                found.push(File { path, text });
            }
        }
    }
    let mut found = Vec::new();
    collect(&source_folder(), "", &mut found);
    found
}

/// The source without comments and without unit tests.
///
/// What `#[cfg(test)]` marks ends at the first line that closes it at its own indent, as rustfmt sets it.
fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let bare = line.trim_start();
        if bare.starts_with("#[cfg(test)]") {
            let close = format!("{}}}", &line[..line.len() - bare.len()]);
            let mut item = lines.next();
            while item.is_some_and(|line| line.trim_start().starts_with("#[")) {
                item = lines.next();
            }
            if item.is_some_and(|line| line.ends_with('{')) {
                lines.by_ref().find(|line| *line == close);
            }
            continue;
        }
        out.push_str(line.split_once("//").map_or(line, |(code, _)| code));
        out.push('\n');
    }
    out
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The name that a text begins with.
fn name(text: &str) -> &str {
    &text[..text.find(|c| !is_name(c)).unwrap_or(text.len())]
}

/// The first names of what stands after `crate::`: one, or those of a group in braces.
fn heads(text: &str) -> Vec<&str> {
    let Some(group) = text.strip_prefix('{') else {
        return vec![name(text)];
    };
    let mut found = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            ',' | '}' if depth == 0 => {
                let head = name(group[start..at].trim_start());
                if !head.is_empty() {
                    found.push(head);
                }
                if c == '}' {
                    break;
                }
                start = at + 1;
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    found
}

/// The names of the crate root that code at a depth refers to.
fn references(code: &str, depth: usize) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut add = |rest: &str| found.extend(heads(rest).into_iter().map(str::to_owned));
    for (at, path) in code.match_indices("crate::") {
        if !code[..at].ends_with(is_name) {
            add(&code[at + path.len()..]);
        }
    }
    for (at, path) in code.match_indices("super::") {
        let before = &code[..at];
        if before.ends_with(is_name) || before.ends_with("::") {
            continue;
        }
        let (mut rest, mut steps) = (&code[at + path.len()..], 1);
        while let Some(after) = rest.strip_prefix("super::") {
            (rest, steps) = (after, steps + 1);
        }
        if steps >= depth {
            add(rest);
        }
    }
    found
}

/// What is wrong with the imports of a file, in words.
fn faults(file: &File) -> Vec<String> {
    let module = file.module();
    if ROOTS.contains(&module) || file.is_test() {
        return Vec::new();
    }
    let Some((_, allowed)) = MODULES.iter().find(|(known, _)| *known == module) else {
        return vec![format!("src/{}: no module {module} is in the table of tests/architecture", file.path)];
    };
    let mut faults = Vec::new();
    for reference in references(&code(&file.text), file.depth()) {
        if !MODULES.iter().any(|(known, _)| *known == reference) {
            faults.push(format!("src/{}: crate::{reference} is no module; name the module that defines it", file.path));
        } else if reference != module && !allowed.contains(&reference.as_str()) {
            faults.push(format!("src/{}: {module} must not import {reference}", file.path));
        }
    }
    faults
}

/// Every public `use` with a star.
fn star_exports(code: &str) -> Vec<String> {
    let statements = code.split_inclusive(';').filter_map(|statement| {
        let at = statement
            .find("pub use ")
            .or_else(|| Some(statement.find("pub(")?).filter(|at| statement[*at..].contains(") use ")))?;
        Some(statement[at..].to_owned())
    });
    statements.filter(|statement| statement.contains("::*") || statement.contains("{*")).collect()
}

/// Whether code has a word.
fn has_word(code: &str, word: &str) -> bool {
    code.match_indices(word)
        .any(|(at, _)| !code[..at].ends_with(is_name) && !code[at + word.len()..].starts_with(is_name))
}

#[test]
fn imports_run_downhill() {
    let faults: Vec<String> = files().iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_module_imports_only_what_stands_before_it() {
    for (at, (module, allowed)) in MODULES.iter().enumerate() {
        for import in *allowed {
            let below = MODULES[..at].iter().any(|(known, _)| known == import);
            assert!(below, "{module} imports {import}, which does not stand below it");
        }
    }
}

#[test]
fn everything_in_src_is_in_the_table() {
    for entry in fs::read_dir(source_folder()).expect("src is readable") {
        let entry = entry.expect("src is readable").path();
        let shown = entry.display();
        let name = entry.file_name().and_then(|name| name.to_str()).expect("names in src are UTF-8");
        let module = if entry.is_dir() { Some(name) } else { name.strip_suffix(".rs") };
        let known = module.is_some_and(|module| MODULES.iter().any(|(known, _)| *known == module));
        assert!(known || ROOTS.contains(&name), "{shown} is not in the table of tests/architecture");
    }
}

#[test]
fn files_stay_small() {
    for file in files() {
        let lines = file.text.lines().count();
        assert!(
            lines <= MOST_LINES,
            "src/{} has {lines} lines, and at most {MOST_LINES} are allowed: part it by what it does",
            file.path
        );
    }
}

#[test]
fn nothing_is_re_exported_by_a_star() {
    for file in files() {
        let found = star_exports(&code(&file.text));
        assert!(found.is_empty(), "src/{}: {}", file.path, found.join(" "));
    }
}

#[test]
fn only_the_corpus_names_git2() {
    for file in files().iter().filter(|file| file.module() != "corpus") {
        assert!(!has_word(&code(&file.text), "git2"), "src/{} names git2, which only src/corpus may", file.path);
    }
}

#[test]
fn only_the_search_names_rusqlite() {
    for file in files().iter().filter(|file| file.module() != "search") {
        assert!(
            !has_word(&code(&file.text), "rusqlite"),
            "src/{} names rusqlite, which only src/search may",
            file.path
        );
    }
}

mod own {
    //! The check must be able to fail: it is tried on sources that are made up.

    use super::{File, code, faults, has_word, heads, references, star_exports};

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn sees_an_uphill_import() {
        for (path, text) in [
            ("text/fold.rs", "use crate::change::Tier;\n"),
            ("text/fold.rs", "use crate::{language::common, change::Tier};\n"),
            ("text/fold.rs", "fn f() -> crate::change::Tier {}\n"),
            ("text/mod.rs", "use super::change::Tier;\n"),
            ("text/fold.rs", "use super::super::change::Tier;\n"),
            ("frbr.rs", "use super::text::Span;\n"),
            ("corpus/mod.rs", "use crate::align::align;\n"),
            ("report/json.rs", "use crate::cli::run;\n"),
            ("language/mod.rs", "macro_rules! m { () => { $crate::text::decode } }\n"),
            ("text/fold.rs", "use crate::Tier;\n"),
            ("unheard_of/mod.rs", ""),
        ] {
            assert_eq!(faults(&file(path, text)).len(), 1, "{path}: {text}");
        }
    }

    #[test]
    fn lets_downhill_imports_pass() {
        for (path, text) in [
            ("change/classify.rs", "use crate::align::{Link, Outcome};\nuse super::words;\n"),
            ("text/fold.rs", "// crate::change\n/// [`crate::change`]\nuse super::chars;\n"),
            ("cli/mod.rs", "pub(in crate::cli) use crate::report::diff_json;\n"),
            ("lib.rs", "pub use crate::change::Tier;\n"),
            (
                "align/mod.rs",
                "fn f() {}\n\n#[cfg(test)]\nmod tests {\n    use crate::ingest;\n    fn g() {\n    }\n}\n",
            ),
        ] {
            assert_eq!(faults(&file(path, text)), Vec::<String>::new(), "{path}: {text}");
        }
    }

    #[test]
    fn goes_on_behind_unit_tests() {
        let text = "#[cfg(test)]\nmod tests {\n    fn f() {\n    }\n}\nuse crate::change::Tier;\n";
        assert_eq!(code(text), "use crate::change::Tier;\n");
        assert_eq!(faults(&file("text/fold.rs", text)).len(), 1);
    }

    #[test]
    fn reads_groups_and_chains() {
        assert_eq!(heads("{a::{b, c}, d as e,\n    f::g}; h"), ["a", "d", "f"]);
        assert_eq!(heads("a::b"), ["a"]);
        let found = references("use super::super::a; use super::b; use xcrate::c;", 2);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn sees_stars_and_names() {
        assert_eq!(star_exports("use a::*;\npub use b::c;\n").len(), 0);
        assert_eq!(star_exports("pub use a::*;\n").len(), 1);
        assert_eq!(star_exports("pub(crate) use a::{*, b};\n").len(), 1);
        assert!(has_word("use git2::Oid;", "git2") && !has_word("let digit2 = 1;", "git2"));
    }
}
