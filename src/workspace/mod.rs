//! What people do with a corpus, as functions of values: choose versions, read and compare two of them, hold a selection or
//! a pull request to the policy, tell the timeline of a work.
//!
//! The command line, a site, a server and bindings call the same functions. Nothing here parses arguments, prints, or reads
//! the environment: folders, revisions and the number of threads come in as values, and who waits is told by a
//! [`Progress`].

mod audit;
mod compare;
mod error;
mod files;
mod input;
mod policy;
mod progress;
mod publication;
mod review;
mod selection;
mod timeline;

pub use audit::{AuditOptions, audit, audit_pair};
pub(crate) use compare::options_for;
pub use compare::read_both;
pub use error::WorkspaceError;
pub(crate) use files::file_of_input;
pub use input::{Corpora, Input, OpenCorpora};
pub(crate) use input::{MOST_BYTES, read_from};
pub(crate) use policy::policy_of;
pub use progress::{Progress, SilentProgress};
pub(crate) use publication::publication;
pub use review::{Review, ReviewEnds};
pub use selection::{Selection, select};
pub use timeline::{TimelineOptions, VerdictCounts, timeline};
