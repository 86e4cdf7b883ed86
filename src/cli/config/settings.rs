//! The settings of a call: for each key the value in force, and who says it.

use std::path::PathBuf;

use super::{
    file::{Fault, File, Owner},
    key::{Key, Value, key},
    places::Places,
};
use crate::audit::Policy;
use crate::change::Tier;
use crate::cli::{
    level::LEVELS,
    surroundings::{columns_of_environment, corpus_of_environment, environment, variable},
};

/// Who says a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Origin {
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

/// A value that an option or a variable says.
#[derive(Clone, Debug)]
pub(in crate::cli) struct StatedFacts {
    /// The name of the key.
    pub(in crate::cli) key: &'static str,
    /// The name of the option or the variable.
    pub(in crate::cli) by: &'static str,
    /// The value.
    pub(in crate::cli) value: Value,
}

/// What is set for this call.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct Settings {
    options: Vec<StatedFacts>,
    variables: Vec<StatedFacts>,
    /// Variables that other programs read too, and that a file goes before.
    common: Vec<StatedFacts>,
    project: Option<File>,
    user: Option<File>,
}

impl Settings {
    /// Reads what the options, the environment and the files say.
    pub(in crate::cli) fn read(options: Vec<StatedFacts>, places: &Places) -> Result<(Self, Vec<String>), Fault> {
        let mut warnings = Vec::new();
        let mut settings = Self::without_files(options, &mut warnings);
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
    pub(in crate::cli) fn without_files(options: Vec<StatedFacts>, warnings: &mut Vec<String>) -> Self {
        let said = |key, by, value| StatedFacts { key, by, value };
        let text = |text: &str| Value::Text(text.to_owned());
        let mut settings = Self { options, ..Self::default() };
        let variables = &mut settings.variables;
        variables.extend(environment("NO_COLOR").map(|_| said("ui.color", "NO_COLOR", text("never"))));
        variables.extend(columns_of_environment().map(|width| said("ui.width", "COLUMNS", Value::Count(width))));
        variables.extend(
            corpus_of_environment().map(|at| said("corpus", "RECENSION_CORPUS", text(&at.display().to_string()))),
        );
        let log = environment("RECENSION_LOG").map(|level| level.to_string_lossy().into_owned());
        match log {
            Some(level) if LEVELS.contains(&level.as_str()) => {
                variables.push(said("log", "RECENSION_LOG", text(&level)))
            }
            Some(level) => {
                warnings.push(format!("RECENSION_LOG is {level:?}, and not one of {}", LEVELS.join(", ")));
            }
            None => {}
        }
        // Set to nothing they say that no pager is wanted.
        let command = |name| variable(name).map(|value| Value::Text(value.to_string_lossy().into_owned()));
        variables.extend(command("RECENSION_PAGER").map(|command| said("ui.pager", "RECENSION_PAGER", command)));
        settings.common.extend(command("PAGER").map(|command| said("ui.pager", "PAGER", command)));
        settings
    }

    /// The same with another state of the project file.
    pub(in crate::cli) fn with_project(&self, project: Option<File>) -> Self {
        Self { project, ..self.clone() }
    }

    /// The files that were read, the one that goes before the other first.
    pub(in crate::cli) fn files(&self) -> impl Iterator<Item = &File> {
        self.project.iter().chain(&self.user)
    }

    /// The value in force and who says it; no value where the program finds it in another way.
    pub(in crate::cli) fn in_force(&self, key: &Key) -> (Option<Value>, Origin) {
        let named = |said: &[StatedFacts]| {
            let found = said.iter().find(|said| said.key == key.name);
            found.map(|said| (said.by, said.value.clone()))
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
    pub(in crate::cli) fn text(&self, name: &str) -> Option<String> {
        match self.value(name)?.0 {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number of a key.
    pub(in crate::cli) fn count(&self, name: &str) -> Option<usize> {
        match self.value(name)?.0 {
            Value::Count(count) => Some(count),
            _ => None,
        }
    }

    /// The texts of a key.
    pub(in crate::cli) fn texts(&self, name: &str) -> Option<Vec<String>> {
        match self.value(name)?.0 {
            Value::Texts(texts) => Some(texts),
            Value::Text(text) => Some(vec![text]),
            Value::Count(_) => None,
        }
    }

    /// The tier of a key.
    pub(in crate::cli) fn tier(&self, name: &str) -> Option<Tier> {
        Tier::parse(&self.text(name)?)
    }

    /// The path that the file of an owner gives a key, relative to that file, and where it says so.
    pub(in crate::cli) fn path_of(&self, name: &str, owner: Owner) -> Option<(PathBuf, Origin)> {
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
    pub(in crate::cli) fn path(&self, name: &str) -> Option<PathBuf> {
        let found = self.path_of(name, Owner::Project).or_else(|| self.path_of(name, Owner::User));
        found.map(|(path, _)| path)
    }

    /// The pager that somebody named.
    pub(in crate::cli) fn pager(&self) -> Option<String> {
        match self.value("ui.pager")? {
            (Value::Text(command), origin) if origin != Origin::BuiltIn => Some(command),
            _ => None,
        }
    }

    /// How statements outside of a corpus are judged in this project, if it says so.
    pub(in crate::cli) fn policy(&self) -> Option<&Policy> {
        self.project.as_ref()?.policy.as_ref()
    }
}
