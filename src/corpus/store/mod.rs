//! Writing to a corpus: one commit a call, whole or not at all.
//!
//! What is slow comes first and needs no lock: texts are read, objects are written, and objects that no commit names
//! harm nobody. Under the lock the versions are placed in the newest state of the branch, the commit is made, the work
//! tree gets its files, the branch is moved, and the index follows. The branch is the point of decision: before it moves
//! nothing is in the corpus, after it everything is. A journal tells the next writer where a killed one stood.
//!
//! Only what is added is committed: changes that somebody has made or staged elsewhere stay as they are.

mod error;
mod files;
mod history;
mod index;
mod index_file;
mod init;
mod journal;
mod lock;
mod message;
mod objects;
mod pack;
mod place;
mod secure;
mod trees;

pub use error::StoreError;
pub use history::HistoryBranch;
pub use init::{Begun, begin};
pub use journal::Interrupted;
pub use place::{Placed, SameDay};

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use super::draft::Draft;
use super::error::CorpusError;
use super::{
    STATE,
    loose::sound,
    tree::{SETTINGS, bare, git_error, join, prefix, root_of},
};
use crate::execution::Execution;
use files::Staged;
use index::LockedIndex;
use journal::{Journal, Pending};
use lock::Lock;
use message::Addition;
use objects::Prepared;
use place::{FileBytes, NewFile, Placer, Plan};
use trees::NewObject;

/// Between two attempts to move a branch that another program moves or holds.
const PAUSE: Duration = Duration::from_millis(20);
/// Attempts before the branch is given up.
const MOST_ATTEMPTS: u64 = 500;

/// What a repair did.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Settled {
    /// An interrupted call had committed; the work tree was completed.
    Completed,
    /// An interrupted call had not committed; what it had left was taken away.
    Undone,
    /// A lock that a killed call had left was removed.
    Lock(PathBuf),
    /// Files that a killed call had left waiting were removed.
    Stage,
    /// So many committed files were entered into the index.
    Index(usize),
}

/// A corpus that is written to.
pub struct Store {
    pub(super) repository: git2::Repository,
    folder: PathBuf,
    /// The folder of the corpus in the work tree; a bare repository has none.
    pub(super) root: Option<PathBuf>,
    /// Its path in the trees of the repository.
    pub(super) prefix: String,
    state: PathBuf,
    pub(super) execution: Execution,
}

/// What a call added.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Added {
    /// Where each draft stands, in their order.
    pub placed: Vec<Placed>,
    /// The commit; absent where nothing was new, or nothing was to be written.
    pub commit: Option<String>,
    /// What a killed writer had left, and what became of it.
    pub interrupted: Option<Interrupted>,
}

