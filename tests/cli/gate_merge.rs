//! `recension git merge` and what a reading leaves out: it stands in the result as the side has it that changed it, or there is a
//! conflict. Never both a success and a loss.

use crate::env::Env;

const A: &str = "Each side shall accept visits by 11.1.2031 at the sites of the zone;";
const B: &str = "Both sides call upon all States to refrain from placing weapons in space;";
const C: &str = "The ministries of defence shall keep a direct line open at all times.";

fn statement(clauses: [&str; 3]) -> String {
    let clauses: Vec<String> = clauses.iter().enumerate().map(|(at, text)| format!("{}. {text}", at + 1)).collect();
    format!("Joint Statement\n\n{}\n", clauses.join("\n\n"))
}

/// Merges both ways: what each side put in must stand in the result, unless somebody is asked.
#[track_caller]
fn kept(name: &str, base: &str, ours: &str, theirs: &str, wanted: &[&str]) {
    for (way, first, second) in [("theirs", ours, theirs), ("ours", theirs, ours)] {
        let env = Env::new();
        env.write("b.txt", base).write("o.txt", first).write("t.txt", second);
        let said = env.run(&["git", "merge", "-p", "b.txt", "o.txt", "t.txt"]);
        let lost: Vec<&&str> = wanted.iter().filter(|text| !said.out.contains(**text)).collect();
        let asked = said.code == Some(1) && (said.err.contains("conflict") || said.err.contains("is not merged"));
        assert!(
            asked || said.code == Some(0) && lost.is_empty(),
            "{name}, {way}: {lost:?} of\n{}{}",
            said.out,
            said.err
        );
    }
}

#[test]
fn lines_of_pages_are_kept_as_the_side_has_them_that_changed_them() {
    let plain = statement([A, B, C]);
    let orbit = |text: &str| text.replace("space", "orbit");
    let votes =
        |votes: &str| format!("{plain}\nThe votes for and against were:\n\n{votes}\n\nThe sides sign in the hall.\n");
    let heads = |head: &str| {
        format!("{plain}\n\u{c}{head}\nThe first report is due.\n\u{c}{head}\nThe second report is due.\n")
    };
    for (name, base, theirs, wanted) in [
        ("a vote", votes("120/15"), votes("15/120"), "15/120"),
        ("a vote put in", plain.clone(), votes("120/15"), "120/15"),
        ("a vote taken out", votes("120/15"), votes("120/15").replace("\n120/15\n", ""), "orbit"),
        ("a running head", heads("Ceiling of 150 warheads"), heads("Ceiling of 950 warheads"), "950"),
        ("running heads put in", plain.clone(), heads("Ceiling of 150 warheads"), "Ceiling of 150"),
        ("one head of two", heads("DRAFT"), heads("DRAFT").replacen("DRAFT", "FINAL", 1), "FINAL"),
        ("digits alone", plain.clone(), format!("{plain}\n\n5000000\n"), "5000000"),
        ("a symbol and a number", plain.clone(), format!("{plain}\nA/RES/71/258 113\n\nThe end.\n"), "258 113"),
        ("a rule", plain.clone(), plain.replace("2. Both", "________\n\n2. Both"), "____"),
        ("a masthead", plain.clone(), format!("CD/2066\n\nDistr.: General\n\n{plain}"), "CD/2066"),
    ] {
        kept(name, &base, &orbit(&base), &theirs, &["orbit", wanted]);
    }
}

#[test]
fn bytes_that_no_text_shows_are_kept() {
    let plain = statement([A, B, C]);
    let orbit = |text: &str| text.replace("space", "orbit");
    let row = "State         Missiles      Tanks     Ships\nVeltria       150                     20\nOrsania                     300       10\n";
    let moved = row.replace("150                     20", "              150       20");
    let table = |rows: &str| format!("{plain}\n{rows}");
    kept("a column", &table(row), &orbit(&table(row)), &table(&moved), &["orbit", "Veltria                     150"]);
    let other = row.replace("  20\n", "  25\n");
    kept(
        "a column and a value",
        &table(row),
        &table(&other),
        &table(&moved),
        &["25", "Veltria                     150"],
    );
    let notes = statement(["No side shall fire.1 Veltria shall disarm.", B, C]) + "\n[^1]: Not in the zone.\n";
    let mark = notes.replace("fire.1", "fire.").replace("disarm.", "disarm.1");
    kept("a mark", &notes, &orbit(&notes), &mark, &["orbit", "disarm.1"]);
    kept(
        "a soft hyphen",
        &plain,
        &orbit(&plain),
        &plain.replace("ministries", "minis\u{AD}tries"),
        &["orbit", "minis\u{AD}tries"],
    );
    let both = plain.replace("ministries", "minis\u{AD}tries");
    kept("both in one clause", &plain, &plain.replace("direct", "open"), &both, &["open", "minis\u{AD}tries"]);
}

#[test]
fn a_clause_that_was_only_wrapped_anew_is_no_conflict() {
    let plain = statement([A, B, C]);
    let wrapped = plain.replace("of the zone", "of\nthe zone").replace("from placing", "from plac-\ning");
    let env = Env::new();
    env.write("b.txt", &plain).write("o.txt", wrapped).write("t.txt", plain.replace("space", "orbit"));
    let out = env.run(&["git", "merge", "-p", "b.txt", "o.txt", "t.txt"]).with_code(0);
    assert!(out.contains("orbit") && out.contains("of\nthe zone"), "{out}");
}
