//! The ledger of a source: for every byte, what became of it.
//!
//! A reading promises that every byte that is not white space is in a clause, in its label or its text, or among what was
//! dropped, with the reason. The ledger holds it to that: it walks the text of each clause beside the source, along the
//! clause's own way back, and finds what no clause and no reason accounts for, and what two of them do.
//! Linear in the source but for sorting the runs.

use std::ops::Range;

use super::clause::{Clause, DroppedPiece, Why};
use super::document::Statement;
use super::index::ClauseIndex;
use crate::text::{Span, chars::is_space};

/// What became of a run of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Whereabouts {
    /// It is text of the clause with this index.
    Text(ClauseIndex),
    /// It is the label of the clause with this index.
    Label(ClauseIndex),
    /// It was left out: the entry of [`Statement::dropped`] with this index says why.
    Dropped(usize),
    /// It is white space that belongs to no clause.
    Space,
    /// Nothing accounts for it: a fault of the reader.
    Unread,
    /// More than one clause or reason accounts for it: a fault of the reader.
    Twice,
}

impl Whereabouts {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Label(_) => "label",
            Self::Dropped(_) => "dropped",
            Self::Space => "space",
            Self::Unread => "unread",
            Self::Twice => "twice",
        }
    }

    /// The clause it is part of, by index.
    #[must_use]
    pub const fn clause(self) -> Option<ClauseIndex> {
        match self {
            Self::Text(clause) | Self::Label(clause) => Some(clause),
            Self::Dropped(_) | Self::Space | Self::Unread | Self::Twice => None,
        }
    }

    /// Why it was dropped.
    #[must_use]
    pub fn why(self, statement: &Statement) -> Option<Why> {
        match self {
            Self::Dropped(at) => statement.dropped.get(at).map(|dropped| dropped.why),
            _ => None,
        }
    }

    /// Whether the reading is at fault.
    #[must_use]
    pub const fn is_fault(self) -> bool {
        matches!(self, Self::Unread | Self::Twice)
    }
}

/// A run of bytes with one fate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LedgerEntry {
    /// Its bytes in the source, never none.
    pub span: Span,
    /// What became of them.
    pub whereabouts: Whereabouts,
}

/// What became of every byte of a source: runs in order, without gaps or overlaps, the whole of it.
///
/// ```
/// use recension::{ingest, statement::Ledger};
///
/// let source = ingest::read(b"1. The Sides agree.\n".as_slice(), ingest::Options::default())?;
/// let ledger = Ledger::of(&source.text, &source.statement);
/// let told: Vec<_> = ledger.entries.iter().map(|entry| (entry.whereabouts.name(), entry.span.range())).collect();
/// assert_eq!(told, [("label", 0..2), ("space", 2..3), ("text", 3..19), ("space", 19..20)]);
/// assert!(ledger.is_whole());
/// # Ok::<(), recension::ingest::ReadError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ledger {
    /// The runs.
    pub entries: Vec<LedgerEntry>,
}

impl Ledger {
    /// Draws up the ledger of a source and what was read of it.
    #[must_use]
    pub fn of(source: &str, statement: &Statement) -> Self {
        let mut runs = Vec::with_capacity(statement.clauses.len() * 4 + statement.dropped.len());
        for (at, clause) in statement.each_clause() {
            label_runs(&mut runs, source, statement, at, clause);
            text_runs(&mut runs, source, at, clause);
        }
        let dropped = statement.dropped.iter().enumerate();
        runs.extend(dropped.map(|(at, dropped)| (dropped.span.range(), Whereabouts::Dropped(at))));
        runs.sort_by_key(|(range, whereabouts)| (range.start, range.end, *whereabouts));
        let mut book = Book { source, entries: Vec::with_capacity(runs.len() * 2) };
        for (range, whereabouts) in runs {
            book.enter(range, whereabouts);
        }
        book.gap(source.len());
        Self { entries: book.entries }
    }

