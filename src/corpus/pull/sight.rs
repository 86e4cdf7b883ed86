//! Path by path: what changed between two trees, and whether it is a version, a statement or something odd.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{
    pulled::{Oddity, OddityKind, Pull, PulledFile, PulledKind, PulledVersion},
    settings::{PROJECT, changed_keys, corpus_of, is_file, named_so},
};
use crate::corpus::{
    loose::{MOST_BYTES, blob, size},
    paths::id_of_path,
    tree::{SETTINGS, join},
};

/// What a file in the trees of git is; with or without the right to be run.
const FILES: [git2::FileMode; 3] =
    [git2::FileMode::Blob, git2::FileMode::BlobExecutable, git2::FileMode::BlobGroupWritable];

/// What is looked at from one commit where the ends parted.
pub(super) struct Sight<'a> {
    pub(super) repository: &'a git2::Repository,
    /// The commit where the ends parted.
    pub(super) before: &'a git2::Tree<'a>,
    /// The branch that the changes go to.
    pub(super) tip: &'a git2::Tree<'a>,
    /// What is looked at.
    pub(super) after: &'a git2::Tree<'a>,
    /// Which files outside of corpora are statements.
    pub(super) patterns: &'a [glob::Pattern],
}

/// What was found so far.
#[derive(Default)]
struct Found {
    versions: BTreeSet<PulledVersion>,
    oddities: BTreeSet<Oddity>,
    /// Files to compare: before and after.
    files: BTreeMap<String, (git2::Oid, git2::Oid)>,
    /// Statements that are gone.
    removed: BTreeSet<String>,
}

/// One path at both ends.
struct Step<'s> {
    path: &'s str,
    old: (git2::Oid, git2::FileMode),
    new: (git2::Oid, git2::FileMode),
}

impl Step<'_> {
    /// What stands there now is no plain file.
    fn not_plain(&self) -> Option<&'static str> {
        match (self.new.1, self.old.1) {
            (git2::FileMode::Link, _) => Some("a symbolic link"),
            (git2::FileMode::Commit, _) => Some("a nested repository"),
            (_, git2::FileMode::Link) if !self.new.0.is_zero() => Some("a file that was a symbolic link"),
            (_, git2::FileMode::Commit) if !self.new.0.is_zero() => Some("a file that was a nested repository"),
            _ => None,
        }
    }

    fn oddity(&self, kind: OddityKind) -> Oddity {
        let object = if self.new.0.is_zero() { String::new() } else { self.new.0.to_string() };
        Oddity { path: self.path.to_owned(), kind, object }
    }
}

