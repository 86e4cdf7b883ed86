//! Unpacks streams of drawing operators, and never more than the limits allow.
//!
//! A stream of a few bytes may unpack a gigabyte, so nothing is unpacked before its size is bounded: what is packed in the
//! usual way is unpacked here, step by step; what is packed otherwise is left to the parser where it is short.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::object::{Array, Dict, Stream};
use hayro_syntax::{Filter, object::Object};

use super::limits;
use crate::ingest::error::{Limit, ReadError};
use crate::text::FileFormat;

/// The error of a document that is beyond a limit.
pub(super) const fn beyond(limit: Limit, most: usize) -> ReadError {
    ReadError::Limit { format: FileFormat::Pdf, limit, most }
}

/// Bytes of a stream that the parser may unpack by itself: no packing of those makes more than a thousandfold of it.
const SHORT: usize = 64 << 10;

/// The error of a document that can't be taken apart.
pub(super) fn damaged(fault: impl Into<Box<str>>) -> ReadError {
    ReadError::Damaged { format: FileFormat::Pdf, fault: fault.into() }
}

/// What may still be done for a document.
#[derive(Debug)]
pub(super) struct Budget {
    /// Drawing operators.
    operations: usize,
    /// Glyphs.
    glyphs: usize,
    /// Bytes to unpack.
    bytes: usize,
}

impl Budget {
    /// All that the limits allow.
    pub(super) const fn new() -> Self {
        Self { operations: limits::OPERATIONS, glyphs: limits::GLYPHS, bytes: limits::ALL_STREAM_BYTES }
    }

    /// Takes operators.
    pub(super) fn operate(&mut self, operations: usize) -> Result<(), ReadError> {
        let left = self.operations.checked_sub(operations);
        self.operations = left.ok_or(beyond(Limit::Operations, limits::OPERATIONS))?;
        Ok(())
    }

    /// Takes a glyph.
    pub(super) fn draw(&mut self) -> Result<(), ReadError> {
        self.glyphs = self.glyphs.checked_sub(1).ok_or(beyond(Limit::Glyphs, limits::GLYPHS))?;
        Ok(())
    }

    /// Unpacks a stream; `None` where it is damaged, or packed as images are.
    pub(super) fn unpack<'a>(&mut self, stream: &Stream<'a>) -> Result<Option<Cow<'a, [u8]>>, ReadError> {
        let filters = stream.filters();
        if filters.len() > limits::FILTERS {
            return Err(beyond(Limit::Nesting, limits::FILTERS));
        }
        let raw = stream.raw_data();
        let unpacked = match filters.as_slice() {
            [] => Some(raw),
            [Filter::FlateDecode] if !has_predictor(stream.dict()) => inflate(&raw)?.map(Cow::Owned),
            [Filter::Ascii85Decode, Filter::FlateDecode] if !has_predictor(stream.dict()) => {
                inflate(&of_ascii_85(&raw))?.map(Cow::Owned)
            }
            all if all.iter().any(is_of_images) => None,
            _ if raw.len() <= SHORT => stream.decoded_data().ok(),
            _ => return Err(beyond(Limit::UnpackedBytes, limits::STREAM_BYTES)),
        };
        let size = unpacked.as_ref().map_or(0, |bytes| bytes.len());
        self.bytes = self.bytes.checked_sub(size).ok_or(beyond(Limit::UnpackedBytes, limits::ALL_STREAM_BYTES))?;
        Ok(unpacked)
    }
}

/// Whether a filter is one of images.
const fn is_of_images(filter: &Filter) -> bool {
    matches!(filter, Filter::DctDecode | Filter::JpxDecode | Filter::Jbig2Decode | Filter::CcittFaxDecode)
}

