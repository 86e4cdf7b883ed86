//! Which lines are of the page and not of the text: heads, feet, footnotes.
//!
//! Heads and feet stand near an edge, and the file says so, or they stand on other pages in the same place with the same
//! words, but for numbers. Footnotes stand at the end of a page, below a rule, in smaller letters than the text, and begin
//! with a mark. What is not sure is left to the words: the passes behind know more of them.

use std::collections::BTreeMap;

use super::lines::Line;
use super::page::{Rule, Turn};
use crate::ingest::layout::Place;

/// The lines of a page, in the order of reading.
#[derive(Clone, Debug)]
pub(super) struct PageLines {
    /// The number of the page.
    pub(super) number: u32,
    /// Its height, in points.
    pub(super) height: f32,
    /// Its width.
    pub(super) width: f32,
    /// Its lines.
    pub(super) lines: Vec<Line>,
    /// Its rules.
    pub(super) rules: Vec<Rule>,
}

/// Share of the page in which heads stand, and feet.
const EDGE: f32 = 0.2;
/// The same where only words that stand again tell.
const OWN_EDGE: f32 = 0.14;
/// How far apart, in points, lines of several pages stand in the same place.
const SAME: f32 = 3.0;
/// Share of the page in which no footnote stands, and of its width that the rule above them has.
const ABOVE_NOTES: f32 = 0.2;
const RULE: std::ops::RangeInclusive<f32> = 0.05..=0.5;
/// Share of the page's width by which the rule may begin beside the text: labels stand out of it.
const MARGIN: f32 = 0.12;
/// How much smaller letters of footnotes are.
const SMALLER: f32 = 0.97;

/// What each line of each page is of its page; `None` where it is text, or the words have to tell.
pub(super) fn places(pages: &[PageLines]) -> Vec<Vec<Option<Place>>> {
    let again = repeated(pages);
    let body = body_size(pages);
    let mut places = Vec::with_capacity(pages.len());
    for page in pages {
        let mut own: Vec<Option<Place>> = page.lines.iter().map(|line| edge(page, line, &again)).collect();
        notes(page, body, &mut own);
        places.push(own);
    }
    places
}

/// The size of most letters.
fn body_size(pages: &[PageLines]) -> f32 {
    let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        let letters: usize = line.cells.iter().flat_map(|cell| &cell.pieces).map(|piece| piece.text.len()).sum();
        *sizes.entry((line.size * 10.0).round() as i32).or_default() += letters;
    }
    sizes.into_iter().max_by_key(|(_, letters)| *letters).map_or(10.0, |(size, _)| size as f32 / 10.0)
}

/// Which edge of the page a line stands at.
fn edge_of(page: &PageLines, line: &Line, share: f32) -> Option<Place> {
    if line.base <= page.height * share {
        Some(Place::Head)
    } else if line.base >= page.height * (1.0 - share) {
        Some(Place::Foot)
    } else {
        None
    }
}

/// Whether a line is one of the rules that are made of signs.
fn is_rule(line: &Line) -> bool {
    line.text().chars().all(|c| matches!(c, '_' | '-' | '–' | '—' | ' '))
}

/// The words of a line without its numbers, and where it stands: at the head or not, and how far from the edge.
type Spot = (bool, i32, String);

/// A page on which a line stands, and the numbers in the line.
type Seen = (u32, Vec<u32>);

/// Where a line near an edge stands, once as far from it as it is and once a little further, and its numbers.
fn spots(page: &PageLines, line: &Line) -> Option<([Spot; 2], Vec<u32>)> {
    let place = edge_of(page, line, OWN_EDGE)?;
    if line.cells.first().and_then(|cell| cell.pieces.first()).is_none_or(|piece| piece.is_raised) {
        return None;
    }
    let (mut words, mut numbers, mut number) = (String::new(), Vec::new(), None);
    for c in line.text().chars().chain([' ']) {
        match (crate::language::decimal_digit(c).and_then(|digit| char::from_digit(digit, 10)), &mut number) {
            (Some(digit), None) => number = Some(String::from(digit)),
            (Some(digit), Some(number)) => number.push(digit),
            (None, _) => {
                if let Some(number) = number.take() {
                    words.push('#');
                    numbers.push(number.parse().unwrap_or(u32::MAX));
                }
                words.push(c);
            }
        }
    }
    let is_head = place == Place::Head;
    let at = if is_head { line.base } else { page.height - line.base };
    let at = (at / SAME).round() as i32;
    Some(([(is_head, at, words.clone()), (is_head, at + 1, words)], numbers))
}

/// Where which lines stand on which pages.
fn repeated(pages: &[PageLines]) -> BTreeMap<Spot, Vec<Seen>> {
    let mut found: BTreeMap<Spot, Vec<Seen>> = BTreeMap::new();
    for page in pages {
        for line in page.lines.iter().filter(|line| line.turn == Turn::Upright) {
            let Some((spots, numbers)) = spots(page, line) else { continue };
            for spot in spots {
                found.entry(spot).or_default().push((page.number, numbers.clone()));
            }
        }
    }
    found
}

