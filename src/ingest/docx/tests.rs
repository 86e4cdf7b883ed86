//! Word files made here, and what is read of them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::ingest::{self, Source};

const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:mc=\"m\" xmlns:wps=\"s\"";
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A Word file of parts, by their names in the folder `word`; relations go by the name of the part.
fn file(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("a part");
    };
    add(
        "_rels/.rels",
        &format!(
            "<Relationships><Relationship Id=\"a\" Type=\"{KIND}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
        ),
    );
    let mut relations = String::new();
    for (name, text) in parts {
        add(&format!("word/{name}.xml"), text);
        let kind = name.trim_end_matches(|c: char| c.is_ascii_digit());
        relations += &format!("<Relationship Id=\"{name}\" Type=\"{KIND}/{kind}\" Target=\"{name}.xml\"/>");
    }
    relations += &format!(
        "<Relationship Id=\"web\" Type=\"{KIND}/hyperlink\" Target=\"https://elm.example/a\" TargetMode=\"External\"/>"
    );
    add("word/_rels/document.xml.rels", &format!("<Relationships>{relations}</Relationships>"));
    zip.finish().expect("a file").into_inner()
}

/// A file whose body is given.
fn document(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let main = format!("<w:document {NAMES}><w:body>{body}</w:body></w:document>");
    let mut parts = vec![("document", main.as_str())];
    parts.extend(others);
    file(&parts)
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn listed(list: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

fn read(bytes: &[u8], options: Options<'_>) -> Source {
    ingest::read(bytes, options).expect("a Word file")
}

fn text(body: &str, others: &[(&str, &str)]) -> String {
    read(&document(body, others), Options::default()).text
}

#[test]
fn a_paragraph_is_a_line() {
    let body = format!(
        "{}<w:p><w:r><w:t>The Council</w:t><w:br/><w:t>meets</w:t><w:tab/><w:t>in</w:t><w:noBreakHyphen/><w:t>May</w:t></w:r></w:p>",
        paragraph("Elm &amp; Oak")
    );
    assert_eq!(text(&body, &[]), "Elm & Oak\n\nThe Council\nmeets  in\u{2011}May\n");
}

const LISTS: &str = "<w:numbering><w:abstractNum w:abstractNumId=\"0\">\
    <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"(%2)\"/></w:lvl>\
    <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:isLgl/><w:lvlText w:val=\"%1.%3\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
    <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num></w:numbering>";

#[test]
fn labels_are_counted_as_printed() {
    let places = [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (1, 2), (2, 0), (1, 0)];
    let body: String = places.iter().map(|(list, level)| listed(*list, *level, "x")).collect();
    let text = text(&body, &[("numbering", LISTS)]);
    let labels: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(labels, ["I. x", "(a) x", "(b) x", "II. x", "(a) x", "2.1 x", "I. x", "II. x"]);
}

#[test]
fn a_style_names_a_list_and_a_paragraph_may_leave_it() {
    let styles = "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"Base\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Own\"><w:name w:val=\"Own Words\"/><w:basedOn w:val=\"Base\"/></w:style></w:styles>";
    let styled = "<w:p><w:pPr><w:pStyle w:val=\"Own\"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>";
    let left = "<w:p><w:pPr><w:pStyle w:val=\"Own\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>b</w:t></w:r></w:p>";
    let source =
        read(&document(&format!("{styled}{left}"), &[("numbering", LISTS), ("styles", styles)]), Options::default());
    assert_eq!(source.text, "I. a\n\nb\n");
    assert_eq!(source.layout.elements.at(0).and_then(|element| element.style.as_deref()), Some("Own Words"));
}

const TRACKED: &str = "<w:p><w:r><w:t xml:space=\"preserve\">The Council </w:t></w:r>\
    <w:del w:id=\"1\"><w:r><w:delText>may</w:delText></w:r></w:del><w:ins w:id=\"2\"><w:r><w:t>shall</w:t></w:r></w:ins>\
    <w:r><w:t xml:space=\"preserve\"> meet.</w:t></w:r></w:p>\
    <w:p><w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">It pays </w:t></w:r></w:p>\
    <w:p><w:r><w:t>the costs.</w:t></w:r></w:p>\
    <w:p><w:pPr><w:rPr><w:ins w:id=\"4\"/></w:rPr></w:pPr><w:ins w:id=\"5\"><w:r><w:t>It reports.</w:t></w:r></w:ins></w:p>\
    <w:p><w:moveFrom w:id=\"6\"><w:r><w:t>Old place.</w:t></w:r></w:moveFrom><w:moveTo w:id=\"7\"><w:r><w:t>New place.</w:t></w:r></w:moveTo></w:p>";

#[test]
fn tracked_changes_hold_two_texts() {
    let bytes = document(TRACKED, &[]);
    let after = read(&bytes, Options::default());
    assert!(after.has_revisions);
    assert_eq!(after.text, "The Council shall meet.\n\nIt pays the costs.\n\nIt reports.\n\nNew place.\n");
    let before = read(&bytes, Options::default().with_revisions(Revisions::Before));
    assert_eq!(before.text, "The Council may meet.\n\nIt pays \n\nthe costs.\n\nOld place.\n");
    assert!(!read(&document(&paragraph("a"), &[]), Options::default()).has_revisions);
}

#[test]
fn notes_stand_behind_the_text_and_leave_no_marks_in_it() {
    let body = "<w:p><w:r><w:t>The Council ends poverty,</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>\
        <w:r><w:t xml:space=\"preserve\"> as goal 4 says.</w:t></w:r></w:p>";
    let notes = format!(
        "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"0\">{}</w:footnote><w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r>\
        <w:r><w:t xml:space=\"preserve\"> See the report of Elm.</w:t></w:r></w:p></w:footnote></w:footnotes>",
        paragraph("rule")
    );
    let statement = read(&document(body, &[("footnotes", &notes)]), Options::default()).statement;
    let texts: Vec<&str> = statement.clauses.iter().map(|clause| &*clause.text).collect();
    assert_eq!(texts, ["The Council ends poverty, as goal 4 says.", "See the report of Elm."]);
}

#[test]
fn rows_are_lines_and_a_lone_cell_is_none() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(text));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("Year"),
        cell("Sum"),
        cell("2030"),
        cell("1 200"),
        cell("A lone cell."),
        "<w:tc><w:p/></w:tc>"
    );
    assert_eq!(text(&body, &[]), "Year   Sum\n2030   1 200\n\nA lone cell.\n");
}

