//! A comparison in one screen: both names, the verdict, counts, and the gravest changes in a line each.
//!
//! No more than 22 lines, and none longer than the width, whatever the texts: what does not fit is cut off and counted.

use std::{cmp::Reverse, fmt::Write as _};

use super::lines::{LABEL, notes, relation, tier_of, verdict_style};
use super::outline::is_told;
use crate::change::{Change, Comparison, description};
use crate::record::Document;
use crate::report::summary::Summary;
use crate::report::{
    telling::{classes, counted, mark, place},
    terminal::{
        look::Look,
        paint::{Style, columns, fitted, painted, squeezed},
    },
};
use crate::statement::Clause;
use crate::text::Pair;

/// Changes that have a line of their own.
const MOST_CHANGES: usize = 10;
/// Lines of counts by class.
const CLASS_LINES: usize = 2;
/// Columns of the longest name of a tier.
const TIER: usize = 11;
/// Columns of an address, at most.
const ADDRESS: usize = 28;

/// The whole screen.
pub(super) fn stat(out: &mut String, sides: Pair<&Document>, comparison: &Comparison, look: Look) {
    let room = look.width.saturating_sub(LABEL);
    for (side, document) in sides.each() {
        row(out, side.name(), &squeezed(document.name(), room), Style::Bold, look);
    }
    out.push('\n');
    let summary = Summary::of(comparison);
    // One row for both: the screen is short.
    let parts = summary.parts_in_words().map_or_else(String::new, |parts| format!(": {parts}"));
    let verdict = format!("{}{parts}", comparison.verdict.name());
    row(out, "verdict", &verdict, verdict_style(comparison.verdict), look);
    row(out, "clauses", &summary.relations_in_words(), Style::Plain, look);
    let tiers = counted(summary.tiers.iter().map(|(tier, count)| (tier.name(), *count)));
    if !tiers.is_empty() {
        row(out, "tiers", &tiers, Style::Plain, look);
    }
    by_class(out, &summary, look);
    gravest(out, comparison, sides.map(|side| side.statement().clauses.as_slice()), look);
    let notes = notes(sides, comparison, look);
    if !notes.is_empty() {
        out.push('\n');
    }
    for note in notes {
        let _ = writeln!(out, "{}", painted(&fitted(&note, look.width), Style::Faint, look));
    }
}

fn row(out: &mut String, label: &str, text: &str, style: Style, look: Look) {
    let text = fitted(text, look.width.saturating_sub(LABEL));
    let _ = writeln!(out, "{}{}", painted(&format!("{label:LABEL$}"), Style::Faint, look), painted(&text, style, look));
}

/// Counts by class, the gravest first, in two lines.
fn by_class(out: &mut String, summary: &Summary, look: Look) {
    let width = look.width.saturating_sub(LABEL);
    let mut lines = vec![String::new()];
    let all = summary.classes.len();
    for (at, (class, count)) in summary.classes.iter().enumerate() {
        let word = format!("{count} {}{}", class.name(), if at + 1 < all { "," } else { "" });
        let more = format!("and {} more", all - at);
        let last = lines.len() == CLASS_LINES;
        let Some(line) = lines.last_mut() else { return };
        let gap = usize::from(!line.is_empty());
        // In the last line there must be room to say how many are left.
        let room = if last && at + 1 < all { width.saturating_sub(1 + columns(&more)) } else { width };
        if columns(line) + gap + columns(&word) <= room || line.is_empty() && !last {
            line.push_str(if gap > 0 { " " } else { "" });
            line.push_str(&word);
        } else if last {
            line.push_str(if gap > 0 { " " } else { "" });
            line.push_str(&more);
            break;
        } else {
            lines.push(word);
        }
    }
    for (at, line) in lines.iter().filter(|line| !line.is_empty()).enumerate() {
        row(out, if at == 0 { "classes" } else { "" }, line, Style::Plain, look);
    }
}

/// The gravest changes, of equal weight in the order of the text.
fn gravest(out: &mut String, comparison: &Comparison, texts: Pair<&[Clause]>, look: Look) {
    let mut changes: Vec<&Change> = comparison.changes.iter().filter(|change| is_told(change, look.verbose)).collect();
    changes.sort_by_key(|change| Reverse((change.tier, change.classes.first().copied())));
    let beyond = changes.len().saturating_sub(MOST_CHANGES);
    changes.truncate(MOST_CHANGES);
    let places: Vec<String> =
        changes.iter().map(|change| fitted(&place(change, texts), ADDRESS).into_owned()).collect();
    let words: Vec<String> = changes.iter().map(|change| words(change, texts)).collect();
    let widest = |texts: &[String]| texts.iter().map(|text| columns(text)).max().unwrap_or(0);
    let (place_columns, words_columns) = (widest(&places), widest(&words));
    if !changes.is_empty() {
        out.push('\n');
    }
    for ((change, place), words) in changes.iter().zip(&places).zip(&words) {
        let told = format!("{} ({})", relation(change, texts), classes(change));
        let (tier, style) = tier_of(change);
        let sign = change.tier.map_or(' ', mark);
        let rest = look.width.saturating_sub(2 + TIER + 2 + place_columns + 2 + 2 + words_columns);
        let columns_of = [(place.as_str(), place_columns), (&fitted(&told, rest), rest)];
        let line = columns_of.map(|(text, width)| format!("{text}{}", " ".repeat(width.saturating_sub(columns(text)))));
        let line = format!("{}  {}  {}{words}", line[0], line[1], " ".repeat(words_columns - columns(words)));
        let line = fitted(line.trim_end(), look.width.saturating_sub(2 + TIER + 2)).into_owned();
        let _ = writeln!(out, "{}  {line}", painted(&format!("{sign} {tier:TIER$}"), style, look));
    }
    if beyond > 0 {
        let _ = writeln!(out, "{}", painted(&format!("… and {beyond} more"), Style::Faint, look));
    }
}

/// `+3 −2`, words that came and went.
fn words(change: &Change, texts: Pair<&[Clause]>) -> String {
    let Pair { before, after } = description::words(change, texts);
    let count = |sign: char, count: usize| (count > 0).then(|| format!("{sign}{count}"));
    let counts: Vec<String> = [count('+', after), count('−', before)].into_iter().flatten().collect();
    counts.join(" ")
}
