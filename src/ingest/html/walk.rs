//! Writes the blocks of a page: a paragraph a line, items with their labels, rows with their cells, footnotes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lists::counted;
use super::notes::{notes, without_mark, words};
use super::page::{Page, is_hidden};
use crate::ingest::entities;
use crate::ingest::layout::Element;
use crate::ingest::sheet::Sheet;
use crate::ingest::tags::Tag;
use crate::ingest::tokens::{Piece, Token};
use crate::statement::{Why, number};

/// Elements that a block of text begins and ends with.
const BLOCKS: [&str; 37] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];
/// Blocks that no data table has in its cells.
const OF_LAYOUT: [&str; 8] = ["table", "h1", "h2", "h3", "h4", "article", "section", "blockquote"];
/// Columns that an item is set in by for each list around it.
const INDENT: usize = 4;
/// Deepest indent.
const DEEPEST: usize = 10;

/// A list that is open.
struct List<'t> {
    end: usize,
    /// How its items are counted, if they are.
    style: Option<&'t str>,
    next: i64,
    step: i64,
}

/// A row that is open.
#[derive(Default)]
struct Row {
    end: usize,
    column: usize,
    cell: Option<usize>,
    cell_end: usize,
}

/// The way through a page.
pub(super) struct Walk<'p, 't> {
    page: &'p Page<'t>,
    sheet: &'p mut Sheet,
    first_line: usize,
    /// The numbers of footnotes by the names of the elements that hold them.
    notes: BTreeMap<&'t str, u32>,
    lists: Vec<List<'t>>,
    /// Tables that are open, each with whether it is one of data.
    tables: Vec<(usize, bool)>,
    row: Option<Row>,
    /// The tag of the block that begins with the next words.
    tag: &'t str,
    label: Option<String>,
    is_open: bool,
    /// Where the open footnote ends, and the mark that may stand before its words once more.
    note: Option<usize>,
    mark: Option<u32>,
    /// Where raised characters end, and where lines are kept as they are.
    raised: usize,
    kept: usize,
    blank: bool,
}

impl<'p, 't> Walk<'p, 't> {
    pub(super) fn new(page: &'p Page<'t>, sheet: &'p mut Sheet) -> Self {
        Self {
            notes: notes(&page.tokens),
            page,
            sheet,
            first_line: 1,
            lists: Vec::new(),
            tables: Vec::new(),
            row: None,
            tag: "p",
            label: None,
            is_open: false,
            note: None,
            mark: None,
            raised: 0,
            kept: 0,
            blank: false,
        }
    }

    /// The same, for a part that begins at this line of its file.
    pub(super) fn starting_at(self, line: usize) -> Self {
        Self { first_line: line, ..self }
    }

    /// Writes the statement, and says what was left out before it and behind.
    pub(super) fn write(mut self) {
        let body = self.page.body.clone();
        let title = self.page.title().filter(|_| !self.has_heading(&body));
        match title {
            Some(title) => {
                self.around(0..title.start);
                self.part(title.clone());
                self.around(title.end..body.start);
            }
            None => self.around(0..body.start),
        }
        self.part(body.clone());
        self.around(body.end..self.page.tokens.len());
        self.end_block();
    }

    fn has_heading(&self, range: &Range<usize>) -> bool {
        self.page.tokens[range.clone()].iter().any(|token| matches!(token.piece, Piece::Open(tag) if tag.is("h1")))
    }

    /// Says of what stands outside the statement that it was left out.
    fn around(&mut self, range: Range<usize>) {
        self.leave(range, Why::Navigation);
    }

    fn leave(&mut self, range: Range<usize>, why: Why) {
        let mut text = String::new();
        for token in &self.page.tokens[range] {
            match token.piece {
                Piece::Text(own) => text.extend([own, " "]),
                Piece::Comment(own) if own.starts_with("<!--") => self.sheet.leave_out(Why::Comment, own),
                _ => {}
            }
        }
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.sheet.leave_out(why, &words);
    }

