//! `recension audit`.

use std::{
    ffi::OsString,
    io::{self, Write},
    num::NonZeroUsize,
    path::Path,
    rc::Rc,
    sync::atomic::{AtomicUsize, Ordering},
};

use clap::Args;

use crate::audit::{self, Audit, Case, Compared, Observed, Outcome, Policy};
use crate::change;
use crate::cli::{
    args::{Format, Global},
    error::CliError,
    exit::{self, Exit},
    input::{self, Corpora, full_name},
    lines, output,
    progress::{Progress, step},
    select,
    ui::Ui,
};
use crate::corpus::{Corpus, CorpusError, Lined, Loaded, Version};
use crate::execution::Execution;
use crate::report::{self, Look};
use crate::statement::Statement;

use crate::text::Pair;

use super::diff::remarks;

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
    /// The language of two files, where they do not show it: ar, en, es, fr, ru or zh.
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
    let lang = input::known_language(args.lang.as_deref())?;
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
    print(&audit, global, ui.look(args.width))?;
    Ok(Exit::found(!audit.passes()))
}

/// Prints an audit in the format asked for.
pub(super) fn print(audit: &Audit, global: &Global, look: Look) -> Result<(), CliError> {
    output::deliver(global, |out| render(out, audit, global.format, look))
}

/// Writes an audit in one of its formats.
pub(super) fn render(out: &mut dyn Write, audit: &Audit, format: Format, look: Look) -> io::Result<()> {
    match format {
        Format::Json => report::audit_json(out, audit, Execution::available()),
        Format::Jsonl => report::audit_lines(out, audit),
        Format::Markdown => out.write_all(report::markdown_audit(audit).as_bytes()),
        Format::Sarif => report::sarif_audit(out, audit),
        Format::Junit => report::junit_audit(out, audit),
        Format::Github => report::github_audit(out, audit),
        Format::Gitlab => report::gitlab_audit(out, audit),
        // These are made of a comparison only, and are refused before anything is done.
        Format::Terminal | Format::Html | Format::Docx | Format::Akn => {
            out.write_all(report::audit_terminal(audit, look).as_bytes())
        }
    }
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

/// Two files, under the policy of the corpus if there is one.
fn files(
    corpora: &Corpora<'_>,
    files: Pair<&OsString>,
    lang: Option<&str>,
    execution: Execution,
    global: &Global,
    ui: &Ui,
) -> Result<Audit, CliError> {
    let policy = match corpora.folder() {
        Some(_) => Policy::of(&*corpora.at(None)?)?,
        None => global.settings.policy().cloned().unwrap_or_default(),
    };
    let (first, second) = input::sides(corpora, files.before, files.after, lang)?;
    let (before, after) = step(ui, "reading", || input::read_both(&first.readable(), &second.readable(), lang))?;
    remarks(&before, &after, ui);
    let lines = match global.format.points_at_files() {
        true => Pair::new(lines::of(&first, &before)?, lines::of(&second, &after)?),
        false => Pair::default(),
    };
    let options = change::Options { execution, ..policy.options() };
    let comparison = step(ui, "comparing", || change::compare(before.statement(), after.statement(), &options));
    let recorded = after.identity.claim.as_ref().map(|claim| claim.claim.clone());
    let case = Case {
        language: after.statement().language.map(str::to_owned),
        before: Some(before.name().to_owned()),
        after: after.name().to_owned(),
        claim: printed(after.statement()).or_else(|| recorded.clone()),
        recorded,
        compared: Some(Compared { before: before.statement(), after: after.statement(), comparison: &comparison }),
        lines: Pair::new(lines.before.as_ref(), lines.after.as_ref()),
        content: after.sha256.clone(),
        ..Case::default()
    };
    Ok(audit::run([&case], &policy))
}

/// What a text itself says that it is.
pub(super) fn printed(statement: &Statement) -> Option<String> {
    statement.identity.claim.as_ref().map(|claim| claim.claim.clone())
}

/// Versions of one series that are held against those before them, by one thread and in their order, so that each text
/// is read once.
const SEGMENT: usize = 32;

/// A run of versions of one series, to be held against those before them.
struct Job<'a> {
    corpus: &'a Corpus,
    policy: &'a Policy,
    revision: Option<&'a str>,
    /// Whether findings are told with lines of files.
    lined: bool,
    /// How many threads may compare two versions.
    execution: Execution,
    /// Each version with the one before it.
    pairs: Vec<(Option<&'a Version>, &'a Version)>,
}

