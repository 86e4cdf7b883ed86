//! Names of works and versions: `un/cd/2066@2016-09-26~zh`.
//!
//! A work is the abstract statement, whatever its language or version; a version is one issued text of it in one
//! language. The words are those of FRBR (IFLA, Functional Requirements for Bibliographic Records, 1998): work and
//! expression; the bytes of a source are the manifestation.

use std::fmt;

/// Names that some systems keep for devices, with any ending: no folder may have them.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];
const NUMBERED: [&str; 2] = ["com", "lpt"];
/// Names of files that a corpus gives a meaning to: a folder of such a name would be taken for the file.
const OF_CORPUS: [&str; 6] =
    ["recension.toml", "recension-waivers.toml", "version.toml", "work.toml", "text.txt", "works"];

/// Longest name of a work, in bytes.
pub const MOST_WORK_BYTES: usize = 200;
/// Longest part of a name that is made here, in bytes.
pub const MOST_PART_BYTES: usize = 64;

/// The name of a work: lower-case parts parted by slashes, which are also its folders.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorkId(String);

/// Why a text names no work.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{name:?} names no work: {why}")]
#[non_exhaustive]
pub struct BadWorkId {
    /// What was given.
    pub name: String,
    /// What is wrong with it.
    pub why: &'static str,
}

impl WorkId {
    /// Checks a name. It becomes a path, so nothing that a path could be tricked with is let through.
    ///
    /// # Errors
    /// [`BadWorkId`] for empty parts, `.` and `..`, upper case, and characters other than `a-z 0-9 . _ -`.
    pub fn new(name: &str) -> Result<Self, BadWorkId> {
        let bad = |why| Err(BadWorkId { name: name.to_owned(), why });
        if name.is_empty() || name.len() > MOST_WORK_BYTES {
            return bad("it must have 1 to 200 characters");
        }
        for part in name.split('/') {
            if part.is_empty() {
                return bad("a part is empty");
            }
            if part.starts_with('.') || part.ends_with('.') {
                return bad("a part begins or ends with a dot");
            }
            if part.starts_with('-') {
                return bad("a part begins with a hyphen");
            }
            if !part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-')) {
                return bad("only a-z, 0-9, '.', '_', '-' and '/' may stand in it");
            }
            if is_device(part) {
                return bad("a part is a name that some systems keep for devices, such as con or nul");
            }
            if is_reserved(part) {
                return bad("a part is a name that files of a corpus have, such as recension.toml or text.txt");
            }
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a part of a name is kept for something else: for a device, or for a file of a corpus.
#[must_use]
pub(crate) fn is_reserved(part: &str) -> bool {
    is_device(part) || OF_CORPUS.contains(&part) || part.starts_with("source.")
}

/// Whether some systems keep a part of a name for a device: `con`, `nul.txt`, `com1`.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default();
    RESERVED.contains(&stem)
        || NUMBERED.iter().any(|name| {
            stem.strip_prefix(name)
                .is_some_and(|rest| rest.len() == 1 && rest != "0" && rest.bytes().all(|byte| byte.is_ascii_digit()))
        })
}

impl fmt::Display for WorkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which version of a work in a language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// The first issued.
    First,
    /// The last issued.
    Latest,
    /// The last but one.
    Prev,
    /// The one of this folder name: a date, with `.2` for a second of the same day.
    Dated(String),
}

/// A reference as a person writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The git revision to read, if one is named before a colon.
    pub revision: Option<String>,
    /// The work.
    pub work: WorkId,
    /// Which version; the latest where none is said.
    pub which: Which,
    /// The language; where none is said, the work must have only one.
    pub language: Option<String>,
}

impl Reference {
    /// Reads `[REV:]WORK[@VERSION][~LANG]`.
    ///
    /// ```
    /// use recension::frbr::{Reference, Which};
    ///
    /// let reference = Reference::parse("main:un/cd/2066@prev~zh")?;
    /// assert_eq!((reference.work.as_str(), reference.which), ("un/cd/2066", Which::Prev));
    /// assert_eq!((reference.revision.as_deref(), reference.language.as_deref()), (Some("main"), Some("zh")));
    /// # Ok::<(), recension::frbr::BadWorkId>(())
    /// ```
    ///
    /// # Errors
    /// [`BadWorkId`] where the part before `@` and `~` names no work.
    pub fn parse(text: &str) -> Result<Self, BadWorkId> {
        let (revision, rest) = match text.split_once(':') {
            Some((revision, rest)) => (Some(revision.to_owned()), rest),
            None => (None, text),
        };
        let (rest, language) = match rest.rsplit_once('~') {
            Some((rest, language)) => (rest, Some(language.to_owned())),
            None => (rest, None),
        };
        let (work, which) = match rest.split_once('@') {
            Some((work, "first")) => (work, Which::First),
            Some((work, "latest")) => (work, Which::Latest),
            Some((work, "prev")) => (work, Which::Prev),
            Some((work, date)) => (work, Which::Dated(date.to_owned())),
            None => (rest, Which::Latest),
        };
        Ok(Self { revision, work: WorkId::new(work)?, which, language })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(revision) = &self.revision {
            write!(f, "{revision}:")?;
        }
        write!(f, "{}", self.work)?;
        match &self.which {
            Which::First => f.write_str("@first")?,
            Which::Latest => {}
            Which::Prev => f.write_str("@prev")?,
            Which::Dated(date) => write!(f, "@{date}")?,
        }
        if let Some(language) = &self.language {
            write!(f, "~{language}")?;
        }
        Ok(())
    }
}

serialize_as_shown!(WorkId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints_references() {
        for text in [
            "un/cd/2066@2016-09-26~zh",
            "un/cd/2066~zh",
            "un/cd/2066@first~zh",
            "un/cd/2066@prev",
            "main:un/cd/2066@2016-09-26.2~zh",
        ] {
            assert_eq!(Reference::parse(text).expect("a reference").to_string(), text);
        }
    }

    #[test]
    fn refuses_names_that_trick_paths() {
        for name in [
            "",
            "/etc",
            "a//b",
            "../a",
            "a/..",
            "A",
            "a b",
            "a\u{202E}b",
            ".git",
            "a/",
            "a/con",
            "recension.toml",
            "a/recension.toml/b",
            "a/version.toml",
            "work.toml",
            "text.txt/a",
            "source.txt",
            "source.pdf/a",
            "nul.txt",
            "lpt1/a",
            "-rf",
            "a/-",
        ] {
            assert!(WorkId::new(name).is_err(), "{name:?}");
        }
    }
}
