//! One version of an official document, read.

use serde::Serialize;

use super::clause::{Clause, DroppedPiece};
use super::component::Component;
use super::identity::Identity;
use super::index::ClauseIndex;
use crate::language::{Catalogue, Language, LanguageCode};

/// One version of an official document, read.
///
/// Clauses stand in the order of the text. Every byte of the source that is not white space is in a clause (its text or
/// its label) or in `dropped`; [`Ledger`](super::Ledger) says which.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Statement {
    /// What it was read with: what comes after knows the same.
    #[serde(skip)]
    pub catalogue: Catalogue,
    /// The code of its language, if it can be told; that does not say that more is known of the language.
    pub language: Option<LanguageCode>,
    /// What it says of itself.
    pub identity: Identity,
    /// Its parts, in order.
    pub components: Vec<Component>,
    /// Its clauses, in order.
    pub clauses: Vec<Clause>,
    /// What the extraction added and the reader removed.
    pub dropped: Vec<DroppedPiece>,
}

impl Statement {
    /// What is known of its language.
    #[must_use]
    pub(crate) fn known_language(&self) -> Option<&Language> {
        self.language.and_then(|code| self.catalogue.language(&code))
    }

    /// Whether the words of its language have a lexicon: without one no change of words is classified.
    #[must_use]
    pub fn has_lexicon(&self) -> bool {
        self.known_language().is_some_and(Language::has_lexicon)
    }

    /// The clauses in their order, each with its place.
    pub fn each_clause(&self) -> impl DoubleEndedIterator<Item = (ClauseIndex, &Clause)> {
        self.clauses.iter().enumerate().map(|(at, clause)| (ClauseIndex::new(at), clause))
    }
}
