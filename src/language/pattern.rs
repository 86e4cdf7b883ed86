//! Patterns of the data files, compiled when first asked.

use std::sync::OnceLock;

use regex::{Captures, Regex, RegexBuilder};

/// A regular expression of a data file, tried without regard to letter case.
///
/// Compiling costs far more than one search, and most texts never ask for most patterns: so it waits for the first use.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    regex: OnceLock<Regex>,
}

impl Pattern {
    /// A pattern from its source, with `{date}`, `{day}`, `{month}` and `{year}` already put in.
    #[must_use]
    pub fn new(source: String) -> Self {
        Self { source, regex: OnceLock::new() }
    }

    /// The compiled expression.
    ///
    /// # Panics
    /// Where the shipped data holds a pattern that does not compile; a test compiles them all.
    pub fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| {
            RegexBuilder::new(&self.source)
                .case_insensitive(true)
                .size_limit(1 << 24)
                .build()
                .unwrap_or_else(|error| panic!("pattern of the shipped data: {error}"))
        })
    }

    /// Whether the pattern fits anywhere in `text`.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_match(text)
    }

    /// The parts of the first fit.
    #[must_use]
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex().captures(text)
    }

    /// The expression as the data file has it, placeholders put in.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}
