//! Versions and files held against what they claim.

use std::path::Path;

use super::error::WorkspaceError;
use super::files::{file_of_input, file_of_version};
use super::input::{Input, full_name};
use super::policy::policy_of;
use super::progress::Progress;
use super::selection::Selection;
use crate::audit::{self, Audit, Case, ComparedStatements, ObservedFault, Outcome, Policy};
use crate::change;
use crate::corpus::{Corpus, CorpusError, LoadedVersion};
use crate::execution::Execution;
use crate::record::{Document, FilePositions, Version};
use crate::text::Pair;

/// Versions of one series that are held against those before them, by one thread and in their order, so that each text
/// is read once.
const SEGMENT: usize = 32;

/// How an audit is made.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct AuditOptions<'a> {
    /// How many threads compare; the result is the same with any number.
    pub execution: Execution,
    /// Where findings are told with lines of files: the folder that these are opened from, if it is known.
    pub places: Option<Option<&'a Path>>,
}

/// A run of versions of one series, to be held against those before them.
struct Job<'a> {
    trial: Trial<'a>,
    /// Each version with the one before it.
    pairs: Vec<(Option<&'a Version>, &'a Version)>,
}

/// Holds every version of selections against the one before it, under the policies of their corpora.
///
/// ```
/// use recension::workspace::{AuditOptions, Corpora, SilentProgress, audit, select};
/// # use recension::{language::Catalogue, record::Day};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let folder = &folder.path().join("statements");
/// # // Git wants to know who commits; where nobody says it, there is nothing to show.
/// # let Ok(_) = recension::corpus::begin(folder, false) else { return Ok(()) };
/// # use recension::corpus::{Draft, ReceivedFile, StatedFacts, SameDay, Store};
/// # let draft = |day: &str, text: &str| {
/// #     let (name, bytes) = ("elm.txt".to_owned(), text.as_bytes().to_vec());
/// #     let received = ReceivedFile { name, bytes, text: None, password: None, dated: None, committed: None };
/// #     let said = StatedFacts { work: Some("elm/2031".to_owned()), language: Some("en".to_owned()), issued: Day::parse(day), ..StatedFacts::default() };
/// #     Draft::new(received, said, &Default::default(), Catalogue::shipped(), None).expect("a text")
/// # };
/// # let drafts = [draft("2031-05-01", "The sides meet in May."), draft("2031-06-01", "The sides meet in June.")];
/// # Store::open(folder)?.add(&drafts, SameDay::Refuse, &|| {})?;
/// let corpora = Corpora::new(folder, None);
/// let selections = select(&corpora, &["elm/".into()], None)?;
/// let audit = audit(&selections, AuditOptions::default(), &SilentProgress)?;
/// assert!(!audit.passes(), "nothing announces that May became June");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`WorkspaceError`] where a policy, a record or a text can't be read.
pub fn audit(
    selections: &[Selection],
    options: AuditOptions<'_>,
    progress: &dyn Progress,
) -> Result<Audit, WorkspaceError> {
    let policies = selections.iter().map(|chosen| policy_of(&chosen.corpus)).collect::<Result<Vec<_>, _>>()?;
    let mut jobs: Vec<Job<'_>> = Vec::new();
    for (chosen, policy) in selections.iter().zip(&policies) {
        let pairs: Vec<_> = chosen.versions().collect();
        for run in pairs.chunk_by(|last, next| follows(next, last)).flat_map(|run| run.chunks(SEGMENT)) {
            let trial = Trial { corpus: &chosen.corpus, policy, revision: chosen.revision.as_deref(), options };
            jobs.push(Job { trial, pairs: run.to_vec() });
        }
    }
    // Few jobs leave threads for the comparisons in them.
    let left = options.execution.shared_by(jobs.len());
    jobs.iter_mut().for_each(|job| job.trial.options.execution = left);
    progress.begin(jobs.iter().map(|job| job.pairs.len()).sum());
    let outcomes = options.execution.map(&jobs, |job| {
        let outcomes = job.run();
        progress.advance(job.pairs.len());
        outcomes
    });
    progress.end();
    let results = outcomes.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(Audit { results: results.into_iter().flatten().collect(), waived: Vec::new() })
}

/// Whether a version is held against the one that the last was.
fn follows(next: &(Option<&Version>, &Version), last: &(Option<&Version>, &Version)) -> bool {
    next.0.is_some_and(|before| before.id == last.1.id)
}

