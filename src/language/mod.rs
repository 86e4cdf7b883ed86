//! What the program knows of each language and of each issuing body, read from `data/`.
//!
//! No word of a language stands in code: month names, formulas, numbering and verbs are in `data/languages/<code>.toml`,
//! what all share in `data/common.toml`, symbols and mastheads in `data/bodies/*.toml`. The build lists the folders, so
//! that a new file is a new language. The files are part of the binary, and a test reads every one of them: a fault in
//! them is a fault of the build, never of a user's text. A [`Catalogue`] is what a call knows: these files, or these and
//! others that were read at run time, whose faults are errors with their lines.

mod added;
mod catalogue;
mod claim;
mod code;
mod common;
mod counters;
mod data;
mod dates;
mod detection;
mod fault;
mod folds;
mod gate;
mod heads;
mod identifiers;
mod knowledge;
mod lexicon;
mod month_names;
mod numerals;
mod pattern;
mod raw;
mod read;
mod recognized;
mod script;
mod word_list;
mod word_senses;
mod words;
mod work_names;

pub use added::CatalogueError;
#[cfg(feature = "git")]
pub(crate) use added::{DATA_FOLDERS, is_data_file, surplus};
pub use catalogue::Catalogue;
#[cfg(test)]
pub(crate) use catalogue::language;
pub use claim::{Claim, Reissue, Stage};
pub use code::LanguageCode;
pub(crate) use common::common;
pub(crate) use counters::{CounterKind, Sequence};
pub use data::Language;
pub(crate) use data::{ClaimFormula, Form, SignatureMark};
pub use dates::Date;
pub(crate) use detection::{Detection, Standing};
pub(crate) use folds::FoldClass;
pub(crate) use knowledge::Knowledge;
pub(crate) use lexicon::{Force, Forms, Lexicon, LexiconFound, Measure, Sense, TABLES, Table, Verb};
pub(crate) use numerals::{
    HAN_NUMERALS, decimal_digit, digit_zero, han_numeral, is_ambiguous_han, is_han_number, roman_numeral, written_han,
    written_roman,
};
pub(crate) use pattern::any;
pub(crate) use script::Script;

#[cfg(test)]
mod tests {
    use crate::language::{Catalogue, common};

    #[test]
    fn every_shipped_pattern_compiles() {
        let common = common();
        assert!(!common.folds.is_empty() && common.forms.len() > 3);
        for pattern in common.page.iter().chain(&common.separator) {
            pattern.regex();
        }
        for body in Catalogue::shipped().bodies() {
            for pattern in
                body.symbol.iter().chain(&body.job).chain(&body.barcode).chain(&body.masthead).chain(&body.number)
            {
                pattern.regex();
            }
        }
        for language in Catalogue::shipped().languages() {
            let lists = [
                &language.date_patterns,
                &language.original,
                &language.closing,
                &language.meeting,
                &language.adopted,
                &language.transmittal,
                &language.salutation,
                &language.annex,
                &language.masthead,
                &language.page,
                &language.continuation,
                &language.preambular,
                &language.organ,
                &language.agenda,
                &language.draft,
                &language.draft_note,
                &language.stage,
            ];
            for pattern in lists.into_iter().flatten() {
                pattern.regex();
            }
            for pattern in language
                .claims
                .iter()
                .map(|claim| &claim.pattern)
                .chain(language.signed.iter().map(|signed| &signed.pattern))
            {
                pattern.regex();
            }
            assert!(!language.openers.operative.is_empty(), "{}", language.code);
            assert!(!language.lexicon().verbs.is_empty(), "{}", language.code);
        }
    }

    #[test]
    fn six_languages_ship() {
        let codes: Vec<&str> = Catalogue::shipped().languages().iter().map(|language| &*language.code).collect();
        for code in ["ar", "en", "es", "fr", "ru", "zh"] {
            assert!(codes.contains(&code), "{code}");
        }
    }
}
