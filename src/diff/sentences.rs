//! Sentences inside a clause, and what the search for common words makes of them.
//!
//! A paragraph of a statement may hold ten sentences, of which three are new. The search finds common words between a
//! sentence that went and one that came ("the", "security", a comma), and cuts both to pieces on them. So words are common
//! only between sentences that have enough in common; and an edit that takes in whole sentences is cut where they end, that
//! each may be told as what it is: a sentence that went, a sentence that came. Linear in the tokens.

use std::ops::Range;

use super::readable::weight;
use super::script::{Hunk, TokenText};
use crate::text::{Pair, Side, TokenKind, chars};

/// What part of the lighter of two sentences their common words weigh at least.
const SHARE: usize = 3;
/// Letters of a word that a full stop shortens at most: `Mr.`, `Art.`.
const SHORTENED: usize = 3;

/// Where the sentences of both sides begin.
pub(super) struct Sentences<'a> {
    sides: Pair<TokenText<'a>>,
    /// The first token of each sentence, ascending; the first is 0.
    starts: Pair<Vec<usize>>,
}

impl<'a> Sentences<'a> {
    /// Finds the sentences of both sides.
    pub(super) fn of(sides: Pair<TokenText<'a>>) -> Self {
        Self { sides, starts: sides.map(starts) }
    }

    /// Whether neither side has more than one.
    fn are_single(&self) -> bool {
        self.starts.iter().all(|starts| starts.len() < 2)
    }

    /// The number of the sentence that holds a token.
    fn holding(&self, side: Side, token: usize) -> usize {
        self.starts[side].partition_point(|start| *start <= token) - 1
    }

    /// The tokens of a sentence.
    fn tokens(&self, side: Side, number: usize) -> Range<usize> {
        let starts = &self.starts[side];
        starts[number]..starts.get(number + 1).copied().unwrap_or(self.sides[side].tokens.len())
    }

    /// Whether a sentence begins with a token, or the text ends before it.
    fn begins(&self, side: Side, token: usize) -> bool {
        token >= self.sides[side].tokens.len() || self.starts[side].binary_search(&token).is_ok()
    }

    /// Takes the common words of sentences that have too little in common into the edits.
    pub(super) fn unmatch(&self, hunks: &mut Vec<Hunk>) {
        if self.are_single() || hunks.len() < 2 {
            return;
        }
        let mut runs = self.common_runs(hunks);
        let mut at = 0;
        while at < runs.len() {
            let same = runs[at..].iter().take_while(|run| run.sentences == runs[at].sentences).count();
            let met = self.have_met(&runs[at..at + same]);
            runs[at..at + same].iter_mut().for_each(|run| run.is_kept = met);
            at += same;
        }
        if runs.iter().any(|run| !run.is_kept) {
            *hunks = self.between(runs.iter().filter(|run| run.is_kept));
        }
    }

    /// The runs of common tokens, in order, cut where a sentence ends on either side.
    fn common_runs(&self, hunks: &[Hunk]) -> Vec<CommonRun> {
        let mut runs = Vec::with_capacity(hunks.len() + 1);
        let mut from = Pair::new(0, 0);
        let lengths = self.sides.map(|side| side.tokens.len());
        let ends =
            hunks.iter().map(|hunk| (hunk.as_ref().map(|range| range.start), hunk.as_ref().map(|range| range.end)));
        for (stop, next) in ends.chain([(lengths, lengths)]) {
            while from.before < stop.before {
                let sentences = Pair::from_fn(|side| self.holding(side, from[side]));
                let left = Side::ALL.map(|side| self.tokens(side, sentences[side]).end - from[side]);
                let length = left.into_iter().min().unwrap_or(0).min(stop.before - from.before);
                runs.push(CommonRun { sentences, starts: from, length, is_kept: true });
                from = from.map(|at| at + length);
            }
            from = next;
        }
        runs
    }

    /// Whether two sentences have enough in common, given all the runs that they share.
    fn have_met(&self, runs: &[CommonRun]) -> bool {
        let sentences = runs[0].sentences.zip(Pair::new(Side::Before, Side::After));
        let sentences = sentences.map(|(number, side)| self.tokens(side, number));
        let common: usize = runs.iter().map(|run| run.length).sum();
        let shorter = sentences.before.len().min(sentences.after.len());
        if 2 * common >= shorter {
            return true;
        }
        let before = |range: Range<usize>| self.weigh(Side::Before, range);
        let common: usize = runs.iter().map(|run| before(run.starts.before..run.starts.before + run.length)).sum();
        let lighter = before(sentences.before).min(self.weigh(Side::After, sentences.after));
        SHARE * common >= lighter
    }

