//! What a comparison is made of: changes, their edits, and why each edit is of its class.

use std::collections::BTreeMap;

use serde::Serialize;

use super::kind::{Class, Relation, Tier, Verdict};
use super::shift::Shift;
use crate::execution::Execution;
use crate::statement::{ClauseIndex, Part, Why};
use crate::text::{Pair, Span};

/// What an edit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// Text only after.
    Insert,
    /// Text only before.
    Delete,
    /// Other text.
    Replace,
}

impl Op {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Insert => "insert",
            Self::Delete => "delete",
            Self::Replace => "replace",
        }
    }
}

/// A place in the text of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Place {
    /// The clause, by index.
    pub clause: ClauseIndex,
    /// Bytes of its text; empty where nothing stands on this side.
    pub span: Span,
}

/// One change inside aligned clauses.
///
/// Replacing, in the texts of the clauses before, each edit's text before by its text after and setting the texts one
/// behind the other gives the texts of the clauses after, one behind the other; and so the other way round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Edit {
    /// What it does.
    pub op: Op,
    /// Its gravest class.
    pub class: Class,
    /// What it amounts to.
    pub tier: Tier,
    /// The rule that decided.
    pub rule: &'static str,
    /// Every rule that found something, the gravest first.
    pub reasons: Vec<Reason>,
    /// The text on each side.
    pub texts: Pair<String>,
    /// Where it stands on each side; absent before in an inserted clause, and after in a deleted one.
    pub places: Pair<Option<Place>>,
}

/// Why an edit is of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Reason {
    /// The class.
    pub class: Class,
    /// Its tier, under the policy in force.
    pub tier: Tier,
    /// The rule that found it.
    pub rule: &'static str,
    /// What the rule saw, where that says more than the texts: `softened: urges -> invites`.
    pub evidence: Option<String>,
    /// Where two words of one scale of strength stand on it; absent where the rule is of another kind, or where a word
    /// may mean several things.
    pub shift: Option<Shift>,
}

/// A piece of a text that its reader left out of the clauses, as a change tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LeftOutPiece {
    /// Which of the pieces left out it is, by index in [`Statement::dropped`](crate::statement::Statement::dropped): the first that says this.
    pub index: usize,
    /// Why it was left out.
    pub why: Why,
    /// What it says beside the number of its page.
    pub text: String,
}

/// Clauses that correspond, and how they differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// How they correspond.
    pub relation: Relation,
    /// The clauses of each side, by index, ascending.
    pub clauses: Pair<Vec<ClauseIndex>>,
    /// Whether they stand at another place among the others.
    pub moved: bool,
    /// Whether their labels differ.
    pub renumbered: bool,
    /// How alike the texts are, 0 to 1.
    pub similarity: f64,
    /// The highest tier of its classes; absent where nothing changed.
    pub tier: Option<Tier>,
    /// Its classes, the gravest first.
    pub classes: Vec<Class>,
    /// Its edits, in the order of the text.
    pub edits: Vec<Edit>,
    /// The part of the document that it changes; of clauses of both, the body.
    pub part: Part,
    /// What it tells of, where that stands in no clause: it has no clauses then, and the places of its edits lie in
    /// these texts.
    pub left_out: Option<Pair<Option<LeftOutPiece>>>,
}

impl Change {
    /// Whether nothing but the layout changed: the text is the same, at its place, under its label.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.relation == Relation::Equal && !self.moved && !self.renumbered
    }
}

/// Two versions compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Comparison {
    /// Every clause of either side, each in exactly one change; in the order of the after side, a deleted clause after
    /// its predecessor's change. Behind them what differs between the pieces that the readers left out.
    pub changes: Vec<Change>,
    /// The highest tier.
    pub verdict: Verdict,
    /// Comparisons of clauses that a bound left out.
    pub skipped: u64,
    /// Whether the language of a side has a lexicon. Where one has none, words are compared and not classified.
    pub has_lexicon: Pair<bool>,
}

impl Comparison {
    /// The highest tier of the changes of one part of the document.
    #[must_use]
    pub fn verdict_of(&self, part: Part) -> Verdict {
        let own = self.changes.iter().filter(|change| change.part == part);
        own.filter_map(|change| change.tier).max().map_or(Verdict::Identical, Verdict::Changed)
    }
}

/// How to compare.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Tiers that a policy gives to classes instead of their own.
    pub tiers: BTreeMap<Class, Tier>,
    /// How many threads may compare; the result is the same.
    pub execution: Execution,
}

impl Options {
    /// The same with the tiers that a policy gives to classes.
    #[must_use]
    pub fn with_tiers(self, tiers: BTreeMap<Class, Tier>) -> Self {
        Self { tiers, ..self }
    }

    /// The same, on so many threads.
    #[must_use]
    pub fn with_execution(self, execution: Execution) -> Self {
        Self { execution, ..self }
    }
}

serialize_by_name!(Op);
