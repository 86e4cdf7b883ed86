//! A text parted into pieces: which bytes of the source belong to which clause, and which to none.
//!
//! A paragraph that runs over a page break owns two pieces, with the page's furniture and perhaps a footnote between
//! them. So a clause can be taken out of a source, or put into it, and the page around it stays as it is.
//! Linear in the text but for sorting the clauses.

use std::{cmp::Reverse, ops::Range};

use crate::ingest::Source;
use crate::statement::{Clause, ClauseIndex, DroppedPiece, PerClause, Statement, Why};
use crate::text::chars::is_space;

/// A run of bytes of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SourcePiece {
    pub(super) range: Range<usize>,
    /// The clause it belongs to; white space between clauses and furniture belong to none.
    pub(super) owner: Option<ClauseIndex>,
}

/// A text and its pieces.
pub(super) struct SegmentedSource {
    pub(super) text: String,
    pub(super) statement: Statement,
    /// All bytes of the text, in order; no piece that belongs to a clause begins or ends with white space.
    pub(super) pieces: Vec<SourcePiece>,
    /// The pieces of each clause, by index, in order.
    pub(super) owned: PerClause<Vec<usize>>,
}

impl SegmentedSource {
    /// Parts a source. `None` where a clause does not stand in its pieces with every character: then the reading is not
    /// one that bytes can be moved by.
    pub(super) fn new(source: Source) -> Option<Self> {
        let Source { text, statement, .. } = source;
        let pieces = pieces(&text, &statement);
        let mut owned = PerClause::filled(Vec::new(), statement.clauses.len());
        for (at, piece) in pieces.iter().enumerate() {
            if let Some(owner) = piece.owner {
                owned[owner].push(at);
            }
        }
        let parted = Self { text, statement, pieces, owned };
        parted.owned.indices().all(|clause| parted.holds(clause)).then_some(parted)
    }

    /// The clause at a place.
    pub(super) fn clause(&self, at: ClauseIndex) -> &Clause {
        &self.statement.clauses[at]
    }

    /// The text of a piece.
    pub(super) fn piece(&self, at: usize) -> &str {
        &self.text[self.pieces[at].range.clone()]
    }

    /// Whether the pieces of a clause hold its label and its text, and nothing else but what was dropped from it.
    fn holds(&self, clause: ClauseIndex) -> bool {
        let own = self.clause(clause);
        let said = own.label.iter().flat_map(|label| label.chars()).chain(own.text.chars());
        let mut found = Vec::new();
        let dropped = &self.statement.dropped;
        for &piece in &self.owned[clause] {
            let Range { mut start, end } = self.pieces[piece].range.clone();
            let from = dropped.partition_point(|dropped| (dropped.span.start as usize) < start);
            for inner in dropped[from..].iter().map(|dropped| dropped.span.range()) {
                if inner.start >= end {
                    break;
                }
                if inner.start >= start {
                    found.extend(ink(&self.text[start..inner.start]));
                    start = inner.end.min(end);
                }
            }
            found.extend(ink(&self.text[start..end]));
        }
        let mut said: Vec<char> = said.filter(|c| !is_space(*c)).collect();
        // A signature is gathered from lines that may stand in columns: its characters count, not their order.
        if said != found {
            said.sort_unstable();
            found.sort_unstable();
        }
        !self.owned[clause].is_empty() && said == found
    }

    /// The source of a clause without what pages put into it.
    pub(super) fn source_of(&self, clause: ClauseIndex) -> String {
        let pieces: Vec<&str> = self.owned[clause].iter().map(|piece| self.piece(*piece)).collect();
        pieces.join("\n")
    }

    /// What stands before a clause, from the end of the clause before it in the source, where that is nothing but white
    /// space with a line break in it.
    pub(super) fn gap_before(&self, clause: ClauseIndex) -> Option<&str> {
        let first = *self.owned[clause].first()?;
        let gap = self.pieces.get(first.checked_sub(1)?)?;
        let before = first.checked_sub(2).and_then(|before| self.pieces.get(before))?;
        let text = &self.text[gap.range.clone()];
        let parts = gap.owner.is_none() && before.owner.is_some() && text.chars().all(is_space) && text.contains('\n');
        parts.then_some(text)
    }

