//! The lines of a text as their neighbours are weighed: what each shows by itself.

use crate::ingest::ends::Ends;
use crate::ingest::furniture::Form;
use crate::ingest::layout::{Element, Font, Layout};
use crate::ingest::lines::Line;
use crate::ingest::links;
use crate::language::{Language, any};
use crate::text::{Span, chars};

/// The column that text was set in.
#[derive(Debug)]
pub(super) struct Column {
    /// Columns of all but the widest lines.
    pub(super) width: u16,
    /// Columns beyond which a line of Chinese is full.
    pub(super) grid: u16,
    /// Columns beyond which a line of another script is full.
    pub(super) ragged: u16,
}

/// The lines of a text with what was found out about each.
pub(in crate::ingest) struct View<'a> {
    /// The text that spans point into.
    pub(super) text: &'a str,
    /// All its lines.
    pub(super) lines: &'a [Line],
    /// The form of each.
    pub(super) forms: &'a [Form],
    /// What the format knows of it.
    layout: &'a Layout,
    /// The language of the text.
    pub(super) language: Option<&'a Language>,
    ends: Vec<Ends>,
    /// Lines that go on inside a link or a tag.
    inside: Vec<bool>,
}

impl<'a> View<'a> {
    /// Looks at the ends of every line once.
    pub(in crate::ingest) fn new(
        text: &'a str,
        lines: &'a [Line],
        forms: &'a [Form],
        layout: &'a Layout,
        language: Option<&'a Language>,
    ) -> Self {
        let ends = lines.iter().map(|line| Ends::of(&text[line.span.range()])).collect();
        let inside = links::run_on(text, lines);
        Self { text, lines, forms, layout, language, ends, inside }
    }

    /// The words of a line.
    pub(super) fn shown(&self, at: usize) -> &'a str {
        &self.text[self.lines[at].span.range()]
    }

    /// The element that a line begins in, with its bytes.
    pub(super) fn element(&self, at: usize) -> Option<(Span, &'a Element)> {
        self.layout.elements.run(self.lines[at].span.start)
    }

    /// The font that a line begins with.
    pub(super) fn font(&self, at: usize) -> Option<Font> {
        self.layout.fonts.at(self.lines[at].span.start).copied()
    }

    /// Whether the format knows the boxes of lines.
    pub(super) fn has_boxes(&self) -> bool {
        !self.layout.boxes.is_empty()
    }

    /// How far below a line the next one stands, in hundredths of a point; of lines in one column with known boxes.
    pub(super) fn step(&self, at: usize, next: usize) -> Option<u32> {
        let bounds = |at: usize| self.layout.boxes.at(self.lines[at].span.start);
        bounds(next)?.bottom.checked_sub(bounds(at)?.bottom).filter(|step| *step > 0)
    }

    /// The character that ends a line, closing quotes left out.
    pub(super) fn last(&self, at: usize) -> char {
        self.ends[at].last
    }

    /// The character that a line begins with, opening quotes left out.
    pub(super) fn first(&self, at: usize) -> char {
        self.ends[at].first
    }

    /// Whether the line goes on inside a link or a tag.
    pub(super) fn is_inside_link(&self, at: usize) -> bool {
        self.inside[at]
    }

    /// Whether a sentence ends with the line.
    pub(super) fn is_finished(&self, at: usize) -> bool {
        chars::is_terminal(self.last(at))
    }

    /// Whether a sentence or a preambular paragraph may end with the line.
    pub(super) fn is_paused(&self, at: usize) -> bool {
        self.is_finished(at) || matches!(self.last(at), ',' | '，' | '،')
    }

    /// Columns that the line and the first word of the next would have taken together.
    pub(super) fn reach(&self, at: usize, next: usize) -> u16 {
        let line = &self.lines[at];
        line.indent.min(16).saturating_add(line.width).saturating_add(self.ends[next].unit)
    }

    /// Whether the line filled its column: what comes next would not have fitted.
    pub(super) fn is_full(&self, at: usize, next: usize, column: &Column) -> bool {
        let unspaced = self.ends[next].starts_unspaced || self.ends[at].ends_unspaced;
        self.reach(at, next) > if unspaced { column.grid } else { column.ragged }
    }

    /// Whether a line begins as a paragraph of a preamble or an operative one does.
    pub(super) fn opens_clause(&self, at: usize) -> bool {
        let Some(language) = self.language else { return false };
        let start: String = self.shown(at).chars().take(40).flat_map(char::to_lowercase).collect();
        let openers = language.openers.preambular.iter().chain(&language.openers.operative);
        openers
            .into_iter()
            .any(|form| start.strip_prefix(form.as_str()).is_some_and(|rest| rest.starts_with(chars::is_space)))
    }

    /// Whether the line dates and places the text, and does nothing else.
    pub(super) fn is_closing(&self, at: usize) -> bool {
        let Some(language) = self.language else { return false };
        let line = self.shown(at);
        let dated = line.len() <= 120 && line.chars().any(|c| c.is_ascii_digit() || language.is_date_sign(c));
        dated && any(&language.closing, &language.dated(line))
    }

    /// Whether the line is a note of the original languages, and nothing else.
    pub(super) fn is_original(&self, at: usize) -> bool {
        let line = self.shown(at);
        line.len() <= 120
            && line.starts_with(['[', '［', '〔'])
            && line.ends_with([']', '］', '〕'])
            && self.language.is_some_and(|language| any(&language.original, line))
    }

    /// Lines of the masthead stand alone, whatever their layout.
    pub(super) fn stands_alone(&self, at: usize) -> bool {
        matches!(
            self.forms[at],
            Form::Job | Form::Symbol | Form::Barcode | Form::Masthead | Form::Front { .. } | Form::Row
        )
    }
}
