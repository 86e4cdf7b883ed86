//! Whether a corpus is what it says: every hash, every record, every reference, the promise that a version never
//! changes, and git's own objects.

mod drafting;
mod found;
mod history;
mod objects;
mod status;
mod text;
mod verify;

pub use found::{Check, Fault, Verification};
pub use status::{Status, UncommittedFile, UncommittedKind, status};
pub(crate) use verify::verify_version;
pub use verify::{VerifyOptions, verify, verify_objects};
