//! Where the clauses of a statement stand in a document: its parts, the zones of a part, the tree of a zone.
//!
//! Only kinds, labels, components and parents are asked. The order of the clauses is kept throughout, but for footnotes,
//! which go where they are called.

use std::ops::Range;

use super::notes::Notes;
use crate::statement::{Clause, ClauseKind, Statement};

/// Deepest nesting of clauses; what lies deeper stands at that depth. Parsers bound the depth of elements.
const MOST_DEPTH: usize = 32;
/// Most clauses between the title and the first preambular paragraph.
const MOST_OPENING: usize = 2;

/// A part of a file that is a document of its own: the letter, the statement it transmits, an annex.
pub(super) struct Part<'a> {
    /// Name of the component; none where the statement has no components.
    pub(super) name: Option<&'a str>,
    /// Its clauses.
    pub(super) clauses: Range<usize>,
}

/// The parts in the order of the text, at least one. What stands before the first component belongs to it.
pub(super) fn parts(statement: &Statement) -> Vec<Part<'_>> {
    let name = |component: Option<usize>| Some(statement.components.get(component?)?.name.as_str());
    let mut parts = Vec::new();
    let (mut start, mut current) = (0, None);
    for (at, clause) in statement.clauses.iter().enumerate() {
        if clause.component <= current {
            continue;
        }
        if current.is_some() {
            parts.push(Part { name: name(current), clauses: start..at });
            start = at;
        }
        current = clause.component;
    }
    parts.push(Part { name: name(current), clauses: start..statement.clauses.len() });
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
    let clauses = &statement.clauses[..part.end];
    // A footnote that is called is nowhere, so it is everywhere.
    let passes = |at: usize, fits: &dyn Fn(&Clause) -> bool| notes.is_called(at) || fits(&clauses[at]);
    let run = |from: usize, fits: &dyn Fn(&Clause) -> bool| {
        (from..part.end).find(|at| !passes(*at, fits)).unwrap_or(part.end)
    };
    let has_children = with_children(clauses, part);

    let head = run(part.start, &|clause| matches!(clause.kind, ClauseKind::Masthead | ClauseKind::Note));
    let cover =
        (part.start..head).rfind(|at| clauses[*at].kind == ClauseKind::Masthead).map_or(part.start, |at| at + 1);
    let is_preface = |at: usize| match clauses[at].kind {
        ClauseKind::Masthead | ClauseKind::Note | ClauseKind::Title | ClauseKind::Dateline => {
            !has_children[at - part.start]
        }
        ClauseKind::Heading => clauses[at].label.is_none() && !has_children[at - part.start],
        _ => notes.is_called(at),
    };
    let preface = (cover..part.end).find(|at| !is_preface(*at)).unwrap_or(part.end);

    let opening = (preface..part.end.min(preface + MOST_OPENING + 1))
        .find(|at| clauses[*at].kind == ClauseKind::Preambular)
        .filter(|first| {
            (preface..*first).all(|at| {
                let clause = &clauses[at];
                matches!(clause.kind, ClauseKind::Paragraph | ClauseKind::Note)
                    && clause.label.is_none()
                    && !has_children[at - part.start]
            })
        });
    let preamble = opening.map_or(preface, |first| {
        let inside = |clause: &Clause| match clause.kind {
            ClauseKind::Preambular => true,
            ClauseKind::Item => clause.parent.is_some_and(|parent| parent >= first),
            _ => false,
        };
        run(first, &inside)
    });

    let tail = (preamble..part.end)
        .rfind(|at| {
            let closes = |clause: &Clause| {
                matches!(
                    clause.kind,
                    ClauseKind::Signature
                        | ClauseKind::Dateline
                        | ClauseKind::Note
                        | ClauseKind::Masthead
                        | ClauseKind::Footnote
                )
            };
            !passes(*at, &closes)
        })
        .map_or(preamble, |at| at + 1);
    let signed = |at: &usize| matches!(clauses[*at].kind, ClauseKind::Signature | ClauseKind::Dateline);
    let conclusions = (tail..part.end).find(signed).unwrap_or(part.end);

    Zones {
        cover: part.start..cover,
        preface: cover..preface,
        opening: preface..opening.unwrap_or(preface),
        preamble: opening.unwrap_or(preface)..preamble,
        body: preamble..conclusions,
        conclusions: conclusions..part.end,
    }
}

/// Which clauses of a part govern others.
fn with_children(clauses: &[Clause], part: &Range<usize>) -> Vec<bool> {
    let mut found = vec![false; part.len()];
    for at in part.clone() {
        if let Some(parent) = clauses[at].parent.filter(|parent| part.contains(parent)) {
            found[parent - part.start] = true;
        }
    }
    found
}

/// A clause and what stands under it.
pub(super) struct Node {
    /// Index of the clause.
    pub(super) clause: usize,
    /// The clauses under it, in order.
    pub(super) children: Vec<Node>,
}

/// The clauses of a zone as a tree, in their order.
///
/// A clause stands under its parent as long as that is open. It closes nothing that goes on behind it: a note between two
/// items stands between them, under the lead-in of their list.
pub(super) fn tree(statement: &Statement, notes: &Notes, zone: &Range<usize>) -> Vec<Node> {
    let clauses = &statement.clauses;
    let parent = |at: usize| clauses[at].parent.filter(|parent| (zone.start..at).contains(parent));
    // The last clause under each.
    let mut last: Vec<usize> = zone.clone().collect();
    for at in zone.clone().rev() {
        if let Some(parent) = parent(at) {
            let end = last[at - zone.start];
            let known = &mut last[parent - zone.start];
            *known = end.max(*known);
        }
    }
    let mut roots = Vec::new();
    let mut open: Vec<Node> = Vec::new();
    let close = |open: &mut Vec<Node>, roots: &mut Vec<Node>| {
        if let Some(node) = open.pop() {
            open.last_mut().map_or(&mut *roots, |parent| &mut parent.children).push(node);
        }
    };
    for at in zone.clone().filter(|at| !notes.is_called(*at)) {
        let under = parent(at).and_then(|parent| open.iter().rposition(|node| node.clause == parent));
        let goes_on = |node: &Node| last[node.clause - zone.start] > at;
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
