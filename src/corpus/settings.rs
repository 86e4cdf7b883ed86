//! What `recension.toml` says, and how the TOML files of a corpus are read. The settings are typed by hand, so an unknown
//! key in them is an error.

use std::fmt;

use serde::{Deserialize, Deserializer, de::DeserializeOwned};

use super::error::CorpusError;
use crate::record::{Day, FORMAT};

/// `recension.toml`. The table `[policy]` is the audit's, which reads it itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
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
#[non_exhaustive]
pub struct History {
    /// From when on versions never change: what was committed before belongs to the drafting of the corpus.
    pub since: Option<Moment>,
}

/// A moment: a day, or a time of a day in Coordinated Universal Time or with an offset from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
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
#[non_exhaustive]
pub struct Defaults {
    /// Language of texts that are added without one.
    pub language: Option<String>,
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
    use crate::record::Record;

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
}
