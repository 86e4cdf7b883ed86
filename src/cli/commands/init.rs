//! `recension init`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::Global,
    output, surroundings,
    ui::Ui,
};
use crate::corpus;
use crate::report::Report;

const EXAMPLES: &str = "Examples:
  recension init statements
  recension init --bare /srv/statements.git";

/// Begin a corpus.
///
/// The folder gets recension.toml and .gitattributes, and both are committed: in the git repository that the folder
/// lies in, else in a new one. A corpus that is there already stays as it is.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct InitArgs {
    /// The folder; without one, that of --corpus or RECENSION_CORPUS, else the current folder.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Make a bare repository: no files to look at, and nothing that could be edited by mistake.
    #[arg(long)]
    bare: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &InitArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let named = args.folder.clone().or_else(|| global.corpus.clone()).or_else(surroundings::corpus_of_environment);
    let folder = named.unwrap_or_else(|| PathBuf::from("."));
    let begun = corpus::begin(&folder, args.bare)?;
    output::report(global, &Report::Begun(&begun), ui.look(None))?;
    Ok(Exit::Clean)
}
