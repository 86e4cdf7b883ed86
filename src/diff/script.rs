//! What is compared, and what turns one side of it into the other.

use std::ops::Range;

use crate::language::Language;
use crate::text::{Pair, Side, Token, TokenId};

/// A run of tokens that differs, by index on each side. Either side may be empty, never both.
pub(crate) type Hunk = Pair<Range<usize>>;

/// What turns the tokens before into the tokens after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EditScript {
    /// Runs that differ, ascending on both sides; between them tokens match one to one. Two may touch where words that
    /// moved were cut out.
    pub(crate) hunks: Vec<Hunk>,
    /// Comparisons that a bound left out: long stretches that were not searched, and those of words that moved.
    pub(crate) skipped: u64,
}

/// The token of the other side that matches token `token` of a side; none where an edit holds it.
pub(crate) fn counterpart(hunks: &[Hunk], side: Side, token: usize) -> Option<usize> {
    let mut shift: isize = 0;
    for hunk in hunks {
        let (own, other) = (&hunk[side], &hunk[side.other()]);
        if own.contains(&token) {
            return None;
        }
        if own.end > token {
            break;
        }
        shift += other.len() as isize - own.len() as isize;
    }
    token.checked_add_signed(shift)
}

/// A text and its tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenText<'a> {
    /// The text.
    pub(crate) text: &'a str,
    /// Its tokens.
    pub(crate) tokens: &'a [Token],
    /// Its language, which knows the words that carry no content.
    pub(crate) language: Option<&'a Language>,
}

impl TokenText<'_> {
    /// The numbers of its tokens, by which they are compared.
    pub(super) fn ids(&self) -> Vec<TokenId> {
        self.tokens.iter().map(|token| token.id).collect()
    }
}
