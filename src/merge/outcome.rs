//! What a merge gives: a text with what a person must decide on, or the reason why there is none.

use crate::ingest::ReadError;

/// One of the texts of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Whose {
    /// That which both go back to.
    Base,
    /// That which the other is merged into.
    Ours,
    /// That which is merged.
    Theirs,
}

impl Whose {
    /// The name in messages and markers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Ours => "ours",
            Self::Theirs => "theirs",
        }
    }
}

/// What two sides did that excludes each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Disagreement {
    /// Each changed the text otherwise.
    Edited,
    /// Ours took the clause out, theirs changed or moved it.
    DeletedByOurs,
    /// Theirs took the clause out, ours changed or moved it.
    DeletedByTheirs,
    /// Each put in much the same clause, and not quite the same; or the same at another place.
    Inserted,
    /// Each moved it somewhere else.
    Moved,
    /// Each gave it another label, and no count decides.
    Numbered,
    /// Lines of pages, which stand in no clause: a side put them in or took them out, and they are not so in the result.
    LeftOut,
}

impl Disagreement {
    /// What happened, in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Edited => "both changed it, each otherwise",
            Self::DeletedByOurs => "ours deleted it, theirs changed or moved it",
            Self::DeletedByTheirs => "theirs deleted it, ours changed or moved it",
            Self::Inserted => "both inserted it, each otherwise",
            Self::Moved => "both moved it, each to another place",
            Self::Numbered => "both numbered it, each otherwise",
            Self::LeftOut => "one side changed what belongs to no clause, and the result can't hold it in its place",
        }
    }
}

/// A clause, or a few that belong together, that a person must decide on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Conflict {
    /// What a reader would cite: the address in ours, else in theirs.
    pub address: String,
    /// What happened.
    pub why: Disagreement,
}

/// A merged text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MergedText {
    /// Its bytes, in the encoding of ours.
    pub bytes: Vec<u8>,
    /// What a person must decide on, in the order of the text; the clauses stand between markers there.
    pub conflicts: Vec<Conflict>,
    /// How many clauses got a label that neither side gave them, because both counted.
    pub renumbered: usize,
}

/// Why texts were not merged.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// One of them is no text.
    #[error("{whose} can't be read: {source}", whose = whose.name())]
    Decode {
        /// Which.
        whose: Whose,
        /// What is wrong with it.
        source: ReadError,
    },
    /// Its clauses can't be told apart in its bytes.
    #[error("{whose} can't be taken apart into its clauses without loss", whose = whose.name())]
    Segmentation {
        /// Which.
        whose: Whose,
    },
    /// Ours is in an encoding that theirs does not go into.
    #[error("the merged text can't be written in the encoding of ours, {encoding}")]
    Encoding {
        /// The encoding.
        encoding: &'static str,
    },
    /// Together, the pieces of both read otherwise than apart.
    #[error("the merged text would read otherwise than it was put together")]
    ReadBack,
}
