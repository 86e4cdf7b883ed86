//! What every reader hands over: the text of a source, and what its format knows beside the characters.
//!
//! A line of the source is a line of the text, whatever parts lines in the format, and spans point into this text. Blanks
//! before a line are its indent in columns, blank lines are gaps, a form feed ends a page: who has no better knowledge
//! writes so, and the passes understand it. What a format knows better goes into the [`Layout`]. How readers fill it:
//!
//! - **Plain text** has the characters alone.
//! - **PDF**: a line is a line of glyphs on one base line, with blanks for its indent. `boxes` have its box, from which
//!   the gap between two lines is measured, `fonts` size and weight, `pages` the number, `raised` the letters that
//!   are set as marks of footnotes are, `places` the lines that are head, foot or footnote of their page. Elements stay
//!   empty: tags of a PDF are wrong too often, and of them only what marks an artifact is asked.
//! - **DOCX**: a paragraph is an element and surely whole, so breaks inside it (`w:br`) are never boundaries. `style` is the
//!   name of its style, `fonts` those of its runs; the label that its numbering counts to begins the line, as it is printed. Of
//!   tracked changes one text is read. Pages are known only where the last layout left its marks, and stay empty.
//! - **HTML**: a block element is an element with its `tag`, whole unless a line ends in it (`br`), of which two in a row part
//!   paragraphs; a list item begins with the label that its list counts. `cells` have those of tables, `raised` the marks of
//!   footnotes, `places` the footnotes, `lines` the lines of the source.
//! - **Markdown**: blocks are elements as in HTML, of which `label` is the marker of the list (`-`, `1.`). A paragraph that the
//!   writer wrapped is whole where it begins and ends as one does; of extractions that are stored as Markdown the others are
//!   not, and are weighed as plain text. Lines are those of the source.
//! - **Akoma Ntoso**: an element is the lowest block of the hierarchy, whole, with its `num` before its words.

use super::layout::Layout;
use crate::statement::DroppedPiece;

/// The text of a source, as a reader found it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extract {
    /// The characters that spans point into.
    pub text: String,
    /// Name of the encoding that they were stored in.
    pub encoding: &'static str,
    /// What the format knows beside them.
    pub layout: Layout,
    /// Whether the source tracks changes of its text.
    pub has_revisions: bool,
    /// What the source holds and the text does not, each with its reason and the place in the text where it stood, in order:
    /// marks of emphasis, comments, menus. What a format needs to be one, as tags do, is not listed.
    pub left_out: Vec<DroppedPiece>,
    /// The code of its language, where the source says so.
    pub language: Option<Box<str>>,
}
