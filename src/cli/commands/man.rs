//! `recension man`.

use std::{fs, path::PathBuf};

use clap::{Args, Command};
use clap_mangen::Man;

use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::Global,
    output,
};

const EXAMPLES: &str = "Examples:
  recension man | man -l -
  recension man --dir ~/.local/share/man/man1";

/// Print the manual.
///
/// Without --dir, the page of the program is printed; with it, a page for the program and one for each command are
/// written to a folder.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct ManArgs {
    /// Write all pages to this folder.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Runs the command; `program` is the whole command line as clap knows it.
pub(in crate::cli) fn run(args: &ManArgs, global: &Global, program: Command) -> Result<Exit, CliError> {
    match &args.dir {
        Some(folder) => {
            let failed = |error| CliError::io("written", &folder.display().to_string(), &error);
            fs::create_dir_all(folder).map_err(failed)?;
            clap_mangen::generate_to(program, folder).map_err(failed)?;
        }
        None => output::deliver(global, |out| Man::new(program).render(out))?,
    }
    Ok(Exit::Clean)
}
