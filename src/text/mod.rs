//! Characters, folds, tokens and the language of a text. Knows no clauses.

mod address;
pub mod chars;
mod decode;
mod encode;
mod fold;
mod identify;
mod intern;
mod pair;
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
pub use pair::{Pair, Side};
pub use span::Span;
#[cfg(feature = "search")]
pub(crate) use tokenize::unconfused;
pub use tokenize::{Token, TokenKind, tokenize, word_edges};
pub(crate) use value::Reader as NumberReader;

pub use vowels::{Vowels, vowels};
