//! From an alignment to a comparison: what changed, of which class, of which tier.

mod attested;
mod citation;
mod classify;
pub mod explain;
mod kind;
mod names;
mod order;
mod passage;
mod quantity;
mod renumbering;
mod rule;
mod sense;
mod spelling;
mod window;
mod words;

pub use kind::{Class, Relation, Tier, Verdict};
pub use rule::{RULES, Rule};

use std::collections::BTreeMap;

use crate::align;
use crate::statement::Statement;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The clause, by index.
    pub clause: usize,
    /// Bytes of its text; empty where nothing stands on this side.
    pub span: Span,
}

/// One change inside aligned clauses.
///
/// Replacing, in the texts of the clauses before, each edit's `before` by its `after` and setting the texts one behind
/// the other gives the texts of the clauses after, one behind the other; and so the other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The text before.
    pub before: String,
    /// The text after.
    pub after: String,
    /// Where it stands before; absent in an inserted clause.
    pub before_place: Option<Place>,
    /// Where it stands after; absent in a deleted clause.
    pub after_place: Option<Place>,
}

/// Why an edit is of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The class.
    pub class: Class,
    /// Its tier, under the policy in force.
    pub tier: Tier,
    /// The rule that found it.
    pub rule: &'static str,
    /// What the rule saw, where that says more than the texts: `softened: urges -> invites`.
    pub evidence: Option<String>,
}

/// Clauses that correspond, and how they differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// How they correspond.
    pub relation: Relation,
    /// Clauses before, by index, ascending.
    pub before: Vec<usize>,
    /// Clauses after, by index, ascending.
    pub after: Vec<usize>,
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
}

/// Two versions compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Every clause of either side, each in exactly one change; in the order of the after side, a deleted clause after
    /// its predecessor's change.
    pub changes: Vec<Change>,
    /// The highest tier.
    pub verdict: Verdict,
    /// Comparisons of clauses that a bound left out.
    pub skipped: u64,
}

/// How to compare.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Tiers that a policy gives to classes instead of their own.
    pub tiers: BTreeMap<Class, Tier>,
}

/// Compares two versions: alignment, word edits inside pairs, classes.
///
/// Swapping the sides inverts the result. Near-linear in the texts; clauses that are equal are compared once, as bytes.
#[must_use]
pub fn compare(before: &Statement, after: &Statement, options: &Options) -> Comparison {
    let outcome = align::align(before, after);
    let mut judge = classify::Judge::new(Pair::new(before, after), outcome, options);
    let changes = judge.changes();
    let tier = changes.iter().filter_map(|change| change.tier).max();
    Comparison { verdict: tier.map_or(Verdict::Identical, Verdict::Changed), skipped: judge.skipped(), changes }
}
