//! What the audit says: outcomes, and the findings in them.

use super::{Case, Compared};
use crate::change::{Change, Class, Edit, Relation, Tier, Verdict};
use crate::statement::Clause;

/// Findings of one policy that are listed one by one.
const MOST_FINDINGS: usize = 20;

/// Edits of one change that a message quotes.
const MOST_QUOTES: usize = 3;

/// Characters of a quotation.
const MOST_CHARS: usize = 60;

/// One version against its predecessor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The work; absent for files outside a corpus.
    pub work: Option<String>,
    /// ISO 639-1 code of the language, if it is known.
    pub language: Option<String>,
    /// What names the predecessor; absent where the corpus holds none.
    pub before: Option<String>,
    /// What names the version.
    pub after: String,
    /// What the version claims to be.
    pub claim: Option<String>,
    /// The highest tier of what changed; absent where there was nothing to compare.
    pub verdict: Option<Verdict>,
    /// Where it breaks the policy.
    pub findings: Vec<Finding>,
}

impl Outcome {
    /// Whether it keeps to the policy.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.findings.is_empty()
    }
}

/// One breach of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The policy.
    pub policy: &'static str,
    /// What the change amounts to; absent where it is no change that breaks the policy.
    pub tier: Option<Tier>,
    /// What is wrong, in one line.
    pub message: String,
    /// Where a reader would look.
    pub address: Option<String>,
}

/// One finding for each change above a tier, the gravest first, else in the order of the text; past the first twenty,
/// one that counts the others.
///
/// Without a limit every change that has a tier is told.
pub(super) fn above(case: &Case<'_>, limit: impl Into<Option<Tier>>, policy: &'static str) -> Vec<Finding> {
    let limit: Option<Tier> = limit.into();
    let Some(compared) = case.compared else { return Vec::new() };
    let mut changes: Vec<(&Change, Tier)> =
        compared.comparison.changes.iter().filter_map(|change| Some((change, change.tier?))).collect();
    changes.retain(|(_, tier)| Some(*tier) > limit);
    changes.sort_by_key(|(_, tier)| std::cmp::Reverse(*tier));
    let listed = changes.iter().take(MOST_FINDINGS);
    let mut findings: Vec<Finding> = listed
        .map(|(change, tier)| Finding {
            policy,
            tier: Some(*tier),
            message: message(change, compared, limit),
            address: address(change, compared),
        })
        .collect();
    if let Some((_, tier)) = changes.get(MOST_FINDINGS) {
        let more = changes.len() - MOST_FINDINGS;
        let changes = if more == 1 { "change" } else { "changes" };
        let message = match limit {
            Some(limit) => format!("{more} more {changes} above {limit}"),
            None => format!("{more} more {changes}"),
        };
        findings.push(Finding { policy, tier: Some(*tier), message, address: None });
    }
    findings
}

/// Where the gravest edit of a change stands, on the side after; of a deleted clause, on the side before.
fn address(change: &Change, compared: Compared<'_>) -> Option<String> {
    let gravest = gravest_first(&change.edits).into_iter().next();
    let after =
        gravest.and_then(|edit| edit.after_place).map(|place| place.clause).or_else(|| change.after.first().copied());
    let found = match after {
        Some(at) => compared.after.clauses.get(at),
        None => change.before.first().and_then(|at| compared.before.clauses.get(*at)),
    };
    found.map(|clause| clause.address.clone()).filter(|address| !address.is_empty())
}

fn gravest_first(edits: &[Edit]) -> Vec<&Edit> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.tier, edit.class)));
    edits
}

/// A change in one line: `“150” → “105” (number)`.
fn message(change: &Change, compared: Compared<'_>, limit: Option<Tier>) -> String {
    let whole = |clauses: &[Clause], at: &[usize]| {
        at.first().and_then(|at| clauses.get(*at)).map_or_else(String::new, |clause| quote(&clause.text))
    };
    let class = change.classes.first().map_or("", |class| class.name());
    match change.relation {
        Relation::Inserted => return format!("added {} ({class})", whole(&compared.after.clauses, &change.after)),
        Relation::Deleted => return format!("deleted {} ({class})", whole(&compared.before.clauses, &change.before)),
        _ => {}
    }
    let mut grave = gravest_first(&change.edits);
    grave.retain(|edit| Some(edit.tier) > limit);
    let mut parts: Vec<String> = grave.iter().take(MOST_QUOTES).map(|edit| edit_in_words(edit)).collect();
    if grave.len() > MOST_QUOTES {
        parts.push(format!("{} more", grave.len() - MOST_QUOTES));
    }
    if parts.is_empty() {
        // What weighs is not in the words: a move, a split, another number before the clause.
        let classes: Vec<&str> = change.classes.iter().copied().map(Class::name).collect();
        let clauses = if change.after.is_empty() {
            whole(&compared.before.clauses, &change.before)
        } else {
            whole(&compared.after.clauses, &change.after)
        };
        return format!("{clauses} ({})", classes.join(", "));
    }
    parts.join("; ")
}

fn edit_in_words(edit: &Edit) -> String {
    let class = edit.class;
    match (edit.before.is_empty(), edit.after.is_empty()) {
        (true, _) => format!("added {} ({class})", quote(&edit.after)),
        (_, true) => format!("deleted {} ({class})", quote(&edit.before)),
        _ => format!("{} → {} ({class})", quote(&edit.before), quote(&edit.after)),
    }
}

/// The beginning of a text in quotation marks.
fn quote(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("“{}…”", text[..end].trim_end()),
        None => format!("“{text}”"),
    }
}
