//! What a format knows of its text beside the characters: pages, boxes, fonts, elements, revisions.
//!
//! Each kind of knowledge is a layer over the bytes of the text, and a format fills those that it has. Plain text has
//! none and pays for none: an empty layer is a vector that was never allocated. Layers go by bytes and not by lines,
//! because a line may be parted, joined or left out on the way to a clause, and its bytes stay where they are.

use crate::text::Span;

/// Values that hold for runs of bytes: ascending, none over another, with gaps where nothing is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer<T> {
    runs: Vec<(Span, T)>,
}

// Derived, it would ask for a default of `T`.
impl<T> Default for Layer<T> {
    fn default() -> Self {
        Self { runs: Vec::new() }
    }
}

impl<T> Layer<T> {
    /// Says what holds for the next run; one without bytes is left out.
    ///
    /// # Panics
    /// Where a run begins before the last one ends.
    pub fn push(&mut self, span: Span, value: T) {
        assert!(self.runs.last().is_none_or(|(last, _)| last.end <= span.start), "runs of a layer ascend");
        if !span.is_empty() {
            self.runs.push((span, value));
        }
    }

    /// What holds for a byte, and for which bytes it does. Logarithmic in the runs.
    #[must_use]
    pub fn run(&self, byte: u32) -> Option<(Span, &T)> {
        let next = self.runs.partition_point(|(span, _)| span.start <= byte);
        let (span, value) = self.runs.get(next.checked_sub(1)?)?;
        (byte < span.end).then_some((*span, value))
    }

    /// What holds for a byte.
    #[must_use]
    pub fn at(&self, byte: u32) -> Option<&T> {
        self.run(byte).map(|(_, value)| value)
    }

    /// The runs that begin within a span, in order.
    pub fn within(&self, span: Span) -> impl Iterator<Item = (Span, &T)> {
        let first = self.runs.partition_point(|(run, _)| run.start < span.start);
        self.runs[first..].iter().take_while(move |(run, _)| run.start < span.end).map(|(run, value)| (*run, value))
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }
}

/// Where something stands on its page, in hundredths of a point from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// The left edge.
    pub left: u32,
    /// The upper edge.
    pub top: u32,
    /// The right edge.
    pub right: u32,
    /// The lower edge.
    pub bottom: u32,
}

/// How letters are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Font {
    /// Their size, in hundredths of a point.
    pub size: u16,
    /// Their weight: 400 is regular, 700 bold.
    pub weight: u16,
}

/// A paragraph, a heading, an item, a cell: what the format calls a block of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its tag: `p`, `h2`, `li`.
    pub tag: Option<Box<str>>,
    /// The name of its style: `Heading 2`.
    pub style: Option<Box<str>>,
    /// The label that the format counts and the text does not hold: `(a)`.
    pub label: Option<Box<str>>,
    /// Whether the format vouches that it is one paragraph, whole: no other sign is then asked.
    pub is_whole: bool,
}

/// What a tracked change does to a run of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Revision {
    /// It came.
    Insertion,
    /// It went, and the file still shows it.
    Deletion,
}

/// What of its page a line is, where it is none of the text that goes on from page to page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Above the text, on this page and on others.
    Head,
    /// Below it.
    Foot,
    /// A footnote, or a line of one.
    Note,
}

/// All that a format knows of its text beside the characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The number of the page, the first being 1.
    pub pages: Layer<u32>,
    /// Boxes of lines, or of parts of them.
    pub boxes: Layer<Bounds>,
    /// Fonts.
    pub fonts: Layer<Font>,
    /// Letters that are small and stand above their line: marks of footnotes, exponents.
    pub raised: Layer<()>,
    /// Lines that belong to their page.
    pub places: Layer<Place>,
    /// Cells of tables, with the column of each, from 0.
    pub cells: Layer<u8>,
    /// Lines of the source, the first being 1, where those of the text are others.
    pub lines: Layer<u32>,
    /// Blocks of text.
    pub elements: Layer<Element>,
    /// Tracked changes.
    pub revisions: Layer<Revision>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_answers_for_the_bytes_it_knows() {
        let mut pages = Layer::default();
        pages.push(Span::new(2, 5), 'a');
        pages.push(Span::new(5, 5), 'b');
        pages.push(Span::new(7, 9), 'c');
        let answers: Vec<Option<char>> = (0..10).map(|byte| pages.at(byte).copied()).collect();
        let (a, c) = (Some('a'), Some('c'));
        assert_eq!(answers, [None, None, a, a, a, None, None, c, c, None]);
        assert_eq!(pages.run(8), Some((Span::new(7, 9), &'c')));
    }

    #[test]
    #[should_panic(expected = "ascend")]
    fn a_layer_ascends() {
        let mut layer = Layer::default();
        layer.push(Span::new(4, 6), ());
        layer.push(Span::new(5, 7), ());
    }
}
