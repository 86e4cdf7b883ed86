//! Which labels became which, so that a cross-reference that follows its clause alarms nobody.
//!
//! A reference follows only clauses of this text, of the kind that it names: "article 2" follows the label `Article 2`,
//! "paragraph 2" the label `2.`, neither follows the other. Where clauses with one label became different ones, nothing
//! tells which of them is meant, and the reference follows none.

use std::collections::{BTreeMap, BTreeSet};

use crate::align::Link;
use crate::language::{common, decimal_digit, han_numeral};
use crate::statement::{ClauseIndex, PerClause, Statement};
use crate::text::{Pair, folded_lower};

/// Letters at the beginning that the word of a label and that of a reference share: article, articles.
const SHARED: usize = 4;

/// Old labels and the counters of the same clauses now.
#[derive(Debug, Default)]
pub(super) struct Renumbering {
    /// By counter, then by the word of the label and the part of the document.
    became: BTreeMap<String, Vec<LabelChange>>,
    /// The part of the document that each clause before stands in.
    components: PerClause<Option<usize>>,
}

#[derive(Debug)]
struct LabelChange {
    word: String,
    component: Option<usize>,
    new: BTreeSet<String>,
}

/// A number that cites.
#[derive(Clone, Debug)]
pub(super) struct CitedNumber {
    /// The word it is cited by, folded and in lower case: paragraph, 条.
    pub(super) noun: String,
    /// Whether clauses whose labels have no word are called so.
    pub(super) is_plain: bool,
    /// Whether it is a clause of this text, and not of another one that is named beside it.
    pub(super) is_own: bool,
}

/// A label taken apart.
struct Label {
    /// Its word, folded and in lower case: `article`, 条; empty where it has none.
    word: String,
    /// Its counter as references give it: `5`, `b`, `4.1`.
    counter: String,
}

impl Renumbering {
    /// What became of the labels of linked clauses.
    pub(super) fn new(sides: Pair<&Statement>, links: &[Link]) -> Self {
        let components = sides.before.clauses.iter().map(|clause| clause.component).collect();
        let mut own = Self { became: BTreeMap::new(), components };
        for link in links {
            let Some(first) = link.clauses.as_ref().map(|clauses| clauses.first().copied()).both() else { continue };
            let clauses = sides.zip(first).map(|(side, at)| &side.clauses[at]);
            let labels = clauses.map(|clause| clause.label.as_deref().and_then(Label::of));
            if let Some(labels) = labels.both() {
                own.add(labels.before, clauses.before.component, labels.after.counter);
            }
        }
        own
    }

    fn add(&mut self, old: Label, component: Option<usize>, new: String) {
        let entries = self.became.entry(old.counter).or_default();
        match entries.iter_mut().find(|entry| entry.word == old.word && entry.component == component) {
            Some(entry) => {
                entry.new.insert(new);
            }
            None => entries.push(LabelChange { word: old.word, component, new: BTreeSet::from([new]) }),
        }
    }

    /// Whether the clauses that a reference in clause `at` cites by a counter before are counted as that after says now.
    pub(super) fn follows(&self, at: Option<ClauseIndex>, cited: &CitedNumber, counters: Pair<&str>) -> bool {
        let Pair { before: old, after: new } = counters;
        let fits = |entry: &&LabelChange| match entry.word.is_empty() {
            true => cited.is_plain,
            false => is_same_word(&entry.word, &cited.noun),
        };
        let all: Vec<&LabelChange> = self.became.get(old).into_iter().flatten().filter(fits).collect();
        let component = at.and_then(|at| self.components.get(at).copied()).flatten();
        let near: Vec<&LabelChange> = all.iter().copied().filter(|entry| entry.component == component).collect();
        let entries = if near.is_empty() { all } else { near };
        !entries.is_empty() && entries.iter().all(|entry| entry.new.len() == 1 && entry.new.contains(new))
    }
}

/// Whether two words begin alike, as far as an ending may differ.
fn is_same_word(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let shorter = a.chars().count().min(b.chars().count());
    a == b || common >= SHARED.min(shorter) && common > 0 && shorter >= SHARED
}

/// The letters and digits of a label, and the dots that part its counters, digits of every script as ASCII has them:
/// `1.1` is not `11.`.
pub(super) fn plain(label: &str) -> String {
    let mut plain: String = label.chars().filter(|c| c.is_alphanumeric() || *c == '.').map(ascii).collect();
    plain.truncate(plain.trim_end_matches('.').len());
    plain
}

fn ascii(c: char) -> char {
    decimal_digit(c).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
}

impl Label {
    fn of(label: &str) -> Option<Self> {
        let label: String = folded_lower(label).chars().map(ascii).collect();
        let core = label.trim_matches(|c: char| !c.is_alphanumeric());
        if core.is_empty() {
            return None;
        }
        if let Some(found) = Self::han(core) {
            return Some(found);
        }
        let start = core.find(|c: char| c.is_ascii_digit());
        // Without a digit the last word counts: (a), Part II.
        let start = start.unwrap_or_else(|| core.rfind(char::is_whitespace).map_or(0, |at| at + 1));
        let (word, counter) = core.split_at(start);
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let counter = counter.chars().filter(|c| c.is_alphanumeric() || *c == '.').collect();
        Some(Self { word, counter })
    }

    /// 第二条, 一: what stands behind the numeral is the word.
    fn han(core: &str) -> Option<Self> {
        let body = common().han_ordinals.iter().find_map(|word| core.strip_prefix(word.as_str())).unwrap_or(core);
        let end = body.find(|c: char| han_numeral(c.encode_utf8(&mut [0; 4])).is_none()).unwrap_or(body.len());
        let value = han_numeral(&body[..end])?;
        Some(Self { word: body[end..].to_owned(), counter: value.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_labels_apart() {
        for (label, word, counter) in [
            ("Article 2.", "article", "2"),
            ("第二条", "条", "2"),
            ("一、", "", "1"),
            ("4.1", "", "4.1"),
            ("(b)", "", "b"),
            ("Part II", "part", "ii"),
            ("المادة ٢", "المادة", "2"),
        ] {
            let found = Label::of(label).expect("a label");
            assert_eq!((found.word.as_str(), found.counter.as_str()), (word, counter), "{label}");
        }
    }
}
