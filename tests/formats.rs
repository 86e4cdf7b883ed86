//! Formats for machines and for pull requests: the same texts in every one, compared with what JSON tells of them.

#[path = "cli/env.rs"]
#[allow(dead_code, reason = "the command line's tests use the rest")]
mod env;
#[path = "formats/schemas.rs"]
mod schemas;

use std::collections::BTreeSet;

use env::{Env, samples};
use quick_xml::{Reader, events::Event};
use serde_json::Value;

const FIRST: &str = "The Assembly,\n\nRecalling its earlier resolutions,\n\n1. Urges all States to keep 150 posts in the\nnorthern strait;\n\n2. Requests a report by 1 March 2031;\n\n3. Decides to remain seized of the matter.\n";

/// A number, a strength, a paragraph that came, a comma.
fn second() -> String {
    FIRST
        .replace("150", "105")
        .replace("Requests a report", "Invites a report")
        .replace("Recalling its earlier", "Recalling, its earlier")
        .replace("\n\n3. Decides", "\n\n3. Welcomes the offer of Orsania to host the talks;\n\n4. Decides")
}

/// What tries to be markup, a command, a mention or a link, and characters that nobody sees.
const HOSTILE: &str = "x | y `code` *b* ~~s~~ [l](https://e.org) <script>alert(1)</script> <!-- @admin #12 --> $a$ & ]]> % ::error file=a::b \u{202E}\u{200B} www.e.org \"q\" \\";

const FORMATS: [&str; 8] = ["terminal", "json", "jsonl", "markdown", "sarif", "junit", "github", "gitlab"];

fn pair(first: &str, second: &str) -> Env {
    let env = Env::new();
    env.write("first.txt", first).write("second.txt", second);
    env
}

/// A comparison of the two files, which differ.
fn diff(env: &Env, format: &str, more: &[&str]) -> String {
    let mut arguments = vec!["diff", "first.txt", "second.txt", "--format", format];
    arguments.extend(more);
    let said = env.run(&arguments);
    assert_ne!(said.code, Some(2), "{}", said.err);
    said.out
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Changes of at least a tier, as JSON tells them.
fn weighed(env: &Env, least: usize) -> Vec<Value> {
    const TIERS: [&str; 4] = ["invisible", "editorial", "review", "substantive"];
    let told = json(&diff(env, "json", &[]));
    let changes = told["changes"].as_array().expect("changes").clone();
    let tier = |change: &Value| TIERS.iter().position(|tier| change["tier"] == *tier);
    changes.into_iter().filter(|change| tier(change).is_some_and(|tier| tier >= least)).collect()
}

fn list<'a>(value: &'a Value, what: &str) -> &'a Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{what}: {value}"))
}

/// The results of the one run.
fn results(sarif: &str) -> Vec<Value> {
    let log = json(sarif);
    assert_eq!(list(&log["runs"], "runs").len(), 1);
    list(&log["runs"][0]["results"], "results").clone()
}

/// Elements with their attributes, in the order of the document, which must be well-formed.
fn elements(xml: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {xml}")) {
            Event::Start(start) | Event::Empty(start) => {
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.expect("an attribute");
                    let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).expect("a value");
                    (String::from_utf8_lossy(attribute.key.as_ref().as_bytes()).into_owned(), value.into_owned())
                });
                found.push((
                    String::from_utf8_lossy(start.name().as_ref().as_bytes()).into_owned(),
                    attributes.collect(),
                ));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn named<'a>(elements: &'a [(String, Vec<(String, String)>)], name: &str) -> Vec<&'a Vec<(String, String)>> {
    elements.iter().filter(|(found, _)| found == name).map(|(_, attributes)| attributes).collect()
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> &'a str {
    attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

#[test]
fn every_format_tells_as_many_changes_as_json() {
    for (first, second) in [(FIRST.to_owned(), second()), (FIRST.to_owned(), FIRST.replace("northern", HOSTILE))] {
        let env = pair(&first, &second);
        for (least, tier) in [(1, "editorial"), (3, "substantive")] {
            let count = weighed(&env, least).len();
            let more = ["--min-tier", tier];
            assert_eq!(results(&diff(&env, "sarif", &more)).len(), count);
            assert_eq!(list(&json(&diff(&env, "gitlab", &more)), "gitlab").len(), count);
            assert_eq!(diff(&env, "github", &more).lines().count(), count);
            assert_eq!(diff(&env, "markdown", &more).matches("<details").count(), count);
            let xml = elements(&diff(&env, "junit", &more));
            assert_eq!(named(&xml, "failure").len(), count);
            assert_eq!(named(&xml, "testcase").len(), weighed(&env, 0).len());
            let suite = named(&xml, "testsuite")[0];
            assert_eq!(attribute(suite, "failures"), count.to_string());
            assert_eq!(attribute(suite, "tests"), weighed(&env, 0).len().to_string());
        }
    }
}

