//! A language and an issuing body as types, made of their data files.

use std::{borrow::Cow, collections::BTreeMap, fmt, sync::OnceLock};

use super::{
    claim::Claim, code::LanguageCode, counters::Counter, heads::Heads, lexicon::Lexicon, month_names::MonthNames,
    pattern::Pattern, script::Script, word_list::WordList, work_names::WorkNames,
};

/// Everything known of one language.
#[non_exhaustive]
pub struct Language {
    /// ISO 639 code.
    pub code: LanguageCode,
    /// ISO 639-2 code, as Akoma Ntoso wants it.
    pub akn: String,
    /// Name in English.
    pub name: String,
    /// Its script.
    pub(crate) script: Script,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// Whether a letter after an apostrophe goes on with the word (English) or begins another (French).
    pub(crate) apostrophe_joins: bool,
    /// Frequent words, lower case.
    pub(crate) frequent: Vec<String>,
    /// Letters that it writes with beside a to z, lower case; none where they are not listed.
    pub(super) alphabet: Option<String>,
    /// Names of languages in this language, by code.
    pub(crate) names: BTreeMap<String, Vec<String>>,
    /// Signs that part groups of digits.
    pub(crate) group: Vec<char>,
    /// The decimal sign.
    pub(crate) decimal: char,
    /// Names of the twelve months.
    pub(crate) months: Vec<Vec<String>>,
    /// Date patterns, the fullest first.
    pub(crate) date_patterns: Vec<Pattern>,
    /// Characters of which a date has one, if it has no digit.
    pub(super) date_signs: Vec<char>,
    /// Where dates may stand, if every one of those patterns has the name of a month.
    pub(super) month_names: MonthNames,
    /// Words after which a number at the start of a line is a citation, lower case.
    pub(crate) citing: Vec<String>,
    /// First parts of compounds that keep their hyphen at a line break, lower case.
    pub(crate) hyphen_keeps: Vec<String>,
    /// Suffixes of inserted numbers, in order (bis, ter), each with its variants.
    pub(crate) suffixes: Vec<Vec<String>>,
    /// Forms of numbering: those of the language, then the common ones.
    pub(crate) forms: Vec<Form>,
    /// Notes that name the original language; group `languages`.
    pub(crate) original: Vec<Pattern>,
    /// Marks of a signature.
    pub(crate) signed: Vec<SignatureMark>,
    /// Lines that date and place a text; group `place` where there is one.
    pub(crate) closing: Vec<Pattern>,
    /// Lines that name the meeting of adoption.
    pub(crate) meeting: Vec<Pattern>,
    /// Lines that say when a text was adopted.
    pub(crate) adopted: Vec<Pattern>,
    /// Titles of letters of transmittal.
    pub(crate) transmittal: Vec<Pattern>,
    /// Salutations of letters.
    pub(crate) salutation: Vec<Pattern>,
    /// Headings of annexes; group `name`.
    pub(crate) annex: Vec<Pattern>,
    /// Lines of mastheads.
    pub(crate) masthead: Vec<Pattern>,
    /// Lines that number a page.
    pub(crate) page: Vec<Pattern>,
    /// Marks of continuation at page ends.
    pub(crate) continuation: Vec<Pattern>,
    /// Openings of preambular paragraphs.
    pub(crate) preambular: Vec<Pattern>,
    /// Names of bodies that issue documents.
    pub(crate) organ: Vec<Pattern>,
    /// Lines that name an item of the agenda, with or without its title.
    pub(crate) agenda: Vec<Pattern>,
    /// Lines that only a draft has.
    pub(crate) draft: Vec<Pattern>,
    /// How a note on the sponsors of a draft begins.
    pub(crate) draft_note: Vec<Pattern>,
    /// Lines that only an adopted text has, beside those of `adopted` and `meeting`.
    pub(crate) stage: Vec<Pattern>,
    /// Words that may stand beside the formula of a note on issue, lower case.
    pub(crate) note_words: Vec<String>,
    /// What a text may claim to be.
    pub(crate) claims: Vec<ClaimFormula>,
    /// Opening verbs, lower case, of preambular and of operative paragraphs.
    pub(crate) openers: Openers,
    /// The cells of the verb table.
    pub(super) verbs: BTreeMap<String, String>,
    /// What it was read from; its lexicon and its words are read when they are asked for.
    pub(super) files: LanguageFiles,
    pub(super) lexicon: OnceLock<Lexicon>,
    pub(super) words: OnceLock<WordList>,
}

/// The files that a language is read from.
#[derive(Clone)]
pub(super) struct LanguageFiles {
    /// `CODE.toml`.
    pub(super) main: Cow<'static, str>,
    /// `CODE.lexicon.toml`.
    pub(super) lexicon: Option<Cow<'static, str>>,
    /// `CODE.fst`.
    pub(super) words: Option<Cow<'static, [u8]>>,
}

impl fmt::Debug for Language {
    /// Its code: what is known of it fills pages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Language").field("code", &self.code).finish_non_exhaustive()
    }
}

/// Opening verbs of paragraphs, from the verb table.
#[derive(Debug, Default)]
pub(crate) struct Openers {
    /// Participles and adjectives of the preamble.
    pub(crate) preambular: Vec<String>,
    /// Verbs of the operative part.
    pub(crate) operative: Vec<String>,
}

/// What a text claims to be, and how it says so.
#[derive(Debug)]
pub(crate) struct ClaimFormula {
    /// The claim.
    pub(crate) claim: Claim,
    /// How the language says it.
    pub(crate) pattern: Pattern,
}

/// The mark of a signature.
#[derive(Debug)]
pub(crate) struct SignatureMark {
    /// The mark.
    pub(crate) pattern: Pattern,
    /// Whether the name stands before the mark (Chinese) or after it.
    pub(crate) name_before: bool,
}

/// One form of numbering: what stands before and after the counter, and which counters it takes.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    /// What stands before the counter.
    pub(crate) before: String,
    /// What stands after it.
    pub(crate) after: String,
    /// The counters, in the order in which they are tried.
    pub(crate) counters: Vec<Counter>,
    /// How high a heading stands, 1 the highest; `None` for items, whose level follows from their nesting.
    pub(crate) rank: Option<u8>,
    /// Whether words follow on the same line although the form has a rank.
    pub(crate) text: bool,
    /// What a label of this form begins with.
    pub(crate) heads: Heads,
    /// Whether its counter is one run of letters and digits and a mark ends it: then the first word of a text tells most
    /// texts from labels.
    pub(crate) is_word_and_mark: bool,
}

/// What is known of a body that issues documents.
#[derive(Debug)]
pub(crate) struct Body {
    /// Its name.
    pub(crate) name: String,
    /// Symbols, without asterisks.
    pub(crate) symbol: Vec<Pattern>,
    /// Lines with a job number; groups `job`, `letter`, `days`.
    pub(crate) job: Vec<Pattern>,
    /// Lines of bar codes and printers' marks.
    pub(crate) barcode: Vec<Pattern>,
    /// Lines of mastheads that no language file has.
    pub(crate) masthead: Vec<Pattern>,
    /// The number that the body gives an adopted text, before its title.
    pub(crate) number: Vec<Pattern>,
    /// Ends of symbols that say what a document is to another.
    pub(crate) modifiers: Vec<ClaimFormula>,
    /// How its works are named.
    #[cfg_attr(not(feature = "git"), allow(dead_code, reason = "only a corpus names works"))]
    pub(crate) work: WorkNames,
}
