//! `recension find`.

use std::cell::{OnceCell, RefCell};

use clap::Args;

use super::add::day;
use crate::cli::{
    error::CliError,
    exit::Exit,
    global::Global,
    input::Corpora,
    output,
    progress::{Progress, Spinner},
    ui::Ui,
};
use crate::corpus::CorpusError;
use crate::execution::Execution;
use crate::record::Day;
use crate::report::Report;
use crate::search::{self, Filter, Found, Options, Query, Remark, SearchError};
use crate::statement::ClauseKind;
use crate::workspace::OpenCorpora as _;

const EXAMPLES: &str = "Examples:
  recension find 'strategic stability'            both words in one clause
  recension find '\"strategic stability\"'          the phrase
  recension find 战略稳定 --work un/ --from 2016
  recension find 'stabilit*' --lang en --kind operative --kind item --format json";

const EXIT: &str = "Exit codes:
  0  something was found
  1  nothing was found
  2  the command could not do its work; standard error says why and how to mend it";

/// Versions that could not be looked through and are named.
const MOST_NAMED: usize = 5;

/// Find the clauses of the corpus that hold words or phrases, those of the newest versions first.
///
/// All words of TEXT must stand in one clause, in any order and whatever their case. What stands in quotation marks is a
/// phrase; so is a run of Chinese characters. A word that ends in * stands for all that begin so. Marks are not compared.
///
/// An index is kept beside the git repository of the corpus and brought level with it before every search; the first one
/// reads every version. Without git nothing is kept and every search reads everything.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{EXIT}"))]
pub(in crate::cli) struct FindArgs {
    /// Words, and phrases in quotation marks.
    #[arg(value_name = "TEXT")]
    text: String,
    /// Only this work, or works whose names begin so where it ends in /.
    #[arg(long, value_name = "WORK")]
    work: Option<String>,
    /// Only versions in this language.
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Only versions issued on this date or later: 2016, 2016-09 or 2016-09-26.
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<Day>,
    /// Only versions issued on this date or earlier.
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<Day>,
    /// Only clauses of this kind, such as operative, item or footnote; may be given again.
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Vec<ClauseKind>,
    /// Clauses that are shown; the others are counted.
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// Make the index anew, whatever there is.
    #[arg(long)]
    reindex: bool,
}

fn kind(text: &str) -> Result<ClauseKind, String> {
    let names = || ClauseKind::ALL.map(ClauseKind::name).join(", ");
    ClauseKind::parse(text).ok_or_else(|| format!("the kinds are {}", names()))
}

/// Runs the command.
pub(in crate::cli) fn run(args: &FindArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let query = Query::parse(&args.text)?;
    let corpora = Corpora::new(global, ui);
    let corpus = corpora.at(None)?;
    let filter = Filter {
        work: args.work.clone(),
        language: args.lang.clone(),
        from: args.from,
        to: args.to,
        kinds: args.kind.clone(),
    };
    let clock = ui.clock();
    let spinner = RefCell::new(Some(Spinner::new(ui, "searching")));
    let bar = OnceCell::new();
    let options = Options {
        limit: args.limit,
        anew: args.reindex,
        execution: Execution::available(),
        tell: &|remark| remark_on(ui, remark),
        progress: &|done, of| {
            // Two signs do not go on one line.
            drop(spinner.take());
            bar.get_or_init(|| Progress::new(ui, "indexing", of)).reach(done);
        },
    };
    let found = search::find(&corpus, &query, &filter, &options)?;
    if let Some(bar) = bar.get() {
        bar.end();
    }
    drop(spinner.take());
    ui.took("searching", clock);
    ui.debug(&format!("{} versions looked through, {} not", found.searched, found.unread.len()));
    warn(ui, &found, &corpus.name())?;
    output::report(global, &Report::Found(&found), ui.look(None))?;
    Ok(Exit::found(found.total == 0))
}

fn remark_on(ui: &Ui, remark: Remark) {
    match remark {
        Remark::Waiting => ui.warn("another recension makes the index of this corpus; waiting for it"),
        Remark::Anew { why } => ui.note(&format!("the index is made anew: {why}")),
        Remark::InMemory { why: None } => {
            ui.warn("without git no index is kept: every search reads every version, which is slow");
        }
        Remark::InMemory { why: Some(why) } => {
            ui.warn(&format!("the index can't be kept, so every version is read, which is slow: {why}"));
        }
    }
}

/// Warns of what was not looked through.
fn warn(ui: &Ui, found: &Found, corpus: &str) -> Result<(), CliError> {
    if found.searched == 0 && found.unread.is_empty() {
        if found.is_of_all {
            return Err(CorpusError::Empty { path: corpus.to_owned() }.into());
        }
        ui.warn("no version of the corpus is of that work, language and date; recension list names those it has");
    }
    for (id, why) in found.unread.iter().take(MOST_NAMED) {
        ui.warn(&format!("{id} was not looked through: {why}"));
    }
    if found.unread.len() > MOST_NAMED {
        ui.warn(&format!("{} more versions were not looked through", found.unread.len() - MOST_NAMED));
    }
    if !found.unread.is_empty() {
        ui.warn("recension verify says what is wrong with the corpus");
    }
    Ok(())
}

impl From<SearchError> for CliError {
    fn from(error: SearchError) -> Self {
        let hint = match error {
            SearchError::Corpus(error) => return error.into(),
            SearchError::Query { .. } => "give words to look for, such as 'strategic stability'",
            SearchError::Index { .. } => "an index in memory takes about as much of it as the texts are long",
        };
        Self::user(error.to_string()).hint(hint)
    }
}
