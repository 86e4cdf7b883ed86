//! Which signs of a paragraph a document uses.
//!
//! A sign counts only if punctuation and full lines bear it out: an indent begins paragraphs where lines that are set in
//! stand behind ends of sentences, and lines that are not stand inside them. Linear in the lines, but for sorting widths.

use super::body::Body;
use super::view::{Column, View};

/// Most columns of a page that text is wrapped to.
pub(super) const WRAPPED: u16 = 200;

/// Signs of a paragraph that this document uses.
#[derive(Debug)]
pub(super) struct Habits {
    /// The column of the page.
    pub(super) column: Column,
    /// Blank lines between two lines of one paragraph.
    pub(super) blanks: u16,
    /// How far below each other lines of one paragraph stand, in hundredths of a point, where boxes show it.
    pub(super) leading: Option<u32>,
    /// Indent of lines that begin no paragraph.
    pub(super) margin: u16,
    /// Whether a deeper indent begins paragraphs, and only that.
    pub(super) indents: bool,
    /// The indent of a paragraph's first line, where it begins every paragraph and hardly a line speaks against it.
    pub(super) first_indent: Option<u16>,
    /// Whether white space after a line ends paragraphs, and only that.
    pub(super) trails: bool,
    /// Whether a wider gap stands between paragraphs as a rule: lines without one are then of one paragraph, more likely.
    pub(super) gaps: bool,
    /// Whether no two lines stand close, and some stand further apart than others, or there are too few to tell: one
    /// blank line may then be a line's end or a paragraph's.
    pub(super) spread: bool,
    /// Whether every line is a paragraph: lines end where sentences do, and none runs on.
    pub(super) unwrapped: bool,
}

impl Habits {
    /// Asks the document which signs it uses.
    pub(super) fn of(view: &View<'_>, body: &[Body]) -> Self {
        view.habits(body)
    }
}

