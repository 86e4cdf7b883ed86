//! The class of one edit, from its words.
//!
//! What folds explain goes first; of the rest, values are compared as values and words as words. Where two classes fit,
//! both are found and the graver stands; where none surely fits, it is `wording`.

use std::ops::Range;

use super::marks::{self, Marks};
use super::passage::Context;
use super::rule::{self, Found, Rule};
use super::sense::Senses;
use super::window::{View, Window};
use super::{Class, Tier, enumerators, names, quantity, spelling, variant};
use crate::diff::Hunk;
use crate::language::{Language, is_han_number};
use crate::statement::{Clause, ClauseKind, Frame};
use crate::text::{Difference, Pair, Token, TokenKind, chars, difference};

/// Clauses whose kind says what a change of their words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    Masthead,
    /// Lines of two stages, or the sponsors of two drafts.
    Stage,
    Note,
    Signature,
    Dateline,
}

impl Setting {
    pub(super) fn of(before: &Clause, after: &Clause) -> Option<Self> {
        match (before.frame, after.frame) {
            (Some(Frame::Draft), Some(Frame::Draft | Frame::Adopted)) | (Some(Frame::Adopted), Some(Frame::Draft)) => {
                return Some(Self::Stage);
            }
            _ => {}
        }
        match (before.kind, after.kind) {
            // What is at issue on the agenda, and how a text was adopted, is said in words that keep their class.
            (ClauseKind::Masthead, ClauseKind::Masthead) => {
                let agenda = [before.frame, after.frame].contains(&Some(Frame::Agenda));
                (!agenda && before.frame != Some(Frame::Adopted)).then_some(Self::Masthead)
            }
            (ClauseKind::Note, ClauseKind::Note) => Some(Self::Note),
            (ClauseKind::Signature, _) | (_, ClauseKind::Signature) => Some(Self::Signature),
            (ClauseKind::Dateline, _) | (_, ClauseKind::Dateline) => Some(Self::Dateline),
            _ => None,
        }
    }
}

/// What the kind of the clauses makes of classes found in their words.
pub(super) fn in_setting(mut classes: Vec<Found>, setting: Option<Setting>) -> Vec<Found> {
    let light = |found: &Found| found.class().tier() == Tier::Invisible || found.class() == Class::Hidden;
    let heavy = classes.iter().any(|found| found.class().tier() >= Tier::Review);
    // What no masthead, list of sponsors or note on issue says keeps its class even there.
    let grave = |found: &Found| {
        use Class::{Condition, Effect, Factivity, Hidden, Modality, Negation, Strength, Urgency};
        found.rule != rule::DENIAL
            && matches!(
                found.class(),
                Condition | Effect | Factivity | Hidden | Modality | Negation | Strength | Urgency
            )
    };
    let framed = |own: Rule, classes: Vec<Found>| {
        // Who submits a text is no number either.
        let counts = |found: &Found| setting == Some(Setting::Stage) && found.class() == Class::Number;
        let kept = classes.into_iter().filter(|found| grave(found) || counts(found));
        std::iter::once(Found::from(own)).chain(kept).collect()
    };
    match setting {
        Some(Setting::Masthead) if !classes.iter().all(light) => framed(rule::MASTHEAD, classes),
        Some(Setting::Stage) if !classes.iter().all(light) => framed(rule::STAGE, classes),
        Some(Setting::Note) if !classes.iter().all(light) => framed(rule::NOTE, classes),
        Some(Setting::Signature) if heavy => {
            classes.insert(0, rule::SIGNATORY.into());
            classes
        }
        Some(Setting::Dateline) if heavy => {
            classes.insert(0, rule::CLOSING.into());
            classes
        }
        _ => classes,
    }
}

/// An edit as the rules see it.
pub(super) struct Stretch<'a> {
    pub(super) hunk: &'a Hunk,
    pub(super) window: &'a Window<'a>,
    pub(super) senses: &'a Senses,
    /// The rule that tells its words as moved, where they stand elsewhere in the clause on the other side.
    pub(super) moved: Option<Rule>,
    /// The rule that tells it as one of two marks of emphasis that come or go together.
    pub(super) emphasis: Option<Rule>,
    /// Whether it is a comma that stands elsewhere in the clause on the other side.
    pub(super) comma_moved: bool,
}

