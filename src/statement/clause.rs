//! The clause: the smallest unit that is aligned.

use std::ops::Index;

use serde::Serialize;

use super::index::ClauseIndex;
use crate::text::{Span, chars::is_unspaced};

/// What a clause is in its document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ClauseKind {
    /// A line of the masthead: organ, symbol, distribution, session.
    Masthead,
    /// The title of a component.
    Title,
    /// A heading inside a component.
    Heading,
    /// The salutation of a letter.
    Salutation,
    /// A paragraph of a preamble.
    Preambular,
    /// A numbered paragraph that acts.
    Operative,
    /// Any other paragraph.
    Paragraph,
    /// A member of a list.
    Item,
    /// A footnote.
    Footnote,
    /// An editorial note: a reissue, the original languages.
    Note,
    /// Who signed, with the capacity.
    Signature,
    /// The line that dates and places the text.
    Dateline,
    /// A row of a table.
    Table,
    /// Text of no known kind.
    #[default]
    Unclassified,
}

impl ClauseKind {
    /// All kinds, in their order.
    pub const ALL: [Self; 14] = [
        Self::Masthead,
        Self::Title,
        Self::Heading,
        Self::Salutation,
        Self::Preambular,
        Self::Operative,
        Self::Paragraph,
        Self::Item,
        Self::Footnote,
        Self::Note,
        Self::Signature,
        Self::Dateline,
        Self::Table,
        Self::Unclassified,
    ];

    /// The kind of a name in JSON.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Masthead => "masthead",
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Salutation => "salutation",
            Self::Preambular => "preambular",
            Self::Operative => "operative",
            Self::Paragraph => "paragraph",
            Self::Item => "item",
            Self::Footnote => "footnote",
            Self::Note => "note",
            Self::Signature => "signature",
            Self::Dateline => "dateline",
            Self::Table => "table",
            Self::Unclassified => "unclassified",
        }
    }
}

/// The two parts of a document: what is said, and what is printed around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Masthead, symbol, sponsors, agenda and adoption lines, notes on issue, what stands at the edges of pages.
    Frame,
    /// Title, preamble, paragraphs, items, tables, footnotes, signatures, date line, annexes.
    Body,
}

impl Part {
    /// Both parts.
    pub const ALL: [Self; 2] = [Self::Body, Self::Frame];

    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Frame => "frame",
            Self::Body => "body",
        }
    }
}

/// What a clause of the frame belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Frame {
    /// The masthead of any stage.
    Masthead,
    /// The item of the agenda, with its title.
    Agenda,
    /// A note on issue, or on the original languages.
    Note,
    /// What only a draft has: sponsors, who submits it.
    Draft,
    /// What only an adopted text has: how, when and at which meeting it was adopted.
    Adopted,
}

/// A place where two lines were joined although a new clause may have begun there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Join {
    /// Byte of the clause's text where the second line begins.
    pub at: u32,
}

/// Who signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Signature {
    /// The name as printed.
    pub name: String,
    /// Titles and capacities, in order.
    pub titles: Vec<String>,
}

/// One clause.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Clause {
    /// What it is.
    pub kind: ClauseKind,
    /// The printed number or letter, as it stands in the source; no part of `text`.
    pub label: Option<String>,
    /// The clause that governs it, by index: the lead-in of a list, the heading of a section.
    pub parent: Option<ClauseIndex>,
    /// The component it stands in, by index; `None` before the first.
    pub component: Option<usize>,
    /// What a reader would cite: `operative 7 (b)`.
    pub address: String,
    /// The text in one line, otherwise the literal characters.
    pub text: String,
    /// Its bytes in the source, label included.
    pub span: Span,
    /// Bytes of `text` and of the source that belong together, one pair a line, ascending.
    pub map: Vec<(u32, u32)>,
    /// Whether only weak signs say that a clause begins here.
    pub begins_in_doubt: bool,
    /// Joins inside it that may have been ends of clauses.
    pub doubtful_joins: Vec<Join>,
    /// Labels of the footnotes whose marks were taken out of its text, in order.
    pub notes: Vec<String>,
    /// Bytes of the text at which those marks stood, ascending.
    pub note_places: Vec<u32>,
    /// Of a row of a table, the columns that its cells stand in, counted from 0.
    pub columns: Vec<u8>,
    /// What it belongs to in the frame of the document; `None` in the body.
    pub frame: Option<Frame>,
    /// Name and titles, of a signature.
    pub signature: Option<Signature>,
}

