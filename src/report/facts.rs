//! What is known of a document, by name.

use crate::language::Date;
use crate::record::Document;
use crate::statement::StatedClaim;

/// What is known of a document, by name; what is not known is left out.
pub(super) fn facts(document: &Document) -> Vec<(&'static str, String)> {
    let identity = &document.identity;
    let dates = &identity.dates;
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    let list = |items: &[String]| (!items.is_empty()).then(|| items.join(", "));
    let processing: Vec<String> = dates.processing.iter().map(ToString::to_string).collect();
    let claim = identity.claim.as_ref();
    let facts = [
        ("reference", document.reference.clone()),
        ("file", document.path.clone()),
        ("sha256", Some(document.sha256.clone())),
        ("encoding", Some(document.source.encoding.to_owned())),
        ("language", Some(document.statement().language.as_deref().unwrap_or("not known").to_owned())),
        ("symbol", identity.symbol.clone()),
        ("job number", identity.job_number.clone()),
        ("letter", day(dates.letter)),
        ("reissued", day(dates.reissued)),
        ("adopted", day(dates.adopted)),
        ("masthead", day(dates.masthead)),
        ("processing", list(&processing)),
        ("place", identity.place.clone()),
        ("original", list(&identity.original_languages)),
        ("claim", claim.map(StatedClaim::to_string)),
        ("claim in words", identity.claim_text.clone()),
    ];
    facts.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}
