//! Which versions a command looks at.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    rc::Rc,
};

use super::{error::CliError, input::Corpora};
use crate::audit::{Policy, PolicyError};
use crate::corpus::{Corpus, CorpusError};
use crate::frbr::{Reference, Which};
use crate::record::{Version, VersionId, by_series};

/// The policy of a corpus.
pub(super) fn policy_of(corpus: &Corpus) -> Result<Policy, PolicyError> {
    let (text, path) = corpus.settings_source();
    Policy::parse(text, &path)
}

/// Versions of one corpus at one revision.
pub(super) struct Chosen {
    pub(super) corpus: Rc<Corpus>,
    /// The revision, where a selector names it.
    pub(super) revision: Option<String>,
    /// All versions of the works concerned, by work and language, in the order of issue.
    series: Vec<Vec<Version>>,
    /// Those wanted; all where there are none named.
    wanted: Option<BTreeSet<VersionId>>,
}

impl Chosen {
    /// The versions of a version's work in its language, in the order of issue.
    pub(super) fn series_of(&self, version: &Version) -> impl Iterator<Item = &Version> {
        let holds = |versions: &&Vec<Version>| versions.iter().any(|other| other.id == version.id);
        self.series.iter().find(holds).into_iter().flatten()
    }

    /// The versions wanted, each with the one before it, in the order of work, language and date.
    pub(super) fn versions(&self) -> impl Iterator<Item = (Option<&Version>, &Version)> {
        let pairs = self.series.iter().flat_map(|versions| {
            versions
                .iter()
                .enumerate()
                .map(|(at, version)| (at.checked_sub(1).and_then(|before| versions.get(before)), version))
        });
        pairs.filter(|(_, version)| self.wanted.as_ref().is_none_or(|wanted| wanted.contains(&version.id)))
    }
}

/// The versions that selectors name; all of the corpus where there are none.
pub(super) fn select(
    corpora: &Corpora<'_>,
    selectors: &[OsString],
    lang: Option<&str>,
) -> Result<Vec<Chosen>, CliError> {
    if selectors.is_empty() {
        let corpus = corpora.at(None)?;
        let versions = all(corpora, &corpus)?;
        if versions.is_empty() {
            return Err(CorpusError::Empty { path: corpus.name() }.into());
        }
        return Ok(vec![Chosen { corpus, revision: None, series: by_series(versions, lang), wanted: None }]);
    }
    let mut named: BTreeMap<Option<String>, BTreeMap<VersionId, Version>> = BTreeMap::new();
    for selector in selectors {
        let Some(text) = selector.to_str() else {
            return Err(CliError::user(format!("{} names no work", selector.display())));
        };
        let (revision, versions) = versions_of(corpora, text)?;
        let fits = versions.into_iter().filter(|version| lang.is_none_or(|lang| version.id.language == lang));
        named.entry(revision).or_default().extend(fits.map(|version| (version.id.clone(), version)));
    }
    let mut chosen = Vec::new();
    for (revision, named) in named {
        let corpus = corpora.at(revision.as_deref())?;
        let concerned: BTreeSet<_> = named.keys().map(|id| (id.work.clone(), id.language.clone())).collect();
        let mut series = Vec::new();
        for (work, language) in concerned {
            let reference = Reference { revision: None, work, which: Which::Latest, language: Some(language) };
            series.extend(corpus.series(&reference)?);
        }
        chosen.push(Chosen { corpus, revision, series, wanted: Some(named.into_keys().collect()) });
    }
    Ok(chosen)
}

/// All versions of a corpus.
fn all(corpora: &Corpora<'_>, corpus: &Corpus) -> Result<Vec<Version>, CliError> {
    let versions = corpus.all()?;
    corpora.tell(&format!(
        "{} versions in {}; the records of {} were read anew, the others were kept from before",
        versions.len(),
        corpus.name(),
        corpus.read_anew()
    ));
    Ok(versions)
}

/// The revision and the versions that a selector names.
fn versions_of(corpora: &Corpora<'_>, selector: &str) -> Result<(Option<String>, Vec<Version>), CliError> {
    if let Some(prefix) = selector.strip_suffix('/') {
        let (revision, prefix) =
            prefix.split_once(':').map_or((None, prefix), |(revision, prefix)| (Some(revision), prefix));
        let corpus = corpora.at(revision)?;
        let start = format!("{prefix}/");
        let mut versions = all(corpora, &corpus)?;
        let beginnings = beginnings(&versions);
        versions.retain(|version| version.id.work.as_str().starts_with(&start));
        if versions.is_empty() {
            let error = CliError::user(format!("no work of the corpus {} begins with {start}", corpus.name()));
            return Err(error.hint(format!("it has works that begin with {beginnings}")));
        }
        return Ok((revision.map(str::to_owned), versions));
    }
    let reference = Reference::parse(selector).map_err(|bad| {
        CliError::user(format!(
            "{selector}: there is no such file, and it is no work, prefix or reference: {}",
            bad.why
        ))
        .hint("give two files, a work such as un/cd/2066, or a prefix such as un/")
    })?;
    if corpora.folder().is_none() {
        return Err(CliError::user(format!("{selector}: there is no such file, and no corpus to look it up in"))
            .hint("give two files, or name a corpus by --corpus DIR or RECENSION_CORPUS"));
    }
    let corpus = corpora.at(reference.revision.as_deref())?;
    let found = if selector.contains('@') { corpus.matches(&reference)? } else { corpus.series(&reference)?.concat() };
    Ok((reference.revision, found))
}

/// The first parts of the works' names.
fn beginnings(versions: &[Version]) -> String {
    let first: BTreeSet<&str> =
        versions.iter().filter_map(|version| version.id.work.as_str().split('/').next()).collect();
    first.into_iter().map(|first| format!("{first}/")).collect::<Vec<_>>().join(", ")
}
