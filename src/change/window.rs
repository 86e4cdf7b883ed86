//! The words in and around a stretch that differs, on both sides, as the lexicon wants them.
//!
//! A phrase may begin or end in the common words beside the stretch: "may" and "may not" differ by one word. So a window
//! holds a few words on either side, the same ones before and after.

use std::{cell::OnceCell, ops::Range, rc::Rc};

use super::context::Context;
use super::passage::Passage;
use crate::diff::Hunk;
use crate::language::{Forms, Language, LexiconFound, Sense, TABLES, Table};
use crate::text::{Pair, TokenKind, folded_lower};

/// Common tokens on each side of the stretch; no phrase of the data is longer.
const REACH: usize = 10;
/// More tokens than any phrase has.
pub(super) const LONGEST: usize = 24;

/// Some tokens of a passage as words, and the phrases among them, each table asked once.
pub(super) struct Words<'a> {
    passage: &'a Passage,
    language: Option<&'a Language>,
    /// Its tokens, by index in the passage.
    tokens: Range<usize>,
    words: Vec<Forms>,
    /// What was found in each table asked for.
    found: [OnceCell<Vec<LexiconFound>>; TABLES],
}

impl<'a> Words<'a> {
    /// The words of some tokens.
    fn of(passage: &'a Passage, language: Option<&'a Language>, tokens: Range<usize>) -> Self {
        let words = passage.tokens[tokens.clone()].iter().map(|token| {
            let text = &passage.text[token.span.range()];
            let word = if token.kind == TokenKind::Han { text.to_owned() } else { folded_lower(text) };
            language.map_or_else(|| Forms::plain(&word), |language| language.lexicon().forms(&word))
        });
        let words = words.collect();
        Self { passage, language, tokens, words, found: std::array::from_fn(|_| OnceCell::new()) }
    }

    /// The phrases of a table, look-alikes too, in order and none over another; their places are indices of the passage.
    pub(super) fn find(&self, table: Table) -> &[LexiconFound] {
        self.found[table as usize].get_or_init(|| {
            let mut found = self.language.map(|own| own.lexicon().find(table, &self.words)).unwrap_or_default();
            for phrase in &mut found {
                (phrase.start, phrase.end) = (phrase.start + self.tokens.start, phrase.end + self.tokens.start);
            }
            found
        })
    }

    /// Whether a phrase does what its table says, as far as that shows from its words: the 约 of 条约 is no "about", and a
    /// month is no modal word.
    pub(super) fn counts(&self, table: Table, found: &LexiconFound) -> bool {
        let tokens = &self.passage.tokens;
        match table {
            Table::Modality => {
                let text = &self.passage.text[self.passage.bytes_of(&(found.start..found.end))];
                !self.language.is_some_and(|language| language.is_month(text))
            }
            Table::Negation => true,
            Table::Entity if found.end - found.start == 1 && tokens[found.start].kind == TokenKind::Word => {
                self.is_written_as_name(found)
            }
            _ => {
                found.end - found.start > 1
                    || tokens[found.start].kind != TokenKind::Han
                    || self.passage.is_word(found.start)
            }
        }
    }

    /// Whether a word of the table of names is written as one: what is a common word as well needs a capital letter, and
    /// an abbreviation (`WHO`, `US`) nothing but capitals.
    fn is_written_as_name(&self, found: &LexiconFound) -> bool {
        let shown = self.passage.shown(found.start);
        let is_common = self.language.is_some_and(|language| language.lexicon().is_common(&folded_lower(shown)));
        let mut letters = shown.chars();
        !is_common
            || match found.sense {
                Sense::Name => letters.all(char::is_uppercase),
                _ => letters.next().is_some_and(char::is_uppercase),
            }
    }
}

/// One side of a window.
pub(super) struct WindowSide<'a> {
    pub(super) passage: &'a Passage,
    pub(super) language: Option<&'a Language>,
    /// The tokens that it may look at, by index in the passage.
    pub(super) tokens: Range<usize>,
    /// Those of the stretch.
    pub(super) stretch: Range<usize>,
    words: Rc<Words<'a>>,
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

