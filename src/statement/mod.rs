//! A statement as a tree of clauses, with what it says of itself.

mod claim;
mod clause;
mod identity;
mod index;
mod ledger;
pub mod number;

pub use claim::{Claim, ClaimKind};
pub use clause::{Clause, ClauseKind, Dropped, Frame, Join, Part, Signature, Why};
pub use identity::{DateRoles, Identity};
pub use index::{ClauseIndex, PerClause};
pub use ledger::{Ledger, LedgerEntry, Whereabouts};

/// A part of a document that stands for itself: the letter, the statement it transmits, an annex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// What a reader would call it: `letter`, `statement`, `resolution`, `annex I`.
    pub name: String,
}

/// One version of an official document, read.
///
/// Clauses stand in the order of the text. Every byte of the source that is not white space is in a clause (its text or
/// its label) or in `dropped`; [`Ledger`] says which.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    /// ISO 639-1 code of its language, if a known one stands out.
    pub language: Option<&'static str>,
    /// What it says of itself.
    pub identity: Identity,
    /// Its parts, in order.
    pub components: Vec<Component>,
    /// Its clauses, in order.
    pub clauses: Vec<Clause>,
    /// What the extraction added and the reader removed.
    pub dropped: Vec<Dropped>,
}

impl Statement {
    /// The clauses in their order, each with its place.
    pub fn each_clause(&self) -> impl DoubleEndedIterator<Item = (ClauseIndex, &Clause)> {
        self.clauses.iter().enumerate().map(|(at, clause)| (ClauseIndex::new(at), clause))
    }
}