    /// The weight of some tokens.
    fn weigh(&self, side: Side, range: Range<usize>) -> usize {
        let text = self.sides[side];
        text.tokens[range].iter().map(|token| weight(text, token)).sum()
    }

    /// What lies between runs of common tokens.
    fn between<'r>(&self, runs: impl Iterator<Item = &'r CommonRun>) -> Vec<Hunk> {
        let mut hunks = Vec::new();
        let mut from = Pair::new(0, 0);
        let mut push = |from: Pair<usize>, to: Pair<usize>| {
            let hunk = from.zip(to).map(|(from, to)| from..to);
            if hunk.iter().any(|range| !range.is_empty()) {
                hunks.push(hunk);
            }
        };
        for run in runs {
            push(from, run.starts);
            from = run.starts.map(|start| start + run.length);
        }
        push(from, self.sides.map(|side| side.tokens.len()));
        hunks
    }

    /// Cuts edits that take in whole sentences where sentences end.
    pub(super) fn cut(&self, hunks: &mut Vec<Hunk>) {
        if self.are_single() {
            return;
        }
        let mut cut = Vec::with_capacity(hunks.len());
        for (at, hunk) in hunks.iter().enumerate() {
            let next = hunks.get(at + 1).map(|next| next.as_ref().map(|range| range.start));
            let ended = self.with_stop(hunk, next.unwrap_or(self.sides.map(|side| side.tokens.len())));
            let whole = [ended, hunk.clone()].into_iter().map(|hunk| {
                let pieces = Pair::from_fn(|side| self.pieces(side, &hunk[side]));
                (hunk, pieces)
            });
            let mut whole = whole.filter(|(_, pieces)| pieces.iter().any(|pieces| !pieces.whole.is_empty()));
            match whole.next() {
                Some((hunk, pieces)) => self.set_out(&hunk, pieces, &mut cut),
                None => cut.extend(self.trimmed(hunk.clone())),
            }
        }
        *hunks = cut;
    }

    /// An edit with the stop behind it, where a sentence ends there on both sides: of `growth. It rains.` and `growth.` the
    /// search may have kept either stop.
    fn with_stop(&self, hunk: &Hunk, next: Pair<usize>) -> Hunk {
        let ends = |side: Side| hunk[side].end < next[side] && self.begins(side, hunk[side].end + 1);
        let by = usize::from(Side::ALL.into_iter().all(ends));
        hunk.as_ref().map(|range| range.start..range.end + by)
    }

    /// A stretch of one side, cut where sentences end.
    fn pieces(&self, side: Side, range: &Range<usize>) -> SentencePieces {
        let starts = &self.starts[side];
        let inner = starts[starts.partition_point(|start| *start <= range.start)..].iter().copied();
        let mut pieces = SentencePieces::default();
        let mut from = range.start;
        for end in inner.take_while(|start| *start < range.end).chain([range.end]) {
            let piece = from..end;
            from = end;
            match (self.begins(side, piece.start), self.begins(side, piece.end)) {
                _ if piece.is_empty() => {}
                (true, true) => pieces.whole.push(piece),
                (false, true) => pieces.head = Some(piece),
                (true, false) => pieces.tail = Some(piece),
                (false, false) => pieces.middle = Some(piece),
            }
        }
        pieces
    }

    /// Sets the pieces of an edit one behind the other: ends of sentences exchange each other, and so do beginnings; whole
    /// sentences went or came.
    fn set_out(&self, hunk: &Hunk, pieces: Pair<SentencePieces>, out: &mut Vec<Hunk>) {
        let mut place = hunk.as_ref().map(|range| range.start);
        let mut push = |parts: Pair<Option<Range<usize>>>| {
            let next = parts.zip(place).map(|(part, at)| part.unwrap_or(at..at));
            place = next.as_ref().map(|range| range.end);
            out.extend(self.trimmed(next));
        };
        let to_tail = Pair::from_fn(|side| pieces[side.other()].tail.is_some());
        let parts = pieces.zip(to_tail).map(|(pieces, to_tail)| {
            let SentencePieces { head, whole, tail, middle } = pieces;
            let (early, late) = if to_tail { (None, middle) } else { (middle, None) };
            (head.or(early), whole, tail.or(late))
        });
        let Pair { before: (head, went, tail), after: (other_head, came, other_tail) } = parts;
        push(Pair::new(head, other_head));
        went.into_iter().for_each(|piece| push(Pair::new(Some(piece), None)));
        came.into_iter().for_each(|piece| push(Pair::new(None, Some(piece))));
        push(Pair::new(tail, other_tail));
    }

    /// An edit without the tokens that both sides begin and end with; none if nothing is left.
    fn trimmed(&self, mut hunk: Hunk) -> Option<Hunk> {
        let are_same = |one: usize, other: usize| self.sides.before.tokens[one].id == self.sides.after.tokens[other].id;
        let is_exchange = |hunk: &Hunk| hunk.iter().all(|range| !range.is_empty());
        while is_exchange(&hunk) && are_same(hunk.before.start, hunk.after.start) {
            hunk.iter_mut().for_each(|range| range.start += 1);
        }
        while is_exchange(&hunk) && are_same(hunk.before.end - 1, hunk.after.end - 1) {
            hunk.iter_mut().for_each(|range| range.end -= 1);
        }
        if hunk.iter().all(Range::is_empty) { None } else { Some(hunk) }
    }
}

