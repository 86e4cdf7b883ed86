//! What git is told of the program: how to show, compare and merge statements.
//!
//! Two files say it, git's configuration and an attributes file. Each gets a block of lines between two marks (`block`),
//! and gives it back to the last byte. Files are written as git writes its own: beside, under git's lock, and renamed. A
//! configuration is parsed by libgit2 before it takes its place, so none that git can't read is left behind.

mod block;

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// Where the attributes are written, and for whom they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reach {
    /// In the repository's own folder: for this clone.
    Private,
    /// In `.gitattributes` at the top of the work tree, to be committed: for everybody who has the program set up.
    Shared,
    /// In the files of a user: for all repositories.
    Global {
        /// The user's configuration.
        config: PathBuf,
        /// The user's attributes, unless the configuration names others.
        attributes: PathBuf,
    },
}

impl Reach {
    /// The name in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Shared => "shared",
            Self::Global { .. } => "global",
        }
    }
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileOutcome {
    /// It was made.
    Made,
    /// Our lines were put in or changed.
    Written,
    /// Our lines were there, or were not there, as wished.
    Already,
    /// Our lines were taken out.
    Cleared,
    /// It held nothing else and was removed.
    Removed,
}

impl FileOutcome {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Written => "written",
            Self::Already => "already",
            Self::Cleared => "cleared",
            Self::Removed => "removed",
        }
    }
}

/// A file of git's and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IntegrationFile {
    /// The file.
    pub path: PathBuf,
    /// What became of it.
    pub done: FileOutcome,
}

/// What git was told, or is told no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GitIntegration {
    /// Whether it is told; else it was taken back.
    pub installed: bool,
    /// For whom.
    pub reach: Reach,
    /// The configuration.
    pub config: IntegrationFile,
    /// The attributes.
    pub attributes: IntegrationFile,
    /// Keys of the configuration and their values.
    pub settings: Vec<(&'static str, String)>,
    /// Patterns of files.
    pub patterns: Vec<String>,
}

/// Why git could not be told.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IntegrationError {
    /// No repository is there.
    #[error("{folder} stands in no git repository", folder = folder.display())]
    NoRepository {
        /// The folder.
        folder: PathBuf,
    },
    /// A bare repository has no work tree for `.gitattributes`.
    #[error("{repository} is a bare repository: it has no work tree to hold .gitattributes", repository = repository.display())]
    Bare {
        /// The repository.
        repository: PathBuf,
    },
    /// A pattern that git would read as something else.
    #[error("{pattern:?} is no pattern of files for git's attributes: {why}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The marks around our lines are not as they were written.
    #[error("{path} holds a line of `recension git install` without its other one", path = path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// git, or another call, is writing the file.
    #[error("{path} is locked: {lock} exists", path = path.display(), lock = lock.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// Its lock.
        lock: PathBuf,
    },
    /// The system refused a file.
    #[error("{path} can't be {doing}: {source}", path = path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// libgit2 can't read the configuration, as it is or as it would be.
    #[error("git's configuration {path} can't be read: {message}", path = path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// What libgit2 said.
        message: String,
    },
}

/// Tells git of the program. `command` is how a shell calls it.
///
/// # Errors
/// [`IntegrationError`]; then no file is changed, or the configuration alone, which does nothing without attributes.
pub fn install(
    folder: &Path,
    reach: Reach,
    command: &str,
    patterns: &[String],
) -> Result<GitIntegration, IntegrationError> {
    let lines = patterns.iter().map(|pattern| attribute_line(pattern)).collect::<Result<String, _>>()?;
    let (config, attributes) = files(folder, &reach)?;
    let settings = settings(command);
    let done = put(&config, &config_lines(&settings), |file| holds(file, &settings))?;
    let config = IntegrationFile { path: config, done };
    let done = put(&attributes, &lines, |_| Ok(()))?;
    let attributes = IntegrationFile { path: attributes, done };
    Ok(GitIntegration { installed: true, reach, config, attributes, settings, patterns: patterns.to_vec() })
}

