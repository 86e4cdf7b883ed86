//! An edit as the rules see it, in the light of the other edits of its clauses.

use super::rule::Rule;
use super::sense::Senses;
use super::window::Window;
use crate::diff::Hunk;

/// An edit as the rules see it.
pub(super) struct Stretch<'a> {
    pub(super) hunk: &'a Hunk,
    pub(super) window: &'a Window<'a>,
    pub(super) senses: &'a Senses,
    /// The rule that tells its words as moved, where they stand elsewhere in the clause on the other side.
    pub(super) moved: Option<Rule>,
    /// The rule that tells it as one of two marks of emphasis that come or go together.
    pub(super) emphasis: Option<Rule>,
    /// Whether its words of content stand, in some form, among what the other side has at other places.
    pub(super) is_echoed: bool,
    /// Whether it is a comma that stands elsewhere in the clause on the other side.
    pub(super) comma_moved: bool,
}
