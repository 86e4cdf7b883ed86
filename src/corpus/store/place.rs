//! Where versions go: which folder each gets, what stands there already, and what may not stand beside it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::error::StoreError;
use super::{
    files,
    new_file::{FileBytes, NewFile},
    objects::{PreparedDraft, blob_id},
};
use crate::corpus::draft::Draft;
use crate::corpus::error::CorpusError;
use crate::corpus::tree::git_error;
use crate::corpus::{
    loose::sound,
    settings,
    tree::{Kind, kind_of},
};
use crate::record::{self, Record, VersionId};

/// What to do with a second version of one day, in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SameDay {
    /// It is an error, unless somebody says what the version claims to be.
    Refuse,
    /// It is numbered: `2016-09-26.2`.
    Number,
}

/// A version and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Placement {
    /// Its name.
    pub id: VersionId,
    /// Whether the corpus held these very bytes of the work in this language already, of the same day or with nobody
    /// saying that they are another version; then nothing is added.
    pub already: bool,
}

/// What a commit will add.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) placed: Vec<Placement>,
    /// The drafts that are new, by index, with their folders.
    pub(super) new: Vec<(usize, VersionId)>,
    pub(super) files: Vec<NewFile>,
}

/// The versions of one work in one language, by folder: the blob of each source.
type Series = BTreeMap<String, Option<git2::Oid>>;

/// The committed state that versions are placed in.
pub(super) struct Placer<'a> {
    pub(super) repository: &'a git2::Repository,
    /// The tree of the corpus; absent where nothing is committed.
    pub(super) tree: Option<git2::Tree<'a>>,
    pub(super) folder: &'a Path,
    series: BTreeMap<String, Series>,
    works: BTreeSet<String>,
    /// The folders that this call has met in each series, and the last of them.
    met: BTreeMap<String, (BTreeSet<String>, String)>,
}

impl<'a> Placer<'a> {
    pub(super) fn new(repository: &'a git2::Repository, tree: Option<git2::Tree<'a>>, folder: &'a Path) -> Self {
        Self { repository, tree, folder, series: BTreeMap::new(), works: BTreeSet::new(), met: BTreeMap::new() }
    }

