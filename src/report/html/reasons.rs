//! Why a change weighs what it weighs: what each rule saw in each edit, and what the classes mean.

use maud::{Markup, html};

use super::text::{VisibleText, tier_mark, tier_name};
use crate::change::explain::{of_class, of_rule};
use crate::change::{Change, Edit, RULES, Reason, Rule, Shift};

/// Characters of an edited text that are said again beside its reasons.
const QUOTED: usize = 60;

/// The rule of a name.
pub(super) fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == name)
}

/// The reasons of a change, closed until they are asked for.
pub(super) fn reasons(change: &Change) -> Markup {
    let shifts: Vec<(&Reason, Shift)> =
        change.edits.iter().flat_map(|edit| &edit.reasons).filter_map(|reason| Some((reason, reason.shift?))).collect();
    let mut told: Vec<&str> = Vec::new();
    html! {
        @for (reason, shift) in shifts { (ladder(reason, shift)) }
        @if !change.edits.is_empty() || !change.classes.is_empty() {
            details.why {
                summary { "Why" }
                @if !change.edits.is_empty() {
                    ol {
                        @for edit in &change.edits {
                            li {
                                @if edit.places.before.is_some() && edit.places.after.is_some() { (quoted(edit)) }
                                ul {
                                    @for reason in &edit.reasons { li { (self::reason(reason, &mut told)) } }
                                }
                            }
                        }
                    }
                }
                @for class in &change.classes {
                    p.meaning {
                        a href=(format_args!("#class-{class}")) { (class.name()) } ": " (of_class(*class).meaning)
                        @if let Some(why) = &of_class(*class).why { " " (why) }
                    }
                }
            }
        }
    }
}

/// `number.value ■ substantive 150 -> 105`; what the rule looks for is told once in a change.
fn reason<'a>(reason: &'a Reason, told: &mut Vec<&'a str>) -> Markup {
    let first = !told.contains(&reason.rule);
    if first {
        told.push(reason.rule);
    }
    html! {
        a href=(format_args!("#rule-{}", reason.rule)) { (reason.rule) } " " (tier_mark(Some(reason.tier)))
        @if let Some(evidence) = &reason.evidence { " " bdi.evidence { (VisibleText(evidence)) } }
        @if first { @if let Some(rule) = rule(reason.rule) { " " span.meaning { (of_rule(rule).meaning) } } }
    }
}

fn quoted(edit: &Edit) -> Markup {
    let tier = tier_name(Some(edit.tier));
    html! {
        span.quoted {
            @if !edit.texts.before.is_empty() { del class=(tier) { (VisibleText(head(&edit.texts.before))) } @if head(&edit.texts.before) != edit.texts.before { "…" } " " }
            @if !edit.texts.after.is_empty() { ins class=(tier) { (VisibleText(head(&edit.texts.after))) } @if head(&edit.texts.after) != edit.texts.after { "…" } }
        }
    }
}

fn head(text: &str) -> &str {
    text.char_indices().nth(QUOTED).map_or(text, |(end, _)| &text[..end])
}

/// Where two words stand on their scale: five steps, the one before hollow, the one after filled.
fn ladder(reason: &Reason, shift: Shift) -> Markup {
    let state = |step: u8| match step {
        step if step == shift.after => "after",
        step if step == shift.before => "before",
        _ => "other",
    };
    html! {
        p.ladder {
            svg viewBox="0 0 60 20" width="60" height="20" aria-hidden="true" {
                @for step in 1..=Shift::STEPS {
                    @let height = 3 * i32::from(step) + 3;
                    rect class=(state(step)) x=(12 * (i32::from(step) - 1) + 1) y=(19 - height) width="9" height=(height) {}
                }
            }
            " " bdi.evidence { (VisibleText(reason.evidence.as_deref().unwrap_or_default())) }
            span.scale {
                " " (shift.scale.name()) ": step " (shift.before) " of " (Shift::STEPS) " before, step " (shift.after) " after"
            }
        }
    }
}
