//! The data files as types, and how they are read.

use std::{collections::BTreeMap, sync::OnceLock};

use serde::{Deserialize, de::DeserializeOwned};

use super::{
    claim::{Claim, Reissue},
    heads::{Heads, Sequence, is_word_and_mark},
    lexicon::{self, Habits, Lexicon},
    month_names::MonthNames,
    pattern::Pattern,
    raw::{
        RawApostrophe, RawBody, RawClaim, RawCommon, RawCounter, RawDirection, RawForm, RawLanguage, RawNamePlace,
        RawVariants,
    },
};
use crate::execution::Execution;

include!(concat!(env!("OUT_DIR"), "/data.rs"));

/// The script a language is written in, as far as reflow and identification need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Script {
    /// Chinese characters: no spaces between words.
    Han,
    /// Latin letters.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Arabic letters, right to left.
    Arabic,
}

/// Everything known of one language.
#[derive(Debug)]
pub struct Language {
    /// ISO 639-1 code.
    pub code: &'static str,
    /// ISO 639-2 code, as Akoma Ntoso wants it.
    pub akn: String,
    /// Name in English.
    pub name: String,
    /// Its script.
    pub script: Script,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// Whether a letter after an apostrophe goes on with the word (English) or begins another (French).
    pub apostrophe_joins: bool,
    /// Frequent words, lower case.
    pub frequent: Vec<String>,
    /// Names of languages in this language, by code.
    pub names: BTreeMap<String, Vec<String>>,
    /// Signs that part groups of digits.
    pub group: Vec<char>,
    /// The decimal sign.
    pub decimal: char,
    /// Names of the twelve months.
    pub months: Vec<Vec<String>>,
    /// Date patterns, the fullest first.
    pub date_patterns: Vec<Pattern>,
    /// Characters of which a date has one, if it has no digit.
    pub(super) date_signs: Vec<char>,
    /// Where dates may stand, if every one of those patterns has the name of a month.
    pub(super) month_names: MonthNames,
    /// Abbreviations whose full stop ends no sentence.
    pub abbreviations: Vec<String>,
    /// Words after which a number at the start of a line is a citation, lower case.
    pub citing: Vec<String>,
    /// First parts of compounds that keep their hyphen at a line break, lower case.
    pub hyphen_keeps: Vec<String>,
    /// Suffixes of inserted numbers, in order (bis, ter), each with its variants.
    pub suffixes: Vec<Vec<String>>,
    /// Forms of numbering: those of the language, then the common ones.
    pub forms: Vec<Form>,
    /// Notes that name the original language; group `languages`.
    pub original: Vec<Pattern>,
    /// Marks of a signature.
    pub signed: Vec<Signed>,
    /// Lines that date and place a text; group `place` where there is one.
    pub closing: Vec<Pattern>,
    /// Lines that name the meeting of adoption.
    pub meeting: Vec<Pattern>,
    /// Lines that say when a text was adopted.
    pub adopted: Vec<Pattern>,
    /// Titles of letters of transmittal.
    pub transmittal: Vec<Pattern>,
    /// Salutations of letters.
    pub salutation: Vec<Pattern>,
    /// Headings of annexes; group `name`.
    pub annex: Vec<Pattern>,
    /// Lines of mastheads.
    pub masthead: Vec<Pattern>,
    /// Lines that number a page.
    pub page: Vec<Pattern>,
    /// Marks of continuation at page ends.
    pub continuation: Vec<Pattern>,
    /// Openings of preambular paragraphs.
    pub preambular: Vec<Pattern>,
    /// Names of bodies that issue documents.
    pub organ: Vec<Pattern>,
    /// Lines that name an item of the agenda, with or without its title.
    pub agenda: Vec<Pattern>,
    /// Lines that only a draft has.
    pub draft: Vec<Pattern>,
    /// How a note on the sponsors of a draft begins.
    pub draft_note: Vec<Pattern>,
    /// Lines that only an adopted text has, beside those of `adopted` and `meeting`.
    pub stage: Vec<Pattern>,
    /// Words that may stand beside the formula of a note on issue, lower case.
    pub note_words: Vec<String>,
    /// What a text may claim to be.
    pub claims: Vec<ClaimFormula>,
    /// Opening verbs, lower case, of preambular and of operative paragraphs.
    pub openers: Openers,
    /// The cells of the verb table.
    verbs: BTreeMap<String, String>,
    lexicon: OnceLock<Lexicon>,
}

