//! Writing to a corpus: one commit a call, whole or not at all.
//!
//! What is slow comes first and needs no lock: texts are read, objects are written, and objects that no commit names
//! harm nobody. Under the lock the versions are placed in the newest state of the branch, the commit is made, the work
//! tree gets its files, the branch is moved, and the index follows. The branch is the point of decision: before it moves
//! nothing is in the corpus, after it everything is. A journal tells the next writer where a killed one stood.
//!
//! Only what is added is committed: changes that somebody has made or staged elsewhere stay as they are.

mod add;
mod commit;
mod error;
mod files;
mod history;
mod index;
mod index_file;
mod init;
mod journal;
mod lock;
mod message;
mod new_file;
mod objects;
mod open;
mod pack;
mod place;
mod repair;
mod secure;
mod trees;

pub use add::AddedVersions;
pub use error::StoreError;
pub use history::HistoryBranch;
pub use init::{NewCorpus, begin};
pub use journal::Interruption;
pub use open::Store;
pub use place::{Placement, SameDay};
pub use repair::Settlement;
