//! Styled text set in lines.
//!
//! Lines break at spaces, and between Chinese characters except before a closing mark or after an opening one. A word
//! longer than a line stays whole, except in a [`cell`], which nothing may leave. Columns are those of a terminal: two for a Chinese character, none for a combining
//! mark.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

use super::look::Look;
use crate::report::visible::visible;
use crate::text::chars::{is_closer, is_terminal, is_unspaced};

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Bold,
    Faint,
    Removed,
    Added,
    #[cfg_attr(not(feature = "search"), expect(dead_code, reason = "only a search finds"))]
    Found,
    Grave,
    Weighed,
    /// Text of a line that a sign marks as removed.
    Minus,
    /// An address that is not to be looked at first.
    Place,
    /// Text of a line that a sign marks as added.
    Plus,
}

impl Style {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "\u{1B}[1m",
            Self::Faint | Self::Place => "\u{1B}[2m",
            Self::Removed => "\u{1B}[31;9m",
            Self::Added => "\u{1B}[32m",
            Self::Found => "\u{1B}[1;36m",
            Self::Grave => "\u{1B}[1;31m",
            Self::Weighed => "\u{1B}[33m",
            Self::Minus => "\u{1B}[31m",
            Self::Plus => "\u{1B}[32m",
        }
    }

    /// Whether the text keeps its direction to itself: edits, names and addresses, which may be of another script than
    /// what stands around them.
    const fn is_isolated(self) -> bool {
        self.marks().is_some() || matches!(self, Self::Bold | Self::Place)
    }

    const fn marks(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Removed => Some(("[-", "-]")),
            Self::Added => Some(("{+", "+}")),
            Self::Found => Some(("[=", "=]")),
            _ => None,
        }
    }
}

/// A text in a style, on one line, made safe to show.
pub(super) fn painted(text: &str, style: Style, look: Look) -> String {
    let text = visible(text);
    if look.color && style != Style::Plain { format!("{}{text}\u{1B}[0m", style.code()) } else { text.into_owned() }
}

/// Columns that a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// A text that takes at most so many columns, its end cut off where it takes more.
pub(super) fn fitted(text: &str, width: usize) -> Cow<'_, str> {
    let text = visible(text);
    if columns(&text) <= width {
        return text;
    }
    let mut used = 1;
    let end = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > width
    });
    let kept = text.get(..end.map_or(text.len(), |(at, _)| at)).unwrap_or_default();
    Cow::Owned(if width == 0 { String::new() } else { format!("{kept}…") })
}

/// A text that takes at most so many columns, its middle cut out where it takes more: names differ at their ends.
pub(super) fn squeezed(text: &str, width: usize) -> Cow<'_, str> {
    let text = visible(text);
    if columns(&text) <= width || width < 3 {
        return Cow::Owned(fitted(&text, width).into_owned());
    }
    let mut left = width - 1 - width / 3;
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        match left.checked_sub(c.width().unwrap_or(0)) {
            Some(rest) => (left, start) = (rest, at),
            None => break,
        }
    }
    let tail = text.get(start..).unwrap_or_default();
    let head = fitted(text.get(..start).unwrap_or_default(), width - columns(tail));
    Cow::Owned(format!("{head}{tail}"))
}

/// A line of a column, with the columns it takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CellLine {
    pub(super) text: String,
    pub(super) columns: usize,
}

