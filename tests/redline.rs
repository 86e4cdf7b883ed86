//! Documents that show changes in place, Word and Akoma Ntoso: with every change accepted they say what the text after
//! says, with every change rejected what the text before says, whatever the texts are.
//!
//! What a word processor makes of a file is checked by `.ci/docx.py`, validity against the schema of Akoma Ntoso by
//! `.ci/akn-valid.py`, because neither the program nor the schema is part of the project.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use recension::change::{Comparison, Options, compare};
use recension::corpus::Corpus;
use recension::ingest;
use recension::record::{Document, sha256};
use recension::report::{ComparisonReport, Format, Report, render};
use recension::statement::{Clause, ClauseKind, Statement};
use recension::text::Pair;

fn document(text: &str) -> Option<Document> {
    let source = ingest::read(text.as_bytes(), ingest::Options::default()).ok()?;
    let identity = source.statement.identity.clone();
    let path = Some("text.txt".to_owned());
    Some(Document { reference: None, path, sha256: sha256(text.as_bytes()), identity, source })
}

fn compared(before: &Document, after: &Document) -> Comparison {
    compare(before.statement(), after.statement(), &Options::default())
}

/// A piece of XML: an element that opens, its text, an element that closes.
enum Piece {
    Open(String, Vec<(String, String)>),
    Text(String),
    Close(String),
}

fn pieces(xml: &str) -> Vec<Piece> {
    let element = |start: &BytesStart<'_>| {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.expect("an attribute");
            (attribute.key.as_ref().to_owned(), unescape(&attribute.value).expect("known references").into_owned())
        });
        Piece::Open(start.name().as_ref().to_owned(), attributes.collect())
    };
    let mut reader = Reader::from_str(xml);
    let mut pieces = Vec::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) => pieces.push(element(&start)),
            Event::Empty(start) => {
                pieces.push(element(&start));
                pieces.push(Piece::Close(start.name().as_ref().to_owned()));
            }
            Event::End(end) => pieces.push(Piece::Close(end.name().as_ref().to_owned())),
            Event::Text(text) => pieces.push(Piece::Text(text.xml10_content().into_owned())),
            Event::GeneralRef(name) => {
                let reference = format!("&{};", name.xml10_content());
                pieces.push(Piece::Text(unescape(&reference).expect("a known reference").into_owned()));
            }
            Event::Eof => return pieces,
            _ => {}
        }
    }
}

/// A part of a Word file.
fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("a ZIP archive");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}

fn word(before: &Document, after: &Document, comparison: &Comparison) -> Vec<u8> {
    let written = || {
        let mut out = Vec::new();
        let report = Report::Comparison(ComparisonReport::new(Pair::new(before, after), comparison));
        render(&report, Format::Docx, &mut out).expect("a vector takes all");
        out
    };
    let out = written();
    assert_eq!(out, written(), "the same comparison gave other bytes");
    out
}

/// The paragraphs that are left when every change is accepted (`dropped` is `w:del`) or rejected (`w:ins`), as ISO/IEC
/// 29500-1, 17.13.5, tells it: what the element holds goes, and a paragraph whose mark it is on is joined to the next.
fn settled(pieces: &[Piece], dropped: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    let mut open: Vec<&str> = Vec::new();
    let mut joined = false;
    for piece in pieces {
        match piece {
            Piece::Open(name, _) => {
                open.push(name);
                joined |= name == dropped && open.contains(&"w:rPr");
                if name == "w:tab" && !open.contains(&dropped) {
                    paragraphs.last_mut().expect("a paragraph").push('\t');
                }
            }
            Piece::Text(text) if open.last().is_some_and(|name| ["w:t", "w:delText"].contains(name)) => {
                if !open.contains(&dropped) {
                    paragraphs.last_mut().expect("a paragraph").push_str(text);
                }
            }
            Piece::Close(name) => {
                open.pop();
                if name == "w:p" && !std::mem::take(&mut joined) {
                    paragraphs.push(String::new());
                }
            }
            Piece::Text(_) => {}
        }
    }
    assert_eq!(paragraphs.pop().as_deref(), Some(""), "the last paragraph ends on both sides");
    paragraphs
}

/// The clauses as a document prints them; XML can't hold what it forbids.
fn printed(statement: &Statement) -> Vec<String> {
    let text =
        |clause: &Clause| format!("{}{}{}", clause.label.as_deref().unwrap_or_default(), clause.gap(), clause.text);
    statement.clauses.iter().map(|clause| allowed(&text(clause))).collect()
}

fn allowed(text: &str) -> String {
    let forbidden =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    text.replace(forbidden, "\u{FFFD}")
}

