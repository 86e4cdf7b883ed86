//! The list of changes by tier and class, the gravest first.

use maud::{Markup, html};

use super::page::Page;
use super::text::{VisibleText, tier_mark};
use crate::change::{Change, Class, Tier};

/// The list. A change stands once, under its gravest class.
pub(super) fn list(page: &Page<'_>) -> Markup {
    let tiers: Vec<(Option<Tier>, Vec<&Change>)> = Tier::ALL
        .into_iter()
        .rev()
        .map(Some)
        .chain([None])
        .map(|tier| (tier, page.told().filter(|change| change.tier == tier).collect::<Vec<_>>()))
        .filter(|(_, changes)| !changes.is_empty())
        .collect();
    html! {
        nav.jump aria-labelledby="jump" {
            h2 id="jump" { "Changes by weight" }
            @if tiers.is_empty() { p { "None." } }
            @for (tier, changes) in &tiers {
                h3 { (tier_mark(*tier)) " " span.count { (changes.len()) } }
                @for (class, changes) in by_class(changes) {
                    details open[*tier == Some(Tier::Substantive) && changes.len() <= 40] {
                        summary { (class.map_or("no class", Class::name)) " " span.count { (changes.len()) } }
                        ol {
                            @for change in changes {
                                li { a href=(format_args!("#{}", Page::place(change))) { bdi dir="ltr" { (VisibleText(&page.title(change))) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn by_class<'a>(changes: &[&'a Change]) -> Vec<(Option<Class>, Vec<&'a Change>)> {
    let of = |class: Option<Class>| {
        changes.iter().copied().filter(|change| change.classes.first().copied() == class).collect::<Vec<_>>()
    };
    let classes = Class::ALL.into_iter().rev().map(Some).chain([None]);
    classes.map(|class| (class, of(class))).filter(|(_, found)| !found.is_empty()).collect()
}
