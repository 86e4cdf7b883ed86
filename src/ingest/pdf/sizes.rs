//! Bounds what a file unpacks before the parser does.
//!
//! The parser unpacks groups of objects and fonts by itself and keeps them, however large they become. So the packed parts
//! of a file are looked for in its bytes, and where they could become too much together, each is unpacked once to be
//! counted, and thrown away. Images are left out: nobody unpacks them. Linear in the bytes, packed and unpacked.

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;

use super::limits;
use super::unpack::beyond;
use crate::ingest::error::{Limit, ReadError};

/// The most that a packed byte becomes.
const RATIO: usize = 1032;
/// Bytes before a stream in which its description is looked for.
const DESCRIPTION: usize = 2048;

/// A packed part of a file.
struct Part<'b> {
    description: &'b [u8],
    packed: &'b [u8],
}

impl Part<'_> {
    fn says(&self, name: &[u8]) -> bool {
        memmem::find(self.description, name).is_some()
    }

    /// Whether it is a group of objects, which the parser keeps.
    fn holds_objects(&self) -> bool {
        self.says(b"ObjStm") || self.says(b"XRef")
    }

    fn is_image(&self) -> bool {
        self.says(b"/Image") && !self.holds_objects()
    }

    /// How often it is packed, one in the other.
    fn packings(&self) -> usize {
        let names: [&[u8]; 3] = [b"FlateDecode", b"LZWDecode", b"RunLengthDecode"];
        names.iter().map(|name| memmem::find_iter(self.description, name).count()).sum()
    }
}

/// Looks at all packed parts of a file.
pub(super) fn check(file: &[u8]) -> Result<(), ReadError> {
    let (mut objects, mut others) = (0usize, 0usize);
    for part in parts(file).filter(|part| !part.is_image()) {
        if part.packings() > 1 {
            return Err(beyond(Limit::Nesting, 1));
        }
        *(if part.holds_objects() { &mut objects } else { &mut others }) += part.packed.len();
    }
    let can_be = |packed: usize| packed.saturating_mul(RATIO);
    if can_be(objects) <= limits::ALL_OBJECT_BYTES && can_be(others) <= limits::ALL_PART_BYTES {
        return Ok(());
    }
    let (mut objects, mut others) = (0usize, 0usize);
    for part in parts(file).filter(|part| !part.is_image()) {
        let size = unpacked_size(part.packed)?;
        let (total, most) = if part.holds_objects() {
            (&mut objects, limits::ALL_OBJECT_BYTES)
        } else {
            (&mut others, limits::ALL_PART_BYTES)
        };
        *total += size;
        if *total > most {
            return Err(beyond(Limit::UnpackedBytes, most));
        }
    }
    Ok(())
}

/// The packed parts of a file, in order.
fn parts(file: &[u8]) -> impl Iterator<Item = Part<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let found = at + memmem::find(&file[at..], b"stream")?;
            at = found + b"stream".len();
            if file[..found].ends_with(b"end") {
                continue;
            }
            let data = at;
            let len = memmem::find(&file[data..], b"endstream").unwrap_or(file.len() - data);
            at = data + len;
            let before = &file[found.saturating_sub(DESCRIPTION)..found];
            let own = memmem::rfind(before, b"obj").map_or(before, |object| &before[object..]);
            let packed = file[data..data + len].trim_ascii_start();
            return Some(Part { description: own, packed });
        }
    })
}

/// How many bytes a part unpacks, as far as it is packed in the usual way.
fn unpacked_size(packed: &[u8]) -> Result<usize, ReadError> {
    let (mut state, mut page) = (Decompress::new(true), vec![0; 1 << 16]);
    loop {
        let (read, made) = (state.total_in(), state.total_out());
        let from = usize::try_from(read).unwrap_or(usize::MAX).min(packed.len());
        let status = state.decompress(&packed[from..], &mut page, FlushDecompress::None);
        let size = usize::try_from(state.total_out()).unwrap_or(usize::MAX);
        if size > limits::OBJECT_BYTES {
            return Err(beyond(Limit::UnpackedBytes, limits::OBJECT_BYTES));
        }
        let has_moved = state.total_in() > read || state.total_out() > made;
        if !matches!(status, Ok(Status::Ok | Status::BufError)) || !has_moved {
            return Ok(size);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn packed(megabytes: usize) -> Vec<u8> {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        (0..megabytes).for_each(|_| packer.write_all(&vec![0; 1 << 20]).expect("memory takes it"));
        packer.finish().expect("memory takes it")
    }

    fn file(description: &str, packed: &[u8], times: usize) -> Vec<u8> {
        let part = [b"1 0 obj <<", description.as_bytes(), b">> stream\r\n", packed, b"\nendstream endobj\n"].concat();
        part.repeat(times)
    }

    #[test]
    fn parts_that_unpack_too_much_are_refused() {
        let small = packed(60);
        assert_eq!(check(&file("/Type /ObjStm /Filter /FlateDecode", &small, 1)), Ok(()));
        let limit = |most| Err(beyond(Limit::UnpackedBytes, most));
        assert_eq!(check(&file("/Filter /FlateDecode", &packed(65), 11)), limit(limits::OBJECT_BYTES));
        assert_eq!(check(&file("/Type /ObjStm /Filter /FlateDecode", &small, 3)), limit(limits::ALL_OBJECT_BYTES));
        assert_eq!(check(&file("/Subtype /Image /Filter /FlateDecode", &packed(65), 9)), Ok(()));
    }

    #[test]
    fn a_part_packed_twice_is_refused() {
        let twice = file("/Filter [/FlateDecode /FlateDecode]", &packed(1), 1);
        assert_eq!(check(&twice), Err(beyond(Limit::Nesting, 1)));
    }
}
