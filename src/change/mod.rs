//! From an alignment to a comparison: what changed, of which class, of which tier.

mod attested;
mod calls;
mod citation;
mod classify;
mod enumerators;
pub mod explain;
mod governed;
mod kind;
mod left_out;
mod marks;
mod names;
mod order;
mod passage;
mod quantity;
mod renumbering;
mod rule;
mod sense;
mod shift;
mod spelling;
pub mod told;
mod variant;
mod weave;
mod window;
mod words;

pub use kind::{Class, Relation, Tier, Verdict};
pub use rule::{RULES, Rule};
pub use shift::{Scale, Shift};
pub use weave::{Strand, weave};

use std::collections::BTreeMap;

use crate::align;
use crate::execution::Execution;
use crate::statement::{ClauseIndex, Part, Statement, Why};
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
    pub clause: ClauseIndex,
    /// Bytes of its text; empty where nothing stands on this side.
    pub span: Span,
}

/// One change inside aligned clauses.
///
/// Replacing, in the texts of the clauses before, each edit's text before by its text after and setting the texts one
/// behind the other gives the texts of the clauses after, one behind the other; and so the other way round.
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
    /// The text on each side.
    pub texts: Pair<String>,
    /// Where it stands on each side; absent before in an inserted clause, and after in a deleted one.
    pub places: Pair<Option<Place>>,
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
    /// Where two words of one scale of strength stand on it; absent where the rule is of another kind, or where a word
    /// may mean several things.
    pub shift: Option<Shift>,
}

/// A piece of a text that its reader left out of the clauses, as a change tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Which of the pieces left out it is, by index in [`Statement::dropped`]: the first that says this.
    pub index: usize,
    /// Why it was left out.
    pub why: Why,
    /// What it says beside the number of its page.
    pub text: String,
}

/// Clauses that correspond, and how they differ.
#[derive(Clone, Debug, PartialEq)]
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
    pub left_out: Option<Pair<Option<LeftOut>>>,
}

impl Change {
    /// Whether nothing but the layout changed: the text is the same, at its place, under its label.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.relation == Relation::Equal && !self.moved && !self.renumbered
    }
}

/// Two versions compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Every clause of either side, each in exactly one change; in the order of the after side, a deleted clause after
    /// its predecessor's change. Behind them what differs between the pieces that the readers left out.
    pub changes: Vec<Change>,
    /// The highest tier.
    pub verdict: Verdict,
    /// Comparisons of clauses that a bound left out.
    pub skipped: u64,
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
pub struct Options {
    /// Tiers that a policy gives to classes instead of their own.
    pub tiers: BTreeMap<Class, Tier>,
    /// How many threads may compare; the result is the same.
    pub execution: Execution,
}

/// Compares two versions: alignment, word edits inside pairs, classes.
///
/// Swapping the sides inverts the result. Near-linear in the texts; clauses that are equal are compared once, as bytes.
#[must_use]
pub fn compare(before: &Statement, after: &Statement, options: &Options) -> Comparison {
    let sides = Pair::new(before, after);
    let align::Outcome { links, skipped, tokens, interner } = align::align(sides, options.execution);
    let (mut changes, cut) = classify::Judge::new(sides, &links, tokens, interner, options).changes();
    changes.extend(left_out::changes(sides, options));
    let tier = changes.iter().filter_map(|change| change.tier).max();
    Comparison { verdict: tier.map_or(Verdict::Identical, Verdict::Changed), skipped: skipped + cut, changes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest;

    fn skipped(before: &str, after: &str) -> u64 {
        let read = |text: &str| ingest::read(text.as_bytes(), ingest::Options::default()).expect("a text").statement;
        compare(&read(before), &read(after), &Options::default()).skipped
    }

    /// Words that stand nowhere else.
    fn words(seed: usize, count: usize) -> String {
        let letters = |number: usize| (0..6).map(move |at| char::from(b'a' + (number >> (4 * at) & 15) as u8));
        (0..count).map(|at| letters((seed * 64 + at) * 7919).collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn counts_the_pairs_of_a_gap_that_is_too_wide() {
        let text = |from: usize, count: usize| {
            let clauses = (from..from + count).map(|seed| format!("{}.", words(seed, 12)));
            let whole = std::iter::once("They met in Elm.".to_owned()).chain(clauses);
            whole.chain(std::iter::once("They agreed on the rest.".to_owned())).collect::<Vec<_>>().join("\n\n")
        };
        assert_eq!(skipped(&text(0, 32), &text(100, 32)), 0);
        assert_eq!(skipped(&text(0, 33), &text(100, 33)), 33 * 33);
    }

    #[test]
    fn counts_the_runs_that_were_not_read() {
        let text = |first: usize, last: usize| {
            let many = |count| " on".repeat(count);
            format!("They{} agreed with Veltria and Orsania to meet again in Elm{}.", many(first), many(last))
        };
        assert_eq!(skipped(&text(16, 0), &text(0, 16)), 0);
        assert!(skipped(&text(400, 0), &text(0, 400)) > 0);
    }

    #[test]
    fn counts_the_stretches_that_were_not_settled() {
        let text = |from: usize, count: usize| {
            let part = |at: usize| format!("{}, {}", words(at, 12), words(from + at, 12));
            format!("The Sides agree: {}.", (0..count).map(part).collect::<Vec<_>>().join(", "))
        };
        assert_eq!(skipped(&text(100, 48), &text(300, 48)), 0);
        assert_eq!(skipped(&text(100, 50), &text(300, 50)), 50 * 49 - 48 * 47);
    }
}
