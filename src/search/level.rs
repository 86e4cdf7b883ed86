//! Bringing the index level with the corpus, before every search.
//!
//! Where the footprint of the corpus is the one that was kept, nothing changed. Else every version is compared with what
//! the index holds by its name and its mark, which is made of the recorded hashes, or of the bytes where a record has
//! none; only versions that are new or changed are read. An index that would have to change for the most part is made
//! anew beside the old one and takes its place when it is finished, so that a killed search leaves what there was.

use std::{
    fs::{self, File},
    path::Path,
};

use super::result::{Failure, Found};
use super::{Search, index::Entry, index::Index, lock::Lock};
use crate::corpus::{Corpus, CorpusError, Footprint};
use crate::execution::Execution;
use crate::record::{Version, VersionId, sha256};

/// Versions that are read before they are put in, while those before them are.
const BLOCK: usize = 64;

/// What an index lacks.
struct Gap<'a> {
    /// Versions that it holds and should not.
    gone: Vec<i64>,
    /// Versions that it should hold and does not, each with its mark.
    lacking: Vec<(&'a Version, Vec<u8>)>,
    /// Versions that can't be read, and why.
    unread: Vec<(VersionId, String)>,
    /// How many versions it holds, and how many of its numbers are of none.
    held: usize,
    holes: usize,
}

impl Search<'_> {
    /// Searches with the index in a file, which is brought level first; made anew, if that is asked for.
    pub(super) fn in_file(&self, file: &Path, anew: bool) -> Result<Found, Failure> {
        if !anew && let Some(found) = self.at_once(file)? {
            return Ok(found);
        }
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|error| Failure::index(&error))?;
        }
        let lock = Lock::take(&file.with_extension("lock"), self.options.tell)?;
        // Whoever had the lock before may have done the work.
        if !anew && let Some(found) = self.at_once(file)? {
            return Ok(found);
        }
        let (versions, footprint) = self.corpus.all_with_footprint()?;
        let unread = match if anew { None } else { Index::open(file)? } {
            Some(index) => {
                index.start(true)?;
                let gap = self.gap(Some(&index), &versions)?;
                if gap.is_small() {
                    let unread = self.fill(&index, &versions, footprint, gap)?;
                    index.end()?;
                    unread
                } else {
                    drop(index);
                    self.make(file, &versions, footprint)?
                }
            }
            None => self.make(file, &versions, footprint)?,
        };
        drop(lock);
        let index = Index::open(file)?.ok_or_else(|| Failure::damaged("it is gone"))?;
        index.start(false)?;
        self.ask(&index, unread)
    }

    /// Searches with an index that lives as long as the search.
    pub(super) fn in_memory(&self) -> Result<Found, Failure> {
        let versions = self.corpus.all()?;
        let index = Index::in_memory()?;
        let gap = self.gap(None, &versions)?;
        index.start(true)?;
        let unread = self.fill(&index, &versions, None, gap)?;
        index.end()?;
        self.ask(&index, unread)
    }

    /// Searches with the index as it is, if nothing changed since it was brought level.
    fn at_once(&self, file: &Path) -> Result<Option<Found>, Failure> {
        let Some(index) = Index::open(file)? else { return Ok(None) };
        index.start(false)?;
        match index.footprint()? {
            Some(footprint) if self.corpus.fits(&footprint)? => Ok(Some(self.ask(&index, Vec::new())?)),
            _ => Ok(None),
        }
    }

    /// Makes a new index and puts it in the place of the old one.
    fn make(
        &self,
        file: &Path,
        versions: &[Version],
        footprint: Option<Footprint>,
    ) -> Result<Vec<(VersionId, String)>, Failure> {
        let new = file.with_extension("new");
        let failed = |error: std::io::Error| Failure::index(&error);
        let _ = fs::remove_file(&new);
        let index = Index::create(&new)?;
        let gap = self.gap(None, versions)?;
        index.start(true)?;
        let unread = self.fill(&index, versions, footprint, gap)?;
        index.end()?;
        drop(index);
        File::open(&new).and_then(|file| file.sync_all()).map_err(failed)?;
        // A journal that a killed writer left is of the old index, and must not be played into the new one.
        let mut journal = file.as_os_str().to_owned();
        journal.push("-journal");
        let _ = fs::remove_file(&journal);
        fs::rename(&new, file).map_err(failed)?;
        Ok(unread)
    }

    /// What an index lacks of the corpus; everything, without one.
    fn gap<'v>(&self, index: Option<&Index>, versions: &'v [Version]) -> Result<Gap<'v>, Failure> {
        let mut held = index.map(Index::held).transpose()?.unwrap_or_default();
        let count = held.len();
        let holes = index.map_or(Ok(0), |index| index.gone(count))?;
        let mut gap = Gap { gone: Vec::new(), lacking: Vec::new(), unread: Vec::new(), held: count, holes };
        for version in versions {
            match mark(self.corpus, version) {
                Ok(mark) if held.get(&version.id).is_some_and(|held| held.mark == mark) => {
                    held.remove(&version.id);
                }
                Ok(mark) => gap.lacking.push((version, mark)),
                Err(error) => gap.unread.push((version.id.clone(), error.to_string())),
            }
        }
        gap.gone.extend(held.into_values().map(|held| held.no));
        Ok(gap)
    }

    /// Closes the gap. What can't be read is left out and told, and the next search tries it again.
    fn fill(
        &self,
        index: &Index,
        versions: &[Version],
        footprint: Option<Footprint>,
        gap: Gap<'_>,
    ) -> Result<Vec<(VersionId, String)>, Failure> {
        let Gap { gone, lacking, mut unread, .. } = gap;
        for no in gone {
            index.remove(no)?;
        }
        let corpus = self.corpus;
        let execution = self.options.execution;
        let mut read = Vec::new();
        let mut done = 0;
        let mut blocks = lacking.chunks(BLOCK);
        let mut before: &[(&Version, Vec<u8>)] = &[];
        loop {
            let block = blocks.next().unwrap_or_default();
            // The index waits for the disk, so all threads may read beside the one that writes it.
            let (written, next) = execution.join(
                || {
                    for ((version, mark), entry) in before.iter().zip(std::mem::take(&mut read)) {
                        match entry {
                            Ok(entry) => index.add(version, mark, &entry)?,
                            Err(Failure::Corpus(error)) => unread.push((version.id.clone(), error.to_string())),
                            Err(Failure::Index(why)) => unread.push((version.id.clone(), why)),
                        }
                    }
                    Ok::<(), Failure>(())
                },
                || read_all(corpus, block, execution),
            );
            written?;
            done += before.len();
            if !before.is_empty() {
                (self.options.progress)(done, lacking.len());
            }
            if block.is_empty() {
                break;
            }
            (before, read) = (block, next);
        }
        if lacking.len() > BLOCK {
            index.settle()?;
        }
        index.rank(versions)?;
        unread.sort();
        index.keep_footprint(footprint.as_ref().filter(|_| unread.is_empty()))?;
        Ok(unread)
    }
}

