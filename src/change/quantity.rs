//! Numbers, units and dates of an edit, compared as values, and citations among them.
//!
//! `3,300`, `3 300` and `3.300` are one value, so are `five` and `5`, `二〇三一年` and `2031年`. A number after a word that
//! cites ("paragraph", "article") or before one (段, 条) is no quantity but a reference, which a renumbering may explain.

use std::{
    collections::{BTreeSet, HashSet},
    ops::Range,
};

use super::citation::{self, is_letter};
use super::context::Context;
use super::passage::Passage;
use super::references::Target;
use super::rule::{self, RuleFinding};
use super::sense::cancel;
use super::signs::{is_range, is_sign};
use super::window::{self, Window, WindowSide};
use crate::language::{Language, LexiconFound, Sense, Table, common, han_numeral, is_ambiguous_han, is_han_number};
use crate::text::{NumberReader, Pair, TokenKind, folded_lower};

/// What kind of value it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Number,
    /// A number in words.
    Words,
    /// A number in Han signs.
    Numeral,
    Date,
    Unit,
    /// A letter or a Roman numeral that counts a clause.
    Letter,
    /// A document symbol.
    Symbol,
    /// Where a link of Markdown leads.
    Link,
    /// A number in the label that a clause begins with.
    Label,
    /// Above, below.
    Relative,
    /// A number inside a name: COVID-19, the Second Elm Bridge.
    Name,
}

#[derive(Clone, Debug)]
struct Value {
    kind: Kind,
    /// What is compared.
    value: String,
    /// Its tokens, by index in the passage.
    tokens: Range<usize>,
    shown: String,
}

impl Value {
    /// What it is compared with: counts with counts, whatever they are written in.
    const fn sort(&self) -> Kind {
        match self.kind {
            Kind::Words | Kind::Numeral => Kind::Number,
            kind => kind,
        }
    }

    /// Whether it is a count, and not a date, a unit or a name.
    const fn counts(&self) -> bool {
        matches!(self.kind, Kind::Number | Kind::Words | Kind::Numeral | Kind::Letter)
    }

    /// Whether it cites a clause or a document, and measures nothing.
    fn is_cited(&self, view: &WindowSide<'_>) -> bool {
        let has_decimals = self.value.contains('.') && self.kind == Kind::Number;
        !has_decimals && !citation::is_measured(view, self.tokens.end) && citation::is_cited(view, &self.tokens)
    }

    fn is_year(&self) -> bool {
        self.kind == Kind::Number && self.value.len() == 4 && matches!(self.value.get(..2), Some("19" | "20" | "21"))
    }
}

/// What an edit says of values.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub(super) found: Vec<RuleFinding>,
    /// Whether values agree and only their forms differ.
    pub(super) reformed: bool,
    /// Whether a space between two groups of digits came or went before a unit, so that one number may be two.
    pub(super) regrouped: bool,
    /// Tokens that stand for values, of each side.
    pub(super) covered: Pair<Vec<Range<usize>>>,
}

/// The citations in a passage by one of some counters: the tokens of each, and its counter.
pub(super) fn citations(
    passage: &Passage,
    language: Option<&Language>,
    counters: &HashSet<String>,
) -> Vec<(Range<usize>, String)> {
    let view = window::plain(passage, language, 0..passage.tokens.len());
    let values = side(&view, &[]).into_iter().filter(|value| value.counts() && counters.contains(&value.value));
    values.filter(|value| value.is_cited(&view)).map(|value| (value.tokens, value.value)).collect()
}

/// Compares the values of both sides of a window.
pub(super) fn values(context: &Context<'_>, window: &Window<'_>) -> Values {
    let words = window::phrases(window, Table::Number);
    let mut values = window.as_ref().zip(words.as_ref()).map(|(view, words)| side(view, words));
    let covered = values.as_ref().map(|values| values.iter().map(|value| value.tokens.clone()).collect());
    let shown = values.as_ref().map(|values| values.iter().map(|value| value.shown.clone()).collect::<Vec<_>>());
    cancel(&mut values, |value| (value.sort(), value.value.clone()), |_, _| false);
    let reformed = !shown.is_same() && values.iter().all(Vec::is_empty);
    let regrouped = reformed && window.iter().any(may_be_two);
    let mut found = told(context, window, &values);
    // "Slowed in the first quarter" for "has grown at a rapid pace in recent months" is no other number.
    let is_lone = values.iter().any(Vec::is_empty);
    let stretches = window.as_ref().map(|view| view.stretch.len());
    let is_rewritten =
        stretches.iter().all(|length| *length > 0) && stretches.iter().any(|length| *length >= REWRITTEN);
    found.iter_mut().for_each(|found| found.is_incidental = is_lone && is_rewritten);
    Values { found, reformed, regrouped, covered }
}