    /// Whether everything is accounted for once.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.faults().next().is_none()
    }

    /// What nothing accounts for, and what is accounted for twice, in order.
    pub fn faults(&self) -> impl Iterator<Item = &LedgerEntry> {
        self.entries.iter().filter(|entry| entry.whereabouts.is_fault())
    }
}

type LedgerRun = (Range<usize>, Whereabouts);

/// The bytes of a clause's label: its characters stand at the beginning of the clause, perhaps parted by white space or by
/// signs that were dropped.
fn label_runs(runs: &mut Vec<LedgerRun>, source: &str, statement: &Statement, at: ClauseIndex, clause: &Clause) {
    let Some(label) = &clause.label else { return };
    let mut walk = clause.span.start as usize;
    let mut run = walk..walk;
    let gone = |from: usize| dropped_at(&statement.dropped, from);
    for wanted in label.chars().filter(|c| !is_space(*c)) {
        loop {
            let next = source[walk..].chars().next();
            if let Some(end) = gone(walk).filter(|end| *end > walk) {
                walk = end;
            } else if let Some(blank) = next.filter(|c| is_space(*c) && *c != wanted) {
                walk += blank.len_utf8();
            } else if next == Some(wanted) {
                break;
            } else {
                push(runs, run, Whereabouts::Label(at));
                return;
            }
        }
        if source[run.end..walk].chars().all(is_space) && !run.is_empty() {
            run.end = walk + wanted.len_utf8();
        } else {
            push(runs, std::mem::replace(&mut run, walk..walk + wanted.len_utf8()), Whereabouts::Label(at));
        }
        walk += wanted.len_utf8();
    }
    push(runs, run, Whereabouts::Label(at));
}

/// The end of what was dropped from this byte on.
fn dropped_at(dropped: &[DroppedPiece], from: usize) -> Option<usize> {
    let at = dropped.partition_point(|piece| (piece.span.start as usize) < from);
    let piece = dropped.get(at).filter(|piece| piece.span.start as usize == from)?;
    Some(piece.span.end as usize)
}

/// The bytes of a clause's text: from each place of its map on, the characters of text and source are the same but for
/// blanks that the reader set.
fn text_runs(runs: &mut Vec<LedgerRun>, source: &str, at: ClauseIndex, clause: &Clause) {
    for (place, &(from, origin)) in clause.map.iter().enumerate() {
        let to = clause.map.get(place + 1).map_or(clause.text.len(), |(next, _)| *next as usize);
        let Some(text) = clause.text.get(from as usize..to) else { continue };
        let start = origin as usize;
        let Some(rest) = source.get(start..) else { continue };
        let end = start + same(text, rest);
        push(runs, start..end, Whereabouts::Text(at));
    }
}

/// How many bytes of the source the text stands in; white space at its end does not count.
fn same(text: &str, source: &str) -> usize {
    if source.as_bytes().starts_with(text.as_bytes()) {
        return text.trim_end_matches(is_space).len();
    }
    let (mut walk, mut ink) = (0, 0);
    for c in text.chars() {
        match source[walk..].chars().next() {
            Some(next) if next == c => walk += c.len_utf8(),
            Some(next) if is_space(c) && is_space(next) => walk += next.len_utf8(),
            _ if is_space(c) => {}
            _ => break,
        }
        if !is_space(c) {
            ink = walk;
        }
    }
    ink
}

fn push(runs: &mut Vec<LedgerRun>, range: Range<usize>, whereabouts: Whereabouts) {
    if !range.is_empty() {
        runs.push((range, whereabouts));
    }
}

/// The entries made so far.
struct Book<'a> {
    source: &'a str,
    entries: Vec<LedgerEntry>,
}

