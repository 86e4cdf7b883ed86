//! git's objects: each is read and its name computed anew, as `git fsck` does.

use std::path::Path;

use super::{Check, Fault, Verified};
use crate::corpus::{parts::in_parts, store::StoreError, tree::git_error};

/// Reads every object of a repository, on all cores.
pub(super) fn verify(repository: &git2::Repository, found: &mut Verified) -> Result<(), StoreError> {
    let path = repository.path();
    let mut ids = Vec::new();
    let odb = repository.odb().map_err(|error| git_error(path, &error))?;
    odb.foreach(|id| {
        ids.push(*id);
        true
    })
    .map_err(|error| git_error(path, &error))?;
    ids.sort_unstable();
    ids.dedup();
    found.objects = ids.len();
    for part in in_parts(&ids, |part| read(path, part)) {
        found.faults.extend(part.map_err(|error| git_error(path, &error))?);
    }
    Ok(())
}

/// Reads objects through a handle of its own: libgit2's handles are not for two threads at once.
fn read(path: &Path, ids: &[git2::Oid]) -> Result<Vec<Fault>, git2::Error> {
    let repository = git2::Repository::open(path)?;
    let odb = repository.odb()?;
    let mut faults = Vec::new();
    for id in ids {
        let message = match odb.read(*id) {
            Ok(object) => match git2::Oid::hash_object(object.kind(), object.data()) {
                Ok(found) if found == *id => continue,
                Ok(found) => format!("its bytes have the name {found}"),
                Err(error) => error.message().to_owned(),
            },
            Err(error) => error.message().to_owned(),
        };
        faults.push(Fault { check: Check::Objects, place: format!("object {id}"), message, commit: None });
    }
    Ok(faults)
}
