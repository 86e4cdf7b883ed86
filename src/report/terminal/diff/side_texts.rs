//! The clauses of a change, each side by itself with its own edits in it.

use std::ops::Range;

use crate::change::Change;
use crate::report::stretch::Stretch;
use crate::statement::Clause;
use crate::text::{Pair, Side};

/// Each clause of a change, side by side: text of both sides, and what only the side itself has.
pub(super) fn side_texts<'a>(change: &'a Change, texts: Pair<&'a [Clause]>) -> Pair<Vec<Vec<Stretch<'a>>>> {
    let texts: Pair<Vec<&str>> = texts.zip(change.clauses.as_ref()).map(|(clauses, places)| {
        places.iter().map(|at| at.of(clauses).map_or("", |clause| clause.text.as_str())).collect()
    });
    if texts.iter().any(Vec::is_empty) {
        return Pair::from_fn(|side| texts[side].iter().map(|text| vec![Stretch::of(side, text, None)]).collect());
    }
    let edited = edited(change, &texts.before);
    Pair::from_fn(|side| marked(side, &texts[side], edited.iter().map(|ranges| &ranges[side])))
}

/// The bytes of each edit on both sides, counted in the clauses of a side one behind the other.
fn edited(change: &Change, before: &[&str]) -> Vec<Pair<Range<usize>>> {
    let mut starts = Vec::with_capacity(before.len());
    let mut end = 0;
    for (at, text) in change.clauses.before.iter().zip(before) {
        starts.push((*at, end));
        end += text.len();
    }
    let (mut from, mut to) = (0, 0);
    let places = change.edits.iter().map(|edit| {
        let place = edit.places.before?;
        let (_, start) = starts.iter().find(|(clause, _)| *clause == place.clause)?;
        let start = (start + place.span.range().start).max(from);
        let after = to + (start - from);
        (from, to) = (start + edit.texts.before.len(), after + edit.texts.after.len());
        Some(Pair::new(start..from, after..to))
    });
    places.map(Option::unwrap_or_default).collect()
}

/// Texts one behind the other with ranges of them marked, text by text.
fn marked<'a, 'r>(
    side: Side,
    texts: &[&'a str],
    ranges: impl Iterator<Item = &'r Range<usize>>,
) -> Vec<Vec<Stretch<'a>>> {
    let ranges: Vec<(usize, &Range<usize>)> = ranges.enumerate().filter(|(_, range)| !range.is_empty()).collect();
    let (mut start, mut next) = (0, 0);
    let mut out = Vec::with_capacity(texts.len());
    for text in texts {
        let end = start + text.len();
        let piece = |range: Range<usize>| text.get(range.start - start..range.end - start).unwrap_or_default();
        let (mut stretches, mut at) = (Vec::new(), start);
        while let Some((number, range)) = ranges.get(next).filter(|(_, range)| range.start < end) {
            let range = range.start.max(at)..range.end.min(end).max(at);
            if range.start > at {
                stretches.push(Stretch::Same(piece(at..range.start)));
            }
            if !range.is_empty() {
                stretches.push(Stretch::of(side, piece(range.clone()), Some(*number)));
            }
            at = range.end.max(range.start);
            // What goes on in the next text is looked at again there.
            if ranges[next].1.end > end {
                break;
            }
            next += 1;
        }
        if at < end {
            stretches.push(Stretch::Same(piece(at..end)));
        }
        out.push(stretches);
        start = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::Relation;
    use crate::report::stretch::tests::{change, clause, edit};

    #[test]
    fn each_side_has_its_own_edits() {
        let (before, after) = ([clause("keep 150 posts")], [clause("keep 105 posts now")]);
        let edits = vec![edit("150", "105", 0, 5), edit("", " now", 0, 14)];
        let change = change(Relation::Modified, &[0], &[0], edits);
        let found = side_texts(&change, Pair::new(&before, &after));
        let same = Stretch::Same;
        assert_eq!(found.before, [[same("keep "), Stretch::Removed("150", Some(0)), same(" posts")]]);
        assert_eq!(
            found.after,
            [vec![same("keep "), Stretch::Added("105", Some(0)), same(" posts"), Stretch::Added(" now", Some(1))]]
        );
    }

    #[test]
    fn an_edit_across_clauses_is_marked_in_each_of_them() {
        let (one, two) = ([clause("one or two.")], [clause("one."), clause("And two.")]);
        let split = change(Relation::Split, &[0], &[0, 1], vec![edit(" or", ".And", 0, 3)]);
        let found = side_texts(&split, Pair::new(&one, &two));
        let same = Stretch::Same;
        assert_eq!(found.before, [[same("one"), Stretch::Removed(" or", Some(0)), same(" two.")]]);
        let added = |text| Stretch::Added(text, Some(0));
        assert_eq!(found.after, [[same("one"), added(".")], [added("And"), same(" two.")]]);
        let whole = change(Relation::Deleted, &[0], &[], Vec::new());
        assert_eq!(side_texts(&whole, Pair::new(&one, &two)).before, [[Stretch::Removed("one or two.", None)]]);
    }

    #[test]
    fn places_out_of_the_text_do_no_harm() {
        let (before, after) = ([clause("é")], [clause("e")]);
        let change = change(Relation::Modified, &[0, 7], &[0], vec![edit("x", "y", 0, 1), edit("x", "y", 0, 40)]);
        side_texts(&change, Pair::new(&before, &after));
    }
}
