//! Which part of a page is the statement, and what stands around it.
//!
//! A page names its main part (`main`, a single `article`); where it does not, all of its body is. Inside it, menus, banners,
//! forms and notices on cookies show by their elements or by what they are called, and are left out unless they hold so much
//! of the text that the name must be wrong.

use std::ops::Range;

use crate::ingest::tags::Tag;
use crate::ingest::tokens::{Piece, Token};
use crate::language::common;

/// Most headings that may be the title of a page.
const HEADINGS: usize = 8;
/// Share of the characters of a statement, in hundredths, that nothing around it has.
const SHARE: usize = 40;
/// Fewest characters of the main part of a page.
const SHORTEST: usize = 40;

/// Elements that never hold a statement.
const NEVER: [&str; 16] = [
    "head", "script", "style", "noscript", "template", "iframe", "svg", "button", "select", "object", "canvas",
    "video", "audio", "textarea", "math", "dialog",
];
/// Elements that rarely do.
const RARELY: [&str; 3] = ["nav", "form", "aside"];
/// Elements that are around a statement where they stand outside its main part.
const OUTSIDE: [&str; 2] = ["header", "footer"];

/// A page and what of it is the statement.
pub(super) struct Page<'t> {
    pub(super) tokens: Vec<Token<'t>>,
    /// The tokens of the statement.
    pub(super) body: Range<usize>,
    /// The code of its language.
    pub(super) language: Option<&'t str>,
    /// Characters of text before each token.
    sums: Vec<usize>,
    has_main: bool,
}

impl<'t> Page<'t> {
    pub(super) fn of(tokens: Vec<Token<'t>>) -> Self {
        let mut sums = Vec::with_capacity(tokens.len() + 1);
        let (mut sum, mut raw) = (0, 0);
        for (at, token) in tokens.iter().enumerate() {
            sums.push(sum);
            match token.piece {
                Piece::Open(tag) if NEVER.iter().any(|name| tag.is(name)) => raw = raw.max(token.end),
                Piece::Text(text) if at >= raw => sum += text.chars().filter(|c| c.is_alphanumeric()).count(),
                _ => {}
            }
        }
        sums.push(sum);
        let all = 0..tokens.len();
        let mut page = Self { tokens, body: all, language: None, sums, has_main: false };
        let main = page.main();
        page.language = page.language(main.clone());
        page.has_main = main.is_some();
        page.body = main.unwrap_or(page.body.clone());
        page
    }

    fn opened(&self) -> impl Iterator<Item = (usize, Tag<'t>)> + '_ {
        self.tokens.iter().enumerate().filter_map(|(at, token)| match token.piece {
            Piece::Open(tag) => Some((at, tag)),
            _ => None,
        })
    }

    /// How many letters and digits these tokens have.
    fn letters(&self, range: &Range<usize>) -> usize {
        self.sums[range.end.min(self.tokens.len())] - self.sums[range.start]
    }

    fn main(&self) -> Option<Range<usize>> {
        let range = |at: usize| at..self.tokens[at].end;
        let is_main = |tag: &Tag<'_>| tag.is("main") || tag.attribute("role") == Some("main");
        let main = self.opened().find(|(_, tag)| is_main(tag)).map(|(at, _)| range(at));
        let articles: Vec<usize> =
            self.opened().filter(|(_, tag)| tag.is("article")).map(|(at, _)| at).take(2).collect();
        let only = if let [only] = articles[..] { Some(range(only)) } else { None };
        let article = only
            .filter(|article| main.as_ref().is_none_or(|main| main.start < article.start && article.end <= main.end));
        // What stands in the main part beside its only article is of the page, if the article has most of it.
        let article = article.filter(|article| {
            main.as_ref().is_none_or(|main| self.letters(article) * 2 > self.letters(main))
                && self.letters(article) >= SHORTEST
        });
        article.or(main).filter(|main| self.letters(main) >= SHORTEST)
    }

    fn language(&self, main: Option<Range<usize>>) -> Option<&'t str> {
        let own = main.and_then(|main| match self.tokens[main.start].piece {
            Piece::Open(tag) => tag.attribute("lang"),
            _ => None,
        });
        let whole = || {
            let root = |tag: &Tag<'_>| tag.is("html") || tag.is("body");
            self.opened()
                .take(200)
                .filter(|(_, tag)| root(tag))
                .find_map(|(_, tag)| tag.attribute("lang").or(tag.attribute("xml:lang")))
        };
        own.or_else(whole).map(|code| code.split(['-', '_']).next().unwrap_or(code)).filter(|code| !code.is_empty())
    }

    /// The heading of the page, where it stands before the main part and that has none.
    pub(super) fn title(&self) -> Option<Range<usize>> {
        let first = self
            .opened()
            .filter(|(_, tag)| tag.is("h1"))
            .take(HEADINGS)
            .find(|(at, _)| !self.is_around_any(*at))
            .map(|(at, _)| at)?;
        (first < self.body.start).then(|| first..self.tokens[first].end)
    }

    fn is_around_any(&self, at: usize) -> bool {
        self.opened()
            .take_while(|(outer, _)| *outer < at)
            .any(|(outer, tag)| self.tokens[outer].end > at && NEVER.iter().chain(&RARELY).any(|name| tag.is(name)))
    }

    /// Whether an element is around the statement and none of it.
    pub(super) fn is_around(&self, at: usize, tag: &Tag<'_>) -> bool {
        let is = |names: &[&str]| names.iter().any(|name| tag.is(name));
        if is(&NEVER) {
            return true;
        }
        let outside = !self.has_main && is(&OUTSIDE);
        if !(outside || is(&RARELY) || is_called_so(tag)) || tag.is("body") || tag.is("html") {
            return false;
        }
        let range = at..self.tokens[at].end;
        let has_title = self.tokens[range.clone()]
            .iter()
            .take(TITLED)
            .any(|token| matches!(token.piece, Piece::Open(tag) if tag.is("h1") || tag.is("main")));
        self.letters(&range) * 100 <= self.letters(&self.body) * SHARE && (tag.is("nav") || !has_title)
    }
}

/// Most tokens in which a title is looked for.
const TITLED: usize = 400;

/// Whether an element is called as menus, banners and notices are.
fn is_called_so(tag: &Tag<'_>) -> bool {
    let names = ["class", "id", "role"].into_iter().filter_map(|name| tag.attribute(name));
    let mut words = names.flat_map(|value| value.split(|c: char| !c.is_ascii_alphanumeric()));
    words.any(|word| common().around.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// Whether nobody sees an element.
pub(super) fn is_hidden(tag: &Tag<'_>) -> bool {
    let style = || tag.attribute("style").map(|style| style.to_ascii_lowercase().replace(' ', ""));
    tag.attribute("hidden").is_some()
        || style().is_some_and(|style| style.contains("display:none") || style.contains("visibility:hidden"))
}