/// Whether what is unpacked has to be put together from differences.
fn has_predictor(dict: &Dict<'_>) -> bool {
    let predicts = |dict: Dict<'_>| dict.get::<i32>(b"Predictor".as_slice()).is_some_and(|predictor| predictor > 1);
    [b"DecodeParms".as_slice(), b"DP"].into_iter().any(|key| {
        let many = dict.get::<Array<'_>>(key);
        dict.get::<Dict<'_>>(key).is_some_and(predicts)
            || many.is_some_and(|many| many.iter::<Object<'_>>().filter_map(Object::into_dict).any(predicts))
    })
}

/// Unpacks bytes; `None` where they are damaged. Some programs end them with a wrong checksum, which is no damage.
pub(super) fn inflate(packed: &[u8]) -> Result<Option<Vec<u8>>, ReadError> {
    if let Some(bytes) = inflate_with(Decompress::new(true), packed)? {
        return Ok(Some(bytes));
    }
    let bare = packed.get(HEADER..).unwrap_or_default();
    inflate_with(Decompress::new(false), bare)
}

/// Bytes of the header of packed bytes.
const HEADER: usize = 2;

fn inflate_with(mut state: Decompress, packed: &[u8]) -> Result<Option<Vec<u8>>, ReadError> {
    let mut unpacked = Vec::with_capacity((packed.len() * 4).min(limits::STREAM_BYTES));
    loop {
        let read = usize::try_from(state.total_in()).unwrap_or(usize::MAX).min(packed.len());
        if unpacked.len() == unpacked.capacity() {
            unpacked.reserve(unpacked.len().max(1 << 12));
        }
        let before = unpacked.len();
        let status = state.decompress_vec(&packed[read..], &mut unpacked, FlushDecompress::None);
        if unpacked.len() > limits::STREAM_BYTES {
            return Err(beyond(Limit::UnpackedBytes, limits::STREAM_BYTES));
        }
        let has_moved = unpacked.len() > before || state.total_in() > read as u64;
        match status {
            Ok(Status::StreamEnd) => return Ok(Some(unpacked)),
            Ok(_) if has_moved => {}
            _ => return Ok(None),
        }
    }
}

/// The bytes that letters of base 85 stand for, up to the first that is none.
fn of_ascii_85(letters: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(letters.len() / 5 * 4);
    let (mut group, mut len) = ([84u8; 5], 0);
    let value = |group: [u8; 5]| {
        group.iter().fold(0u32, |value, digit| value.wrapping_mul(85).wrapping_add(u32::from(*digit))).to_be_bytes()
    };
    for letter in letters.iter().filter(|letter| !letter.is_ascii_whitespace() && **letter != 0) {
        match letter {
            b'z' if len == 0 => bytes.extend([0; 4]),
            b'!'..=b'u' => {
                group[len] = letter - b'!';
                len += 1;
                if len == 5 {
                    bytes.extend(value(group));
                    (group, len) = ([84; 5], 0);
                }
            }
            _ => break,
        }
    }
    if len > 1 {
        bytes.extend(&value(group)[..len - 1]);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_base_85_are_bytes() {
        assert_eq!(of_ascii_85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(of_ascii_85(b"87cUR\nDZ~>"), b"Hello");
    }

    #[test]
    fn a_stream_without_end_is_refused() {
        use std::io::Write as _;
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        let zeros = vec![0u8; 1 << 20];
        for _ in 0..=limits::STREAM_BYTES >> 20 {
            packer.write_all(&zeros).expect("memory takes it");
        }
        let packed = packer.finish().expect("memory takes it");
        assert_eq!(inflate(&packed), Err(beyond(Limit::UnpackedBytes, limits::STREAM_BYTES)));
    }

    #[test]
    fn what_breaks_off_is_damaged_and_a_wrong_checksum_is_not() {
        use std::io::Write as _;
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(b"The Sides agree. ").expect("memory takes it");
        let mut packed = packer.finish().expect("memory takes it");
        *packed.last_mut().expect("a checksum") ^= 1;
        assert_eq!(inflate(&packed), Ok(Some(b"The Sides agree. ".to_vec())));
        packed.truncate(packed.len() - 8);
        assert_eq!(inflate(&packed), Ok(None));
    }
}
