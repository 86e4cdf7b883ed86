//! The text that a reader of markup writes: lines with what the format knows of them, and what it left out beside them.

use super::extract::Extract;
use super::layout::{Element, Layout, Place};
use crate::statement::{DroppedPiece, Why};
use crate::text::{Span, chars};

/// What parts two cells of a row, as a table that is set with blanks has it.
const BLANKS_BETWEEN_CELLS: &str = "    ";

/// A text on its way from a source to an [`Extract`].
#[derive(Debug, Default)]
pub(super) struct Sheet {
    text: String,
    layout: Layout,
    left_out: Vec<DroppedPiece>,
    /// The line of the source that is being read, the first being 1.
    pub(super) line: usize,
    /// Where the open line begins, and the line of the source that it came from.
    begin: (usize, usize),
    open: Option<(usize, Element)>,
    note: Option<usize>,
}

impl Sheet {
    /// An empty sheet for about so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), line: 1, begin: (0, 1), ..Self::default() }
    }

    /// Writes words.
    pub(super) fn say(&mut self, words: &str) {
        if self.is_at_start() {
            self.begin.1 = self.line;
        }
        self.text.push_str(words);
    }

    /// Writes what stands raised: the mark of a footnote.
    pub(super) fn raise(&mut self, mark: &str) {
        let start = self.text.len();
        self.say(mark);
        self.layout.raised.push(Span::new(start, self.text.len()), ());
    }

    /// Leaves something out where the text stands now.
    pub(super) fn leave_out(&mut self, why: Why, text: &str) {
        if !text.trim_matches(chars::is_space).is_empty() {
            let span = Span::new(self.text.len(), self.text.len());
            self.left_out.push(DroppedPiece { why, text: text.to_owned(), span });
        }
    }

    /// Whether nothing stands on the open line yet.
    pub(super) fn is_at_start(&self) -> bool {
        self.text.len() == self.begin.0
    }

    /// Whether the open line ends with a blank, or has nothing yet.
    pub(super) fn is_spaced(&self) -> bool {
        self.text[self.begin.0..].chars().next_back().is_none_or(chars::is_space)
    }

    /// Ends the open line.
    pub(super) fn end_line(&mut self) {
        let number = u32::try_from(self.begin.1).unwrap_or(u32::MAX);
        self.text.push('\n');
        self.layout.lines.push(Span::new(self.begin.0, self.text.len()), number);
        self.begin = (self.text.len(), self.line);
    }

    /// Ends the open line if anything stands on it.
    pub(super) fn break_line(&mut self) {
        if !self.is_at_start() {
            self.end_line();
        }
    }

    /// Leaves a line blank, unless the last one is.
    pub(super) fn gap(&mut self) {
        self.break_line();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.end_line();
        }
    }

    /// Begins an element at the open line.
    pub(super) fn begin(&mut self, element: Element) {
        self.end();
        self.open = Some((self.text.len(), element));
    }

    /// Ends the open element.
    pub(super) fn end(&mut self) {
        if let Some((start, element)) = self.open.take() {
            self.layout.elements.push(Span::new(start, self.text.len()), element);
        }
    }

    /// Changes the open element.
    pub(super) fn element(&mut self) -> Option<&mut Element> {
        self.open.as_mut().map(|(_, element)| element)
    }

    /// Begins a footnote with its mark.
    pub(super) fn begin_note(&mut self, mark: &str) {
        self.end_note();
        self.note = Some(self.text.len());
        self.raise(mark);
        self.say(" ");
    }

    /// Ends the open footnote.
    pub(super) fn end_note(&mut self) {
        if let Some(start) = self.note.take() {
            self.layout.places.push(Span::new(start, self.text.len()), Place::Note);
        }
    }

    /// Writes what parts a cell from the one before, and says where the next cell begins.
    pub(super) fn next_cell(&mut self) -> usize {
        if !self.is_at_start() {
            self.say(BLANKS_BETWEEN_CELLS);
        }
        self.text.len()
    }

    /// Says that a cell ends here that began there, in this column; one without words is none.
    pub(super) fn cell(&mut self, start: usize, column: usize) {
        let column = u8::try_from(column).unwrap_or(u8::MAX);
        self.layout.cells.push(Span::new(start, self.text.len()), column);
    }

    /// The sheet as what a reader hands over.
    pub(super) fn finish(mut self, encoding: &'static str, language: Option<&str>) -> Extract {
        self.break_line();
        self.end();
        self.end_note();
        let Self { text, layout, left_out, .. } = self;
        Extract { text, encoding, layout, left_out, language: language.map(Into::into), ..Extract::default() }
    }
}
