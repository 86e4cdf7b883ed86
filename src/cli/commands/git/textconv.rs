//! `recension git textconv`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::Global,
    output,
};
use crate::corpus;
use crate::ingest;
use crate::report;

const EXAMPLES: &str = "Examples:
  recension git textconv statement.txt
  git diff --word-diff";

/// Print a text one clause a line, as git diff shows it.
///
/// However its lines are broken, a text gives the same lines: page furniture is left out, notes and footnotes stand at the
/// end. A clause has its label before it and is set in below the clause that governs it. What can't be read as a text is
/// printed as it is.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(super) struct TextconvArgs {
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Runs the command.
pub(super) fn run(args: &TextconvArgs, global: &Global) -> Result<Exit, CliError> {
    let bytes = corpus::read_plain(&args.file, u64::MAX);
    let bytes = bytes.map_err(|error| CliError::io("read", &args.file.display().to_string(), &error))?;
    let lines = ingest::read(
        &bytes,
        ingest::Options::default().with_password(global.password()).with_revisions(global.revisions.into()),
    )
    .map(|source| report::clause_lines(&source.statement));
    output::deliver(global, |out| match &lines {
        Ok(lines) => out.write_all(lines.as_bytes()),
        Err(_) => out.write_all(&bytes),
    })?;
    Ok(Exit::Clean)
}
