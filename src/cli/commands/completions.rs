//! `recension completions`.

use clap::{Args, Command};
use clap_complete::Shell;

use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::Global,
    output,
};

const EXAMPLES: &str = "Examples:
  recension completions bash > ~/.local/share/bash-completion/completions/recension
  recension completions zsh > ~/.zfunc/_recension";

/// Print a completion script for a shell.
///
/// Put it where the shell looks for such scripts; it completes commands and options.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct CompletionsArgs {
    /// The shell: bash, elvish, fish, powershell or zsh.
    #[arg(value_enum, hide_possible_values = true)]
    shell: Shell,
}

/// Runs the command; `program` is the whole command line as clap knows it.
pub(in crate::cli) fn run(args: &CompletionsArgs, global: &Global, mut program: Command) -> Result<Exit, CliError> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut program, "recension", &mut out);
    output::deliver(global, |to| to.write_all(&out))?;
    Ok(Exit::Clean)
}
