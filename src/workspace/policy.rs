//! What a corpus says its classes and claims weigh.

use crate::audit::{Policy, PolicyError};
use crate::corpus::Corpus;

/// The policy of a corpus: the table `[policy]` of its settings.
///
/// # Errors
/// [`PolicyError`] where it has an unknown key, class or tier.
pub(crate) fn policy_of(corpus: &Corpus) -> Result<Policy, PolicyError> {
    let (text, path) = corpus.settings_source();
    Policy::parse(text, &path)
}
