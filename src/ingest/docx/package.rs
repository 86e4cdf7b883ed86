//! The container of a Word file: parts, and which part another one names.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::fault::{beyond, damaged};
use super::limits;
use super::tree::{self, Element};
use crate::ingest::error::{Limit, Lock, ReadError};
use crate::text::FileFormat;

/// An opened container.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked.
    left: Cell<usize>,
}

/// What a part names elsewhere.
pub(super) struct Relationship {
    /// The last word of its kind: `footnotes`, `header`, `hyperlink`.
    pub(super) kind: Box<str>,
    /// The part or the address.
    pub(super) target: Box<str>,
    /// Whether the target lies outside the file.
    pub(super) is_external: bool,
}

impl<'b> Package<'b> {
    /// Opens a container.
    ///
    /// # Errors
    /// Where it is none, or too large.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        if bytes.len() > limits::FILE_BYTES {
            return Err(beyond(Limit::Bytes, limits::FILE_BYTES));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault("its table of parts", &error))?;
        Ok(Self { archive, left: Cell::new(limits::UNPACKED_BYTES) })
    }

    /// The text of a part; nothing where there is none of that name.
    ///
    /// # Errors
    /// Where it can't be unpacked, unpacks too much, or is no text.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let name = name.trim_start_matches('/');
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(fault(name, &error)),
        };
        let left = self.left.get();
        let mut bytes = Vec::new();
        let read = file.take(left as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|error| damaged(format!("{name} can't be unpacked: {error}")))?;
        if bytes.len() > left {
            return Err(beyond(Limit::UnpackedBytes, limits::UNPACKED_BYTES));
        }
        self.left.set(left - bytes.len());
        text(bytes, name).map(Some)
    }

    /// The element of a part; nothing where there is none of that name.
    ///
    /// # Errors
    /// As [`Package::part`], and where it is no sound XML.
    pub(super) fn tree(&mut self, name: &str) -> Result<Option<Element>, ReadError> {
        self.part(name)?.map(|text| tree::parse(&text, name)).transpose()
    }

    /// What a part names elsewhere, by the names it uses.
    ///
    /// # Errors
    /// As [`Package::tree`].
    pub(super) fn relationships(&mut self, part: &str) -> Result<HashMap<Box<str>, Relationship>, ReadError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        let Some(root) = self.tree(&path)? else { return Ok(HashMap::new()) };
        let own = root.children("Relationship").filter_map(|own| {
            let is_external = own.attribute("TargetMode") == Some("External");
            let target = own.attribute("Target")?;
            let target = if is_external { target.to_owned() } else { resolved(folder, target) };
            let kind = own.attribute("Type")?.rsplit('/').next()?;
            Some((own.attribute("Id")?.into(), Relationship { kind: kind.into(), target: target.into(), is_external }))
        });
        Ok(own.collect())
    }
}

/// The path of a part that another one in a folder names.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(rooted) = target.strip_prefix('/') {
        return rooted.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The characters of a part: UTF-8, or UTF-16 with its mark.
fn text(bytes: Vec<u8>, name: &str) -> Result<String, ReadError> {
    let (text, _, is_broken) = encoding_rs::UTF_8.decode(&bytes);
    if is_broken { Err(damaged(format!("{name} is no text"))) } else { Ok(text.into_owned()) }
}

/// What went wrong with the container.
fn fault(part: &str, error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => {
            ReadError::Encrypted { format: FileFormat::Docx, lock: Lock::UnknownCipher }
        }
        error => damaged(format!("{part} can't be read: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts_go_by_the_folder_that_names_them() {
        assert_eq!(resolved("word", "header1.xml"), "word/header1.xml");
        assert_eq!(resolved("word", "../customXml/item.xml"), "customXml/item.xml");
        assert_eq!(resolved("", "/word/document.xml"), "word/document.xml");
        assert_eq!(resolved("word", "../../../etc/passwd"), "etc/passwd");
    }
}
