//! `recension list`.

use std::ffi::OsString;

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
use crate::record::Version;
use crate::report::Report;
use crate::workspace::select;

const EXAMPLES: &str = "Examples:
  recension list
  recension list un/ --lang zh --format json
  recension list --works";

/// List the versions of the corpus, by work, language and date.
///
/// SELECTOR is a work, the beginning of works' names ending in /, or a reference; without one, all are listed.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct ListArgs {
    /// A work, a prefix ending in /, or a reference.
    #[arg(value_name = "SELECTOR")]
    selectors: Vec<OsString>,
    /// Only versions in this language.
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// List works, each with its languages and the number of its versions.
    #[arg(long)]
    works: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &ListArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let corpora = Corpora::new(global, ui);
    let chosen = step(ui, "listing", || select(&corpora, &args.selectors, args.lang.as_deref()))?;
    let versions: Vec<&Version> =
        chosen.iter().flat_map(|chosen| chosen.versions().map(|(_, version)| version)).collect();
    let report = if args.works { Report::Works(&versions) } else { Report::Versions(&versions) };
    output::report(global, &report, ui.look(None))?;
    Ok(Exit::Clean)
}
