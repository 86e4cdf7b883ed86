//! What a version says it is, in words and as what they mean.

use std::fmt;

use serde::{Deserialize, Serialize};

pub use crate::language::{Claim, Reissue, Stage};

/// A claim in the words that it was recorded in, which stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct StatedClaim {
    words: String,
    claim: Claim,
}

impl StatedClaim {
    /// Its words: the program's own where a text was read, else those that somebody recorded.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// What they mean.
    #[must_use]
    pub const fn claim(&self) -> Claim {
        self.claim
    }
}

impl From<String> for StatedClaim {
    fn from(words: String) -> Self {
        Self { claim: Claim::parse(&words), words }
    }
}

impl From<StatedClaim> for String {
    fn from(stated: StatedClaim) -> Self {
        stated.words
    }
}

impl From<Claim> for StatedClaim {
    fn from(claim: Claim) -> Self {
        Self { words: claim.to_string(), claim }
    }
}

impl fmt::Display for StatedClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

/// The step on the way to adoption that a record gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[non_exhaustive]
pub enum Status {
    /// A draft.
    Draft,
    /// An adopted text.
    Adopted,
    /// Something else, in the words of the record; nothing follows from it.
    Other(String),
}

impl Status {
    /// Its words.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Draft => "draft",
            Self::Adopted => "adopted",
            Self::Other(words) => words,
        }
    }
}

impl From<String> for Status {
    fn from(words: String) -> Self {
        match words.as_str() {
            "draft" => Self::Draft,
            "adopted" => Self::Adopted,
            _ => Self::Other(words),
        }
    }
}

impl From<Status> for String {
    fn from(status: Status) -> Self {
        status.words().to_owned()
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}
