//! A version on its way into the corpus: what its text says of it, under what somebody says of it.

use serde::Deserialize;

use super::error::CorpusError;
use super::{
    naming::work_of_symbol,
    paths::is_language_code,
    settings::{self, Defaults},
};
use crate::frbr::{BadWorkId, WorkId};
use crate::ingest::ReadError;
use crate::ingest::{self, Source};
use crate::language::Catalogue;
use crate::language::Date;
use crate::record::{Dates, Day, Hashes, Provenance, Record, VersionId, Work, reading_text, sha256};
use crate::statement::{ClauseKind, DateRoles, Identity, StatedClaim, Status};

/// What the folder of a version without a date is called.
const UNDATED: &str = "undated";
/// Longest title that is taken from a text, in bytes; what is longer is a paragraph.
const MOST_TITLE: usize = 400;
/// The program that reads the texts, as it is recorded with them.
const EXTRACTOR: &str = concat!("recension ", env!("CARGO_PKG_VERSION"));

/// What somebody says of a version. What is not said is read from the text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedFacts {
    /// The work.
    pub work: Option<String>,
    /// Code of the language.
    #[serde(alias = "lang")]
    pub language: Option<String>,
    /// When it was issued.
    pub issued: Option<Day>,
    /// What it claims to be.
    pub claim: Option<StatedClaim>,
    /// Its step on the way to adoption.
    pub status: Option<Status>,
    /// The symbol.
    pub symbol: Option<String>,
    /// The job number.
    pub job_number: Option<String>,
    /// Codes of the languages it was drafted in.
    #[serde(default)]
    pub original_languages: Vec<String>,
    /// Dates by role.
    #[serde(default)]
    pub dates: Dates,
    /// Where it was fetched from.
    pub source_url: Option<String>,
    /// When it was fetched.
    pub captured: Option<Day>,
    /// Anything else that a reader should know.
    pub note: Option<String>,
    /// What the work is called, if it is new.
    pub title: Option<String>,
    /// The series of the work, if it is new.
    pub series: Option<String>,
    /// Works that the work succeeds, if it is new.
    #[serde(default)]
    pub lineage: Vec<String>,
    /// Whether it is invented.
    pub fictional: Option<bool>,
}

impl StatedFacts {
    /// Reads a file that says it: TOML with the names of the fields as keys.
    ///
    /// # Errors
    /// [`CorpusError::Toml`] with the line, also for a key that is not known.
    pub fn read(bytes: &[u8], path: &str) -> Result<Self, CorpusError> {
        settings::read(bytes, path)
    }

    /// This, and where it is silent the other.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        let first = |own: Vec<String>, other: Vec<String>| if own.is_empty() { other } else { own };
        Self {
            work: self.work.or(other.work),
            language: self.language.or(other.language),
            issued: self.issued.or(other.issued),
            claim: self.claim.or(other.claim),
            status: self.status.or(other.status),
            symbol: self.symbol.or(other.symbol),
            job_number: self.job_number.or(other.job_number),
            original_languages: first(self.original_languages, other.original_languages),
            dates: self.dates.over(other.dates),
            source_url: self.source_url.or(other.source_url),
            captured: self.captured.or(other.captured),
            note: self.note.or(other.note),
            title: self.title.or(other.title),
            series: self.series.or(other.series),
            lineage: first(self.lineage, other.lineage),
            fictional: self.fictional.or(other.fictional),
        }
    }
}

/// A file that is to become a version.
#[derive(Clone, Debug)]
pub struct ReceivedFile {
    /// Its name as it was given, for messages and for the record.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The text of a source that is no text itself, extracted elsewhere.
    pub text: Option<Vec<u8>>,
    /// The password that opens it, where it is encrypted; it is kept nowhere.
    pub password: Option<String>,
    /// When it was issued, as far as its way here shows, for a text that does not say it.
    pub dated: Option<Day>,
    /// The day on which a history has it, which no state of a history was issued after.
    pub committed: Option<Day>,
}

/// A version that is ready to be stored.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Draft {
    /// The work.
    pub work: WorkId,
    /// Code of the language.
    pub language: String,
    /// What will be recorded.
    pub record: Record,
    /// What will be recorded of the work, if it is new.
    pub about: Work,
    /// The name of its folder, where it had one already; else its date of issue.
    pub place: Option<String>,
    /// Whether somebody said what it claims to be: then it may stand beside another version of its day.
    pub claimed: bool,
    /// The day on which a history has it.
    pub committed: Option<Day>,
    /// The bytes of the source.
    pub source: Vec<u8>,
    /// The reading text.
    pub text: String,
}

