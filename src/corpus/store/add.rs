//! Adding versions: one commit a call.

use std::{fs, thread, time::Duration};

use super::{
    commit::{Manner, Write},
    error::StoreError,
    files::StagedFile,
    index::{self, LockedIndex},
    init,
    journal::{Interruption, Journal, Pending},
    lock::Lock,
    message::{self, Addition},
    new_file::{FileBytes, NewFile, bytes_of},
    objects::{self, PreparedDraft},
    open::Store,
    place::{Placement, Plan, SameDay},
    secure,
};
use crate::corpus::{
    draft::Draft,
    tree::{SETTINGS, join},
};

/// Between two attempts to move a branch that another program moves or holds.
const PAUSE: Duration = Duration::from_millis(20);
/// Attempts before the branch is given up.
const MOST_ATTEMPTS: u64 = 500;

/// What a call added.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct AddedVersions {
    /// Where each draft stands, in their order.
    pub placed: Vec<Placement>,
    /// The commit; absent where nothing was new, or nothing was to be written.
    pub commit: Option<String>,
    /// What a killed writer had left, and what became of it.
    pub interrupted: Option<Interruption>,
}

impl Store {
    /// Where each draft would stand. Nothing is written.
    ///
    /// # Errors
    /// As [`Store::add`].
    pub fn plan(&self, drafts: &[Draft], same_day: SameDay) -> Result<Vec<Placement>, StoreError> {
        let (_, tip) = self.branch()?;
        let prepared = objects::prepare(drafts, self.execution).map_err(self.failed("name the files"))?;
        Ok(self.placer(tip)?.place(&prepared, same_day)?.placed)
    }

    /// Adds versions in one commit. Bytes that the corpus has already of the same work and language are left out.
    ///
    /// `waiting` is called once if another writer is waited for.
    ///
    /// ```
    /// use recension::corpus::{Corpus, Draft, ReceivedFile, StatedFacts, SameDay, Store};
    /// use recension::{frbr::Reference, language::Catalogue};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let folder = &folder.path().join("statements");
    /// # // Git wants to know who commits; where nobody says it, there is nothing to show.
    /// # let Ok(_) = recension::corpus::begin(folder, false) else { return Ok(()) };
    /// let bytes = b"The sides,\n\n1. Decide to meet every year.\n".to_vec();
    /// let received = ReceivedFile { name: "elm.txt".to_owned(), bytes, text: None, password: None, dated: None, committed: None };
    /// let said = StatedFacts { work: Some("elm/2031".to_owned()), language: Some("en".to_owned()), ..StatedFacts::default() };
    /// let corpus = Corpus::open(folder, None)?;
    /// let draft = Draft::new(received, said, &corpus.settings().defaults, Catalogue::shipped(), None)?;
    /// Store::open(folder)?.add(&[draft], SameDay::Refuse, &|| {})?;
    ///
    /// let version = corpus.resolve(&Reference::parse("elm/2031")?)?;
    /// assert_eq!(corpus.load(&version)?.source.statement.clauses.len(), 2);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was added.
    pub fn add(&self, drafts: &[Draft], same_day: SameDay, waiting: &dyn Fn()) -> Result<AddedVersions, StoreError> {
        self.branch()?;
        let prepared = objects::prepare(drafts, self.execution).map_err(self.failed("name the files"))?;
        objects::write_loose(&self.repository, &prepared).map_err(self.failed("write an object"))?;
        self.add_prepared(&prepared, same_day, waiting, Manner::Loose)
    }

    /// Adds many versions in one commit, as [`Store::add`] does, with their objects in packs: for some hundreds and
    /// more it is faster, and takes a tenth of the disk.
    ///
    /// # Errors
    /// As [`Store::add`].
    pub fn add_many(
        &self,
        drafts: &[Draft],
        same_day: SameDay,
        waiting: &dyn Fn(),
    ) -> Result<AddedVersions, StoreError> {
        self.branch()?;
        let prepared = objects::prepare(drafts, self.execution).map_err(self.failed("name the files"))?;
        objects::write_packed(&self.repository, &prepared, self.execution)?;
        self.add_prepared(&prepared, same_day, waiting, Manner::Packed)
    }

