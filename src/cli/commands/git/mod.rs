//! `recension git`: what git calls, and how git is told to.

mod install;
mod merge;
mod textconv;

use clap::{Args, Subcommand};

use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::{Format, Global},
    ui::Ui,
};

const EXAMPLES: &str = "Examples:
  recension git install
  recension git install --shared 'statements/*.txt'
  git diff
  git difftool -t recension";

/// Show, compare and merge statements clause by clause in git.
///
/// After `recension git install`, git diff, git log -p and git show tell changed clauses instead of changed lines, git
/// difftool -t recension shows the comparison, and git merge merges clauses.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct GitArgs {
    #[command(subcommand)]
    command: GitCommand,
}

/// The commands; what each does is said with its arguments.
#[derive(Debug, Subcommand)]
enum GitCommand {
    Install(install::InstallArgs),
    Textconv(textconv::TextconvArgs),
    Merge(merge::MergeArgs),
}

impl GitArgs {
    /// The formats that the command prints.
    pub(in crate::cli) fn formats(&self) -> &'static [Format] {
        match self.command {
            GitCommand::Install(_) => &[Format::Terminal, Format::Json],
            GitCommand::Textconv(_) | GitCommand::Merge(_) => &[Format::Terminal],
        }
    }
}

/// Runs the command.
pub(in crate::cli) fn run(args: &GitArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    match &args.command {
        GitCommand::Install(args) => install::run(args, global, ui),
        GitCommand::Textconv(args) => textconv::run(args, global),
        GitCommand::Merge(args) => merge::run(args, global, ui),
    }
}
