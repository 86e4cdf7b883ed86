//! What the words of an edit do: oblige, deny, urge, limit, hurry, name.
//!
//! The phrases of each table of the lexicon are compared as sets: what both sides of a stretch have is not told. In
//! stretches that are rewritten, a phrase that one of them loses and another gains has only gone elsewhere in the clause
//! and is not told either; a short edit is taken at its word, for a "not" that goes from one verb to the next changes
//! what is said.

use super::rule::{self, Rule, RuleFinding};
use super::shift::{Scale, Shift};
use super::window::{self, LONGEST, Phrase, Window, WindowSide};
use crate::diff::Hunk;
use crate::language::{Force, Language, Measure, Sense, Table, Verb};
use crate::text::{Pair, Side};
use std::{collections::HashMap, hash::Hash, ops::Range};

/// Tokens of the longer side from which a stretch counts as rewritten.
const REWRITTEN: usize = 8;

/// Rewritten stretches of one clause that are held against each other.
const SETTLED: usize = 48;

/// What one stretch says otherwise.
#[derive(Clone, Debug, Default)]
pub(super) struct Senses {
    /// Phrases that only one side has, by table.
    tables: Vec<(Table, Pair<Vec<Phrase>>)>,
    /// Where phrases stand that say the same on both sides.
    equals: Pair<Vec<Range<usize>>>,
}

/// The tables that are told.
pub(super) const TABLES: [Table; 15] = [
    Table::Modality,
    Table::Negation,
    Table::Verbs,
    Table::Degree,
    Table::Scope,
    Table::Time,
    Table::Factivity,
    Table::Attribution,
    Table::Effect,
    Table::Status,
    Table::Entity,
    Table::Poles,
    Table::Courses,
    Table::Relations,
    Table::Effort,
];

/// Tables whose phrases are told beside what else their words do, and only where one turned into another.
const BESIDE: [Table; 4] = [Table::Poles, Table::Courses, Table::Relations, Table::Effort];

impl Senses {
    /// Compares the phrases of both sides of a window; `size` are the tokens of the largest stretch in it.
    pub(super) fn of(window: &Window<'_>, size: usize) -> Self {
        let language = window.before.language.or(window.after.language);
        let mut tables: Vec<(Table, Pair<Vec<Phrase>>)> =
            TABLES.into_iter().map(|table| (table, window::phrases(window, table))).collect();
        let equals = equal_places(window);
        let mut longer = all_phrases(&tables);
        for (longer, numbers) in longer.as_mut().zip(window::phrases(window, Table::Number)) {
            longer.extend(numbers);
            longer.sort_by_key(|phrase| phrase.tokens.start);
        }
        for (table, phrases) in &mut tables {
            for side in Side::ALL {
                keep_own(*table, &window[side], &mut phrases[side], &longer[side]);
                phrases[side].retain(|phrase| !equals[side].iter().any(|equal| holds(equal, &phrase.tokens)));
            }
            cancel_phrases(language, phrases);
            if BESIDE.contains(table) {
                keep_opposites(phrases);
            }
        }
        // Where a passage is written anew, an "and" here and an "or" there are no exchange.
        let is_rewritten = size >= REWRITTEN;
        tables.retain(|(table, phrases)| {
            let is_told = !is_rewritten || *table != Table::Relations;
            is_told && !phrases.iter().all(Vec::is_empty)
        });
        Self { tables, equals }
    }

    /// Whether both sides do the same.
    pub(super) fn is_empty(&self) -> bool {
        self.tables.iter().all(|(_, phrases)| phrases.iter().all(Vec::is_empty))
    }

    /// The tokens of the phrases that only one side has.
    pub(super) fn ranges(&self, side: Side) -> impl Iterator<Item = Range<usize>> {
        self.tables.iter().flat_map(move |(_, phrases)| phrases[side].iter().map(|phrase| phrase.tokens.clone()))
    }

    /// The tokens of phrases that say the same on both sides, in other words.
    pub(super) fn equals(&self, side: Side) -> impl Iterator<Item = Range<usize>> {
        self.equals[side].iter().cloned()
    }

    /// The classes of what is told.
    pub(super) fn found(&self, language: Option<&Language>) -> Vec<RuleFinding> {
        let left = self.tables.iter().filter(|(_, phrases)| !phrases.iter().all(Vec::is_empty));
        left.flat_map(|(table, phrases)| told(*table, phrases, language)).collect()
    }

