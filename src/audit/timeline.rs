//! The timeline of a work: every version in every language, what it amounts to against the one before it, and which
//! languages lack a reissue that another has.

use crate::change::Verdict;
use crate::frbr::WorkId;
use crate::record::{Version, VersionId, Work};
use crate::statement::{Claim, StatedClaim};

/// A work in time.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Timeline {
    /// The work.
    pub work: WorkId,
    /// What is recorded of it.
    pub about: Work,
    /// Its versions: undated ones first, then by date, and of one day by language.
    pub entries: Vec<Entry>,
    /// What some languages have and others lack.
    pub lacking: Vec<MissingVersion>,
    /// The works that it succeeds, the nearest first, and those that say they succeed it.
    pub lineage: Vec<Relative>,
}

/// A version in a timeline.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The version.
    pub version: Version,
    /// The one before it in its language.
    pub before: Option<VersionId>,
    /// What changed since that one amounts to.
    pub verdict: Option<Verdict>,
}

/// A reissue, corrigendum or revision that a language lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingVersion {
    /// The language.
    pub language: String,
    /// What another language has.
    pub than: VersionId,
    /// What that claims to be.
    pub claim: StatedClaim,
}

/// A work of the same lineage.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Relative {
    /// Its name as it is recorded.
    pub work: String,
    /// Whether it succeeds this work; else it precedes it.
    pub successor: bool,
    /// Whether the corpus holds it.
    pub held: bool,
    /// What it is called.
    pub title: Option<String>,
}

/// What languages lack: the n-th version that claims to follow an earlier one, where another language has it.
///
/// `series` are the versions by language, each in the order of issue. Of several languages that have it, the one with
/// most such versions is named, then the first by code.
#[must_use]
pub fn lacking(series: &[Vec<Version>]) -> Vec<MissingVersion> {
    let following: Vec<Vec<(&Version, &StatedClaim)>> =
        series.iter().map(|versions| versions.iter().filter_map(claim_to_follow).collect()).collect();
    let Some(most) = following.iter().max_by_key(|versions| (versions.len(), std::cmp::Reverse(first(versions))))
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (versions, own) in series.iter().zip(&following) {
        let Some(language) = versions.first().map(|version| version.id.language.clone()) else { continue };
        for (version, claim) in most.iter().skip(own.len()) {
            found.push(MissingVersion {
                language: language.clone(),
                than: version.id.clone(),
                claim: (*claim).clone(),
            });
        }
    }
    found
}

/// A version with its claim, where that is one to follow an earlier version.
fn claim_to_follow(version: &Version) -> Option<(&Version, &StatedClaim)> {
    let stated = version.record.claim.as_ref()?;
    (stated.claim().follows() && stated.claim() != Claim::Unknown).then_some((version, stated))
}

fn first<'a>(versions: &[(&'a Version, &StatedClaim)]) -> Option<&'a str> {
    versions.first().map(|(version, _)| version.id.language.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Record;

    #[test]
    fn languages_that_lack_a_reissue() {
        let version = |language: &str, folder: &str, claim: Option<&str>| Version {
            id: VersionId {
                work: WorkId::new("a/b").expect("a name"),
                language: language.to_owned(),
                folder: folder.to_owned(),
            },
            record: Record { claim: claim.map(|words| words.to_owned().into()), ..Record::default() },
        };
        let series = [
            vec![version("ar", "1", None)],
            vec![
                version("en", "1", None),
                version("en", "2", Some("reissue")),
                version("en", "3", Some("second reissue")),
            ],
            vec![version("fr", "1", None), version("fr", "2", Some("reissue"))],
        ];
        let found: Vec<String> = lacking(&series)
            .iter()
            .map(|lacking| format!("{} {} {}", lacking.language, lacking.than, lacking.claim))
            .collect();
        assert_eq!(found, ["ar a/b@2~en reissue", "ar a/b@3~en second reissue", "fr a/b@3~en second reissue"]);
        assert_eq!(lacking(&series[..1]), []);
    }
}
