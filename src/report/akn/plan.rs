//! Where the clauses of a statement stand in a document: its parts, the zones of a part, the tree of a zone.
//!
//! Only kinds, labels, components and parents are asked. The order of the clauses is kept throughout, but for footnotes,
//! which go where they are called.

use std::ops::Range;

use super::notes::Notes;
use crate::statement::{Clause, ClauseIndex, ClauseKind, Component, Statement};

/// Deepest nesting of clauses; what lies deeper stands at that depth. Parsers bound the depth of elements.
const MOST_DEPTH: usize = 32;
/// Most clauses between the title and the first preambular paragraph.
const MOST_OPENING: usize = 6;

/// A part of a file that is a document of its own: the letter, the statement it transmits, an annex.
pub(super) struct Part {
    /// The component; none where the statement has no components.
    pub(super) component: Option<Component>,
    /// Its clauses.
    pub(super) clauses: Range<usize>,
}

/// The parts in the order of the text, at least one. What stands before the first component belongs to it.
pub(super) fn parts(statement: &Statement) -> Vec<Part> {
    let component = |at: Option<usize>| statement.components.get(at?).copied();
    let mut parts = Vec::new();
    let (mut start, mut current) = (0, None);
    for (at, clause) in statement.clauses.iter().enumerate() {
        if clause.component <= current {
            continue;
        }
        if current.is_some() {
            parts.push(Part { component: component(current), clauses: start..at });
            start = at;
        }
        current = clause.component;
    }
    parts.push(Part { component: component(current), clauses: start..statement.clauses.len() });
    parts
}

/// The zones of a document, one behind the other; any of them may be empty.
pub(super) struct Zones {
    pub(super) cover: Range<usize>,
    pub(super) preface: Range<usize>,
    /// What stands in the preamble before its first paragraph: the organ that speaks.
    pub(super) opening: Range<usize>,
    pub(super) preamble: Range<usize>,
    pub(super) body: Range<usize>,
    pub(super) conclusions: Range<usize>,
}

/// Sorts the clauses of a part into zones.
pub(super) fn zones(statement: &Statement, notes: &Notes, part: &Range<usize>) -> Zones {
    let sorter = Sorter::of(statement, notes, part);
    let cover = sorter.cover();
    let preface = sorter.run(cover, |clause, governs| opens(clause) && !governs);
    let first = sorter.first_preambular(preface);
    let preamble = first.map_or(preface, |first| sorter.preamble(first));
    // The organ that speaks stands right before what it says; what stands before that is of the preface.
    let first = first.unwrap_or(preface);
    let speaks = |at: &usize| *at >= preface && sorter.clauses[*at].kind == ClauseKind::Paragraph;
    let opening = first.checked_sub(1).filter(speaks).unwrap_or(first);
    let conclusions = sorter.conclusions(preamble);
    Zones {
        cover: part.start..cover,
        preface: cover..opening,
        opening: opening..first,
        preamble: first..preamble,
        body: preamble..conclusions,
        conclusions: conclusions..part.end,
    }
}

/// Whether a clause belongs before the text proper.
fn opens(clause: &Clause) -> bool {
    match clause.kind {
        ClauseKind::Masthead | ClauseKind::Note | ClauseKind::Title | ClauseKind::Dateline => true,
        ClauseKind::Heading => clause.label.is_none(),
        _ => false,
    }
}

/// Whether a clause may stand behind the text proper.
fn closes(clause: &Clause) -> bool {
    is_signed(clause) || matches!(clause.kind, ClauseKind::Note | ClauseKind::Masthead | ClauseKind::Footnote)
}

fn is_signed(clause: &Clause) -> bool {
    matches!(clause.kind, ClauseKind::Signature | ClauseKind::Dateline)
}

/// The clauses of a part, to be sorted. A footnote that is called is nowhere, so it fits everywhere.
struct Sorter<'a> {
    /// The clauses of the statement up to the end of the part.
    clauses: &'a [Clause],
    notes: &'a Notes,
    part: &'a Range<usize>,
    /// Which clauses of the part govern others.
    governs: Vec<bool>,
}

impl<'a> Sorter<'a> {
    fn of(statement: &'a Statement, notes: &'a Notes, part: &'a Range<usize>) -> Self {
        let clauses = &statement.clauses[..part.end];
        let mut governs = vec![false; part.len()];
        for clause in &clauses[part.start..] {
            if let Some(parent) = clause.parent.map(ClauseIndex::get).filter(|parent| part.contains(parent)) {
                governs[parent - part.start] = true;
            }
        }
        Self { clauses, notes, part, governs }
    }

