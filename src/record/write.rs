//! How `version.toml` and `work.toml` are written: the keys in one order, absent facts left out.

use std::fmt::Write as _;

use super::day::Day;
use super::format::FORMAT;
use super::version::{Record, Work};
use crate::statement::{StatedClaim, Status};

/// The text of `version.toml`.
#[must_use]
pub(crate) fn version_toml(record: &Record) -> String {
    let mut out = format!("format = {FORMAT}\n");
    text(&mut out, "language", record.language.as_deref());
    day(&mut out, "issued", record.issued);
    text(&mut out, "symbol", record.symbol.as_deref());
    text(&mut out, "job_number", record.job_number.as_deref());
    text(&mut out, "claim", record.claim.as_ref().map(StatedClaim::words));
    text(&mut out, "status", record.status.as_ref().map(Status::words));
    list(&mut out, "original_languages", &record.original_languages);
    flag(&mut out, "fictional", record.fictional);
    let dates = &record.dates;
    let mut table = String::new();
    day(&mut table, "letter", dates.letter);
    day(&mut table, "adopted", dates.adopted);
    day(&mut table, "masthead", dates.masthead);
    day(&mut table, "reissued", dates.reissued);
    let processing: Vec<String> = dates.processing.iter().map(Day::to_string).collect();
    list(&mut table, "processing", &processing);
    section(&mut out, "dates", &table);
    let provenance = &record.provenance;
    let mut table = String::new();
    text(&mut table, "source", provenance.source.as_deref());
    text(&mut table, "file", provenance.file.as_deref());
    text(&mut table, "source_url", provenance.source_url.as_deref());
    day(&mut table, "captured", provenance.captured);
    text(&mut table, "extractor", provenance.extractor.as_deref());
    text(&mut table, "note", provenance.note.as_deref());
    section(&mut out, "provenance", &table);
    let mut table = String::new();
    text(&mut table, "source", record.sha256.source.as_deref());
    text(&mut table, "text", record.sha256.text.as_deref());
    section(&mut out, "sha256", &table);
    out
}

/// The text of `work.toml`.
#[must_use]
pub(crate) fn work_toml(work: &Work) -> String {
    let mut out = format!("format = {FORMAT}\n");
    text(&mut out, "title", work.title.as_deref());
    flag(&mut out, "fictional", work.fictional);
    text(&mut out, "series", work.series.as_deref());
    list(&mut out, "lineage", &work.lineage);
    text(&mut out, "note", work.note.as_deref());
    out
}

fn text(out: &mut String, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        let _ = writeln!(out, "{key} = {}", quoted(value));
    }
}

fn day(out: &mut String, key: &str, value: Option<Day>) {
    if let Some(value) = value {
        let _ = writeln!(out, "{key} = \"{value}\"");
    }
}

fn flag(out: &mut String, key: &str, value: bool) {
    if value {
        let _ = writeln!(out, "{key} = true");
    }
}

fn list(out: &mut String, key: &str, values: &[String]) {
    if !values.is_empty() {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        let _ = writeln!(out, "{key} = [{}]", values.join(", "));
    }
}

fn section(out: &mut String, name: &str, table: &str) {
    if !table.is_empty() {
        let _ = write!(out, "\n[{name}]\n{table}");
    }
}

/// A basic string of TOML. Characters that nobody sees are escaped, so that a record shows what it holds.
fn quoted(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || crate::text::chars::is_hidden(c) => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Dates, Hashes, Provenance};

    #[test]
    fn what_is_written_reads_back() {
        let day = Day::parse("1868-11-29");
        let record = Record {
            language: Some("fr".to_owned()),
            issued: day,
            symbol: Some("A/1 \"x\" \\ \u{202E}\n\u{1B}".to_owned()),
            claim: Some("corrigendum".to_owned().into()),
            original_languages: vec!["zh".to_owned(), "ru".to_owned()],
            dates: Dates { letter: day, processing: day.into_iter().collect(), ..Dates::default() },
            provenance: Provenance { source: Some("source.txt".to_owned()), ..Provenance::default() },
            sha256: Hashes { source: Some("00".to_owned()), text: None },
            fictional: true,
            ..Record::default()
        };
        let written = version_toml(&record);
        let read: Record = toml::from_str(&written).expect("readable");
        assert_eq!(format!("{read:?}"), format!("{record:?}"));
        assert!(!written.contains(['\u{202E}', '\u{1B}']), "{written}");
        let work = Work { title: Some("Déclaration".to_owned()), lineage: vec!["a/b".to_owned()], ..Work::default() };
        let read: Work = toml::from_str(&work_toml(&work)).expect("readable");
        assert_eq!(format!("{read:?}"), format!("{work:?}"));
    }
}
