//! Scripts that languages are written in.

use serde::Deserialize;

/// The script a language is written in, as far as reflow and identification need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Script {
    /// Chinese characters: no spaces between words.
    Han,
    /// Latin letters.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Arabic letters, right to left.
    Arabic,
}
