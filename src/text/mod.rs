//! Characters, folds, tokens and the language of a text. Knows no clauses.

mod address;
pub mod chars;
mod decode;
mod encode;
mod fold;
mod identify;
mod intern;
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

/// Two sides of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair<T> {
    /// The earlier side.
    pub before: T,
    /// The later side.
    pub after: T,
}

impl<T> Pair<T> {
    /// A pair of two sides.
    pub const fn new(before: T, after: T) -> Self {
        Self { before, after }
    }

    /// The same function on both sides.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Pair<U> {
        Pair { before: f(self.before), after: f(self.after) }
    }

    /// References to both sides.
    pub const fn as_ref(&self) -> Pair<&T> {
        Pair { before: &self.before, after: &self.after }
    }

    /// The sides swapped.
    #[must_use]
    pub fn invert(self) -> Self {
        Self { before: self.after, after: self.before }
    }
}
