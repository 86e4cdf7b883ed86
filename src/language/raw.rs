//! The data files as they are written: what `read` makes languages and bodies of.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{claim::Claim, folds::Fold, script::Script, work_names::WorkNames};

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct RawForm {
    pub(super) form: String,
    pub(super) counters: Vec<String>,
    pub(super) rank: Option<u8>,
    #[serde(default)]
    pub(super) text: bool,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCounter {
    pub(super) name: String,
    pub(super) sequence: Option<Vec<String>>,
    pub(super) roman: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSigned {
    pub(super) pattern: String,
    pub(super) name: RawNamePlace,
}

/// Where the name of who signs stands beside the mark.
#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawNamePlace {
    Before,
    After,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawDirection {
    Ltr,
    Rtl,
}

/// What an apostrophe inside a word does.
#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawApostrophe {
    Joins,
    Ends,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClaim {
    pub(super) kind: Claim,
    #[serde(default)]
    pub(super) technical: bool,
    #[serde(default)]
    pub(super) ordinal: Option<u32>,
    pub(super) pattern: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDetect {
    pub(super) words: Vec<String>,
    pub(super) alphabet: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNumbers {
    pub(super) group: Vec<char>,
    pub(super) decimal: char,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDates {
    pub(super) months: Vec<Vec<String>>,
    pub(super) patterns: Vec<String>,
    #[serde(default)]
    pub(super) signs: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReflow {
    pub(super) citing: Vec<String>,
    pub(super) hyphen_keeps: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNumbering {
    #[serde(default)]
    pub(super) suffixes: Vec<Vec<String>>,
    #[serde(default)]
    pub(super) counters: Vec<RawCounter>,
    pub(super) forms: Vec<RawForm>,
    #[serde(default)]
    pub(super) bullets: Vec<String>,
    #[serde(default)]
    pub(super) headings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFormulas {
    pub(super) original: Vec<String>,
    pub(super) signed: Vec<RawSigned>,
    pub(super) closing: Vec<String>,
    pub(super) meeting: Vec<String>,
    pub(super) adopted: Vec<String>,
    pub(super) transmittal: Vec<String>,
    pub(super) salutation: Vec<String>,
    pub(super) annex: Vec<String>,
    pub(super) masthead: Vec<String>,
    pub(super) page: Vec<String>,
    pub(super) continuation: Vec<String>,
    #[serde(default)]
    pub(super) preambular: Vec<String>,
    #[serde(default)]
    pub(super) organ: Vec<String>,
    #[serde(default)]
    pub(super) agenda: Vec<String>,
    #[serde(default)]
    pub(super) draft: Vec<String>,
    #[serde(default)]
    pub(super) draft_note: Vec<String>,
    #[serde(default)]
    pub(super) stage: Vec<String>,
    #[serde(default)]
    pub(super) note_words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLanguage {
    pub(super) code: String,
    pub(super) akn: String,
    pub(super) name: String,
    pub(super) script: Script,
    pub(super) direction: RawDirection,
    pub(super) apostrophe: RawApostrophe,
    pub(super) detect: RawDetect,
    pub(super) names: BTreeMap<String, Vec<String>>,
    pub(super) numbers: RawNumbers,
    pub(super) dates: RawDates,
    pub(super) reflow: RawReflow,
    pub(super) numbering: RawNumbering,
    pub(super) formulas: RawFormulas,
    pub(super) claims: Vec<RawClaim>,
    pub(super) verbs: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSigns {
    pub(super) punctuation: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConfusables {
    pub(super) latin: String,
    pub(super) other: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNames {
    pub(super) particles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFurniture {
    pub(super) page: Vec<String>,
    pub(super) separator: Vec<String>,
    #[serde(default)]
    pub(super) front_matter: Vec<String>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) around: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHan {
    pub(super) ordinals: Vec<String>,
    pub(super) measures: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCommon {
    pub(super) fallback: String,
    pub(super) official: Vec<String>,
    pub(super) folds: Vec<Fold>,
    pub(super) confusables: RawConfusables,
    pub(super) signs: RawSigns,
    pub(super) names: RawNames,
    pub(super) han: RawHan,
    pub(super) numbering: RawNumbering,
    pub(super) furniture: RawFurniture,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBody {
    pub(super) name: String,
    pub(super) symbol: Vec<String>,
    pub(super) job: Vec<String>,
    pub(super) barcode: Vec<String>,
    pub(super) masthead: Vec<String>,
    #[serde(default)]
    pub(super) number: Vec<String>,
    #[serde(default)]
    pub(super) modifiers: Vec<RawClaim>,
    #[serde(default)]
    pub(super) work: WorkNames,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawVariants {
    pub(super) traditional: Vec<String>,
    pub(super) simplified: Vec<String>,
}
