//! What all languages share, read from `data/common.toml`.

use std::sync::LazyLock;

use super::{
    fault::{parse, shipped},
    folds::Fold,
    pattern::{Pattern, patterns},
    raw::{RawCommon, RawCounter, RawForm, RawVariants},
};

static COMMON: LazyLock<Common> = LazyLock::new(load);

/// What all languages share: folds, counters, bullets, page furniture. It is a constant of the program: what characters
/// are folded is the same whatever languages a call knows.
#[must_use]
pub(crate) fn common() -> &'static Common {
    &COMMON
}

/// What all languages share.
#[derive(Debug)]
pub(crate) struct Common {
    /// The code of the language that stands in where a text's own is not known.
    pub(crate) fallback: String,
    /// The codes of the languages that are told where as much speaks for them as for another.
    pub(crate) official: Vec<String>,
    /// Character folds.
    pub(crate) folds: Vec<Fold>,
    /// Look-alikes of Latin letters: the other letter, then the Latin one.
    pub(crate) confusables: Vec<(char, char)>,
    /// Signs of punctuation, sorted; any other sign is a part of a value or of a word.
    pub(crate) punctuation: Vec<char>,
    /// Chinese characters: the traditional form, then the simplified one.
    pub(crate) variants: Vec<(char, char)>,
    /// Words of names that have no capital letter.
    pub(crate) particles: Vec<String>,
    /// Words before a Han numeral that make it tell an order.
    pub(crate) han_ordinals: Vec<String>,
    /// Words between a Han numeral and what it counts.
    pub(crate) han_measures: Vec<String>,
    /// Marks of unnumbered items.
    pub(crate) bullets: Vec<String>,
    /// Marks of headings in plain-text markup, the shortest first.
    pub(crate) headings: Vec<String>,
    /// Lines that number a page in any language.
    pub(crate) page: Vec<Pattern>,
    /// Rules that part footnotes from the text.
    pub(crate) separator: Vec<Pattern>,
    /// Keys of front matter that tell of the file, in lower case.
    pub(crate) front_matter: Vec<String>,
    /// Names of tags of HTML that a text may hold, in lower case.
    pub(crate) tags: Vec<String>,
    /// Words that the parts of a page are called by that stand around its text.
    pub(crate) around: Vec<String>,
    /// Forms of numbering that every language has.
    pub(super) forms: Vec<RawForm>,
    /// Counters that every language has.
    pub(super) counters: Vec<RawCounter>,
}

impl Common {
    /// Whether a sign is one of punctuation.
    #[must_use]
    pub(crate) fn is_punctuation(&self, c: char) -> bool {
        self.punctuation.binary_search(&c).is_ok()
    }
}

fn variants() -> Vec<(char, char)> {
    let raw: RawVariants = shipped("variants", parse(include_str!("../../data/variants.toml")));
    let characters = |rows: Vec<String>| rows.concat().chars().collect::<Vec<_>>();
    characters(raw.traditional).into_iter().zip(characters(raw.simplified)).collect()
}

fn punctuation(rows: &[String]) -> Vec<char> {
    let mut signs: Vec<char> = rows.iter().flat_map(|row| row.chars()).filter(|c| !c.is_whitespace()).collect();
    signs.sort_unstable();
    signs.dedup();
    signs
}

fn load() -> Common {
    let raw: RawCommon = shipped("common", parse(include_str!("../../data/common.toml")));
    Common {
        fallback: raw.fallback,
        official: raw.official,
        folds: raw.folds,
        confusables: raw.confusables.other.chars().zip(raw.confusables.latin.chars()).collect(),
        punctuation: punctuation(&raw.signs.punctuation),
        variants: variants(),
        particles: raw.names.particles,
        han_ordinals: raw.han.ordinals,
        han_measures: raw.han.measures,
        bullets: raw.numbering.bullets,
        headings: raw.numbering.headings,
        page: patterns(raw.furniture.page),
        separator: patterns(raw.furniture.separator),
        front_matter: raw.furniture.front_matter,
        tags: raw.furniture.tags,
        around: raw.furniture.around,
        forms: raw.numbering.forms,
        counters: raw.numbering.counters,
    }
}
