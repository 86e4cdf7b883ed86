//! The corpus as an ordinary git history: a branch where each work is one file in each language, and each version one
//! commit with its own date, so that `git log -p`, `git blame` and forges show it.
//!
//! Names and dates come from the versions alone, so the same corpus gives the same commits anywhere.

use std::collections::BTreeMap;

use super::error::StoreError;
use super::{
    message::one_line,
    objects::write_pack,
    open::Store,
    pack::{Blob, Run, pack},
};
use crate::corpus::open::Corpus;
use crate::record::Version;
use crate::statement::{StatedClaim, Status};

/// Bytes of a run at which it is handed over to git.
const RUN_BYTES: usize = 32 << 20;
/// The author and committer of all commits: who exports is no fact of the text.
const AUTHOR: &str = "recension <recension@invalid>";
/// Seconds of a day.
const DAY: i64 = 86_400;

/// A branch that was written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HistoryBranch {
    /// Its name.
    pub branch: String,
    /// Its last commit.
    pub commit: String,
    /// How many commits it has.
    pub commits: usize,
    /// Whether it stood there already.
    pub already: bool,
}

/// A folder under way: the names of its files and folders, and its own once it is known.
#[derive(Default)]
struct Folder {
    files: BTreeMap<String, git2::Oid>,
    folders: BTreeMap<String, Folder>,
    /// Its tree as it was written last.
    written: Option<(git2::Oid, Vec<u8>)>,
}

impl Store {
    /// Writes versions as the history of a branch: from the oldest to the newest, undated ones first.
    ///
    /// # Errors
    /// [`StoreError`] where a version can't be read, or a branch of this name is not one that was exported, unless
    /// `force` is set; the branch that is checked out is never written.
    pub fn write_history(
        &self,
        corpus: &Corpus,
        versions: &[Version],
        branch: &str,
        force: bool,
        progress: &dyn Fn(usize),
    ) -> Result<HistoryBranch, StoreError> {
        let reference = format!("refs/heads/{branch}");
        let before = self.may_write(&reference, force)?;
        let mut ordered: Vec<&Version> = versions.iter().collect();
        ordered.sort_by_key(|version| (version.issued(), &version.id));
        let odb = self.repository.odb().map_err(self.failed("open its objects"))?;
        let (mut root, mut run, mut tip) = (Folder::default(), Run::default(), None);
        let mut texts: BTreeMap<String, (git2::Oid, Vec<u8>)> = BTreeMap::new();
        let failed = || self.failed("write a history");
        for (at, version) in ordered.iter().enumerate() {
            let text = corpus.text_bytes(version)?;
            let id = git2::Oid::hash_object(git2::ObjectType::Blob, &text).map_err(failed())?;
            let path = format!("{}/{}.txt", version.id.work, version.id.language);
            let io = |error| StoreError::io(self.repository.path())(error);
            let base = texts.get(&path).map(|(id, bytes)| Blob { id: *id, bytes });
            run.add(git2::ObjectType::Blob, Blob { id, bytes: &text }, base).map_err(io)?;
            let tree = root.put(&path, id, &mut run).map_err(io)?.map_err(failed())?;
            texts.insert(path, (id, text));
            let commit = commit_bytes(version, tree, tip);
            let id = git2::Oid::hash_object(git2::ObjectType::Commit, &commit).map_err(failed())?;
            run.add_whole(id, git2::ObjectType::Commit, &commit).map_err(io)?;
            tip = Some(id);
            if run.len() > RUN_BYTES {
                if let Some(bytes) = pack(&[std::mem::take(&mut run)]) {
                    write_pack(&odb, &bytes).map_err(failed())?;
                }
                progress(at + 1);
            }
        }
        if let Some(bytes) = pack(&[run]) {
            write_pack(&odb, &bytes).map_err(failed())?;
        }
        let Some(tip) = tip else {
            return Err(StoreError::Place { path: branch.to_owned(), why: "there is no version to write".to_owned() });
        };
        let already = before == Some(tip);
        if !already {
            self.repository.reference(&reference, tip, true, "recension: export").map_err(failed())?;
        }
        Ok(HistoryBranch { branch: branch.to_owned(), commit: tip.to_string(), commits: ordered.len(), already })
    }

