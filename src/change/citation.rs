//! Whether a number cites a clause or measures a thing.

use std::ops::Range;

use super::window::View;
use crate::language::{Sense, Table, han_numeral, roman_numeral};
use crate::text::{TokenKind, chars};

/// Tokens between a word that cites and the number it cites.
const CITED: usize = 8;

/// Signs of units and of arithmetic.
pub(super) fn is_unit(c: char) -> bool {
    "%٪％‰$€£¥°+×=<>±".contains(c)
}

/// A single letter or a Roman numeral, as they count clauses.
pub(super) fn is_letter(shown: &str) -> bool {
    let mut signs = shown.chars();
    matches!((signs.next(), signs.next()), (Some(c), None) if c.is_alphabetic() && !chars::is_han(c))
        || roman_numeral(shown).is_some()
}

/// Whether a unit stands right behind a number: it measures then, and cites nothing.
pub(super) fn is_measured(view: &View<'_>, end: usize) -> bool {
    if end >= view.tokens.end {
        return false;
    }
    let sign = view.text(&(end..end + 1));
    sign.chars().all(is_unit) && !sign.is_empty()
        || view
            .find_from(Table::Number, end..end + 1)
            .iter()
            .any(|found| matches!(found.sense, Sense::Percent | Sense::Multiplier(_)))
}

/// Whether a word that cites stands before the tokens, with nothing but other numbers, letters and marks between, or one
/// that is cited by number stands behind them.
pub(super) fn is_cited(view: &View<'_>, tokens: &Range<usize>) -> bool {
    let Some(language) = view.language else { return false };
    let lexicon = language.lexicon();
    let begins_at = |start: usize| {
        view.find_from(Table::Reference, start..start + 1).iter().any(|found| found.sense == Sense::Cited)
    };
    let between = |token: usize| {
        let kind = view.passage.tokens[token].kind;
        let shown = view.text(&(token..token + 1));
        match kind {
            TokenKind::Number => true,
            TokenKind::Mark => matches!(shown, "(" | ")" | "," | "-" | "–" | "." | "（" | "）" | "、" | "，" | "°"),
            TokenKind::Word => is_letter(shown) || lexicon.joins_citations(view.word(token)),
            TokenKind::Han => lexicon.joins_citations(shown) || han_numeral(shown).is_some(),
            TokenKind::Date | TokenKind::Symbol => false,
        }
    };
    let ends_at = |end: usize| {
        let near = view.find_from(Table::Reference, end.saturating_sub(8)..end);
        near.iter().any(|found| found.sense == Sense::Citing && found.end == end)
    };
    let mut at = tokens.start;
    for _ in 0..CITED {
        if ends_at(at) {
            return true;
        }
        if at == view.tokens.start || !between(at - 1) {
            break;
        }
        at -= 1;
    }
    let behind = tokens.end..view.tokens.end.min(tokens.end + CITED);
    behind.clone().find(|at| begins_at(*at) || !between(*at)).is_some_and(begins_at)
}