impl Language {
    /// What its words do to a clause. Read at the first call; empty where the language has no lexicon file.
    ///
    /// # Panics
    /// Where the shipped file is not well made; a test reads them all.
    pub fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| {
            let text = LEXICONS.iter().find(|(code, _)| *code == self.code).map(|(_, text)| *text);
            let habits = Habits { apostrophe_ends: !self.apostrophe_joins, is_han: self.script == Script::Han };
            text.map(|text| lexicon::load(self.code, text, &self.verbs, habits)).unwrap_or_default()
        })
    }
}

/// Opening verbs of paragraphs, from the verb table.
#[derive(Debug, Default)]
pub struct Openers {
    /// Participles and adjectives of the preamble.
    pub preambular: Vec<String>,
    /// Verbs of the operative part.
    pub operative: Vec<String>,
}

/// What a text claims to be, and how it says so.
#[derive(Debug)]
pub struct ClaimFormula {
    /// The claim.
    pub claim: Claim,
    /// How the language says it.
    pub pattern: Pattern,
}

/// The mark of a signature.
#[derive(Debug)]
pub struct Signed {
    /// The mark.
    pub pattern: Pattern,
    /// Whether the name stands before the mark (Chinese) or after it.
    pub name_before: bool,
}

/// One form of numbering: what stands before and after the counter, and which counters it takes.
#[derive(Debug, Clone)]
pub struct Form {
    /// What stands before the counter.
    pub before: String,
    /// What stands after it.
    pub after: String,
    /// The counters, in the order in which they are tried.
    pub counters: Vec<Counter>,
    /// How high a heading stands, 1 the highest; `None` for items, whose level follows from their nesting.
    pub rank: Option<u8>,
    /// Whether words follow on the same line although the form has a rank.
    pub text: bool,
    /// What a label of this form begins with.
    pub heads: Heads,
    /// Whether its counter is one run of letters and digits and a mark ends it: then the first word of a text tells most
    /// texts from labels.
    pub is_word_and_mark: bool,
}

/// How a counter counts.
#[derive(Debug, Clone)]
pub struct Counter {
    /// Its name in the data.
    pub name: String,
    /// Its way of counting.
    pub kind: CounterKind,
}

/// Ways of counting.
#[derive(Debug, Clone)]
pub enum CounterKind {
    /// Decimal digits of any script.
    Decimal,
    /// Decimal digits parted by dots: 1.2.3.
    Dotted,
    /// A Roman numeral in capitals, then decimal digits, parted by dots: I.1.
    RomanDotted,
    /// Capital letters and groups of digits, as codes of laws count: L. 123-4, 815-3.
    Coded,
    /// Han numerals.
    Han,
    /// Roman numerals in capitals or not.
    Roman {
        /// Whether in capitals.
        upper: bool,
    },
    /// The members in order.
    Sequence(Sequence),
}

/// What a difference amounts to that a fold explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FoldClass {
    /// Other signs for the same: quotation marks, dashes, wide letters.
    Typography,
    /// Another encoding of the same characters.
    Encoding,
}

/// One character fold for matching.
#[derive(Debug, Deserialize)]
pub struct Fold {
    /// The class of a difference that only this fold explains.
    pub class: FoldClass,
    /// What the characters become.
    pub to: String,
    /// The characters.
    pub from: String,
}

