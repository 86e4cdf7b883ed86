//! The parts of a document that stand for themselves.

use std::fmt;

use serde::Serialize;

/// What a part of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ComponentKind {
    /// A letter of transmittal.
    Letter,
    /// A resolution.
    Resolution,
    /// Any other statement, alone or transmitted by a letter.
    Statement,
    /// An annex.
    Annex,
}

impl ComponentKind {
    /// What a reader would call the first of its kind.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Resolution => "resolution",
            Self::Statement => "statement",
            Self::Annex => "annex",
        }
    }
}

/// A part of a document that stands for itself: the letter, the statement it transmits, an annex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Component {
    /// What it is.
    pub kind: ComponentKind,
    /// Which of its kind it is in the document, 1 for the first.
    pub ordinal: usize,
}

impl Component {
    /// The first, second and so on of its kind.
    #[must_use]
    pub const fn new(kind: ComponentKind, ordinal: usize) -> Self {
        Self { kind, ordinal }
    }
}

impl fmt::Display for Component {
    /// What a reader would call it: `letter`, `statement`, `annex 2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        if self.ordinal > 1 { write!(f, " {}", self.ordinal) } else { Ok(()) }
    }
}

serialize_by_name!(ComponentKind);
