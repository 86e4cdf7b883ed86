//! From bytes to a statement: `bytes → extract → lines → paragraphs → clauses → tree`.
//!
//! A reader makes an [`Extract`] of the bytes of its format; the passes behind it are the same for all formats.
//! Reading is total: any text becomes a statement, and odd input becomes clauses of kind `unclassified`. Nothing is lost
//! on the way: what is not in a clause is in [`Statement::dropped`](crate::statement::Statement::dropped) with its reason.

mod akn;
mod assemble;
mod block;
mod calls;
#[cfg(feature = "docx")]
mod docx;
mod draft;
mod ends;
mod entities;
mod error;
mod extract;
mod facts;
mod form;
mod frame;
mod furniture;
mod glued;
mod html;
mod layout;
mod lines;
mod links;
mod markdown;
mod note_mark;
mod notes;
mod pages;
mod passes;
#[cfg(feature = "pdf")]
mod pdf;
mod placed;
mod plain;
mod reader;
mod reflow;
mod segment;
mod sheet;
mod signature;
mod source;
mod source_map;
mod tables;
mod tags;
mod targets;
mod tokens;
mod tree;
mod words;

pub use error::{Limit, Lock, Pages, ReadError};
pub use extract::Extract;
pub use layout::{Bounds, Element, Font, Layer, Layout, Place, Revision};
pub use reader::{Confidence, Reader};
pub use reflow::{Boundary, Evidence, Measure, Sign};
pub use source::{Options, Revisions, Source};
pub use source_map::{Position, SourceMap};

use std::borrow::Cow;

/// The readers of all formats. Of two that are as sure of a source, the first reads it.
const READERS: &[&dyn Reader] = &[
    #[cfg(feature = "pdf")]
    &pdf::Pdf,
    #[cfg(feature = "docx")]
    &docx::Docx,
    &akn::AkomaNtoso,
    &html::Html,
    &markdown::Markdown,
    &plain::PlainText,
];

/// The endings of the names of files that can be read, without the dot: those of each reader.
///
/// Who chooses files by their names asks here, so that a reader that is added is known everywhere.
pub fn endings() -> impl Iterator<Item = &'static str> {
    READERS.iter().flat_map(|reader| reader.endings().iter().copied())
}

/// Reads a source whose name is not known.
///
/// Bytes that are handed over become the text without a copy. Linear in the source, in time and memory (about five times its bytes).
///
/// ```
/// use recension::{ingest, statement::ClauseKind};
///
/// let source = ingest::read(b"The sides,\n\n1. Decide to meet\nevery year;\n".as_slice(), ingest::Options::default())?;
/// let clause = &source.statement.clauses[1];
/// assert_eq!((clause.kind, clause.label.as_deref()), (ClauseKind::Paragraph, Some("1.")));
/// assert_eq!(clause.text, "Decide to meet every year;");
/// assert_eq!(source.map().line(clause.span.range().start), 3);
/// # Ok::<(), ingest::ReadError>(())
/// ```
///
/// # Errors
/// [`ReadError`] where the bytes are of no format that can be read.
pub fn read<'b>(bytes: impl Into<Cow<'b, [u8]>>, options: Options<'_>) -> Result<Source, ReadError> {
    read_named(bytes, None, options)
}

/// Reads a source, whose name may tell its format where its bytes do not.
///
/// # Errors
/// [`ReadError`] where the bytes are of no format that can be read.
pub fn read_named<'b>(
    bytes: impl Into<Cow<'b, [u8]>>,
    name: Option<&str>,
    options: Options<'_>,
) -> Result<Source, ReadError> {
    let bytes = bytes.into();
    let reader = reader::surest(READERS, &bytes, name).unwrap_or(&plain::PlainText);
    read_by(reader, bytes, options)
}

/// Reads a source as plain text, whatever marks it holds: for who writes it back, byte for byte.
pub(crate) fn read_characters<'b>(bytes: impl Into<Cow<'b, [u8]>>, options: Options<'_>) -> Result<Source, ReadError> {
    read_by(&plain::PlainText, bytes.into(), options)
}

fn read_by(reader: &dyn Reader, bytes: Cow<'_, [u8]>, options: Options<'_>) -> Result<Source, ReadError> {
    let extract = reader.read(bytes, options)?;
    options.catalogue.prepare(options.execution);
    let statement = passes::statement(&extract, options);
    let Extract { text, encoding, layout, has_revisions, .. } = extract;
    Ok(Source { text, encoding, layout, has_revisions, statement })
}

/// Why the paragraphs of a source begin where they do: every pair of neighbouring lines of its text, in order, with what
/// speaks for a boundary between them and what against it.
///
/// What belongs to a page, and footnotes, are no lines of the text and stand between none. Later passes may part or join
/// paragraphs by their words: a list of signatures, a title of several lines. Linear, as reading is.
#[must_use]
pub fn boundaries(source: &Source) -> Vec<Boundary> {
    passes::boundaries(source)
}
