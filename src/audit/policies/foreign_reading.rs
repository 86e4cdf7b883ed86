//! foreign-reading
//!
//! What it checks: the text.txt of a version that a pull request adds is what this program reads from its source. Where
//! another program read it, both readings are compared.
//!
//! Why it matters: people read text.txt and the audit compares sources: where the two differ, people read what nobody
//! has judged.
//!
//! Example: a version whose source says “105 inspections” and whose text.txt says “999 inspections”, with a hash that
//! fits.
//!
//! How it is set: it always holds. Add the source by `recension add`, which writes the reading text.

use crate::audit::case::Case;
use crate::audit::observed;
use crate::audit::outcome::Finding;
use crate::audit::outcome::Observation;
use crate::audit::policy::Policy;

pub(super) const NAME: &str = "foreign-reading";

pub(super) fn check(case: &Case<'_>, _: &Policy) -> Vec<Finding> {
    observed::told(case, Observation::Reading, NAME)
}