impl Book<'_> {
    /// Byte up to which all is entered.
    fn end(&self) -> usize {
        self.entries.last().map_or(0, |entry| entry.span.end as usize)
    }

    /// Enters a run; what of it is entered already is there twice.
    fn enter(&mut self, run: Range<usize>, whereabouts: Whereabouts) {
        self.gap(run.start);
        let from = self.entries.partition_point(|entry| entry.span.end as usize <= run.start);
        for old in self.entries.split_off(from) {
            let span = old.span.range();
            self.add(span.start..run.start, old.whereabouts);
            self.add(span.start.max(run.start)..span.end.min(run.end), Whereabouts::Twice);
            self.add(span.start.max(run.end)..span.end, old.whereabouts);
        }
        self.add(self.end().max(run.start)..run.end, whereabouts);
    }

    /// Enters what stands between the last run and this byte: white space, or what nothing accounts for.
    fn gap(&mut self, to: usize) {
        let from = self.end();
        if from >= to {
            return;
        }
        let gap = &self.source[from..to];
        let head = from + gap.len() - gap.trim_start_matches(is_space).len();
        let tail = (from + gap.trim_end_matches(is_space).len()).max(head);
        self.add(from..head, Whereabouts::Space);
        self.add(head..tail, Whereabouts::Unread);
        self.add(tail..to, Whereabouts::Space);
    }

    fn add(&mut self, range: Range<usize>, whereabouts: Whereabouts) {
        if range.is_empty() {
            return;
        }
        match self.entries.last_mut() {
            Some(last) if last.whereabouts == whereabouts && last.span.end as usize == range.start => {
                last.span = Span::new(last.span.start as usize, range.end);
            }
            _ => self.entries.push(LedgerEntry { span: Span::new(range.start, range.end), whereabouts }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(source: &str, statement: &Statement) -> Vec<(&'static str, String)> {
        let ledger = Ledger::of(source, statement);
        assert_eq!(ledger.entries.iter().map(|entry| &source[entry.span.range()]).collect::<String>(), source);
        let entries = ledger.entries.iter();
        entries.map(|entry| (entry.whereabouts.name(), source[entry.span.range()].to_owned())).collect()
    }

    fn clause(text: &str, span: Range<usize>, map: Vec<(u32, u32)>) -> Clause {
        Clause { text: text.to_owned(), span: Span::new(span.start, span.end), map, ..Clause::default() }
    }

    #[test]
    fn tells_what_nothing_accounts_for() {
        let source = "The Sides agree.\n\nNobody read this.\n";
        let statement =
            Statement { clauses: vec![clause("The Sides agree.", 0..16, vec![(0, 0)])], ..Statement::default() };
        let entries = told(source, &statement);
        assert_eq!(entries[2], ("unread", "Nobody read this.".to_owned()));
        assert!(!Ledger::of(source, &statement).is_whole());
    }

    #[test]
    fn tells_what_is_accounted_for_twice() {
        let source = "The Sides agree.";
        let dropped = DroppedPiece { why: Why::PageNumber, text: "Sides".to_owned(), span: Span::new(4, 9) };
        let statement = Statement {
            clauses: vec![clause("The Sides agree.", 0..16, vec![(0, 0)])],
            dropped: vec![dropped],
            ..Statement::default()
        };
        let names: Vec<_> = told(source, &statement).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["text", "twice", "text"]);
    }

    #[test]
    fn follows_a_clause_over_its_lines() {
        let source = "  1 .  The\tSides\n   2/4\n   agree.";
        let dropped = DroppedPiece { why: Why::PageNumber, text: "2/4".to_owned(), span: Span::new(20, 23) };
        let mut own = clause("The Sides agree.", 2..33, vec![(0, 7), (10, 27)]);
        own.label = Some("1.".to_owned());
        let statement = Statement { clauses: vec![own], dropped: vec![dropped], ..Statement::default() };
        let entries: Vec<_> = told(source, &statement).into_iter().filter(|(name, _)| *name != "space").collect();
        let owned = |name, text: &str| (name, text.to_owned());
        assert_eq!(
            entries,
            [owned("label", "1 ."), owned("text", "The\tSides"), owned("dropped", "2/4"), owned("text", "agree.")]
        );
    }
}
