//! What each class means and what each rule looks at, in the words of `data/explanations.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::{kind::Class, rule::Rule};

/// An explanation of a class or a rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Explanation {
    /// What counts as it.
    pub meaning: String,
    /// Why it has its tier; only of classes.
    #[serde(default)]
    pub why: Option<String>,
    /// Two texts that show it.
    pub example: Example,
}

/// Two texts that show a class or a rule; paragraphs are parted by a blank line.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Example {
    /// ISO 639-1 code.
    pub language: String,
    /// The text before.
    pub before: String,
    /// The text after.
    pub after: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Explanations {
    classes: BTreeMap<String, Explanation>,
    rules: BTreeMap<String, Explanation>,
}

static EXPLANATIONS: LazyLock<Explanations> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/explanations.toml"))
        .unwrap_or_else(|error| panic!("shipped data file explanations: {error}"))
});

/// The explanation of a class.
///
/// # Panics
/// Never: a test holds the shipped texts to the classes.
#[must_use]
pub fn of_class(class: Class) -> &'static Explanation {
    &EXPLANATIONS.classes[class.name()]
}

/// The explanation of a rule.
///
/// # Panics
/// Never: a test holds the shipped texts to the rules.
#[must_use]
pub fn of_rule(rule: &Rule) -> &'static Explanation {
    &EXPLANATIONS.rules[rule.id]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::RULES;

    #[test]
    fn every_class_and_every_rule_is_explained_and_nothing_else() {
        let classes: Vec<&str> = EXPLANATIONS.classes.keys().map(String::as_str).collect();
        let mut known: Vec<&str> = Class::ALL.iter().map(|class| class.name()).collect();
        known.sort_unstable();
        assert_eq!(classes, known);
        let rules: Vec<&str> = EXPLANATIONS.rules.keys().map(String::as_str).collect();
        let mut known: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        known.sort_unstable();
        assert_eq!(rules, known);
        assert!(Class::ALL.iter().all(|class| of_class(*class).why.is_some()));
    }
}
