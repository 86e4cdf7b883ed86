//! Words that only came, or only went.
//!
//! "Weapons and ammunition" covers more than "weapons": content words that nothing is exchanged for change what a clause
//! extends to. Words that carry a sentence on and add nothing to it (the fillers of the lexicon), and a word that was
//! written twice, do not.

use std::ops::Range;

use super::citation::is_letter;
use super::context::Context;
use super::stretch::Stretch;
use super::window::WindowSide;
use crate::diff::Hunk;
use crate::language::{Language, Sense, Table};
use crate::text::{Pair, Side, TokenKind, chars, folded_lower};

/// The words of content that only one side of a window has, where the other has none.
pub(super) fn lone_words(stretch: &Stretch<'_>, explained: &Pair<Vec<bool>>) -> Option<Pair<String>> {
    let window = stretch.window;
    let content = Pair::from_fn(|side| {
        let equal = window[side].covered(stretch.senses.equals(side));
        let explained: Vec<bool> = explained[side].iter().zip(equal).map(|(one, other)| *one || other).collect();
        content(&window[side], &explained)
    });
    let side = match content.as_ref().map(Vec::is_empty) {
        Pair { before: false, after: true } => Side::Before,
        Pair { before: true, after: false } => Side::After,
        _ => return None,
    };
    // Words without content that others replace are an exchange, too.
    let has_words = |view: &WindowSide<'_>| view.stretch.clone().any(|token| is_word(view, token));
    if has_words(&window[side.other()]) {
        return None;
    }
    Some(Pair::from_fn(
        |own| {
            if own == side { window[side].text(&window[side].stretch).to_owned() } else { String::new() }
        },
    ))
}

/// The tokens of content in a stretch that nothing else explains.
fn content(view: &WindowSide<'_>, explained: &[bool]) -> Vec<usize> {
    let Some(lexicon) = view.language.map(Language::lexicon) else { return Vec::new() };
    let fillers = view.covered(
        view.find(Table::Fillers)
            .iter()
            .filter(|found| found.sense == Sense::Filler)
            .filter(|found| view.stretch.start <= found.start && found.end <= view.stretch.end)
            .map(|found| found.start..found.end),
    );
    let tokens = view.stretch.clone().zip(explained.iter().zip(&fillers));
    let left = tokens.filter(|(token, (explained, fills))| {
        let is_content = || !is_letter(view.word(*token)) && !lexicon.is_function_word(view.word(*token));
        !**explained && !**fills && is_word(view, *token) && is_content()
    });
    left.map(|(token, _)| token).collect()
}

/// Whether a token is a word or a character of one.
fn is_word(view: &WindowSide<'_>, token: usize) -> bool {
    matches!(view.passage.tokens[token].kind, TokenKind::Word | TokenKind::Han)
}

/// Fewest words of a sentence.
const SENTENCE: usize = 4;
/// Fewest words of a passage, which says something of its own inside a sentence.
const PASSAGE: usize = 8;
/// Chinese characters that say about as much as a word.
const CHARACTERS: usize = 2;

/// What an edit sets or takes away, nothing being exchanged for it.
pub(super) enum Lone {
    /// Whole sentences.
    Sentence,
    /// A passage inside a sentence, long enough to say something of its own.
    Passage,
}

/// The side on which an edit sets or takes away whole sentences or a long passage, and nothing else. A list of names is
/// neither.
pub(super) fn lone(context: &Context<'_>, hunk: &Hunk) -> Option<(Side, Lone)> {
    let side = Side::ALL.into_iter().find(|side| hunk[side.other()].is_empty())?;
    let (passage, run) = (context.passages[side], &hunk[side]);
    if passage.tokens.len() == run.len() || names_alone(context, side, run) {
        return None;
    }
    let ends = |at: usize| {
        passage.tokens.get(at).is_none_or(|token| {
            let is_stop =
                token.kind == TokenKind::Mark && passage.text[token.span.range()].contains(chars::is_terminal);
            // The stop of an initial ends nothing.
            let is_initial = at.checked_sub(1).is_some_and(|last| is_letter(passage.shown(last)));
            is_stop && !is_initial
        })
    };
    let begins_anew = run.start.checked_sub(1).is_none_or(ends) && run.end.checked_sub(1).is_some_and(ends);
    let goes_on = ends(run.start) && ends(run.end);
    let words = passage.tokens[run.clone()].iter().filter(|token| token.kind != TokenKind::Mark).count();
    let characters = passage.tokens[run.clone()].iter().filter(|token| token.kind == TokenKind::Han).count();
    let weight = words - characters + characters / CHARACTERS;
    match begins_anew || goes_on {
        true if words >= SENTENCE => Some((side, Lone::Sentence)),
        _ if weight >= PASSAGE => Some((side, Lone::Passage)),
        _ => None,
    }
}

/// Whether a run is a list of names: its words are written as names are, but for those that join them.
fn names_alone(context: &Context<'_>, side: Side, run: &Range<usize>) -> bool {
    let passage = context.passages[side];
    let is_function =
        |word: &str| context.languages[side].is_some_and(|own| own.lexicon().is_function_word(&folded_lower(word)));
    let words = run.clone().filter(|at| passage.tokens[*at].kind == TokenKind::Word).map(|at| passage.shown(at));
    let (joining, others): (Vec<&str>, Vec<&str>) = words.partition(|word| is_function(word));
    others.len() >= joining.len()
        && !others.is_empty()
        && others.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// Whether an edit takes away or sets a word that stands twice: "the the".
pub(super) fn is_doubled(context: &Context<'_>, hunk: &Hunk) -> bool {
    Side::ALL.iter().any(|side| hunk[side.other()].is_empty() && repeats(context, *side, &hunk[*side]))
}

/// Whether the word of a run stands once more right before it or behind it, and is none that a sentence may have twice
/// ("that that treaty", "nous nous engageons"). Of a longer run ("the end of the end") nothing tells that it is a slip.
fn repeats(context: &Context<'_>, side: Side, run: &Range<usize>) -> bool {
    let tokens = &context.passages[side].tokens;
    let [word] = &tokens[run.clone()] else { return false };
    let shown = context.passages[side].shown(run.start);
    let is_same = |at: usize| tokens.get(at).is_some_and(|other| other.id == word.id);
    let may_stand_twice =
        context.languages[side].is_none_or(|language| language.lexicon().may_double(&folded_lower(shown)));
    word.kind == TokenKind::Word
        && !may_stand_twice
        && !shown.starts_with(char::is_uppercase)
        && (run.start.checked_sub(1).is_some_and(is_same) || is_same(run.end))
}
