//! A corpus that is written to, as it is opened: its repository, its branch, and who commits.

use std::path::{Path, PathBuf};

use super::{error::StoreError, place::Placer};
use crate::corpus::{
    error::CorpusError,
    loose::sound,
    paths::STATE,
    tree::{SETTINGS, bare, git_error, prefix, root_of},
};
use crate::execution::Execution;

/// A corpus that is written to.
pub struct Store {
    /// The repository that the corpus lies in.
    pub(in crate::corpus) repository: git2::Repository,
    /// The folder that it was opened from.
    pub(super) folder: PathBuf,
    /// The folder of the corpus in the work tree; a bare repository has none.
    pub(in crate::corpus) root: Option<PathBuf>,
    /// Its path in the trees of the repository.
    pub(in crate::corpus) prefix: String,
    /// The folder beside git's where a write under way is told of.
    pub(super) state: PathBuf,
    /// How many threads write.
    pub(in crate::corpus) execution: Execution,
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

    /// A store on a repository whose corpus lies at `prefix`, with its folder in the work tree where there is one.
    pub(super) fn of(repository: git2::Repository, folder: &Path, root: Option<PathBuf>, prefix: String) -> Self {
        let state = repository.path().join(STATE);
        Self { repository, folder: folder.to_owned(), root, prefix, state, execution: Execution::Sequential }
    }

    /// The same store, to be written on so many threads.
    #[must_use]
    pub fn with_execution(self, execution: Execution) -> Self {
        Self { execution, ..self }
    }

    /// What git is amid, if it is: nothing can be committed then.
    pub(in crate::corpus) fn amid(&self) -> Option<&'static str> {
        amid(self.repository.state())
    }

    /// The committed state of the corpus, at a commit of the branch.
    pub(super) fn placer(&self, tip: Option<git2::Oid>) -> Result<Placer<'_>, StoreError> {
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
    pub(super) fn branch(&self) -> Result<(String, Option<git2::Oid>), StoreError> {
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
    pub(super) fn identities(&self) -> Result<(git2::Signature<'static>, git2::Signature<'static>), StoreError> {
        let missing = |_| StoreError::NoIdentity { repository: self.repository.path().to_owned() };
        let author = self.repository.author_from_env().map_err(missing)?;
        let committer = self.repository.committer_from_env().map_err(missing)?;
        Ok((author, committer))
    }

    /// Writes bytes as an object.
    pub(super) fn blob(&self, bytes: &[u8]) -> Result<git2::Oid, StoreError> {
        self.repository.blob(bytes).map_err(self.failed("write an object"))
    }

    /// The error of something that git was asked to do.
    pub(super) fn failed(&self, doing: &'static str) -> impl FnOnce(git2::Error) -> StoreError {
        let repository = self.repository.path().to_owned();
        move |error| StoreError::Git { doing, repository, message: error.message().to_owned() }
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
