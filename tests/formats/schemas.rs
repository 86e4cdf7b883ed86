//! Every JSON document that the program prints, held to its schema: no key is missing, and none is there that the
//! schema does not name.

use std::{collections::BTreeMap, fs, path::Path};

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

use crate::env::{Env, samples};

/// The schemas, compiled so that a key that they do not name is a fault.
struct Strict {
    schemas: Schemas,
    roots: BTreeMap<String, SchemaIndex>,
}

impl Strict {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
        let mut compiler = Compiler::new();
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).expect("schemas") {
            let path = entry.expect("an entry").path();
            let mut schema: Value = serde_json::from_str(&fs::read_to_string(&path).expect("text")).expect("JSON");
            let id = schema["$id"].as_str().expect("a name").to_owned();
            assert_eq!(path.file_name().and_then(|name| name.to_str()), Some(id.as_str()));
            close(&mut schema, true);
            schema.as_object_mut().expect("an object").remove("$id");
            compiler.add_resource(&format!("https://schemas.invalid/{id}"), schema).expect("a resource");
            names.push(id);
        }
        let mut schemas = Schemas::new();
        let roots = names.into_iter().map(|id| {
            let index = compiler.compile(&format!("https://schemas.invalid/{id}"), &mut schemas);
            (id.clone(), index.unwrap_or_else(|error| panic!("{id}: {error:#}")))
        });
        Self { roots: roots.collect(), schemas }
    }

    /// Why a document is not what its schema says.
    fn fault(&self, name: &str, document: &Value) -> Option<String> {
        let id = format!("recension.{name}.1.schema.json");
        let index = *self.roots.get(&id).unwrap_or_else(|| panic!("no schema {id}"));
        self.schemas.validate(document, index).err().map(|error| format!("{name}: {error:#}"))
    }

    #[track_caller]
    fn check(&self, name: &str, document: &Value) {
        if let Some(fault) = self.fault(name, document) {
            panic!("{fault}");
        }
    }
}

