//! Every version of the corpus that is shipped, through the whole pipeline: files, hashes, facts, reading text, reissues.
//!
//! `RECENSION_BLESS=1 cargo test --test corpus` writes `text.txt` and both hashes of every version; read the difference
//! before you commit it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use recension::change::{Comparison, Options, Tier, Verdict, compare};
use recension::corpus::Corpus;
use recension::ingest::{self, Source};
use recension::record::{Day, Version, reading_text, sha256};
use recension::statement::{StatedClaim, Statement};

/// The one work that is not invented.
const LETTER: &str = "un/cd/2066";
/// The statement in four languages, and its reissues.
const STABILITY: &str = "fictional/veltria-orsania/2031/strategic-stability";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn corpus() -> Corpus {
    Corpus::open(&root(), None).expect("the corpus")
}

fn versions(corpus: &Corpus) -> Vec<Version> {
    let versions = corpus.all().expect("records");
    assert!(versions.len() >= 20, "the corpus has lost versions: {}", versions.len());
    versions
}

fn folder(version: &Version) -> PathBuf {
    root().join("works").join(version.id.work.as_str()).join(&version.id.language).join(&version.id.folder)
}

/// The source of a version, read without a look at its hash.
fn source(version: &Version) -> (Vec<u8>, Source) {
    let name = version.record.provenance.source.as_deref().expect("the name of the source");
    let bytes = fs::read(folder(version).join(name)).expect("the source");
    let read = read(&bytes, version);
    (bytes, read)
}

fn read(bytes: &[u8], version: &Version) -> Source {
    ingest::read(bytes, ingest::Options::default().with_language(Some(&version.id.language))).expect("a text")
}

#[expect(clippy::disallowed_methods, reason = "the switch that rewrites the reading texts and the hashes")]
fn bless() -> bool {
    std::env::var_os("RECENSION_BLESS").is_some_and(|value| value == "1")
}

/// The text of `version.toml` with both hashes in it.
fn with_hashes(record: &str, source: &str, text: &str) -> String {
    let (facts, _) = record.split_once("[sha256]").expect("the table of hashes is the last one");
    format!("{facts}[sha256]\nsource = \"{source}\"\ntext = \"{text}\"\n")
}

#[test]
fn files_and_hashes_are_those_recorded() {
    let corpus = corpus();
    for version in versions(&corpus) {
        let (bytes, read) = source(&version);
        let text = reading_text(&read.statement);
        let (file, record) = (folder(&version).join("text.txt"), folder(&version).join("version.toml"));
        if bless() {
            let old = fs::read_to_string(&record).expect("a record");
            fs::write(&file, &text).expect("writable");
            fs::write(&record, with_hashes(&old, &sha256(&bytes), &sha256(text.as_bytes()))).expect("writable");
            continue;
        }
        let stored = fs::read_to_string(&file)
            .unwrap_or_else(|_| panic!("{} is missing; RECENSION_BLESS=1 writes it", file.display()));
        assert!(stored == text, "{} is not the reading text of its source", file.display());
        let hashes = &version.record.sha256;
        assert_eq!(hashes.source.as_deref(), Some(sha256(&bytes).as_str()), "source of {}", version.id);
        assert_eq!(hashes.text.as_deref(), Some(sha256(text.as_bytes()).as_str()), "text of {}", version.id);
        corpus.load(&version).unwrap_or_else(|error| panic!("{}: {error}", version.id));
    }
}

#[test]
fn every_version_is_read_in_full() {
    for version in versions(&corpus()) {
        let (_, read) = source(&version);
        let statement = &read.statement;
        assert_eq!(statement.language.as_deref(), Some(version.id.language.as_str()), "{}", version.id);
        assert!(statement.clauses.len() >= 6, "{} has {} clauses", version.id, statement.clauses.len());
        let unknown: Vec<_> = statement
            .clauses
            .iter()
            .filter(|clause| clause.kind.name() == "unclassified")
            .map(|clause| &clause.text)
            .collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", version.id);
        let itself = compare(statement, statement, &Options::default());
        assert_eq!(itself.verdict, Verdict::Identical, "{}", version.id);
    }
}

