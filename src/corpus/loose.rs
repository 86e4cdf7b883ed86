//! Loose objects of git, looked at before libgit2 reads them.
//!
//! libgit2 never comes back from a loose object whose compressed bytes end too early. So each is inflated here first, to
//! no more than its header says.

use std::{fs, io::Read};

use flate2::read::ZlibDecoder;

/// Bytes that the header of an object has at most: its kind, its size, a zero.
const MOST_HEADER: usize = 32;

/// Whether libgit2 may read an object. One in a pack may: packs are checked by libgit2 itself.
///
/// # Errors
/// What is wrong with the object.
pub(super) fn sound(repository: &git2::Repository, id: git2::Oid) -> Result<(), git2::Error> {
    let name = id.to_string();
    let path = repository.commondir().join("objects").join(&name[..2]).join(&name[2..]);
    let Ok(bytes) = fs::read(&path) else { return Ok(()) };
    inflate(&bytes).map_err(|why| git2::Error::from_str(&format!("the loose object {name} is damaged: {why}")))
}

fn inflate(bytes: &[u8]) -> Result<(), String> {
    let mut from = ZlibDecoder::new(bytes);
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
    let size: u64 = header.split(' ').nth(1).and_then(|size| size.parse().ok()).ok_or("it has no header")?;
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