/// Whether some tokens share one with a stretch, or reach over the place of an empty one.
pub(super) fn touches(tokens: &Range<usize>, stretch: &Range<usize>) -> bool {
    if stretch.is_empty() {
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

    /// The phrases of a table in and around the window, look-alikes too, in order and none over another; their places are
    /// indices of the passage.
    pub(super) fn find(&self, table: Table) -> &[LexiconFound] {
        self.words.find(table)
    }

    /// The phrases of a table that begin in a range of tokens.
    pub(super) fn find_from(&self, table: Table, starts: Range<usize>) -> &[LexiconFound] {
        let all = self.find(table);
        let place = |token: usize| all.partition_point(|found| found.start < token);
        &all[place(starts.start)..place(starts.end).max(place(starts.start))]
    }

    /// The phrases of a table that touch some tokens.
    fn touched(&self, table: Table, stretch: &Range<usize>) -> Vec<&LexiconFound> {
        let near = self.find_from(table, stretch.start.saturating_sub(LONGEST)..stretch.end + 1).iter();
        near.filter(|found| touches(&(found.start..found.end), stretch) && self.words.counts(table, found)).collect()
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
        self.words.words[token - self.words.tokens.start].own()
    }
}

/// Both sides of a stretch with what is common around it.
pub(super) type Window<'a> = Pair<WindowSide<'a>>;

/// A view of some tokens alone.
pub(super) fn plain<'a>(passage: &'a Passage, language: Option<&'a Language>, tokens: Range<usize>) -> WindowSide<'a> {
    let words = Rc::new(Words::of(passage, language, tokens.clone()));
    WindowSide { passage, language, tokens: tokens.clone(), stretch: tokens, words }
}

/// Hunks near each other, with the words in and around them.
pub(super) struct Neighbourhood<'a> {
    /// The hunks, by number.
    pub(super) hunks: Range<usize>,
    pub(super) words: Pair<Rc<Words<'a>>>,
}

/// The hunks of a script, those whose windows meet together.
pub(super) fn neighbourhoods<'a>(context: &Context<'a>, hunks: &[Hunk]) -> Vec<Neighbourhood<'a>> {
    let mut all = Vec::new();
    let mut first = 0;
    for at in 0..hunks.len() {
        let is_last = hunks.get(at + 1).is_none_or(|next| next.before.start - hunks[at].before.end > 2 * REACH);
        if is_last {
            let sides = context.passages.zip(context.languages);
            let ends = hunks[first].as_ref().zip(hunks[at].as_ref());
            let words = sides.zip(ends).map(|((passage, language), (first, last))| {
                let tokens = first.start.saturating_sub(REACH)..passage.tokens.len().min(last.end + REACH);
                Rc::new(Words::of(passage, language, tokens))
            });
            all.push(Neighbourhood { hunks: first..at + 1, words });
            first = at + 1;
        }
    }
    all
}

/// Opens a window on a stretch of a neighbourhood; `room` counts the common tokens between it and the hunks beside it,
/// left and right.
pub(super) fn open<'a>(
    context: &Context<'a>,
    words: &Pair<Rc<Words<'a>>>,
    stretch: &Hunk,
    room: (usize, usize),
) -> Window<'a> {
    let (left, right) = (room.0.min(REACH), room.1.min(REACH));
    let sides = context.passages.zip(context.languages).zip(words.as_ref());
    sides.zip(stretch.as_ref()).map(|(((passage, language), words), stretch)| WindowSide {
        passage,
        language,
        tokens: stretch.start - left..stretch.end + right,
        stretch: stretch.clone(),
        words: Rc::clone(words),
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
    let touched = window.as_ref().map(|view| view.touched(table, &view.stretch));
    let (mut left, mut right) = (0, 0);
    for (view, found) in window.as_ref().zip(touched) {
        for phrase in found {
            left = left.max(view.stretch.start.saturating_sub(phrase.start.max(view.tokens.start)));
            right = right.max(phrase.end.min(view.tokens.end).saturating_sub(view.stretch.end));
        }
    }
    window.as_ref().map(|view| {
        let stretch = view.stretch.start - left..view.stretch.end + right;
        view.touched(table, &stretch).into_iter().map(|found| view.phrase(found)).collect()
    })
}