impl Clause {
    /// The part of the document it stands in.
    #[must_use]
    pub const fn part(&self) -> Part {
        if self.frame.is_some() { Part::Frame } else { Part::Body }
    }

    /// What parts the label from the text where both are printed: nothing where Chinese text is printed against it.
    #[must_use]
    pub fn gap(&self) -> &'static str {
        let parted = |label: &String| !self.text.is_empty() && !label.ends_with(is_unspaced);
        if self.label.as_ref().is_some_and(parted) { " " } else { "" }
    }

    /// The source byte that a byte of the text came from.
    #[must_use]
    pub(crate) fn source_offset(&self, at: u32) -> u32 {
        let line = self.map.partition_point(|(text, _)| *text <= at);
        let Some((text, source)) = line.checked_sub(1).and_then(|line| self.map.get(line)) else {
            return self.span.start;
        };
        (source + (at - text)).min(self.span.end)
    }
}

impl ClauseIndex {
    /// The clause at this place, if there is one.
    #[must_use]
    pub fn of(self, clauses: &[Clause]) -> Option<&Clause> {
        clauses.get(self.get())
    }
}

impl Index<ClauseIndex> for [Clause] {
    type Output = Clause;

    fn index(&self, at: ClauseIndex) -> &Clause {
        &self[at.get()]
    }
}

impl Index<ClauseIndex> for Vec<Clause> {
    type Output = Clause;

    fn index(&self, at: ClauseIndex) -> &Clause {
        &self.as_slice()[at]
    }
}

/// Why a piece of the source is in no clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Why {
    /// A line that stands again and again at the top of pages.
    RunningHeader,
    /// A line that stands again and again at the foot of pages.
    RunningFooter,
    /// The number of a page.
    PageNumber,
    /// A job number outside the masthead.
    JobNumber,
    /// A bar code or a printer's mark.
    Barcode,
    /// A mark that the text goes on.
    Continuation,
    /// A rule between the text and its footnotes.
    Separator,
    /// The mark of a footnote inside a text.
    FootnoteMark,
    /// A hyphen that a line break put into a word.
    LineBreakHyphen,
    /// A soft hyphen.
    SoftHyphen,
    /// A line of characters that nobody sees.
    Invisible,
    /// The target of a link, and the marks around its words.
    LinkTarget,
    /// A tag of HTML in a text that is none.
    Markup,
    /// A mark of the format that says how a text is set: of emphasis, of a heading, of a quotation, an escape.
    Formatting,
    /// A comment, which no reader sees.
    Comment,
    /// What a page has around its text: menus, banners, scripts, a search field.
    Navigation,
    /// What a file says of itself: the author of the file, its identifiers.
    Metadata,
}

impl Why {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RunningHeader => "running-header",
            Self::RunningFooter => "running-footer",
            Self::PageNumber => "page-number",
            Self::JobNumber => "job-number",
            Self::Barcode => "barcode",
            Self::Continuation => "continuation",
            Self::Separator => "footnote-separator",
            Self::FootnoteMark => "footnote-mark",
            Self::LineBreakHyphen => "line-break-hyphen",
            Self::SoftHyphen => "soft-hyphen",
            Self::Invisible => "invisible",
            Self::LinkTarget => "link-target",
            Self::Markup => "markup",
            Self::Formatting => "formatting",
            Self::Comment => "comment",
            Self::Navigation => "navigation",
            Self::Metadata => "metadata",
        }
    }
}

/// A piece of the source that is in no clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DroppedPiece {
    /// Why.
    pub why: Why,
    /// The piece.
    pub text: String,
    /// Its bytes in the source.
    pub span: Span,
}

serialize_by_name!(ClauseKind, Part, Why);
