//! Where results go: standard output, or a file that is complete or not there.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{args::Global, error::CliError};

/// Delivers a finished result.
pub(super) fn deliver(global: &Global, result: &[u8]) -> Result<(), CliError> {
    match &global.output {
        Some(path) if path.as_os_str() != "-" => to_file(path, result).map_err(|error| {
            CliError::io("written", &path.display().to_string(), &error)
                .hint("name a file in a folder that exists and may be written to")
        }),
        None if global.quiet => Ok(()),
        _ => to_stdout(result).map_err(|error| CliError::io("written", "standard output", &error)),
    }
}

fn to_stdout(result: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(result)?;
    out.flush()
}

/// Writes a temporary beside the file and renames it. A device or a pipe is written to as it is.
fn to_file(path: &Path, result: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&target) {
        Ok(found) if found.is_dir() => return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        Ok(found) if !found.is_file() => return OpenOptions::new().write(true).open(&target)?.write_all(result),
        _ => {}
    }
    let (mut file, temporary) = temporary(&target)?;
    let written = file.write_all(result).and_then(|()| file.sync_all()).and_then(|()| {
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