/// What all languages share.
#[derive(Debug)]
pub struct Common {
    /// The code of the language that stands in where a text's own is not known.
    pub fallback: String,
    /// Character folds.
    pub folds: Vec<Fold>,
    /// Look-alikes of Latin letters: the other letter, then the Latin one.
    pub confusables: Vec<(char, char)>,
    /// Signs of punctuation, sorted; any other sign is a part of a value or of a word.
    pub punctuation: Vec<char>,
    /// Chinese characters: the traditional form, then the simplified one.
    pub variants: Vec<(char, char)>,
    /// Words of names that have no capital letter.
    pub particles: Vec<String>,
    /// Marks of unnumbered items.
    pub bullets: Vec<String>,
    /// Marks of headings in plain-text markup, the shortest first.
    pub headings: Vec<String>,
    /// Lines that number a page in any language.
    pub page: Vec<Pattern>,
    /// Rules that part footnotes from the text.
    pub separator: Vec<Pattern>,
    /// Keys of front matter that tell of the file, in lower case.
    pub front_matter: Vec<String>,
    /// Names of tags of HTML that a text may hold, in lower case.
    pub tags: Vec<String>,
    forms: Vec<RawForm>,
    counters: Vec<RawCounter>,
}

impl Common {
    /// Whether a sign is one of punctuation.
    #[must_use]
    pub fn is_punctuation(&self, c: char) -> bool {
        self.punctuation.binary_search(&c).is_ok()
    }
}

/// What is known of a body that issues documents.
#[derive(Debug)]
pub struct Body {
    /// Its name.
    pub name: String,
    /// Symbols, without asterisks.
    pub symbol: Vec<Pattern>,
    /// Lines with a job number; groups `job`, `letter`, `days`.
    pub job: Vec<Pattern>,
    /// Lines of bar codes and printers' marks.
    pub barcode: Vec<Pattern>,
    /// Lines of mastheads that no language file has.
    pub masthead: Vec<Pattern>,
    /// The number that the body gives an adopted text, before its title.
    pub number: Vec<Pattern>,
    /// Ends of symbols that say what a document is to another.
    pub modifiers: Vec<ClaimFormula>,
    /// How its works are named.
    pub work: WorkNames,
}

/// How works are named after their symbols.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkNames {
    /// First part of the names, if the symbol is of one of its series.
    #[serde(default)]
    pub prefix: String,
    /// First parts of its symbols.
    #[serde(default)]
    pub series: Vec<String>,
    /// Claims of modifiers that make a version of the same work; other modifiers make a work of their own.
    #[serde(default)]
    pub versions: Vec<Claim>,
}

pub(super) fn parse<T: DeserializeOwned>(name: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("shipped data file {name}: {error}"))
}

fn patterns(sources: Vec<String>) -> Vec<Pattern> {
    sources.into_iter().map(Pattern::new).collect()
}

fn claims(raw: Vec<RawClaim>) -> Vec<ClaimFormula> {
    raw.into_iter()
        .map(|raw| {
            let claim = match raw.kind {
                Claim::Reissue(_) => Claim::Reissue(Reissue { is_technical: raw.technical, ordinal: raw.ordinal }),
                other => other,
            };
            ClaimFormula { claim, pattern: Pattern::new(raw.pattern) }
        })
        .collect()
}

fn variants() -> Vec<(char, char)> {
    let raw: RawVariants = parse("variants", include_str!("../../data/variants.toml"));
    let characters = |rows: Vec<String>| rows.concat().chars().collect::<Vec<_>>();
    characters(raw.traditional).into_iter().zip(characters(raw.simplified)).collect()
}

fn punctuation(rows: &[String]) -> Vec<char> {
    let mut signs: Vec<char> = rows.iter().flat_map(|row| row.chars()).filter(|c| !c.is_whitespace()).collect();
    signs.sort_unstable();
    signs.dedup();
    signs
}

