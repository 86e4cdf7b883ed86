//! An export made by this program, read back: JSON Lines, a version a line.

use std::path::Path;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;

use super::item::{ImportError, Item, Problem, What};
use crate::corpus::draft::Draft;
use crate::corpus::paths::{is_folder_name, is_language_code};
use crate::corpus::plain::read_plain;
use crate::frbr::WorkId;
use crate::record::{Record, Work, sha256};

/// The schema of a line.
const SCHEMA: &str = "recension.version/1";

#[derive(Deserialize)]
struct Line {
    schema: String,
    work: String,
    language: String,
    folder: String,
    about: Work,
    record: Record,
    source: Bytes,
    text: String,
}

#[derive(Deserialize)]
struct Bytes {
    encoding: String,
    data: String,
}

/// The versions of an export, and how many there are.
///
/// # Errors
/// [`ImportError`] where the file can't be read.
pub fn versions(path: &Path) -> Result<(usize, impl Iterator<Item = Result<Item, Problem>>), ImportError> {
    let bytes = read_plain(path, u64::MAX).map_err(|source| ImportError::Io { path: path.to_owned(), source })?;
    let text = String::from_utf8(bytes)
        .map_err(|_| ImportError::Entry { place: path.display().to_string(), why: "it is no UTF-8".to_owned() })?;
    let name = path.display().to_string();
    let lines: Vec<(usize, String)> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| (at + 1, line.to_owned()))
        .collect();
    let items = lines.len();
    let read = move |(at, line): (usize, String)| {
        let place = format!("{name}, line {at}");
        match draft(&line) {
            Ok(draft) => Ok(Item { place, what: What::Version(Box::new(draft)) }),
            Err(why) => Err(Problem { place: place.clone(), error: ImportError::Entry { place, why } }),
        }
    };
    Ok((items, lines.into_iter().map(read)))
}

fn draft(line: &str) -> Result<Draft, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| format!("it is no version of an export: {error}"))?;
    if line.schema != SCHEMA {
        return Err(format!("its schema is {:?}, and this program reads {SCHEMA}", line.schema));
    }
    let work = WorkId::new(&line.work).map_err(|error| error.to_string())?;
    if !is_language_code(&line.language) {
        return Err(format!("{:?} is no code of a language", line.language));
    }
    if !is_folder_name(&line.folder) {
        return Err(format!("{:?} can't be the folder of a version", line.folder));
    }
    let source = match line.source.encoding.as_str() {
        "utf-8" => line.source.data.into_bytes(),
        "base64" => STANDARD.decode(&line.source.data).map_err(|error| format!("its source is no base64: {error}"))?,
        other => return Err(format!("its source is in the encoding {other:?}, and utf-8 and base64 are read")),
    };
    let mut record = line.record;
    for (what, recorded, found) in [
        ("source", &mut record.sha256.source, sha256(&source)),
        ("text", &mut record.sha256.text, sha256(line.text.as_bytes())),
    ] {
        match recorded {
            Some(recorded) if !recorded.eq_ignore_ascii_case(&found) => {
                return Err(format!("its {what} has sha256 {found}, recorded as {recorded}"));
            }
            _ => *recorded = Some(found),
        }
    }
    let name = record.provenance.source.get_or_insert_with(|| "source.txt".to_owned());
    let ending = name.strip_prefix("source.").unwrap_or_default();
    if ending.is_empty() || !ending.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(format!("{name:?} can't be the name of a source"));
    }
    record.language = Some(line.language.clone());
    Ok(Draft {
        committed: None,
        work,
        language: line.language,
        record,
        about: line.about,
        place: Some(line.folder),
        claimed: true,
        source,
        text: line.text,
    })
}
