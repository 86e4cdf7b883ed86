//! What was changed in the text, in the words of the schema.
//!
//! | change | `textualMod` |
//! | --- | --- |
//! | clause that came, went | `insertion`, `repeal` |
//! | clause that moved | `repeal` where it stood, `insertion` where it stands; both elements have one `wId` |
//! | label | `renumbering` |
//! | clause that was parted, joined | `split`, `join` |
//! | words replaced, added, deleted | `substitution`, `insertion`, `repeal` |

use std::collections::BTreeMap;

use super::body::Names;
use super::marked::MarkedStatement;
use crate::change::{Change, Class, Comparison, Op, Relation};
use crate::report::flow::{FlowPiece, State};
use crate::statement::ClauseIndex;
use crate::text::Side;

/// One change of the text.
#[derive(Debug)]
pub(super) struct Modification {
    /// The type, as the schema names it.
    pub(super) kind: &'static str,
    pub(super) class: Option<Class>,
    /// The elements of the file that were changed.
    pub(super) destinations: Vec<String>,
    /// The IRI of the element in the version before.
    pub(super) previous: Option<String>,
    /// The elements that hold what went.
    pub(super) old: Vec<String>,
    /// The elements that hold what came.
    pub(super) new: Vec<String>,
}

/// The modifications of a comparison in its order; `before` is the IRI of the version before.
pub(super) fn modifications(
    comparison: &Comparison,
    marked: &MarkedStatement<'_>,
    names: &Names,
    before: &str,
) -> Vec<Modification> {
    let teller = Teller { marked, names, before };
    let clauses = marked.by_change();
    let changes = comparison.changes.iter().enumerate();
    changes
        .filter_map(|(number, change)| Some((change, clauses.get(&number)?)))
        .flat_map(|(change, clauses)| teller.of_change(change, clauses))
        .collect()
}

struct Teller<'t, 'a> {
    marked: &'t MarkedStatement<'a>,
    names: &'t Names,
    before: &'t str,
}

impl Teller<'_, '_> {
    fn of_change(&self, change: &Change, clauses: &[(ClauseIndex, Option<Side>)]) -> Vec<Modification> {
        let class = change.classes.first().copied();
        let mut told = Vec::new();
        let standing: Vec<ClauseIndex> =
            clauses.iter().filter(|(_, alone)| alone.is_none()).map(|(at, _)| *at).collect();
        for (at, alone) in clauses.iter().filter_map(|(at, alone)| Some((*at, (*alone)?))) {
            let elements = self.elements(self.marked.labels(at).iter().chain(self.marked.texts(at)), |_| true);
            let (kind, old, new) = match alone {
                Side::Before => ("repeal", elements, Vec::new()),
                Side::After => ("insertion", Vec::new(), elements),
            };
            told.push(Modification {
                kind,
                class,
                destinations: self.named(&[at]),
                previous: self.previous(change),
                old,
                new,
            });
        }
        let shape = match change.relation {
            Relation::Split => Some("split"),
            Relation::Merged => Some("join"),
            // The schema has no word for both at once.
            Relation::Rearranged => Some("replacement"),
            _ => None,
        };
        if let Some(kind) = shape.filter(|_| !standing.is_empty()) {
            // The labels of clauses that were joined stand, removed, in the text.
            let labels = || standing.iter().flat_map(|at| self.marked.texts(*at)).filter(|piece| piece.label);
            let old = self.elements(labels(), |state| state == State::Removed);
            let new = self.elements(labels(), |state| state == State::Added);
            told.push(Modification { old, new, ..self.modification(kind, change, class, &standing) });
        }
        for &at in &standing {
            told.extend(self.renumbering(change, at));
            told.extend(self.edits(change, at));
        }
        told
    }

    /// The edits of a change in one of its clauses.
    fn edits(&self, change: &Change, at: ClauseIndex) -> Vec<Modification> {
        let mut pieces: BTreeMap<usize, Vec<&FlowPiece<'_>>> = BTreeMap::new();
        for piece in self.marked.texts(at) {
            pieces.entry(piece.edit.unwrap_or(usize::MAX)).or_default().push(piece);
        }
        let own = pieces.into_iter().filter_map(|(edit, pieces)| Some((change.edits.get(edit)?, pieces)));
        own.map(|(edit, pieces)| {
            let kind = match edit.op {
                Op::Insert => "insertion",
                Op::Delete => "repeal",
                Op::Replace => "substitution",
            };
            let old = self.elements(pieces.iter().copied(), |state| state == State::Removed);
            let new = self.elements(pieces.iter().copied(), |state| state == State::Added);
            Modification { old, new, ..self.modification(kind, change, Some(edit.class), &[at]) }
        })
        .collect()
    }

    fn renumbering(&self, change: &Change, at: ClauseIndex) -> Option<Modification> {
        let pieces = || self.marked.labels(at).iter();
        let old = self.elements(pieces(), |state| state == State::Removed);
        let new = self.elements(pieces(), |state| state == State::Added);
        let told = !old.is_empty() || !new.is_empty();
        told.then(|| Modification {
            old,
            new,
            ..self.modification("renumbering", change, Some(Class::Numbering), &[at])
        })
    }

    fn modification(
        &self,
        kind: &'static str,
        change: &Change,
        class: Option<Class>,
        at: &[ClauseIndex],
    ) -> Modification {
        let (old, new) = (Vec::new(), Vec::new());
        Modification { kind, class, destinations: self.named(at), previous: self.previous(change), old, new }
    }

    /// The elements of clauses.
    fn named(&self, clauses: &[ClauseIndex]) -> Vec<String> {
        clauses.iter().filter_map(|at| self.names.clauses.get(at).cloned()).collect()
    }

    /// The elements around pieces of some states.
    fn elements<'p>(
        &self,
        pieces: impl Iterator<Item = &'p FlowPiece<'p>>,
        wanted: impl Fn(State) -> bool,
    ) -> Vec<String> {
        let names = pieces.filter(|piece| wanted(piece.state)).filter_map(|piece| self.names.pieces.get(&piece.number));
        names.flatten().cloned().collect()
    }

    /// The first clause of a change in the version before.
    fn previous(&self, change: &Change) -> Option<String> {
        let name = self.marked.name_before(*change.clauses.before.first()?)?;
        Some(format!("{}#{name}", self.before))
    }
}
