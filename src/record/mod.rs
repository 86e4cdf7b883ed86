//! What is recorded of versions, as types: names, dates, provenance, hashes, the reading text and places in files.
//!
//! Nothing here opens a file or a repository. Whoever audits or reports two texts needs these types and no store.

mod day;
mod document;
#[cfg(feature = "git")]
mod format;
mod hash;
mod lines;
mod publication;
mod reading;
mod series;
mod version;
#[cfg(feature = "git")]
mod write;

pub use day::Day;
pub use document::Document;

#[cfg(feature = "git")]
pub(crate) use format::FORMAT;
pub use hash::sha256;
pub use lines::{FilePositions, Position};
pub use publication::Publication;
pub use reading::reading_text;
pub use series::by_series;
pub(crate) use series::{WorkSummary, works};
pub use version::{Dates, Hashes, Provenance, Record, Version, VersionId, Work};
#[cfg(feature = "git")]
pub(crate) use write::{version_toml, work_toml};
