//! The characters that a label may begin with: most lines are told from labels by their first character alone.

use super::{
    common::common,
    counters::{Counter, CounterKind},
    numerals::{HAN_NUMERALS, ROMAN_NUMERALS, decimal_digit},
};

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
            CounterKind::Han => HAN_NUMERALS.chars().for_each(|c| self.add(c)),
            CounterKind::Coded => ('0'..='9').chain('A'..='Z').for_each(|c| self.add(c)),
            CounterKind::Roman { .. } | CounterKind::RomanDotted => ROMAN_NUMERALS.chars().for_each(|c| self.add(c)),
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
