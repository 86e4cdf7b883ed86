//! What a reader of a format does, whichever format it is.

use std::borrow::Cow;

use super::error::ReadError;
use super::extract::Extract;
use super::source::Options;

/// How sure a reader is that a source is of its format, the least sure first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Confidence {
    /// It is not.
    No,
    /// Nothing speaks against it.
    Possible,
    /// Its name says so.
    Likely,
    /// Its bytes say so: no other format begins with them.
    Certain,
}

/// A reader of one format: from bytes to a text and what the format knows beside it.
///
/// It finds characters and leaves it to the passes what they say: page numbers, footnotes, paragraphs. See [`Extract`]
/// for what it fills in.
pub trait Reader: Sync {
    /// How the names of files of the format end, without the dot.
    fn endings(&self) -> &'static [&'static str];

    /// How sure it is that bytes are of its format. A name is given where there is one; it may be a path.
    fn detect(&self, bytes: &[u8], name: Option<&str>) -> Confidence;

    /// Reads bytes. Those that are handed over may become the text without a copy.
    ///
    /// # Errors
    /// [`ReadError`] where they are not of the format, or damaged.
    fn read(&self, bytes: Cow<'_, [u8]>, options: Options<'_>) -> Result<Extract, ReadError>;

    /// Whether a name ends as files of the format do, whatever its case.
    fn is_named(&self, name: &str) -> bool {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        self.endings().iter().any(|own| own.eq_ignore_ascii_case(ending))
    }
}

/// The reader that is surest of a source; of several as sure, the first. `None` where each says no.
pub(super) fn surest<'r>(readers: &[&'r dyn Reader], bytes: &[u8], name: Option<&str>) -> Option<&'r dyn Reader> {
    let sure = readers.iter().map(|reader| (reader.detect(bytes, name), *reader));
    let sure = sure.filter(|(confidence, _)| *confidence > Confidence::No);
    // `max_by_key` gives the last of several.
    sure.rev().max_by_key(|(confidence, _)| *confidence).map(|(_, reader)| reader)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A format that is known by its first byte, or else by its name.
    struct Marked(u8, &'static [&'static str]);

    impl Reader for Marked {
        fn endings(&self) -> &'static [&'static str] {
            self.1
        }

        fn detect(&self, bytes: &[u8], name: Option<&str>) -> Confidence {
            match (bytes.first() == Some(&self.0), name.is_some_and(|name| self.is_named(name))) {
                (true, _) => Confidence::Certain,
                (false, true) => Confidence::Likely,
                (false, false) => Confidence::No,
            }
        }

        fn read(&self, _: Cow<'_, [u8]>, _: Options<'_>) -> Result<Extract, ReadError> {
            Ok(Extract { encoding: self.1[0], ..Extract::default() })
        }
    }

    fn chosen(bytes: &[u8], name: Option<&str>) -> Option<&'static str> {
        let (first, second) = (Marked(b'A', &["one"]), Marked(b'B', &["two", "zwei"]));
        let reader = surest(&[&first, &second], bytes, name)?;
        Some(reader.read(bytes.into(), Options::default()).expect("read").encoding)
    }

    #[test]
    fn bytes_say_more_than_a_name_and_a_name_more_than_nothing() {
        assert_eq!(chosen(b"B", Some("a.one")), Some("two"));
        assert_eq!(chosen(b"?", Some("folder/a.ZWEI")), Some("two"));
        assert_eq!(chosen(b"?", Some("a.one")), Some("one"));
        assert_eq!(chosen(b"?", Some("zwei")), None);
        assert_eq!(chosen(b"A", None), Some("one"));
    }
}
