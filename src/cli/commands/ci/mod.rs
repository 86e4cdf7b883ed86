//! `recension ci`.

mod waive;

use std::{
    fs::OpenOptions,
    io::Write as _,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum as _};

use super::{
    audit::{FORMATS, places, print, render},
    diff::MinTier,
};
use crate::audit::Audit;
use crate::change::Tier;
use crate::cli::{
    args::{Format, Global},
    config::{self, Owner, PROJECT, Settings},
    error::CliError,
    exit::{self, Exit},
    input::Corpora,
    output,
    progress::step,
    ui::{self, Ui},
};
use crate::corpus::{self, Head, OddityKind};
use crate::execution::Execution;
use crate::report;
use crate::workspace::{Review, ReviewEnds};

const EXAMPLES: &str = "Examples:
  recension ci --base origin/main
  recension ci --staged
  recension ci --base origin/main --report sarif=recension.sarif --summary summary.md
  recension ci --base origin/main --fail-on substantive --format json
  recension ci --base v1 --head v2 --files 'statements/*.txt'
  recension ci --base origin/main --write-waivers recension-waivers.toml";

/// Hold what a pull request adds and changes to the policy.
///
/// Looked at is what HEAD, or --head, has that --base has not, from the commit where the two parted; where they parted at
/// several, from each. New versions of a corpus are held against those before them, and those after them against the new
/// ones; versions that were changed or removed break the policy, for a version never changes; text files outside of a
/// corpus are compared before and after. What can't be compared breaks it too: a file that is no text, is too large, is a
/// link, has no name in UTF-8, or is gone.
///
/// All settings are those of --base: the policy of its corpus, and for files outside of a corpus that of .recension.toml at
/// its top. A pull request that changes them, or brings files of their names, is told so by a finding.
///
/// In GitHub Actions the result is annotations, where no format is asked for, and the summary of the step gets Markdown.
///
/// Findings that somebody has looked at can be let pass one by one, by their fingerprints, with a reason and until a day, in
/// recension-waivers.toml of the base. --write-waivers writes them for what is found.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct CiArgs {
    /// The revision that is compared with: the branch that the pull request goes to.
    ///
    /// Without it, the one that GitHub or GitLab names in the environment; of what is staged, HEAD.
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// The revision that is looked at.
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    head: String,
    /// Look at what is staged, as a commit would take it.
    #[arg(long, conflicts_with = "head")]
    staged: bool,
    /// Also break on every change of this tier and above, whatever is claimed; else from that of the key ci.fail_on on.
    #[arg(long, value_enum, value_name = "TIER")]
    fail_on: Option<MinTier>,
    /// Text files outside of a corpus to look at: * and ? fit any characters; else those of the key ci.files, else *.txt.
    /// May be given several times.
    #[arg(long, value_name = "GLOB")]
    files: Vec<String>,
    /// The file of waivers, as the base has it; else that of the key ci.waivers, else recension-waivers.toml. A file outside
    /// of the repository is taken as it is.
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// Also let pass what waivers say that the base has not: those that come with what is looked at.
    #[arg(long)]
    accept_new_waivers: bool,
    /// Append a waiver for each finding to this file, for somebody to write the reasons into.
    #[arg(long, value_name = "FILE")]
    write_waivers: Option<PathBuf>,
    /// Append the result as Markdown to this file; in GitHub Actions else to the summary of the step.
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
    /// Also write the result to a file in this format: json, jsonl, markdown, sarif, junit, github or gitlab. May be given
    /// several times.
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = parse_report)]
    reports: Vec<Report>,
    /// Columns of a line; else those of the terminal, or 100.
    #[arg(long, value_name = "N")]
    width: Option<usize>,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &CiArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let folder = folder(global, ui);
    let base = base(args)?;
    let index = ui::index_of_git();
    let head = if args.staged { Head::Index(index.as_deref()) } else { Head::Revision(&args.head) };
    let ends = ReviewEnds { folder: &folder, base: &base, head };
    let settings = settings(&ends, global)?;
    // What is looked at has no say in what is told either.
    let ui = &ui.under(global, &settings);
    let asked = Some(args.files.clone()).filter(|files| !files.is_empty());
    let files = asked.or_else(|| settings.texts("ci.files")).unwrap_or_default();
    let pulls = step(ui, "looking at what changed", || corpus::pull(&folder, &base, head, &files))?;
    if pulls.len() > 1 {
        let bases: Vec<String> = pulls.iter().map(|pull| format!("{:.10}", pull.base)).collect();
        ui.warn(&format!("the two branches parted at several commits: held against each of {}", bases.join(", ")));
    }
    let changed = pulls.iter().flat_map(|pull| &pull.oddities);
    for oddity in changed.filter(|oddity| matches!(oddity.kind, OddityKind::Settings(_))) {
        ui.warn(&format!("{} is changed; the one at the base holds here", oddity.path));
    }
    let least = args.fail_on.map(Tier::from).or_else(|| settings.tier("ci.fail_on"));
    let mut policy = settings.policy().cloned().unwrap_or_default();
    policy.fail_on = least.or(policy.fail_on);
    let here = ui::current_folder();
    let formats = args.reports.iter().map(|report| report.format).chain([global.format]);
    let places = formats.filter_map(|format| places(here.as_ref(), format)).next();
    let review =
        Review { ends, policy, least, places, catalogue: global.catalogue(), execution: Execution::available() };
    let results = step(ui, "comparing versions", || review.outcomes(&pulls))?;
    let mut audit = Audit { results, waived: Vec::new() };
    waive::apply(&mut audit, args, &settings, &ends, ui)?;
    if let Some(file) = &args.write_waivers {
        waive::write(&audit, file, ui)?;
    }
    for report in &args.reports {
        output::write_file(&report.file, |out| render(out, &audit, report.format, ui.look(args.width)))?;
    }
    if let Some(summary) = args.summary.clone().or_else(ui::step_summary) {
        append(&summary, &report::markdown_audit(&audit))?;
    }
    print(&audit, global, ui.look(args.width))?;
    Ok(Exit::found(!audit.passes()))
}