/// Lets objects have no keys beside those that are named. What is a part of other objects stays open.
fn close(schema: &mut Value, root: bool) {
    match schema {
        Value::Object(fields) => {
            let part = fields.get("$comment").is_some_and(|comment| comment == "part of other objects");
            let refers = fields.get("$ref").and_then(Value::as_str).is_some_and(|target| {
                ["/side", "/named", "/change", "/result", "/version"].iter().any(|part| target.ends_with(part))
            });
            if !part && (fields.contains_key("properties") || refers && !root) {
                fields.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
            }
            for (key, value) in fields.iter_mut() {
                // The names of properties are no keywords.
                match (key.as_str(), value) {
                    ("properties" | "$defs", Value::Object(named)) => {
                        named.values_mut().for_each(|value| close(value, false));
                    }
                    (_, value) => close(value, false),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| close(value, false)),
        _ => {}
    }
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn the_check_can_fail() {
    let strict = Strict::new();
    let env = Env::new();
    env.write("a.txt", "1. Urges all States to keep 150 posts.\n")
        .write("b.txt", "1. Urges all States to keep 105 posts.\n");
    let good = parsed(&env.run(&["diff", "a.txt", "b.txt", "--format", "json"]).with_code(1));
    strict.check("diff", &good);
    let broken = |pointer: &str, change: &dyn Fn(&mut Value)| {
        let mut bad = good.clone();
        change(bad.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")));
        assert!(strict.fault("diff", &bad).is_some(), "{pointer}");
    };
    for pointer in ["", "/before", "/after/clauses/0", "/changes/0", "/changes/0/edits/0", "/summary", "/skipped"] {
        broken(pointer, &|found| drop(found.as_object_mut().expect("an object").insert("new".to_owned(), Value::Null)));
    }
    broken("/verdict", &|found| *found = "grave".into());
    broken("/changes/0/edits/0/before_span", &|found| *found = parsed("[1]"));
    broken("/before/clauses/0/id", &|found| *found = 7.into());
    broken("/changes/0", &|found| drop(found.as_object_mut().expect("an object").remove("tier")));
}

#[test]
fn documents_about_texts_are_as_their_schemas_say() {
    let (strict, env, samples) = (Strict::new(), Env::new(), samples());
    let run = |arguments: &[&str]| {
        let mut all = vec!["--corpus", &samples];
        all.extend(arguments);
        let said = env.run(&all);
        assert_ne!(said.code, Some(2), "{arguments:?}: {}", said.err);
        said.out
    };
    let list = parsed(&run(&["list", "--format", "json"]));
    strict.check("list", &list);
    strict.check("list", &parsed(&run(&["list", "--works", "--format", "json"])));
    let references: Vec<&str> =
        list["versions"].as_array().expect("versions").iter().filter_map(|version| version["ref"].as_str()).collect();
    for sides in references.windows(2) {
        strict.check("show", &parsed(&run(&["show", sides[1], "--format", "json"])));
        strict.check("show", &parsed(&run(&["show", sides[1], "--ledger", "--format", "json"])));
        strict.check("evidence", &parsed(&run(&["show", sides[1], "--evidence", "--format", "json"])));
        strict.check("diff", &parsed(&run(&["diff", sides[0], sides[1], "--format", "json"])));
        for line in run(&["diff", sides[0], sides[1], "--format", "jsonl"]).lines() {
            strict.check("diff-lines", &parsed(line));
        }
    }
    strict.check("audit", &parsed(&run(&["audit", "--format", "json"])));
    for line in run(&["audit", "--format", "jsonl"]).lines() {
        strict.check("audit-lines", &parsed(line));
    }
    for line in run(&["export", "--as", "jsonl"]).lines() {
        strict.check("version", &parsed(line));
    }
    for work in parsed(&run(&["list", "--works", "--format", "json"]))["works"].as_array().expect("works") {
        let work = work["work"].as_str().expect("a name");
        strict.check("log", &parsed(&run(&["log", work, "--successors", "--format", "json"])));
    }
    #[cfg(feature = "search")]
    for words in ["the", "\"in orbit\"", "无条件", "nowhereatall"] {
        strict.check("find", &parsed(&run(&["find", words, "--format", "json"])));
    }
    strict.check("explain", &parsed(&run(&["explain", "--format", "json"])));
    strict.check("explain", &parsed(&run(&["explain", "number.value", "--format", "json"])));
    strict.check("export", &parsed(&run(&["export", "--to", "out", "--format", "json"])));
}

#[test]
fn documents_about_a_corpus_are_as_their_schemas_say() {
    let (strict, env) = (Strict::new(), Env::new());
    env.write(".gitconfig", "[user]\n\tname = A\n\temail = a@example.org\n");
    let run = |arguments: &[&str]| {
        let said = env.run(arguments);
        assert_ne!(said.code, Some(2), "{arguments:?}: {}", said.err);
        parsed(&said.out)
    };
    strict.check("config", &run(&["config", "--format", "json"]));
    env.write(".recension.toml", "[ui]\nwidth = 90\n[ci]\nfiles = [\"*.md\"]\n");
    strict.check("config", &run(&["config", "--format", "json", "--color", "never"]));
    strict.check("init", &run(&["init", "c", "--format", "json"]));
    strict.check("git", &run(&["git", "install", "--global", "--format", "json"]));
    strict.check("git", &run(&["git", "install", "--global", "--uninstall", "--format", "json"]));
    strict.check("init", &run(&["init", "c", "--format", "json"]));
    let text = "The Assembly,\n\n1. Urges all States to keep 150 posts.\n";
    env.write("a.txt", text).write("b.txt", text.replace("150", "105"));
    let add = ["--corpus", "c", "--work", "a/b", "--lang", "en", "--format", "json", "--issued"];
    let added = |more: &[&str]| run(&[&["add"], more, &add[..], &["2031-01-01"]].concat());
    strict.check("add", &added(&["a.txt", "--dry-run"]));
    strict.check("add", &added(&["a.txt"]));
    strict.check("add", &added(&["a.txt"]));
    env.write("list.csv", "path,work,lang,issued\nb.txt,a/b,en,2031-02-01\nmissing.txt,a/b,en,2031-03-01\n");
    let imported = run(&["import", "list.csv", "--corpus", "c", "--format", "json"]);
    assert!(!imported["problems"].as_array().expect("problems").is_empty());
    strict.check("import", &imported);
    strict.check("log", &run(&["log", "a/b", "--corpus", "c", "--format", "json"]));
    strict.check("export", &run(&["export", "--git-history", "--corpus", "c", "--format", "json"]));
    strict.check("verify", &run(&["verify", "--corpus", "c", "--format", "json"]));
    let folder = env.path("c/works/a/b/en/2031-01-01/text.txt");
    fs::write(&folder, "1. Something else.\n").expect("writable");
    let status = run(&["status", "--corpus", "c", "--format", "json"]);
    assert!(!status["uncommitted"].as_array().expect("a list").is_empty());
    strict.check("status", &status);
    let verified = run(&["verify", "--corpus", "c", "--format", "json"]);
    assert!(!verified["faults"].as_array().expect("faults").is_empty());
    strict.check("verify", &verified);
}

#[test]
fn printed_schemas_stand_alone() {
    let env = Env::new();
    let names = env.run(&["schema"]).with_code(0);
    let shipped = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas")).expect("schemas").count();
    assert_eq!(names.lines().count() + 1, shipped, "all but what they have in common");
    for name in names.lines() {
        let schema = parsed(&env.run(&["schema", name]).with_code(0));
        let mut compiler = Compiler::new();
        let place = format!("https://schemas.invalid/{name}");
        compiler.add_resource(&place, schema).expect("a resource");
        let mut schemas = Schemas::new();
        compiler.compile(&place, &mut schemas).unwrap_or_else(|error| panic!("{name}: {error:#}"));
    }
    assert!(env.run(&["schema", "nothing"]).error().contains("diff-lines"));
}
