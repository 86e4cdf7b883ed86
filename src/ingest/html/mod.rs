//! The reader of HTML: `tags → page → blocks → text with layout`.
//!
//! A page of an official site is a statement with much around it. The reader finds the statement, leaves out menus, banners and
//! notices (and says so), and writes its blocks as a text: headings, items with the labels that their lists count, rows of
//! tables, footnotes. Markup, attributes and addresses are no words. Nothing that a page names is fetched, and no script runs.

mod lists;
mod notes;
mod page;
mod walk;

use std::borrow::Cow;

use self::page::Page;
use self::walk::Walk;
use super::error::{Limit, ReadError};
use super::extract::Extract;
use super::reader::{Confidence, Reader};
use super::sheet::Sheet;
use super::source::Options;
use super::tags;
use super::tokens::{self, Dialect};
use crate::text::{self, FileFormat};

/// HyperText Markup Language.
pub(super) struct Html;

/// Bytes among which a page names its encoding.
const HEAD: usize = 4096;
/// Elements that a part of a page begins with.
const BEGINNINGS: [&str; 14] =
    ["body", "head", "div", "p", "article", "section", "main", "table", "h1", "h2", "ul", "ol", "header", "title"];

impl Reader for Html {
    fn endings(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn detect(&self, bytes: &[u8], _: Option<&str>) -> Confidence {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
        let mut rest = head.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
        while let Some(len) = tags::aside(rest) {
            if rest[..len].to_ascii_lowercase().starts_with("<!doctype html") {
                return Confidence::Certain;
            }
            rest = rest[len..].trim_start();
        }
        match tags::tag(rest, tags::SHORT) {
            Some(tag) if tag.is("html") => Confidence::Certain,
            Some(tag) if BEGINNINGS.iter().any(|name| tag.is(name)) && is_closed(bytes, tag.name) => {
                Confidence::Certain
            }
            _ => Confidence::No,
        }
    }

    fn read(&self, bytes: Cow<'_, [u8]>, options: Options<'_>) -> Result<Extract, ReadError> {
        let (text, encoding) = decode(bytes, options)?;
        let beyond = || ReadError::Limit { format: FileFormat::Html, limit: Limit::Nesting, most: tokens::DEPTH };
        let page = Page::of(tokens::tokens(&text, Dialect::Html).ok_or_else(beyond)?);
        let mut sheet = Sheet::with_capacity(text.len() / 2);
        Walk::new(&page, &mut sheet).write();
        Ok(sheet.finish(encoding, page.language))
    }
}

/// Whether the element that a source begins with is closed somewhere.
fn is_closed(bytes: &[u8], name: &str) -> bool {
    memchr::memmem::find(bytes, format!("</{name}").as_bytes()).is_some()
}

/// The characters of a page: in the encoding that it names, where it is not of Unicode.
fn decode(bytes: Cow<'_, [u8]>, options: Options<'_>) -> Result<(String, &'static str), ReadError> {
    if std::str::from_utf8(&bytes).is_err()
        && let Some(encoding) = named_encoding(&bytes)
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&bytes)
    {
        return Ok((text.into_owned(), encoding.name()));
    }
    let text::DecodedText { text, encoding } = text::decode(bytes, options.catalogue)?;
    Ok((text, encoding))
}

fn named_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let at = head.find("charset=").map(|at| at + 8).or_else(|| head.find("encoding=").map(|at| at + 9))?;
    let name = head[at..].trim_start_matches(['"', '\'']);
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(name.len());
    encoding_rs::Encoding::for_label(&name.as_bytes()[..end])
}

/// Writes a part of a page that stands in another format. `None` where elements stand too deep in each other.
pub(super) fn write_part(text: &str, sheet: &mut Sheet) -> Option<()> {
    let line = sheet.line;
    let page = Page::of(tokens::tokens(text, Dialect::Html)?);
    Walk::new(&page, sheet).starting_at(line).write();
    Some(())
}
