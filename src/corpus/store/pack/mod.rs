//! Packs of blobs, each written as its difference from the one before it of the same series.
//!
//! Why not git's own packer: it compares every object with ten others, which for an import took ten times as long as the
//! rest of the work. Here the series is known, so that one comparison finds what ten would. git reads the pack like any
//! other: libgit2 checks every object of it and writes its index. Format: git's Documentation/gitformat-pack.

mod delta;

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
};

use flate2::{Compression, write::ZlibEncoder};
use sha1::{Digest as _, Sha1};

/// Longest chain of differences; a reader walks the whole chain. As git has it.
const MOST_DEPTH: u32 = 50;
const OFS_DELTA: u8 = 6;

/// An object to pack.
#[derive(Clone, Copy)]
pub(super) struct Blob<'a> {
    pub(super) id: git2::Oid,
    pub(super) bytes: &'a [u8],
}

/// Objects of a pack. Offsets in it are distances, so runs can be set one behind the other.
#[derive(Default)]
pub(super) struct Run {
    bytes: Vec<u8>,
    count: u32,
    /// Where each object begins, and how long its chain is.
    places: BTreeMap<git2::Oid, (usize, u32)>,
}

impl Run {
    /// Bytes so far.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Adds an object, as its difference from one of its kind that was added before, where that is shorter.
    pub(super) fn add(&mut self, kind: git2::ObjectType, blob: Blob<'_>, base: Option<Blob<'_>>) -> io::Result<()> {
        if self.places.contains_key(&blob.id) {
            return Ok(());
        }
        let start = self.bytes.len();
        let based = base.and_then(|base| {
            let (place, depth) = *self.places.get(&base.id)?;
            let delta = (depth < MOST_DEPTH).then(|| delta::delta(base.bytes, blob.bytes, blob.bytes.len() / 2))??;
            Some((start - place, depth, delta))
        });
        match &based {
            Some((distance, depth, delta)) => {
                head(&mut self.bytes, OFS_DELTA, delta.len());
                offset(&mut self.bytes, *distance);
                self.finish(blob.id, (start, depth + 1), delta)
            }
            None => {
                head(&mut self.bytes, kind_number(kind), blob.bytes.len());
                self.finish(blob.id, (start, 0), blob.bytes)
            }
        }
    }

    /// Adds an object as it is.
    pub(super) fn add_whole(&mut self, id: git2::Oid, kind: git2::ObjectType, bytes: &[u8]) -> io::Result<()> {
        if self.places.contains_key(&id) {
            return Ok(());
        }
        let start = self.bytes.len();
        head(&mut self.bytes, kind_number(kind), bytes.len());
        self.finish(id, (start, 0), bytes)
    }

    fn finish(&mut self, id: git2::Oid, place: (usize, u32), body: &[u8]) -> io::Result<()> {
        let mut encoder = ZlibEncoder::new(&mut self.bytes, Compression::default());
        encoder.write_all(body)?;
        encoder.finish()?;
        self.count += 1;
        self.places.insert(id, place);
        Ok(())
    }
}

/// The number of a kind of object in a pack.
const fn kind_number(kind: git2::ObjectType) -> u8 {
    match kind {
        git2::ObjectType::Commit => 1,
        git2::ObjectType::Tree => 2,
        git2::ObjectType::Tag => 4,
        _ => 3,
    }
}

/// The pack of all runs; `None` where they hold nothing.
pub(super) fn pack(runs: &[Run]) -> Option<Vec<u8>> {
    let count: u32 = runs.iter().map(|run| run.count).sum();
    if count == 0 {
        return None;
    }
    let mut out = Vec::with_capacity(32 + runs.iter().map(|run| run.bytes.len()).sum::<usize>());
    out.extend_from_slice(b"PACK");
    out.extend_from_slice(&2_u32.to_be_bytes());
    out.extend_from_slice(&count.to_be_bytes());
    for run in runs {
        out.extend_from_slice(&run.bytes);
    }
    let hash = Sha1::digest(&out);
    out.extend_from_slice(&hash);
    Some(out)
}

/// Kind and size: 4 bits of the size in the first byte, 7 in each that follows.
fn head(out: &mut Vec<u8>, kind: u8, mut size: usize) {
    let mut byte = kind << 4 | (size & 0xF) as u8;
    size >>= 4;
    while size > 0 {
        out.push(byte | 0x80);
        byte = (size & 0x7F) as u8;
        size >>= 7;
    }
    out.push(byte);
}

/// The distance to a base, the highest bits first; each step but the last counts from one.
fn offset(out: &mut Vec<u8>, mut distance: usize) {
    let mut bytes = vec![(distance & 0x7F) as u8];
    loop {
        distance >>= 7;
        if distance == 0 {
            break;
        }
        distance -= 1;
        bytes.push(0x80 | (distance & 0x7F) as u8);
    }
    out.extend(bytes.iter().rev());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// libgit2 reads back what was packed, through a chain longer than one may be.
    #[test]
    fn git_reads_the_pack() {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = git2::Repository::init_bare(folder.path()).expect("a repository");
        let long = "All States shall refrain from the threat or use of force. ".repeat(500);
        let texts: Vec<String> = (0..120).map(|n| format!("{n}\n{long}{n}\n{long}")).collect();
        let id = |text: &str| git2::Oid::hash_object(git2::ObjectType::Blob, text.as_bytes()).expect("an id");
        let blobs: Vec<Blob<'_>> = texts.iter().map(|text| Blob { id: id(text), bytes: text.as_bytes() }).collect();
        let (mut first, mut second) = (Run::default(), Run::default());
        for (at, blob) in blobs.iter().enumerate() {
            let run = if at < 70 { &mut first } else { &mut second };
            run.add(git2::ObjectType::Blob, *blob, at.checked_sub(1).map(|before| blobs[before])).expect("written");
            run.add(git2::ObjectType::Blob, *blob, None).expect("a second time is nothing");
        }
        let bytes = pack(&[first, second]).expect("a pack");
        assert!(bytes.len() < 30_000, "{}", bytes.len());
        let odb = repository.odb().expect("a database");
        let mut writer = odb.packwriter().expect("a writer");
        writer.write_all(&bytes).expect("taken");
        writer.commit().expect("sound");
        drop(writer);
        for text in &texts {
            assert_eq!(repository.find_blob(id(text)).expect("there").content(), text.as_bytes());
        }
        assert!(pack(&[Run::default()]).is_none());
    }
}
