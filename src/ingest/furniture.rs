//! Page furniture: what a page has and the document has not.
//!
//! Running heads and feet, page numbers, job numbers and bar codes stand at the edges of pages. An edge shows by a form
//! feed or by a line that can be nothing else (`2/6`, `Page 3`, `1/9 GE.16-12040`). From each edge outwards, lines go as
//! long as each is furniture by its own form, or repeats at other edges with other digits, or repeats the title of the
//! document below its symbol. A line that only looks like furniture in the middle of a page stays: a number may be a
//! table's, a symbol may be cited. Linear in the lines, with at most [`REACH`] steps from each edge.

use std::collections::{HashMap, hash_map::DefaultHasher};
use std::hash::BuildHasherDefault;

use super::lines::Line;
use crate::language::{Language, bodies, common};
use crate::statement::Why;
use crate::text::chars;

/// How many lines from an edge may be furniture.
const REACH: usize = 8;
/// Longest line, in bytes, that may be furniture.
const LONGEST: usize = 160;
/// Most lines of a running head between two paragraphs.
const HEAD_LINES: usize = 3;
/// Fewest bytes of a title that is known by its words.
const SHORTEST_TITLE: usize = 12;
/// Columns of a line that holds a paragraph, or much of one.
pub(super) const LONG_LINE: u16 = 120;
/// How many lines the masthead of a first page may have.
pub(super) const MASTHEAD: usize = 40;

/// What a line is by its own form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Text.
    Text,
    /// A page's number and nothing else that a text could hold.
    Page,
    /// A number alone, which may be a page's.
    Number(u32),
    /// A job number.
    Job,
    /// A bar code or printer's mark.
    Barcode,
    /// A symbol alone.
    Symbol,
    /// A rule above footnotes.
    Separator,
    /// A mark that the text goes on.
    Continuation,
    /// A line of a masthead, near the top of the document.
    Masthead,
    /// Characters that nobody sees.
    Invisible,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It is text.
    Body,
    /// It goes, for this reason.
    Drop(Why),
    /// It is a line of a footnote.
    Footnote,
}

/// What the furniture pass found.
pub(super) struct Furniture {
    /// A form for each line.
    pub(super) forms: Vec<Form>,
    /// A role for each line.
    pub(super) roles: Vec<Role>,
}

/// How often a line, its digits masked, stands at a distance from an edge, above it or below.
type Counts = HashMap<(bool, usize, String), usize, BuildHasherDefault<DefaultHasher>>;

/// Sorts lines into text and furniture.
pub(super) fn sort(text: &str, lines: &[Line], language: Option<&Language>) -> Furniture {
    let shown = |at: usize| &text[lines[at].span.range()];
    let mut forms: Vec<Form> = (0..lines.len()).map(|at| form(shown(at), language)).collect();
    for (at, form) in forms.iter_mut().enumerate().take(MASTHEAD) {
        if *form == Form::Text && is_masthead_line(shown(at), language) {
            *form = Form::Masthead;
        }
    }
    let mut pass = Pass {
        lines,
        roles: vec![Role::Body; lines.len()],
        repeats: Counts::default(),
        all: HashMap::default(),
        edges: 0,
        forms,
        text,
    };
    pass.count_repeats();
    for (at, line) in lines.iter().enumerate() {
        match pass.forms[at] {
            Form::Separator => pass.roles[at] = Role::Drop(Why::Separator),
            Form::Continuation => pass.roles[at] = Role::Drop(Why::Continuation),
            Form::Invisible => pass.roles[at] = Role::Drop(Why::Invisible),
            Form::Barcode => pass.roles[at] = Role::Drop(Why::Barcode),
            Form::Job if at >= MASTHEAD => pass.roles[at] = Role::Drop(Why::JobNumber),
            Form::Page => pass.edge(at),
            _ => {}
        }
        if line.page {
            pass.outwards(at, false);
            pass.outwards(at, true);
        }
    }
    pass.numbered_pages();
    pass.heads_between_paragraphs();
    pass.first_page();
    Furniture { forms: pass.forms, roles: pass.roles }
}

/// What a line is by its own form.
fn form(line: &str, language: Option<&Language>) -> Form {
    if line.len() > LONGEST {
        return Form::Text;
    }
    if line.chars().all(chars::is_hidden) {
        return Form::Invisible;
    }
    let separates = line.starts_with(['_', '-', '–', '—', '*', '=']) && line.chars().all(|c| "_-–—*=".contains(c));
    if separates && common().separator.iter().any(|pattern| pattern.is_match(line)) {
        return Form::Separator;
    }
    if line.len() <= 40
        && language
            .is_some_and(|language| line.starts_with(['/', '(', '（', '续']) && any(&language.continuation, line))
    {
        return Form::Continuation;
    }
    if !has_number(line) {
        return Form::Text;
    }
    with_digits(line, language)
}