impl Gap<'_> {
    /// Whether little has to change: less than half of the index, and few of its numbers are of versions that are gone.
    fn is_small(&self) -> bool {
        let changes = self.lacking.len() + self.gone.len();
        changes <= self.held / 2 && self.holes + self.gone.len() <= self.held / 2
    }
}

/// By what a version is known to be the one that was read: its hashes, and what the index holds of its record.
fn mark(corpus: &Corpus, version: &Version) -> Result<Vec<u8>, CorpusError> {
    let record = &version.record;
    let hashes = if record.sha256.is_complete() {
        format!("{:?} {:?}", record.sha256.source, record.sha256.text)
    } else {
        corpus.content_hash(version)?
    };
    let issued = version.issued().0.map(|day| day.to_string());
    let mark = format!("{hashes}\n{issued:?}\n{:?}", record.provenance.source);
    Ok(sha256(mark.as_bytes()).into_bytes().into_iter().take(32).collect())
}

/// Reads versions; what comes out stands in their order.
fn read_all(corpus: &Corpus, block: &[(&Version, Vec<u8>)], execution: Execution) -> Vec<Result<Entry, Failure>> {
    execution.map(block, |(version, _)| {
        let loaded = corpus.load(version).map_err(Failure::from)?;
        Entry::new(&loaded.source.statement.clauses)
    })
}
