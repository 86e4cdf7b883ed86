//! Two neighbouring lines of text, with what the signs ask of them again and again.

use super::body::Body;
use super::habits::Habits;
use super::labels;
use super::view::View;
use crate::ingest::lines::Line;
use crate::statement::number::Label;

/// Where a line stands in the paragraph that is open, and what it begins with.
pub(super) struct Place<'a> {
    /// The line before, which belongs to the open paragraph.
    pub(super) at: usize,
    /// Whether that one begins the paragraph.
    pub(super) opens: bool,
    /// The line that begins it.
    pub(super) first: usize,
    /// Whether the next line stands under the words of an item, right of its label.
    pub(super) hangs: bool,
    /// The next line.
    pub(super) next: Body,
    /// The line after both.
    pub(super) after: Option<usize>,
    /// The label that `next` begins with.
    pub(super) label: Option<&'a Label>,
    /// Whether that label goes on with the count of the paragraph before.
    pub(super) follows: bool,
}

/// Two lines, one behind the other, as signs look at them.
pub(super) struct Pair<'a> {
    /// All lines.
    pub(super) view: &'a View<'a>,
    /// The signs that the document uses.
    pub(super) habits: &'a Habits,
    /// The first line, by index.
    pub(super) at: usize,
    /// The second.
    pub(super) next: usize,
    /// The line after both.
    pub(super) after: Option<usize>,
    /// The line that begins the paragraph of the first.
    pub(super) first: usize,
    /// The first line.
    pub(super) before: &'a Line,
    /// The second.
    pub(super) line: &'a Line,
    /// Whether a page ends between them.
    pub(super) page: bool,
    /// Whether the first begins a paragraph.
    pub(super) opens: bool,
    /// Whether the second stands under the words of an item.
    pub(super) hangs: bool,
    /// Whether the second begins with a lower-case letter.
    pub(super) is_lower_case: bool,
    /// Whether the second begins with a capital letter.
    pub(super) is_upper_case: bool,
    /// Whether a sentence ends with the first.
    pub(super) finished: bool,
    /// Whether a sentence or a preambular paragraph may end with the first.
    pub(super) paused: bool,
    /// Whether the first filled its column.
    pub(super) full: bool,
    /// Whether the second begins with a label, and not with a number that is cited.
    pub(super) labelled: bool,
    /// How far below the first the second stands, where that is more than between lines of one paragraph.
    pub(super) wide_step: Option<u32>,
    /// Whether they stand as close on the page as lines of one paragraph do, where gaps part paragraphs.
    pub(super) is_close: bool,
    /// Whether they stand further apart than lines of one paragraph.
    pub(super) apart: bool,
}

impl<'a> Pair<'a> {
    /// The pair at a place, everything asked once.
    pub(super) fn new(view: &'a View<'a>, habits: &'a Habits, place: &Place<'_>) -> Self {
        let Place { at, opens, first, hangs, next: Body { at: next, page }, after, label, follows } = *place;
        let (before, line) = (&view.lines[at], &view.lines[next]);
        let finished = view.is_finished(at);
        let full = view.is_full(at, next, &habits.column);
        let wider = line.blanks > habits.blanks;
        // Half a line more is more than lines of one paragraph differ in.
        let wide_step = habits.leading.and_then(|usual| view.step(at, next).filter(|step| step * 2 > usual * 3));
        // A tenth of a line more is what rounding makes.
        let is_close = habits.gaps
            && !page
            && habits.leading.is_some_and(|usual| view.step(at, next).is_some_and(|step| step * 10 <= usual * 11));
        let labelled = label.is_some_and(|label| {
            let ended = finished || !full || follows;
            labels::may_begin(view, labels::Before { at, ended, follows }, next, label)
                && (!full || wider || !labels::counts_on(view, first, at, label))
        });
        Self {
            view,
            habits,
            at,
            next,
            after,
            first,
            before,
            line,
            page,
            opens,
            hangs,
            is_lower_case: view.first(next).is_lowercase(),
            is_upper_case: view.first(next).is_uppercase(),
            finished,
            paused: view.is_paused(at),
            full,
            labelled,
            wide_step,
            is_close,
            apart: !page && (wider || wide_step.is_some()),
        }
    }

    /// Whether the second line is set in as first lines are, where that tells without exception.
    pub(super) fn has_first_indent(&self) -> bool {
        self.habits.first_indent == Some(self.line.indent) && !self.hangs
    }

    /// Whether the second line is set in, where that tells, and not as the line before was in the middle of a sentence.
    pub(super) fn is_set_in(&self) -> bool {
        self.habits.indents
            && !self.page
            && self.line.indent > self.habits.margin
            && !self.hangs
            && (self.line.indent != self.before.indent || !self.full || self.paused)
    }

    /// Whether the layout alone begins a paragraph: by a gap or an indent.
    pub(super) fn layout_begins(&self) -> bool {
        self.apart || self.has_first_indent() || self.is_set_in()
    }
}
