//! Every change with its text in two views and the reasons for its weight; equal clauses are folded.

use std::io::{self, Write};

use maud::{Markup, html};

use super::page::{Page, address, anchor};
use super::reasons::reasons;
use super::text::{ShownSides, Tongue, VisibleText, counted, stretches, tier_mark, tier_name};
use crate::change::Change;
use crate::report::stretch;
use crate::report::telling::{self, pages, words};
use crate::statement::{Clause, ClauseIndex};
use crate::text::{Pair, Side};

/// Writes all changes in their order.
pub(super) fn write(out: &mut dyn Write, page: &Page<'_>) -> io::Result<()> {
    for run in page.comparison.changes.chunk_by(|one, next| one.is_plain() && next.is_plain()) {
        let shown = match run {
            [change] if !change.is_plain() => article(page, change),
            equal => fold(page, equal),
        };
        out.write_all(shown.into_string().as_bytes())?;
    }
    Ok(())
}

/// Clauses that are the same on both sides, out of the way.
fn fold(page: &Page<'_>, run: &[Change]) -> Markup {
    let layout = run.iter().filter(|change| change.tier.is_some()).count();
    let end = |change: Option<&Change>| change.map(|change| page.title(change)).unwrap_or_default();
    html! {
        details.fold {
            summary {
                span.count { (counted(run.len(), "equal clause", "equal clauses")) }
                @if layout > 0 { ", " (layout) " in another layout" }
                span.range { ": " bdi dir="ltr" { (VisibleText(&end(run.first()))) } @if run.len() > 1 { " – " bdi dir="ltr" { (VisibleText(&end(run.last()))) } } }
            }
            @for change in run { (equal(page, change)) }
        }
    }
}

fn equal(page: &Page<'_>, change: &Change) -> Markup {
    html! {
        div.same {
            p.where { (addresses(page, change)) @if !change.classes.is_empty() { " " (classes(change)) } }
            (one_text(page, change))
        }
    }
}

fn article(page: &Page<'_>, change: &Change) -> Markup {
    let whole = change.edits.is_empty() && !change.clauses.before.is_empty() && !change.clauses.after.is_empty();
    html! {
        article class=(format_args!("change {}", tier_name(change.tier))) data-is=(marks(change)) {
            h3 { (addresses(page, change)) }
            p.facts { (tier_mark(change.tier)) " " span.relation { (words(change)) } " " (classes(change)) @if let Some(pages) = pages(page.sides, change) { " " span.pages { (pages) } } }
            @if whole {
                (one_text(page, change))
            } @else {
                (both_views(page, change))
            }
            (reasons(change))
        }
    }
}

/// The words that a filter asks for.
fn marks(change: &Change) -> String {
    let mut words: Vec<&str> = change.classes.iter().map(|class| class.name()).collect();
    words.push(change.relation.name());
    words.extend(change.moved.then_some("moved"));
    words.extend(change.renumbered.then_some("renumbered"));
    words.join(" ")
}

fn classes(change: &Change) -> Markup {
    html! {
        @for class in &change.classes { a.class href=(format_args!("#class-{class}")) { (class.name()) } " " }
    }
}

/// The addresses of the clauses of a change. Each is the place that a link names, and the link itself.
fn addresses(page: &Page<'_>, change: &Change) -> Markup {
    let names = page
        .texts
        .zip(change.clauses.as_ref())
        .map(|(clauses, places)| places.iter().map(|at| address(clauses, *at)).collect::<Vec<_>>());
    html! {
        @if names.is_same() {
            // One address for both sides; the earlier side keeps its place without saying it twice.
            @for at in &change.clauses.before { span.place id=(anchor(Side::Before, *at)) {} }
            (addresses_of(page, change, Side::After))
        } @else if names.after.is_empty() {
            (addresses_of(page, change, Side::Before))
        } @else {
            @if !names.before.is_empty() {
                (addresses_of(page, change, Side::Before))
                span.turn { span.hidden { " became " } span aria-hidden="true" { " → " } }
            }
            (addresses_of(page, change, Side::After))
        }
    }
}