impl View<'_> {
    /// The column of the page. Chinese stands on a grid; other scripts are ragged, as far as the lines show that surely
    /// run on: in the middle of a sentence, before a lower-case letter.
    fn column(&self, body: &[Body]) -> Column {
        let mut widths: Vec<u16> =
            body.iter().map(|line| self.lines[line.at].width + self.lines[line.at].indent.min(8)).collect();
        widths.sort_unstable();
        let width = widths.get(widths.len() * 9 / 10).copied().unwrap_or(0).max(8);
        let mut sure: Vec<u16> = body
            .windows(2)
            .map(|pair| (pair[0].at, pair[1].at))
            .filter(|(at, next)| {
                self.lines[*next].blanks <= 1 && !self.is_paused(*at) && self.first(*next).is_lowercase()
            })
            .map(|(at, next)| self.reach(at, next))
            .collect();
        sure.sort_unstable();
        let ragged = width - width / 8;
        let ragged = match sure.get(sure.len() / 20) {
            Some(least) if sure.len() >= 8 => (*least).clamp(width - width / 5, width) - 1,
            _ => ragged,
        };
        Column { width, grid: width.saturating_sub(2), ragged }
    }

    fn habits(&self, body: &[Body]) -> Habits {
        let column = self.column(body);
        let pairs: Vec<(usize, usize)> =
            body.windows(2).filter(|pair| !pair[1].page).map(|pair| (pair[0].at, pair[1].at)).collect();
        let mut indents: Vec<u16> = body.iter().map(|line| self.lines[line.at].indent).collect();
        indents.sort_unstable();
        let margin = usual_least(&indents);
        let blanks = self.usual_blanks(&pairs, &column, margin);
        let leading = if self.has_boxes() { self.usual_step(&pairs) } else { None };
        let close: Vec<(usize, usize)> =
            pairs.iter().copied().filter(|(_, next)| self.lines[*next].blanks == blanks).collect();
        let gaps =
            pairs.iter().filter(|(_, next)| self.lines[*next].blanks > blanks).count() * 10 >= pairs.len().max(20);
        let (indents, trails) = (self.indents_tell(&close, &column, margin), self.trails_tell(&close, &column));
        let spread = blanks == 0
            && pairs.iter().all(|(_, next)| self.lines[*next].blanks > 0)
            && (pairs.len() < 4 || pairs.iter().any(|(_, next)| self.lines[*next].blanks > 1))
            // Where no line runs on, every line is a paragraph.
            && pairs.iter().any(|(at, _)| !self.is_paused(*at))
            && column.width <= WRAPPED;
        let first_indent = if indents { self.first_indent(&close, &column, margin) } else { None };
        let unwrapped = self.is_unwrapped(&close, &column);
        Habits { blanks, leading, margin, indents, first_indent, trails, gaps, spread, unwrapped, column }
    }

    /// Whether the lines that stand close to each other are paragraphs of their own.
    fn is_unwrapped(&self, close: &[(usize, usize)], column: &Column) -> bool {
        let runs_on = close
            .iter()
            .filter(|(at, next)| {
                !self.is_paused(*at) && (self.is_full(*at, *next, column) || self.first(*next).is_lowercase())
            })
            .count();
        close.len() >= 5 && runs_on * 10 <= close.len() || column.width > WRAPPED
    }

    /// Blank lines inside a paragraph: 0, or 1 in extractions that put one after every visual line.
    fn usual_blanks(&self, pairs: &[(usize, usize)], column: &Column, margin: u16) -> u16 {
        let close = pairs.iter().filter(|(_, next)| self.lines[*next].blanks == 0).count();
        let single: Vec<_> = pairs.iter().copied().filter(|(_, next)| self.lines[*next].blanks == 1).collect();
        if close * 4 > single.len() {
            return 0;
        }
        // One paragraph a line looks the same, but its long lines end where sentences end.
        if column.width > WRAPPED {
            return 0;
        }
        if single.len() > 1 && self.indents_tell(&single, column, margin) {
            return 1;
        }
        let full: Vec<_> = single.iter().filter(|(at, next)| self.is_full(*at, *next, column)).collect();
        let running = full.iter().filter(|(at, _)| !self.is_paused(*at)).count();
        let goes_on =
            single.iter().filter(|(at, next)| !self.is_paused(*at) && self.first(*next).is_lowercase()).count();
        let enough = running > single.len().min(24) / 12;
        u16::from((enough && running * 2 >= full.len()) || (goes_on > 0 && goes_on * 4 >= single.len()))
    }

    /// How far below each other lines stand as a rule: most are of one paragraph with the line before.
    fn usual_step(&self, pairs: &[(usize, usize)]) -> Option<u32> {
        let mut steps: Vec<u32> = pairs.iter().filter_map(|(at, next)| self.step(*at, *next)).collect();
        steps.sort_unstable();
        steps.get(steps.len() / 2).copied()
    }

    /// Whether lines with a deeper indent begin paragraphs, as far as punctuation shows.
    fn indents_tell(&self, close: &[(usize, usize)], column: &Column, margin: u16) -> bool {
        let (deeper, level): (Vec<_>, Vec<_>) = close.iter().partition(|(_, next)| self.lines[*next].indent > margin);
        if deeper.is_empty() || level.is_empty() {
            return false;
        }
        let ended = |(at, next): &&&(usize, usize)| self.is_paused(*at) || !self.is_full(*at, *next, column);
        let begins = deeper.iter().filter(ended).count();
        let inside =
            level.iter().filter(|(at, next)| !self.is_finished(*at) || self.is_full(*at, *next, column)).count();
        // Blocks that are set in as a whole fail the first test, block paragraphs with some set in fail the second.
        begins * 10 >= deeper.len() * 7 && inside * 10 >= level.len() * 6
    }

    /// The usual indent of first lines, if the punctuation of hardly any line contradicts it: of one line in ten that is
    /// set in, and of one in twenty that is not.
    fn first_indent(&self, close: &[(usize, usize)], column: &Column, margin: u16) -> Option<u16> {
        let (deeper, level): (Vec<_>, Vec<_>) =
            close.iter().copied().partition(|(_, next)| self.lines[*next].indent > margin);
        let lowercase = |next: usize| self.first(next).is_lowercase();
        let odd_deeper = deeper
            .iter()
            .filter(|(at, next)| !self.is_paused(*at) && self.is_full(*at, *next, column) && lowercase(*next))
            .count();
        let odd_level = level
            .iter()
            .filter(|(at, next)| self.is_finished(*at) && !self.is_full(*at, *next, column) && !lowercase(*next))
            .count();
        let mut indents: Vec<u16> = deeper.iter().map(|(_, next)| self.lines[*next].indent).collect();
        indents.sort_unstable();
        let usual = indents.get(indents.len() / 2).copied()?;
        let alike = indents.iter().filter(|indent| **indent == usual).count();
        let sure = alike >= 3
            && alike * 10 >= deeper.len() * 8
            && odd_deeper * 10 <= deeper.len()
            && odd_level * 20 <= level.len();
        sure.then_some(usual)
    }

    /// Whether lines with white space after them end paragraphs.
    fn trails_tell(&self, close: &[(usize, usize)], column: &Column) -> bool {
        let (with, without): (Vec<_>, Vec<_>) = close.iter().partition(|(at, _)| self.lines[*at].trailing);
        if with.is_empty() || without.len() < 2 || with.len() > without.len() * 2 {
            return false;
        }
        let ends = with.iter().filter(|(at, next)| self.is_finished(*at) || !self.is_full(*at, *next, column)).count();
        let inside =
            without.iter().filter(|(at, next)| self.is_full(*at, *next, column) || !self.is_finished(*at)).count();
        ends * 10 >= with.len() * 8 && inside * 10 >= without.len() * 8
    }
}

/// The least value that a twentieth of an ascending list has; the median where none does.
fn usual_least(sorted: &[u16]) -> u16 {
    let mut at = 0;
    while at < sorted.len() {
        let run = sorted[at..].partition_point(|value| *value == sorted[at]);
        if run * 20 >= sorted.len() {
            return sorted[at];
        }
        at += run;
    }
    sorted.get(sorted.len() / 2).copied().unwrap_or(0)
}
