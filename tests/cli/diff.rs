//! `recension diff`.

use crate::env::{Env, samples};

const FIRST: &str = "The Assembly,\n\nRecalling its earlier resolutions,\n\n1. Urges all States to keep 150 posts;\n\n2. Decides to remain seized of the matter.\n";

fn pair(second: &str) -> Env {
    let env = Env::new();
    env.write("first.txt", FIRST).write("second.txt", second);
    env
}

#[test]
fn equal_texts_are_identical_and_exit_with_0() {
    let env = pair(FIRST);
    let out = env.run(&["diff", "first.txt", "second.txt"]).with_code(0);
    assert!(out.contains("verdict  identical"), "{out}");
    let json = env.run(&["diff", "first.txt", "second.txt", "--format", "json"]).json(0);
    assert_eq!(json["schema"], "recension.diff/1");
    assert_eq!(json["verdict"], "identical");
    assert_eq!(json["before"]["path"], "first.txt");
    assert!(json["before"]["ref"].is_null());
    assert_eq!(json["summary"]["modified"], 0);
    assert_eq!(json["skipped"]["comparisons"], 0);
}

#[test]
fn a_number_is_substantive_and_exits_with_1() {
    let env = pair(&FIRST.replace("150", "105"));
    let out = env.run(&["diff", "first.txt", "second.txt"]).with_code(1);
    assert!(out.contains("\n-1. Urges all States to keep [-150-] posts;\n"), "{out}");
    assert!(out.contains("\n+1. Urges all States to keep {+105+} posts;\n"), "{out}");
    assert!(out.contains("verdict  substantive"), "{out}");
    let json = env.run(&["diff", "first.txt", "second.txt", "--format", "json"]).json(1);
    assert_eq!(json["verdict"], "substantive");
    let changes = json["changes"].as_array().expect("changes");
    let edit = changes.iter().find_map(|change| change["edits"].get(0)).expect("an edit");
    assert_eq!((&edit["before"], &edit["after"], &edit["class"]), (&"150".into(), &"105".into(), &"number".into()));
}

#[test]
fn the_tier_decides_the_exit_code() {
    let env = pair(&FIRST.replace("States to", "States  to").replace("resolutions,", "resolutions;"));
    env.run(&["diff", "first.txt", "second.txt", "--min-tier", "substantive"]).with_code(0);
    env.run(&["diff", "first.txt", "second.txt", "--min-tier", "invisible"]).with_code(1);
}

#[test]
fn colour_is_added_to_the_marks_and_direction_is_isolated() {
    let env = pair(&FIRST.replace("150", "105"));
    let out = env.run(&["diff", "first.txt", "second.txt", "--color", "always"]).with_code(1);
    assert!(out.contains("\u{2068}[-150-]\u{2069}") && out.contains("\u{1B}[32m\u{2068}{+105+}"), "{out:?}");
}

/// Two lists of which one item moved to the end.
const LISTED: [&str; 5] = [
    "Urges all States to keep the posts in the northern strait open",
    "Requests a report on the talks by 1 March 2031",
    "Welcomes the offer of Orsania to host the talks",
    "Thanks the Secretariat for its work in the past year",
    "Decides to remain seized of the matter",
];

fn list(items: &[&str]) -> String {
    let items = items.iter().enumerate().map(|(at, item)| format!("{}. {item};\n\n", at + 1));
    format!("The Assembly,\n\nRecalling its earlier resolutions,\n\n{}", items.collect::<String>())
}

#[test]
fn a_move_is_told_at_both_ends_in_every_view() {
    let env = Env::new();
    let moved = [LISTED[1], LISTED[2], LISTED[3], LISTED[0], LISTED[4]];
    env.write("a.txt", list(&LISTED)).write("b.txt", list(&moved));
    for view in ["inline", "sides", "unified"] {
        let out = env.run(&["diff", "a.txt", "b.txt", "--view", view]).with_code(1);
        let from = out.find("operative 1: moved to operative 4").unwrap_or_else(|| panic!("{view}: {out}"));
        let to = out.find("moved from operative 1").unwrap_or_else(|| panic!("{view}: {out}"));
        let between = out.find("operative 2 → operative 1").unwrap_or_else(|| panic!("{view}: {out}"));
        assert!(from < between && between < to, "{view}: {out}");
    }
}

#[test]
fn runs_of_equal_clauses_are_one_line() {
    let env = Env::new();
    env.write("a.txt", list(&LISTED)).write("b.txt", list(&LISTED).replace("1 March", "2 March"));
    for view in ["inline", "sides"] {
        let out = env.run(&["diff", "a.txt", "b.txt", "--view", view]).with_code(1);
        assert!(out.contains("\n3 clauses equal: "), "{view}: {out}");
        assert!(out.contains("\n3 clauses equal: operative 3–operative 5\n"), "{view}: {out}");
        assert!(!out.contains("Urges"), "{view}: {out}");
    }
    let out = env.run(&["diff", "a.txt", "b.txt"]).with_code(1);
    assert!(!out.contains("clauses equal") && !out.contains("Urges"), "{out}");
}

