//! What is said of each thing that a pull request touches: versions, files, and what can't be compared.

use std::{collections::BTreeMap, path::Path};

use super::audit::{AuditOptions, Trial};
use super::error::WorkspaceError;
use crate::audit::{self, Case, ComparedStatements, Observation, ObservedFault, Outcome, Policy, Tampering};
use crate::change::{self, Tier};
use crate::corpus::{self, Corpus, CorpusError, Head, Oddity, OddityKind, Pull, PulledFile, PulledKind, PulledVersion};
use crate::frbr::{Reference, Which};
use crate::ingest;
use crate::language::Catalogue;
use crate::record::{FilePositions, Version, VersionId, sha256};
use crate::text::Pair;

/// What a pull request goes from and to, and where.
#[derive(Clone, Copy)]
pub struct ReviewEnds<'a> {
    /// A folder of the repository.
    pub folder: &'a Path,
    /// The revision that is compared with.
    pub base: &'a str,
    /// What is looked at.
    pub head: Head<'a>,
}

/// How a pull request is judged.
pub struct Review<'a> {
    /// What is compared.
    pub ends: ReviewEnds<'a>,
    /// The policy for files outside of a corpus.
    pub policy: Policy,
    /// The least tier that no change may have, where the call or the settings say one.
    pub least: Option<Tier>,
    /// How it is compared and told.
    pub options: AuditOptions<'a>,
    /// The languages and bodies that texts are read with.
    pub catalogue: &'a Catalogue,
}

/// A corpus of the pull request, and its policy at the base.
struct Place<'p> {
    pull: &'p Pull,
    folder: &'p str,
    touched: Vec<&'p PulledVersion>,
    corpus: Corpus,
    policy: Policy,
}

