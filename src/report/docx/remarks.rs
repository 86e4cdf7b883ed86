//! What the margin says: of every substantive edit its class and the reason, of a clause that stands elsewhere on the
//! other side, where.

use crate::change::{Change, Class, Edit, Tier, explain::of_class, told};
use crate::report::telling::addresses;
use crate::statement::Clause;
use crate::text::Pair;

/// Remarks, each a list of paragraphs; a remark is named by its number.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    pub(super) texts: Vec<Vec<String>>,
}

impl Remarks {
    fn add(&mut self, paragraphs: Vec<String>) -> usize {
        self.texts.push(paragraphs);
        self.texts.len() - 1
    }

    /// On an edit that changes what is said.
    pub(super) fn on_edit(&mut self, change: &Change, edit: &Edit, texts: Pair<&[Clause]>) -> Option<usize> {
        if edit.tier < Tier::Substantive {
            return None;
        }
        let mut said = vec![heading(change, &[edit.class], edit.tier, texts)];
        said.extend(reasons(edit));
        said.extend(meanings(&[edit.class]));
        Some(self.add(said))
    }

    /// On a change that weighs although none of its edits does.
    pub(super) fn on_whole(&mut self, change: &Change, texts: Pair<&[Clause]>) -> Option<usize> {
        let tier = change.tier.filter(|tier| *tier >= Tier::Substantive)?;
        let mut said = vec![heading(change, &change.classes, tier, texts)];
        said.extend(meanings(change.classes.get(..1).unwrap_or_default()));
        Some(self.add(said))
    }

    /// On a clause that came, went, or stands elsewhere on the other side.
    pub(super) fn on_clause(&mut self, change: &Change, before: bool, texts: Pair<&[Clause]>) -> Option<usize> {
        let elsewhere = !change.before.is_empty() && !change.after.is_empty();
        if !elsewhere {
            return self.on_whole(change, texts);
        }
        let tier = change.tier?;
        let mut said = vec![if before {
            format!("To {}, where it stands after.", addresses(texts.after, &change.after))
        } else {
            format!("From {}, where it stood before.", addresses(texts.before, &change.before))
        }];
        said.push(heading(change, &change.classes, tier, texts));
        if !before {
            // The text is told as removed there and added here, so its edits are told in words.
            let grave = change.edits.iter().filter(|edit| edit.tier >= Tier::Substantive);
            said.extend(grave.flat_map(|edit| std::iter::once(told::edit_in_words(edit)).chain(reasons(edit))));
        }
        Some(self.add(said))
    }
}

/// `substantive: number (operative 7)`
fn heading(change: &Change, classes: &[Class], tier: Tier, texts: Pair<&[Clause]>) -> String {
    let names: Vec<&str> = classes.iter().map(|class| class.name()).collect();
    let address = told::address(change, texts).map(|address| format!(" ({address})")).unwrap_or_default();
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
