//! Footnotes: where they stand on the page, and the marks that call them.
//!
//! A rule (`____`) opens the footnotes of a page; they end where the page does. In an extraction that keeps no pages, a
//! footnote is a paragraph that begins with the next number, after a mark of that number in the text above. Their marks
//! come out of the text only if a footnote of that number is there and the numbers come in order: `SDG4`, `CO2` and
//! years stay as they are.

use super::furniture::{Form, Furniture, LONG_LINE, Role};
use super::lines::Line;
use super::reflow::Block;
use super::segment::{Draft, Sort};
use crate::statement::{Dropped, Why};
use crate::text::{Span, chars};

/// Takes the lines of footnotes out of the text and groups them, one block a footnote.
pub(super) fn zones(text: &str, lines: &[Line], furniture: &mut Furniture) -> Vec<Block> {
    let mut pass = Zones { text, lines, blocks: Vec::new(), last: 0 };
    let mut at = 0;
    while at < lines.len() {
        if furniture.forms[at] == Form::Separator {
            at += 1;
            if at < lines.len() && pass.follows_rule(at) {
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

/// Bytes of a rule that can be nothing but one above footnotes.
const LONG_RULE: usize = 5;

struct Zones<'a> {
    text: &'a str,
    lines: &'a [Line],
    blocks: Vec<Block>,
    /// Number of the last footnote.
    last: u32,
}

impl Zones<'_> {
    fn shown(&self, at: usize) -> &str {
        &self.text[self.lines[at].span.range()]
    }

    /// Whether the page ends before line `at`.
    fn page_ends(&self, at: usize, furniture: &Furniture) -> bool {
        at >= self.lines.len() || self.lines[at].page || furniture.roles[at] != Role::Body
    }

    /// Whether a footnote begins behind a rule. A short rule also parts sections, and a numbered paragraph may follow.
    fn follows_rule(&self, at: usize) -> bool {
        let short = self.shown(at - 1).len() < LONG_RULE;
        mark(self.shown(at)).is_some_and(|(len, _)| !short || is_plain(&self.shown(at)[..len]))
    }

    /// Whether a footnote begins here although no rule stands above it: the next number, its mark in the text above, and
    /// the end of the page soon below or blank lines around it.
    fn opens(&self, at: usize, furniture: &Furniture) -> bool {
        let line = self.shown(at);
        let Some((len, number)) = mark(line) else { return false };
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
        let calls = |above: &str| {
            if bare { find_mark(above, 0, number).is_some() } else { is_glued(above, &line[..len]) }
        };
        let text = (at.saturating_sub(ABOVE)..at).filter(|above| furniture.roles[*above] == Role::Body);
        (ends || apart) && text.into_iter().any(|above| calls(self.shown(above)))
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
                _ => self.blocks.push(Block { lines: vec![at], doubtful: Vec::new(), begins_in_doubt: false }),
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
        let ended = self.shown(at - 1).ends_with(chars::is_terminal) || mark(self.shown(at)).is_some();
        let page = (at..(at + UNRULED).min(self.lines.len())).any(|next| self.page_ends(next, furniture));
        self.lines[at].width > LONG_LINE || (ended && !page)
    }
}

/// Whether a mark is a bare number or stands in brackets of its own: `1`, `[^1]:`.
fn is_plain(mark: &str) -> bool {
    mark.starts_with("[^") || mark.chars().all(|c| !matches!(c, '.' | ':'))
}

/// The mark a footnote begins with: `1 `, `(1) `, `[^1]: `, `* `; its bytes and its number, 0 for an asterisk.
pub(super) fn mark(line: &str) -> Option<(usize, u32)> {
    let opened = line.trim_start_matches(['[', '(', '^']);
    let start = line.len() - opened.len();
    if start == 0 && opened.starts_with('*') {
        let stars = opened.len() - opened.trim_start_matches('*').len();
        return opened[stars..].starts_with(' ').then_some((stars, 0));
    }
    let digits = opened.find(|c: char| crate::language::decimal_digit(c).is_none()).unwrap_or(opened.len());
    let number = opened[..digits]
        .chars()
        .try_fold(0u32, |value, c| value.checked_mul(10)?.checked_add(crate::language::decimal_digit(c)?))?;
    if digits == 0 || number == 0 || number > 999 {
        return None;
    }
    let closed = opened[digits..].trim_start_matches([']', ')', ':', '.']);
    let len = line.len() - closed.len();
    (closed.starts_with(chars::is_space) && (start == 0 || opened.len() - closed.len() > digits))
        .then_some((len, number))
}

/// Takes the marks of known footnotes out of the texts they stand in.
pub(super) fn lift_marks(draft: &mut Draft, dropped: &mut Vec<Dropped>) {
    let mut numbers: Vec<u32> = draft
        .parts
        .iter()
        .filter(|part| part.sort == Sort::Footnote)
        .filter_map(|part| part.label.as_deref())
        .filter_map(number)
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    // Where the search goes on: a mark that is nowhere leaves it where it was.
    let (mut place, mut from) = (0, 0);
    for wanted in numbers {
        let found = draft.parts.iter().enumerate().skip(place).find_map(|(at, part)| {
            let text = !matches!(part.sort, Sort::Footnote | Sort::Masthead);
            let start = if at == place { from } else { 0 };
            let range = text.then(|| find_mark(&part.piece.text, start, wanted)).flatten()?;
            Some((at, range))
        });
        let Some((at, range)) = found else { continue };
        let part = &mut draft.parts[at];
        let source = part.piece.source(range.start);
        dropped.push(Dropped {
            why: Why::FootnoteMark,
            text: part.piece.text[range.clone()].to_owned(),
            span: Span::new(source, source + range.len()),
        });
        (place, from) = (at, range.start);
        part.piece.cut(range);
        part.notes.push(wanted.to_string());
    }
}

fn number(label: &str) -> Option<u32> {
    let digits: String = label
        .chars()
        .filter_map(crate::language::decimal_digit)
        .filter_map(|digit| char::from_digit(digit, 10))
        .collect();
    digits.parse().ok()
}

/// Whether a mark in brackets stands glued to a word or to a stop in the text.
fn is_glued(text: &str, mark: &str) -> bool {
    text.match_indices(mark).any(|(at, _)| text[..at].chars().next_back().is_some_and(|c| !chars::is_space(c)))
}

/// The digits of footnote `wanted` where they are glued to a word or a mark, from byte `from` on.
fn find_mark(text: &str, from: usize, wanted: u32) -> Option<std::ops::Range<usize>> {
    let digits = wanted.to_string();
    for (at, _) in text[from..].match_indices(&digits) {
        let (at, end) = (from + at, from + at + digits.len());
        let Some(before) = text[..at].chars().next_back() else { continue };
        let free = !text[end..]
            .starts_with(|c: char| c.is_alphanumeric() && !chars::is_han(c) || c == '/' || c == '-' || c == '%');
        let decimal = text[end..].starts_with(['.', ',']) && text[end + 1..].starts_with(|c: char| c.is_ascii_digit());
        if !free || decimal {
            continue;
        }
        if before.is_alphabetic() && !chars::is_han(before) {
            let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let acronym = word.chars().count() <= 4 && word.chars().all(char::is_uppercase);
            if !acronym {
                return Some(at..end);
            }
            continue;
        }
        // "20242" is a year with a mark.
        let glued = text[..at].chars().rev().take_while(char::is_ascii_digit).count();
        if glued == 4 && matches!(&text[at - 4..at - 2], "19" | "20") && !text[..at - 4].ends_with(['/', '-', '.', ','])
        {
            return Some(at..end);
        }
        // "L.3/Rev.1" and "vol.2" are no words with a mark.
        let run = text[..at].rsplit(chars::is_space).next().unwrap_or_default();
        let letters = run.trim_end_matches('.').chars().rev().take_while(|c| c.is_alphabetic()).count();
        let cited = run.contains('/') && before.is_ascii_punctuation() && !matches!(before, '.' | '/' | '-');
        if (run.contains('/') && !cited) || (before == '.' && letters < 4) {
            continue;
        }
        // "resolution 72/55,1 of": no number has a slash before its comma.
        if cited && matches!(before, ',' | ';' | ')') {
            return Some(at..end);
        }
        let mut tail = text[..at].chars().rev();
        let (mark, inner) = (tail.next(), tail.next());
        let closes = |c: char| {
            matches!(
                c,
                ',' | '.' | ';' | ':' | '”' | '"' | '»' | '’' | ')' | '，' | '。' | '；' | '》' | '）' | '،' | '؛'
            )
        };
        // "1,5" is a number, "14 May 2019,1" a year with a mark.
        let digits = run.trim_end_matches([',', ';']).chars().rev().take_while(char::is_ascii_digit).count();
        let is_year = digits == 4 && mark != Some('.');
        if mark.is_some_and(closes)
            && (is_year || !inner.is_some_and(|c| c.is_ascii_digit() && mark != Some(')')))
            && text[..at].len() > 4
        {
            return Some(at..end);
        }
    }
    // A mark that a line break parted from its word stands alone at the end.
    let end = text.trim_end_matches(chars::is_space).len();
    let start = end.checked_sub(digits.len()).filter(|start| *start > from && text.is_char_boundary(*start))?;
    let before = text[..start].trim_end_matches(chars::is_space);
    (text[start..end] == digits && before.len() < start && before.ends_with([',', ';', '.', '，', '；', '。']))
        .then_some(before.len()..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_marks_and_leaves_numbers() {
        let lifted = |text: &str, number| {
            find_mark(text, 0, number).map(|range| text[..range.start].to_owned() + &text[range.end..])
        };
        assert_eq!(lifted("Law of the Sea1 on the", 1).as_deref(), Some("Law of the Sea on the"));
        assert_eq!(lifted("by consensus,3 and", 3).as_deref(), Some("by consensus, and"));
        assert_eq!(lifted("of 14 May 2019,1 and", 1).as_deref(), Some("of 14 May 2019, and"));
        assert_eq!(lifted("of the conferences, 2", 2).as_deref(), Some("of the conferences,"));
        for (text, number) in [
            ("goal SDG4 and CO2", 4),
            ("1.5 per cent", 5),
            ("in 2031", 1),
            ("article 2, paragraph 3,", 3),
            ("resolution 72/249", 9),
            ("[without a vote (MLA/12/L.3/Rev.1)]", 1),
            ("Treaty Series, vol.2 and", 2),
            ("[without a vote (MLA/12/L.3/Rev.1)]", 1),
            ("Treaty Series, vol.2 and", 2),
        ] {
            assert_eq!(lifted(text, number), None, "{text}");
        }
    }

    #[test]
    fn reads_the_marks_of_footnotes() {
        assert_eq!(mark("1 See resolution 169 (II)."), Some((1, 1)));
        assert_eq!(mark("[^12]: See"), Some((6, 12)));
        assert_eq!(mark("(3) See"), Some((3, 3)));
        assert_eq!(mark("* Reissued"), Some((1, 0)));
        assert_eq!(mark("2031"), None);
        assert_eq!(mark("3rd meeting"), None);
    }
}