/// Sets pieces of text in a column of `look.width`, which no line leaves. Each line is isolated where it is coloured, so
/// that a text from right to left stays on its side.
pub(super) fn cell(look: Look, fill: impl FnOnce(&mut Paragraph<'_>)) -> Vec<CellLine> {
    let mut text = String::new();
    let mut paragraph = Paragraph::new(&mut text, look, 0);
    paragraph.cuts = true;
    fill(&mut paragraph);
    paragraph.end();
    let lines = text.lines().filter(|line| !line.is_empty()).map(|line| CellLine {
        columns: seen_columns(line),
        text: if look.color { format!("\u{2068}{line}\u{2069}") } else { line.to_owned() },
    });
    lines.collect()
}

/// Columns that a painted text takes. Escape sequences in it are our own, for those of a text are shown.
fn seen_columns(painted: &str) -> usize {
    let mut pieces = painted.split('\u{1B}');
    let first = pieces.next().map_or(0, columns);
    first + pieces.map(|piece| piece.split_once('m').map_or(0, |(_, text)| columns(text))).sum::<usize>()
}

/// Sets pieces of text in lines.
pub(super) struct Paragraph<'a> {
    out: &'a mut String,
    look: Look,
    indent: usize,
    /// What stands at the beginning of each line instead of the indent.
    lead: Option<(&'static str, Style)>,
    /// Whether a word longer than a line is cut.
    cuts: bool,
    /// The word that is being read, as runs of one style.
    word: Vec<(Style, String)>,
    word_columns: usize,
    /// Spaces before the word.
    spaces: usize,
    /// Columns of the line so far, the indent included; 0 before the first word.
    column: usize,
    /// The style that is switched on.
    open: Style,
    last: Option<char>,
}

impl<'a> Paragraph<'a> {
    /// Begins a paragraph, each line of which stands in from the margin.
    pub(super) fn new(out: &'a mut String, look: Look, indent: usize) -> Self {
        Self {
            out,
            look,
            indent,
            lead: None,
            cuts: false,
            word: Vec::new(),
            word_columns: 0,
            spaces: 0,
            column: 0,
            open: Style::Plain,
            last: None,
        }
    }

    /// Begins a paragraph on a line that is written as far as the indent.
    pub(super) fn hanging(out: &'a mut String, look: Look, indent: usize) -> Self {
        Self { column: indent, ..Self::new(out, look, indent) }
    }

    /// Begins a paragraph, each line of which begins with a sign.
    pub(super) fn signed(out: &'a mut String, look: Look, sign: &'static str, style: Style) -> Self {
        Self { lead: Some((sign, style)), ..Self::new(out, look, columns(sign)) }
    }

    /// Adds text; removed, added and found text gets its marks. Text of blanks only is shown as open boxes.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        let text = visible(text);
        let Some((open, close)) = style.marks() else {
            text.chars().for_each(|c| self.char(c, style));
            return;
        };
        let blank = text.chars().all(char::is_whitespace);
        if self.last.is_some_and(is_unspaced) {
            self.flush();
        }
        self.last = None;
        self.glue(open, style);
        for c in text.chars() {
            self.char(if blank { '␣' } else { c }, style);
        }
        let last = self.last;
        self.glue(close, style);
        self.last = last;
    }

    /// Ends the paragraph. One that begins its lines with a sign has at least one.
    pub(super) fn end(mut self) {
        self.flush();
        if self.column == 0 && self.lead.is_some() {
            self.start();
        }
        self.switch(Style::Plain);
        self.out.push('\n');
    }

    fn char(&mut self, c: char, style: Style) {
        if c == ' ' {
            self.flush();
            self.spaces += 1;
            self.last = None;
            return;
        }
        if self.last.is_some_and(|last| may_break(last, c)) {
            self.flush();
        }
        self.append(c, style);
        self.last = Some(c);
    }

    fn glue(&mut self, mark: &str, style: Style) {
        mark.chars().for_each(|c| self.append(c, style));
    }

    fn append(&mut self, c: char, style: Style) {
        match self.word.last_mut() {
            Some((last, run)) if *last == style => run.push(c),
            _ => self.word.push((style, c.to_string())),
        }
        self.word_columns += c.width().unwrap_or(0);
    }

    /// Sets the word on the line, or on the next.
    fn flush(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let spaces = std::mem::take(&mut self.spaces);
        if self.column == 0 {
            self.start();
        } else if self.column + spaces + self.word_columns > self.look.width && self.column > self.indent {
            self.switch(Style::Plain);
            self.out.push('\n');
            self.start();
        } else {
            // A space inside a run keeps its style, so that a struck phrase is struck throughout.
            if self.word.first().is_some_and(|(style, _)| *style != self.open) {
                self.switch(Style::Plain);
            }
            self.out.extend(std::iter::repeat_n(' ', spaces));
            self.column += spaces;
        }
        let is_long = self.cuts && self.column + self.word_columns > self.look.width;
        for (style, run) in std::mem::take(&mut self.word) {
            self.switch(style);
            if is_long {
                self.cut(&run, style);
            } else {
                self.out.push_str(&run);
            }
        }
        let columns = std::mem::take(&mut self.word_columns);
        if !is_long {
            self.column += columns;
        }
    }

    /// Sets a word that is longer than a line.
    fn cut(&mut self, run: &str, style: Style) {
        for c in run.chars() {
            let columns = c.width().unwrap_or(0);
            // A mark on a letter stays with its letter.
            if columns > 0 && self.column + columns > self.look.width && self.column > self.indent {
                self.switch(Style::Plain);
                self.out.push('\n');
                self.start();
                self.switch(style);
            }
            self.out.push(c);
            self.column += columns;
        }
    }

    fn start(&mut self) {
        match self.lead {
            Some((sign, style)) => {
                self.switch(style);
                self.out.push_str(sign);
                self.switch(Style::Plain);
            }
            None => self.out.extend(std::iter::repeat_n(' ', self.indent)),
        }
        self.column = self.indent;
    }

    /// Switches the style. Edited text and addresses are isolated, so that their direction and that of their neighbours
    /// stay apart.
    fn switch(&mut self, style: Style) {
        if !self.look.color || self.open == style {
            return;
        }
        if self.open != Style::Plain {
            self.out.push_str(if self.open.is_isolated() { "\u{2069}\u{1B}[0m" } else { "\u{1B}[0m" });
        }
        self.out.push_str(style.code());
        if style.is_isolated() {
            self.out.push('\u{2068}');
        }
        self.open = style;
    }
}

