//! `recension git merge`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::cli::{error::CliError, exit::Exit, files, global::Global, input, output, ui::Ui};
use crate::corpus;
use crate::execution::Execution;
use crate::merge::{self, MergedText, Options};
use crate::workspace::MOST_BYTES;

const EXAMPLES: &str = "Examples:
  recension git merge base.txt mine.txt yours.txt
  recension git merge --stdout base.txt mine.txt yours.txt
  recension git merge -o merged.txt base.txt mine.txt yours.txt";

const EXITS: &str = "Exit codes:
  0  merged
  1  conflicts: the clauses that a person must decide on stand between markers, and standard error names them; or the
     texts can't be merged by clauses, and OURS stands as it was
  2  the command could not do its work; standard error says why and how to mend it";

/// Merge what THEIRS changed of BASE into OURS, clause by clause.
///
/// Lines do not count: a clause that one side only wrapped anew takes the words of the other. A clause moved by one side and
/// changed by the other stands changed at its new place. Labels are merged apart from texts, and counted on where both
/// sides count. What each side changed otherwise is a conflict of that clause alone. The layout, the furniture of pages and
/// the line ends are those of OURS; what a reading leaves out and one side changed is kept, if need be in the layout of
/// THEIRS, or is a conflict.
///
/// The result takes the place of OURS, as with git merge-file, unless --stdout or -o says otherwise.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{EXITS}"))]
pub(super) struct MergeArgs {
    /// The text that both go back to.
    base: PathBuf,
    /// The text that is merged into.
    ours: PathBuf,
    /// The text that is merged.
    theirs: PathBuf,
    /// Signs in a conflict marker.
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..=1000))]
    marker_size: u16,
    /// The path that messages name instead of OURS.
    #[arg(long, value_name = "PATH")]
    path: Option<PathBuf>,
    /// Print the result and leave OURS as it is.
    #[arg(short = 'p', long)]
    stdout: bool,
    /// The language of the texts, where they do not show it: a code such as fr, also one of --data.
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &MergeArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let language = input::known_language(args.lang.as_deref(), global)?;
    let name = args.path.as_ref().unwrap_or(&args.ours).display().to_string();
    let (base, ours, theirs) = (bytes(&args.base)?, bytes(&args.ours)?, bytes(&args.theirs)?);
    let options = Options {
        marker_size: usize::from(args.marker_size),
        catalogue: global.catalogue(),
        language,
        execution: Execution::available(),
    };
    let merged = merge::merge(&base, &ours, &theirs, options);
    match &merged {
        Ok(merged) => tell(merged, &name, ui),
        Err(error) => ui.warn(&format!("{name} is not merged and stands as ours has it: {error}")),
    }
    let result = merged.as_ref().map_or(&ours, |merged| &merged.bytes);
    if args.stdout || global.output.is_some() {
        output::deliver(global, |out| out.write_all(result))?;
    } else if *result != ours {
        files::write_file(&args.ours, |out| out.write_all(result))?;
    }
    Ok(Exit::found(merged.map_or(true, |merged| !merged.conflicts.is_empty())))
}

/// Says what a person must decide on, and what was counted on.
fn tell(merged: &MergedText, name: &str, ui: &Ui) {
    for conflict in &merged.conflicts {
        ui.warn(&format!("{name}: conflict in {}: {}", conflict.address, conflict.why.words()));
    }
    if merged.renumbered > 0 {
        ui.note(&format!("{name}: {} clauses have numbers that neither side gave them", merged.renumbered));
    }
}

/// The bytes of a file; no more than a text may have, and one.
fn bytes(path: &Path) -> Result<Vec<u8>, CliError> {
    let failed = |error| CliError::io("read", &path.display().to_string(), &error);
    if fs::metadata(path).map_err(failed)?.len() > MOST_BYTES {
        let name = path.display();
        return Err(CliError::user(format!("{name} is longer than a text may be")).hint("merge it with git merge-file"));
    }
    corpus::read_plain(path, MOST_BYTES).map_err(failed)
}
