//! What a Word file says, paragraph by paragraph, as it is printed.

use std::collections::HashMap;
use std::mem::take;

use super::counted::{Form, written};
use super::line::{Line, LineKind};
use super::numbering::Numbering;
use super::package::Relationship;
use super::styles::{ListPlace, RunLook, Styles};
use super::tree::{Element, Node};
use crate::ingest::source::Revisions;

/// A part of a file that holds paragraphs, and what they go by.
pub(super) struct Story<'f> {
    pub(super) styles: &'f Styles,
    pub(super) numbering: &'f mut Numbering,
    /// What the part names elsewhere.
    pub(super) relationships: &'f HashMap<Box<str>, Relationship>,
    pub(super) revisions: Revisions,
    pub(super) notes: &'f mut Marks,
    /// The mark of the note that is being read.
    pub(super) own_mark: Option<String>,
    /// Lines that are done.
    pub(super) lines: Vec<Line>,
    /// What stands in boxes beside the paragraph that is open.
    boxes: Vec<Line>,
    /// The paragraph that is open: one whose end was deleted goes on with the next.
    open: Line,
    /// Fields that are open, and whether each still tells what it does, not what it shows.
    fields: Vec<bool>,
    /// The page, counted by the marks that the last layout left.
    page: u32,
}

/// The marks of notes, as they are counted.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) form: NoteForms,
    /// The notes that were called, in order: which kind, its identifier, its mark.
    pub(super) called: Vec<Called>,
}

/// The forms of the numbers of notes, and where they begin.
pub(super) struct NoteForms {
    pub(super) feet: (Form, u32),
    pub(super) ends: (Form, u32),
}

impl Default for NoteForms {
    fn default() -> Self {
        Self { feet: (Form::Decimal, 1), ends: (Form::named("lowerRoman", None), 1) }
    }
}

/// A note that was called.
pub(super) struct Called {
    pub(super) is_endnote: bool,
    pub(super) id: Box<str>,
    pub(super) mark: String,
}

impl Marks {
    /// The mark of the next note of a kind.
    fn next(&mut self, is_endnote: bool, id: &str) -> String {
        let (form, start) = if is_endnote { &self.form.ends } else { &self.form.feet };
        let before = self.called.iter().filter(|called| called.is_endnote == is_endnote).count();
        let number = start.saturating_add(u32::try_from(before).unwrap_or(u32::MAX));
        let mark = written(number, form);
        self.called.push(Called { is_endnote, id: id.into(), mark: mark.clone() });
        mark
    }
}

/// Blanks between two cells of a row, and for a tab.
const BETWEEN_CELLS: &str = "   ";
const TAB: &str = "  ";

impl<'f> Story<'f> {
    pub(super) fn new(
        styles: &'f Styles,
        numbering: &'f mut Numbering,
        relationships: &'f HashMap<Box<str>, Relationship>,
        notes: &'f mut Marks,
        revisions: Revisions,
    ) -> Self {
        Self {
            styles,
            numbering,
            relationships,
            revisions,
            notes,
            own_mark: None,
            lines: Vec::new(),
            boxes: Vec::new(),
            open: Line::default(),
            fields: Vec::new(),
            page: 1,
        }
    }

    /// Whether a tracked change of a name is shown: what came after, what went before.
    fn shows(&self, name: &str) -> bool {
        match name {
            "ins" | "moveTo" => self.revisions == Revisions::After,
            "del" | "moveFrom" => self.revisions == Revisions::Before,
            _ => true,
        }
    }

    /// Whether properties say that what they belong to is not there on the side that is read.
    fn is_absent(&self, properties: Option<&Element>) -> bool {
        let names = ["ins", "moveTo", "del", "moveFrom"];
        properties.is_some_and(|own| names.iter().any(|name| own.child(name).is_some() && !self.shows(name)))
    }

    /// Reads the paragraphs and tables in an element.
    pub(super) fn blocks(&mut self, element: &Element) {
        for own in element.elements() {
            match &*own.name {
                "p" => self.paragraph(own),
                "tbl" => self.table(own),
                "sdt" => own.children("sdtContent").for_each(|content| self.blocks(content)),
                "customXml" | "smartTag" => self.blocks(own),
                "ins" | "del" | "moveTo" | "moveFrom" if self.shows(&own.name) => self.blocks(own),
                "AlternateContent" => chosen(own).into_iter().for_each(|choice| self.blocks(choice)),
                _ => {}
            }
        }
    }

    /// Ends the paragraph that a deleted mark left open.
    pub(super) fn finish(&mut self) {
        if !self.open.text.is_empty() {
            self.close(None);
        }
    }

