//! Whether what was committed is there, and stays.
//!
//! Until the branch has it, nothing names a new object, and `git gc --prune=now` or `git prune` beside a call takes away
//! what nothing names. So when the branch has moved, a collection that is under way is waited for, every object of the call
//! is looked for anew, and what is missing is written again: from then on the branch holds it.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use super::{
    error::StoreError,
    new_file::{NewFile, bytes_of},
    objects::PreparedDraft,
    trees::NewObject,
};

/// The file that `git gc` holds while it runs.
const GC: &str = "gc.pid";
/// How long a collection is waited for; one that was killed leaves its file for good.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);
/// How often objects are written again before it is given up.
const MOST_ATTEMPTS: usize = 8;
/// How often in a row all have to be there: a collection that began before the branch moved may take some away behind a
/// look, and `git prune` holds no file while it runs.
const LOOKS: usize = 2;

/// Sees to it that all objects of a call are in the repository.
///
/// # Errors
/// [`StoreError::Vanished`] where some are not, however often they are written.
pub(super) fn secure(
    git: &Path,
    common: &Path,
    new: &[NewObject],
    files: &[NewFile],
    drafts: &[PreparedDraft<'_>],
) -> Result<(), StoreError> {
    wait_for_collection(common);
    let mut whole = 0;
    for attempt in 0..MOST_ATTEMPTS {
        if attempt > 0 {
            thread::sleep(PAUSE);
            wait_for_collection(common);
        }
        match rewritten(git, new, files, drafts) {
            Ok(0) if whole + 1 == LOOKS => return Ok(()),
            Ok(0) => whole += 1,
            Ok(_) => whole = 0,
            Err(error) => {
                let message = error.message().to_owned();
                return Err(StoreError::Git { doing: "write an object again", repository: git.to_owned(), message });
            }
        }
    }
    Err(StoreError::Vanished { repository: git.to_owned() })
}

fn wait_for_collection(common: &Path) {
    let file = common.join(GC);
    #[expect(clippy::disallowed_methods, reason = "how long is waited is in no result")]
    let begun = Instant::now();
    while fs::symlink_metadata(&file).is_ok() && begun.elapsed() < PATIENCE {
        thread::sleep(PAUSE);
    }
}

/// How many objects were missing, and are written again.
fn rewritten(
    git: &Path,
    new: &[NewObject],
    files: &[NewFile],
    drafts: &[PreparedDraft<'_>],
) -> Result<usize, git2::Error> {
    // A handle remembers what it has seen: a new one looks.
    let repository = git2::Repository::open(git)?;
    let odb = repository.odb()?;
    let mut missing = 0;
    let mut seen = BTreeSet::new();
    for file in files.iter().filter(|file| seen.insert(file.blob)) {
        if !odb.exists(file.blob) {
            odb.write(git2::ObjectType::Blob, bytes_of(file, drafts))?;
            missing += 1;
        }
    }
    for object in new.iter().filter(|object| !odb.exists(object.id)) {
        odb.write(object.kind, &object.bytes)?;
        missing += 1;
    }
    Ok(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_away_is_written_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = git2::Repository::init_bare(folder.path()).expect("a repository");
        let object = |text: &str| NewObject {
            id: git2::Oid::hash_object(git2::ObjectType::Blob, text.as_bytes()).expect("an id"),
            kind: git2::ObjectType::Blob,
            bytes: text.as_bytes().to_vec(),
        };
        let new = [object("one"), object("two")];
        repository.blob(b"two").expect("written");
        secure(folder.path(), folder.path(), &new, &[], &[]).expect("secured");
        let again = git2::Repository::open(folder.path()).expect("a repository");
        for object in &new {
            assert_eq!(again.find_blob(object.id).expect("there").content(), object.bytes);
        }
    }
}