    /// What of it is to be told of each of some hunks: that of the tables whose phrases touch it. What touches none, for
    /// it only stands beside them, is told of the first.
    pub(super) fn pinned(self, hunks: &[Hunk]) -> Vec<Self> {
        if hunks.len() == 1 {
            return vec![self];
        }
        let own = |_| Self { tables: Vec::new(), equals: self.equals.clone() };
        let mut all: Vec<Self> = hunks.iter().map(own).collect();
        for (table, phrases) in self.tables {
            let stands_in = |hunk: &Hunk| {
                let sides = phrases.as_ref().zip(hunk.as_ref());
                sides.iter().any(|(own, hunk)| own.iter().any(|phrase| window::touches(&phrase.tokens, hunk)))
            };
            let mut places: Vec<usize> = (0..hunks.len()).filter(|at| stands_in(&hunks[*at])).collect();
            if places.is_empty() {
                places.push(0);
            }
            for at in places {
                all[at].tables.push((table, phrases.clone()));
            }
        }
        all
    }

    fn table(&mut self, table: Table) -> Option<&mut Pair<Vec<Phrase>>> {
        self.tables.iter_mut().find(|(own, _)| *own == table).map(|(_, phrases)| phrases)
    }
}

/// Where phrases stand that say the same on both sides: what they do is the same, whatever their words do.
fn equal_places(window: &Window<'_>) -> Pair<Vec<Range<usize>>> {
    let Pair { before, mut after } = window::phrases(window, Table::Equals);
    let mut places = Pair::<Vec<Range<usize>>>::default();
    if before.len() > COMPARED || after.len() > COMPARED {
        return places;
    }
    for old in before {
        if let Some(at) = after.iter().position(|new| new.sense == old.sense) {
            places.before.push(old.tokens);
            places.after.push(after.swap_remove(at).tokens);
        }
    }
    places
}

/// Whether a range lies inside another.
fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Keeps the phrases of a side that do what their table says, and are no part of a longer one.
fn keep_own(table: Table, view: &WindowSide<'_>, own: &mut Vec<Phrase>, longer: &[Phrase]) {
    own.retain(|phrase| {
        phrase.sense != Sense::Neutral
            && !is_inside(table, phrase, longer)
            && (table != Table::Degree || window::is_near_verb(view, phrase))
    });
}

/// Every phrase of every table.
fn all_phrases(tables: &[(Table, Pair<Vec<Phrase>>)]) -> Pair<Vec<Phrase>> {
    let mut all = Pair::<Vec<Phrase>>::default();
    for (_, phrases) in tables.iter().filter(|(table, _)| !BESIDE.contains(table)) {
        for (all, phrases) in all.as_mut().zip(phrases.as_ref()) {
            all.extend(phrases.iter().cloned());
        }
    }
    all
}

/// Keeps the phrases that the other side turns into another of their group: into their opposites, into another relation.
fn keep_opposites(phrases: &mut Pair<Vec<Phrase>>) {
    let poles = phrases.as_ref().map(|side| side.iter().map(|phrase| phrase.sense).collect::<Vec<_>>());
    for (phrases, others) in phrases.as_mut().zip(poles.invert()) {
        phrases.retain(|phrase| match phrase.sense {
            Sense::Pole(group, own) => others
                .iter()
                .any(|other| matches!(other, Sense::Pole(same, member) if *same == group && *member != own)),
            Sense::Step(..) => others.iter().any(|other| is_another_step(phrase.sense, *other)),
            _ => false,
        });
    }
}

/// Whether two phrases stand on two steps of one measure.
fn is_another_step(one: Sense, other: Sense) -> bool {
    matches!((one, other), (Sense::Step(a, low), Sense::Step(b, high)) if a == b && low != high)
}

/// Whether a phrase is a part of a longer one of any table, look-alikes too: the line of "in line with" is no line.
/// Negators and modal words are what they are in every phrase but a look-alike; a verb that is a modal word too is one.
fn is_inside(table: Table, phrase: &Phrase, others: &[Phrase]) -> bool {
    let weighs = matches!(phrase.sense, Sense::Negator | Sense::Modal(_));
    let first = others.partition_point(|other| other.tokens.start + LONGEST < phrase.tokens.start);
    let near = others[first..].iter().take_while(|other| other.tokens.start <= phrase.tokens.start);
    near.into_iter().any(|other| {
        let covers = other.tokens.start <= phrase.tokens.start && phrase.tokens.end <= other.tokens.end;
        let longer = other.tokens.len() > phrase.tokens.len();
        covers
            && if weighs {
                longer && other.sense == Sense::Neutral
            } else {
                longer || table == Table::Verbs && matches!(other.sense, Sense::Modal(_))
            }
    })
}

