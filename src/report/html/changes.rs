//! Every change with its text in two views and the reasons for its weight; equal clauses are folded.

use std::io::{self, Write};

use maud::{Markup, html};

use super::page::{Page, Side, address, anchor};
use super::reasons::reasons;
use super::text::{Marked, Tongue, View, counted, stretches, tier_mark, tier_name};
use crate::change::Change;
use crate::report::stretch;
use crate::report::telling::{self, words};
use crate::statement::Clause;
use crate::text::Pair;

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
                span.range { ": " bdi dir="ltr" { (Marked(&end(run.first()))) } @if run.len() > 1 { " – " bdi dir="ltr" { (Marked(&end(run.last()))) } } }
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
    let whole = change.edits.is_empty() && !change.before.is_empty() && !change.after.is_empty();
    html! {
        article class=(format_args!("change {}", tier_name(change.tier))) data-is=(marks(change)) {
            h3 { (addresses(page, change)) }
            p.facts { (tier_mark(change.tier)) " " span.relation { (words(change)) } " " (classes(change)) }
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
    let list = |side: Side, clauses: &[Clause], places: &[usize]| {
        html! {
            @for (number, at) in places.iter().enumerate() {
                @if number > 0 { ", " }
                @let name = anchor(side, *at);
                a.place id=(name) href=(format_args!("#{name}")) { bdi dir="ltr" { (Marked(&address(clauses, *at))) } }
            }
        }
    };
    let same = Pair::new(&change.before, &change.after);
    let names = |clauses: &[Clause], places: &[usize]| -> Vec<String> {
        places.iter().map(|at| address(clauses, *at)).collect()
    };
    let (before, after) = (names(page.texts.before, same.before), names(page.texts.after, same.after));
    html! {
        @if before == after {
            // One address for both sides; the earlier side keeps its place without saying it twice.
            @for at in &change.before { span.place id=(anchor(Side::Before, *at)) {} }
            (list(Side::After, page.texts.after, &change.after))
        } @else if after.is_empty() {
            (list(Side::Before, page.texts.before, &change.before))
        } @else {
            @if !before.is_empty() {
                (list(Side::Before, page.texts.before, &change.before))
                span.turn { span.hidden { " became " } span aria-hidden="true" { " → " } }
            }
            (list(Side::After, page.texts.after, &change.after))
        }
    }
}

/// A text that is the same on both sides.
fn one_text(page: &Page<'_>, change: &Change) -> Markup {
    let tongue = Tongue::shared(page.tongues).set(words_of(page.texts.after, &change.after));
    html! {
        div.text.both lang=[tongue.code] dir=(tongue.direction) {
            p { (labels(page, change, View::Inline)) (texts(page.texts.after, &change.after)) }
        }
    }
}

/// The texts of clauses.
fn words_of<'c>(clauses: &'c [Clause], places: &'c [usize]) -> impl Iterator<Item = &'c str> {
    places.iter().filter_map(|at| clauses.get(*at)).map(|clause| clause.text.as_str())
}

fn texts(clauses: &[Clause], places: &[usize]) -> Markup {
    html! {
        @for (number, clause) in places.iter().filter_map(|at| clauses.get(*at)).enumerate() {
            @if number > 0 { br; }
            (Marked(&clause.text))
        }
    }
}

/// The text with its edits in it, and both sides beside each other; the style shows one of them.
fn both_views(page: &Page<'_>, change: &Change) -> Markup {
    let found = stretch::stretches(change, page.texts.before, page.texts.after);
    let text = |tongue: Tongue, view: View| {
        html! {
            p lang=[tongue.code] dir=(tongue.direction) { (labels(page, change, view)) (stretches(change, &found, view)) }
        }
    };
    let inline = match (change.before.is_empty(), change.after.is_empty()) {
        (true, _) => page.tongues.after,
        (_, true) => page.tongues.before,
        _ => Tongue::shared(page.tongues),
    };
    let before = || words_of(page.texts.before, &change.before);
    let after = || words_of(page.texts.after, &change.after);
    let tongues = Pair::new(page.tongues.before.set(before()), page.tongues.after.set(after()));
    let inline = inline.set(before().chain(after()));
    html! {
        div.text.inline { (text(inline, View::Inline)) }
        div.sides {
            div.text.side {
                span.hidden { "before: " }
                @if change.before.is_empty() { p.none { "not there before" } } @else { (text(tongues.before, View::Before)) }
            }
            div.text.side {
                span.hidden { "after: " }
                @if change.after.is_empty() { p.none { "no longer there" } } @else { (text(tongues.after, View::After)) }
            }
        }
    }
}

/// The printed numbers, marked where they differ.
fn labels(page: &Page<'_>, change: &Change, view: View) -> Markup {
    let of = telling::labels;
    let (before, after) = (of(page.texts.before, &change.before), of(page.texts.after, &change.after));
    let tier = tier_name(change.tier);
    html! {
        @if before == after {
            @if !after.is_empty() { bdi.label { (Marked(&after)) } " " }
        } @else {
            @if !before.is_empty() && view != View::After { del class=(format_args!("label {tier}")) { (Marked(&before)) } " " }
            @if !after.is_empty() && view != View::Before { ins class=(format_args!("label {tier}")) { (Marked(&after)) } " " }
        }
    }
}
