//! What the program knows of each language and of each issuing body, read from `data/`.
//!
//! No word of a language stands in code: month names, formulas, numbering and verbs are in `data/languages/<code>.toml`,
//! what all share in `data/common.toml`, symbols and mastheads in `data/bodies/*.toml`. The build lists the folders, so
//! that a new file is a new language. The files are part of the binary, and a test reads every one of them: a fault in
//! them is a fault of the build, never of a user's text.

mod claim;
mod data;
mod dates;
mod gate;
mod heads;
mod identifiers;
mod lexicon;
mod month_names;
mod numerals;
mod pattern;
mod raw;
mod words;

pub use claim::{Claim, Reissue, Stage};
pub use data::{
    Body, ClaimFormula, Common, Counter, CounterKind, Fold, FoldClass, Form, Language, Openers, Script, Signed,
    WorkNames,
};
pub use dates::{Date, DateFound};
pub use heads::{Heads, Sequence};
pub use identifiers::{is_job, is_sure_job, is_symbol};
pub use lexicon::{Force, Forms, Lexicon, LexiconFound, Sense, TABLES, Table, Verb};
pub use numerals::{
    HAN_NUMERALS, decimal_digit, digit_zero, han_numeral, is_ambiguous_han, is_han_number, roman_numeral, written_han,
    written_roman,
};
pub use pattern::{Fit, Pattern, any};

use std::sync::{LazyLock, OnceLock};

use crate::execution::Execution;
use data::{load_bodies, load_common, load_languages};

static COMMON: LazyLock<Common> = LazyLock::new(load_common);
static LANGUAGES: OnceLock<Vec<Language>> = OnceLock::new();
static BODIES: LazyLock<Vec<Body>> = LazyLock::new(load_bodies);

/// What all languages share: folds, counters, bullets, page furniture.
#[must_use]
pub fn common() -> &'static Common {
    &COMMON
}

/// Every language known, by code.
#[must_use]
pub fn languages() -> &'static [Language] {
    load(Execution::Sequential)
}

/// The same, read on so many threads where nobody has asked for them before.
pub fn load(execution: Execution) -> &'static [Language] {
    LANGUAGES.get_or_init(|| load_languages(execution))
}

/// Every issuing body known, by file name.
#[must_use]
pub fn bodies() -> &'static [Body] {
    &BODIES
}

/// The language of an ISO 639-1 code, if it is known.
#[must_use]
pub fn language(code: &str) -> Option<&'static Language> {
    languages().iter().find(|language| language.code == code)
}

/// The language that stands in where a text's own is not known, and whose notes may stand in a text of any other.
#[must_use]
pub fn fallback() -> Option<&'static Language> {
    language(&common().fallback)
}