/// The addresses of the clauses of a change on one side.
fn addresses_of(page: &Page<'_>, change: &Change, side: Side) -> Markup {
    html! {
        @for (number, at) in change.clauses[side].iter().enumerate() {
            @if number > 0 { ", " }
            @let name = anchor(side, *at);
            a.place id=(name) href=(format_args!("#{name}")) { bdi dir="ltr" { (VisibleText(&address(page.texts[side], *at))) } }
        }
    }
}

/// A text that is the same on both sides.
fn one_text(page: &Page<'_>, change: &Change) -> Markup {
    let tongue = Tongue::shared(page.tongues).set(words_of(page.texts.after, &change.clauses.after));
    html! {
        div.text.both lang=[tongue.code.as_deref()] dir=(tongue.direction) {
            p { (labels(page, change, ShownSides::Inline)) (texts(page.texts.after, &change.clauses.after)) }
        }
    }
}

/// The texts of clauses.
fn words_of<'c>(clauses: &'c [Clause], places: &'c [ClauseIndex]) -> impl Iterator<Item = &'c str> + Clone {
    places.iter().filter_map(|at| at.of(clauses)).map(|clause| clause.text.as_str())
}

fn texts(clauses: &[Clause], places: &[ClauseIndex]) -> Markup {
    html! {
        @for (number, clause) in places.iter().filter_map(|at| at.of(clauses)).enumerate() {
            @if number > 0 { br; }
            (VisibleText(&clause.text))
        }
    }
}

/// The text with its edits in it, and both sides beside each other; the style shows one of them.
fn both_views(page: &Page<'_>, change: &Change) -> Markup {
    let found = stretch::stretches(change, page.texts);
    let text = |tongue: Tongue, view: ShownSides| {
        html! {
            p lang=[tongue.code.as_deref()] dir=(tongue.direction) { (labels(page, change, view)) (stretches(change, &found, view)) }
        }
    };
    let inline = match (change.clauses.before.is_empty(), change.clauses.after.is_empty()) {
        (true, _) => page.tongues.after,
        (_, true) => page.tongues.before,
        _ => Tongue::shared(page.tongues),
    };
    let words = page.texts.zip(change.clauses.as_ref()).map(|(clauses, places)| words_of(clauses, places));
    let tongues = page.tongues.zip(words.clone()).map(|(tongue, words)| tongue.set(words));
    let inline = inline.set(words.into_iter().flatten());
    let absent = Pair::new("not there before", "no longer there");
    html! {
        div.text.inline { (text(inline, ShownSides::Inline)) }
        div.sides {
            @for (side, tongue) in tongues.each() {
                div.text.side {
                    span.hidden { (side.name()) ": " }
                    @if change.clauses[side].is_empty() { p.none { (absent[side]) } } @else { (text(tongue, ShownSides::Alone(side))) }
                }
            }
        }
    }
}

/// The printed numbers, marked where they differ.
fn labels(page: &Page<'_>, change: &Change, view: ShownSides) -> Markup {
    let sides = page.texts.zip(change.clauses.as_ref());
    let labels = sides.map(|(clauses, places)| telling::labels(clauses, places));
    let tier = tier_name(change.tier);
    html! {
        @if labels.is_same() {
            @if !labels.after.is_empty() { bdi.label { (VisibleText(&labels.after)) } " " }
        } @else {
            @if !labels.before.is_empty() && view.shows(Side::Before) { del class=(format_args!("label {tier}")) { (VisibleText(&labels.before)) } " " }
            @if !labels.after.is_empty() && view.shows(Side::After) { ins class=(format_args!("label {tier}")) { (VisibleText(&labels.after)) } " " }
        }
    }
}
