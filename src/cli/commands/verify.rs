//! `recension verify`.

use clap::Args;

use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::Global,
    input::Corpora,
    output,
    progress::Spinner,
    ui::Ui,
};
use crate::corpus::{self, Verification, VerifyOptions};
use crate::execution::Execution;
use crate::report::Report;
use crate::workspace::OpenCorpora as _;

const EXAMPLES: &str = "Examples:
  recension verify
  recension verify --format json
  recension verify --repair";

/// Verify the corpus: every hash, record and reference, that no version changed after its first commit, and git's own
/// objects.
///
/// Every source is read anew, and its reading text is held against the one that is kept.
///
/// What does not hold is named, with the commit that did it where one did, and the exit code is 1. Nothing is changed,
/// unless --repair is given: that removes locks and files that killed calls left, completes or undoes what they began,
/// and enters committed files into git's index. Versions are never touched.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct VerifyArgs {
    /// Was needed to have every source read anew, which is always done now.
    #[arg(long, hide = true)]
    texts: bool,
    /// Mend what killed calls left.
    #[arg(long)]
    repair: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &VerifyArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    if args.repair && global.at.is_some() {
        return Err(CliError::user("--at reads the past, and nothing can be mended there").hint("leave --at out"));
    }
    let corpora = Corpora::new(global, ui);
    if args.texts {
        ui.note("--texts says what is always done");
    }
    let options = VerifyOptions { repair: args.repair };
    let clock = ui.clock();
    let spinner = Spinner::new(ui, "verifying");
    let tell = |step: &str| {
        let text = format!("verifying: {step}");
        ui.note(&text);
        spinner.say(&text);
    };
    let verified = match corpora.at(None) {
        Ok(corpus) => corpus::verify(&corpus, options, &tell)?,
        Err(error) => objects_alone(&corpora, error.into())?,
    };
    drop(spinner);
    ui.took("verifying", clock);
    output::report(global, &Report::Verified(&verified), ui.look(None))?;
    Ok(Exit::found(!verified.holds()))
}

/// Where the corpus can't be opened because of damaged objects, they are what is told.
fn objects_alone(corpora: &Corpora<'_>, error: CliError) -> Result<Verification, CliError> {
    let found = corpora.folder().and_then(|folder| corpus::verify_objects(&folder, Execution::available()).ok());
    match (found, error.advice()) {
        (Some(mut verified), Some(advice)) if !verified.holds() => {
            verified.notes.push(format!("the corpus can't be opened: {}", advice.message));
            Ok(verified)
        }
        _ => Err(error),
    }
}