/// Takes out what one rewritten stretch of a clause loses and another gains. `sizes` are the tokens of each stretch.
/// Returns how many of them a bound kept from being held against each other.
pub(super) fn settle(all: &mut [Senses], sizes: &[usize], language: Option<&Language>) -> u64 {
    let mut rewritten: Vec<usize> = (0..all.len()).filter(|at| sizes[*at] >= REWRITTEN).collect();
    let pairs = |count: usize| count as u64 * (count as u64).saturating_sub(1);
    let all_pairs = pairs(rewritten.len());
    rewritten.truncate(SETTLED);
    for table in TABLES.into_iter().filter(|table| *table != Table::Entity) {
        for &from in &rewritten {
            for &to in &rewritten {
                if from == to {
                    continue;
                }
                let lost = all[from].table(table).map(|phrases| std::mem::take(&mut phrases.before));
                let Some(lost) = lost else { continue };
                let gained = all[to].table(table).map(|phrases| std::mem::take(&mut phrases.after));
                let mut both = Pair::new(lost, gained.unwrap_or_default());
                cancel_phrases(language, &mut both);
                if let Some(phrases) = all[to].table(table) {
                    phrases.after = both.after;
                }
                if let Some(phrases) = all[from].table(table) {
                    phrases.before = both.before;
                }
            }
        }
    }
    all_pairs - pairs(rewritten.len())
}

/// Phrases beyond which only the same ones are taken out, and not those that inflect.
const COMPARED: usize = 200;

/// Takes out what is the same on both sides: by key, then by likeness where there is not too much of it.
pub(super) fn cancel<T, K: Hash + Eq>(
    sides: &mut Pair<Vec<T>>,
    key: impl Fn(&T) -> K,
    is_same: impl Fn(&T, &T) -> bool,
) {
    let Pair { before, after } = sides;
    let mut counts: HashMap<K, usize> = HashMap::new();
    for new in after.iter() {
        *counts.entry(key(new)).or_default() += 1;
    }
    let mut common: HashMap<K, usize> = HashMap::new();
    before.retain(|old| {
        let taken = take_one(&mut counts, &key(old));
        if taken {
            *common.entry(key(old)).or_default() += 1;
        }
        !taken
    });
    after.retain(|new| !take_one(&mut common, &key(new)));
    if before.len() > COMPARED || after.len() > COMPARED {
        return;
    }
    before.retain(|old| match after.iter().position(|new| is_same(old, new)) {
        Some(at) => {
            after.remove(at);
            false
        }
        None => true,
    });
}

/// Takes one of what is counted under a key, if any is left.
fn take_one<K: Hash + Eq>(counts: &mut HashMap<K, usize>, key: &K) -> bool {
    match counts.get_mut(key) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}

/// Takes out the phrases that do the same on both sides.
fn cancel_phrases(language: Option<&Language>, phrases: &mut Pair<Vec<Phrase>>) {
    cancel(phrases, |phrase| (phrase.sense, phrase.number), |old, new| does_the_same(language, old, new));
}

fn does_the_same(language: Option<&Language>, a: &Phrase, b: &Phrase) -> bool {
    match (a.sense, b.sense) {
        (Sense::Verb(one), Sense::Verb(other)) => language.is_some_and(|language| {
            let verbs = &language.lexicon().verbs;
            let (one, other) = (&verbs[usize::from(one)], &verbs[usize::from(other)]);
            one.codes == other.codes && one.axis == other.axis && one.level == other.level
        }),
        (Sense::Modal(one), Sense::Modal(other)) => one == other,
        (Sense::Step(one, low), Sense::Step(other, high)) => one == other && low == high,
        (one, other) => {
            one == other
                && (a.number == b.number
                    || inflects(&a.text, &b.text)
                    || language.is_some_and(|language| language.lexicon().are_equal(&a.text, &b.text)))
        }
    }
}

/// Whether two phrases are forms of the same words: their letters agree but for an ending.
pub(super) fn inflects(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    if a == b {
        return true;
    }
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let rest = |text: &str| text.chars().count() - common;
    common >= 3
        && rest(&a) <= 3
        && rest(&b) <= 3
        && common > rest(&a).max(rest(&b))
        && a.is_ascii() == b.is_ascii()
        && !a[common_bytes(&a, common)..].contains(' ')
        && !b[common_bytes(&b, common)..].contains(' ')
}

