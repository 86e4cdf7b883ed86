//! The work tree: versions appear in it whole or not at all.
//!
//! Files are written to a folder of their own beside `works`, and each version's folder is renamed to its place.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::error::StoreError;
use super::new_file::NewFile;

/// Where files wait for their place. Names with a dot are no part of a corpus.
const STAGE: &str = ".recension-stage";

/// Files on their way into the work tree.
pub(super) struct StagedFile<'a> {
    root: &'a Path,
    /// What was put in its place, to be taken away if the commit fails.
    placed: Vec<PathBuf>,
}

impl<'a> StagedFile<'a> {
    /// Puts files into the work tree below `root`. What can't be written whole is taken away again.
    pub(super) fn put<'b>(
        root: &'a Path,
        files: &'b [NewFile],
        bytes: impl Fn(&'b NewFile) -> &'b [u8],
    ) -> Result<Self, StoreError> {
        let mut staged = Self { root, placed: Vec::new() };
        let done = staged.write(files, bytes);
        let cleared = clear(root);
        match done.and(cleared) {
            Ok(()) => Ok(staged),
            Err(error) => {
                staged.take_away();
                Err(error)
            }
        }
    }

    fn write<'b>(&mut self, files: &'b [NewFile], bytes: impl Fn(&'b NewFile) -> &'b [u8]) -> Result<(), StoreError> {
        clear(self.root)?;
        let stage = self.root.join(STAGE);
        fs::create_dir(&stage).map_err(StoreError::io(&stage))?;
        let mut at = 0;
        let mut number = 0_usize;
        while let Some(first) = files.get(at) {
            let folder = parent(&first.path);
            let run = files[at..].iter().take_while(|file| parent(&file.path) == folder).count();
            let own = stage.join(number.to_string());
            number += 1;
            fs::create_dir(&own).map_err(StoreError::io(&own))?;
            for file in &files[at..at + run] {
                let path = own.join(name(&file.path));
                fs::write(&path, bytes(file)).map_err(StoreError::io(&path))?;
            }
            self.place(folder, &own, &files[at..at + run])?;
            at += run;
        }
        Ok(())
    }

    /// Renames a folder of files to its place; a folder that is there takes the files alone.
    fn place(&mut self, folder: &str, own: &Path, files: &[NewFile]) -> Result<(), StoreError> {
        let target = self.root.join(folder);
        let whole = files.iter().any(|file| file.path.ends_with("/version.toml"));
        if whole {
            let above = self.root.join(parent(folder));
            plain_folders(self.root, parent(folder))?;
            fs::create_dir_all(&above).map_err(StoreError::io(&above))?;
            if target.symlink_metadata().is_ok() {
                let why = "it stands in the work tree and is not committed".to_owned();
                return Err(StoreError::Place { path: target.display().to_string(), why });
            }
            fs::rename(own, &target).map_err(StoreError::io(&target))?;
            self.placed.push(target);
            return Ok(());
        }
        plain_folders(self.root, folder)?;
        fs::create_dir_all(&target).map_err(StoreError::io(&target))?;
        for file in files {
            let path = self.root.join(&file.path);
            if path.symlink_metadata().is_err() {
                fs::rename(own.join(name(&file.path)), &path).map_err(StoreError::io(&path))?;
                self.placed.push(path);
            }
        }
        Ok(())
    }

    /// Takes away what was placed: nothing was committed.
    pub(super) fn take_away(self) {
        for path in self.placed.iter().rev() {
            // What can't be removed is told by `status`; the error that led here is the one to report.
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            prune(self.root, path);
        }
        let _ = clear(self.root);
    }
}

/// Whether files wait for their place, so that a writer is at work or was interrupted.
pub(super) fn is_staged(root: &Path) -> bool {
    root.join(STAGE).symlink_metadata().is_ok()
}

/// Removes what an interrupted writer left.
pub(super) fn clear(root: &Path) -> Result<(), StoreError> {
    let stage = root.join(STAGE);
    match fs::remove_dir_all(&stage) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::Io { path: stage, source: error }),
        _ => Ok(()),
    }
}

/// Removes the folders above a path that are empty, up to the corpus.
pub(super) fn prune(root: &Path, path: &Path) {
    for above in path.ancestors().skip(1).take_while(|above| above.starts_with(root) && *above != root) {
        if fs::remove_dir(above).is_err() {
            return;
        }
    }
}

/// Refuses to go through links: a corpus that was received must not make the program write outside it.
pub(super) fn plain_folders(root: &Path, folder: &str) -> Result<(), StoreError> {
    let mut at = root.to_owned();
    for part in folder.split('/') {
        at.push(part);
        match fs::symlink_metadata(&at) {
            Ok(found) if !found.is_dir() => {
                let why = "it is no plain folder".to_owned();
                return Err(StoreError::Place { path: at.display().to_string(), why });
            }
            Ok(_) => {}
            Err(_) => return Ok(()),
        }
    }
    Ok(())
}

/// The folder of a path with slashes.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}
