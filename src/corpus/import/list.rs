//! Lists of files: CSV or JSON Lines with the columns `path, work, lang, issued, claim, source_url`.
//!
//! Only `path` must be there; it is relative to the folder of the list. A column that is empty says nothing.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::item::{ImportError, Item, Problem, What};
use crate::corpus::draft::{ReceivedFile, StatedFacts};
use crate::corpus::loose::MOST_BYTES;
use crate::corpus::plain::read_plain;
use crate::record::Day;
use crate::statement::StatedClaim;

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListFormat {
    /// Comma-separated values with a line of names first.
    Csv,
    /// A JSON object a line.
    JsonLines,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    path: String,
    #[serde(default)]
    work: Option<String>,
    #[serde(default, alias = "language")]
    lang: Option<String>,
    #[serde(default)]
    issued: Option<String>,
    #[serde(default)]
    claim: Option<String>,
    #[serde(default)]
    source_url: Option<String>,
}

/// The items of a list. What `common` says holds for all rows that do not say it; `sidecar` is asked for what a file
/// beside each file says.
///
/// # Errors
/// [`ImportError`] where the list as a whole can't be read: it is no file, or its names are not those of columns.
pub fn list<'a>(
    path: &'a Path,
    format: ListFormat,
    common: &'a StatedFacts,
) -> Result<(usize, impl Iterator<Item = Result<Item, Problem>> + 'a), ImportError> {
    let bytes = read_plain(path, u64::MAX).map_err(|source| ImportError::Io { path: path.to_owned(), source })?;
    let rows = match format {
        ListFormat::Csv => csv_rows(&bytes, path)?,
        ListFormat::JsonLines => json_rows(&bytes, path),
    };
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    let items = rows.into_iter().map(move |(place, row)| match row.and_then(|row| item(&place, row, folder, common)) {
        Ok(item) => Ok(item),
        Err(error) => Err(Problem { place, error }),
    });
    Ok((items.len(), items))
}

/// The items of a folder: every file in it and below it by name, but sidecars and names that begin with a dot.
///
/// # Errors
/// [`ImportError`] where a folder can't be read.
pub fn folder<'a>(
    path: &'a Path,
    common: &'a StatedFacts,
) -> Result<(usize, impl Iterator<Item = Result<Item, Problem>> + 'a), ImportError> {
    let mut files = Vec::new();
    collect(path, "", &mut files)?;
    files.sort();
    let known: BTreeSet<String> = files.iter().cloned().collect();
    files.retain(|name| !name.strip_suffix(".toml").is_some_and(|of| known.contains(of)));
    let items = files.into_iter().map(move |name| {
        let place = path.join(&name).display().to_string();
        let row = Row { path: name, ..Row::default() };
        item(&place, row, path, common).map_err(|error| Problem { place, error })
    });
    Ok((items.len(), items))
}

/// The files below a folder, by their paths in it. Links are not followed.
fn collect(root: &Path, below: &str, files: &mut Vec<String>) -> Result<(), ImportError> {
    let folder = root.join(below);
    let failed = |source| ImportError::Io { path: folder.clone(), source };
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        if name.starts_with('.') {
            continue;
        }
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if kind.is_dir() {
            collect(root, &path, files)?;
        } else if kind.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

type Rows = Vec<(String, Result<Row, ImportError>)>;

fn csv_rows(bytes: &[u8], path: &Path) -> Result<Rows, ImportError> {
    let place = |line: u64| format!("{}, line {line}", path.display());
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(false).trim(csv::Trim::All).from_reader(bytes);
    let entry = |line, error: csv::Error| ImportError::Entry { place: place(line), why: error.to_string() };
    let names = reader.headers().map_err(|error| entry(1, error))?.clone();
    if !names.iter().any(|name| name == "path") {
        let why = format!(
            "the first line must name the columns, path among them, and it is {:?}",
            names.iter().collect::<Vec<_>>()
        );
        return Err(ImportError::Entry { place: place(1), why });
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let row = record.map_err(|error| (error.position().map_or(0, csv::Position::line), error)).and_then(|record| {
            let line = record.position().map_or(0, csv::Position::line);
            record.deserialize::<Row>(Some(&names)).map(|row| (line, row)).map_err(|error| (line, error))
        });
        match row {
            Ok((line, row)) => rows.push((place(line), Ok(row))),
            Err((line, error)) => rows.push((place(line), Err(entry(line, error)))),
        }
    }
    Ok(rows)
}

fn json_rows(bytes: &[u8], path: &Path) -> Rows {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let row = |(at, line): (usize, &str)| {
        let place = format!("{}, line {}", path.display(), at + 1);
        let row = serde_json::from_str::<Row>(line);
        let row = row.map_err(|error| ImportError::Entry { place: place.clone(), why: error.to_string() });
        (place, row)
    };
    lines.map(row).collect()
}

fn item(place: &str, row: Row, folder: &Path, common: &StatedFacts) -> Result<Item, ImportError> {
    let path: PathBuf = folder.join(&row.path);
    let failed = |source| ImportError::Io { path: path.clone(), source };
    // A list from elsewhere must not make the program wait at a pipe.
    let bytes = read_plain(&path, MOST_BYTES as u64).map_err(failed)?;
    let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let issued = match said(row.issued) {
        Some(text) => Some(Day::parse(&text).ok_or_else(|| ImportError::Entry {
            place: place.to_owned(),
            why: format!("{text:?} is no date such as 2016-09-26"),
        })?),
        None => None,
    };
    let own = StatedFacts {
        work: said(row.work),
        language: said(row.lang),
        issued,
        claim: said(row.claim).map(StatedClaim::from),
        source_url: said(row.source_url),
        ..StatedFacts::default()
    };
    let said = own.over(sidecar(&path)?).over(common.clone());
    let received = ReceivedFile { name: row.path, bytes, text: None, password: None, dated: None, committed: None };
    Ok(Item { place: place.to_owned(), what: What::Text(Box::new(received), Box::new(said)) })
}

/// What the file beside a file, with `.toml` behind the whole name, says of it.
fn sidecar(file: &Path) -> Result<StatedFacts, ImportError> {
    let mut name = file.as_os_str().to_owned();
    name.push(".toml");
    let path = PathBuf::from(name);
    match read_plain(&path, MOST_BYTES as u64) {
        Ok(bytes) => Ok(StatedFacts::read(&bytes, &path.display().to_string())?),
        Err(_) => Ok(StatedFacts::default()),
    }
}
