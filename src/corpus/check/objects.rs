//! git's objects: each is read and its name computed anew, and whatever a branch or a tag leads to must be there, as
//! `git fsck` has it.

use std::{collections::BTreeMap, path::Path};

use super::found::{Check, Fault, Verification};
use crate::corpus::{loose::sound, store::StoreError, tree::git_error};
use crate::execution::Execution;

/// What was found of some objects.
#[derive(Default)]
struct Read {
    /// The objects that each tree and each commit names.
    names: BTreeMap<git2::Oid, Vec<git2::Oid>>,
    faults: Vec<Fault>,
}

/// Reads every object of a repository, on all cores.
pub(super) fn verify(
    repository: &git2::Repository,
    execution: Execution,
    found: &mut Verification,
) -> Result<(), StoreError> {
    let path = repository.path();
    // Branches first: whatever they name was written before, also while others write.
    let open = named_by_references(repository).map_err(|error| git_error(path, &error))?;
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
    let shallow = repository.is_shallow();
    let mut names = BTreeMap::new();
    for part in execution.map_chunks(&ids, |part| read(path, part, shallow)) {
        let part = part.map_err(|error| git_error(path, &error))?;
        names.extend(part.names);
        found.faults.extend(part.faults);
    }
    reach(open, &ids, &names, found);
    Ok(())
}

/// What branches, tags and HEAD name, each with who names it.
fn named_by_references(repository: &git2::Repository) -> Result<Vec<(git2::Oid, String)>, git2::Error> {
    let mut open = Vec::new();
    for reference in repository.references()? {
        let Ok(reference) = reference else { continue };
        let name = String::from_utf8_lossy(reference.name_bytes()).into_owned();
        open.extend(reference.target().map(|id| (id, name)));
    }
    if let Ok(id) = repository.refname_to_id("HEAD") {
        open.push((id, "HEAD".to_owned()));
    }
    Ok(open)
}

/// Follows objects to all that they name.
fn reach(
    mut open: Vec<(git2::Oid, String)>,
    ids: &[git2::Oid],
    names: &BTreeMap<git2::Oid, Vec<git2::Oid>>,
    found: &mut Verification,
) {
    let mut seen = vec![false; ids.len()];
    while let Some((id, named_by)) = open.pop() {
        let Ok(at) = ids.binary_search(&id) else {
            let message = format!("it is missing, and {named_by} names it");
            found.fault(Check::Objects, format!("object {id}"), message);
            continue;
        };
        if !std::mem::replace(&mut seen[at], true) {
            open.extend(names.get(&id).into_iter().flatten().map(|named| (*named, format!("object {id}"))));
        }
    }
}

/// Reads objects through a handle of its own: libgit2's handles are not for two threads at once.
fn read(path: &Path, ids: &[git2::Oid], shallow: bool) -> Result<Read, git2::Error> {
    let repository = git2::Repository::open(path)?;
    let odb = repository.odb()?;
    let mut all = Read::default();
    for id in ids {
        let message = match sound(&repository, *id).and_then(|()| odb.read(*id)) {
            Ok(object) => match git2::Oid::hash_object(object.kind(), object.data()) {
                Ok(found) if found == *id => {
                    if let Some(named) = named(&repository, *id, object.kind(), shallow)? {
                        all.names.insert(*id, named);
                    }
                    continue;
                }
                Ok(found) => format!("its bytes have the name {found}"),
                Err(error) => error.message().to_owned(),
            },
            Err(error) => error.message().to_owned(),
        };
        all.faults.push(Fault::new(Check::Objects, format!("object {id}"), message));
    }
    Ok(all)
}

/// The objects that an object names; those of a nested repository are elsewhere, and so may be parents in a shallow
/// clone.
fn named(
    repository: &git2::Repository,
    id: git2::Oid,
    kind: git2::ObjectType,
    shallow: bool,
) -> Result<Option<Vec<git2::Oid>>, git2::Error> {
    Ok(match kind {
        git2::ObjectType::Tree => {
            let tree = repository.find_tree(id)?;
            Some(tree.iter().filter(|entry| entry.filemode() != 0o160_000).map(|entry| entry.id()).collect())
        }
        git2::ObjectType::Commit => {
            let commit = repository.find_commit(id)?;
            let parents = commit.parent_ids().filter(|_| !shallow);
            Some(parents.chain([commit.tree_id()]).collect())
        }
        git2::ObjectType::Tag => Some(vec![repository.find_tag(id)?.target_id()]),
        _ => None,
    })
}
