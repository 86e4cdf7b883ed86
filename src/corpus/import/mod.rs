//! Many versions at once: from a list of files, from the history of another repository, from an export.
//!
//! Whatever they come from, they go in by batches, each one commit. A call that was killed leaves whole batches; the
//! same call again finds them there and goes on with the next.

mod batches;
mod export;
mod history;
mod item;
mod list;

pub use batches::{ImportOptions, ImportOutcome, import};
pub use export::versions as exported;
pub use history::{HistoryOptions, history};
pub use item::{ImportError, Item, Problem};
pub use list::{ListFormat, folder, list};