/// Whether a line has a digit, or a sign that numbers pages without one.
fn has_number(line: &str) -> bool {
    line.bytes().any(|byte| byte.is_ascii_digit())
        || (!line.is_ascii()
            && line
                .chars()
                .any(|c| !c.is_ascii() && (crate::language::decimal_digit(c).is_some() || matches!(c, '第' | '页'))))
}

fn any(patterns: &[crate::language::Pattern], line: &str) -> bool {
    patterns.iter().any(|pattern| pattern.is_match(line))
}

fn with_digits(line: &str, language: Option<&Language>) -> Form {
    if line.len() <= 24 && any(&common().page, line) {
        let digits: String = line
            .chars()
            .filter_map(crate::language::decimal_digit)
            .filter_map(|digit| char::from_digit(digit, 10))
            .collect();
        let alone = !line.contains('/') && line.chars().all(|c| crate::language::decimal_digit(c).is_some());
        return if alone { Form::Number(digits.parse().unwrap_or(u32::MAX)) } else { Form::Page };
    }
    if line.len() <= 48 && language.is_some_and(|language| any(&language.page, line)) {
        return Form::Page;
    }
    if line.len() > 80 {
        return Form::Text;
    }
    if let Some(rest) = without_page_number(line)
        && (is_job(rest) || is_symbol(rest))
    {
        return Form::Page;
    }
    // Only a symbol or a job number makes a head of a line, and neither is without a slash or seven digits.
    let may_head = line.contains('/') || line.bytes().filter(u8::is_ascii_digit).count() >= 7;
    if let Some(language) = language.filter(|_| may_head)
        && is_paged_head(line, language)
    {
        return Form::Page;
    }
    if line.starts_with('*') && bodies().iter().any(|body| any(&body.barcode, line)) {
        Form::Barcode
    } else if is_job(line) {
        Form::Job
    } else if is_symbol(line) {
        Form::Symbol
    } else {
        Form::Text
    }
}

/// The line without a page number at one of its ends: `2/9 GE.16-12040`, `CD/2066 Page 2`, `ML/CRS/41 - 3`.
fn without_page_number(line: &str) -> Option<&str> {
    let number = |word: &str| {
        let (page, of) = word.split_once('/').unwrap_or((word, "1"));
        let digits = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits(page) && digits(of) && (word.contains('/') || page.len() <= 3)
    };
    let (first, rest) = line.split_once(char::is_whitespace)?;
    if number(first) {
        return Some(rest.trim());
    }
    let (rest, last) = line.rsplit_once(char::is_whitespace)?;
    number(last).then(|| rest.trim().trim_end_matches(['-', '–', '|']).trim())
}

/// Whether a line is one of a masthead by its words.
pub(super) fn is_masthead_line(line: &str, language: Option<&Language>) -> bool {
    line.len() <= LONGEST
        && (bodies().iter().any(|body| any(&body.masthead, line))
            || language.is_some_and(|language| any(&language.masthead, line)))
}

/// A job number or symbol beside the words that number a page: `ML.31-00417  Page 3`.
fn is_paged_head(line: &str, language: &Language) -> bool {
    line.match_indices(char::is_whitespace).take(24).any(|(at, _)| {
        let (left, right) = (line[..at].trim(), line[at..].trim());
        let both =
            |head: &str, page: &str| !head.is_empty() && (is_job(head) || is_symbol(head)) && any(&language.page, page);
        both(left, right) || both(right, left)
    })
}

pub(super) fn is_job(line: &str) -> bool {
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    digits >= 7 && line.len() <= 60 && bodies().iter().any(|body| any(&body.job, line))
}

/// Whether a line is a symbol and nothing else, but for the asterisks of a reissue.
pub(super) fn is_symbol(line: &str) -> bool {
    let line = line.trim_end_matches('*');
    if line.len() > 60
        || !line.contains('/')
        || !line.starts_with(|c: char| c.is_ascii_uppercase())
        || !line.bytes().any(|byte| byte.is_ascii_digit())
    {
        return false;
    }
    bodies().iter().flat_map(|body| &body.symbol).any(|pattern| pattern.find_at(line, 0) == Some(0..line.len()))
}

/// A line's symbol, first or last, and what else it has.
fn without_symbol(line: &str) -> Option<(&str, &str)> {
    if line.len() > LONGEST || !line.contains('/') {
        return None;
    }
    let (first, rest) = line.split_once(char::is_whitespace)?;
    if is_symbol(first) {
        return Some((first, rest));
    }
    let (rest, last) = line.rsplit_once(char::is_whitespace)?;
    is_symbol(last).then_some((last, rest))
}