/// A run of common tokens inside one sentence of each side.
struct CommonRun {
    sentences: Pair<usize>,
    starts: Pair<usize>,
    length: usize,
    is_kept: bool,
}

/// One side of an edit, cut where sentences end.
#[derive(Default)]
struct SentencePieces {
    /// The end of a sentence that began before the edit.
    head: Option<Range<usize>>,
    /// Whole sentences.
    whole: Vec<Range<usize>>,
    /// The beginning of a sentence that goes on behind the edit.
    tail: Option<Range<usize>>,
    /// The whole side, where it lies inside one sentence.
    middle: Option<Range<usize>>,
}

/// The first tokens of the sentences of a text.
fn starts(side: TokenText<'_>) -> Vec<usize> {
    let mut starts = vec![0];
    let mut at = 0;
    while at < side.tokens.len() {
        at += 1;
        if !ends_sentence(side, at - 1) {
            continue;
        }
        while side.tokens.get(at).is_some_and(|token| {
            is_mark(side, at)
                && shown(side, at).contains(chars::is_closer)
                && token.span.start == side.tokens[at - 1].span.end
        }) {
            at += 1;
        }
        if at < side.tokens.len() && !shown(side, at).starts_with(char::is_lowercase) {
            starts.push(at);
        }
    }
    starts
}

/// A token as written.
fn shown(side: TokenText<'_>, at: usize) -> &str {
    &side.text[side.tokens[at].span.range()]
}

/// Whether a token is a mark.
fn is_mark(side: TokenText<'_>, at: usize) -> bool {
    side.tokens[at].kind == TokenKind::Mark
}

/// Whether a sentence may end with a token: a full stop that shortens no word and stands in none.
fn ends_sentence(side: TokenText<'_>, at: usize) -> bool {
    let is_stop = |c| matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '؟' | '۔' | '．');
    if !is_mark(side, at) || !shown(side, at).ends_with(is_stop) {
        return false;
    }
    if !shown(side, at).ends_with('.') {
        return true;
    }
    let end = side.tokens[at].span.end as usize;
    let is_apart = side.text[end..].chars().next().is_none_or(|c| c.is_whitespace() || chars::is_closer(c));
    let Some(last) = at.checked_sub(1).filter(|last| side.tokens[*last].kind == TokenKind::Word) else {
        return is_apart;
    };
    let word = shown(side, last);
    let mut letters = word.chars();
    let (first, second) = (letters.next(), letters.next());
    let is_short = word.chars().count() <= SHORTENED;
    let is_name = first.is_some_and(char::is_uppercase) && second.is_none_or(char::is_lowercase);
    let is_before_number = side.tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Number);
    is_apart && second.is_some() && !(is_short && (is_name || is_before_number))
}
