//! Akoma Ntoso: what goes in comes out, whatever it is. Validity against the schema is checked by `.ci/akn-valid.py`,
//! because the schema is not part of the project.

use std::{collections::BTreeSet, path::Path};

use proptest::prelude::*;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use recension::corpus::{Corpus, LoadedVersion};
use recension::frbr::WorkId;
use recension::ingest::{self, Source};
use recension::record::{Day, Record, Version, VersionId, Work};
use recension::report::{Format, PublishedVersion, Report, render};
use recension::statement::{Clause, ClauseIndex, ClauseKind, Component, ComponentKind, DroppedPiece, Statement, Why};
use recension::text::Span;

/// What a file of Akoma Ntoso holds, read back.
#[derive(Default)]
struct ReadBack {
    /// Its text without footnotes and without white space.
    text: String,
    /// The footnotes by their names, without white space.
    notes: Vec<(usize, String)>,
    ids: Vec<String>,
    /// Every element with its attributes, one after the other.
    elements: Vec<String>,
}

impl ReadBack {
    fn of(xml: &str) -> Self {
        let mut found = Self::default();
        let mut reader = Reader::from_str(xml);
        let mut open: Vec<String> = Vec::new();
        loop {
            let piece = match reader.read_event().expect("well-formed XML") {
                Event::Start(start) => {
                    found.element(&start);
                    open.push(start.name().as_ref().to_owned());
                    continue;
                }
                Event::Empty(start) => {
                    found.element(&start);
                    continue;
                }
                Event::End(_) => {
                    open.pop().expect("an element that is open");
                    continue;
                }
                Event::Text(text) => text.xml10_content().into_owned(),
                Event::GeneralRef(name) => {
                    let reference = format!("&{};", name.xml10_content());
                    unescape(&reference).expect("a known reference").into_owned()
                }
                Event::Eof => break,
                _ => continue,
            };
            let piece = bare(&piece);
            match found.notes.last_mut() {
                Some((_, note)) if open.iter().any(|name| name == "authorialNote") => note.push_str(&piece),
                _ => found.text.push_str(&piece),
            }
        }
        assert!(open.is_empty(), "{open:?} stay open");
        found.notes.sort();
        found
    }

    fn element(&mut self, start: &BytesStart<'_>) {
        let mut shown = start.name().as_ref().to_owned();
        for attribute in start.attributes() {
            let attribute = attribute.expect("an attribute");
            let (key, value) = (attribute.key.as_ref(), unescape(&attribute.value).expect("known references"));
            if key == "eId" {
                assert!(!value.contains(char::is_whitespace), "{value:?}");
                self.ids.push(value.clone().into_owned());
                if let Some(number) = value.strip_prefix("authorialNote_") {
                    self.notes.push((number.parse().expect("a number"), String::new()));
                }
            }
            shown.push_str(&format!(" {key}={value}"));
        }
        self.elements.push(shown);
    }

    fn count(&self, element: &str) -> usize {
        self.elements.iter().filter(|shown| shown.split(' ').next() == Some(element)).count()
    }

    fn has(&self, element: &str) -> bool {
        self.elements.iter().any(|shown| shown.starts_with(element))
    }
}

/// A text without white space, and with what XML forbids as it comes out.
fn bare(text: &str) -> String {
    let forbidden = |c: char| (c.is_control() && c < ' ') || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    text.chars()
        .filter(|c| !matches!(c, ' ' | '\n' | '\r' | '\t'))
        .map(|c| if forbidden(c) { '\u{FFFD}' } else { c })
        .collect()
}

/// Labels and texts of the clauses that are footnotes, or of those that are not.
fn printed(statement: &Statement, footnotes: bool) -> Vec<String> {
    let clauses = statement.clauses.iter().filter(|clause| (clause.kind == ClauseKind::Footnote) == footnotes);
    clauses.map(|clause| bare(&format!("{} {}", clause.label.as_deref().unwrap_or_default(), clause.text))).collect()
}

