//! The timeline of a work: every version with its verdict against the one before it, and the works of its lineage.

use std::cell::Cell;

use super::error::WorkspaceError;
use super::policy::policy_of;
use crate::audit::{Entry, Policy, Relative, Timeline, lacking};
use crate::change::{self, Verdict};
use crate::corpus::{Corpus, Verdicts};
use crate::execution::Execution;
use crate::frbr::{Reference, WorkId};
use crate::record::{Version, Work};

/// Works of a lineage that are followed: a body issues one a year, or a few.
const MOST_RELATIVES: usize = 1_000;

/// How a timeline is made.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct TimelineOptions {
    /// Whether all works are looked through for those that succeed this one.
    pub successors: bool,
    /// How many threads may compare two versions.
    pub execution: Execution,
}

/// Where the verdicts of a timeline came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerdictCounts {
    /// Those that were kept from an earlier call.
    pub kept: usize,
    /// Those that were made anew.
    pub made: usize,
}

/// The timeline of the work that a reference names, in its language if it has one.
///
/// Verdicts are kept beside the repository under the hashes of the texts, so that a second call compares nothing.
///
/// ```
/// use recension::workspace::{TimelineOptions, timeline};
/// use recension::{change::{Tier, Verdict}, corpus::Corpus, frbr::Reference};
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
/// let corpus = Corpus::open(folder, None)?;
/// let (timeline, _) = timeline(&corpus, &Reference::parse("elm/2031")?, TimelineOptions::default())?;
/// assert_eq!(timeline.entries[1].verdict, Some(Verdict::Changed(Tier::Substantive)));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`WorkspaceError`] where there is no such work, or a text or a record can't be read.
pub fn timeline(
    corpus: &Corpus,
    reference: &Reference,
    options: TimelineOptions,
) -> Result<(Timeline, VerdictCounts), WorkspaceError> {
    let series = corpus.series(reference)?;
    let lacking = lacking(&series);
    let verdicts = CachedVerdicts::new(corpus, options.execution)?;
    let entries = entries(&verdicts, series)?;
    let about = corpus.work(&reference.work)?;
    let lineage = lineage(corpus, &reference.work, &about, options.successors)?;
    let timeline = Timeline { work: reference.work.clone(), about, entries, lacking, lineage };
    Ok((timeline, verdicts.counts.get()))
}

/// Every version with its verdict against the one before it, in the order of issue.
fn entries(verdicts: &CachedVerdicts<'_>, series: Vec<Vec<Version>>) -> Result<Vec<Entry>, WorkspaceError> {
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
struct CachedVerdicts<'a> {
    corpus: &'a Corpus,
    policy: Policy,
    execution: Execution,
    kept: Option<Verdicts>,
    counts: Cell<VerdictCounts>,
}

impl<'a> CachedVerdicts<'a> {
    fn new(corpus: &'a Corpus, execution: Execution) -> Result<Self, WorkspaceError> {
        let (settings, _) = corpus.settings_source();
        let kept = corpus.state().map(|state| Verdicts::new(state, settings));
        Ok(Self { corpus, policy: policy_of(corpus)?, execution, kept, counts: Cell::default() })
    }

    fn of(&self, before: &Version, after: &Version) -> Result<Verdict, WorkspaceError> {
        let hashes = (self.corpus.content_hash(before)?, self.corpus.content_hash(after)?);
        let VerdictCounts { kept, made } = self.counts.get();
        let found = self.kept.as_ref().and_then(|kept| Verdict::parse(&kept.get(&hashes.0, &hashes.1)?));
        if let Some(verdict) = found {
            self.counts.set(VerdictCounts { kept: kept + 1, made });
            return Ok(verdict);
        }
        self.counts.set(VerdictCounts { kept, made: made + 1 });
        let (before, after) = (self.corpus.load(before)?, self.corpus.load(after)?);
        let options = change::Options { execution: self.execution, ..self.policy.options() };
        let verdict = change::compare(&before.source.statement, &after.source.statement, &options).verdict;
        if let Some(kept) = &self.kept {
            kept.put(&hashes.0, &hashes.1, verdict.name());
        }
        Ok(verdict)
    }
}

/// The works that a work succeeds, and with `successors` those that succeed it.
fn lineage(corpus: &Corpus, work: &WorkId, about: &Work, successors: bool) -> Result<Vec<Relative>, WorkspaceError> {
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

fn held(corpus: &Corpus, name: &str) -> Result<(bool, Work), WorkspaceError> {
    let Ok(work) = WorkId::new(name) else { return Ok((false, Work::default())) };
    let held = corpus.holds(&work)?;
    Ok((held, if held { corpus.work(&work)? } else { Work::default() }))
}
