//! damaged-version
//!
//! What it checks: a version that a pull request adds holds together: its record can be read, every hash is there and
//! fits, its folder holds what the record names and nothing else, and no part of it is a link or a nested repository.
//!
//! Why it matters: what does not hold together can be exchanged unseen.
//!
//! Example: a version whose folder is a symbolic link to a folder outside of the corpus.
//!
//! How it is set: it always holds. `recension verify` looks at all versions in the same way.

use crate::audit::case::Case;
use crate::audit::observed;
use crate::audit::outcome::Finding;
use crate::audit::outcome::Observation;
use crate::audit::policy::Policy;

pub(super) const NAME: &str = "damaged-version";

pub(super) fn check(case: &Case<'_>, _: &Policy) -> Vec<Finding> {
    observed::told(case, Observation::Damaged, NAME)
}
