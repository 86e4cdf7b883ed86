//! What is known of a version, in the terms of Akoma Ntoso: its class, its IRIs, its dates.
//!
//! What the work is called must not change with the version that is exported. So the facts of the work are those that the
//! versions of the series record, the earliest first; only where all records are silent, the text of this version says.

use super::names::segment;
use super::plan::Part;
use super::published::PublishedVersion;
use crate::language::{Catalogue, Date};
use crate::record::{Day, Record, VersionId};
use crate::statement::{Claim, Component, ComponentKind, StatedClaim, Status};

/// The number of works that have none, after the naming convention.
const NO_NUMBER: &str = "nn";
/// Digits of a hash that stand for a text without a name.
const HASH_DIGITS: usize = 16;

/// The country of works whose issuer is not known: the code that ISO 3166 leaves to users, and CLDR takes for "unknown".
const NO_COUNTRY: &str = "zz";

/// The element, subtype and name of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Class {
    pub(super) element: &'static str,
    pub(super) subtype: &'static str,
    pub(super) name: &'static str,
}

impl Class {
    /// The class of a component. Whatever is neither resolution, letter nor annex is an official statement.
    fn of(component: Option<Component>, draft: bool) -> Self {
        let (element, subtype, name) = match component.map(|component| component.kind) {
            Some(ComponentKind::Resolution) if draft => ("statement", "deliberation", "resolutionDraft"),
            Some(ComponentKind::Resolution) => ("statement", "deliberation", "resolution"),
            Some(ComponentKind::Letter) => ("doc", "communication", "officialLetter"),
            Some(ComponentKind::Annex) => ("doc", "communication", "annex"),
            _ => ("doc", "communication", "officialStatement"),
        };
        Self { element, subtype, name }
    }
}

/// A version among the others of its series.
pub(super) struct Issue {
    /// Its IRI.
    pub(super) iri: String,
    /// When it was issued, if the day is known.
    pub(super) day: Option<Date>,
    /// What it announces by its claim.
    pub(super) announces: Option<Claim>,
}

impl Issue {
    /// The concept of its event, in one word.
    pub(super) const fn concept(&self) -> Option<&'static str> {
        match self.announces {
            Some(Claim::Reissue(_)) => Some("reissue"),
            Some(Claim::Corrigendum) => Some("corrigendum"),
            Some(Claim::Revision) => Some("revision"),
            _ => None,
        }
    }
}

/// What is known of a version.
pub(super) struct Facts<'a> {
    pub(super) published: &'a PublishedVersion<'a>,
    pub(super) classes: Vec<Class>,
    /// ISO 639-2 code of the language; the code of the corpus where that is not known.
    pub(super) language: String,
    pub(super) country: String,
    /// The organ, if the name of the work tells it: its code in names, and what to call it.
    pub(super) actor: Option<(String, String)>,
    /// The symbol that the work is called by.
    pub(super) symbol: Option<String>,
    /// The number in the IRI: the symbol, or the name of the work.
    pub(super) number: String,
    /// The date of the work, with its role.
    pub(super) date: Option<(Date, &'static str)>,
    /// IRI of the work.
    pub(super) work: String,
    /// This version and those before it, the first one first.
    pub(super) issues: Vec<Issue>,
}

impl<'a> Facts<'a> {
    /// Gathers them; `parts` has at least one part.
    pub(super) fn of(published: &'a PublishedVersion<'a>, parts: &[Part]) -> Self {
        let draft = published.record.status == Some(Status::Draft);
        let classes: Vec<Class> = parts.iter().map(|part| Class::of(part.component, draft)).collect();
        let main = classes.first().cloned().unwrap_or_else(|| Class::of(None, draft));
        let catalogue = &published.statement.catalogue;
        let language = code(published.language(), catalogue);
        let (country, actor) = published.id.map_or_else(|| (NO_COUNTRY.to_owned(), None), |id| issuer(id, catalogue));
        let recorded = published.series.iter().find_map(|(_, record)| record.symbol.clone());
        let symbol = recorded.or_else(|| published.identity.symbol.clone());
        let number = symbol
            .as_deref()
            .map(segment)
            .filter(|number| number.contains(char::is_alphanumeric))
            .unwrap_or_else(|| published.id.map_or_else(|| NO_NUMBER.to_owned(), |id| segment(id.work.as_str())));
        let is_letter =
            parts.first().and_then(|part| part.component).is_some_and(|main| main.kind == ComponentKind::Letter);
        let date = work_date(published, is_letter);
        let mut work = format!("/akn/{country}/{}/{}", main.element, main.subtype);
        let actor_name = actor.as_ref().map(|(code, _)| code.clone());
        let day = date.map(|(date, _)| date.to_string());
        for part in [actor_name, day, Some(number.clone())].into_iter().flatten() {
            work.push('/');
            work.push_str(&part);
        }
        let mut facts =
            Self { published, classes, language, country, actor, symbol, number, date, work, issues: Vec::new() };
        let own = published.series.iter().position(|(id, _)| Some(*id) == published.id);
        let before = own.map_or(&[][..], |own| &published.series[..own]);
        facts.issues = before
            .iter()
            .map(|(id, record)| facts.issue(id, record, record.claim.as_ref().map(StatedClaim::claim)))
            .chain([match published.id {
                Some(id) => facts.issue(id, published.record, facts.claim()),
                None => facts.unnamed(),
            }])
            .collect();
        facts
    }