impl Job<'_> {
    fn run(&self) -> Result<Vec<Outcome>, CorpusError> {
        let mut last: Option<(&Version, LoadedVersion)> = None;
        let mut outcomes = Vec::new();
        for (before, after) in &self.pairs {
            let kept = last.take().filter(|(version, _)| before.is_some_and(|before| before.id == version.id));
            let before_text = match (before, kept) {
                (Some(_), Some((_, loaded))) => Some(loaded),
                (Some(version), None) => Some(self.trial.corpus.load(version)?),
                (None, _) => None,
            };
            let text = self.trial.corpus.load(after)?;
            let before = (*before).zip(before_text.as_ref());
            outcomes.extend(self.trial.outcome(before, (after, &text), Vec::new())?);
            last = Some((after, text));
        }
        Ok(outcomes)
    }
}

/// What versions are held against those before them with.
#[derive(Clone, Copy)]
pub(super) struct Trial<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) policy: &'a Policy,
    pub(super) revision: Option<&'a str>,
    pub(super) options: AuditOptions<'a>,
}

impl Trial<'_> {
    /// Holds a version against the one before it; `observed` is what was seen beside the changes.
    pub(super) fn outcome(
        &self,
        before: Option<(&Version, &LoadedVersion)>,
        (after, text): (&Version, &LoadedVersion),
        observed: Vec<ObservedFault>,
    ) -> Result<Option<Outcome>, CorpusError> {
        let statement = &text.source.statement;
        let options = change::Options { execution: self.options.execution, ..self.policy.options() };
        let comparison = before.map(|(_, before)| change::compare(&before.source.statement, statement, &options));
        let compared = before.zip(comparison.as_ref()).map(|((_, before), comparison)| ComparedStatements {
            before: &before.source.statement,
            after: statement,
            comparison,
        });
        let lines = Pair::new(
            before.map(|(version, loaded)| self.lines(version, loaded)).transpose()?.flatten(),
            self.lines(after, text)?,
        );
        let case = Case {
            work: Some(after.id.work.to_string()),
            language: Some(after.id.language.clone()),
            before: before.map(|(version, _)| full_name(self.revision, &version.id)),
            after: full_name(self.revision, &after.id),
            claim: statement.identity.claim.clone().or_else(|| after.record.claim.clone()),
            recorded: after.record.claim.clone(),
            status: after.record.status.clone(),
            compared,
            lines: Pair::new(lines.before.as_ref(), lines.after.as_ref()),
            observed,
            content: text.sha256.clone(),
            ..Case::default()
        };
        Ok(audit::examine(&case, self.policy))
    }

    fn lines<'t>(
        &self,
        version: &Version,
        loaded: &'t LoadedVersion,
    ) -> Result<Option<FilePositions<'t>>, CorpusError> {
        let Some(here) = self.options.places else { return Ok(None) };
        let text = (&loaded.source.statement, loaded.source.text.as_str());
        file_of_version(self.corpus, version, text, &loaded.sha256, here).map(Some)
    }
}

/// Holds a text against the one before it, under a policy.
///
/// # Errors
/// [`WorkspaceError`] where findings are to be told with lines and a file of a version can't be read.
pub fn audit_pair(
    inputs: Pair<&Input>,
    documents: Pair<&Document>,
    policy: &Policy,
    options: AuditOptions<'_>,
) -> Result<Audit, WorkspaceError> {
    let Pair { before, after } = documents;
    let lines = match options.places {
        Some(here) => Pair::new(file_of_input(inputs.before, before, here)?, file_of_input(inputs.after, after, here)?),
        None => Pair::default(),
    };
    let weights = change::Options { execution: options.execution, ..policy.options() };
    let comparison = change::compare(before.statement(), after.statement(), &weights);
    let recorded = after.identity.claim.clone();
    let case = Case {
        language: after.statement().language.map(|code| code.to_string()),
        before: Some(before.name().to_owned()),
        after: after.name().to_owned(),
        claim: after.statement().identity.claim.clone().or_else(|| recorded.clone()),
        recorded,
        compared: Some(ComparedStatements {
            before: before.statement(),
            after: after.statement(),
            comparison: &comparison,
        }),
        lines: Pair::new(lines.before.as_ref(), lines.after.as_ref()),
        content: after.sha256.clone(),
        ..Case::default()
    };
    Ok(audit::run([&case], policy))
}
