//! The words in and around a stretch that differs, on both sides, as the lexicon wants them.
//!
//! A phrase may begin or end in the common words beside the stretch: "may" and "may not" differ by one word. So a window
//! holds a few words on either side, the same ones before and after.

use std::{cell::OnceCell, ops::Range};

use super::context::Context;
use super::passage::Passage;
use crate::diff::Hunk;
use crate::language::{Forms, Language, LexiconFound, Sense, TABLES, Table};
use crate::text::{Pair, TokenKind, folded_lower};

/// Common tokens on each side of the stretch; no phrase of the data is longer.
const REACH: usize = 10;

/// One side of a window.
pub(super) struct WindowSide<'a> {
    pub(super) passage: &'a Passage,
    pub(super) language: Option<&'a Language>,
    /// Its tokens, by index in the passage.
    pub(super) tokens: Range<usize>,
    /// Those of the stretch.
    pub(super) stretch: Range<usize>,
    pub(super) words: Vec<Forms>,
    /// What was found in each table asked for.
    found: [OnceCell<Vec<LexiconFound>>; TABLES],
}

/// A phrase that stands in the stretch or reaches into it.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) sense: Sense,
    /// Which phrase of its table it is.
    pub(super) number: usize,
    /// Its tokens, by index in the passage.
    pub(super) tokens: Range<usize>,
    /// Its text.
    pub(super) text: String,
}

impl Phrase {
    /// Whether it shares tokens with a stretch, or reaches over the place of an empty one.
    fn touches(&self, stretch: &Range<usize>) -> bool {
        reaches(&self.tokens, stretch)
    }
}

/// Whether tokens are among those of a stretch, or stand around the place of an empty one.
pub(super) const fn reaches(tokens: &Range<usize>, stretch: &Range<usize>) -> bool {
    if stretch.start == stretch.end {
        tokens.start < stretch.start && stretch.start < tokens.end
    } else {
        tokens.start < stretch.end && stretch.start < tokens.end
    }
}

impl WindowSide<'_> {
    fn phrase(&self, found: &LexiconFound) -> Phrase {
        let tokens = found.start..found.end;
        Phrase { sense: found.sense, number: found.phrase, text: self.text(&tokens).to_owned(), tokens }
    }

    /// The phrases of a table among the words, look-alikes too, in order and none over another; their places are indices
    /// of the passage.
    pub(super) fn find(&self, table: Table) -> &[LexiconFound] {
        self.found[table as usize].get_or_init(|| {
            let mut found = self.language.map(|own| own.lexicon().find(table, &self.words)).unwrap_or_default();
            for phrase in &mut found {
                (phrase.start, phrase.end) = (phrase.start + self.tokens.start, phrase.end + self.tokens.start);
            }
            found
        })
    }

    /// The phrases of a table that begin in a range of tokens.
    pub(super) fn find_from(&self, table: Table, starts: Range<usize>) -> &[LexiconFound] {
        let all = self.find(table);
        let place = |token: usize| all.partition_point(|found| found.start < token);
        &all[place(starts.start)..place(starts.end).max(place(starts.start))]
    }

    /// The text from the first to the last of some tokens.
    pub(super) fn text(&self, tokens: &Range<usize>) -> &str {
        let all = &self.passage.tokens[tokens.clone()];
        match (all.first(), all.last()) {
            (Some(first), Some(last)) => &self.passage.text[first.span.range().start..last.span.range().end],
            _ => "",
        }
    }

    /// Which tokens of the stretch stand in some ranges.
    pub(super) fn covered(&self, ranges: impl Iterator<Item = Range<usize>>) -> Vec<bool> {
        let mut covered = vec![false; self.stretch.len()];
        for range in ranges {
            for token in range.start.max(self.stretch.start)..range.end.min(self.stretch.end) {
                covered[token - self.stretch.start] = true;
            }
        }
        covered
    }

    /// The month that a token of the window names.
    pub(super) fn month(&self, token: usize) -> Option<u16> {
        self.language?.month_alone(self.text(&(token..token + 1)))
    }

    /// The folded word of a token of the window.
    pub(super) fn word(&self, token: usize) -> &str {
        self.words[token - self.tokens.start].own()
    }
}

