//! Blocks of a Markdown file: paragraphs, headings, items, rows, footnotes, code, and what is none of the text.
//!
//! A line of the source is a line of the text, so that a paragraph that was wrapped is joined as any other. A block is vouched
//! for as one paragraph where its syntax leaves no doubt; where a line inside it begins as a paragraph does, or ends because
//! the writer ended it, the lines are weighed as those of any text: extractions are stored as Markdown, too. Linear.

use super::inline;
use super::references::{self, References};
use super::tables;
use crate::ingest::html;
use crate::ingest::layout::Element;
use crate::ingest::lines::is_row;
use crate::ingest::sheet::Sheet;
use crate::ingest::tags;
use crate::statement::{Why, number};
use crate::text::chars;

/// Elements of HTML that are read as those of a page, and the most lines of one.
const PARTS: [&str; 9] = ["table", "figure", "script", "style", "iframe", "ul", "ol", "dl", "nav"];
const PART: usize = 4096;
/// Most lines of a heading that a rule underlines.
const UNDERLINED: usize = 3;

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Heading(usize),
    Item(String),
    Note(u32),
}

/// A line of a block: what stands before its words and goes, and its words.
#[derive(Clone, Copy, Debug)]
struct BlockLine<'t> {
    number: usize,
    gone: &'t str,
    indent: usize,
    words: &'t str,
}

struct Block<'t> {
    kind: Kind,
    lines: Vec<BlockLine<'t>>,
}

/// Writes the blocks of lines, of which the first has this number in its file.
pub(super) fn write<'t>(lines: &[&'t str], first: usize, references: &References<'t>, sheet: &mut Sheet) {
    let mut writer = Writer { lines, first, references, sheet, open: None, in_item: false };
    let mut at = 0;
    while at < lines.len() {
        at += writer.line(at);
    }
    writer.flush();
}

struct Writer<'t, 'w> {
    lines: &'w [&'t str],
    first: usize,
    references: &'w References<'t>,
    sheet: &'w mut Sheet,
    open: Option<Block<'t>>,
    /// Whether an item is open: what is set in goes with it.
    in_item: bool,
}

