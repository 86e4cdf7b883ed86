//! technical-claim
//!
//! What it checks: a version that says it was reissued "for technical reasons" differs from the version before it in no
//! more than the tier of `technical`, by default `editorial`: masthead, notes, numbering, punctuation, layout.
//!
//! Why it matters: the note is printed where a reader takes the new text for the old one. It is a claim to test, never an
//! exemption: a number, a date, a signatory or a negation that changes under it has changed what was agreed.
//!
//! Example: `* Reissued for technical reasons on 26 September 2031.` and in paragraph 7 “150” became “105”.
//!
//! How it is set: `technical = "editorial"` in the table `[policy]` of recension.toml; single classes in
//! `[policy.classes]`.

use crate::audit::case::Case;
use crate::audit::finding;
use crate::audit::outcome::Finding;
use crate::audit::policy::Policy;
use crate::statement::Claim;

pub(super) const NAME: &str = "technical-claim";

pub(super) fn check(case: &Case<'_>, policy: &Policy) -> Vec<Finding> {
    if case.announces().is_some_and(Claim::is_technical) {
        return finding::above(case, policy.technical, NAME);
    }
    Vec::new()
}
