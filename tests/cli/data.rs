//! Languages and bodies of a folder: `--data` and `RECENSION_DATA`.

use super::env::Env;

const BODY: &str = "name = 'The House of Elm'\nsymbol = ['ELM-\\d{4}-\\d+']\njob = []\nbarcode = []\nmasthead = []\n";
const TEXT: &str = "ELM-2031-7\n\nThe state of the bridges\n\nThe House,\n\nNoting the report of the town,\n\n\
                    1. Decides to build a bridge;\n\n2. Requests the town to pay for it.\n";

#[test]
fn a_body_of_a_folder_gives_symbols() {
    let env = Env::new();
    env.write("more/bodies/elm.toml", BODY).write("a.txt", TEXT);
    let symbol = "\"symbol\": \"ELM-2031-7\"";
    let told = |out: &str| out.contains(symbol);
    assert!(!told(&env.run(&["show", "a.txt", "--format", "json"]).with_code(0)));
    assert!(told(&env.run(&["show", "a.txt", "--format", "json", "--data", "more"]).with_code(0)));

    let env = Env::new().set("RECENSION_DATA", "more");
    env.write("more/bodies/elm.toml", BODY).write("a.txt", TEXT);
    assert!(told(&env.run(&["show", "a.txt", "--format", "json"]).with_code(0)));
}

#[test]
fn a_fault_is_told_with_its_file_and_line() {
    let env = Env::new();
    env.write("a.txt", TEXT).write("more/bodies/elm.toml", format!("{BODY}town = 1\n"));
    let error = env.run(&["show", "a.txt", "--data", "more"]).error();
    assert!(error.contains("elm.toml, line 6: unknown field `town`"), "{error}");
    env.write("empty/notes.txt", "");
    assert!(env.run(&["show", "a.txt", "--data", "empty"]).error().contains("it holds no data"));
    assert!(env.run(&["show", "a.txt", "--data", "nowhere"]).error().contains("can't read nowhere"));
}

#[test]
fn a_project_names_no_data() {
    let env = Env::new();
    env.write("a.txt", TEXT).write("more/bodies/elm.toml", BODY).write(".recension.toml", "data = \"more\"\n");
    assert!(env.run(&["show", "a.txt"]).error().contains("data"));
}

/// Versions in a language that this call does not know are told of; git is told where the data lie.
#[test]
fn what_is_not_known_is_told() {
    let env = Env::new();
    env.write(".gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.org\n");
    let english = include_str!("../../data/languages/en.toml");
    let elmish = english.replace("code = \"en\"", "code = \"qaa\"");
    env.write("more/languages/qaa.toml", elmish).write("a.txt", TEXT);
    env.run(&["init", "c"]).with_code(0);
    let add = ["--corpus", "c", "--data", "more", "add", "a.txt", "--work", "a/b", "--lang", "qaa"];
    env.run(&add).with_code(0);
    let show = |more: &[&str]| env.run(&[&["--corpus", "c", "show", "a/b"], more].concat());
    let (known, unknown) = (show(&["--data", "more"]), show(&[]));
    assert!(!known.err.contains("not known to this call"), "{}", known.err);
    assert!(unknown.err.contains("the language qaa is not known to this call"), "{}", unknown.err);
}
