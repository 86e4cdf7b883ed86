//! From visual lines back to paragraphs.
//!
//! No single sign tells a paragraph's end in every extraction: blank lines stand between paragraphs in one and between
//! all lines in another, indents mark beginnings here and nothing there. So the document is asked first which signs it
//! uses ([`Habits`]), and then every pair of neighbouring lines is weighed by those it does use ([`weigh`]). What is
//! weighed but light is remembered as doubt: a comparison may take a doubtful boundary for mere layout, never a certain
//! one. Linear in the lines.
//!
//! The weights are small whole numbers, set by hand and checked on extractions with known paragraphs (docs/measurements).

use super::ends::Ends;
use super::furniture::{Form, Role};
use super::lines::{LONG_LINE, Line};
use crate::language::{Language, Script, any};
use crate::statement::number;
use crate::text::chars;

/// Lines above in which the mark before one may stand inside.
const INLINE: usize = 12;
/// Most columns of a page that text is wrapped to.
const WRAPPED: u16 = 200;

/// Lines that make one paragraph.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its lines, by index, ascending; furniture between them is left out.
    pub(super) lines: Vec<usize>,
    /// Which of its lines may begin a paragraph of their own, by place in `lines`.
    pub(super) doubtful: Vec<usize>,
    /// Whether its own beginning is in doubt.
    pub(super) begins_in_doubt: bool,
}

/// A line that is text, with what the furniture around it says.
#[derive(Clone, Copy)]
pub(super) struct Body {
    /// Its index among all lines.
    pub(super) at: usize,
    /// Whether a page ends between the line of text before and this one.
    pub(super) page: bool,
}

/// The column that text was set in.
#[derive(Debug)]
struct Column {
    /// Columns of all but the widest lines.
    width: u16,
    /// Columns beyond which a line of Chinese is full.
    grid: u16,
    /// Columns beyond which a line of another script is full.
    ragged: u16,
}

/// Signs of a paragraph that this document uses.
#[derive(Debug)]
struct Habits {
    /// The column of the page.
    column: Column,
    /// Blank lines between two lines of one paragraph.
    blanks: u16,
    /// Indent of lines that begin no paragraph.
    margin: u16,
    /// Whether a deeper indent begins paragraphs, and only that.
    indents: bool,
    /// The indent of a paragraph's first line, where it begins every paragraph and hardly a line speaks against it.
    first_indent: Option<u16>,
    /// Whether white space after a line ends paragraphs, and only that.
    trails: bool,
    /// Whether a wider gap stands between paragraphs as a rule: lines without one are then of one paragraph, more likely.
    gaps: bool,
    /// Whether no two lines stand close, and some stand further apart than others, or there are too few to tell: one
    /// blank line may then be a line's end or a paragraph's.
    spread: bool,
    /// Whether every line is a paragraph: lines end where sentences do, and none runs on.
    unwrapped: bool,
}

/// Groups lines of text into paragraphs.
pub(super) fn blocks(
    text: &str,
    lines: &[Line],
    forms: &[Form],
    body: &[Body],
    language: Option<&Language>,
) -> Vec<Block> {
    let view = View::new(text, lines, forms, language);
    let habits = view.habits(body);
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<number::Label> = None;
    // The last label of each style: a heading between two paragraphs does not break their count.
    let mut counts: Vec<number::Label> = Vec::new();
    for (place, current) in body.iter().enumerate() {
        let label = number::label(view.shown(current.at), language);
        let Some(previous) = place.checked_sub(1).map(|place| body[place]) else {
            blocks.push(Block { lines: vec![current.at], doubtful: Vec::new(), begins_in_doubt: false });
            open = label;
            continue;
        };
        let follows = label.as_ref().is_some_and(|label| {
            open.as_ref().is_some_and(|open| label.follows(open)) || counts.iter().any(|last| label.follows(last))
        });
        let opens = blocks.last().is_some_and(|block| block.lines.len() == 1);
        let first = blocks.last().and_then(|block| block.lines.first().copied());
        let hangs = open.is_some() && first.is_some_and(|first| lines[current.at].indent > lines[first].indent);
        let pair = Neighbours {
            at: previous.at,
            opens,
            first: first.unwrap_or(previous.at),
            hangs,
            next: *current,
            after: body.get(place + 1).map(|next| next.at),
            label: label.as_ref(),
            follows,
        };
        let weight = view.weigh(&pair, &habits);
        // Over the end of a page neither gap nor indent tells: where a sentence ends there, either may be.
        let doubt =
            (-2..=2).contains(&weight) || (current.page && view.is_paused(previous.at) && (-6..=5).contains(&weight));
        match blocks.last_mut() {
            Some(block) if weight <= 0 => {
                if doubt {
                    block.doubtful.push(block.lines.len());
                }
                block.lines.push(current.at);
            }
            _ => {
                blocks.push(Block { lines: vec![current.at], doubtful: Vec::new(), begins_in_doubt: doubt });
                if let Some(label) = label.as_ref().filter(|label| label.is_decimal()) {
                    counts.retain(|last| !last.is_like(label));
                    counts.push(label.clone());
                }
                open = label;
            }
        }
    }
    blocks
}

