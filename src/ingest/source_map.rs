//! Where a byte of a source stands, as people name places: line and column, page, box.

use serde::Serialize;

use super::layout::{Bounds, Element, Font, Layout, Revision};

/// A place in a file, as editors and forges count: lines and columns begin at 1, a column is a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in it.
    pub column: usize,
}

/// The way from a byte of a text to its place. Making one reads the text once; asking is logarithmic.
///
/// ```
/// use recension::ingest::{Position, SourceMap};
///
/// let map = SourceMap::of("The Sides agree.\nThey meet\x0Cin Elm.\n");
/// assert_eq!(map.position(22), Some(Position { line: 2, column: 6 }));
/// assert_eq!(map.page(27), Some(2));
/// ```
#[derive(Clone, Debug)]
pub struct SourceMap<'a> {
    text: &'a str,
    layout: Option<&'a Layout>,
    /// The bytes at which lines begin. A line ends with a line feed: editors count no form feeds.
    lines: Vec<usize>,
    /// The bytes at which pages behind the first begin, where form feeds part them.
    pages: Vec<usize>,
}

impl<'a> SourceMap<'a> {
    /// The map of a text of which nothing but its characters is known.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let (mut lines, mut pages) = (vec![0], Vec::new());
        for at in memchr::memchr2_iter(b'\n', 0xC, text.as_bytes()) {
            let marks = if text.as_bytes()[at] == b'\n' { &mut lines } else { &mut pages };
            marks.push(at + 1);
        }
        Self { text, layout: None, lines, pages }
    }

    /// The map of a text of which a format knows more.
    #[must_use]
    pub fn with_layout(text: &'a str, layout: &'a Layout) -> Self {
        Self { layout: Some(layout), ..Self::of(text) }
    }

    /// The line that a byte stands in, the first being 1.
    #[must_use]
    pub fn line(&self, byte: usize) -> usize {
        let told = self.ask(byte, |layout, byte| layout.lines.at(byte)).copied();
        told.map_or_else(|| self.own_line(byte), |line| line as usize)
    }

    /// The line of the text that a byte stands in.
    fn own_line(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start <= byte)
    }

    /// Line and column of a byte. `None` where it is no boundary of a character in the text.
    #[must_use]
    pub fn position(&self, byte: usize) -> Option<Position> {
        let start = *self.lines.get(self.own_line(byte).checked_sub(1)?)?;
        Some(Position { line: self.line(byte), column: self.text.get(start..byte)?.chars().count() + 1 })
    }

    /// The page that a byte stands on, the first being 1: as the format counts them, else as form feeds part them. `None`
    /// where neither tells.
    #[must_use]
    pub fn page(&self, byte: usize) -> Option<u32> {
        let told = self.ask(byte, |layout, byte| layout.pages.at(byte)).copied();
        let counted = || u32::try_from(self.pages.partition_point(|start| *start <= byte) + 1).ok();
        told.or_else(|| if self.pages.is_empty() { None } else { counted() })
    }

    /// The box that a byte stands in.
    #[must_use]
    pub fn bounds(&self, byte: usize) -> Option<&'a Bounds> {
        self.ask(byte, |layout, byte| layout.boxes.at(byte))
    }

    /// The font that a byte is set in.
    #[must_use]
    pub fn font(&self, byte: usize) -> Option<&'a Font> {
        self.ask(byte, |layout, byte| layout.fonts.at(byte))
    }

    /// The element that a byte belongs to.
    #[must_use]
    pub fn element(&self, byte: usize) -> Option<&'a Element> {
        self.ask(byte, |layout, byte| layout.elements.at(byte))
    }

    /// The tracked change that a byte is part of.
    #[must_use]
    pub fn revision(&self, byte: usize) -> Option<Revision> {
        self.ask(byte, |layout, byte| layout.revisions.at(byte)).copied()
    }

    fn ask<T>(&self, byte: usize, what: impl Fn(&'a Layout, u32) -> Option<&'a T>) -> Option<&'a T> {
        what(self.layout?, u32::try_from(byte).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn lines_and_columns_are_counted_in_characters() {
        let map = SourceMap::of("«a»\r\nb\n\nc");
        let places: Vec<_> = [0, 2, 3, 7, 8, 9, 10].into_iter().map(|byte| map.position(byte)).collect();
        let at = |line, column| Some(Position { line, column });
        assert_eq!(places, [at(1, 1), at(1, 2), at(1, 3), at(2, 1), at(2, 2), at(3, 1), at(4, 1)]);
        assert_eq!(map.position(1), None);
        assert_eq!(map.position(99), None);
    }

    #[test]
    fn pages_are_those_of_the_format_else_of_form_feeds() {
        let text = "one\x0Ctwo\x0Cthree";
        assert_eq!(SourceMap::of("one").page(0), None);
        assert_eq!([0, 4, 8].map(|byte| SourceMap::of(text).page(byte)), [Some(1), Some(2), Some(3)]);
        let mut layout = Layout::default();
        layout.pages.push(Span::new(4, 7), 12);
        assert_eq!(SourceMap::with_layout(text, &layout).page(5), Some(12));
    }

    #[test]
    fn what_a_format_knows_is_found_by_the_byte() {
        let mut layout = Layout::default();
        let bounds = Bounds { left: 7200, top: 7200, right: 20000, bottom: 8400 };
        let element = Element { style: Some("Heading 2".into()), ..Element::default() };
        layout.boxes.push(Span::new(0, 3), bounds);
        layout.fonts.push(Span::new(0, 3), Font { size: 1200, weight: 700 });
        layout.elements.push(Span::new(0, 8), element.clone());
        layout.revisions.push(Span::new(4, 8), Revision::Deletion);
        let map = SourceMap::with_layout("one two\n", &layout);
        assert_eq!((map.bounds(2), map.bounds(3)), (Some(&bounds), None));
        assert_eq!(map.font(0).map(|font| font.weight), Some(700));
        assert_eq!(map.element(5), Some(&element));
        assert_eq!((map.revision(0), map.revision(4)), (None, Some(Revision::Deletion)));
    }
}