    fn part(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            self.close_until(at);
            let token = self.page.tokens[at];
            self.sheet.line = self.first_line + token.line - 1;
            at = match token.piece {
                Piece::Text(text) => {
                    self.text(text, at);
                    at + 1
                }
                Piece::Comment(text) => {
                    self.comment(text);
                    at + 1
                }
                Piece::Close(name) => {
                    self.close(name);
                    at + 1
                }
                Piece::Open(tag) => self.open(at, &tag).min(range.end),
            };
        }
        self.close_until(range.end);
        self.end_block();
    }

    fn comment(&mut self, text: &str) {
        match text.strip_prefix("<![CDATA[") {
            Some(_) => self.sheet.leave_out(Why::Markup, text),
            None if text.starts_with("<!--") => self.sheet.leave_out(Why::Comment, text),
            None => {}
        }
    }

    /// Ends what ends before a token.
    fn close_until(&mut self, at: usize) {
        if self.row.as_ref().is_some_and(|row| row.cell_end <= at) {
            self.end_cell();
        }
        if self.row.as_ref().is_some_and(|row| row.end <= at) {
            self.end_block();
            self.row = None;
        }
        while self.tables.last().is_some_and(|(end, _)| *end <= at) {
            self.end_block();
            self.tables.pop();
        }
        while self.lists.last().is_some_and(|list| list.end <= at) {
            self.end_block();
            self.lists.pop();
        }
        if self.note.is_some_and(|end| end <= at) {
            self.end_block();
            self.note = None;
            self.mark = None;
        }
    }

    /// Opens an element; returns the token to go on with.
    fn open(&mut self, at: usize, tag: &Tag<'t>) -> usize {
        let end = self.page.tokens[at].end;
        let why = if is_hidden(tag) { Some(Why::Invisible) } else { None };
        let around = || self.page.is_around(at, tag).then_some(Why::Navigation);
        if let Some(why) = why.or_else(around).filter(|_| end > at) {
            self.leave(at..end, why);
            return end;
        }
        if let Some(name) = tag.attribute("id").or_else(|| tag.attribute("name"))
            && let Some(number) = self.notes.get(name).copied()
        {
            self.begin_note(at, end, number, tag);
        }
        if tag.is("a") {
            return self.anchor(at, end, tag);
        }
        if tag.is("sup") {
            self.raised = end;
        } else if tag.is("br") {
            self.line_break(at);
        } else if tag.is("img") {
            self.sheet.leave_out(Why::Markup, tag.source);
        } else if tag.is("q") {
            self.say("“");
        } else if tag.is("tr") || tag.is("td") || tag.is("th") {
            self.open_of_table(end, tag);
        } else if BLOCKS.iter().any(|name| tag.is(name)) {
            self.open_block(at, end, tag);
        }
        at + 1
    }

    fn open_block(&mut self, at: usize, end: usize, tag: &Tag<'t>) {
        if self.row.is_some() {
            self.blank = true;
            return;
        }
        let is_label_alone = tag.is("p") || tag.is("div") || tag.is("span");
        if !(is_label_alone && self.label.is_some() && !self.is_open) {
            self.end_block();
            self.tag = tag.name;
            self.label = None;
        }
        if tag.is("pre") {
            self.kept = end;
        } else if tag.is("table") {
            self.tables.push((end, self.is_of_data(at + 1..end)));
        } else if tag.is("ol") || tag.is("ul") {
            let style = tag.is("ol").then(|| tag.attribute("type").unwrap_or("1"));
            let number = |name| tag.attribute(name).and_then(|value| value.trim().parse().ok());
            let is_reversed = tag.attribute("reversed").is_some();
            let items = || {
                self.page.tokens[at + 1..end]
                    .iter()
                    .filter(|token| matches!(token.piece, Piece::Open(tag) if tag.is("li")))
                    .count()
            };
            let first =
                number("start").unwrap_or_else(|| if is_reversed { i64::try_from(items()).unwrap_or(1) } else { 1 });
            self.lists.push(List { end, style, next: first, step: if is_reversed { -1 } else { 1 } });
        } else if tag.is("li") {
            self.item(at, tag);
        }
    }

    /// Gives an item the label that its list counts, unless its own words begin with one.
    fn item(&mut self, at: usize, tag: &Tag<'t>) {
        let Some(list) = self.lists.last_mut() else { return };
        let value = tag.attribute("value").and_then(|value| value.trim().parse().ok());
        let own = value.unwrap_or(list.next);
        list.next = own.saturating_add(list.step);
        let label = list.style.map_or_else(|| "-".to_owned(), |style| counted(own, style));
        if self.note.is_some() {
            return;
        }
        let texts = self.page.tokens[at + 1..].iter().take(12);
        let words = texts.filter_map(|token| match token.piece {
            Piece::Text(text) if !text.trim().is_empty() => Some(entities::decoded(text.trim_start())),
            _ => None,
        });
        let has_label = words.take(1).any(|words| number::label(&words, None).is_some());
        self.label = Some(label).filter(|_| !has_label);
    }

    fn open_of_table(&mut self, end: usize, tag: &Tag<'t>) {
        let is_of_data = self.tables.last().is_some_and(|(_, is_of_data)| *is_of_data);
        if !is_of_data {
            self.end_block();
            self.tag = "p";
            return;
        }
        if tag.is("tr") {
            self.end_block();
            self.tag = "tr";
            self.label = None;
            self.row = Some(Row { end, ..Row::default() });
            return;
        }
        self.end_cell();
        let span = tag.attribute("colspan").and_then(|span| span.trim().parse().ok()).unwrap_or(1usize).clamp(1, 200);
        if let Some(row) = &mut self.row {
            row.cell_end = end;
            row.column += span;
        }
        self.blank = false;
    }

    fn end_cell(&mut self) {
        let Some(row) = &mut self.row else { return };
        if let Some(start) = row.cell.take() {
            self.sheet.cell(start, row.column.saturating_sub(1));
        }
        row.cell_end = usize::MAX;
        self.blank = false;
    }

    /// Whether the cells of a table hold words and no parts of a page.
    fn is_of_data(&self, range: Range<usize>) -> bool {
        let own = &self.page.tokens[range];
        let has = |name: &str| own.iter().any(|token| matches!(token.piece, Piece::Open(tag) if tag.is(name)));
        !OF_LAYOUT.iter().any(|name| has(name))
    }

    /// A link: its words are said, its target is left out. One that calls a footnote is the mark of it, and one that leads
    /// back from a footnote is nothing.
    fn anchor(&mut self, at: usize, end: usize, tag: &Tag<'t>) -> usize {
        let Some(target) = tag.attribute("href") else { return at + 1 };
        let called = target.strip_prefix('#').and_then(|name| self.notes.get(name).copied());
        let words = self.words(at + 1..end);
        if let Some(number) = called.filter(|_| words.len() < 8) {
            self.leave(at..at, Why::FootnoteMark);
            self.begin_block();
            self.sheet.raise(&number.to_string());
            return end;
        }
        let leads_back = self.note.is_some() && target.starts_with('#') && !words.chars().any(char::is_alphabetic);
        if leads_back {
            self.leave(at..end, Why::Formatting);
            return end;
        }
        let is_of_page = words.is_empty() || target.to_ascii_lowercase().starts_with("javascript:");
        if !is_of_page {
            self.sheet.leave_out(Why::LinkTarget, &entities::decoded(target));
        }
        at + 1
    }

    fn words(&self, range: Range<usize>) -> String {
        words(&self.page.tokens[range])
    }

    fn begin_note(&mut self, at: usize, end: usize, number: u32, tag: &Tag<'t>) {
        let is_block = BLOCKS.iter().any(|name| tag.is(name));
        if self.note.is_some() || !is_block && self.is_open {
            return;
        }
        self.end_block();
        // An anchor names the block that it stands in.
        let block = if is_block { end } else { self.end_of_block(at) };
        self.note = Some(block);
        self.mark = Some(number);
        self.label = None;
        self.tag = "note";
    }

    /// Where the innermost block around a token ends.
    fn end_of_block(&self, at: usize) -> usize {
        let from = at.saturating_sub(200);
        let holds = |token: &Token<'_>| {
            token.end > at && matches!(token.piece, Piece::Open(tag) if BLOCKS.iter().any(|name| tag.is(name)))
        };
        self.page.tokens[from..at].iter().rev().find(|token| holds(token)).map_or(at + 1, |token| token.end)
    }

    fn close(&mut self, name: &str) {
        let is = |known: &&str| known.eq_ignore_ascii_case(name);
        if is(&"q") {
            self.say("”");
        } else if BLOCKS.iter().any(is) {
            if self.row.is_some() {
                self.blank = true;
            } else {
                self.end_block();
                self.tag = "p";
            }
        }
    }

    /// A line that the writer ended: two in a row end the block.
    fn line_break(&mut self, at: usize) {
        if self.row.is_some() {
            self.blank = true;
            return;
        }
        let next = self.page.tokens[at + 1..]
            .iter()
            .find(|token| !matches!(token.piece, Piece::Text(text) if text.trim().is_empty()));
        if next.is_some_and(|next| matches!(next.piece, Piece::Open(tag) if tag.is("br"))) {
            self.end_block();
        } else if self.is_open {
            self.sheet.break_line();
            if let Some(element) = self.sheet.element() {
                element.is_whole = false;
            }
        }
        self.blank = false;
    }

    fn text(&mut self, text: &str, at: usize) {
        let text = entities::decoded(text);
        if at < self.kept {
            for (place, line) in text.split('\n').enumerate() {
                if place > 0 {
                    self.sheet.break_line();
                }
                if !line.trim().is_empty() {
                    self.say(line);
                }
            }
            return;
        }
        if at < self.raised
            && text.trim().bytes().all(|byte| byte.is_ascii_digit())
            && !text.trim().is_empty()
            && self.is_open
        {
            self.sheet.raise(text.trim());
            return;
        }
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}');
        for (place, word) in text.split(is_blank).enumerate() {
            self.blank |= place > 0;
            if !word.is_empty() {
                self.say(word);
            }
        }
    }

    fn say(&mut self, words: &str) {
        let words = match self.mark {
            Some(number) if !self.is_open => {
                self.begin_block();
                without_mark(words, number)
            }
            _ => words,
        };
        if words.is_empty() {
            return;
        }
        self.begin_block();
        if self.blank && !self.sheet.is_spaced() {
            self.sheet.say(" ");
        }
        self.blank = false;
        self.sheet.say(words);
    }

    /// Begins the block or the cell that the next words belong to.
    fn begin_block(&mut self) {
        if !self.is_open {
            self.sheet.gap();
            self.is_open = true;
            let label = self.label.take();
            let tag = Some(self.tag.to_ascii_lowercase().into());
            self.sheet.begin(Element {
                tag,
                label: label.as_deref().map(Into::into),
                is_whole: true,
                ..Element::default()
            });
            if let Some(number) = self.mark.take() {
                self.sheet.begin_note(&number.to_string());
            } else if self.row.is_none() {
                let depth = self.lists.len().saturating_sub(1).min(DEEPEST);
                self.sheet.say(&" ".repeat(depth * INDENT));
                if let Some(label) = label {
                    self.sheet.say(&label);
                    self.sheet.say(" ");
                }
            }
            self.blank = false;
        }
        if let Some(row) = self.row.as_mut().filter(|row| row.cell.is_none()) {
            row.cell = Some(self.sheet.next_cell());
            self.blank = false;
        }
    }

    fn end_block(&mut self) {
        self.end_cell();
        if self.is_open {
            self.sheet.break_line();
            self.sheet.end();
            self.sheet.end_note();
        }
        self.is_open = false;
        self.blank = false;
    }
}
