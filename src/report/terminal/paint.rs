//! Styled text set in lines.
//!
//! Lines break at spaces, and between Chinese characters except before a closing mark or after an opening one. A word
//! longer than a line stays whole. Columns are those of a terminal: two for a Chinese character, none for a combining
//! mark.

use unicode_width::UnicodeWidthChar;

use super::Look;
use crate::report::visible;
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
}

impl Style {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "\u{1B}[1m",
            Self::Faint => "\u{1B}[2m",
            Self::Removed => "\u{1B}[31;9m",
            Self::Added => "\u{1B}[32m",
            Self::Found => "\u{1B}[1;36m",
            Self::Grave => "\u{1B}[1;31m",
            Self::Weighed => "\u{1B}[33m",
        }
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

/// Sets pieces of text in lines.
pub(super) struct Paragraph<'a> {
    out: &'a mut String,
    look: Look,
    indent: usize,
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

    /// Ends the paragraph.
    pub(super) fn end(mut self) {
        self.flush();
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
        for (style, run) in std::mem::take(&mut self.word) {
            self.switch(style);
            self.out.push_str(&run);
        }
        self.column += std::mem::take(&mut self.word_columns);
    }

    fn start(&mut self) {
        self.out.extend(std::iter::repeat_n(' ', self.indent));
        self.column = self.indent;
    }

    /// Switches the style. Edited text is isolated, so that its direction and that of its neighbours stay apart.
    fn switch(&mut self, style: Style) {
        if !self.look.color || self.open == style {
            return;
        }
        if self.open != Style::Plain {
            self.out.push_str(if self.open.marks().is_some() { "\u{2069}\u{1B}[0m" } else { "\u{1B}[0m" });
        }
        self.out.push_str(style.code());
        if style.marks().is_some() {
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
