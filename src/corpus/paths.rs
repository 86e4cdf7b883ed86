//! Where things lie in a corpus, and what may stand in their paths.

use crate::frbr::WorkId;
use crate::record::VersionId;

/// Folders below each other that are followed; a work has at most a hundred parts, and no body uses ten.
pub(super) const MOST_DEPTH: usize = 110;

/// The folder of ours in the git directory. Nothing in it is needed to read the corpus.
pub(super) const STATE: &str = "recension";

/// The version whose folder a path is, relative to its corpus; else why it is none.
pub(super) fn id_of_path(path: &str) -> Result<VersionId, String> {
    let parts: Vec<&str> = path.split('/').collect();
    let ["works", work @ .., language, folder] = &parts[..] else {
        return Err("a version lies in works/WORK/LANGUAGE/DATE".to_owned());
    };
    let work = WorkId::new(&work.join("/")).map_err(|error| error.to_string())?;
    if !is_language_code(language) {
        return Err(format!("{language:?} is no code of a language such as en or zh"));
    }
    if !is_folder_name(folder) {
        return Err("only a-z, A-Z, 0-9, '.', '_' and '-' may stand in the name of a version's folder".to_owned());
    }
    Ok(VersionId { work, language: (*language).to_owned(), folder: (*folder).to_owned() })
}

/// The folder of a version.
pub(super) fn folder_of(id: &VersionId) -> String {
    format!("works/{}/{}/{}", id.work, id.language, id.folder)
}

/// Whether a text can be the name of a version's folder.
pub(super) fn is_folder_name(text: &str) -> bool {
    let plain = |byte| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-');
    (1..=64).contains(&text.len()) && !text.starts_with('.') && text.bytes().all(plain)
}

/// Whether a text is formed like the code of a language: `en`, `zh-Hant`.
pub(super) fn is_language_code(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let plain = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_lowercase()) && parts.all(plain)
}
