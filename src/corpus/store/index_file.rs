//! New entries in the file of git's index, without reading it into a model and writing it back.
//!
//! Why not libgit2: with some ten thousand files its checked SHA-1, taken once to read and once to write, and its table
//! of all paths take most of the time of an `add`. Here the entries are walked once, the new ones are set between them,
//! and the rest is copied. Versions 2 and 3 of the format are known; of any other, and of an index in the middle of a
//! merge, nothing is done, and libgit2 is left to it. What an index may carry beside its entries are caches that git
//! makes anew; they are left out, but for the record of resolved conflicts. Format: git's Documentation/gitformat-index.

use sha1::{Digest as _, Sha1};

const SIGNATURE: &[u8; 4] = b"DIRC";
const HASH: usize = 20;
/// Bytes of an entry before its path; two more with extended flags.
const FIXED: usize = 62;
const EXTENDED: u16 = 0x4000;
const STAGE: u16 = 0x3000;
const LENGTH: u16 = 0x0FFF;
/// The one extension that is no cache.
const RESOLVED: &[u8; 4] = b"REUC";

/// An entry as the file has it, without its padding.
pub(super) struct RawEntry {
    /// Times, device, inode, mode, owner, size: the ten numbers before the object's name.
    pub(super) stat: [u32; 10],
    pub(super) id: git2::Oid,
    pub(super) path: Vec<u8>,
}

/// The index with entries added; one that is there already is replaced. `None` where the index is of a kind that is not
/// handled here, or damaged.
pub(super) fn with_entries(index: &[u8], mut entries: Vec<RawEntry>) -> Option<Vec<u8>> {
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    entries.dedup_by(|a, b| a.path == b.path);
    let (body, hash) = index.split_at_checked(index.len().checked_sub(HASH)?)?;
    // A hash of zeros says that none was made (index.skipHash), and none is made then.
    let unhashed = hash.iter().all(|byte| *byte == 0);
    if body.len() < 12 || !body.starts_with(SIGNATURE) || !(unhashed || Sha1::digest(body).as_slice() == hash) {
        return None;
    }
    let version = number(body, 4)?;
    if !matches!(version, 2 | 3) {
        return None;
    }
    let mut count = number(body, 8)?;
    let mut out = Vec::with_capacity(index.len() + entries.len() * 160);
    out.extend_from_slice(&body[..12]);
    let mut new = entries.iter().peekable();
    let (mut at, mut copied) = (12, 12);
    for _ in 0..number(body, 8)? {
        let entry = Entry::at(body, at)?;
        if entry.staged {
            return None;
        }
        while let Some(next) = new.next_if(|next| next.path.as_slice() < entry.path) {
            out.extend_from_slice(&body[copied..at]);
            copied = at;
            push(&mut out, next);
            count += 1;
        }
        if let Some(next) = new.next_if(|next| next.path.as_slice() == entry.path) {
            out.extend_from_slice(&body[copied..at]);
            copied = entry.end;
            push(&mut out, next);
        }
        at = entry.end;
    }
    out.extend_from_slice(&body[copied..at]);
    for next in new {
        push(&mut out, next);
        count += 1;
    }
    extensions(body, at, &mut out)?;
    out[8..12].copy_from_slice(&count.to_be_bytes());
    let hash = if unhashed { [0; HASH].to_vec() } else { Sha1::digest(&out).to_vec() };
    out.extend_from_slice(&hash);
    Some(out)
}

/// An entry in the file.
struct Entry<'a> {
    path: &'a [u8],
    staged: bool,
    end: usize,
}

impl<'a> Entry<'a> {
    fn at(body: &'a [u8], at: usize) -> Option<Self> {
        let flags = u16::from_be_bytes(body.get(at + 60..at + 62)?.try_into().ok()?);
        let fixed = if flags & EXTENDED == 0 { FIXED } else { FIXED + 2 };
        let start = at + fixed;
        let length = match usize::from(flags & LENGTH) {
            0xFFF => body.get(start..)?.iter().position(|byte| *byte == 0)?,
            length => length,
        };
        let path = body.get(start..start + length)?;
        let end = at + padded(fixed + length);
        (end <= body.len()).then_some(Self { path, staged: flags & STAGE != 0, end })
    }
}

