//! Which versions a command looks at.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    sync::Arc,
};

use super::error::WorkspaceError;
use super::input::OpenCorpora;
use crate::corpus::{Corpus, CorpusError};
use crate::frbr::{Reference, Which};
use crate::record::{Version, VersionId, by_series};

/// Versions of one corpus at one revision.
#[derive(Clone)]
#[non_exhaustive]
pub struct Selection {
    /// The corpus.
    pub corpus: Arc<Corpus>,
    /// The revision, where a selector names it.
    pub revision: Option<String>,
    /// All versions of the works concerned, by work and language, in the order of issue.
    series: Vec<Vec<Version>>,
    /// Those wanted; all where there are none named.
    wanted: Option<BTreeSet<VersionId>>,
}

impl Selection {
    /// The versions of a version's work in its language, in the order of issue.
    pub fn series_of(&self, version: &Version) -> impl Iterator<Item = &Version> {
        let holds = |versions: &&Vec<Version>| versions.iter().any(|other| other.id == version.id);
        self.series.iter().find(holds).into_iter().flatten()
    }

    /// The versions wanted, each with the one before it, in the order of work, language and date.
    pub fn versions(&self) -> impl Iterator<Item = (Option<&Version>, &Version)> {
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
///
/// A selector is a work, the beginning of works' names ending in a slash, or a reference. With a language, only versions
/// in it are chosen.
///
/// # Errors
/// [`WorkspaceError`] where a selector names nothing, or a corpus can't be read.
pub fn select(
    corpora: &dyn OpenCorpora,
    selectors: &[OsString],
    lang: Option<&str>,
) -> Result<Vec<Selection>, WorkspaceError> {
    if selectors.is_empty() {
        let corpus = corpora.at(None)?;
        let versions = all(corpora, &corpus)?;
        if versions.is_empty() {
            return Err(CorpusError::Empty { path: corpus.name() }.into());
        }
        return Ok(vec![Selection { corpus, revision: None, series: by_series(versions, lang), wanted: None }]);
    }
    let mut named: BTreeMap<Option<String>, BTreeMap<VersionId, Version>> = BTreeMap::new();
    for selector in selectors {
        let Some(text) = selector.to_str() else {
            return Err(WorkspaceError::Name { name: selector.display().to_string() });
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
        chosen.push(Selection { corpus, revision, series, wanted: Some(named.into_keys().collect()) });
    }
    Ok(chosen)
}

/// All versions of a corpus.
fn all(corpora: &dyn OpenCorpora, corpus: &Corpus) -> Result<Vec<Version>, WorkspaceError> {
    let versions = corpus.all()?;
    corpora.listed(corpus, versions.len());
    Ok(versions)
}

/// The revision and the versions that a selector names.
fn versions_of(corpora: &dyn OpenCorpora, selector: &str) -> Result<(Option<String>, Vec<Version>), WorkspaceError> {
    if let Some(prefix) = selector.strip_suffix('/') {
        let (revision, prefix) =
            prefix.split_once(':').map_or((None, prefix), |(revision, prefix)| (Some(revision), prefix));
        let corpus = corpora.at(revision)?;
        let start = format!("{prefix}/");
        let mut versions = all(corpora, &corpus)?;
        let beginnings = beginnings(&versions);
        versions.retain(|version| version.id.work.as_str().starts_with(&start));
        if versions.is_empty() {
            return Err(WorkspaceError::Prefix { corpus: corpus.name(), prefix: start, beginnings });
        }
        return Ok((revision.map(str::to_owned), versions));
    }
    let reference = Reference::parse(selector)
        .map_err(|bad| WorkspaceError::Selector { selector: selector.to_owned(), why: bad.why.to_string() })?;
    if !corpora.has_corpus() {
        return Err(WorkspaceError::NoCorpusFor { argument: selector.to_owned(), is_selector: true });
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
