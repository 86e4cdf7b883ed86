//! The audit: what a version claims to be against what changed in it.
//!
//! It takes comparisons that are made already and says which of them keep to the policy. A version without a
//! predecessor that claims to follow none has nothing to be held against, and gives no result.

mod finding;
mod observed;
mod policies;
mod policy;
mod timeline;
mod waivers;

pub use finding::{Finding, Outcome};
pub use observed::{Observation, Observed};
pub use policies::{Rule, rule, rules};
pub use policy::{Policy, PolicyError};
pub use timeline::{Entry, Lacking, Relative, Timeline, lacking};
pub use waivers::{Unused, Waived, Waiver, waiver_text, waivers};

use crate::change::Comparison;
use crate::record::Lined;
use crate::statement::{Claim, StatedClaim, Statement, Status};
use crate::text::Pair;

/// A version and its predecessor, to be held against each other.
#[derive(Clone, Debug, Default)]
pub struct Case<'a> {
    /// The work; absent for files outside a corpus.
    pub work: Option<String>,
    /// ISO 639-1 code of the language, if it is known.
    pub language: Option<String>,
    /// What names the predecessor: a reference or a path; absent where the corpus holds none.
    pub before: Option<String>,
    /// What names the version.
    pub after: String,
    /// What the version claims to be: what its text prints, else what is recorded.
    pub claim: Option<StatedClaim>,
    /// What is recorded that it claims to be.
    pub recorded: Option<StatedClaim>,
    /// Its step on the way to adoption, if it is recorded.
    pub status: Option<Status>,
    /// The comparison with the predecessor, where there is one.
    pub compared: Option<Compared<'a>>,
    /// The files in which a reader would look findings up, where they are known.
    pub lines: Pair<Option<&'a Lined<'a>>>,
    /// What was done to it after it was committed.
    pub touched: Touched,
    /// What was seen beside its changes.
    pub observed: Vec<Observed>,
    /// The file that is looked up where no line is known.
    pub file: Option<String>,
    /// A hash of what stands there, which fingerprints of findings hold that are about no change.
    pub content: String,
}

impl Case<'_> {
    /// What its claim announces; nothing where it claims nothing.
    fn announces(&self) -> Option<Claim> {
        self.claim.as_ref().map(StatedClaim::claim)
    }

    /// Whether it says that it is a version of an earlier one.
    fn follows(&self) -> bool {
        self.announces().is_some_and(Claim::follows)
    }

    /// Whether there is anything to hold against anything.
    fn is_empty(&self) -> bool {
        let contradicted = self.recorded.is_some() && self.recorded != self.claim;
        let seen = self.touched != Touched::Not || !self.observed.is_empty() || contradicted;
        self.compared.is_none() && !self.follows() && !seen
    }
}

/// What was done to a version after it was committed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Touched {
    /// Nothing.
    #[default]
    Not,
    /// It was changed.
    Changed,
    /// It was removed.
    Removed,
}

/// Two versions and how they differ.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The predecessor.
    pub before: &'a Statement,
    /// The version.
    pub after: &'a Statement,
    /// How they differ.
    pub comparison: &'a Comparison,
}

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// One outcome for each version that could be held against something, in the order of work, language and date.
    pub results: Vec<Outcome>,
    /// What was let pass.
    pub waived: Vec<Waived>,
}

impl Audit {
    /// Whether every version keeps to the policy.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.results.iter().all(Outcome::passes)
    }
}

/// Runs the audit over cases, and keeps their order.
#[must_use]
pub fn run<'a>(cases: impl IntoIterator<Item = &'a Case<'a>>, policy: &Policy) -> Audit {
    Audit { results: cases.into_iter().filter_map(|case| examine(case, policy)).collect(), waived: Vec::new() }
}

/// Holds one version against its predecessor. Nothing is said of a version that has none and claims none.
#[must_use]
pub fn examine(case: &Case<'_>, policy: &Policy) -> Option<Outcome> {
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
    use crate::change::{Change, Class, Edit, Op, Place, Relation, Tier, Verdict};
    use crate::ingest;
    use crate::statement::ClauseIndex;
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
            compared: Some(Compared { before: &before, after: &after, comparison: &comparison }),
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
            compared: Some(Compared { before: &before, after: &before, comparison: &comparison }),
            ..Case::default()
        };
        let found = examine(&case, &Policy::default()).expect("an outcome");
        assert_eq!(found.findings.len(), 21);
        assert!(found.findings[20].message.starts_with("5 more changes"), "{}", found.findings[20].message);
    }
}