fn may_break(last: char, next: char) -> bool {
    let opens = matches!(last, '（' | '《' | '「' | '『' | '【' | '〔' | '“' | '‘' | '(' | '[');
    let closes = is_closer(next) || is_terminal(next) || matches!(next, '、' | '，' | ',' | '…' | '”' | '’');
    (is_unspaced(last) || is_unspaced(next)) && !opens && !closes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(pieces: &[(&str, Style)], width: usize, color: bool) -> String {
        let mut out = String::new();
        let mut paragraph = Paragraph::new(&mut out, Look { width, color, verbose: false }, 2);
        for (text, style) in pieces {
            paragraph.push(text, *style);
        }
        paragraph.end();
        out
    }

    #[test]
    fn breaks_lines_between_words() {
        assert_eq!(set(&[("one two three", Style::Plain)], 9, false), "  one two\n  three\n");
        assert_eq!(set(&[("中文字，文本", Style::Plain)], 8, false), "  中文\n  字，文\n  本\n");
    }

    /// Lines of a cell as they are seen, each with the columns it says it takes.
    fn lines(text: &str, width: usize, color: bool) -> Vec<(String, usize)> {
        let found = cell(Look { width, color, verbose: false }, |paragraph| paragraph.push(text, Style::Plain));
        found.into_iter().map(|line| (line.text, line.columns)).collect()
    }

    #[test]
    fn no_line_leaves_its_cell() {
        let long = |text: &str, columns| (text.to_owned(), columns);
        assert_eq!(lines("abcdefgh ij", 4, false), [long("abcd", 4), long("efgh", 4), long("ij", 2)]);
        assert_eq!(lines("中文文字", 5, false), [long("中文", 4), long("文字", 4)]);
        assert_eq!(lines("e\u{301}e\u{301}e\u{301}", 2, false), [long("e\u{301}e\u{301}", 2), long("e\u{301}", 1)]);
        assert_eq!(lines("", 4, false), []);
        assert_eq!(lines("中中中", 1, false).len(), 3);
        for width in 1..40 {
            let text = "Нота「中文」 kept\u{1B}[31m \u{202E} الاستقرار الاستراتيجي e\u{301}e\u{301} 150–105";
            for (line, columns) in lines(text, width, false) {
                assert_eq!(super::columns(&line), columns);
                assert!(columns <= width.max(2), "{width}: {line:?}");
            }
        }
    }

    #[test]
    fn a_cell_isolates_its_lines_and_counts_what_is_seen() {
        let look = Look { width: 20, color: true, verbose: false };
        let found = cell(look, |paragraph| {
            paragraph.push("الاستقرار ", Style::Plain);
            paragraph.push("150", Style::Removed);
        });
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].columns, "الاستقرار ".chars().count() + 7);
        assert!(found[0].text.starts_with('\u{2068}') && found[0].text.ends_with('\u{2069}'), "{found:?}");
        let (opened, closed) = (found[0].text.matches('\u{2068}').count(), found[0].text.matches('\u{2069}').count());
        assert_eq!((opened, closed), (2, 2));
    }

    #[test]
    fn signs_begin_every_line() {
        let set = |text: &str, width| {
            let mut out = String::new();
            let look = Look { width, color: false, verbose: false };
            let mut paragraph = Paragraph::signed(&mut out, look, "-", Style::Minus);
            paragraph.push(text, Style::Plain);
            paragraph.end();
            out
        };
        assert_eq!(set("one two three", 8), "-one two\n-three\n");
        assert_eq!(set("one two three", usize::MAX), "-one two three\n");
        assert_eq!(set("", 8), "-\n");
    }

    #[test]
    fn what_is_too_long_is_cut_off() {
        assert_eq!(fitted("statement", 9), "statement");
        assert_eq!(fitted("statement", 5), "stat…");
        assert_eq!(fitted("中文字", 5), "中文…");
        assert_eq!(fitted("中文字", 4), "中…");
        assert_eq!(fitted("ab", 0), "");
        assert_eq!(fitted("a\u{1B}b", 20), "a<U+001B>b");
        assert_eq!(squeezed("statement", 9), "statement");
        assert_eq!(squeezed("un/cd/2066@2016-09-26~zh", 16), "un/cd…6-09-26~zh");
        for width in 0..30 {
            assert!(columns(&squeezed("un/中文/2066@2016-09-26~中文", width)) <= width, "{width}");
        }
    }

    #[test]
    fn marks_edits_with_and_without_colour() {
        let pieces =
            [("keep ", Style::Plain), ("150", Style::Removed), ("105", Style::Added), (" posts", Style::Plain)];
        assert_eq!(set(&pieces, 80, false), "  keep [-150-]{+105+} posts\n");
        let colored = set(&pieces, 80, true);
        assert!(colored.contains("\u{1B}[31;9m\u{2068}[-150-]\u{2069}\u{1B}[0m"), "{colored:?}");
        assert_eq!(set(&[("a", Style::Plain), (" ", Style::Removed), ("b", Style::Plain)], 80, false), "  a[-␣-]b\n");
    }
}
