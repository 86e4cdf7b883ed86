//! The frequent words of all languages of a catalogue, to tell a text's language by.

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::BuildHasherDefault,
    sync::Arc,
};

use super::data::Language;

/// Most languages of a catalogue: one bit each.
pub(super) const MOST_LANGUAGES: usize = 64;

/// Which languages have a word among their frequent ones, a bit each.
pub(crate) struct FrequentWords(HashMap<Box<str>, u64, BuildHasherDefault<DefaultHasher>>);

impl FrequentWords {
    /// Those of some languages, of which the first has the lowest bit; a catalogue has no more than there are bits.
    pub(super) fn of(languages: &[Arc<Language>]) -> Self {
        let mut table: HashMap<Box<str>, u64, _> = HashMap::default();
        for (at, language) in languages.iter().enumerate().take(MOST_LANGUAGES) {
            for word in &language.frequent {
                *table.entry(word.as_str().into()).or_default() |= 1 << at;
            }
        }
        Self(table)
    }

    /// The bits of the languages that have a word, in lower case, among their frequent ones.
    pub(crate) fn of_word(&self, word: &str) -> Option<u64> {
        self.0.get(word).copied()
    }
}
