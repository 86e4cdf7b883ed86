//! A comparison as one HTML file for a browser, complete in itself: nothing is fetched, and nothing runs but the one
//! script below, which a policy in the file names by its hash.
//!
//! The report is whole without the script: views, tiers and themes are chosen by form controls that the style reads,
//! clauses fold as `details`, places are links. The script adds keys, a search and a filter of classes.

mod changes;
mod glossary;
mod jump;
mod map;
mod page;
mod reasons;
mod sides;
mod text;

use std::{
    io::{self, Write},
    sync::LazyLock,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::summary::Summary;
use super::telling::unclassified;
use super::visible::visible;
use crate::change::{Comparison, Relation, Tier, Verdict};
use crate::record::Document;
use crate::report::reports::{Renderer, Report, none};
use crate::text::Pair;
use page::Page;
use text::{VisibleText, counted, tier_mark, tier_shape};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// What the browser is told to refuse: everything but the style and the script of the report.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
});

/// Writes the report of a comparison.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn html(out: &mut dyn Write, sides: Pair<&Document>, comparison: &Comparison) -> io::Result<()> {
    let page = Page::new(sides, comparison);
    let summary = Summary::of(comparison);
    let names = sides.map(Document::name);
    let title = format!("{} → {}", visible(names.before), visible(names.after));
    let begin = html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\" class=\"scriptless\">"))
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(*POLICY);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            meta name="generator" content=(format_args!("recension {}", env!("CARGO_PKG_VERSION")));
            title { (title) }
            style { (PreEscaped(STYLE)) }
        }
        (PreEscaped("<body>"))
        a.skip href="#changes" { "Skip to the changes" }
        (bar(&summary))
        (PreEscaped("<div class=\"frame\">"))
        (aside(&page))
        (PreEscaped("<main>"))
        (opening(&page, &summary))
        (PreEscaped("<section aria-labelledby=\"changes\">"))
        h2 id="changes" { "The text, with its changes" }
        div.columns aria-hidden="true" { span { "before" } span { "after" } }
    };
    out.write_all(begin.into_string().as_bytes())?;
    changes::write(out, &page)?;
    let end = html! {
        (PreEscaped("</section>"))
        (sides::provenance(&page))
        (sides::dropped(&page))
        (glossary::glossary(&page, &summary))
        (about())
        (PreEscaped("</main></div>"))
        (help())
        script { (PreEscaped(SCRIPT)) }
        (PreEscaped("</body></html>\n"))
    };
    out.write_all(end.into_string().as_bytes())
}

/// The bar that stays at the top: counts that filter, views, search.
fn bar(summary: &Summary) -> Markup {
    html! {
        header.bar {
            fieldset.tiers {
                legend.hidden { "Show changes that are" }
                @for (tier, count) in &summary.tiers {
                    label class=(format_args!("tier {tier}")) {
                        input type="checkbox" id=(format_args!("show-{tier}")) checked;
                        span aria-hidden="true" { (tier_shape(Some(*tier))) }
                        span { (count) " " (tier.name()) }
                    }
                }
            }
            fieldset.views {
                legend.hidden { "View" }
                label { input type="radio" name="view" id="view-inline" checked; span { "Inline" } }
                label { input type="radio" name="view" id="view-sides"; span { "Side by side" } }
            }
            div.find.scripted role="search" {
                select id="kind" aria-label="Only changes of this kind" {
                    option value="" { "every kind" }
                    optgroup label="Class" {
                        @for (class, count) in &summary.classes {
                            option value=(class.name()) { (class.name()) " (" (count) ")" }
                        }
                    }
                    optgroup label="What became of the clause" {
                        @for (relation, count) in summary.relations.iter().filter(|(relation, count)| *count > 0 && *relation != Relation::Equal) {
                            option value=(relation.name()) { (relation.name()) " (" (count) ")" }
                        }
                        @for (name, count) in [("moved", summary.moved), ("renumbered", summary.renumbered)] {
                            @if count > 0 { option value=(name) { (name) " (" (count) ")" } }
                        }
                    }
                }
                input type="search" id="find" placeholder="Find in changes" aria-label="Only changes with this text" autocomplete="off" spellcheck="false";
                span.steps {
                    button type="button" id="previous" aria-label="Previous change" { "↑" }
                    button type="button" id="next" aria-label="Next change" { "↓" }
                }
            }
            fieldset.themes {
                legend.hidden { "Colours" }
                label { input type="radio" name="theme" id="theme-auto" checked; span { "Auto" } }
                label { input type="radio" name="theme" id="theme-light"; span { "Light" } }
                label { input type="radio" name="theme" id="theme-dark"; span { "Dark" } }
            }
            button.scripted type="button" id="help-open" aria-label="Keys" { "?" }
            p.hidden id="status" role="status" {}
        }
    }
}

