//! All versions of a corpus with their records, fast: what was read before is taken from a listing beside the
//! repository.
//!
//! The listing is never trusted over the corpus, and each line of it has a checksum. A record is taken from it only where the file has the times, the size
//! and the inode it had, or the tree of git the name it had, when the record was read; a file that was written at about
//! the time of the listing is read again (git calls such files racy). A listing that is missing, unreadable or of another program
//! is made anew, and where it can't be written nothing is lost but time.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::atomic::Ordering,
    time::UNIX_EPOCH,
};

use serde::{Deserialize, Serialize};

use super::error::CorpusError;
use super::{
    open::Corpus,
    paths::MOST_DEPTH,
    tree::{Entry, Tree, join},
};
use crate::execution::Execution;
use crate::record::{Record, Version, sha256};

/// First line of a listing; the program's version stands in it, for what is recorded may mean something else in another.
const HEAD: &str = concat!("recension listing 2 ", env!("CARGO_PKG_VERSION"));
/// Digits of the checksum at the beginning of a line.
const CHECKSUM: usize = 16;
/// Nanoseconds within which two writes may have the same time.
const RACY: u64 = 2_000_000_000;

/// What records are read from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sources {
    /// What was read before, where it still fits.
    Kept,
    /// The files of the corpus alone.
    Files,
}

/// By what a file is known to be as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Stamp {
    /// Of a file: time of change in nanoseconds, bytes, inode.
    #[serde(rename = "f")]
    File(u64, u64, u64),
    /// Of a folder in git: the name of its tree.
    #[serde(rename = "t")]
    Tree(String),
}

/// A version in the listing.
#[derive(Serialize, Deserialize)]
struct ListedVersion {
    #[serde(rename = "p")]
    path: String,
    #[serde(rename = "s")]
    stamp: Stamp,
    #[serde(rename = "r")]
    record: Record,
}

/// What was read before, by the path of the version's folder.
#[derive(Default)]
struct Known {
    records: BTreeMap<String, (Stamp, Record)>,
    /// When the listing was written, in nanoseconds.
    written: u64,
}

impl Corpus {
    /// All versions with their records, by work, language and folder name.
    ///
    /// # Errors
    /// [`CorpusError`] where a folder or a record can't be read.
    pub fn all(&self) -> Result<Vec<Version>, CorpusError> {
        let (versions, faults) = self.everything(Sources::Kept)?;
        match faults.into_iter().next() {
            Some(error) => Err(error),
            None => Ok(versions),
        }
    }

    /// All versions that can be read, as [`Corpus::all`] has them, and why others can't.
    pub(super) fn everything(&self, sources: Sources) -> Result<(Vec<Version>, Vec<CorpusError>), CorpusError> {
        let kept = sources == Sources::Kept;
        let file = self.state.as_ref().filter(|_| kept).map(|state| state.join(self.listing_name()));
        let known = file.as_deref().and_then(|file| read(file, self.execution)).unwrap_or_default();
        let mut found = Vec::new();
        let mut faults = Vec::new();
        self.walk("works", MOST_DEPTH, &known, &mut found, &mut faults)?;
        let read = self.execution.map_chunks(&found, |part| {
            let version = |(path, stamp): &(String, Option<Stamp>)| -> Result<(Version, bool), CorpusError> {
                let id = self.id_of(path)?;
                let old = known
                    .records
                    .get(path)
                    .filter(|(old, _)| stamp.as_ref().is_some_and(|stamp| known.holds(old, stamp)));
                match old {
                    Some((_, record)) => Ok((Version { id, record: record.clone() }, true)),
                    None => Ok((self.version(id)?, false)),
                }
            };
            part.iter().map(version).collect::<Vec<_>>()
        });
        let mut versions = Vec::with_capacity(found.len());
        let mut stamps = Vec::with_capacity(found.len());
        let mut fresh = known.records.len() != found.len();
        for (result, at) in read.into_iter().flatten().zip(found) {
            match result {
                Ok((version, old)) => {
                    fresh |= !old;
                    self.read_anew.fetch_add(usize::from(!old), Ordering::Relaxed);
                    versions.push(version);
                    stamps.push(at);
                }
                Err(error) => faults.push(error),
            }
        }
        if let Some(file) = file.filter(|_| fresh) {
            // A listing that can't be written costs time and nothing else.
            let _ = write(&file, &stamps, &versions);
        }
        versions.sort_by(|a, b| a.id.cmp(&b.id));
        Ok((versions, faults))
    }

    fn listing_name(&self) -> String {
        let place = self.tree.place("");
        format!("listing-{}", &sha256(place.as_bytes())[..16])
    }

    /// The folders of versions, by path. What is known is not looked into.
    fn walk(
        &self,
        path: &str,
        depth: usize,
        known: &Known,
        found: &mut Vec<(String, Option<Stamp>)>,
        faults: &mut Vec<CorpusError>,
    ) -> Result<(), CorpusError> {
        let name = |why: &str| CorpusError::Name { path: self.tree.place(path), why: why.to_owned() };
        if depth == 0 {
            faults.push(name("it lies deeper than any work does"));
            return Ok(());
        }
        let entries = match self.tree.list(path) {
            Ok(entries) => entries,
            Err(error) => {
                faults.push(error);
                return Ok(());
            }
        };
        if entries.iter().any(|entry| !entry.folder && (entry.name == "text.txt" || entry.name.starts_with("source.")))
        {
            faults.push(name("it holds a text and no version.toml"));
        }
        for entry in entries.iter().filter(|entry| entry.folder) {
            let below = join(path, &entry.name);
            match self.stamp(&below, entry, known) {
                Ok(Some(stamp)) => found.push((below, Some(stamp))),
                Ok(None) => self.walk(&below, depth - 1, known, found, faults)?,
                Err(error) => faults.push(error),
            }
        }
        Ok(())
    }

