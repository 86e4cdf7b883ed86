//! Text that stays text in Markdown: no markup, no link, no mention, no HTML.
//!
//! Signs of markup are escaped. What forges find in a finished text, mentions, numbers of issues, addresses, names of
//! emoji, is parted by `&#8203;`, a space of no width, as others do who quote texts in comments: no escape helps there.
//! Characters that nobody sees are shown.

use std::fmt::Write as _;

use crate::report::visible::visible;

/// Signs that forges make something of in a finished text when a letter, a digit or another sign stands behind them.
const CALLS: &str = "@#!~%&$:";

/// Text in a line of Markdown.
pub(super) fn text(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 16);
    let ordinal = ordinal(&text);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A forge sets what stands between two of them as a formula, escaped or not.
            '$' => out.push_str("<span>$</span>"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' => {
                out.push('\\');
                out.push(c);
            }
            '-' | '+' | '=' if at == 0 => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if Some(at) == ordinal => {
                out.push('\\');
                out.push(c);
            }
            // Where a line begins, four spaces would begin a block of code.
            ' ' if at == 0 && next == Some(' ') => out.push_str("&#32;"),
            c => out.push(c),
        }
        if calls(&text[..at], c, next) {
            out.push_str("&#8203;");
        }
    }
    out
}

/// Text between marks, which stand only where no space is beside them.
pub(super) fn marked(piece: &str) -> String {
    let inner = piece.trim();
    if inner.is_empty() || inner.len() == piece.len() {
        return if inner.is_empty() { spaces(piece) } else { text(piece) };
    }
    let start = piece.len() - piece.trim_start().len();
    format!("{}{}{}", spaces(&piece[..start]), text(inner), spaces(&piece[start + inner.len()..]))
}

/// White space as references.
fn spaces(text: &str) -> String {
    let mut out = String::new();
    for c in visible(text).chars() {
        let _ = if c.is_whitespace() { write!(out, "&#{};", u32::from(c)) } else { write!(out, "{c}") };
    }
    out
}

/// The name of a version or a file: as code where nothing in it could end that, else as text.
pub(super) fn name(name: &str) -> String {
    if is_plain(name) { format!("`{name}`") } else { text(name) }
}

/// A name inside an element of HTML.
pub(super) fn html_name(name: &str) -> String {
    if is_plain(name) { format!("<code>{name}</code>") } else { html(name) }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_.@~:-+".contains(&byte))
}

/// Text inside an element of HTML.
pub(super) fn html(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '$' => out.push_str("<span>$</span>"),
            c => out.push(c),
        }
        if calls(&text[..at], c, chars.peek().map(|(_, next)| *next)) {
            out.push_str("&#8203;");
        }
    }
    out
}

/// Whether a forge may make a reference of a character and what follows it.
fn calls(before: &str, c: char, next: Option<char>) -> bool {
    let Some(next) = next else { return false };
    match c {
        // `10:30` and `a: b` are no emoji and no address.
        ':' => next == '/' || next.is_ascii_alphabetic() || matches!(next, '+' | '-' | '_'),
        // An address begins with all four signs, so they must be parted before the last.
        'w' | 'W' => {
            next == '.'
                && before.len() >= 2
                && before.get(before.len() - 2..).is_some_and(|www| www.eq_ignore_ascii_case("ww"))
        }
        '-' => {
            next.is_ascii_digit()
                && before.get(before.len().saturating_sub(2)..).is_some_and(|gh| gh.eq_ignore_ascii_case("gh"))
        }
        c => CALLS.contains(c) && (next.is_alphanumeric() || matches!(next, '_' | '"')),
    }
}

/// The sign that would make of a number at the beginning the number of a list's item.
fn ordinal(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_stays_text() {
        assert_eq!(text("*a* _b_ `c` [d](e) ~f~ |"), "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~&#8203;f\\~ \\|");
        assert_eq!(text("<b>&amp;"), "&lt;b&gt;&amp;&#8203;amp;");
        assert_eq!(text("1. a"), "1\\. a");
        assert_eq!(text("- a - b"), "\\- a - b");
        assert_eq!(text("# a"), "\\# a");
        assert_eq!(text("$a$"), "<span>$</span>&#8203;a<span>$</span>");
    }

    #[test]
    fn nothing_calls() {
        assert_eq!(text("@user"), "@&#8203;user");
        assert_eq!(text("o/r#12"), "o/r\\#&#8203;12");
        assert_eq!(text("https://e.org"), "https:&#8203;//e.org");
        assert_eq!(text("www.e.org"), "www&#8203;.e.org");
        assert_eq!(text("GH-12, :tada:"), "GH-&#8203;12, :&#8203;tada:");
        assert_eq!(text("at 10:30: so"), "at 10:30: so");
        assert_eq!(html("<i>@user"), "&lt;i&gt;@&#8203;user");
    }

    #[test]
    fn marks_have_no_space_beside_them() {
        assert_eq!(marked(" a "), "&#32;a&#32;");
        assert_eq!(marked(" "), "&#32;");
        assert_eq!(marked("\u{A0}中文"), "&#160;中文");
        assert_eq!(marked("\u{202E}x"), "&lt;U+202E&gt;x");
    }
}
