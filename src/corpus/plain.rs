//! Files given as input: plain ones alone, and no longer than is read.
//!
//! A pipe of a name that nobody writes to, a device or a socket would make the program wait for ever or read without
//! end, so what stands at the path is looked at before it is opened. Descriptors that are open already, as a shell hands
//! them over for `<(…)`, are read like standard input.

use std::{
    fs::{self, File, FileType},
    io::{self, Read as _},
    path::Path,
};

/// Where the system shows the descriptors of a process as files.
const OPEN: [&str; 3] = ["/dev/fd", "/proc/self/fd", "/dev/stdin"];

/// Opens a plain file for reading, without waiting for anything.
///
/// # Errors
/// Where the system refuses, or what stands there is no plain file: its message says what it is.
pub(crate) fn open_plain(path: &Path) -> io::Result<File> {
    let kind = fs::metadata(path)?.file_type();
    if !kind.is_file() && (kind.is_dir() || !OPEN.iter().any(|open| path.starts_with(open))) {
        let why = format!("it is {}, not a file", name_of(kind));
        return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
    }
    File::open(path)
}

/// The bytes of a plain file, at most so many and one: who reads sees that it is too long.
///
/// # Errors
/// As [`open_plain`].
pub(crate) fn read_plain(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_plain(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn name_of(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    match () {
        () if kind.is_dir() => "a folder",
        () if kind.is_fifo() => "a pipe",
        () if kind.is_socket() => "a socket",
        () if kind.is_char_device() || kind.is_block_device() => "a device",
        () => "something else",
    }
}

#[cfg(not(unix))]
fn name_of(kind: FileType) -> &'static str {
    if kind.is_dir() { "a folder" } else { "something else" }
}