/// A folder of the repository that is looked at: as the call says, else where it was made. What the files of the
/// repository say of where its corpus is could lead elsewhere.
fn folder(global: &Global, ui: &Ui) -> PathBuf {
    let said = global.corpus.clone().or_else(ui::corpus_of_environment);
    let here = || ui::current_folder().filter(|here| corpus::top_of(here).is_ok());
    said.or_else(here).or_else(|| Corpora::new(global, ui).folder()).unwrap_or_else(|| PathBuf::from("."))
}

/// A further result in a file.
#[derive(Clone, Debug)]
struct Report {
    format: Format,
    file: PathBuf,
}

fn parse_report(text: &str) -> Result<Report, String> {
    let (format, file) = text.split_once('=').ok_or("say it as FORMAT=FILE, such as sarif=recension.sarif")?;
    let format = Format::from_str(format, false)?;
    if !FORMATS.contains(&format) {
        return Err("there is no such report of an audit".to_owned());
    }
    Ok(Report { format, file: PathBuf::from(file) })
}

/// The revision to compare with: as asked for, else as the forge says.
fn base(args: &CiArgs) -> Result<String, CliError> {
    let staged = || args.staged.then(|| "HEAD".to_owned());
    args.base.clone().or_else(staged).or_else(ui::base_of_environment).ok_or_else(|| {
        CliError::user("nothing says what to compare with")
            .hint("name the branch that the changes go to by --base REV, or look at what is staged by --staged")
    })
}

/// Adds to a file, which is made where it is missing.
fn append(path: &Path, text: &str) -> Result<(), CliError> {
    let opened = OpenOptions::new().append(true).create(true).open(path);
    opened
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| CliError::io("written", &path.display().to_string(), &error))
}

/// What is set, with the project file as the base has it, so that what is looked at can't loosen its own rules.
fn settings(ends: &ReviewEnds<'_>, global: &Global) -> Result<Settings, CliError> {
    let file = corpus::file_of_pull(ends.folder, ends.base, ends.head, PROJECT)?;
    let parse = |text: &str| config::File::parse(text, &file.path, Owner::Project);
    Ok(global.settings.with_project(file.held.as_deref().map(parse).transpose()?))
}
