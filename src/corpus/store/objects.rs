//! How the objects of a call get into the repository: one by one, or in packs.

use std::{collections::BTreeMap, io::Write as _};

use super::error::StoreError;
use super::{
    pack::{Blob, Run, pack},
    trees::NewObject,
};
use crate::corpus::draft::Draft;
use crate::execution::Execution;
use crate::record;

const BLOB: git2::ObjectType = git2::ObjectType::Blob;

/// A draft with the names that git has for its files.
pub(super) struct PreparedDraft<'a> {
    pub(super) draft: &'a Draft,
    /// The bytes of `version.toml`.
    pub(super) record: Vec<u8>,
    pub(super) source_id: git2::Oid,
    pub(super) text_id: git2::Oid,
    pub(super) record_id: git2::Oid,
}

impl<'a> PreparedDraft<'a> {
    fn new(draft: &'a Draft) -> Result<Self, git2::Error> {
        let record = record::version_toml(&draft.record).into_bytes();
        Ok(Self {
            source_id: blob_id(&draft.source)?,
            text_id: blob_id(draft.text.as_bytes())?,
            record_id: blob_id(&record)?,
            draft,
            record,
        })
    }

    fn blobs(&self) -> [Blob<'_>; 3] {
        [
            Blob { id: self.source_id, bytes: &self.draft.source },
            Blob { id: self.text_id, bytes: self.draft.text.as_bytes() },
            Blob { id: self.record_id, bytes: &self.record },
        ]
    }
}

/// The name that git has for bytes.
pub(super) fn blob_id(bytes: &[u8]) -> Result<git2::Oid, git2::Error> {
    git2::Oid::hash_object(git2::ObjectType::Blob, bytes)
}

/// Names the files of all drafts, on all cores.
pub(super) fn prepare(drafts: &[Draft], execution: Execution) -> Result<Vec<PreparedDraft<'_>>, git2::Error> {
    let parts = execution.map_chunks(drafts, |part| part.iter().map(PreparedDraft::new).collect::<Result<Vec<_>, _>>());
    let mut all = Vec::with_capacity(drafts.len());
    for part in parts {
        all.extend(part?);
    }
    Ok(all)
}

/// Writes the files one by one, as git does for a commit by hand.
pub(super) fn write_loose(repository: &git2::Repository, prepared: &[PreparedDraft<'_>]) -> Result<(), git2::Error> {
    for blob in prepared.iter().flat_map(PreparedDraft::blobs) {
        repository.blob(blob.bytes)?;
    }
    Ok(())
}

/// Writes the files in one pack, each as its difference from that of the version before it.
pub(super) fn write_packed(
    repository: &git2::Repository,
    prepared: &[PreparedDraft<'_>],
    execution: Execution,
) -> Result<(), StoreError> {
    let mut series: BTreeMap<(&str, &str), Vec<&PreparedDraft<'_>>> = BTreeMap::new();
    for one in prepared {
        series.entry((one.draft.work.as_str(), &one.draft.language)).or_default().push(one);
    }
    let series: Vec<(usize, Vec<&PreparedDraft<'_>>)> = series.into_values().enumerate().collect();
    // An object that several series hold stands in the run of the first: a pack may have it once only, and which series
    // share a run depends on the number of threads.
    let mut owners: BTreeMap<git2::Oid, usize> = BTreeMap::new();
    for (at, versions) in &series {
        for blob in versions.iter().flat_map(|version| version.blobs()) {
            owners.entry(blob.id).or_insert(*at);
        }
    }
    let runs = execution.map_chunks(&series, |part| run(part, &owners));
    let runs = runs.into_iter().collect::<Result<Vec<_>, _>>().map_err(StoreError::io(repository.path()))?;
    write_runs(repository, &runs)
}

/// Writes trees and a commit one by one.
pub(super) fn write_loose_objects(repository: &git2::Repository, new: &[NewObject]) -> Result<(), git2::Error> {
    let odb = repository.odb()?;
    for object in new {
        odb.write(object.kind, &object.bytes)?;
    }
    Ok(())
}

/// Writes trees and a commit in one pack.
pub(super) fn write_packed_objects(repository: &git2::Repository, new: &[NewObject]) -> Result<(), StoreError> {
    let mut run = Run::default();
    for object in new {
        run.add_whole(object.id, object.kind, &object.bytes).map_err(StoreError::io(repository.path()))?;
    }
    write_runs(repository, &[run])
}

/// Hands runs over to the repository as one pack.
fn write_runs(repository: &git2::Repository, runs: &[Run]) -> Result<(), StoreError> {
    let Some(bytes) = pack(runs) else { return Ok(()) };
    repository.odb().and_then(|odb| write_pack(&odb, &bytes)).map_err(|error| StoreError::Git {
        doing: "write a pack",
        repository: repository.path().to_owned(),
        message: error.message().to_owned(),
    })
}

/// Hands a pack over to the repository, which checks it.
pub(super) fn write_pack(odb: &git2::Odb<'_>, bytes: &[u8]) -> Result<(), git2::Error> {
    let mut writer = odb.packwriter()?;
    writer.write_all(bytes).map_err(|error| git2::Error::from_str(&error.to_string()))?;
    writer.commit()?;
    Ok(())
}

fn run(series: &[(usize, Vec<&PreparedDraft<'_>>)], owners: &BTreeMap<git2::Oid, usize>) -> std::io::Result<Run> {
    let mut run = Run::default();
    let first = series.first().map_or(0, |(at, _)| *at);
    let is_own = |blob: &Blob<'_>| owners.get(&blob.id).is_none_or(|owner| *owner >= first);
    let mut last_record: Option<Blob<'_>> = None;
    for (_, versions) in series {
        let mut before: Option<[Blob<'_>; 3]> = None;
        for version in versions {
            let blobs = version.blobs();
            let [source, _, record] = blobs;
            let bases =
                [before.map(|[source, ..]| source), Some(before.map_or(source, |[_, text, _]| text)), last_record];
            for (blob, base) in blobs.into_iter().zip(bases).filter(|(blob, _)| is_own(blob)) {
                run.add(BLOB, blob, base)?;
            }
            last_record = Some(record);
            before = Some(blobs);
        }
    }
    Ok(run)
}