/// Tokens of the longer side of a passage that was written anew.
const REWRITTEN: usize = 6;

/// Letters of an abbreviated unit.
const ABBREVIATED: usize = 3;

/// Whether the stretch holds a number that may be two: `2 500 kg` are so many kilograms, or two things of 500 kg.
fn may_be_two(view: &WindowSide<'_>) -> bool {
    let reader = NumberReader { language: view.language };
    view.stretch.clone().any(|token| {
        let measured = || {
            let shown = view.text(&(token + 1..token + 2));
            let mut found = view.find_from(Table::Number, token + 1..token + 2).iter();
            shown.chars().count() <= ABBREVIATED && found.any(|found| found.sense == Sense::Unit)
        };
        view.passage.tokens[token].kind == TokenKind::Number
            && reader.may_be_two(view.text(&(token..token + 1)))
            && token + 1 < view.tokens.end
            && measured()
    })
}

/// The classes of values that only one side has.
fn told(context: &Context<'_>, window: &Window<'_>, values: &Pair<Vec<Value>>) -> Vec<RuleFinding> {
    let mut found = Vec::new();
    let cited = picked(window, values, |view, value| value.counts() && value.is_cited(view));
    if !is_nothing(&cited) {
        found.push(cross_reference(context, window, &cited));
    }
    let plain =
        picked(window, values, |view, value| value.counts() && value.kind != Kind::Letter && !value.is_cited(view));
    if !is_nothing(&plain) {
        let all = || plain.iter().flatten();
        let rule = if all().all(|value| value.is_year()) {
            rule::YEAR
        } else if all().all(|value| value.kind == Kind::Numeral) {
            rule::NUMERAL
        } else if all().all(|value| value.kind == Kind::Words) {
            rule::NUMBER_WORD
        } else {
            rule::NUMBER
        };
        found.push(rule.into());
    }
    for (kind, rule) in [
        (Kind::Date, rule::DATE),
        (Kind::Unit, rule::UNIT),
        (Kind::Symbol, rule::CITED_SYMBOL),
        (Kind::Link, rule::LINK),
        (Kind::Label, rule::LABEL),
        (Kind::Relative, rule::CITED_PLACE),
        (Kind::Name, rule::ENTITY_NAME),
    ] {
        if values.iter().flatten().any(|value| value.kind == kind) {
            found.push(rule.into());
        }
    }
    found
}

/// The values of both sides that are wanted.
fn picked<'v>(
    window: &Window<'_>,
    values: &'v Pair<Vec<Value>>,
    is_wanted: impl Fn(&WindowSide<'_>, &Value) -> bool,
) -> Pair<Vec<&'v Value>> {
    let sides = window.as_ref().zip(values.as_ref());
    sides.map(|(view, values)| values.iter().filter(|value| is_wanted(view, value)).collect())
}

/// Whether neither side has any.
fn is_nothing(values: &Pair<Vec<&Value>>) -> bool {
    values.iter().all(Vec::is_empty)
}

/// What a change of cited numbers is: one that a renumbering explains where each follows its clause.
fn cross_reference(context: &Context<'_>, window: &Window<'_>, values: &Pair<Vec<&Value>>) -> RuleFinding {
    if values.before.len() != values.after.len() {
        return rule::CITED_NUMBER.into();
    }
    let pairs = values.before.iter().zip(&values.after).map(|(old, new)| Pair::new(*old, *new));
    let targets: Vec<(Pair<&Value>, Option<Pair<Target>>)> =
        pairs.map(|pair| (pair, targets(context, window, pair))).collect();
    let follow = targets.iter().all(|(pair, targets)| {
        targets.is_some_and(|own| context.references.is_one(own) && keeps_range(context, window, *pair, own))
    });
    if follow {
        let told = targets.iter().map(|(pair, _)| format!("{} is now {}", pair.before.shown, pair.after.shown));
        return RuleFinding::with(rule::RENUMBERED, told.collect::<Vec<_>>().join(", "));
    }
    let leads = targets.iter().filter_map(|(_, targets)| targets.as_ref());
    let leads: Vec<String> = leads
        .filter(|targets| !context.references.is_one(**targets) && targets.iter().any(Target::is_clause))
        .map(|targets| context.references.turned(*targets))
        .collect();
    if leads.is_empty() { rule::CITED_NUMBER.into() } else { RuleFinding::with(rule::CITED_NUMBER, leads.join("; ")) }
}

