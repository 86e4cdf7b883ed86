//! Numbers for words, so that comparing two tokens is comparing two integers.

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::BuildHasherDefault,
};

/// The number of a word in an [`Interner`]; equal numbers are equal words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TokenId(pub u32);

/// Gives each different word a number, in the order in which they come.
///
/// The hash is SipHash with a fixed key: no run differs from another, and no text can be made to collide cheaply. The
/// table is only ever asked, never walked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    ids: HashMap<Box<str>, u32, BuildHasherDefault<DefaultHasher>>,
}

impl Interner {
    /// An empty table.
    #[must_use]
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The number of `word`, a new one if it has none.
    ///
    /// # Panics
    /// Beyond 2³² different words.
    pub(crate) fn intern(&mut self, word: &str) -> TokenId {
        if let Some(&id) = self.ids.get(word) {
            return TokenId(id);
        }
        let id = u32::try_from(self.ids.len()).expect("fewer than 2^32 different words");
        self.ids.insert(word.into(), id);
        TokenId(id)
    }

    /// How many different words it holds.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }
}
