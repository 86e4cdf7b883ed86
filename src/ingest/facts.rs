//! What the document says of itself, from the parts that say it: masthead, notes, titles, date lines.
//!
//! A fact is taken only from where its role is certain. A symbol cited in a paragraph is no symbol of the document; a
//! date in the text is no date of it. What the text does not say stays absent.

use super::frame;
use crate::language::{Catalogue, ClaimFormula, Date, Knowledge, Language, any};
use crate::statement::{Claim, Clause, ClauseKind, Identity, Reissue, Statement, Why};

/// Reads the identity of a statement.
pub(super) fn identity(statement: &Statement, known: Knowledge<'_>) -> Identity {
    let Knowledge { catalogue, language } = known;
    let mut identity = Identity::default();
    symbol(statement, catalogue, &mut identity);
    job(statement, catalogue, &mut identity);
    let Some(language) = language else { return identity };
    dates(statement, language, catalogue, &mut identity);
    originals(statement, language, catalogue, &mut identity);
    claim(statement, language, catalogue, &mut identity);
    identity
}

/// Lines that may carry a fact of the masthead, in the order of trust.
fn masthead(statement: &Statement) -> impl Iterator<Item = &str> {
    let clauses = statement
        .clauses
        .iter()
        .filter(|clause| clause.kind == ClauseKind::Masthead)
        .map(|clause| clause.text.as_str());
    let furniture =
        |why: Why| matches!(why, Why::RunningHeader | Why::RunningFooter | Why::JobNumber | Why::PageNumber);
    clauses.chain(
        statement.dropped.iter().filter(move |dropped| furniture(dropped.why)).map(|dropped| dropped.text.as_str()),
    )
}

fn symbol(statement: &Statement, catalogue: &Catalogue, identity: &mut Identity) {
    let whole = masthead(statement).find(|line| catalogue.is_symbol(line));
    let inside = || {
        masthead(statement)
            .filter(|line| !line.starts_with(['[', '(']))
            .find_map(|line| line.split_whitespace().find(|word| catalogue.is_symbol(word)))
    };
    if let Some(found) = whole.or_else(inside) {
        let bare = found.trim_end_matches('*');
        identity.reissue_marks = found.len() - bare.len();
        identity.symbol = Some(bare.to_owned());
    }
}

fn job(statement: &Statement, catalogue: &Catalogue, identity: &mut Identity) {
    for line in masthead(statement) {
        let line = if catalogue.is_job(line) {
            line
        } else {
            line.split_once(char::is_whitespace).map_or(line, |(_, rest)| rest)
        };
        let Some(fit) = catalogue.bodies().flat_map(|body| &body.job).find_map(|pattern| pattern.captures(line)) else {
            continue;
        };
        let Some(job) = fit.part("job") else { continue };
        let days: Vec<Date> =
            fit.part("days").unwrap_or_default().split_whitespace().filter_map(Date::from_ddmmyy).collect();
        if identity.job_number.is_none() {
            identity.job_number = Some(job.to_owned());
        }
        if !days.is_empty() {
            identity.dates.processing = days;
            return;
        }
    }
}

fn dates(statement: &Statement, language: &Language, catalogue: &Catalogue, identity: &mut Identity) {
    let dates = &mut identity.dates;
    for clause in &statement.clauses {
        match clause.kind {
            ClauseKind::Masthead if dates.masthead.is_none() => {
                // "Distr.: General 19 September 2025" where the lines were joined; a cited date has more words around it.
                let found = language.dates(&clause.text);
                if let [only] = &found[..]
                    && only.date.is_full()
                    && clause.text.len() - only.range.len() <= 60
                {
                    dates.masthead = Some(only.date);
                } else if found.is_empty() {
                    dates.masthead =
                        frame::printed_date(&clause.text, Knowledge { catalogue, language: Some(language) })
                            .filter(Date::is_full);
                }
            }
            ClauseKind::Title
                if dates.letter.is_none() && any(&language.transmittal, &language.dated(&clause.text)) =>
            {
                dates.letter = language.first_date(&clause.text)
            }
            ClauseKind::Dateline => dateline(clause, language, dates, &mut identity.place),
            _ => {}
        }
    }
}

fn dateline(clause: &Clause, language: &Language, dates: &mut crate::statement::DateRoles, place: &mut Option<String>) {
    let Some(date) = language.first_date(&clause.text) else { return };
    if dates.adopted.is_none() {
        dates.adopted = Some(date);
    }
    let dated = language.dated(&clause.text);
    let found = language
        .closing
        .iter()
        .filter_map(|pattern| pattern.captures(&dated))
        .find_map(|fit| fit.part("place").map(|place| place.trim().to_owned()));
    if place.is_none() {
        *place = found;
    }
}

fn originals(statement: &Statement, language: &Language, catalogue: &Catalogue, identity: &mut Identity) {
    let other = catalogue.fallback();
    let lines =
        statement.clauses.iter().filter(|clause| matches!(clause.kind, ClauseKind::Note | ClauseKind::Masthead));
    for clause in lines {
        for known in std::iter::once(language).chain(other) {
            let Some(fit) = known.original.iter().find_map(|pattern| pattern.captures(&clause.text)) else {
                continue;
            };
            let Some(names) = fit.part("languages").map(str::to_lowercase) else { continue };
            let mut found: Vec<(usize, &String)> = known
                .names
                .iter()
                .filter_map(|(code, forms)| {
                    Some((forms.iter().filter_map(|form| names.find(&form.to_lowercase())).min()?, code))
                })
                .collect();
            found.sort_unstable();
            if !found.is_empty() {
                identity.original_languages = found.into_iter().map(|(_, code)| code.clone()).collect();
                return;
            }
        }
    }
}

fn claim(statement: &Statement, own: &Language, catalogue: &Catalogue, identity: &mut Identity) {
    let says = |clause: &&Clause| matches!(clause.kind, ClauseKind::Note | ClauseKind::Masthead | ClauseKind::Footnote);
    let head = statement
        .clauses
        .iter()
        .filter(|clause| matches!(clause.kind, ClauseKind::Title | ClauseKind::Heading))
        .take(3);
    for clause in statement.clauses.iter().filter(says).chain(head) {
        if clause.text.len() > 300 {
            continue;
        }
        for known in std::iter::once(own).chain(catalogue.fallback().filter(|other| other.code != own.code)) {
            let other = || {
                let says = |formula: &&ClaimFormula| !formula.claim.is_reissue();
                known.claims.iter().filter(says).find(|formula| formula.pattern.is_match(&clause.text))
            };
            let Some(found) = frame::claim_of_note(&clause.text, known).or_else(other) else { continue };
            if found.claim.is_reissue() {
                identity.dates.reissued = known.first_date(&clause.text);
            }
            (identity.claim, identity.claim_text) = (Some(found.claim.into()), Some(clause.text.clone()));
            return;
        }
    }
    let symbol = identity.symbol.clone().unwrap_or_default();
    let modified =
        catalogue.bodies().flat_map(|body| &body.modifiers).find(|modifier| modifier.pattern.is_match(&symbol));
    let marks = identity.reissue_marks;
    let found = match modified {
        Some(modifier) => (modifier.claim, symbol),
        None if marks > 0 => (Claim::Reissue(Reissue::default()), format!("{symbol}{}", "*".repeat(marks))),
        None => return,
    };
    (identity.claim, identity.claim_text) = (Some(found.0.into()), Some(found.1));
}
