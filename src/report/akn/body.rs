//! The zones of a document with their clauses.
//!
//! The text of every clause, heading or not, goes through [`Body::runs`]. A document that shows changes hands it other runs
//! (inserted, deleted) for the same clause; everything around the text stays as it is here.

use std::io;
use std::ops::Range;

use super::names::Ids;
use super::notes::Notes;
use super::plan::{Node, Zones, tree};
use crate::report::xml::Xml;
use crate::statement::{Clause, ClauseKind, Statement};

/// A piece of the text of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Run<'a> {
    /// Words.
    Text(&'a str),
    /// A footnote, with its text.
    Note(usize),
    /// A footnote whose text stands elsewhere.
    NoteAgain(usize),
}

/// Writes the clauses of a statement.
pub(super) struct Body<'b, 'w, 'a> {
    pub(super) xml: &'b mut Xml<'w>,
    pub(super) ids: &'b mut Ids,
    pub(super) statement: &'a Statement,
    pub(super) notes: &'b Notes,
    /// The language of the text, as `xml:lang` has it: the shortest code (BCP 47).
    pub(super) language: &'b str,
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

    fn clause(&self, at: usize) -> &'a Clause {
        &self.statement.clauses[at]
    }

    /// The clauses of a zone that stand in it; footnotes that are called stand elsewhere.
    fn standing(&self, zone: &Range<usize>) -> Vec<usize> {
        zone.clone().filter(|at| !self.notes.is_called(*at)).collect()
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
    fn block(&mut self, at: usize, prefix: &str) -> io::Result<()> {
        let clause = self.clause(at);
        let kind = clause.kind.name();
        if clause.kind == ClauseKind::Footnote {
            let id = self.ids.counted(prefix, "p");
            return self.paragraph(at, &[("eId", &id)]);
        }
        if let Some(label) = &clause.label {
            let id = self.ids.labelled(prefix, "tblock", Some(label));
            self.xml.open("tblock", &[("class", kind), ("eId", &id)])?;
            self.num(label)?;
            self.paragraph(at, &[])?;
            return self.xml.close();
        }
        if inner(clause.kind).is_some() {
            let id = self.ids.counted(prefix, "p");
            return self.paragraph(at, &[("eId", &id)]);
        }
        let id = self.ids.counted(prefix, "block");
        self.xml.open("block", &[("name", kind), ("eId", &id)])?;
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
            self.xml.open("formula", &[("name", self.clause(at).kind.name()), ("eId", &id)])?;
            self.paragraph(at, &[])?;
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
        let label = clause.label.as_deref().filter(|_| clause.kind != ClauseKind::Footnote);
        let id = self.ids.labelled(prefix, short, label);
        self.xml.open(name, &[("eId", &id)])?;
        if let Some(label) = label {
            self.num(label)?;
        }
        self.paragraph(node.clause, &[])?;
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
            self.xml.open("tr", &[("eId", &tr)])?;
            if let Some(label) = &self.clause(row.clause).label {
                self.xml.open("td", &[])?;
                self.xml.open("p", &[])?;
                self.xml.text(label)?;
                self.xml.close()?;
                self.xml.close()?;
            }
            self.xml.open("td", &[])?;
            self.paragraph(row.clause, &[])?;
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
        let label = clause.label.as_deref();
        let kind = clause.kind.name();
        let id = match element(clause.kind) {
            Some((name, short)) => {
                let id = self.ids.labelled(prefix, short, label);
                self.xml.open(name, &[("eId", &id)])?;
                id
            }
            None => {
                let id = self.ids.counted(prefix, "hcontainer");
                self.xml.open("hcontainer", &[("name", kind), ("eId", &id)])?;
                id
            }
        };
        if let Some(label) = label.filter(|_| clause.kind != ClauseKind::Footnote) {
            self.num(label)?;
        }
        if clause.kind == ClauseKind::Heading {
            if !clause.text.is_empty() || !self.notes.calls(node.clause).is_empty() {
                self.xml.open("heading", &[])?;
                self.text(node.clause)?;
                self.xml.close()?;
            }
        } else {
            self.xml.open(if node.children.is_empty() { "content" } else { "intro" }, &[])?;
            self.paragraph(node.clause, &[])?;
            self.xml.close()?;
        }
        self.siblings(&node.children, &format!("{id}__"))?;
        self.xml.close()
    }

    fn num(&mut self, label: &str) -> io::Result<()> {
        self.xml.open("num", &[])?;
        self.xml.text(label)?;
        self.xml.close()
    }

    /// The text of a clause in a paragraph, inside the element that says what it is.
    fn paragraph(&mut self, at: usize, attributes: crate::report::xml::Attributes<'_>) -> io::Result<()> {
        let kind = self.clause(at).kind;
        self.xml.open("p", attributes)?;
        if kind == ClauseKind::Footnote {
            self.footnote(at)?;
        } else if let Some(inner) = inner(kind) {
            self.xml.inline(inner, &[])?;
            self.text(at)?;
            self.xml.close()?;
        } else {
            self.text(at)?;
        }
        self.xml.close()
    }

    /// The text of a clause with the footnotes that it calls.
    fn text(&mut self, at: usize) -> io::Result<()> {
        let text = self.clause(at).text.as_str();
        let mut runs = Vec::new();
        let mut from = 0;
        for call in self.notes.calls(at) {
            runs.push(Run::Text(&text[from..call.at]));
            runs.push(if call.first { Run::Note(call.footnote) } else { Run::NoteAgain(call.footnote) });
            from = call.at;
        }
        runs.push(Run::Text(&text[from..]));
        self.runs(&runs)
    }

    /// Writes the runs of a text, one behind the other.
    fn runs(&mut self, runs: &[Run<'_>]) -> io::Result<()> {
        for run in runs {
            match *run {
                Run::Text("") => {}
                Run::Text(text) => self.xml.text(text)?,
                Run::Note(footnote) => self.footnote(footnote)?,
                Run::NoteAgain(footnote) => {
                    let href = format!("#{}", self.notes.id(footnote));
                    let marker = self.clause(footnote).label.as_deref().unwrap_or_default();
                    self.xml.mark("noteRef", &[("marker", marker), ("href", &href)])?;
                }
            }
        }
        Ok(())
    }

    /// A footnote inside a text.
    fn footnote(&mut self, at: usize) -> io::Result<()> {
        let clause = self.clause(at);
        let id = self.notes.id(at);
        let label = clause.label.as_deref();
        let all = [("eId", id.as_str()), ("placement", "bottom"), ("marker", label.unwrap_or_default())];
        self.xml.inline("authorialNote", if label.is_some() { &all } else { &all[..2] })?;
        if let Some(label) = label {
            self.xml.inline("num", &[])?;
            self.xml.text(label)?;
            self.xml.close()?;
        }
        self.xml.inline("p", &[])?;
        self.runs(&[Run::Text(&clause.text)])?;
        self.xml.close()?;
        self.xml.close()
    }
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