/// Whether a number that is one end of a range has the same clauses between it and the other end as before: "1 to 3" and
/// "1 to 4" may hold one more, though 3 is now 4. A number of no range keeps it.
fn keeps_range(context: &Context<'_>, window: &Window<'_>, values: Pair<&Value>, ends: Pair<Target>) -> bool {
    let places = window.as_ref().zip(values).map(|(view, value)| citation::other_end(view, &value.tokens));
    let Some(others) = places.both() else { return places.iter().all(Option::is_none) };
    let held = Pair::from_fn(|side| {
        let (passage, language) = (context.passages[side], context.languages[side]);
        let other = others[side]..others[side] + 1;
        let view = window::plain(passage, language, other.clone());
        let cited = citation::cited(&view, &other)?;
        let at = passage.place_of(other.start)?;
        let target = context.references.target(side, at, &cited, &citation::counter(&view, other.start));
        context.references.between(side, Pair::new(ends[side], target))
    });
    held.both().is_some_and(|held| held.is_same())
}

/// What a cited number meant and means, if it cites clauses of this text on both sides, called alike.
fn targets(context: &Context<'_>, window: &Window<'_>, values: Pair<&Value>) -> Option<Pair<Target>> {
    let cited = window.as_ref().zip(values).map(|(view, value)| citation::cited(view, &value.tokens));
    let cited = cited.both().filter(|cited| cited.iter().all(|cited| cited.is_own))?;
    let places = window.as_ref().zip(values);
    let at = places.map(|(view, value)| view.passage.place_of(value.tokens.start)).both()?;
    let is_same = cited.before.noun == cited.after.noun;
    is_same.then(|| context.references.targets(at, &cited, values.map(|value| value.value.as_str())))
}

/// The values that a side's stretch holds, in order.
fn side(view: &WindowSide<'_>, words: &[window::Phrase]) -> Vec<Value> {
    let mut values = in_words(view, words);
    let taken: BTreeSet<usize> = values.iter().flat_map(|value| value.tokens.clone()).collect();
    for token in view.stretch.clone().filter(|token| !taken.contains(token)) {
        let shown = view.text(&(token..token + 1));
        let kept = |kind, value: String| Value { kind, value, tokens: token..token + 1, shown: shown.to_owned() };
        let value = match view.passage.tokens[token].kind {
            TokenKind::Number => {
                let value = NumberReader { language: view.language }.value(shown);
                match calendar(&value) {
                    _ if is_in_name(view, token) => kept(Kind::Name, value),
                    Some(date) if !citation::is_cited(view, &(token..token + 1)) => kept(Kind::Date, date),
                    Some(_) => kept(Kind::Date, value),
                    None => kept(Kind::Number, value),
                }
            }
            TokenKind::Date => kept(Kind::Date, date(view, shown)),
            TokenKind::Symbol => {
                kept(if is_target(view, token) { Kind::Link } else { Kind::Symbol }, view.word(token).to_owned())
            }
            TokenKind::Mark if is_sign(shown) && !is_range(view, token) && measures(view, token) => {
                kept(Kind::Unit, unit(shown))
            }
            TokenKind::Word => match view.month(token) {
                Some(month) => kept(Kind::Date, format!("--{month:02}")),
                None if citation::counts(view, token) && citation::is_cited(view, &(token..token + 1)) => {
                    kept(Kind::Letter, view.word(token).to_owned())
                }
                None => continue,
            },
            _ => continue,
        };
        values.push(value);
    }
    values.extend(numerals(view));
    values.extend(relatives(view));
    values.sort_by_key(|value| value.tokens.start);
    let mut values = multiplied(values);
    for value in values.iter_mut().filter(|value| is_label(view, value.tokens.end)) {
        value.kind = Kind::Label;
    }
    values
}

