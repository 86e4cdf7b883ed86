//! From bytes to a statement: `bytes → lines → furniture out → paragraphs → clauses → tree → identity`.
//!
//! Reading is total: any text becomes a statement, and odd input becomes clauses of kind `unclassified`. Nothing is lost
//! on the way: what is not in a clause is in [`Statement::dropped`] with its reason.

mod assemble;
mod calls;
mod ends;
mod facts;
mod form;
mod frame;
mod furniture;
mod glued;
mod lines;
mod links;
mod notes;
mod pages;
mod plain;
mod reflow;
mod segment;
mod signature;
mod tables;
mod tree;
mod words;

use std::borrow::Cow;

use crate::execution::Execution;
use crate::language;
use crate::statement::Statement;
use crate::text::{self, DecodeError};

/// The endings of the names of files that can be read, without the dot: those of each reader.
///
/// Who chooses files by their names asks here, so that a reader that is added is known everywhere.
pub fn endings() -> impl Iterator<Item = &'static str> {
    plain::ENDINGS.into_iter()
}

/// A source, read.
#[derive(Clone, Debug)]
pub struct Source {
    /// The characters that spans point into.
    pub text: String,
    /// Name of the encoding.
    pub encoding: &'static str,
    /// What was read.
    pub statement: Statement,
}

/// What the caller knows of a source.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// ISO 639-1 code of the language, if it is known; else it is identified.
    pub language: Option<&'a str>,
    /// How many threads may read what is known of the languages, where this is the first source; the result is the same.
    pub execution: Execution,
}

/// Reads a source.
///
/// Bytes that are handed over become the text without a copy. Linear in the source, in time and memory (about five times its bytes).
///
/// # Errors
/// [`DecodeError`] where the bytes are no text.
pub fn read<'b>(bytes: impl Into<Cow<'b, [u8]>>, options: Options<'_>) -> Result<Source, DecodeError> {
    let decoded = text::decode(bytes)?;
    language::load(options.execution);
    let statement = plain::read(&decoded.text, options);
    Ok(Source { text: decoded.text, encoding: decoded.encoding, statement })
}
