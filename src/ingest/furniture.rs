//! Page furniture: what a page has and the document has not.
//!
//! Running heads and feet, page numbers, job numbers and bar codes stand at the edges of pages. An edge shows by a form
//! feed or by a line that counts the pages (`2/6`, `Page 3`, `1/9 GE.16-12040`). From each edge outwards, lines go as long as
//! each is furniture by its own form, or stands letter for letter at other edges too, but for a number that counts the
//! pages, or repeats the title of the document below its symbol. A line that only looks like furniture stays: a number
//! that counts nothing may be a table's, a symbol may be cited, a row with a value is a row on whatever page it stands, and
//! what a colon announces is said. Linear in the lines, with at most [`REACH`] steps from each edge.

use std::collections::{HashMap, hash_map::DefaultHasher};
use std::hash::BuildHasherDefault;
use std::ops::Range;

pub(super) use super::form::Form;
use super::form::{
    LONGEST, form, front_matter, has_value, head_of, tells_of_file, without_page_number, without_symbol,
};
use super::frame::{FrameLine, FrameReader};
use super::glued;
use super::lines::{LONG_LINE, Line};
use super::pages::{self, PageNumber};
use crate::language::Catalogue;
use crate::statement::Why;
use crate::text::{chars, without_space};

/// How many lines from an edge may be furniture.
const REACH: usize = 8;
/// Most lines of a running head between two paragraphs.
const HEAD_LINES: usize = 3;
/// Fewest bytes of a title that is known by its words.
const SHORTEST_TITLE: usize = 12;
/// Fewest bytes of a title, white space left out, that is a running head wherever it stands alone.
const LONG_TITLE: usize = 20;
/// Fewest numbers that count the pages of an excerpt.
const EXCERPT: usize = 4;
/// How many lines the masthead of a first page may have.
pub(super) const MASTHEAD: usize = 40;
/// Lines at the top that may be masthead and title of a document whose title is not known.
const UNTITLED: usize = 12;

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

/// Where a line stands: at a distance from an edge, above it or below, and what it says but for the number of its page.
type Spot<'a> = (bool, usize, &'a str);

/// The numbers of the pages of a line that stands at several edges; absent where it bears none.
type Heads<'a> = HashMap<Spot<'a>, Numbers, BuildHasherDefault<DefaultHasher>>;

/// How far numbers in one place are from the ordinals of their edges.
#[derive(Clone, Copy, Debug)]
struct Offset {
    numbers: usize,
    offset: i64,
    /// Whether all are as far.
    is_one: bool,
}

impl Offset {
    fn add(&mut self, offset: i64) {
        self.numbers += 1;
        self.is_one &= self.offset == offset;
    }
}

/// A symbol without the asterisks of a reissue; of a job number and its bar code the digits.
fn name_of(line: &str, catalogue: &Catalogue) -> String {
    if catalogue.is_symbol(line) {
        return line.trim_end_matches('*').to_owned();
    }
    let word = line.split(chars::is_space).max_by_key(|word| word.bytes().filter(u8::is_ascii_digit).count());
    word.unwrap_or_default().chars().filter(char::is_ascii_digit).collect()
}

/// What the numbers of a head say, in the order of the edges.
#[derive(Clone, Copy, Debug)]
struct Numbers {
    /// How many edges it stands at.
    edges: usize,
    last: Option<u32>,
    /// How much more each is than the last; none before there are two.
    step: Option<u32>,
    /// Whether each is the same, and whether each is one more than the last, or each two.
    same: bool,
    ascend: bool,
}

impl Numbers {
    const fn first(number: Option<u32>) -> Self {
        Self { edges: 1, last: number, step: None, same: true, ascend: true }
    }

    fn add(&mut self, number: Option<u32>) {
        let ascends = match (self.last, number) {
            (Some(last), Some(next)) => {
                let step = next.checked_sub(last);
                matches!(step, Some(1 | 2)) && *self.step.get_or_insert(step.unwrap_or_default()) == next - last
            }
            (last, next) => last == next,
        };
        self.same &= self.last == number;
        self.ascend &= ascends;
        (self.edges, self.last) = (self.edges + 1, number);
    }
}

