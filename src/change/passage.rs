//! The texts of a link's clauses on one side, one behind the other, and the edits between two such passages.
//!
//! Most links have one clause on each side. A split or a merge has several on one: their texts are set one behind the
//! other with nothing between, compared as one, and the edits are cut again where clauses meet.

use std::{cell::OnceCell, ops::Range};

use super::attested::Attested;
use super::renumbering::Renumbering;
use super::rule::{self, Found, Rule};
use super::sense::{self, Senses};
use super::{Edit, Op, Place, Reason, Tier, order, variant, window, words};
use crate::diff::{EditScript, Hunk, Side};
use crate::language::Language;
use crate::text::{Difference, Pair, Span, Token, chars, difference, word_edges};

/// Clauses of one side as one text.
#[derive(Debug, Default)]
pub(super) struct Passage {
    pub(super) text: String,
    pub(super) tokens: Vec<Token>,
    /// Tokens that count items inside a sentence, ascending.
    pub(super) enumerators: Vec<usize>,
    /// Bytes of marks that are labels of clauses on the other side, ascending; no token stands for them.
    pub(super) lifted: Vec<Range<usize>>,
    /// Each clause and the byte where its text begins.
    starts: Vec<(usize, usize)>,
    /// Where words of the text begin and end, once asked for.
    edges: OnceCell<Vec<usize>>,
    has_lowercase: OnceCell<bool>,
}

impl Passage {
    pub(super) fn push(&mut self, clause: usize, text: &str, tokens: &[Token]) {
        let start = self.text.len();
        self.starts.push((clause, start));
        self.text.push_str(text);
        self.tokens.extend(tokens.iter().map(|token| Token {
            span: Span::new(token.span.start as usize + start, token.span.end as usize + start),
            ..*token
        }));
    }

    pub(super) fn side(&self, language: Option<&'static Language>) -> Side<'_> {
        Side { text: &self.text, tokens: &self.tokens, language }
    }

    /// Whether a dictionary word begins with the token and ends with it.
    pub(super) fn is_word(&self, token: usize) -> bool {
        let edges = self.edges.get_or_init(|| word_edges(&self.text));
        let span = self.tokens[token].span.range();
        edges.binary_search(&span.start).is_ok() && edges.binary_search(&span.end).is_ok()
    }

    /// Whether a letter of the text is small; where none is, a capital one tells nothing.
    pub(super) fn has_lowercase(&self) -> bool {
        *self.has_lowercase.get_or_init(|| self.text.chars().any(char::is_lowercase))
    }

    /// The byte at which the text of a clause begins.
    pub(super) fn start_of_clause(&self, clause: usize) -> Option<usize> {
        self.starts.iter().find(|(own, _)| *own == clause).map(|(_, start)| *start)
    }

    /// Bytes at which a clause begins, but for the first.
    pub(super) fn boundaries(&self) -> impl Iterator<Item = usize> + '_ {
        self.starts.iter().skip(1).map(|(_, start)| *start)
    }

    /// Whether a mark that is a label on the other side stands in the range.
    fn lifts(&self, range: &Range<usize>) -> bool {
        self.lifted.iter().any(|mark| range.start <= mark.start && mark.end <= range.end)
    }

    /// Whether two clauses meet in the range.
    fn meets(&self, range: &Range<usize>) -> bool {
        self.boundaries().any(|at| range.start <= at && at <= range.end)
    }

    /// The clause that byte `at` stands in, and its place there; the end of a clause belongs to it.
    pub(super) fn place(&self, range: &Range<usize>) -> Option<Place> {
        let after = self
            .starts
            .partition_point(|(_, start)| if range.is_empty() { *start < range.start } else { *start <= range.start });
        let (clause, start) = self.starts.get(after.saturating_sub(1)).copied()?;
        Some(Place { clause, span: Span::new(range.start.max(start) - start, range.end.max(start) - start) })
    }

    /// The clause that a token stands in.
    pub(super) fn place_of(&self, token: usize) -> Option<usize> {
        self.place(&self.tokens.get(token)?.span.range()).map(|place| place.clause)
    }