impl<'t> Writer<'t, '_> {
    /// Reads the line at a place; returns how many lines were read.
    fn line(&mut self, at: usize) -> usize {
        let number = self.first + at;
        let (gone, rest) = unquoted(self.lines[at]);
        let words = rest.trim_matches([' ', '\t', '\r']);
        let indent = columns(&rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()]);
        let line =
            BlockLine { number, gone, indent, words: rest.trim_start_matches([' ', '\t']).trim_end_matches('\r') };
        if words.is_empty() {
            self.flush();
            self.sheet.line = number;
            self.sheet.leave_out(Why::Formatting, gone);
            self.sheet.end_line();
            return 1;
        }
        if let Some(lines) = self.aside(at, &line) {
            return lines;
        }
        if self.heading(&line) || self.item(&line) {
            return 1;
        }
        match &mut self.open {
            Some(block) if !matches!(block.kind, Kind::Heading(_)) => block.lines.push(line),
            _ => {
                self.flush();
                self.in_item &= indent > 1;
                self.open = Some(Block { kind: Kind::Paragraph, lines: vec![line] });
            }
        }
        1
    }

    /// Reads what is no paragraph: a fence of code, a comment, a rule, a definition, a table. Returns its lines.
    fn aside(&mut self, at: usize, line: &BlockLine<'t>) -> Option<usize> {
        let words = line.words.trim_end();
        if let Some(fence) = fence(words) {
            return Some(self.code(at, line, fence));
        }
        if words.starts_with("<!--")
            && let Some(lines) = self.comment(at, line)
        {
            return Some(lines);
        }
        if let Some(lines) = self.part_of_page(at, line) {
            return Some(lines);
        }
        if is_rule(words) {
            self.flush();
            self.leave_line(line, Why::Separator);
            return Some(1);
        }
        if self.open.is_none() && references::definition(words).is_some() {
            self.leave_line(line, Why::Formatting);
            return Some(1);
        }
        if let Some(rows) = tables::rows(&self.lines[at..]) {
            self.flush();
            tables::write(&self.lines[at..at + rows], line.number, self.references, self.sheet);
            return Some(rows);
        }
        None
    }

    /// Leaves out a whole line.
    fn leave_line(&mut self, line: &BlockLine<'_>, why: Why) {
        self.sheet.line = line.number;
        self.sheet.leave_out(Why::Formatting, line.gone);
        self.sheet.leave_out(why, line.words.trim_end());
        self.sheet.end_line();
    }

    /// Writes code between two fences as it is typed.
    fn code(&mut self, at: usize, line: &BlockLine<'t>, fence: &str) -> usize {
        let closes = |line: &&str| {
            let line = unquoted(line).1.trim();
            line.starts_with(fence) && line.trim_start_matches(&fence[..1]).is_empty()
        };
        let Some(end) = self.lines[at + 1..].iter().position(closes) else {
            self.flush();
            self.leave_line(line, Why::Formatting);
            return 1;
        };
        self.flush();
        self.leave_line(line, Why::Formatting);
        for (place, typed) in self.lines[at + 1..at + 1 + end].iter().enumerate() {
            self.sheet.line = line.number + 1 + place;
            self.sheet.say(typed.trim_end_matches('\r'));
            self.sheet.end_line();
        }
        self.sheet.line = line.number + 1 + end;
        self.sheet.leave_out(Why::Formatting, fence);
        self.sheet.end_line();
        end + 2
    }

    /// Leaves out a comment that begins a line and ends one.
    fn comment(&mut self, at: usize, line: &BlockLine<'t>) -> Option<usize> {
        let end = self.lines[at..].iter().position(|line| line.contains("-->"))?;
        if !self.lines[at + end].trim_end().ends_with("-->") {
            return None;
        }
        self.flush();
        self.sheet.line = line.number;
        self.sheet.leave_out(Why::Comment, &self.lines[at..=at + end].join("\n"));
        for place in 0..=end {
            self.sheet.line = line.number + place;
            self.sheet.end_line();
        }
        Some(end + 1)
    }

    /// Reads a table, a list or a picture that is written in HTML, to the line that closes it.
    fn part_of_page(&mut self, at: usize, line: &BlockLine<'t>) -> Option<usize> {
        let tag = tags::tag(line.words, tags::SHORT).filter(|tag| !tag.closes)?;
        let name = PARTS.into_iter().find(|name| tag.is(name))?;
        let (open, close) = (format!("<{name}"), format!("</{name}>"));
        let mut depth = 0usize;
        let end = self.lines[at..].iter().take(PART).position(|line| {
            let line = line.to_ascii_lowercase();
            depth += line.matches(&open).count();
            depth = depth.saturating_sub(line.matches(&close).count());
            depth == 0
        })?;
        if !self.lines[at + end].trim_end().ends_with('>') {
            return None;
        }
        self.flush();
        self.sheet.line = line.number;
        html::write_part(&self.lines[at..=at + end].join("\n"), self.sheet)?;
        self.in_item = false;
        Some(end + 1)
    }

    /// Reads a heading: signs before it, or a rule below.
    fn heading(&mut self, line: &BlockLine<'t>) -> bool {
        let words = line.words.trim_end();
        let level = words.bytes().take_while(|byte| *byte == b'#').count();
        if (1..=6).contains(&level) && line.indent < 4 && words[level..].starts_with([' ', '\t']) {
            self.flush();
            self.in_item = false;
            let closing = words.trim_end_matches('#');
            let inner = if closing.ends_with([' ', '\t']) { closing.trim_end() } else { words };
            self.sheet.line = line.number;
            self.sheet.leave_out(Why::Formatting, line.gone);
            self.sheet.leave_out(Why::Formatting, &words[..level]);
            let words = inner.get(level..).unwrap_or_default().trim_start();
            let words = without_attributes(words);
            let line = BlockLine { gone: "", indent: 0, words, ..*line };
            self.open = Some(Block { kind: Kind::Heading(level), lines: vec![line] });
            self.flush();
            return true;
        }
        let underline = words.len() > 1 && words.bytes().all(|byte| byte == b'=')
            || words.len() > 2 && words.bytes().all(|byte| byte == b'-');
        let Some(block) = self.open.as_mut().filter(|_| underline && line.indent < 4) else { return false };
        let ended = block.lines.last().is_some_and(|last| last.words.trim_end().ends_with(chars::is_terminal));
        if block.kind == Kind::Paragraph && block.lines.len() <= UNDERLINED && !(ended && words.starts_with('-')) {
            block.kind = Kind::Heading(if words.starts_with('=') { 1 } else { 2 });
            self.flush();
        } else {
            self.flush();
        }
        self.leave_line(line, Why::Formatting);
        true
    }

    /// Reads the beginning of an item or of a footnote.
    fn item(&mut self, line: &BlockLine<'t>) -> bool {
        if let Some((label, len)) = references::note(line.words)
            && let Some(number) = self.references.note(label)
        {
            self.flush();
            let line = BlockLine { words: &line.words[len..], ..*line };
            self.open = Some(Block { kind: Kind::Note(number), lines: vec![line] });
            return true;
        }
        let Some((marker, words)) = marker(line.words) else { return false };
        // A number inside a paragraph may be any: the first of a list, or one that goes on with it, begins an item.
        let open = self.open.as_ref().map(|block| &block.kind);
        let interrupts = !marker.starts_with(|c: char| c.is_ascii_digit())
            || open.is_none_or(|kind| matches!(kind, Kind::Item(_)))
            || marker.len() == 2 && marker.starts_with('1');
        if !interrupts || words.is_empty() {
            return false;
        }
        self.flush();
        self.in_item = true;
        let line = BlockLine { words, ..*line };
        self.open = Some(Block { kind: Kind::Item(marker.to_owned()), lines: vec![line] });
        true
    }

    /// Writes the open block.
    fn flush(&mut self) {
        let Some(block) = self.open.take() else { return };
        let Some(first) = block.lines.first() else { return };
        let text = block.lines.iter().map(|line| line.words).collect::<Vec<_>>().join("\n");
        let found = inline::marks(&text, self.references);
        let is_whole = !found.has_break && is_whole(&block, &text);
        self.sheet.line = first.number;
        self.sheet.leave_out(Why::Formatting, first.gone);
        let (tag, label) = match &block.kind {
            Kind::Paragraph => ("p", None),
            Kind::Heading(level) => (["h1", "h2", "h3", "h4", "h5", "h6"][(level - 1).min(5)], None),
            Kind::Item(marker) => ("li", Some(marker.as_str().into())),
            Kind::Note(_) => ("note", None),
        };
        let known = is_whole || block.kind != Kind::Paragraph;
        if known {
            self.sheet.begin(Element { tag: Some(tag.into()), style: None, label, is_whole });
        }
        self.sheet.say(&" ".repeat(first.indent.min(40)));
        match &block.kind {
            Kind::Item(marker) => {
                self.sheet.say(marker);
                self.sheet.say(" ");
            }
            Kind::Note(number) => self.sheet.begin_note(&number.to_string()),
            Kind::Paragraph | Kind::Heading(_) => {}
        }
        self.words(&block, &text, found.marks);
        self.sheet.end_line();
        self.sheet.end();
        self.sheet.end_note();
    }

    /// Writes the words of a block, with what becomes of its marks.
    fn words(&mut self, block: &Block<'t>, text: &str, marks: Vec<inline::Mark>) {
        let mut rest = block.lines.iter().skip(1);
        let mut at = 0;
        for mark in &marks {
            self.run(&text[at..mark.range.start], &mut rest);
            inline::apply(mark, &text[mark.range.clone()], self.sheet);
            for _ in text[mark.range.clone()].matches('\n') {
                rest.next();
            }
            at = mark.range.end;
        }
        self.run(&text[at..], &mut rest);
    }

    fn run<'b>(&mut self, text: &str, rest: &mut impl Iterator<Item = &'b BlockLine<'t>>)
    where
        't: 'b,
    {
        for (place, line) in text.split('\n').enumerate() {
            if place > 0 {
                self.sheet.end_line();
                if let Some(next) = rest.next() {
                    self.sheet.line = next.number;
                    self.sheet.leave_out(Why::Formatting, next.gone);
                }
            }
            self.sheet.say(line);
        }
    }
}

