//! The targets of links in a text: where they end, whether they lead somewhere, how wide they are.

use crate::text::chars;

/// Columns that the targets of links take in a line: how long an address is says nothing of where the text was wrapped.
pub(super) fn columns_of_targets(line: &str) -> u16 {
    let mut columns = 0u16;
    for (at, _) in line.match_indices("](") {
        let rest = &line[at + 2..];
        let len = end_of_target(rest).unwrap_or(0);
        if len > 0 && leads(&rest[..len]) {
            columns = columns.saturating_add(rest[..len].chars().map(chars::columns).sum::<u16>() + 3);
        }
    }
    columns
}

/// Bytes of a target: to the bracket that closes it, with brackets of its own in pairs.
pub(super) fn end_of_target(rest: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in rest.char_indices().take(4096) {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return (at > 0).then_some(at),
            ')' => depth -= 1,
            '\n' | '<' | '>' => return None,
            _ => {}
        }
    }
    None
}

/// Whether a target leads somewhere: an address, a path, a place in the page.
pub(super) fn leads(target: &str) -> bool {
    let address = target.split(' ').next().unwrap_or_default();
    let titled = target.len() == address.len() || target[address.len()..].trim_start().starts_with(['"', '\'']);
    let file = || {
        let name = address.split(['#', '?']).next().unwrap_or_default();
        name.rsplit_once('.').is_some_and(|(stem, ending)| {
            !stem.is_empty()
                && (2..=5).contains(&ending.len())
                && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    titled
        && !address.is_empty()
        && (address.contains("://")
            || ["/", "#", "./", "../", "www.", "mailto:", "tel:"].iter().any(|start| address.starts_with(start))
            || file())
}
