//! From the text of data files to languages and bodies.

use std::{collections::BTreeMap, sync::OnceLock};

use super::{
    claim::{Claim, Reissue},
    code::LanguageCode,
    common::common,
    counters::{Counter, CounterKind, Sequence, is_word_and_mark},
    data::{Body, ClaimFormula, Form, Language, LanguageFiles, Openers, SignatureMark},
    fault::{Fault, parse},
    heads::Heads,
    month_names::MonthNames,
    pattern::{Pattern, patterns},
    raw::{RawApostrophe, RawBody, RawClaim, RawCounter, RawDirection, RawForm, RawLanguage, RawNamePlace},
};

/// The months of a year.
const MONTHS: usize = 12;
/// Most forms of numbering of a language: labels name theirs by two bytes.
const MOST_FORMS: usize = 1 << 12;

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

/// Reads the file of a body.
pub(super) fn body(text: &str) -> Result<Body, Fault> {
    let raw: RawBody = parse(text)?;
    Ok(Body {
        name: raw.name,
        symbol: patterns(raw.symbol),
        job: patterns(raw.job),
        barcode: patterns(raw.barcode),
        masthead: patterns(raw.masthead),
        number: patterns(raw.number),
        modifiers: claims(raw.modifiers),
        work: raw.work,
    })
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

/// Reads the file of a language; its lexicon and its words wait until they are asked for.
pub(super) fn language(name: &str, files: LanguageFiles) -> Result<Language, Fault> {
    let text = files.main.as_ref();
    let raw: RawLanguage = parse(text)?;
    let code = LanguageCode::new(&raw.code).filter(|code| **code == *name);
    let code = code.ok_or_else(|| {
        let message = format!("the code {:?} is not the name of the file, two or three lower-case letters", raw.code);
        Fault::at(text, &raw.code, message)
    })?;
    if let Some(name) = raw.names.keys().find(|name| LanguageCode::new(name).is_none()) {
        let message = format!("{name:?} under [names] is no code of a language: two or three lower-case letters");
        return Err(Fault::at_key(text, name, message));
    }
    // A language may count its months and name none.
    if !matches!(raw.dates.months.len(), 0 | MONTHS) {
        let message = format!("there are {} months, and not {MONTHS} or none", raw.dates.months.len());
        return Err(Fault::at(text, "months", message));
    }
    let dates: Vec<String> = raw.dates.patterns.iter().map(|source| date_source(source, &raw.dates.months)).collect();
    let with_date = |sources: Vec<String>| -> Vec<Pattern> {
        sources.into_iter().map(|source| Pattern::new(source.replace("{date}", DATE))).collect()
    };
    let common = common();
    let counters = raw.numbering.counters.iter().chain(&common.counters).map(|raw| counter(text, raw));
    let counters: Vec<Counter> = counters.collect::<Result<_, Fault>>()?;
    let forms = raw.numbering.forms.iter().chain(&common.forms).map(|raw| form(text, raw, &counters));
    let forms = forms.collect::<Result<Vec<Form>, Fault>>()?;
    if forms.len() > MOST_FORMS {
        return Err(Fault::at(text, "forms", format!("there are more than {MOST_FORMS} forms of numbering")));
    }
    Ok(Language {
        code,
        akn: raw.akn,
        name: raw.name,
        script: raw.script,
        right_to_left: raw.direction == RawDirection::Rtl,
        apostrophe_joins: raw.apostrophe == RawApostrophe::Joins,
        frequent: raw.detect.words,
        alphabet: raw.detect.alphabet,
        names: raw.names,
        group: raw.numbers.group,
        decimal: raw.numbers.decimal,
        month_names: MonthNames::new(&raw.dates.months, &raw.dates.patterns),
        months: raw.dates.months,
        date_patterns: patterns(dates),
        date_signs: raw.dates.signs.chars().collect(),
        citing: raw.reflow.citing,
        hyphen_keeps: raw.reflow.hyphen_keeps,
        suffixes: raw.numbering.suffixes,
        forms,
        original: with_date(raw.formulas.original),
        signed: raw
            .formulas
            .signed
            .into_iter()
            .map(|signed| SignatureMark {
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
        files,
        lexicon: OnceLock::new(),
        words: OnceLock::new(),
    })
}

fn counter(text: &str, raw: &RawCounter) -> Result<Counter, Fault> {
    let kind = match (&raw.sequence, &raw.roman) {
        (Some(members), _) => CounterKind::Sequence(Sequence::new(members.clone())),
        (None, Some(letters)) => CounterKind::Roman { upper: letters.starts_with('I') },
        (None, None) => {
            return Err(Fault::at(text, &raw.name, format!("the counter {:?} counts in no way", raw.name)));
        }
    };
    Ok(Counter { name: raw.name.clone(), kind })
}

fn form(text: &str, raw: &RawForm, counters: &[Counter]) -> Result<Form, Fault> {
    let (before, after) = raw
        .form
        .split_once("{}")
        .ok_or_else(|| Fault::at(text, &raw.form, format!("the form {:?} has no {{}}", raw.form)))?;
    let named = |wanted: &String| {
        let kind = match wanted.as_str() {
            "decimal" => CounterKind::Decimal,
            "dotted" => CounterKind::Dotted,
            "han" => CounterKind::Han,
            "roman-dotted" => CounterKind::RomanDotted,
            "coded" => CounterKind::Coded,
            _ => {
                let known = counters.iter().find(|counter| &counter.name == wanted);
                return known
                    .cloned()
                    .ok_or_else(|| Fault::at(text, wanted, format!("there is no counter {wanted:?}")));
            }
        };
        Ok(Counter { name: wanted.clone(), kind })
    };
    let counters: Vec<Counter> = raw.counters.iter().map(named).collect::<Result<_, Fault>>()?;
    Ok(Form {
        before: before.to_owned(),
        after: after.to_owned(),
        heads: Heads::of(before, &counters),
        is_word_and_mark: is_word_and_mark(before, after, &counters),
        counters,
        rank: raw.rank,
        text: raw.text,
    })
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

/// Reads the file of a language that does not ship: every pattern of it is tried.
pub(super) fn checked_language(name: &str, files: LanguageFiles) -> Result<Language, Fault> {
    let raw: RawLanguage = parse(&files.main)?;
    let formulas = &raw.formulas;
    let lists = [
        &formulas.original,
        &formulas.closing,
        &formulas.meeting,
        &formulas.adopted,
        &formulas.transmittal,
        &formulas.salutation,
        &formulas.annex,
        &formulas.masthead,
        &formulas.page,
        &formulas.continuation,
        &formulas.preambular,
        &formulas.organ,
        &formulas.agenda,
        &formulas.draft,
        &formulas.draft_note,
        &formulas.stage,
    ];
    for source in lists.into_iter().flatten() {
        check(&files.main, source, source.replace("{date}", DATE))?;
    }
    let signed = formulas.signed.iter().map(|signed| &signed.pattern);
    for source in signed.chain(raw.claims.iter().map(|claim| &claim.pattern)) {
        check_dateless(&files.main, source)?;
    }
    for source in &raw.dates.patterns {
        check(&files.main, source, date_source(source, &raw.dates.months))?;
    }
    check_values(&files.main, &raw)?;
    language(name, files)
}

/// Looks for values that could mean nothing.
fn check_values(text: &str, raw: &RawLanguage) -> Result<(), Fault> {
    if raw.dates.months.iter().any(Vec::is_empty) {
        return Err(Fault::at(text, "months", "a month has no name".to_owned()));
    }
    let sequences = raw.numbering.counters.iter().flat_map(|own| own.sequence.iter().flatten());
    let lists: [(&str, Vec<&String>); 9] = [
        ("months", raw.dates.months.iter().flatten().collect()),
        ("words", raw.detect.words.iter().collect()),
        ("names", raw.names.values().flatten().collect()),
        ("citing", raw.reflow.citing.iter().collect()),
        ("hyphen_keeps", raw.reflow.hyphen_keeps.iter().collect()),
        ("suffixes", raw.numbering.suffixes.iter().flatten().collect()),
        ("sequence", sequences.collect()),
        ("note_words", raw.formulas.note_words.iter().collect()),
        ("pattern", raw.claims.iter().map(|claim| &claim.pattern).collect()),
    ];
    if let Some((key, _)) = lists.iter().find(|(_, values)| values.iter().any(|value| value.trim().is_empty())) {
        return Err(Fault::empty(text, key));
    }
    for form in &raw.numbering.forms {
        if form.rank == Some(0) {
            return Err(Fault::at(text, &form.form, format!("the form {:?} has rank 0; the highest is 1", form.form)));
        }
        if form.counters.is_empty() {
            return Err(Fault::at(text, &form.form, format!("the form {:?} has no counters", form.form)));
        }
    }
    let empty = raw.numbering.counters.iter().find(|own| own.sequence.as_ref().is_some_and(Vec::is_empty));
    match empty {
        Some(own) => Err(Fault::at(text, &own.name, format!("the counter {:?} has no members", own.name))),
        None => Ok(()),
    }
}

/// Reads the file of a body that does not ship: every pattern of it is tried.
pub(super) fn checked_body(text: &str) -> Result<Body, Fault> {
    let raw: RawBody = parse(text)?;
    let lists = [&raw.symbol, &raw.job, &raw.barcode, &raw.masthead, &raw.number];
    let modifiers = raw.modifiers.iter().map(|modifier| &modifier.pattern);
    for source in lists.into_iter().flatten().chain(modifiers) {
        check_dateless(text, source)?;
        if source.is_empty() {
            return Err(Fault::empty(text, "a pattern"));
        }
    }
    if raw.work.series.iter().any(|series| series.trim().is_empty()) {
        return Err(Fault::empty(text, "series"));
    }
    body(text)
}

/// Tries a pattern in which no date is put.
fn check_dateless(text: &str, source: &str) -> Result<(), Fault> {
    if source.contains("{date}") {
        let message = format!("the pattern {source:?} has {{date}}, which is for formulas of a language but signed");
        return Err(Fault::at(text, source, message));
    }
    check(text, source, source.to_owned())
}

/// Tries a pattern, as it is written and as it is compiled.
fn check(text: &str, written: &str, source: String) -> Result<(), Fault> {
    let compiled = Pattern::new(source).check();
    compiled.map_err(|why| Fault::at(text, written, format!("the pattern {written:?} can't be read: {why}")))
}
