//! unreadable-text
//!
//! What it checks: a statement that a pull request adds or edits can be read: it is a plain file with a name in UTF-8,
//! no larger than a text may be, and its bytes are text.
//!
//! Why it matters: what can't be read can't be compared, and what is not compared must not pass: one bad byte would be
//! enough to hide a change of every clause.
//!
//! Example: a pull request that makes a symbolic link of statements/a.txt, or puts the first bytes of a PDF before its
//! text.
//!
//! How it is set: it always holds. Mend the file, or take it out of the patterns of `ci.files` at the base.

use crate::audit::case::Case;
use crate::audit::observed;
use crate::audit::outcome::Finding;
use crate::audit::outcome::Observation;
use crate::audit::policy::Policy;

pub(super) const NAME: &str = "unreadable-text";

pub(super) fn check(case: &Case<'_>, _: &Policy) -> Vec<Finding> {
    observed::told(case, Observation::Unreadable, NAME)
}
