//! What a class or a rule means, for a reader or a program.

use std::{fmt::Write as _, io};

use serde::Serialize;

use super::visible::visible;

use crate::change::{
    Class, RULES, Rule,
    explain::{Example, of_class, of_rule},
};

/// What a class or a rule is, for a reader; `None` where the name is of neither.
///
/// A name of both (`metadata.masthead`) gives the class, with its rules.
#[must_use]
pub fn text(name: &str) -> Option<String> {
    if let Some(class) = Class::parse(name) {
        return Some(class_text(class));
    }
    RULES.iter().find(|rule| rule.id == name).map(rule_text)
}

fn class_text(class: Class) -> String {
    let explanation = of_class(class);
    let mut out = format!("{class} ({})\n\n{}\n", class.tier(), explanation.meaning);
    if let Some(why) = &explanation.why {
        let _ = writeln!(out, "\nWhy this tier: {why}");
    }
    example(&mut out, &explanation.example);
    out.push_str("\nRules\n");
    for rule in RULES.iter().filter(|rule| rule.class == class) {
        let tier = rule.tier.map(|tier| format!(" ({tier})")).unwrap_or_default();
        let _ = writeln!(out, "  {}{tier}: {}", rule.id, of_rule(rule).meaning);
    }
    out
}

fn rule_text(rule: &Rule) -> String {
    let explanation = of_rule(rule);
    let mut out =
        format!("{} ({}), a rule of the class {}\n\n{}\n", rule.id, rule.own_tier(), rule.class, explanation.meaning);
    example(&mut out, &explanation.example);
    let _ = writeln!(out, "\nThe class: {}", of_class(rule.class).meaning);
    out
}

fn example(out: &mut String, example: &Example) {
    out.push_str("\nExample\n");
    for (sign, text) in [('-', &example.before), ('+', &example.after)] {
        for line in text.split("\n\n").filter(|line| !line.is_empty()) {
            let _ = writeln!(out, "  {sign} {}", visible(&line.replace('\n', " ⏎ ")));
        }
    }
}

#[derive(Serialize)]
struct View<'a> {
    schema: &'static str,
    classes: Vec<ClassView<'a>>,
}

#[derive(Serialize)]
struct ClassView<'a> {
    class: &'static str,
    tier: &'static str,
    meaning: &'a str,
    why: Option<&'a str>,
    example: ExampleView<'a>,
    rules: Vec<RuleView<'a>>,
}

#[derive(Serialize)]
struct RuleView<'a> {
    rule: &'static str,
    tier: &'static str,
    meaning: &'a str,
    example: ExampleView<'a>,
}

#[derive(Serialize)]
struct ExampleView<'a> {
    language: &'a str,
    before: &'a str,
    after: &'a str,
}

fn example_view(example: &Example) -> ExampleView<'_> {
    ExampleView { language: &example.language, before: &example.before, after: &example.after }
}

/// Writes classes with their rules as JSON: the class of that name, the class with only the rule of that name, or all.
///
/// # Errors
/// Where `out` fails.
pub fn json(out: &mut dyn io::Write, name: Option<&str>) -> io::Result<()> {
    let wanted = |rule: &&Rule| name.is_none_or(|name| name == rule.id || name == rule.class.name());
    let classes = Class::ALL.into_iter().filter_map(|class| {
        let rules: Vec<RuleView<'_>> = RULES
            .iter()
            .filter(|rule| rule.class == class)
            .filter(wanted)
            .map(|rule| RuleView {
                rule: rule.id,
                tier: rule.own_tier().name(),
                meaning: &of_rule(rule).meaning,
                example: example_view(&of_rule(rule).example),
            })
            .collect();
        let explanation = of_class(class);
        (!rules.is_empty()).then(|| ClassView {
            class: class.name(),
            tier: class.tier().name(),
            meaning: &explanation.meaning,
            why: explanation.why.as_deref(),
            example: example_view(&explanation.example),
            rules,
        })
    });
    let view = View { schema: "recension.explain/1", classes: classes.collect() };
    serde_json::to_writer_pretty(&mut *out, &view)?;
    out.write_all(b"\n")
}
