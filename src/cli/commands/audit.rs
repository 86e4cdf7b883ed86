//! `recension audit`.

use std::{
    ffi::OsString,
    num::NonZeroUsize,
    path::Path,
    rc::Rc,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use clap::Args;

use crate::audit::{self, Audit, Case, Compared, Outcome, Policy};
use crate::change;
use crate::cli::{
    args::{Format, Global},
    error::CliError,
    exit::{self, Exit},
    input::{self, Corpora, full_name},
    output, select,
    ui::Ui,
};
use crate::corpus::{Corpus, CorpusError, Version};
use crate::report::{self, Document};

use super::diff::remarks;

const EXAMPLES: &str = "Examples:
  recension audit
  recension audit un/ --format json
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

/// Runs the command.
pub(in crate::cli) fn run(args: &AuditArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    if let Some(name) = &args.explain {
        return explain(name, global);
    }
    let lang = input::known_language(args.lang.as_deref())?;
    let corpora = Corpora::new(global);
    let audit = match &args.selectors[..] {
        [before, after] if is_file(before) || is_file(after) => files(&corpora, before, after, lang, ui)?,
        [one] if is_file(one) => {
            return Err(CliError::user(format!("{} is one file, and an audit compares two", one.display()))
                .hint("name the earlier file first, then the later"));
        }
        selectors => versions(&corpora, selectors, lang, threads(args), ui)?,
    };
    output::deliver(global, |out| match global.format {
        Format::Json => report::audit_json(out, &audit),
        Format::Terminal => out.write_all(report::audit_terminal(&audit, ui.look(args.width)).as_bytes()),
    })?;
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

fn threads(args: &AuditArgs) -> usize {
    args.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
}

/// Two files, under the policy of the corpus if there is one.
fn files(
    corpora: &Corpora<'_>,
    before: &OsString,
    after: &OsString,
    lang: Option<&str>,
    ui: &Ui,
) -> Result<Audit, CliError> {
    let policy = match corpora.folder() {
        Some(_) => Policy::of(&*corpora.at(None)?)?,
        None => Policy::default(),
    };
    let (before, after) = input::sides(corpora, before, after, lang)?;
    let (before, after) = input::read_both(&before.readable(), &after.readable(), lang)?;
    remarks(&before, &after, ui);
    let comparison = change::compare(before.statement(), after.statement(), &policy.options());
    let case = Case {
        work: None,
        language: after.statement().language.map(str::to_owned),
        before: Some(before.name().to_owned()),
        after: after.name().to_owned(),
        claim: claim(&after),
        status: None,
        compared: Some(Compared { before: before.statement(), after: after.statement(), comparison: &comparison }),
    };
    Ok(audit::run([&case], &policy))
}

fn claim(document: &Document) -> Option<String> {
    document.identity.claim.as_ref().map(|claim| claim.claim.clone())
}

/// A version to be held against the one before it.
struct Job<'a> {
    corpus: &'a Corpus,
    policy: &'a Policy,
    revision: Option<&'a str>,
    before: Option<&'a Version>,
    after: &'a Version,
}

fn versions(
    corpora: &Corpora<'_>,
    selectors: &[OsString],
    lang: Option<&str>,
    threads: usize,
    ui: &Ui,
) -> Result<Audit, CliError> {
    let chosen = select::select(corpora, selectors, lang)?;
    let policies = chosen.iter().map(|chosen| Policy::of(&chosen.corpus)).collect::<Result<Vec<_>, _>>()?;
    let mut jobs = Vec::new();
    for (chosen, policy) in chosen.iter().zip(&policies) {
        let corpus: &Corpus = Rc::as_ref(&chosen.corpus);
        ui.note(&format!("corpus {}: {} versions", corpus.name(), chosen.versions().count()));
        jobs.extend(chosen.versions().map(|(before, after)| Job {
            corpus,
            policy,
            revision: chosen.revision.as_deref(),
            before,
            after,
        }));
    }
    let outcomes = in_parallel(&jobs, threads, |job| job.run())?;
    let results = outcomes.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(Audit { results: results.into_iter().flatten().collect() })
}

impl Job<'_> {
    fn run(&self) -> Result<Option<Outcome>, CorpusError> {
        let after = self.corpus.load(self.after)?;
        let before = self.before.map(|version| self.corpus.load(version)).transpose()?;
        let comparison = before
            .as_ref()
            .map(|before| change::compare(&before.source.statement, &after.source.statement, &self.policy.options()));
        let compared = before.as_ref().zip(comparison.as_ref()).map(|(before, comparison)| Compared {
            before: &before.source.statement,
            after: &after.source.statement,
            comparison,
        });
        let case = Case {
            work: Some(self.after.id.work.to_string()),
            language: Some(self.after.id.language.clone()),
            before: self.before.map(|version| full_name(self.revision, &version.id)),
            after: full_name(self.revision, &self.after.id),
            claim: after.identity.claim.as_ref().map(|claim| claim.claim.clone()),
            status: self.after.record.status.clone(),
            compared,
        };
        Ok(audit::examine(&case, self.policy))
    }
}

/// Runs a function over all items on several threads; the results stand in the order of the items.
fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    run: impl Fn(&T) -> R + Sync,
) -> Result<Vec<R>, CliError> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, item)) =
            { Some(next.fetch_add(1, Ordering::Relaxed)) }.and_then(|at| Some((at, items.get(at)?)))
        {
            done.push((at, run(item)));
        }
        done
    };
    let mut all = Vec::with_capacity(items.len());
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(items.len())).map(|_| scope.spawn(work)).collect();
        all.extend(work());
        for other in others {
            all.extend(other.join().map_err(|_| CliError::internal("a thread that compared versions failed"))?);
        }
        Ok::<(), CliError>(())
    })?;
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, result)| result).collect())
}