#[test]
fn the_same_texts_give_the_same_bytes() {
    let env = pair(FIRST, &second());
    for format in FORMATS {
        assert_eq!(diff(&env, format, &[]), diff(&env, format, &[]), "{format}");
    }
    let samples = samples();
    for format in FORMATS {
        let run = |threads: &str| {
            env.run(&["audit", "--corpus", &samples, "--format", format, "--threads", threads]).with_code(1)
        };
        assert_eq!(run("1"), run("5"), "{format}");
    }
}

#[test]
fn identical_texts_have_nothing_to_tell() {
    let env = pair(FIRST, FIRST);
    let out = |format| env.run(&["diff", "first.txt", "second.txt", "--format", format]).with_code(0);
    assert_eq!(results(&out("sarif")).len(), 0);
    assert_eq!(json(&out("gitlab")), json("[]"));
    assert_eq!(out("github"), "");
    assert!(out("markdown").starts_with("### identical\n"));
    let xml = elements(&out("junit"));
    assert_eq!((named(&xml, "testcase").len(), named(&xml, "failure").len()), (1, 0));
}

#[test]
fn results_stand_in_the_lines_of_the_files() {
    let env = pair(FIRST, &second());
    let (first, second) = (FIRST.to_owned(), second());
    let at = |text: &str, region: &Value| {
        let number = |key: &str| region[key].as_u64().expect("a number") as usize;
        assert_eq!(number("startLine"), number("endLine"));
        let line = text.lines().nth(number("startLine") - 1).expect("a line");
        line.chars()
            .skip(number("startColumn") - 1)
            .take(number("endColumn") - number("startColumn"))
            .collect::<String>()
    };
    let results = results(&diff(&env, "sarif", &[]));
    let number = results.iter().find(|result| result["ruleId"] == "number").expect("a number");
    let place = &number["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "second.txt");
    assert_eq!(at(&second, &place["region"]), "105");
    let other = &number["relatedLocations"][0]["physicalLocation"];
    assert_eq!(other["artifactLocation"]["uri"], "first.txt");
    assert_eq!(at(&first, &other["region"]), "150");
    assert!(diff(&env, "github", &[]).contains(
        "::error file=second.txt,line=5,title=substantive%3A operative 1%2C modified (number)::“150” → “105” (number)\n"
    ));
    let inserted = results.iter().find(|result| result["ruleId"] == "clause.insert").expect("an insertion");
    assert!(inserted.get("relatedLocations").is_none());
    let swapped = env.run(&["diff", "second.txt", "first.txt", "--format", "sarif"]).with_code(1);
    let deleted = self::results(&swapped).into_iter().find(|result| result["ruleId"] == "clause.delete");
    let deleted = deleted.expect("a deletion");
    assert_eq!(deleted["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "second.txt");
}

#[test]
fn versions_point_at_their_reading_text() {
    let env = Env::new();
    let samples = samples();
    let work = "fictional/veltria-orsania/2031/strategic-stability";
    let sides = [format!("{work}@first~zh"), format!("{work}@latest~zh")];
    let out = env
        .run(&["diff", &sides[0], &sides[1], "--corpus", &samples, "--format", "sarif", "--min-tier", "invisible"])
        .out;
    let mut seen = 0;
    for result in results(&out) {
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a place").strip_prefix("file://").expect("a file");
        let text = std::fs::read_to_string(uri).expect("the file is there");
        assert!(uri.ends_with("/text.txt"), "{uri}");
        let line = text.lines().nth(place["region"]["startLine"].as_u64().expect("a line") as usize - 1);
        assert!(line.is_some_and(|line| !line.is_empty()), "{result}");
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn sarif_has_what_viewers_need() {
    let log = json(&diff(&pair(FIRST, &second()), "sarif", &[]));
    assert_eq!((&log["version"], &log["runs"][0]["columnKind"]), (&"2.1.0".into(), &"unicodeCodePoints".into()));
    let driver = &log["runs"][0]["tool"]["driver"];
    assert_eq!((&driver["name"], &driver["semanticVersion"]), (&"recension".into(), &env!("CARGO_PKG_VERSION").into()));
    let rules = list(&driver["rules"], "rules");
    for result in results(&log.to_string()) {
        let rule = &rules[result["ruleIndex"].as_u64().expect("an index") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["text"].as_str().is_some_and(|help| help.len() > 40));
        let level = match result["properties"]["tier"].as_str() {
            Some("substantive") => "error",
            Some("review") => "warning",
            Some("editorial") => "note",
            _ => "none",
        };
        assert_eq!(result["level"], level);
    }
}

/// The fingerprint of each result by its message without addresses.
fn fingerprints(env: &Env, format: &str) -> BTreeSet<String> {
    let told = diff(env, format, &[]);
    match format {
        "sarif" => {
            results(&told).iter().map(|result| result["partialFingerprints"]["recension/v1"].to_string()).collect()
        }
        _ => list(&json(&told), "gitlab").iter().map(|entry| entry["fingerprint"].to_string()).collect(),
    }
}

#[test]
fn fingerprints_stay_when_other_clauses_come() {
    let ahead = "Noting with regret the report of the secretariat of the League,\n\n";
    let with = |text: &str| text.replace("1. Urges", &format!("{ahead}1. Urges"));
    for format in ["sarif", "gitlab"] {
        let before = fingerprints(&pair(FIRST, &second()), format);
        assert_eq!(before, fingerprints(&pair(&with(FIRST), &with(&second())), format));
        let other = fingerprints(&pair(FIRST, &second().replace("105", "106")), format);
        assert_eq!(before.difference(&other).count(), 1);
    }
}

#[test]
fn no_two_results_have_one_fingerprint() {
    let row = "1. Each side keeps 150 posts;\n\n";
    let env = pair(&row.repeat(4), &row.replace("150", "105").repeat(4));
    assert_eq!(fingerprints(&env, "sarif").len(), results(&diff(&env, "sarif", &[])).len());
}

#[test]
fn hostile_text_stays_text() {
    let env = pair(FIRST, &FIRST.replace("northern strait", HOSTILE).replace("matter", "matter\u{202E}@admin"));
    let markdown = diff(&env, "markdown", &[]);
    for bad in [
        "<script", "<!--", "@admin", " #12", "https://", "www.e", "~~s~~", "*b*", "`code`", "[l](", "\u{202E}",
        "\u{200B}", "$a$",
    ] {
        let found = markdown.replace("**", "").contains(bad);
        assert!(!found, "{bad}: {markdown}");
    }
    assert!(markdown.contains("&lt;U+202E&gt;"), "{markdown}");
    let github = diff(&env, "github", &[]);
    for line in github.lines() {
        assert!(["::error ", "::warning ", "::notice "].iter().any(|start| line.starts_with(start)), "{line}");
        let properties = line.trim_start_matches(':').split_once("::").expect("a message").0;
        assert!(properties.split(',').all(|part| part.contains('=')), "{properties}");
    }
    let xml = diff(&env, "junit", &[]);
    assert_eq!(named(&elements(&xml), "script").len(), 0);
    for format in ["sarif", "gitlab", "junit", "github", "jsonl"] {
        let told = diff(&env, format, &[]);
        assert!(!told.contains(['\u{202E}', '\u{200B}']), "{format}: {told}");
    }
}

#[test]
fn paths_can_hold_anything() {
    let env = Env::new();
    let name = "a: b,c%#?.txt";
    env.write("first.txt", FIRST).write(name, second());
    let github = env.run(&["diff", "first.txt", name, "--format", "github"]).with_code(1);
    assert!(github.contains("file=a%3A b%2Cc%25#?.txt,line="), "{github}");
    let sarif = env.run(&["diff", "first.txt", name, "--format", "sarif"]).with_code(1);
    let place = &results(&sarif)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(place, "a%3A%20b,c%25%23%3F.txt");
    let stdin = env.run_with_stdin(&["diff", "first.txt", "-", "--format", "sarif"], second().as_bytes());
    assert!(results(&stdin.with_code(1)).iter().all(|result| result["locations"][0].get("physicalLocation").is_none()));
}

#[test]
fn markdown_says_the_gravest_first_and_within_the_limit() {
    let markdown = diff(&pair(FIRST, &second()), "markdown", &[]);
    assert!(markdown.starts_with("### ■ substantive\n\n`first.txt` → `second.txt`\n"), "{markdown}");
    let tiers: Vec<&str> =
        markdown.lines().filter_map(|line| line.split("<summary>").nth(1)?.split(' ').next()).collect();
    assert!(tiers.windows(2).all(|pair| "■◆○·".find(pair[0]) <= "■◆○·".find(pair[1])), "{tiers:?}");
    assert!(markdown.contains("&#x2068;~~150~~&#x2069;&#x2068;**105**&#x2069;"), "{markdown}");
    let text = |number: usize| {
        (0..2_000).map(|at| format!("{at}. Side {at} keeps {number} posts in zone {at};\n\n")).collect::<String>()
    };
    let env = pair(&text(150), &text(105));
    let markdown = diff(&env, "markdown", &[]);
    assert!(markdown.chars().count() <= 65_536);
    let shown = markdown.matches("<details").count();
    assert_eq!(shown, markdown.matches("</details>").count());
    let left_out: usize = markdown
        .lines()
        .last()
        .and_then(|line| line.split(' ').next()?.parse().ok())
        .unwrap_or_else(|| panic!("{markdown}"));
    assert_eq!(shown + left_out, weighed(&env, 1).len());
    assert!(!diff(&env, "markdown", &["--stat"]).contains("<details"));
}

#[test]
fn audits_agree_with_json() {
    let env = Env::new();
    let samples = samples();
    let run = |format: &str| env.run(&["audit", "--corpus", &samples, "--format", format]).with_code(1);
    let told = json(&run("json"));
    let outcomes = list(&told["results"], "results");
    let findings: usize = outcomes.iter().map(|outcome| list(&outcome["findings"], "findings").len()).sum();
    let failing = outcomes.iter().filter(|outcome| outcome["pass"] == false).count();
    assert!(findings > failing && failing > 0);
    assert_eq!(results(&run("sarif")).len(), findings);
    assert_eq!(list(&json(&run("gitlab")), "gitlab").len(), findings);
    assert_eq!(run("github").lines().count(), findings);
    let xml = elements(&run("junit"));
    assert_eq!((named(&xml, "testcase").len(), named(&xml, "failure").len()), (outcomes.len(), failing));
    let markdown = run("markdown");
    assert_eq!(markdown.matches("✘ fails |").count(), failing);
    assert_eq!(markdown.lines().filter(|line| line.starts_with("- ")).count(), findings);
    let lines: Vec<Value> = run("jsonl").lines().map(json).collect();
    assert_eq!((lines.len(), &lines[0]["results"]), (outcomes.len() + 1, &outcomes.len().into()));
    for result in results(&run("sarif")) {
        let place = &result["locations"][0]["physicalLocation"];
        let file = place["artifactLocation"]["uri"].as_str().expect("a file").trim_start_matches("file://");
        assert!(std::fs::metadata(file).is_ok(), "{file}");
    }
}

#[test]
fn lines_hold_what_the_whole_document_holds() {
    let env = pair(FIRST, &second());
    let whole = json(&diff(&env, "json", &[]));
    let lines: Vec<Value> = diff(&env, "jsonl", &[]).lines().map(json).collect();
    let changes = list(&whole["changes"], "changes");
    assert_eq!(lines.len(), changes.len() + 1);
    for key in ["verdict", "summary", "skipped"] {
        assert_eq!(lines[0][key], whole[key]);
    }
    let mut clauses = 0;
    for (line, change) in lines[1..].iter().zip(changes) {
        for (key, value) in change.as_object().expect("a change") {
            assert_eq!(&line[key], value);
        }
        for (side, key) in [("before", "before_clauses"), ("after", "after_clauses")] {
            for clause in list(&line[key], key) {
                assert!(list(&whole[side]["clauses"], side).contains(clause));
                clauses += 1;
            }
        }
    }
    assert_eq!(clauses, list(&whole["before"]["clauses"], "b").len() + list(&whole["after"]["clauses"], "a").len());
}

#[test]
fn a_format_that_a_command_has_not_is_refused_before_anything_is_done() {
    let env = Env::new();
    env.write("a.txt", FIRST);
    for arguments in [
        vec!["show", "a.txt", "--format", "sarif"],
        vec!["init", "c", "--format", "jsonl"],
        vec!["explain", "--format", "markdown"],
        vec!["man", "--format", "json"],
        vec!["audit", "--explain", "technical-claim", "--format", "json"],
        vec!["schema", "diff", "--format", "junit"],
    ] {
        let error = env.run(&arguments).error();
        assert!(error.contains("this command does not print") && error.contains("it prints terminal"), "{error}");
    }
    assert!(!env.path("c").exists());
}
