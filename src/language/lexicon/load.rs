//! Reading the lexicon files.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::{Citing, Force, Lexicon, Measure, Sense, Table, Verb};
use crate::language::fault::{Fault, parse};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawModality {
    permission: Vec<String>,
    recommendation: Vec<String>,
    intention: Vec<String>,
    #[serde(default)]
    commitment: Vec<String>,
    obligation: Vec<String>,
    prohibition: Vec<String>,
    #[serde(default)]
    discouragement: Vec<String>,
    ambiguous: Vec<String>,
    neutral: Vec<String>,
    exemption: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNegation {
    negators: Vec<String>,
    lexical: Vec<String>,
    neutral: Vec<String>,
    compounds: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStrength {
    intensifiers: Vec<String>,
    weakeners: Vec<String>,
    forms: BTreeMap<String, Vec<String>>,
    more: BTreeMap<String, String>,
    #[serde(default)]
    neutral: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScope {
    parties: Vec<String>,
    conditions: Vec<String>,
    qualifiers: Vec<String>,
    qualifier_endings: Vec<String>,
    #[serde(default)]
    neutral: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTime {
    urgent: Vec<String>,
    soon: Vec<String>,
    later: Vec<String>,
    #[serde(default)]
    gradual: Vec<String>,
    #[serde(default)]
    deferred: Vec<String>,
    sequence: Vec<String>,
    #[serde(default)]
    neutral: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFactivity {
    hedged: Vec<String>,
    asserted: Vec<String>,
    #[serde(default)]
    neutral: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPhrases {
    phrases: Vec<String>,
    #[serde(default)]
    neutral: Vec<String>,
}

/// Capital letters tell names, where nothing else is said.
const fn tells_names() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntity {
    heads: Vec<String>,
    names: Vec<String>,
    #[serde(default)]
    common: Vec<String>,
    #[serde(default = "tells_names")]
    capitals: bool,
    #[serde(default)]
    transliteration: String,
    #[serde(default)]
    endings: Vec<String>,
    #[serde(default)]
    neutral: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNumber {
    cardinals: BTreeMap<String, u64>,
    ordinals: BTreeMap<String, u64>,
    multipliers: BTreeMap<String, u64>,
    percent: Vec<String>,
    many: Vec<String>,
    units: Vec<String>,
    #[serde(default)]
    neutral: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReference {
    nouns: Vec<String>,
    after: Vec<String>,
    relative: Vec<String>,
    #[serde(default)]
    pointing: Vec<String>,
    joining: Vec<String>,
    #[serde(default)]
    plain: Vec<String>,
    #[serde(default)]
    of: Vec<String>,
    #[serde(default)]
    other: Vec<String>,
    #[serde(default)]
    own: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    noun_first: bool,
    #[serde(default)]
    ranges: Vec<String>,
    #[serde(default)]
    vague: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSpelling {
    variants: Vec<String>,
    endings: Vec<String>,
    #[serde(default)]
    prefixes: Vec<String>,
    #[serde(default)]
    distinct: Vec<String>,
    #[serde(default)]
    doubling: Vec<String>,
    #[serde(default)]
    forms: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawComma {
    turning: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawOpposites {
    pairs: Vec<String>,
    #[serde(default)]
    courses: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawGroups {
    groups: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawSteps {
    #[serde(default)]
    effort: Vec<String>,
    #[serde(default)]
    quantity: Vec<String>,
    #[serde(default)]
    certainty: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReferents {
    referents: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFunction {
    words: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawFillers {
    phrases: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawMorphology {
    #[serde(default)]
    prefixes: Vec<String>,
    #[serde(default)]
    suffixes: Vec<String>,
    #[serde(default)]
    folds: Vec<String>,
    #[serde(default)]
    endings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLexicon {
    modality: RawModality,
    negation: RawNegation,
    strength: RawStrength,
    scope: RawScope,
    time: RawTime,
    factivity: RawFactivity,
    attribution: RawPhrases,
    effect: RawPhrases,
    status: RawPhrases,
    entity: RawEntity,
    number: RawNumber,
    reference: RawReference,
    spelling: RawSpelling,
    capital: RawReferents,
    function: RawFunction,
    #[serde(default)]
    fillers: RawFillers,
    #[serde(default)]
    comma: RawComma,
    #[serde(default)]
    opposites: RawOpposites,
    #[serde(default)]
    steps: RawSteps,
    #[serde(default)]
    relations: RawGroups,
    #[serde(default)]
    equals: RawGroups,
    #[serde(default)]
    morphology: RawMorphology,
}

/// How a language writes its words.
#[derive(Clone, Copy)]
pub(in crate::language) struct Habits {
    /// Whether a word ends with its apostrophe.
    pub(in crate::language) apostrophe_ends: bool,
    /// Whether each character is a word.
    pub(in crate::language) is_han: bool,
}

/// Reads a lexicon and the verb table of its language.
///
/// # Errors
/// [`Fault`] where it is not well made, or names verbs that the language has not.
pub(in crate::language) fn load(
    text: &str,
    cells: &BTreeMap<String, String>,
    habits: Habits,
) -> Result<Lexicon, Fault> {
    let raw: RawLexicon = parse(text)?;
    let pairs = |entries: &[String]| entries.iter().map(|entry| pair(text, entry)).collect::<Result<Vec<_>, Fault>>();
    let sorted = |mut words: Vec<String>| {
        words.sort_unstable();
        words
    };
    let folds = pairs(&raw.morphology.folds)?.into_iter().flat_map(|(from, to)| {
        let to = to.chars().next();
        from.chars().filter_map(|from| Some((from, to?))).collect::<Vec<_>>()
    });
    let mut lexicon = Lexicon {
        apostrophe_ends: habits.apostrophe_ends,
        is_han: habits.is_han,
        folds: folds.collect(),
        prefixes: raw.morphology.prefixes,
        suffixes: raw.morphology.suffixes,
        bare_endings: pairs(&raw.morphology.endings)?,
        qualifier_endings: raw.scope.qualifier_endings,
        endings: pairs(&raw.spelling.endings)?,
        parting: sorted(raw.spelling.prefixes),
        distinct: pairs(&raw.spelling.distinct)?.into_iter().collect(),
        doubling: sorted(raw.spelling.doubling),
        turning: sorted(raw.comma.turning),
        citing: Citing {
            plain: raw.reference.plain,
            of: raw.reference.of,
            other: raw.reference.other,
            own: raw.reference.own,
            before: raw.reference.before,
            bare: raw.reference.bare,
            is_noun_first: raw.reference.noun_first,
            vague: raw.reference.vague,
            ranges: raw.reference.ranges,
        },
        referents: sorted(raw.capital.referents),
        joining: sorted(raw.reference.joining),
        transliteration: raw.entity.transliteration,
        name_endings: raw.entity.endings,
        common: sorted(raw.entity.common),
        sets_capitals: !raw.entity.capitals,
        function: sorted(raw.function.words),
        ..Lexicon::default()
    };
    lexicon.variants = pairs(&raw.spelling.variants)?
        .into_iter()
        .map(|(one, other)| (lexicon.folded(&one), lexicon.folded(&other)))
        .collect();
    // Before the tables: of equal phrases the first stands.
    steps(text, &mut lexicon, &raw.steps)?;
    let modal = Sense::Modal;
    let urgency = |step| Sense::Step(Measure::Urgency, step);
    let lists: [(Table, Sense, &[String]); 50] = [
        (Table::Modality, modal(Force::Permission), &raw.modality.permission),
        (Table::Modality, modal(Force::Recommendation), &raw.modality.recommendation),
        (Table::Modality, modal(Force::Intention), &raw.modality.intention),
        (Table::Modality, modal(Force::Commitment), &raw.modality.commitment),
        (Table::Modality, modal(Force::Obligation), &raw.modality.obligation),
        (Table::Modality, modal(Force::Prohibition), &raw.modality.prohibition),
        (Table::Modality, modal(Force::Discouragement), &raw.modality.discouragement),
        (Table::Modality, modal(Force::Ambiguous), &raw.modality.ambiguous),
        (Table::Modality, modal(Force::Exemption), &raw.modality.exemption),
        (Table::Modality, Sense::Neutral, &raw.modality.neutral),
        (Table::Negation, Sense::Negator, &raw.negation.negators),
        (Table::Negation, Sense::Denial, &raw.negation.lexical),
        (Table::Negation, Sense::Compound, &raw.negation.compounds),
        (Table::Negation, Sense::Neutral, &raw.negation.neutral),
        (Table::Degree, Sense::Intensifier, &raw.strength.intensifiers),
        (Table::Degree, Sense::Weakener, &raw.strength.weakeners),
        (Table::Scope, Sense::Party, &raw.scope.parties),
        (Table::Scope, Sense::Condition, &raw.scope.conditions),
        (Table::Scope, Sense::Qualifier, &raw.scope.qualifiers),
        (Table::Time, urgency(5), &raw.time.urgent),
        (Table::Time, urgency(4), &raw.time.soon),
        (Table::Time, urgency(3), &raw.time.later),
        (Table::Time, urgency(2), &raw.time.gradual),
        (Table::Time, urgency(1), &raw.time.deferred),
        (Table::Time, Sense::Sequence, &raw.time.sequence),
        (Table::Factivity, Sense::Hedged, &raw.factivity.hedged),
        (Table::Factivity, Sense::Asserted, &raw.factivity.asserted),
        (Table::Attribution, Sense::Attribution, &raw.attribution.phrases),
        (Table::Effect, Sense::Effect, &raw.effect.phrases),
        (Table::Status, Sense::Status, &raw.status.phrases),
        (Table::Entity, Sense::Head, &raw.entity.heads),
        (Table::Entity, Sense::Name, &raw.entity.names),
        (Table::Number, Sense::Percent, &raw.number.percent),
        (Table::Number, Sense::Quantity, &raw.number.many),
        (Table::Number, Sense::Unit, &raw.number.units),
        (Table::Reference, Sense::Citing, &raw.reference.nouns),
        (Table::Reference, Sense::Cited, &raw.reference.after),
        (Table::Reference, Sense::Relative, &raw.reference.relative),
        (Table::Reference, Sense::Pointing, &raw.reference.pointing),
        (Table::Fillers, Sense::Filler, &raw.fillers.phrases),
        (Table::Verbs, Sense::Neutral, &raw.strength.neutral),
        (Table::Degree, Sense::Neutral, &raw.strength.neutral),
        (Table::Scope, Sense::Neutral, &raw.scope.neutral),
        (Table::Time, Sense::Neutral, &raw.time.neutral),
        (Table::Factivity, Sense::Neutral, &raw.factivity.neutral),
        (Table::Attribution, Sense::Neutral, &raw.attribution.neutral),
        (Table::Effect, Sense::Neutral, &raw.effect.neutral),
        (Table::Status, Sense::Neutral, &raw.status.neutral),
        (Table::Entity, Sense::Neutral, &raw.entity.neutral),
        (Table::Number, Sense::Neutral, &raw.number.neutral),
    ];
    for (table, sense, phrases) in lists {
        for phrase in phrases {
            if phrase.trim().is_empty() {
                return Err(Fault::empty(text, "a list of phrases"));
            }
            lexicon.add(table, phrase, sense);
        }
    }
    for (words, sense) in [
        (&raw.number.cardinals, Sense::Cardinal as fn(u64) -> Sense),
        (&raw.number.ordinals, Sense::Ordinal),
        (&raw.number.multipliers, Sense::Multiplier),
    ] {
        for (word, value) in words {
            lexicon.add(Table::Number, word, sense(*value));
        }
    }
    poles(text, &mut lexicon, Table::Poles, &raw.opposites.pairs)?;
    poles(text, &mut lexicon, Table::Courses, &raw.opposites.courses)?;
    poles(text, &mut lexicon, Table::Relations, &raw.relations.groups)?;
    equals(text, &mut lexicon, &raw.equals.groups)?;
    forms(text, &mut lexicon, &raw.spelling.forms)?;
    verbs(text, &mut lexicon, &raw.strength, cells)?;
    Ok(lexicon)
}

/// The sides of an entry `one=other`.
fn pair(text: &str, entry: &str) -> Result<(String, String), Fault> {
    let (one, other) = entry.split_once('=').ok_or_else(|| no_pair(text, entry))?;
    Ok((one.to_owned(), other.to_owned()))
}

fn no_pair(text: &str, entry: &str) -> Fault {
    Fault::at(text, entry, format!("{entry:?} is no pair with = between"))
}

/// Reads the measures: each a list of steps from the lowest, a step the phrases that stand on it, parted by commas.
fn steps(text: &str, lexicon: &mut Lexicon, raw: &RawSteps) -> Result<(), Fault> {
    for (table, measure, steps) in [
        (Table::Effort, Measure::Effort, &raw.effort),
        (Table::Scope, Measure::Quantity, &raw.quantity),
        (Table::Factivity, Measure::Certainty, &raw.certainty),
    ] {
        // Fewer steps than a scale has are spread over it.
        let width = match steps.len() {
            0 => continue,
            2 => 4,
            3 => 2,
            4 | 5 => 1,
            _ => return Err(Fault::at(text, &steps[0], "a measure has two to five steps".to_owned())),
        };
        for (step, phrases) in (0u8..).zip(steps) {
            for phrase in phrases.split(',').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                lexicon.add(table, phrase, Sense::Step(measure, 1 + step * width));
            }
        }
    }
    Ok(())
}

/// Reads groups that can't be exchanged inside: opposites (`raise, increase = lower, reduce`), relations
/// (`to = from = by`).
fn poles(text: &str, lexicon: &mut Lexicon, table: Table, groups: &[String]) -> Result<(), Fault> {
    let mut known: HashMap<&str, u16> = HashMap::new();
    for (number, entry) in (0u16..).zip(groups) {
        for (member, phrases) in (0u8..).zip(members(text, entry)?) {
            for phrase in phrases {
                // A phrase is found in one group only.
                if known.insert(phrase, number).is_some_and(|other| other != number) {
                    return Err(Fault::at(text, entry, format!("{phrase:?} stands in two groups")));
                }
                lexicon.add(table, phrase, Sense::Pole(number, member));
            }
        }
    }
    Ok(())
}

/// Reads groups of phrases that say the same: `prior to = before`.
fn equals(text: &str, lexicon: &mut Lexicon, groups: &[String]) -> Result<(), Fault> {
    for (number, entry) in (0u16..).zip(groups) {
        for phrase in members(text, entry)?.into_iter().flatten() {
            let key = lexicon.phrase_key(phrase);
            if lexicon.equals.insert(key, number).is_some_and(|other| other != number) {
                return Err(Fault::at(text, entry, format!("{phrase:?} stands in two groups of equals")));
            }
            lexicon.add(Table::Equals, phrase, Sense::Equal(number));
        }
    }
    Ok(())
}

/// Reads groups of short and long forms of one phrase: `para = paragraph`.
fn forms(text: &str, lexicon: &mut Lexicon, groups: &[String]) -> Result<(), Fault> {
    for (number, entry) in (0u16..).zip(groups) {
        for form in members(text, entry)?.into_iter().flatten() {
            if lexicon.forms.insert(form.to_owned(), number).is_some_and(|other| other != number) {
                return Err(Fault::at(text, entry, format!("{form:?} stands in two groups of forms")));
            }
        }
    }
    Ok(())
}

/// The members of a group, parted by equals signs, each with its phrases.
fn members<'t>(text: &str, entry: &'t str) -> Result<Vec<Vec<&'t str>>, Fault> {
    let phrases = |member: &'t str| member.split(',').map(str::trim).filter(|phrase| !phrase.is_empty()).collect();
    let members: Vec<Vec<&str>> = entry.split('=').map(phrases).collect();
    if members.len() < 2 { Err(no_pair(text, entry)) } else { Ok(members) }
}

/// Reads the verb table, the further forms of its verbs, and further verbs.
fn verbs(text: &str, lexicon: &mut Lexicon, raw: &RawStrength, cells: &BTreeMap<String, String>) -> Result<(), Fault> {
    let mut known: HashMap<String, u16> = HashMap::new();
    for (cell, items) in cells {
        for item in items.split(';') {
            let Some((forms, codes)) = item.split_once('=') else { continue };
            let number = add_verb(text, lexicon, cell, codes)?;
            for form in forms.split('|').map(str::trim).filter(|form| !form.is_empty()) {
                lexicon.add(Table::Verbs, form, Sense::Verb(number));
                known.insert(form.to_lowercase(), number);
            }
        }
    }
    for (verb, forms) in &raw.forms {
        let number = *known.get(verb.as_str()).ok_or_else(|| {
            Fault::at_key(text, verb, format!("[strength.forms] names {verb:?}, which [verbs] of the language lacks"))
        })?;
        for form in forms {
            lexicon.add(Table::Verbs, form, Sense::Verb(number));
        }
    }
    for (forms, value) in &raw.more {
        let (cell, codes) = value
            .split_once(' ')
            .ok_or_else(|| Fault::at(text, value, format!("{value:?} is no axis, level and code")))?;
        let number = add_verb(text, lexicon, cell, codes)?;
        for form in forms.split('|') {
            lexicon.add(Table::Verbs, form.trim(), Sense::Verb(number));
        }
    }
    Ok(())
}

fn add_verb(text: &str, lexicon: &mut Lexicon, cell: &str, codes: &str) -> Result<u16, Fault> {
    let mut signs = cell.chars();
    let (Some(axis @ ('N' | 'P' | 'C' | 'X' | 'D' | 'K')), Some(level)) =
        (signs.next(), signs.next().and_then(|level| level.to_digit(10)))
    else {
        return Err(Fault::at(text, cell, format!("{cell:?} is no axis and level")));
    };
    let level = u8::try_from(level).unwrap_or(u8::MAX);
    let codes: Vec<String> = codes.trim().split('/').map(|code| code.trim_end_matches('?').to_owned()).collect();
    let is_unsure = codes.len() > 1 || cell.contains('?');
    lexicon.verbs.push(Verb { axis, level, codes, is_unsure });
    u16::try_from(lexicon.verbs.len() - 1).map_err(|_| Fault::at(text, cell, "there are too many verbs".to_owned()))
}
