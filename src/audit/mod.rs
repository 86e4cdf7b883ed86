//! The audit: what a version claims to be against what changed in it.
//!
//! It takes comparisons that are made already and says which of them keep to the policy. A version without a
//! predecessor that claims to follow none has nothing to be held against, and gives no result.

mod case;
mod finding;
mod observed;
mod outcome;
mod policies;
mod policy;
mod timeline;
mod waivers;

pub use case::{Audit, Case, ComparedStatements, Tampering};
pub use outcome::{Finding, Observation, ObservedFault, Outcome, WaivedFinding};
pub use policies::{Rule, rule, rules};
pub use policy::{Policy, PolicyError};
pub use timeline::lacking;
pub use timeline::{Entry, MissingVersion, Relative, Timeline};
pub use waivers::{UnusedWaiver, Waiver, waiver_text, waivers};

/// Runs the audit over cases, and keeps their order.
///
/// ```
/// use recension::{audit::{self, Case, ComparedStatements, Policy}, change, ingest, statement::StatedClaim};
///
/// let read = |text: &str| ingest::read(text.as_bytes(), ingest::Options::default());
/// let before = read("Each side shall accept up to 150 inspections a year.")?.statement;
/// let after = read("Each side shall accept up to 105 inspections a year.")?.statement;
/// let policy = Policy::default();
/// let comparison = change::compare(&before, &after, &policy.options());
///
/// let case = Case {
///     before: Some("text.txt".to_owned()),
///     after: "reissue.txt".to_owned(),
///     claim: Some(StatedClaim::from("reissue for technical reasons".to_owned())),
///     compared: Some(ComparedStatements { before: &before, after: &after, comparison: &comparison }),
///     ..Case::default()
/// };
/// let audit = audit::run([&case], &policy);
/// assert_eq!(audit.results[0].findings[0].policy, "technical-claim");
/// # Ok::<(), ingest::ReadError>(())
/// ```
#[must_use]
pub fn run<'a>(cases: impl IntoIterator<Item = &'a Case<'a>>, policy: &Policy) -> Audit {
    Audit { results: cases.into_iter().filter_map(|case| examine(case, policy)).collect(), waived: Vec::new() }
}

