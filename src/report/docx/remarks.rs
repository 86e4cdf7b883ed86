//! What the margin says: of every substantive edit its class and the reason, of a clause that stands elsewhere on the
//! other side, where.

use std::collections::BTreeMap;

use crate::change::{Change, Class, Comparison, Edit, Tier, description, explain::of_class};
use crate::report::flow::{FlowPiece, Paragraph};
use crate::report::telling::addresses;
use crate::statement::Clause;
use crate::text::{Pair, Side};

/// Remarks, each a list of paragraphs, and the pieces of text that they stand around; a remark is named by its number.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    pub(super) texts: Vec<Vec<String>>,
    /// The remarks that begin before a piece, by its number.
    begins: BTreeMap<usize, Vec<usize>>,
    /// Those that end behind it.
    ends: BTreeMap<usize, Vec<usize>>,
}

impl Remarks {
    /// The remarks on a comparison, in the order of its paragraphs.
    pub(super) fn of(comparison: &Comparison, paragraphs: &[Paragraph<'_>], texts: Pair<&[Clause]>) -> Self {
        let mut remarks = Self::default();
        for run in paragraphs.chunk_by(|one, next| one.alone.is_none() && one.change == next.change) {
            let change = &comparison.changes[run[0].change];
            let pieces: Vec<&FlowPiece<'_>> = run.iter().flat_map(|paragraph| &paragraph.pieces).collect();
            match run[0].alone {
                Some(side) => {
                    let said = on_clause(change, side, texts);
                    remarks.around(&pieces, said);
                }
                None => remarks.on_standing(change, &pieces, texts),
            }
        }
        remarks
    }

    /// Those on the edits of a change; where none of them weighs although the change does, one on the whole.
    fn on_standing(&mut self, change: &Change, pieces: &[&FlowPiece<'_>], texts: Pair<&[Clause]>) {
        let said = self.texts.len();
        let mut by_edit: BTreeMap<usize, Vec<&FlowPiece<'_>>> = BTreeMap::new();
        for piece in pieces {
            by_edit.entry(piece.edit.unwrap_or(usize::MAX)).or_default().push(piece);
        }
        for (number, own) in by_edit {
            if let Some(edit) = change.edits.get(number).filter(|edit| edit.tier >= Tier::Substantive) {
                self.around(&own, Some(on_edit(change, edit, texts)));
            }
        }
        if self.texts.len() == said {
            self.around(pieces, on_whole(change, texts));
        }
    }

    /// Puts a remark around pieces that follow each other.
    fn around(&mut self, pieces: &[&FlowPiece<'_>], said: Option<Vec<String>>) {
        if let (Some(first), Some(last), Some(said)) = (pieces.first(), pieces.last(), said) {
            self.begins.entry(first.number).or_default().push(self.texts.len());
            self.ends.entry(last.number).or_default().push(self.texts.len());
            self.texts.push(said);
        }
    }

    /// The remarks that begin before a piece.
    pub(super) fn begins(&self, piece: usize) -> &[usize] {
        self.begins.get(&piece).map_or(&[], Vec::as_slice)
    }

    /// The remarks that end behind a piece.
    pub(super) fn ends(&self, piece: usize) -> &[usize] {
        self.ends.get(&piece).map_or(&[], Vec::as_slice)
    }
}

/// On an edit that changes what is said.
fn on_edit(change: &Change, edit: &Edit, texts: Pair<&[Clause]>) -> Vec<String> {
    let mut said = vec![heading(change, &[edit.class], edit.tier, texts)];
    said.extend(reasons(edit));
    said.extend(meanings(&[edit.class]));
    said
}

/// On a change that weighs although none of its edits does.
fn on_whole(change: &Change, texts: Pair<&[Clause]>) -> Option<Vec<String>> {
    let tier = change.tier.filter(|tier| *tier >= Tier::Substantive)?;
    let mut said = vec![heading(change, &change.classes, tier, texts)];
    said.extend(meanings(change.classes.get(..1).unwrap_or_default()));
    Some(said)
}

/// On a clause that came, went, or stands elsewhere on the other side.
fn on_clause(change: &Change, side: Side, texts: Pair<&[Clause]>) -> Option<Vec<String>> {
    if change.clauses.iter().any(Vec::is_empty) {
        return on_whole(change, texts);
    }
    let other = addresses(texts[side.other()], &change.clauses[side.other()]);
    let mut said = vec![match side {
        Side::Before => format!("To {other}, where it stands after."),
        Side::After => format!("From {other}, where it stood before."),
    }];
    said.extend(change.tier.map(|tier| heading(change, &change.classes, tier, texts)));
    if side == Side::After {
        // The text is told as removed there and added here, so its edits are told in words.
        let grave = change.edits.iter().filter(|edit| edit.tier >= Tier::Substantive);
        said.extend(grave.flat_map(|edit| std::iter::once(description::edit_in_words(edit)).chain(reasons(edit))));
    }
    Some(said)
}

/// `substantive: number (operative 7)`
fn heading(change: &Change, classes: &[Class], tier: Tier, texts: Pair<&[Clause]>) -> String {
    let names: Vec<&str> = classes.iter().map(|class| class.name()).collect();
    let address = description::address(change, texts).map(|address| format!(" ({address})")).unwrap_or_default();
    format!("{tier}: {}{address}", names.join(", "))
}

/// `strength.verb, softened: urges -> invites`
fn reasons(edit: &Edit) -> Vec<String> {
    let grave = edit.reasons.iter().filter(|reason| reason.tier >= Tier::Substantive);
    grave
        .map(|reason| match &reason.evidence {
            Some(evidence) => format!("{}, {evidence}", reason.rule),
            None => reason.rule.to_owned(),
        })
        .collect()
}

fn meanings(classes: &[Class]) -> impl Iterator<Item = String> {
    classes.iter().map(|class| {
        let explanation = of_class(*class);
        match &explanation.why {
            Some(why) => format!("{} {why}", explanation.meaning),
            None => explanation.meaning.clone(),
        }
    })
}