    /// Where a run of clauses that fit ends; `fits` is also told whether the clause governs others.
    fn run(&self, from: usize, fits: impl Fn(&Clause, bool) -> bool) -> usize {
        let passes = |at: usize| {
            self.notes.is_called(ClauseIndex::new(at)) || fits(&self.clauses[at], self.governs[at - self.part.start])
        };
        (from..self.part.end).find(|at| !passes(*at)).unwrap_or(self.part.end)
    }

    /// Where the cover page ends: behind the last line of the masthead.
    fn cover(&self) -> usize {
        let start = self.part.start;
        let head = self.run(start, |clause, _| matches!(clause.kind, ClauseKind::Masthead | ClauseKind::Note));
        (start..head).rfind(|at| self.clauses[*at].kind == ClauseKind::Masthead).map_or(start, |at| at + 1)
    }

    /// The first preambular paragraph, if little stands before it and nothing that acts.
    fn first_preambular(&self, from: usize) -> Option<usize> {
        let head = &self.clauses[from..];
        let head = &head[..head.len().min(MOST_OPENING + 1)];
        let place = head.iter().position(|clause| clause.kind == ClauseKind::Preambular)?;
        let precedes = |clause: &Clause| {
            let spoken = clause.kind == ClauseKind::Paragraph && clause.label.is_none();
            spoken || opens(clause) || clause.kind == ClauseKind::Footnote
        };
        head[..place].iter().all(precedes).then_some(from + place)
    }

    /// Where a preamble ends: behind its last paragraph and the items of that.
    fn preamble(&self, first: usize) -> usize {
        let is_item = |clause: &Clause| {
            clause.kind == ClauseKind::Item && clause.parent.is_some_and(|parent| parent.get() >= first)
        };
        let end = self.run(first, |clause, _| match clause.kind {
            ClauseKind::Preambular | ClauseKind::Footnote | ClauseKind::Note => true,
            ClauseKind::Paragraph => clause.label.is_none(),
            _ => is_item(clause),
        });
        let last = (first..end).rfind(|at| self.clauses[*at].kind == ClauseKind::Preambular).unwrap_or(first);
        self.run(last + 1, |clause, _| is_item(clause))
    }

    /// Where the conclusions begin: at the first signature or date line behind the text.
    fn conclusions(&self, from: usize) -> usize {
        let stands = |at: &usize| !self.notes.is_called(ClauseIndex::new(*at)) && !closes(&self.clauses[*at]);
        let tail = (from..self.part.end).rfind(stands).map_or(from, |at| at + 1);
        (tail..self.part.end).find(|at| is_signed(&self.clauses[*at])).unwrap_or(self.part.end)
    }
}

/// A clause and what stands under it.
pub(super) struct Node {
    /// The clause.
    pub(super) clause: ClauseIndex,
    /// The clauses under it, in order.
    pub(super) children: Vec<Node>,
}

/// The clauses of a zone as a tree, in their order.
///
/// A clause stands under its parent as long as that is open. It closes nothing that goes on behind it: a note between two
/// items stands between them, under the lead-in of their list.
pub(super) fn tree(statement: &Statement, notes: &Notes, zone: &Range<usize>) -> Vec<Node> {
    let clauses = &statement.clauses;
    let parent = |at: ClauseIndex| clauses[at].parent.filter(|parent| (zone.start..at.get()).contains(&parent.get()));
    // The last clause under each, from the first of the zone.
    let mut last: Vec<ClauseIndex> = ClauseIndex::range(zone.clone()).collect();
    let place = |at: ClauseIndex| at.get() - zone.start;
    for at in ClauseIndex::range(zone.clone()).rev() {
        if let Some(parent) = parent(at) {
            last[place(parent)] = last[place(at)].max(last[place(parent)]);
        }
    }
    let mut roots = Vec::new();
    let mut open: Vec<Node> = Vec::new();
    let close = |open: &mut Vec<Node>, roots: &mut Vec<Node>| {
        if let Some(node) = open.pop() {
            open.last_mut().map_or(&mut *roots, |parent| &mut parent.children).push(node);
        }
    };
    for at in ClauseIndex::range(zone.clone()).filter(|at| !notes.is_called(*at)) {
        let under = parent(at).and_then(|parent| open.iter().rposition(|node| node.clause == parent));
        let goes_on = |node: &Node| last[place(node.clause)] > at;
        let keep = under.max(open.iter().rposition(goes_on)).map_or(0, |place| place + 1);
        while open.len() > keep.min(MOST_DEPTH - 1) {
            close(&mut open, &mut roots);
        }
        open.push(Node { clause: at, children: Vec::new() });
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}
