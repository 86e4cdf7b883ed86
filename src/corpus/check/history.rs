//! The promise that a version, and what is recorded of its work, never changes after its first commit, held against the
//! whole history.
//!
//! Every commit is compared with its parents, tree by tree; trees of one name are equal and are not looked into, so a
//! commit costs what it changed. A merge is at fault only where it differs from all its parents: what one of them
//! brings was looked at there.

use std::collections::BTreeSet;

use super::{
    drafting::Drafting,
    found::{Check, Fault, Verification},
};
use crate::corpus::{
    open::Corpus,
    store::StoreError,
    tree::{SETTINGS, Tree, git_error, join, prefix},
};

/// Faults of one history that are listed.
const MOST_FAULTS: usize = 1_000;

pub(super) fn verify(
    corpus: &Corpus,
    repository: &git2::Repository,
    found: &mut Verification,
) -> Result<(), StoreError> {
    let failed = |error: &git2::Error| StoreError::from(git_error(&corpus.folder, error));
    let prefix = match &corpus.tree {
        Tree::Folder(_) => prefix(repository, &corpus.folder)?,
        Tree::Git(tree) => tree.prefix.clone(),
    };
    if repository.is_shallow() {
        found.notes.push("the clone is shallow: only the commits that are here could be looked at".to_owned());
    }
    let Ok(tip) = repository.head().and_then(|head| head.peel_to_commit()) else {
        found.notes.push("nothing is committed yet".to_owned());
        return Ok(());
    };
    let since = corpus.settings.history.since;
    if let Some(since) = since {
        found
            .notes
            .push(format!("commits before {since} were not looked at: recension.toml has versions change until then"));
    }
    let mut walk = repository.revwalk().map_err(|error| failed(&error))?;
    walk.push(tip.id()).map_err(|error| failed(&error))?;
    walk.set_sorting(git2::Sort::TOPOLOGICAL).map_err(|error| failed(&error))?;
    let commits = walk.collect::<Result<Vec<_>, _>>().map_err(|error| failed(&error))?;
    let works = join(&prefix, "works");
    let drafting = Drafting::new(repository, &commits, &join(&prefix, SETTINGS), since);
    let drafting = drafting.map_err(|error| failed(&error))?;
    for id in commits.into_iter().filter(|id| !drafting.holds(*id)) {
        let commit = repository.find_commit(id).map_err(|error| failed(&error))?;
        found.commits += 1;
        let changed = changed(repository, &commit, &works).map_err(|error| failed(&error))?;
        for (path, what) in changed {
            if found.faults.len() < MOST_FAULTS {
                let summary = commit.summary().ok().flatten().unwrap_or_default();
                let message = format!("{what} by commit {:.10} ({summary})", commit.id().to_string());
                let commit = Some(commit.id().to_string());
                found.faults.push(Fault { commit, ..Fault::new(Check::History, path, message) });
            }
        }
    }
    Ok(())
}

/// The folders of versions that a commit changed or removed against every parent that has them.
fn changed(
    repository: &git2::Repository,
    commit: &git2::Commit<'_>,
    works: &str,
) -> Result<BTreeSet<(String, &'static str)>, git2::Error> {
    let tree = |commit: &git2::Commit<'_>| -> Result<Option<git2::Oid>, git2::Error> {
        match commit.tree()?.get_path(std::path::Path::new(works)) {
            Ok(entry) => Ok(Some(entry.id())),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    };
    let after = tree(commit)?;
    let mut common: Option<BTreeSet<(String, &'static str)>> = None;
    for id in commit.parent_ids() {
        // A shallow clone ends in commits whose parents are not here.
        let Ok(parent) = repository.find_commit(id) else { continue };
        let mut own = BTreeSet::new();
        if let Some(before) = tree(&parent)? {
            compare(repository, before, after, works, &mut own)?;
        }
        common = Some(match common {
            Some(others) => others.intersection(&own).cloned().collect(),
            None => own,
        });
        if common.as_ref().is_some_and(BTreeSet::is_empty) {
            break;
        }
    }
    Ok(common.unwrap_or_default())
}

fn compare(
    repository: &git2::Repository,
    before: git2::Oid,
    after: Option<git2::Oid>,
    path: &str,
    found: &mut BTreeSet<(String, &'static str)>,
) -> Result<(), git2::Error> {
    if Some(before) == after {
        return Ok(());
    }
    // What is no folder any more holds no versions.
    let old = repository.find_tree(before)?;
    let new = after.and_then(|after| repository.find_tree(after).ok());
    if old.get_name("version.toml").is_some() {
        let what = if new.is_some() { "changed" } else { "removed" };
        found.insert((path.to_owned(), what));
        return Ok(());
    }
    // What is recorded of a work is as lasting as its versions.
    if let Some(record) = old.get_name("work.toml") {
        let now = new.as_ref().and_then(|new| new.get_name("work.toml"));
        if now.as_ref().map(git2::TreeEntry::id) != Some(record.id()) {
            found.insert((join(path, "work.toml"), if now.is_some() { "changed" } else { "removed" }));
        }
    }
    for entry in old.iter().filter(|entry| entry.kind() == Some(git2::ObjectType::Tree)) {
        let Ok(name) = entry.name() else { continue };
        let now = new.as_ref().and_then(|new| new.get_name(name)).map(|entry| entry.id());
        if now != Some(entry.id()) {
            compare(repository, entry.id(), now, &join(path, name), found)?;
        }
    }
    Ok(())
}
