//! The commands, a file each: arguments whose doc is the help, and one function.

pub(super) mod add;
pub(super) mod audit;
pub(super) mod ci;
pub(super) mod completions;
pub(super) mod config;
pub(super) mod diff;
pub(super) mod explain;
pub(super) mod export;
#[cfg(feature = "search")]
pub(super) mod find;
pub(super) mod git;
pub(super) mod import;
pub(super) mod init;
pub(super) mod list;
pub(super) mod log;
pub(super) mod man;
pub(super) mod schema;
pub(super) mod show;
pub(super) mod status;
pub(super) mod verify;
