//! The paragraphs of a document that holds both sides.
//!
//! A clause is a paragraph: its label, what parts it from the text, the text. Whoever leaves out what was removed and
//! joins the paragraphs whose ends were removed to what follows reads the clauses after, one a paragraph; leaving out
//! what was added gives the clauses before.

use super::remarks::Remarks;
use crate::change::{Change, Comparison, Strand, weave};
use crate::report::stretch::{Stretch, stretches};
use crate::statement::Clause;
use crate::text::Pair;

/// On which sides something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// On both.
    Kept,
    /// Only before.
    Removed,
    /// Only after.
    Added,
}

/// Text of one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) state: State,
    /// The remarks that begin before it.
    pub(super) begins: Vec<usize>,
    /// The remarks that end behind it.
    pub(super) ends: Vec<usize>,
    /// The edit of its change that it belongs to.
    edit: Option<usize>,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub(super) struct Paragraph<'a> {
    pub(super) pieces: Vec<Piece<'a>>,
    /// On which sides it ends here.
    pub(super) end: State,
    /// The side and the clause that it is set like.
    pub(super) like: (Side, usize),
}

/// One of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// The paragraphs of a comparison, and the remarks on them.
pub(super) fn flow<'a>(comparison: &'a Comparison, texts: Pair<&'a [Clause]>) -> (Vec<Paragraph<'a>>, Remarks) {
    let mut flow = Flow { texts, paragraphs: Vec::new(), remarks: Remarks::default() };
    for strand in weave(&comparison.changes) {
        match strand {
            Strand::Standing { change } => flow.standing(&comparison.changes[change]),
            Strand::Gone { change, clause } => flow.alone(&comparison.changes[change], Side::Before, clause),
            Strand::Come { change, clause } => flow.alone(&comparison.changes[change], Side::After, clause),
        }
    }
    flow.finish();
    (flow.paragraphs, flow.remarks)
}

struct Flow<'a> {
    texts: Pair<&'a [Clause]>,
    paragraphs: Vec<Paragraph<'a>>,
    remarks: Remarks,
}