    /// Places all drafts, those before others of the same call first.
    pub(super) fn place(mut self, drafts: &[PreparedDraft<'_>], same_day: SameDay) -> Result<Plan, StoreError> {
        let mut plan = Plan::default();
        for (at, draft) in drafts.iter().enumerate() {
            self.draft(at, draft, same_day, &mut plan)?;
        }
        Ok(plan)
    }

    fn draft(
        &mut self,
        at: usize,
        prepared: &PreparedDraft<'_>,
        same_day: SameDay,
        plan: &mut Plan,
    ) -> Result<(), StoreError> {
        let draft = prepared.draft;
        let series_path = format!("works/{}/{}", draft.work, draft.language);
        if !self.series.contains_key(&series_path) {
            let series = self.read_series(&series_path, draft)?;
            self.series.insert(series_path.clone(), series);
        }
        let series = self.series.entry(series_path.clone()).or_default();
        let source = prepared.source_id;
        let first = draft.folder();
        // The same bytes of another day are a version of their own only where somebody says so: a text may return.
        let is_own = draft.claimed || same_day == SameDay::Number;
        let of_day =
            |folder: &str| folder == first || folder.strip_prefix(&first).is_some_and(|rest| rest.starts_with('.'));
        let (met, last) = self.met.entry(series_path.clone()).or_default();
        // A text that was another meanwhile and returns on the same day is a version of its own; met again by the same
        // call made anew, each of its states is found in its turn.
        let returns = |folder: &String| same_day == SameDay::Number && met.contains(folder) && last != folder;
        let already = series
            .iter()
            .find(|(folder, held)| **held == Some(source) && (!is_own || of_day(folder)) && !returns(folder));
        if let Some((folder, _)) = already {
            let folder = folder.clone();
            met.insert(folder.clone());
            last.clone_from(&folder);
            plan.placed.push(Placement { id: draft.id(folder), already: true });
            return Ok(());
        }
        let mut folder = first.clone();
        let mut number = 1;
        while series.contains_key(&folder) {
            if same_day == SameDay::Refuse && !draft.claimed {
                return Err(self.taken(draft, folder));
            }
            number += 1;
            folder = format!("{first}.{number}");
        }
        if let Some(twin) = series.keys().find(|held| held.eq_ignore_ascii_case(&folder)) {
            let why = format!("{twin} stands beside it, which differs in upper and lower case only");
            return Err(StoreError::Place { path: format!("{series_path}/{folder}"), why });
        }
        series.insert(folder.clone(), Some(source));
        met.insert(folder.clone());
        last.clone_from(&folder);
        let id = draft.id(folder);
        plan.placed.push(Placement { id: id.clone(), already: false });
        self.files(at, prepared, &id, plan)?;
        plan.new.push((at, id));
        Ok(())
    }

    fn files(
        &mut self,
        at: usize,
        prepared: &PreparedDraft<'_>,
        id: &VersionId,
        plan: &mut Plan,
    ) -> Result<(), StoreError> {
        let draft = prepared.draft;
        let failed = |error: git2::Error| StoreError::from(git_error(self.folder, &error));
        let folder = format!("works/{}/{}/{}", id.work, id.language, id.folder);
        let name = draft.record.provenance.source.as_deref().unwrap_or("source.bin");
        for (path, blob, bytes) in [
            (format!("{folder}/{name}"), prepared.source_id, FileBytes::Source(at)),
            (format!("{folder}/text.txt"), prepared.text_id, FileBytes::Text(at)),
            (format!("{folder}/version.toml"), prepared.record_id, FileBytes::Record(at)),
        ] {
            plan.files.push(NewFile { path, blob, bytes });
        }
        let work = format!("works/{}/work.toml", id.work);
        if self.works.insert(work.clone()) && self.kind(&work)?.is_none() {
            let bytes = record::work_toml(&draft.about).into_bytes();
            let oid = blob_id(&bytes).map_err(failed)?;
            plan.files.push(NewFile { path: work, blob: oid, bytes: FileBytes::Own(bytes) });
        }
        Ok(())
    }

    /// The versions of a work in a language that are committed; an error where the folder can't hold versions.
    fn read_series(&self, path: &str, draft: &Draft) -> Result<Series, StoreError> {
        let failed = |error: git2::Error| StoreError::from(git_error(self.folder, &error));
        let place = |path: &str, why: String| Err(StoreError::Place { path: path.to_owned(), why });
        let mut above = String::new();
        for part in path.split('/') {
            above = if above.is_empty() { part.to_owned() } else { format!("{above}/{part}") };
            match self.kind(&above)? {
                None | Some((_, Kind::Folder)) => {}
                Some(_) => return place(path, format!("{above} is no folder")),
            }
            if above != "works" && self.kind(&format!("{above}/version.toml"))?.is_some() {
                return place(path, format!("{above} is a version, and no folder of versions"));
            }
        }
        if let Some((id, _)) = self.kind(&format!("works/{}", draft.work))? {
            let tree = self.repository.find_tree(id).map_err(failed)?;
            let twin = tree
                .iter()
                .filter_map(|entry| entry.name().ok().map(str::to_owned))
                .find(|name| name.eq_ignore_ascii_case(&draft.language) && *name != draft.language);
            if let Some(twin) = twin {
                return place(
                    path,
                    format!("the work has a folder {twin}, which differs in upper and lower case only"),
                );
            }
        }
        let Some((id, _)) = self.kind(path)? else { return Ok(Series::new()) };
        let tree = self.repository.find_tree(id).map_err(failed)?;
        let mut series = Series::new();
        for entry in &tree {
            let Ok(name) = entry.name() else { continue };
            let source = match kind_of(&entry) {
                Ok(Kind::Folder) => {
                    let version = self.repository.find_tree(entry.id()).map_err(failed)?;
                    version
                        .iter()
                        .find(|file| file.name().is_ok_and(|name| name.starts_with("source.")))
                        .map(|file| file.id())
                }
                _ => None,
            };
            series.insert(name.to_owned(), source);
        }
        Ok(series)
    }

    /// Whether something is committed at a path.
    pub(super) fn has(&self, path: &str) -> Result<bool, StoreError> {
        Ok(self.kind(path)?.is_some())
    }

    /// What is committed at a path.
    fn kind(&self, path: &str) -> Result<Option<(git2::Oid, Kind)>, StoreError> {
        let Some(tree) = &self.tree else { return Ok(None) };
        self.sound_on_the_way(tree, path)?;
        match tree.get_path(Path::new(path)) {
            Ok(entry) => {
                let kind = kind_of(&entry).map_err(|kind| CorpusError::Link { path: path.to_owned(), kind })?;
                Ok(Some((entry.id(), kind)))
            }
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(error) => Err(git_error(self.folder, &error).into()),
        }
    }

    /// Looks at the trees above a path before libgit2 goes through them.
    fn sound_on_the_way(&self, tree: &git2::Tree<'_>, path: &str) -> Result<(), StoreError> {
        let failed = |error: git2::Error| StoreError::from(git_error(self.folder, &error));
        let mut at = tree.clone();
        for part in files::parent(path).split('/').filter(|part| !part.is_empty()) {
            let Some(id) = at.get_name(part).map(|entry| entry.id()) else { break };
            sound(self.repository, id).map_err(failed)?;
            let Ok(below) = self.repository.find_tree(id) else { break };
            at = below;
        }
        Ok(())
    }

    fn taken(&self, draft: &Draft, folder: String) -> StoreError {
        let id = draft.id(folder);
        let path = format!("works/{}/{}/{}/version.toml", id.work, id.language, id.folder);
        let recorded = self.kind(&path).ok().flatten().and_then(|(oid, _)| {
            let bytes = crate::corpus::loose::blob(self.repository, oid).ok()?;
            let record: Record = settings::read(&bytes, &path).ok()?;
            record.sha256.source
        });
        StoreError::Taken {
            id: id.to_string(),
            file: draft.record.provenance.file.clone().unwrap_or_else(|| "the text".to_owned()),
            recorded: recorded.unwrap_or_else(|| "not recorded".to_owned()),
            found: draft.record.sha256.source.clone().unwrap_or_default(),
        }
    }
}
