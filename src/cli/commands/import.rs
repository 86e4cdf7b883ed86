//! `recension import`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::add::{SaidArgs, writable};
use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::Global,
    output,
    progress::{Progress, step},
    surroundings,
    ui::Ui,
};
use crate::corpus::{self, Corpus, HistoryOptions, ImportOptions, ImportOutcome, Item, ListFormat, Problem, Store};
use crate::report::Report;

const EXAMPLES: &str = "Examples:
  recension import resolutions.csv
  recension import texts/ --lang en
  recension import --git ../terms-tracker --path 'Example/*.md' --work 'terms/{dir}/{stem}' --lang en
  recension import corpus.jsonl --export";

/// Add many versions: from a list, a folder, the history of another git repository, or an export.
///
/// A list is CSV with the columns path, work, lang, issued, claim, source_url, or JSON Lines with these keys; only path
/// must be there. Of a folder every file is taken, by name. What a column and a sidecar do not say, an option says for
/// all, and what none says, the text.
///
/// With --git, each file of the repository becomes a work and each of its states a version; the author's date is the
/// date of issue where the text does not say one.
///
/// Versions go in by batches, a commit each. A call that was cut off is simply made again: what is there already is
/// passed over. What can't become a version is left out and told, and the exit code is 1.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct ImportArgs {
    /// A list (.csv, .jsonl) or a folder of texts; with --export, a file that recension export wrote.
    #[arg(value_name = "LIST|FOLDER", required_unless_present = "git", conflicts_with = "git")]
    from: Option<PathBuf>,
    /// Read back an export: JSON Lines, a version a line.
    #[arg(long, conflicts_with = "git")]
    export: bool,
    /// Take the history of the files of this git repository.
    #[arg(long, value_name = "REPO")]
    git: Option<PathBuf>,
    /// Only files whose path fits: * within and across folders, ? one character.
    #[arg(long, value_name = "GLOB", requires = "git")]
    path: Option<String>,
    /// Only branches whose name fits, instead of HEAD. May be given several times.
    #[arg(long, value_name = "GLOB", requires = "git")]
    branch: Vec<String>,
    #[command(flatten)]
    said: SaidArgs,
    /// Count what would be added, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// How works are named after files of a repository where nobody says.
const TEMPLATE: &str = "{dir}/{stem}";

/// Runs the command.
pub(in crate::cli) fn run(args: &ImportArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let (corpus, store) = writable(global, ui)?;
    let imported = match (&args.git, &args.from) {
        (Some(repository), _) => from_history(repository, args, (&corpus, &store), ui)?,
        (None, Some(from)) if args.export => {
            let (count, items) = step(ui, "reading", || corpus::exported(from))?;
            take(args, (&corpus, &store), ui, count, items)?
        }
        (None, Some(from)) => from_files(from, args, (&corpus, &store), ui)?,
        (None, None) => return Err(CliError::internal("an import without a source")),
    };
    ui.remark_on(imported.interrupted);
    let report = Report::Imported { imported: &imported, is_dry_run: args.dry_run };
    output::report(global, &report, ui.look(None))?;
    Ok(Exit::found(!imported.problems.is_empty()))
}

type Writable<'a> = (&'a Corpus, &'a Store);

fn from_history(
    repository: &Path,
    args: &ImportArgs,
    corpus: Writable<'_>,
    ui: &Ui,
) -> Result<ImportOutcome, CliError> {
    let mut said = args.said.said();
    let template = said.work.take().unwrap_or_else(|| TEMPLATE.to_owned());
    let options = HistoryOptions {
        repository,
        branches: &args.branch,
        paths: args.path.as_deref(),
        work: &template,
        said: &said,
    };
    let (count, items) = step(ui, "reading the history", || corpus::history(&options))?;
    take(args, corpus, ui, count, items)
}

fn from_files(from: &Path, args: &ImportArgs, corpus: Writable<'_>, ui: &Ui) -> Result<ImportOutcome, CliError> {
    let said = args.said.said();
    if from.is_dir() {
        let (count, items) = corpus::folder(from, &said)?;
        return take(args, corpus, ui, count, items);
    }
    let ending = from.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let format = match ending.as_deref() {
        Some("csv") => ListFormat::Csv,
        Some("jsonl" | "ndjson") => ListFormat::JsonLines,
        _ => {
            return Err(CliError::user(format!("{} is neither a list (.csv, .jsonl) nor a folder", from.display()))
                .hint("to add single texts, use recension add"));
        }
    };
    let (count, items) = corpus::list(from, format, &said)?;
    take(args, corpus, ui, count, items)
}

fn take(
    args: &ImportArgs,
    (corpus, store): Writable<'_>,
    ui: &Ui,
    count: usize,
    items: impl Iterator<Item = Result<Item, Problem>>,
) -> Result<ImportOutcome, CliError> {
    let progress = Progress::new(ui, "importing", count);
    let options = ImportOptions {
        defaults: &corpus.settings().defaults,
        catalogue: corpus.catalogue(),
        today: surroundings::today(),
        dry_run: args.dry_run,
        waiting: &|| ui.warn("another recension writes to this corpus; waiting for it"),
        progress: &|done| progress.reach(done),
    };
    let imported = corpus::import(store, items, &options)?;
    progress.end();
    Ok(imported)
}