/// Whether a block is one paragraph for sure.
fn is_whole(block: &Block<'_>, text: &str) -> bool {
    let labelled = |line: &BlockLine<'_>| number::label(line.words, None).is_some();
    let rows = || block.lines.iter().any(|line| is_row(line.words));
    match block.kind {
        Kind::Heading(_) | Kind::Note(_) => true,
        Kind::Item(_) => !block.lines.iter().skip(1).any(labelled),
        Kind::Paragraph => {
            let begins = text.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase());
            let ends =
                |c: char| matches!(c, '*' | '_' | ']' | '^' | '[' | ')') || c.is_ascii_digit() || chars::is_closer(c);
            let last = text.trim_end().trim_end_matches(ends);
            let ended = last.ends_with(chars::is_terminal) || last.ends_with([',', ':', ';', '，', '：', '；']);
            begins && !text.starts_with("[^") && ended && !rows() && !block.lines.iter().any(labelled)
        }
    }
}

/// The signs of quotations before a line, and the rest of it.
fn unquoted(line: &str) -> (&str, &str) {
    let mut rest = line;
    loop {
        let inner = rest.trim_start_matches(' ');
        match inner.strip_prefix('>') {
            Some(inner_rest) if rest.len() - inner.len() < 4 => {
                rest = inner_rest.strip_prefix(' ').unwrap_or(inner_rest);
            }
            _ => return (line[..line.len() - rest.len()].trim_end(), rest),
        }
    }
}