    fn end_of(&self, token: Option<usize>) -> usize {
        token.map_or(0, |at| self.tokens[at].span.end as usize)
    }

    fn start_of(&self, token: usize) -> usize {
        self.tokens.get(token).map_or(self.text.len(), |token| token.span.start as usize)
    }
}

/// A stretch of both passages that differs, and its classes.
#[derive(Debug)]
struct Stretch {
    before: Range<usize>,
    after: Range<usize>,
    found: Vec<Found>,
}

/// What decides the class of an edit beside its words.
pub(super) struct Context<'a> {
    pub(super) passages: Pair<&'a Passage>,
    pub(super) languages: Pair<Option<&'static Language>>,
    /// Classes that the kind of the clauses gives to their edits.
    pub(super) kind: Option<words::Setting>,
    /// Whether the clauses are titles or headings, whose words may all have capital letters.
    pub(super) is_title: bool,
    /// Words that stand elsewhere in the texts.
    pub(super) attested: Attested<'a>,
    /// Labels that became others.
    pub(super) renumbering: &'a Renumbering,
    /// Whether the whole text went from traditional to simplified Chinese characters, or back.
    pub(super) switches_script: &'a dyn Fn() -> bool,
}

impl Context<'_> {
    /// Whether two pieces of a text from right to left differ only in marks that guide its letters, none of them inside
    /// a number.
    pub(super) fn is_guided(&self, places: &Pair<Range<usize>>) -> bool {
        let from_right = |own: Option<&Language>| own.is_some_and(|own| own.right_to_left);
        let plain = |text: &str| text.chars().filter(|c| !chars::is_script_guide(*c)).collect::<String>();
        let Pair { before, after } = self.passages;
        let (old, new) = (&before.text[places.before.clone()], &after.text[places.after.clone()]);
        from_right(self.languages.before)
            && from_right(self.languages.after)
            && plain(old) == plain(new)
            && !variant::turns_number(self, &places.before, &places.after)
    }
}

/// What two passages say otherwise.
pub(super) struct Differences {
    /// The edits that turn one into the other.
    pub(super) edits: Vec<Edit>,
    /// Every class found.
    pub(super) found: Vec<Found>,
    /// Comparisons that a bound left out.
    pub(super) skipped: u64,
}

/// The edits that turn one passage into the other, with every class found.
pub(super) fn differences(context: &Context<'_>, script: &EditScript, tier: &dyn Fn(&Found) -> Tier) -> Differences {
    let mut stretches = Vec::new();
    let (mut a, mut b) = (0, 0);
    let (said, skipped) = said(context, script);
    for (hunk, said) in script.hunks.iter().zip(&said) {
        common(context, a..hunk.before.start, b..hunk.after.start, &mut stretches);
        changed(context, hunk, said, &mut stretches);
        (a, b) = (hunk.before.end, hunk.after.end);
    }
    let Pair { before, after } = context.passages;
    common(context, a..before.tokens.len(), b..after.tokens.len(), &mut stretches);
    if script
        .hunks
        .last()
        .is_none_or(|hunk| hunk.before.end < before.tokens.len() || hunk.after.end < after.tokens.len())
    {
        let tail = |passage: &Passage| passage.end_of(passage.tokens.len().checked_sub(1))..passage.text.len();
        gap(context, tail(before), tail(after), &mut stretches);
    }
    let mut edits = Vec::with_capacity(stretches.len());
    let mut all: Vec<Found> = Vec::new();
    for stretch in stretches {
        let reasons = reasons(&stretch.found, tier);
        if !reasons.is_empty() {
            cut(context, &stretch, &reasons, &mut edits);
        }
        all.extend(stretch.found);
    }
    Differences { edits, found: all, skipped: script.skipped + skipped }
}

/// What was found, with its tiers, the gravest first.
pub(super) fn reasons(all: &[Found], tier: &dyn Fn(&Found) -> Tier) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = all
        .iter()
        .map(|found| Reason {
            class: found.class(),
            tier: tier(found),
            rule: found.rule.id,
            evidence: found.evidence.clone(),
            shift: found.shift,
        })
        .collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse((reason.tier, reason.class)));
    reasons
}