fn aside(page: &Page<'_>) -> Markup {
    html! {
        aside.map-frame aria-label="Map of the two documents" {
            p.hidden {
                "A drawing of the two documents beside each other, with a ribbon from each clause to what became of it. \
                 The list of changes by weight says the same."
            }
            div.map-heads aria-hidden="true" { span { "before" } span { "after" } }
            (map::map(page))
        }
        (jump::list(page))
    }
}

/// The names of the two documents, the verdict and the counts.
fn opening(page: &Page<'_>, summary: &Summary) -> Markup {
    let comparison = page.comparison;
    html! {
        h1 {
            bdi.name { (VisibleText(page.sides.before.name())) }
            " " span.turn { span.hidden { "compared with" } span aria-hidden="true" { "→" } } " "
            bdi.name { (VisibleText(page.sides.after.name())) }
        }
        dl.counts { (sides::identities(page)) }
        p.verdict {
            @match comparison.verdict {
                Verdict::Identical => "Both sides say the same, clause by clause.",
                Verdict::Changed(tier) => { "Verdict: " (tier_mark(Some(tier))) ". " (amounts(tier)) }
            }
        }
        dl.counts {
            dt { "clauses" }
            dd {
                (summary.relations_in_words())
            }
            @if !summary.classes.is_empty() {
                dt { "classes" }
                dd.list {
                    @for (class, count) in &summary.classes {
                        span { (count) " " a href=(format_args!("#class-{class}")) { (class.name()) } } " "
                    }
                }
            }
        }
        @if comparison.skipped > 0 {
            p.caution {
                (counted(usize::try_from(comparison.skipped).unwrap_or(usize::MAX), "comparison", "comparisons"))
                " of clauses or words were left out: a move or a split may be told as deleted and inserted."
            }
        }
        @if let Some(note) = unclassified(page.sides, comparison) {
            p.caution { (note) }
        }
        p.further {
            a href="#jump" { "Changes by weight" } " · " a href="#provenance" { "The two documents" } " · " a href="#left-out" { "What was left out of the clauses" } " · "
            a href="#classes-and-rules" { "What the classes and rules mean" }
        }
    }
}

const fn amounts(tier: Tier) -> &'static str {
    match tier {
        Tier::Invisible => "The page differs and the document does not.",
        Tier::Editorial => "The document differs in ways without weight: masthead, numbering, spelling.",
        Tier::Review => "A person must look.",
        Tier::Substantive => "What is said differs.",
    }
}

fn about() -> Markup {
    html! {
        section aria-labelledby="about" {
            h2 id="about" { "About this report" }
            p {
                "Made by recension " (env!("CARGO_PKG_VERSION")) ". The same two texts give the same file, byte for byte. "
                "The address of a clause is a link that can be quoted: " code { "#before-c7" } " and " code { "#after-c8" }
                " name clauses as the JSON document " code { "recension.diff/1" } " does. Text removed is struck through, "
                "text added is underlined. A character that nobody sees stands as its code, such as "
                bdi.unseen dir="ltr" { "U+200B" } "."
            }
        }
    }
}

fn help() -> Markup {
    let keys = [
        ("j", "next change"),
        ("k", "previous change"),
        ("s", "inline or side by side"),
        ("e", "show or fold all equal clauses"),
        ("w", "why: the reasons of this change"),
        ("/", "find in changes"),
        ("Esc", "every change again"),
        ("?", "this list"),
    ];
    html! {
        dialog id="help" aria-labelledby="help-title" {
            h2 id="help-title" { "Keys" }
            dl {
                @for (key, does) in keys { dt { kbd { (key) } } dd { (does) } }
            }
            p { label { input type="checkbox" id="keys" checked; " Keys of a single letter" } }
            form method="dialog" { button { "Close" } }
        }
    }
}

/// One file for a browser.
pub(super) struct HtmlFormat;

impl Renderer for HtmlFormat {
    fn render(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        match report {
            Report::Comparison(report) => html(out, report.sides, report.comparison),
            other => none("page", other),
        }
    }
}