    /// The source of a clause under another label; with the label it has where `label` is `None`.
    pub(super) fn labelled(&self, clause: ClauseIndex, label: Option<&Option<String>>) -> String {
        let source = self.source_of(clause);
        let own = self.clause(clause);
        let Some(label) = label.filter(|label| **label != own.label) else { return source };
        let rest = match &own.label {
            Some(old) => match source.strip_prefix(old.as_str()) {
                Some(rest) => rest,
                None => return format!("{} {}", label.as_deref().unwrap_or(""), own.text).trim().to_owned(),
            },
            None => source.as_str(),
        };
        match (label, &own.label) {
            (Some(new), Some(_)) => format!("{new}{rest}"),
            (Some(new), None) => format!("{new} {rest}"),
            (None, _) => rest.trim_start_matches(is_space).to_owned(),
        }
    }
}

/// The characters of a text that are not white space.
pub(super) fn ink(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !is_space(*c))
}

/// Whether it is a line of a page, and no sign taken out of a clause.
pub(super) const fn is_of_page(dropped: &DroppedPiece) -> bool {
    !matches!(dropped.why, Why::FootnoteMark | Why::LineBreakHyphen | Why::SoftHyphen)
}

/// Parts the text: of two spans that overlap, the one that begins later has the bytes.
fn pieces(text: &str, statement: &Statement) -> Vec<SourcePiece> {
    let clauses = statement.each_clause().map(|(at, clause)| (clause.span.range(), Some(at)));
    let lines = statement.dropped.iter().filter(|dropped| is_of_page(dropped));
    let mut spans: Vec<(Range<usize>, Option<ClauseIndex>)> =
        clauses.chain(lines.map(|dropped| (dropped.span.range(), None))).collect();
    spans.sort_by_key(|(range, owner)| (range.start, Reverse(range.end), owner.is_none()));
    let mut pieces = SourceCutter { text, at: 0, pieces: Vec::with_capacity(spans.len() * 2) };
    let mut open: Vec<(usize, Option<ClauseIndex>)> = Vec::new();
    for (range, owner) in spans {
        pieces.close(&mut open, range.start);
        pieces.to(range.start, open.last().and_then(|(_, owner)| *owner));
        open.push((range.end, owner));
    }
    pieces.close(&mut open, text.len());
    pieces.to(text.len(), None);
    pieces.pieces
}

struct SourceCutter<'a> {
    text: &'a str,
    at: usize,
    pieces: Vec<SourcePiece>,
}

impl SourceCutter<'_> {
    /// Ends the spans that end up to a byte, the inner first.
    fn close(&mut self, open: &mut Vec<(usize, Option<ClauseIndex>)>, up_to: usize) {
        while let Some((end, owner)) = open.pop_if(|(end, _)| *end <= up_to) {
            self.to(end, owner);
        }
    }

    /// Adds what stands up to a byte; white space around it belongs to nobody.
    fn to(&mut self, end: usize, owner: Option<ClauseIndex>) {
        let start = self.at;
        if start >= end {
            return;
        }
        self.at = end;
        let whole = &self.text[start..end];
        let head = whole.len() - whole.trim_start_matches(is_space).len();
        let tail = whole.trim_end_matches(is_space).len();
        if owner.is_none() || tail <= head {
            return self.push(start..end, None);
        }
        self.push(start..start + head, None);
        self.push(start + head..start + tail, owner);
        self.push(start + tail..end, None);
    }

    fn push(&mut self, range: Range<usize>, owner: Option<ClauseIndex>) {
        match self.pieces.last_mut() {
            _ if range.is_empty() => {}
            Some(last) if last.owner == owner => last.range.end = range.end,
            _ => self.pieces.push(SourcePiece { range, owner }),
        }
    }
}