/// Sorts lines into text and furniture.
pub(super) fn sort(text: &str, lines: &[Line], frames: &FrameReader<'_>) -> Furniture {
    let shown = |at: usize| &text[lines[at].span.range()];
    let mut forms: Vec<Form> = (0..lines.len()).map(|at| form(shown(at), frames.known)).collect();
    for (at, form) in forms.iter_mut().enumerate().take(MASTHEAD) {
        let known = || frames.line(shown(at));
        if *form == Form::Text && matches!(known(), Some(FrameLine::Masthead | FrameLine::Agenda | FrameLine::Adopted))
        {
            *form = Form::Masthead;
        }
    }
    let front = front_matter(text, lines);
    for (form, of_file) in forms.iter_mut().zip(tells_of_file(text, &lines[..front])).skip(1) {
        if *form != Form::Separator {
            *form = Form::Front { of_file };
        }
    }
    let mut pass = Pass {
        lines,
        roles: vec![Role::Body; lines.len()],
        repeats: Heads::default(),
        all: HashMap::default(),
        edges: Vec::new(),
        spots: HashMap::default(),
        names: HashMap::default(),
        title: String::new(),
        title_end: usize::MAX,
        forms,
        text,
        catalogue: frames.known.catalogue,
    };
    let title = glued::title(text, lines, frames);
    if let Some(own) = &title {
        let words = own.clone().map(|at| pass.shown(at)).collect::<Vec<_>>().join(" ");
        pass.title = without_space(glued::without_number(&words, frames.known.catalogue));
        pass.title_end = own.end;
    }
    pass.settle_pages();
    pass.count_repeats();
    for (at, line) in lines.iter().enumerate() {
        match pass.forms[at] {
            Form::Separator => pass.roles[at] = Role::Drop(Why::Separator),
            Form::Continuation => pass.roles[at] = Role::Drop(Why::Continuation),
            Form::Invisible => pass.roles[at] = Role::Drop(Why::Invisible),
            Form::Barcode if pass.is_barcode(at) => pass.roles[at] = Role::Drop(Why::Barcode),
            Form::Job if at >= MASTHEAD && !pass.is_announced(at) && pass.is_known(at) => {
                pass.roles[at] = Role::Drop(Why::JobNumber);
            }
            Form::Page(_) | Form::PagedJob(_) => pass.edge(at),
            _ => {}
        }
        if line.page {
            pass.outwards(at, false);
            pass.outwards(at, true);
        }
    }
    if ends_a_page(text, lines) {
        pass.outwards(lines.len(), true);
    }
    pass.numbered_pages();
    pass.glued_heads();
    pass.heads_between_paragraphs(title);
    pass.first_page();
    Furniture { forms: pass.forms, roles: pass.roles }
}

/// Whether a form feed stands behind the last line, as extractions set one behind every page.
fn ends_a_page(text: &str, lines: &[Line]) -> bool {
    lines.last().is_some_and(|last| text[last.span.end as usize..].contains('\u{C}'))
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
    catalogue: &'a Catalogue,
    lines: &'a [Line],
    forms: Vec<Form>,
    roles: Vec<Role>,
    repeats: Heads<'a>,
    /// How often such a line stands in the whole text.
    all: HashMap<&'a str, usize, BuildHasherDefault<DefaultHasher>>,
    /// Lines before which a page ends, ascending.
    edges: Vec<usize>,
    /// What the numbers that stand alone at one distance from the edges say.
    spots: HashMap<(bool, usize), Offset, BuildHasherDefault<DefaultHasher>>,
    /// How often each symbol and job number stands in a line of its own, or in the masthead.
    names: HashMap<String, usize, BuildHasherDefault<DefaultHasher>>,
    /// The title of the document without its number and without white space, and the line where it ends.
    title: String,
    title_end: usize,
}

