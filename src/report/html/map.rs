//! The two documents as two columns, with a ribbon from each clause to what became of it.
//!
//! A ribbon is as wide as its clauses are long. Equal clauses that follow each other are one ribbon, so that the map of
//! a long document has about twice as many as there are changes; what is too thin to be told apart is joined as well.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::page::Page;
use super::text::{VisibleText, tier_name};
use crate::change::Change;
use crate::report::telling::words;
use crate::report::visible::visible;
use crate::statement::Clause;
use crate::text::Pair;

/// The height of the longer document, and the width of the map.
const HEIGHT: f64 = 1000.0;
const WIDTH: f64 = 120.0;
/// How wide a column is.
const COLUMN: f64 = 22.0;
/// A ribbon that is thinner on both sides is joined to its neighbour of the same look.
const THIN: f64 = 0.8;
/// Bytes that every clause counts for beside its text, so that an empty one has a place.
const LEAST: usize = 20;

/// A stretch of one column, from top to bottom.
#[derive(Clone, Copy, PartialEq)]
struct Reach {
    top: f64,
    end: f64,
}

impl Reach {
    fn height(self) -> f64 {
        self.end - self.top
    }

    /// The part of it between two shares of it.
    fn part(self, from: f64, to: f64) -> Self {
        Self { top: self.top + from * self.height(), end: self.top + to * self.height() }
    }
}

/// Clauses of both sides that are drawn as one.
struct Ribbon<'a> {
    ends: Pair<Reach>,
    change: &'a Change,
    /// Whether it stands at another place in the order, or in none.
    look: (&'static str, bool),
}

/// The map; the list of changes says the same to whoever does not see it.
pub(super) fn map(page: &Page<'_>) -> Markup {
    let mut ribbons = ribbons(page);
    // The gravest lie on top; ribbons of one weight keep their order.
    ribbons.sort_by_key(|ribbon| (ribbon.look.1, (!ribbon.change.is_plain()).then_some(ribbon.change.tier)));
    html! {
        svg.map viewBox=(format_args!("0 0 {WIDTH} {HEIGHT}")) preserveAspectRatio="none" aria-hidden="true" {
            @for ribbon in &ribbons {
                a href=(format_args!("#{}", Page::place(ribbon.change))) tabindex="-1" {
                    path class=(class(ribbon)) d=(outline(ribbon.ends)) {
                        title { (VisibleText(&visible(&page.title(ribbon.change)))) ": " (words(ribbon.change)) }
                    }
                }
            }
        }
    }
}

fn class(ribbon: &Ribbon<'_>) -> String {
    let (name, moved) = ribbon.look;
    if moved { format!("{name} moved") } else { name.to_owned() }
}

/// Where each clause of a side stands in its column.
fn reaches(clauses: &[Clause], scale: f64) -> Vec<Reach> {
    let mut end = 0;
    clauses
        .iter()
        .map(|clause| {
            let top = end;
            end += clause.text.len() + LEAST;
            Reach { top: wide(top) * scale, end: wide(end) * scale }
        })
        .collect()
}

#[allow(clippy::cast_precision_loss, reason = "a place in a drawing")]
const fn wide(bytes: usize) -> f64 {
    bytes as f64
}

fn ribbons<'a>(page: &Page<'a>) -> Vec<Ribbon<'a>> {
    let length = |clauses: &[Clause]| clauses.iter().map(|clause| clause.text.len() + LEAST).sum::<usize>();
    let longer = length(page.texts.before).max(length(page.texts.after)).max(1);
    let columns = page.texts.map(|clauses| reaches(clauses, HEIGHT / wide(longer)));
    let mut out: Vec<Ribbon<'_>> = Vec::new();
    // Where the last change ended: the place of what only the other side has.
    let mut ended = Pair::new(0.0, 0.0);
    for change in &page.comparison.changes {
        let look = (if change.is_plain() { "equal" } else { tier_name(change.tier) }, change.moved);
        for ends in parts(change, &columns, ended) {
            ended = ends.map(|reach| reach.end);
            match out.last_mut() {
                Some(last) if joins(last, look, ends) => {
                    last.ends.as_mut().zip(ends).into_iter().for_each(|(last, own)| last.end = own.end);
                }
                _ => out.push(Ribbon { ends, change, look }),
            }
        }
    }
    out
}

/// Whether a ribbon goes on in the next one, and nobody could tell the two apart.
fn joins(last: &Ribbon<'_>, look: (&str, bool), next: Pair<Reach>) -> bool {
    let small = |ends: Pair<Reach>| ends.iter().all(|reach| reach.height() < THIN);
    last.look == look
        && last.ends.zip(next).iter().all(|(last, next)| last.end == next.top)
        && (look.0 == "equal" || (small(last.ends) && small(next)))
}

/// The ribbons of a change. Of several clauses, each side is taken as one text from 0 to 1, and every pair of clauses
/// that share a part of it is joined by that part: so a split fans out, and each part has the width of its clause.
fn parts(change: &Change, columns: &Pair<Vec<Reach>>, ended: Pair<f64>) -> Vec<Pair<Reach>> {
    let Pair { before, after } = Pair::from_fn(|side| {
        let places = change.clauses[side].iter();
        let found: Vec<Reach> = places.filter_map(|at| columns[side].get(at.get()).copied()).collect();
        // A clause that stands on one side only runs out at the place that the other has come to.
        let place = [Reach { top: ended[side], end: ended[side] }];
        shares(if found.is_empty() { &place } else { &found })
    });
    let mut out = Vec::with_capacity(before.len() + after.len() - 1);
    let (mut left, mut right, mut from) = (0, 0, 0.0);
    while let (Some(one), Some(other)) = (before.get(left), after.get(right)) {
        let to = one.to.min(other.to);
        out.push(Pair::new(one.cut(from, to), other.cut(from, to)));
        from = to;
        left += usize::from(one.to <= to);
        right += usize::from(other.to <= to);
    }
    out
}

/// A clause and the shares of its side's text that it stands between.
struct Share {
    reach: Reach,
    from: f64,
    to: f64,
}

impl Share {
    fn cut(&self, from: f64, to: f64) -> Reach {
        let share = (self.to - self.from).max(f64::MIN_POSITIVE);
        self.reach.part(((from - self.from) / share).clamp(0.0, 1.0), ((to - self.from) / share).clamp(0.0, 1.0))
    }
}

fn shares(reaches: &[Reach]) -> Vec<Share> {
    let whole = reaches.iter().map(|reach| reach.height()).sum::<f64>().max(f64::MIN_POSITIVE);
    let mut from = 0.0;
    let mut shares: Vec<Share> = reaches
        .iter()
        .map(|reach| {
            let share = Share { reach: *reach, from, to: from + reach.height() / whole };
            from = share.to;
            share
        })
        .collect();
    if let Some(last) = shares.last_mut() {
        last.to = 1.0;
    }
    shares
}

/// The outline of a ribbon, with its pieces of the columns.
fn outline(ends: Pair<Reach>) -> String {
    let Pair { before, after } = ends;
    let (left, right, middle) = (COLUMN, WIDTH - COLUMN, WIDTH / 2.0);
    let mut out = String::with_capacity(96);
    // Writing to a string can't fail.
    let _ = write!(
        out,
        "M0 {a:.1}H{left}C{middle} {a:.1} {middle} {c:.1} {right} {c:.1}H{WIDTH}V{d:.1}H{right}C{middle} {d:.1} {middle} {b:.1} {left} {b:.1}H0Z",
        a = before.top,
        b = before.end,
        c = after.top,
        d = after.end,
    );
    out
}