/// Two lines, one behind the other.
struct Neighbours<'a> {
    at: usize,
    /// Whether the first of them begins a paragraph.
    opens: bool,
    /// The line that begins the paragraph of the first.
    first: usize,
    /// Whether the second stands under the words of an item, right of its label.
    hangs: bool,
    next: Body,
    /// The line after both.
    after: Option<usize>,
    /// The label that `next` begins with.
    label: Option<&'a number::Label>,
    /// Whether that label goes on with the count of the paragraph before.
    follows: bool,
}

/// The lines of text among all lines, in order.
pub(super) fn body(lines: &[Line], roles: &[Role]) -> Vec<Body> {
    let mut page = false;
    let mut found = Vec::with_capacity(lines.len());
    for (at, role) in roles.iter().enumerate() {
        page |= lines[at].page || *role != Role::Body;
        if *role == Role::Body {
            found.push(Body { at, page });
            page = false;
        }
    }
    found
}

struct View<'a> {
    text: &'a str,
    lines: &'a [Line],
    forms: &'a [Form],
    language: Option<&'a Language>,
    ends: Vec<Ends>,
    /// Lines that go on inside a link or a tag.
    inside: Vec<bool>,
}

impl<'a> View<'a> {
    fn new(text: &'a str, lines: &'a [Line], forms: &'a [Form], language: Option<&'a Language>) -> Self {
        let ends = lines.iter().map(|line| Ends::of(&text[line.span.range()])).collect();
        let inside = super::links::run_on(text, lines);
        Self { text, lines, forms, language, ends, inside }
    }

    fn shown(&self, at: usize) -> &str {
        &self.text[self.lines[at].span.range()]
    }

    fn last(&self, at: usize) -> char {
        self.ends[at].last
    }

    fn first(&self, at: usize) -> char {
        self.ends[at].first
    }

    /// Whether a sentence ends with the line.
    fn is_finished(&self, at: usize) -> bool {
        chars::is_terminal(self.last(at))
    }

    /// Whether a sentence or a preambular paragraph may end with the line.
    fn is_paused(&self, at: usize) -> bool {
        self.is_finished(at) || matches!(self.last(at), ',' | '，' | '،')
    }

    /// Columns that the line and the first word of the next would have taken together.
    fn reach(&self, at: usize, next: usize) -> u16 {
        let line = &self.lines[at];
        line.indent.min(16).saturating_add(line.width).saturating_add(self.ends[next].unit)
    }

    /// Whether the line filled its column: what comes next would not have fitted.
    fn is_full(&self, at: usize, next: usize, column: &Column) -> bool {
        let unspaced = self.ends[next].starts_unspaced || self.ends[at].ends_unspaced;
        self.reach(at, next) > if unspaced { column.grid } else { column.ragged }
    }

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
        Habits { blanks, margin, indents, first_indent, trails, gaps, spread, unwrapped, column }
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

