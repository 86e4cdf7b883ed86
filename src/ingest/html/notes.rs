//! Footnotes of a page: links inside it whose words are a number, and the elements that they lead to.

use std::collections::BTreeMap;

use crate::ingest::entities;
use crate::ingest::tokens::{Piece, Token};

/// Greatest number of a footnote.
const NOTES: u32 = 999;

/// The words of tokens, one blank between them.
pub(super) fn words(tokens: &[Token<'_>]) -> String {
    let texts = tokens.iter().filter_map(|token| match token.piece {
        Piece::Text(text) => Some(entities::decoded(text)),
        _ => None,
    });
    texts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A word without the mark of a footnote that it may be.
pub(super) fn without_mark(word: &str, number: u32) -> &str {
    let bare = word.trim_matches(['[', ']', '(', ')', '.', ':']);
    if bare == number.to_string() || bare == "^" || bare == "↑" { "" } else { word }
}

/// The names that marks of footnotes lead to, each with its number: links inside the page whose words are a number, raised or
/// in brackets, or which say that they call a note.
pub(super) fn notes<'t>(tokens: &[Token<'t>]) -> BTreeMap<&'t str, u32> {
    let mut found = BTreeMap::new();
    let mut raised = 0;
    let mut back: Vec<&str> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Piece::Open(tag) = token.piece else { continue };
        if tag.is("sup") {
            raised = token.end;
        }
        let Some(name) = tag.attribute("href").filter(|_| tag.is("a")).and_then(|target| target.strip_prefix('#'))
        else {
            continue;
        };
        let own = &tokens[at + 1..token.end.max(at + 1)];
        let words = words(&own[..own.len().min(8)]);
        let bare = words.trim_matches(['[', ']', '(', ')']);
        let holds_sup = own.iter().take(3).any(|token| matches!(token.piece, Piece::Open(tag) if tag.is("sup")));
        let is_called =
            at < raised || holds_sup || words.starts_with('[') || tag.attribute("role") == Some("doc-noteref");
        let number = bare.parse().ok().filter(|number| (1..=NOTES).contains(number));
        if let Some(number) = number.filter(|_| is_called && !name.is_empty() && !back.contains(&name)) {
            found.entry(name).or_insert(number);
            back.extend(tag.attribute("id"));
            if back.len() > NOTES as usize {
                break;
            }
        }
    }
    found
}
