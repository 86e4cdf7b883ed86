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
}
