//! From bytes to characters.
//!
//! UTF-8, UTF-16 with or without a byte order mark, and the single- and double-byte encodings that official texts of the
//! six languages came in. A legacy encoding is a guess: it stands only if the whole text decodes, shows no C1 control and no private-use
//! characters, and reads as a language that is written in that script. Otherwise the text is refused with what was seen.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::language::Catalogue;

use super::{
    chars,
    identify::{identify, script_of},
};

/// Most bytes a source may have: 256 MiB. A statement of ten thousand pages has about 30 MB.
pub(crate) const MOST_BYTES: usize = 256 << 20;

/// A text and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DecodedText {
    /// The characters, without a byte order mark.
    pub(crate) text: String,
    /// Name of the encoding, as the Encoding Standard has it.
    pub(crate) encoding: &'static str,
}

/// Why bytes are no text.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// No byte, or white space only.
    #[error("it holds no text: {bytes} bytes, all white space")]
    Empty {
        /// Size of the source.
        bytes: usize,
    },
    /// Longer than 256 MiB.
    #[error("it has {bytes} bytes, and at most {} are read", MOST_BYTES)]
    TooLong {
        /// Size of the source.
        bytes: usize,
    },
    /// A file format that is not plain text.
    #[error("it is {format}, which is not read")]
    Format {
        /// What the first bytes say it is.
        format: FileFormat,
    },
    /// Control characters of binary data.
    #[error(
        "it is binary data, not text: byte {offset} is {byte:#04x}, and {share} of 100 bytes are control characters"
    )]
    Binary {
        /// The first control character.
        offset: usize,
        /// Its value.
        byte: u8,
        /// Share of control characters in 100 bytes.
        share: usize,
    },
    /// UTF-8 but for some bytes.
    #[error("it is damaged UTF-8: line {line}, byte {offset} begins no character ({byte:#04x})")]
    DamagedUtf8 {
        /// Line of the first fault, from 1.
        line: usize,
        /// Its byte, from 0.
        offset: usize,
        /// Its value.
        byte: u8,
    },
    /// UTF-16 with half a pair.
    #[error("it is damaged UTF-16 ({encoding}): a surrogate stands alone, or half a character is missing at the end")]
    DamagedUtf16 {
        /// Which byte order.
        encoding: &'static str,
    },
    /// No encoding explains it.
    #[error(
        "its encoding can't be told: it is not UTF-8 (line {line}, byte {offset}), and as {guess} it reads as no known language"
    )]
    Unknown {
        /// Line of the first byte that is no UTF-8, from 1.
        line: usize,
        /// That byte, from 0.
        offset: usize,
        /// The likeliest legacy encoding.
        guess: &'static str,
    },
}

/// A format that its first bytes tell, and that is no plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileFormat {
    /// Portable Document Format.
    Pdf,
    /// A document of Word: Office Open XML.
    Docx,
    /// A ZIP container: ODT, or an archive.
    Zip,
    /// A document of old Office programs (DOC, XLS): an OLE 2 container.
    OldOffice,
    /// A document of WordPerfect.
    WordPerfect,
    /// Rich Text Format.
    Rtf,
    /// A gzip archive.
    Gzip,
    /// A PNG image.
    Png,
    /// A JPEG image.
    Jpeg,
    /// A TIFF image.
    Tiff,
    /// A program.
    Program,
    /// A page of HTML.
    Html,
    /// A document of Akoma Ntoso.
    AkomaNtoso,
}

impl FileFormat {
    /// The format that the first bytes of a file tell.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, format)| *format)
    }

    /// Whether it is an image, which has no characters.
    #[must_use]
    pub const fn is_image(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Tiff)
    }
}

impl std::fmt::Display for FileFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Pdf => "a PDF",
            Self::Docx => "a Word document (DOCX)",
            Self::Zip => "a ZIP container (an archive, ODT or the like)",
            Self::OldOffice => "an old Office document (DOC)",
            Self::WordPerfect => "a WordPerfect document",
            Self::Rtf => "an RTF document",
            Self::Gzip => "a gzip archive",
            Self::Png => "a PNG image",
            Self::Jpeg => "a JPEG image",
            Self::Tiff => "a TIFF image",
            Self::Program => "a program",
            Self::Html => "HTML",
            Self::AkomaNtoso => "Akoma Ntoso",
        })
    }
}

