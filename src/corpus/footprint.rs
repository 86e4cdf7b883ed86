//! Whether the versions of a corpus are as they were, without reading them.
//!
//! Of a tree of git, the name of its folder `works` says it. Of a work tree, it is what the system says of each folder
//! above the versions, of each `version.toml`, and of the texts of versions whose hashes are not recorded: kind, size,
//! inode, time of change and (on Unix) time of the last change of the inode, which no program can set. A version that is
//! added or taken away changes its folder's parent; a record that is changed changes its own stamp; a text whose hash is
//! recorded can't change without one of both. What was written at about the time of the look is in no footprint, as
//! the clock of a file system may not tell two writes apart that follow each other closely.

use std::{
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use super::error::CorpusError;
use super::{
    open::Corpus,
    paths::{MOST_DEPTH, folder_of},
    tree::{Tree, join},
};
use crate::execution::Execution;
use crate::record::{Version, sha256};

/// Nanoseconds within which two writes may have the same time.
const RACY: u64 = 2_000_000_000;
/// What begins the footprint of a tree of git.
const TREE: u8 = b't';
/// What begins that of a work tree.
const FOLDER: u8 = b'f';
/// Bytes of a stamp: kind, and four numbers.
const STAMP: usize = 1 + 4 * 8;

/// By what the versions of a corpus are known to be as they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footprint(Vec<u8>);

impl Footprint {
    /// The one that these bytes are, wherever they were kept.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// It as bytes, to be kept.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Corpus {
    /// All versions, as [`Corpus::all`] has them, with their footprint: taken before anything is read, so that what
    /// changes meanwhile does not fit it. There is none where something was written just now, and none without git.
    ///
    /// # Errors
    /// [`CorpusError`] where a folder or a record can't be read.
    pub fn all_with_footprint(&self) -> Result<(Vec<Version>, Option<Footprint>), CorpusError> {
        let root = match &self.tree {
            Tree::Git(tree) => {
                let mut bytes = vec![TREE];
                bytes.extend(tree.name_of("works")?.unwrap_or_default().bytes());
                return Ok((self.all()?, Some(Footprint(bytes))));
            }
            Tree::Folder(root) => root,
        };
        let Some(now) = self.state.as_deref().and_then(now) else { return Ok((self.all()?, None)) };
        let mut paths = Vec::new();
        walk(root, "works", MOST_DEPTH, &mut paths);
        let mut stamps = stamps(root, &paths, self.execution);
        let versions = self.all()?;
        let mut texts = Vec::new();
        for version in versions.iter().filter(|version| !version.record.sha256.is_complete()) {
            let folder = folder_of(&version.id);
            texts.extend(names(&root.join(&folder)).into_iter().map(|(name, _)| join(&folder, &name)));
            texts.push(folder);
        }
        stamps.extend(self::stamps(root, &texts, self.execution));
        paths.extend(texts);
        let young = stamps.iter().any(|stamp| latest(stamp).saturating_add(RACY) >= now);
        Ok((versions, (!young).then(|| encode(&paths, &stamps)).flatten()))
    }

    /// Whether the versions are those that a footprint was taken of.
    ///
    /// # Errors
    /// [`CorpusError`] where git can't be read.
    pub fn fits(&self, footprint: &Footprint) -> Result<bool, CorpusError> {
        match (&self.tree, footprint.0.split_first()) {
            (Tree::Git(tree), Some((&TREE, name))) => Ok(tree.name_of("works")?.unwrap_or_default().as_bytes() == name),
            (Tree::Folder(root), Some((&FOLDER, rest))) => Ok(entries(rest).is_some_and(|entries| {
                let same = |(path, stamp): &(&str, &[u8])| stamp_of(&root.join(path)) == *stamp;
                self.execution.map_chunks(&entries, |part| part.iter().all(same)).into_iter().all(|same| same)
            })),
            _ => Ok(false),
        }
    }

    /// A file beside git's for what is made of this corpus and can be made again: one for its folder, another for all
    /// its revisions. None without git.
    #[must_use]
    pub(crate) fn state_file(&self, name: &str, ending: &str) -> Option<PathBuf> {
        let place = fs::canonicalize(&self.folder).unwrap_or_else(|_| self.folder.clone());
        let kind = match self.tree {
            Tree::Folder(_) => "folder",
            Tree::Git(_) => "revisions",
        };
        let hash = sha256(format!("{kind}\n{}", place.display()).as_bytes());
        Some(self.state.as_ref()?.join(format!("{name}-{}.{ending}", &hash[..16])))
    }
}

/// The clock of the file system that the state lies in, in nanoseconds.
fn now(state: &Path) -> Option<u64> {
    fs::create_dir_all(state).ok()?;
    let file = state.join(format!("now.{}", std::process::id()));
    let found = fs::write(&file, "").and_then(|()| fs::symlink_metadata(&file));
    let _ = fs::remove_file(&file);
    Some(changed(&found.ok()?))
}

/// Names in a folder, and whether each is a folder; by name. A folder that can't be read has none.
fn names(folder: &Path) -> Vec<(String, bool)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<(String, bool)> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.file_name().into_string().ok()?, entry.file_type().ok()?.is_dir()))
        })
        .collect();
    names.sort();
    names
}