fn written(published: &PublishedVersion<'_>) -> String {
    let mut out = Vec::new();
    render(&Report::Published(published), Format::AkomaNtoso, &mut out).expect("a vector takes all");
    let mut again = Vec::new();
    render(&Report::Published(published), Format::AkomaNtoso, &mut again).expect("a vector takes all");
    assert_eq!(out, again, "the same version gave other bytes");
    String::from_utf8(out).expect("UTF-8")
}

/// Reads an export back and holds it against the statement.
fn checked(published: &PublishedVersion<'_>) -> (String, ReadBack) {
    let xml = written(published);
    let back = ReadBack::of(&xml);
    let statement = published.statement;
    let name = published.id.map_or_else(String::new, ToString::to_string);
    assert_eq!(back.text, printed(statement, false).concat(), "{name}");
    let notes: Vec<String> = back.notes.iter().map(|(_, note)| note.clone()).collect();
    assert_eq!(notes, printed(statement, true), "{name}");
    let unique: BTreeSet<&String> = back.ids.iter().collect();
    assert_eq!(unique.len(), back.ids.len(), "{name}: a name stands twice");
    let refers =
        |key: &str| back.elements.iter().filter_map(|e| e.split(&format!(" {key}=#")).nth(1)).collect::<Vec<_>>();
    for target in ["href", "source", "refersTo"].into_iter().flat_map(refers) {
        let target = target.split(' ').next().unwrap_or_default();
        assert!(back.ids.iter().any(|id| id == target), "{name}: #{target} is nowhere");
    }
    (xml, back)
}

fn read(text: &str) -> Source {
    ingest::read(text.as_bytes(), ingest::Options::default()).expect("a text")
}

fn id(work: &str, language: &str, folder: &str) -> VersionId {
    VersionId { work: WorkId::new(work).expect("a name"), language: language.to_owned(), folder: folder.to_owned() }
}

/// Checks a text of which nothing is recorded.
fn checked_text(text: &str) -> (String, ReadBack, Statement) {
    let statement = read(text).statement;
    let (xml, back) = checked_statement(&statement);
    (xml, back, statement)
}

/// Checks a statement of which nothing is recorded.
fn checked_statement(statement: &Statement) -> (String, ReadBack) {
    let id = id("made/up", statement.language.as_deref().unwrap_or("en"), "undated");
    let record = Record::default();
    let published = PublishedVersion {
        id: Some(&id),
        sha256: "",
        record: &record,
        about: &Work::default(),
        identity: &statement.identity,
        statement,
        series: vec![(&id, &record)],
    };
    checked(&published)
}

/// What a statement says: kind, label and text of each clause, footnotes last.
fn clauses(statement: &Statement) -> Vec<(ClauseKind, String, String)> {
    let said = |clause: &Clause| (clause.kind, clause.label.clone().unwrap_or_default(), clause.text.clone());
    let (mut text, mut notes): (Vec<_>, Vec<_>) =
        statement.clauses.iter().map(said).partition(|(kind, ..)| *kind != ClauseKind::Footnote);
    text.append(&mut notes);
    text
}

#[test]
fn an_export_reads_back_to_the_same_clauses() {
    let (xml, _, statement) = checked_text(
        "Meridian League\nML/RES/31/4\n\nCooperation of Orsania and Veltria\n\nThe Assembly of the League,\n\n\
         Recalling its decision of 12 May 2030,1\n\nNoting with concern the list,\n\n\
         1. Decides to meet every year;\n\n2. Requests the Secretary:\n\n(a) To keep a list;\n\n(b) To tell of it.\n\n\
         State         Ships      Planes\nVeltria       150        20\nOrsania       30         10\n\n\
         _______________\n1 See the list of 2029.\n",
    );
    let back = read(&xml).statement;
    assert_eq!(clauses(&back), clauses(&statement), "{xml}");
    assert_eq!(back.language, statement.language);
}

const KINDS: [ClauseKind; 14] = [
    ClauseKind::Masthead,
    ClauseKind::Title,
    ClauseKind::Heading,
    ClauseKind::Salutation,
    ClauseKind::Preambular,
    ClauseKind::Operative,
    ClauseKind::Paragraph,
    ClauseKind::Item,
    ClauseKind::Footnote,
    ClauseKind::Note,
    ClauseKind::Signature,
    ClauseKind::Dateline,
    ClauseKind::Table,
    ClauseKind::Unclassified,
];

