//! Characters, folds, tokens and the language of a text. Knows no clauses.

mod address;
pub mod chars;
mod decode;
mod encode;
mod fold;
mod identify;
mod intern;
mod span;
mod tokenize;
mod value;
mod vowels;
pub(crate) mod words;

pub use decode::{DecodeError, Decoded, decode};
pub use encode::encode;
#[cfg(feature = "search")]
pub(crate) use fold::fold_char;
pub(crate) use fold::without_space;
pub use fold::{Difference, difference, fold_into, folded, folded_eq, folded_hash, folded_lower, han_script};
pub use identify::{Identification, identify, script_of};
pub use intern::{Interner, TokenId};
pub use span::Span;
#[cfg(feature = "search")]
pub(crate) use tokenize::unconfused;
pub use tokenize::{Token, TokenKind, tokenize, word_edges};
pub(crate) use value::Reader as NumberReader;

pub use vowels::{Vowels, vowels};

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
