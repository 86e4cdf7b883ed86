//! Looking at a corpus: its versions one by one, its works, and what git has of them.

use std::{collections::BTreeSet, path::Path};

use super::{
    found::{Check, Fault, Verification},
    history, objects,
    status::{UncommittedKind, status},
    text,
};
use crate::corpus::{
    error::CorpusError,
    listing::Sources,
    open::Corpus,
    paths::{folder_of, is_language_code},
    store::{Settlement, Store, StoreError},
    tree::{Tree, git_error, join},
};
use crate::execution::Execution;
use crate::frbr::WorkId;
use crate::record::Version;

/// Reading texts of other programs that are told one by one.
const MOST_NOTES: usize = 20;

/// What a verification looks at beside what it always does.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct VerifyOptions {
    /// Mend what can be mended safely.
    pub repair: bool,
}

/// Looks at everything. `step` is called with what is looked at next.
///
/// # Errors
/// [`StoreError`] where the corpus or its repository can't be read at all, or a repair failed.
pub fn verify(
    corpus: &Corpus,
    options: VerifyOptions,
    step: &dyn Fn(&'static str),
) -> Result<Verification, StoreError> {
    let mut found = Verification::default();
    step("versions");
    let (versions, faults) = corpus.everything(Sources::Files)?;
    for error in faults {
        found.error(Check::Layout, error.place(), &error);
    }
    found.versions = versions.len();
    versions_hold(corpus, &versions, &mut found);
    works_hold(corpus, &versions, &mut found);
    match git2::Repository::discover(&corpus.folder) {
        Ok(repository) => {
            step("objects");
            objects::verify(&repository, corpus.execution, &mut found)?;
            if found.faults.iter().any(|fault| fault.check == Check::Objects) {
                let note = "objects of git are damaged or missing: history and work tree were not looked at";
                found.notes.push(note.to_owned());
                return Ok(found.sorted());
            }
            step("history");
            history::verify(corpus, &repository, &mut found)?;
            if matches!(corpus.tree, Tree::Folder(_)) {
                step("work tree");
                work_tree(corpus, options, &mut found)?;
            }
        }
        Err(_) => found.notes.push("there is no git repository: history and objects could not be looked at".to_owned()),
    }
    Ok(found.sorted())
}

/// Looks at git's objects alone, where a corpus can't be opened because of them.
///
/// # Errors
/// [`StoreError`] where there is no repository, or it can't be read at all.
pub fn verify_objects(folder: &Path, execution: Execution) -> Result<Verification, StoreError> {
    let repository = git2::Repository::discover(folder).map_err(|error| git_error(folder, &error))?;
    let mut found = Verification::default();
    objects::verify(&repository, execution, &mut found)?;
    Ok(found.sorted())
}

/// The files of every version: those that its record names, with the hashes that it has.
fn versions_hold(corpus: &Corpus, versions: &[Version], found: &mut Verification) {
    let parts = corpus.execution.map_chunks(versions, |part| {
        let mut own = Verification::default();
        for version in part {
            version_holds(corpus, version, &mut own);
        }
        own
    });
    let mut notes = Vec::new();
    for part in parts {
        found.faults.extend(part.faults);
        notes.extend(part.notes);
    }
    let more = notes.len().saturating_sub(MOST_NOTES);
    notes.truncate(MOST_NOTES);
    found.notes.append(&mut notes);
    if more > 0 {
        found.notes.push(format!("{more} more versions have a reading text that another program made"));
    }
}

fn version_holds(corpus: &Corpus, version: &Version, found: &mut Verification) {
    if !files_hold(corpus, version, found) {
        return;
    }
    let place = corpus.tree.place(&folder_of(&version.id));
    match text::difference(corpus, version) {
        Some(difference) if difference.is_excused => found.notes.push(format!("{place}: {}", difference.message)),
        Some(difference) => found.fault(Check::Text, place, difference.message),
        None => {}
    }
}

/// Looks at the files of a version and their hashes; whether they can be read.
fn files_hold(corpus: &Corpus, version: &Version, found: &mut Verification) -> bool {
    let folder = folder_of(&version.id);
    let place = corpus.tree.place(&folder);
    if let Err(error) = corpus.content_hash(version) {
        let check = if matches!(error, CorpusError::Hash { .. }) { Check::Hash } else { Check::Layout };
        found.error(check, error.place(), &error);
        return false;
    }
    let hashes = &version.record.sha256;
    for (name, hash) in [("source", &hashes.source), ("text", &hashes.text)] {
        if hash.as_ref().is_none_or(String::is_empty) {
            found.fault(Check::Hash, &place, format!("no sha256 of its {name} is recorded"));
        }
    }
    let source = version.record.provenance.source.as_deref();
    for entry in corpus.tree.list(&folder).unwrap_or_default() {
        let known = matches!(entry.name.as_str(), "version.toml" | "text.txt") || Some(entry.name.as_str()) == source;
        let unnamed = source.is_none() && entry.name.starts_with("source.");
        if !known && !unnamed {
            found.fault(Check::Layout, corpus.tree.place(&join(&folder, &entry.name)), "its record does not name it");
        }
    }
    if let Some(language) = version.record.original_languages.iter().find(|language| !is_language_code(language)) {
        found.fault(Check::Layout, &place, format!("{language:?} is no code of a language"));
    }
    true
}

/// Looks at one version as [`verify`] looks at all: its files, their hashes, its reading text. What an earlier version of
/// this program read otherwise is told as well.
#[must_use]
pub(crate) fn verify_version(corpus: &Corpus, version: &Version) -> Vec<Fault> {
    let mut found = Verification::default();
    if files_hold(corpus, version, &mut found)
        && let Some(difference) = text::difference(corpus, version)
    {
        found.fault(Check::Text, corpus.tree.place(&folder_of(&version.id)), difference.message);
    }
    found.sorted().faults
}

/// The record of every work, and the works that it names.
fn works_hold(corpus: &Corpus, versions: &[Version], found: &mut Verification) {
    let held: BTreeSet<&WorkId> = versions.iter().map(|version| &version.id.work).collect();
    found.works = held.len();
    for work in &held {
        let place = corpus.tree.place(&format!("works/{work}/work.toml"));
        let about = match corpus.work(work) {
            Ok(about) => about,
            Err(error) => {
                found.error(Check::Layout, place, &error);
                continue;
            }
        };
        for name in &about.lineage {
            match WorkId::new(name) {
                Err(error) => found.fault(Check::Reference, &place, error.to_string()),
                Ok(named) if named == **work => found.fault(Check::Reference, &place, "it says it succeeds itself"),
                Ok(named) if !held.contains(&named) => {
                    found.notes.push(format!("{work} succeeds {named}, which the corpus does not hold"));
                }
                Ok(_) => {}
            }
        }
    }
}

/// What is not committed, and what a killed writer left.
fn work_tree(corpus: &Corpus, options: VerifyOptions, found: &mut Verification) -> Result<(), StoreError> {
    if options.repair {
        for settled in Store::open(&corpus.folder)?.repair()? {
            found.repaired.push(match settled {
                Settlement::Completed => {
                    "completed the work tree after an interrupted call that had committed".to_owned()
                }
                Settlement::Undone => "took away what an interrupted call had left uncommitted".to_owned(),
                Settlement::Lock(path) => format!("removed the lock {} that a killed call had left", path.display()),
                Settlement::Stage => "removed files that a killed call had left waiting".to_owned(),
                Settlement::Index(paths) => format!("entered {paths} committed files into git's index"),
            });
        }
    }
    let state = status(&corpus.folder)?;
    if state.interrupted {
        found.fault(Check::WorkTree, corpus.name(), "a call that writes was interrupted; verify --repair settles it");
    }
    for uncommitted in state.uncommitted {
        let message = match uncommitted.kind {
            UncommittedKind::New | UncommittedKind::Other => continue,
            UncommittedKind::Changed => "it is not as it is committed, and a version never changes",
            UncommittedKind::Removed => "it is committed, and not in the work tree",
            UncommittedKind::Unindexed => {
                "it is committed, and git's index does not know it; verify --repair enters it"
            }
        };
        found.fault(Check::WorkTree, uncommitted.path, message);
    }
    Ok(())
}
