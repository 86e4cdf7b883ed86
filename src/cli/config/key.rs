//! What can be set in a configuration file.

use std::fmt;

use crate::cli::level::LEVELS;

/// A value, as a file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Value {
    /// A word, a path or a command.
    Text(String),
    /// A number of columns.
    Count(usize),
    /// Several texts.
    Texts(Vec<String>),
}

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Kind {
    /// One of these words.
    Word(&'static [&'static str]),
    /// A number of columns.
    Columns,
    /// A path, relative to the file that has it.
    Path,
    /// A command.
    Command,
    /// A list of texts, at least one.
    Texts,
}

/// A key of a configuration file.
#[derive(Debug)]
pub(in crate::cli) struct Key {
    /// Its name, the table before it: `ui.color`.
    pub(in crate::cli) name: &'static str,
    pub(in crate::cli) kind: Kind,
    /// The value where nobody says one; none where the program then finds it in another way.
    pub(in crate::cli) builtin: Option<&'static str>,
    /// Whether a project file may have it.
    pub(in crate::cli) in_project: bool,
}

/// Names of tiers.
const TIERS: &[&str] = &["invisible", "editorial", "review", "substantive"];

/// Every key, in the order in which they are listed.
pub(in crate::cli) const KEYS: [Key; 10] = [
    Key { name: "corpus", kind: Kind::Path, builtin: None, in_project: true },
    Key { name: "log", kind: Kind::Word(&LEVELS), builtin: Some("warn"), in_project: true },
    Key { name: "ui.color", kind: Kind::Word(&["auto", "always", "never"]), builtin: Some("auto"), in_project: true },
    Key { name: "ui.width", kind: Kind::Columns, builtin: None, in_project: true },
    Key {
        name: "ui.view",
        kind: Kind::Word(&["auto", "inline", "sides", "unified"]),
        builtin: Some("auto"),
        in_project: true,
    },
    // What comes with a repository must not be able to start a program.
    Key { name: "ui.pager", kind: Kind::Command, builtin: Some("less"), in_project: false },
    Key { name: "diff.min_tier", kind: Kind::Word(TIERS), builtin: Some("editorial"), in_project: true },
    Key { name: "ci.fail_on", kind: Kind::Word(TIERS), builtin: None, in_project: true },
    Key { name: "ci.files", kind: Kind::Texts, builtin: Some("*.txt"), in_project: true },
    Key { name: "ci.waivers", kind: Kind::Path, builtin: Some("recension-waivers.toml"), in_project: true },
];

/// The key of a name.
pub(in crate::cli) fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// The names of all keys.
pub(in crate::cli) fn names() -> String {
    KEYS.iter().map(|key| key.name).collect::<Vec<_>>().join(", ")
}

impl Key {
    /// The value that words on the command line say.
    pub(super) fn said(&self, words: &[String]) -> Result<Value, String> {
        match (self.kind, words) {
            (Kind::Texts, words) => self.checked(Value::Texts(words.to_vec())),
            (Kind::Columns, [word]) => match word.parse() {
                Ok(count) => self.checked(Value::Count(count)),
                Err(_) => Err(format!("{} = {word:?} is no number of columns", self.name)),
            },
            (_, [word]) => self.checked(Value::Text(word.clone())),
            (_, words) => Err(format!("{} has one value, and {} are given", self.name, words.len())),
        }
    }

    /// The value, if the key takes it.
    pub(super) fn checked(&self, value: Value) -> Result<Value, String> {
        let name = self.name;
        match (self.kind, &value) {
            (Kind::Word(words), Value::Text(word)) if !words.contains(&word.as_str()) => {
                Err(format!("{name} = {word:?}: it takes {}", words.join(", ")))
            }
            (Kind::Columns, Value::Count(0)) => Err(format!("{name} = 0: a line has at least one column")),
            (Kind::Path, Value::Text(path)) if path.is_empty() => Err(format!("{name} names no path")),
            (Kind::Texts, Value::Texts(texts)) if texts.is_empty() => Err(format!("{name} has no entry")),
            (Kind::Word(_) | Kind::Path | Kind::Command, Value::Text(_))
            | (Kind::Columns, Value::Count(_))
            | (Kind::Texts, Value::Texts(_)) => Ok(value),
            (kind, _) => Err(format!("{name} takes {kind}")),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(words) => write!(f, "one of {}", words.join(", ")),
            Self::Columns => f.write_str("a number of columns"),
            Self::Path => f.write_str("a path, as text"),
            Self::Command => f.write_str("a command, as text"),
            Self::Texts => f.write_str("a list of texts"),
        }
    }
}
