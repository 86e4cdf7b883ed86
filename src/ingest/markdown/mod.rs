//! The reader of Markdown, as trackers and archives store statements: `lines → blocks → marks inside them → text with layout`.
//!
//! How a page is marked up changes nothing in what it says: marks go, and are told among what was left out. What is no mark
//! stays as it is typed. Footnotes, tables, headings and items are told to the passes as what they are.

mod blocks;
mod detect;
mod front;
mod inline;
mod references;
mod tables;

use std::borrow::Cow;

use self::references::References;
use super::error::ReadError;
use super::extract::Extract;
use super::reader::{Confidence, Reader};
use super::sheet::Sheet;
use super::source::Options;
use crate::text;

/// Markdown.
pub(super) struct Markdown;

impl Reader for Markdown {
    fn endings(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    /// A name tells nothing: plain text is called so, and Markdown is not.
    fn detect(&self, bytes: &[u8], _: Option<&str>) -> Confidence {
        let is_markdown = std::str::from_utf8(bytes).is_ok_and(detect::is_markdown);
        if is_markdown { Confidence::Likely } else { Confidence::No }
    }

    fn read(&self, bytes: Cow<'_, [u8]>, options: Options<'_>) -> Result<Extract, ReadError> {
        let text::DecodedText { text, encoding } = text::decode(bytes, options.catalogue)?;
        Ok(read(&text, encoding))
    }
}

fn read(text: &str, encoding: &'static str) -> Extract {
    let lines: Vec<&str> = text.split('\n').collect();
    let references = References::of(&lines);
    let mut sheet = Sheet::with_capacity(text.len());
    let front = front::lines(&lines);
    if front > 0 {
        front::write(&lines[..front], &mut sheet);
    }
    blocks::write(&lines[front..], front + 1, &references, &mut sheet);
    sheet.finish(encoding, None)
}
