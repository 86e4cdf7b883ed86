//! How a page is marked up changes nothing in what it says: each construct of Markdown against the same words without it,
//! both ways round, pages of HTML, and documents of Akoma Ntoso.

use recension::change::{self, Change, Tier};
use recension::ingest::{self, Options, ReadError, Source};
use recension::statement::{Ledger, Why};

fn read(text: &str) -> Source {
    ingest::read(text.as_bytes(), Options::default().with_language(Some("en"))).expect("a source")
}

/// Labels and texts of the clauses, and whether everything is accounted for.
fn said(text: &str) -> Vec<(String, String)> {
    let source = read(text);
    let ledger = Ledger::of(&source.text, &source.statement);
    assert!(ledger.is_whole(), "{text}\n{:?}", ledger.faults().collect::<Vec<_>>());
    let clauses = source.statement.clauses.iter();
    clauses.map(|clause| (clause.label.clone().unwrap_or_default(), clause.text.clone())).collect()
}

/// A statement in Markdown around a part, so that each construct stands in one.
fn around(part: &str) -> String {
    format!(
        "# Joint statement of Orsania and Veltria\n\nThe Sides, meeting in Elm on 12 May 2031,\n\n{part}\n\nThey **thank** the hosts.\n"
    )
}

/// Constructs, each with the same words in plain paragraphs.
const CONSTRUCTS: [(&str, &str, &str); 33] = [
    ("strong", "The Sides **shall meet** every year.", "The Sides shall meet every year."),
    ("emphasis", "The Sides *shall* meet _every_ year.", "The Sides shall meet every year."),
    ("strong and emphasis", "The Sides ***shall*** meet, **and *soon* too**.", "The Sides shall meet, and soon too."),
    ("strong over a line", "The Sides **shall\nmeet** every year.", "The Sides shall meet every year."),
    ("strong off by a blank", "**The Sides **meet every year.", "The Sides meet every year."),
    ("escaped signs", "The list \\[A\\] of White\\_Elm \\#4 is kept.", "The list [A] of White_Elm #4 is kept."),
    ("escaped number", "53\\. The Sides meet every year.", "53. The Sides meet every year."),
    ("entities", "Orsania &amp; Veltria&rsquo;s Sides meet&#46;", "Orsania & Veltria’s Sides meet."),
    ("link", "See [the list](https://veltria.example/list \"List\") of ships.", "See the list of ships."),
    ("link over a line", "See [the\nlist](https://veltria.example/list) of ships.", "See the list of ships."),
    ("link by reference", "See [the list][1] of ships.\n\n[1]: https://veltria.example/list", "See the list of ships."),
    ("address", "See <https://veltria.example/list> for ships.", "See https://veltria.example/list for ships."),
    (
        "picture",
        "<figure><img src=\"elm.png\" alt=\"Elm\"/></figure>\n\nThe Sides meet every year.",
        "The Sides meet every year.",
    ),
    ("tags", "The <u>Sides</u> <span class=\"x\">meet</span> every year.", "The Sides meet every year."),
    (
        "comment",
        "<!-- The Sides part.\n\nNever. -->\n\nThe Sides meet <!-- not -->every year.",
        "The Sides meet every year.",
    ),
    ("code", "The Sides `meet` every year.", "The Sides meet every year."),
    ("fence", "```\nThe Sides meet every year.\n```", "The Sides meet every year."),
    ("quotation", "> The Sides meet\n> every year.", "The Sides meet every year."),
    ("hard break by blanks", "**Attendees:**  \nA. Elm, Minister", "Attendees:\n\nA. Elm, Minister"),
    ("hard break by a backslash", "**Attendees:**\\\nA. Elm, Minister", "Attendees:\n\nA. Elm, Minister"),
    (
        "wrapped paragraph",
        "The Sides shall meet\nevery year in Elm and\ntell of it.",
        "The Sides shall meet every year in Elm and tell of it.",
    ),
    ("heading with signs", "## Trade\n\nThe Sides meet every year.", "Trade\n=====\n\nThe Sides meet every year."),
    (
        "heading closed with signs",
        "## Trade ##\n\nThe Sides meet every year.",
        "## Trade\n\nThe Sides meet every year.",
    ),
    ("heading with a rule", "Trade\n-----\n\nThe Sides meet every year.", "## Trade\n\nThe Sides meet every year."),
    (
        "heading with an anchor",
        "## Trade {#trade}\n\nThe Sides meet every year.",
        "## Trade\n\nThe Sides meet every year.",
    ),
    ("strong heading", "## **Trade**\n\nThe Sides meet every year.", "## Trade\n\nThe Sides meet every year."),
    ("tight list", "- ships;\n- planes.", "-   ships;\n\n-   planes."),
    (
        "wrapped item",
        "1. Decide to meet every\n   year in Elm;\n2. Agree.",
        "1.  Decide to meet every year in Elm;\n\n2.  Agree.",
    ),
    (
        "lazy item",
        "1. Decide to meet every\nyear in Elm;\n2. Agree.",
        "1. Decide to meet every year in Elm;\n2. Agree.",
    ),
    ("list of HTML", "<ol>\n<li>Decide to meet;</li>\n<li>Agree.</li>\n</ol>", "1. Decide to meet;\n2. Agree."),
    (
        "table with close bars",
        "|State|Ships|\n|-|-|\n|Veltria|20|\n|Orsania||",
        "| State   | Ships |\n| :------ | ----: |\n| Veltria | **20** |\n| Orsania |       |",
    ),
    (
        "table of HTML",
        "<table>\n<tr><th>State</th><th>Ships</th></tr>\n<tr><td>Veltria</td>\n<td>20</td></tr>\n</table>",
        "State | Ships\n----- | -----\nVeltria | 20",
    ),
    ("footnote", "The Sides meet.[^note]\n\n[^note]: See the list.", "The Sides meet.[^1]\n\n[^1]:\n    See the list."),
];

