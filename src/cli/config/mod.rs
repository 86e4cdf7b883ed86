//! What is set, and by whom: an option of the call, a variable of the environment, the project file `.recension.toml`, the
//! user's file, or the program itself, in this order.

mod edit;
mod file;
mod key;
mod places;

use std::path::{Path, PathBuf};

use super::{
    args::Global,
    error::CliError,
    output,
    ui::{self, LEVELS},
};
use crate::audit::Policy;
use crate::change::Tier;

pub(super) use file::{Fault, File, Owner};
pub(super) use key::{KEYS, Key, Kind, Value, key, names};
pub(super) use places::{PROJECT, Places};

/// Who says a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// An option of the call.
    Option(&'static str),
    /// A variable of the environment.
    Variable(&'static str),
    /// A line of a file.
    File(Owner, PathBuf, usize),
    /// Where the call was made from.
    Found,
    /// The program.
    BuiltIn,
}

/// What is set for this call.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    options: Vec<(&'static str, &'static str, Value)>,
    variables: Vec<(&'static str, &'static str, Value)>,
    /// Variables that other programs read too, and that a file goes before.
    common: Vec<(&'static str, &'static str, Value)>,
    project: Option<File>,
    user: Option<File>,
}

impl Settings {
    /// Reads what the options, the environment and the files say.
    pub(super) fn read(global: &Global, places: &Places) -> Result<(Self, Vec<String>), Fault> {
        let mut warnings = Vec::new();
        let mut settings = Self::without_files(global, &mut warnings);
        let read = |path: &Option<PathBuf>, owner| path.as_deref().map_or(Ok(None), |path| File::read(path, owner));
        settings.user = read(&places.user, Owner::User)?;
        settings.project = read(&places.project, Owner::Project)?;
        for file in settings.files() {
            warnings.extend(file.passed_over.iter().map(|(name, line)| {
                format!(
                    "{}, line {line}: {name} is passed over, for what comes with a project must not start a program; set \
                     it in your own file: recension config {name} VALUE",
                    file.path.display()
                )
            }));
        }
        Ok((settings, warnings))
    }

    /// What the options and the environment say.
    pub(super) fn without_files(global: &Global, warnings: &mut Vec<String>) -> Self {
        let text = |text: &str| Value::Text(text.to_owned());
        let mut settings = Self::default();
        let options = &mut settings.options;
        options.extend(global.color.map(|color| ("ui.color", "--color", text(color.name()))));
        options.extend(global.corpus.as_ref().map(|at| ("corpus", "--corpus", text(&at.display().to_string()))));
        options.extend(global.no_pager.then(|| ("ui.pager", "--no-pager", text(""))));
        options.extend(global.quiet.then(|| ("log", "--quiet", text("error"))));
        let variables = &mut settings.variables;
        variables.extend(ui::environment("NO_COLOR").map(|_| ("ui.color", "NO_COLOR", text("never"))));
        variables.extend(ui::columns_of_environment().map(|width| ("ui.width", "COLUMNS", Value::Count(width))));
        variables.extend(ui::corpus_of_environment().map(|at| {
            let at = at.display().to_string();
            ("corpus", "RECENSION_CORPUS", Value::Text(at))
        }));
        let log = ui::environment("RECENSION_LOG").map(|level| level.to_string_lossy().into_owned());
        match log {
            Some(level) if LEVELS.contains(&level.as_str()) => variables.push(("log", "RECENSION_LOG", text(&level))),
            Some(level) => {
                warnings.push(format!("RECENSION_LOG is {level:?}, and not one of {}", LEVELS.join(", ")));
            }
            None => {}
        }
        // Set to nothing they say that no pager is wanted.
        let command = |name| ui::variable(name).map(|value| Value::Text(value.to_string_lossy().into_owned()));
        variables.extend(command("RECENSION_PAGER").map(|command| ("ui.pager", "RECENSION_PAGER", command)));
        settings.common.extend(command("PAGER").map(|command| ("ui.pager", "PAGER", command)));
        settings
    }

    /// The same with another state of the project file.
    pub(super) fn with_project(&self, project: Option<File>) -> Self {
        Self { project, ..self.clone() }
    }

    /// The files that were read, the one that goes before the other first.
    pub(super) fn files(&self) -> impl Iterator<Item = &File> {
        self.project.iter().chain(&self.user)
    }