impl Review<'_> {
    /// What there is to say of all pulls; of what is said of several, once.
    ///
    /// # Errors
    /// [`WorkspaceError`] where a policy or the repository can't be read. What can't be read of a version is told of it.
    pub fn outcomes(&self, pulls: &[Pull]) -> Result<Vec<Outcome>, WorkspaceError> {
        let mut results: Vec<Outcome> = Vec::new();
        for pull in pulls {
            let mut own = self.versions(pull)?;
            own.extend(pull.files.iter().filter_map(|file| self.file(file, pull)));
            own.extend(pull.oddities.iter().filter_map(|oddity| self.oddity(oddity, pull)));
            let prints = |outcome: &Outcome| -> Vec<String> {
                outcome.findings.iter().map(|finding| finding.fingerprint.clone()).collect()
            };
            own.retain(|new| !results.iter().any(|old| old.after == new.after && prints(old) == prints(new)));
            results.extend(own);
        }
        Ok(results)
    }

    /// What the policies of their corpora say of the versions that were touched.
    fn versions(&self, pull: &Pull) -> Result<Vec<Outcome>, WorkspaceError> {
        let mut by_corpus: BTreeMap<&str, Vec<&PulledVersion>> = BTreeMap::new();
        for version in &pull.versions {
            by_corpus.entry(&version.corpus).or_default().push(version);
        }
        let mut outcomes = Vec::new();
        for (folder, touched) in by_corpus {
            let ReviewEnds { folder: at, base, head } = self.ends;
            // A corpus that is begun here has no settings that count.
            let settings = corpus::settings_of_pull(at, base, head, folder)?;
            let settings = settings.unwrap_or_else(|| "format = 1\n".to_owned());
            let mut policy = Policy::parse(&settings, &format!("recension.toml of {base}"))?;
            policy.fail_on = self.least.or(policy.fail_on);
            for version in touched.iter().filter(|version| version.kind != PulledKind::Added) {
                outcomes.extend(changed(version, &policy));
            }
            if touched.iter().any(|version| version.kind == PulledKind::Added) {
                let corpus = Corpus::open_under(&pull.root, folder, &pull.head, &settings)?;
                let corpus = corpus.with_execution(self.options.execution).with_catalogue(self.catalogue);
                let place = Place { pull, folder, touched, corpus, policy };
                place.touched.iter().for_each(|version| self.added(version, &place, &mut outcomes));
            }
        }
        Ok(outcomes)
    }

    /// A new version; what can't be read of it is told of it.
    fn added(&self, version: &PulledVersion, place: &Place<'_>, outcomes: &mut Vec<Outcome>) {
        if version.kind != PulledKind::Added {
            return;
        }
        let before = outcomes.len();
        if let Err(error) = self.compared(&version.id, place, outcomes) {
            outcomes.truncate(before);
            outcomes.extend(damaged(version, place, &error));
        }
    }

    /// A new version against the one before it, and the one after it against the new one.
    fn compared(&self, id: &VersionId, place: &Place<'_>, outcomes: &mut Vec<Outcome>) -> Result<(), CorpusError> {
        let corpus = &place.corpus;
        let (work, language) = (id.work.clone(), Some(id.language.clone()));
        let series = corpus.series(&Reference { revision: None, work, which: Which::Latest, language })?.concat();
        let Some(at) = series.iter().position(|version| version.id == *id) else {
            return Err(CorpusError::Missing { path: id.to_string() });
        };
        let is_added = |version: &Version| {
            place.touched.iter().any(|touched| touched.id == version.id && touched.kind == PulledKind::Added)
        };
        // A new version after this one is held against it in its own turn.
        let last = if series.get(at + 1).is_some_and(|next| !is_added(next)) { at + 1 } else { at };
        for at in at..=last {
            let Some(version) = series.get(at) else { continue };
            let before = at.checked_sub(1).and_then(|before| series.get(before));
            let before_text = before.map(|before| corpus.load(before)).transpose()?;
            let text = corpus.load(version)?;
            let trial = Trial { corpus, policy: &place.policy, revision: None, options: self.options };
            let observed = if version.id == *id { observed(corpus, version) } else { Vec::new() };
            outcomes.extend(trial.outcome(before.zip(before_text.as_ref()), (version, &text), observed)?);
        }
        Ok(())
    }

    /// A file that was edited, before and after; a new one is looked at for what it claims.
    fn file(&self, file: &PulledFile, pull: &Pull) -> Option<Outcome> {
        let read = |bytes: &[u8]| {
            ingest::read(bytes, ingest::Options { catalogue: self.catalogue, ..ingest::Options::default() })
        };
        let earlier = file.renamed.as_ref().unwrap_or(&file.path);
        let before_name = || file.before.as_ref().map(|_| format!("{:.10}:{earlier}", pull.base));
        let unreadable = |message: String| {
            let content = [file.before.as_deref().unwrap_or_default(), &file.after].concat();
            let case = Case {
                before: before_name(),
                after: file.path.clone(),
                file: Some(file.path.clone()),
                observed: vec![ObservedFault { kind: Observation::Unreadable, message }],
                content: sha256(&content),
                ..Case::default()
            };
            audit::examine(&case, &self.policy)
        };
        let after = match read(&file.after) {
            Ok(after) => after,
            Err(error) => return unreadable(format!("it can't be compared: {error}")),
        };
        let before = match file.before.as_deref().map(read).transpose() {
            Ok(before) => before,
            Err(error) => return unreadable(format!("as the base has it, it can't be compared: {error}")),
        };
        let options = change::Options { execution: self.options.execution, ..self.policy.options() };
        let comparison = before.as_ref().map(|before| change::compare(&before.statement, &after.statement, &options));
        let compared = before.as_ref().zip(comparison.as_ref()).map(|(before, comparison)| ComparedStatements {
            before: &before.statement,
            after: &after.statement,
            comparison,
        });
        let lined = FilePositions::source(file.path.as_str(), &after.statement, &after.text);
        let case = Case {
            language: after.statement.language.map(|code| code.to_string()),
            before: before_name(),
            after: file.path.clone(),
            claim: after.statement.identity.claim.clone(),
            compared,
            lines: Pair::new(None, Some(&lined)),
            file: Some(file.path.clone()),
            content: sha256(&file.after),
            ..Case::default()
        };
        audit::examine(&case, &self.policy)
    }

    /// What can't be compared.
    fn oddity(&self, oddity: &Oddity, pull: &Pull) -> Option<Outcome> {
        let (kind, message) = told(&oddity.kind);
        let gone = matches!(oddity.kind, OddityKind::Removed(_));
        let case = Case {
            before: gone.then(|| format!("{:.10}:{}", pull.base, oddity.path)),
            after: oddity.path.clone(),
            file: Some(oddity.path.clone()),
            observed: vec![ObservedFault { kind, message }],
            content: oddity.object.clone(),
            ..Case::default()
        };
        audit::examine(&case, &self.policy)
    }
}

