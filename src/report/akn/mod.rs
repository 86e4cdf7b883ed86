//! One version as Akoma Ntoso 3.0 (OASIS, 2018), after the guidelines for documents of the United Nations (AKN4UN).
//!
//! | in the corpus | in the file |
//! | --- | --- |
//! | resolution | `statement`, subtype `deliberation`, name `resolution`, or `resolutionDraft` where the status is `draft` |
//! | letter, statement, annex | `doc`, subtype `communication`, name `officialLetter`, `officialStatement`, `annex` |
//! | a text of no known kind | `doc`, name `officialStatement` |
//! | the first component | the document at the root; the others are its attachments |
//! | the first issue of a series | `contains="originalVersion"`, every later one `singleVersion` |
//!
//! Only what is recorded or printed is told. Where the schema wants a fact that nobody gave, a neutral value stands: the
//! date `0001-01-01` with the name `unknown` (of the markup always, since the program knows no clock), the country `zz`,
//! the author `#author`, which is shown as `not recorded`. A date without its day is no `FRBRdate` and no event; in the
//! IRI it stands as it is. A work without a symbol has its name in the corpus for a number, and no `FRBRnumber`.
//!
//! Every clause is there, label and text. A character that XML 1.0 forbids becomes U+FFFD, the one thing that is changed;
//! the corpus keeps what it was. Clauses stand in the order of the text, footnotes where they are called.

mod body;
mod facts;
mod meta;
mod names;
mod notes;
mod plan;

use std::io;

use crate::report::xml::Xml;
use body::Body;
use facts::Facts;
use meta::Meta;
use names::Ids;
use notes::Notes;
use plan::{parts, zones};

use crate::corpus::{Record, VersionId, Work};
use crate::statement::{Identity, Statement};

/// The namespace of the standard.
const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// A version with all that is known of it.
#[derive(Clone, Debug)]
pub struct Published<'a> {
    /// Its name.
    pub id: &'a VersionId,
    /// What is recorded of it.
    pub record: &'a Record,
    /// What is recorded of its work.
    pub about: &'a Work,
    /// What is known of it: what is recorded, and where nothing is, what its text says.
    pub identity: &'a Identity,
    /// Its text, read.
    pub statement: &'a Statement,
    /// All versions of the work in this language in the order of issue, this one among them.
    pub series: Vec<(&'a VersionId, &'a Record)>,
}

/// Writes a version as one file of Akoma Ntoso.
///
/// # Errors
/// Where `out` refuses.
pub fn akn(out: &mut dyn io::Write, published: &Published<'_>) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    write(&mut out, published)?;
    io::Write::flush(&mut out)
}

fn write(out: &mut dyn io::Write, published: &Published<'_>) -> io::Result<()> {
    let statement = published.statement;
    let parts = parts(statement);
    let facts = Facts::of(published, &parts);
    let notes = Notes::of(statement);
    let mut ids = Ids::default();
    let mut xml = Xml::begin(out)?;
    xml.open("akomaNtoso", &[("xmlns", NAMESPACE)])?;
    for (at, part) in parts.iter().enumerate() {
        let class = &facts.classes[at];
        let contains = if facts.is_first_issue() { "originalVersion" } else { "singleVersion" };
        let prefix = if at == 0 {
            String::new()
        } else {
            // The documents behind the first are its attachments, which stand inside it.
            if at == 1 {
                xml.open("attachments", &[])?;
            }
            let id = format!("att_{at}");
            xml.open("attachment", &[("eId", &id)])?;
            format!("{id}__")
        };
        xml.open(class.element, &[("name", class.name), ("contains", contains)])?;
        let mut meta = Meta { xml: &mut xml, facts: &facts, parts: &parts };
        if at == 0 {
            meta.root()?
        } else {
            meta.attached(at)?
        }
        let zones = zones(statement, &notes, &part.clauses);
        let mut body =
            Body { xml: &mut xml, ids: &mut ids, statement, notes: &notes, language: &published.id.language };
        body.zones(&zones, &prefix)?;
        if at > 0 {
            xml.close()?;
            xml.close()?;
        }
    }
    xml.end()
}
