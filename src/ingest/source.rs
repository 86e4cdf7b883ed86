//! A source that was read, and what the caller said of it.

use serde::Serialize;

use super::layout::Layout;
use super::source_map::SourceMap;
use crate::execution::Execution;
use crate::language::Catalogue;
use crate::statement::Statement;

/// The encoding of a PDF whose characters were recognised in the images of its pages.
pub(super) const RECOGNISED: &str = "PDF (OCR)";

/// A source, read.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Source {
    /// The characters that spans point into.
    pub text: String,
    /// Name of the encoding.
    pub encoding: &'static str,
    /// What its format knows beside the characters; of plain text nothing.
    #[serde(skip)]
    pub layout: Layout,
    /// Whether its format tracked changes, so that it may be read as before them or as after them.
    #[serde(skip)]
    pub has_revisions: bool,
    /// What was read.
    pub statement: Statement,
}

impl Source {
    /// Whether a program recognised the characters of a page in its image: they are a guess.
    #[must_use]
    pub fn is_recognised(&self) -> bool {
        self.encoding == RECOGNISED
    }

    /// The way from a byte of the text to its line, page or box. Linear in the text.
    #[must_use]
    pub fn map(&self) -> SourceMap<'_> {
        SourceMap::with_layout(&self.text, &self.layout)
    }
}

/// Which text of tracked changes is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Revisions {
    /// The text with all of them.
    #[default]
    After,
    /// The text without any.
    Before,
}

/// What the caller knows of a source.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Options<'a> {
    /// The languages and bodies that are known; without a word those of the program.
    pub catalogue: &'a Catalogue,
    /// The code of the language, if it is known; else it is identified.
    pub language: Option<&'a str>,
    /// The password of a source that is encrypted; one without is tried first.
    pub password: Option<&'a str>,
    /// Which text of tracked changes is read, where a source has them.
    pub revisions: Revisions,
    /// How many threads may read what is known of the languages, where this is the first source; the result is the same.
    pub execution: Execution,
}

impl<'a> Options<'a> {
    /// The same with the code of the language, which then is not identified.
    #[must_use]
    pub const fn with_language(self, language: Option<&'a str>) -> Self {
        Self { language, ..self }
    }

    /// The same with other languages and bodies than those of the program.
    #[must_use]
    pub const fn with_catalogue(self, catalogue: &'a Catalogue) -> Self {
        Self { catalogue, ..self }
    }

    /// The same with the password of an encrypted source.
    #[must_use]
    pub const fn with_password(self, password: Option<&'a str>) -> Self {
        Self { password, ..self }
    }

    /// The same with the text before tracked changes or after them.
    #[must_use]
    pub const fn with_revisions(self, revisions: Revisions) -> Self {
        Self { revisions, ..self }
    }

    /// The same, on so many threads.
    #[must_use]
    pub const fn with_execution(self, execution: Execution) -> Self {
        Self { execution, ..self }
    }
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            catalogue: Catalogue::shipped(),
            language: None,
            password: None,
            revisions: Revisions::After,
            execution: Execution::default(),
        }
    }
}