/// Facts that a text gives are those that its record has. A record may know more.
#[test]
fn the_text_says_what_is_recorded() {
    for version in versions(&corpus()) {
        let (_, read) = source(&version);
        let (said, record) = (&read.statement.identity, &version.record);
        let id = &version.id;
        assert_eq!(record.language.as_deref(), read.statement.language.as_deref(), "{id}");
        let agrees = |what: &str, said: Option<String>, recorded: Option<String>| {
            assert!(
                said.is_none() || said == recorded,
                "{id}: {what} is {said:?} in the text, {recorded:?} in the record"
            );
        };
        agrees("symbol", said.symbol.clone(), record.symbol.clone());
        agrees("job number", said.job_number.clone(), record.job_number.clone());
        let words = |claim: &Option<StatedClaim>| claim.as_ref().map(StatedClaim::to_string);
        agrees("claim", words(&said.claim), words(&record.claim));
        let day = |day: Option<Day>| day.map(|day| day.to_string());
        let date = |date: Option<recension::language::Date>| date.map(|date| date.to_string());
        let (dates, known) = (&said.dates, &record.dates);
        agrees("date of adoption", date(dates.adopted), day(known.adopted));
        agrees("date of the letter", date(dates.letter), day(known.letter));
        agrees("date of the masthead", date(dates.masthead), day(known.masthead));
        agrees("date of the reissue", date(dates.reissued), day(known.reissued));
        let said_days: Vec<String> = dates.processing.iter().map(ToString::to_string).collect();
        let known_days: Vec<String> = known.processing.iter().map(ToString::to_string).collect();
        assert!(said_days.is_empty() || said_days == known_days, "{id}: {said_days:?} {known_days:?}");
        let originals = &said.original_languages;
        assert!(originals.is_empty() || *originals == record.original_languages, "{id}: {originals:?}");
    }
}

/// What must be in the text of a version that has a masthead is read from it.
#[test]
fn nothing_that_a_masthead_says_is_missed() {
    for version in versions(&corpus()) {
        let (_, read) = source(&version);
        let (said, record) = (&read.statement.identity, &version.record);
        let id = &version.id;
        assert_eq!(said.symbol, record.symbol, "{id}");
        assert_eq!(said.job_number, record.job_number, "{id}");
        assert_eq!(said.claim.clone(), record.claim.clone().filter(|_| says_claim(&version)), "{id}");
        assert_eq!(said.original_languages, record.original_languages, "{id}");
        assert_eq!(
            said.dates.adopted.map(|date| date.to_string()),
            record.dates.adopted.map(|day| day.to_string()),
            "{id}"
        );
    }
}

/// An adoption is claimed by what the version is, not by a note in it.
fn says_claim(version: &Version) -> bool {
    version.record.claim.as_ref().map(StatedClaim::words) != Some("adoption")
}

fn shape(statement: &Statement) -> Vec<String> {
    let clause = |clause: &recension::statement::Clause| {
        format!("{} | {} | {}", clause.kind.name(), clause.label.as_deref().unwrap_or("-"), clause.text)
    };
    statement.clauses.iter().map(clause).collect()
}

/// A reading text read again has the same clauses. Footnotes only keep their words: in a reading text no rule parts them
/// from the paragraphs and no mark calls them (docs/tricky-cases.md).
#[test]
fn reading_is_stable() {
    let mut unstable = Vec::new();
    for version in versions(&corpus()) {
        let (_, first) = source(&version);
        let text = reading_text(&first.statement);
        let second = read(text.as_bytes(), &version);
        assert_eq!(reading_text(&second.statement), text, "{}: the reading text has another one", version.id);
        let (old, new) = (shape(&first.statement), shape(&second.statement));
        for (old, new) in old.iter().zip(&new).filter(|(old, new)| old != new && !old.starts_with("footnote |")) {
            unstable.push(format!("{}:\n  - {old}\n  + {new}", version.id));
        }
        assert_eq!(old.len(), new.len(), "{}", version.id);
    }
    assert!(unstable.is_empty(), "{}", unstable.join("\n"));
}

