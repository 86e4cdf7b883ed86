//! The visual lines of an extraction, and what each shows of the page it came from.

use super::layout::Layout;
use crate::text::{Span, chars};

/// Columns of a line that holds a paragraph, or much of one.
pub(super) const LONG_LINE: u16 = 120;

/// One line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its bytes, white space around it left out.
    pub(super) span: Span,
    /// Columns of white space before it.
    pub(super) indent: u16,
    /// Columns of its text.
    pub(super) width: u16,
    /// Blank lines between the line before and this one.
    pub(super) blanks: u16,
    /// Whether white space stands after it.
    pub(super) trailing: bool,
    /// Whether a form feed stands between the line before and this one.
    pub(super) page: bool,
    /// Whether it is a running head that an extraction glued to the line before.
    pub(super) head: bool,
}

/// The line ends of a text: the seven of Unicode, or, as in most texts, line feeds alone.
struct Ends<'a> {
    text: &'a [u8],
    only_line_feeds: bool,
}

impl<'a> Ends<'a> {
    fn new(text: &'a str) -> Self {
        let text = text.as_bytes();
        let other = memchr::memchr3(b'\r', 0xB, 0xC, text).is_some()
            || ["\u{85}", "\u{2028}", "\u{2029}"]
                .iter()
                .any(|end| memchr::memmem::find(text, end.as_bytes()).is_some());
        Self { text, only_line_feeds: !other }
    }

    /// The byte at which the line that begins at `from` ends; else the end of the text.
    fn next(&self, from: usize) -> usize {
        let rest = &self.text[from..];
        let end = if self.only_line_feeds {
            memchr::memchr(b'\n', rest)
        } else {
            (0..rest.len()).find(|at| match rest[*at] {
                b'\n'..=b'\r' => true,
                0xC2 => rest[*at..].starts_with("\u{85}".as_bytes()),
                0xE2 => matches!(rest[*at..], [_, 0x80, 0xA8 | 0xA9, ..]),
                _ => false,
            })
        };
        end.map_or(self.text.len(), |end| from + end)
    }
}

/// Splits a text into its lines that are not blank. Linear.
pub(super) fn split(text: &str, layout: &Layout) -> Vec<Line> {
    let mut lines = Vec::with_capacity(text.len() / 48);
    let (mut blanks, mut page, mut at) = (0u16, false, 0);
    let ends = Ends::new(text);
    while at < text.len() {
        let rest = &text[at..];
        let end = ends.next(at) - at;
        match line(text, at, at + end) {
            Some(mut found) => {
                (found.blanks, found.page) = (blanks, page);
                lines.push(found);
                (blanks, page) = (0, false);
            }
            None => blanks = blanks.saturating_add(1),
        }
        let mut after = rest[end..].chars();
        let mark = after.next();
        let step = mark.map_or(0, char::len_utf8) + usize::from(mark == Some('\r') && after.next() == Some('\n'));
        if mark == Some('\u{C}') {
            page = true;
            // A form feed stands on a line of its own, or before the first line of a page: it is no blank line.
            blanks = blanks.saturating_sub(u16::from(end == 0));
        }
        at += end + step.max(usize::from(mark.is_none()));
    }
    if layout.pages.is_empty() {
        mark_pages(&mut lines);
    } else {
        for at in 1..lines.len() {
            let page = |line: &Line| layout.pages.at(line.span.start);
            lines[at].page |= page(&lines[at]) != page(&lines[at - 1]);
        }
    }
    lines
}

/// In an extraction with a blank line after every visual line, a line without one before it begins a page. Lines that
/// hold whole paragraphs are not such: there it goes on with the one before.
fn mark_pages(lines: &mut [Line]) {
    let single = lines.iter().skip(1).filter(|line| line.blanks == 1).count();
    let close = lines.iter().skip(1).filter(|line| line.blanks == 0).count();
    let long = lines.iter().filter(|line| line.width > LONG_LINE).count();
    if single < 8 || close * 8 > single || long * 4 > lines.len() {
        return;
    }
    for line in lines.iter_mut().skip(1).filter(|line| line.blanks == 0) {
        line.page = true;
    }
}

fn line(text: &str, start: usize, end: usize) -> Option<Line> {
    let raw = &text[start..end];
    let body = raw.trim_end_matches(chars::is_space);
    let trailing = body.len() < raw.len();
    let inner = body.trim_start_matches(chars::is_space);
    if inner.is_empty() {
        return None;
    }
    let before = &body[..body.len() - inner.len()];
    let indent = before.chars().map(|c| if c == '\t' { 4 } else { chars::columns(c) }).fold(0u16, u16::saturating_add);
    let width = if inner.is_ascii() {
        u16::try_from(inner.len()).unwrap_or(u16::MAX)
    } else {
        inner.chars().map(chars::columns).fold(0u16, u16::saturating_add)
    };
    let width = width - super::targets::columns_of_targets(inner).min(width);
    let span = Span::new(start + before.len(), start + body.len());
    Some(Line { span, indent, width, blanks: 0, trailing, page: false, head: false })
}

/// Part of a line as a line of its own, with what stood before the whole.
pub(super) fn piece(text: &str, start: usize, end: usize, whole: &Line) -> Option<Line> {
    line(text, start, end).map(|piece| Line { indent: whole.indent, blanks: whole.blanks, page: whole.page, ..piece })
}

/// Whether a line has the gaps of a table's row: two or more runs of white space that no sentence has.
pub(super) fn is_row(line: &str) -> bool {
    let (mut gaps, mut run) = (0, 0);
    for c in line.chars() {
        if chars::is_space(c) {
            run += if c == '\t' { 3 } else { 1 };
        } else {
            gaps += usize::from(run >= 3);
            run = 0;
        }
    }
    gaps >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_indents_blanks_and_pages() {
        let text = "  First line \n\n second\r\nthird\n\x0C\nfourth\x0Cfifth";
        let lines = split(text, &Layout::default());
        let shown: Vec<_> =
            lines.iter().map(|l| (&text[l.span.range()], l.indent, l.blanks, l.trailing, l.page)).collect();
        assert_eq!(
            shown,
            [
                ("First line", 2, 0, true, false),
                ("second", 1, 1, false, false),
                ("third", 0, 0, false, false),
                ("fourth", 0, 1, false, true),
                ("fifth", 0, 0, false, true)
            ]
        );
    }

    #[test]
    fn a_page_ends_where_the_format_says_so() {
        let text = "one\ntwo\nthree\n";
        let mut layout = Layout::default();
        layout.pages.push(Span::new(0, 8), 1);
        layout.pages.push(Span::new(8, 14), 2);
        let pages: Vec<bool> = split(text, &layout).iter().map(|line| line.page).collect();
        assert_eq!(pages, [false, false, true]);
    }
}
