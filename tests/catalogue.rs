//! Languages and bodies that are added at run time, and the faults of their files.

use std::path::PathBuf;

use recension::{
    change,
    ingest::{self, Options},
    language::{Catalogue, CatalogueError},
    statement::{ClauseKind, Statement},
};

/// A small language that nobody speaks.
const LANGUAGE: &str = r#"code = "qaa"
akn = "qaa"
name = "Elmish"
script = "latin"
direction = "ltr"
apostrophe = "joins"

[detect]
words = ["ke", "mun", "tolan", "eb", "vir", "ossa"]

[names]
qaa = ["elmi"]

[numbers]
group = ["."]
decimal = ","

[dates]
months = [["unem"], ["duem"], ["trem"], ["quem"], ["pemem"], ["sexem"], ["septem"], ["octem"], ["novem"], ["decem"], ["undem"], ["ultem"]]
patterns = ['\b{day}\s+eb\s+{month}\s+{year}']

[reflow]
citing = []
hyphen_keeps = []

[numbering]
forms = []

[formulas]
original = []
signed = []
closing = ['^Dan in (?P<place>\p{Lu}\p{L}+), {date}\.?$']
meeting = []
adopted = []
transmittal = []
salutation = []
annex = []
masthead = []
page = []
continuation = []

[[claims]]
kind = "corrigendum"
pattern = '^Mendal$'

[verbs]
N2 = "mirante|miran = note"
D4 = "vokante|vokan = urge"
"#;

const BODY: &str = r"name = 'The House of Elm'
symbol = ['ELM-\d{4}-\d+']
job = []
barcode = []
masthead = ['^House of Elm$']

[work]
prefix = 'elm'
series = ['ELM']
";

const TEXT: &str = "House of Elm\n\nELM-2031-7\n\nTolan eb ossa mun vir\n\nKe Tolan eb Elm,\n\n\
                    Mirante ke ossa eb mun vir tolan 3 eb trem 2031,\n\n1. Vokan ke mun eb vir 1.200 tolan ossa;\n\n\
                    2. Vokan ke ossa eb mun vir.\n\nDan in Elm, 4 eb quem 2031\n";

fn added(files: &[(&str, &str)]) -> Result<Catalogue, CatalogueError> {
    Catalogue::shipped().with_files(files.iter().map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec())))
}

fn elmish() -> Catalogue {
    added(&[("d/languages/qaa.toml", LANGUAGE), ("d/bodies/elm.toml", BODY)]).expect("well made")
}

fn read(text: &str, catalogue: &Catalogue) -> Statement {
    ingest::read(text.as_bytes(), Options::default().with_catalogue(catalogue)).expect("a text").statement
}

#[test]
fn a_language_and_a_body_are_added() {
    let statement = read(TEXT, &elmish());
    assert_eq!(statement.language.as_deref(), Some("qaa"));
    assert_eq!(statement.identity.symbol.as_deref(), Some("ELM-2031-7"));
    assert_eq!(statement.identity.dates.adopted.map(|date| date.to_string()).as_deref(), Some("2031-04-04"));
    assert_eq!(statement.identity.place.as_deref(), Some("Elm"));
    let count = |kind| statement.clauses.iter().filter(|clause| clause.kind == kind).count();
    assert_eq!((count(ClauseKind::Preambular), count(ClauseKind::Operative)), (1, 2), "{:?}", statement.clauses);

    let plain = read(TEXT, Catalogue::shipped());
    assert_ne!(plain.language.as_deref(), Some("qaa"));
    let has_elm = |catalogue: &Catalogue| catalogue.body_names().any(|name| name == "The House of Elm");
    assert!(has_elm(&elmish()) && !has_elm(Catalogue::shipped()));
    assert_eq!((plain.identity.symbol, plain.identity.dates.adopted), (None, None));
}