    /// How much says that line `next` begins a paragraph (above 0) or goes on with the line before (0 and below).
    fn weigh(&self, pair: &Neighbours<'_>, habits: &Habits) -> i32 {
        let Neighbours { at, opens, first, hangs, next, after, label, follows } = *pair;
        let (before, line) = (&self.lines[at], &self.lines[next.at]);
        if self.inside[next.at] {
            return -20;
        }
        let lowercase = self.first(next.at).is_lowercase();
        if opens && self.is_label_alone(at) {
            return if self.is_label_alone(next.at) && line.blanks > habits.blanks { 6 } else { -8 };
        }
        let finished = self.is_finished(at);
        let full = self.is_full(at, next.at, &habits.column);
        let labelled = label.is_some_and(|label| {
            self.may_begin(at, next.at, label, finished || !full || follows, follows)
                && (!full || line.blanks > habits.blanks || !self.counts_on(first, at, label))
        });
        let apart = !next.page && line.blanks > habits.blanks;
        let mut weight = 0;
        // A lower-case letter goes on with a sentence, except where paragraphs of one long sentence begin so.
        let goes_on = lowercase && !labelled;
        let mut begins = false;
        if self.stands_alone(at)
            || self.stands_alone(next.at)
            || (finished && self.is_closing(next.at))
            || self.is_original(at)
            || self.is_original(next.at)
        {
            weight += 6;
        }
        if apart {
            weight += if habits.spread && full && line.blanks == 1 { 2 } else { 7 };
            begins = true;
        }
        // A long line that ends inside a sentence may go on behind a blank line, and does behind the end of a page.
        let goes_on_behind =
            |last: char| last.is_alphanumeric() || (last == ',' && !self.first(next.at).is_uppercase());
        let inside = before.width > LONG_LINE && goes_on_behind(self.last(at)) && !self.stands_alone(next.at);
        if inside && habits.unwrapped && !labelled && (apart || next.page) {
            return if next.page { -2 } else { 2 };
        }
        // Where gaps part paragraphs, a line without one goes on, unless the one before is short: a block of names.
        let parted = apart || !habits.gaps || before.width <= LONG_LINE / 2;
        // Behind a footnote or a head that went, a paragraph shows by its line's end.
        let ended = finished || (self.is_paused(at) && self.first(next.at).is_uppercase());
        let whole = habits.unwrapped || before.width > LONG_LINE;
        let own = if next.page { whole && ended } else { habits.unwrapped && parted };
        if own {
            // A line that fills its column may have been wrapped after all.
            let wrapped = full && habits.column.width <= WRAPPED && before.width <= LONG_LINE;
            weight += if wrapped { 2 } else { 5 };
        }
        if labelled {
            weight += if finished || apart { 5 } else { 4 };
        }
        // Behind the end of a page a paragraph of a preamble shows by its first word.
        if next.page
            && self.is_paused(at)
            && self.first(next.at).is_uppercase()
            && (!full && before.width <= LONG_LINE || self.opens_clause(next.at))
        {
            weight += 5;
        }
        if habits.first_indent == Some(line.indent) && !hangs {
            begins = true;
            weight += 10;
        } else if habits.first_indent.is_some()
            && line.indent <= habits.margin
            && full
            && !apart
            && !(habits.trails && before.trailing)
        {
            weight -= 9;
        } else if habits.indents && !next.page {
            let deeper =
                line.indent > habits.margin && !hangs && (line.indent != before.indent || !full || self.is_paused(at));
            begins |= deeper;
            weight += if deeper {
                5
            } else if line.indent <= habits.margin && !labelled {
                -3
            } else {
                0
            };
        } else if habits.indents {
            weight += if line.indent > habits.margin { 2 } else { -2 };
        } else if self.opens_with_indent(before, line, after) {
            weight += 3;
        }
        weight -= match (goes_on, begins && self.is_paused(at)) {
            (true, true) => 0,
            (true, false) if begins && !full => i32::from(!apart),
            (true, false) if apart => 3,
            (true, false) => 4,
            (false, _) => 0,
        };
        if habits.trails {
            weight += match (before.trailing, finished) {
                (true, true) => 5,
                (true, false) => 4,
                (false, _) => -3,
            };
        }
        // Justified text may come a word a line: what goes on from a full line is no heading.
        let short = |line: &Line| u32::from(line.width) * 10 < u32::from(habits.column.width) * 7;
        let much_shorter = short(before) && short(&self.lines[first]);
        weight += match (full, finished) {
            (true, true) => -1,
            (true, false) if begins && self.is_paused(at) => -1,
            (true, false) => -3,
            (false, true) if lowercase => 0,
            (false, true) if habits.gaps && !apart && !begins && !labelled && !next.page => 1,
            (false, true) => 4,
            // A short line without an end: a heading before a full line, or one line of a centred title.
            (false, false)
                if much_shorter
                    && before.width <= (if habits.unwrapped && !parted { LONG_LINE / 2 } else { LONG_LINE })
                    && u32::from(line.width) * 10 >= u32::from(habits.column.width) * 9
                    && !lowercase =>
            {
                3
            }
            (false, false) if lowercase => -1,
            (false, false) => 0,
        };
        weight
    }