fn versions(
    corpora: &Corpora<'_>,
    selectors: &[OsString],
    lang: Option<&str>,
    execution: Execution,
    global: &Global,
    ui: &Ui,
) -> Result<Audit, CliError> {
    let chosen = step(ui, "listing", || select::select(corpora, selectors, lang))?;
    let policies = chosen.iter().map(|chosen| Policy::of(&chosen.corpus)).collect::<Result<Vec<_>, _>>()?;
    let mut jobs: Vec<Job<'_>> = Vec::new();
    let mut of = 0;
    for (chosen, policy) in chosen.iter().zip(&policies) {
        let corpus: &Corpus = Rc::as_ref(&chosen.corpus);
        let pairs: Vec<_> = chosen.versions().collect();
        ui.note(&format!("corpus {}: {} versions", corpus.name(), pairs.len()));
        of += pairs.len();
        let follows = |next: &(Option<&Version>, &Version), last: &(Option<&Version>, &Version)| {
            next.0.is_some_and(|before| before.id == last.1.id)
        };
        for run in pairs.chunk_by(|last, next| follows(next, last)).flat_map(|run| run.chunks(SEGMENT)) {
            let revision = chosen.revision.as_deref();
            let lined = global.format.points_at_files();
            jobs.push(Job { corpus, policy, revision, lined, execution: Execution::Sequential, pairs: run.to_vec() });
        }
    }
    // Few jobs leave threads for the comparisons in them.
    let left = execution.shared_by(jobs.len());
    jobs.iter_mut().for_each(|job| job.execution = left);
    let clock = ui.clock();
    let progress = Progress::new(ui, "auditing", of);
    let done = AtomicUsize::new(0);
    let outcomes = execution.map(&jobs, |job| {
        let outcomes = job.run();
        progress.reach(done.fetch_add(job.pairs.len(), Ordering::Relaxed) + job.pairs.len());
        outcomes
    });
    progress.end();
    ui.took("auditing", clock);
    let results = outcomes.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(Audit { results: results.into_iter().flatten().collect(), waived: Vec::new() })
}

impl Job<'_> {
    fn run(&self) -> Result<Vec<Outcome>, CorpusError> {
        let mut last: Option<(&Version, Loaded)> = None;
        let mut outcomes = Vec::new();
        for (before, after) in &self.pairs {
            let kept = last.take().filter(|(version, _)| before.is_some_and(|before| before.id == version.id));
            let before_text = match (before, kept) {
                (Some(_), Some((_, loaded))) => Some(loaded),
                (Some(version), None) => Some(self.corpus.load(version)?),
                (None, _) => None,
            };
            let text = self.corpus.load(after)?;
            outcomes.extend(self.outcome((*before, before_text.as_ref()), (after, &text))?);
            last = Some((after, text));
        }
        Ok(outcomes)
    }

    fn outcome(
        &self,
        before: (Option<&Version>, Option<&Loaded>),
        after: (&Version, &Loaded),
    ) -> Result<Option<Outcome>, CorpusError> {
        let lined = self.lined.then_some(self.corpus);
        outcome(before, after, self.revision, (self.policy, self.execution), lined, Vec::new())
    }
}

/// Holds a version against the one before it; with a corpus, findings are told with the lines of its files.
pub(super) fn outcome(
    (before, before_text): (Option<&Version>, Option<&Loaded>),
    (after, text): (&Version, &Loaded),
    revision: Option<&str>,
    (policy, execution): (&Policy, Execution),
    lined: Option<&Corpus>,
    observed: Vec<Observed>,
) -> Result<Option<Outcome>, CorpusError> {
    let statement = &text.source.statement;
    let options = change::Options { execution, ..policy.options() };
    let comparison = before_text.map(|before| change::compare(&before.source.statement, statement, &options));
    let compared = before_text.zip(comparison.as_ref()).map(|(before, comparison)| Compared {
        before: &before.source.statement,
        after: statement,
        comparison,
    });
    let lines = |version: &Version, loaded| lined.map(|corpus| lines_of(corpus, version, loaded)).transpose();
    let lines = Pair::new(
        before.zip(before_text).map(|(version, loaded)| lines(version, loaded)).transpose()?.flatten(),
        lines(after, text)?,
    );
    let case = Case {
        work: Some(after.id.work.to_string()),
        language: Some(after.id.language.clone()),
        before: before.map(|version| full_name(revision, &version.id)),
        after: full_name(revision, &after.id),
        claim: printed(statement).or_else(|| after.record.claim.clone()),
        recorded: after.record.claim.clone(),
        status: after.record.status.clone(),
        compared,
        lines: Pair::new(lines.before.as_ref(), lines.after.as_ref()),
        observed,
        content: text.sha256.clone(),
        ..Case::default()
    };
    Ok(audit::examine(&case, policy))
}

fn lines_of<'t>(corpus: &Corpus, version: &Version, loaded: &'t Loaded) -> Result<Lined<'t>, CorpusError> {
    lines::of_version(corpus, version, (&loaded.source.statement, &loaded.source.text), &loaded.sha256)
}
