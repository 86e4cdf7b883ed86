//! Which clause a reference means, and whether it still means the same one.
//!
//! A reference means only clauses of this text, of the kind that it names: "article 2" means the label `Article 2`,
//! "paragraph 2" the label `2.`, neither the other; "paragraph 2 (a)" an (a) under that 2. Where several fit, the one in
//! the nearest list counts; where that does not tell, the reference means none. So a number that follows its clause
//! alarms nobody, and one that stayed while the clauses were counted anew is told.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use crate::align::Link;
use crate::language::{common, decimal_digit, han_numeral};
use crate::statement::{Clause, ClauseIndex, PerClause, Statement};
use crate::text::{Pair, Side, folded_lower};

/// Letters at the beginning that the word of a label and that of a reference share: article, articles.
const SHARED: usize = 4;
/// Clauses of one counter that are looked at: more are a list of lists, in which no number says which.
const NAMESAKES: usize = 400;

/// The clauses of both texts by what they are cited by, and the links that they stand in.
pub(super) struct References<'a> {
    sides: Pair<&'a Statement>,
    links: &'a [Link],
    /// The link that each clause stands in.
    pub(super) owners: Pair<PerClause<usize>>,
    books: Pair<OnceLock<AddressBook>>,
    /// Counters before of clauses that are counted otherwise after, or are gone.
    recounted: OnceLock<HashSet<String>>,
}

/// The labelled clauses of a text.
#[derive(Default)]
struct AddressBook {
    labels: PerClause<Option<Label>>,
    /// By counter.
    clauses: HashMap<String, Vec<ClauseIndex>>,
}

/// A label taken apart.
struct Label {
    /// Its word, folded and in lower case: `article`, 条; empty where it has none.
    word: String,
    /// Its counter as references give it: `5`, `b`, `4.1`.
    counter: String,
}

/// A number that cites.
#[derive(Clone, Debug)]
pub(super) struct CitedNumber {
    /// The word it is cited by, folded and in lower case: paragraph, 条.
    pub(super) noun: String,
    /// The counters that stand before it in the citation, the outermost first: the 2 of "paragraph 2 (a)".
    pub(super) above: Vec<String>,
    /// Whether clauses whose labels have no word are called so.
    pub(super) is_plain: bool,
    /// Whether it is a clause of this text, and not of another one that is named beside it.
    pub(super) is_own: bool,
}

/// What a reference means in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Clause(ClauseIndex),
    /// No clause is counted so.
    Nothing,
    /// Several are.
    Unsure,
}

impl Target {
    /// Whether it is a clause.
    pub(super) const fn is_clause(&self) -> bool {
        matches!(self, Self::Clause(_))
    }
}

impl AddressBook {
    fn of(statement: &Statement) -> Self {
        let mut book = Self { labels: PerClause::default(), clauses: HashMap::new() };
        book.labels = statement.clauses.iter().map(|clause| clause.label.as_deref().and_then(Label::of)).collect();
        for (at, _) in statement.each_clause() {
            if let Some(label) = &book.labels[at] {
                book.clauses.entry(label.counter.clone()).or_default().push(at);
            }
        }
        book
    }

    /// Whether a clause is one that a citation by some counter may mean.
    fn fits(&self, clauses: &[Clause], at: ClauseIndex, cited: &CitedNumber) -> bool {
        let is_called_so = |label: &Label| match label.word.is_empty() {
            true => cited.is_plain,
            false => is_same_word(&label.word, &cited.noun),
        };
        // The clauses above it count as the citation says, from the nearest one up.
        let mut above = cited.above.iter().rev();
        let mut parent = clauses[at].parent;
        let mut outermost = at;
        while let Some(own) = parent {
            let Some(label) = &self.labels[own] else {
                parent = clauses[own].parent;
                continue;
            };
            let Some(counter) = above.next() else { break };
            if label.counter != *counter {
                return false;
            }
            (outermost, parent) = (own, clauses[own].parent);
        }
        above.next().is_none() && self.labels[outermost].as_ref().is_some_and(is_called_so)
    }
}

impl<'a> References<'a> {
    /// Those of two texts whose clauses stand in links; `owners` says in which.
    pub(super) fn new(sides: Pair<&'a Statement>, links: &'a [Link], owners: Pair<PerClause<usize>>) -> Self {
        Self { sides, links, owners, books: Pair::from_fn(|_| OnceLock::new()), recounted: OnceLock::new() }
    }

    fn book(&self, side: Side) -> &AddressBook {
        self.books[side].get_or_init(|| AddressBook::of(self.sides[side]))
    }