/// The folders above the versions, and the records of these.
fn walk(root: &Path, path: &str, depth: usize, paths: &mut Vec<String>) {
    paths.push(path.to_owned());
    for (name, folder) in names(&root.join(path)) {
        if depth == 0 || !folder || name.starts_with('.') {
            continue;
        }
        let below = join(path, &name);
        let record = join(&below, "version.toml");
        if fs::symlink_metadata(root.join(&record)).is_ok_and(|found| found.is_file()) {
            paths.push(record);
        } else {
            walk(root, &below, depth - 1, paths);
        }
    }
}

fn stamps(root: &Path, paths: &[String], execution: Execution) -> Vec<[u8; STAMP]> {
    execution.map_chunks(paths, |part| part.iter().map(|path| stamp_of(&root.join(path))).collect::<Vec<_>>()).concat()
}

/// What the system says of a path; zeros where nothing, or neither a file nor a folder, stands there.
fn stamp_of(path: &Path) -> [u8; STAMP] {
    let mut stamp = [0; STAMP];
    let Ok(found) = fs::symlink_metadata(path) else { return stamp };
    stamp[0] = if found.is_dir() {
        2
    } else if found.is_file() {
        1
    } else {
        return stamp;
    };
    let numbers = [modified(&found), changed(&found), found.len(), inode(&found)];
    for (to, number) in stamp[1..].chunks_exact_mut(8).zip(numbers) {
        to.copy_from_slice(&number.to_le_bytes());
    }
    stamp
}

/// The time in a stamp that nothing can have set.
fn latest(stamp: &[u8; STAMP]) -> u64 {
    stamp[9..17].iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn modified(found: &fs::Metadata) -> u64 {
    let since = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or(u64::MAX)
}

#[cfg(unix)]
fn changed(found: &fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    let nanoseconds = i128::from(found.ctime()) * 1_000_000_000 + i128::from(found.ctime_nsec());
    u64::try_from(nanoseconds).unwrap_or(u64::MAX)
}

#[cfg(not(unix))]
fn changed(found: &fs::Metadata) -> u64 {
    modified(found)
}

#[cfg(unix)]
fn inode(found: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}

/// Paths with their stamps as bytes; none where a path is longer than any that a version has.
fn encode(paths: &[String], stamps: &[[u8; STAMP]]) -> Option<Footprint> {
    let mut bytes = vec![FOLDER];
    for (path, stamp) in paths.iter().zip(stamps) {
        bytes.extend(u16::try_from(path.len()).ok()?.to_le_bytes());
        bytes.extend(path.bytes());
        bytes.extend(stamp);
    }
    Some(Footprint(bytes))
}

/// The reverse; none where the bytes are damaged.
fn entries(mut bytes: &[u8]) -> Option<Vec<(&str, &[u8])>> {
    let mut entries = Vec::with_capacity(bytes.len() / 80);
    while let Some((length, rest)) = bytes.split_first_chunk::<2>() {
        let (path, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
        let (stamp, rest) = rest.split_at_checked(STAMP)?;
        entries.push((std::str::from_utf8(path).ok()?, stamp));
        bytes = rest;
    }
    // A footprint that names no path fits nothing.
    (bytes.is_empty() && !entries.is_empty()).then_some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::tests_support::{corpus_in, put};

    /// Takes the footprint as if everything had been written long ago.
    fn footprint(root: &Path, corpus: &Corpus) -> Footprint {
        let (versions, young) = corpus.all_with_footprint().expect("readable");
        assert_eq!(young, None, "what was just written is not vouched for");
        let mut paths = Vec::new();
        walk(root, "works", MOST_DEPTH, &mut paths);
        for version in &versions {
            let folder = folder_of(&version.id);
            paths.extend(names(&root.join(&folder)).into_iter().map(|(name, _)| join(&folder, &name)));
            paths.push(folder);
        }
        encode(&paths, &stamps(root, &paths, Execution::Sequential)).expect("short paths")
    }

    #[test]
    fn every_change_shows() {
        let changes: [fn(&Path); 6] = [
            |root| put(root, "a/b/en/2032", ""),
            |root| put(root, "c/en/2031", ""),
            |root| put(root, "a/b/en/2031", "claim = \"revision\"\n"),
            |root| fs::remove_dir_all(root.join("works/a/b/en/2031")).expect("removable"),
            |root| fs::write(root.join("works/a/b/en/2031/source.txt"), "Another.").expect("writable"),
            |root| fs::rename(root.join("works/a"), root.join("works/d")).expect("movable"),
        ];
        for (at, change) in changes.into_iter().enumerate() {
            let folder = tempfile::tempdir().expect("a folder");
            git2::Repository::init(folder.path()).expect("a repository");
            put(folder.path(), "a/b/en/2031", "");
            fs::write(folder.path().join("works/a/b/en/2031/source.txt"), "One.").expect("writable");
            let corpus = corpus_in(folder.path());
            let footprint = footprint(folder.path(), &corpus);
            assert!(corpus.fits(&footprint).expect("readable"));
            change(folder.path());
            assert!(!corpus.fits(&footprint).expect("readable"), "change {at}");
        }
    }

    #[test]
    fn damaged_bytes_fit_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let corpus = corpus_in(folder.path());
        for bytes in [&b""[..], b"f", b"t", b"f\x01", b"f\xFF\xFFworks", b"nonsense"] {
            assert!(!corpus.fits(&Footprint::from_bytes(bytes.to_vec())).expect("readable"), "{bytes:?}");
        }
    }
}
