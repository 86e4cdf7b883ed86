//! `recension log`.

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
use crate::execution::Execution;
use crate::frbr::{Reference, Which};
use crate::report::Report;
use crate::workspace::{OpenCorpora as _, TimelineOptions, timeline};

const EXAMPLES: &str = "Examples:
  recension log un/cd/2066
  recension log un/cd/2066 --lang zh --format json";

/// Show the timeline of a work: every version in every language, with what it claims and what it amounts to against the
/// one before it; which languages lack a reissue; which works it succeeds.
///
/// Verdicts are kept beside the repository under the hashes of the texts, so a second call compares nothing.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct LogArgs {
    /// The work, or a reference to one of its versions.
    #[arg(value_name = "WORK")]
    work: String,
    /// Only versions in this language.
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Look through all works for those that succeed this one.
    #[arg(long)]
    successors: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &LogArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let mut reference = Reference::parse(&args.work).map_err(|bad| {
        CliError::user(format!("{:?} names no work: {}", args.work, bad.why)).hint("a work is named like un/cd/2066")
    })?;
    reference.which = Which::Latest;
    reference.language = args.lang.clone().or(reference.language);
    let corpora = Corpora::new(global, ui);
    let corpus = corpora.at(reference.revision.as_deref())?;
    let options = TimelineOptions { successors: args.successors, execution: Execution::available() };
    let (timeline, verdicts) = step(ui, "comparing versions", || timeline(&corpus, &reference, options))?;
    ui.debug(&format!("verdicts: {} were kept, {} made anew", verdicts.kept, verdicts.made));
    output::report(global, &Report::Timeline(&timeline), ui.look(None))?;
    Ok(Exit::Clean)
}
