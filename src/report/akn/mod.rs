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
//! A comparison is the version after, with `ins` and `del` in its text, the clauses that went in their places with the
//! status `removed`, and every change of the text in the analysis ([`modifications`]). An element whose clause had another
//! name in the version before has that as its `wId`.
//!
//! Every clause is there, label and text. A character that XML 1.0 forbids becomes U+FFFD, the one thing that is changed;
//! the corpus keeps what it was. Clauses stand in the order of the text, footnotes where they are called.

mod body;
mod facts;
mod marked;
mod meta;
mod modifications;
mod names;
mod notes;
mod plan;
pub(super) mod published;

use std::io;

use crate::report::xml::Xml;
use body::{Body, Names};
use facts::Facts;
use marked::MarkedStatement;
use meta::Meta;
use modifications::{Modification, modifications};
use names::Ids;
use notes::Notes;
use plan::{parts, zones};
pub use published::PublishedVersion;

use crate::change::Comparison;
use crate::record::Publication;
use crate::report::reports::{Renderer, Report, none};
use crate::text::Pair;

/// The namespace of the standard.
const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// Writes a version as one file of Akoma Ntoso.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn akn(out: &mut dyn io::Write, published: &PublishedVersion<'_>) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    write(&mut out, published, None, &[])?;
    io::Write::flush(&mut out)
}

/// Writes a comparison as one file of Akoma Ntoso: the text after, with what came and went marked in it.
///
/// The text is written three times, twice only to learn what its elements are called: the names of the clauses before, and
/// those of the marks, which the metadata lists before they come.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn akn_diff(
    out: &mut dyn io::Write,
    sides: Pair<&PublishedVersion<'_>>,
    comparison: &Comparison,
) -> io::Result<()> {
    let names = write(&mut io::sink(), sides.before, None, &[])?;
    let marked = MarkedStatement::of(sides.map(|side| side.statement), comparison, names.clauses);
    let names = write(&mut io::sink(), sides.after, Some(&marked), &[])?;
    let before = Facts::of(sides.before, &parts(sides.before.statement)).this().iri.clone();
    let told = modifications(comparison, &marked, &names, &before);
    let mut out = io::BufWriter::new(out);
    write(&mut out, sides.after, Some(&marked), &told)?;
    io::Write::flush(&mut out)
}

/// Writes a file, and tells what its elements are called.
fn write(
    out: &mut dyn io::Write,
    published: &PublishedVersion<'_>,
    marked: Option<&MarkedStatement<'_>>,
    modifications: &[Modification],
) -> io::Result<Names> {
    let statement = marked.map_or(published.statement, |marked| &marked.statement);
    let parts = parts(statement);
    let facts = Facts::of(published, &parts);
    let notes = Notes::of(statement, |at| marked.is_none_or(|marked| !marked.is_gone(at)));
    let (mut ids, mut names) = (Ids::default(), Names::default());
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
        let mut meta = Meta { xml: &mut xml, facts: &facts, parts: &parts, modifications };
        if at == 0 {
            meta.root()?
        } else {
            meta.attached(at)?
        }
        let zones = zones(statement, &notes, &part.clauses);
        let mut body = Body {
            xml: &mut xml,
            ids: &mut ids,
            names: &mut names,
            statement,
            notes: &notes,
            language: published.language(),
            marked,
        };
        body.zones(&zones, &prefix)?;
        if at > 0 {
            xml.close()?;
            xml.close()?;
        }
    }
    xml.end()?;
    Ok(names)
}

/// Akoma Ntoso.
pub(super) struct AknFormat;

impl Renderer for AknFormat {
    fn render(&self, report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        match report {
            Report::Comparison(report) => {
                let nothing = Publication::default();
                let publications = report.publications.unwrap_or_else(|| Pair::new(&nothing, &nothing));
                let sides = publications.zip(report.sides).map(|(known, side)| PublishedVersion::of(known, side));
                akn_diff(out, sides.as_ref(), report.comparison)
            }
            Report::Published(version) => akn(out, version),
            other => none("Akoma Ntoso", other),
        }
    }
}