    /// The value in force and who says it; no value where the program finds it in another way.
    pub(super) fn in_force(&self, key: &Key) -> (Option<Value>, Origin) {
        let named = |said: &[(&'static str, &'static str, Value)]| {
            let found = said.iter().find(|(name, ..)| *name == key.name);
            found.map(|(_, by, value)| (*by, value.clone()))
        };
        let in_file = |owner, file: &Option<File>| {
            let file = file.as_ref()?;
            let entry = file.entries.get(key.name)?;
            Some((Some(entry.value.clone()), Origin::File(owner, file.path.clone(), entry.line)))
        };
        let by_option = || named(&self.options).map(|(by, value)| (Some(value), Origin::Option(by)));
        let by_variable = || named(&self.variables).map(|(by, value)| (Some(value), Origin::Variable(by)));
        let by_common = || named(&self.common).map(|(by, value)| (Some(value), Origin::Variable(by)));
        by_option()
            .or_else(by_variable)
            .or_else(|| in_file(Owner::Project, &self.project))
            .or_else(|| in_file(Owner::User, &self.user))
            .or_else(by_common)
            .unwrap_or_else(|| (key.builtin.map(|value| Value::Text(value.to_owned())), Origin::BuiltIn))
    }

    fn value(&self, name: &str) -> Option<(Value, Origin)> {
        let (value, origin) = self.in_force(key(name)?);
        Some((value?, origin))
    }

    /// The text of a key.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.value(name)?.0 {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number of a key.
    pub(super) fn count(&self, name: &str) -> Option<usize> {
        match self.value(name)?.0 {
            Value::Count(count) => Some(count),
            _ => None,
        }
    }

    /// The texts of a key.
    pub(super) fn texts(&self, name: &str) -> Option<Vec<String>> {
        match self.value(name)?.0 {
            Value::Texts(texts) => Some(texts),
            Value::Text(text) => Some(vec![text]),
            Value::Count(_) => None,
        }
    }

    /// The tier of a key.
    pub(super) fn tier(&self, name: &str) -> Option<Tier> {
        Tier::parse(&self.text(name)?)
    }

    /// The path that the file of an owner gives a key, relative to that file, and where it says so.
    pub(super) fn path_of(&self, name: &str, owner: Owner) -> Option<(PathBuf, Origin)> {
        let file = if owner == Owner::Project { &self.project } else { &self.user }.as_ref()?;
        let entry = file.entries.get(name)?;
        match &entry.value {
            Value::Text(path) => {
                Some((file.path.parent()?.join(path), Origin::File(owner, file.path.clone(), entry.line)))
            }
            _ => None,
        }
    }

    /// The path that a file gives a key.
    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        let found = self.path_of(name, Owner::Project).or_else(|| self.path_of(name, Owner::User));
        found.map(|(path, _)| path)
    }

    /// The pager that somebody named.
    pub(super) fn pager(&self) -> Option<String> {
        match self.value("ui.pager")? {
            (Value::Text(command), origin) if origin != Origin::BuiltIn => Some(command),
            _ => None,
        }
    }

    /// How statements outside of a corpus are judged in this project, if it says so.
    pub(super) fn policy(&self) -> Option<&Policy> {
        self.project.as_ref()?.policy.as_ref()
    }
}

impl From<Fault> for CliError {
    fn from(fault: Fault) -> Self {
        let path = fault.path.display();
        let message = match fault.line {
            Some(line) => format!("{path}, line {line}: {}", fault.message),
            None => format!("the configuration file {path} can't be used: {}", fault.message),
        };
        Self::user(message).hint(
            "mend that line; recension config KEY VALUE sets a key, with --unset it removes one, with --project there",
        )
    }
}

/// Sets a key in a file, or removes it where there is no value; the file is written whole or not at all.
pub(super) fn write(path: &Path, key: &str, value: Option<&Value>) -> Result<(), CliError> {
    let shown = path.display().to_string();
    if path.exists() && !path.is_file() {
        return Err(CliError::user(format!("{shown} is no file that settings could be kept in"))
            .hint("name another by the variable RECENSION_CONFIG"));
    }
    let text = match std::fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| {
            CliError::user(format!("{shown} is no UTF-8, and is left as it is")).hint("mend it by hand")
        })?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(CliError::io("read", &shown, &error)),
    };
    let edited = edit::edited(&text, key, value).map_err(|fault| {
        CliError::user(format!("{shown}, {fault}; the file is left as it is")).hint("mend that line by hand")
    })?;
    if edited == text {
        return Ok(());
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| CliError::io("written", &shown, &error))?;
    }
    output::write_file(path, |out| out.write_all(edited.as_bytes()))
}

impl Key {
    /// The value that words on the command line say.
    pub(super) fn value_of(&self, words: &[String]) -> Result<Value, CliError> {
        self.said(words).map_err(|message| {
            let error = CliError::user(message);
            if self.name == "ci.files" { error } else { error.hint(format!("{} takes {}", self.name, self.kind)) }
        })
    }
}