impl Store {
    /// Opens the corpus in a folder of a work tree, or in a bare repository.
    ///
    /// # Errors
    /// [`StoreError`] where there is no corpus, or no git repository around it.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        if folder.join(SETTINGS).is_file() {
            let none: [&Path; 0] = [];
            let repository =
                git2::Repository::open_ext(folder, git2::RepositoryOpenFlags::empty(), none).map_err(|error| {
                    match error.code() {
                        git2::ErrorCode::NotFound => StoreError::NoGit { path: folder.to_owned() },
                        _ => git_error(folder, &error).into(),
                    }
                })?;
            let prefix = prefix(&repository, folder)?;
            return Ok(Self::of(repository, folder, Some(folder.to_owned()), prefix));
        }
        let missing = |why| CorpusError::NotFound { path: folder.to_owned(), why };
        let Some(repository) = bare(folder) else {
            return Err(missing("it holds no recension.toml, and it is no bare git repository").into());
        };
        let prefix = {
            let head = repository.head().and_then(|head| head.peel_to_tree());
            let tree = head.map_err(|error| git_error(folder, &error))?;
            let (_, prefix) =
                root_of(&repository, &tree, "").ok_or_else(|| missing("its HEAD holds no recension.toml"))?;
            prefix
        };
        Ok(Self::of(repository, folder, None, prefix))
    }

    fn of(repository: git2::Repository, folder: &Path, root: Option<PathBuf>, prefix: String) -> Self {
        let state = repository.path().join(STATE);
        Self { repository, folder: folder.to_owned(), root, prefix, state, execution: Execution::Sequential }
    }

    /// The same store, to be written on so many threads.
    #[must_use]
    pub fn with_execution(self, execution: Execution) -> Self {
        Self { execution, ..self }
    }

    /// Where each draft would stand. Nothing is written.
    ///
    /// # Errors
    /// As [`Store::add`].
    pub fn plan(&self, drafts: &[Draft], same_day: SameDay) -> Result<Vec<Placed>, StoreError> {
        let (_, tip) = self.branch()?;
        let prepared = objects::prepare(drafts, self.execution).map_err(self.failed("name the files"))?;
        Ok(self.placer(tip)?.place(&prepared, same_day)?.placed)
    }

    /// Adds versions in one commit. Bytes that the corpus has already of the same work and language are left out.
    ///
    /// `waiting` is called once if another writer is waited for.
    ///
    /// ```
    /// use recension::corpus::{Corpus, Draft, Received, Said, SameDay, Store};
    /// use recension::{frbr::Reference, language::Catalogue};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let folder = &folder.path().join("statements");
    /// # // Git wants to know who commits; where nobody says it, there is nothing to show.
    /// # let Ok(_) = recension::corpus::begin(folder, false) else { return Ok(()) };
    /// let bytes = b"The sides,\n\n1. Decide to meet every year.\n".to_vec();
    /// let received = Received { name: "elm.txt".to_owned(), bytes, text: None, dated: None, committed: None };
    /// let said = Said { work: Some("elm/2031".to_owned()), language: Some("en".to_owned()), ..Said::default() };
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
    pub fn add(&self, drafts: &[Draft], same_day: SameDay, waiting: &dyn Fn()) -> Result<Added, StoreError> {
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
    pub fn add_many(&self, drafts: &[Draft], same_day: SameDay, waiting: &dyn Fn()) -> Result<Added, StoreError> {
        self.branch()?;
        let prepared = objects::prepare(drafts, self.execution).map_err(self.failed("name the files"))?;
        objects::write_packed(&self.repository, &prepared, self.execution)?;
        self.add_prepared(&prepared, same_day, waiting, Manner::Packed)
    }

    fn add_prepared(
        &self,
        drafts: &[Prepared<'_>],
        same_day: SameDay,
        waiting: &dyn Fn(),
        manner: Manner,
    ) -> Result<Added, StoreError> {
        let (author, committer) = self.identities()?;
        let _lock = Lock::take(&self.state, waiting)?;
        let mut added = Added { interrupted: self.settle()?, ..Added::default() };
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

    /// What git is amid, if it is: nothing can be committed then.
    pub(super) fn amid(&self) -> Option<&'static str> {
        amid(self.repository.state())
    }

    /// Whether a writer was interrupted, and none is at work that would settle it.
    pub(super) fn is_interrupted(&self) -> bool {
        let left = || {
            let journal = Journal::read(&self.state).ok().flatten().is_some();
            journal || self.root.as_deref().is_some_and(files::is_staged)
        };
        // A writer that ends between the two looks has left nothing.
        left() && !Lock::is_held(&self.state) && left()
    }

    /// Mends what killed writers leave, and nothing else: their locks, their waiting files, an index behind its commit.
    ///
    /// # Errors
    /// [`StoreError`] where something can't be removed or written.
    pub fn repair(&self) -> Result<Vec<Settled>, StoreError> {
        let _lock = Lock::take(&self.state, &|| {})?;
        let mut done = Vec::new();
        let locked = index::is_left_over(&self.repository);
        let settled = self.settle()?;
        // A lock without a journal is of a call that had done everything else.
        let lock = index::release(&self.repository, &self.state, true)?;
        if locked {
            done.push(Settled::Lock(lock.unwrap_or_else(|| self.repository.path().join("index.lock"))));
        }
        match settled {
            Some(Interrupted::Completed) => done.push(Settled::Completed),
            Some(Interrupted::Undone) => done.push(Settled::Undone),
            None => {}
        }
        if let Some(root) = self.root.as_deref().filter(|root| files::is_staged(root)) {
            files::clear(root)?;
            done.push(Settled::Stage);
        }
        let entered = self.refresh_index()?;
        if entered > 0 {
            done.push(Settled::Index(entered));
        }
        Ok(done)
    }

    /// Enters into the index what the branch and the work tree have alike and the index lacks.
    fn refresh_index(&self) -> Result<usize, StoreError> {
        let Some(root) = &self.root else { return Ok(0) };
        let failed = || self.failed("look at the index");
        let (_, tip) = self.branch()?;
        let Some(tree) = self.placer(tip)?.tree else { return Ok(0) };
        let index = self.repository.index().map_err(failed())?;
        let mut lacking = Vec::new();
        tree.walk(git2::TreeWalkMode::PreOrder, |above, entry| {
            let Ok(name) = entry.name() else { return git2::TreeWalkResult::Ok };
            let path = format!("{above}{name}");
            let full = join(&self.prefix, &path);
            if entry.kind() == Some(git2::ObjectType::Blob) && index.get_path(Path::new(&full), 0).is_none() {
                lacking.push((path, full, entry.id()));
            }
            git2::TreeWalkResult::Ok
        })
        .map_err(failed())?;
        let same = |path: &str, blob: git2::Oid| {
            fs::read(root.join(path)).ok().and_then(|bytes| objects::blob_id(&bytes).ok()) == Some(blob)
        };
        let entries: Vec<index::Entry> = lacking
            .into_iter()
            .filter(|(path, _, blob)| same(path, *blob))
            .map(|(_, path, blob)| index::Entry { path, blob })
            .collect();
        if !entries.is_empty() {
            index::enter(&self.repository, &self.state, &entries)?;
        }
        Ok(entries.len())
    }

    /// Completes or undoes what a killed writer left. Only under the lock.
    fn settle(&self) -> Result<Option<Interrupted>, StoreError> {
        let Some(journal) = Journal::read(&self.state)? else {
            index::release(&self.repository, &self.state, true)?;
            return Ok(None);
        };
        journal.settle(&self.repository, &self.state, (self.root.as_deref(), &self.prefix)).map(Some)
    }

    /// The work tree gets the files, the index the entries, the branch the commit. `false` where another program moved
    /// the branch first; then all is as it was.
    fn write(&self, write: &Write<'_>, plan: &Plan, drafts: &[Prepared<'_>]) -> Result<bool, StoreError> {
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

    fn write_under_journal(&self, write: &Write<'_>, plan: &Plan, drafts: &[Prepared<'_>]) -> Result<bool, StoreError> {
        let Some(root) = &self.root else { return self.advance(write) };
        let mut index = LockedIndex::take(&self.repository, &self.state)?;
        let staged = Staged::put(root, &plan.files, |file| bytes_of(file, drafts))?;
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

    /// Moves the branch, if it still stands where it did.
    fn advance(&self, write: &Write<'_>) -> Result<bool, StoreError> {
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
    fn commit(
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

    fn placer(&self, tip: Option<git2::Oid>) -> Result<Placer<'_>, StoreError> {
        let failed = || self.failed("read the branch");
        let tree = match tip {
            Some(tip) => {
                let commit = sound(&self.repository, tip).and_then(|()| self.repository.find_commit(tip));
                let commit = commit.map_err(failed())?;
                let whole = sound(&self.repository, commit.tree_id()).and_then(|()| commit.tree()).map_err(failed())?;
                if self.prefix.is_empty() {
                    Some(whole)
                } else {
                    let found = whole.get_path(Path::new(&self.prefix));
                    found.ok().map(|entry| self.repository.find_tree(entry.id())).transpose().map_err(failed())?
                }
            }
            None => None,
        };
        Ok(Placer::new(&self.repository, tree, &self.folder))
    }

    /// The branch that HEAD names, and where it stands; a new repository's branch stands nowhere.
    fn branch(&self) -> Result<(String, Option<git2::Oid>), StoreError> {
        let repository = || self.repository.path().to_owned();
        if let Some(what) = amid(self.repository.state()) {
            return Err(StoreError::InProgress { repository: repository(), what });
        }
        let head = self.repository.find_reference("HEAD").map_err(self.failed("read HEAD"))?;
        let Ok(Some(name)) = head.symbolic_target().map(|name| name.map(str::to_owned)) else {
            let commit = head.target().map_or_else(|| "an unknown commit".to_owned(), |commit| commit.to_string());
            return Err(StoreError::Detached { repository: repository(), commit });
        };
        match self.repository.refname_to_id(&name) {
            Ok(tip) => Ok((name, Some(tip))),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok((name, None)),
            Err(error) => Err(self.failed("read the branch")(error)),
        }
    }

    /// Author and committer, from the environment and the configuration as git has them.
    fn identities(&self) -> Result<(git2::Signature<'static>, git2::Signature<'static>), StoreError> {
        let missing = |_| StoreError::NoIdentity { repository: self.repository.path().to_owned() };
        let author = self.repository.author_from_env().map_err(missing)?;
        let committer = self.repository.committer_from_env().map_err(missing)?;
        Ok((author, committer))
    }

    fn blob(&self, bytes: &[u8]) -> Result<git2::Oid, StoreError> {
        self.repository.blob(bytes).map_err(self.failed("write an object"))
    }

    fn failed(&self, doing: &'static str) -> impl FnOnce(git2::Error) -> StoreError {
        let repository = self.repository.path().to_owned();
        move |error| StoreError::Git { doing, repository, message: error.message().to_owned() }
    }
}

/// How objects are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Loose,
    Packed,
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

/// A branch that is to get a commit.
struct Write<'a> {
    reference: &'a str,
    tip: Option<git2::Oid>,
    commit: git2::Oid,
}

fn bytes_of<'a>(file: &'a NewFile, drafts: &'a [Prepared<'_>]) -> &'a [u8] {
    let draft = |at: usize| drafts.get(at);
    match &file.bytes {
        FileBytes::Own(bytes) => bytes,
        FileBytes::Source(at) => draft(*at).map_or(&[], |one| &one.draft.source),
        FileBytes::Text(at) => draft(*at).map_or(&[], |one| one.draft.text.as_bytes()),
        FileBytes::Record(at) => draft(*at).map_or(&[], |one| &one.record),
    }
}

/// What a repository is amid, if it is.
fn amid(state: git2::RepositoryState) -> Option<&'static str> {
    use git2::RepositoryState as State;
    match state {
        State::Clean => None,
        State::Merge => Some("merge"),
        State::Revert | State::RevertSequence => Some("revert"),
        State::CherryPick | State::CherryPickSequence => Some("cherry-pick"),
        State::Bisect => Some("bisection"),
        State::Rebase | State::RebaseInteractive | State::RebaseMerge => Some("rebase"),
        State::ApplyMailbox | State::ApplyMailboxOrRebase => Some("series of patches"),
    }
}