    /// The stamp of a folder that holds a version; none of another.
    fn stamp(&self, path: &str, entry: &Entry, known: &Known) -> Result<Option<Stamp>, CorpusError> {
        match &self.tree {
            Tree::Folder(root) => Ok(file_stamp(&root.join(path).join("version.toml"))),
            Tree::Git(_) => {
                let stamp = Stamp::Tree(entry.id.clone().unwrap_or_default());
                let listed = known.records.get(path).is_some_and(|(old, _)| *old == stamp);
                Ok((listed || self.tree.has_file(path, "version.toml")?).then_some(stamp))
            }
        }
    }
}

impl Known {
    fn holds(&self, old: &Stamp, now: &Stamp) -> bool {
        let racy = matches!(now, Stamp::File(changed, ..) if changed.saturating_add(RACY) >= self.written);
        old == now && !racy
    }
}

fn nanoseconds(found: &fs::Metadata) -> u64 {
    let since = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or(u64::MAX)
}

fn file_stamp(path: &Path) -> Option<Stamp> {
    let found = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some(Stamp::File(nanoseconds(&found), found.len(), inode(&found)))
}

#[cfg(unix)]
fn inode(found: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}

/// The listing of a file, if it is one of ours.
fn read(file: &Path, execution: Execution) -> Option<Known> {
    let written = nanoseconds(&fs::metadata(file).ok()?);
    let text = fs::read_to_string(file).ok()?;
    let mut lines = text.lines();
    if lines.next() != Some(HEAD) {
        return None;
    }
    let lines: Vec<&str> = lines.collect();
    let parts = execution.map_chunks(&lines, |part| {
        let sound = |line: &&str| {
            let (sum, rest) = line.split_once(' ')?;
            if sum == checksum(rest.as_bytes()) { serde_json::from_str::<ListedVersion>(rest).ok() } else { None }
        };
        part.iter().map(sound).collect::<Option<Vec<_>>>()
    });
    let mut records = BTreeMap::new();
    for part in parts {
        records.extend(part?.into_iter().map(|listed| (listed.path, (listed.stamp, listed.record))));
    }
    Some(Known { records, written })
}

/// A line that was damaged where it lay must not speak for a record.
fn checksum(line: &[u8]) -> String {
    let mut sum = sha256(line);
    sum.truncate(CHECKSUM);
    sum
}

/// Writes a listing beside the old one and puts it in its place.
fn write(file: &Path, found: &[(String, Option<Stamp>)], versions: &[Version]) -> std::io::Result<()> {
    let mut out = format!("{HEAD}\n").into_bytes();
    for ((path, stamp), version) in found.iter().zip(versions) {
        let Some(stamp) = stamp else { continue };
        let listed = ListedVersion { path: path.clone(), stamp: stamp.clone(), record: version.record.clone() };
        let line = serde_json::to_vec(&listed)?;
        out.extend_from_slice(checksum(&line).as_bytes());
        out.push(b' ');
        out.extend_from_slice(&line);
        out.push(b'\n');
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let new: PathBuf = file.with_extension(format!("{}.new", std::process::id()));
    let done = fs::File::create(&new).and_then(|mut to| to.write_all(&out)).and_then(|()| fs::rename(&new, file));
    if done.is_err() {
        let _ = fs::remove_file(&new);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::tests_support::{corpus_in, put};
    use crate::statement::StatedClaim;

    #[test]
    fn a_listing_follows_the_files() {
        let folder = tempfile::tempdir().expect("a folder");
        git2::Repository::init(folder.path()).expect("a repository");
        put(folder.path(), "a/b/en/2031", "issued = \"2031\"\n");
        put(folder.path(), "a/b/fr/2031", "claim = \"revision\"\n");
        let names = |corpus: &Corpus| -> Vec<String> {
            let all = corpus.all().expect("readable");
            all.iter()
                .map(|version| format!("{} {:?}", version.id, version.record.claim.as_ref().map(StatedClaim::words)))
                .collect()
        };
        let first = names(&corpus_in(folder.path()));
        assert_eq!(first, ["a/b@2031~en None", "a/b@2031~fr Some(\"revision\")"]);
        put(folder.path(), "a/b/fr/2031", "claim = \"reissue\"\n");
        put(folder.path(), "a/b/fr/2032", "");
        fs::remove_dir_all(folder.path().join("works/a/b/en")).expect("removable");
        let second = names(&corpus_in(folder.path()));
        assert_eq!(second, ["a/b@2031~fr Some(\"reissue\")", "a/b@2032~fr None"]);
        for entry in fs::read_dir(folder.path().join(".git/recension")).expect("state") {
            fs::write(entry.expect("a file").path(), format!("{HEAD}\nnonsense")).expect("writable");
        }
        assert_eq!(names(&corpus_in(folder.path())), second);
    }
}