/// What one run of tokens says otherwise, in the light of the others.
struct Said<'a> {
    window: window::Window<'a>,
    senses: Senses,
    /// The rule of words that only moved.
    moved: Option<Rule>,
    emphasis: Option<Rule>,
    comma_moved: bool,
}

/// What each run of tokens says otherwise, and how many comparisons a bound left out.
fn said<'a>(context: &Context<'a>, script: &EditScript) -> (Vec<Said<'a>>, u64) {
    let hunks = &script.hunks;
    let count = context.passages.before.tokens.len();
    let windows: Vec<window::Window<'a>> = (0..hunks.len())
        .map(|at| {
            let start = at.checked_sub(1).map_or(0, |before| hunks[before].before.end);
            let end = hunks.get(at + 1).map_or(count, |next| next.before.start);
            window::open(context, &hunks[at], (hunks[at].before.start - start, end - hunks[at].before.end))
        })
        .collect();
    let mut senses: Vec<Senses> = windows.iter().map(Senses::of).collect();
    let sizes: Vec<usize> = hunks.iter().map(|hunk| hunk.before.len().max(hunk.after.len())).collect();
    let skipped = sense::settle(&mut senses, &sizes, context.languages.before);
    let moved = order::moved(context, script);
    let emphasis = order::emphasis(context, script);
    let commas = order::moved_commas(script, context.passages);
    let all = windows.into_iter().zip(senses).zip(moved).zip(emphasis.into_iter().zip(commas));
    let said = all.map(|(((window, senses), moved), (emphasis, comma_moved))| Said {
        window,
        senses,
        moved,
        emphasis,
        comma_moved,
    });
    (said.collect(), skipped)
}

/// Tokens that match one to one: their literal text and the white space between them may differ.
fn common(context: &Context<'_>, a: Range<usize>, b: Range<usize>, stretches: &mut Vec<Stretch>) {
    let Pair { before, after } = context.passages;
    if a.is_empty() {
        return;
    }
    let cover =
        |passage: &Passage, range: &Range<usize>| passage.start_of(range.start)..passage.end_of(Some(range.end - 1));
    // Where a run that differs stands first, it has taken the white space before it.
    if a.start == 0 && b.start == 0 {
        gap(context, 0..before.start_of(a.start), 0..after.start_of(b.start), stretches);
    }
    if before.text[cover(before, &a)] == after.text[cover(after, &b)] {
        return;
    }
    for (at, (left, right)) in a.clone().zip(b.clone()).enumerate() {
        if at > 0 {
            let between = |passage: &Passage, token: usize| passage.end_of(Some(token - 1))..passage.start_of(token);
            gap(context, between(before, left), between(after, right), stretches);
        }
        let tokens = Pair::new(left, right);
        let (left, right) = (&before.tokens[left], &after.tokens[right]);
        let (old, new) = (&before.text[left.span.range()], &after.text[right.span.range()]);
        if old != new {
            let found = vec![variant::rule(context, (old, new), Some(tokens)).into()];
            let found = words::in_setting(found, context.kind);
            let (a, b) = (left.span.range(), right.span.range());
            match stretches.last_mut() {
                // A dash of two characters is one change.
                Some(last) if last.before.end == a.start && last.after.end == b.start && last.found == found => {
                    (last.before.end, last.after.end) = (a.end, b.end);
                }
                _ => stretches.push(Stretch { before: a, after: b, found }),
            }
        }
    }
}

/// White space that differs between matching tokens.
fn gap(context: &Context<'_>, a: Range<usize>, b: Range<usize>, stretches: &mut Vec<Stretch>) {
    let Pair { before, after } = context.passages;
    let (old, new) = (&before.text[a.clone()], &after.text[b.clone()]);
    if old == new {
        return;
    }
    let class = match difference(old, new) {
        Difference::Hidden if context.is_guided(&Pair::new(a.clone(), b.clone())) => rule::GUIDE,
        Difference::Hidden => rule::HIDDEN,
        _ if before.lifts(&a) || after.lifts(&b) => rule::LAYOUT,
        _ if before.meets(&a) || after.meets(&b) => rule::SPACE,
        _ if old.is_empty() != new.is_empty() && after_stop(&before.text, &a) && after_stop(&after.text, &b) => {
            rule::STOP_SPACE
        }
        _ => rule::SPACE,
    };
    stretches.push(Stretch { before: a, after: b, found: vec![class.into()] });
}