impl Sight<'_> {
    /// Everything that is another now.
    pub(super) fn look(&self) -> Result<Pull, git2::Error> {
        let mut options = git2::DiffOptions::new();
        options.include_typechange(true).skip_binary_check(true);
        let mut diff = self.repository.diff_tree_to_tree(Some(self.before), Some(self.after), Some(&mut options))?;
        let mut found = Found::default();
        for delta in diff.deltas() {
            let (old, new) = (delta.old_file(), delta.new_file());
            let bytes = new.path_bytes().or_else(|| old.path_bytes()).unwrap_or_default();
            let path = String::from_utf8_lossy(bytes);
            let step = Step { path: &path, old: (old.id(), old.mode()), new: (new.id(), new.mode()) };
            if std::str::from_utf8(bytes).is_err() {
                self.unnamed(&step, &mut found);
            } else {
                self.step(&step, &mut found)?;
            }
        }
        let renamed = self.renamed(&mut diff, &found)?;
        self.gather(found, &renamed)
    }

    /// A path that is no UTF-8 has no name that could be told, looked up or let pass.
    fn unnamed(&self, step: &Step<'_>, found: &mut Found) {
        let of_corpus = corpus_of(step.path, &[self.before, self.tip]).is_some();
        if of_corpus || self.fits(step.path) {
            found.oddities.insert(step.oddity(OddityKind::Name));
        }
    }

    fn fits(&self, path: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.matches(path))
    }

    fn step(&self, step: &Step<'_>, found: &mut Found) -> Result<(), git2::Error> {
        if let Some(place) = named_so(step.path) {
            self.settings(place, step, found)?;
        }
        let held = [self.before, self.tip];
        let corpus = corpus_of(step.path, &held).or_else(|| {
            // A corpus that is begun here holds what is new, and nothing that was a statement before.
            corpus_of(step.path, &[self.after]).filter(|_| step.old.0.is_zero())
        });
        match corpus {
            Some(corpus) => self.in_corpus(&corpus, step, found),
            None => self.outside(step, found)?,
        }
        Ok(())
    }

    /// A file of settings, or what lies in a folder that is called like one.
    fn settings(&self, place: &str, step: &Step<'_>, found: &mut Found) -> Result<(), git2::Error> {
        let held = [self.before, self.tip];
        let folder = place.rsplit_once('/').map_or("", |(above, _)| above);
        let is_project = place == PROJECT;
        let own = join(&corpus_of(place, &held).unwrap_or_default(), SETTINGS);
        let counts = place == step.path && (is_project || (place == own && place == join(folder, SETTINGS)));
        if counts && held.iter().any(|tree| is_file(tree, place)) {
            let bytes = |id: git2::Oid| -> Result<Vec<u8>, git2::Error> {
                if id.is_zero() { Ok(Vec::new()) } else { blob(self.repository, id) }
            };
            let keys = match step.not_plain() {
                Some(kind) => BTreeSet::from([format!("they are {kind}")]),
                None if step.new.0.is_zero() => BTreeSet::from(["they are gone".to_owned()]),
                None => changed_keys(&bytes(step.old.0)?, &bytes(step.new.0)?, is_project),
            };
            if !keys.is_empty() {
                found.oddities.insert(step.oddity(OddityKind::Settings(keys.into_iter().collect())));
            }
        } else if !step.new.0.is_zero() {
            let oddity = Oddity { path: place.to_owned(), ..step.oddity(OddityKind::NewSettings) };
            if !found.oddities.iter().any(|other| other.path == oddity.path && other.kind == oddity.kind) {
                found.oddities.insert(oddity);
            }
        }
        Ok(())
    }

    fn in_corpus(&self, corpus: &str, step: &Step<'_>, found: &mut Found) {
        let own = if corpus.is_empty() { step.path } else { step.path[corpus.len()..].trim_start_matches('/') };
        let among_works = own == "works" || own.starts_with("works/");
        if let Some(kind) = step.not_plain().filter(|_| among_works) {
            found.oddities.insert(step.oddity(OddityKind::Stray(format!("it is {kind}"))));
        }
        if !among_works {
            return;
        }
        match self.version_of(corpus, own) {
            Some(Ok(version)) => drop(found.versions.insert(version)),
            Some(Err(why)) => drop(found.oddities.insert(step.oddity(OddityKind::Stray(why)))),
            None => self.beside_versions(own, step, found),
        }
    }

    /// A file among the works that lies in no version.
    fn beside_versions(&self, own: &str, step: &Step<'_>, found: &mut Found) {
        let name = own.rsplit('/').next().unwrap_or(own);
        if name == "work.toml" {
            if !step.old.0.is_zero() {
                found.oddities.insert(step.oddity(OddityKind::Work));
            }
        } else if !step.new.0.is_zero() && (name == "text.txt" || name.starts_with("source.")) {
            let why = "it is the text of a version, and no version.toml stands beside it".to_owned();
            found.oddities.insert(step.oddity(OddityKind::Stray(why)));
        }
    }

    /// The version that a path of a corpus lies in, at either end; or why what looks like one is none.
    fn version_of(&self, corpus: &str, own: &str) -> Option<Result<PulledVersion, String>> {
        let mut folder = own;
        while let Some((above, _)) = folder.rsplit_once('/') {
            folder = above;
            let place = join(corpus, folder);
            let record = join(&place, "version.toml");
            let at = |tree: &git2::Tree<'_>| tree.get_path(Path::new(&record)).is_ok();
            let kind = match (at(self.before), at(self.after)) {
                (false, false) => continue,
                (false, true) => PulledKind::Added,
                (true, true) => PulledKind::Changed,
                (true, false) => PulledKind::Removed,
            };
            let object = self.after.get_path(Path::new(&place)).map(|entry| entry.id().to_string()).unwrap_or_default();
            let version = |id| PulledVersion { corpus: corpus.to_owned(), id, kind, object };
            return Some(id_of_path(folder).map(version));
        }
        None
    }

    fn outside(&self, step: &Step<'_>, found: &mut Found) -> Result<(), git2::Error> {
        if !self.fits(step.path) {
            return Ok(());
        }
        if step.new.0.is_zero() {
            found.removed.insert(step.path.to_owned());
            return Ok(());
        }
        if let Some(kind) = step.not_plain() {
            found.oddities.insert(step.oddity(OddityKind::NotPlain(kind)));
            return Ok(());
        }
        for id in [step.old.0, step.new.0].into_iter().filter(|id| !id.is_zero()) {
            let size = size(self.repository, id)?;
            if size > MOST_BYTES as u64 {
                found.oddities.insert(step.oddity(OddityKind::TooLarge(size)));
                return Ok(());
            }
        }
        found.files.insert(step.path.to_owned(), (step.old.0, step.new.0));
        Ok(())
    }

    /// The earlier paths and objects of new files that git takes for renamed ones, whatever their names are.
    fn renamed(
        &self,
        diff: &mut git2::Diff<'_>,
        found: &Found,
    ) -> Result<BTreeMap<String, (String, git2::Oid)>, git2::Error> {
        if found.removed.is_empty() && found.files.values().all(|(old, _)| !old.is_zero()) {
            return Ok(BTreeMap::new());
        }
        diff.find_similar(Some(git2::DiffFindOptions::new().renames(true)))?;
        let renamed = diff.deltas().filter(|delta| delta.status() == git2::Delta::Renamed);
        let paths = renamed.filter_map(|delta| {
            let (old, new) = (delta.old_file(), delta.new_file());
            let plain = FILES.contains(&old.mode()) && FILES.contains(&new.mode());
            plain.then_some(())?;
            Some((new.path()?.to_str()?.to_owned(), (old.path()?.to_str()?.to_owned(), old.id())))
        });
        Ok(paths.collect())
    }

    fn gather(&self, mut found: Found, renamed: &BTreeMap<String, (String, git2::Oid)>) -> Result<Pull, git2::Error> {
        for path in std::mem::take(&mut found.removed) {
            let target = renamed.iter().find(|(_, (old, _))| *old == path).map(|(new, _)| new.clone());
            found.oddities.insert(Oddity { path, kind: OddityKind::Removed(target), object: String::new() });
        }
        let bytes = |id| blob(self.repository, id);
        let mut files = Vec::new();
        for (path, (old, new)) in found.files {
            let earlier = renamed.get(&path).cloned();
            let before = match (old.is_zero(), &earlier) {
                (false, _) => Some(bytes(old)?),
                (true, Some((_, id))) => Some(bytes(*id)?),
                (true, None) => None,
            };
            files.push(PulledFile { path, renamed: earlier.map(|(path, _)| path), before, after: bytes(new)? });
        }
        Ok(Pull {
            versions: found.versions.into_iter().collect(),
            files,
            oddities: found.oddities.into_iter().collect(),
            ..Pull::default()
        })
    }
}
