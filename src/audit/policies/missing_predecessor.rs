//! missing-predecessor
//!
//! What it checks: a version that says it is a reissue, a corrigendum or a revision has an earlier version of the same
//! work in the same language in the corpus.
//!
//! Why it matters: without the earlier issue nobody can say what changed. That is not the same as nothing having
//! changed, so it does not pass. Documents that are reissued are often put in the place of the first issue, which is
//! then hard to come by.
//!
//! Example: a letter reissued for technical reasons, of which only the reissue was ever kept.
//!
//! How it is set: it has no setting. Add the earlier issue to the corpus.

use crate::audit::case::Case;
use crate::audit::finding;
use crate::audit::outcome::Finding;
use crate::audit::policy::Policy;

pub(super) const NAME: &str = "missing-predecessor";

pub(super) fn check(case: &Case<'_>, _policy: &Policy) -> Vec<Finding> {
    let Some(claim) = case.claim.as_ref().filter(|claim| claim.claim().follows() && case.before.is_none()) else {
        return Vec::new();
    };
    let message =
        format!("it claims to be a {claim}, and its earlier issue is not in the corpus: the claim can't be tested");
    vec![finding::of_case(case, NAME, message)]
}
