//! Footnotes: where they stand on the page.
//!
//! A rule (`____`) opens the footnotes of a page; they end where the page does. In an extraction that keeps no pages, a
//! footnote is a paragraph that begins with the next number, after a mark of that number in the text above.

use super::block::Block;
use super::calls::{has_mark, has_mark_apart, is_glued};
use super::furniture::{Form, Furniture, Role};
use super::layout::{Layout, Place};
use super::lines::{LONG_LINE, Line};
use super::note_mark::mark;
use crate::language::{Language, any};
use crate::text::chars;

/// Takes the lines of footnotes out of the text and groups them, one block a footnote.
pub(super) fn zones(
    text: &str,
    lines: &[Line],
    layout: &Layout,
    furniture: &mut Furniture,
    language: Option<&Language>,
) -> Vec<Block> {
    let mut pass = Zones { text, lines, layout, language, blocks: Vec::new(), last: 0 };
    let mut at = 0;
    while at < lines.len() {
        if pass.is_placed(at) && furniture.roles[at] == Role::Body {
            pass.take_placed(at, furniture);
            at += 1;
        } else if furniture.forms[at] == Form::Separator {
            at += 1;
            if at < lines.len() && furniture.roles[at] == Role::Body && pass.follows_rule(at, furniture) {
                at = pass.take(at, furniture);
            }
        } else if furniture.roles[at] == Role::Body && pass.opens(at, furniture) {
            at = pass.take(at, furniture);
        } else {
            at += 1;
        }
    }
    pass.blocks
}

/// Most lines of the footnotes of a page that no rule opens.
const UNRULED: usize = 8;
/// How far above its footnote a mark may stand, in lines.
const ABOVE: usize = 80;

/// Most lines of a note on the sponsors of a draft.
const NOTE_LINES: usize = 4;

/// Bytes of a rule that can be nothing but one above footnotes.
const LONG_RULE: usize = 5;

struct Zones<'a> {
    text: &'a str,
    lines: &'a [Line],
    layout: &'a Layout,
    language: Option<&'a Language>,
    blocks: Vec<Block>,
    /// Number of the last footnote.
    last: u32,
}

