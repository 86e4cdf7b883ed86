//! `recension log`.

use std::cell::Cell;

use clap::Args;

use crate::audit::{Entry, Policy, Relative, Timeline, lacking};
use crate::change::{self, Verdict};
use crate::cli::{
    args::Global,
    error::CliError,
    exit::{self, Exit},
    input::Corpora,
    output,
    progress::step,
    ui::Ui,
};
use crate::corpus::{Corpus, Verdicts, Version, Work};
use crate::execution::Execution;
use crate::frbr::{Reference, Which, WorkId};
use crate::report;

const EXAMPLES: &str = "Examples:
  recension log un/cd/2066
  recension log un/cd/2066 --lang zh --format json";

/// Works of a lineage that are followed: a body issues one a year, or a few.
const MOST_RELATIVES: usize = 1_000;

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
    let series = corpus.series(&reference)?;
    let lacking = lacking(&series);
    let verdicts = Judge::new(&corpus)?;
    let entries = step(ui, "comparing versions", || entries(&verdicts, series))?;
    let (kept, made) = verdicts.counts.get();
    ui.debug(&format!("verdicts: {kept} were kept, {made} made anew"));
    let about = corpus.work(&reference.work)?;
    let lineage = step(ui, "looking for the lineage", || lineage(&corpus, &reference.work, &about, args.successors))?;
    let timeline = Timeline { work: reference.work, about, entries, lacking, lineage };
    output::deliver(global, |out| match global.wants_json() {
        true => report::log_json(out, &timeline),
        false => out.write_all(report::log_terminal(&timeline, ui.look(None)).as_bytes()),
    })?;
    Ok(Exit::Clean)
}

/// Every version with its verdict against the one before it, in the order of issue.
fn entries(verdicts: &Judge<'_>, series: Vec<Vec<Version>>) -> Result<Vec<Entry>, CliError> {
    let mut entries = Vec::new();
    for versions in series {
        let mut before: Option<Version> = None;
        for version in versions {
            let verdict = before.as_ref().map(|before| verdicts.of(before, &version)).transpose()?;
            let id = before.map(|before| before.id);
            entries.push(Entry { version: version.clone(), before: id, verdict });
            before = Some(version);
        }
    }
    entries.sort_by_key(|entry| (entry.version.issued(), entry.version.id.language.clone()));
    Ok(entries)
}

/// Verdicts, kept or made.
struct Judge<'a> {
    corpus: &'a Corpus,
    policy: Policy,
    kept: Option<Verdicts>,
    /// How many were kept, and how many made.
    counts: Cell<(usize, usize)>,
}

impl<'a> Judge<'a> {
    fn new(corpus: &'a Corpus) -> Result<Self, CliError> {
        let (settings, _) = corpus.settings_source();
        let kept = corpus.state().map(|state| Verdicts::new(state, settings));
        Ok(Self { corpus, policy: Policy::of(corpus)?, kept, counts: Cell::default() })
    }

    fn of(&self, before: &Version, after: &Version) -> Result<Verdict, CliError> {
        let hashes = (self.corpus.content_hash(before)?, self.corpus.content_hash(after)?);
        let (kept, made) = self.counts.get();
        let found = self.kept.as_ref().and_then(|kept| Verdict::parse(&kept.get(&hashes.0, &hashes.1)?));
        if let Some(verdict) = found {
            self.counts.set((kept + 1, made));
            return Ok(verdict);
        }
        self.counts.set((kept, made + 1));
        let (before, after) = (self.corpus.load(before)?, self.corpus.load(after)?);
        let options = change::Options { execution: Execution::available(), ..self.policy.options() };
        let verdict = change::compare(&before.source.statement, &after.source.statement, &options).verdict;
        if let Some(kept) = &self.kept {
            kept.put(&hashes.0, &hashes.1, verdict.name());
        }
        Ok(verdict)
    }
}

/// The works that a work succeeds, and with `successors` those that succeed it.
fn lineage(corpus: &Corpus, work: &WorkId, about: &Work, successors: bool) -> Result<Vec<Relative>, CliError> {
    let mut found: Vec<Relative> = Vec::new();
    let mut open: Vec<String> = about.lineage.iter().rev().cloned().collect();
    while let Some(name) = open.first().cloned() {
        open.remove(0);
        let known = found.iter().any(|relative| relative.work == name) || name == work.as_str();
        if known || found.len() >= MOST_RELATIVES {
            continue;
        }
        let (held, about) = held(corpus, &name)?;
        open.extend(about.lineage.iter().rev().cloned());
        found.push(Relative { work: name, successor: false, held, title: about.title });
    }
    if successors {
        let mut works: Vec<WorkId> = corpus.all()?.into_iter().map(|version| version.id.work).collect();
        works.dedup();
        for other in works.iter().filter(|other| *other != work) {
            let about = corpus.work(other)?;
            if about.lineage.iter().any(|name| name == work.as_str()) {
                let work = other.to_string();
                found.push(Relative { work, successor: true, held: true, title: about.title });
            }
        }
    }
    Ok(found)
}

fn held(corpus: &Corpus, name: &str) -> Result<(bool, Work), CliError> {
    let Ok(work) = WorkId::new(name) else { return Ok((false, Work::default())) };
    let held = corpus.holds(&work)?;
    Ok((held, if held { corpus.work(&work)? } else { Work::default() }))
}
