//! The words of both texts and where they stand: a name that stands elsewhere too is no slip of the hand.

use std::{collections::HashMap, sync::OnceLock};

use crate::align::Link;
use crate::execution::Execution;
use crate::statement::Statement;
use crate::text::words::{WordChars, words};
use crate::text::{Pair, fold_into};

/// Fewest letters of a word that is kept.
const SHORT: usize = 4;

/// Where a word stands.
#[derive(Debug)]
struct WordPlace {
    /// The first link that has it.
    link: usize,
    /// Whether another has it too.
    elsewhere: bool,
}

/// Links that are read as one part: what a word is looked up in grows with the number of parts.
const PART: usize = 512;

/// Where the words of some links stand.
type Words = HashMap<String, WordPlace>;

/// The words of two statements, gathered at the first question.
#[derive(Debug)]
pub(super) struct WordIndex<'a> {
    sides: Pair<&'a Statement>,
    links: &'a [Link],
    /// Those of the links, some links in each part.
    parts: OnceLock<Vec<Words>>,
    execution: Execution,
}

impl<'a> WordIndex<'a> {
    /// Nothing is read before the first question.
    pub(super) const fn new(sides: Pair<&'a Statement>, links: &'a [Link], execution: Execution) -> Self {
        Self { sides, links, parts: OnceLock::new(), execution }
    }

    /// Whether a word, folded and in lower case, stands in a clause outside the link of that number.
    fn stands_outside(&self, word: &str, link: usize) -> bool {
        let parts = self.parts.get_or_init(|| self.gather());
        parts.iter().filter_map(|words| words.get(word)).any(|seen| seen.elsewhere || seen.link != link)
    }

    /// The words of all links, in parts as many as threads may work.
    fn gather(&self) -> Vec<Words> {
        let count = self.links.len();
        let execution = self.execution.up_to(count / PART + 1);
        let size = count.div_ceil(execution.most()).max(1);
        let starts: Vec<usize> = (0..count).step_by(size).collect();
        execution.map(&starts, |start| self.words(*start..count.min(start + size)))
    }

    fn words(&self, links: std::ops::Range<usize>) -> Words {
        let mut words = Words::new();
        let mut key = String::new();
        for at in links {
            let link = &self.links[at];
            let sides = self.sides.zip(link.clauses.as_ref());
            let texts = sides.map(|(side, clauses)| clauses.iter().map(|clause| &side.clauses[*clause].text));
            // Equal texts have the same words.
            let skipped = if link.differs(self.sides) { 0 } else { link.clauses.before.len() };
            for text in texts.before.chain(texts.after.skip(skipped)) {
                for word in spelt(text) {
                    note(word, at, &mut key, &mut words);
                }
            }
        }
        words
    }
}

/// Notes that a word stands in the link of that number. `key` is room to work in.
fn note(word: &str, link: usize, key: &mut String, words: &mut Words) {
    key.clear();
    if word.is_ascii() {
        key.push_str(word);
        key.make_ascii_lowercase();
    } else {
        fold_into(word, key);
        *key = key.to_lowercase();
    }
    match words.get_mut(key.as_str()) {
        Some(seen) => seen.elsewhere |= seen.link != link,
        None => drop(words.insert(key.clone(), WordPlace { link, elsewhere: false })),
    }
}

/// The words of a text that are long enough to be kept.
fn spelt(text: &str) -> impl Iterator<Item = &str> {
    let is_long = |word: &&str| word.len() >= SHORT && (word.is_ascii() || word.chars().nth(SHORT - 1).is_some());
    words(text, WordChars::LETTERS).filter(is_long)
}

/// The words that stand outside a link.
pub(super) struct OtherClauses<'a> {
    pub(super) vocabulary: &'a WordIndex<'a>,
    /// The number of the link.
    pub(super) link: usize,
}

impl OtherClauses<'_> {
    /// Whether the word, folded and in lower case, stands in a clause outside the link.
    pub(super) fn stand_outside(&self, word: &str) -> bool {
        self.vocabulary.stands_outside(word, self.link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_a_text_into_words() {
        let words = |text| spelt(text).collect::<Vec<_>>();
        assert_eq!(words("The Sides’ über-alt, naïve wörd2sea été"), ["Sides", "über", "naïve", "wörd"]);
        assert_eq!(words("Стороны и др."), ["Стороны"]);
        assert!(words("").is_empty());
    }
}
