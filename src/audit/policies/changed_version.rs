//! changed-version
//!
//! What it checks: a version that was committed is neither changed nor removed by a later commit. It is checked where a
//! range of commits is looked at (`recension ci`); `recension verify` looks at the whole history.
//!
//! Why it matters: what was cited yesterday must be there tomorrow, byte for byte. A correction is a version of its own.
//!
//! Example: a pull request that mends a typing error in the text.txt of a version that is two years old.
//!
//! How it is set: it always holds. Add the corrected text as a version: `recension add FILE --claim corrigendum`.

use crate::audit::case::{Case, Tampering};
use crate::audit::finding;
use crate::audit::outcome::Finding;
use crate::audit::policy::Policy;

pub(super) const NAME: &str = "changed-version";

pub(super) fn check(case: &Case<'_>, _: &Policy) -> Vec<Finding> {
    let message = match case.touched {
        Tampering::Not => return Vec::new(),
        Tampering::Changed => "it was changed, and a version never changes: add the new text as a version of its own",
        Tampering::Removed => "it was removed, and a version stays for good",
    };
    vec![finding::of_case(case, NAME, message.to_owned())]
}
