//! What `recension.toml`, `work.toml` and `version.toml` say. A fact that a file does not give is absent.
//!
//! The settings are typed by hand, so an unknown key in them is an error. The other two record facts, and a fact that
//! this program does not know harms nobody.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};

use super::error::CorpusError;
use crate::frbr::WorkId;
use crate::language::Date;
use crate::statement::{Identity, StatedClaim, Status};

/// The highest format of the files that this program reads.
pub(super) const FORMAT: i64 = 1;

/// The name of a version: `un/cd/2066@2016-09-26~zh`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VersionId {
    /// The work.
    pub work: WorkId,
    /// ISO 639-1 code of the language.
    pub language: String,
    /// Name of its folder: the date of issue, with `.2` for a second version of that day.
    pub folder: String,
}

impl fmt::Display for VersionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}~{}", self.work, self.folder, self.language)
    }
}

/// A date in a file, of whole or partial precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Date);

impl Day {
    /// Reads `2016`, `2016-09` or `2016-09-26`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|part| number(part, 2).ok_or(())).transpose().ok()?;
        let day = parts.next().map(|part| number(part, 2).ok_or(())).transpose().ok()?;
        if parts.next().is_some() || year == 0 || month.is_some_and(|month| !(1..=12).contains(&month)) {
            return None;
        }
        if let (Some(month), Some(day)) = (month, day)
            && !(1..=days_of(year, month)).contains(&day)
        {
            return None;
        }
        let narrow = |part: Option<u16>| part.and_then(|part| u8::try_from(part).ok());
        Some(Self(Date { year: Some(year), month: narrow(month), day: narrow(day) }))
    }
}

impl Day {
    /// Days since 1 January 1970; of a month or a year, those to its first day.
    #[must_use]
    pub fn days_since_1970(self) -> Option<i64> {
        self.0.days_since_1970()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn number(text: &str, digits: usize) -> Option<u16> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn days_of(year: u16, month: u16) -> u16 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// TOML has dates of its own; both they and texts are taken.
impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match toml::Value::deserialize(deserializer)? {
            toml::Value::String(text) => text,
            toml::Value::Datetime(date) => date.to_string(),
            other => other.to_string(),
        };
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("{text:?} is no date such as 2016-09-26")))
    }
}

/// `recension.toml`. The table `[policy]` is the audit's, which reads it itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Format of the corpus.
    pub format: Option<i64>,
    /// What holds where a version does not say.
    #[serde(default)]
    pub defaults: Defaults,
    /// What the promise that a version never changes holds for.
    #[serde(default)]
    pub history: History,
    #[serde(default, rename = "policy")]
    _policy: Option<toml::Table>,
}

/// The table `[history]` of `recension.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// From when on versions never change: what was committed before belongs to the drafting of the corpus.
    pub since: Option<Moment>,
}

/// A moment: a day, or a time of a day in Coordinated Universal Time or with an offset from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Seconds since 1 January 1970.
    pub seconds: i64,
    written: toml::value::Datetime,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = toml::value::Datetime::deserialize(deserializer)?;
        let missing = || serde::de::Error::custom(format!("{written} is no moment such as 2026-11-23T12:00:00Z"));
        let day = written.date.and_then(|date| Day::parse(&date.to_string())).ok_or_else(missing)?;
        let days = day.days_since_1970().ok_or_else(missing)?;
        let time = written.time.map_or(0, |time| {
            i64::from(time.hour) * 3_600 + i64::from(time.minute) * 60 + i64::from(time.second.unwrap_or(0))
        });
        let offset = match written.offset {
            Some(toml::value::Offset::Custom { minutes }) => i64::from(minutes) * 60,
            Some(toml::value::Offset::Z) | None => 0,
        };
        Ok(Self { seconds: days * 86_400 + time - offset, written })
    }
}

/// The table `[defaults]` of `recension.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// Language of texts that are added without one.
    pub language: Option<String>,
}

