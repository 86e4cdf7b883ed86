//! Words that only went elsewhere inside their clause.

use std::{
    collections::{HashMap, VecDeque},
    ops::Range,
};

use super::citation::is_letter;
use super::context::Context;
use super::passage::Passage;
use super::rule::{self, Rule};
use super::{names, window};
use crate::diff::{EditScript, Hunk};
use crate::language::{Language, LexiconFound, Sense, Table, han_numeral};
use crate::text::{Pair, Side, Token, TokenId, TokenKind, folded};

/// Words up to which a run that moves is short: it may turn what is said.
const SHORT: usize = 3;
/// The same in Chinese characters.
const SHORT_HAN: usize = 6;
/// Tokens between the two ends of a move that are looked at.
const CROSSED: usize = 60;

/// How each edit tells that its words only moved, if it does: a deletion and an insertion of the same words, or the same
/// words in another order.
///
/// A name that changes places with a verb, or a short run with or over a number, a negator or a modal word, is no move:
/// "Veltria informed Orsania" says another thing than "Orsania informed Veltria".
pub(super) fn moved(context: &Context<'_>, script: &EditScript) -> Vec<Option<Rule>> {
    let partners = partners(script, context.passages);
    let both = script.hunks.iter().zip(&partners).enumerate();
    both.map(|(at, (hunk, partner))| match partner {
        Some(partner) => {
            let (from, to) = if hunk.after.is_empty() { (at, *partner) } else { (*partner, at) };
            let (moved, crossed) = path(&script.hunks, from, to);
            judged(context, moved, crossed)
        }
        None if is_reordered(hunk, context.passages) => judged(context, hunk.before.clone(), 0..0),
        None => None,
    })
    .collect()
}

/// The tokens before that move from one edit to another, and those that they move over.
fn path(hunks: &[Hunk], from: usize, to: usize) -> (Range<usize>, Range<usize>) {
    let (moved, target) = (hunks[from].before.clone(), &hunks[to].before);
    let crossed = if from < to { moved.end..target.start } else { target.end..moved.start };
    (moved, crossed)
}

/// What a move of some tokens before over others is.
fn judged(context: &Context<'_>, moved: Range<usize>, crossed: Range<usize>) -> Option<Rule> {
    if crossed.len() > CROSSED {
        return Some(rule::MOVED_WORDS);
    }
    let (own, others) = (Content::of(context, &moved), Content::of(context, &crossed));
    // A name in another sentence is said to do what that sentence says.
    if own.names > 0 && own.is_list() && ends_within(context.passages.before, &crossed) {
        return None;
    }
    if own.names > 0 && own.is_list() && (others.names > 0 || crossed.is_empty()) && others.is_list() {
        return Some(rule::PARTIES);
    }
    let (short, long) = if own.is_han { (SHORT_HAN, 2 * SHORT_HAN) } else { (SHORT, 2 * SHORT) };
    let is_short = own.words <= short || (others.words <= short && others.words > 0);
    let named = own.names + others.names > 0;
    let hazard = is_short && (own.turns || own.counts || named)
        || others.negates && !own.is_function() && (own.words <= long || named)
        || own.counts && crossed.is_empty();
    if hazard { None } else { Some(rule::MOVED_WORDS) }
}

/// Whether a sentence ends among some tokens.
fn ends_within(passage: &Passage, tokens: &Range<usize>) -> bool {
    let is_initial = |at: usize| at.checked_sub(1).is_some_and(|last| is_letter(passage.shown(last)));
    tokens.clone().any(|at| matches!(passage.shown(at), "." | "!" | "?" | "。" | "！" | "？" | "؟") && !is_initial(at))
}

/// What some tokens hold.
#[derive(Default)]
struct Content {
    words: usize,
    names: usize,
    function: usize,
    is_han: bool,
    /// Whether a number is among them.
    counts: bool,
    /// Whether a negator is.
    negates: bool,
    /// Whether a negator or a modal word is.
    turns: bool,
}

impl Content {
    fn of(context: &Context<'_>, tokens: &Range<usize>) -> Self {
        let view = window::plain(context.passages.before, context.languages.before, tokens.clone());
        let mut content = Self::default();
        let lexicon = view.language.map(Language::lexicon);
        for token in tokens.clone() {
            let shown = view.text(&(token..token + 1));
            match view.passage.tokens[token].kind {
                TokenKind::Mark => continue,
                TokenKind::Number | TokenKind::Date | TokenKind::Symbol => content.counts = true,
                TokenKind::Han => {
                    content.is_han = true;
                    content.counts |= han_numeral(shown).is_some();
                }
                TokenKind::Word => {}
            }
            content.words += 1;
            if lexicon.is_some_and(|lexicon| lexicon.is_function_word(view.word(token))) {
                content.function += 1;
            } else if names::is_name(&view, token) {
                content.names += 1;
            }
        }
        if lexicon.is_some() {
            let negates = |found: &LexiconFound| matches!(found.sense, Sense::Negator | Sense::Denial);
            content.negates = view.find(Table::Negation).iter().any(negates);
            content.turns =
                content.negates || view.find(Table::Modality).iter().any(|found| found.sense != Sense::Neutral);
            content.counts |= view.find(Table::Number).iter().any(|found| found.sense != Sense::Neutral);
        }
        content
    }

