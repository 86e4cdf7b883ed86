//! What the classes and rules of this report mean.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::page::Page;
use super::reasons::rule;
use super::text::{counted, tier_mark};
use crate::change::explain::{of_class, of_rule};
use crate::report::summary::Summary;

/// Each class that occurs, with those of its rules that found something.
pub(super) fn glossary(page: &Page<'_>, summary: &Summary) -> Markup {
    let used: BTreeSet<&str> = page
        .comparison
        .changes
        .iter()
        .flat_map(|change| &change.edits)
        .flat_map(|edit| &edit.reasons)
        .map(|reason| reason.rule)
        .collect();
    let rules: Vec<_> = used.into_iter().filter_map(rule).collect();
    let unlisted: Vec<_> =
        rules.iter().filter(|rule| !summary.classes.iter().any(|(class, _)| *class == rule.class)).collect();
    html! {
        section aria-labelledby="classes-and-rules" {
            h2 id="classes-and-rules" { "Classes and rules" }
            @if summary.classes.is_empty() { p { "Nothing was classed." } }
            @for (class, count) in &summary.classes {
                @let explanation = of_class(*class);
                div.entry id=(format_args!("class-{class}")) {
                    h3 { (class.name()) " " span.count { (counted(*count, "change", "changes")) } }
                    p { (explanation.meaning) }
                    p { "Of itself " (tier_mark(Some(class.tier()))) ". " @if let Some(why) = &explanation.why { (why) } }
                    ul {
                        @for rule in rules.iter().filter(|rule| rule.class == *class) {
                            li id=(format_args!("rule-{}", rule.id)) { code { (rule.id) } ": " (of_rule(rule).meaning) }
                        }
                    }
                }
            }
            @for rule in unlisted {
                p id=(format_args!("rule-{}", rule.id)) { code { (rule.id) } ": " (of_rule(rule).meaning) }
            }
        }
    }
}
