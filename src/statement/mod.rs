//! A statement as a tree of clauses, with what it says of itself.

mod claim;
mod clause;
mod component;
mod document;
mod identity;
mod index;
mod ledger;
pub(crate) mod number;

pub use claim::{Claim, Reissue, Stage, StatedClaim, Status};
pub use clause::{Clause, ClauseKind, DroppedPiece, Frame, Join, Part, Signature, Why};
pub use component::{Component, ComponentKind};
pub use document::Statement;
pub use identity::{DateRoles, Identity};
pub use index::{ClauseIndex, PerClause};
pub use ledger::{Ledger, LedgerEntry, Whereabouts};
