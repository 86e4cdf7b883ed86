//! The command line from outside: the built program, run in a folder of its own without the user's environment.

mod audit;
mod bad_input;
mod ci;
mod completions;
mod config;
mod corpus;
mod data;
mod diff;
mod env;
#[cfg(feature = "search")]
mod find;
mod forge;
mod gate;
mod gate_git;
mod gate_merge;
mod gate_records;
mod git;
mod man;
mod output;
mod pdf;
mod show;
mod snapshots;
mod store;

/// A file that no `mod` line names would pass by never running.
#[test]
fn every_file_is_part_of_the_suite() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli");
    let main = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).expect("the suite's folder") {
        let name = entry.expect("readable").file_name().into_string().expect("a name");
        let stem = name.strip_suffix(".rs").unwrap_or_else(|| panic!("{name} is no test"));
        assert!(stem == "main" || main.contains(&format!("mod {stem};")), "{name} is in no mod line of main.rs");
    }
}
