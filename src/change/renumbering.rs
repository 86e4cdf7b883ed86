//! Which labels became which, so that a cross-reference that follows its clause alarms nobody.

use std::collections::{BTreeMap, BTreeSet};

use crate::align::Link;
use crate::language::{decimal_digit, han_numeral};
use crate::statement::Statement;
use crate::text::Pair;

/// Old numbers and the new ones of the same clauses.
#[derive(Debug, Default)]
pub(super) struct Renumbering {
    became: BTreeMap<String, BTreeSet<String>>,
}

impl Renumbering {
    pub(super) fn new(sides: Pair<&Statement>, links: &[Link]) -> Self {
        let mut became: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for link in links {
            let (Some(&old), Some(&new)) = (link.before.first(), link.after.first()) else { continue };
            let labels = (&sides.before.clauses[old].label, &sides.after.clauses[new].label);
            if let (Some(old), Some(new)) = labels
                && old != new
                && let (Some(old), Some(new)) = (counter(old), counter(new))
            {
                became.entry(old).or_default().insert(new);
            }
        }
        Self { became }
    }

    /// Whether a clause that was counted as `old` is counted as `new` now.
    pub(super) fn follows(&self, old: &str, new: &str) -> bool {
        self.became.get(old).is_some_and(|known| known.contains(new))
    }
}

/// The letters and digits of a label, digits of every script as ASCII has them.
pub(super) fn plain(label: &str) -> String {
    let counts = label.chars().filter(|c| c.is_alphanumeric());
    counts.map(|c| decimal_digit(c).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)).collect()
}

/// The counter of a label as references give it: `5`, `b`.
fn counter(label: &str) -> Option<String> {
    let core = plain(label).to_lowercase();
    if core.is_empty() {
        return None;
    }
    Some(han_numeral(&core).map_or(core, |value| value.to_string()))
}
