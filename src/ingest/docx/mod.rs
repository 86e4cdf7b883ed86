//! The reader of DOCX: `parts → paragraphs as printed → text with layout`.
//!
//! A Word file says how a text is made, not how it looks: labels of lists are counted, notes are called by number, heads and
//! feet stand in parts of their own, tracked changes hold both texts. This reader prints what Word would: each paragraph a
//! line with its label, each row of a table a line, notes behind the text, heads and feet of pages behind them. Macros,
//! links to other files and what is embedded are not opened.

mod counted;
mod fault;
mod limits;
mod line;
mod numbering;
mod package;
mod story;
mod styles;
#[cfg(test)]
mod tests;
mod tree;
mod write;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use memchr::memmem;

use self::counted::Form;
use self::line::{Line, LineKind};
use self::numbering::Numbering;
use self::package::{Package, Relationship};
use self::story::{Marks, Story};
use self::styles::Styles;
use self::tree::Element;
use super::error::ReadError;
use super::extract::Extract;
use super::reader::{Confidence, Reader};
use super::source::{Options, Revisions};
use crate::text::FileFormat;

/// Office Open XML, as Word writes it.
pub(super) struct Docx;

/// What a container begins with.
const MAGIC: &[u8] = b"PK\x03\x04";
/// The folder of parts that only a Word file has.
const FOLDER: &[u8] = b"word/";
/// The part that begins a file, where nothing names another.
const MAIN: &str = "word/document.xml";

impl Reader for Docx {
    fn endings(&self) -> &'static [&'static str] {
        &["docx", "docm"]
    }

    fn detect(&self, bytes: &[u8], _: Option<&str>) -> Confidence {
        let is_own = bytes.starts_with(MAGIC) && memmem::find(bytes, FOLDER).is_some();
        if is_own { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, bytes: Cow<'_, [u8]>, options: Options<'_>) -> Result<Extract, ReadError> {
        let mut package = Package::open(&bytes)?;
        let main = main_part(&mut package)?;
        let Some(document) = package.tree(&main)? else {
            return Err(ReadError::NoDocument { format: FileFormat::Docx });
        };
        let Some(body) = document.child("body") else {
            return Err(ReadError::NoDocument { format: FileFormat::Docx });
        };
        let lines = Parts::of(&mut package, &main)?.lines(&mut package, body, options.revisions)?;
        Ok(write::extract(&lines, tracks(body)))
    }
}

/// Whether changes are tracked in an element.
fn tracks(element: &Element) -> bool {
    element
        .elements()
        .any(|own| matches!(&*own.name, "ins" | "del" | "moveFrom" | "moveTo" | "cellIns" | "cellDel") || tracks(own))
}

/// The part that holds the text.
fn main_part(package: &mut Package<'_>) -> Result<String, ReadError> {
    let named = package.relationships("")?;
    let main = named.values().find(|own| &*own.kind == "officeDocument" && !own.is_external);
    Ok(main.map_or_else(|| MAIN.to_owned(), |own| own.target.to_string()))
}

/// What all parts with text go by.
struct Parts {
    styles: Styles,
    numbering: Numbering,
    settings: Option<Element>,
    relationships: HashMap<Box<str>, Relationship>,
}

impl Parts {
    fn of(package: &mut Package<'_>, main: &str) -> Result<Self, ReadError> {
        let relationships = package.relationships(main)?;
        let mut named = |kind: &str| -> Result<Option<Element>, ReadError> {
            let target = relationships.values().find(|own| &*own.kind == kind && !own.is_external);
            target.map_or(Ok(None), |own| package.tree(&own.target))
        };
        let styles = Styles::of(named("styles")?.as_ref());
        let numbering = Numbering::of(named("numbering")?.as_ref());
        let settings = named("settings")?;
        Ok(Self { styles, numbering, settings, relationships })
    }

    /// The lines of the text, of its notes, and of the heads and feet of its pages.
    fn lines(
        mut self,
        package: &mut Package<'_>,
        body: &Element,
        revisions: Revisions,
    ) -> Result<Vec<Line>, ReadError> {
        let mut marks = Marks::default();
        self.set_forms(body, &mut marks);
        let margins = margins(body, self.settings.as_ref());
        let mut lines = self.margin(package, &margins, Margin::FirstHead, revisions)?;
        let mut story = Story::new(&self.styles, &mut self.numbering, &self.relationships, &mut marks, revisions);
        story.blocks(body);
        story.finish();
        lines.append(&mut story.lines);
        lines.append(&mut self.note_lines(package, marks, revisions)?);
        for margin in [Margin::Head, Margin::FirstFoot, Margin::Foot] {
            lines.append(&mut self.margin(package, &margins, margin, revisions)?);
        }
        Ok(lines)
    }

    /// The forms of the marks of notes, as settings and sections say.
    fn set_forms(&self, body: &Element, marks: &mut Marks) {
        let sections = sections(body);
        let said = self.settings.iter().chain(sections.first().copied());
        for own in said {
            let form = |name: &str| {
                let own = own.child(name)?;
                let named = own.value("numFmt");
                Some((named.map(|named| Form::named(named, None)), own.number("numStart")))
            };
            for (name, form_of) in [("footnotePr", form("footnotePr")), ("endnotePr", form("endnotePr"))] {
                let Some((form, start)) = form_of else { continue };
                let kept = if name == "footnotePr" { &mut marks.form.feet } else { &mut marks.form.ends };
                if let Some(form) = form {
                    kept.0 = form;
                }
                kept.1 = start.unwrap_or(kept.1);
            }
        }
    }

