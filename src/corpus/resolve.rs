//! From a reference to the version it names.

use super::{error::CorpusError, open::Corpus};
use crate::frbr::{Reference, Which, WorkId};
use crate::record::{Version, VersionId, by_series};

/// Candidates that an error lists.
const MOST_CANDIDATES: usize = 5;

impl Corpus {
    /// The version that a reference names. Its revision is not looked at: the corpus is open at one already.
    ///
    /// Without a language, the reference must fit versions of one language only.
    ///
    /// # Errors
    /// [`CorpusError`] where none fits, or more than one; it carries the nearest.
    pub fn resolve(&self, reference: &Reference) -> Result<Version, CorpusError> {
        let mut found = self.matches(reference)?;
        match found.len() {
            1 => Ok(found.swap_remove(0)),
            _ => Err(CorpusError::Ambiguous {
                reference: reference.to_string(),
                candidates: found.iter().map(|version| version.id.to_string()).collect(),
            }),
        }
    }

    /// The versions that a reference fits, one for each language that it leaves open; at least one.
    ///
    /// # Errors
    /// [`CorpusError`] where none fits; it carries the nearest.
    pub fn matches(&self, reference: &Reference) -> Result<Vec<Version>, CorpusError> {
        let series = self.series(reference)?;
        let mut found = Vec::new();
        for versions in &series {
            let of = versions.len();
            match &reference.which {
                Which::First => found.extend(versions.first().cloned()),
                Which::Latest => found.extend(versions.last().cloned()),
                Which::Prev => found.extend(of.checked_sub(2).and_then(|at| versions.get(at)).cloned()),
                Which::Dated(date) => found.extend(versions.iter().find(|version| version.id.folder == *date).cloned()),
            }
        }
        if found.is_empty() {
            let why = match &reference.which {
                Which::Prev => "the work has one version, and none before it".to_owned(),
                Which::Dated(date) => format!("the work has no version {date:?}"),
                Which::First | Which::Latest => "the work has no version".to_owned(),
            };
            return Err(unknown_version(reference, why, series.into_iter().flatten().map(|version| version.id)));
        }
        Ok(found)
    }

    /// The versions of the reference's work, those of each language in their order; of its own language if it has one.
    ///
    /// # Errors
    /// [`CorpusError`] where there is no such work, or not in the language.
    pub fn series(&self, reference: &Reference) -> Result<Vec<Vec<Version>>, CorpusError> {
        let mut ids = self.ids_below(&format!("works/{}", reference.work))?;
        ids.retain(|id| id.work == reference.work);
        if ids.is_empty() {
            return Err(self.unknown_work(reference)?);
        }
        if let Some(language) = &reference.language
            && !ids.iter().any(|id| id.language == *language)
        {
            return Err(unknown_version(reference, format!("the work is not held in {language:?}"), ids.into_iter()));
        }
        ids.retain(|id| reference.language.as_ref().is_none_or(|language| id.language == *language));
        let versions = ids.into_iter().map(|id| self.version(id)).collect::<Result<Vec<_>, _>>()?;
        Ok(by_series(versions, None))
    }

    /// The error for a name that no work has, with the works that have the nearest names.
    fn unknown_work(&self, reference: &Reference) -> Result<CorpusError, CorpusError> {
        let mut works: Vec<WorkId> = self.all()?.into_iter().map(|version| version.id.work).collect();
        works.dedup();
        let nearest = nearest(reference.work.as_str(), works.iter().map(WorkId::as_str));
        Ok(CorpusError::UnknownWork { reference: reference.to_string(), corpus: self.name(), nearest })
    }
}

fn unknown_version(reference: &Reference, why: String, ids: impl Iterator<Item = VersionId>) -> CorpusError {
    let names: Vec<String> = ids.map(|id| id.to_string()).collect();
    let nearest = nearest(&reference.to_string(), names.iter().map(String::as_str));
    CorpusError::UnknownVersion { reference: reference.to_string(), why, nearest }
}

/// The names nearest to one, those that share its beginning or have the least edit distance first; in doubt the
/// earlier.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut ranked: Vec<(usize, &str)> = known.map(|known| (distance(name, known), known)).collect();
    ranked.sort();
    ranked.into_iter().take(MOST_CANDIDATES).map(|(_, known)| known.to_owned()).collect()
}

/// The edit distance of two names (Levenshtein), in time and space of the product and the shorter: names are short.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.bytes().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::tests_support::{corpus_in, put};
    use std::path::Path;

    fn corpus(folder: &Path, versions: &[(&str, &str)]) -> Corpus {
        for (path, record) in versions {
            put(folder, path, record);
        }
        corpus_in(folder)
    }

    fn resolved(corpus: &Corpus, reference: &str) -> Result<String, CorpusError> {
        corpus.resolve(&Reference::parse(reference).expect("a reference")).map(|version| version.id.to_string())
    }

    #[test]
    fn finds_versions_in_their_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let corpus = corpus(
            folder.path(),
            &[
                ("a/b/en/2016-09-26", ""),
                ("a/b/en/2016-09-26.2", ""),
                ("a/b/en/2016-09-26.10", ""),
                ("a/b/en/1868", ""),
                ("a/b/en/undated", ""),
                ("a/b/fr/2016-09-26", ""),
                ("a/b/c/en/2020", ""),
            ],
        );
        assert_eq!(resolved(&corpus, "a/b~en").expect("found"), "a/b@2016-09-26.10~en");
        assert_eq!(resolved(&corpus, "a/b@prev~en").expect("found"), "a/b@2016-09-26.2~en");
        assert_eq!(resolved(&corpus, "a/b@first~en").expect("found"), "a/b@undated~en");
        assert_eq!(resolved(&corpus, "a/b@1868").expect("one language has it"), "a/b@1868~en");
        assert_eq!(resolved(&corpus, "a/b/c").expect("found"), "a/b/c@2020~en");
        let error = resolved(&corpus, "a/b").expect_err("two languages");
        assert_eq!(error.candidates(), ["a/b@2016-09-26.10~en", "a/b@2016-09-26~fr"]);
        assert!(matches!(resolved(&corpus, "a/b@prev~fr"), Err(CorpusError::UnknownVersion { .. })));
        assert!(matches!(resolved(&corpus, "a/b~zh"), Err(CorpusError::UnknownVersion { .. })));
        assert_eq!(resolved(&corpus, "a/d").expect_err("no such work").candidates(), ["a/b", "a/b/c"]);
    }

    #[test]
    fn distances() {
        for (a, b, expected) in [("", "abc", 3), ("abc", "abc", 0), ("kitten", "sitting", 3), ("ab", "ba", 2)] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }
}
