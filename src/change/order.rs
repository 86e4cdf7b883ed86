//! Words that only went elsewhere inside their clause.

use std::collections::HashMap;

use super::passage::Passage;
use crate::diff::{EditScript, Hunk};
use crate::text::{Pair, Token, TokenId, TokenKind};

/// The other half of each edit that only moves words: a deletion and an insertion of the same words.
pub(super) fn moved(script: &EditScript, passages: Pair<&Passage>) -> Vec<Option<usize>> {
    let mut partners = vec![None; script.hunks.len()];
    let mut lost: HashMap<Vec<TokenId>, Vec<usize>> = HashMap::new();
    for (at, hunk) in script.hunks.iter().enumerate() {
        if hunk.after.is_empty() {
            let words = words(&passages.before.tokens[hunk.before.clone()]);
            if !words.is_empty() {
                lost.entry(words).or_default().push(at);
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
        if let Some(places) = lost.get_mut(&words)
            && !places.is_empty()
        {
            let from = places.remove(0);
            (partners[from], partners[at]) = (Some(at), Some(from));
        }
    }
    partners
}

/// Which edits are marks of emphasis of plain-text markup: asterisks or low lines that come, go or change before a word,
/// and the same ones behind a word further on. Asterisks that stand alone are the mark of a note.
pub(super) fn emphasis(script: &EditScript, passages: Pair<&Passage>) -> Vec<bool> {
    let mut is_emphasis = vec![false; script.hunks.len()];
    let mut open: Option<(usize, Pair<String>)> = None;
    for (at, hunk) in script.hunks.iter().enumerate() {
        let Some(marks) = emphasis_marks(hunk, passages) else { continue };
        match open.take() {
            Some((from, opening)) if opening == marks => (is_emphasis[from], is_emphasis[at]) = (true, true),
            _ => open = Some((at, marks)),
        }
    }
    is_emphasis
}

/// The asterisks and low lines of an edit that has nothing else.
fn emphasis_marks(hunk: &Hunk, passages: Pair<&Passage>) -> Option<Pair<String>> {
    let marks = |passage: &Passage, tokens: &std::ops::Range<usize>| -> Option<String> {
        let shown = passage.tokens[tokens.clone()].iter().map(|token| &passage.text[token.span.range()]);
        let marks: String = shown.collect();
        marks.chars().all(|c| matches!(c, '*' | '_')).then_some(marks)
    };
    Some(Pair::new(marks(passages.before, &hunk.before)?, marks(passages.after, &hunk.after)?))
}

/// Whether both sides of an edit have the same words, in another order.
pub(super) fn is_reordered(hunk: &Hunk, passages: Pair<&Passage>) -> bool {
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
