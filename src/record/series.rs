//! Versions in their order: the series of each work and language.

use std::collections::BTreeMap;

use super::day::Day;
use super::version::Version;
use crate::frbr::WorkId;

/// Versions by work and language, those of each in the order of issue: undated ones first, then by date, then by the
/// number after it, then by folder name. With a language, those of it alone.
#[must_use]
pub fn by_series(versions: Vec<Version>, language: Option<&str>) -> Vec<Vec<Version>> {
    let mut groups: BTreeMap<(WorkId, String), Vec<Version>> = BTreeMap::new();
    for version in versions {
        if language.is_none_or(|language| version.id.language == language) {
            groups.entry((version.id.work.clone(), version.id.language.clone())).or_default().push(version);
        }
    }
    let mut series: Vec<Vec<Version>> = groups.into_values().collect();
    for versions in &mut series {
        versions.sort_by(|a, b| order(a).cmp(&order(b)));
    }
    series
}

/// A work, and which versions of it are held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WorkSummary<'a> {
    /// Its name.
    pub(crate) work: &'a str,
    /// Codes of the languages, in their order.
    pub(crate) languages: Vec<&'a str>,
    /// How many versions there are.
    pub(crate) versions: usize,
    /// The first date of issue that is known.
    pub(crate) first: Option<Day>,
    /// The last.
    pub(crate) latest: Option<Day>,
}

/// The works of versions that stand by work and language.
#[must_use]
pub(crate) fn works<'a>(versions: &[&'a Version]) -> Vec<WorkSummary<'a>> {
    let mut works: Vec<WorkSummary<'a>> = Vec::new();
    for version in versions {
        let work = version.id.work.as_str();
        if works.last().is_none_or(|last| last.work != work) {
            works.push(WorkSummary { work, languages: Vec::new(), versions: 0, first: None, latest: None });
        }
        let Some(last) = works.last_mut() else { continue };
        if last.languages.last() != Some(&version.id.language.as_str()) {
            last.languages.push(&version.id.language);
        }
        last.versions += 1;
        if let Some(issued) = version.record.issued {
            last.first = Some(last.first.map_or(issued, |first| first.min(issued)));
            last.latest = Some(last.latest.map_or(issued, |latest| latest.max(issued)));
        }
    }
    works
}

/// By which versions of a work follow each other: date, number of the version on that day, folder.
fn order(version: &Version) -> (Option<Day>, u32, &str) {
    let (issued, number) = version.issued();
    (issued, number, &version.id.folder)
}
