//! Files that are complete or not there.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use super::error::CliError;

/// Bytes that are gathered before they are written.
pub(super) const BUFFER: usize = 1 << 16;

/// Writes a file, complete or not at all.
pub(super) fn write_file(path: &Path, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), CliError> {
    to_file(path, render).map_err(|error| CliError::io("written", &path.display().to_string(), &error))
}

/// Adds to a file, which is made where it is missing.
pub(super) fn append(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), CliError> {
    let opened = OpenOptions::new().append(true).create(true).open(path);
    opened
        .and_then(|mut file| write(&mut file))
        .map_err(|error| CliError::io("written", &path.display().to_string(), &error))
}

/// Writes a temporary beside the file and renames it. A device or a pipe is written to as it is.
pub(super) fn to_file(path: &Path, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&target) {
        Ok(found) if found.is_dir() => return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        Ok(found) if !found.is_file() => return to(OpenOptions::new().write(true).open(&target)?, render).map(drop),
        _ => {}
    }
    let (file, temporary) = temporary(&target)?;
    let written = to(file, render).and_then(|file| file.sync_all()).and_then(|()| {
        if let Ok(found) = fs::metadata(&target) {
            fs::set_permissions(&temporary, found.permissions())?;
        }
        fs::rename(&temporary, &target)
    });
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn to(file: File, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<File> {
    let mut out = BufWriter::with_capacity(BUFFER, file);
    render(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)
}

/// A new file beside another.
fn temporary(target: &Path) -> io::Result<(File, PathBuf)> {
    let name = target.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it names no file"))?;
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for attempt in 0..100 {
        let mut beside = OsString::from(".");
        beside.push(name);
        beside.push(format!(".{}-{attempt}.tmp", std::process::id()));
        let path = target.with_file_name(beside);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}
