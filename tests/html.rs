//! The HTML report: a file that is well formed and complete in itself, in which text of a statement stays text.
//!
//! What only a browser can tell (keys, contrast, jank) is checked by `.ci/browser.py`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use proptest::prelude::*;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use recension::change::{self, Comparison};
use recension::corpus::Corpus;
use recension::ingest;
use recension::record::Document;
use recension::report::{ComparisonReport, Format, Report, is_unseen, render};
use recension::text::Pair;
use sha2::{Digest as _, Sha256};

/// Elements that HTML leaves without an end.
const VOID: [&str; 5] = ["meta", "input", "br", "link", "img"];

fn document(name: &str, text: &str) -> Document {
    let source = ingest::read(text.as_bytes(), ingest::Options::default()).expect("a text");
    Document {
        reference: None,
        path: Some(name.to_owned()),
        sha256: "0".repeat(64),
        identity: source.statement.identity.clone(),
        source,
    }
}

fn compared(before: &Document, after: &Document) -> Comparison {
    change::compare(before.statement(), after.statement(), &change::Options::default())
}

fn report(before: &Document, after: &Document) -> String {
    let mut out = Vec::new();
    let comparison = compared(before, after);
    let report = Report::Comparison(ComparisonReport::new(Pair::new(before, after), &comparison));
    render(&report, Format::Html, &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("UTF-8")
}

/// What a report holds, read back.
#[derive(Default)]
struct ReadBack {
    ids: Vec<String>,
    /// Every attribute with its element and its value.
    attributes: Vec<(String, String, String)>,
    /// The text in each element that is open from a given place on, by its class.
    texts: BTreeMap<&'static str, Vec<String>>,
    script: String,
    style: String,
}

/// The views of a text whose words are gathered.
const VIEWS: [(&str, &str); 4] =
    [("text side", "side"), ("text inline", "inline"), ("text both", "both"), ("piece", "piece")];

impl ReadBack {
    fn of(html: &str) -> Self {
        let mut found = Self::default();
        let (html, script) = cut(html, "<script>", "</script>");
        let (html, style) = cut(&html, "<style>", "</style>");
        (found.script, found.style) = (script, style);
        let mut reader = Reader::from_str(&html);
        reader.config_mut().check_end_names = false;
        let mut open: Vec<(String, Option<&'static str>)> = Vec::new();
        loop {
            match reader.read_event().expect("well formed") {
                Event::Start(start) => {
                    let name = start.name().as_ref().to_owned();
                    let view = found.element(&start, &name);
                    if !VOID.contains(&name.as_str()) {
                        if let Some(view) = view {
                            found.texts.entry(view).or_default().push(String::new());
                        }
                        open.push((name, view));
                    } else if name == "br" {
                        found.text(&open, "\n");
                    }
                }
                Event::End(end) => {
                    let (name, _) = open.pop().expect("an element that is open");
                    assert_eq!(name, end.name().as_ref(), "elements close in their order");
                }
                Event::Text(text) => found.text(&open, &text.xml10_content()),
                Event::GeneralRef(name) => {
                    let character = match &*name.xml10_content() {
                        "lt" => "<",
                        "gt" => ">",
                        "amp" => "&",
                        "quot" => "\"",
                        other => panic!("an unknown reference: {other}"),
                    };
                    found.text(&open, character);
                }
                Event::DocType(_) => {}
                Event::Eof => break,
                other => panic!("nothing of this kind is written: {other:?}"),
            }
        }
        assert!(open.is_empty(), "all elements close");
        found
    }

    fn element(&mut self, start: &BytesStart<'_>, name: &str) -> Option<&'static str> {
        let mut view = None;
        for attribute in start.html_attributes() {
            let attribute = attribute.expect("an attribute");
            let key = attribute.key.as_ref().to_owned();
            let value = quick_xml::escape::unescape(&attribute.value).expect("escaped").into_owned();
            match key.as_str() {
                "id" => self.ids.push(value.clone()),
                "class" => view = VIEWS.iter().find(|(class, _)| *class == value).map(|(_, view)| *view),
                _ => {}
            }
            self.attributes.push((name.to_owned(), key, value));
        }
        view
    }

    /// Text counts for every view that is open around it.
    fn text(&mut self, open: &[(String, Option<&'static str>)], text: &str) {
        for view in open.iter().filter_map(|(_, view)| *view) {
            if let Some(last) = self.texts.get_mut(view).and_then(|texts| texts.last_mut()) {
                last.push_str(text);
            }
        }
    }

    fn attribute(&self, element: &str, key: &str) -> impl Iterator<Item = &str> {
        self.attributes
            .iter()
            .filter(move |(of, name, _)| (element.is_empty() || of == element) && name == key)
            .map(|(.., value)| value.as_str())
    }

    /// All text of one side, without white space: the first or the second of every two columns, and what both have.
    fn side(&self, number: usize) -> String {
        let texts = |view: &str| self.texts.get(view).map_or(&[][..], Vec::as_slice);
        let columns = texts("side").iter().skip(number).step_by(2);
        bare(&columns.chain(texts("both")).map(String::as_str).collect::<Vec<_>>().join("\n"))
    }
}

/// A text without what stands between two marks, and what stood there.
fn cut(text: &str, from: &str, to: &str) -> (String, String) {
    let start = text.find(from).expect("a beginning") + from.len();
    let end = start + text[start..].find(to).expect("an end");
    (format!("{}{}", &text[..start], &text[end..]), text[start..end].to_owned())
}

/// The text as it is shown, without white space: what nobody sees stands as its code.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unseen(c) {
            out.push_str(&format!("U+{:04X}", u32::from(c)));
        } else if !c.is_whitespace() {
            out.push(c);
        }
    }
    out
}

/// What holds for every report.
fn check(before: &Document, after: &Document) -> ReadBack {
    let html = report(before, after);
    assert_eq!(html, report(before, after), "the same input gives the same bytes");
    let found = ReadBack::of(&html);

    let ids: BTreeSet<&str> = found.ids.iter().map(String::as_str).collect();
    assert_eq!(ids.len(), found.ids.len(), "each id stands once");
    for href in found.attribute("", "href").chain(found.attribute("", "src")) {
        let name = href.strip_prefix('#').unwrap_or_else(|| panic!("it links out: {href}"));
        assert!(ids.contains(name), "nothing is named {name}");
    }
    for (side, document) in [("before", before), ("after", after)] {
        for at in 1..=document.statement().clauses.len() {
            assert!(ids.contains(format!("{side}-c{at}").as_str()), "clause {at} {side} has a place");
        }
    }
    for label in found.attribute("", "aria-labelledby") {
        assert!(ids.contains(label), "nothing is named {label}");
    }

    for (element, key, value) in &found.attributes {
        assert!(!key.starts_with("on"), "an inline handler: {element} {key}");
        assert_ne!(key, "style", "the policy refuses it: {element}");
        assert!(!value.trim_start().starts_with("javascript:"), "{value}");
    }
    let policy =
        found.attribute("meta", "content").find(|value| value.contains("default-src 'none'")).expect("a policy");
    for (directive, text) in [("script-src", &found.script), ("style-src", &found.style)] {
        let hash = STANDARD.encode(Sha256::digest(text));
        assert!(
            policy.contains(&format!("{directive} 'sha256-{hash}'")),
            "{directive} names the hash of what is there"
        );
    }
    for text in [&found.script, &found.style] {
        assert!(!text.contains("</") && !text.contains("://") && !text.contains("url(") && !text.contains("@import"));
    }

    // Every clause is there with all its characters, on its side.
    for (number, document) in [before, after].into_iter().enumerate() {
        let side = found.side(number);
        for clause in &document.statement().clauses {
            assert!(side.contains(&bare(&clause.text)), "a clause is missing: {}", clause.text);
        }
    }
    found
}

#[test]
fn every_pair_of_the_sample_corpus() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let corpus = Corpus::open(&root, None).expect("the sample corpus");
    let mut texts: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for version in corpus.all().expect("records") {
        let loaded = corpus.load(&version).expect("a text");
        texts.entry(version.id.language.clone()).or_default().push((version.id.to_string(), loaded.source.text));
    }
    let mut pairs = 0;
    for texts in texts.values() {
        for pair in texts.windows(2) {
            check(&document(&pair[0].0, &pair[0].1), &document(&pair[1].0, &pair[1].1));
            pairs += 1;
        }
    }
    assert!(pairs >= 10, "{pairs}");
}

const BEFORE: &str = "Joint statement\n\n1. The Sides urge all States to accept 26 inspections.\n\n2. They met in Elm.\n\n\
     3. They will meet again in Carrow, and they will report. They will tell the League.\n\n4. This stays as it is.\n";
const AFTER: &str = "Joint statement\n\n1. The Sides invite all States to accept 27 inspections.\n\n2. They met in Elm.\n\n\
     3. They will meet again in Carrow, and they will report.\n\n4. They will tell the League.\n\n5. This stays as it is.\n";

#[test]
fn edits_stand_on_their_sides() {
    let found = check(&document("a.txt", BEFORE), &document("b.txt", AFTER));
    let sides = &found.texts["side"];
    assert!(sides.iter().any(|text| text.contains("26 inspections") && !text.contains("27")), "{sides:?}");
    assert!(sides.iter().any(|text| text.contains("27 inspections") && !text.contains("26")), "{sides:?}");
    assert!(found.texts["inline"].iter().any(|text| text.contains("2627 inspections")), "{:?}", found.texts["inline"]);
    assert!(found.texts["both"].iter().any(|text| text.contains("They met in Elm.")));
}

#[test]
fn a_softened_verb_has_a_ladder() {
    let html = report(&document("a.txt", BEFORE), &document("b.txt", AFTER));
    assert!(html.contains("softened: urge -&gt; invite"), "the evidence is told");
    assert!(html.contains("direction: step 4 of 5 before, step 1 after"), "the steps are told in words");
    let same = report(&document("a.txt", BEFORE), &document("b.txt", &BEFORE.replace("26", "27")));
    assert!(!same.contains("class=\"ladder\""));
}

#[test]
fn why_is_told() {
    let html = report(&document("a.txt", BEFORE), &document("b.txt", AFTER));
    let found = ReadBack::of(&html);
    for id in ["class-number", "class-strength", "rule-number.value", "rule-strength.verb"] {
        assert!(found.ids.iter().any(|found| found == id), "{id} is explained");
    }
    let rule = change::RULES.iter().find(|rule| rule.id == "strength.verb").expect("a rule");
    assert!(html.contains(&change::explain::of_rule(rule).meaning[..30]));
}

#[test]
fn equal_texts_say_so() {
    let html = report(&document("a.txt", BEFORE), &document("b.txt", BEFORE));
    assert!(html.contains("Both sides say the same, clause by clause."));
    assert!(!html.contains("<article"));
    check(&document("a.txt", "Joint statement\n"), &document("b.txt", BEFORE));
}

#[test]
fn markup_of_a_statement_stays_text() {
    let hostile = "1. </p></article><script>alert(1)</script><img src=x onerror=alert(2)> \"quoted\" & 'single' &amp; 26\n\n\
         <a href=\"javascript:alert(3)\">x</a>-->]]>\u{202E}\u{200B} hidden\n";
    let (before, after) = (document("<script>a\"b.txt", hostile), document("b'.txt", &hostile.replace("26", "27")));
    let found = check(&before, &after);
    assert!(!found.attributes.iter().any(|(element, ..)| element == "img"));
    let html = report(&before, &after);
    assert_eq!(html.matches("<script").count(), 1);
    assert!(
        html.contains("U+202E") && html.contains("U+200B") && !html.contains('\u{202E}') && !html.contains('\u{200B}')
    );
    assert!(found.attributes.iter().filter(|(element, ..)| element == "meta").count() >= 5);
}

#[test]
fn text_runs_its_own_way() {
    let arabic = "بيان مشترك\n\n1. تحث الأطراف جميع الدول على قبول 26 عملية تفتيش في السنة.\n";
    let html = report(&document("a.txt", arabic), &document("b.txt", &arabic.replace("26", "27")));
    assert!(html.contains("lang=\"ar\" dir=\"rtl\""));
    let mixed = report(&document("a.txt", arabic), &document("b.txt", BEFORE));
    assert!(mixed.contains("dir=\"rtl\"") && mixed.contains("dir=\"ltr\""));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_texts_make_a_report(
        lines in prop::collection::vec(any::<(String, u8)>(), 0..12),
        others in prop::collection::vec(any::<(String, u8)>(), 0..6),
    ) {
        let join = |lines: &[(String, u8)]| lines.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join("\n\n");
        let before: Vec<(String, u8)> = lines.clone();
        let mut after: Vec<(String, u8)> = lines.into_iter().filter(|(_, chance)| *chance > 60).collect();
        after.extend(others);
        let read = |text: &str| ingest::read(text.as_bytes(), ingest::Options::default()).is_ok();
        let (before, after) = (join(&before), join(&after));
        prop_assume!(read(&before) && read(&after));
        check(&document("a.txt", &before), &document("b.txt", &after));
    }
}