impl Zones<'_> {
    fn shown(&self, at: usize) -> &str {
        &self.text[self.lines[at].span.range()]
    }

    /// Whether the format says that line `at` is of a footnote.
    fn is_placed(&self, at: usize) -> bool {
        self.layout.places.at(self.lines[at].span.start) == Some(&Place::Note) && self.begins_line(at)
    }

    /// Whether line `at` begins where one of the text does, and was not parted from the line before it: an extraction that
    /// ran a note and the text behind it together knows no better.
    fn begins_line(&self, at: usize) -> bool {
        let before =
            self.text[..self.lines[at].span.start as usize].trim_end_matches([' ', '\t', '\u{A0}', '\u{3000}']);
        before.is_empty() || before.ends_with(['\n', '\r', '\u{B}', '\u{C}'])
    }

    /// Takes a line that the format says is of a footnote: it begins one with a raised mark or with the next number, and
    /// else goes on with the last.
    fn take_placed(&mut self, at: usize, furniture: &mut Furniture) {
        let is_raised = self.layout.raised.at(self.lines[at].span.start).is_some();
        let begins =
            mark(self.shown(at)).filter(|(_, number)| is_raised || matches!(number, 0) || *number == self.last + 1);
        match self.blocks.last_mut() {
            Some(block) if begins.is_none() => block.lines.push(at),
            _ => self.blocks.push(Block::of(at, false)),
        }
        self.last = begins.map_or(self.last, |(_, number)| number.max(self.last));
        furniture.roles[at] = Role::Footnote;
    }

    /// Whether the page ends before line `at`.
    fn page_ends(&self, at: usize, furniture: &Furniture) -> bool {
        at >= self.lines.len() || self.lines[at].page || self.is_placed(at) || furniture.roles[at] != Role::Body
    }

    /// Whether a footnote begins behind a rule. A rule of dashes or signs also parts sections and underlines headings, and
    /// items of a list may follow: there, and where the mark is that of an item, the text above has to call it.
    fn follows_rule(&self, at: usize, furniture: &Furniture) -> bool {
        let (rule, line) = (self.shown(at - 1), self.shown(at));
        if self.is_day(line) {
            return false;
        }
        let Some((len, number)) = mark(line) else { return false };
        let own = rule.starts_with('_') && rule.len() >= LONG_RULE && is_plain(&line[..len]);
        own || line.starts_with("[^") || self.is_called(at - 1, &line[..len], number, furniture)
    }

    /// Whether the note behind the asterisk that line `at` begins with tells of the sponsors of a draft.
    fn tells_sponsors(&self, at: usize, mark: usize) -> bool {
        let mut text = self.shown(at)[mark..].trim_start().to_owned();
        for next in at + 1..(at + NOTE_LINES).min(self.lines.len()) {
            if text.ends_with(chars::is_terminal) || self.lines[next].blanks > 0 || self.lines[next].page {
                break;
            }
            text.push(' ');
            text.push_str(self.shown(next));
        }
        self.language.is_some_and(|language| any(&language.draft_note, &text))
    }

    /// Whether a line begins with a date: the day is no mark.
    fn is_day(&self, line: &str) -> bool {
        let head = line.char_indices().nth(40).map_or(line, |(end, _)| &line[..end]);
        let dates = self.language.map(|language| language.dates(head)).unwrap_or_default();
        dates.first().is_some_and(|date| date.range.start == 0)
    }

    /// Whether a line of text not far above `below` calls the footnote of this mark.
    fn is_called(&self, below: usize, mark: &str, number: u32, furniture: &Furniture) -> bool {
        let bare = mark.starts_with(|c: char| crate::language::decimal_digit(c).is_some());
        let calls = |above: &str| {
            if bare {
                has_mark(above, number) || has_mark_apart(above, number, self.language)
            } else {
                is_glued(above, mark)
            }
        };
        (below.saturating_sub(ABOVE)..below)
            .any(|above| furniture.roles[above] == Role::Body && calls(self.shown(above)))
    }

    /// Whether a footnote begins here although no rule stands above it: the next number, its mark in the text above, and
    /// the end of the page soon below or blank lines around it.
    fn opens(&self, at: usize, furniture: &Furniture) -> bool {
        let line = self.shown(at);
        let Some((len, number)) = mark(line).filter(|_| !self.is_day(line)) else { return false };
        if number == 0 && self.tells_sponsors(at, len) {
            return true;
        }
        // The mark of plain-text markup can be nothing else.
        if line.starts_with("[^") && number > self.last {
            return true;
        }
        if number != self.last + 1 {
            return false;
        }
        let bare = line.starts_with(|c: char| crate::language::decimal_digit(c).is_some());
        // "21. Requests" is a paragraph: without a rule above it a footnote shows by its bare number only.
        if !is_plain(&line[..len]) {
            return false;
        }
        let ends = (at + 1..at + UNRULED).any(|next| self.page_ends(next, furniture));
        // "(1)" begins an item as well; only a bare number in its place can be nothing else.
        let apart = bare && self.lines[at].blanks > 0 && !self.stands_in_count(at, furniture);
        (ends || apart) && self.is_called(at, &line[..len], number, furniture)
    }

    /// Whether the line before is one of a count, too: a list of numbered lines has no footnotes.
    fn stands_in_count(&self, at: usize, furniture: &Furniture) -> bool {
        at > 0
            && furniture.roles[at - 1] == Role::Body
            && mark(self.shown(at - 1)).is_some()
            && self.style(at - 1) == self.style(at)
    }

    /// Takes lines from `at` to the end of the page; returns the line after them.
    fn take(&mut self, mut at: usize, furniture: &mut Furniture) -> usize {
        let first = at;
        let style = self.style(at);
        while at < self.lines.len()
            && (at == first || !self.page_ends(at, furniture))
            && furniture.forms[at] != Form::Separator
        {
            let begins =
                mark(self.shown(at)).filter(|(len, _)| is_plain(&self.shown(at)[..*len]) || self.style(at) == style);
            if at > first && begins.is_none() && self.text_goes_on(at, furniture) {
                break;
            }
            match self.blocks.last_mut() {
                Some(block) if begins.is_none() => block.lines.push(at),
                _ => self.blocks.push(Block::of(at, false)),
            }
            self.last = begins.map_or(self.last, |(_, number)| number.max(self.last));
            furniture.roles[at] = Role::Footnote;
            at += 1;
        }
        at.max(first + 1)
    }

    /// How the mark at the beginning of a line is printed: its signs without the digits.
    fn style(&self, at: usize) -> String {
        let line = self.shown(at);
        let len = mark(line).map_or(0, |(len, _)| len);
        line[..len].chars().filter(|c| crate::language::decimal_digit(*c).is_none()).collect()
    }

    /// Whether the text goes on behind footnotes at a line that stands apart: a paragraph that fills one long line, or,
    /// where no end of a page is near, a line behind a full stop or with a label of another form.
    fn text_goes_on(&self, at: usize, furniture: &Furniture) -> bool {
        if self.lines[at].blanks == 0 {
            return false;
        }
        let labelled = mark(self.shown(at)).is_some_and(|(len, _)| !is_plain(&self.shown(at)[..len]));
        let ended = self.shown(at - 1).ends_with(chars::is_terminal);
        let page = (at..(at + UNRULED).min(self.lines.len())).any(|next| self.page_ends(next, furniture));
        self.lines[at].width > LONG_LINE || labelled || (ended && !page)
    }
}

/// Whether a mark is a bare number or stands in brackets of its own: `1`, `[^1]:`.
fn is_plain(mark: &str) -> bool {
    let closed = mark.ends_with(')') && !mark.starts_with('(');
    mark.starts_with("[^") || !closed && mark.chars().all(|c| !matches!(c, '.' | ':'))
}
