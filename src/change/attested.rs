//! The words of both texts and where they stand: a name that stands elsewhere too is no slip of the hand.

use std::{collections::HashMap, sync::OnceLock};

use crate::align::Link;
use crate::statement::Statement;
use crate::text::{Pair, fold_into};

/// Places of a word that are kept: one more than the clauses of most links.
const PLACES: usize = 3;
/// Fewest letters of a word that is kept.
const SHORT: usize = 4;

/// A clause of one side.
type ClausePlace = (bool, u32);

/// Where words of one side stand.
type Places = HashMap<String, Vec<u32>>;

/// The words of two statements, gathered at the first question.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    sides: Pair<&'a Statement>,
    words: OnceLock<Pair<Places>>,
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(sides: Pair<&'a Statement>) -> Self {
        Self { sides, words: OnceLock::new() }
    }

    /// The first places of a word, the side before first.
    fn places(&self, word: &str) -> impl Iterator<Item = ClausePlace> {
        let words = self.words.get_or_init(|| self.gather());
        let of = |places: &'_ Places| places.get(word).cloned().unwrap_or_default();
        let before = of(&words.before).into_iter().map(|at| (false, at));
        before.chain(of(&words.after).into_iter().map(|at| (true, at))).take(PLACES)
    }

    fn gather(&self) -> Pair<Places> {
        std::thread::scope(|scope| {
            let before = scope.spawn(|| places(self.sides.before));
            let after = places(self.sides.after);
            // A panic there is a panic here.
            let before = before.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            Pair { before, after }
        })
    }
}

fn places(statement: &Statement) -> Places {
    let mut words = Places::new();
    let mut key = String::new();
    for (at, clause) in statement.clauses.iter().enumerate() {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        for word in clause.text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() >= SHORT) {
            if word.chars().nth(SHORT - 1).is_none() {
                continue;
            }
            key.clear();
            if word.is_ascii() {
                key.push_str(word);
                key.make_ascii_lowercase();
            } else {
                fold_into(word, &mut key);
                key = key.to_lowercase();
            }
            match words.get_mut(key.as_str()) {
                Some(places) if places.len() < PLACES && places.last() != Some(&at) => places.push(at),
                Some(_) => {}
                None => drop(words.insert(key.clone(), vec![at])),
            }
        }
    }
    words
}

/// The words that stand outside a link.
pub(super) struct Attested<'a> {
    pub(super) vocabulary: &'a Vocabulary<'a>,
    pub(super) link: &'a Link,
}

impl Attested<'_> {
    /// Whether the word, folded and in lower case, stands in a clause outside the link.
    pub(super) fn is_attested(&self, word: &str) -> bool {
        let inside = |(is_after, clause): ClausePlace| {
            let own = if is_after { &self.link.after } else { &self.link.before };
            own.contains(&(clause as usize))
        };
        !self.vocabulary.places(word).all(inside)
    }
}
