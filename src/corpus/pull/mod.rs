//! What a range of commits adds to the corpora of a repository, and what it changes in them and in other files.
//!
//! What a path is, the base says: a folder is a corpus because the base has its settings there, and a file is a statement
//! because its name fits. What can't be compared is not passed over but told as an [`Oddity`].

mod ends;
mod pulled;
mod range;
mod settings;
mod sight;

pub use pulled::{Head, Oddity, OddityKind, Pull, PulledFile, PulledKind, PulledVersion};
pub use range::pull;
pub(crate) use range::{data_of_pull, file_of_pull, settings_of_pull, top_of};
