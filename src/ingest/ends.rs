//! What the ends of a visual line show of the sentence that it belongs to.

use crate::text::chars;

/// What the ends of a line show; asked for many times, read once.
pub(super) struct Ends {
    pub(super) first: char,
    pub(super) last: char,
    /// Columns that the line before would have needed more to take in this line's first word.
    pub(super) unit: u16,
    pub(super) starts_unspaced: bool,
    pub(super) ends_unspaced: bool,
}

impl Ends {
    pub(super) fn of(line: &str) -> Self {
        let trimmed = line.trim_end_matches(|c: char| chars::is_closer(c) || chars::is_hidden(c));
        let opens = |c: &char| !chars::is_hidden(*c) && !matches!(c, '“' | '"' | '«' | '‘' | '(' | '[');
        // A letter in brackets of its own is the label of an item, and no word goes on with it.
        let labelled = line.strip_prefix('(').and_then(|rest| rest.split_once(')')).is_some_and(|(inner, _)| {
            !inner.is_empty() && inner.len() <= 8 && inner.chars().all(char::is_alphanumeric)
        });
        let first = if labelled { Some('(') } else { line.chars().find(opens) };
        Self {
            first: first.unwrap_or(' '),
            last: without_mark(trimmed).chars().next_back().unwrap_or(' '),
            unit: unit(line),
            starts_unspaced: line.starts_with(chars::is_unspaced),
            ends_unspaced: line.ends_with(chars::is_unspaced),
        }
    }
}

/// A line without the mark of a footnote that is glued to the stop at its end: `resolution 79/45,1`. A decimal or a group
/// stays: `of 3,5`.
fn without_mark(line: &str) -> &str {
    let words = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - words.len();
    if !(1..=2).contains(&digits) || !words.ends_with([',', ';', '.']) {
        return line;
    }
    let before = words[..words.len() - 1].bytes().rev().take_while(u8::is_ascii_digit).count();
    if words.ends_with(';') || before != 1 { words } else { line }
}

/// Columns of the first word of a line, with the space before it; of Chinese, of the first character.
fn unit(line: &str) -> u16 {
    let mut characters = line.chars();
    if line.starts_with(chars::is_unspaced) {
        // A closing mark begins no line: it takes the character before it along.
        let closes =
            characters.nth(1).is_some_and(|c| chars::is_closer(c) || chars::is_terminal(c) || matches!(c, '，' | '、'));
        return if closes { 4 } else { 2 };
    }
    let word = characters.take_while(|c| !chars::is_space(*c) && !chars::is_unspaced(*c)).take(40);
    word.map(chars::columns).sum::<u16>() + 1
}
