//! Counters: the ways in which labels count.

use std::collections::BTreeMap;

/// How a counter counts.
#[derive(Debug, Clone)]
pub(crate) struct Counter {
    /// Its name in the data.
    pub(crate) name: String,
    /// Its way of counting.
    pub(crate) kind: CounterKind,
}

/// Ways of counting.
#[derive(Debug, Clone)]
pub(crate) enum CounterKind {
    /// Decimal digits of any script.
    Decimal,
    /// Decimal digits parted by dots: 1.2.3.
    Dotted,
    /// A Roman numeral in capitals, then decimal digits, parted by dots: I.1.
    RomanDotted,
    /// Capital letters and groups of digits, as codes of laws count: L. 123-4, 815-3.
    Coded,
    /// Han numerals.
    Han,
    /// Roman numerals in capitals or not.
    Roman {
        /// Whether in capitals.
        upper: bool,
    },
    /// The members in order.
    Sequence(Sequence),
}

/// The members of a counter that counts by a list, in order, found by the character they begin with.
#[derive(Debug, Clone)]
pub(crate) struct Sequence {
    members: Vec<String>,
    by_head: BTreeMap<char, Vec<usize>>,
}

impl Sequence {
    /// Members in their order.
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

    /// The characters that members begin with.
    pub(super) fn heads(&self) -> impl Iterator<Item = char> + '_ {
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