/// `work.toml`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Work {
    /// What it is called.
    pub title: Option<String>,
    /// The series it belongs to.
    pub series: Option<String>,
    /// Works that it succeeds, the eldest first.
    #[serde(default)]
    pub lineage: Vec<String>,
    /// Anything else that a reader should know.
    pub note: Option<String>,
    /// Whether it is invented.
    #[serde(default)]
    pub fictional: bool,
}

/// `version.toml`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Record {
    /// Code of the language; the folder's name holds where it is absent.
    pub language: Option<String>,
    /// When it was issued.
    pub issued: Option<Day>,
    /// The symbol, without asterisks.
    pub symbol: Option<String>,
    /// The job number.
    pub job_number: Option<String>,
    /// What it claims to be: `reissue for technical reasons`, `corrigendum`, `revision`, `adoption`.
    pub claim: Option<StatedClaim>,
    /// Its step on the way to adoption.
    pub status: Option<Status>,
    /// Codes of the languages it was drafted in.
    #[serde(default)]
    pub original_languages: Vec<String>,
    /// Dates by role.
    #[serde(default)]
    pub dates: Dates,
    /// Where it came from.
    #[serde(default)]
    pub provenance: Provenance,
    /// Hashes of its files; an empty text is no hash.
    #[serde(default)]
    pub sha256: Hashes,
    /// Whether it is invented.
    #[serde(default)]
    pub fictional: bool,
}

/// The table `[dates]` of `version.toml`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Dates {
    /// Adopted or signed.
    pub adopted: Option<Day>,
    /// The letter of transmittal was written.
    pub letter: Option<Day>,
    /// The masthead's date.
    pub masthead: Option<Day>,
    /// Printed again.
    pub reissued: Option<Day>,
    /// Days of processing.
    #[serde(default)]
    pub processing: Vec<Day>,
}

impl Dates {
    /// These, and where one is not known the other's.
    pub(super) fn over(self, other: Self) -> Self {
        Self {
            adopted: self.adopted.or(other.adopted),
            letter: self.letter.or(other.letter),
            masthead: self.masthead.or(other.masthead),
            reissued: self.reissued.or(other.reissued),
            processing: if self.processing.is_empty() { other.processing } else { self.processing },
        }
    }
}

/// The table `[provenance]` of `version.toml`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Provenance {
    /// Name of the file as received, in the folder of the version.
    pub source: Option<String>,
    /// Name of the file as it was given.
    pub file: Option<String>,
    /// Where it was fetched from.
    pub source_url: Option<String>,
    /// When it was fetched.
    pub captured: Option<Day>,
    /// The program that read the text, and its version.
    pub extractor: Option<String>,
    /// Anything else that a reader should know.
    pub note: Option<String>,
}

/// The table `[sha256]` of `version.toml`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Hashes {
    /// Of the source.
    pub source: Option<String>,
    /// Of the reading text.
    pub text: Option<String>,
}

impl Hashes {
    /// Whether both are there, so that no file can change unseen.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        [&self.source, &self.text].into_iter().all(|hash| hash.as_ref().is_some_and(|hash| !hash.is_empty()))
    }
}

impl Record {
    /// What is known of a version: what is recorded, and where nothing is, what its text says.
    #[must_use]
    pub fn identity(&self, read: &Identity) -> Identity {
        let mut identity = read.clone();
        let dates = &mut identity.dates;
        for (known, recorded) in [
            (&mut dates.adopted, self.dates.adopted),
            (&mut dates.letter, self.dates.letter),
            (&mut dates.masthead, self.dates.masthead),
            (&mut dates.reissued, self.dates.reissued),
        ] {
            *known = recorded.map(|day| day.0).or(*known);
        }
        if !self.dates.processing.is_empty() {
            dates.processing = self.dates.processing.iter().map(|day| day.0).collect();
        }
        identity.symbol = self.symbol.clone().or(identity.symbol);
        identity.job_number = self.job_number.clone().or(identity.job_number);
        if !self.original_languages.is_empty() {
            identity.original_languages.clone_from(&self.original_languages);
        }
        identity.claim = self.claim.clone().or(identity.claim);
        identity
    }
}