/// Whether a number is a part of a name: digits that a hyphen joins to capital letters, or a word with a capital letter
/// inside a sentence before another one.
fn is_in_name(view: &WindowSide<'_>, token: usize) -> bool {
    let tokens = &view.passage.tokens;
    let shown = |at: usize| view.passage.shown(at);
    let is_capital = |at: usize| shown(at).chars().next().is_some_and(char::is_uppercase);
    if tokens[token].kind == TokenKind::Word {
        let follows_word = token.checked_sub(1).is_some_and(|last| tokens[last].kind == TokenKind::Word);
        return follows_word && is_capital(token) && is_capital(token + 1) && view.passage.has_lowercase();
    }
    let joined = |at: usize| tokens[at].span.end == tokens[at + 1].span.start;
    let Some(before) = token.checked_sub(2) else { return false };
    matches!(shown(before + 1), "-" | "‑" | "‐")
        && joined(before)
        && joined(before + 1)
        && tokens[before].kind == TokenKind::Word
        && shown(before).chars().all(char::is_uppercase)
}

/// Whether an address stands where Markdown has the target of a link.
fn is_target(view: &WindowSide<'_>, token: usize) -> bool {
    let shown = |back: usize| {
        token.checked_sub(back).map(|at| {
            let span = view.passage.tokens[at].span.range();
            &view.passage.text[span]
        })
    };
    shown(1) == Some("(") && shown(2) == Some("]")
}

/// Whether nothing but the sign of a section, numbers and dots stand before the token in its passage: the clause has its
/// label in its text.
fn is_label(view: &WindowSide<'_>, end: usize) -> bool {
    let shown = |at: usize| view.passage.shown(at);
    let counts =
        |at: usize| view.passage.tokens[at].kind == TokenKind::Number || is_letter(shown(at)) || shown(at) == ".";
    end > 1 && end <= LABEL && shown(0) == "§" && (1..end).all(counts)
}

/// Tokens of a label that stands in the text.
const LABEL: usize = 8;

/// Signs that measure wherever they stand.
const UNITS: &str = "%٪％‰$€£¥";

/// Whether a sign stands beside a number, or is one of those that measure anywhere.
fn measures(view: &WindowSide<'_>, token: usize) -> bool {
    let tokens = &view.passage.tokens;
    let number = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).is_some_and(|token| matches!(token.kind, TokenKind::Number | TokenKind::Date))
    };
    view.text(&(token..token + 1)).chars().any(|c| UNITS.contains(c))
        || number(token.checked_sub(1))
        || number(Some(token + 1))
}

/// The date that a number reads as, in the order of the calendar where its parts tell it: 2031-04-02 of 2031-4-2 and of
/// 2.4.2031 or 26/9/2031; as it stands where a day may be the month, 2/4/2031. Dots part the day first.
fn calendar(value: &str) -> Option<String> {
    let parts: Vec<&str> = value.split(['-', '.', '/']).collect();
    let signs: BTreeSet<char> = value.chars().filter(|c| !c.is_ascii_digit()).collect();
    let [first, second, third] = parts[..] else { return None };
    let number = |part: &str| part.parse::<u32>().ok();
    let (one, two, three) = (number(first)?, number(second)?, number(third)?);
    let day = |value: u32| (1..=31).contains(&value);
    if signs.len() != 1 {
        return None;
    }
    let month = |value: u32| (1..=12).contains(&value);
    let written = |year: u32, month: u32, day: u32| Some(format!("{year:04}-{month:02}-{day:02}"));
    if first.len() == 4 && second.len() == 2 && day(two) && day(three) {
        return if month(two) { written(one, two, three) } else { Some(value.to_owned()) };
    }
    if third.len() != 4 || !day(one) || !day(two) {
        return None;
    }
    match (month(one), month(two)) {
        (false, true) => written(three, two, one),
        (true, false) => written(three, one, two),
        _ if signs.contains(&'.') && month(two) => written(three, two, one),
        _ => Some(value.to_owned()),
    }
}