    /// Whether names, conjunctions and marks are all.
    fn is_list(&self) -> bool {
        self.words == self.names + self.function
    }

    fn is_function(&self) -> bool {
        self.words == self.function
    }
}

/// The other half of each edit that only moves words.
fn partners(script: &EditScript, passages: Pair<&Passage>) -> Vec<Option<usize>> {
    let mut partners = vec![None; script.hunks.len()];
    let mut lost: HashMap<Vec<TokenId>, VecDeque<usize>> = HashMap::new();
    for (at, hunk) in script.hunks.iter().enumerate() {
        if hunk.after.is_empty() {
            let words = words(&passages.before.tokens[hunk.before.clone()]);
            if !words.is_empty() {
                lost.entry(words).or_default().push_back(at);
            }
        }
    }
    if lost.is_empty() {
        return partners;
    }
    for (at, hunk) in script.hunks.iter().enumerate() {
        if !hunk.before.is_empty() {
            continue;
        }
        let words = words(&passages.after.tokens[hunk.after.clone()]);
        if let Some(from) = lost.get_mut(&words).and_then(VecDeque::pop_front) {
            (partners[from], partners[at]) = (Some(at), Some(from));
        }
    }
    partners
}

/// Which edits are marks of emphasis of plain-text markup: asterisks or low lines that come, go or change before a word,
/// and the same ones behind a word further on. Asterisks that stand alone are the mark of a note. Where a negator or a
/// modal word is what they set off, a person must look: it is stressed, or marked as new, for its sake.
pub(super) fn emphasis(context: &Context<'_>, script: &EditScript) -> Vec<Option<Rule>> {
    let mut all = vec![None; script.hunks.len()];
    let mut open: Option<(usize, Pair<String>)> = None;
    for (at, hunk) in script.hunks.iter().enumerate() {
        let Some(marks) = emphasis_marks(hunk, context.passages) else { continue };
        // Between two numbers a star multiplies.
        if stands_between_numbers(hunk, context.passages) {
            continue;
        }
        match open.take() {
            Some((from, opening)) if opening == marks => {
                let inside = script.hunks[from].before.end..hunk.before.start;
                let turns = inside.len() <= CROSSED && Content::of(context, &inside).turns;
                let rule = if turns { rule::STRESS } else { rule::EMPHASIS };
                (all[from], all[at]) = (Some(rule), Some(rule));
            }
            _ => open = Some((at, marks)),
        }
    }
    all
}

/// Which edits are commas that moved: taken away at one place of the clause and set at another, where they part its words
/// otherwise.
pub(super) fn moved_commas(script: &EditScript, passages: Pair<&Passage>) -> Vec<bool> {
    // The side on which a comma stands that the other has not.
    let lone_comma = |hunk: &Hunk| {
        let is_lone = |side: &Side| hunk[side.other()].is_empty() && is_comma(passages[*side], &hunk[*side]);
        Side::ALL.into_iter().find(is_lone)
    };
    let sides: Vec<Option<Side>> = script.hunks.iter().map(lone_comma).collect();
    let moves = Side::ALL.iter().all(|side| sides.contains(&Some(*side)));
    sides.into_iter().map(|side| moves && side.is_some()).collect()
}

/// Whether tokens are one comma.
fn is_comma(passage: &Passage, tokens: &Range<usize>) -> bool {
    matches!(&passage.tokens[tokens.clone()], [one] if folded(&passage.text[one.span.range()]) == ",")
}

/// Whether an edit stands between two numbers on a side.
fn stands_between_numbers(hunk: &Hunk, passages: Pair<&Passage>) -> bool {
    passages.zip(hunk.as_ref()).iter().any(|(passage, tokens)| {
        let is_number = |at: usize| passage.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number);
        tokens.start.checked_sub(1).is_some_and(is_number) && is_number(tokens.end)
    })
}

/// The asterisks and low lines of an edit that has nothing else.
fn emphasis_marks(hunk: &Hunk, passages: Pair<&Passage>) -> Option<Pair<String>> {
    let marks = passages.zip(hunk.as_ref()).map(|(passage, tokens)| {
        let shown = passage.tokens[tokens.clone()].iter().map(|token| &passage.text[token.span.range()]);
        let marks: String = shown.collect();
        marks.chars().all(|c| matches!(c, '*' | '_')).then_some(marks)
    });
    marks.both()
}

/// Whether both sides of an edit have the same words, in another order.
fn is_reordered(hunk: &Hunk, passages: Pair<&Passage>) -> bool {
    let old = words(&passages.before.tokens[hunk.before.clone()]);
    !old.is_empty() && old == words(&passages.after.tokens[hunk.after.clone()])
}

/// The words of some tokens, sorted.
fn words(tokens: &[Token]) -> Vec<TokenId> {
    let mut words: Vec<TokenId> =
        tokens.iter().filter(|token| token.kind != TokenKind::Mark).map(|token| token.id).collect();
    words.sort_unstable();
    words
}