    fn add_prepared(
        &self,
        drafts: &[PreparedDraft<'_>],
        same_day: SameDay,
        waiting: &dyn Fn(),
        manner: Manner,
    ) -> Result<AddedVersions, StoreError> {
        let (author, committer) = self.identities()?;
        let _lock = Lock::take(&self.state, waiting)?;
        let mut added = AddedVersions { interrupted: self.settle()?, ..AddedVersions::default() };
        for _ in 0..MOST_ATTEMPTS {
            let (reference, tip) = self.branch()?;
            let mut plan = self.placer(tip)?.place(drafts, same_day)?;
            if plan.new.is_empty() {
                added.placed = plan.placed;
                return Ok(added);
            }
            self.settings(tip, &mut plan)?;
            let additions =
                plan.new.iter().filter_map(|(at, id)| Some(Addition { id, record: &drafts.get(*at)?.draft.record }));
            let message = message::message(&additions.collect::<Vec<_>>());
            let (commit, new) = self.commit(&plan.files, &message, tip, (&author, &committer), manner)?;
            let write = Write { reference: &reference, tip, commit };
            if self.write(&write, &plan, drafts)? {
                let (git, common) = (self.repository.path(), self.repository.commondir());
                secure::secure(git, common, &new, &plan.files, drafts)?;
                added.placed = plan.placed;
                added.commit = Some(commit.to_string());
                return Ok(added);
            }
            thread::sleep(PAUSE);
        }
        let (reference, _) = self.branch()?;
        let lock = self.repository.commondir().join(format!("{reference}.lock"));
        Err(StoreError::Locked { lock, seconds: MOST_ATTEMPTS * 20 / 1000 })
    }

    /// The work tree gets the files, the index the entries, the branch the commit. `false` where another program moved
    /// the branch first; then all is as it was.
    fn write(&self, write: &Write<'_>, plan: &Plan, drafts: &[PreparedDraft<'_>]) -> Result<bool, StoreError> {
        self.journal(write, plan).write(&self.state)?;
        let done = self.write_under_journal(write, plan, drafts);
        Journal::remove(&self.state)?;
        done
    }

    fn journal(&self, write: &Write<'_>, plan: &Plan) -> Journal {
        let is_new = |path: &str| self.root.as_ref().is_some_and(|root| root.join(path).symlink_metadata().is_err());
        let pending =
            |file: &NewFile| Pending { path: file.path.clone(), blob: file.blob.to_string(), new: is_new(&file.path) };
        let files = plan.files.iter().map(pending).collect();
        Journal { commit: write.commit.to_string(), reference: write.reference.to_owned(), files }
    }

    fn write_under_journal(
        &self,
        write: &Write<'_>,
        plan: &Plan,
        drafts: &[PreparedDraft<'_>],
    ) -> Result<bool, StoreError> {
        let Some(root) = &self.root else { return self.advance(write) };
        let mut index = LockedIndex::take(&self.repository, &self.state)?;
        let staged = StagedFile::put(root, &plan.files, |file| bytes_of(file, drafts))?;
        let entry = |file: &NewFile| index::Entry { path: join(&self.prefix, &file.path), blob: file.blob };
        let entries: Vec<_> = plan.files.iter().map(entry).collect();
        let entered = index.as_mut().map_or(Ok(()), |index| index.enter(&entries));
        let moved = entered.and_then(|()| self.advance(write));
        if !matches!(moved, Ok(true)) {
            staged.take_away();
            index.map_or(Ok(()), LockedIndex::restore)?;
        }
        moved
    }

    /// The settings of a corpus that was begun by hand are committed with the first version.
    fn settings(&self, tip: Option<git2::Oid>, plan: &mut Plan) -> Result<(), StoreError> {
        let Some(root) = &self.root else { return Ok(()) };
        if self.placer(tip)?.has(SETTINGS)? {
            return Ok(());
        }
        for name in [SETTINGS, init::ATTRIBUTES] {
            if let Ok(bytes) = fs::read(root.join(name)) {
                let blob = self.blob(&bytes)?;
                plan.files.push(NewFile { path: name.to_owned(), blob, bytes: FileBytes::Own(bytes) });
            }
        }
        Ok(())
    }
}
