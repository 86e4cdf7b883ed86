//! Writing a configuration file, and what to tell of one that can't be used.

use std::path::Path;

use super::{
    edit::edited,
    file::Fault,
    key::{Key, Value},
};
use crate::cli::{error::CliError, files::write_file};

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
pub(in crate::cli) fn write(path: &Path, key: &str, value: Option<&Value>) -> Result<(), CliError> {
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
    let edited = edited(&text, key, value).map_err(|fault| {
        CliError::user(format!("{shown}, {fault}; the file is left as it is")).hint("mend that line by hand")
    })?;
    if edited == text {
        return Ok(());
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| CliError::io("written", &shown, &error))?;
    }
    write_file(path, |out| out.write_all(edited.as_bytes()))
}

impl Key {
    /// The value that words on the command line say.
    pub(in crate::cli) fn value_of(&self, words: &[String]) -> Result<Value, CliError> {
        self.said(words).map_err(|message| {
            let error = CliError::user(message);
            if self.name == "ci.files" { error } else { error.hint(format!("{} takes {}", self.name, self.kind)) }
        })
    }
}
