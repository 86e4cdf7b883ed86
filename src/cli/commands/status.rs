//! `recension status`.

use clap::Args;

use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::Global,
    input::Corpora,
    output,
    progress::step,
    ui::Ui,
};
use crate::corpus;
use crate::report::Report;
use crate::workspace::OpenCorpora as _;

/// Show what is not committed, what stands in the way of writing, and what an interrupted call left.
///
/// The exit code is 1 where a committed version was changed or removed, or a call was interrupted.
#[derive(Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(in crate::cli) struct StatusArgs {}

/// Runs the command.
pub(in crate::cli) fn run(_: &StatusArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let corpora = Corpora::new(global, ui);
    let corpus = corpora.at(None)?;
    let status = step(ui, "looking at the work tree", || corpus::status(corpus.folder()))?;
    output::report(global, &Report::Status(&status), ui.look(None))?;
    Ok(Exit::found(!status.is_sound()))
}
