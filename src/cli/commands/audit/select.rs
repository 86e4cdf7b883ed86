//! Which versions an audit looks at.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    rc::Rc,
};

use crate::cli::{error::CliError, input::Corpora};
use crate::corpus::{Corpus, CorpusError, Version, VersionId};
use crate::frbr::Reference;

/// Versions of one corpus at one revision.
pub(super) struct Chosen {
    pub(super) corpus: Rc<Corpus>,
    /// The revision, where a selector names it.
    pub(super) revision: Option<String>,
    /// All versions of the works concerned, by work and language, in the order of issue.
    series: Vec<Vec<Version>>,
    wanted: BTreeSet<VersionId>,
}

impl Chosen {
    /// The versions wanted, each with the one before it, in the order of work, language and date.
    pub(super) fn versions(&self) -> impl Iterator<Item = (Option<&Version>, &Version)> {
        let pairs = self.series.iter().flat_map(|versions| {
            versions
                .iter()
                .enumerate()
                .map(|(at, version)| (at.checked_sub(1).and_then(|before| versions.get(before)), version))
        });
        pairs.filter(|(_, version)| self.wanted.contains(&version.id))
    }
}

/// The versions that selectors name; all of the corpus where there are none.
pub(super) fn select(
    corpora: &Corpora<'_>,
    selectors: &[OsString],
    lang: Option<&str>,
) -> Result<Vec<Chosen>, CliError> {
    let mut wanted: BTreeMap<Option<String>, BTreeSet<VersionId>> = BTreeMap::new();
    if selectors.is_empty() {
        let corpus = corpora.at(None)?;
        let ids = corpus.ids()?;
        if ids.is_empty() {
            return Err(CorpusError::Empty { path: corpus.name() }.into());
        }
        wanted.entry(None).or_default().extend(ids);
    }
    for selector in selectors {
        let Some(text) = selector.to_str() else {
            return Err(CliError::user(format!("{} names no work", selector.display())));
        };
        let (revision, ids) = ids_of(corpora, text)?;
        wanted.entry(revision).or_default().extend(ids);
    }
    let mut chosen = Vec::new();
    for (revision, mut ids) in wanted {
        ids.retain(|id| lang.is_none_or(|lang| id.language == lang));
        chosen.push(chosen_of(corpora.at(revision.as_deref())?, revision, ids)?);
    }
    Ok(chosen)
}

fn chosen_of(corpus: Rc<Corpus>, revision: Option<String>, wanted: BTreeSet<VersionId>) -> Result<Chosen, CliError> {
    let concerned: BTreeSet<_> = wanted.iter().map(|id| (id.work.clone(), id.language.clone())).collect();
    let mut groups: BTreeMap<_, Vec<VersionId>> = BTreeMap::new();
    for id in corpus.ids()? {
        let group = (id.work.clone(), id.language.clone());
        if concerned.contains(&group) {
            groups.entry(group).or_default().push(id);
        }
    }
    let series = groups.into_values().map(|ids| corpus.versions(ids)).collect::<Result<Vec<_>, _>>()?;
    Ok(Chosen { corpus, revision, series, wanted })
}

/// The revision and the versions that a selector names.
fn ids_of(corpora: &Corpora<'_>, selector: &str) -> Result<(Option<String>, Vec<VersionId>), CliError> {
    if let Some(prefix) = selector.strip_suffix('/') {
        let (revision, prefix) =
            prefix.split_once(':').map_or((None, prefix), |(revision, prefix)| (Some(revision), prefix));
        let corpus = corpora.at(revision)?;
        let mut ids = corpus.ids()?;
        let start = format!("{prefix}/");
        ids.retain(|id| id.work.as_str().starts_with(&start));
        if ids.is_empty() {
            let error = CliError::user(format!("no work of the corpus {} begins with {start}", corpus.name()));
            return Err(error.hint(format!("it has works that begin with {}", beginnings(&corpus)?)));
        }
        return Ok((revision.map(str::to_owned), ids));
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
    Ok((reference.revision, found.into_iter().map(|version| version.id).collect()))
}

/// The first parts of the works' names.
fn beginnings(corpus: &Corpus) -> Result<String, CorpusError> {
    let ids = corpus.ids()?;
    let first: BTreeSet<&str> = ids.iter().filter_map(|id| id.work.as_str().split('/').next()).collect();
    Ok(first.into_iter().map(|first| format!("{first}/")).collect::<Vec<_>>().join(", "))
}
