//! The zones of a document with their clauses.
//!
//! The text of every clause, heading or not, goes through [`Body::runs`]. A document that shows changes hands it other runs
//! (inserted, deleted) for the same clause; everything around the text stays as it is here.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

use super::marked::MarkedStatement;
use super::names::Ids;
use super::notes::{Call, Notes};
use super::plan::{Node, Zones, tree};
use crate::report::flow::{FlowPiece, State};
use crate::report::xml::Xml;
use crate::statement::{Clause, ClauseIndex, ClauseKind, Statement};

/// A piece of the text of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextRun<'a> {
    /// Words.
    Text(&'a str),
    /// Words of one side only, with the number of their piece.
    One(&'a str, State, usize),
    /// A footnote, with its text.
    Note(ClauseIndex),
    /// A footnote whose text stands elsewhere.
    NoteAgain(ClauseIndex),
}

/// What the elements of a file are called.
#[derive(Default)]
pub(super) struct Names {
    /// The element of each clause.
    pub(super) clauses: BTreeMap<ClauseIndex, String>,
    /// The elements around each piece that stands on one side only, by its number.
    pub(super) pieces: BTreeMap<usize, Vec<String>>,
}

/// Writes the clauses of a statement.
pub(super) struct Body<'b, 'w, 'a> {
    pub(super) xml: &'b mut Xml<'w>,
    pub(super) ids: &'b mut Ids,
    /// What the elements written so far are called.
    pub(super) names: &'b mut Names,
    pub(super) statement: &'a Statement,
    pub(super) notes: &'b Notes,
    /// The language of the text, as `xml:lang` has it: the shortest code (BCP 47).
    pub(super) language: &'b str,
    /// What of the clauses stands on one side only, in a file that shows changes.
    pub(super) marked: Option<&'a MarkedStatement<'a>>,
}

impl<'a> Body<'_, '_, 'a> {
    /// Writes the zones of one document; `prefix` begins the names of all that is in it.
    pub(super) fn zones(&mut self, zones: &Zones, prefix: &str) -> io::Result<()> {
        self.blocks("coverPage", &zones.cover, prefix)?;
        self.blocks("preface", &zones.preface, prefix)?;
        self.preamble(zones, prefix)?;
        self.main(&zones.body, prefix)?;
        self.blocks("conclusions", &zones.conclusions, prefix)
    }