/// Why a file can't become a version.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DraftError {
    /// It is no text.
    #[error("{file} can't be read as text: {source}")]
    Decode {
        /// The file.
        file: String,
        /// What is wrong with it.
        source: ReadError,
    },
    /// Neither the text nor anybody says what work it is of.
    #[error("{file} does not say which work it is of: its text shows no symbol")]
    NoWork {
        /// The file.
        file: String,
    },
    /// The name said is none.
    #[error("{file}: {source}")]
    BadWork {
        /// The file.
        file: String,
        /// What is wrong with the name.
        source: BadWorkId,
    },
    /// Neither the text nor anybody says which language it is in.
    #[error("the language of {file} can't be told from its text")]
    NoLanguage {
        /// The file.
        file: String,
    },
    /// The language said is none.
    #[error("{file}: {language:?} is no code of a language such as en or zh")]
    BadLanguage {
        /// The file.
        file: String,
        /// What was said.
        language: String,
    },
}

impl Draft {
    /// Reads a file, and takes from its text what nobody says.
    ///
    /// The date of issue is the first known of: said, of the reissue, of the masthead, the last day of processing, of
    /// the letter, of the adoption. `today` is recorded as the day it was fetched where nobody says another.
    ///
    /// # Errors
    /// [`DraftError`] where it is no text, or its work or language is known from nowhere.
    pub fn new(
        received: ReceivedFile,
        said: StatedFacts,
        defaults: &Defaults,
        catalogue: &Catalogue,
        today: Option<Day>,
    ) -> Result<Self, DraftError> {
        let file = received.name;
        if let Some(language) = said.language.as_ref().filter(|language| !is_language_code(language)) {
            return Err(DraftError::BadLanguage { file, language: language.clone() });
        }
        let options = ingest::Options {
            catalogue,
            language: said.language.as_deref(),
            password: received.password.as_deref(),
            ..ingest::Options::default()
        };
        let read = match &received.text {
            Some(text) => ingest::read(text.as_slice(), options),
            None => ingest::read(received.bytes.as_slice(), options),
        };
        let Source { statement, .. } = read.map_err(|source| DraftError::Decode { file: file.clone(), source })?;
        let known = said.language.clone().or_else(|| statement.language.map(|code| code.to_string()));
        let Some(language) = known.or_else(|| defaults.language.clone()) else {
            return Err(DraftError::NoLanguage { file });
        };
        let work = match &said.work {
            Some(name) => WorkId::new(name).map_err(|source| DraftError::BadWork { file: file.clone(), source })?,
            None => {
                let symbol = said.symbol.as_ref().or(statement.identity.symbol.as_ref());
                symbol
                    .and_then(|symbol| work_of_symbol(symbol, catalogue))
                    .ok_or_else(|| DraftError::NoWork { file: file.clone() })?
            }
        };
        let title = || {
            let found = statement.clauses.iter().find(|clause| clause.kind == ClauseKind::Title);
            found.map(|clause| clause.text.clone()).filter(|title| !title.is_empty() && title.len() <= MOST_TITLE)
        };
        let about = Work {
            title: said.title.clone().or_else(title),
            series: said.series.clone(),
            lineage: said.lineage.clone(),
            note: None,
            fictional: said.fictional.unwrap_or(false),
        };
        let text = reading_text(&statement);
        let source_name = format!("source.{}", extension(&file, received.text.is_some()));
        let claimed = said.claim.is_some();
        let mut record = record(said, &statement.identity);
        record.issued = record.issued.or(received.dated);
        record.language = Some(language.clone());
        record.provenance.captured = record.provenance.captured.or(today);
        record.provenance.source = Some(source_name);
        record.provenance.file = file_name(&file);
        record.provenance.extractor = Some(EXTRACTOR.to_owned());
        record.sha256 = Hashes { source: Some(sha256(&received.bytes)), text: Some(sha256(text.as_bytes())) };
        Ok(Self {
            work,
            language,
            record,
            about,
            place: None,
            claimed,
            committed: received.committed,
            source: received.bytes,
            text,
        })
    }

    /// The name of its folder, if no other version has it.
    pub(super) fn folder(&self) -> String {
        if let Some(place) = &self.place {
            return place.clone();
        }
        self.record.issued.map_or_else(|| UNDATED.to_owned(), |day| day.to_string())
    }

    /// What it will be called in the folder of this name.
    pub(super) fn id(&self, folder: String) -> VersionId {
        VersionId { work: self.work.clone(), language: self.language.clone(), folder }
    }
}

/// What is said, and below it what the text says.
fn record(said: StatedFacts, read: &Identity) -> Record {
    let dates = said.dates.over(recorded(&read.dates));
    // "reissue" is said of a text that says "reissue for technical reasons": the text says more.
    let says_more =
        read.claim.as_ref().zip(said.claim.as_ref()).is_some_and(|(text, said)| text.claim().refines(said.claim()));
    let claim = if says_more { read.claim.clone() } else { said.claim.or_else(|| read.claim.clone()) };
    let issued = said.issued.or_else(|| issue(&dates));
    let first = |own: Vec<String>, other: &[String]| if own.is_empty() { other.to_vec() } else { own };
    Record {
        language: said.language,
        issued,
        symbol: said.symbol.or_else(|| read.symbol.clone()),
        job_number: said.job_number.or_else(|| read.job_number.clone()),
        claim,
        status: said.status,
        original_languages: first(said.original_languages, &read.original_languages),
        dates,
        provenance: Provenance {
            source_url: said.source_url,
            captured: said.captured,
            note: said.note,
            ..Provenance::default()
        },
        sha256: Hashes::default(),
        fictional: said.fictional.unwrap_or(false),
    }
}