    /// The properties of a paragraph on the side that is read.
    fn properties<'e>(&self, own: &'e Element) -> Option<&'e Element> {
        let now = own.child("pPr");
        let before = || now.and_then(|now| now.child("pPrChange")).and_then(|change| change.child("pPr"));
        if self.revisions == Revisions::Before { before().or(now) } else { now }
    }

    fn paragraph(&mut self, own: &Element) {
        let properties = self.properties(own);
        let style = self.styles.id(properties.and_then(|own| own.value("pStyle")));
        let look = self.styles.look(style);
        self.runs(own, look);
        let mark = own.child("pPr").and_then(|own| own.child("rPr"));
        if !self.is_absent(mark) {
            self.close(properties);
        }
    }

    /// Ends the open paragraph: it is of the list and the style of the mark that ends it.
    fn close(&mut self, properties: Option<&Element>) {
        let mut line = take(&mut self.open);
        let style = self.styles.id(properties.and_then(|own| own.value("pStyle")));
        line.style = style.map(|id| self.styles.name(id).unwrap_or(id).into());
        line.page = self.page;
        if let Some(label) = self.label(properties, style) {
            line.set_before(&label);
        }
        if !line.text.trim().is_empty() {
            self.lines.push(line);
        }
        self.lines.append(&mut self.boxes);
    }

    /// The label that is printed before a paragraph.
    fn label(&mut self, properties: Option<&Element>, style: Option<&str>) -> Option<String> {
        let own = ListPlace::of(properties);
        let place = self.styles.list(&own, style);
        let Some(list) = place.list else {
            let (list, level) = self.numbering.bound_to(style?)?;
            return self.numbering.label(list, level);
        };
        if list == 0 {
            return None;
        }
        // A level that is bound to the style counts for its paragraphs, whatever the style says.
        let bound = || {
            let style = if own.list.is_none() { self.styles.listing(style).or(style) } else { style };
            style.and_then(|style| self.numbering.level_of_style(list, style))
        };
        let level = own.level.or_else(bound).or(place.level).unwrap_or(0);
        self.numbering.label(list, level)
    }

    /// Reads the runs in an element.
    fn runs(&mut self, element: &Element, look: RunLook) {
        for own in element.elements() {
            match &*own.name {
                "r" => self.run(own, look),
                "ins" | "del" | "moveTo" | "moveFrom" if self.shows(&own.name) => self.runs(own, look),
                "hyperlink" => self.hyperlink(own, look),
                "sdt" => own.children("sdtContent").for_each(|content| self.runs(content, look)),
                "smartTag" | "customXml" | "dir" | "bdo" | "fldSimple" => self.runs(own, look),
                "AlternateContent" => chosen(own).into_iter().for_each(|choice| self.runs(choice, look)),
                "oMath" | "oMathPara" => self.write(&own.text(), look),
                _ => {}
            }
        }
    }

    fn hyperlink(&mut self, own: &Element, look: RunLook) {
        let start = self.open.text.len();
        self.runs(own, look);
        let target = own.attribute("id").and_then(|id| self.relationships.get(id)).filter(|target| target.is_external);
        if let Some(target) = target
            && start < self.open.text.len()
        {
            self.open.targets.push((start..self.open.text.len(), target.target.clone()));
        }
    }

    fn run(&mut self, own: &Element, look: RunLook) {
        let properties = own.child("rPr");
        let style = properties.and_then(|own| own.value("rStyle"));
        let look = RunLook::of(properties).or(self.styles.look(style)).or(look);
        for node in &own.nodes {
            if let Node::Element(part) = node {
                self.run_part(part, look);
            }
        }
    }

    fn run_part(&mut self, part: &Element, look: RunLook) {
        let is_instruction = self.fields.contains(&true);
        match &*part.name {
            "fldChar" => self.field(part.attribute("fldCharType")),
            _ if is_instruction => {}
            "t" => self.write(&part.text(), look),
            "delText" if self.revisions == Revisions::Before => self.write(&part.text(), look),
            "tab" | "ptab" => self.write(TAB, look),
            "br" | "cr" => self.write("\n", look),
            "noBreakHyphen" => self.write("\u{2011}", look),
            "sym" => {
                let code = part.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok());
                let sign = code.and_then(char::from_u32).map(super::numbering::bullet);
                self.write(sign.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]), look);
            }
            "footnoteReference" | "endnoteReference" => self.call(part),
            "footnoteRef" | "endnoteRef" => {
                let mark = self.own_mark.take().unwrap_or_default();
                self.raise(&mark);
            }
            "lastRenderedPageBreak" => self.page = self.page.saturating_add(1),
            "AlternateContent" => chosen(part).into_iter().for_each(|choice| self.run_parts(choice, look)),
            "drawing" | "pict" | "object" => self.boxes_in(part),
            _ => {}
        }
    }

    fn run_parts(&mut self, element: &Element, look: RunLook) {
        element.elements().for_each(|part| self.run_part(part, look));
    }

    fn field(&mut self, step: Option<&str>) {
        match step {
            Some("begin") => self.fields.push(true),
            Some("separate") => {
                if let Some(last) = self.fields.last_mut() {
                    *last = false;
                }
            }
            _ => drop(self.fields.pop()),
        }
    }

    /// Writes the mark of a note where it is called; a mark that the writer chose follows as text.
    fn call(&mut self, part: &Element) {
        let Some(id) = part.attribute("id") else { return };
        if matches!(part.attribute("customMarkFollows"), Some("1" | "true" | "on")) {
            self.notes.called.push(Called {
                is_endnote: &*part.name == "endnoteReference",
                id: id.into(),
                mark: String::new(),
            });
            return;
        }
        let mark = self.notes.next(&*part.name == "endnoteReference", id);
        self.raise(&mark);
    }

    fn raise(&mut self, mark: &str) {
        let start = self.open.text.len();
        self.open.text.push_str(mark);
        self.open.raised.push(start..self.open.text.len());
    }

    fn write(&mut self, text: &str, look: RunLook) {
        let start = self.open.text.len();
        let is_hidden = look.hidden == Some(true);
        let target = if is_hidden { &mut self.open.hidden } else { &mut self.open.text };
        match look.capitals {
            Some(true) => target.push_str(&text.to_uppercase()),
            _ => target.push_str(text),
        }
        let range = start..self.open.text.len();
        if range.is_empty() {
            return;
        }
        if look.raised == Some(true) && !text.trim().is_empty() {
            self.open.raised.push(range);
        } else if let Some(size) = look.size {
            self.open.fonts.push((range, size, look.bold == Some(true)));
        }
    }

    /// Reads the text boxes of a drawing; they stand behind the paragraph that holds it.
    fn boxes_in(&mut self, part: &Element) {
        for own in part.elements() {
            match &*own.name {
                "txbxContent" => {
                    let mut lines = self.apart(|story| story.blocks(own));
                    self.boxes.append(&mut lines);
                }
                "AlternateContent" => chosen(own).into_iter().for_each(|choice| self.boxes_in(choice)),
                _ => self.boxes_in(own),
            }
        }
    }

    /// What a part says that stands apart from the paragraph that is open.
    fn apart(&mut self, read: impl FnOnce(&mut Self)) -> Vec<Line> {
        let (open, lines, boxes) = (take(&mut self.open), take(&mut self.lines), take(&mut self.boxes));
        let fields = take(&mut self.fields);
        read(self);
        self.finish();
        self.fields = fields;
        (self.open, self.boxes) = (open, boxes);
        std::mem::replace(&mut self.lines, lines)
    }

    fn table(&mut self, table: &Element) {
        for row in table.elements() {
            match &*row.name {
                "tr" => self.row(row),
                "sdt" => row.children("sdtContent").for_each(|content| self.table(content)),
                "AlternateContent" => chosen(row).into_iter().for_each(|choice| self.table(choice)),
                "customXml" => self.table(row),
                _ => {}
            }
        }
    }

    fn row(&mut self, row: &Element) {
        if self.is_absent(row.child("trPr")) {
            return;
        }
        let mut cells = Vec::new();
        self.cells(row, &mut cells);
        let mut cells: Vec<(usize, Vec<Line>)> =
            cells.into_iter().enumerate().filter(|(_, cell)| !cell.is_empty()).collect();
        let Some(page) = cells.first().and_then(|(_, lines)| lines.first()).map(|line| line.page) else { return };
        // A cell that stands alone is a frame about paragraphs.
        if let [(_, lines)] = &mut cells[..] {
            self.lines.append(lines);
            return;
        }
        let mut line = Line { kind: LineKind::Row, page, ..Line::default() };
        for (at, (column, cell)) in cells.into_iter().enumerate() {
            line.text.push_str(if at > 0 { BETWEEN_CELLS } else { "" });
            let start = line.text.len();
            for (part, own) in cell.into_iter().enumerate() {
                line.append(own, if part > 0 { " " } else { "" });
            }
            line.cells.push((column, start..line.text.len()));
        }
        self.lines.push(line);
    }

    /// Whether a cell is not there on the side that is read.
    fn is_cut(&self, cell: &Element) -> bool {
        let gone = if self.revisions == Revisions::After { "cellDel" } else { "cellIns" };
        cell.child("tcPr").is_some_and(|own| own.child(gone).is_some())
    }

    fn cells(&mut self, row: &Element, cells: &mut Vec<Vec<Line>>) {
        for own in row.elements() {
            match &*own.name {
                "tc" if self.is_cut(own) => {}
                "tc" => cells.push(self.apart(|story| story.blocks(own))),
                "sdt" => own.children("sdtContent").for_each(|content| self.cells(content, cells)),
                "customXml" => self.cells(own, cells),
                _ => {}
            }
        }
    }
}

/// What is read of several forms of one content: the first choice, else what stands in for it.
fn chosen(own: &Element) -> Option<&Element> {
    own.child("Choice").or_else(|| own.child("Fallback"))
}
