//! What judging a link needs to know of both texts and of all links.

use std::cmp::Ordering;
use std::sync::OnceLock;

use super::comparison::Options;
use super::enumerators;
use super::kind::Tier;
use super::notes::Notes;
use super::references::References;
use super::rule::RuleFinding;
use super::word_index::WordIndex;
use crate::align::{ClauseTokens, Link};
use crate::language::Language;
use crate::statement::{Frame, PerClause, Statement};
use crate::text::{Interner, Pair, TokenId, han_script, tokenize};

/// Judges links.
pub(super) struct Judge<'a> {
    pub(super) sides: Pair<&'a Statement>,
    pub(super) languages: Pair<Option<&'a Language>>,
    /// Tokens of the clauses whose texts are compared.
    pub(super) tokens: Pair<ClauseTokens>,
    pub(super) options: &'a Options,
    pub(super) links: &'a [Link],
    pub(super) vocabulary: WordIndex<'a>,
    pub(super) references: References<'a>,
    /// The footnotes of either side.
    pub(super) notes: Pair<Notes>,
    /// What counts items inside a sentence matches by these.
    pub(super) counters: [TokenId; enumerators::COUNTERS.len()],
    /// Whether both sides are adopted texts.
    pub(super) are_adopted: bool,
    /// Whether one side writes traditional Chinese where the other writes simplified; found when first asked.
    script_switch: OnceLock<bool>,
}

/// Whether one side writes traditional Chinese characters where the other writes simplified ones.
fn switches_script(sides: Pair<&Statement>) -> bool {
    let written = sides.map(|statement| {
        let texts = statement.clauses.iter().map(|clause| han_script(&clause.text));
        let (first, second) = texts.fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
        first.cmp(&second)
    });
    written.before != Ordering::Equal && written.before == written.after.reverse()
}

/// Whether a statement says how it was adopted.
fn is_adopted(statement: &Statement) -> bool {
    statement.clauses.iter().any(|clause| clause.frame == Some(Frame::Adopted))
}

impl<'a> Judge<'a> {
    /// Makes ready what all links share; clauses whose texts are compared are tokenised where the alignment did not.
    pub(super) fn new(
        sides: Pair<&'a Statement>,
        links: &'a [Link],
        mut tokens: Pair<ClauseTokens>,
        mut interner: Interner,
        options: &'a Options,
    ) -> Self {
        let mut owners = sides.map(|statement| PerClause::filled(usize::MAX, statement.clauses.len()));
        for (at, link) in links.iter().enumerate() {
            for (owners, clauses) in owners.as_mut().zip(link.clauses.as_ref()) {
                clauses.iter().for_each(|clause| owners[*clause] = at);
            }
        }
        let languages = sides.map(|statement| statement.known_language());
        for link in links.iter().filter(|link| link.differs(sides)) {
            for (side, clauses) in link.clauses.as_ref().each() {
                for &at in clauses {
                    let text = &sides[side].clauses[at].text;
                    tokens[side][at].get_or_insert_with(|| tokenize(text, languages[side], &mut interner));
                }
            }
        }
        Self {
            sides,
            languages,
            tokens,
            options,
            links,
            vocabulary: WordIndex::new(sides, links, options.execution),
            references: References::new(sides, links, owners),
            notes: sides.map(Notes::new),
            are_adopted: sides.iter().all(|side| is_adopted(side)),
            counters: enumerators::COUNTERS.map(|counter| interner.intern(counter)),
            script_switch: OnceLock::new(),
        }
    }

    /// Whether one side writes traditional Chinese where the other writes simplified.
    pub(super) fn switches_script(&self) -> bool {
        *self.script_switch.get_or_init(|| switches_script(self.sides))
    }

    /// The tier of what was found, under the policy in force.
    pub(super) fn tier(&self, found: &RuleFinding) -> Tier {
        self.options.tiers.get(&found.class()).copied().unwrap_or_else(|| found.rule.own_tier())
    }
}