#[test]
fn heads_and_feet_belong_to_the_frame() {
    let head = format!("<w:hdr {NAMES}>{}</w:hdr>", paragraph("A/EL/7"));
    let foot = format!("<w:ftr {NAMES}>{}</w:ftr>", paragraph("2/4"));
    let section = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header1\"/><w:footerReference w:type=\"default\" r:id=\"footer1\"/></w:sectPr>";
    let statement = read(
        &document(
            &format!("{}{section}", paragraph("The Council meets in Elm.")),
            &[("header1", &head), ("footer1", &foot)],
        ),
        Options::default(),
    )
    .statement;
    assert_eq!(statement.clauses.len(), 1);
    let dropped: Vec<&str> = statement.dropped.iter().map(|dropped| &*dropped.text).collect();
    assert_eq!(dropped, ["A/EL/7", "2/4"]);
}

#[test]
fn each_of_several_forms_is_read_once() {
    let boxed = format!("<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>", paragraph("In a box."));
    let body = format!(
        "<w:p><w:r><w:t>Beside it.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>{boxed}</w:drawing></mc:Choice>\
        <mc:Fallback><w:pict>{boxed}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    assert_eq!(text(&body, &[]), "Beside it.\n\nIn a box.\n");
}

#[test]
fn fields_show_what_they_say_and_not_how() {
    let body = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>DATE \\@ yyyy</w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2031</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
        <w:r><w:t xml:space=\"preserve\"> in Elm</w:t></w:r></w:p>";
    assert_eq!(text(body, &[]), "2031 in Elm\n");
}

#[test]
fn hostile_files_are_refused() {
    let deep = format!("{}{}", "<w:sdt>".repeat(300), "</w:sdt>".repeat(300));
    let refused = |bytes: &[u8]| ingest::read(bytes, Options::default()).expect_err("refused");
    assert!(matches!(refused(&document(&deep, &[])), ReadError::Limit { .. }));
    assert!(matches!(refused(&file(&[("other", "<a/>")])), ReadError::NoDocument { .. }));
    let whole = document(&paragraph("The Council meets."), &[]);
    assert!(matches!(refused(&whole[..whole.len() / 2]), ReadError::Damaged { .. }));
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        let _ = ingest::read(bytes, Options::default());
    }
}