/// Number words, those that make one number together as one.
fn in_words(view: &WindowSide<'_>, words: &[window::Phrase]) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    for phrase in words {
        let (kind, value) = match phrase.sense {
            Sense::Cardinal(value) => (Kind::Words, value.to_string()),
            Sense::Ordinal(value) => (Kind::Words, format!("{value}.")),
            Sense::Multiplier(value) => (Kind::Words, format!("×{value}")),
            Sense::Percent => (Kind::Unit, "%".to_owned()),
            Sense::Unit if follows_number(view, phrase.tokens.start) => (Kind::Unit, format!("{}", phrase.number)),
            Sense::Quantity => (Kind::Words, phrase.text.to_lowercase()),
            _ => continue,
        };
        let hyphen = |from: usize, to: usize| from == to || (to == from + 1 && view.text(&(from..to)) == "-");
        if let (Some(last), Sense::Cardinal(units @ 1..=9) | Sense::Ordinal(units @ 1..=9)) =
            (values.last_mut(), phrase.sense)
            && let Ok(tens @ 20..=90) = last.value.parse::<u64>()
            && tens % 10 == 0
            && hyphen(last.tokens.end, phrase.tokens.start)
        {
            let stop = if matches!(phrase.sense, Sense::Ordinal(_)) { "." } else { "" };
            last.value = format!("{}{stop}", tens + units);
            last.tokens.end = phrase.tokens.end;
            last.shown = view.text(&last.tokens).to_owned();
            continue;
        }
        let kind = if kind == Kind::Words && is_in_name(view, phrase.tokens.start) { Kind::Name } else { kind };
        values.push(Value { kind, value, tokens: phrase.tokens.clone(), shown: phrase.text.clone() });
    }
    values
}

/// Whether a number stands right before the token.
fn follows_number(view: &WindowSide<'_>, token: usize) -> bool {
    let Some(before) = token.checked_sub(1).filter(|before| view.tokens.contains(before)) else { return false };
    let shown = view.text(&(before..before + 1));
    match view.passage.tokens[before].kind {
        TokenKind::Number => true,
        TokenKind::Han => is_han_number(shown) || common().han_measures.iter().any(|word| word == shown),
        TokenKind::Word => view.find_from(Table::Number, token.saturating_sub(8)..token).iter().any(|found| {
            found.end == token && matches!(found.sense, Sense::Cardinal(_) | Sense::Multiplier(_) | Sense::Quantity)
        }),
        _ => false,
    }
}

/// Joins a number and the hundred, thousand or million right behind it.
fn multiplied(values: Vec<Value>) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::with_capacity(values.len());
    for value in values {
        let times = value.value.strip_prefix('×').and_then(|times| times.parse::<u64>().ok());
        if let (Some(times), Some(last)) = (times, out.last_mut())
            && last.tokens.end == value.tokens.start
            && let Some(product) = product(&last.value, times)
        {
            last.value = product;
            last.tokens.end = value.tokens.end;
            last.shown = format!("{} {}", last.shown, value.shown);
            continue;
        }
        out.push(value);
    }
    for value in &mut out {
        if let Some(times) = value.value.strip_prefix('×') {
            value.value = times.to_owned();
        }
    }
    out
}

/// A plain decimal times a power of ten.
fn product(value: &str, times: u64) -> Option<String> {
    let zeros = times.checked_ilog10()? as usize;
    if 10u64.checked_pow(u32::try_from(zeros).ok()?)? != times || !value.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    if !whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let moved: String = part.chars().chain(std::iter::repeat('0')).take(zeros).collect();
    let rest = part.get(zeros..).unwrap_or("").trim_end_matches('0');
    let whole = format!("{whole}{moved}");
    Some(if rest.is_empty() { whole } else { format!("{whole}.{rest}") })
}

/// Numbers in Han signs: several signs that touch the stretch, or a single one that is all that differs there.
fn numerals(view: &WindowSide<'_>) -> Vec<Value> {
    let is_sign = |token: usize| {
        let token = &view.passage.tokens[token];
        let shown = &view.passage.text[token.span.range()];
        token.kind == TokenKind::Han && is_han_number(shown)
    };
    let near = |at: usize| view.find_from(Table::Number, at.saturating_sub(8)..at + 1).iter();
    // 百分之五, 五年: what stands beside it makes a single sign a number.
    let counts = |start: usize, end: usize| {
        near(start).any(|found| found.sense == Sense::Percent && found.end == start)
            || near(end).any(|found| found.sense == Sense::Unit && found.start == end)
    };
    let mut values = Vec::new();
    let mut at = view.tokens.start;
    while at < view.tokens.end {
        let end = (at..view.tokens.end).find(|token| !is_sign(*token)).unwrap_or(view.tokens.end);
        let touches = at < view.stretch.end && view.stretch.start < end;
        let is_ordinal = |shown: &str| common().han_ordinals.iter().any(|word| word == shown);
        let ordinal = at
            .checked_sub(1)
            .is_some_and(|before| view.tokens.contains(&before) && is_ordinal(view.text(&(before..before + 1))));
        if end > at && touches && (end - at > 1 || ordinal || counts(at, end)) {
            let shown = view.text(&(at..end)).to_owned();
            let value = han_numeral(&shown).filter(|_| !is_ambiguous_han(&shown));
            let value = value.map_or_else(|| shown.clone(), |value| value.to_string());
            values.push(Value { kind: Kind::Numeral, value, tokens: at..end, shown });
        }
        at = end.max(at + 1);
    }
    values
}

