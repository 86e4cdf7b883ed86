//! `recension audit`.

use std::{
    ffi::OsString,
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use clap::Args;

use super::diff::remarks;
use crate::audit::{self, Audit};
use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::{Format, Global},
    input::{self, Corpora},
    output,
    progress::{Counter, step},
    surroundings,
    ui::Ui,
};
use crate::execution::Execution;
use crate::report::Report;
use crate::text::Pair;
use crate::workspace::{self, AuditOptions, OpenCorpora as _, audit_pair, policy_of, read_both, select};

/// What an audit is printed as.
pub(in crate::cli) const FORMATS: &[Format] = &[
    Format::Terminal,
    Format::Json,
    Format::Jsonl,
    Format::Markdown,
    Format::Sarif,
    Format::Junit,
    Format::Github,
    Format::Gitlab,
];

const EXAMPLES: &str = "Examples:
  recension audit
  recension audit un/ --format json
  recension audit --format markdown >> summary.md
  recension audit first.txt reissue.txt";

/// Hold what versions claim to be against what changed in them.
///
/// Every version of the corpus is compared with the one before it in the same language, under the table [policy] of
/// recension.toml. A reissue for technical reasons passes only where nothing but layout, masthead, notes and the like
/// changed; a reissue whose earlier issue is not in the corpus does not pass, for nobody can say what changed.
///
/// SELECTOR is a work, the beginning of works' names ending in /, or a reference; without one, all versions are held
/// against their claims. Two files are compared as a version and the one before it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct AuditArgs {
    /// A work, a prefix ending in /, a reference; or two files, the earlier first.
    #[arg(value_name = "SELECTOR")]
    selectors: Vec<OsString>,
    /// The language of two files, where they do not show it: a code such as fr, also one of --data.
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Say what a policy checks, why, and how it is set.
    #[arg(long, value_name = "POLICY", conflicts_with = "selectors")]
    explain: Option<String>,
    /// Columns of a line; else those of the terminal, or 100.
    #[arg(long, value_name = "N")]
    width: Option<usize>,
    /// Threads that compare; the result is the same with any number.
    #[arg(long, value_name = "N", hide = true)]
    threads: Option<NonZeroUsize>,
}

impl AuditArgs {
    /// What it is printed as; of a policy only the doc for users.
    pub(in crate::cli) fn formats(&self) -> &'static [Format] {
        if self.explain.is_some() { &[Format::Terminal] } else { FORMATS }
    }
}

/// Runs the command.
pub(in crate::cli) fn run(args: &AuditArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    if let Some(name) = &args.explain {
        return explain(name, global);
    }
    let lang = input::known_language(args.lang.as_deref(), global)?;
    let corpora = Corpora::new(global, ui);
    let audit = match &args.selectors[..] {
        [before, after] if is_file(before) || is_file(after) => {
            files(&corpora, Pair::new(before, after), lang, execution(args), global, ui)?
        }
        [one] if is_file(one) => {
            return Err(CliError::user(format!("{} is one file, and an audit compares two", one.display()))
                .hint("name the earlier file first, then the later"));
        }
        selectors => versions(&corpora, selectors, lang, execution(args), global, ui)?,
    };
    input::warn_of_languages(audit.results.iter().filter_map(|result| result.language.as_deref()), global, ui);
    output::report(global, &Report::Audit(&audit), ui.look(args.width))?;
    Ok(Exit::found(!audit.passes()))
}

fn explain(name: &str, global: &Global) -> Result<Exit, CliError> {
    let Some(rule) = audit::rule(name) else {
        let names: Vec<&str> = audit::rules().iter().map(|rule| rule.name).collect();
        return Err(CliError::user(format!("{name:?} is no policy")).hint(format!("policies are {}", names.join(", "))));
    };
    output::deliver(global, |out| out.write_all(rule.doc().as_bytes()))?;
    Ok(Exit::Clean)
}

fn is_file(argument: &OsString) -> bool {
    argument == "-" || std::fs::metadata(Path::new(argument)).is_ok_and(|found| !found.is_dir())
}

/// As many threads as were asked for, else as the machine has.
fn execution(args: &AuditArgs) -> Execution {
    args.threads.map_or_else(Execution::available, |threads| Execution::threads(threads.get()))
}

/// The folder that findings are told from, in formats that tell them with lines of files.
pub(super) fn places(here: Option<&PathBuf>, format: Format) -> Option<Option<&Path>> {
    format.points_at_files().then(|| here.map(PathBuf::as_path))
}

/// Two files, under the policy of the corpus if there is one.
fn files(
    corpora: &Corpora<'_>,
    files: Pair<&OsString>,
    lang: Option<&str>,
    execution: Execution,
    global: &Global,
    ui: &Ui,
) -> Result<Audit, CliError> {
    let policy = match corpora.has_corpus() {
        true => policy_of(&*corpora.at(None)?)?,
        false => global.settings.policy().cloned().unwrap_or_default(),
    };
    let inputs = input::sides(corpora, files.before, files.after, lang)?;
    let documents = step(ui, "reading", || {
        let reading = input::reading(global, lang);
        read_both(inputs.as_ref(), Pair::new(reading, reading))
    })?;
    remarks(&documents.before, &documents.after, ui);
    let here = surroundings::current_folder();
    let options = AuditOptions { execution, places: places(here.as_ref(), global.format) };
    Ok(step(ui, "comparing", || audit_pair(inputs.as_ref(), documents.as_ref(), &policy, options))?)
}

fn versions(
    corpora: &Corpora<'_>,
    selectors: &[OsString],
    lang: Option<&str>,
    execution: Execution,
    global: &Global,
    ui: &Ui,
) -> Result<Audit, CliError> {
    let selections = step(ui, "listing", || select(corpora, selectors, lang))?;
    for selection in &selections {
        ui.note(&format!("corpus {}: {} versions", selection.corpus.name(), selection.versions().count()));
    }
    let clock = ui.clock();
    let here = surroundings::current_folder();
    let options = AuditOptions { execution, places: places(here.as_ref(), global.format) };
    let audit = workspace::audit(&selections, options, &Counter::new(ui, "auditing"))?;
    ui.took("auditing", clock);
    Ok(audit)
}