#[test]
fn unified_lines_are_whole_unless_a_width_is_asked_for() {
    let long = "to keep watch over the strait and ".repeat(20);
    let env = Env::new();
    env.write("a.txt", list(&[&format!("Urges all States {long}to report by 1 March 2031")]))
        .write("b.txt", list(&[&format!("Urges all States {long}to report by 2 March 2031")]));
    let out = env.run(&["diff", "a.txt", "b.txt"]).with_code(1);
    let signed = |out: &str, sign: char| out.lines().filter(|line| line.starts_with(sign)).count();
    assert_eq!((signed(&out, '-'), signed(&out, '+'), signed(&out, '@')), (1, 1, 1), "{out}");
    let wrapped = env.run(&["diff", "a.txt", "b.txt", "--width", "60"]).with_code(1);
    assert!(signed(&wrapped, '-') > 5 && signed(&wrapped, '@') == 1, "{wrapped}");
    assert!(wrapped.lines().filter(|line| !line.starts_with('@')).all(|line| line.chars().count() <= 60), "{wrapped}");
}

#[test]
fn no_line_about_clauses_looks_like_one() {
    let text = "The Assembly,\n\n* Urges all States to act;\n\n* Requests a report;\n";
    let env = Env::new();
    env.write("first.txt", text).write("second.txt", text.replace('*', "•"));
    for width in 30..60 {
        let out = env.run(&["diff", "first.txt", "second.txt", "--view", "unified", "--width", &width.to_string()]);
        assert!(out.out.contains("layout"), "{}", out.out);
        assert!(!out.out.lines().any(|line| line.starts_with(['-', '+'])), "{}", out.out);
    }
}

#[test]
fn the_rule_between_the_sides_is_straight() {
    let work = "fictional/veltria-orsania/2031/strategic-stability";
    let corpus = samples();
    let next = "fictional/veltria-orsania/2036/strategic-stability";
    for (language, wide) in [("en", false), ("fr", false), ("ar", false), ("zh", true)] {
        for width in ["60", "120", "200"] {
            let (before, after) = (format!("{work}@first~{language}"), format!("{next}~{language}"));
            let arguments = ["diff", &before, &after, "--view", "sides", "--width", width, "--corpus", &corpus];
            let said = Env::new().run(&arguments);
            let columns = |text: &str| -> usize {
                let wide = |c: char| usize::from(wide && (('\u{2E80}'..'\u{A000}').contains(&c) || c > '\u{FF00}'));
                let of = |c: char| 1 + wide(c) - usize::from(('\u{64B}'..'\u{660}').contains(&c));
                text.chars().map(of).sum()
            };
            let rows: Vec<&str> = said.out.lines().filter(|line| line.contains(" │")).collect();
            assert!(rows.len() > 20, "{}", said.out);
            let half = (width.parse::<usize>().expect("a number") - 3) / 2;
            for row in rows {
                let (left, right) = row.split_once(" │").expect("a rule");
                assert_eq!(columns(left), half, "{row}");
                assert!(columns(right) <= half + 1, "{row}");
            }
        }
    }
}

#[test]
fn stat_fits_one_screen_whatever_the_texts() {
    let env = Env::new();
    let text = |word: &str| {
        let items = (1..200).map(|at| format!("{at}. Urges {word}{at} States to keep {at} posts, {word} all;\n\n"));
        format!("The Assembly,\n\nRecalling its {word} resolutions,\n\n{}", items.collect::<String>())
    };
    let name = "long-name-".repeat(20);
    let name = format!("{name}\u{1B}[2J中文.txt");
    env.write(&name, text("many")).write("b.txt", text("few").replace("keep", "hold").replace(" 7 ", " 8 "));
    for width in ["30", "80", "200"] {
        let out = env.run(&["diff", &name, "b.txt", "--stat", "--width", width]).with_code(1);
        assert!(out.lines().count() <= 22, "{out}");
        assert!(out.contains("… and ") && !out.contains('\u{1B}'), "{out}");
        let most = width.parse::<usize>().expect("a number");
        assert!(out.lines().all(|line| line.chars().count() <= most), "{out}");
    }
}

