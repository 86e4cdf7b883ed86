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