/// Reads a TOML file of a corpus, its format first: a later format may mean anything.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8], path: &str) -> Result<T, CorpusError> {
    let text = std::str::from_utf8(bytes).map_err(|error| CorpusError::Toml {
        path: path.to_owned(),
        line: 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count(),
        message: "it is no UTF-8".to_owned(),
    })?;
    let fault = |error: &toml::de::Error| fault(text, path, error);
    let table: toml::Table = toml::from_str(text).map_err(|error| fault(&error))?;
    match table.get("format") {
        Some(toml::Value::Integer(format)) if *format > FORMAT => {
            return Err(CorpusError::Format { path: path.to_owned(), found: *format, known: FORMAT });
        }
        Some(toml::Value::Integer(1)) | None => {}
        Some(other) => {
            return Err(CorpusError::Name {
                path: path.to_owned(),
                why: format!("its format is {other}, and formats are whole numbers from 1"),
            });
        }
    }
    toml::from_str(text).map_err(|error| fault(&error))
}

/// A fault of a TOML file with its line.
pub(super) fn fault(text: &str, path: &str, error: &toml::de::Error) -> CorpusError {
    let at = error.span().map_or(0, |span| span.start.min(text.len()));
    let line = 1 + text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
    CorpusError::Toml { path: path.to_owned(), line, message: error.message().replace('\n', " ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_of_any_precision() {
        for text in ["2016", "2016-09", "2016-09-26", "1868-11-29", "2024-02-29"] {
            assert_eq!(Day::parse(text).expect("a date").to_string(), text);
        }
        for text in ["", "16", "2016-13", "2016-00", "2023-02-29", "2016-09-26-1", "2016-9-26", "+016", "20160926"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn takes_both_kinds_of_dates_and_names_lines() {
        let record: Record = read(b"issued = 2031-04-02\n[dates]\nadopted = \"2031\"\n", "v").expect("a record");
        assert_eq!(record.issued.map(|day| day.to_string()).as_deref(), Some("2031-04-02"));
        let error = read::<Record>(b"language = \"en\"\nissued = \"soon\"\n", "v").expect_err("no date");
        assert_eq!(error.to_string(), "v, line 2: \"soon\" is no date such as 2016-09-26");
        let error = read::<Record>(b"format = 2\nissued = []\n", "v").expect_err("a later format");
        assert!(matches!(error, CorpusError::Format { found: 2, .. }));
    }

    #[test]
    fn moments_have_their_seconds() {
        for (text, seconds) in [
            ("1970-01-02", 86_400),
            ("2026-11-23T12:00:00Z", 1_795_435_200),
            ("2026-11-23T13:30:00+01:30", 1_795_435_200),
        ] {
            let settings: Settings = read(format!("[history]\nsince = {text}\n").as_bytes(), "s").expect("settings");
            assert_eq!(settings.history.since.map(|moment| moment.seconds), Some(seconds), "{text}");
        }
        assert!(read::<Settings>(b"[history]\nsince = 12:00:00\n", "s").is_err());
    }

    #[test]
    fn the_record_wins_and_the_text_fills() {
        let record: Record = read(b"symbol = \"A/1\"\nclaim = \"corrigendum\"\n", "v").expect("a record");
        let read = Identity { symbol: Some("A/2".to_owned()), job_number: Some("J".to_owned()), ..Identity::default() };
        let known = record.identity(&read);
        assert_eq!((known.symbol.as_deref(), known.job_number.as_deref()), (Some("A/1"), Some("J")));
        assert_eq!(known.claim.as_ref().map(StatedClaim::words), Some("corrigendum"));
    }
}
