//! Marks that came, went or changed: whether what belongs to what may have changed with them.
//!
//! A comma before the last item of a list and the like change nothing. A mark beside a negator or a word of condition,
//! between two numbers, or one that makes an apposition of the items of a list may turn what is read, and a person must
//! look.

use std::ops::Range;

use super::context::Context;
use super::passage::Passage;
use super::rule::{self, Rule};
use super::signs::{is_range, is_sign};
use super::stretch::Stretch;
use super::window::{Window, WindowSide};
use crate::language::{Language, Sense, Table};
use crate::text::{Pair, Side, Token, TokenKind, folded};

/// Words looked at on either side of a comma.
const NEAR: usize = 40;
/// Words of the last item of a list that are looked at.
const ITEM: usize = 12;
/// Words of an opening phrase, which a comma may end or not.
const OPENING: usize = 5;

/// The marks of punctuation of both sides of an edit, folded, but for those of values; and the other signs.
pub(super) struct Marks {
    pub(super) punctuation: Pair<Vec<String>>,
    pub(super) signs: Pair<Vec<String>>,
}

impl Marks {
    /// The marks of a stretch.
    pub(super) fn of(window: &Window<'_>, values: &Pair<Vec<Range<usize>>>) -> Self {
        let mut marks = Self { punctuation: Pair::default(), signs: Pair::default() };
        for side in Side::ALL {
            for shown in marks_of(&window[side], &values[side]) {
                let kind = if is_sign(shown) { &mut marks.signs } else { &mut marks.punctuation };
                let mark = folded(shown);
                if !mark.is_empty() {
                    kind[side].push(mark);
                }
            }
        }
        marks
    }

    /// Whether square brackets came, went or changed.
    pub(super) fn brackets_differ(&self) -> bool {
        !self.punctuation.as_ref().map(|marks| brackets(marks)).is_same()
    }
}

/// The marks of a stretch but for those of values, as they are shown.
fn marks_of<'v>(view: &'v WindowSide<'_>, values: &[Range<usize>]) -> impl Iterator<Item = &'v str> {
    let covered = view.covered(values.iter().cloned());
    let own = view.stretch.clone().zip(covered).filter(|(_, covered)| !covered).map(|(token, _)| token);
    own.filter(|token| view.passage.tokens[*token].kind == TokenKind::Mark).map(|token| {
        match view.text(&(token..token + 1)) {
            _ if is_range(view, token) => "-",
            shown => shown,
        }
    })
}

fn brackets(marks: &[String]) -> Vec<&String> {
    marks.iter().filter(|mark| matches!(mark.as_str(), "[" | "]" | "〔" | "〕")).collect()
}

/// The rule for a change of marks alone.
pub(super) fn rule(context: &Context<'_>, stretch: &Stretch<'_>, marks: &Marks) -> Rule {
    let sides = context.passages.zip(stretch.hunk.as_ref());
    let last = sides.iter().any(|(passage, tokens)| tokens.end >= passage.tokens.len());
    let brackets_differ = marks.brackets_differ();
    let marks = &marks.punctuation;
    let changed = |is_wanted: fn(&str) -> bool| {
        let wanted = marks.as_ref().map(|marks| marks.iter().filter(|mark| is_wanted(mark)).collect::<Vec<_>>());
        !wanted.is_same()
    };
    if brackets_differ {
        rule::BRACKET
    } else if changed(|mark| mark == "*") {
        rule::NOTE_MARK
    } else if !last && changed(is_stop) || changed(asks) {
        // A sentence more or less inside a clause may change what belongs to what.
        rule::SENTENCE
    } else if stretch.comma_moved
        || !last && stretch.window.iter().any(turns)
        || measures(stretch.window, marks)
        || quotes(marks)
    {
        rule::ATTACHMENT
    } else {
        rule::MARK
    }
}

/// Whether a mark ends a sentence.
fn is_stop(mark: &str) -> bool {
    matches!(mark, "." | "!" | "?" | "。" | "؟")
}

/// Whether a mark makes a question of a sentence.
fn asks(mark: &str) -> bool {
    matches!(mark, "?" | "¿")
}