/// What files of each format begin with.
const MAGIC: [(&[u8], FileFormat); 11] = [
    (b"%PDF-", FileFormat::Pdf),
    (b"PK\x03\x04", FileFormat::Zip),
    (b"\xD0\xCF\x11\xE0", FileFormat::OldOffice),
    (b"\xFFWPC", FileFormat::WordPerfect),
    (b"{\\rtf", FileFormat::Rtf),
    (b"\x1F\x8B", FileFormat::Gzip),
    (b"\x89PNG", FileFormat::Png),
    (b"\xFF\xD8\xFF", FileFormat::Jpeg),
    (b"II*\x00", FileFormat::Tiff),
    (b"MM\x00*", FileFormat::Tiff),
    (b"\x7FELF", FileFormat::Program),
];

/// Reads bytes as text. A legacy encoding is a guess, which holds where the text is in a language of the catalogue.
///
/// # Errors
/// [`DecodeError`] where the bytes are no text, are empty, or fit no encoding for sure.
pub(crate) fn decode<'b>(bytes: impl Into<Cow<'b, [u8]>>, catalogue: &Catalogue) -> Result<DecodedText, DecodeError> {
    let bytes = bytes.into();
    if bytes.len() > MOST_BYTES {
        return Err(DecodeError::TooLong { bytes: bytes.len() });
    }
    if let Some(format) = FileFormat::of(&bytes) {
        return Err(DecodeError::Format { format });
    }
    let size = bytes.len();
    let decoded = match Encoding::for_bom(&bytes) {
        Some((encoding, skip)) if encoding == UTF_8 => utf8(Cow::Borrowed(&bytes[skip..]), catalogue)?,
        Some((encoding, skip)) => utf16(&bytes[skip..], encoding)?,
        None => match utf16_without_mark(&bytes) {
            Some(encoding) => utf16(&bytes, encoding)?,
            None => utf8(bytes, catalogue)?,
        },
    };
    check(&decoded, size)?;
    Ok(decoded)
}

fn utf16(bytes: &[u8], encoding: &'static Encoding) -> Result<DecodedText, DecodeError> {
    let damaged = DecodeError::DamagedUtf16 { encoding: encoding.name() };
    if !bytes.len().is_multiple_of(2) {
        return Err(damaged);
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or(damaged)?;
    Ok(DecodedText { text: text.into_owned(), encoding: encoding.name() })
}

/// UTF-16 without a mark shows by line ends and spaces whose other byte is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(4096)];
    let count = |zero: usize, sign: usize| {
        sample
            .chunks_exact(2)
            .filter(|pair| pair[zero] == 0 && matches!(pair[sign], b'\t'..=b'\r' | b' '..=b'~'))
            .count()
    };
    let pairs = sample.len() / 2;
    let (little, big) = (count(1, 0), count(0, 1));
    if little.max(big) * 8 < pairs {
        return None;
    }
    let (found, encoding) = if little > big { (little, UTF_16LE) } else { (big, UTF_16BE) };
    let zeros = sample.iter().filter(|byte| **byte == 0).count();
    (zeros <= found + pairs / 50).then_some(encoding)
}

fn utf8(bytes: Cow<'_, [u8]>, catalogue: &Catalogue) -> Result<DecodedText, DecodeError> {
    let text = match bytes {
        Cow::Borrowed(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => return legacy(bytes, error.valid_up_to(), catalogue),
        },
        Cow::Owned(bytes) => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => return legacy(error.as_bytes(), error.utf8_error().valid_up_to(), catalogue),
        },
    };
    Ok(DecodedText { text, encoding: UTF_8.name() })
}

/// How many characters beyond ASCII are sound UTF-8, and how many runs of bytes are not.
fn utf8_soundness(bytes: &[u8]) -> (usize, usize) {
    let (mut sound, mut unsound, mut inside) = (0, 0, false);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        inside &= chunk.valid().is_empty();
        unsound += usize::from(!inside && !chunk.invalid().is_empty());
        inside = !chunk.invalid().is_empty();
    }
    (sound, unsound)
}