/// Whether the gap stands between a stop and a word of a spaced script: there a space more or less was typed, not set.
fn after_stop(text: &str, gap: &Range<usize>) -> bool {
    let before = text[..gap.start].chars().next_back();
    let after = text[gap.end..].chars().next();
    before.is_some_and(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?'))
        && after.is_some_and(|c| c.is_alphabetic() && !chars::is_unspaced(c))
}

/// A run of tokens that differs, with the white space around it as far as that differs.
fn changed(context: &Context<'_>, hunk: &Hunk, said: &Said<'_>, stretches: &mut Vec<Stretch>) {
    let Pair { before, after } = context.passages;
    let region = |passage: &Passage, range: &Range<usize>| {
        passage.end_of(range.start.checked_sub(1))..passage.start_of(range.end)
    };
    let (mut a, mut b) = (region(before, &hunk.before), region(after, &hunk.after));
    // Runs that touch share the white space between them: the first has taken what differs of it.
    if let Some(last) = stretches.last() {
        (a.start, b.start) = (a.start.max(last.before.end), b.start.max(last.after.end));
    }
    let (old, new) = (&before.text[a.clone()], &after.text[b.clone()]);
    let head: usize = old
        .chars()
        .zip(new.chars())
        .take_while(|(x, y)| x == y && chars::is_space(*x))
        .map(|(x, _)| x.len_utf8())
        .sum();
    let (old, new) = (&old[head..], &new[head..]);
    let tail: usize = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(|(x, y)| x == y && chars::is_space(*x))
        .map(|(x, _)| x.len_utf8())
        .sum();
    (a, b) = (a.start + head..a.end - tail, b.start + head..b.end - tail);
    let stretch = words::Stretch {
        hunk,
        window: &said.window,
        senses: &said.senses,
        moved: said.moved,
        emphasis: said.emphasis,
        comma_moved: said.comma_moved,
    };
    let places = Pair::new(a.clone(), b.clone());
    let found = words::classes(context, &stretch, &places, (&before.text[a.clone()], &after.text[b.clone()]));
    stretches.push(Stretch { before: a, after: b, found: words::in_setting(found, context.kind) });
}

/// Makes edits of a stretch, none across the boundary of two clauses.
fn cut(context: &Context<'_>, stretch: &Stretch, reasons: &[Reason], edits: &mut Vec<Edit>) {
    let Pair { before, after } = context.passages;
    let pieces = |passage: &Passage, range: &Range<usize>| {
        let mut cuts: Vec<usize> = passage.boundaries().filter(|at| range.start < *at && *at < range.end).collect();
        cuts.push(range.end);
        let mut start = range.start;
        cuts.into_iter().map(|end| std::mem::replace(&mut start, end)..end).collect::<Vec<_>>()
    };
    let (old, new) = (pieces(before, &stretch.before), pieces(after, &stretch.after));
    for at in 0..old.len().max(new.len()) {
        let side = |pieces: &[Range<usize>]| {
            pieces.get(at).cloned().unwrap_or_else(|| pieces.last().map_or(0..0, |last| last.end..last.end))
        };
        let (a, b) = (side(&old), side(&new));
        let op = match (a.is_empty(), b.is_empty()) {
            (true, true) => continue,
            (true, false) => Op::Insert,
            (false, true) => Op::Delete,
            (false, false) => Op::Replace,
        };
        edits.push(Edit {
            op,
            class: reasons[0].class,
            tier: reasons[0].tier,
            rule: reasons[0].rule,
            reasons: reasons.to_vec(),
            before: before.text[a.clone()].to_owned(),
            after: after.text[b.clone()].to_owned(),
            before_place: before.place(&a),
            after_place: after.place(&b),
        });
    }
}