    /// Opens the element of a clause: with the name it had before, if that was another, and its state where it went.
    fn element(
        &mut self,
        name: &'static str,
        at: ClauseIndex,
        id: &str,
        more: Option<(&'static str, &str)>,
    ) -> io::Result<()> {
        self.names.clauses.insert(at, id.to_owned());
        let mut attributes: Vec<(&'static str, &str)> = more.into_iter().collect();
        attributes.push(("eId", id));
        if let Some(marked) = self.marked {
            attributes.extend(marked.earlier(at).filter(|earlier| *earlier != id).map(|earlier| ("wId", earlier)));
            attributes.extend(marked.is_gone(at).then_some(("status", "removed")));
        }
        self.xml.open(name, &attributes)
    }

    fn clause(&self, at: ClauseIndex) -> &'a Clause {
        &self.statement.clauses[at]
    }

    /// The clauses of a zone that stand in it; footnotes that are called stand elsewhere.
    fn standing(&self, zone: &Range<usize>) -> Vec<ClauseIndex> {
        ClauseIndex::range(zone.clone()).filter(|at| !self.notes.is_called(*at)).collect()
    }

    /// Opens a zone and gives the beginning of the names in it.
    fn zone(&mut self, name: &'static str, prefix: &str) -> io::Result<String> {
        let id = format!("{prefix}{name}");
        self.xml.open(name, &[("eId", &id), ("xml:lang", self.language)])?;
        Ok(format!("{id}__"))
    }

    /// A zone without structure: cover page, preface, conclusions.
    fn blocks(&mut self, name: &'static str, zone: &Range<usize>, prefix: &str) -> io::Result<()> {
        let standing = self.standing(zone);
        if standing.is_empty() {
            return Ok(());
        }
        let prefix = self.zone(name, prefix)?;
        for at in standing {
            self.block(at, &prefix)?;
        }
        self.xml.close()
    }

    /// A clause as a block.
    fn block(&mut self, at: ClauseIndex, prefix: &str) -> io::Result<()> {
        let clause = self.clause(at);
        let kind = clause.kind.name();
        let label = self.label(at).filter(|_| clause.kind != ClauseKind::Footnote);
        if let Some(label) = label {
            let id = self.ids.labelled(prefix, "tblock", Some(label));
            self.element("tblock", at, &id, Some(("class", kind)))?;
            self.num(at)?;
            self.paragraph(at)?;
            return self.xml.close();
        }
        if clause.kind == ClauseKind::Footnote || inner(clause.kind).is_some() {
            let id = self.ids.counted(prefix, "p");
            self.element("p", at, &id, None)?;
            self.inside(at)?;
            return self.xml.close();
        }
        let id = self.ids.counted(prefix, "block");
        self.element("block", at, &id, Some(("name", kind)))?;
        self.text(at)?;
        self.xml.close()
    }

    fn preamble(&mut self, zones: &Zones, prefix: &str) -> io::Result<()> {
        let paragraphs = tree(self.statement, self.notes, &zones.preamble);
        if paragraphs.is_empty() {
            return Ok(());
        }
        let prefix = self.zone("preamble", prefix)?;
        for at in self.standing(&zones.opening) {
            let id = self.ids.counted(&prefix, "formula");
            self.element("formula", at, &id, Some(("name", self.clause(at).kind.name())))?;
            self.paragraph(at)?;
            self.xml.close()?;
        }
        let id = self.ids.counted(&prefix, "recs");
        self.xml.open("recitals", &[("eId", &id)])?;
        for node in &paragraphs {
            self.nested("recital", "rec", node, &format!("{id}__"))?;
        }
        self.xml.close()?;
        self.xml.close()
    }

    /// A recital, or an item of a list in it.
    fn nested(&mut self, name: &'static str, short: &str, node: &Node, prefix: &str) -> io::Result<()> {
        let clause = self.clause(node.clause);
        // The label of a footnote stands inside the note.
        let label = self.label(node.clause).filter(|_| clause.kind != ClauseKind::Footnote);
        let id = self.ids.labelled(prefix, short, label);
        self.element(name, node.clause, &id, None)?;
        if label.is_some() {
            self.num(node.clause)?;
        }
        self.paragraph(node.clause)?;
        if !node.children.is_empty() {
            let list = self.ids.counted(&format!("{id}__"), "list");
            self.xml.open("blockList", &[("eId", &list)])?;
            for child in &node.children {
                self.nested("item", "item", child, &format!("{list}__"))?;
            }
            self.xml.close()?;
        }
        self.xml.close()
    }

    /// The body; the schema wants something in it.
    fn main(&mut self, zone: &Range<usize>, prefix: &str) -> io::Result<()> {
        let nodes = tree(self.statement, self.notes, zone);
        self.xml.open("mainBody", &[("eId", &format!("{prefix}body")), ("xml:lang", self.language)])?;
        if nodes.is_empty() {
            self.xml.empty("p", &[])?;
        }
        self.siblings(&nodes, prefix)?;
        self.xml.close()
    }

    /// Clauses that stand beside each other: items become lists, rows become tables.
    fn siblings(&mut self, nodes: &[Node], prefix: &str) -> io::Result<()> {
        let kind = |node: &Node| self.statement.clauses[node.clause].kind;
        let is_row = |node: &Node| kind(node) == ClauseKind::Table && node.children.is_empty();
        let alike = |a: &Node, b: &Node| {
            (kind(a) == ClauseKind::Item && kind(b) == ClauseKind::Item) || (is_row(a) && is_row(b))
        };
        let groups: Vec<&[Node]> = nodes.chunk_by(alike).collect();
        for group in groups {
            match &self.clause(group[0].clause).kind {
                ClauseKind::Item => self.list(group, prefix)?,
                ClauseKind::Table => self.table(group, prefix)?,
                _ => self.unit(&group[0], prefix)?,
            }
        }
        Ok(())
    }

    fn list(&mut self, items: &[Node], prefix: &str) -> io::Result<()> {
        let id = self.ids.counted(prefix, "list");
        self.xml.open("list", &[("eId", &id)])?;
        for item in items {
            self.unit(item, &format!("{id}__"))?;
        }
        self.xml.close()
    }

    /// Rows of a table; the text of a row knows no columns.
    fn table(&mut self, rows: &[Node], prefix: &str) -> io::Result<()> {
        let id = self.ids.counted(prefix, "hcontainer");
        self.xml.open("hcontainer", &[("name", ClauseKind::Table.name()), ("eId", &id)])?;
        let governs = rows.iter().any(|row| !row.children.is_empty());
        self.xml.open(if governs { "intro" } else { "content" }, &[])?;
        self.xml.open("table", &[("eId", &format!("{id}__table_1"))])?;
        for row in rows {
            let tr = self.ids.counted(&format!("{id}__table_1__"), "tr");
            self.element("tr", row.clause, &tr, None)?;
            if self.label(row.clause).is_some() {
                self.xml.open("td", &[])?;
                self.xml.open("p", &[])?;
                self.label_runs(row.clause)?;
                self.xml.close()?;
                self.xml.close()?;
            }
            self.xml.open("td", &[])?;
            self.paragraph(row.clause)?;
            self.xml.close()?;
            self.xml.close()?;
        }
        self.xml.close()?;
        self.xml.close()?;
        for row in rows {
            self.siblings(&row.children, &format!("{id}__"))?;
        }
        self.xml.close()
    }

    /// A clause of the body with all that stands under it.
    fn unit(&mut self, node: &Node, prefix: &str) -> io::Result<()> {
        let clause = self.clause(node.clause);
        let label = self.label(node.clause);
        let kind = clause.kind.name();
        let id = match element(clause.kind) {
            Some((name, short)) => {
                let id = self.ids.labelled(prefix, short, label);
                self.element(name, node.clause, &id, None)?;
                id
            }
            None => {
                let id = self.ids.counted(prefix, "hcontainer");
                self.element("hcontainer", node.clause, &id, Some(("name", kind)))?;
                id
            }
        };
        if label.is_some() && clause.kind != ClauseKind::Footnote {
            self.num(node.clause)?;
        }
        if clause.kind == ClauseKind::Heading {
            if self.has_text(node.clause) || !self.notes.calls(node.clause).is_empty() {
                self.xml.open("heading", &[])?;
                self.text(node.clause)?;
                self.xml.close()?;
            }
        } else {
            self.xml.open(if node.children.is_empty() { "content" } else { "intro" }, &[])?;
            self.paragraph(node.clause)?;
            self.xml.close()?;
        }
        self.siblings(&node.children, &format!("{id}__"))?;
        self.xml.close()
    }

    /// The label that a clause prints, else the one it printed before.
    fn label(&self, at: ClauseIndex) -> Option<&'a str> {
        let earlier = || self.marked.and_then(|marked| marked.labels(at).first()).map(|piece| piece.text);
        self.clause(at).label.as_deref().or_else(earlier)
    }