    /// Where the branch stands, if it may be written.
    fn may_write(&self, reference: &str, force: bool) -> Result<Option<git2::Oid>, StoreError> {
        let place = |why: &str| Err(StoreError::Branch { name: reference.to_owned(), why: why.to_owned() });
        if !git2::Reference::is_valid_name(reference) {
            return place("git allows no branch of this name");
        }
        let head = self.repository.find_reference("HEAD").ok();
        if head.as_ref().and_then(|head| head.symbolic_target().ok().flatten()) == Some(reference) {
            return place("it is the branch that HEAD names, which holds the corpus itself");
        }
        let Ok(tip) = self.repository.refname_to_id(reference) else { return Ok(None) };
        let exported = self.repository.find_commit(tip).is_ok_and(|commit| {
            commit.author().name_bytes() == b"recension"
                && commit.message().is_ok_and(|text| text.contains("\nRecension-Version: "))
        });
        if exported || force { Ok(Some(tip)) } else { place("it is there already, and no export made it") }
    }
}

impl Folder {
    /// Puts a file in its place and writes the folders above it anew. Returns the tree of this folder.
    fn put(&mut self, path: &str, blob: git2::Oid, run: &mut Run) -> std::io::Result<Result<git2::Oid, git2::Error>> {
        match path.split_once('/') {
            Some((name, rest)) => {
                let below = self.folders.entry(name.to_owned()).or_default();
                if let Err(error) = below.put(rest, blob, run)? {
                    return Ok(Err(error));
                }
            }
            None => {
                self.files.insert(path.to_owned(), blob);
            }
        }
        self.write(run)
    }

    fn write(&mut self, run: &mut Run) -> std::io::Result<Result<git2::Oid, git2::Error>> {
        let mut entries: Vec<(String, &str, &str, git2::Oid)> = Vec::new();
        for (name, id) in &self.files {
            entries.push((name.clone(), "100644", name, *id));
        }
        for (name, folder) in &self.folders {
            if let Some((id, _)) = &folder.written {
                // git sorts a folder as if its name ended in a slash.
                entries.push((format!("{name}/"), "40000", name, *id));
            }
        }
        entries.sort();
        let mut bytes = Vec::new();
        for (_, mode, name, id) in entries {
            bytes.extend_from_slice(format!("{mode} {name}\0").as_bytes());
            bytes.extend_from_slice(id.as_bytes());
        }
        let id = match git2::Oid::hash_object(git2::ObjectType::Tree, &bytes) {
            Ok(id) => id,
            Err(error) => return Ok(Err(error)),
        };
        let base = self.written.as_ref().map(|(id, bytes)| Blob { id: *id, bytes });
        run.add(git2::ObjectType::Tree, Blob { id, bytes: &bytes }, base)?;
        self.written = Some((id, bytes));
        Ok(Ok(id))
    }
}

fn commit_bytes(version: &Version, tree: git2::Oid, parent: Option<git2::Oid>) -> Vec<u8> {
    let record = &version.record;
    let (issued, _) = version.issued();
    // git has no dates before 1970; the true one is in the message.
    let seconds = issued.and_then(|day| day.days_since_1970()).map_or(0, |days| (days * DAY).max(0));
    let mut out = format!("tree {tree}\n");
    if let Some(parent) = parent {
        out.push_str(&format!("parent {parent}\n"));
    }
    for role in ["author", "committer"] {
        out.push_str(&format!("{role} {AUTHOR} {seconds} +0000\n"));
    }
    let claim = record.claim.as_ref().map(StatedClaim::words);
    let status = record.status.as_ref().map(Status::words);
    let what = claim.or(status).map(|what| format!(": {}", one_line(what)));
    out.push_str(&format!("\n{}{}\n\n", version.id, what.unwrap_or_default()));
    out.push_str(&format!("Recension-Version: {}\n", version.id));
    if let Some(issued) = issued {
        out.push_str(&format!("Recension-Issued: {issued}\n"));
    }
    for (key, value) in [
        ("Claim", claim),
        ("Symbol", record.symbol.as_deref()),
        ("Source-Url", record.provenance.source_url.as_deref()),
        ("Source-Sha256", record.sha256.source.as_deref()),
    ] {
        if let Some(value) = value {
            out.push_str(&format!("Recension-{key}: {}\n", one_line(value)));
        }
    }
    out.into_bytes()
}