/// A clause as no reader need have made it.
fn clause(
    kind: ClauseKind,
    label: Option<&str>,
    parent: Option<usize>,
    component: Option<usize>,
    text: &str,
) -> Clause {
    let mut made = Clause::default();
    (made.kind, made.component) = (kind, component);
    made.label = label.map(str::to_owned);
    made.parent = parent.map(ClauseIndex::new);
    text.clone_into(&mut made.text);
    made
}

/// A statement of clauses that no reader need have made.
fn statement(components: Vec<Component>, clauses: Vec<Clause>) -> Statement {
    let mut made = Statement::default();
    (made.components, made.clauses) = (components, clauses);
    made
}

struct Shipped {
    corpus: Corpus,
    versions: Vec<(Version, LoadedVersion)>,
}

impl Shipped {
    fn open() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let corpus = Corpus::open(&root, None).expect("the corpus");
        let versions = corpus.all().expect("records");
        let versions = versions.into_iter().map(|version| {
            let loaded = corpus.load(&version).expect("a text");
            (version, loaded)
        });
        Self { versions: versions.collect(), corpus }
    }

    fn published<'a>(&'a self, at: usize, about: &'a Work) -> PublishedVersion<'a> {
        let (version, loaded) = &self.versions[at];
        let same = |other: &&(Version, LoadedVersion)| {
            other.0.id.work == version.id.work && other.0.id.language == version.id.language
        };
        PublishedVersion {
            id: Some(&version.id),
            sha256: &loaded.sha256,
            record: &version.record,
            about,
            identity: &loaded.identity,
            statement: &loaded.source.statement,
            series: self.versions.iter().filter(same).map(|(other, _)| (&other.id, &other.record)).collect(),
        }
    }

    fn checked(&self, reference: &str) -> (String, ReadBack) {
        let at = self.versions.iter().position(|(version, _)| version.id.to_string() == reference).expect("a version");
        let about = self.corpus.work(&self.versions[at].0.id.work).expect("a work");
        checked(&self.published(at, &about))
    }
}

const RESOLUTION: &str = "The Assembly,

Recalling its resolution 9/14 of 21 November 2030,1

Deeply concerned by the number of incidents,

1. Urges all members to declare their holdings;

2. Invites coastal members:

(a) To keep their ships at a distance;

(b) To report each incident,2 indicating:

(i) The date;

(ii) The place;

3. Decides to remain seized of the matter.

____________

1 League Treaty Series, vol. 88.

2 See ML/CRS/41.
";

#[test]
fn keeps_every_word_of_every_version() {
    let shipped = Shipped::open();
    assert!(shipped.versions.len() >= 20, "the corpus has lost versions");
    let mut languages = BTreeSet::new();
    for at in 0..shipped.versions.len() {
        let about = shipped.corpus.work(&shipped.versions[at].0.id.work).expect("a work");
        let (xml, _) = checked(&shipped.published(at, &about));
        languages.extend([("ara", "ar"), ("eng", "en"), ("fra", "fr"), ("zho", "zh")].into_iter().filter(
            |(code, tag)| {
                xml.contains(&format!("<FRBRlanguage language=\"{code}\"/>"))
                    && xml.contains(&format!("<mainBody eId=\"body\" xml:lang=\"{tag}\">"))
            },
        ));
    }
    assert_eq!(languages.len(), 4, "{languages:?}");
}

#[test]
fn a_resolution_has_preamble_paragraphs_and_points() {
    let (xml, back, statement) = checked_text(RESOLUTION);
    assert_eq!(statement.clauses.iter().map(|clause| clause.notes.len()).sum::<usize>(), 2, "the calls were not read");
    for element in [
        "statement name=resolution contains=originalVersion",
        "recital eId=preamble__recs_1__rec_nn_1",
        "paragraph eId=para_1",
        "point eId=para_2__list_1__point_a",
        "point eId=para_2__list_1__point_b__list_1__point_ii",
        "paragraph eId=para_3",
        "authorialNote eId=authorialNote_1 placement=bottom marker=1",
    ] {
        assert!(back.has(element), "{element}\n{xml}");
    }
    assert!(xml.contains("To report each incident,<authorialNote eId=\"authorialNote_2\""), "{xml}");
    assert!(xml.contains("</authorialNote> indicating:</p>"), "{xml}");
    assert!(xml.find("<formula").expect("the organ") < xml.find("<recitals").expect("recitals"));
    assert!(!xml.contains("name=\"preambular\""), "a preambular paragraph stands in the body: {xml}");
}

