//! The examples of `recension explain` show what they are told to show.

use recension::change::{Change, Class, Comparison, Options, RULES, Tier, compare, explain};
use recension::ingest;

fn compared(example: &explain::Example) -> Comparison {
    let options = || ingest::Options::default().with_language(Some(&example.language));
    let read = |text: &str| ingest::read(text.as_bytes(), options()).expect("a text").statement;
    compare(&read(&example.before), &read(&example.after), &Options::default())
}

/// Whether a rule found something in a comparison. Moves, splits, labels and boundaries have no edit of their own: there
/// the class of the change tells.
fn shows(comparison: &Comparison, rule: &str, class: Class) -> bool {
    let without_edit = ["clause.", "numbering.", "layout.", "typography.label", "space.label"];
    let told = |change: &Change| {
        change.edits.iter().any(|edit| edit.reasons.iter().any(|reason| reason.rule == rule))
            || without_edit.iter().any(|start| rule.starts_with(start)) && change.classes.contains(&class)
    };
    comparison.changes.iter().any(told)
}

fn heaviest(comparison: &Comparison) -> Option<Tier> {
    comparison.changes.iter().filter_map(|change| change.tier).max()
}

#[test]
fn the_example_of_each_class_shows_it_and_nothing_graver() {
    let mut wrong = Vec::new();
    for class in Class::ALL {
        let comparison = compared(&explain::of_class(class).example);
        let found = comparison.changes.iter().any(|change| change.classes.contains(&class));
        if !found || heaviest(&comparison) != Some(class.tier()) {
            wrong.push(format!("{class}: {:?}", comparison.changes));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_example_of_each_rule_shows_it_and_nothing_graver() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let comparison = compared(&explain::of_rule(rule).example);
        // A whole clause that only one side has is graver than what it is.
        if !shows(&comparison, rule.id, rule.class) || heaviest(&comparison) > Some(rule.own_tier()) {
            wrong.push(format!("{}: {:?}", rule.id, comparison.changes));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