pub(super) fn load_common() -> Common {
    let raw: RawCommon = parse("common", include_str!("../../data/common.toml"));
    Common {
        fallback: raw.fallback,
        folds: raw.folds,
        confusables: raw.confusables.other.chars().zip(raw.confusables.latin.chars()).collect(),
        punctuation: punctuation(&raw.signs.punctuation),
        variants: variants(),
        particles: raw.names.particles,
        bullets: raw.numbering.bullets,
        headings: raw.numbering.headings,
        page: patterns(raw.furniture.page),
        separator: patterns(raw.furniture.separator),
        front_matter: raw.furniture.front_matter,
        tags: raw.furniture.tags,
        forms: raw.numbering.forms,
        counters: raw.numbering.counters,
    }
}

pub(super) fn load_bodies() -> Vec<Body> {
    BODIES
        .iter()
        .map(|(name, text)| {
            let raw: RawBody = parse(name, text);
            Body {
                name: raw.name,
                symbol: patterns(raw.symbol),
                job: patterns(raw.job),
                barcode: patterns(raw.barcode),
                masthead: patterns(raw.masthead),
                number: patterns(raw.number),
                modifiers: claims(raw.modifiers),
                work: raw.work,
            }
        })
        .collect()
}

/// Reads the files of all languages.
pub(super) fn load_languages(execution: Execution) -> Vec<Language> {
    // What the files share is read before the threads part.
    let _ = super::common();
    execution.map(LANGUAGES, |(name, text)| finish(name, parse(name, text)))
}

/// What stands for a date in the texts that formulas with `{date}` are tried on: see [`Language::dated`].
pub(super) const DATE: &str = "\u{F8F0}";

/// Puts the placeholders of the date patterns in.
fn date_source(source: &str, months: &[Vec<String>]) -> String {
    let mut names: Vec<&String> = months.iter().flatten().collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
    let names: Vec<String> = names.iter().map(|name| regex_syntax::escape(name).replace(' ', r"\s*")).collect();
    source
        .replace("{day}", r"\b(?P<day>\d{1,2})")
        .replace("{month}", &format!("(?P<month>{})", names.join("|")))
        .replace("{year}", r"(?P<year>\d{4})\b")
}

fn finish(name: &str, raw: RawLanguage) -> Language {
    let dates: Vec<String> = raw.dates.patterns.iter().map(|source| date_source(source, &raw.dates.months)).collect();
    let with_date = |sources: Vec<String>| -> Vec<Pattern> {
        sources.into_iter().map(|source| Pattern::new(source.replace("{date}", DATE))).collect()
    };
    let common = super::common();
    let counters: Vec<Counter> = raw.numbering.counters.iter().chain(&common.counters).map(counter).collect();
    let forms = raw.numbering.forms.iter().chain(&common.forms).map(|raw| form(name, raw, &counters)).collect();
    let code = LANGUAGES.iter().map(|(stem, _)| *stem).find(|stem| *stem == raw.code);
    Language {
        code: code.unwrap_or_else(|| panic!("shipped data file {name}: its code is {}", raw.code)),
        akn: raw.akn,
        name: raw.name,
        script: raw.script,
        right_to_left: raw.direction == RawDirection::Rtl,
        apostrophe_joins: raw.apostrophe == RawApostrophe::Joins,
        frequent: raw.detect.words,
        names: raw.names,
        group: raw.numbers.group,
        decimal: raw.numbers.decimal,
        month_names: MonthNames::new(&raw.dates.months, &raw.dates.patterns),
        months: raw.dates.months,
        date_patterns: patterns(dates),
        date_signs: raw.dates.signs.chars().collect(),
        abbreviations: raw.sentences.abbreviations,
        citing: raw.reflow.citing,
        hyphen_keeps: raw.reflow.hyphen_keeps,
        suffixes: raw.numbering.suffixes,
        forms,
        original: with_date(raw.formulas.original),
        signed: raw
            .formulas
            .signed
            .into_iter()
            .map(|signed| Signed {
                pattern: Pattern::new(signed.pattern),
                name_before: signed.name == RawNamePlace::Before,
            })
            .collect(),
        closing: with_date(raw.formulas.closing),
        meeting: with_date(raw.formulas.meeting),
        adopted: with_date(raw.formulas.adopted),
        transmittal: with_date(raw.formulas.transmittal),
        salutation: with_date(raw.formulas.salutation),
        annex: with_date(raw.formulas.annex),
        masthead: with_date(raw.formulas.masthead),
        page: with_date(raw.formulas.page),
        continuation: with_date(raw.formulas.continuation),
        preambular: with_date(raw.formulas.preambular),
        organ: with_date(raw.formulas.organ),
        agenda: with_date(raw.formulas.agenda),
        draft: with_date(raw.formulas.draft),
        draft_note: with_date(raw.formulas.draft_note),
        stage: with_date(raw.formulas.stage),
        note_words: raw.formulas.note_words,
        claims: claims(raw.claims),
        openers: openers(&raw.verbs),
        verbs: raw.verbs,
        lexicon: OnceLock::new(),
    }
}

