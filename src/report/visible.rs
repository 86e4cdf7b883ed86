//! Characters that a terminal obeys, or that nobody sees, in a form that everybody sees.
//!
//! A text under comparison is not to be trusted: an escape sequence in it could rewrite the report about it, a
//! bidirectional control could turn a number round. What is hidden is also what a reader of changes wants to be told.

use std::{borrow::Cow, fmt::Write as _};

use crate::text::chars::is_hidden;

/// Whether a character shows nothing by itself or steers a terminal. Tabs and line ends are not among them.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{AD}' | '\u{2028}' | '\u{2029}' => true,
        _ => c.is_control() || is_hidden(c),
    }
}

/// The text with every character that nobody sees as a mark such as `<U+202E>`, tabs and line ends as spaces.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| !matches!(c, '\t' | '\n' | '\r') && !is_unseen(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => out.push(' '),
            c if is_unseen(c) => {
                let _ = write!(out, "<U+{:04X}>", u32::from(c));
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// A piece of a text for a format that marks what nobody sees in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg(any(feature = "html", test))]
pub(super) enum VisiblePiece<'a> {
    /// Characters that are seen.
    Seen(&'a str),
    /// A character that is not.
    Unseen(char),
}

/// The pieces of a text, in order; tabs and line ends are left as they are.
#[cfg(any(feature = "html", test))]
pub(super) fn pieces(text: &str) -> impl Iterator<Item = VisiblePiece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        if is_unseen(first) {
            rest = &rest[first.len_utf8()..];
            return Some(VisiblePiece::Unseen(first));
        }
        let (seen, left) = rest.split_at(rest.find(is_unseen).unwrap_or(rest.len()));
        rest = left;
        Some(VisiblePiece::Seen(seen))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_a_terminal() {
        assert_eq!(
            visible("a\u{1B}[31mb\u{202E}c\td\u{200B}\u{9B}\u{7F}\u{AD}"),
            "a<U+001B>[31mb<U+202E>c d<U+200B><U+009B><U+007F><U+00AD>"
        );
        assert!(matches!(visible("نص — 中文 é"), Cow::Borrowed(_)));
    }

    #[test]
    fn pieces_hold_the_whole_text() {
        let found: Vec<VisiblePiece<'_>> = pieces("a\u{202E}\u{200B}b c").collect();
        assert_eq!(
            found,
            [
                VisiblePiece::Seen("a"),
                VisiblePiece::Unseen('\u{202E}'),
                VisiblePiece::Unseen('\u{200B}'),
                VisiblePiece::Seen("b c")
            ]
        );
        assert_eq!(pieces("").next(), None);
    }
}