/// The date of issue that the dates by role show.
fn issue(dates: &Dates) -> Option<Day> {
    let processed = dates.processing.last().copied();
    dates.reissued.or(dates.masthead).or(processed).or(dates.letter).or(dates.adopted)
}

/// Dates as a record has them; one without a year dates nothing.
fn recorded(dates: &DateRoles) -> Dates {
    let day = |date: Date| Day::parse(&date.to_string());
    Dates {
        adopted: dates.adopted.and_then(day),
        letter: dates.letter.and_then(day),
        masthead: dates.masthead.and_then(day),
        reissued: dates.reissued.and_then(day),
        processing: dates.processing.iter().copied().filter_map(day).collect(),
    }
}

/// The ending of a source's name: that of the file, if it is plain.
fn extension(file: &str, container: bool) -> String {
    let ending =
        file.rsplit(['/', '\\']).next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_lowercase());
    let plain = |ending: &String| {
        (1..=8).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    ending.filter(plain).unwrap_or_else(|| if container { "bin" } else { "txt" }.to_owned())
}

/// The last part of a path; none of standard input.
fn file_name(path: &str) -> Option<String> {
    let name = path.rsplit(['/', '\\']).next()?;
    (!name.is_empty() && name != "-").then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Meridian Assembly\n\nA/RES/80/900*\n\nDistr.: General\n19 September 2025\n\nThe Assembly,\n\n1. Urges all States to act;\n\n2. Decides to remain seized.\n\n* Reissued for technical reasons on 2 October 2025.\n";

    fn draft(text: &str, said: StatedFacts) -> Result<Draft, DraftError> {
        let received = ReceivedFile {
            name: "in/letter.TXT".to_owned(),
            bytes: text.as_bytes().to_vec(),
            text: None,
            password: None,
            dated: None,
            committed: None,
        };
        Draft::new(received, said, &Defaults::default(), Catalogue::shipped(), Day::parse("2026-11-23"))
    }

    #[test]
    fn the_text_tells_what_nobody_says() {
        let made = draft(TEXT, StatedFacts::default()).expect("a draft");
        assert_eq!(made.work.as_str(), "un/a/res/80/900");
        assert_eq!((made.language.as_str(), made.folder().as_str()), ("en", "2025-10-02"));
        assert_eq!(made.record.claim.as_ref().map(StatedClaim::words), Some("reissue for technical reasons"));
        assert_eq!(made.record.provenance.source.as_deref(), Some("source.txt"));
        assert_eq!(made.record.provenance.file.as_deref(), Some("letter.TXT"));
        assert!(!made.claimed);
    }

    #[test]
    fn what_is_said_wins() {
        let said = StatedFacts {
            work: Some("a/b".to_owned()),
            issued: Day::parse("1868"),
            claim: Some("revision".to_owned().into()),
            ..StatedFacts::default()
        };
        let made = draft(TEXT, said).expect("a draft");
        assert_eq!((made.work.as_str(), made.folder().as_str()), ("a/b", "1868"));
        assert_eq!(made.record.claim.as_ref().map(StatedClaim::words), Some("revision"));
        assert!(made.claimed);
    }

    #[test]
    fn nothing_is_invented() {
        let text = "The Assembly,\n\n1. Urges all States to act for the good of the peoples of the world;\n";
        assert!(matches!(draft(text, StatedFacts::default()), Err(DraftError::NoWork { .. })));
        let made = draft(text, StatedFacts { work: Some("a".to_owned()), ..StatedFacts::default() }).expect("a draft");
        assert_eq!(
            (made.folder().as_str(), made.record.issued, made.record.symbol.as_deref()),
            ("undated", None, None)
        );
        let said = StatedFacts { work: Some("../a".to_owned()), ..StatedFacts::default() };
        assert!(matches!(draft(text, said), Err(DraftError::BadWork { .. })));
        let said = StatedFacts { language: Some("../x".to_owned()), ..StatedFacts::default() };
        assert!(matches!(draft(text, said), Err(DraftError::BadLanguage { .. })));
    }

    #[test]
    fn sidecars_are_held_to_their_keys() {
        let said =
            StatedFacts::read(b"work = \"a/b\"\nlang = \"en\"\n[dates]\nletter = 2031-04-02\n", "s").expect("readable");
        assert_eq!((said.work.as_deref(), said.language.as_deref()), (Some("a/b"), Some("en")));
        assert!(said.dates.letter.is_some());
        let error = StatedFacts::read(b"work = \"a\"\nwrok = \"b\"\n", "s").expect_err("an unknown key");
        assert!(error.to_string().starts_with("s, line 2: unknown field"), "{error}");
    }
}
