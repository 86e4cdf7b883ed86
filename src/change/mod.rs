//! From an alignment to a comparison: what changed, of which class, of which tier.

mod calls;
mod citation;
mod classify;
mod comparison;
mod context;
pub mod description;
mod differences;
mod echo;
mod enumerators;
pub mod explain;
mod extent;
mod governed;
mod groups;
mod interleave;
mod judge;
mod kind;
mod left_out;
mod marks;
mod names;
mod notes;
mod order;
mod passage;
mod quantity;
mod references;
mod rule;
mod sense;
mod setting;
mod shift;
mod signs;
mod spelling;
mod stale;
mod stretch;
mod unclassified;
mod variant;
mod window;
mod word_index;
mod words;

pub use comparison::{Change, Comparison, Edit, LeftOutPiece, Op, Options, Place, Reason};
pub use interleave::{SequenceItem, interleave};
pub use kind::{Class, Relation, Tier, Verdict};
pub use rule::{RULES, Rule};
pub use shift::{Scale, Shift};

use crate::align;
use crate::statement::Statement;
use crate::text::Pair;

/// Compares two versions: alignment, word edits inside pairs, classes.
///
/// Swapping the sides inverts the result. Near-linear in the texts; clauses that are equal are compared once, as bytes.
///
/// ```
/// use recension::{change, ingest};
///
/// let read = |text: &str| ingest::read(text.as_bytes(), ingest::Options::default());
/// let before = read("1. Urges all States to report every year;")?.statement;
/// let after = read("1. Invites all States to report every year;")?.statement;
/// let comparison = change::compare(&before, &after, &change::Options::default());
///
/// let edit = &comparison.changes[0].edits[0];
/// assert_eq!((edit.class.name(), edit.texts.before.as_str()), ("strength", "Urges"));
/// let shift = edit.reasons[0].shift.expect("two words of one scale");
/// assert!(shift.after < shift.before, "it was softened");
/// // Results are written by `serde`, clauses by what identifies them.
/// assert_eq!(serde_json::to_value(&comparison)?["changes"][0]["clauses"]["before"][0], "c1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn compare(before: &Statement, after: &Statement, options: &Options) -> Comparison {
    let sides = Pair::new(before, after);
    let align::Outcome { links, skipped, tokens, interner } = align::align(sides, options.execution);
    let (mut changes, cut) = judge::Judge::new(sides, &links, tokens, interner, options).changes();
    changes.extend(left_out::changes(sides, options));
    let tier = changes.iter().filter_map(|change| change.tier).max();
    Comparison {
        verdict: tier.map_or(Verdict::Identical, Verdict::Changed),
        skipped: skipped + cut,
        has_lexicon: sides.map(Statement::has_lexicon),
        changes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest;

    fn skipped(before: &str, after: &str) -> u64 {
        let read = |text: &str| ingest::read(text.as_bytes(), ingest::Options::default()).expect("a text").statement;
        compare(&read(before), &read(after), &Options::default()).skipped
    }

    /// Words that stand nowhere else.
    fn words(seed: usize, count: usize) -> String {
        let letters = |number: usize| (0..6).map(move |at| char::from(b'a' + (number >> (4 * at) & 15) as u8));
        (0..count).map(|at| letters((seed * 64 + at) * 7919).collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn counts_the_pairs_of_a_gap_that_is_too_wide() {
        let text = |from: usize, count: usize| {
            let clauses = (from..from + count).map(|seed| format!("{}.", words(seed, 12)));
            let whole = std::iter::once("They met in Elm.".to_owned()).chain(clauses);
            whole.chain(std::iter::once("They agreed on the rest.".to_owned())).collect::<Vec<_>>().join("\n\n")
        };
        assert_eq!(skipped(&text(0, 32), &text(100, 32)), 0);
        assert_eq!(skipped(&text(0, 33), &text(100, 33)), 33 * 33);
    }

    #[test]
    fn counts_the_runs_that_were_not_read() {
        let text = |first: usize, last: usize| {
            let many = |count| " on".repeat(count);
            format!("They{} agreed with Veltria and Orsania to meet again in Elm{}.", many(first), many(last))
        };
        assert_eq!(skipped(&text(16, 0), &text(0, 16)), 0);
        assert!(skipped(&text(400, 0), &text(0, 400)) > 0);
    }

    #[test]
    fn counts_the_stretches_that_were_not_settled() {
        let text = |from: usize, count: usize| {
            let part = |at: usize| format!("{}, {}", words(at, 12), words(from + at, 12));
            format!("The Sides agree: {}.", (0..count).map(part).collect::<Vec<_>>().join(", "))
        };
        assert_eq!(skipped(&text(100, 48), &text(300, 48)), 0);
        assert_eq!(skipped(&text(100, 50), &text(300, 50)), 50 * 49 - 48 * 47);
    }
}