#[test]
fn a_letter_has_its_statement_attached() {
    let (xml, back) = Shipped::open().checked("un/cd/2066@2016-09-26~zh");
    for element in [
        "doc name=officialLetter contains=singleVersion",
        "doc name=officialStatement contains=singleVersion",
        "hasAttachment eId=hasAttachment_1 href=/akn/un/doc/communication/un-cd/2016-07-13/un-cd-2066/zho@2016-09-26/!statement",
        "legalSystemMod eId=pmod_1 type=republication",
        "eventRef eId=e1 date=2016-09-26 type=amendment source=#v1 refersTo=#reissue",
        "FRBRalias name=jobNumber value=GE.16-12040",
        "TLCOrganization eId=un-cd",
    ] {
        assert!(back.has(element), "{element}\n{xml}");
    }
    assert_eq!((back.count("attachment"), back.count("signature"), back.count("conclusions")), (1, 2, 2));
    // The symbol is not in the text, and nobody recorded one.
    assert_eq!(back.count("FRBRnumber"), 0);
    assert_eq!(back.count("original"), 0, "the first issue is not held");
}

#[test]
fn a_series_tells_what_came_before_and_nothing_of_what_came_later() {
    let shipped = Shipped::open();
    let work = "fictional/veltria-orsania/2031/strategic-stability";
    let iri = "/akn/zz/doc/communication/2031-04-02/ML-CRS-41";
    let exports = ["2031-04-02", "2031-06-05", "2031-09-26"].map(|day| shipped.checked(&format!("{work}@{day}~en")).1);
    for (at, back) in exports.iter().enumerate() {
        assert!(back.has(&format!("FRBRuri value={iri}")), "the work has another name in version {at}");
        assert_eq!((back.count("eventRef"), back.count("original"), back.count("passiveRef")), (at + 1, 1, at));
        assert_eq!(back.count("legalSystemMod"), usize::from(at > 0));
        assert!(back.has("keyword value=fictional"));
    }
    assert!(exports[0].has("doc name=officialStatement contains=originalVersion"));
    assert!(exports[1].has("doc name=officialStatement contains=singleVersion"));
    assert!(exports[2].has("FRBRversionNumber value=star2"));
    let league = "fictional/meridian-league/res/12/7";
    assert!(shipped.checked(&format!("{league}@2033-10-24~en")).1.has("statement name=resolutionDraft"));
    let (_, adopted) = shipped.checked(&format!("{league}@2033-11-18~en"));
    assert!(adopted.has("statement name=resolution contains"));
    assert!(adopted.has("doc name=annex"));
    assert!(adopted.has("FRBRalias name=symbol value=MLA/RES/12/7"));
}

#[test]
fn a_fact_that_nobody_gave_is_not_told() {
    let (_, back, _) = checked_text("We agree to meet again.\n");
    assert!(back.has("doc name=officialStatement contains=originalVersion"));
    assert!(back.has("FRBRuri value=/akn/zz/doc/communication/made-up"));
    assert!(back.has("TLCOrganization eId=author href=/akn/ontology/organization/unknown showAs=not recorded"));
    for element in back.elements.iter().filter(|element| element.starts_with("FRBRdate")) {
        assert_eq!(element, "FRBRdate date=0001-01-01 name=unknown");
    }
    for absent in
        ["FRBRnumber", "FRBRname", "FRBRalias name=jobNumber", "FRBRtranslation", "lifecycle", "classification"]
    {
        assert!(!back.has(absent), "{absent}");
    }
}

