//! Words that went at one place and came, in some form, at another: "extends" here, "extended" there.
//!
//! They say the same in another build of the sentence, so that nothing of content only came or only went.

use std::ops::Range;

use super::context::Context;
use super::sense::inflects;
use crate::diff::Hunk;
use crate::language::Language;
use crate::text::{Pair, Side, TokenKind, folded_lower};

/// Words of content of one side that are held against those of an edit.
const HELD: usize = 64;

/// Which edits only set or take away words whose content stands in other edits on the other side.
pub(super) fn echoes(context: &Context<'_>, hunks: &[Hunk]) -> Vec<bool> {
    let lone = |hunk: &Hunk| Side::ALL.into_iter().find(|side| hunk[side.other()].is_empty());
    if hunks.len() < 2 || !hunks.iter().any(|hunk| lone(hunk).is_some()) {
        return vec![false; hunks.len()];
    }
    let words: Pair<Vec<String>> = Pair::from_fn(|side| {
        let all = hunks.iter().flat_map(|hunk| content(context, side, &hunk[side]));
        all.take(HELD).collect()
    });
    let is_echoed = |hunk: &Hunk| {
        let Some(side) = lone(hunk) else { return false };
        let own = content(context, side, &hunk[side]);
        let others = &words[side.other()];
        !own.is_empty() && own.iter().all(|word| others.iter().any(|other| inflects(word, other)))
    };
    hunks.iter().map(is_echoed).collect()
}

/// The words of content among some tokens, folded. Chinese characters are none: one alone says too little.
fn content(context: &Context<'_>, side: Side, tokens: &Range<usize>) -> Vec<String> {
    let passage = context.passages[side];
    let lexicon = context.languages[side].map(Language::lexicon);
    let words = passage.tokens[tokens.clone()].iter().filter(|token| token.kind == TokenKind::Word);
    let words = words.map(|token| folded_lower(&passage.text[token.span.range()]));
    words.filter(|word| lexicon.is_none_or(|lexicon| !lexicon.is_function_word(word))).collect()
}
