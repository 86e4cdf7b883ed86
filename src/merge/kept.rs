//! What a reading leaves out must not be lost by a merge: marks of footnotes, soft hyphens, the blanks between the columns
//! of a table, and lines that belong to pages.
//!
//! Clauses are decided on by what they say, and two that say the same may stand in different bytes. So the bytes are
//! compared too, but for what the breaking of lines does to them. What one side changed there is taken or, where both
//! changed the clause, a conflict. Lines of pages stand in no clause: those that one side put in or took out are looked
//! for in the result, and what is not as that side has it is told. Linear in the texts.

use std::collections::{BTreeMap, BTreeSet};

use super::outcome::Disagreement;
use super::plan::{Clash, Plan, PlanItem};
use super::segmented::{SegmentedSource, ink, is_of_page};
use super::units::{Touch, Unit, Units};
use crate::statement::{ClauseIndex, DroppedPiece, Why};
use crate::text::chars::is_space;

/// Blanks in a row that part columns and not words.
const COLUMN: usize = 3;
/// Pieces that share their line with others and are looked for inside lines; further ones are told where they stand in
/// no line alone.
const PARTS: usize = 256;

/// Takes what only the bytes of a clause show, or makes a conflict of it.
pub(super) fn settle(
    plan: &mut Plan,
    base: &SegmentedSource,
    ours: &SegmentedSource,
    theirs: &SegmentedSource,
    units: &Units,
) {
    for entry in plan.entries_mut() {
        let unit = match entry {
            PlanItem::Ours(at) => &units.units[units.of_ours[*at]],
            PlanItem::Theirs(at) => &units.units[units.of_theirs[*at]],
            PlanItem::Clash(_) => continue,
        };
        let ([b], [o], [t]) = (&unit.base[..], &unit.ours[..], &unit.theirs[..]) else { continue };
        let (b, own, their) = (raw(base, *b), raw(ours, *o), raw(theirs, *t));
        let is_ours = matches!(entry, PlanItem::Ours(_));
        let lost = if is_ours { their != b && their != own } else { own != b && own != their };
        if !lost {
            continue;
        }
        *entry = if is_ours && own == b && unit.by_ours.touch != Touch::Edited {
            PlanItem::Theirs(*t)
        } else {
            PlanItem::Clash(clash(unit))
        };
    }
}

fn clash(unit: &Unit) -> Clash {
    Clash {
        ours: unit.ours.clone(),
        base: unit.base.clone(),
        theirs: unit.theirs.clone(),
        why: Some(Disagreement::Edited),
    }
}

/// The bytes of a clause without its label, as far as they say something: rows of a table as they stand, all else
/// without white space and without the hyphens at the ends of lines.
fn raw(side: &SegmentedSource, clause: ClauseIndex) -> String {
    let source = side.source_of(clause);
    let label = side.clause(clause).label.as_deref().unwrap_or("");
    let body = source.strip_prefix(label).unwrap_or(&source);
    let mut out = String::new();
    let mut lines = body.lines().peekable();
    while let Some(line) = lines.next() {
        if has_columns(line) {
            out.push('\n');
            out.push_str(line.trim_end());
            out.push('\n');
            continue;
        }
        out.extend(ink(line));
        if lines.peek().is_some() && out.ends_with(['-', '\u{2010}', '\u{AD}']) {
            out.pop();
        }
    }
    out
}

/// Whether a line has blanks inside that part columns.
fn has_columns(line: &str) -> bool {
    let mut blanks = 0;
    for c in line.trim_matches(is_space).chars() {
        blanks = if is_space(c) { blanks + 1 } else { 0 };
        if c == '\t' || blanks >= COLUMN {
            return true;
        }
    }
    false
}

/// Lines of pages that do not stand in the result as a side has them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct LostLines {
    /// Lines that theirs put in and the result has not, or that ours put in.
    pub(super) added: Vec<String>,
    /// Lines that a side took out and the result has.
    pub(super) removed: Vec<String>,
}

impl LostLines {
    /// Looks for what the sides did to the lines of pages.
    pub(super) fn of(base: &SegmentedSource, sides: [&SegmentedSource; 2], result: &str) -> Self {
        let (before, after) = (Lines::of(&base.text), Lines::of(result));
        let mut lost = Self::default();
        for side in sides {
            let own = Lines::of(&side.text);
            let mut parts = PARTS;
            for (line, inked) in page_lines(side) {
                // What stands in a line with something else may do so in the result.
                let is_part = !own.whole.contains(&inked) && parts > 0;
                parts -= usize::from(is_part);
                if !before.hold(&inked, is_part) && !after.hold(&inked, is_part) && !lost.added.contains(&line) {
                    lost.added.push(line);
                }
            }
            for (line, inked) in page_lines(base) {
                let is_part = !before.whole.contains(&inked) && parts > 0;
                parts -= usize::from(is_part);
                if !own.hold(&inked, is_part) && after.hold(&inked, false) && !lost.removed.contains(&line) {
                    lost.removed.push(line);
                }
            }
        }
        lost
    }

