//! Loose objects of git, looked at before libgit2 reads them.
//!
//! libgit2 never comes back from a loose object whose compressed bytes end too early. So each is inflated here first, to
//! no more than its header says.

use std::{fs, io::Read, path::PathBuf};

use flate2::read::ZlibDecoder;

/// Bytes that the header of an object has at most: its kind, its size, a zero.
const MOST_HEADER: usize = 32;

/// Bytes of the longest file that is read out of a repository.
pub(super) const MOST_BYTES: usize = 256 << 20;

/// The bytes of a file. It is asked its size before it is inflated: a few kilobytes may say that they are gigabytes.
///
/// # Errors
/// Where it is damaged or longer than is read.
pub(super) fn blob(repository: &git2::Repository, id: git2::Oid) -> Result<Vec<u8>, git2::Error> {
    let size = size(repository, id)?;
    if size > MOST_BYTES as u64 {
        let why = format!("it has {size} bytes, and at most {MOST_BYTES} are read");
        return Err(git2::Error::from_str(&why));
    }
    sound(repository, id)?;
    Ok(repository.find_blob(id)?.content().to_vec())
}

/// How many bytes an object says it has.
///
/// # Errors
/// Where its header can't be read.
pub(super) fn size(repository: &git2::Repository, id: git2::Oid) -> Result<u64, git2::Error> {
    match fs::File::open(path_of(repository, id)) {
        Ok(file) => {
            let found = header(&mut ZlibDecoder::new(file));
            found.map_err(|why| git2::Error::from_str(&format!("the loose object {id} is damaged: {why}")))
        }
        Err(_) => Ok(repository.odb()?.read_header(id)?.0 as u64),
    }
}

fn path_of(repository: &git2::Repository, id: git2::Oid) -> PathBuf {
    let name = id.to_string();
    repository.commondir().join("objects").join(&name[..2]).join(&name[2..])
}

/// Whether libgit2 may read an object. One in a pack may: packs are checked by libgit2 itself.
///
/// # Errors
/// What is wrong with the object.
pub(super) fn sound(repository: &git2::Repository, id: git2::Oid) -> Result<(), git2::Error> {
    let Ok(bytes) = fs::read(path_of(repository, id)) else { return Ok(()) };
    inflate(&bytes).map_err(|why| git2::Error::from_str(&format!("the loose object {id} is damaged: {why}")))
}

/// The size that the header of an object says.
fn header(from: &mut impl Read) -> Result<u64, String> {
    let mut header = Vec::new();
    loop {
        let mut byte = [0];
        match from.read(&mut byte) {
            Ok(1) if byte[0] == 0 => break,
            Ok(1) if header.len() < MOST_HEADER => header.push(byte[0]),
            Ok(0) => return Err("it ends too early".to_owned()),
            Ok(_) => return Err("it has no header".to_owned()),
            Err(error) => return Err(error.to_string()),
        }
    }
    let header = String::from_utf8_lossy(&header);
    header.split(' ').nth(1).and_then(|size| size.parse().ok()).ok_or_else(|| "it has no header".to_owned())
}

fn inflate(bytes: &[u8]) -> Result<(), String> {
    let mut from = ZlibDecoder::new(bytes);
    let size = header(&mut from)?;
    let found = std::io::copy(&mut from.take(size.saturating_add(1)), &mut std::io::sink());
    match found {
        Ok(found) if found == size => Ok(()),
        Ok(found) => Err(format!("it should have {size} bytes, and {found} or more are there")),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_is_asked_its_size_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = git2::Repository::init_bare(folder.path()).expect("a repository");
        let id = repository.blob(b"1. The Sides agree.").expect("written");
        assert_eq!(size(&repository, id).expect("a size"), 19);
        assert_eq!(blob(&repository, id).expect("short"), b"1. The Sides agree.");
        // A loose object that says it is longer than anything read, and is not.
        let path = path_of(&repository, id);
        fs::remove_file(&path).expect("removable");
        let mut long = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut long, b"blob 99999999999\0short").expect("written");
        fs::write(&path, long.finish().expect("written")).expect("writable");
        let error = blob(&repository, id).expect_err("too long");
        assert!(error.message().contains("it has 99999999999 bytes, and at most"), "{error}");
    }

    #[test]
    fn damage_is_found_and_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = git2::Repository::init_bare(folder.path()).expect("a repository");
        let text: String = (0..4_000).map(|n| format!("{n} all States\n")).collect();
        let id = repository.blob(text.as_bytes()).expect("written");
        assert!(sound(&repository, id).is_ok());
        let name = id.to_string();
        let path = folder.path().join("objects").join(&name[..2]).join(&name[2..]);
        let whole = fs::read(&path).expect("readable");
        fs::remove_file(&path).expect("removable");
        assert!(sound(&repository, id).is_ok(), "what is not loose is for libgit2");
        for cut in [0, 1, 10, whole.len() / 2, whole.len() - 5] {
            fs::write(&path, &whole[..cut]).expect("writable");
            assert!(sound(&repository, id).is_err(), "{cut}");
        }
    }
}
