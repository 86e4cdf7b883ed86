//! For people at a terminal. Marks always say what colour says, so that nothing is lost in a pipe or on paper:
//! `[-removed-]`, `{+added+}` and `[=found=]`.

mod audit;
mod check;
mod corpus;
mod diff;
mod evidence;
#[cfg(feature = "search")]
mod find;
mod git;
mod ledger;
mod paint;
mod settings;
mod show;
mod timeline;

pub use audit::audit;
pub use check::{status, verified};
pub use corpus::{added, begun, history, imported, list, works_list};
pub use diff::{View, diff};
pub use evidence::evidence;
#[cfg(feature = "search")]
pub use find::found;
pub use git::wired;
pub use ledger::ledger;
pub use settings::settings;
pub use show::show;
pub use timeline::log;

/// How the output should look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns of a line.
    pub width: usize,
    /// Whether to colour, and to isolate the direction of edited text.
    pub color: bool,
    /// Whether to show what usually does not matter: clauses of another layout, the way each edit was classed.
    pub verbose: bool,
}
