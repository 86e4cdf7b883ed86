//! A line of the text that is made of a Word file: a paragraph, or a row of a table.

use std::ops::Range;

/// What a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LineKind {
    /// A paragraph.
    #[default]
    Paragraph,
    /// A row of a table, its cells parted by blanks.
    Row,
    /// Of a note.
    Note,
    /// Above the text of pages.
    Head,
    /// Below the text of pages.
    Foot,
}

/// A paragraph or a row, and what is known of its characters, by bytes.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) kind: LineKind,
    pub(super) text: String,
    /// The name of its style.
    pub(super) style: Option<Box<str>>,
    /// Small raised characters.
    pub(super) raised: Vec<Range<usize>>,
    /// Sizes in half points, and whether letters are bold.
    pub(super) fonts: Vec<(Range<usize>, u32, bool)>,
    /// The cells of a row, with their columns, counted from 0.
    pub(super) cells: Vec<(usize, Range<usize>)>,
    /// Where words lead to.
    pub(super) targets: Vec<(Range<usize>, Box<str>)>,
    /// What is in the file and is not shown.
    pub(super) hidden: String,
    /// The page that it ends on, as the last layout left it.
    pub(super) page: u32,
}

impl Line {
    /// Sets a label before the text.
    pub(super) fn set_before(&mut self, label: &str) {
        let label = format!("{} ", label.trim_end());
        let by = label.len();
        self.text.insert_str(0, &label);
        self.raised.iter_mut().for_each(|range| *range = moved(range, by));
        self.fonts.iter_mut().for_each(|(range, ..)| *range = moved(range, by));
        self.targets.iter_mut().for_each(|(range, _)| *range = moved(range, by));
    }

    /// Appends another line behind blanks; breaks inside it become blanks.
    pub(super) fn append(&mut self, other: Self, between: &str) {
        self.text.push_str(between);
        let by = self.text.len();
        self.text.push_str(&other.text.replace('\n', " "));
        self.hidden.push_str(&other.hidden);
        self.raised.extend(other.raised.iter().map(|range| moved(range, by)));
        self.fonts.extend(other.fonts.iter().map(|(range, size, bold)| (moved(range, by), *size, *bold)));
        self.targets.extend(other.targets.into_iter().map(|(range, target)| (moved(&range, by), target)));
    }
}

/// A range moved to the right.
const fn moved(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}