    fn has_text(&self, at: ClauseIndex) -> bool {
        !self.clause(at).text.is_empty()
            || self.marked.is_some_and(|marked| marked.texts(at).iter().any(|piece| !piece.text.is_empty()))
    }

    fn num(&mut self, at: ClauseIndex) -> io::Result<()> {
        self.xml.open("num", &[])?;
        self.label_runs(at)?;
        self.xml.close()
    }

    fn label_runs(&mut self, at: ClauseIndex) -> io::Result<()> {
        match self.marked {
            Some(marked) => {
                let runs: Vec<TextRun<'a>> = marked.labels(at).iter().map(|piece| run(piece, piece.text)).collect();
                self.runs(at, &runs)
            }
            None => self.runs(at, &[TextRun::Text(self.clause(at).label.as_deref().unwrap_or_default())]),
        }
    }

    /// The text of a clause in a paragraph.
    fn paragraph(&mut self, at: ClauseIndex) -> io::Result<()> {
        self.xml.open("p", &[])?;
        self.inside(at)?;
        self.xml.close()
    }

    /// The text of a clause inside the element that says what it is.
    fn inside(&mut self, at: ClauseIndex) -> io::Result<()> {
        let kind = self.clause(at).kind;
        if kind == ClauseKind::Footnote {
            return self.footnote(at);
        }
        let Some(inner) = inner(kind) else { return self.text(at) };
        self.xml.inline(inner, &[])?;
        self.text(at)?;
        self.xml.close()
    }