    /// The lines of the notes that were called, in order: those at the foot of pages, then those at the end.
    fn note_lines(
        &mut self,
        package: &mut Package<'_>,
        marks: Marks,
        revisions: Revisions,
    ) -> Result<Vec<Line>, ReadError> {
        let mut lines = Vec::new();
        for (kind, name, is_endnote) in [("footnotes", "footnote", false), ("endnotes", "endnote", true)] {
            let called: Vec<_> = marks.called.iter().filter(|called| called.is_endnote == is_endnote).collect();
            if called.is_empty() {
                continue;
            }
            let Some(part) = self.part(kind) else { continue };
            let Some(root) = package.tree(&part)? else { continue };
            let relationships = package.relationships(&part)?;
            let notes: HashMap<&str, &Element> =
                root.children(name).filter_map(|note| Some((note.attribute("id")?, note))).collect();
            let mut told = HashSet::new();
            for own in called {
                let Some(note) = notes.get(&*own.id).filter(|_| told.insert(&own.id)) else { continue };
                let mut inner = Marks::default();
                let mut story = Story::new(&self.styles, &mut self.numbering, &relationships, &mut inner, revisions);
                story.own_mark = Some(own.mark.clone());
                story.blocks(note);
                story.finish();
                lines.extend(as_note(std::mem::take(&mut story.lines), story.own_mark.take()));
            }
        }
        Ok(lines)
    }

    /// The part of a kind that the text names.
    fn part(&self, kind: &str) -> Option<String> {
        let own = self.relationships.values().find(|own| &*own.kind == kind && !own.is_external)?;
        Some(own.target.to_string())
    }

    /// The lines of the heads or feet of pages; what several sections share is told once.
    fn margin(
        &mut self,
        package: &mut Package<'_>,
        margins: &[(Margin, Box<str>)],
        wanted: Margin,
        revisions: Revisions,
    ) -> Result<Vec<Line>, ReadError> {
        let mut told = HashSet::new();
        let mut lines = Vec::new();
        for (_, id) in margins.iter().filter(|(margin, _)| *margin == wanted) {
            let Some(own) = self.relationships.get(id).filter(|own| !own.is_external) else { continue };
            let part = own.target.clone();
            if !told.insert(part.clone()) {
                continue;
            }
            let Some(root) = package.tree(&part)? else { continue };
            let relationships = package.relationships(&part)?;
            let mut marks = Marks::default();
            let mut story = Story::new(&self.styles, &mut self.numbering, &relationships, &mut marks, revisions);
            story.blocks(&root);
            story.finish();
            lines.extend(story.lines.into_iter().map(|line| Line { kind: wanted.kind(line.kind), page: 1, ..line }));
        }
        Ok(lines)
    }
}

/// The lines of a note, the first behind its mark where it does not set the mark itself.
fn as_note(mut lines: Vec<Line>, mark: Option<String>) -> Vec<Line> {
    for line in &mut lines {
        line.kind = LineKind::Note;
    }
    if let (Some(mark), Some(first)) = (mark.filter(|mark| !mark.is_empty()), lines.first_mut()) {
        first.set_before(&mark);
        first.raised.insert(0, 0..mark.len());
    }
    lines
}

/// What stands above and below the text of pages.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Margin {
    FirstHead,
    Head,
    FirstFoot,
    Foot,
}

impl Margin {
    /// What its lines are. The head of a first page that has one of its own is the masthead, a part of the text.
    const fn kind(self, line: LineKind) -> LineKind {
        match self {
            Self::FirstHead => line,
            Self::Head => LineKind::Head,
            Self::FirstFoot | Self::Foot => LineKind::Foot,
        }
    }
}

/// The properties of the sections of a text, in order.
fn sections(body: &Element) -> Vec<&Element> {
    let mut all = Vec::new();
    for own in body.elements() {
        match &*own.name {
            "p" => all.extend(own.child("pPr").and_then(|own| own.child("sectPr"))),
            "sectPr" => all.push(own),
            _ => {}
        }
    }
    all
}

/// The heads and feet that pages show, by the names of their parts.
fn margins(body: &Element, settings: Option<&Element>) -> Vec<(Margin, Box<str>)> {
    let parts_even = settings.is_some_and(|own| own.switch("evenAndOddHeaders") == Some(true));
    let mut all = Vec::new();
    for section in sections(body) {
        let has_first = section.switch("titlePg") == Some(true);
        for own in section.elements() {
            let is_first = own.attribute("type") == Some("first");
            let is_shown = match own.attribute("type") {
                Some("first") => has_first,
                Some("even") => parts_even,
                _ => true,
            };
            let margin = match (&*own.name, is_first) {
                ("headerReference", true) => Margin::FirstHead,
                ("headerReference", false) => Margin::Head,
                ("footerReference", true) => Margin::FirstFoot,
                ("footerReference", false) => Margin::Foot,
                _ => continue,
            };
            if let (true, Some(id)) = (is_shown, own.attribute("id")) {
                all.push((margin, id.into()));
            }
        }
    }
    all
}
