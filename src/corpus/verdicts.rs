//! What comparisons amounted to, kept beside the repository under the hashes of what was compared.
//!
//! A key holds the hashes of both texts, of the policy and of the program; so an entry is never out of date, and losing
//! all of them costs only time.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
};

use crate::record::sha256;

/// Kept verdicts.
#[derive(Clone, Debug)]
pub(crate) struct Verdicts {
    folder: PathBuf,
    /// What all keys share: program and policy.
    salt: String,
}

impl Verdicts {
    /// Those of a corpus. `salt` names whatever else a verdict depends on.
    #[must_use]
    pub(crate) fn new(state: &Path, salt: &str) -> Self {
        let program = concat!("recension ", env!("CARGO_PKG_VERSION"), "\n");
        Self { folder: state.join("verdicts"), salt: format!("{program}{salt}\n") }
    }

    /// What was kept of a comparison of texts with these hashes.
    #[must_use]
    pub(crate) fn get(&self, before: &str, after: &str) -> Option<String> {
        let key = self.key(before, after);
        let text = fs::read_to_string(self.file(&key)).ok()?;
        text.lines().find_map(|line| {
            let (verdict, sum) = line.strip_prefix(key.as_str())?.strip_prefix(' ')?.rsplit_once(' ')?;
            (sum == sum_of(&key, verdict)).then(|| verdict.to_owned())
        })
    }

    /// Keeps what a comparison amounted to. Where it can't be kept, it is made again next time.
    pub(crate) fn put(&self, before: &str, after: &str, verdict: &str) {
        let key = self.key(before, after);
        let file = self.file(&key);
        let _ = fs::create_dir_all(&self.folder);
        // One write of one short line: lines of several writers do not mix.
        let written = OpenOptions::new().create(true).append(true).open(file);
        let _ = written
            .and_then(|mut file| file.write_all(format!("{key} {verdict} {}\n", sum_of(&key, verdict)).as_bytes()));
    }

    fn key(&self, before: &str, after: &str) -> String {
        sha256(format!("{}{before}\n{after}\n", self.salt).as_bytes())
    }

    fn file(&self, key: &str) -> PathBuf {
        self.folder.join(&key[..2])
    }
}

/// A line that was damaged where it lay says nothing.
fn sum_of(key: &str, verdict: &str) -> String {
    let mut sum = sha256(format!("{key} {verdict}").as_bytes());
    sum.truncate(16);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_kept_by_what_they_are_of() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = Verdicts::new(folder.path(), "policy");
        assert_eq!(kept.get("a", "b"), None);
        kept.put("a", "b", "editorial");
        assert_eq!(kept.get("a", "b").as_deref(), Some("editorial"));
        assert_eq!(kept.get("b", "a"), None);
        assert_eq!(Verdicts::new(folder.path(), "another").get("a", "b"), None);
    }
}