    /// What this version claims to be.
    fn claim(&self) -> Option<Claim> {
        let stated = self.published.record.claim.as_ref().or(self.published.identity.claim.as_ref());
        stated.map(StatedClaim::claim)
    }

    fn issue(&self, id: &VersionId, record: &Record, claim: Option<Claim>) -> Issue {
        Issue { iri: self.expression(id), day: issued(id, record).filter(Date::is_full), announces: claim }
    }

    /// The issue of a text that no corpus names: its bytes tell it from others, and it says itself when it was issued.
    fn unnamed(&self) -> Issue {
        let dates = &self.published.identity.dates;
        let hash = self.published.sha256.get(..HASH_DIGITS).unwrap_or(self.published.sha256);
        Issue {
            iri: format!("{}/{}@sha256-{hash}", self.work, self.language),
            day: dates.reissued.or(dates.masthead).filter(Date::is_full),
            announces: self.claim(),
        }
    }

    /// IRI of a version of this work.
    fn expression(&self, id: &VersionId) -> String {
        format!("{}/{}@{}", self.work, self.code(&id.language), segment(&id.folder))
    }

    /// The ISO 639-2 code of a code of the corpus.
    pub(super) fn code(&self, of_corpus: &str) -> String {
        code(of_corpus, &self.published.statement.catalogue)
    }

    /// This version.
    pub(super) fn this(&self) -> &Issue {
        // There is at least this one.
        &self.issues[self.issues.len() - 1]
    }

    /// Whether this version is the first of its work: none is before it, and it does not claim that one is.
    pub(super) fn is_first_issue(&self) -> bool {
        self.issues.len() == 1 && self.is_original(0)
    }

    /// Whether an issue is the first of its work.
    pub(super) fn is_original(&self, at: usize) -> bool {
        at == 0 && !self.issues[at].announces.is_some_and(|kind| kind.follows() && kind != Claim::Unknown)
    }

    /// IRI of the original of a translation, its version left open.
    pub(super) fn original(&self, code_of_original: &str) -> String {
        format!("{}/{}@", self.work, self.code(code_of_original))
    }
}

/// The ISO 639-2 code of a code of the corpus; `zh-Hant` is Chinese. An unknown code stays as it is.
fn code(corpus: &str, catalogue: &Catalogue) -> String {
    let primary = corpus.split('-').next().unwrap_or(corpus);
    catalogue.akn_code(primary).filter(|code| !code.is_empty()).unwrap_or(corpus).to_owned()
}

/// Country and organ, of works of a body whose names the data files know: `un/cd/2066` is of the organ `un-cd`.
fn issuer(id: &VersionId, catalogue: &Catalogue) -> (String, Option<(String, String)>) {
    let mut parts = id.work.as_str().split('/');
    let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let Some(body) = catalogue.bodies().find(|body| !first.is_empty() && body.work.prefix == first) else {
        return (NO_COUNTRY.to_owned(), None);
    };
    let series = body.work.series.iter().find(|series| series.eq_ignore_ascii_case(second));
    (first.to_owned(), series.map(|series| (format!("{first}-{second}"), series.clone())))
}

/// When a version was issued: as recorded, else as its folder says.
fn issued(id: &VersionId, record: &Record) -> Option<Date> {
    let folder = || Day::parse(id.folder.split('.').next().unwrap_or_default());
    record.issued.or_else(folder).map(|day| day.0)
}

/// The date of the work with its role: of its first version the date of the act, else that of its issue.
fn work_date(published: &PublishedVersion<'_>, letter: bool) -> Option<(Date, &'static str)> {
    let ordered = |letter_date, adopted, masthead| {
        let (first, second) = if letter {
            ((letter_date, "letter"), (adopted, "adoption"))
        } else {
            ((adopted, "adoption"), (letter_date, "letter"))
        };
        [first, second, (masthead, "masthead")]
    };
    let day = |day: Option<Day>| day.map(|day| day.0);
    let first = published.series.first().copied().or_else(|| Some((published.id?, published.record)));
    let record = first.map_or(published.record, |(_, record)| record);
    let dates = &record.dates;
    let mut dated = ordered(day(dates.letter), day(dates.adopted), day(dates.masthead)).to_vec();
    if first.map(|(id, _)| id) == published.id {
        let dates = &published.identity.dates;
        dated.extend(ordered(dates.letter, dates.adopted, dates.masthead));
    }
    dated.push((first.and_then(|(id, record)| issued(id, record)), "issue"));
    dated.into_iter().find_map(|(date, role)| Some((date.filter(|date| date.year.is_some())?, role)))
}
