//! `recension ci`.

use std::{
    collections::BTreeMap,
    fs::OpenOptions,
    io::Write as _,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum as _};

use super::{
    add::bytes_of,
    audit::{FORMATS, outcome, print, render},
    diff::MinTier,
};
use crate::audit::{self, Audit, Case, Compared, Outcome, Policy, Touched, waivers};
use crate::change::{self, Tier};
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
use crate::corpus::{self, Corpus, Head, Lined, Pull, PulledFile, PulledKind, PulledVersion, Version, VersionId};
use crate::frbr::{Reference, Which};
use crate::ingest;
use crate::report;
use crate::text::Pair;

const EXAMPLES: &str = "Examples:
  recension ci --base origin/main
  recension ci --staged
  recension ci --base origin/main --report sarif=recension.sarif --summary summary.md
  recension ci --base origin/main --fail-on substantive --format json
  recension ci --base v1 --head v2 --files 'statements/*.txt'";

/// The file of waivers that is looked for in the work tree.
const WAIVERS: &str = "recension-waivers.toml";

/// Hold what a pull request adds and changes to the policy.
///
/// Looked at is what HEAD, or --head, has that --base has not, from the commit where the two parted. New versions of a
/// corpus are held against those before them, and those after them against the new ones; versions that were changed or
/// removed break the policy, for a version never changes; text files outside of a corpus are compared before and after.
/// The policy is that of the corpus at --base, and for files outside of a corpus that of .recension.toml there, so that a
/// pull request can't loosen it for itself.
///
/// In GitHub Actions the result is annotations, where no format is asked for, and the summary of the step gets Markdown.
///
/// Findings that somebody has looked at can be let pass, with a reason and until a day, in recension-waivers.toml.
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
    /// The file of waivers; else that of the key ci.waivers, else recension-waivers.toml in the work tree.
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
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
    let corpora = Corpora::new(global, ui);
    let folder = corpora.folder().or_else(ui::current_folder).unwrap_or_else(|| PathBuf::from("."));
    let base = base(args)?;
    let head = if args.staged { Head::Index } else { Head::Revision(&args.head) };
    let settings = settings(&folder, (&base, head), global, ui)?;
    let asked = Some(args.files.clone()).filter(|files| !files.is_empty());
    let files = asked.or_else(|| settings.texts("ci.files")).unwrap_or_default();
    let pull = step(ui, "looking at what changed", || corpus::pull(&folder, &base, head, &files))?;
    let lined = global.format.points_at_files() || args.reports.iter().any(|report| report.format.points_at_files());
    let least = args.fail_on.map(Tier::from).or_else(|| settings.tier("ci.fail_on"));
    let results = step(ui, "comparing versions", || versions(&pull, least, lined, ui))?;
    let mut audit = Audit { results, waived: Vec::new() };
    let mut policy = settings.policy().cloned().unwrap_or_default();
    policy.fail_on = least.or(policy.fail_on);
    for file in &pull.files {
        audit.results.extend(edited(file, &pull, &policy, ui));
    }
    let named = args.waivers.clone().or_else(|| settings.path("ci.waivers"));
    waive(&mut audit, named, &pull, ui)?;
    for report in &args.reports {
        output::write_file(&report.file, |out| render(out, &audit, report.format, ui.look(args.width)))?;
    }
    if let Some(summary) = args.summary.clone().or_else(ui::step_summary) {
        append(&summary, &report::markdown_audit(&audit))?;
    }
    print(&audit, global, ui.look(args.width))?;
    Ok(Exit::found(!audit.passes()))
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
fn settings(folder: &Path, (base, head): (&str, Head<'_>), global: &Global, ui: &Ui) -> Result<Settings, CliError> {
    let (path, texts) = corpus::file_of_pull(folder, base, head, PROJECT)?;
    if texts.before != texts.after {
        ui.warn(&format!("{PROJECT} is changed; the one at the base holds here"));
    }
    let parse = |text: &str| config::File::parse(text, &path, Owner::Project);
    Ok(global.settings.with_project(texts.before.as_deref().map(parse).transpose()?))
}

/// What the policies of their corpora say of the versions that were touched.
fn versions(pull: &Pull, fail_on: Option<Tier>, lined: bool, ui: &Ui) -> Result<Vec<Outcome>, CliError> {
    let mut by_corpus: BTreeMap<&str, Vec<&PulledVersion>> = BTreeMap::new();
    for version in &pull.versions {
        by_corpus.entry(&version.corpus).or_default().push(version);
    }
    let mut outcomes = Vec::new();
    for (place, touched) in by_corpus {
        let folder = pull.root.join(place);
        let after = Corpus::open(&folder, Some(&pull.head))?;
        let before = Corpus::open(&folder, Some(&pull.base)).ok();
        let mut policy = Policy::of(before.as_ref().unwrap_or(&after))?;
        if before.is_some() && Policy::of(&after)? != policy {
            ui.warn(&format!("{} changes the policy; the one at the base holds here", after.name()));
        }
        policy.fail_on = fail_on.or(policy.fail_on);
        for version in &touched {
            match version.kind {
                PulledKind::Added => added((&after, lined), &version.id, &touched, &policy, &mut outcomes)?,
                PulledKind::Changed | PulledKind::Removed => outcomes.extend(changed(version, &policy)),
            }
        }
    }
    Ok(outcomes)
}

/// A new version against the one before it, and the one after it against the new one.
fn added(
    (corpus, lined): (&Corpus, bool),
    id: &VersionId,
    touched: &[&PulledVersion],
    policy: &Policy,
    outcomes: &mut Vec<Outcome>,
) -> Result<(), CliError> {
    let (work, language) = (id.work.clone(), Some(id.language.clone()));
    let series = corpus.series(&Reference { revision: None, work, which: Which::Latest, language })?.concat();
    let Some(at) = series.iter().position(|version| version.id == *id) else { return Ok(()) };
    let is_added =
        |version: &Version| touched.iter().any(|touched| touched.id == version.id && touched.kind == PulledKind::Added);
    // A new version after this one is held against it in its own turn.
    let last = if series.get(at + 1).is_some_and(|next| !is_added(next)) { at + 1 } else { at };
    for at in at..=last {
        let Some(version) = series.get(at) else { continue };
        let before = at.checked_sub(1).and_then(|before| series.get(before));
        let before_text = before.map(|before| corpus.load(before)).transpose()?;
        let text = corpus.load(version)?;
        outcomes.extend(outcome(
            (before, before_text.as_ref()),
            (version, &text),
            None,
            policy,
            lined.then_some(corpus),
        )?);
    }
    Ok(())
}

/// A version that may not change and did.
fn changed(version: &PulledVersion, policy: &Policy) -> Option<Outcome> {
    let touched = if version.kind == PulledKind::Removed { Touched::Removed } else { Touched::Changed };
    let case = Case {
        work: Some(version.id.work.to_string()),
        language: Some(version.id.language.clone()),
        before: None,
        after: version.id.to_string(),
        claim: None,
        status: None,
        compared: None,
        touched,
        lines: Pair::default(),
    };
    audit::examine(&case, policy)
}

/// A file that was edited, before and after; a new one is looked at for what it claims.
fn edited(file: &PulledFile, pull: &Pull, policy: &Policy, ui: &Ui) -> Option<Outcome> {
    let read = |bytes: &[u8]| {
        let read = ingest::read(bytes, ingest::Options::default());
        read.map_err(|error| ui.warn(&format!("{} is passed over: {error}", file.path))).ok()
    };
    let after = read(&file.after)?;
    let before = match &file.before {
        Some(bytes) => Some(read(bytes)?),
        None => None,
    };
    let comparison =
        before.as_ref().map(|before| change::compare(&before.statement, &after.statement, &policy.options()));
    let compared = before.as_ref().zip(comparison.as_ref()).map(|(before, comparison)| Compared {
        before: &before.statement,
        after: &after.statement,
        comparison,
    });
    let lined = Lined::source(file.path.as_str(), &after.statement, &after.text);
    let earlier = file.renamed.as_ref().unwrap_or(&file.path);
    let case = Case {
        work: None,
        language: after.statement.language.map(str::to_owned),
        before: compared.map(|_| format!("{:.10}:{earlier}", pull.base)),
        after: file.path.clone(),
        claim: after.statement.identity.claim.as_ref().map(|claim| claim.claim.clone()),
        status: None,
        compared,
        touched: Touched::Not,
        lines: Pair::new(None, Some(&lined)),
    };
    audit::examine(&case, policy)
}

/// Lets pass what waivers name; one that has expired is told.
fn waive(audit: &mut Audit, named: Option<PathBuf>, pull: &Pull, ui: &Ui) -> Result<(), CliError> {
    let path = named.clone().unwrap_or_else(|| pull.root.join(WAIVERS));
    if named.is_none() && !path.is_file() {
        return Ok(());
    }
    let name = path.display().to_string();
    let text =
        String::from_utf8(bytes_of(Path::new(&path))?).map_err(|_| CliError::user(format!("{name} is no UTF-8")))?;
    let waivers = waivers(&text, &name)?;
    let Some(today) = ui::today() else {
        return Err(CliError::user("the clock of this machine is off by centuries, and waivers have a last day"));
    };
    for expired in audit.waive(&waivers, today) {
        ui.warn(&format!("the waiver of {} has expired on {}: {}", expired.of, expired.expires, expired.reason));
    }
    Ok(())
}