    /// Whether a line begins as a paragraph of a preamble or an operative one does.
    fn opens_clause(&self, at: usize) -> bool {
        let Some(language) = self.language else { return false };
        let start: String = self.shown(at).chars().take(40).flat_map(char::to_lowercase).collect();
        let openers = language.openers.preambular.iter().chain(&language.openers.operative);
        openers
            .into_iter()
            .any(|form| start.strip_prefix(form.as_str()).is_some_and(|rest| rest.starts_with(chars::is_space)))
    }

    /// A first line set in from the lines after it, where the document as a whole does not do so.
    fn opens_with_indent(&self, before: &Line, line: &Line, after: Option<usize>) -> bool {
        after.is_some_and(|after| line.indent > before.indent && line.indent > self.lines[after].indent)
    }

    /// A label on a line of its own, its text on the next.
    fn is_label_alone(&self, at: usize) -> bool {
        let shown = self.shown(at);
        shown.len() <= 16
            && number::label(shown, self.language).is_some_and(|label| {
                label.len == shown.len() && label.readings.iter().all(|reading| reading.rank.is_none())
            })
            || matches!(shown, "•" | "\u{F0B7}" | "▪" | "‣" | "●")
    }

    /// Whether a label at the start of a line is one, and not a number that a citation was broken before.
    fn may_begin(&self, at: usize, next: usize, label: &number::Label, ended: bool, follows: bool) -> bool {
        if label.bullet {
            // "150 inspections – dont 24 – dans": a dash in the middle of a sentence is no bullet.
            let dash = |at: usize| self.shown(at).starts_with(['-', '–', '—']);
            if dash(next) && !dash(at) && !self.is_paused(at) {
                return false;
            }
            // Two lines in a row with one bullet are two items of a list.
            if self.shown(next).chars().next() == self.shown(at).chars().next() {
                return true;
            }
            return ended || self.lines[next].indent != self.lines[at].indent;
        }
        // "li." at the start of a line is the end of a word sooner than the fifty-first item.
        let marked = self.shown(next).starts_with(|c: char| c.is_numeric() || matches!(c, '(' | '（' | '§' | '第'));
        if !marked && !follows && label.readings.iter().all(|reading| reading.value != 1 && reading.rank.is_none()) {
            return false;
        }
        let previous = self.shown(at);
        let last = previous.rsplit(|c: char| chars::is_space(c) || c == '(').next().unwrap_or_default();
        let word = last.to_lowercase();
        // "; and" before the last item of a list cites nothing.
        let joins =
            follows && previous[..previous.len() - last.len()].trim_end().ends_with([';', ',', '；', '，', '؛', '،']);
        let cited = !joins
            && self.language.is_some_and(|language| language.citing.iter().any(|citing| citing.to_lowercase() == word));
        let unspaced = self.language.is_some_and(|language| language.script == Script::Han);
        !cited
            && (ended
                || joins
                || self.is_paused(at)
                || self.last(at) == '、'
                || (!unspaced && self.lines[next].indent != self.lines[at].indent))
    }

    /// Whether the mark before this one stands inside the lines above, behind other words: a sentence that counts its items
    /// may be broken before any of them.
    fn counts_on(&self, first: usize, at: usize, label: &number::Label) -> bool {
        (first.max(at.saturating_sub(INLINE))..=at).rev().any(|line| {
            let shown = self.shown(line);
            let inside = shown.match_indices([' ', '\u{A0}']).map(|(blank, sign)| blank + sign.len());
            let marks = inside.filter(|start| shown[*start..].starts_with(['(', '（']));
            marks
                .filter_map(|start| number::label(&shown[start..], self.language))
                .any(|mark| label.follows(&mark) && label.is_like(&mark))
        })
    }

    /// Whether the line dates and places the text, and does nothing else.
    fn is_closing(&self, at: usize) -> bool {
        let line = self.shown(at);
        let dated = line.len() <= 120 && line.chars().any(|c| c.is_ascii_digit() || "年月".contains(c));
        dated && self.language.is_some_and(|language| any(&language.closing, &language.dated(line)))
    }

    /// Whether the line is a note of the original languages, and nothing else.
    fn is_original(&self, at: usize) -> bool {
        let line = self.shown(at);
        line.len() <= 120
            && line.starts_with(['[', '［', '〔'])
            && line.ends_with([']', '］', '〕'])
            && self.language.is_some_and(|language| any(&language.original, line))
    }

    /// Lines of the masthead stand alone, whatever their layout.
    fn stands_alone(&self, at: usize) -> bool {
        matches!(
            self.forms[at],
            Form::Job | Form::Symbol | Form::Barcode | Form::Masthead | Form::Front { .. } | Form::Row
        )
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
