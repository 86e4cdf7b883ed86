//! Two texts, read at once and compared under the settings that hold for them.

use super::error::WorkspaceError;
use super::input::Input;
use super::policy::policy_of;
use crate::change::Options;
use crate::ingest;
use crate::record::Document;
use crate::text::Pair;

/// Reads two sides at once. Where both fail, the error of the first is told.
///
/// # Errors
/// [`WorkspaceError`] where one can't be read, or is no text.
pub fn read_both(sides: Pair<&Input>, options: Pair<ingest::Options<'_>>) -> Result<Pair<Document>, WorkspaceError> {
    let Pair { before, after } = sides.zip(options);
    let (before, after) = after.1.execution.join(|| before.0.read(before.1), || after.0.read(after.1));
    Ok(Pair::new(before?, after?))
}

/// Where a version of a corpus is compared, the corpus says what its classes weigh; the later side's, if there are two.
/// None of texts that no corpus holds.
///
/// # Errors
/// [`WorkspaceError`] where the policy can't be read.
pub(crate) fn options_for(sides: Pair<&Input>) -> Result<Option<Options>, WorkspaceError> {
    for side in [sides.after, sides.before] {
        if let Input::Version { corpus, .. } = side {
            return Ok(Some(policy_of(corpus)?.options()));
        }
    }
    Ok(None)
}
