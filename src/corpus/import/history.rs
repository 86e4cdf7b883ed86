//! The history of files in another repository: a file is a work, each of its states a version.
//!
//! Trackers of central-bank statements and of terms of service keep their texts so. Commits are read from the oldest to
//! the newest, those of every branch asked for, and each once. A text that returns after another is a state of its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::item::{ImportError, Item, Problem, What};
use crate::corpus::draft::{ReceivedFile, StatedFacts};
use crate::corpus::loose::blob;
use crate::corpus::naming::work_of_text;
use crate::frbr::WorkId;
use crate::language::Date;
use crate::record::{Day, sha256};

/// Which files of a repository become which works.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HistoryOptions<'a> {
    /// The repository: its folder, or the git directory.
    pub repository: &'a Path,
    /// Patterns of branches (`*` and `?`); HEAD where there are none.
    pub branches: &'a [String],
    /// Pattern of paths (`**/*.txt`); all files where there is none.
    pub paths: Option<&'a str>,
    /// How the works are named: `{path}`, `{dir}`, `{stem}` and `{branch}` stand for parts of where a file lies.
    pub work: &'a str,
    /// What holds for all of them.
    pub said: &'a StatedFacts,
}

impl<'a> HistoryOptions<'a> {
    /// All files of HEAD, as works of these names.
    #[must_use]
    pub const fn new(repository: &'a Path, work: &'a str, said: &'a StatedFacts) -> Self {
        Self { repository, branches: &[], paths: None, work, said }
    }
}

/// A state of a file.
struct State {
    commit: git2::Oid,
    path: String,
    branch: String,
    blob: git2::Oid,
    /// The day of its author.
    day: Option<Day>,
    /// The day on which it was committed.
    committed: Option<Day>,
}

/// The states of the files, the oldest first, and how many there are.
///
/// # Errors
/// [`ImportError`] where the repository, a pattern or a commit can't be read.
pub fn history<'a>(
    options: &'a HistoryOptions<'a>,
) -> Result<(usize, impl Iterator<Item = Result<Item, Problem>> + 'a), ImportError> {
    let fail = |why: String| ImportError::Repository { repository: options.repository.to_owned(), why };
    let failed = |error: git2::Error| fail(error.message().to_owned());
    let none: [&Path; 0] = [];
    let repository =
        git2::Repository::open_ext(options.repository, git2::RepositoryOpenFlags::empty(), none).map_err(failed)?;
    let paths = options.paths.map(glob::Pattern::new).transpose();
    let paths = paths.map_err(|error| fail(format!("the pattern of paths: {error}")))?;
    let mut states = Vec::new();
    let mut walked = WalkedCommits::default();
    for (branch, tip) in branches(&repository, options.branches).map_err(failed)? {
        if options.work.contains("{branch}") {
            // What branches share is then a work in each of them.
            walked = WalkedCommits::default();
        }
        walk(&repository, (&branch, tip), paths.as_ref(), &mut walked, &mut states).map_err(failed)?;
    }
    if states.is_empty() {
        return Err(fail("no file of the branches fits the patterns".to_owned()));
    }
    let count = states.len();
    let names = Names::new(&states, options.work);
    let items = states.into_iter().map(move |state| {
        let place = format!("{} at {:.10}", state.path, state.commit.to_string());
        item(&repository, &state, &place, (options, &names)).map_err(|error| Problem { place, error })
    });
    Ok((count, items))
}

/// The branches asked for, by name.
fn branches(repository: &git2::Repository, patterns: &[String]) -> Result<Vec<(String, git2::Oid)>, git2::Error> {
    if patterns.is_empty() {
        let head = repository.head()?;
        let name = head.shorthand().unwrap_or("HEAD").to_owned();
        return Ok(vec![(name, head.peel_to_commit()?.id())]);
    }
    let patterns: Vec<glob::Pattern> = patterns
        .iter()
        .map(|pattern| glob::Pattern::new(pattern).map_err(|error| git2::Error::from_str(&error.to_string())))
        .collect::<Result<_, _>>()?;
    let mut found = Vec::new();
    for branch in repository.branches(None)? {
        let (branch, _) = branch?;
        let Ok(Some(name)) = branch.name() else { continue };
        let reference = branch.get();
        if reference.kind() == Some(git2::ReferenceType::Direct) && patterns.iter().any(|pattern| pattern.matches(name))
        {
            found.push((name.to_owned(), reference.peel_to_commit()?.id()));
        }
    }
    if found.is_empty() {
        return Err(git2::Error::from_str("no branch fits the patterns"));
    }
    found.sort();
    Ok(found)
}