/// Takes back what [`install`] told git, the attributes first.
///
/// # Errors
/// [`IntegrationError`]; then no file is changed, or the attributes alone.
pub fn uninstall(folder: &Path, reach: Reach) -> Result<GitIntegration, IntegrationError> {
    let (config, attributes) = files(folder, &reach)?;
    let done = take(&attributes, false)?;
    let attributes = IntegrationFile { path: attributes, done };
    let done = take(&config, true)?;
    let config = IntegrationFile { path: config, done };
    Ok(GitIntegration { installed: false, reach, config, attributes, settings: Vec::new(), patterns: Vec::new() })
}

/// The configuration and the attributes that a reach has.
fn files(folder: &Path, reach: &Reach) -> Result<(PathBuf, PathBuf), IntegrationError> {
    if let Reach::Global { config, attributes } = reach {
        let named = match config.exists() {
            true => open(config)?.get_path("core.attributesFile").ok(),
            false => None,
        };
        return Ok((config.clone(), named.unwrap_or_else(|| attributes.clone())));
    }
    let repository =
        git2::Repository::discover(folder).map_err(|_| IntegrationError::NoRepository { folder: folder.to_owned() })?;
    // Work trees of one repository share both files.
    let common = repository.commondir().to_owned();
    let attributes = match (reach, repository.workdir()) {
        (Reach::Shared, Some(top)) => top.join(".gitattributes"),
        (Reach::Shared, None) => return Err(IntegrationError::Bare { repository: common }),
        _ => common.join("info").join("attributes"),
    };
    Ok((common.join("config"), attributes))
}

/// What git is to know, by key.
fn settings(command: &str) -> Vec<(&'static str, String)> {
    // git expands what follows a percent sign in the line of a merge driver.
    let driver = command.replace('%', "%%");
    vec![
        // A file may be called like an option.
        ("diff.recension.textconv", format!("{command} git textconv --")),
        // Clauses of the upper level: git sets the nearest one above a hunk into the hunk's head.
        ("diff.recension.xfuncname", "^[^[:space:]].*$".to_owned()),
        // Words and marks. Ranges of characters would depend on the locale, and be an error in some.
        ("diff.recension.wordRegex", "[^[:space:][:punct:]]+|[[:punct:]]".to_owned()),
        (
            // Differences must not end the run where git is told to trust exit codes. A file that one side has not is empty.
            "difftool.recension.cmd",
            format!(
                "if test -s \"$LOCAL\" && test -s \"$REMOTE\"; then {command} diff -- \"$LOCAL\" \"$REMOTE\"; \
                 else git --no-pager diff --no-ext-diff --no-index -- \"$LOCAL\" \"$REMOTE\"; fi; true"
            ),
        ),
        ("merge.recension.name", "recension: clause by clause".to_owned()),
        ("merge.recension.driver", format!("{driver} git merge --marker-size=%L --path=%P %O %A %B")),
    ]
}

