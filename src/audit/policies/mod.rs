//! The policies, a file each. The doc of the file is what `recension audit --explain NAME` prints.

mod changed_settings;
mod changed_version;
mod claimed_tier;
mod contradicted_claim;
mod damaged_version;
mod foreign_reading;
mod grave_change;
mod missing_predecessor;
mod removed_text;
mod technical_claim;
mod unclaimed_change;
mod unreadable_text;

use super::case::Case;
use super::outcome::Finding;
use super::policy::Policy;

/// A policy: its name, its doc for users, and how it is checked.
#[non_exhaustive]
pub struct Rule {
    /// Its name in results.
    pub name: &'static str,
    /// The source file, whose doc is the doc for users.
    source: &'static str,
    /// Finds what breaks it.
    pub(super) check: fn(&Case<'_>, &Policy) -> Vec<Finding>,
}

impl Rule {
    /// What it checks and why, for users.
    #[must_use]
    pub fn doc(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
    }
}

/// All policies, in the order in which their findings are told.
const RULES: [Rule; 12] = [
    Rule {
        name: missing_predecessor::NAME,
        source: include_str!("missing_predecessor.rs"),
        check: missing_predecessor::check,
    },
    Rule { name: technical_claim::NAME, source: include_str!("technical_claim.rs"), check: technical_claim::check },
    Rule { name: claimed_tier::NAME, source: include_str!("claimed_tier.rs"), check: claimed_tier::check },
    Rule { name: grave_change::NAME, source: include_str!("grave_change.rs"), check: grave_change::check },
    Rule { name: changed_version::NAME, source: include_str!("changed_version.rs"), check: changed_version::check },
    Rule { name: unclaimed_change::NAME, source: include_str!("unclaimed_change.rs"), check: unclaimed_change::check },
    Rule { name: unreadable_text::NAME, source: include_str!("unreadable_text.rs"), check: unreadable_text::check },
    Rule { name: removed_text::NAME, source: include_str!("removed_text.rs"), check: removed_text::check },
    Rule { name: changed_settings::NAME, source: include_str!("changed_settings.rs"), check: changed_settings::check },
    Rule {
        name: contradicted_claim::NAME,
        source: include_str!("contradicted_claim.rs"),
        check: contradicted_claim::check,
    },
    Rule { name: foreign_reading::NAME, source: include_str!("foreign_reading.rs"), check: foreign_reading::check },
    Rule { name: damaged_version::NAME, source: include_str!("damaged_version.rs"), check: damaged_version::check },
];

/// All policies, in the order in which their findings are told.
#[must_use]
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The policy of a name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_policy_explains_itself() {
        for rule in super::rules() {
            let doc = rule.doc();
            for part in ["What it checks", "Why it matters", "Example", "How it is set"] {
                assert!(doc.contains(part), "{}: {part}", rule.name);
            }
            assert!(doc.starts_with(rule.name), "{}", rule.name);
        }
    }
}
