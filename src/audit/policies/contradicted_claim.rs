//! contradicted-claim
//!
//! What it checks: what is recorded that a version claims to be does not contradict what its text prints. What the text
//! prints is what the version is held to.
//!
//! Why it matters: the printed claim is what readers see. A record that says “revision” of a text that says “reissued
//! for technical reasons” would let any change pass.
//!
//! Example: version.toml has `claim = "revision"`, and the footnote says “Reissued for technical reasons on 26
//! September 2031”.
//!
//! How it is set: it always holds. Leave the claim out of the record or the sidecar: the text says it.

use crate::audit::case::Case;
use crate::audit::finding;
use crate::audit::outcome::Finding;
use crate::audit::policy::Policy;

pub(super) const NAME: &str = "contradicted-claim";

pub(super) fn check(case: &Case<'_>, _: &Policy) -> Vec<Finding> {
    let (Some(printed), Some(recorded)) = (&case.claim, &case.recorded) else { return Vec::new() };
    let same = printed.words().trim().eq_ignore_ascii_case(recorded.words().trim());
    if same || printed.claim().agrees(recorded.claim()) {
        return Vec::new();
    }
    let message = format!("its record says “{recorded}”, and its text says “{printed}”, which is what it is held to");
    vec![finding::of_case(case, NAME, message)]
}