/// Holds one version against its predecessor. Nothing is said of a version that has none and claims none.
#[must_use]
pub(crate) fn examine(case: &Case<'_>, policy: &Policy) -> Option<Outcome> {
    if case.is_empty() {
        return None;
    }
    Some(Outcome {
        work: case.work.clone(),
        language: case.language.clone(),
        before: case.before.clone(),
        after: case.after.clone(),
        claim: case.claim.clone(),
        verdict: case.compared.map(|compared| compared.comparison.verdict),
        findings: rules().iter().flat_map(|rule| (rule.check)(case, policy)).collect(),
        file: case.lines.after.map(|lined| lined.path.clone()).or_else(|| case.file.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::Comparison;
    use crate::change::{Change, Class, Edit, Op, Place, Relation, Tier, Verdict};
    use crate::ingest;
    use crate::statement::ClauseIndex;
    use crate::statement::Statement;
    use crate::text::Pair;
    use crate::text::Span;

    fn statement(text: &str) -> Statement {
        ingest::read(text.as_bytes(), ingest::Options { language: Some("en"), ..ingest::Options::default() })
            .expect("text")
            .statement
    }

    /// `150` became `105` in every clause.
    fn comparison(clauses: usize, tier: Tier) -> Comparison {
        let change = |at| Change {
            relation: Relation::Modified,
            clauses: Pair::new(vec![at], vec![at]),
            moved: false,
            renumbered: false,
            similarity: 0.9,
            tier: Some(tier),
            classes: vec![Class::Number],
            edits: vec![Edit {
                op: Op::Replace,
                class: Class::Number,
                tier,
                rule: "number.value",
                reasons: Vec::new(),
                texts: Pair::new("150".to_owned(), "105".to_owned()),
                places: Pair::from_fn(|_| Some(Place { clause: at, span: Span::new(0, 3) })),
            }],
            part: crate::statement::Part::Body,
            left_out: None,
        };
        Comparison {
            changes: ClauseIndex::range(0..clauses).map(change).collect(),
            verdict: Verdict::Changed(tier),
            skipped: 0,
            has_lexicon: Pair::new(true, true),
        }
    }

    fn outcome(claim: Option<&str>, status: Option<&str>, tier: Tier, policy: &Policy) -> Outcome {
        let (before, after) = (statement("1. We keep 150 posts.\n"), statement("1. We keep 105 posts.\n"));
        let comparison = comparison(1, tier);
        let case = Case {
            work: Some("a/b".to_owned()),
            language: Some("en".to_owned()),
            before: Some("a/b@2031~en".to_owned()),
            after: "a/b@2032~en".to_owned(),
            claim: claim.map(|words| words.to_owned().into()),
            status: status.map(|words| words.to_owned().into()),
            compared: Some(ComparedStatements { before: &before, after: &after, comparison: &comparison }),
            ..Case::default()
        };
        examine(&case, policy).expect("an outcome")
    }

    #[test]
    fn claims_are_held_to_their_tiers() {
        let policy = Policy::default();
        let fails = |claim, status, tier| !outcome(claim, status, tier, &policy).passes();
        assert!(fails(Some("second reissue for technical reasons"), None, Tier::Substantive));
        assert!(fails(Some("reissue for technical reasons"), None, Tier::Review));
        assert!(!fails(Some("reissue for technical reasons"), None, Tier::Editorial));
        assert!(fails(Some("reissue"), None, Tier::Review));
        assert!(!fails(Some("corrigendum"), None, Tier::Substantive));
        assert!(!fails(Some("adoption"), None, Tier::Substantive));
        assert!(fails(None, None, Tier::Review));
        assert!(!fails(None, Some("draft"), Tier::Substantive));
        assert!(fails(Some("better paper"), None, Tier::Review));
    }

    #[test]
    fn findings_quote_the_change() {
        let found = outcome(Some("reissue for technical reasons"), None, Tier::Substantive, &Policy::default());
        let [finding] = &found.findings[..] else { panic!("one finding: {found:?}") };
        assert_eq!((finding.policy, finding.message.as_str()), ("technical-claim", "“150” → “105” (number)"));
        assert!(finding.address.is_some());
    }

    #[test]
    fn policies_can_be_tightened() {
        let policy = Policy::parse("[policy]\ncorrigendum = \"review\"\n", "p").expect("a policy");
        let found = outcome(Some("corrigendum"), None, Tier::Substantive, &policy);
        assert_eq!(found.findings.first().map(|finding| finding.policy), Some("claimed-tier"));
    }

    #[test]
    fn a_missing_predecessor_is_no_pass() {
        let case = |claim: Option<&str>| Case {
            work: None,
            language: None,
            before: None,
            after: "a/b@2032~en".to_owned(),
            claim: claim.map(|words| words.to_owned().into()),
            ..Case::default()
        };
        let found = examine(&case(Some("reissue for technical reasons")), &Policy::default()).expect("an outcome");
        assert_eq!(found.findings.iter().map(|finding| finding.policy).collect::<Vec<_>>(), ["missing-predecessor"]);
        assert!(!found.passes() && found.verdict.is_none());
        assert_eq!(examine(&case(None), &Policy::default()), None);
    }

    #[test]
    fn many_findings_are_counted() {
        let many = "1. We keep 150 posts.\n\n".repeat(30);
        let before = statement(&many);
        let comparison = comparison(before.clauses.len().min(25), Tier::Substantive);
        let case = Case {
            work: None,
            language: None,
            before: Some("x".to_owned()),
            after: "y".to_owned(),
            claim: Some("reissue for technical reasons".to_owned().into()),
            status: None,
            compared: Some(ComparedStatements { before: &before, after: &before, comparison: &comparison }),
            ..Case::default()
        };
        let found = examine(&case, &Policy::default()).expect("an outcome");
        assert_eq!(found.findings.len(), 21);
        assert!(found.findings[20].message.starts_with("5 more changes"), "{}", found.findings[20].message);
    }
}
