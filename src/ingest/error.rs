//! Why a source can't be read, whichever format it is of.
//!
//! An error says what was found and where; how to mend it, the command line says. Readers of all formats share these
//! words: what only one of them can meet is told by the text of the variant.

use std::fmt;

use crate::text::{DecodeError, FileFormat};

/// Why a source can't be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Its bytes are no text, and of no format that is read.
    #[error(transparent)]
    Text(#[from] DecodeError),
    /// It is of its format, and can't be taken apart.
    #[error("it is {format}, and damaged: {fault}")]
    Damaged {
        /// Its format.
        format: FileFormat,
        /// What is wrong with it.
        fault: Box<str>,
    },
    /// It is a container of the kind that documents come in, and holds none.
    #[error("it is {format} that holds no document")]
    NoDocument {
        /// Its format.
        format: FileFormat,
    },
    /// Pages show images of a text, and no characters.
    #[error("it is {format} with no text layer on {pages}")]
    NoTextLayer {
        /// Its format.
        format: FileFormat,
        /// The pages.
        pages: Pages,
    },
    /// It is encrypted, and no password opens it.
    #[error("it is {format} and encrypted: {lock}")]
    Encrypted {
        /// Its format.
        format: FileFormat,
        /// What was tried.
        lock: Lock,
    },
    /// Its fonts do not say which characters their glyphs are.
    #[error(
        "it is {format} whose fonts do not say which characters they show: {unknown} of {glyphs} glyphs on {pages} have none"
    )]
    UnknownGlyphs {
        /// Its format.
        format: FileFormat,
        /// Glyphs without a character.
        unknown: usize,
        /// Glyphs on the same pages.
        glyphs: usize,
        /// The pages on which they stand.
        pages: Pages,
    },
    /// It is larger, deeper or longer than a source may be.
    #[error("it is {format}, and beyond the limit of {most} {limit}")]
    Limit {
        /// Its format.
        format: FileFormat,
        /// What is limited.
        limit: Limit,
        /// How many are read at most.
        most: usize,
    },
}

/// What keeps an encrypted source closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lock {
    /// It asks for a password, and none was given.
    NoPassword,
    /// The password that was given is not its own.
    WrongPassword,
    /// Its cipher is not known.
    UnknownCipher,
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoPassword => "it asks for a password",
            Self::WrongPassword => "the password given does not open it",
            Self::UnknownCipher => "its cipher is not known",
        })
    }
}

/// What readers limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// Bytes of the file.
    Bytes,
    /// Pages.
    Pages,
    /// Bytes that compressed parts have unpacked.
    UnpackedBytes,
    /// Parts in parts.
    Nesting,
    /// Entities that a document declares for itself.
    Entities,
    /// Steps of drawing a document.
    Operations,
    /// Glyphs.
    Glyphs,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bytes => "bytes",
            Self::Pages => "pages",
            Self::UnpackedBytes => "unpacked bytes",
            Self::Nesting => "parts in parts",
            Self::Entities => "entities of its own",
            Self::Operations => "drawing operations",
            Self::Glyphs => "glyphs",
        })
    }
}

/// Numbers of pages, ascending: `page 3`, `pages 1-3 and 7`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages(pub Vec<u32>);

/// Most runs of pages that are told one by one.
const RUNS: usize = 8;

impl fmt::Display for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let runs: Vec<&[u32]> = self.0.chunk_by(|one, next| one + 1 == *next).collect();
        f.write_str(if self.0.len() == 1 { "page " } else { "pages " })?;
        for (at, run) in runs.iter().take(RUNS).enumerate() {
            let last = at + 1 == runs.len();
            f.write_str(match (at, last) {
                (0, _) => "",
                (_, true) => " and ",
                _ => ", ",
            })?;
            match run {
                [only] => write!(f, "{only}")?,
                [first, .., end] => write!(f, "{first}-{end}")?,
                [] => {}
            }
        }
        match runs.iter().skip(RUNS).map(|run| run.len()).sum::<usize>() {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

impl ReadError {
    /// Whether a text that somebody else made of the source can stand in its place: it is no plain text.
    #[must_use]
    pub const fn may_have_text_elsewhere(&self) -> bool {
        match self {
            Self::Text(error) => matches!(error, DecodeError::Format { .. }),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_in_runs() {
        let told = |pages: &[u32]| Pages(pages.to_vec()).to_string();
        assert_eq!(told(&[3]), "page 3");
        assert_eq!(told(&[1, 2, 3]), "pages 1-3");
        assert_eq!(told(&[1, 2, 3, 7]), "pages 1-3 and 7");
        assert_eq!(told(&[1, 3, 5]), "pages 1, 3 and 5");
        assert_eq!(
            told(&(1..30).map(|page| page * 2).collect::<Vec<_>>()),
            "pages 2, 4, 6, 8, 10, 12, 14, 16 and 21 more"
        );
    }
}
