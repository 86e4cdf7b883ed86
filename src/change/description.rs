//! A change in one line, and where a reader would look for it. Every report that has only a line for a change tells it
//! in these words.

use super::comparison::{Change, Edit, Place};
use super::kind::{Relation, Tier};
use crate::statement::Clause;
use crate::text::{Interner, Pair, Side, Span, TokenKind, tokenize};

/// Edits of one change that a line quotes.
const MOST_QUOTES: usize = 3;

/// Characters of a quotation.
const MOST_CHARS: usize = 60;

/// The gravest edit of a change, of equal ones the first in the text.
#[must_use]
pub fn gravest(change: &Change) -> Option<&Edit> {
    gravest_first(&change.edits).into_iter().next()
}

/// Where a reader would look on each side: at the gravest edit, else at the first clause, the whole of it.
#[must_use]
pub fn focus(change: &Change, texts: Pair<&[Clause]>) -> Pair<Option<Place>> {
    // What a reader left out stands in no clause.
    if change.left_out.is_some() {
        return Pair::default();
    }
    let edit = gravest(change);
    Pair::from_fn(|side| {
        edit.and_then(|edit| edit.places[side]).or_else(|| {
            let clause = *change.clauses[side].first()?;
            Some(Place { clause, span: Span::new(0, clause.of(texts[side])?.text.len()) })
        })
    })
}

/// The address of the clause that a reader would look at: after, or of a deleted clause, before.
#[must_use]
pub fn address(change: &Change, texts: Pair<&[Clause]>) -> Option<String> {
    if let Some(pieces) = &change.left_out {
        let piece = pieces.after.as_ref().or(pieces.before.as_ref())?;
        return Some(format!("left out ({})", piece.why.name()));
    }
    let focus = focus(change, texts);
    let side = if focus.after.is_some() { Side::After } else { Side::Before };
    let found = focus[side]?.clause.of(texts[side]);
    found.map(|clause| clause.address.clone()).filter(|address| !address.is_empty())
}

/// How many words a change takes out and how many it brings in; a Chinese character counts as one.
#[must_use]
pub fn words(change: &Change, texts: Pair<&[Clause]>) -> Pair<usize> {
    let mut interner = Interner::new();
    let mut count =
        |text: &str| tokenize(text, None, &mut interner).iter().filter(|token| token.kind != TokenKind::Mark).count();
    let is_whole = matches!(change.relation, Relation::Inserted | Relation::Deleted) && change.left_out.is_none();
    Pair::from_fn(|side| {
        if is_whole {
            let clauses = change.clauses[side].iter().filter_map(|at| at.of(texts[side]));
            return clauses.map(|clause| count(&clause.text)).sum();
        }
        change.edits.iter().map(|edit| count(&edit.texts[side])).sum()
    })
}

/// A change in one line, with its gravest edits of at least a tier: `“150” → “105” (number)`.
#[must_use]
pub fn message(change: &Change, texts: Pair<&[Clause]>, least: Tier) -> String {
    let first = |side: Side| {
        let clause = change.clauses[side].first().and_then(|at| at.of(texts[side]));
        clause.map_or_else(String::new, |clause| quote(&clause.text))
    };
    let class = change.classes.first().map_or("", |class| class.name());
    match change.relation {
        _ if change.left_out.is_some() => {}
        Relation::Inserted => return format!("added {} ({class})", first(Side::After)),
        Relation::Deleted => return format!("deleted {} ({class})", first(Side::Before)),
        _ => {}
    }
    let mut grave = gravest_first(&change.edits);
    grave.retain(|edit| edit.tier >= least);
    let mut parts: Vec<String> = grave.iter().take(MOST_QUOTES).map(|edit| edit_in_words(edit)).collect();
    if grave.len() > MOST_QUOTES {
        parts.push(format!("{} more", grave.len() - MOST_QUOTES));
    }
    if parts.is_empty() {
        // What weighs is not in the words: a move, a split, another number before the clause.
        let classes: Vec<&str> = change.classes.iter().map(|class| class.name()).collect();
        let side = if change.clauses.after.is_empty() { Side::Before } else { Side::After };
        return format!("{} ({})", first(side), classes.join(", "));
    }
    parts.join("; ")
}

fn gravest_first(edits: &[Edit]) -> Vec<&Edit> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.tier, edit.class)));
    edits
}

/// An edit in one line: `“150” → “105” (number)`.
#[must_use]
pub fn edit_in_words(edit: &Edit) -> String {
    let class = edit.class;
    // What hangs on the words is told by what the rule saw.
    if edit.texts.before.is_empty() && edit.texts.after.is_empty() {
        let evidence = edit.reasons.iter().find_map(|reason| reason.evidence.as_deref()).unwrap_or("changed");
        return format!("{evidence} ({class})");
    }
    match (edit.texts.before.is_empty(), edit.texts.after.is_empty()) {
        (true, _) => format!("added {} ({class})", quote(&edit.texts.after)),
        (_, true) => format!("deleted {} ({class})", quote(&edit.texts.before)),
        _ => format!("{} → {} ({class})", quote(&edit.texts.before), quote(&edit.texts.after)),
    }
}

/// The beginning of a text in quotation marks.
fn quote(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("“{}…”", text[..end].trim_end()),
        None => format!("“{text}”"),
    }
}