/// An entry ends in one to eight zeros, so that its length is a multiple of eight.
const fn padded(length: usize) -> usize {
    (length + 8) & !7
}

fn push(out: &mut Vec<u8>, entry: &RawEntry) {
    let start = out.len();
    for number in entry.stat {
        out.extend_from_slice(&number.to_be_bytes());
    }
    out.extend_from_slice(entry.id.as_bytes());
    let length = u16::try_from(entry.path.len()).unwrap_or(LENGTH).min(LENGTH);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(&entry.path);
    let end = start + padded(FIXED + entry.path.len());
    out.resize(end, 0);
}

/// Copies the one extension that is no cache; one that must be understood is not handled here.
fn extensions(body: &[u8], mut at: usize, out: &mut Vec<u8>) -> Option<()> {
    while at < body.len() {
        let name = body.get(at..at + 4)?;
        let end = at.checked_add(8)?.checked_add(usize::try_from(number(body, at + 4)?).ok()?)?;
        let whole = body.get(at..end)?;
        if name == RESOLVED {
            out.extend_from_slice(whole);
        } else if !name[0].is_ascii_uppercase() {
            return None;
        }
        at = end;
    }
    Some(())
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, text: &str) -> RawEntry {
        let id = git2::Oid::hash_object(git2::ObjectType::Blob, text.as_bytes()).expect("an id");
        RawEntry { stat: [1, 2, 3, 4, 5, 6, 0o100_644, 7, 8, 9], id, path: path.as_bytes().to_vec() }
    }

    fn libgit2(entry: &RawEntry) -> git2::IndexEntry {
        git2::IndexEntry {
            ctime: git2::IndexTime::new(1, 2),
            mtime: git2::IndexTime::new(3, 4),
            dev: 5,
            ino: 6,
            mode: 0o100_644,
            uid: 7,
            gid: 8,
            file_size: 9,
            id: entry.id,
            flags: 0,
            flags_extended: 0,
            path: entry.path.clone(),
        }
    }

    /// libgit2 writes the same file.
    #[test]
    fn entries_are_those_of_libgit2() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("index");
        let long = format!("works/{}/x", "long/".repeat(900));
        for batches in [
            vec![vec!["b", "a/b", "a.b", "a-b"], vec!["a0", "c", "a/b"], vec![&long, "zz", "Z"]],
            vec![vec!["works/ä/1"], vec!["works/a/1", "works/中/1"]],
        ] {
            let _ = std::fs::remove_file(&path);
            let mut index = git2::Index::open(&path).expect("an index");
            index.write().expect("written");
            for (at, batch) in batches.iter().enumerate() {
                let entries = |text: &str| batch.iter().map(|path| entry(path, text)).collect::<Vec<_>>();
                let text = at.to_string();
                let before = std::fs::read(&path).expect("readable");
                let made = with_entries(&before, entries(&text)).expect("handled");
                for entry in entries(&text) {
                    index.add(&libgit2(&entry)).expect("added");
                }
                index.write().expect("written");
                assert!(made == std::fs::read(&path).expect("readable"), "batch {at}");
            }
        }
    }

    #[test]
    fn what_is_not_known_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("index");
        let mut index = git2::Index::open(&path).expect("an index");
        index.add(&libgit2(&entry("a", "1"))).expect("added");
        index.write().expect("written");
        let good = std::fs::read(&path).expect("readable");
        assert!(with_entries(&good, vec![entry("b", "2")]).is_some());
        for cut in 0..good.len() {
            assert!(with_entries(&good[..cut], vec![entry("b", "2")]).is_none(), "{cut}");
        }
        let mut damaged = good.clone();
        damaged[20] ^= 1;
        assert!(with_entries(&damaged, vec![entry("b", "2")]).is_none());
        let mut unhashed = good;
        let end = unhashed.len();
        unhashed[end - HASH..].fill(0);
        let made = with_entries(&unhashed, vec![entry("b", "2")]).expect("handled");
        assert!(made.ends_with(&[0; HASH]));
        index.set_version(4).expect("known");
        index.write().expect("written");
        assert!(with_entries(&std::fs::read(&path).expect("readable"), vec![entry("b", "2")]).is_none());
    }
}