fn legacy(bytes: &[u8], offset: usize, catalogue: &Catalogue) -> Result<DecodedText, DecodeError> {
    let line = memchr::memchr_iter(b'\n', &bytes[..offset]).count() + 1;
    let (sound, unsound) = utf8_soundness(bytes);
    // Half of a surrogate pair written as UTF-8: no legacy encoding is meant.
    let surrogate = matches!(bytes[offset..], [0xED, 0xA0..=0xBF, 0x80..=0xBF, ..]);
    if surrogate || sound >= unsound * 2 {
        return Err(DecodeError::DamagedUtf8 { line, offset, byte: bytes[offset] });
    }
    let controls = binary_controls(bytes);
    if controls * 50 > bytes.len() {
        return Err(binary(bytes, controls));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let unknown = DecodeError::Unknown { line, offset, guess: encoding.name() };
    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else {
        return Err(unknown);
    };
    let odd = text.chars().any(|c| matches!(c, '\u{80}'..='\u{9F}' | '\u{FFFD}' | '\u{E000}'..='\u{F8FF}'));
    if odd || identify(&text, catalogue).is_none() || script_of(&text).is_none() {
        return Err(unknown);
    }
    Ok(DecodedText { text: text.into_owned(), encoding: encoding.name() })
}

/// Written without branches, so that sixteen bytes and more are looked at together.
const fn is_binary_control(byte: u8) -> bool {
    (byte <= 8) | (byte.wrapping_sub(0x0E) <= 0x0C) | (byte.wrapping_sub(0x1C) <= 3) | (byte == 0x7F)
}

fn binary_controls(bytes: &[u8]) -> usize {
    let count = |run: &[u8]| run.iter().map(|byte| u8::from(is_binary_control(*byte))).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|run| usize::from(count(run))).sum()
}

fn binary(bytes: &[u8], controls: usize) -> DecodeError {
    let offset = bytes.iter().position(|byte| is_binary_control(*byte)).unwrap_or(0);
    DecodeError::Binary {
        offset,
        byte: bytes.get(offset).copied().unwrap_or(0),
        share: controls * 100 / bytes.len().max(1),
    }
}

fn check(decoded: &DecodedText, size: usize) -> Result<(), DecodeError> {
    if decoded.text.chars().all(chars::is_space) {
        return Err(DecodeError::Empty { bytes: size });
    }
    let controls = binary_controls(decoded.text.as_bytes());
    if controls * 10 > decoded.text.len() {
        return Err(binary(decoded.text.as_bytes(), controls));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_utf8_and_utf16_with_and_without_marks() {
        let text = "Joint statement\nof the Sides: 战略稳定\n";
        let wide = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            wide(u16::to_le_bytes),
            wide(u16::to_be_bytes),
            [b"\xFF\xFE".to_vec(), wide(u16::to_le_bytes)].concat(),
        ] {
            assert_eq!(decode(bytes, Catalogue::shipped()).expect("a text").text, text);
        }
    }

    #[test]
    fn reads_legacy_encodings_it_can_tell() {
        let cases = [
            (
                encoding_rs::WINDOWS_1251,
                "Стороны вновь подтверждают свою приверженность укреплению стратегической стабильности в мире.",
            ),
            (encoding_rs::GBK, "双方重申致力于维护国际和地区的战略平衡与稳定，声明如下。"),
            (
                encoding_rs::WINDOWS_1252,
                "Les Parties réaffirment leur attachement à la stabilité stratégique et à la sécurité de la région.",
            ),
        ];
        for (encoding, text) in cases {
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(decode(bytes, Catalogue::shipped()).expect("a text").text, text);
        }
    }

    #[test]
    fn refuses_what_is_no_text() {
        assert!(matches!(decode(b"", Catalogue::shipped()), Err(DecodeError::Empty { bytes: 0 })));
        assert!(matches!(decode(b" \n\x0C ", Catalogue::shipped()), Err(DecodeError::Empty { .. })));
        assert!(matches!(decode(b"%PDF-1.7 ...", Catalogue::shipped()), Err(DecodeError::Format { .. })));
        assert!(matches!(
            decode([0u8, 1, 2, 3, 4, 5, 200, 201].repeat(20), Catalogue::shipped()),
            Err(DecodeError::Binary { .. })
        ));
        let lone = [
            b"The Sides agree \xE2\x80\x9Cto cooperate\xE2\x80\x9D and \xC3\xA9l\xC3\xA8ve.\n".as_slice(),
            b"lone \xED\xA0\x80",
        ]
        .concat();
        assert!(matches!(decode(&lone, Catalogue::shipped()), Err(DecodeError::DamagedUtf8 { line: 2, .. })));
        assert!(matches!(
            decode(b"The Sides agree\n\xED\xA0\x80", Catalogue::shipped()),
            Err(DecodeError::DamagedUtf8 { line: 2, .. })
        ));
        assert!(matches!(
            decode(b"\xFF\xFEa\x00\x00\xD8", Catalogue::shipped()),
            Err(DecodeError::DamagedUtf16 { .. })
        ));
    }
}