/// Whether a single quotation mark right behind a number became a double one, or back: feet and inches.
fn measures(window: &Window<'_>, marks: &Pair<Vec<String>>) -> bool {
    let one = |side: &[String], mark: &str| side.len() == 1 && side[0] == mark;
    let behind = |view: &WindowSide<'_>| {
        view.stretch.start.checked_sub(1).is_some_and(|at| view.passage.tokens[at].kind == TokenKind::Number)
    };
    (one(&marks.before, "'") && one(&marks.after, "\"") || one(&marks.before, "\"") && one(&marks.after, "'"))
        && behind(&window.before)
}

/// Whether quotation marks came or went: what stands in them is said by another, or so-called.
fn quotes(marks: &Pair<Vec<String>>) -> bool {
    let is_quote = |mark: &String| matches!(mark.as_str(), "\"" | "'" | "「" | "」" | "『" | "』");
    (marks.before.is_empty() || marks.after.is_empty()) && marks.iter().flatten().all(is_quote)
}

/// Whether the marks of one side's stretch stand where they may change what belongs to what.
fn turns(view: &WindowSide<'_>) -> bool {
    let (start, end) = (view.stretch.start, view.stretch.end);
    let Some(left) = start.checked_sub(1).filter(|left| view.tokens.contains(left)) else { return false };
    if !view.tokens.contains(&end) || !pauses(view) {
        return false;
    }
    if counts(view, left) && counts(view, end) || is_bracketed_number(view) {
        return true;
    }
    if view.stretch.is_empty() {
        return false;
    }
    // Any word beside a mark may be one that denies or sets a condition.
    let Some(language) = view.language.filter(|language| language.has_lexicon()) else { return true };
    denies(view, left, end) || turning(view, language, end) || is_list(view, language)
}

/// Whether the stretch is nothing, or marks that make a pause.
fn pauses(view: &WindowSide<'_>) -> bool {
    view.stretch
        .clone()
        .all(|token| matches!(&*folded(view.text(&(token..token + 1))), "," | ";" | ":" | "、" | "-" | "(" | ")" | "~"))
}

/// Whether a token is a number, in digits, words or Chinese signs.
fn counts(view: &WindowSide<'_>, token: usize) -> bool {
    match view.passage.tokens[token].kind {
        TokenKind::Number | TokenKind::Date => true,
        TokenKind::Word | TokenKind::Han => is_number_word(view, token),
        TokenKind::Symbol | TokenKind::Mark => false,
    }
}

/// Whether a word is one of number: twenty, hundred.
pub(super) fn is_number_word(view: &WindowSide<'_>, token: usize) -> bool {
    view.find_from(Table::Number, token..token + 1)
        .iter()
        .any(|found| matches!(found.sense, Sense::Cardinal(_) | Sense::Multiplier(_) | Sense::Ordinal(_)))
}

/// Brackets round a number alone, as accounts write what is owed.
fn is_bracketed_number(view: &WindowSide<'_>) -> bool {
    let shown = |at: Option<usize>| at.filter(|at| view.tokens.contains(at)).map(|at| view.text(&(at..at + 1)));
    let number = |at: Option<usize>| {
        at.filter(|at| view.tokens.contains(at)).is_some_and(|at| view.passage.tokens[at].kind == TokenKind::Number)
    };
    match (view.stretch.len(), shown(Some(view.stretch.start))) {
        (1, Some("(")) => number(Some(view.stretch.end)),
        (1, Some(")")) => number(view.stretch.start.checked_sub(1)),
        _ => false,
    }
}

/// Whether a negator stands right before or right behind the marks.
fn denies(view: &WindowSide<'_>, left: usize, right: usize) -> bool {
    view.find(Table::Negation)
        .iter()
        .any(|found| found.sense == Sense::Negator && (found.end == left + 1 || found.start == right))
}

/// Whether a word of condition or a relative word begins right behind the marks.
fn turning(view: &WindowSide<'_>, language: &Language, right: usize) -> bool {
    let conditions = view.find_from(Table::Scope, right..right + 1);
    conditions.iter().any(|found| found.sense == Sense::Condition) || language.lexicon().turns(view.word(right))
}

