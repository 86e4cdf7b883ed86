//! Characters, folds, tokens and the language of a text. Knows no clauses.

mod address;
pub(crate) mod chars;
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

pub use chars::is_space;
pub use decode::{DecodeError, FileFormat};
pub(crate) use decode::{DecodedText, decode};
pub(crate) use encode::encode;
#[cfg(feature = "search")]
pub(crate) use fold::fold_char;
pub use fold::folded_lower;
pub(crate) use fold::without_space;
pub(crate) use fold::{Difference, difference, fold_into, folded, folded_eq, folded_hash, han_script};
pub(crate) use identify::identify;
pub(crate) use intern::{Interner, TokenId};
pub use pair::{Pair, Side};
pub use span::Span;
#[cfg(feature = "search")]
pub(crate) use tokenize::unconfused;
pub(crate) use tokenize::{Token, TokenKind, tokenize, word_edges};
pub(crate) use value::Reader as NumberReader;

pub(crate) use vowels::{Vowels, vowels};