fn common_bytes(text: &str, characters: usize) -> usize {
    text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at)
}

/// The classes of a table's phrases that only one side has.
fn told(table: Table, phrases: &Pair<Vec<Phrase>>, language: Option<&Language>) -> Vec<RuleFinding> {
    let only = |wanted: &[Sense]| -> Pair<Vec<&Phrase>> {
        phrases.as_ref().map(|side| side.iter().filter(|phrase| wanted.contains(&phrase.sense)).collect())
    };
    let whole = || phrases.as_ref().map(|side| side.iter().collect::<Vec<_>>());
    match table {
        Table::Modality => vec![force(&whole())],
        Table::Negation => negation(phrases),
        Table::Verbs => vec![verb(&whole(), language)],
        Table::Degree => vec![RuleFinding::with(rule::DEGREE, degree(&whole()))],
        Table::Scope => {
            let who = only(&[Sense::Party]);
            let mut found = measured((rule::QUANTITY, Measure::Quantity), phrases, (rule::PARTY, &who));
            found.extend(one(rule::CONDITION, &only(&[Sense::Condition])));
            found.extend(one(rule::QUALIFIER, &only(&[Sense::Qualifier])));
            found
        }
        Table::Time => {
            let mut found = steps(rule::URGENCY, Measure::Urgency, phrases);
            found.extend(one(rule::SEQUENCE, &only(&[Sense::Sequence])));
            found
        }
        Table::Factivity => {
            let claims = only(&[Sense::Hedged, Sense::Asserted]);
            measured((rule::CERTAINTY, Measure::Certainty), phrases, (rule::FACTIVITY, &claims))
        }
        Table::Attribution => one(rule::ATTRIBUTION, &whole()),
        Table::Effect => one(rule::EFFECT, &whole()),
        Table::Status => one(rule::STATUS, &whole()),
        Table::Entity => {
            let mut found = one(rule::ENTITY_NAME, &only(&[Sense::Name]));
            found.extend(one(rule::ENTITY_HEAD, &only(&[Sense::Head])));
            found
        }
        Table::Poles => one(rule::OPPOSITE, &whole()),
        Table::Courses => one(rule::COURSE, &whole()),
        Table::Relations => one(rule::RELATION, &whole()),
        Table::Effort => steps(rule::EFFORT, Measure::Effort, phrases),
        Table::Number | Table::Reference | Table::Equals | Table::Fillers => Vec::new(),
    }
}

fn one(rule: Rule, phrases: &Pair<Vec<&Phrase>>) -> Vec<RuleFinding> {
    if phrases.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    vec![RuleFinding::with(rule, shown(phrases))]
}

/// The phrases that stand on a measure.
fn of_measure(measure: Measure, phrases: &Pair<Vec<Phrase>>) -> Pair<Vec<&Phrase>> {
    let is_own = |phrase: &&Phrase| matches!(phrase.sense, Sense::Step(own, _) if own == measure);
    phrases.as_ref().map(|side| side.iter().filter(is_own).collect())
}

/// The phrases of a measure: between two of them a step with a direction.
fn steps(rule: Rule, measure: Measure, phrases: &Pair<Vec<Phrase>>) -> Vec<RuleFinding> {
    let own = of_measure(measure, phrases);
    if own.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let levels = own.as_ref().map(|side| match side[..] {
        [Phrase { sense: Sense::Step(_, step), .. }] => Some(*step),
        _ => None,
    });
    let found = RuleFinding::with(rule, turn(direction(levels), &own));
    vec![found.shifted(Shift::between(Scale::of_measure(measure), levels))]
}

/// The phrases of a measure, or, where others of their table came or went too, all of them by the rule of those.
fn measured(
    (rule, measure): (Rule, Measure),
    phrases: &Pair<Vec<Phrase>>,
    (other_rule, others): (Rule, &Pair<Vec<&Phrase>>),
) -> Vec<RuleFinding> {
    if others.iter().all(Vec::is_empty) {
        return steps(rule, measure, phrases);
    }
    let all = of_measure(measure, phrases).zip(others.as_ref()).map(|(mut all, others)| {
        all.extend(others);
        all.sort_by_key(|phrase| phrase.tokens.start);
        all
    });
    one(other_rule, &all)
}

/// `dropped: if requested`, `added: all`, `changed: all -> some`.
fn shown(phrases: &Pair<Vec<&Phrase>>) -> String {
    turn("changed", phrases)
}