    /// What a citation in a clause means by a counter.
    pub(super) fn target(&self, side: Side, at: ClauseIndex, cited: &CitedNumber, counter: &str) -> Target {
        let (book, clauses) = (self.book(side), &self.sides[side].clauses);
        let namesakes = book.clauses.get(counter).map(Vec::as_slice).unwrap_or_default();
        if namesakes.len() > NAMESAKES {
            return Target::Unsure;
        }
        let mut all: Vec<ClauseIndex> =
            namesakes.iter().copied().filter(|own| book.fits(clauses, *own, cited)).collect();
        if all.iter().any(|own| clauses[*own].component == clauses[at].component) {
            all.retain(|own| clauses[*own].component == clauses[at].component);
        }
        // The list that the citing clause stands in comes first, then those around it.
        let outermost =
            |own: ClauseIndex| cited.above.iter().fold(own, |own, _| labelled_above(book, clauses, own).unwrap_or(own));
        let list = |own: ClauseIndex| clauses[outermost(own)].parent;
        let mut around = Some(at);
        loop {
            let near: Vec<ClauseIndex> = all.iter().copied().filter(|own| list(*own) == around).collect();
            match (&near[..], around) {
                ([one], _) => return Target::Clause(*one),
                ([], Some(own)) => around = clauses[own].parent,
                _ => break,
            }
        }
        match all[..] {
            [] => Target::Nothing,
            [one] => Target::Clause(one),
            _ => Target::Unsure,
        }
    }

    /// The links of the clauses of one list from one of two targets to the other, those included; nothing where either is no
    /// clause or they stand in two lists.
    pub(super) fn between(&self, side: Side, ends: Pair<Target>) -> Option<BTreeSet<usize>> {
        let Pair { before: Target::Clause(one), after: Target::Clause(other) } = ends else { return None };
        let clauses = &self.sides[side].clauses;
        let (first, last) = (one.min(other), one.max(other));
        let is_of_list =
            |at: &ClauseIndex| clauses[*at].parent == clauses[first].parent && clauses[*at].label.is_some();
        let list = ClauseIndex::range(first.get()..last.get() + 1).filter(is_of_list);
        (clauses[first].parent == clauses[last].parent).then(|| list.map(|at| self.owners[side][at]).collect())
    }

    /// What a citation that stands on both sides means, before and after.
    pub(super) fn targets(
        &self,
        at: Pair<ClauseIndex>,
        cited: &Pair<CitedNumber>,
        counters: Pair<&str>,
    ) -> Pair<Target> {
        Pair::from_fn(|side| self.target(side, at[side], &cited[side], counters[side]))
    }

    /// Whether both mean one clause, in the light of the links.
    pub(super) fn is_one(&self, targets: Pair<Target>) -> bool {
        let owners = Pair::from_fn(|side| match targets[side] {
            Target::Clause(at) => Some(self.owners[side][at]),
            Target::Nothing | Target::Unsure => None,
        });
        owners.both().is_some_and(|owners| owners.is_same())
    }

    /// How a clause is called, or that there is none: for a person who asks where a reference leads.
    fn called(&self, side: Side, target: Target) -> String {
        match target {
            Target::Clause(at) => shown(&self.sides[side].clauses[at]),
            Target::Nothing => "no clause".to_owned(),
            Target::Unsure => "one of several clauses".to_owned(),
        }
    }

    /// How the clause is called on the other side, if it stands there.
    fn counterpart(&self, side: Side, target: Target) -> Option<String> {
        let Target::Clause(at) = target else { return None };
        let link = &self.links[self.owners[side][at]];
        let other = link.clauses[side.other()].first()?;
        Some(shown(&self.sides[side.other()].clauses[*other]))
    }

    /// What a reference meant and what it means now, in words.
    pub(super) fn turned(&self, targets: Pair<Target>) -> String {
        let Pair { before: old, after: new } = Pair::from_fn(|side| self.called(side, targets[side]));
        match self.counterpart(Side::Before, targets.before) {
            Some(now) => format!("meant {old}, which is now {now}; means {new}"),
            None => format!("meant {old}; means {new}"),
        }
    }

    /// Counters before of clauses that are counted otherwise after, or are gone: only what cites those can have come to
    /// mean another clause.
    pub(super) fn recounted(&self) -> &HashSet<String> {
        self.recounted.get_or_init(|| {
            let mut all = HashSet::new();
            for link in self.links {
                let labels = |side: Side| {
                    let clauses = link.clauses[side].iter().map(move |at| &self.sides[side].clauses[*at]);
                    clauses.filter_map(|clause| clause.label.as_deref())
                };
                // Most labels stand as they stood, and need not be taken apart.
                for old in labels(Side::Before).filter(|old| !labels(Side::After).any(|new| new == *old)) {
                    let counter = |label: &str| Label::of(label).map(|label| label.counter);
                    let stays = |own: &String| labels(Side::After).any(|new| counter(new).as_ref() == Some(own));
                    all.extend(counter(old).filter(|own| !stays(own)));
                }
            }
            all
        })
    }
}

/// The nearest labelled clause above one.
fn labelled_above(book: &AddressBook, clauses: &[Clause], at: ClauseIndex) -> Option<ClauseIndex> {
    let mut parent = clauses[at].parent;
    while let Some(own) = parent {
        if book.labels[own].is_some() {
            return Some(own);
        }
        parent = clauses[own].parent;
    }
    None
}

/// Characters of a clause by which it is shown.
const SHOWN: usize = 48;

/// A clause as evidence shows it: its label, and how it begins.
fn shown(clause: &Clause) -> String {
    let label = clause.label.as_deref().unwrap_or_default();
    let mut text: String = clause.text.chars().take(SHOWN).collect();
    if text.len() < clause.text.len() {
        text.push('…');
    }
    format!("{label} “{text}”").trim_start().to_owned()
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
    /// Takes a label apart; nothing of one without a letter or a digit.
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
