//! Which commits belong to the drafting of a corpus, in which versions may still change.
//!
//! `since` in the table `[history]` ends the drafting, and dates of commits are what their authors say. So a date alone
//! excuses nothing: a commit is of the drafting only if it and all commits before it are dated before `since`, and if it
//! stands before the commit that first said so. Who writes an early date under a commit of today, on a branch of its own,
//! or moves `since` behind what was just changed, is looked at like everybody else. Linear in the commits.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use crate::corpus::{
    loose::blob,
    settings::{self, Moment, Settings},
};

/// The commits of the drafting.
#[derive(Default)]
pub(super) struct Drafting {
    commits: BTreeSet<git2::Oid>,
}

impl Drafting {
    /// Finds them among the commits, the newest of which come first. `settings` is the path of the settings in trees.
    pub(super) fn new(
        repository: &git2::Repository,
        newest_first: &[git2::Oid],
        settings: &str,
        since: Option<Moment>,
    ) -> Result<Self, git2::Error> {
        let Some(since) = since else { return Ok(Self::default()) };
        let mut values = Values { repository, settings, known: BTreeMap::new() };
        let mut said: BTreeMap<git2::Oid, bool> = BTreeMap::new();
        for id in newest_first {
            said.insert(*id, values.of(*id)? == Some(since.seconds));
        }
        let says = |id: &git2::Oid| said.get(id).copied().unwrap_or(false);
        let mut early: BTreeSet<git2::Oid> = BTreeSet::new();
        let mut first = Vec::new();
        for id in newest_first.iter().rev() {
            let commit = repository.find_commit(*id)?;
            let parents: Vec<git2::Oid> = commit.parent_ids().collect();
            if says(id) && !parents.iter().any(says) {
                first.push(*id);
            }
            // A shallow clone lacks what is before; what is not here is not looked at either.
            let is_early = |parent: &git2::Oid| early.contains(parent) || !said.contains_key(parent);
            if commit.committer().when().seconds() < since.seconds && parents.iter().all(is_early) {
                early.insert(*id);
            }
        }
        // What only the work tree says excuses nothing.
        if first.is_empty() {
            return Ok(Self::default());
        }
        // Several branches may each have said so first: then only what all of them go back to is of the drafting.
        for id in first {
            let mut before = repository.revwalk()?;
            before.push(id)?;
            let before: BTreeSet<git2::Oid> = before.filter_map(Result::ok).filter(|before| *before != id).collect();
            early.retain(|commit| before.contains(commit));
        }
        Ok(Self { commits: early })
    }

    pub(super) fn holds(&self, commit: git2::Oid) -> bool {
        self.commits.contains(&commit)
    }
}

/// What the settings of commits say, read once for each state of the file.
struct Values<'a> {
    repository: &'a git2::Repository,
    settings: &'a str,
    known: BTreeMap<git2::Oid, Option<i64>>,
}

impl Values<'_> {
    fn of(&mut self, commit: git2::Oid) -> Result<Option<i64>, git2::Error> {
        let tree = self.repository.find_commit(commit)?.tree()?;
        let Ok(entry) = tree.get_path(Path::new(self.settings)) else { return Ok(None) };
        if let Some(known) = self.known.get(&entry.id()) {
            return Ok(*known);
        }
        let bytes = blob(self.repository, entry.id()).ok();
        let read = bytes.and_then(|bytes| settings::read::<Settings>(&bytes, self.settings).ok());
        let since = read.and_then(|settings| settings.history.since).map(|since| since.seconds);
        self.known.insert(entry.id(), since);
        Ok(since)
    }
}
