//! Folds of characters: which count as one where texts are matched.

use serde::Deserialize;

/// What a difference amounts to that a fold explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FoldClass {
    /// Other signs for the same: quotation marks, dashes, wide letters.
    Typography,
    /// Another encoding of the same characters.
    Encoding,
}

/// One character fold for matching.
#[derive(Debug, Deserialize)]
pub(crate) struct Fold {
    /// The class of a difference that only this fold explains.
    pub(crate) class: FoldClass,
    /// What the characters become.
    pub(crate) to: String,
    /// The characters.
    pub(crate) from: String,
}