/// Sections of a configuration.
fn config_lines(settings: &[(&'static str, String)]) -> String {
    let mut out = String::new();
    let mut open = "";
    for (key, value) in settings {
        let (section, name) = key.rsplit_once('.').unwrap_or((key, ""));
        if open != section {
            let (kind, own) = section.split_once('.').unwrap_or((section, ""));
            out.push_str(&format!("[{kind} \"{own}\"]\n"));
            open = section;
        }
        let quoted = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        out.push_str(&format!("\t{name} = \"{quoted}\"\n"));
    }
    out
}

/// The line of a pattern, as git's attributes have it.
fn attribute_line(pattern: &str) -> Result<String, IntegrationError> {
    let wrong = |why| Err(IntegrationError::Pattern { pattern: pattern.to_owned(), why });
    if pattern.is_empty() {
        return wrong("it is empty");
    }
    if pattern.chars().any(char::is_control) {
        return wrong("it has a control character");
    }
    if pattern.starts_with('!') {
        return wrong("git's attributes know no patterns that begin with an exclamation mark");
    }
    if pattern.ends_with('/') {
        return wrong("a folder has no attributes; its files are FOLDER/**");
    }
    if pattern.starts_with("[attr]") {
        return wrong("it would define an attribute");
    }
    let bare = !pattern.starts_with(['#', '"']) && !pattern.contains(char::is_whitespace);
    let quoted = match bare {
        true => pattern.to_owned(),
        false => format!("\"{}\"", pattern.replace('\\', "\\\\").replace('"', "\\\"")),
    };
    Ok(format!("{quoted} diff=recension merge=recension\n"))
}

fn open(config: &Path) -> Result<git2::Config, IntegrationError> {
    git2::Config::open(config)
        .map_err(|error| IntegrationError::Config { path: config.to_owned(), message: error.message().to_owned() })
}

/// Whether a configuration says what it should.
fn holds(file: &Path, settings: &[(&'static str, String)]) -> Result<(), IntegrationError> {
    let config = open(file)?;
    for (key, value) in settings {
        let found = config.get_string(key);
        if found.as_ref().ok() != Some(value) {
            let message = match found {
                Ok(found) => format!("{key} would be {found:?} and not {value:?}"),
                Err(error) => error.message().to_owned(),
            };
            return Err(IntegrationError::Config { path: file.to_owned(), message });
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, IntegrationError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(IntegrationError::Io { doing: "read", path: path.to_owned(), source }),
    }
}

/// Puts our lines into a file, if `check` finds nothing wrong with it then.
fn put(
    path: &Path,
    lines: &str,
    check: impl Fn(&Path) -> Result<(), IntegrationError>,
) -> Result<FileOutcome, IntegrationError> {
    let old = read(path)?;
    let new = block::put(old.as_deref(), lines).map_err(|_| IntegrationError::Damaged { path: path.to_owned() })?;
    if old.as_ref() == Some(&new) {
        return Ok(FileOutcome::Already);
    }
    replace(path, &new, check)?;
    Ok(if old.is_some() { FileOutcome::Written } else { FileOutcome::Made })
}

/// Takes our lines out of a file; a file that was made for them goes.
fn take(path: &Path, with_keys: bool) -> Result<FileOutcome, IntegrationError> {
    let Some(old) = read(path)? else { return Ok(FileOutcome::Already) };
    let left = block::take(&old, with_keys).map_err(|_| IntegrationError::Damaged { path: path.to_owned() })?;
    let Some(left) = left else { return Ok(FileOutcome::Already) };
    if left.made {
        fs::remove_file(path).map_err(|source| IntegrationError::Io {
            doing: "removed",
            path: path.to_owned(),
            source,
        })?;
        // git's folders for attributes may have been made for the file; one that holds anything stays.
        if let Some(folder) = path.parent().filter(|folder| folder.ends_with("info") || folder.ends_with("git")) {
            let _ = fs::remove_dir(folder);
        }
        return Ok(FileOutcome::Removed);
    }
    replace(path, &left.bytes, |_| Ok(()))?;
    Ok(FileOutcome::Cleared)
}

/// Writes a file under git's lock, whole or not at all. A link stays one.
fn replace(
    path: &Path,
    bytes: &[u8],
    check: impl Fn(&Path) -> Result<(), IntegrationError>,
) -> Result<(), IntegrationError> {
    let failed = |source| IntegrationError::Io { doing: "written", path: path.to_owned(), source };
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    let lock = target.with_file_name(name);
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&lock) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(IntegrationError::Locked { path: path.to_owned(), lock });
        }
        Err(error) => return Err(failed(error)),
    };
    let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| match fs::metadata(&target) {
        Ok(found) => fs::set_permissions(&lock, found.permissions()),
        Err(_) => Ok(()),
    });
    let done =
        written.map_err(failed).and_then(|()| check(&lock)).and_then(|()| fs::rename(&lock, &target).map_err(failed));
    if done.is_err() {
        let _ = fs::remove_file(&lock);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_written_as_git_reads_them() {
        let line = |pattern| attribute_line(pattern).expect("a pattern");
        assert_eq!(line("*.txt"), "*.txt diff=recension merge=recension\n");
        assert_eq!(line("my texts/*.txt"), "\"my texts/*.txt\" diff=recension merge=recension\n");
        assert_eq!(line("#1\\\".txt"), "\"#1\\\\\\\".txt\" diff=recension merge=recension\n");
        for pattern in ["", "!*.txt", "texts/", "a\nb", "[attr]x"] {
            assert!(attribute_line(pattern).is_err(), "{pattern:?}");
        }
    }

    #[test]
    fn commands_survive_the_configuration() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config");
        let settings = settings("'/opt/a \"b\" 100%/it'\\''s\\x/recension'");
        fs::write(&path, config_lines(&settings)).expect("written");
        holds(&path, &settings).expect("the same values");
        assert!(settings.iter().any(|(_, value)| value.contains("100%%/")));
    }
}