/// What turned into what, after a word that says how.
fn turn(how: &str, phrases: &Pair<Vec<&Phrase>>) -> String {
    let texts = phrases.as_ref().map(|side| side.iter().map(|phrase| phrase.text.as_str()).collect::<Vec<_>>());
    rule::turn(how, &texts.map(|texts| texts.join(", ")))
}

/// In which direction a step on a scale goes.
fn direction(levels: Pair<Option<u8>>) -> &'static str {
    match (levels.before, levels.after) {
        (Some(old), Some(new)) if new < old => "softened",
        (Some(old), Some(new)) if new > old => "strengthened",
        _ => "changed",
    }
}

/// What a change of modal words does: between two that stand on the scale of force, a step.
fn force(phrases: &Pair<Vec<&Phrase>>) -> RuleFinding {
    let forces = phrases.as_ref().map(|side| match side[..] {
        [Phrase { sense: Sense::Modal(force), .. }] => Some(*force),
        _ => None,
    });
    let denying = forces.map(|force| force.and_then(Force::denying_level));
    if denying.iter().all(Option::is_some) {
        return RuleFinding::with(rule::FORCE, turn(direction(denying), phrases));
    }
    let forbids =
        phrases.as_ref().map(|side| side.iter().any(|phrase| phrase.sense == Sense::Modal(Force::Prohibition)));
    // To forbid is no more or less than to oblige.
    if !forbids.is_same() {
        return RuleFinding::with(rule::FORCE, turn("changed", phrases));
    }
    let levels = forces.map(|force| force.and_then(Force::level));
    RuleFinding::with(rule::FORCE, turn(direction(levels), phrases)).shifted(Shift::between(Scale::Modality, levels))
}

/// Two verbs of one axis tell a direction; where a word may mean several things, none is told.
fn verb(phrases: &Pair<Vec<&Phrase>>, language: Option<&Language>) -> RuleFinding {
    let known = phrases.as_ref().map(|side| match (&side[..], language) {
        (&[Phrase { sense: Sense::Verb(number), .. }], Some(language)) => {
            language.lexicon().verbs.get(usize::from(*number)).filter(|verb| !verb.is_unsure)
        }
        _ => None,
    });
    let (how, shift) = match known.both() {
        Some(verbs) if verbs.map(|verb| verb.axis).is_same() => {
            let levels = verbs.map(|verb| Some(verb.level));
            let degrees = verbs.map(Verb::degree).both().filter(|degrees| degrees.map(|(stem, _)| stem).is_same());
            // On one level the degree of one meaning tells: to urge, to urge strongly.
            let steps = match degrees {
                Some(degrees) if levels.is_same() => degrees.map(|(_, degree)| Some(degree)),
                _ => levels,
            };
            (direction(steps), Shift::of_verbs(verbs))
        }
        _ => ("changed", None),
    };
    RuleFinding::with(rule::VERB, turn(how, phrases)).shifted(shift)
}

fn degree(phrases: &Pair<Vec<&Phrase>>) -> String {
    let worth = phrases
        .as_ref()
        .map(|side| side.iter().map(|phrase| if phrase.sense == Sense::Intensifier { 1i32 } else { -1 }).sum::<i32>());
    let how = match worth.after.cmp(&worth.before) {
        std::cmp::Ordering::Less => "softened",
        std::cmp::Ordering::Equal => "changed",
        std::cmp::Ordering::Greater => "strengthened",
    };
    let told = turn(how, phrases);
    if told.starts_with(how) { told } else { format!("{how}, {told}") }
}

fn negation(phrases: &Pair<Vec<Phrase>>) -> Vec<RuleFinding> {
    let only =
        |wanted: Sense| phrases.as_ref().map(|side| side.iter().filter(|phrase| phrase.sense == wanted).collect());
    let negators: Pair<Vec<&Phrase>> = only(Sense::Negator);
    let mut found = Vec::new();
    let count: usize = negators.iter().map(Vec::len).sum();
    if count > 0 {
        // Two negators that come together deny what they denied before.
        let flips = count % 2 == 1;
        let rule = if flips { rule::POLARITY } else { rule::NEGATORS };
        found.push(RuleFinding::with(rule, shown(&negators)));
    }
    found.extend(one(rule::DENIAL, &only(Sense::Denial)));
    found.extend(one(rule::COMPOUND, &only(Sense::Compound)));
    found
}
