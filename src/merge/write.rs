//! The result as text: the bytes of ours, with what was decided put in, taken out and set behind.
//!
//! What stays is copied byte for byte, furniture and blank lines included. What comes from theirs is copied as theirs has
//! it, without the furniture of its pages and with the line ends of ours. Linear in the texts.

use std::collections::BTreeMap;

use super::numbering::Labels;
use super::plan::{Clash, Plan, PlanItem};
use super::segmented::{SegmentedSource, ink};
use crate::statement::{ClauseIndex, ClauseKind, Statement};
use crate::text::chars::is_space;

/// How conflicts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clashes {
    /// All sides between markers of this many signs.
    Marked(usize),
    /// The clauses of ours alone.
    AsOurs,
}

/// How clauses of theirs are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// As theirs has them.
    Theirs,
    /// Each in one line, a blank line on either side.
    Plain,
}

/// What is written.
pub(super) struct Composition<'a> {
    pub(super) base: &'a SegmentedSource,
    pub(super) ours: &'a SegmentedSource,
    pub(super) theirs: &'a SegmentedSource,
    pub(super) plan: &'a Plan,
    pub(super) labels: &'a Labels,
    pub(super) clashes: Clashes,
    pub(super) layout: Layout,
}

impl Composition<'_> {
    /// Writes the text.
    pub(super) fn text(&self) -> String {
        let mut page = Page::new(line_end(&self.ours.text));
        let mut begun = false;
        for (number, piece) in self.ours.pieces.iter().enumerate() {
            let text = &self.ours.text[piece.range.clone()];
            let Some(clause) = piece.owner else {
                page.gap(text, number + 1 == self.ours.pieces.len());
                continue;
            };
            if !std::mem::replace(&mut begun, true) {
                self.before_all(&mut page);
            }
            let owned = &self.ours.owned[clause];
            let (first, last) = (owned.first() == Some(&number), owned.last() == Some(&number));
            let stays = self.plan.at[clause] == Some(PlanItem::Ours(clause));
            match &self.plan.at[clause] {
                Some(PlanItem::Ours(at)) if stays && (!first || !self.labels.ours.contains_key(at)) => page.body(text),
                Some(PlanItem::Ours(_)) if stays => page.body(&self.relabelled(clause, text)),
                Some(entry) if first => self.entry(entry, &mut page),
                _ => page.leave_out(),
            }
            if if stays { last } else { first } {
                for entry in &self.plan.behind[clause] {
                    self.insert(entry, &mut page);
                }
            }
        }
        if !begun {
            self.before_all(&mut page);
        }
        page.finish()
    }

    /// The first piece of a clause that stays, under its new label.
    fn relabelled(&self, clause: ClauseIndex, first: &str) -> String {
        let whole = self.ours.source_of(clause);
        let labelled = self.ours.labelled(clause, self.labels.ours.get(&clause));
        // The other pieces follow by themselves.
        let rest = &whole[first.len()..];
        labelled.strip_suffix(rest).unwrap_or(&labelled).to_owned()
    }

    fn before_all(&self, page: &mut Page) {
        for entry in &self.plan.first {
            self.entry(entry, page);
            page.gap_after_insertion();
        }
    }

    /// Writes an entry behind what was written last.
    fn insert(&self, entry: &PlanItem, page: &mut Page) {
        let gap = match entry {
            PlanItem::Theirs(at) if self.layout == Layout::Theirs => self.theirs.gap_before(*at),
            _ => None,
        };
        if let (Clashes::AsOurs, PlanItem::Clash(Clash { ours, .. })) = (self.clashes, entry)
            && ours.is_empty()
        {
            return;
        }
        page.gap(&gap.map_or_else(|| page.blank_line(), |gap| in_lines(gap, page.end)), false);
        self.entry(entry, page);
        page.inserted = true;
    }

    fn entry(&self, entry: &PlanItem, page: &mut Page) {
        match entry {
            PlanItem::Ours(at) => {
                page.body(&in_lines(&self.ours.labelled(*at, self.labels.ours.get(at)), page.end));
            }
            PlanItem::Theirs(at) => page.body(&in_lines(&self.of_theirs(*at), page.end)),
            PlanItem::Clash(clash) => self.clash(clash, page),
        }
    }

    fn of_theirs(&self, at: ClauseIndex) -> String {
        let labelled = self.theirs.labelled(at, self.labels.theirs.get(&at));
        match self.layout {
            Layout::Theirs => labelled,
            Layout::Plain => {
                let own = self.theirs.clause(at);
                let label = self.labels.theirs.get(&at).unwrap_or(&own.label).as_deref().unwrap_or("");
                if label.is_empty() { own.text.clone() } else { format!("{label} {}", own.text) }
            }
        }
    }

    fn clash(&self, clash: &Clash, page: &mut Page) {
        let ours = source(self.ours, &clash.ours);
        let Clashes::Marked(size) = self.clashes else {
            return if ours.is_empty() { page.leave_out() } else { page.body(&in_lines(&ours, page.end)) };
        };
        let name = |sign: &str, whose: &str, side: &SegmentedSource, clauses: &[ClauseIndex]| {
            let address = clauses.first().map_or("(nothing)", |at| side.clause(*at).address.as_str());
            format!("{} {whose} {address}", sign.repeat(size))
        };
        let parts = [
            (name("<", "ours", self.ours, &clash.ours), ours),
            (name("|", "base", self.base, &clash.base), source(self.base, &clash.base)),
            ("=".repeat(size), source(self.theirs, &clash.theirs)),
        ];
        page.marked(&parts, &name(">", "theirs", self.theirs, &clash.theirs));
    }

    /// Whether the written text, read again, has the clauses that were put into it.
    ///
    /// A running head is known by what stands on other pages, and a paragraph by the habits of the text around it: so
    /// pieces of two sources may read otherwise together than apart.
    pub(super) fn reads_as_planned(&self, read: &Statement) -> bool {
        let mut wanted = ClauseInk::default();
        let mut add = |side: &SegmentedSource, at: ClauseIndex, label: Option<&Option<String>>| {
            let own = side.clause(at);
            let label = label.unwrap_or(&own.label).as_deref();
            wanted.add(own.kind, label, &own.text);
        };
        for entry in self.plan.entries() {
            match entry {
                PlanItem::Ours(at) => add(self.ours, *at, self.labels.ours.get(at)),
                PlanItem::Theirs(at) => add(self.theirs, *at, self.labels.theirs.get(at)),
                PlanItem::Clash(clash) => clash.ours.iter().for_each(|at| add(self.ours, *at, None)),
            }
        }
        let mut found = ClauseInk::default();
        for clause in &read.clauses {
            found.add(clause.kind, clause.label.as_deref(), &clause.text);
        }
        wanted == found
    }
}