/// Tokens between a word such as "above" and the citation that it belongs to.
const NEAR: usize = 4;

/// Words such as "above" that say where a reference is found, next to one.
fn relatives(view: &WindowSide<'_>) -> Vec<Value> {
    let found = view.find(Table::Reference);
    let refers = found.iter().filter(|found| match found.sense {
        // "Below 5" compares; "set out below" refers.
        Sense::Relative => is_near_citation(view, found) || !precedes_number(view, found),
        Sense::Pointing => is_beside_noun(view, found),
        _ => false,
    });
    let inside = refers.filter_map(|found| {
        let tokens = found.start..found.end;
        let touches = tokens.start < view.stretch.end && view.stretch.start < tokens.end;
        touches.then(|| {
            let shown = view.text(&tokens).to_owned();
            Value { kind: Kind::Relative, value: shown.to_lowercase(), tokens, shown }
        })
    });
    inside.collect()
}

/// Whether a phrase stands near a word that cites or is cited.
fn is_near_citation(view: &WindowSide<'_>, own: &LexiconFound) -> bool {
    view.find_from(Table::Reference, own.start.saturating_sub(12)..own.start + 12).iter().any(|other| {
        matches!(other.sense, Sense::Citing | Sense::Cited)
            && own.start <= other.end + NEAR
            && other.start <= own.end + NEAR
    })
}

/// Whether a noun that cites, or one that instruments are named with, stands right beside a word that points: "this
/// article", "that Treaty", and not "that States". What also denies ("no") is no such noun here.
fn is_beside_noun(view: &WindowSide<'_>, own: &LexiconFound) -> bool {
    let points_behind = view.language.is_some_and(|language| language.lexicon().points_behind());
    let is_beside = |other: &LexiconFound| other.start == own.end || points_behind && other.end == own.start;
    let denies = |other: &LexiconFound| {
        view.find_from(Table::Negation, other.start..other.end).iter().any(|found| found.sense == Sense::Negator)
    };
    let near = own.start.saturating_sub(12)..own.end + 1;
    let is_vague = |other: &LexiconFound| {
        let noun = folded_lower(view.text(&(other.start..other.end)));
        view.language.is_some_and(|language| language.lexicon().cites_vaguely(&noun))
    };
    let cites = |other: &LexiconFound| other.sense == Sense::Citing && !denies(other) && !is_vague(other);
    let names = |other: &LexiconFound| matches!(other.sense, Sense::Head | Sense::Name);
    view.find_from(Table::Reference, near.clone()).iter().any(|other| is_beside(other) && cites(other))
        || view.find_from(Table::Entity, near).iter().any(|other| is_beside(other) && names(other))
}

/// Whether a number stands right behind a phrase.
fn precedes_number(view: &WindowSide<'_>, own: &LexiconFound) -> bool {
    view.tokens.contains(&own.end) && view.passage.tokens[own.end].kind == TokenKind::Number
}

/// A date as it is compared: by the calendar, whatever its form.
fn date(view: &WindowSide<'_>, shown: &str) -> String {
    let dates = view.language.map(|language| language.dates(shown)).unwrap_or_default();
    match &dates[..] {
        [] => shown.to_owned(),
        dates => dates.iter().map(|found| found.date.to_string()).collect::<Vec<_>>().join(" "),
    }
}

fn unit(shown: &str) -> String {
    if shown.chars().any(|c| matches!(c, '%' | '٪' | '％')) { "%".to_owned() } else { shown.to_owned() }
}