/// Whether the comma makes an apposition of a list, or one item of two.
fn is_list(view: &WindowSide<'_>, language: &Language) -> bool {
    let lexicon = language.lexicon();
    let tokens = &view.passage.tokens;
    let shown = |at: usize| view.passage.shown(at);
    let is_mark = |at: usize, marks: &str| tokens[at].kind == TokenKind::Mark && marks.contains(&*folded(shown(at)));
    let joins = |at: usize| {
        matches!(tokens[at].kind, TokenKind::Word | TokenKind::Han)
            && lexicon.joins_citations(&folded(shown(at)).to_lowercase())
    };
    if !is_mark(view.stretch.start, ",") {
        return false;
    }
    let sentence: Vec<usize> =
        (0..view.stretch.start).rev().take(NEAR).take_while(|at| !is_mark(*at, ".;:!?")).collect();
    let (commas, joined) = (sentence.iter().any(|at| is_mark(*at, ",")), sentence.iter().any(|at| joins(*at)));
    let next = view.stretch.end;
    if joins(next) {
        let item = (next + 1..tokens.len()).take(ITEM).take_while(|at| tokens[*at].kind != TokenKind::Mark);
        let limited =
            |at: usize| tokens[at].kind == TokenKind::Number || lexicon.turns(&folded(shown(at)).to_lowercase());
        return commas && (joined || item.into_iter().any(limited));
    }
    let content =
        |at: usize| tokens[at].kind == TokenKind::Word && !lexicon.is_function_word(&folded(shown(at)).to_lowercase());
    commas && joined && sentence.len() > OPENING && content(view.stretch.start - 1) && content(next)
}

/// The rule for a hyphen that came or went between two words; none where it is more than that.
pub(super) fn hyphen(context: &Context<'_>, stretch: &Stretch<'_>) -> Option<Rule> {
    let side = match (stretch.hunk.before.len(), stretch.hunk.after.len()) {
        (1, 0) => Side::Before,
        (0, 1) => Side::After,
        _ => return None,
    };
    if !context.passages.zip(stretch.hunk.as_ref()).iter().all(|(passage, tokens)| joins_words(passage, tokens)) {
        return None;
    }
    Some(if parts_number(&stretch.window[side]) { rule::HYPHENED } else { rule::HYPHEN })
}

/// Whether tokens stand between two words and are nothing but hyphens.
fn joins_words(passage: &Passage, tokens: &Range<usize>) -> bool {
    let is_word = |at: usize| passage.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word);
    let is_hyphen = |token: &Token| folded(&passage.text[token.span.range()]) == "-";
    tokens.start.checked_sub(1).is_some_and(is_word)
        && is_word(tokens.end)
        && passage.tokens[tokens.clone()].iter().all(is_hyphen)
}

/// Whether a hyphen beside a word of number tells what the number counts: two hundred-year leases, two-hundred-year
/// leases. Tens and units are one number either way.
fn parts_number(view: &WindowSide<'_>) -> bool {
    let (start, end) = (view.stretch.start, view.stretch.end);
    let Some(left) = start.checked_sub(1) else { return false };
    if !view.tokens.contains(&left) || !view.tokens.contains(&end) {
        return false;
    }
    let hyphened = |at: Option<usize>| {
        at.filter(|at| view.tokens.contains(at)).is_some_and(|at| folded(view.text(&(at..at + 1))) == "-")
    };
    match (word_value(view, left), word_value(view, end)) {
        (Some(20..=90), Some(1..=9)) => false,
        (Some(_), Some(_)) => true,
        (Some(_), None) => hyphened(Some(end + 1)) || left.checked_sub(1).is_some_and(|at| value_at(view, at)),
        (None, _) => hyphened(left.checked_sub(1)) && left.checked_sub(2).is_some_and(|at| value_at(view, at)),
    }
}

/// The value of a word of number; of a multiplier, which has none of its own, 0.
fn word_value(view: &WindowSide<'_>, token: usize) -> Option<u64> {
    view.find_from(Table::Number, token..token + 1).iter().find_map(|found| match found.sense {
        Sense::Cardinal(value) | Sense::Ordinal(value) => Some(value),
        Sense::Multiplier(_) => Some(0),
        _ => None,
    })
}

fn value_at(view: &WindowSide<'_>, token: usize) -> bool {
    view.tokens.contains(&token) && is_number_word(view, token)
}