/// What is wrong with a new version beside its changes.
fn observed(corpus: &Corpus, version: &Version) -> Vec<ObservedFault> {
    let faults = corpus::verify_version(corpus, version).into_iter();
    let seen = faults.map(|fault| ObservedFault {
        kind: if fault.check == corpus::Check::Text { Observation::Reading } else { Observation::Damaged },
        message: fault.message,
    });
    seen.collect()
}

/// A version that can't be read.
fn damaged(version: &PulledVersion, place: &Place<'_>, error: &CorpusError) -> Option<Outcome> {
    let folder = format!("works/{}/{}/{}", version.id.work, version.id.language, version.id.folder);
    let folder = if place.folder.is_empty() { folder } else { format!("{}/{folder}", place.folder) };
    let top = format!("{}/", place.pull.root.display());
    let case = Case {
        work: Some(version.id.work.to_string()),
        language: Some(version.id.language.clone()),
        after: version.id.to_string(),
        file: Some(format!("{folder}/version.toml")),
        observed: vec![ObservedFault { kind: Observation::Damaged, message: error.to_string().replace(&top, "") }],
        content: version.object.clone(),
        ..Case::default()
    };
    audit::examine(&case, &place.policy)
}

/// A version that may not change and did.
fn changed(version: &PulledVersion, policy: &Policy) -> Option<Outcome> {
    let folder = format!("works/{}/{}/{}", version.id.work, version.id.language, version.id.folder);
    let folder = if version.corpus.is_empty() { folder } else { format!("{}/{folder}", version.corpus) };
    let case = Case {
        work: Some(version.id.work.to_string()),
        language: Some(version.id.language.clone()),
        after: version.id.to_string(),
        touched: if version.kind == PulledKind::Removed { Tampering::Removed } else { Tampering::Changed },
        file: Some(format!("{folder}/version.toml")),
        content: version.object.clone(),
        ..Case::default()
    };
    audit::examine(&case, policy)
}

/// What is wrong with something odd, and how to mend it.
fn told(kind: &OddityKind) -> (Observation, String) {
    use Observation::{Damaged, Removed, Settings, Unreadable};
    match kind {
        OddityKind::NotPlain(what) => {
            (Unreadable, format!("it is {what}, and a statement is a plain file: put the text itself there"))
        }
        OddityKind::Name => (Unreadable, "its name is no UTF-8, so that nobody can look it up: rename it".to_owned()),
        OddityKind::TooLarge(bytes) => {
            (Unreadable, format!("it has {bytes} bytes, more than a text may have: part it into several"))
        }
        OddityKind::Removed(None) => {
            (Removed, "it was there and is gone: what it said is compared with nothing".to_owned())
        }
        OddityKind::Removed(Some(now)) => (
            Removed,
            format!(
                "it was there and is gone; git takes {now} for what became of it: leave a statement under its name"
            ),
        ),
        OddityKind::Settings(keys) => (
            Settings,
            format!("what is judged here changes what it is judged by ({}); that of the base holds", keys.join(", ")),
        ),
        OddityKind::NewSettings => (
            Settings,
            "it has the name of settings, and the base has none there: it counts for nothing here, and would later; \
             take it out"
                .to_owned(),
        ),
        OddityKind::Stray(why) => {
            (Damaged, format!("it lies among the works of a corpus and belongs to no version: {why}"))
        }
        OddityKind::Work => (
            Damaged,
            "what is recorded of a work was changed or removed, and it is as lasting as its versions".to_owned(),
        ),
    }
}
