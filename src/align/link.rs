//! What an alignment is made of.

use crate::statement::{ClauseIndex, PerClause, Statement};
use crate::text::{Interner, Pair, Token};

/// Clauses that correspond.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// The clauses of either side, by index, ascending; none before of an inserted clause, none after of a deleted one.
    pub(crate) clauses: Pair<Vec<ClauseIndex>>,
    /// Whether it stands at another place among the others.
    pub(crate) moved: bool,
    /// How alike the texts are, in thousandths; 1000 where their match keys are equal.
    pub(crate) similarity: u32,
}

impl Link {
    /// Whether nothing stands on one of its sides.
    pub(crate) fn is_lone(&self) -> bool {
        self.clauses.iter().any(Vec::is_empty)
    }

    /// Whether the texts of its clauses stand on both sides and differ.
    pub(crate) fn differs(&self, sides: Pair<&Statement>) -> bool {
        match (&self.clauses.before[..], &self.clauses.after[..]) {
            ([], _) | (_, []) => false,
            (&[before], &[after]) => sides.before.clauses[before].text != sides.after.clauses[after].text,
            _ => true,
        }
    }
}

/// The tokens of clauses, as far as they were tokenised.
pub(crate) type ClauseTokens = PerClause<Option<Vec<Token>>>;

/// An alignment, and what it left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    /// Every clause of either side, each in exactly one link; in the order of the after side, deleted clauses after
    /// their predecessors.
    pub(crate) links: Vec<Link>,
    /// Comparisons of clauses that a bound left out, counted from above: one pair may be named by several features.
    pub(crate) skipped: u64,
    /// Tokens of the clauses that were tokenised, by clause.
    pub(crate) tokens: Pair<ClauseTokens>,
    /// The words behind the tokens.
    pub(crate) interner: Interner,
}
