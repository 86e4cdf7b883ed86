//! The trees of a commit that adds files: only those above the new files are written anew.
//!
//! libgit2 can update trees too, but hands out no bytes, and an import packs them. Time: the entries of the trees that
//! change, once a call. Format: git's tree objects, entries sorted as if folders ended in a slash.

use std::collections::BTreeMap;

/// A new tree, or another object, with its name.
pub(super) struct NewObject {
    pub(super) id: git2::Oid,
    pub(super) kind: git2::ObjectType,
    pub(super) bytes: Vec<u8>,
}

const FILE: i32 = 0o100_644;
const FOLDER: i32 = 0o040_000;

/// Files and folders that are new in a folder.
#[derive(Default)]
struct Folder<'a> {
    files: BTreeMap<&'a str, git2::Oid>,
    folders: BTreeMap<&'a str, Folder<'a>>,
}

/// The tree with the files added, and the trees that have to be written for it, the innermost first.
///
/// # Errors
/// Where a tree can't be read.
pub(super) fn with_files<'a>(
    repository: &git2::Repository,
    base: Option<&git2::Tree<'_>>,
    files: impl Iterator<Item = (&'a str, git2::Oid)>,
) -> Result<(git2::Oid, Vec<NewObject>), git2::Error> {
    let mut root = Folder::default();
    for (path, id) in files {
        let mut folder = &mut root;
        let mut rest = path;
        while let Some((name, below)) = rest.split_once('/') {
            folder = folder.folders.entry(name).or_default();
            rest = below;
        }
        folder.files.insert(rest, id);
    }
    let mut written = Vec::new();
    let id = write(repository, base, &root, &mut written)?;
    Ok((id, written))
}

fn write(
    repository: &git2::Repository,
    base: Option<&git2::Tree<'_>>,
    folder: &Folder<'_>,
    written: &mut Vec<NewObject>,
) -> Result<git2::Oid, git2::Error> {
    // Sorted by name, a folder's with a slash behind it.
    let mut entries: BTreeMap<Vec<u8>, (i32, git2::Oid)> = BTreeMap::new();
    let key = |name: &[u8], mode: i32| if mode == FOLDER { [name, b"/"].concat() } else { name.to_vec() };
    for entry in base.into_iter().flatten() {
        entries.insert(key(entry.name_bytes(), entry.filemode_raw()), (entry.filemode_raw(), entry.id()));
    }
    for (name, id) in &folder.files {
        entries.insert(key(name.as_bytes(), FILE), (FILE, *id));
    }
    for (name, below) in &folder.folders {
        let place = key(name.as_bytes(), FOLDER);
        let old = entries.get(&place).map(|(_, id)| repository.find_tree(*id)).transpose()?;
        let id = write(repository, old.as_ref(), below, written)?;
        entries.insert(place, (FOLDER, id));
    }
    let mut bytes = Vec::with_capacity(entries.len() * 40);
    for (name, (mode, id)) in &entries {
        let name = if *mode == FOLDER { &name[..name.len() - 1] } else { name };
        bytes.extend_from_slice(format!("{mode:o} ").as_bytes());
        bytes.extend_from_slice(name);
        bytes.push(0);
        bytes.extend_from_slice(id.as_bytes());
    }
    let id = git2::Oid::hash_object(git2::ObjectType::Tree, &bytes)?;
    written.push(NewObject { id, kind: git2::ObjectType::Tree, bytes });
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// libgit2's own update gives the same tree.
    #[test]
    fn trees_are_those_of_libgit2() {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = git2::Repository::init_bare(folder.path()).expect("a repository");
        let odb = repository.odb().expect("a database");
        let blob = |text: &str| repository.blob(text.as_bytes()).expect("written");
        let empty = repository.treebuilder(None).and_then(|tree| tree.write()).expect("a tree");
        let mut base = repository.find_tree(empty).expect("a tree");
        for files in [
            vec![
                ("recension.toml", "a"),
                ("works/a/b/en/2031/text.txt", "b"),
                ("works/a.b/x", "c"),
                ("works/a-b/x", "c"),
            ],
            vec![("works/a/b/en/2032/text.txt", "d"), ("works/a/b/fr/2031/text.txt", "b"), ("works/a0/x", "e")],
            vec![("recension.toml", "f")],
        ] {
            let mut update = git2::build::TreeUpdateBuilder::new();
            for (path, text) in &files {
                update.upsert(*path, blob(text), git2::FileMode::Blob);
            }
            let expected = update.create_updated(&repository, &base).expect("updated");
            let (id, written) =
                with_files(&repository, Some(&base), files.iter().map(|(path, text)| (*path, blob(text))))
                    .expect("updated");
            assert_eq!(id, expected);
            for tree in &written {
                assert_eq!(odb.write(git2::ObjectType::Tree, &tree.bytes).expect("sound"), tree.id);
            }
            base = repository.find_tree(id).expect("a tree");
        }
    }
}
