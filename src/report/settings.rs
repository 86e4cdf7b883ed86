//! What is set, with who says it: `recension config`.

/// A key of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name: `ui.color`.
    pub key: &'static str,
    /// The value in force; none where nothing is set.
    pub value: SettingValue,
    /// Who says it: `option`, `variable`, `project`, `user`, `found` or `built-in`.
    pub source: &'static str,
    /// The option, the variable or the file that says it.
    pub name: Option<String>,
    /// The line of the file, from 1.
    pub line: Option<usize>,
}

/// The value of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingValue {
    /// Nothing is set.
    None,
    /// A word, a path or a command.
    Text(String),
    /// A number.
    Count(usize),
    /// Several texts.
    Texts(Vec<String>),
}

impl SettingValue {
    /// The lines that a script would read.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::None => Vec::new(),
            Self::Text(text) => vec![text.clone()],
            Self::Count(count) => vec![count.to_string()],
            Self::Texts(texts) => texts.clone(),
        }
    }
}
