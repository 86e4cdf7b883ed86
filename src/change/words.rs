//! The class of one edit, from its words.
//!
//! What folds explain goes first; of the rest, values are compared as values and words as words. Where two classes fit,
//! both are found and the graver stands; where none surely fits, it is `wording`.

use std::ops::Range;

use super::context::Context;
use super::extent::{self, Lone};
use super::kind::{Class, Tier};
use super::marks::{self, Marks};
use super::rule::{self, Rule, RuleFinding};
use super::stretch::Stretch;
use super::window::{Window, WindowSide};
use super::{enumerators, names, quantity, spelling, unclassified, variant};
use crate::diff::Hunk;
use crate::language::{Language, is_han_number};
use crate::text::{Difference, Pair, Side, Token, TokenKind, chars, difference};

/// Every class that fits an edit, of its texts before and after.
pub(super) fn classes(
    context: &Context<'_>,
    stretch: &Stretch<'_>,
    places: &Pair<Range<usize>>,
    texts: Pair<&str>,
) -> Vec<RuleFinding> {
    unclassified::kept(context, told(context, stretch, places, texts))
}

/// What the lexicons, as far as there are any, and all else say of an edit.
fn told(
    context: &Context<'_>,
    stretch: &Stretch<'_>,
    places: &Pair<Range<usize>>,
    texts: Pair<&str>,
) -> Vec<RuleFinding> {
    let Pair { before, after } = texts;
    match difference(before, after) {
        Difference::Other => {}
        // One number and two: 1,50 and 1, 50.
        Difference::Space if counts(context, stretch.hunk) => {}
        Difference::Hidden if context.is_guided(places) => return vec![rule::GUIDE.into()],
        _ => return vec![variant::rule(context, texts, None).into()],
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
    if !texts.map(unseen).is_same() {
        classes.push(rule::HIDDEN.into());
    }
    if let Some(rule) = stretch.moved {
        classes.push(rule.into());
        return classes;
    }
    if let Some(found) = spelling::found(context, texts) {
        classes.extend(found);
        return classes;
    }
    let values = quantity::values(context, stretch.window);
    let item = enumerators::item(&context.passages, stretch.hunk);
    // The numbers of an item that came or went are no numbers that changed.
    let goes_along = item
        .as_ref()
        .is_some_and(|(_, tokens)| values.covered.iter().flatten().all(|value| tokens.contains(&value.start)));
    let is_item = item.is_some();
    let numerals = !goes_along && numerals_differ(context, stretch.hunk);
    classes.extend(values.found.iter().filter(|found| !(goes_along && found.class() == Class::Number)).cloned());
    classes.extend(item.map(|(rule, _)| RuleFinding::from(rule)));
    if classes.iter().any(|found| matches!(found.rule, rule::CITED_SYMBOL | rule::LINK)) {
        classes.extend(spelling::inside(context, texts.map(str::trim)));
    }
    if numerals && !classes.iter().any(|found| matches!(found.class(), Class::Number | Class::Crossref | Class::Date)) {
        classes.push(rule::NUMERAL.into());
    }
    classes.extend(stretch.senses.found(context.languages.after.or(context.languages.before)));
    let explained = Pair::from_fn(|side| {
        let ranges = values.covered[side].iter().cloned().chain(stretch.senses.ranges(side));
        stretch.window[side].covered(ranges)
    });
    let named = if context.is_title { None } else { names::found(stretch.window, &explained) };
    let is_named = named.is_some();
    classes.extend(named);
    let told = Explanations {
        numerals,
        names: is_named,
        // A citation that follows says nothing of the words between its numbers: "and" is not "to".
        content: is_named
            || values.found.iter().any(|found| found.rule != rule::RENUMBERED)
            || !stretch.senses.is_empty(),
    };
    if !context.is_title && !is_item && stretch.moved.is_none() {
        classes.extend(
            extent::lone(context, stretch.hunk).map(|(side, lone)| RuleFinding::from(came_or_went(side, &lone))),
        );
    }
    if classes.is_empty() && extent::is_doubled(context, stretch.hunk) {
        return vec![rule::DOUBLED.into()];
    }
    let residue = residue(stretch.window, &explained, told);
    if !residue.is_same() {
        let qualifies = classes.is_empty() && is_qualifier(stretch.window, &residue);
        let is_told = classes.iter().any(|found| found.rule.own_tier() == Tier::Substantive);
        let is_asked = !context.is_title && !is_item && !is_told && !stretch.is_echoed;
        let lone = if is_asked { extent::lone_words(stretch, &explained) } else { None };
        classes.push(match lone {
            _ if qualifies => rule::QUALIFIER.into(),
            Some(words) => RuleFinding::with(rule::EXTENT, rule::turn("changed", &words)),
            None => rule::WORDS.into(),
        });
    }
    let marks = Marks::of(stretch.window, &values.covered);
    if !marks.signs.is_same() {
        classes.push(rule::SIGN.into());
    }
    let other_marks = !marks.punctuation.is_same();
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

/// The rule of a sentence or a passage that stands on one side alone.
const fn came_or_went(side: Side, lone: &Lone) -> Rule {
    match (side, lone) {
        (Side::Before, Lone::Sentence) => rule::DELETE_SENTENCE,
        (Side::Before, Lone::Passage) => rule::DELETE_PASSAGE,
        (Side::After, Lone::Sentence) => rule::INSERT_SENTENCE,
        (Side::After, Lone::Passage) => rule::INSERT_PASSAGE,
    }
}

/// Whether a number is among the tokens of an edit.
fn counts(context: &Context<'_>, hunk: &Hunk) -> bool {
    let sides = context.passages.zip(hunk.as_ref());
    let mut tokens = sides.into_iter().flat_map(|(passage, tokens)| &passage.tokens[tokens.clone()]);
    tokens.any(|token| token.kind == TokenKind::Number)
}

/// Words that no value and no phrase explains, of each side.
#[derive(PartialEq, Eq)]
struct Residue {
    words: Vec<String>,
    /// Whether any of them carries content.
    has_content: bool,
}

/// What else was told of the words of an edit.
#[derive(Clone, Copy)]
struct Explanations {
    /// Whether they differ in Chinese numerals alone.
    numerals: bool,
    /// Whether names were told.
    names: bool,
    /// Whether a rule told what words of content do.
    content: bool,
}

impl Residue {
    /// What is left of a side where some of its tokens are explained.
    fn of(view: &WindowSide<'_>, explained: &[bool], told: Explanations) -> Self {
        let lexicon = view.language.map(Language::lexicon);
        let mut residue = Self { words: Vec::new(), has_content: false };
        for (token, explained) in view.stretch.clone().zip(explained) {
            let kind = view.passage.tokens[token].kind;
            let counts = matches!(kind, TokenKind::Word) || (kind == TokenKind::Han && !told.numerals);
            if *explained || !counts || told.names && names::is_name(view, token) {
                continue;
            }
            let word = view.word(token);
            residue.has_content |= lexicon.is_none_or(|lexicon| !lexicon.is_function_word(word));
            residue.words.push(word.to_owned());
        }
        residue
    }

    /// Whether its words are adjectives or adverbs by their endings.
    fn qualifies(&self, view: &WindowSide<'_>) -> bool {
        let Some(lexicon) = view.language.map(Language::lexicon) else { return false };
        let is_qualifier = |word: &&String| lexicon.qualifier_endings.iter().any(|ending| word.ends_with(&**ending));
        let mut content = self.words.iter().filter(|word| !lexicon.is_function_word(word)).peekable();
        content.peek().is_some() && content.all(|word| is_qualifier(&word))
    }
}

/// What is left of both sides. Where a rule told what the words of content do, articles and prepositions around them tell
/// no more.
fn residue(window: &Window<'_>, explained: &Pair<Vec<bool>>, told: Explanations) -> Pair<Residue> {
    let sides = window.as_ref().zip(explained.as_ref());
    let mut both = sides.map(|(view, explained)| Residue::of(view, explained, told));
    if told.content && !both.iter().any(|residue| residue.has_content) {
        both.iter_mut().for_each(|residue| residue.words.clear());
    }
    both
}

/// Whether words that only one side has are adjectives or adverbs by their endings.
fn is_qualifier(window: &Window<'_>, residue: &Pair<Residue>) -> bool {
    match (residue.before.words.is_empty(), residue.after.words.is_empty()) {
        (true, false) => residue.after.qualifies(&window.after),
        (false, true) => residue.before.qualifies(&window.before),
        _ => false,
    }
}

/// Whether the characters that differ are Chinese numerals on both sides. The edit may take in the rest of a word
/// (五年, 三年): what is common at its ends does not count.
fn numerals_differ(context: &Context<'_>, hunk: &Hunk) -> bool {
    let sides = context.passages.zip(hunk.as_ref());
    let Pair { before: mut old, after: mut new } = sides.map(|(passage, tokens)| &passage.tokens[tokens.clone()]);
    while let ([first, rest @ ..], [second, others @ ..]) = (old, new)
        && first.id == second.id
    {
        (old, new) = (rest, others);
    }
    while let ([rest @ .., last], [others @ .., second]) = (old, new)
        && last.id == second.id
    {
        (old, new) = (rest, others);
    }
    let rest = context.passages.zip(Pair::new(old, new));
    rest.iter().any(|(_, tokens)| !tokens.is_empty())
        && rest.iter().all(|(passage, tokens)| tokens.iter().all(|token| is_numeral(&passage.text, token)))
}

/// Whether a token is a Chinese numeral.
fn is_numeral(text: &str, token: &Token) -> bool {
    token.kind == TokenKind::Han && is_han_number(&text[token.span.range()])
}