/// Both sides of a stretch with what is common around it.
pub(super) type Window<'a> = Pair<WindowSide<'a>>;

/// A view of some tokens alone.
pub(super) fn plain<'a>(passage: &'a Passage, language: Option<&'a Language>, tokens: Range<usize>) -> WindowSide<'a> {
    view(passage, language, tokens.clone(), tokens)
}

fn view<'a>(
    passage: &'a Passage,
    language: Option<&'a Language>,
    tokens: Range<usize>,
    stretch: Range<usize>,
) -> WindowSide<'a> {
    let words = passage.tokens[tokens.clone()].iter().map(|token| {
        let text = &passage.text[token.span.range()];
        let word = if token.kind == TokenKind::Han { text.to_owned() } else { folded_lower(text) };
        language.map_or_else(|| Forms::plain(&word), |language| language.lexicon().forms(&word))
    });
    WindowSide {
        passage,
        language,
        words: words.collect(),
        tokens,
        stretch,
        found: std::array::from_fn(|_| OnceCell::new()),
    }
}

/// Opens a window on a hunk; `room` counts the common tokens between it and its neighbours, left and right.
pub(super) fn open<'a>(context: &Context<'a>, hunk: &Hunk, room: (usize, usize)) -> Window<'a> {
    let (left, right) = (room.0.min(REACH), room.1.min(REACH));
    context.passages.zip(context.languages).zip(hunk.as_ref()).map(|((passage, language), stretch)| {
        view(passage, language, stretch.start - left..stretch.end + right, stretch.clone())
    })
}

/// Words between a word of degree and the verb that it belongs to.
const DEGREE: usize = 3;

/// Whether a verb of the axes stands near a phrase.
pub(super) fn is_near_verb(view: &WindowSide<'_>, phrase: &Phrase) -> bool {
    let around = phrase.tokens.start.saturating_sub(REACH + DEGREE)..phrase.tokens.end + DEGREE + 1;
    view.find_from(Table::Verbs, around)
        .iter()
        .filter(|verb| verb.sense != Sense::Neutral)
        .any(|verb| verb.start <= phrase.tokens.end + DEGREE && phrase.tokens.start <= verb.end + DEGREE)
}

/// The phrases of a table that the stretch touches. A phrase that reaches out of it on one side widens it on both, so
/// that what stood there before is compared with what stands there now.
pub(super) fn phrases(window: &Window<'_>, table: Table) -> Pair<Vec<Phrase>> {
    let all = window.as_ref().map(|view| match view.language {
        Some(language) => {
            let phrases = view.find(table).iter().map(|found| view.phrase(found));
            phrases
                .filter(|phrase| match table {
                    Table::Modality => !language.is_month(&phrase.text),
                    // One character of a longer word is not the word: the 约 of 条约 is no "about".
                    Table::Negation => true,
                    _ => {
                        let first = phrase.tokens.start;
                        phrase.tokens.len() > 1
                            || view.passage.tokens[first].kind != TokenKind::Han
                            || view.passage.is_word(first)
                    }
                })
                .collect::<Vec<_>>()
        }
        None => Vec::new(),
    });
    let (mut left, mut right) = (0, 0);
    for (view, found) in window.as_ref().zip(all.as_ref()) {
        for phrase in found.iter().filter(|phrase| phrase.touches(&view.stretch)) {
            left = left.max(view.stretch.start.saturating_sub(phrase.tokens.start));
            right = right.max(phrase.tokens.end.saturating_sub(view.stretch.end));
        }
    }
    window.as_ref().zip(all).map(|(view, found)| {
        let stretch = view.stretch.start - left..view.stretch.end + right;
        found.into_iter().filter(|phrase| phrase.touches(&stretch)).collect()
    })
}
