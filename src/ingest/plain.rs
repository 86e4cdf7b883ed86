//! The reader of plain text: bytes to characters, and that is all that the format knows.

use std::borrow::Cow;

use super::error::ReadError;
use super::extract::Extract;
use super::reader::{Confidence, Reader};
use super::source::Options;
use crate::text;

/// Plain text in any encoding that [`text::decode`] knows.
pub(super) struct PlainText;

impl Reader for PlainText {
    fn endings(&self) -> &'static [&'static str] {
        &["txt"]
    }

    /// Any bytes may be text, whatever their name: what is none is told when they are read, and why.
    fn detect(&self, _: &[u8], name: Option<&str>) -> Confidence {
        if name.is_some_and(|name| self.is_named(name)) { Confidence::Likely } else { Confidence::Possible }
    }

    fn read(&self, bytes: Cow<'_, [u8]>, options: Options<'_>) -> Result<Extract, ReadError> {
        let text::DecodedText { text, encoding } = text::decode(bytes, options.catalogue)?;
        Ok(Extract { text, encoding, ..Extract::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anything_may_be_text() {
        assert_eq!(PlainText.detect(b"The Sides agree.", Some("a.TXT")), Confidence::Likely);
        assert_eq!(PlainText.detect(b"The Sides agree.", None), Confidence::Possible);
        let read = PlainText.read(b"%PDF-1.7"[..].into(), Options::default());
        assert!(matches!(read, Err(ReadError::Text(text::DecodeError::Format { .. }))));
    }

    #[test]
    fn plain_text_knows_its_characters_alone() {
        let extract = PlainText.read(b"The Sides agree.\n"[..].into(), Options::default()).expect("text");
        assert_eq!((extract.text.as_str(), extract.encoding), ("The Sides agree.\n", "UTF-8"));
        assert_eq!(extract.layout, super::super::layout::Layout::default());
    }
}
