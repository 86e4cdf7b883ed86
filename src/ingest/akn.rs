//! The reader of Akoma Ntoso 3.0 and AKN4UN: `tags → blocks → text with layout`.
//!
//! An element is a block or stands in the line; the number of a block and its heading or first words are one line, as they are
//! printed. Notes go below the text and leave their marks in it. What a document says of itself in `meta` is no text: its
//! language is obeyed, and the rest is told among what was left out. Entities that a document declares are refused, because
//! few can stand for very many; nothing is fetched.

use std::borrow::Cow;

use super::entities;
use super::error::{Limit, ReadError};
use super::extract::Extract;
use super::layout::Element;
use super::reader::{Confidence, Reader};
use super::sheet::Sheet;
use super::source::Options;
use super::tags::{self, Tag};
use super::tokens::{self, Dialect, Piece, Token};
use crate::language::Catalogue;
use crate::statement::Why;
use crate::text::{self, FileFormat};

/// Akoma Ntoso.
pub(super) struct AkomaNtoso;

/// Bytes among which a document names its format.
const HEAD: usize = 8192;
/// Elements that stand in a line; all others are blocks.
const INLINE: [&str; 73] = [
    "a",
    "abbr",
    "affectedDocument",
    "argument",
    "b",
    "concept",
    "courtType",
    "date",
    "decoration",
    "def",
    "del",
    "docCommittee",
    "docDate",
    "docIntroducer",
    "docJurisdiction",
    "docNumber",
    "docProponent",
    "docPurpose",
    "docStage",
    "docStatus",
    "docTitle",
    "docType",
    "docketNumber",
    "embeddedText",
    "entity",
    "eop",
    "event",
    "extractText",
    "fillIn",
    "i",
    "img",
    "inline",
    "ins",
    "judge",
    "lawyer",
    "legislature",
    "location",
    "marker",
    "mmod",
    "mod",
    "mref",
    "neutralCitation",
    "noteRef",
    "object",
    "omissis",
    "opinion",
    "organization",
    "outcome",
    "party",
    "person",
    "placeholder",
    "process",
    "quantity",
    "quotedText",
    "recordedTime",
    "ref",
    "relatedDocument",
    "remark",
    "rmod",
    "role",
    "rref",
    "scene",
    "session",
    "shortTitle",
    "signature",
    "span",
    "sub",
    "sup",
    "term",
    "time",
    "u",
    "vote",
    "authorialNote",
];

impl Reader for AkomaNtoso {
    fn endings(&self) -> &'static [&'static str] {
        &["akn"]
    }

    fn detect(&self, bytes: &[u8], _: Option<&str>) -> Confidence {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
        let mut rest = head.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
        while let Some(len) = tags::aside(rest) {
            rest = rest[len..].trim_start();
        }
        let is_root = tags::tag(rest, HEAD).is_some_and(|tag| local(tag.name) == "akomaNtoso");
        if is_root { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, bytes: Cow<'_, [u8]>, options: Options<'_>) -> Result<Extract, ReadError> {
        let text::DecodedText { text, encoding } = text::decode(bytes, options.catalogue)?;
        let beyond = |limit, most| ReadError::Limit { format: FileFormat::AkomaNtoso, limit, most };
        if declares_entities(&text) {
            return Err(beyond(Limit::Entities, 0));
        }
        let tokens = tokens::tokens(&text, Dialect::Xml).ok_or_else(|| beyond(Limit::Nesting, tokens::DEPTH))?;
        let language = language(&tokens, options.catalogue);
        let mut walk = Walk::new(&tokens, Sheet::with_capacity(text.len() / 2));
        walk.part(0, tokens.len());
        walk.notes();
        Ok(walk.sheet.finish(encoding, language.as_deref()))
    }
}

/// Whether a document declares entities before its root.
fn declares_entities(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some(len) = tags::aside(rest) {
        if rest[..len].starts_with("<!DOCTYPE") && rest[..len].contains("<!ENTITY") {
            return true;
        }
        rest = rest[len..].trim_start();
    }
    false
}