fn check_word(before: &Document, after: &Document) {
    let comparison = compared(before, after);
    let file = word(before, after, &comparison);
    let body = pieces(&part(&file, "word/document.xml"));
    // A document has a paragraph even where a side has no clauses.
    let bare = |paragraphs: Vec<String>| if paragraphs == [""] { Vec::new() } else { paragraphs };
    assert_eq!(bare(settled(&body, "w:del")), bare(printed(after.statement())), "every change accepted");
    assert_eq!(bare(settled(&body, "w:ins")), bare(printed(before.statement())), "every change rejected");
    let numbers = |of: &[&str]| {
        let own = body.iter().filter_map(|piece| match piece {
            Piece::Open(name, attributes) if of.contains(&name.as_str()) => Some(attributes),
            _ => None,
        });
        own.map(|attributes| attributes.iter().find(|(key, _)| key == "w:id").expect("a number").1.clone())
            .collect::<Vec<_>>()
    };
    let (marks, remarks) = (numbers(&["w:ins", "w:del"]), numbers(&["w:commentReference"]));
    let unique: BTreeSet<&String> = marks.iter().chain(&remarks).collect();
    assert_eq!(unique.len(), marks.len() + remarks.len(), "a number stands twice");
    for ends in ["w:commentRangeStart", "w:commentRangeEnd"] {
        let mut ends = numbers(&[ends]);
        let mut remarks = remarks.clone();
        ends.sort();
        remarks.sort();
        assert_eq!(ends, remarks, "every remark begins and ends");
    }
    let comments = pieces(&part(&file, "word/comments.xml"));
    let comments = comments.iter().filter(|piece| matches!(piece, Piece::Open(name, _) if name == "w:comment"));
    assert_eq!(comments.count(), remarks.len());
}

fn akoma(before: &Document, after: &Document, comparison: &Comparison) -> String {
    let report = Report::Comparison(ComparisonReport::new(Pair::new(before, after), comparison));
    let mut out = Vec::new();
    render(&report, Format::AkomaNtoso, &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("UTF-8")
}

/// The text of a file without metadata, footnotes, white space and what one kind of element holds.
fn text_without(pieces: &[Piece], dropped: &str) -> String {
    let mut open: Vec<&str> = Vec::new();
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Open(name, _) => open.push(name),
            Piece::Close(_) => {
                open.pop();
            }
            Piece::Text(text) => {
                if ![dropped, "meta", "authorialNote"].iter().any(|name| open.contains(name)) {
                    out.extend(text.chars().filter(|c| !c.is_whitespace()));
                }
            }
        }
    }
    out
}

fn check_akoma(before: &Document, after: &Document) -> String {
    let comparison = compared(before, after);
    let xml = akoma(before, after, &comparison);
    let found = pieces(&xml);
    let text = |document: &Document| {
        let statement = document.statement();
        let clauses = statement.clauses.iter().filter(|clause| clause.kind != ClauseKind::Footnote);
        let text =
            clauses.map(|clause| allowed(&format!("{} {}", clause.label.as_deref().unwrap_or_default(), clause.text)));
        text.collect::<String>().chars().filter(|c| !c.is_whitespace()).collect::<String>()
    };
    assert_eq!(text_without(&found, "del"), text(after), "without what went");
    assert_eq!(text_without(&found, "ins"), text(before), "without what came");
    let attributes = |key: &str| {
        let all = found.iter().filter_map(|piece| match piece {
            Piece::Open(_, attributes) => Some(attributes),
            _ => None,
        });
        all.flatten().filter(|(name, _)| name == key).map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    let names = attributes("eId");
    let unique: BTreeSet<&String> = names.iter().collect();
    assert_eq!(unique.len(), names.len(), "a name stands twice");
    for target in ["href", "refersTo", "source"].into_iter().flat_map(attributes) {
        let here = target.strip_prefix('#');
        assert!(here.is_none_or(|name| unique.contains(&name.to_owned())), "{target} is nowhere\n{xml}");
    }
    // Every mark in the text is told in the analysis.
    let told: BTreeSet<String> = attributes("href").into_iter().collect();
    for piece in &found {
        if let Piece::Open(name, attributes) = piece
            && ["ins", "del"].contains(&name.as_str())
        {
            let id = &attributes.iter().find(|(key, _)| key == "eId").expect("a name").1;
            assert!(told.contains(&format!("#{id}")), "{id} is not told\n{xml}");
        }
    }
    xml
}

fn check(before: &str, after: &str) {
    if let (Some(before), Some(after)) = (document(before), document(after)) {
        check_word(&before, &after);
        check_akoma(&before, &after);
    }
}

const TEXT: &str = "Meridian Assembly\n\nThe Assembly,\n\nRecalling its earlier resolutions,\n\n1. Urges all States to reduce their stocks by 150 units;\n\n2. Invites coastal members:\n\n(a) to share their charts;\n\n(b) to report on the matter every year;\n\n3. Decides to remain seized of the matter.\n";

#[test]
fn the_samples_hold_in_every_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let corpus = Corpus::open(&root, None).expect("the corpus");
    let documents: Vec<Document> = corpus
        .all()
        .expect("records")
        .iter()
        .map(|version| {
            let loaded = corpus.load(version).expect("a text");
            let reference = Some(version.id.to_string());
            Document { reference, path: None, sha256: loaded.sha256, identity: loaded.identity, source: loaded.source }
        })
        .collect();
    let mut pairs = 0;
    for pair in documents.windows(2) {
        check_word(&pair[0], &pair[1]);
        check_akoma(&pair[0], &pair[1]);
        check_word(&pair[1], &pair[0]);
        pairs += usize::from(pair[0].statement().language == pair[1].statement().language);
    }
    assert!(pairs >= 5, "{pairs} pairs of one language");
}