fn counter(raw: &RawCounter) -> Counter {
    let kind = match (&raw.sequence, &raw.roman) {
        (Some(members), _) => CounterKind::Sequence(Sequence::new(members.clone())),
        (None, Some(letters)) => CounterKind::Roman { upper: letters.starts_with('I') },
        (None, None) => panic!("shipped data: counter {} counts in no way", raw.name),
    };
    Counter { name: raw.name.clone(), kind }
}

fn form(name: &str, raw: &RawForm, counters: &[Counter]) -> Form {
    let (before, after) = raw
        .form
        .split_once("{}")
        .unwrap_or_else(|| panic!("shipped data file {name}: form {:?} has no {{}}", raw.form));
    let named = |wanted: &String| {
        let kind = match wanted.as_str() {
            "decimal" => CounterKind::Decimal,
            "dotted" => CounterKind::Dotted,
            "han" => CounterKind::Han,
            "roman-dotted" => CounterKind::RomanDotted,
            "coded" => CounterKind::Coded,
            _ => {
                let known = counters.iter().find(|counter| &counter.name == wanted);
                return known.cloned().unwrap_or_else(|| panic!("shipped data file {name}: no counter {wanted:?}"));
            }
        };
        Counter { name: wanted.clone(), kind }
    };
    let counters: Vec<Counter> = raw.counters.iter().map(named).collect();
    Form {
        before: before.to_owned(),
        after: after.to_owned(),
        heads: Heads::of(before, &counters),
        is_word_and_mark: is_word_and_mark(before, after, &counters),
        counters,
        rank: raw.rank,
        text: raw.text,
    }
}

/// Reads the cells of the verb table: `preambular|operative=CODE; …`.
fn openers(cells: &BTreeMap<String, String>) -> Openers {
    let mut openers = Openers::default();
    for item in cells.values().flat_map(|cell| cell.split(';')) {
        let forms = item.split('=').next().unwrap_or_default();
        let (preambular, operative) = forms.split_once('|').unwrap_or((forms, forms));
        for (form, list) in [(preambular, &mut openers.preambular), (operative, &mut openers.operative)] {
            let form = form.trim().to_lowercase();
            if !form.is_empty() {
                list.push(form);
            }
        }
    }
    openers
}

#[cfg(test)]
mod tests {
    use crate::language::{bodies, common, languages};

    #[test]
    fn every_shipped_pattern_compiles() {
        let common = common();
        assert!(!common.folds.is_empty() && common.forms.len() > 3);
        for pattern in common.page.iter().chain(&common.separator) {
            pattern.regex();
        }
        for body in bodies() {
            for pattern in
                body.symbol.iter().chain(&body.job).chain(&body.barcode).chain(&body.masthead).chain(&body.number)
            {
                pattern.regex();
            }
        }
        for language in languages() {
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
        let codes: Vec<&str> = languages().iter().map(|language| language.code).collect();
        for code in ["ar", "en", "es", "fr", "ru", "zh"] {
            assert!(codes.contains(&code), "{code}");
        }
    }
}