#[test]
fn stat_begins_with_the_gravest() {
    let env = pair(&FIRST.replace("150", "105").replace("resolutions,", "resolutions"));
    let out = env.run(&["diff", "first.txt", "second.txt", "--stat", "--width", "80"]).with_code(1);
    let changes: Vec<&str> = out.lines().filter(|line| line.starts_with(['■', '◆', '○'])).collect();
    assert!(changes[0].starts_with("■ substantive  operative 1") && changes[0].ends_with("+1 −1"), "{out}");
    assert!(changes.len() > 1 && !changes[1].starts_with('■'), "{out}");
}

#[test]
fn pipes_get_no_colour() {
    let out = pair(FIRST).run(&["diff", "first.txt", "second.txt"]).with_code(0);
    assert!(!out.contains(['\u{1B}', '\u{2068}']), "{out:?}");
}

#[test]
fn standard_input_is_a_side() {
    let env = pair(FIRST);
    let json = env.run_with_stdin(&["diff", "-", "second.txt", "--format", "json"], FIRST.as_bytes()).json(0);
    assert_eq!(json["before"]["path"], "-");
    let error = env.run_with_stdin(&["diff", "-", "-"], FIRST.as_bytes()).error();
    assert!(error.contains("one side only"), "{error}");
}

#[test]
fn versions_are_compared_by_reference() {
    let env = Env::new();
    let (before, after) = (
        "fictional/veltria-orsania/2031/strategic-stability@first~en",
        "fictional/veltria-orsania/2031/strategic-stability@2031-06-05~en",
    );
    let said = env.run(&["diff", before, after, "--corpus", &samples(), "--format", "json"]);
    assert_ne!(said.code, Some(2), "{}", said.err);
    let json: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(json["before"]["ref"], "fictional/veltria-orsania/2031/strategic-stability@2031-04-02~en");
    assert_eq!(json["after"]["claim"], "reissue for technical reasons");
    assert_eq!(json["after"]["dates"]["reissued"], "2031-06-05");
    assert!(json["before"]["path"].is_null());
}

#[test]
fn a_path_wins_over_a_reference() {
    let env = Env::new();
    env.version("a/en/2031", "", FIRST).write("a", FIRST);
    let json = env.run(&["diff", "a", "a@2031", "--format", "json"]).json(0);
    assert_eq!((&json["before"]["path"], &json["after"]["ref"]), (&"a".into(), &"a@2031~en".into()));
}

#[test]
fn stat_prints_counts_alone() {
    let out = pair(FIRST).run(&["diff", "first.txt", "second.txt", "--stat"]).with_code(0);
    assert!(out.contains("clauses") && !out.contains("Urges"), "{out}");
}

#[test]
fn two_languages_are_warned_of() {
    let env = pair(
        "L’Assemblée,\n\nRappelant ses résolutions antérieures,\n\n1. Demande instamment à tous les États de maintenir les postes ;\n\n2. Décide de rester saisie de la question.\n",
    );
    let said = env.run(&["diff", "first.txt", "second.txt"]);
    assert!(said.err.contains("warning: first.txt is in en and second.txt in fr"), "{}", said.err);
    let said = env.run(&["diff", "first.txt", "second.txt", "--quiet"]);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""));
}

#[test]
fn the_language_can_be_given() {
    let env = pair(FIRST);
    let json = env.run(&["diff", "first.txt", "second.txt", "--lang", "fr", "--format", "json"]).json(0);
    assert_eq!(json["before"]["language"], "fr");
    let error = env.run(&["diff", "first.txt", "second.txt", "--lang", "xx"]).error();
    assert!(error.contains("\"xx\"") && error.contains("known are ar, de, en, es, fr, it, pt, ru, zh"), "{error}");
}

#[test]
fn lines_keep_to_the_width() {
    let env = pair(FIRST).set("COLUMNS", "40");
    let widest = |out: String| out.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    assert!(widest(env.run(&["show", "first.txt"]).with_code(0)) > 50, "the hash is one word");
    let out = env.run(&["diff", "first.txt", "second.txt"]).with_code(0);
    assert!(widest(out) <= 40);
}

#[test]
fn html_is_a_file_for_a_browser_and_only_of_a_comparison() {
    let env = pair(&FIRST.replace("150", "105"));
    let html = env.run(&["diff", "first.txt", "second.txt", "--format", "html"]).with_code(1);
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"), "{html}");
    env.run(&["diff", "first.txt", "second.txt", "--format", "html", "-o", "report.html"]).with_code(1);
    assert_eq!(std::fs::read_to_string(env.path("report.html")).expect("a report"), html);
    for arguments in [&["show", "first.txt"][..], &["audit", "first.txt", "second.txt"], &["list"], &["explain"]] {
        let error = env.run(&[arguments, &["--format", "html", "-o", "other.html"]].concat()).error();
        assert!(error.contains("this command does not print html") && error.contains("hint: "), "{error}");
    }
    assert!(!env.path("other.html").exists());
}
