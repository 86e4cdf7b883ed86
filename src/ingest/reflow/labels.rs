//! Whether what a line begins with is a label, and not a number that a sentence was broken before.

use super::view::View;
use crate::language::Script;
use crate::statement::number::{self, Label};
use crate::text::chars;

/// Lines above in which the mark before one may stand inside.
const INLINE: usize = 12;

/// Whether a label stands on a line of its own, its text on the next.
pub(super) fn is_alone(view: &View<'_>, at: usize) -> bool {
    let shown = view.shown(at);
    shown.len() <= 16
        && number::label(shown, view.language).is_some_and(|label| {
            label.len == shown.len() && label.readings.iter().all(|reading| reading.rank.is_none())
        })
        || matches!(shown, "•" | "\u{F0B7}" | "▪" | "‣" | "●")
}

/// What the line before a label says of it.
#[derive(Clone, Copy)]
pub(super) struct Before {
    /// The line.
    pub(super) at: usize,
    /// Whether something ended with it, or the label goes on with a count.
    pub(super) ended: bool,
    /// Whether the label goes on with the count of the paragraph before.
    pub(super) follows: bool,
}

/// Whether a label at the start of a line is one, and not a number that a citation was broken before.
pub(super) fn may_begin(view: &View<'_>, before: Before, next: usize, label: &Label) -> bool {
    let Before { at, ended, follows } = before;
    if label.bullet {
        // "150 inspections – dont 24 – dans": a dash in the middle of a sentence is no bullet.
        let dash = |at: usize| view.shown(at).starts_with(['-', '–', '—']);
        if dash(next) && !dash(at) && !view.is_paused(at) {
            return false;
        }
        // Two lines in a row with one bullet are two items of a list.
        if view.shown(next).chars().next() == view.shown(at).chars().next() {
            return true;
        }
        return ended || view.lines[next].indent != view.lines[at].indent;
    }
    // "li." at the start of a line is the end of a word sooner than the fifty-first item.
    let marked = view.shown(next).starts_with(|c: char| c.is_numeric() || matches!(c, '(' | '（' | '§'))
        || label.begins_with_word(view.language);
    if !marked && !follows && label.readings.iter().all(|reading| reading.value != 1 && reading.rank.is_none()) {
        return false;
    }
    let previous = view.shown(at);
    let last = previous.rsplit(|c: char| chars::is_space(c) || c == '(').next().unwrap_or_default();
    let word = last.to_lowercase();
    // "; and" before the last item of a list cites nothing.
    let joins =
        follows && previous[..previous.len() - last.len()].trim_end().ends_with([';', ',', '；', '，', '؛', '،']);
    let cited = !joins
        && view.language.is_some_and(|language| language.citing.iter().any(|citing| citing.to_lowercase() == word));
    let unspaced = view.language.is_some_and(|language| language.script == Script::Han);
    !cited
        && (ended
            || joins
            || view.is_paused(at)
            || view.last(at) == '、'
            || (!unspaced && view.lines[next].indent != view.lines[at].indent))
}

/// Whether the mark before this one stands inside the lines `first` to `at`, behind other words: a sentence that counts its
/// items may be broken before any of them.
pub(super) fn counts_on(view: &View<'_>, first: usize, at: usize, label: &Label) -> bool {
    (first.max(at.saturating_sub(INLINE))..=at).rev().any(|line| {
        let shown = view.shown(line);
        let inside = shown.match_indices([' ', '\u{A0}']).map(|(blank, sign)| blank + sign.len());
        let marks = inside.filter(|start| shown[*start..].starts_with(['(', '（']));
        marks
            .filter_map(|start| number::label(&shown[start..], view.language))
            .any(|mark| label.follows(&mark) && label.is_like(&mark))
    })
}