#[test]
fn changes_are_told_in_the_words_of_the_schema() {
    let after = TEXT
        .replace("Urges", "Invites")
        .replace("150", "105")
        .replace("(a) to share their charts;\n\n", "")
        .replace("(b)", "(a)");
    let (before, after) = (document(TEXT).expect("a text"), document(&after).expect("a text"));
    let xml = check_akoma(&before, &after);
    for part in [
        "type=\"substitution\" refersTo=\"#class_number\"",
        "type=\"repeal\"",
        "status=\"removed\"",
        "type=\"renumbering\"",
        "<previous href=\"/akn/zz/",
        "wId=\"",
    ] {
        assert!(xml.contains(part), "{part} is missing:\n{xml}");
    }
    assert!(xml.contains("<ins eId=\"para_1__ins_1\">Invites</ins>"), "{xml}");
}

#[test]
fn remarks_give_class_and_reason() {
    let (before, after) =
        (document(TEXT).expect("a text"), document(&TEXT.replace("Urges", "Invites")).expect("a text"));
    let file = word(&before, &after, &compared(&before, &after));
    let comments = part(&file, "word/comments.xml");
    assert!(
        comments.contains("substantive: strength (operative 1)") && comments.contains("strength.verb"),
        "{comments}"
    );
    assert!(comments.contains("w:author=\"recension\""), "{comments}");
}

#[test]
fn hostile_texts_stay_texts() {
    let hostile = "</w:t></w:r><!-- ]]> --><?xml?> & &amp; &#0; \u{202E}desrever\u{202C} a\u{0}b\u{1B}[31m \u{FFFE} \t tab <w:del>";
    let text = format!("{hostile}\n\n1. {hostile}\n\n2. ok:\n\n(a) {hostile}\n");
    check(&text, &text.replace("ok", "well"));
    check(&text, TEXT);
    for (before, after) in [
        ("<", "]]>"),
        ("1.\n1.\n1.\n", "2.\n\n1.\n"),
        ("\u{202E}", "x"),
        ("____\n1 x\n\n____\n1 y\n", "a\n\n____\n1 z\n"),
    ] {
        check(before, after);
        check(after, before);
    }
}

/// Texts of a few paragraphs out of one small stock, so that pairs share, move, split and renumber.
fn text() -> impl Strategy<Value = String> {
    let sentence = prop::sample::select(vec![
        "The Sides reaffirm their commitment to the treaty of 21 November 2030.",
        "They will exchange up to 40 notifications a year.",
        "They will exchange up to 45 notifications a year, in writing.",
        "Each Side shall refrain from placing weapons in outer space.",
        "Recalling resolution 9/14 of 21 November 2030,",
        "我们注意到 2031 年 4 月 2 日的报告，并强调各国安全不受减损的原则。",
        "يؤكد الجانبان من جديد التزامهما بالمعاهدة CD/7 المؤرخة 3 أيلول/سبتمبر 2031.",
        "* Reissued for technical reasons on 5 June 2031.",
        "MLA/12/L.3",
    ]);
    let label = prop::sample::select(vec!["", "", "1. ", "2. ", "3. ", "(a) ", "(b) ", "• ", "II. "]);
    let paragraph = (label, prop::collection::vec(sentence, 1..4))
        .prop_map(|(label, sentences)| format!("{label}{}", sentences.join(" ")));
    prop::collection::vec(paragraph, 1..9).prop_map(|paragraphs| paragraphs.join("\n\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, rng_seed: RngSeed::Fixed(26), ..ProptestConfig::default() })]

    #[test]
    fn both_sides_can_be_had_back(before in text(), after in text()) {
        check(&before, &after);
    }
}
