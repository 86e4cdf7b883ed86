//! The words of both texts and where they stand: a name that stands elsewhere too is no slip of the hand.

use std::{collections::HashMap, sync::OnceLock};

use crate::align::Link;
use crate::statement::Statement;
use crate::text::{Pair, folded};

/// Places of a word that are kept: one more than the clauses of most links.
const PLACES: usize = 3;
/// Fewest letters of a word that is kept.
const SHORT: usize = 4;

/// A clause of one side.
type ClausePlace = (bool, u32);

/// The words of two statements, gathered at the first question.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    sides: Pair<&'a Statement>,
    words: OnceLock<HashMap<String, Vec<ClausePlace>>>,
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(sides: Pair<&'a Statement>) -> Self {
        Self { sides, words: OnceLock::new() }
    }

    fn words(&self) -> &HashMap<String, Vec<ClausePlace>> {
        self.words.get_or_init(|| {
            let mut words: HashMap<String, Vec<ClausePlace>> = HashMap::new();
            for (is_after, statement) in [(false, self.sides.before), (true, self.sides.after)] {
                for (at, clause) in statement.clauses.iter().enumerate() {
                    let place = (is_after, u32::try_from(at).unwrap_or(u32::MAX));
                    for word in clause.text.split(|c: char| !c.is_alphabetic()) {
                        if word.chars().nth(SHORT - 1).is_none() {
                            continue;
                        }
                        let places = words.entry(folded(word).to_lowercase()).or_default();
                        if places.len() < PLACES && places.last() != Some(&place) {
                            places.push(place);
                        }
                    }
                }
            }
            words
        })
    }
}

/// The words that stand outside a link.
pub(super) struct Attested<'a> {
    pub(super) vocabulary: &'a Vocabulary<'a>,
    pub(super) link: &'a Link,
}

impl Attested<'_> {
    /// Whether the word, folded and in lower case, stands in a clause outside the link.
    pub(super) fn is_attested(&self, word: &str) -> bool {
        let inside = |(is_after, clause): &ClausePlace| {
            let own = if *is_after { &self.link.after } else { &self.link.before };
            own.contains(&(*clause as usize))
        };
        self.vocabulary.words().get(word).is_some_and(|places| !places.iter().all(inside))
    }
}