impl<'a> Pass<'a> {
    fn shown(&self, at: usize) -> &'a str {
        &self.text[self.lines[at].span.range()]
    }

    /// Takes page numbers that count no pages for text.
    fn settle_pages(&mut self) {
        let paged = self.forms.iter().enumerate().filter_map(|(at, form)| match form {
            Form::Page(page) | Form::PagedJob(page) => Some((at, *page)),
            _ => None,
        });
        let paged: Vec<(usize, PageNumber)> = paged.collect();
        let counted = pages::count(&paged, self.lines.len());
        for ((at, _), counts) in paged.into_iter().zip(counted) {
            if matches!(self.forms[at], Form::Page(_)) && (!counts || self.is_announced(at)) {
                self.forms[at] = Form::Text;
            }
        }
    }

    /// Whether the line before ends with a colon, so that this one is what it announces.
    fn is_announced(&self, at: usize) -> bool {
        at > 0 && !self.lines[at].page && self.shown(at - 1).ends_with([':', '：'])
    }

    /// Whether a line of the form of a bar code is one: at the top of the document, near a job number or a page's end.
    fn is_barcode(&self, at: usize) -> bool {
        let mut near = at.saturating_sub(4)..(at + 5).min(self.lines.len());
        let beside =
            near.any(|line| matches!(self.forms[line], Form::Job | Form::PagedJob(_)) || self.lines[line].page);
        !self.is_announced(at) && (at < MASTHEAD || beside)
    }

    /// Whether a number alone near an edge counts the pages: it is the ordinal of its page, or in an excerpt that begins on a
    /// later page all numbers in its place are that far off: by one, or several of them.
    fn counts_pages(&self, at: usize, number: u32, up: bool, distance: usize) -> bool {
        let edge = if up { at + distance } else { at - distance };
        let ordinal = self.edges.partition_point(|known| *known < edge);
        let own = ordinal + if up { 1 } else { 2 };
        let is_next = number as usize == own + 1;
        number as usize == own
            || self
                .spots
                .get(&(up, distance))
                .is_some_and(|offset| offset.is_one && (is_next || offset.numbers >= EXCERPT))
    }

    /// Whether a symbol or a job number is one of the document: it stands elsewhere too, or shows by its letters.
    fn is_known(&self, at: usize) -> bool {
        let line = self.shown(at);
        let symbol = |at: Option<usize>| at.and_then(|at| self.forms.get(at)) == Some(&Form::Symbol);
        // At the end of a page, or beside its number, a symbol alone is its head or foot; in a list it has others beside it.
        let counts = |at: Option<usize>| {
            let form = at.and_then(|at| self.forms.get(at));
            matches!(form, Some(Form::Page(_) | Form::PagedJob(_) | Form::Job | Form::Barcode))
        };
        let ends = self.lines[at].page
            || self.lines.get(at + 1).is_none_or(|next| next.page)
            || counts(at.checked_sub(1))
            || counts(Some(at + 1));
        let alone = self.forms[at] == Form::Symbol && ends && !symbol(at.checked_sub(1)) && !symbol(Some(at + 1));
        alone
            || self.catalogue.is_sure_job(line)
            || self.names.get(&name_of(line, self.catalogue)).is_some_and(|count| *count > 1)
    }

    /// Whether lines `at - 1` and `at` stand on two pages.
    fn is_edge(&self, at: usize) -> bool {
        let paged = |at: usize| matches!(self.forms[at], Form::Page(_) | Form::PagedJob(_));
        // A head that bears the number stands below the edge, and makes none of its own.
        self.lines[at].page || (at > 0 && paged(at - 1) && !paged(at) && !self.lines[at - 1].page)
    }

    fn count_repeats(&mut self) {
        self.edges = (1..self.lines.len()).filter(|&at| self.is_edge(at)).collect();
        self.count_names();
        for (ordinal, &edge) in self.edges.iter().enumerate() {
            for (up, distance, at) in near(edge, self.lines.len()) {
                match self.forms[at] {
                    Form::Number(number) => {
                        let offset = i64::from(number) - ordinal as i64;
                        let known = self.spots.entry((up, distance));
                        known.and_modify(|known| known.add(offset)).or_insert(Offset {
                            numbers: 1,
                            offset,
                            is_one: true,
                        });
                    }
                    Form::Text if self.lines[at].span.len() <= LONGEST => {
                        let (head, number) = head_of(self.shown(at));
                        let known = self.repeats.entry((up, distance, head));
                        known.and_modify(|known| known.add(number)).or_insert(Numbers::first(number));
                    }
                    _ => {}
                }
            }
        }
        self.all = self.repeats.keys().map(|(_, _, head)| (*head, 0)).collect();
        if self.all.is_empty() {
            return;
        }
        for line in self.lines.iter().filter(|line| line.span.len() <= LONGEST) {
            if let Some(count) = self.all.get_mut(head_of(&self.text[line.span.range()]).0) {
                *count += 1;
            }
        }
    }

    /// Counts the symbols and job numbers that stand in lines of their own, and those among the words of the masthead.
    fn count_names(&mut self) {
        for at in 0..self.lines.len() {
            let line = self.shown(at);
            let own = matches!(self.forms[at], Form::Job | Form::PagedJob(_) | Form::Barcode | Form::Symbol);
            if own {
                *self.names.entry(name_of(line, self.catalogue)).or_default() += 1;
            } else if at < UNTITLED || matches!(self.forms[at], Form::Page(_)) {
                for word in line
                    .split(chars::is_space)
                    .filter(|word| self.catalogue.is_symbol(word) || self.catalogue.is_job(word))
                {
                    *self.names.entry(name_of(word, self.catalogue)).or_default() += 1;
                }
            }
        }
    }

    /// Whether a text at this distance from an edge stands at most other edges too, and nowhere else. Ends of sentences
    /// are no running heads, nor are lines that begin in the middle of one, nor rows.
    fn repeated(&self, at: usize, up: bool, distance: usize) -> bool {
        let line = self.shown(at);
        let lowercase = line.chars().find(|c| c.is_alphabetic()).is_none_or(char::is_lowercase);
        if line.len() > LONGEST || lowercase || line.ends_with([',', '，']) || line.ends_with(chars::is_terminal) {
            return false;
        }
        let (head, _) = head_of(line);
        if has_value(head, self.catalogue) || super::lines::is_row(line) {
            return false;
        }
        let Some(numbers) = self.repeats.get(&(up, distance, head)) else { return false };
        // The same number again is part of what the head says.
        let counts = numbers.same || numbers.ascend;
        let (count, edges) = (numbers.edges, self.edges.len());
        let all = self.all.get(head).copied().unwrap_or(0);
        let enough = if edges < 4 { count == edges } else { count * 2 >= edges };
        // Left and right pages may have heads of their own, and the title may stand once more where it belongs.
        counts && count >= 2 && enough && all <= count + 1
    }

    /// Whether a line, with up to three above it, is how the title begins.
    fn begins_title(&self, at: usize) -> bool {
        (at.saturating_sub(3)..=at).any(|from| {
            let shown: String = (from..=at).map(|line| self.shown(line)).collect();
            self.title.starts_with(&without_space(&shown))
        })
    }

    /// Whether a line beyond the title is a part of it.
    fn repeats_title(&self, at: usize) -> bool {
        let shown = without_space(self.shown(at));
        // Beside a symbol or a number of the page: alone it may be the title of what a letter transmits.
        let near = at.saturating_sub(3)..(at + 4).min(self.lines.len());
        let beside = |line: usize| {
            matches!(self.forms[line], Form::Symbol | Form::Job | Form::Page(_) | Form::PagedJob(_) | Form::Number(_))
        };
        at >= self.title_end
            && shown.len() >= SHORTEST_TITLE
            && self.title.contains(&shown)
            && self.begins_title(at)
            && near.into_iter().any(beside)
    }

    /// A line that is surely a page's number, and what stands around it.
    fn edge(&mut self, at: usize) {
        self.roles[at] = Role::Drop(Why::PageNumber);
        if without_page_number(self.shown(at))
            .is_some_and(|(_, rest)| self.catalogue.is_job(rest) || self.catalogue.is_symbol(rest))
        {
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
            Form::Page(_) | Form::PagedJob(_) => Why::PageNumber,
            Form::Number(_) | Form::Job | Form::Barcode | Form::Symbol if self.is_announced(at) => return false,
            Form::Job | Form::Symbol if !self.is_known(at) => return false,
            Form::Number(number @ 0..1000) if self.counts_pages(at, number, up, distance) => Why::PageNumber,
            Form::Job => Why::JobNumber,
            Form::Barcode => Why::Barcode,
            Form::Symbol => {
                if up {
                    footer
                } else {
                    header
                }
            }
            Form::Text if self.repeated(at, up, distance) || self.repeats_title(at) => {
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
        let squeeze = |range: std::ops::Range<usize>| {
            let shown = range.map(|at| self.shown(at)).collect::<String>();
            without_space(&shown)
        };
        // Masthead and title, and not the text below them, which a page may repeat.
        let head = squeeze(0..symbol.min(if self.title_end == usize::MAX { UNTITLED } else { self.title_end }));
        let own = squeeze(symbol + 1..top);
        if own.len() >= SHORTEST_TITLE && head.contains(&own) {
            self.roles[symbol..top].fill(Role::Drop(Why::RunningHeader));
        }
    }

    /// Running heads of an extraction that keeps no pages: the title of the document between blank lines, with its symbol,
    /// or in the middle of a sentence.
    fn heads_between_paragraphs(&mut self, title: Option<Range<usize>>) {
        let squeezed = |range: std::ops::Range<usize>| {
            let shown = range.map(|at| self.shown(at)).collect::<String>();
            without_space(&shown)
        };
        let ends = |at: usize| at >= self.lines.len() || self.lines[at].blanks > 0 || self.lines[at].page;
        let head = squeezed(0..self.lines.len().min(MASTHEAD));
        // The title of the document, and its first line, as an extraction repeats them between paragraphs.
        let titles: Vec<String> = title.map_or_else(Vec::new, |title| {
            let bare = |lines: Range<usize>| {
                let lines = lines.map(|at| self.shown(at)).collect::<Vec<_>>().join(" ");
                without_space(glued::without_number(&lines, self.catalogue))
            };
            let own = [bare(title.clone()), bare(title.start..title.start + 1)];
            own.into_iter().filter(|title| title.len() >= LONG_TITLE).collect()
        });
        let mut found = Vec::new();
        for at in 4..self.lines.len() {
            let len = (1..=HEAD_LINES).find(|len| ends(at + len)).unwrap_or(0);
            if len == 0 || !ends(at) || self.roles[at..at + len].iter().any(|role| *role != Role::Body) {
                continue;
            }
            let first = if at < MASTHEAD { &squeezed(0..at) } else { &head };
            let known = |title: &str| title.len() >= SHORTEST_TITLE && first.contains(title);
            let titled = match without_symbol(self.shown(at), self.catalogue) {
                Some((symbol, title)) if len == 1 => {
                    let title = without_space(title);
                    head.contains(symbol) && known(&title)
                }
                _ => {
                    let shown = squeezed(at..at + len);
                    titles.contains(&shown) && at > self.title_end || self.interrupts(at, at + len) && known(&shown)
                }
            };
            if titled {
                found.push(at..at + len);
            }
        }
        for range in found {
            self.roles[range].fill(Role::Drop(Why::RunningHeader));
        }
    }

    /// Whether a line at the top is where the document has its symbol or title, and not one more head above it.
    fn is_own(&self, at: usize) -> bool {
        let named = self.forms[at] == Form::Symbol || at < self.title_end && self.title_end != usize::MAX;
        let again = |line: usize| self.roles[line] == Role::Body && self.shown(line) == self.shown(at);
        named && !(at + 1..self.lines.len().min(MASTHEAD)).any(again)
    }

    /// Running heads that an extraction glued to a footnote.
    fn glued_heads(&mut self) {
        for at in 0..self.lines.len() {
            if self.lines[at].head && self.roles[at] == Role::Body {
                self.roles[at] = Role::Drop(Why::RunningHeader);
            }
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
        let later: Vec<&str> = (MASTHEAD.min(4)..self.lines.len())
            .filter(|&at| matches!(self.roles[at], Role::Drop(Why::RunningHeader | Why::RunningFooter)))
            .map(|at| head_of(self.shown(at)).0)
            .take(64)
            .collect();
        for at in 0..self.lines.len().min(3) {
            if self.roles[at] != Role::Body {
                continue;
            }
            let masthead = (at + 1..self.lines.len().min(at + 6))
                .any(|next| matches!(self.forms[next], Form::Job | Form::Barcode));
            if masthead || !later.contains(&head_of(self.shown(at)).0) || self.is_own(at) {
                return;
            }
            self.roles[at] = Role::Drop(Why::RunningHeader);
        }
    }
}