/// Every class that fits an edit, of its texts before and after.
pub(super) fn classes(
    context: &Context<'_>,
    stretch: &Stretch<'_>,
    places: &Pair<Range<usize>>,
    (before, after): (&str, &str),
) -> Vec<Found> {
    match difference(before, after) {
        Difference::Other => {}
        // One number and two: 1,50 and 1, 50.
        Difference::Space if counts(context, stretch.hunk) => {}
        Difference::Hidden if context.is_guided(places) => return vec![rule::GUIDE.into()],
        _ => return vec![variant::rule(context, (before, after), None).into()],
    }
    if let Some(rule) = stretch.emphasis {
        return vec![rule.into()];
    }
    if let Some(rule) = marks::hyphen(context, stretch) {
        return vec![rule.into()];
    }
    let mut classes = Vec::new();
    let unseen =
        |text: &str| text.chars().filter(|c| chars::is_hidden(*c) && !chars::is_script_guide(*c)).collect::<String>();
    if unseen(before) != unseen(after) {
        classes.push(rule::HIDDEN.into());
    }
    if let Some(rule) = stretch.moved {
        classes.push(rule.into());
        return classes;
    }
    if let Some(found) = spelling::found(context, (before, after)) {
        classes.extend(found);
        return classes;
    }
    let values = quantity::values(context, stretch.window);
    let item = enumerators::item(&context.passages, stretch.hunk);
    // The numbers of an item that came or went are no numbers that changed.
    let goes_along = item.as_ref().is_some_and(|(_, tokens)| {
        values.covered.before.iter().chain(&values.covered.after).all(|value| tokens.contains(&value.start))
    });
    let numerals = !goes_along && numerals_differ(context, stretch.hunk);
    classes.extend(values.found.iter().filter(|found| !(goes_along && found.class() == Class::Number)).cloned());
    classes.extend(item.map(|(rule, _)| Found::from(rule)));
    if classes.iter().any(|found| matches!(found.rule, rule::CITED_SYMBOL | rule::LINK)) {
        classes.extend(spelling::inside(context, before.trim(), after.trim()));
    }
    if numerals && !classes.iter().any(|found| matches!(found.class(), Class::Number | Class::Crossref | Class::Date)) {
        classes.push(rule::NUMERAL.into());
    }
    classes.extend(stretch.senses.found(context.languages.after.or(context.languages.before)));
    let explained = Pair::new(
        stretch.window.before.covered(values.covered.before.iter().cloned().chain(stretch.senses.ranges(false))),
        stretch.window.after.covered(values.covered.after.iter().cloned().chain(stretch.senses.ranges(true))),
    );
    let named = if context.is_title { None } else { names::found(stretch.window, &explained) };
    let is_named = named.is_some();
    classes.extend(named);
    let told = is_named || !values.found.is_empty() || !stretch.senses.is_empty();
    let residue = residue(stretch.window, &explained, numerals, is_named, told);
    if residue.before != residue.after {
        let qualifies = classes.is_empty() && is_qualifier(stretch.window, &residue);
        classes.push(if qualifies { rule::QUALIFIER.into() } else { rule::WORDS.into() });
    }
    let marks = Marks::of(stretch.window, &values.covered);
    if marks.signs.before != marks.signs.after {
        classes.push(rule::SIGN.into());
    }
    let other_marks = marks.punctuation.before != marks.punctuation.after;
    if classes.is_empty() && values.regrouped {
        classes.push(rule::GROUPS.into());
    } else if classes.is_empty() && other_marks && !values.reformed {
        classes.push(marks::rule(context, stretch, &marks).into());
    } else if marks.brackets_differ() {
        classes.push(rule::BRACKET.into());
    }
    if classes.is_empty() {
        let same_marks = !other_marks && !marks.punctuation.before.is_empty();
        let alike = if same_marks { rule::SIGN_VARIANT } else { rule::WORDS };
        classes.push(if values.reformed { rule::NUMERAL_FORM.into() } else { alike.into() });
    }
    classes
}

