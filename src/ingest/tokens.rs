//! A page, or a document of XML, as a list of tags and texts, each tag with the place where its element ends.
//!
//! Pages are written by hand and by programs that make mistakes: what is not closed ends where what holds it ends. How deep
//! elements may stand in each other is limited. Linear in the page times that limit.

use crate::ingest::tags::{self, Tag};

/// How deep elements may stand in each other.
pub(super) const DEPTH: usize = 512;
/// How many brackets that open no tag are looked behind as far as the longest tag.
const FAILURES: usize = 64;
/// Elements that hold nothing.
const EMPTY: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements whose characters are no tags.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];
/// Elements that the next of their kind ends.
const SIBLINGS: [&str; 8] = ["p", "li", "tr", "td", "th", "dt", "dd", "option"];

/// How tags are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Some elements hold nothing, some are ended by the next of their kind, and some hold characters alone.
    Html,
    /// What is opened is closed.
    Xml,
}

/// A piece of a page.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece<'t> {
    /// Characters, with references still in them.
    Text(&'t str),
    /// A tag that opens an element.
    Open(Tag<'t>),
    /// A tag that closes one.
    Close(&'t str),
    /// A comment.
    Comment(&'t str),
}

/// A piece, its line, and where the element that it opens ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub(super) piece: Piece<'t>,
    pub(super) line: usize,
    /// For an opening tag the token that closes the element, or the first that no longer belongs to it.
    pub(super) end: usize,
}

/// The tokens of a page. `None` where elements stand deeper in each other than [`DEPTH`].
pub(super) fn tokens(text: &str, dialect: Dialect) -> Option<Vec<Token<'_>>> {
    let mut list = List { dialect, tokens: Vec::new(), open: Vec::new(), line: 1, failures: 0 };
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let len = match rest.as_bytes()[0] {
            b'<' => match (tags::aside(rest), list.read_tag(rest)) {
                (Some(len), _) => {
                    list.push(Piece::Comment(&rest[..len]));
                    len
                }
                (None, Some(tag)) => {
                    list.tag(tag)?;
                    tag.source.len() + list.raw(tag, &rest[tag.source.len()..])
                }
                (None, None) => list.text(rest),
            },
            _ => list.text(rest),
        };
        list.line += text[at..at + len].bytes().filter(|byte| *byte == b'\n').count();
        at += len;
    }
    let end = list.tokens.len();
    for open in list.open {
        list.tokens[open].end = end;
    }
    Some(list.tokens)
}

struct List<'t> {
    dialect: Dialect,
    tokens: Vec<Token<'t>>,
    /// Elements that are open, the innermost last.
    open: Vec<usize>,
    line: usize,
    failures: usize,
}

impl<'t> List<'t> {
    fn push(&mut self, piece: Piece<'t>) {
        let end = self.tokens.len();
        self.tokens.push(Token { piece, line: self.line, end });
    }

    /// The tag that a text begins with. Brackets that open none are not looked behind for ever.
    fn read_tag(&mut self, rest: &'t str) -> Option<Tag<'t>> {
        let most = if self.failures < FAILURES { tags::LONG } else { tags::SHORT };
        let tag = tags::tag(rest, most);
        self.failures += usize::from(tag.is_none());
        tag
    }

    fn text(&mut self, rest: &'t str) -> usize {
        let len = rest.char_indices().skip(1).find(|(_, c)| *c == '<').map_or(rest.len(), |(at, _)| at);
        self.push(Piece::Text(&rest[..len]));
        len
    }

    fn name(&self, at: usize) -> &'t str {
        match self.tokens[at].piece {
            Piece::Open(tag) => tag.name,
            _ => "",
        }
    }

    fn close(&mut self, depth: usize) {
        let end = self.tokens.len();
        for open in self.open.drain(depth..) {
            self.tokens[open].end = end;
        }
    }

    fn tag(&mut self, tag: Tag<'t>) -> Option<()> {
        if tag.closes {
            let own = self.open.iter().rposition(|open| tag.is(self.name(*open)));
            if let Some(depth) = own {
                self.close(depth);
                self.push(Piece::Close(tag.name));
            }
            return Some(());
        }
        if self.dialect == Dialect::Xml && tag.is_empty {
            self.push(Piece::Open(tag));
            return Some(());
        }
        let is_html = self.dialect == Dialect::Html;
        let is_sibling = |name: &str| SIBLINGS.iter().any(|known| tag.is(known)) && tag.is(name);
        if let Some(last) = self.open.last().copied().filter(|last| is_html && is_sibling(self.name(*last))) {
            let name = self.name(last);
            self.close(self.open.len() - 1);
            self.push(Piece::Close(name));
        }
        if is_html && EMPTY.iter().any(|known| tag.is(known)) {
            self.push(Piece::Open(tag));
            return Some(());
        }
        self.open.push(self.tokens.len());
        self.push(Piece::Open(tag));
        (self.open.len() <= DEPTH).then_some(())
    }

    /// Reads the characters of an element that has no tags in it; returns their bytes.
    fn raw(&mut self, tag: Tag<'t>, rest: &'t str) -> usize {
        if tag.closes || self.dialect == Dialect::Xml || !RAW.iter().any(|known| tag.is(known)) {
            return 0;
        }
        let closes = |at: &usize| {
            let name = rest.as_bytes().get(at + 2..at + 2 + tag.name.len());
            name.is_some_and(|name| name.eq_ignore_ascii_case(tag.name.as_bytes()))
        };
        let len = rest.match_indices("</").map(|(at, _)| at).find(closes).unwrap_or(rest.len());
        if len > 0 {
            self.push(Piece::Text(&rest[..len]));
        }
        len
    }
}
