//! Which signs are marks of punctuation, and which are a part of a value.

use super::window::WindowSide;
use crate::language::common;
use crate::text::TokenKind;

/// Whether a sign is a part of a value or a word: not one of the closed list of punctuation.
pub(super) fn is_sign(shown: &str) -> bool {
    let hidden = |c: char| crate::text::chars::is_hidden(c) || crate::text::chars::is_space(c);
    shown.chars().any(|c| !hidden(c) && !c.is_alphanumeric() && !common().is_punctuation(c))
}

/// Whether a tilde stands between two numbers, as a dash does.
pub(super) fn is_range(view: &WindowSide<'_>, token: usize) -> bool {
    let tokens = &view.passage.tokens;
    let number = |at: Option<usize>| {
        let kind = at.and_then(|at| tokens.get(at)).map(|token| token.kind);
        matches!(kind, Some(TokenKind::Number | TokenKind::Date))
    };
    matches!(view.text(&(token..token + 1)), "~" | "～") && number(token.checked_sub(1)) && number(Some(token + 1))
}
