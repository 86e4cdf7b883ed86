//! The document as a list of parts, before its numbering is read.

use super::assemble::Piece;
use crate::statement::{Frame, Signature};
use crate::text::chars;

/// What a part of the document is, before its numbering is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A line of the masthead.
    Masthead,
    /// A title.
    Title,
    /// The heading of an annex; a component begins.
    Annex,
    /// A salutation.
    Salutation,
    /// An editorial note.
    Note,
    /// A note that names the original languages; it stands at the top of what it speaks of.
    Original,
    /// A footnote.
    Footnote,
    /// A signature.
    Signature,
    /// The line that dates a text.
    Dateline,
    /// A row of a table.
    Row,
    /// An item whose mark the extraction lost.
    LostItem,
    /// Anything else.
    Plain,
}

/// A paragraph with what is known of it.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// What it is.
    pub(super) sort: Sort,
    /// Its text.
    pub(super) piece: Piece,
    /// Its label, where the segmentation already knows it (footnotes).
    pub(super) label: Option<String>,
    /// Marks of footnotes lifted from its text.
    pub(super) notes: Vec<String>,
    /// Bytes of the text at which they stood.
    pub(super) note_places: Vec<u32>,
    /// What it belongs to in the frame.
    pub(super) frame: Option<Frame>,
    /// Whether it stands in the head of the document, before the title, and no data file knows its form.
    pub(super) ahead: bool,
    /// Name and titles of a signature.
    pub(super) signature: Option<Signature>,
}

/// The document as a list of parts.
pub(super) struct Draft {
    /// The parts, in order.
    pub(super) parts: Vec<Part>,
    /// Whether it is a letter that transmits something.
    pub(super) letter: bool,
}

/// Whether a sentence ends with the text.
pub(super) fn is_finished(text: &str) -> bool {
    text.trim_end_matches(|c: char| chars::is_closer(c) || chars::is_space(c))
        .ends_with(|c: char| chars::is_terminal(c) || matches!(c, ',' | '，' | '،'))
}
