//! Where results go: standard output, or a file that is complete or not there.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use super::{args::Global, error::CliError, pager::Pager};
use crate::report::{Look, Report, View, render};

/// Bytes that are gathered before they are written.
const BUFFER: usize = 1 << 16;

/// Delivers a result as `render` writes it. Rendering itself can't fail: it is given only what is finished.
pub(super) fn deliver(global: &Global, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), CliError> {
    match &global.output {
        Some(path) if path.as_os_str() != "-" => to_file(path, render).map_err(|error| {
            CliError::io("written", &path.display().to_string(), &error)
                .hint("name a file in a folder that exists and may be written to")
        }),
        None if global.quiet => Ok(()),
        _ => {
            to_reader(global.pager.as_ref(), render).map_err(|error| CliError::io("written", "standard output", &error))
        }
    }
}

/// Delivers a report in the format asked for.
pub(super) fn report(global: &Global, report: &Report<'_>, look: Look) -> Result<(), CliError> {
    let format = global.format.form(look, View::Inline, false);
    deliver(global, |out| render(report, format, out))
}

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

/// Shows a result a screen at a time; prints it where there is no pager, or it can't be started.
fn to_reader(pager: Option<&Pager>, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let Some(pager) = pager else { return to_stdout(render) };
    let mut text = Vec::new();
    render(&mut text)?;
    if pager.show(&text)? { Ok(()) } else { to_stdout(|out| out.write_all(&text)) }
}

fn to_stdout(render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
    render(&mut out)?;
    out.flush()
}

/// Writes a temporary beside the file and renames it. A device or a pipe is written to as it is.
fn to_file(path: &Path, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
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
