//! Reading a data file, and what is wrong with it, in which line.

use serde::de::DeserializeOwned;

/// A fault in the text of a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The line, from 1.
    pub(super) line: usize,
    /// What is wrong.
    pub(super) message: String,
}

impl Fault {
    /// A fault where something stands first in a text; in the first line where it is written otherwise there.
    pub(super) fn at(text: &str, what: &str, message: String) -> Self {
        Self { line: text.find(what).map_or(1, |at| line_of(text, at)), message }
    }

    /// An empty text in a list, in the line of the first one.
    pub(super) fn empty(text: &str, list: &str) -> Self {
        let message = format!("{list} holds an empty text");
        let line = |line: &str| ["\"\"", "''", "\" \"", "' '"].iter().any(|empty| has_empty(line, empty));
        Self { line: text.lines().position(line).map_or(1, |at| at + 1), message }
    }

    /// A fault of a key, in the first line that begins with it; in the first line where it is written otherwise there.
    pub(super) fn at_key(text: &str, key: &str, message: String) -> Self {
        let begins = |line: &str| {
            let bare = line.trim_start().trim_start_matches(['"', '\'']);
            bare.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with('='))
        };
        Self { line: text.lines().position(begins).map_or(1, |at| at + 1), message }
    }
}

/// Whether a line outside of comments holds an empty text, and no sign of a text of several lines.
fn has_empty(line: &str, empty: &str) -> bool {
    let mark = &empty[..1];
    !line.trim_start().starts_with('#') && line.contains(empty) && !line.contains(&mark.repeat(3))
}

/// The line of a byte, from 1.
fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// Reads a data file into what it is made of.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Fault { line: line_of(text, at), message: error.message().trim().replace('\n', " ") }
    })
}

/// What a file of the program gave.
///
/// # Panics
/// Where it is not well made: a fault of the build, which a test finds.
pub(super) fn shipped<T>(name: &str, read: Result<T, Fault>) -> T {
    read.unwrap_or_else(|fault| panic!("shipped data file {name}, line {}: {}", fault.line, fault.message))
}
