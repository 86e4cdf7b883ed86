//! What is known of the two documents, and what the reader left out of their clauses.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::page::Page;
use super::text::VisibleText;
use crate::record::Document;
use crate::report::{facts::facts, left_out::left_out};
use crate::text::Side;

/// Pieces of one side that are listed; more are counted.
const LISTED: usize = 500;
/// Facts of the source, and what the title says already.
const SOURCE: [&str; 5] = ["reference", "file", "sha256", "encoding", "claim in words"];

/// What each document says it is, in one line; where it came from is told further down.
pub(super) fn identities(page: &Page<'_>) -> Markup {
    html! {
        @for (side, document) in page.sides.each() {
            dt { (side.name()) }
            dd.list {
                @for (key, value) in facts(document).iter().filter(|(key, _)| !SOURCE.contains(key)) {
                    span { span.none { (key) } " " bdi { (VisibleText(value)) } } " "
                }
            }
        }
    }
}

/// What is known of both, beside each other.
pub(super) fn provenance(page: &Page<'_>) -> Markup {
    let known = page.sides.map(facts);
    let mut keys: Vec<&str> = Vec::new();
    let mut seen = BTreeSet::new();
    for (key, _) in known.iter().flatten() {
        if seen.insert(*key) {
            keys.push(key);
        }
    }
    let value = |facts: &[(&str, String)], key: &str| {
        facts.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone())
    };
    html! {
        section aria-labelledby="provenance" {
            h2 id="provenance" { "The two documents" }
            table {
                thead { tr { td {} th scope="col" { "before" } th scope="col" { "after" } } }
                tbody {
                    @for key in keys {
                        @let values = known.as_ref().map(|facts| value(facts, key));
                        tr class=[(!values.is_same()).then_some("differs")] {
                            th scope="row" { (key) }
                            @for value in values {
                                td { @if let Some(value) = value { bdi { (VisibleText(&value)) } } @else { span.none { "not known" } } }
                            }
                        }
                    }
                    tr {
                        th scope="row" { "clauses" }
                        td { (page.texts.before.len()) }
                        td { (page.texts.after.len()) }
                    }
                }
            }
        }
    }
}

/// What belongs to pages and not to the text.
pub(super) fn dropped(page: &Page<'_>) -> Markup {
    html! {
        section aria-labelledby="left-out" {
            h2 id="left-out" { "Left out of the clauses" }
            p { "Nothing of a source is lost silently: what is in no clause was not compared, and is listed here." }
            div.sides-list {
                @for (side, document) in page.sides.each() { (of(side, document)) }
            }
        }
    }
}

fn of(side: Side, document: &Document) -> Markup {
    let pieces = left_out(document.statement());
    let beyond = pieces.len().saturating_sub(LISTED);
    html! {
        div {
            h3 { (side.name()) }
            @if pieces.is_empty() { p.none { "Nothing." } } @else {
                details open[pieces.len() <= 12] {
                    summary { (pieces.values().sum::<usize>()) " pieces" }
                    ul.dropped {
                        @for ((why, text), count) in pieces.iter().take(LISTED) {
                            li {
                                span.why-left { (why.name()) @if *count > 1 { " ×" (count) } } " "
                                bdi.piece { (VisibleText(text)) }
                            }
                        }
                    }
                    @if beyond > 0 { p { (beyond) " more; the JSON document lists them all." } }
                }
            }
        }
    }
}
