//! The commands, a file each: arguments whose doc is the help, and one function.

pub(super) mod audit;
pub(super) mod completions;
pub(super) mod diff;
pub(super) mod explain;
pub(super) mod man;
pub(super) mod show;

use super::{args::Global, error::CliError, output};

/// Renders a result in memory, so that nothing is delivered half-made.
fn rendered(global: &Global, render: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Result<(), CliError> {
    let mut out = Vec::new();
    render(&mut out).map_err(|error| CliError::internal(format!("the result could not be written down: {error}")))?;
    output::deliver(global, &out)
}