#[test]
fn dates_without_a_day_stay_what_they_are() {
    let statement = read("We agree to meet again.\n").statement;
    let id = id("made/up", "fr", "2031-04");
    let record = Record {
        issued: Day::parse("2031-04"),
        original_languages: vec!["zh".to_owned()],
        symbol: Some("A/1 (II)".to_owned()),
        ..Record::default()
    };
    let identity = record.identity(&statement.identity);
    let about = Work { title: Some("Déclaration <sic>".to_owned()), ..Work::default() };
    let series = vec![(&id, &record)];
    let (_, back) = checked(&PublishedVersion {
        id: Some(&id),
        sha256: "",
        record: &record,
        about: &about,
        identity: &identity,
        statement: &statement,
        series,
    });
    assert!(back.has("FRBRuri value=/akn/zz/doc/communication/2031-04/A-1_(II)/fra@2031-04"));
    assert!(
        back.has("FRBRtranslation href=/akn/zz/doc/communication/2031-04/A-1_(II)/zho@ fromLanguage=zho by=#author")
    );
    assert!(back.has("FRBRnumber value=A-1_(II) showAs=A/1 (II)"));
    assert!(back.has("FRBRname value=Déclaration <sic>"));
    assert!(!back.has("lifecycle") && !back.has("FRBRdate date=2031"));
}

#[test]
fn a_hostile_text_stays_text() {
    let hostile = "</p></content><!-- ]]> --><?xml?> & &amp; &#0; \"quoted\" 'single' \u{202E}desrever\u{202C} \
                   a\u{0}b\u{1B}[31m \u{FFFE} \u{FEFF} \u{85} \u{E0041} z\u{200D}w <!DOCTYPE a [<!ENTITY b \"c\">]> &b;";
    let text = format!("{hostile}\n\n1. {hostile}\n\n2. ok:\n\n(a) {hostile}\n");
    let (xml, _, _) = checked_text(&text);
    let seen = |c: char| c == '\n' || !(c.is_control() || recension::report::is_unseen(c));
    assert!(xml.chars().all(seen), "a character that steers or hides stands in the file");
    assert!(xml.contains("&#x202E;desrever&#x202C;") && xml.contains("a\u{FFFD}b\u{FFFD}[31m"), "{xml}");
    for hostile in ["<", "]]>", "(((((", "1.\n1.\n1.\n", "\u{202E}", "____\n1 x\n\n____\n1 y\n"] {
        checked_text(hostile);
    }
}

#[test]
fn depth_is_bounded() {
    let labels =
        ["1.", "(a)", "(i)", "(A)", "(1)", "一、", "（一）", "①", "1)", "a)", "i)", "A.", "a.", "I.", "1.1", "•", "–"];
    let lines: Vec<String> = (0..40).flat_map(|_| labels.iter().map(|label| format!("{label} lead:\n"))).collect();
    let (xml, ..) = checked_text(&lines.join("\n"));
    let deepest = xml.lines().map(|line| line.len() - line.trim_start().len()).max().unwrap_or_default();
    assert!(deepest < 150, "{deepest}");
}

