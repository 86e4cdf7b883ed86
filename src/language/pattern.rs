//! Patterns of the data files, compiled when first asked.

use std::{
    ops::Range,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use regex_automata::{
    Input,
    meta::{BuildError, Regex},
    util::{captures::Captures, syntax},
};

use super::gate::Gate;

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

/// The patterns of a list of the data.
pub(super) fn patterns(sources: Vec<String>) -> Vec<Pattern> {
    sources.into_iter().map(Pattern::new).collect()
}

/// Whether any of the patterns fits anywhere in a text.
#[must_use]
pub(crate) fn any(patterns: &[Pattern], text: &str) -> bool {
    patterns.iter().any(|pattern| pattern.is_match(text))
}

/// Searches after which a pattern is worth an engine that is slow to build and fast to search.
const OFTEN: usize = 200;

/// A regular expression of a data file, tried without regard to letter case.
///
/// Compiling costs far more than one search, and most texts never ask for most patterns: so a gate is asked first, and
/// compiling waits for the first text that it lets through. A pattern that is asked often is compiled once more, for
/// speed; both engines find the same.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    gate: OnceLock<Gate>,
    light: OnceLock<Regex>,
    fast: OnceLock<Regex>,
    searches: AtomicUsize,
}

/// Where a pattern fits a text.
#[derive(Clone, Debug)]
pub(crate) struct Fit<'t> {
    text: &'t str,
    captures: Captures,
}

impl<'t> Fit<'t> {
    /// The bytes of the whole fit.
    #[must_use]
    pub(crate) fn range(&self) -> Range<usize> {
        self.captures.get_match().map_or(0..0, |whole| whole.range())
    }

    /// What a named part fits, if it takes part.
    #[must_use]
    pub(crate) fn part(&self, name: &str) -> Option<&'t str> {
        self.captures.get_group_by_name(name).map(|span| &self.text[span.start..span.end])
    }
}

impl Pattern {
    /// A pattern from its source, with `{day}`, `{month}` and `{year}` already put in.
    ///
    /// Classes stand for what official texts have, not for all of Unicode: the expressions then compile
    /// ten times as fast.
    #[must_use]
    pub(crate) fn new(source: String) -> Self {
        let source = CLASSES.iter().fold(source, |source, (class, members)| source.replace(class, members));
        Self {
            source,
            gate: OnceLock::new(),
            light: OnceLock::new(),
            fast: OnceLock::new(),
            searches: AtomicUsize::new(0),
        }
    }

    /// The compiled expression.
    ///
    /// # Panics
    /// Where the shipped data holds a pattern that does not compile; a test compiles them all.
    pub(crate) fn regex(&self) -> &Regex {
        let often = self.searches.fetch_add(1, Ordering::Relaxed) >= OFTEN;
        if often {
            self.fast.get_or_init(|| self.compile(true))
        } else {
            self.light.get_or_init(|| self.compile(false))
        }
    }

    /// Whether the pattern can be compiled; else why not.
    pub(super) fn check(&self) -> Result<(), String> {
        // Of several errors the outermost says least.
        let said = |error: &dyn std::error::Error| {
            let mut inner = error.source().map(|inner| inner.to_string());
            inner.take().unwrap_or_else(|| error.to_string())
        };
        self.build(true).map(|_| ()).map_err(|error| {
            let words: Vec<String> = said(&error).lines().map(|line| line.trim().to_owned()).collect();
            words.last().cloned().unwrap_or_default()
        })
    }

    fn compile(&self, fast: bool) -> Regex {
        self.build(fast).unwrap_or_else(|error| panic!("pattern of the shipped data: {error}"))
    }

    fn build(&self, fast: bool) -> Result<Regex, Box<BuildError>> {
        let config = Regex::config().nfa_size_limit(Some(1 << 24)).hybrid(fast).onepass(false);
        Regex::builder()
            .syntax(syntax::Config::new().case_insensitive(true))
            .configure(config)
            .build(&self.source)
            .map_err(Box::new)
    }

    fn may_fit(&self, text: &str) -> bool {
        self.gate.get_or_init(|| Gate::of(&self.source)).admits(text)
    }

    /// Whether the pattern fits anywhere in `text`.
    #[must_use]
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.may_fit(text) && self.regex().is_match(text)
    }

    /// Where the pattern fits first, from byte `from` on.
    #[must_use]
    pub(crate) fn find_at(&self, text: &str, from: usize) -> Option<Range<usize>> {
        if !self.may_fit(text) {
            return None;
        }
        self.regex().find(Input::new(text).range(from..)).map(|found| found.range())
    }

    /// The parts of the first fit.
    #[must_use]
    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<Fit<'t>> {
        self.all_captures(text, 0..text.len()).next()
    }

    /// The parts of every fit in a range of the text, none inside another. What stands around the range is seen, and no
    /// part of a fit.
    pub(crate) fn all_captures<'t>(&self, text: &'t str, range: Range<usize>) -> impl Iterator<Item = Fit<'t>> {
        let regex = self.may_fit(&text[range.clone()]).then(|| self.regex());
        let input = Input::new(text).range(range);
        regex
            .into_iter()
            .flat_map(move |regex| regex.captures_iter(input.clone()))
            .map(move |captures| Fit { text, captures })
    }
}