#[test]
fn markup_of_markdown_says_nothing() {
    for (name, marked, plain) in CONSTRUCTS {
        let (marked, plain) = (said(&around(marked)), said(&around(plain)));
        assert_eq!(marked, plain, "{name}");
    }
}

#[test]
fn constructs_are_no_changes_either_way_round() {
    for (name, marked, plain) in CONSTRUCTS {
        let (marked, plain) = (read(&around(marked)), read(&around(plain)));
        for (before, after) in [(&marked, &plain), (&plain, &marked)] {
            let comparison = change::compare(&before.statement, &after.statement, &change::Options::default());
            let grave = comparison.changes.iter().filter(|change| change.tier > Some(Tier::Editorial));
            assert_eq!(grave.collect::<Vec<_>>(), Vec::<&Change>::new(), "{name}");
        }
    }
}

#[test]
fn what_is_left_out_is_told() {
    let source = read(&around("<!-- draft -->\n\nThe Sides **meet**, see [the list](https://veltria.example/list)."));
    let told = |why| {
        source
            .statement
            .dropped
            .iter()
            .filter(|gone| gone.why == why)
            .map(|gone| gone.text.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(told(Why::Comment), ["<!-- draft -->"]);
    assert_eq!(told(Why::LinkTarget), ["](https://veltria.example/list)"]);
    assert_eq!(told(Why::Formatting), ["#", "**", "**", "[", "**", "**"]);
}

#[test]
fn front_matter_tells_of_the_file() {
    let yaml =
        said("---\ntitle: \"Veltria\\u2019s White\\_Elm\"\ndate: '2031-05-12'\n---\n\nThe Sides agree to meet.\n");
    let toml =
        said("+++\ntitle = \"Veltria\\u2019s White\u{A0}Elm\"\ndate = 2031-05-12\n+++\n\nThe Sides agree to meet.\n");
    assert_eq!(yaml, toml);
    assert!(yaml.iter().any(|(_, text)| text == "title: Veltria’s White\u{A0}Elm"), "{yaml:?}");
}

#[test]
fn lines_are_those_of_the_source() {
    let text = around("1. Decide to\n   meet;\n2. Agree.");
    let source = read(&text);
    let clause = source.statement.clauses.iter().find(|clause| clause.text == "Agree.").expect("the item");
    assert_eq!(source.map().line(clause.span.range().start), 7);
}

const PAGE: &str = r##"<!DOCTYPE html>
<html lang="en"><head><title>Elm</title><script>let words = "The Sides";</script></head>
<body>
<header><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<div id="cookie-consent">We keep cookies. <button>Agree</button></div>
<main>
<h1>Joint statement of Orsania &amp; Veltria</h1>
<p>The <b>Sides</b>, recalling the
<a href="https://veltria.example/treaty">treaty</a> of 2031,<sup><a href="#fn1" id="r1">1</a></sup></p>
<ol><li>Decide to meet every year;</li><li value="4">Agree on:<ol type="a"><li>a list;</li><li>a day.</li></ol></li></ol>
<p style="display: none">Nobody sees this.</p>
<table><tr><th>State</th><th>Ships</th></tr><tr><td>Veltria</td><td>20</td></tr></table>
<p id="fn1"><sup>1</sup> See the list. <a href="#r1">↩</a></p>
</main>
<footer>Write to us</footer>
</body></html>
"##;

#[test]
fn a_page_is_its_statement() {
    let clauses = said(PAGE);
    let shown: Vec<(&str, &str)> = clauses.iter().map(|(label, text)| (label.as_str(), text.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("", "Joint statement of Orsania & Veltria"),
            ("", "The Sides, recalling the treaty of 2031,"),
            ("1.", "Decide to meet every year;"),
            ("4.", "Agree on:"),
            ("a.", "a list;"),
            ("b.", "a day."),
            ("", "State Ships"),
            ("", "Veltria 20"),
            ("1", "See the list."),
        ]
    );
    let source = read(PAGE);
    let told = |why| {
        source
            .statement
            .dropped
            .iter()
            .filter(|gone| gone.why == why)
            .map(|gone| gone.text.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(told(Why::Invisible), ["Nobody sees this."]);
    assert_eq!(told(Why::LinkTarget), ["https://veltria.example/treaty"]);
    let around = told(Why::Navigation).join(" ");
    for words in ["Home", "We keep cookies.", "Write to us", "let words"] {
        assert!(around.contains(words), "{around}");
    }
}

#[test]
fn markup_of_a_page_says_nothing() {
    let plain = "<html lang=en><body><h1>Joint statement of Orsania and Veltria</h1><p>The Sides meet every year.<p>They thank the hosts.</body></html>";
    let marked = "<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">\n<body class=\"menu\">\n<div><H1 id='x'>Joint <i>statement</i>\nof Orsania and Veltria</H1>\n<div><p class=lead>The Sides&#32;<span>meet</span>\tevery year.</p></div><p>They thank <!-- all -->the hosts.</p></div></body></html>";
    assert_eq!(said(plain), said(marked));
}

#[test]
fn deep_pages_and_entities_of_their_own_are_refused_by_name() {
    let deep = format!("<html><body>{}words</body></html>", "<div>".repeat(3000));
    let error = ingest::read(deep.as_bytes(), Options::default()).expect_err("too deep");
    assert!(matches!(error, ReadError::Limit { .. }), "{error}");
    assert_eq!(error.to_string(), "it is HTML, and beyond the limit of 512 parts in parts");
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE akomaNtoso [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><akomaNtoso><act><body><p>&b;</p></body></act></akomaNtoso>";
    let error = ingest::read(bomb.as_bytes(), Options::default()).expect_err("entities");
    assert_eq!(error.to_string(), "it is Akoma Ntoso, and beyond the limit of 0 entities of its own");
}

const ACT: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
<statement name="resolution"><meta><identification source="#elm"><FRBRWork><FRBRthis value="/akn/un/statement/2031/1/!main"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>
<preface><p><docTitle>Joint statement of Orsania and Veltria</docTitle></p></preface>
<preamble><p>The Sides, recalling the treaty,<authorialNote marker="1" placement="bottom"><p>See the <i>list</i>.</p></authorialNote></p></preamble>
<mainBody>
<paragraph eId="para_1"><num>1.</num><content><p>Decide to meet
 every year;</p></content></paragraph>
<paragraph eId="para_2"><num>2.</num><list><intro><p>Agree on:</p></intro>
<point><num>(a)</num><content><p>a list;</p></content></point><point><num>(b)</num><content><p>a day.</p></content></point></list></paragraph>
</mainBody></statement></akomaNtoso>
"##;

#[test]
fn akoma_ntoso_is_read_by_its_blocks() {
    let clauses = said(ACT);
    let shown: Vec<(&str, &str)> = clauses.iter().map(|(label, text)| (label.as_str(), text.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("", "Joint statement of Orsania and Veltria"),
            ("", "The Sides, recalling the treaty,"),
            ("1.", "Decide to meet every year;"),
            ("2.", "Agree on:"),
            ("(a)", "a list;"),
            ("(b)", "a day."),
            ("1", "See the list."),
        ]
    );
    let source = read(ACT);
    assert!(
        source
            .statement
            .dropped
            .iter()
            .any(|gone| gone.why == Why::Metadata && gone.text.contains("/akn/un/statement/2031/1"))
    );
}