/// The bytes of clauses one behind the other; between those that stand so in the source, what stands there.
fn source(side: &SegmentedSource, clauses: &[ClauseIndex]) -> String {
    let mut out = String::new();
    let mut last: Option<ClauseIndex> = None;
    for &at in clauses {
        if let Some(last) = last.replace(at) {
            out.push_str(side.gap_before(at).filter(|_| last.next() == at).unwrap_or("\n\n"));
        }
        out.push_str(&side.source_of(at));
    }
    out
}

/// The clauses of a text without white space and without the hyphens that lines put into words, sorted: footnotes stand
/// where the page has them.
#[derive(Default, PartialEq, Eq)]
struct ClauseInk(BTreeMap<(Option<&'static str>, String, String), usize>);

impl ClauseInk {
    /// Adds a clause; what stands at the foot of a page must stand there as what it is.
    fn add(&mut self, kind: ClauseKind, label: Option<&str>, text: &str) {
        let foot = matches!(kind, ClauseKind::Footnote | ClauseKind::Note).then(|| kind.name());
        let own = ink(text).filter(|c| !matches!(c, '-' | '\u{2010}' | '\u{AD}')).collect();
        *self.0.entry((foot, label.unwrap_or("").to_owned(), own)).or_default() += 1;
    }
}

/// The line end of most lines.
pub(super) fn line_end(text: &str) -> &'static str {
    let both = memchr::memmem::find_iter(text.as_bytes(), "\r\n").count();
    let all = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    if both * 2 > all { "\r\n" } else { "\n" }
}

/// A text with other line ends.
pub(super) fn in_lines(text: &str, end: &str) -> String {
    let plain = text.replace("\r\n", "\n");
    if end == "\n" { plain } else { plain.replace('\n', end) }
}

/// The text as it is written: what stands between two clauses waits until it is known what follows.
struct Page {
    out: String,
    gap: String,
    end: &'static str,
    /// Whether something was left out since the gap began.
    left_out: bool,
    /// Whether the last body was inserted, or ends with a marker: then the next one begins on a line of its own.
    inserted: bool,
    marked: bool,
}

impl Page {
    const fn new(end: &'static str) -> Self {
        Self { out: String::new(), gap: String::new(), end, left_out: false, inserted: false, marked: false }
    }

    fn blank_line(&self) -> String {
        self.end.repeat(2)
    }

    fn gap(&mut self, text: &str, is_last: bool) {
        if !std::mem::take(&mut self.left_out) {
            self.gap.push_str(text);
            return;
        }
        // Of the white space on both sides of what was left out, one suffices; what is no white space stays.
        let kept = self.gap.trim_end_matches(is_space).len();
        let tail = self.gap.split_off(kept);
        let lead = text.len() - text.trim_start_matches(is_space).len();
        if is_last && lead == text.len() {
            self.gap.push_str(text);
        } else if self.out.is_empty() && self.gap.is_empty() {
            self.gap.push_str(tail_of_line(&text[..lead]));
        } else if lines(&tail) > lines(&text[..lead]) {
            self.gap.push_str(head_of_lines(&tail));
            self.gap.push_str(tail_of_line(&text[..lead]));
        } else {
            self.gap.push_str(&text[..lead]);
        }
        self.gap.push_str(&text[lead..]);
    }

    fn leave_out(&mut self) {
        self.left_out = true;
    }

    fn gap_after_insertion(&mut self) {
        self.marked = false;
        let blank = self.blank_line();
        self.gap(&blank, false);
    }

    fn body(&mut self, text: &str) {
        self.flush(true);
        self.out.push_str(text);
    }

    /// Writes the gap. Behind what was put in, the next clause begins on a line of its own.
    fn flush(&mut self, followed: bool) {
        let (inserted, marked) = (std::mem::take(&mut self.inserted), std::mem::take(&mut self.marked));
        if (inserted || marked) && followed && lines(&self.gap) == 0 {
            let blank = self.blank_line();
            self.gap.insert_str(0, &blank);
        } else if marked && lines(&self.gap) == 0 {
            self.gap.insert_str(0, self.end);
        }
        self.left_out = false;
        self.out.push_str(&self.gap);
        self.gap.clear();
    }

    /// Writes a conflict: markers at the beginning of lines, texts set in as the clause was.
    fn marked(&mut self, parts: &[(String, String)], last: &str) {
        self.flush(true);
        let indent = self.out.rsplit('\n').next().unwrap_or("").to_owned();
        if indent.chars().all(is_space) {
            self.out.truncate(self.out.len() - indent.len());
        } else {
            self.out.push_str(self.end);
        }
        let indent = if indent.chars().all(|c| c == ' ' || c == '\t') { indent.as_str() } else { "" };
        for (marker, text) in parts {
            self.out.push_str(marker);
            self.out.push_str(self.end);
            if !text.is_empty() {
                self.out.push_str(indent);
                self.out.push_str(&in_lines(text, self.end));
                self.out.push_str(self.end);
            }
        }
        self.out.push_str(last);
        self.marked = true;
    }

    fn finish(mut self) -> String {
        if self.left_out {
            let kept = self.gap.trim_end_matches(is_space).len();
            self.gap.truncate(kept);
        }
        self.flush(false);
        self.out
    }
}

fn lines(text: &str) -> usize {
    text.matches('\n').count()
}

/// What stands behind the last line break.
fn tail_of_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or(text)
}

/// What stands up to the last line break, the break included.
fn head_of_lines(text: &str) -> &str {
    text.rfind('\n').map_or("", |at| &text[..=at])
}
