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

/// Which edits are marks of emphasis of plain-text markup: only asterisks and low lines, as many as make pairs, which
/// come, go or change their kind.
pub(super) fn emphasis(script: &EditScript, passages: Pair<&Passage>) -> Vec<bool> {
    let marks = |passage: &Passage, tokens: &std::ops::Range<usize>| -> Option<usize> {
        let all = &passage.tokens[tokens.clone()];
        let only = all.iter().all(|token| matches!(&passage.text[token.span.range()], "*" | "_"));
        only.then_some(all.len())
    };
    let counts: Vec<Option<(usize, usize)>> = script
        .hunks
        .iter()
        .map(|hunk| Some((marks(passages.before, &hunk.before)?, marks(passages.after, &hunk.after)?)))
        .collect();
    let (before, after) = counts.iter().flatten().fold((0, 0), |(a, b), (x, y)| (a + x, b + y));
    let pairs = before % 2 == 0 && after % 2 == 0;
    counts.into_iter().map(|count| pairs && count.is_some()).collect()
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