    /// Whether all lines are as the sides have them.
    pub(super) fn is_nothing(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

/// The lines of a text without their white space.
struct Lines {
    whole: BTreeSet<String>,
    joined: String,
}

impl Lines {
    fn of(text: &str) -> Self {
        let whole = text.lines().map(|line| ink(line).collect()).collect();
        let lines = text.lines().flat_map(|line| ink(line).chain(['\n']));
        Self { whole, joined: lines.collect() }
    }

    /// Whether a piece is one of the lines, or, where it may share its line, stands in one with whatever else.
    fn hold(&self, piece: &str, is_part: bool) -> bool {
        if is_part { self.joined.contains(piece) } else { self.whole.contains(piece) }
    }
}

/// The lines that belong to pages, as they stand and without white space. Where pages end, and what counts them, is that
/// of one side in any case: such lines are none.
fn page_lines(side: &SegmentedSource) -> Vec<(String, String)> {
    let dropped: Vec<&DroppedPiece> = side.statement.dropped.iter().filter(|dropped| is_of_page(dropped)).collect();
    let of_numbers = dropped.iter().filter(|dropped| dropped.why == Why::PageNumber);
    let numbers: BTreeSet<u32> = of_numbers.filter_map(|dropped| number(&dropped.text)).collect();
    let counts = |text: &str| {
        number(text).is_some_and(|own| {
            numbers.contains(&own.saturating_add(1)) || own.checked_sub(1).is_some_and(|last| numbers.contains(&last))
        })
    };
    let kept = dropped.iter().filter(|dropped| dropped.why != Why::PageNumber || !counts(&dropped.text));
    let lines: Vec<&str> =
        kept.flat_map(|dropped| dropped.text.lines()).map(|line| line.trim_matches(is_space)).collect();
    let mut forms: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        forms.entry(form(line)).or_default().push(line);
    }
    forms.retain(|_, lines| !is_paging(lines));
    let told = lines.into_iter().filter(|line| forms.contains_key(&form(line)));
    told.map(|line| (line.to_owned(), ink(line).collect())).collect()
}

/// A line with every number in it alike.
fn form(line: &str) -> String {
    let mut out = String::new();
    for c in ink(line) {
        match c.is_ascii_digit() {
            true if out.ends_with('#') => {}
            true => out.push('#'),
            false => out.push(c),
        }
    }
    out
}

/// Whether lines of one form do nothing but count pages or repeat a symbol: then they say nothing of their own.
fn is_paging(lines: &[&str]) -> bool {
    if lines.len() < 2 {
        return false;
    }
    if lines.iter().all(|line| *line == lines[0]) {
        let is_symbol =
            |token: &str| token.contains(|c: char| c.is_ascii_digit()) && !token.contains(char::is_lowercase);
        return lines[0].contains(char::is_alphabetic) && lines[0].split(is_space).all(is_symbol);
    }
    let numbers: Vec<Vec<u32>> = lines.iter().map(|line| all_numbers(line)).collect();
    let Some(first) = numbers.first() else { return false };
    let varying: Vec<usize> =
        (0..first.len()).filter(|at| numbers.iter().any(|own| own.get(*at) != first.get(*at))).collect();
    let [at] = varying[..] else { return false };
    let counted: Vec<u32> = numbers.iter().filter_map(|own| own.get(at).copied()).collect();
    // The number of a page is no greater than there are pages; what counts higher may be anything.
    let most = u32::try_from(lines.len()).unwrap_or(u32::MAX).saturating_add(2);
    counted.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1])) && counted.iter().all(|own| *own <= most)
}

fn all_numbers(line: &str) -> Vec<u32> {
    line.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

/// The first number of a page number: `- 4 -`, `4/12`.
fn number(text: &str) -> Option<u32> {
    let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_told_from_words() {
        assert!(has_columns("Veltria       150"));
        assert!(has_columns("Veltria\t150"));
        assert!(!has_columns("    Each side.  It shall"));
    }

    #[test]
    fn what_counts_pages_is_told_from_what_says_something() {
        assert!(is_paging(&["2/4 ML.31-00417", "3/4 ML.31-00417"]));
        assert!(is_paging(&["ML/CRS/41  Page 2", "ML/CRS/41  Page 3"]));
        assert!(is_paging(&["ML/CRS/41", "ML/CRS/41"]));
        for lines in [
            &["Ceiling of 150 warheads", "Ceiling of 150 warheads"][..],
            &["Ceiling of 150 warheads", "Ceiling of 151 warheads"],
            &["DRAFT", "DRAFT"],
            &["120/15", "120/15"],
            &["2/4 ML.31-00417"],
            &["2 posts", "4 posts"],
        ] {
            assert!(!is_paging(lines), "{lines:?}");
        }
    }

    #[test]
    fn page_numbers_begin_with_their_own() {
        assert_eq!((number("- 4 -"), number("12/40"), number("iv")), (Some(4), Some(12), None));
    }
}
