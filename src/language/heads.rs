//! The characters that a label may begin with: most lines are told from labels by their first character alone.

use std::collections::BTreeMap;

use super::data::{Counter, CounterKind};
use super::{common, decimal_digit};

/// A set of characters: a bit each for ASCII, a sorted list for the others.
#[derive(Debug, Clone, Default)]
pub(crate) struct Heads {
    ascii: u128,
    others: Vec<char>,
    /// Whether digits of every script belong to it.
    digits: bool,
}

impl Heads {
    /// What labels of a form begin with: the sign before the counter, else what its counters begin with.
    pub(super) fn of(before: &str, counters: &[Counter]) -> Self {
        let mut heads = Self::default();
        match before.chars().next() {
            Some(first) => heads.add(first),
            None => counters.iter().for_each(|counter| heads.add_counter(&counter.kind)),
        }
        heads.others.sort_unstable();
        heads.others.dedup();
        heads
    }

    /// Whether a label may begin with `c`.
    #[must_use]
    pub(crate) fn hold(&self, c: char) -> bool {
        match u8::try_from(c) {
            Ok(byte) if byte.is_ascii() => self.ascii >> byte & 1 == 1,
            _ => self.others.binary_search(&c).is_ok() || (self.digits && decimal_digit(c).is_some()),
        }
    }

    fn add(&mut self, c: char) {
        match u8::try_from(c) {
            Ok(byte) if byte.is_ascii() => self.ascii |= 1 << byte,
            _ => self.others.push(c),
        }
    }

    fn add_counter(&mut self, kind: &CounterKind) {
        match kind {
            CounterKind::Decimal | CounterKind::Dotted => {
                self.digits = true;
                ('0'..='9').for_each(|digit| self.add(digit));
            }
            CounterKind::Han => super::numerals::HAN_NUMERALS.chars().for_each(|c| self.add(c)),
            CounterKind::Coded => ('0'..='9').chain('A'..='Z').for_each(|c| self.add(c)),
            CounterKind::Roman { .. } | CounterKind::RomanDotted => {
                super::numerals::ROMAN_NUMERALS.chars().for_each(|c| self.add(c))
            }
            CounterKind::Sequence(sequence) => {
                for first in sequence.heads() {
                    self.add(first);
                    // Lists mix letters that look alike.
                    let twins = common().confusables.iter().filter(|(_, latin)| *latin == first);
                    twins.for_each(|(other, _)| self.add(*other));
                }
            }
        }
    }
}

/// Whether the counter of a form is one run of letters and digits, and a mark ends it.
pub(super) fn is_word_and_mark(before: &str, after: &str, counters: &[Counter]) -> bool {
    let is_word = |counter: &Counter| match &counter.kind {
        CounterKind::Decimal | CounterKind::Roman { .. } | CounterKind::Han => true,
        CounterKind::Dotted => after.starts_with('.'),
        CounterKind::RomanDotted | CounterKind::Coded => false,
        CounterKind::Sequence(sequence) => sequence.are_words(),
    };
    before.is_empty() && after.starts_with(|c: char| c.is_ascii_punctuation()) && counters.iter().all(is_word)
}

/// The members of a counter that counts by a list, in order, found by the character they begin with.
#[derive(Debug, Clone)]
pub(crate) struct Sequence {
    members: Vec<String>,
    by_head: BTreeMap<char, Vec<usize>>,
}

impl Sequence {
    pub(super) fn new(members: Vec<String>) -> Self {
        let mut by_head: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for (at, member) in members.iter().enumerate() {
            if let Some(first) = member.chars().next() {
                by_head.entry(first).or_default().push(at);
            }
        }
        Self { members, by_head }
    }

    /// Whether every member that begins in ASCII is made of ASCII letters and digits.
    pub(super) fn are_words(&self) -> bool {
        let is_word = |member: &String| member.bytes().all(|byte| byte.is_ascii_alphanumeric());
        self.members.iter().all(|member| is_word(member) || !member.starts_with(|c: char| c.is_ascii()))
    }

    fn heads(&self) -> impl Iterator<Item = char> + '_ {
        self.by_head.keys().copied()
    }

    /// The member at a place, from 0.
    #[must_use]
    pub(crate) fn member(&self, at: u32) -> Option<&str> {
        self.members.get(usize::try_from(at).ok()?).map(String::as_str)
    }

    /// The members that begin with `head`, each with its place, in order.
    pub(crate) fn with_head(&self, head: char) -> impl Iterator<Item = (usize, &str)> {
        self.by_head.get(&head).into_iter().flatten().map(|at| (*at, self.members[*at].as_str()))
    }
}