/// Whether a number is among the tokens of an edit.
fn counts(context: &Context<'_>, hunk: &Hunk) -> bool {
    let Pair { before, after } = context.passages;
    let mut tokens = before.tokens[hunk.before.clone()].iter().chain(&after.tokens[hunk.after.clone()]);
    tokens.any(|token| token.kind == TokenKind::Number)
}

/// Words that no value and no phrase explains, of each side.
#[derive(PartialEq, Eq)]
struct Residue {
    words: Vec<String>,
    /// Whether any of them carries content.
    has_content: bool,
}

/// What is left of both sides where names (`is_named`) and Chinese numerals (`numerals`) were told. Where a rule told
/// what the words of content do, articles and prepositions around them tell no more.
fn residue(
    window: &Window<'_>,
    explained: &Pair<Vec<bool>>,
    numerals: bool,
    is_named: bool,
    told: bool,
) -> Pair<Residue> {
    let side = |view: &View<'_>, explained: &[bool]| {
        let lexicon = view.language.map(Language::lexicon);
        let mut words = Vec::new();
        let mut has_content = false;
        for (token, explained) in view.stretch.clone().zip(explained) {
            let kind = view.passage.tokens[token].kind;
            let counts = matches!(kind, TokenKind::Word) || (kind == TokenKind::Han && !numerals);
            if *explained || !counts || is_named && names::is_name(view, token) {
                continue;
            }
            let word = view.word(token);
            has_content |= lexicon.is_none_or(|lexicon| !lexicon.is_function_word(word));
            words.push(word.to_owned());
        }
        Residue { words, has_content }
    };
    let mut both = Pair::new(side(&window.before, &explained.before), side(&window.after, &explained.after));
    if told && !both.before.has_content && !both.after.has_content {
        both.before.words.clear();
        both.after.words.clear();
    }
    both
}

/// Whether words that only one side has are adjectives or adverbs by their endings.
fn is_qualifier(window: &Window<'_>, residue: &Pair<Residue>) -> bool {
    let limits = |view: &View<'_>, words: &[String]| {
        view.language.map(Language::lexicon).is_some_and(|lexicon| {
            let content: Vec<&String> = words.iter().filter(|word| !lexicon.is_function_word(word)).collect();
            !content.is_empty()
                && content
                    .iter()
                    .all(|word| lexicon.qualifier_endings.iter().any(|ending| word.ends_with(ending.as_str())))
        })
    };
    match (residue.before.words.is_empty(), residue.after.words.is_empty()) {
        (true, false) => limits(&window.after, &residue.after.words),
        (false, true) => limits(&window.before, &residue.before.words),
        _ => false,
    }
}

/// Whether the characters that differ are Chinese numerals on both sides. The edit may take in the rest of a word
/// (五年, 三年): what is common at its ends does not count.
fn numerals_differ(context: &Context<'_>, hunk: &Hunk) -> bool {
    let (old, new) = (&context.passages.before, &context.passages.after);
    let (mut a, mut b) = (&old.tokens[hunk.before.clone()], &new.tokens[hunk.after.clone()]);
    while let ([first, rest @ ..], [second, others @ ..]) = (a, b)
        && first.id == second.id
    {
        (a, b) = (rest, others);
    }
    while let ([rest @ .., last], [others @ .., second]) = (a, b)
        && last.id == second.id
    {
        (a, b) = (rest, others);
    }
    let numeral = |text: &str, token: &Token| {
        let shown = &text[token.span.range()];
        token.kind == TokenKind::Han && is_han_number(shown)
    };
    (!a.is_empty() || !b.is_empty())
        && a.iter().all(|token| numeral(&old.text, token))
        && b.iter().all(|token| numeral(&new.text, token))
}