impl<'a> Flow<'a> {
    fn clause(&self, side: Side, at: usize) -> &'a Clause {
        match side {
            Side::Before => &self.texts.before[at],
            Side::After => &self.texts.after[at],
        }
    }

    /// A clause that stands on one side only, or elsewhere on the other.
    fn alone(&mut self, change: &Change, side: Side, at: usize) {
        let clause = self.clause(side, at);
        let state = if side == Side::Before { State::Removed } else { State::Added };
        let mut pieces = Vec::new();
        label(&mut pieces, Some(clause), state);
        push(&mut pieces, &clause.text, state, None);
        if let Some(remark) = self.remarks.on_clause(change, side == Side::Before, self.texts) {
            around(&mut pieces, remark, state);
        }
        self.paragraphs.push(Paragraph { pieces, end: state, like: (side, at) });
    }

    /// Clauses that stand at one place on both sides.
    fn standing(&mut self, change: &'a Change) {
        let first = self.paragraphs.len();
        let (mut before, mut after) = (change.before.iter().copied(), change.after.iter().copied());
        self.begin(before.next(), after.next());
        let stretches = stretches(change, self.texts.before, self.texts.after);
        let mut stretches = stretches.iter().peekable();
        while let Some(stretch) = stretches.next() {
            let ends = |next: &&&Stretch<'_>| matches!(next, Stretch::Parted | Stretch::Joined) && *next != &stretch;
            match *stretch {
                Stretch::Same(text) => self.push(text, State::Kept, None),
                Stretch::Removed(text, edit) => self.push(text, State::Removed, edit),
                Stretch::Added(text, edit) => self.push(text, State::Added, edit),
                // One end for both sides where a clause ends on either.
                Stretch::Parted | Stretch::Joined if stretches.next_if(|next| ends(&next)).is_some() => {
                    self.begin(before.next(), after.next());
                }
                Stretch::Parted => self.go_on(None, after.next(), State::Added),
                Stretch::Joined => self.go_on(before.next(), None, State::Removed),
                Stretch::Gap => {}
            }
        }
        self.remark(change, first);
    }

    fn push(&mut self, text: &'a str, state: State, edit: Option<usize>) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            push(&mut paragraph.pieces, text, state, edit);
        }
    }

    /// Ends a paragraph on one side, and begins the next.
    fn go_on(&mut self, before: Option<usize>, after: Option<usize>, end: State) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.end = end;
        }
        self.begin(before, after);
    }

    /// Begins a paragraph with the labels of the clauses that begin here.
    fn begin(&mut self, before: Option<usize>, after: Option<usize>) {
        let like = match (before, after) {
            (_, Some(at)) => (Side::After, at),
            (Some(at), None) => (Side::Before, at),
            (None, None) => self.paragraphs.last().map_or((Side::After, 0), |paragraph| paragraph.like),
        };
        let clauses = Pair {
            before: before.map(|at| self.clause(Side::Before, at)),
            after: after.map(|at| self.clause(Side::After, at)),
        };
        let mut pieces = Vec::new();
        let printed = |clause: Option<&'a Clause>| clause.map(|clause| (clause.label.as_deref(), clause.gap()));
        if printed(clauses.before) == printed(clauses.after) {
            label(&mut pieces, clauses.after, State::Kept);
        } else {
            label(&mut pieces, clauses.before, State::Removed);
            label(&mut pieces, clauses.after, State::Added);
        }
        self.paragraphs.push(Paragraph { pieces, end: State::Kept, like });
    }

    /// Puts the remarks on the edits of a change around them; `first` is the first of its paragraphs.
    fn remark(&mut self, change: &Change, first: usize) {
        let mut told = false;
        for (number, edit) in change.edits.iter().enumerate() {
            let Some(remark) = self.remarks.on_edit(change, edit, self.texts) else { continue };
            let mut pieces = self.paragraphs[first..].iter_mut().flat_map(|paragraph| &mut paragraph.pieces);
            let mut last = pieces.find(|piece| piece.edit == Some(number));
            if let Some(piece) = &mut last {
                piece.begins.push(remark);
            }
            let last = pieces.rfind(|piece| piece.edit == Some(number)).or(last);
            if let Some(piece) = last {
                piece.ends.push(remark);
                told = true;
            }
        }
        if told {
            return;
        }
        if let Some(remark) = self.remarks.on_whole(change, self.texts)
            && let Some(paragraph) = self.paragraphs.get_mut(first)
        {
            around(&mut paragraph.pieces, remark, State::Kept);
        }
    }

    /// Lets the document end on both sides with its last paragraph.
    ///
    /// The end of the last paragraph of a document can't be removed or added, so what came or went at the end of the text
    /// came or went with the end of the paragraph before it. Where some went and others came, the last of each share
    /// their end.
    fn finish(&mut self) {
        let kept = self.paragraphs.iter().rposition(|paragraph| paragraph.end == State::Kept);
        let tail = self.paragraphs.split_off(kept.map_or(0, |kept| kept + 1));
        let (mut gone, mut come): (Vec<_>, Vec<_>) =
            tail.into_iter().partition(|paragraph| paragraph.end == State::Removed);
        match (gone.pop(), come.pop()) {
            (None, None) => {}
            (Some(went), Some(mut came)) => {
                came.pieces = went.pieces.into_iter().chain(came.pieces).collect();
                came.end = State::Kept;
                self.paragraphs.extend(gone.into_iter().chain(come));
                self.paragraphs.push(came);
            }
            (Some(mut last), None) | (None, Some(mut last)) => {
                if let Some(kept) = self.paragraphs.last_mut() {
                    kept.end = last.end;
                }
                last.end = State::Kept;
                self.paragraphs.extend(gone.into_iter().chain(come));
                self.paragraphs.push(last);
            }
        }
    }
}

fn label<'a>(pieces: &mut Vec<Piece<'a>>, clause: Option<&'a Clause>, state: State) {
    if let Some((clause, label)) = clause.and_then(|clause| Some((clause, clause.label.as_deref()?))) {
        push(pieces, label, state, None);
        push(pieces, clause.gap(), state, None);
    }
}

fn push<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a str, state: State, edit: Option<usize>) {
    if !text.is_empty() {
        pieces.push(Piece { text, state, begins: Vec::new(), ends: Vec::new(), edit });
    }
}

/// Puts a remark around a paragraph; one without text gets an empty piece to hold it.
fn around(pieces: &mut Vec<Piece<'_>>, remark: usize, state: State) {
    if pieces.is_empty() {
        pieces.push(Piece { text: "", state, begins: Vec::new(), ends: Vec::new(), edit: None });
    }
    pieces[0].begins.push(remark);
    let last = pieces.len() - 1;
    pieces[last].ends.push(remark);
}

#[cfg(test)]
mod tests;