/// A version of the statement on stability.
fn stability(language: &str, day: &str) -> Statement {
    let version = versions(&corpus())
        .into_iter()
        .find(|version| {
            version.id.work.as_str() == STABILITY && version.id.language == language && version.id.folder == day
        })
        .unwrap_or_else(|| panic!("no version of {day} in {language}"));
    source(&version).1.statement
}

fn told(comparison: &Comparison) -> String {
    let grave = comparison.changes.iter().filter(|change| change.tier > Some(Tier::Editorial));
    grave
        .map(|change| format!("{:?} {:?} {:?}", change.relation, change.classes, change.edits))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn clean_reissues_are_at_most_editorial() {
    for language in ["en", "zh", "fr", "ar"] {
        let (first, reissue) = (stability(language, "2031-04-02"), stability(language, "2031-06-05"));
        let comparison = compare(&first, &reissue, &Options::default());
        assert!(!comparison.verdict.reaches(Tier::Review), "{language}:\n{}", told(&comparison));
        assert!(comparison.verdict.reaches(Tier::Editorial), "{language}: the note of the reissue is not seen");
        let claim = reissue.identity.claim.expect("a claim");
        assert_eq!(claim.words(), "reissue for technical reasons", "{language}");
    }
}

#[test]
fn the_bad_reissue_has_one_number_and_one_word_that_are_not_technical() {
    for before in ["2031-04-02", "2031-06-05"] {
        let comparison = compare(&stability("en", before), &stability("en", "2031-09-26"), &Options::default());
        let grave: Vec<_> = comparison
            .changes
            .iter()
            .flat_map(|change| &change.edits)
            .filter(|edit| edit.tier > Tier::Editorial)
            .collect();
        let found: Vec<_> = grave
            .iter()
            .map(|edit| (edit.class.name(), edit.texts.before.as_str(), edit.texts.after.as_str()))
            .collect();
        assert_eq!(found, [("number", "150", "105"), ("strength", "urge", "invite")], "{}", told(&comparison));
        let clauses = comparison.changes.iter().filter(|change| change.tier > Some(Tier::Editorial));
        assert_eq!(clauses.count(), 2, "{}", told(&comparison));
    }
}

/// Names by which a real State would show, in the languages of the corpus. The invented ones are not among them.
const REAL: [&str; 40] = [
    "Russia",
    "China",
    "Chinese Government",
    "United States",
    "America",
    "France ",
    "Germany",
    "United Kingdom",
    "Britain",
    "India ",
    "Pakistan",
    "Iran",
    "Israel",
    "Japan",
    "Korea",
    "Ukraine",
    "Syria",
    "Iraq",
    "Turkey",
    "Egypt",
    "Spain",
    "Italy",
    "Russie",
    "Chine ",
    "États-Unis",
    "Allemagne",
    "俄罗斯",
    "中华人民共和国",
    "美国",
    "法国",
    "英国",
    "德国",
    "日本",
    "印度",
    "روسيا",
    "الصين ",
    "الولايات المتحدة",
    "فرنسا",
    "ألمانيا",
    "اليابان",
];

#[test]
fn only_the_letter_names_real_states() {
    let corpus = corpus();
    let mut files = vec![root().join("README.md"), root().join("recension.toml")];
    for version in versions(&corpus).iter().filter(|version| version.id.work.as_str() != LETTER) {
        assert!(version.record.fictional, "{} does not say that it is invented", version.id);
        let entries = fs::read_dir(folder(version)).expect("a folder");
        files.extend(entries.map(|entry| entry.expect("readable").path()));
        files.push(root().join("works").join(version.id.work.as_str()).join("work.toml"));
    }
    for file in files {
        let text = fs::read_to_string(&file).expect("UTF-8");
        let named: Vec<_> = REAL.iter().filter(|name| text.contains(*name)).collect();
        assert!(named.is_empty(), "{} names {named:?}", file.display());
    }
}
