//! No files of a room import each other in a circle: whoever reads one can read it with what stands below it alone.
//!
//! An import is a path that begins with `crate::`, `super::` or `self::`, or, in the file that declares it, with the name
//! of a module. It leads to the file of the longest module it names, so a name that a room's `mod.rs` hands on leads to
//! that `mod.rs`: inside a room, a name is taken from the file that defines it.

use std::collections::{BTreeMap, BTreeSet};

use super::{File, ROOTS, code, files, is_name, name};

/// The module of a file, part by part; the crate root has none.
fn module(path: &str) -> Vec<&str> {
    let parts = path.strip_suffix(".rs").unwrap_or(path).split('/');
    parts.filter(|part| *part != "mod" && *part != "lib").collect()
}

/// All paths that a text begins with: one, or those of a group in braces, nested ones too.
fn paths(text: &str) -> Vec<Vec<&str>> {
    if let Some(group) = text.strip_prefix('{') {
        return members(group).into_iter().flat_map(|member| paths(member.trim_start())).collect();
    }
    let first = name(text);
    if first.is_empty() {
        return Vec::new();
    }
    let below = text[first.len()..].strip_prefix("::").map(paths).unwrap_or_default();
    if below.is_empty() {
        return vec![vec![first]];
    }
    below.into_iter().map(|path| [vec![first], path].concat()).collect()
}

/// The members of a group, up to the brace that closes it.
fn members(group: &str) -> Vec<&str> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0usize, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            ',' if depth == 0 => {
                found.push(&group[start..at]);
                start = at + 1;
            }
            '}' if depth == 0 => {
                found.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    found
}

/// The modules that paths in the code of a module begin at, with what stands behind it.
fn beginnings<'c>(code: &'c str, own: &[&'c str]) -> Vec<(Vec<&'c str>, &'c str)> {
    let mut found = Vec::new();
    for (at, sign) in code.match_indices("::") {
        let start = code[..at]
            .rfind(|c| !is_name(c))
            .map_or(0, |before| before + code[before..].chars().next().map_or(1, char::len_utf8));
        if code[..start].ends_with("::") {
            continue;
        }
        let mut rest = &code[at + sign.len()..];
        let from = match &code[start..at] {
            "crate" => Vec::new(),
            "self" => own.to_vec(),
            "super" => {
                let mut up = own.len().saturating_sub(1);
                while let Some(after) = rest.strip_prefix("super::") {
                    (rest, up) = (after, up.saturating_sub(1));
                }
                own[..up].to_vec()
            }
            // A name of a module that this file declares; of any other name no file is found below it.
            child => [own, &[child]].concat(),
        };
        found.push((from, rest));
    }
    found
}

/// The files that each file imports.
fn imports(files: &[File]) -> BTreeMap<&str, BTreeSet<&str>> {
    let known: BTreeMap<Vec<&str>, &str> = files.iter().map(|file| (module(&file.path), file.path.as_str())).collect();
    let mut found = BTreeMap::new();
    for file in files.iter().filter(|file| !file.is_test() && !ROOTS.contains(&file.path.as_str())) {
        let own = module(&file.path);
        let text = code(&file.text).replace("pub(in crate::", "pub(in_");
        let mut targets = BTreeSet::new();
        for (from, rest) in beginnings(&text, &own) {
            let is_own_child = from.len() > own.len() && from.starts_with(&own);
            for path in paths(rest.trim_start()) {
                let whole = [from.clone(), path].concat();
                let least = if is_own_child { from.len() } else { 1 };
                let target = (least..=whole.len()).rev().find_map(|length| known.get(&whole[..length]));
                targets.extend(target.copied().filter(|target| *target != file.path));
            }
        }
        found.insert(file.path.as_str(), targets);
    }
    found
}

/// The files that can be reached from one by imports.
fn reached<'f>(imports: &BTreeMap<&'f str, BTreeSet<&'f str>>, from: &'f str) -> BTreeSet<&'f str> {
    let (mut found, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        for next in imports.get(file).into_iter().flatten() {
            if found.insert(*next) {
                open.push(next);
            }
        }
    }
    found
}

/// Files that import each other in a circle, each circle once.
fn circles<'f>(imports: &BTreeMap<&'f str, BTreeSet<&'f str>>) -> BTreeSet<Vec<&'f str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> = imports.keys().map(|file| (*file, reached(imports, file))).collect();
    let reaches = |from: &str, to: &str| reached.get(from).is_some_and(|files| files.contains(to));
    let in_circle = imports.keys().filter(|file| reaches(file, file));
    in_circle
        .map(|file| imports.keys().filter(|other| reaches(file, other) && reaches(other, file)).copied().collect())
        .collect()
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let files = files();
    let found: Vec<String> = circles(&imports(&files)).iter().map(|circle| circle.join(" ")).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn circles_are_seen() {
    let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
    let seen = |files: &[File]| circles(&imports(files)).into_iter().map(|circle| circle.join(" ")).collect::<Vec<_>>();
    let below = file("a/low.rs", "pub(super) struct Low;\n");
    let face = "mod low;\nmod high;\npub use low::Low;\npub use high::High;\n";
    for (high, circle) in [
        ("use super::low::Low;\n", false),
        ("use super::Low;\n", true),
        ("use crate::a::{Low, low};\n", true),
        ("fn f() -> super::Low {}\n", true),
        ("use crate::a::low::{self, Low};\n", false),
        ("// super::Low\n#[cfg(test)]\nmod tests {\n    use super::super::Low;\n}\n", false),
    ] {
        let files = [file("a/mod.rs", face), file("a/low.rs", &below.text), file("a/high.rs", high)];
        assert_eq!(!seen(&files).is_empty(), circle, "{high}");
    }
    let long =
        [file("a/b.rs", "use super::c::C;"), file("a/c.rs", "use crate::a::d::D;"), file("a/d.rs", "use super::b::B;")];
    assert_eq!(seen(&long), ["a/b.rs a/c.rs a/d.rs"]);
}
