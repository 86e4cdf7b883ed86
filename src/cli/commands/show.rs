//! `recension show`.

use std::ffi::OsString;

use clap::Args;

use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::Global,
    input::{self, Corpora},
    output,
    progress::step,
    ui::Ui,
};
use crate::ingest;
use crate::record::Document;
use crate::report::Report;
use crate::statement::Ledger;

const EXAMPLES: &str = "Examples:
  recension show un/cd/2066~zh
  recension show letter.txt --ledger
  recension show letter.txt --evidence
  pdftotext -layout letter.pdf - | recension show - --format json";

/// Show a version or a file as the program reads it.
///
/// Printed are what the text says of itself (symbol, dates by role, claim), its clauses as a tree with the addresses
/// that changes are told by, and what was taken for page furniture and left out. Nothing of the text is missing: what
/// is in no clause is in the list at the end.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct ShowArgs {
    /// A reference, the path of a file, or - for standard input.
    #[arg(value_name = "REF|FILE")]
    what: OsString,
    /// The language of the text, where it does not show it: a code such as fr, also one of --data.
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// List every byte of the source instead: the clause whose text or label it is, why it was left out, or white space.
    /// Exit code 1 where the reading accounts for a byte nowhere, or twice.
    #[arg(long)]
    ledger: bool,
    /// Tell of every line of the text instead whether a paragraph begins with it, by which signs, and how much each weighs.
    #[arg(long, conflicts_with = "ledger")]
    evidence: bool,
    /// Columns of a line; else those of the terminal, or 100.
    #[arg(long, value_name = "N")]
    width: Option<usize>,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &ShowArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let lang = input::known_language(args.lang.as_deref(), global)?;
    let corpora = Corpora::new(global, ui);
    let named = corpora.name(&args.what, lang)?;
    let document = step(ui, "reading", || named.read(input::reading(global, lang)))?;
    if args.ledger {
        return ledger(args, &document, global, ui);
    }
    if args.evidence {
        return evidence(args, &document, global, ui);
    }
    input::warn_of_languages(input::language_of(&document), global, ui);
    input::warn_of_recognised(&document, ui);
    output::report(global, &Report::Statement(&document), ui.look(args.width))?;
    Ok(Exit::Clean)
}

/// Tells what became of every byte.
fn ledger(args: &ShowArgs, document: &Document, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let ledger = Ledger::of(&document.source.text, document.statement());
    output::report(global, &Report::Ledger(document, &ledger), ui.look(args.width))?;
    Ok(if ledger.is_whole() { Exit::Clean } else { Exit::Found })
}

/// Tells why the paragraphs begin where they do.
fn evidence(args: &ShowArgs, document: &Document, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let boundaries = ingest::boundaries(&document.source);
    output::report(global, &Report::Evidence(document, &boundaries), ui.look(args.width))?;
    Ok(Exit::Clean)
}
