//! What a range of commits does to the corpora of a repository and to other files.

use std::path::{Path, PathBuf};

use crate::record::VersionId;

/// A range of commits, looked at from where its two ends parted.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Pull {
    /// A commit that both ends come from.
    pub base: String,
    /// The commit that is looked at, or the tree of the index.
    pub head: String,
    /// Work tree of the repository.
    pub root: PathBuf,
    /// What happened to versions, by corpus and path.
    pub versions: Vec<PulledVersion>,
    /// Files outside of corpora that were added or edited, by path.
    pub files: Vec<PulledFile>,
    /// What can't be compared, by path.
    pub oddities: Vec<Oddity>,
}

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub enum Head<'a> {
    /// A revision.
    Revision(&'a str),
    /// What is staged: in the index that git names, else in that of the repository.
    Index(Option<&'a Path>),
}

/// A version that a range of commits touched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct PulledVersion {
    /// The folder of its corpus in the repository; empty for the repository itself.
    pub corpus: String,
    /// The version.
    pub id: VersionId,
    /// What happened to it.
    pub kind: PulledKind,
    /// The name that git has for its folder now; empty where it is gone.
    pub object: String,
}

/// What happened to a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PulledKind {
    /// It is new.
    Added,
    /// It was there and is another now.
    Changed,
    /// It was there and is gone.
    Removed,
}

/// A file before and after.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PulledFile {
    /// Its path.
    pub path: String,
    /// Its path before, where that was another.
    pub renamed: Option<String>,
    /// Its bytes before; none of a new file.
    pub before: Option<Vec<u8>>,
    /// Its bytes after.
    pub after: Vec<u8>,
}

/// Something at a path that can't be compared, or that must not change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Oddity {
    /// The path, in UTF-8.
    pub path: String,
    /// What it is.
    pub kind: OddityKind,
    /// The name that git has for what stands there now; empty where nothing does.
    pub object: String,
}

/// What is odd about a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum OddityKind {
    /// A statement, or a part of a corpus, is a symbolic link, a nested repository, or was one before.
    NotPlain(&'static str),
    /// Its name is no UTF-8.
    Name,
    /// A statement of so many bytes.
    TooLarge(u64),
    /// A statement is gone; git takes this file for what became of it.
    Removed(Option<String>),
    /// Settings of the base say something else now: these keys.
    Settings(Vec<String>),
    /// Settings that the base has not, or a folder of that name.
    NewSettings,
    /// A file among the works that belongs to no version.
    Stray(String),
    /// What is recorded of a work was changed or removed.
    Work,
}
