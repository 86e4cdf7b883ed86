//! Numbers of pages: whether the numbers at the edges of pages count them.
//!
//! `2/6`, `Page 3` or a bare `4` may number a page, and may as well be a vote, a fraction or the last row of a table. A
//! number that counts is sure: another page number next to it is one more or one less, or it stands where the page of
//! that number can end. What does not count is text.

use std::collections::BTreeMap;

/// A line that has the form of a page's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PageNumber {
    /// The number.
    pub(super) number: u32,
    /// How many pages there are, where the line says so.
    pub(super) of: Option<u32>,
}

/// Lines that the shortest page has, as far as they were read: extractions of excerpts keep little of a page.
const SHORTEST: usize = 4;

/// Reads the numbers of a line that has the form of a page's number; `None` where it has none.
pub(super) fn read(line: &str) -> Option<PageNumber> {
    let mut numbers = line
        .split(|c: char| crate::language::decimal_digit(c).is_none())
        .filter(|digits| !digits.is_empty())
        .map(|digits| {
            digits
                .chars()
                .try_fold(0u32, |value, c| value.checked_mul(10)?.checked_add(crate::language::decimal_digit(c)?))
        });
    let number = numbers.next()??;
    Some(PageNumber { number, of: numbers.next().flatten() })
}

/// The digits of a text as one number, whatever stands between them; `None` where it has none, or too many.
pub(super) fn digits(text: &str) -> Option<u32> {
    let digits = text.chars().filter_map(crate::language::decimal_digit);
    digits.filter_map(|digit| char::from_digit(digit, 10)).collect::<String>().parse().ok()
}

/// Which of these page numbers count the pages, each given with the lines before it and in the order of the text.
///
/// A number belongs to a count if its neighbour goes one up or one down from it; where heads are printed on every other
/// page only, two. A number with no such neighbour is sure where as many pages can stand before it, and, where the line
/// tells how many there are, behind it. Near-linear.
pub(super) fn count(found: &[(usize, PageNumber)], lines: usize) -> Vec<bool> {
    let follows = |one: PageNumber, next: PageNumber| matches!(next.number.checked_sub(one.number), Some(1 | 2));
    let neighbours = neighbours(found);
    // A head may number its page in another form than the foot does.
    let told = found.iter().filter(|(_, page)| page.of.is_some()).count();
    let alone = |page: PageNumber| if page.of.is_some() { told == 1 } else { found.len() - told == 1 };
    let counted: Vec<bool> = (0..found.len())
        .map(|at| {
            let (line, page) = found[at];
            if page.of.is_some_and(|of| page.number > of) || page.number == 0 {
                return false;
            }
            let (last, next) = neighbours[at];
            let neighbour =
                last.is_some_and(|last| follows(last, page)) || next.is_some_and(|next| follows(page, next));
            let before = line / SHORTEST + 2;
            let behind = (lines - line.min(lines)) / SHORTEST + 2;
            let room = page.number as usize <= before
                && page.of.is_none_or(|of| (of - page.number) as usize <= behind.max(before * 2));
            neighbour || (room && alone(page))
        })
        .collect();
    // Head and foot of one page may bear its number both.
    let again = |at: usize| {
        let same = |other: usize| counted[other] && found[other].1 == found[at].1;
        (at > 0 && same(at - 1)) || (at + 1 < found.len() && same(at + 1))
    };
    (0..found.len()).map(|at| counted[at] || again(at)).collect()
}

/// The page numbers before and after each that say as many pages as it does.
fn neighbours(found: &[(usize, PageNumber)]) -> Vec<(Option<PageNumber>, Option<PageNumber>)> {
    let mut neighbours = vec![(None, None); found.len()];
    let mut last: BTreeMap<Option<u32>, usize> = BTreeMap::new();
    for (at, (_, page)) in found.iter().enumerate() {
        if let Some(before) = last.insert(page.of, at) {
            neighbours[before].1 = Some(*page);
            neighbours[at].0 = Some(found[before].1);
        }
    }
    neighbours
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(pages: &[(usize, &str)], lines: usize) -> Vec<bool> {
        let found: Vec<_> = pages.iter().map(|(at, line)| (*at, read(line).expect("a number"))).collect();
        count(&found, lines)
    }

    #[test]
    fn numbers_that_count_the_pages_are_sure() {
        assert_eq!(counted(&[(40, "2/6"), (85, "3/6"), (130, "4/6")], 200), [true; 3]);
        assert_eq!(counted(&[(40, "Page 3")], 90), [true]);
        assert_eq!(counted(&[(40, "2/4")], 120), [true]);
        assert_eq!(counted(&[(40, "2"), (120, "4"), (200, "6")], 250), [true; 3]);
    }

    #[test]
    fn heads_and_feet_count_each_for_itself() {
        assert_eq!(counted(&[(40, "1/2"), (41, "2")], 60), [true; 2]);
        assert_eq!(counted(&[(40, "1/3"), (41, "Page 2"), (80, "2/3"), (81, "Page 3")], 110), [true; 4]);
    }

    #[test]
    fn head_and_foot_of_the_last_page_bear_one_number() {
        assert_eq!(counted(&[(40, "- 1 -"), (41, "2"), (80, "- 2 -")], 81), [true; 3]);
    }

    #[test]
    fn a_vote_or_a_value_is_no_page() {
        assert_eq!(counted(&[(12, "120/15")], 20), [false]);
        assert_eq!(counted(&[(12, "15/120")], 20), [false]);
        assert_eq!(counted(&[(12, "113")], 20), [false]);
        assert_eq!(counted(&[(12, "40/100"), (13, "90/100")], 20), [false; 2]);
    }
}