/// What was read so far.
#[derive(Default)]
struct WalkedCommits {
    commits: BTreeSet<git2::Oid>,
    /// The last state of each file; a merge brings back what was read in the branch it merges.
    last: BTreeMap<String, git2::Oid>,
}

fn walk(
    repository: &git2::Repository,
    (branch, tip): (&str, git2::Oid),
    paths: Option<&glob::Pattern>,
    walked: &mut WalkedCommits,
    states: &mut Vec<State>,
) -> Result<(), git2::Error> {
    let mut commits = repository.revwalk()?;
    commits.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::TIME | git2::Sort::REVERSE)?;
    commits.push(tip)?;
    for id in commits {
        let commit = repository.find_commit(id?)?;
        if !walked.commits.insert(commit.id()) {
            continue;
        }
        let before = commit.parent(0).ok().map(|parent| parent.tree()).transpose()?;
        let mut options = git2::DiffOptions::new();
        options.skip_binary_check(true);
        let diff = repository.diff_tree_to_tree(before.as_ref(), Some(&commit.tree()?), Some(&mut options))?;
        for delta in diff.deltas() {
            let file = delta.new_file();
            let Some(path) = file.path().and_then(Path::to_str) else { continue };
            if file.id().is_zero() {
                // A text that was taken down and returns is issued again.
                walked.last.remove(path);
            }
            let is_file = matches!(file.mode(), git2::FileMode::Blob | git2::FileMode::BlobExecutable);
            if file.id().is_zero() || !is_file || paths.is_some_and(|paths| !paths.matches(path)) {
                continue;
            }
            if walked.last.insert(path.to_owned(), file.id()) != Some(file.id()) {
                let (path, branch) = (path.to_owned(), branch.to_owned());
                states.push(State {
                    commit: commit.id(),
                    path,
                    branch,
                    blob: file.id(),
                    day: day(&commit.author().when()),
                    committed: day(&commit.committer().when()),
                });
            }
        }
    }
    Ok(())
}

/// The day of a moment, where its author was.
fn day(when: &git2::Time) -> Option<Day> {
    let seconds = when.seconds() + i64::from(when.offset_minutes()) * 60;
    Date::from_days_since_1970(seconds.div_euclid(86_400)).map(Day)
}

/// What the work of a file is called before it becomes a name of a work.
fn name(state: &State, template: &str) -> String {
    let path = PathBuf::from(&state.path);
    let part =
        |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = part(path.parent().map(Path::as_os_str));
    template
        .replace("{path}", &state.path)
        .replace("{dir}", &folder)
        .replace("{stem}", &part(path.file_stem()))
        .replace("{branch}", &state.branch)
}

/// Digits of the hash that tells names apart.
const HASH_DIGITS: usize = 8;

/// Names of files that would be one name of a work, such as `A-B` and `a b`: those that are written otherwise than the work
/// would be get a hash, for files that stand beside each other are no versions of each other.
struct Names {
    shared: BTreeSet<String>,
}

impl Names {
    fn new(states: &[State], template: &str) -> Self {
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for state in states {
            let name = name(state, template);
            if let Some(work) = work_of_text(&name) {
                names.entry(work.to_string()).or_default().insert(name);
            }
        }
        names.retain(|_, names| names.len() > 1);
        Self { shared: names.into_values().flatten().collect() }
    }

    fn work(&self, name: &str) -> Option<WorkId> {
        let work = work_of_text(name)?;
        if work.as_str() == name || !self.shared.contains(name) {
            return Some(work);
        }
        let hash = &sha256(name.as_bytes())[..HASH_DIGITS];
        work_of_text(&format!("{work}-{hash}"))
    }
}

fn item(
    repository: &git2::Repository,
    state: &State,
    place: &str,
    (options, names): (&HistoryOptions<'_>, &Names),
) -> Result<Item, ImportError> {
    let entry = |why: String| ImportError::Entry { place: place.to_owned(), why };
    let bytes = blob(repository, state.blob).map_err(|error| entry(error.message().to_owned()))?;
    let name = name(state, options.work);
    let work = names.work(&name).ok_or_else(|| entry(format!("{name:?} gives no name of a work")))?;
    let own = StatedFacts {
        work: Some(work.to_string()),
        captured: state.day,
        note: Some(format!("{} at commit {}", state.path, state.commit)),
        ..StatedFacts::default()
    };
    let received = ReceivedFile {
        name: state.path.clone(),
        bytes,
        text: None,
        password: None,
        dated: state.day,
        // What the call says of all states goes before what the history shows.
        committed: state.committed.filter(|_| options.said.issued.is_none()),
    };
    Ok(Item { place: place.to_owned(), what: What::Text(Box::new(received), Box::new(options.said.clone().over(own))) })
}
