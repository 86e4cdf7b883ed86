//! Patterns of the data files, compiled when first asked.

use std::sync::OnceLock;

use regex::{Captures, Regex, RegexBuilder};

/// What the classes of a pattern stand for: digits and white space of the six languages, letters of their scripts.
const CLASSES: [(&str, &str); 7] = [
    (r"\d", "[0-9٠-٩۰-۹０-９]"),
    (r"\s", r"[ \t\u{A0}\u{2009}\u{202F}\u{3000}]"),
    (r"\p{Lu}", r"[A-Z\u{C0}-\u{DE}\u{401}\u{410}-\u{42F}]"),
    (
        r"\p{L}",
        r"[A-Za-z\u{C0}-\u{24F}\u{370}-\u{52F}\u{620}-\u{64A}\u{671}-\u{6D3}\u{1E00}-\u{1EFF}\u{3400}-\u{9FFF}]",
    ),
    (r"\p{M}", r"[\u{300}-\u{36F}\u{610}-\u{61A}\u{64B}-\u{65F}\u{670}]"),
    (r"\p{Han}", r"[\u{3007}\u{3400}-\u{9FFF}]"),
    (r"\p{Arabic}", r"[\u{620}-\u{6D3}]"),
];

/// A regular expression of a data file, tried without regard to letter case.
///
/// Compiling costs far more than one search, and most texts never ask for most patterns: so it waits for the first use.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    regex: OnceLock<Regex>,
}

impl Pattern {
    /// A pattern from its source, with `{day}`, `{month}` and `{year}` already put in.
    ///
    /// Classes stand for what official texts have, not for all of Unicode: the expressions then compile
    /// ten times as fast.
    #[must_use]
    pub fn new(source: String) -> Self {
        let source = CLASSES.iter().fold(source, |source, (class, members)| source.replace(class, members));
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
