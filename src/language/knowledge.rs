//! What is known where a text is read: the catalogue, and which of its languages the text is in.

use super::{catalogue::Catalogue, data::Language};

/// A catalogue and the language of a text, where that is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Knowledge<'a> {
    /// What the call knows.
    pub(crate) catalogue: &'a Catalogue,
    /// The language of the text.
    pub(crate) language: Option<&'a Language>,
}
