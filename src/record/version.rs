//! Versions, and what `work.toml` and `version.toml` record of them. A fact that a file does not give is absent, and one
//! that this program does not know harms nobody.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::day::Day;
use crate::frbr::WorkId;
use crate::statement::{Identity, StatedClaim, Status};

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

/// A version and what is recorded of it.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its name.
    pub id: VersionId,
    /// What `version.toml` says.
    pub record: Record,
}

impl Version {
    /// When it was issued: as it is recorded, else as its folder says; and its number among those of the day.
    #[must_use]
    pub fn issued(&self) -> (Option<Day>, u32) {
        let folder = self.id.folder.as_str();
        let (date, number) = match folder.split_once('.') {
            Some((date, number)) => (date, number.parse().unwrap_or(1)),
            None => (folder, 1),
        };
        (self.record.issued.or_else(|| Day::parse(date)), number)
    }
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

#[cfg(feature = "git")]
impl Dates {
    /// These, and where one is not known the other's.
    pub(crate) fn over(self, other: Self) -> Self {
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

serialize_as_shown!(VersionId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_wins_and_the_text_fills() {
        let record: Record = toml::from_str("symbol = \"A/1\"\nclaim = \"corrigendum\"\n").expect("a record");
        let read = Identity { symbol: Some("A/2".to_owned()), job_number: Some("J".to_owned()), ..Identity::default() };
        let known = record.identity(&read);
        assert_eq!((known.symbol.as_deref(), known.job_number.as_deref()), (Some("A/1"), Some("J")));
        assert_eq!(known.claim.as_ref().map(StatedClaim::words), Some("corrigendum"));
    }
}
