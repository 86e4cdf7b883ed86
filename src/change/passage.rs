//! The texts of a link's clauses on one side, one behind the other.
//!
//! Most links have one clause on each side. A split or a merge has several on one: their texts are set one behind the
//! other with nothing between, compared as one, and the edits are cut again where clauses meet.

use std::{cell::OnceCell, ops::Range};

use super::comparison::Place;
use crate::diff::TokenText;
use crate::language::Language;
use crate::statement::ClauseIndex;
use crate::text::{Span, Token, word_edges};

/// Clauses of one side as one text.
#[derive(Debug, Default)]
pub(super) struct Passage {
    pub(super) text: String,
    pub(super) tokens: Vec<Token>,
    /// Tokens that count items inside a sentence, ascending.
    pub(super) enumerators: Vec<usize>,
    /// Bytes of marks that are labels of clauses on the other side, ascending; no token stands for them.
    pub(super) lifted: Vec<Range<usize>>,
    /// Each clause and the byte where its text begins.
    starts: Vec<(ClauseIndex, usize)>,
    /// Where words of the text begin and end, once asked for.
    edges: OnceCell<Vec<usize>>,
    has_lowercase: OnceCell<bool>,
}

impl Passage {
    /// Adds a clause with its tokens.
    pub(super) fn push(&mut self, clause: ClauseIndex, text: &str, tokens: &[Token]) {
        let start = self.text.len();
        self.starts.push((clause, start));
        self.text.push_str(text);
        self.tokens.extend(tokens.iter().map(|token| Token {
            span: Span::new(token.span.start as usize + start, token.span.end as usize + start),
            ..*token
        }));
    }

    /// What is compared of it.
    pub(super) fn token_text<'a>(&'a self, language: Option<&'a Language>) -> TokenText<'a> {
        TokenText { text: &self.text, tokens: &self.tokens, language }
    }

    /// Whether a dictionary word begins with the token and ends with it.
    pub(super) fn is_word(&self, token: usize) -> bool {
        let edges = self.edges.get_or_init(|| word_edges(&self.text));
        let span = self.tokens[token].span.range();
        edges.binary_search(&span.start).is_ok() && edges.binary_search(&span.end).is_ok()
    }

    /// Whether a letter of the text is small; where none is, a capital one tells nothing.
    pub(super) fn has_lowercase(&self) -> bool {
        *self.has_lowercase.get_or_init(|| self.text.chars().any(char::is_lowercase))
    }

    /// A token as it is written; nothing beyond the last.
    pub(super) fn shown(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |token| &self.text[token.span.range()])
    }

    /// The byte at which the text of a clause begins.
    pub(super) fn start_of_clause(&self, clause: ClauseIndex) -> Option<usize> {
        self.starts.iter().find(|(own, _)| *own == clause).map(|(_, start)| *start)
    }

    /// Bytes at which a clause begins, but for the first.
    pub(super) fn boundaries(&self) -> impl Iterator<Item = usize> + '_ {
        self.starts.iter().skip(1).map(|(_, start)| *start)
    }

    /// Whether a mark that is a label on the other side stands in the range.
    pub(super) fn lifts(&self, range: &Range<usize>) -> bool {
        self.lifted.iter().any(|mark| range.start <= mark.start && mark.end <= range.end)
    }

    /// Whether two clauses meet in the range.
    pub(super) fn meets(&self, range: &Range<usize>) -> bool {
        self.boundaries().any(|at| range.start <= at && at <= range.end)
    }

    /// The clause that byte `at` stands in, and its place there; the end of a clause belongs to it.
    pub(super) fn place(&self, range: &Range<usize>) -> Option<Place> {
        let after = self
            .starts
            .partition_point(|(_, start)| if range.is_empty() { *start < range.start } else { *start <= range.start });
        let (clause, start) = self.starts.get(after.saturating_sub(1)).copied()?;
        Some(Place { clause, span: Span::new(range.start.max(start) - start, range.end.max(start) - start) })
    }

    /// The clause that a token stands in.
    pub(super) fn place_of(&self, token: usize) -> Option<ClauseIndex> {
        self.place(&self.tokens.get(token)?.span.range()).map(|place| place.clause)
    }

    /// What stands behind its last token.
    pub(super) fn tail(&self) -> Range<usize> {
        self.end_of(self.tokens.len().checked_sub(1))..self.text.len()
    }

    /// The bytes from the first to the last of some tokens, which are not none.
    pub(super) fn bytes_of(&self, tokens: &Range<usize>) -> Range<usize> {
        self.start_of(tokens.start)..self.end_of(Some(tokens.end - 1))
    }

    /// The same with the white space on both sides of them.
    pub(super) fn bytes_around(&self, tokens: &Range<usize>) -> Range<usize> {
        self.end_of(tokens.start.checked_sub(1))..self.start_of(tokens.end)
    }

    /// The white space before a token that is not the first.
    pub(super) fn gap_before(&self, token: usize) -> Range<usize> {
        self.end_of(Some(token - 1))..self.start_of(token)
    }

    /// A range of its bytes, parted where clauses meet in it.
    pub(super) fn parted(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let cuts = self.boundaries().filter(|at| range.start < *at && *at < range.end);
        let mut start = range.start;
        cuts.chain([range.end]).map(|end| std::mem::replace(&mut start, end)..end).collect()
    }

    /// The byte behind a token; the first of the text where there is none.
    pub(super) fn end_of(&self, token: Option<usize>) -> usize {
        token.map_or(0, |at| self.tokens[at].span.end as usize)
    }

    /// The byte that a token begins with; behind the text where there is none.
    pub(super) fn start_of(&self, token: usize) -> usize {
        self.tokens.get(token).map_or(self.text.len(), |token| token.span.start as usize)
    }
}
