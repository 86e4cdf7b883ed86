//! Both sides of a comparison as one run of paragraphs, for documents that show changes in place.
//!
//! A clause is a paragraph: its label, what parts it from the text, the text. Whoever leaves out what was removed and
//! joins the paragraphs whose ends were removed to what follows reads the clauses after, one a paragraph; leaving out
//! what was added gives the clauses before.

use super::stretch::{Stretch, stretches};
use crate::change::{Change, Comparison, SequenceItem, interleave};
use crate::statement::{Clause, ClauseIndex};
use crate::text::{Pair, Side};

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

impl State {
    /// That of what stands on one side only.
    pub(super) const fn of(side: Side) -> Self {
        match side {
            Side::Before => Self::Removed,
            Side::After => Self::Added,
        }
    }
}

/// Text of one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FlowPiece<'a> {
    /// Its number among all pieces.
    pub(super) number: usize,
    pub(super) text: &'a str,
    pub(super) state: State,
    /// Whether it is a label, or what parts one from the text.
    pub(super) label: bool,
    /// The edit of its change that it belongs to.
    pub(super) edit: Option<usize>,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub(super) struct Paragraph<'a> {
    /// The change that its clause is of, by index.
    pub(super) change: usize,
    /// The side, where the clause stands on one side only or elsewhere on the other.
    pub(super) alone: Option<Side>,
    /// At least one, which may be empty.
    pub(super) pieces: Vec<FlowPiece<'a>>,
    /// On which sides it ends here.
    pub(super) end: State,
    /// The side and the clause that it is set like.
    pub(super) like: (Side, ClauseIndex),
}

/// The paragraphs of a comparison.
pub(super) fn flow<'a>(comparison: &'a Comparison, texts: Pair<&'a [Clause]>) -> Vec<Paragraph<'a>> {
    let mut flow = Flow { texts, paragraphs: Vec::new(), pieces: 0 };
    for strand in interleave(&comparison.changes, texts) {
        match strand {
            SequenceItem::Standing { change } => flow.standing(change, &comparison.changes[change]),
            SequenceItem::Alone { side, change, clause } => flow.alone(change, side, clause),
        }
    }
    flow.paragraphs
}

struct Flow<'a> {
    texts: Pair<&'a [Clause]>,
    paragraphs: Vec<Paragraph<'a>>,
    /// How many pieces there are.
    pieces: usize,
}

impl<'a> Flow<'a> {
    /// A clause that stands on one side only, or elsewhere on the other.
    fn alone(&mut self, change: usize, side: Side, at: ClauseIndex) {
        let clause = &self.texts[side][at];
        let state = State::of(side);
        self.paragraphs.push(Paragraph { change, alone: Some(side), pieces: Vec::new(), end: state, like: (side, at) });
        self.label(Some(clause), state);
        self.push(&clause.text, state, None);
        self.settle(state);
    }

    /// Clauses that stand at one place on both sides.
    fn standing(&mut self, number: usize, change: &'a Change) {
        let Pair { mut before, mut after } = change.clauses.as_ref().map(|clauses| clauses.iter().copied());
        self.begin(number, Pair::new(before.next(), after.next()));
        let stretches = stretches(change, self.texts);
        let mut stretches = stretches.iter().peekable();
        while let Some(stretch) = stretches.next() {
            let ends = |next: &&&Stretch<'_>| matches!(next, Stretch::Parted | Stretch::Joined) && *next != &stretch;
            match *stretch {
                Stretch::Same(text) => self.push(text, State::Kept, None),
                Stretch::Removed(text, edit) => self.push(text, State::Removed, edit),
                Stretch::Added(text, edit) => self.push(text, State::Added, edit),
                // One end for both sides where a clause ends on either.
                Stretch::Parted | Stretch::Joined if stretches.next_if(|next| ends(&next)).is_some() => {
                    self.end(State::Kept);
                    self.begin(number, Pair::new(before.next(), after.next()));
                }
                Stretch::Parted => {
                    self.end(State::Added);
                    self.begin(number, Pair::new(None, after.next()));
                }
                Stretch::Joined => {
                    self.end(State::Removed);
                    self.begin(number, Pair::new(before.next(), None));
                }
                Stretch::Gap => {}
            }
        }
        self.end(State::Kept);
    }

    /// Begins a paragraph with the labels of the clauses that begin here.
    fn begin(&mut self, change: usize, places: Pair<Option<ClauseIndex>>) {
        let like = match (places.before, places.after) {
            (_, Some(at)) => (Side::After, at),
            (Some(at), None) => (Side::Before, at),
            (None, None) => {
                let first = (Side::After, ClauseIndex::new(0));
                self.paragraphs.last().map_or(first, |paragraph| paragraph.like)
            }
        };
        self.paragraphs.push(Paragraph { change, alone: None, pieces: Vec::new(), end: State::Kept, like });
        let clauses = self.texts.zip(places).map(|(clauses, at)| at.map(|at| &clauses[at]));
        let printed = clauses.map(|clause| clause.map(|clause| (clause.label.as_deref(), clause.gap())));
        if printed.is_same() {
            self.label(clauses.after, State::Kept);
        } else {
            clauses.each().for_each(|(side, clause)| self.label(clause, State::of(side)));
        }
    }

    fn end(&mut self, end: State) {
        self.settle(State::Kept);
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.end = end;
        }
    }

    /// Gives a paragraph without text its empty piece.
    fn settle(&mut self, state: State) {
        if self.paragraphs.last().is_some_and(|paragraph| paragraph.pieces.is_empty()) {
            self.piece("", state, false, None);
        }
    }

    fn label(&mut self, clause: Option<&'a Clause>, state: State) {
        if let Some((clause, label)) = clause.and_then(|clause| Some((clause, clause.label.as_deref()?))) {
            self.piece(label, state, true, None);
            if !clause.gap().is_empty() {
                self.piece(clause.gap(), state, true, None);
            }
        }
    }

    fn push(&mut self, text: &'a str, state: State, edit: Option<usize>) {
        if !text.is_empty() {
            self.piece(text, state, false, edit);
        }
    }

    fn piece(&mut self, text: &'a str, state: State, label: bool, edit: Option<usize>) {
        let number = self.pieces;
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.pieces.push(FlowPiece { number, text, state, label, edit });
            self.pieces += 1;
        }
    }
}
