//! The words in which every report for people names a change: where it is, what became of it, how grave it is.

use crate::change::{Change, Comparison, Tier, Verdict};
use crate::record::Document;
use crate::statement::{Clause, ClauseIndex};
use crate::text::Pair;

/// `operative 7 → operative 8`, or one address where both sides have the same or only one has the clause.
pub(super) fn place(change: &Change, texts: Pair<&[Clause]>) -> String {
    if let Some(pieces) = &change.left_out {
        let piece = pieces.after.as_ref().or(pieces.before.as_ref());
        return piece.map_or_else(String::new, |piece| format!("left out, {}", piece.why.name()));
    }
    let sides = texts.zip(change.clauses.as_ref());
    let Pair { before, after } = sides.map(|(clauses, places)| addresses(clauses, places));
    match (before.is_empty(), after.is_empty()) {
        (true, _) => after,
        (_, true) => before,
        _ if before == after => after,
        _ => format!("{before} → {after}"),
    }
}

/// The addresses of clauses: `operative 7, operative 8`.
pub(super) fn addresses(clauses: &[Clause], places: &[ClauseIndex]) -> String {
    let named = places.iter().filter_map(|at| Some((*at, at.of(clauses)?)));
    let names: Vec<String> =
        named.map(|(at, clause)| if clause.address.is_empty() { at.id() } else { clause.address.clone() }).collect();
    names.join(", ")
}

/// The pages on which a change stands, of formats that know pages: `page 2`, `page 2 → page 3`.
#[cfg(any(feature = "cli", feature = "html"))]
pub(super) fn pages(sides: Pair<&Document>, change: &Change) -> Option<String> {
    use crate::text::Side;
    let page = |side: Side| {
        let source = &sides[side].source;
        let first = change.clauses[side].first().and_then(|at| at.of(&source.statement.clauses))?;
        source.layout.pages.at(first.span.start).map(|page| format!("page {page}"))
    };
    match (page(Side::Before), page(Side::After)) {
        (Some(before), Some(after)) if before != after => Some(format!("{before} → {after}")),
        (before, after) => after.or(before),
    }
}

/// The labels of clauses.
pub(super) fn labels(clauses: &[Clause], places: &[ClauseIndex]) -> String {
    let labels: Vec<&str> = places.iter().filter_map(|at| at.of(clauses)?.label.as_deref()).collect();
    labels.join(" ")
}

/// `modified, moved`.
pub(super) fn words(change: &Change) -> String {
    let mut words = vec![change.relation.name()];
    words.extend(change.moved.then_some("moved"));
    words.extend(change.renumbered.then_some("renumbered"));
    words.join(", ")
}

/// The names of the classes: `number, typography`.
pub(super) fn classes(change: &Change) -> String {
    change.classes.iter().map(|class| class.name()).collect::<Vec<_>>().join(", ")
}

/// A sign for a tier that does not need a colour.
pub(super) const fn mark(tier: Tier) -> char {
    match tier {
        Tier::Substantive => '■',
        Tier::Review => '◆',
        Tier::Editorial => '○',
        Tier::Invisible => '·',
    }
}

/// Counts that are not zero, with their names: `3 modified, 1 moved`.
pub(super) fn counted(counts: impl Iterator<Item = (&'static str, usize)>) -> String {
    let words: Vec<String> =
        counts.filter(|(_, count)| *count > 0).map(|(name, count)| format!("{count} {name}")).collect();
    words.join(", ")
}

/// One sentence on what was not classified because a language has no lexicon; none where all was, or nothing changed.
pub(super) fn unclassified(sides: Pair<&Document>, comparison: &Comparison) -> Option<String> {
    if comparison.verdict == Verdict::Identical {
        return None;
    }
    let lacking = sides.each().filter(|(side, _)| !comparison.has_lexicon[*side]);
    let mut names: Vec<&str> = lacking.map(|(_, document)| language_name(document)).collect();
    names.dedup();
    let who = match names[..] {
        [] => return None,
        [name] => format!("{name} has no lexicon"),
        _ => format!("{} have no lexicons", names.join(" and ")),
    };
    Some(format!("{who}: changes of words are told for review and not classified."))
}

fn language_name(document: &Document) -> &str {
    let statement = document.statement();
    let name = statement.language.and_then(|code| statement.catalogue.name(code));
    name.unwrap_or("A language that is not known")
}
