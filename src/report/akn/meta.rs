//! The metadata of a document: what it is called on the three levels of FRBR, its life so far, what it refers to.

use std::{collections::BTreeSet, io};

use super::facts::{self, Facts};
use super::modifications::Modification;
use super::names::segment;
use super::plan::Part;
use crate::change::Class;
use crate::language::Date;
use crate::report::xml::Xml;
use crate::statement::{Component, ComponentKind};

/// Who marks the text up.
const SELF: &str = "#recension";
/// The date where the schema wants one and none is known. Its name says so.
const NO_DATE: (&str, &str) = ("0001-01-01", "unknown");

/// Writes the metadata of one document of the file.
pub(super) struct Meta<'m, 'w, 'a> {
    pub(super) xml: &'m mut Xml<'w>,
    pub(super) facts: &'m Facts<'a>,
    pub(super) parts: &'m [Part],
    /// What was changed in the text that the file shows; none where it shows one version.
    pub(super) modifications: &'m [Modification],
}

impl Meta<'_, '_, '_> {
    /// Of the document at the root.
    pub(super) fn root(&mut self) -> io::Result<()> {
        self.xml.open("meta", &[])?;
        self.identification("main")?;
        self.classification()?;
        self.lifecycle()?;
        self.analysis()?;
        self.references()?;
        self.xml.close()
    }

    /// Of a document that is attached; it refers to what the root lists.
    pub(super) fn attached(&mut self, part: usize) -> io::Result<()> {
        self.xml.open("meta", &[])?;
        let name = component(self.parts[part].component);
        self.identification(&name)?;
        self.xml.close()
    }

    fn identification(&mut self, part: &str) -> io::Result<()> {
        self.xml.open("identification", &[("source", SELF)])?;
        self.work(part)?;
        self.expression(part)?;
        self.manifestation(part)?;
        self.xml.close()
    }

    fn iris(&mut self, this: &str, iri: &str) -> io::Result<()> {
        self.xml.empty("FRBRthis", &[("value", this)])?;
        self.xml.empty("FRBRuri", &[("value", iri)])
    }

    /// Dates with their roles; the schema wants at least one, and whole days.
    fn dates(&mut self, dates: &[(Date, &str)]) -> io::Result<()> {
        let mut whole = dates.iter().filter(|(date, _)| date.is_full()).peekable();
        if whole.peek().is_none() {
            return self.xml.empty("FRBRdate", &[("date", NO_DATE.0), ("name", NO_DATE.1)]);
        }
        whole.try_for_each(|(date, name)| self.xml.empty("FRBRdate", &[("date", &date.to_string()), ("name", name)]))
    }

    fn author(&self) -> String {
        self.facts.actor.as_ref().map_or_else(|| "#author".to_owned(), |(code, _)| format!("#{code}"))
    }

    fn work(&mut self, part: &str) -> io::Result<()> {
        let facts = self.facts;
        let class = main_class(facts);
        self.xml.open("FRBRWork", &[])?;
        self.iris(&format!("{}/!{part}", facts.work), &facts.work)?;
        self.dates(facts.date.as_slice())?;
        let author = self.author();
        self.xml.empty("FRBRauthor", &[("href", &author)])?;
        self.xml.empty("FRBRcountry", &[("value", &facts.country)])?;
        self.xml.empty("FRBRsubtype", &[("value", class.subtype)])?;
        if let Some(symbol) = &facts.symbol {
            self.xml.empty("FRBRnumber", &[("value", &facts.number), ("showAs", symbol)])?;
        }
        if let Some(title) = &facts.published.about.title {
            self.xml.empty("FRBRname", &[("value", title)])?;
        }
        self.xml.close()
    }

    fn expression(&mut self, part: &str) -> io::Result<()> {
        let facts = self.facts;
        let identity = facts.published.identity;
        let this = facts.this();
        self.xml.open("FRBRExpression", &[])?;
        self.iris(&format!("{}/!{part}", this.iri), &this.iri)?;
        let reference = facts.published.id.map(ToString::to_string);
        let own = identity.symbol.as_deref().filter(|own| facts.symbol.as_deref() != Some(own));
        let aliases =
            [("recension", reference.as_deref()), ("symbol", own), ("jobNumber", identity.job_number.as_deref())];
        for (name, value) in aliases {
            if let Some(value) = value {
                self.xml.empty("FRBRalias", &[("name", name), ("value", value)])?;
            }
        }
        let roles = &identity.dates;
        let issue = if this.concept() == Some("reissue") { "reissue" } else { "issue" };
        let mut dates: Vec<(Date, &str)> = this.day.map(|day| (day, issue)).into_iter().collect();
        let reissued = roles.reissued.filter(|day| Some(*day) != this.day);
        for (date, role) in
            [(reissued, "reissue"), (roles.adopted, "adoption"), (roles.letter, "letter"), (roles.masthead, "masthead")]
        {
            dates.extend(date.map(|date| (date, role)));
        }
        dates.extend(roles.processing.iter().map(|date| (*date, "processing")));
        self.dates(&dates)?;
        let author = self.author();
        self.xml.empty("FRBRauthor", &[("href", &author)])?;
        if identity.reissue_marks > 0 {
            self.xml.empty("FRBRversionNumber", &[("value", &format!("star{}", identity.reissue_marks))])?;
        }
        self.xml.empty("FRBRlanguage", &[("language", &facts.language)])?;
        // Of two original languages, nothing says which one a translation was made from.
        if let [original] = identity.original_languages.as_slice()
            && self.facts.code(original) != facts.language
        {
            let from = self.facts.code(original);
            let href = facts.original(original);
            self.xml.empty("FRBRtranslation", &[("href", &href), ("fromLanguage", &from), ("by", &author)])?;
        }
        self.xml.close()
    }

    fn manifestation(&mut self, part: &str) -> io::Result<()> {
        let iri = &self.facts.this().iri;
        self.xml.open("FRBRManifestation", &[])?;
        self.iris(&format!("{iri}/!{part}.xml"), &format!("{iri}/.xml"))?;
        // The day of the markup is that of the run, and the program knows no clock.
        self.dates(&[])?;
        self.xml.empty("FRBRauthor", &[("href", SELF)])?;
        self.xml.empty("FRBRformat", &[("value", "xml")])?;
        self.xml.close()
    }

    fn classification(&mut self) -> io::Result<()> {
        let published = self.facts.published;
        if !(published.about.fictional || published.record.fictional) {
            return Ok(());
        }
        self.xml.open("classification", &[("source", SELF)])?;
        self.xml.empty("keyword", &[("value", "fictional"), ("showAs", "fictional"), ("dictionary", SELF)])?;
        self.xml.close()
    }

    /// One event for each issue whose day is known, up to this one: what comes later does not change this text.
    fn lifecycle(&mut self) -> io::Result<()> {
        let dated = || self.facts.issues.iter().enumerate().filter_map(|(at, issue)| Some((at, issue, issue.day?)));
        if dated().next().is_none() {
            return Ok(());
        }
        self.xml.open("lifecycle", &[("source", SELF)])?;
        for (at, issue, day) in dated() {
            let (id, day, source) = (format!("e{}", at + 1), day.to_string(), format!("#v{}", at + 1));
            let kind = if self.facts.is_original(at) { "generation" } else { "amendment" };
            let refers = issue.concept().map(|concept| format!("#{concept}"));
            let all = [
                ("eId", id.as_str()),
                ("date", day.as_str()),
                ("type", kind),
                ("source", source.as_str()),
                ("refersTo", refers.as_deref().unwrap_or_default()),
            ];
            self.xml.empty("eventRef", if refers.is_some() { &all } else { &all[..4] })?;
        }
        self.xml.close()
    }

    /// A reissue publishes anew what was issued before; where the earlier issue is not held, the work. What was changed
    /// in the text is told change by change.
    fn analysis(&mut self) -> io::Result<()> {
        let republished = self.facts.this().concept() == Some("reissue");
        if !republished && self.modifications.is_empty() {
            return Ok(());
        }
        self.xml.open("analysis", &[("source", SELF)])?;
        self.xml.open("passiveModifications", &[])?;
        for (at, modification) in self.modifications.iter().enumerate() {
            self.textual(at + 1, modification)?;
        }
        if republished {
            self.republication()?;
        }
        self.xml.close()?;
        self.xml.close()
    }

    fn republication(&mut self) -> io::Result<()> {
        let issues = &self.facts.issues;
        let own = format!("#v{}", issues.len());
        let earlier = if issues.len() > 1 { format!("#v{}", issues.len() - 1) } else { self.facts.work.clone() };
        let id = format!("pmod_{}", self.modifications.len() + 1);
        self.xml.open("legalSystemMod", &[("eId", &id), ("type", "republication")])?;
        self.xml.empty("source", &[("href", &own)])?;
        self.xml.empty("destination", &[("href", &earlier)])?;
        self.xml.close()
    }

    fn textual(&mut self, number: usize, modification: &Modification) -> io::Result<()> {
        let (id, source) = (format!("pmod_{number}"), format!("#v{}", self.facts.issues.len()));
        let refers = modification.class.map(|class| format!("#{}", class_name(class)));
        let all =
            [("eId", id.as_str()), ("type", modification.kind), ("refersTo", refers.as_deref().unwrap_or_default())];
        self.xml.open("textualMod", if refers.is_some() { &all } else { &all[..2] })?;
        self.xml.empty("source", &[("href", &source)])?;
        for element in &modification.destinations {
            self.xml.empty("destination", &[("href", &format!("#{element}"))])?;
        }
        if let Some(previous) = &modification.previous {
            self.xml.empty("previous", &[("href", previous)])?;
        }
        for (name, elements) in [("old", &modification.old), ("new", &modification.new)] {
            for element in elements {
                self.xml.empty(name, &[("href", &format!("#{element}"))])?;
            }
        }
        self.xml.close()
    }

    fn references(&mut self) -> io::Result<()> {
        let facts = self.facts;
        self.xml.open("references", &[("source", SELF)])?;
        for (at, issue) in facts.issues.iter().enumerate() {
            let (name, what) = if self.facts.is_original(at) {
                ("original", "first issue")
            } else {
                ("passiveRef", issue.concept().unwrap_or("later issue"))
            };
            self.xml.empty(name, &[("eId", &format!("v{}", at + 1)), ("href", &issue.iri), ("showAs", what)])?;
        }
        let iri = &facts.this().iri;
        for (at, part) in self.parts.iter().enumerate().skip(1) {
            let href = format!("{iri}/!{}", component(part.component));
            let id = format!("hasAttachment_{at}");
            let what = part.component.map(|component| component.to_string()).unwrap_or_default();
            self.xml.empty("hasAttachment", &[("eId", &id), ("href", &href), ("showAs", &what)])?;
        }
        for concept in ["reissue", "corrigendum", "revision"] {
            if facts.issues.iter().any(|issue| issue.concept() == Some(concept)) {
                let href = format!("/akn/ontology/concept/{}/{concept}", facts.country);
                self.xml.empty("TLCConcept", &[("eId", concept), ("href", &href), ("showAs", concept)])?;
            }
        }
        let classes: BTreeSet<Class> =
            self.modifications.iter().filter_map(|modification| modification.class).collect();
        for class in classes {
            let href = format!("/akn/ontology/concept/x/recension/{}", class.name());
            self.xml.empty("TLCConcept", &[("eId", &class_name(class)), ("href", &href), ("showAs", class.name())])?;
        }
        let (id, href, what) = match &facts.actor {
            Some((code, name)) => {
                (code.as_str(), format!("/akn/ontology/organization/{}/{code}", facts.country), name.as_str())
            }
            None => ("author", "/akn/ontology/organization/unknown".to_owned(), "not recorded"),
        };
        self.xml.empty("TLCOrganization", &[("eId", id), ("href", &href), ("showAs", what)])?;
        self.xml.empty(
            "TLCOrganization",
            &[("eId", &SELF[1..]), ("href", "/akn/ontology/organization/x/recension"), ("showAs", "recension")],
        )?;
        self.xml.close()
    }
}

/// The name of a class of changes among those of elements.
fn class_name(class: Class) -> String {
    format!("class_{}", class.name())
}

/// The class of the document at the root.
fn main_class<'f>(facts: &'f Facts<'_>) -> &'f facts::Class {
    // A file has at least one document.
    &facts.classes[0]
}

/// A component in an IRI: `annex` is the first, `annex_1`.
fn component(component: Option<Component>) -> String {
    match component {
        Some(Component { kind: ComponentKind::Annex, ordinal: 1 }) => "annex_1".to_owned(),
        Some(component) => segment(&component.to_string()),
        None => "main".to_owned(),
    }
}