/// The name of an element without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The code of the language that the expression names.
fn language(tokens: &[Token<'_>], catalogue: &Catalogue) -> Option<String> {
    let named = tokens.iter().find_map(|token| match token.piece {
        Piece::Open(tag) if local(tag.name) == "FRBRlanguage" => tag.attribute("language"),
        _ => None,
    })?;
    let known = catalogue.languages().iter().find(|language| &*language.akn == named);
    Some(known.map_or_else(|| named.to_owned(), |language| language.code.to_string()))
}

/// What is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// Nothing.
    None,
    /// The number of a block, whose words follow.
    Number,
    /// Words.
    Words,
}

struct Walk<'p, 't> {
    tokens: &'p [Token<'t>],
    sheet: Sheet,
    line: Line,
    blank: bool,
    /// Notes that are to be written: mark and tokens.
    notes: Vec<(&'t str, usize, usize)>,
    row: Option<usize>,
    cell: Option<(usize, usize)>,
    column: usize,
}

impl<'p, 't> Walk<'p, 't> {
    fn new(tokens: &'p [Token<'t>], sheet: Sheet) -> Self {
        let (line, notes) = (Line::None, Vec::new());
        Self { tokens, sheet, line, blank: false, notes, row: None, cell: None, column: 0 }
    }

    fn part(&mut self, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let token = self.tokens[at];
            self.sheet.line = token.line;
            at = match token.piece {
                Piece::Text(text) => {
                    self.text(&entities::decoded(text));
                    at + 1
                }
                Piece::Comment(text) => {
                    match text.strip_prefix("<![CDATA[").and_then(|text| text.strip_suffix("]]>")) {
                        Some(text) => self.text(text),
                        None if text.starts_with("<!--") => self.sheet.leave_out(Why::Comment, text),
                        None => {}
                    }
                    at + 1
                }
                Piece::Close(name) => {
                    self.close(local(name));
                    at + 1
                }
                Piece::Open(tag) => self.open(at, &tag).min(to),
            };
        }
    }

    /// Opens an element; returns the token to go on with.
    fn open(&mut self, at: usize, tag: &Tag<'t>) -> usize {
        let end = self.tokens[at].end.max(at + 1);
        let name = local(tag.name);
        match name {
            "meta" => {
                self.leave(at, end);
                return end;
            }
            "authorialNote" => {
                let mark = tag.attribute("marker").unwrap_or_default();
                self.mark(mark);
                self.notes.push((mark, at + 1, end));
                return end;
            }
            "noteRef" => self.mark(tag.attribute("marker").unwrap_or_default()),
            "quotedStructure" | "embeddedStructure" | "quotedText" | "embeddedText" => {
                if !INLINE.contains(&name) {
                    self.end_line();
                }
                self.say(&entities::decoded(tag.attribute("startQuote").unwrap_or_default()));
            }
            "eol" | "br" => self.line_break(),
            "tr" => {
                self.end_line();
                (self.row, self.column) = (Some(end), 0);
            }
            "td" | "th" => {
                self.end_cell();
                let span = tag.attribute("colspan").and_then(|span| span.parse().ok()).unwrap_or(1usize).clamp(1, 200);
                self.column += span;
            }
            _ if INLINE.contains(&name) => self.leave_target(tag),
            _ => self.begin_block(),
        }
        at + 1
    }

    fn leave_target(&mut self, tag: &Tag<'_>) {
        if let Some(target) = tag.attribute("href").filter(|target| !target.starts_with('#')) {
            self.sheet.leave_out(Why::LinkTarget, &entities::decoded(target));
        }
    }

    /// Leaves out what a document says of itself.
    fn leave(&mut self, from: usize, to: usize) {
        for token in &self.tokens[from..to] {
            match token.piece {
                Piece::Open(tag) if tag.source.contains('=') => self.sheet.leave_out(Why::Metadata, tag.source),
                Piece::Text(text) => self.sheet.leave_out(Why::Metadata, text.trim()),
                _ => {}
            }
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "num" => {
                if self.line == Line::Words {
                    self.line = Line::Number;
                    self.blank = true;
                }
            }
            "td" | "th" => self.end_cell(),
            "tr" => {
                self.end_line();
                self.row = None;
            }
            _ if INLINE.contains(&name) => {}
            _ => self.begin_block(),
        }
    }

    /// Ends the block before; a number alone goes on with the words that follow.
    fn begin_block(&mut self) {
        if self.row.is_some() {
            self.blank = true;
        } else if self.line == Line::Words {
            self.end_line();
        } else {
            self.blank = true;
        }
    }

    fn end_line(&mut self) {
        self.end_cell();
        if self.line != Line::None {
            self.sheet.break_line();
            self.sheet.end();
        }
        (self.line, self.blank) = (Line::None, false);
    }

    fn end_cell(&mut self) {
        if let Some((start, column)) = self.cell.take() {
            self.sheet.cell(start, column);
        }
        self.blank = false;
    }

    fn line_break(&mut self) {
        if self.row.is_some() {
            self.blank = true;
        } else if self.line == Line::Words {
            self.sheet.break_line();
            if let Some(element) = self.sheet.element() {
                element.is_whole = false;
            }
            self.blank = false;
        }
    }

    fn mark(&mut self, mark: &str) {
        let number = bare(mark);
        self.begin_words();
        if number.is_empty() { self.sheet.say(mark) } else { self.sheet.raise(number) }
    }

    fn text(&mut self, text: &str) {
        for (place, word) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            self.blank |= place > 0;
            if !word.is_empty() {
                self.say(word);
            }
        }
    }

    fn begin_words(&mut self) {
        if self.line == Line::None {
            self.sheet.gap();
            let tag = if self.row.is_some() { "tr" } else { "p" };
            self.sheet.begin(Element { tag: Some(tag.into()), is_whole: true, ..Element::default() });
            self.blank = false;
        }
        self.line = Line::Words;
        if self.row.is_some() && self.cell.is_none() {
            self.cell = Some((self.sheet.next_cell(), self.column.saturating_sub(1)));
            self.blank = false;
        }
    }

    fn say(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        self.begin_words();
        if self.blank && !self.sheet.is_spaced() {
            self.sheet.say(" ");
        }
        self.blank = false;
        self.sheet.say(words);
    }

    /// Writes the notes below the text.
    fn notes(&mut self) {
        self.end_line();
        for (mark, from, to) in std::mem::take(&mut self.notes) {
            self.sheet.gap();
            self.sheet.begin(Element { tag: Some("note".into()), is_whole: true, ..Element::default() });
            let number = bare(mark);
            self.sheet.begin_note(if number.is_empty() { mark } else { number });
            self.line = Line::Words;
            let first = match self.tokens.get(from).map(|token| token.piece) {
                Some(Piece::Open(tag)) if local(tag.name) == "num" => self.tokens[from].end,
                _ => from,
            };
            self.note_words(first, to);
            self.sheet.break_line();
            self.sheet.end();
            self.sheet.end_note();
            self.line = Line::None;
        }
    }

    fn note_words(&mut self, from: usize, to: usize) {
        for token in &self.tokens[from..to] {
            match token.piece {
                Piece::Text(text) => self.text(&entities::decoded(text)),
                Piece::Open(tag) => {
                    self.leave_target(&tag);
                    self.blank |= !INLINE.contains(&local(tag.name));
                }
                Piece::Close(name) => self.blank |= !INLINE.contains(&local(name)),
                Piece::Comment(text) => self.sheet.leave_out(Why::Comment, text),
            }
        }
    }
}

/// The number in the mark of a note: `[^1]:`, `(1)`.
fn bare(mark: &str) -> &str {
    let bare = mark.trim_matches(|c: char| !c.is_ascii_digit());
    if bare.bytes().all(|byte| byte.is_ascii_digit()) { bare } else { "" }
}
