//! Making a commit, and moving the branch to it.

use super::{
    error::StoreError,
    new_file::{FileBytes, NewFile},
    objects,
    open::Store,
    trees::{self, NewObject},
};
use crate::corpus::tree::join;

/// How objects are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// One by one.
    Loose,
    /// In packs.
    Packed,
}

/// A branch that is to get a commit.
pub(super) struct Write<'a> {
    /// The branch.
    pub(super) reference: &'a str,
    /// Where it stands; nowhere if it is new.
    pub(super) tip: Option<git2::Oid>,
    /// The commit.
    pub(super) commit: git2::Oid,
}

impl Store {
    /// Moves the branch, if it still stands where it did.
    pub(super) fn advance(&self, write: &Write<'_>) -> Result<bool, StoreError> {
        let log = "recension: add";
        let moved = match write.tip {
            Some(tip) => self.repository.reference_matching(write.reference, write.commit, true, tip, log),
            None => self.repository.reference(write.reference, write.commit, false, log),
        };
        match moved {
            Ok(_) => Ok(true),
            Err(error) => match error.code() {
                git2::ErrorCode::Locked | git2::ErrorCode::Modified | git2::ErrorCode::Exists => Ok(false),
                _ => Err(self.failed("move the branch")(error)),
            },
        }
    }

    /// The commit, which no branch has yet.
    pub(super) fn commit(
        &self,
        files: &[NewFile],
        message: &str,
        tip: Option<git2::Oid>,
        (author, committer): (&git2::Signature<'_>, &git2::Signature<'_>),
        manner: Manner,
    ) -> Result<(git2::Oid, Vec<NewObject>), StoreError> {
        let failed = || self.failed("write a commit");
        let parent = tip.map(|tip| self.repository.find_commit(tip)).transpose().map_err(failed())?;
        let base = parent.as_ref().map(git2::Commit::tree).transpose().map_err(failed())?;
        let paths: Vec<String> = files.iter().map(|file| join(&self.prefix, &file.path)).collect();
        let named = paths.iter().map(String::as_str).zip(files.iter().map(|file| file.blob));
        let (tree, mut new) = trees::with_files(&self.repository, base.as_ref(), named).map_err(failed())?;
        for file in files {
            if let FileBytes::Own(bytes) = &file.bytes {
                new.push(NewObject { id: file.blob, kind: git2::ObjectType::Blob, bytes: bytes.clone() });
            }
        }
        let bytes = commit_bytes(tree, tip, (author, committer), message);
        let id = git2::Oid::hash_object(git2::ObjectType::Commit, &bytes).map_err(failed())?;
        new.push(NewObject { id, kind: git2::ObjectType::Commit, bytes });
        match manner {
            Manner::Loose => objects::write_loose_objects(&self.repository, &new).map_err(failed())?,
            Manner::Packed => objects::write_packed_objects(&self.repository, &new)?,
        }
        Ok((id, new))
    }
}

/// A commit as git writes it. A message ends in one line end.
fn commit_bytes(
    tree: git2::Oid,
    parent: Option<git2::Oid>,
    (author, committer): (&git2::Signature<'_>, &git2::Signature<'_>),
    message: &str,
) -> Vec<u8> {
    let mut out = format!("tree {tree}\n").into_bytes();
    if let Some(parent) = parent {
        out.extend_from_slice(format!("parent {parent}\n").as_bytes());
    }
    for (role, who) in [("author", author), ("committer", committer)] {
        let when = who.when();
        let (sign, minutes) = (when.sign(), when.offset_minutes().unsigned_abs());
        out.extend_from_slice(format!("{role} ").as_bytes());
        out.extend_from_slice(who.name_bytes());
        out.extend_from_slice(b" <");
        out.extend_from_slice(who.email_bytes());
        let time = format!("> {} {sign}{:02}{:02}\n", when.seconds(), minutes / 60, minutes % 60);
        out.extend_from_slice(time.as_bytes());
    }
    out.push(b'\n');
    out.extend_from_slice(message.as_bytes());
    out
}