#[test]
fn what_is_added_tells_changes() {
    let catalogue = elmish();
    let classes = |from: &str, to: &str| {
        let (before, after) = (read(TEXT, &catalogue), read(&TEXT.replace(from, to), &catalogue));
        let compared = change::compare(&before, &after, &change::Options::default());
        let names = compared.changes.iter().flat_map(|change| &change.classes).map(|class| class.name().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(classes("3 eb trem 2031", "5 eb trem 2031"), ["date"]);
    assert_eq!(classes("1.200", "1200"), ["typography"]);
}

#[test]
fn a_file_of_a_known_code_takes_its_place() {
    let shipped = include_str!("../data/languages/fr.toml").replace(r#"name = "French""#, r#"name = "Français""#);
    let catalogue = added(&[("languages/fr.toml", &shipped)]).expect("well made");
    assert_eq!(catalogue.languages().len(), Catalogue::shipped().languages().len());
    let french = catalogue.language("fr").expect("known");
    assert_eq!((french.name.as_str(), french.knows("traité")), ("Français", Some(true)));
    assert_eq!(Catalogue::shipped().language("fr").expect("shipped").name, "French");
    let again = catalogue.with_files([(PathBuf::from("bodies/elm.toml"), BODY.as_bytes())]).expect("well made");
    assert_eq!(again.language("fr").expect("known").name, "Français");
    assert!(again.fingerprint().is_some() && again.fingerprint() != catalogue.fingerprint());
    assert_eq!(Catalogue::shipped().fingerprint(), None);
}

#[test]
fn faults_are_told_with_their_lines() {
    let language = |from: &str, to: &str| added(&[("languages/qaa.toml", &LANGUAGE.replace(from, to))]);
    let lexicon = "[modality]\npermision = []\n";
    let cases = [
        (language("[detect]", "[detect]\nletters = 3"), "languages/qaa.toml, line 9: unknown field `letters`"),
        (
            language("name = \"Elmish\"", "name = \"Elmish\"\nfolds = []"),
            "languages/qaa.toml, line 4: unknown field `folds`",
        ),
        (language("^Dan in (?P<", "^Dan in ((?P<"), "languages/qaa.toml, line 32: the pattern "),
        (language("{day}\\s+", "({day}\\s+"), "languages/qaa.toml, line 20: the pattern "),
        (language("'^Mendal$'", "'[Mendal'"), "languages/qaa.toml, line 44: the pattern "),
        (language("code = \"qaa\"", "code = \"qab\""), "languages/qaa.toml, line 1: the code \"qab\" is not the name"),
        (language("akn = \"qaa\"\n", ""), "languages/qaa.toml, line 1: missing field `akn`"),
        (language("'^Mendal$'", "'^Mendal {date}$'"), "languages/qaa.toml, line 44: the pattern "),
        (language("qaa = [\"elmi\"]", "Elmish = [\"elmi\"]"), "languages/qaa.toml, line 12: \"Elmish\" under [names]"),
        (language("[[\"unem\"], ", "["), "languages/qaa.toml, line 19: there are 11 months"),
        (language("[[\"unem\"], ", "[[], "), "languages/qaa.toml, line 19: a month has no name"),
        (language("[[\"unem\"], ", "[[\"\"], "), "languages/qaa.toml, line 19: months holds an empty text"),
        (
            language("forms = []", "forms = [{ form = \"Art {}\", counters = [\"decimal\"], rank = 0 }]"),
            "languages/qaa.toml, line 27: the form \"Art {}\" has rank 0",
        ),
        (
            language("forms = []", "forms = [{ form = \"Art {}\", counters = [] }]"),
            "languages/qaa.toml, line 27: the form \"Art {}\" has no counters",
        ),
        (
            language("forms = []", "forms = [{ form = \"Art\", counters = [] }]"),
            "languages/qaa.toml, line 27: the form",
        ),
        (language("forms = []", "forms = [{ form = \"{}\", counters = [\"x9\"] }]"), "line 27: there is no counter"),
        (added(&[("bodies/elm.toml", &BODY.replace("ELM-", "(ELM-"))]), "bodies/elm.toml, line 2: the pattern "),
        (added(&[("bodies/elm.toml", &format!("{BODY}town = 1\n"))]), "bodies/elm.toml, line 10: unknown field `town`"),
        (added(&[("languages/en.lexicon.toml", lexicon)]), "languages/en.lexicon.toml, line 2: unknown field"),
        (added(&[("languages/qaa.lexicon.toml", lexicon)]), "there is no languages/qaa.toml beside it"),
        (added(&[("words/en.fst", "no list")]), "words/en.fst: it is no list of words"),
        (added(&[("elsewhere/en.toml", "")]), "elsewhere/en.toml: it is no languages/CODE.toml"),
    ];
    for (made, wanted) in cases {
        let error = made.expect_err(wanted).to_string();
        assert!(error.contains(wanted), "{error:?} does not say {wanted:?}");
    }
}