fn masked(line: &str) -> String {
    let mut mask = String::with_capacity(line.len());
    mask_into(line, &mut mask);
    mask
}

/// Appends a line without its white space, every digit a zero.
fn mask_into(line: &str, mask: &mut String) {
    let kept = line.chars().filter(|c| !chars::is_space(*c));
    mask.extend(kept.map(|c| if crate::language::decimal_digit(c).is_some() { '0' } else { c }));
}

/// The lines within reach of an edge before line `edge`: upwards, then downwards, each with its distance.
fn near(edge: usize, lines: usize) -> impl Iterator<Item = (bool, usize, usize)> {
    let up = (1..=REACH)
        .take_while(move |distance| *distance <= edge)
        .map(move |distance| (true, distance, edge - distance));
    let down =
        (0..REACH).map(move |distance| (false, distance, edge + distance)).take_while(move |(_, _, at)| *at < lines);
    up.chain(down)
}

struct Pass<'a> {
    text: &'a str,
    lines: &'a [Line],
    forms: Vec<Form>,
    roles: Vec<Role>,
    repeats: Counts,
    /// How often such a line stands in the whole text.
    all: HashMap<String, usize, BuildHasherDefault<DefaultHasher>>,
    edges: usize,
}

impl Pass<'_> {
    fn shown(&self, at: usize) -> &str {
        &self.text[self.lines[at].span.range()]
    }

    /// Whether lines `at - 1` and `at` stand on two pages.
    fn is_edge(&self, at: usize) -> bool {
        self.lines[at].page || (at > 0 && self.forms[at - 1] == Form::Page && self.forms[at] != Form::Page)
    }

    fn count_repeats(&mut self) {
        let edges: Vec<usize> = (1..self.lines.len()).filter(|&at| self.is_edge(at)).collect();
        self.edges = edges.len();
        for edge in edges {
            for (up, distance, at) in near(edge, self.lines.len()) {
                if self.forms[at] == Form::Text && self.lines[at].span.len() <= LONGEST {
                    *self.repeats.entry((up, distance, masked(self.shown(at)))).or_default() += 1;
                }
            }
        }
        self.all = self.repeats.keys().map(|(_, _, key)| (key.clone(), 0)).collect();
        if self.all.is_empty() {
            return;
        }
        let mut mask = String::new();
        for line in self.lines.iter().filter(|line| line.span.len() <= LONGEST) {
            mask.clear();
            mask_into(&self.text[line.span.range()], &mut mask);
            if let Some(count) = self.all.get_mut(mask.as_str()) {
                *count += 1;
            }
        }
    }

    /// Whether a text at this distance from an edge stands at most other edges too, and nowhere else. Ends of sentences
    /// are no running heads, nor are lines that begin in the middle of one.
    fn repeated(&self, at: usize, up: bool, distance: usize) -> bool {
        let line = self.shown(at);
        let lowercase = line.chars().find(|c| c.is_alphabetic()).is_none_or(char::is_lowercase);
        if line.len() > LONGEST || lowercase || line.ends_with([',', '，']) || line.ends_with(chars::is_terminal) {
            return false;
        }
        let key = (up, distance, masked(line));
        let count = self.repeats.get(&key).copied().unwrap_or(0);
        let all = self.all.get(&key.2).copied().unwrap_or(0);
        let enough = if self.edges < 4 { count == self.edges } else { count * 2 >= self.edges };
        // Left and right pages may have heads of their own, and the title may stand once more where it belongs.
        count >= 2 && enough && all <= count + 1
    }

    /// A line that is surely a page's number, and what stands around it.
    fn edge(&mut self, at: usize) {
        self.roles[at] = Role::Drop(Why::PageNumber);
        if without_page_number(self.shown(at)).is_some() {
            self.roles[at] = Role::Drop(Why::RunningFooter);
        }
        self.outwards(at + 1, true);
        self.outwards(at + 1, false);
        self.running_title(at);
    }

    /// Drops furniture from an edge: upwards from the line before `at`, or downwards from `at`.
    fn outwards(&mut self, at: usize, up: bool) {
        for (side, distance, line) in near(at, self.lines.len()) {
            if side == up && !self.goes(line, up, distance) {
                return;
            }
        }
    }

    /// Drops the line if it is furniture next to an edge; whether the pass may go on beyond it.
    fn goes(&mut self, at: usize, up: bool, distance: usize) -> bool {
        let (header, footer) = (Why::RunningHeader, Why::RunningFooter);
        let why = match self.forms[at] {
            _ if self.roles[at] != Role::Body => return self.forms[at] != Form::Separator,
            Form::Page | Form::Number(0..1000) => Why::PageNumber,
            Form::Job => Why::JobNumber,
            Form::Barcode => Why::Barcode,
            Form::Symbol => {
                if up {
                    footer
                } else {
                    header
                }
            }
            Form::Text if self.repeated(at, up, distance) => {
                if up {
                    footer
                } else {
                    header
                }
            }
            _ => return false,
        };
        self.roles[at] = Role::Drop(why);
        true
    }

    /// Lines between the symbol and the page number that repeat the title of the document.
    fn running_title(&mut self, anchor: usize) {
        let mut top = anchor;
        while top > 0 && anchor - top < REACH && (self.roles[top - 1] != Role::Body || self.forms[top - 1] == Form::Job)
        {
            top -= 1;
        }
        let Some(symbol) = (top.saturating_sub(REACH)..top).rev().find(|&at| self.forms[at] == Form::Symbol) else {
            return;
        };
        if symbol < 4 || symbol + 1 >= top {
            return;
        }
        let squeeze = |range: std::ops::Range<usize>| range.map(|at| masked(self.shown(at))).collect::<String>();
        let head = squeeze(0..symbol.min(MASTHEAD));
        if head.contains(&squeeze(symbol + 1..top)) {
            self.roles[symbol..top].fill(Role::Drop(Why::RunningHeader));
        }
    }

    /// Running heads of an extraction that keeps no pages: the title of the document between blank lines, with its symbol,
    /// or in the middle of a sentence.
    fn heads_between_paragraphs(&mut self) {
        let squeezed = |range: std::ops::Range<usize>| {
            let shown = range.map(|at| self.shown(at)).collect::<String>();
            shown.chars().filter(|c| !chars::is_space(*c)).collect::<String>()
        };
        let ends = |at: usize| at >= self.lines.len() || self.lines[at].blanks > 0 || self.lines[at].page;
        let head = squeezed(0..self.lines.len().min(MASTHEAD));
        let mut found = Vec::new();
        for at in 4..self.lines.len() {
            let len = (1..=HEAD_LINES).find(|len| ends(at + len)).unwrap_or(0);
            if len == 0 || !ends(at) || self.roles[at..at + len].iter().any(|role| *role != Role::Body) {
                continue;
            }
            let first = if at < MASTHEAD { &squeezed(0..at) } else { &head };
            let known = |title: &str| title.len() >= SHORTEST_TITLE && first.contains(title);
            let titled = match without_symbol(self.shown(at)) {
                Some((symbol, title)) if len == 1 => {
                    let title: String = title.chars().filter(|c| !chars::is_space(*c)).collect();
                    head.contains(symbol) && known(&title)
                }
                _ => self.interrupts(at, at + len) && known(&squeezed(at..at + len)),
            };
            if titled {
                found.push(at..at + len);
            }
        }
        for range in found {
            self.roles[range].fill(Role::Drop(Why::RunningHeader));
        }
    }

    /// Whether lines stand in the middle of a sentence: it goes on behind them with a lower-case letter.
    fn interrupts(&self, at: usize, end: usize) -> bool {
        let before = self.shown(at - 1);
        let after = if end < self.lines.len() { self.shown(end) } else { "" };
        self.lines[at - 1].width > LONG_LINE
            && before.ends_with(|c: char| c.is_alphanumeric() || c == ',')
            && after.starts_with(char::is_lowercase)
            && self.shown(at).starts_with(char::is_uppercase)
    }

    /// Numbers alone that count upwards by one through the text are page numbers.
    fn numbered_pages(&mut self) {
        let numbers: Vec<(usize, u32)> = (0..self.lines.len())
            .filter_map(|at| if let Form::Number(number) = self.forms[at] { Some((at, number)) } else { None })
            .collect();
        for pair in numbers.windows(2) {
            let [(first, value), (second, next)] = [pair[0], pair[1]];
            // Ten lines make a page; less is a column of a table.
            if next == value + 1 && second - first >= 10 {
                for at in [first, second] {
                    self.roles[at] = Role::Drop(Why::PageNumber);
                }
            }
        }
    }

    /// The head of the first page: no edge stands above it, but the same lines stand at later edges.
    fn first_page(&mut self) {
        let later: Vec<String> = (MASTHEAD.min(4)..self.lines.len())
            .filter(|&at| matches!(self.roles[at], Role::Drop(Why::RunningHeader | Why::RunningFooter)))
            .map(|at| masked(self.shown(at)))
            .take(64)
            .collect();
        for at in 0..self.lines.len().min(3) {
            if self.roles[at] != Role::Body {
                continue;
            }
            let masthead = (at + 1..self.lines.len().min(at + 6))
                .any(|next| matches!(self.forms[next], Form::Job | Form::Barcode));
            if masthead || !later.contains(&masked(self.shown(at))) {
                return;
            }
            self.roles[at] = Role::Drop(Why::RunningHeader);
        }
    }
}