/// Whether lines of two pages say the same: their numbers are the same, or count the pages.
fn says_the_same((page, numbers): &Seen, (other_page, others): &Seen) -> bool {
    let counts = |(one, other): (&u32, &u32)| {
        one == other || i64::from(*one) - i64::from(*other) == i64::from(*page) - i64::from(*other_page)
    };
    page != other_page && numbers.len() == others.len() && numbers.iter().zip(others).all(counts)
}

/// Whether a line is a head or a foot.
fn edge(page: &PageLines, line: &Line, again: &BTreeMap<Spot, Vec<Seen>>) -> Option<Place> {
    if is_rule(line) {
        return None;
    }
    if line.turn != Turn::Upright {
        return line.is_artifact.then_some(Place::Foot);
    }
    let place = edge_of(page, line, EDGE)?;
    // The head of the first page may be the masthead: it is a running head where others say the same.
    let may_be_masthead = page.number == 1 && place == Place::Head;
    if line.is_artifact && !may_be_masthead {
        return Some(place);
    }
    let (spots, numbers) = spots(page, line)?;
    let own = (page.number, numbers);
    // Left and right pages may have heads of their own.
    let near = |seen: &Seen| seen.0.abs_diff(page.number) <= 2 && says_the_same(seen, &own);
    let is_again =
        spots.iter().filter_map(|spot| again.get(spot)).any(|seen| around(seen, page.number).iter().any(near));
    is_again.then_some(place)
}

/// What was seen on the pages around one.
fn around(seen: &[Seen], page: u32) -> &[Seen] {
    let from = seen.partition_point(|(number, _)| *number + 2 < page);
    let to = seen.partition_point(|(number, _)| *number <= page + 2);
    &seen[from..to]
}

/// Finds the footnotes of a page.
fn notes(page: &PageLines, body: f32, places: &mut [Option<Place>]) {
    let lines = &page.lines;
    let Some(end) = (0..lines.len()).rfind(|at| places[*at].is_none() && lines[*at].turn == Turn::Upright) else {
        return;
    };
    let top = page.height * ABOVE_NOTES;
    // A rule of signs is a line of its own.
    let signs = (0..=end).rfind(|at| is_rule(&lines[*at]) && lines[*at].base > top);
    let drawn = page.rules.iter().filter(|rule| rule.base > top && opens_notes(page, rule));
    let drawn = drawn.map(|rule| rule.base).fold(0.0, f32::max);
    let from = match signs {
        Some(at) if lines[at].base >= drawn - 1.0 => at + 1,
        _ if drawn > 0.0 => match (0..=end).find(|at| lines[*at].base > drawn) {
            Some(at) => at,
            None => return,
        },
        _ => return,
    };
    let zone = from..end + 1;
    if zone.is_empty() {
        return;
    }
    let is_small = zone.clone().all(|at| lines[at].size <= body * SMALLER);
    let is_marked = begins_with_mark(&lines[from]);
    // Below a rule of signs, the first note may go on from the page before.
    let goes_on = is_small && signs.is_some_and(|at| at + 1 == from);
    let is_sure = is_marked && (is_small || lines[from].cells[0].pieces[0].is_raised) || goes_on;
    if is_sure {
        for at in zone {
            if places[at].is_none() && lines[at].turn == Turn::Upright {
                places[at] = Some(Place::Note);
            }
        }
    }
}

/// Whether a drawn rule may stand above footnotes: it is a part of the page's width, begins where its text does, and is no
/// part of a table, whose borders have others beside them or below.
fn opens_notes(page: &PageLines, rule: &Rule) -> bool {
    let left = page.lines.iter().map(Line::left).fold(f32::MAX, f32::min);
    let from_edge = page.lines.iter().map(Line::right).fold(0.0, f32::max) - rule.right;
    let is_at_edge = (rule.left - left).abs() <= MARGIN * page.width || from_edge.abs() <= MARGIN * page.width;
    let has_others = page.rules.iter().filter(|other| other.base >= rule.base - 2.0).count() > 1;
    RULE.contains(&((rule.right - rule.left) / page.width.max(1.0))) && is_at_edge && !has_others
}

/// Whether a line begins as a footnote does: with a number or an asterisk.
pub(super) fn begins_with_mark(line: &Line) -> bool {
    let Some(first) = line.cells.first().and_then(|cell| cell.pieces.first()) else { return false };
    let word = first.text.trim();
    first.is_raised || word.chars().next().is_some_and(|c| c.is_numeric() || matches!(c, '*' | '†' | '‡' | 'ª' | 'º'))
}