#[test]
fn every_kind_has_its_place() {
    let first = Some(0);
    let of = |kind, label, parent, text| clause(kind, label, parent, first, text);
    let mut clauses = vec![
        clause(ClauseKind::Masthead, None, None, None, "Distr.: General"),
        of(ClauseKind::Title, None, None, "On incidents"),
        of(ClauseKind::Note, None, None, "[Original: English]"),
        of(ClauseKind::Paragraph, None, None, "The Assembly,"),
        of(ClauseKind::Preambular, None, None, "Concerned by:"),
        of(ClauseKind::Item, Some("(a)"), Some(4), "their number;"),
        of(ClauseKind::Item, Some("(i)"), Some(5), "at sea;"),
        of(ClauseKind::Salutation, None, None, "Sir,"),
        of(ClauseKind::Heading, Some("II."), None, "Acts"),
        of(ClauseKind::Operative, Some("1."), Some(8), "Invites:"),
        of(ClauseKind::Item, Some("(a)"), Some(9), "all States;"),
        of(ClauseKind::Note, None, None, "A note on the page"),
        of(ClauseKind::Table, None, None, "1 2"),
        of(ClauseKind::Table, Some("3"), None, "4"),
        of(ClauseKind::Item, Some("(b)"), Some(9), "all organs."),
        of(ClauseKind::Unclassified, None, None, "* * *"),
        of(ClauseKind::Footnote, Some("7"), None, "Nobody calls it."),
        of(ClauseKind::Signature, None, None, "A. B., President"),
        of(ClauseKind::Dateline, None, None, "Done at Elmburg"),
    ];
    clauses[14].notes = vec!["9".to_owned()];
    let statement = statement(vec![Component::new(ComponentKind::Resolution, 1)], clauses);
    let (xml, back) = checked_statement(&statement);
    for element in [
        "block name=masthead eId=coverPage__block_1",
        "p eId=preface__p_1",
        "block name=note eId=preface__block_1",
        "formula name=paragraph eId=preamble__formula_1",
        "item eId=preamble__recs_1__rec_nn_1__list_1__item_a__list_1__item_i",
        "hcontainer name=salutation",
        "section eId=sec_II",
        "paragraph eId=sec_II__para_1",
        "point eId=sec_II__para_1__list_1__point_a",
        "hcontainer name=note eId=sec_II__para_1__hcontainer_1",
        "table eId=sec_II__para_1__hcontainer_2__table_1",
        "point eId=sec_II__para_1__list_2__point_b",
        "hcontainer name=unclassified",
        "hcontainer name=footnote",
        "p eId=conclusions__p_1",
        "block name=dateline eId=conclusions__block_1",
    ] {
        assert!(back.has(element), "{element}\n{xml}");
    }
    assert_eq!((back.count("tr"), back.count("td"), back.count("noteRef")), (2, 3, 0));
}

#[test]
fn a_footnote_that_is_called_twice_stands_once() {
    let mut clauses = vec![
        clause(ClauseKind::Paragraph, None, None, Some(0), "first, and more"),
        clause(ClauseKind::Paragraph, None, None, Some(0), "second"),
        clause(ClauseKind::Footnote, Some("1"), None, Some(0), "text"),
    ];
    for at in [0, 1] {
        clauses[at].notes = vec!["1".to_owned()];
    }
    // "first,1 and more": the mark stood at bytes 6 to 7 of the source.
    clauses[0].span = Span { start: 0, end: 16 };
    clauses[0].map = vec![(0, 0), (6, 7)];
    let dropped = vec![DroppedPiece { why: Why::FootnoteMark, text: "1".to_owned(), span: Span { start: 6, end: 7 } }];
    let mut statement = statement(vec![Component::new(ComponentKind::Statement, 1)], clauses);
    statement.dropped = dropped;
    let (xml, back) = checked_statement(&statement);
    assert!(xml.contains("<p>first,<authorialNote eId=\"authorialNote_1\""), "{xml}");
    assert!(xml.contains("</authorialNote> and more</p>"), "{xml}");
    assert!(back.has("noteRef marker=1 href=#authorialNote_1"), "{xml}");
}

/// Statements of any shape, sound or not.
fn statements() -> impl Strategy<Value = Statement> {
    let label = prop::sample::select(vec!["", "1.", "1.", "(a)", "(i)", "•", "<", "12 bis", "authorialNote_1"]);
    let clause_of =
        (0..KINDS.len(), label, any::<prop::sample::Index>(), 0..5_usize, "[a-c<&\u{202E}中ع ]{0,6}", any::<bool>());
    prop::collection::vec(clause_of, 0..40).prop_map(|drawn| {
        let clauses = drawn.iter().enumerate().map(|(at, (kind, label, parent, component, text, calls))| {
            let parent = (component % 2 == 0).then(|| parent.index(drawn.len()));
            let component = component.checked_sub(1).map(|component| component.min(at / 8));
            let label = (!label.is_empty()).then_some(*label);
            let mut clause = clause(KINDS[*kind], label, parent, component, text);
            if *calls && clause.kind != ClauseKind::Footnote {
                clause.notes = vec!["1".to_owned(), "x".to_owned()];
            }
            clause
        });
        let components = vec![
            Component::new(ComponentKind::Letter, 1),
            Component::new(ComponentKind::Resolution, 1),
            Component::new(ComponentKind::Annex, 1),
            Component::new(ComponentKind::Annex, 2),
        ];
        statement(components, clauses.collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keeps_every_word_of_any_statement(statement in statements()) {
        checked_statement(&statement);
    }
}
