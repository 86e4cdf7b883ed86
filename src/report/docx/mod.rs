//! A comparison as a Word document with tracked changes (ISO/IEC 29500, transitional).
//!
//! Accepting every change leaves the clauses after, rejecting every change the clauses before: one clause a paragraph,
//! the label before its text. What was left out of the clauses is not in the document. A clause that moved is removed at
//! one place and added at the other, with a remark at both; Word's own marks of moves are not written, because a range
//! that a reader edits later makes of them a file that Word wants to repair.
//!
//! A character that XML 1.0 forbids becomes U+FFFD. The same comparison gives the same bytes: no clock is asked, and the
//! parts of the file bear the earliest day that a ZIP archive can name.

mod body;
mod remarks;
#[cfg(test)]
mod tests;

use std::io::{self, Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::visible::visible;
use super::{
    flow::{Paragraph, State, flow},
    xml::Xml,
};
use crate::change::Comparison;
use crate::record::Document;
use crate::report::reports::{Renderer, Report, none};
use crate::text::Pair;
use remarks::Remarks;

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
 <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
 <Default Extension="xml" ContentType="application/xml"/>
 <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
 <Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
 <Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>
 <Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>
 <Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
 <Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>
</Types>
"#;

const PACKAGE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
 <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
 <Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
 <Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>
</Relationships>
"#;

const RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
 <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
 <Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>
 <Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/>
</Relationships>
"#;

const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
 <w:defaultTabStop w:val="709"/>
 <w:characterSpacingControl w:val="doNotCompress"/>
 <w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
</w:settings>
"#;

const APP: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>recension</Application></Properties>
"#;

const STYLES: &str = include_str!("styles.xml");

/// Writes the document. The file is made in memory first.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn docx(out: &mut dyn Write, sides: Pair<&Document>, comparison: &Comparison) -> io::Result<()> {
    let statements = sides.map(Document::statement);
    let texts = statements.map(|statement| statement.clauses.as_slice());
    let right_to_left =
        statements.map(|statement| statement.known_language().is_some_and(|language| language.right_to_left));
    let paragraphs = flow(comparison, texts);
    let remarks = Remarks::of(comparison, &paragraphs, texts);
    let paragraphs = finished(paragraphs);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let fixed = [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", PACKAGE),
        ("word/_rels/document.xml.rels", RELATIONSHIPS),
        ("word/settings.xml", SETTINGS),
        ("word/styles.xml", STYLES),
        ("docProps/app.xml", APP),
    ];
    for (name, text) in fixed {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    archive.start_file("docProps/core.xml", options)?;
    core(&mut archive, sides)?;
    archive.start_file("word/comments.xml", options)?;
    body::comments(&mut archive, &remarks)?;
    archive.start_file("word/document.xml", options)?;
    body::document(&mut io::BufWriter::new(&mut archive), &paragraphs, &remarks, texts.zip(right_to_left))?;
    out.write_all(archive.finish()?.get_ref())
}

/// What the document is called.
fn core(out: &mut dyn Write, sides: Pair<&Document>) -> io::Result<()> {
    let names = sides.map(Document::name);
    let mut xml = Xml::begin(out)?;
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ],
    )?;
    for (element, text) in [
        ("dc:title", format!("{} → {}", visible(names.before), visible(names.after))),
        ("dc:creator", "recension".to_owned()),
    ] {
        xml.open(element, &[])?;
        xml.text(&text)?;
        xml.close()?;
    }
    xml.end()
}

/// The paragraphs as a word processor sets them: the last one ends on both sides, and text that goes on over the end of a
/// paragraph takes that end with it.
fn finished(paragraphs: Vec<Paragraph<'_>>) -> Vec<Paragraph<'_>> {
    let mut paragraphs = ended(paragraphs);
    let mut at = 0;
    while at < paragraphs.len() {
        let state = paragraphs[at].pieces.iter().rfind(|piece| !piece.text.is_empty()).map(|piece| piece.state);
        let grows = paragraphs[at].end == State::Kept && state.is_some_and(|state| state != State::Kept);
        let run =
            paragraphs[at + 1..].iter().take_while(|next| next.alone.is_some() && Some(next.end) == state).count();
        // Whoever types on at the end of a paragraph parts it there; the end that it had is that of the last one typed.
        if grows && run > 0 {
            paragraphs[at].end = paragraphs[at + run].end;
            paragraphs[at + run].end = State::Kept;
        }
        at += run + 1;
    }
    paragraphs
}

/// The paragraphs with one at the end that ends on both sides.
///
/// The end of the last paragraph of a document can't be removed or added, so what came or went at the end of the text
/// came or went with the end of the paragraph before it. Where some went and others came, the last of each share their
/// end.
fn ended(mut paragraphs: Vec<Paragraph<'_>>) -> Vec<Paragraph<'_>> {
    let kept = paragraphs.iter().rposition(|paragraph| paragraph.end == State::Kept);
    let tail = paragraphs.split_off(kept.map_or(0, |kept| kept + 1));
    let (mut gone, mut come): (Vec<_>, Vec<_>) =
        tail.into_iter().partition(|paragraph| paragraph.end == State::Removed);
    let last = match (gone.pop(), come.pop()) {
        (None, None) => None,
        (Some(went), Some(mut came)) => {
            came.pieces = went.pieces.into_iter().chain(came.pieces).collect();
            Some(came)
        }
        (Some(last), None) | (None, Some(last)) => {
            if let Some(kept) = paragraphs.last_mut() {
                kept.end = last.end;
            }
            Some(last)
        }
    };
    paragraphs.extend(gone.into_iter().chain(come));
    paragraphs.extend(last.map(|last| Paragraph { end: State::Kept, ..last }));
    paragraphs
}

/// A Word file with tracked changes.
pub(super) struct DocxFormat;

impl Renderer for DocxFormat {
    fn render(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        match report {
            Report::Comparison(report) => docx(out, report.sides, report.comparison),
            other => none("Word file", other),
        }
    }
}
