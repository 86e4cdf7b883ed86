//! Characters, folds, tokens and the language of a text. Knows no clauses.

mod address;
pub mod chars;
mod decode;
mod encode;
mod fold;
mod identify;
mod intern;
mod pair;
mod tokenize;
mod value;
mod vowels;

pub use decode::{DecodeError, Decoded, decode};
pub use encode::encode;
#[cfg(feature = "search")]
pub(crate) use fold::fold_char;
pub(crate) use fold::without_space;
pub use fold::{Difference, difference, fold_into, folded, folded_eq, folded_hash, folded_lower, han_script};
pub use identify::{Identification, identify, script_of};
pub use intern::{Interner, TokenId};
pub use pair::{Pair, Side};
#[cfg(feature = "search")]
pub(crate) use tokenize::unconfused;
pub use tokenize::{Token, TokenKind, tokenize, word_edges};
pub(crate) use value::Reader as NumberReader;

pub use vowels::{Vowels, vowels};

/// A range of bytes, start included and end not, always on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// A span from two offsets of a text.
    ///
    /// # Panics
    /// Where an offset does not fit in 32 bits; [`decode`] refuses texts that long.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).expect("texts are shorter than 4 GiB");
        Self { start: narrow(start), end: narrow(end) }
    }

    /// The bytes as a range, for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether no byte is in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}
