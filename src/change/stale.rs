//! References that stayed while the clauses were counted anew.
//!
//! "The costs under paragraph 2" means another thing once a paragraph is set before it, though not a letter of the clause
//! has changed. So where labels changed or went, the references of all clauses are asked what they meant and what they
//! mean.

use std::collections::HashSet;

use super::judge::Judge;
use super::passage::Passage;
use super::quantity;
use super::references::Target;
use super::rule::{self, RuleFinding};
use super::{citation, window};
use crate::align::Link;
use crate::diff::{self, EditScript, Hunk};
use crate::language::{common, han_numeral};
use crate::text::{Pair, Side, folded_lower};

impl Judge<'_> {
    /// The references in the common words of a link that mean another clause now, or none.
    pub(super) fn stale(&self, link: &Link, compared: Option<&(Pair<Passage>, EditScript)>) -> Vec<RuleFinding> {
        if link.is_lone() || !self.may_be_stale(link) {
            return Vec::new();
        }
        match compared {
            Some((passages, script)) => self.stale_in(passages.as_ref(), &script.hunks),
            None => self.stale_in(Pair::from_fn(|side| self.passage(link, side)).as_ref(), &[]),
        }
    }

    fn stale_in(&self, passages: Pair<&Passage>, hunks: &[Hunk]) -> Vec<RuleFinding> {
        let recounted = self.references.recounted();
        let cites = quantity::citations(passages.before, self.languages.before, recounted);
        let told = cites.into_iter().filter_map(|(tokens, counter)| {
            let after = diff::counterpart(hunks, Side::Before, tokens.start)?;
            let tokens = Pair::new(tokens.clone(), after..after + tokens.len());
            let cited = passages.zip(self.languages).zip(tokens.as_ref()).map(|((passage, language), tokens)| {
                citation::cited(&window::plain(passage, language, tokens.clone()), tokens)
            });
            let cited = cited.both().filter(|cited| cited.iter().all(|cited| cited.is_own))?;
            let at = passages.zip(tokens.as_ref()).map(|(passage, tokens)| passage.place_of(tokens.start)).both()?;
            let targets = self.references.targets(at, &cited, Pair::new(counter.as_str(), counter.as_str()));
            let is_stale =
                targets.before.is_clause() && targets.after != Target::Unsure && !self.references.is_one(targets);
            is_stale.then(|| {
                let turned = self.references.turned(targets);
                RuleFinding::with(rule::STALE, format!("{} {counter} {turned}", cited.before.noun))
            })
        });
        told.collect()
    }

    /// Whether a clause of a link may cite one that is counted otherwise: cheap, and wrong on the safe side.
    fn may_be_stale(&self, link: &Link) -> bool {
        let recounted = self.references.recounted();
        !recounted.is_empty()
            && link.clauses.before.iter().any(|at| may_cite(&self.sides.before.clauses[*at].text, recounted))
    }
}

/// Whether a text may cite by a counter of a set: one of its numbers in plain digits, a letter in brackets, or what stands
/// behind a word of order (第). Other digits are not read here: a text that has some may.
fn may_cite(text: &str, counters: &HashSet<String>) -> bool {
    let mut runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let is_lettered = |piece: &str| {
        let end = piece.find(|c: char| !c.is_alphanumeric()).unwrap_or(piece.len());
        counters.contains(&folded_lower(&piece[..end]))
    };
    let is_counted = |piece: &str| {
        let numeral = piece.trim_start_matches(['(', '（']);
        let end = numeral.find(|c: char| han_numeral(c.encode_utf8(&mut [0; 4])).is_none()).unwrap_or(numeral.len());
        han_numeral(&numeral[..end]).is_none_or(|value| counters.contains(&value.to_string()))
    };
    let mut orders = common().han_ordinals.iter().flat_map(|word| text.split(word.as_str()).skip(1));
    runs.any(|run| counters.contains(run))
        || text.split('(').skip(1).any(is_lettered)
        || orders.any(is_counted)
        || text.contains(|c: char| !c.is_ascii() && c.is_numeric())
}