    /// The text of a clause with the footnotes that it calls.
    fn text(&mut self, at: ClauseIndex) -> io::Result<()> {
        let whole = [FlowPiece {
            number: 0,
            text: self.clause(at).text.as_str(),
            state: State::Kept,
            label: false,
            edit: None,
        }];
        let pieces: &[FlowPiece<'a>] = self.marked.map_or(&whole, |marked| marked.texts(at));
        let mut calls = self.notes.calls(at).iter().peekable();
        let mut runs = Vec::new();
        // Bytes of the text after that are written.
        let mut written = 0;
        for piece in pieces {
            let mut rest = piece.text;
            if piece.state != State::Removed {
                let end = written + rest.len();
                while let Some(call) = calls.next_if(|call| call.at < end) {
                    let (head, tail) = rest.split_at_checked(call.at.saturating_sub(written)).unwrap_or((rest, ""));
                    runs.push(run(piece, head));
                    runs.push(note(call));
                    written += head.len();
                    rest = tail;
                }
                written = end;
            }
            runs.push(run(piece, rest));
        }
        runs.extend(calls.map(note));
        self.runs(at, &runs)
    }

    /// Writes the runs of a text, one behind the other.
    fn runs(&mut self, at: ClauseIndex, runs: &[TextRun<'_>]) -> io::Result<()> {
        for run in runs {
            match *run {
                TextRun::Text("") | TextRun::One("", ..) => {}
                TextRun::Text(text) => self.xml.text(text)?,
                TextRun::One(text, state, number) => self.one(at, text, state, number)?,
                TextRun::Note(footnote) => self.footnote(footnote)?,
                TextRun::NoteAgain(footnote) => {
                    let href = format!("#{}", self.notes.id(footnote));
                    let marker = self.clause(footnote).label.as_deref().unwrap_or_default();
                    self.xml.mark("noteRef", &[("marker", marker), ("href", &href)])?;
                }
            }
        }
        Ok(())
    }

    /// Words that stand on one side only.
    fn one(&mut self, at: ClauseIndex, text: &str, state: State, number: usize) -> io::Result<()> {
        let element = if state == State::Removed { "del" } else { "ins" };
        let clause = self.names.clauses.get(&at).map_or("", String::as_str);
        let id = self.ids.counted(&format!("{clause}__"), element);
        self.xml.inline(element, &[("eId", &id)])?;
        self.xml.text(text)?;
        self.xml.close()?;
        self.names.pieces.entry(number).or_default().push(id);
        Ok(())
    }

    /// A footnote inside a text.
    fn footnote(&mut self, at: ClauseIndex) -> io::Result<()> {
        let id = self.notes.id(at);
        self.names.clauses.insert(at, id.clone());
        let label = self.label(at);
        let all = [("eId", id.as_str()), ("placement", "bottom"), ("marker", label.unwrap_or_default())];
        self.xml.inline("authorialNote", if label.is_some() { &all } else { &all[..2] })?;
        if label.is_some() {
            self.xml.inline("num", &[])?;
            self.label_runs(at)?;
            self.xml.close()?;
        }
        self.xml.inline("p", &[])?;
        self.text(at)?;
        self.xml.close()?;
        self.xml.close()
    }
}

/// Text of a piece as it stands.
const fn run<'t>(piece: &FlowPiece<'_>, text: &'t str) -> TextRun<'t> {
    match piece.state {
        State::Kept => TextRun::Text(text),
        state => TextRun::One(text, state, piece.number),
    }
}

const fn note<'t>(call: &Call) -> TextRun<'t> {
    if call.first { TextRun::Note(call.footnote) } else { TextRun::NoteAgain(call.footnote) }
}

/// The element of a numbered kind, and its short name.
const fn element(kind: ClauseKind) -> Option<(&'static str, &'static str)> {
    match kind {
        ClauseKind::Heading => Some(("section", "sec")),
        ClauseKind::Operative | ClauseKind::Paragraph => Some(("paragraph", "para")),
        ClauseKind::Item => Some(("point", "point")),
        _ => None,
    }
}

/// The element that says inside a paragraph what its text is.
const fn inner(kind: ClauseKind) -> Option<&'static str> {
    match kind {
        ClauseKind::Title => Some("docTitle"),
        ClauseKind::Signature => Some("signature"),
        _ => None,
    }
}