fn columns(blanks: &str) -> usize {
    blanks.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// The fence that a line opens a block of code with.
fn fence(words: &str) -> Option<&str> {
    let sign = words.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let len = words.chars().take_while(|c| *c == sign).count();
    (len >= 3 && !words[len..].contains('`')).then(|| &words[..len])
}

/// Whether a line is a rule of asterisks, or of signs with blanks between them. One of low lines parts footnotes from a text,
/// and one of dashes may, so these stay for the passes to judge.
fn is_rule(words: &str) -> bool {
    let sign = words.chars().next().filter(|c| matches!(c, '*' | '-' | '_'));
    let signs = words.chars().filter(|c| !chars::is_space(*c)).count();
    sign.is_some_and(|sign| words.chars().all(|c| c == sign || chars::is_space(c)))
        && signs >= 3
        && (words.starts_with('*') || words.len() > signs && signs < 8)
}

/// The marker of an item, and its words.
pub(super) fn marker(line: &str) -> Option<(&str, &str)> {
    let len = match line.bytes().next()? {
        b'-' | b'*' | b'+' => 1,
        b'0'..=b'9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 9 || !line[digits..].starts_with(['.', ')']) {
                return None;
            }
            digits + 1
        }
        _ => return None,
    };
    let rest = &line[len..];
    rest.starts_with([' ', '\t']).then(|| (&line[..len], rest.trim_start_matches([' ', '\t'])))
}

/// A heading without the anchor that an editor sets behind it: `{#scope .unnumbered}`.
fn without_attributes(words: &str) -> &str {
    match words.rfind(" {") {
        Some(at) if words.ends_with('}') && words[at + 2..].starts_with(['#', '.']) => words[..at].trim_end(),
        _ => words,
    }
}
