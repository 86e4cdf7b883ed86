//! From a minimal script to one that a person would write.
//!
//! 1. Join: a light run of common tokens between two stretches that are rewritten is chance ("of the"); the stretches
//!    become one. After the semantic clean-up of diff-match-patch (Fraser), but on tokens, and with
//!    marks and the commonest words weighing least.
//! 2. Slide: an insertion or deletion that could stand at several places stands where marks part the text.
//! 3. Edges: in Chinese an edit begins and ends where a dictionary word does, as long as the characters it takes in are
//!    common to both sides.

use std::ops::Range;

use super::script::{Hunk, TokenText};
use crate::language::Lexicon;
use crate::text::{Pair, Side, Token, TokenKind, folded_lower, word_edges};

/// Most tokens an edge moves to reach the end of a word.
const WORD: usize = 4;

/// Makes hunks of a minimal script such as a person would write.
pub(super) fn settle(sides: Pair<TokenText<'_>>, hunks: &mut Vec<Hunk>) {
    join(sides, hunks);
    slide(sides, hunks);
    edges(sides, hunks);
    touch(hunks);
}

/// What a token weighs as an anchor: marks nothing, words without content little.
pub(super) fn weight(side: TokenText<'_>, token: &Token) -> usize {
    let is_function = || is_listed(side, token, Lexicon::is_function_word);
    match token.kind {
        TokenKind::Mark => 0,
        TokenKind::Number | TokenKind::Date | TokenKind::Symbol => NUMBER,
        TokenKind::Han if is_function() => 1,
        TokenKind::Han => 2,
        TokenKind::Word if is_function() => 1,
        TokenKind::Word => WORD_WEIGHT,
    }
}

/// Whether a list of the language's lexicon holds the token.
fn is_listed(side: TokenText<'_>, token: &Token, list: fn(&Lexicon, &str) -> bool) -> bool {
    side.language.is_some_and(|language| list(language.lexicon(), &folded_lower(&side.text[token.span.range()])))
}

const NUMBER: usize = 6;
const WORD_WEIGHT: usize = 4;
/// Heaviest run of common tokens that is chance between two rewritten stretches.
const CHANCE: usize = 3;
/// Least weight of a rewritten stretch on its heavier side.
const REWRITTEN: usize = 2 * WORD_WEIGHT;
/// What part of the lighter of two stretches the common words between them may weigh.
const SHARE: usize = 5;
/// Beyond this the weight of a stretch does not count.
const HEAVY: usize = 200;

/// The weight of some tokens, no further than `most`.
pub(super) fn weigh(side: TokenText<'_>, range: Range<usize>, most: usize) -> usize {
    let mut sum = 0;
    for token in &side.tokens[range] {
        sum += weight(side, token);
        if sum > most {
            break;
        }
    }
    sum
}

/// What a stretch weighs as a rewriting: its heavier side where words replace words, nothing where they only come or go.
fn rewriting(sides: Pair<TokenText<'_>>, hunk: &Hunk) -> usize {
    if hunk.iter().any(Range::is_empty) {
        return 0;
    }
    let weights = sides.zip(hunk.as_ref()).map(|(side, range)| weigh(side, range.clone(), HEAVY));
    weights.before.max(weights.after)
}

/// Joins rewritten stretches parted by nothing but chance common words, until none is left.
///
/// The more both stretches weigh, the more words between them are chance.
fn join(sides: Pair<TokenText<'_>>, hunks: &mut Vec<Hunk>) {
    let mut joined: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for hunk in hunks.drain(..) {
        joined.push(hunk);
        while let [.., first, second] = &joined[..] {
            if !are_one(sides, first, second) {
                break;
            }
            let whole = first.as_ref().zip(second.as_ref()).map(|(first, second)| first.start..second.end);
            joined.truncate(joined.len() - 2);
            joined.push(whole);
        }
    }
    *hunks = joined;
}

/// Whether what two stretches have between them is chance, so that they read as one.
fn are_one(sides: Pair<TokenText<'_>>, first: &Hunk, second: &Hunk) -> bool {
    let common = first.before.end..second.before.start;
    if common.len() == 1 && is_compound(sides, [first.before.end, first.after.end]) {
        return true;
    }
    let lighter = rewriting(sides, first).min(rewriting(sides, second));
    let is_han = |at: usize| sides.before.tokens[at].kind == TokenKind::Han;
    let most = match lighter {
        REWRITTEN.. => CHANCE.max(lighter / SHARE),
        // One character between others that are exchanged is a part of a name or of a word.
        1.. if common.len() == 1 && is_han(common.start) => CHANCE,
        // Two persons with one initial are two persons.
        1.. if common.clone().all(|at| is_initial(sides.before, at)) => return true,
        _ => return common.len() <= EXCHANGED && common.clone().all(is_han) && exchange_name(sides, first, second),
    };
    common.len() <= most && weigh(sides.before, common, most) <= most
}

/// Whether a token is an initial of a name, or the full stop behind one.
fn is_initial(side: TokenText<'_>, at: usize) -> bool {
    let is_capital = |at: usize| {
        let mut letters = side.text[side.tokens[at].span.range()].chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    is_capital(at) || (mark(side, at) == Some('.') && at.checked_sub(1).is_some_and(is_capital))
}

/// Whether what both sides have in common at two tokens is the hyphen of two compounds: Indo-Pacific and in-person.
fn is_compound(sides: Pair<TokenText<'_>>, at: [usize; 2]) -> bool {
    let is_hyphen = |side: TokenText<'_>, at: usize| {
        let (Some(last), Some(next)) = (at.checked_sub(1).map(|last| side.tokens[last]), side.tokens.get(at + 1))
        else {
            return false;
        };
        let own = side.tokens[at].span;
        matches!(mark(side, at), Some('-' | '‐' | '\u{2011}'))
            && [last.kind, next.kind] == [TokenKind::Word; 2]
            && (last.span.end, own.end) == (own.start, next.span.start)
    };
    is_hyphen(sides.before, at[0]) && is_hyphen(sides.after, at[1])
}

/// Common Chinese characters between what comes and what goes that make one name with either.
const EXCHANGED: usize = 2;

/// Whether Chinese characters come on one side of some common ones and others go on the other: 环境保护 became 生态环境.
/// The same ones have moved.
fn exchange_name(sides: Pair<TokenText<'_>>, first: &Hunk, second: &Hunk) -> bool {
    let run = |hunk: &Hunk| {
        let side = Side::ALL.into_iter().find(|side| hunk[side.other()].is_empty())?;
        let tokens = &sides[side].tokens[hunk[side].clone()];
        tokens.iter().all(|token| token.kind == TokenKind::Han).then_some((side, tokens))
    };
    match (run(first), run(second)) {
        (Some((one, gone)), Some((other, came))) => {
            let are_same = gone.len() == came.len() && gone.iter().zip(came).all(|(gone, came)| gone.id == came.id);
            one != other && !are_same
        }
        _ => false,
    }
}

/// The sign that a token is, if it is a mark.
fn mark(side: TokenText<'_>, at: usize) -> Option<char> {
    let token = &side.tokens[at];
    if token.kind == TokenKind::Mark { side.text[token.span.range()].chars().next() } else { None }
}

/// Whether a mark ends a sentence or a part of one.
const fn ends(c: char) -> bool {
    matches!(c, '.' | ';' | '!' | '?' | '。' | '；' | '！' | '？' | ':' | '：' | '؛' | '؟')
}

/// Whether a mark is a comma.
const fn pauses(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | '،')
}

/// How well a text parts before token `at`.
fn part(side: TokenText<'_>, at: usize) -> u32 {
    if at == 0 || at >= side.tokens.len() {
        return 4;
    }
    let joins = || {
        let token = &side.tokens[at];
        token.kind != TokenKind::Mark && is_listed(side, token, Lexicon::joins_citations)
    };
    match (mark(side, at - 1), mark(side, at)) {
        (Some(c), _) if ends(c) => 3,
        (_, Some(c)) if pauses(c) || ends(c) => 2,
        (Some(c), _) if pauses(c) => 1,
        _ if joins() => 1,
        _ => 0,
    }
}

/// The common tokens between a hunk and its neighbours, by index on each side: those before it, and those behind it.
fn room(sides: Pair<TokenText<'_>>, hunks: &[Hunk], at: usize) -> (Hunk, Hunk) {
    let hunk = &hunks[at];
    let low = at.checked_sub(1).map_or(Pair::new(0, 0), |at| hunks[at].as_ref().map(|last| last.end));
    let high = match hunks.get(at + 1) {
        Some(next) => next.as_ref().map(|next| next.start),
        None => sides.map(|side| side.tokens.len()),
    };
    let left = low.zip(hunk.as_ref()).map(|(low, range)| low..range.start);
    (left, hunk.as_ref().zip(high).map(|(range, high)| range.end..high))
}

/// Slides each insertion and deletion to the best place it can stand at; of equal ones the leftmost.
fn slide(sides: Pair<TokenText<'_>>, hunks: &mut [Hunk]) {
    for at in 0..hunks.len() {
        let hunk = &hunks[at];
        let (left, right) = room(sides, hunks, at);
        let Some(side) = Side::ALL.into_iter().find(|side| hunk[side.other()].is_empty() && !hunk[*side].is_empty())
        else {
            continue;
        };
        // Room is what is common, which is as much on the side where nothing stands.
        let reach = (left[side.other()].len(), right[side.other()].len());
        let by = best_slide(sides[side], hunk[side].clone(), reach);
        for range in &mut hunks[at] {
            *range = range.start.saturating_add_signed(by)..range.end.saturating_add_signed(by);
        }
    }
}

/// Most tokens that a run slides either way: further it reads no better.
const SLIDE: usize = 64;

/// By how many tokens the run slides, at most as many as there is room for, left and right.
fn best_slide(side: TokenText<'_>, run: Range<usize>, (left, right): (usize, usize)) -> isize {
    let is_same = |one: usize, other: usize| side.tokens[one].id == side.tokens[other].id;
    let mut back = 0;
    while back < left.min(SLIDE) && back < run.start && is_same(run.start - back - 1, run.end - back - 1) {
        back += 1;
    }
    let mut forth = 0;
    while forth < right.min(SLIDE) && run.end + forth < side.tokens.len() && is_same(run.start + forth, run.end + forth)
    {
        forth += 1;
    }
    let first = run.start - back;
    let best = (0..=back + forth).max_by_key(|step| {
        let start = first + step;
        (part(side, start) + part(side, start + run.len()), std::cmp::Reverse(*step))
    });
    best.map_or(0, |step| step as isize - back as isize)
}

/// Whether a Chinese character is among some tokens.
fn has_han(side: TokenText<'_>, range: &Range<usize>) -> bool {
    side.tokens[range.clone()].iter().any(|token| token.kind == TokenKind::Han)
}

/// A text, and where its words begin and end.
struct WordEdges<'a> {
    side: TokenText<'a>,
    edges: Vec<usize>,
}

impl WordEdges<'_> {
    /// Whether a word begins with a token, or ends before it.
    fn is_edge(&self, token: usize) -> bool {
        let byte = self.side.tokens.get(token).map_or(self.side.text.len(), |token| token.span.start as usize);
        self.edges.binary_search(&byte).is_ok()
    }
}

/// Takes in common Chinese characters until both ends stand at word edges.
fn edges(sides: Pair<TokenText<'_>>, hunks: &mut [Hunk]) {
    let is_edited = |hunk: &Hunk| sides.zip(hunk.as_ref()).iter().any(|(side, range)| has_han(*side, range));
    if !hunks.iter().any(is_edited) {
        return;
    }
    let words = sides.map(|side| WordEdges { side, edges: word_edges(side.text) });
    let are_edges = |at: Pair<usize>| words.as_ref().zip(at).iter().all(|(words, at)| words.is_edge(*at));
    let is_han = |at: usize| sides.before.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Han);
    for at in 0..hunks.len() {
        // Where the ends are now, and how many of the common tokens beside them are Chinese characters.
        let (left, right) = room(sides, hunks, at);
        let (starts, ends) = (left.as_ref().map(|left| left.end), right.as_ref().map(|right| right.start));
        let free_left = left.before.clone().rev().take(WORD).take_while(|at| is_han(*at)).count();
        let free_right = right.before.clone().take(WORD).take_while(|at| is_han(*at)).count();
        // Where a word goes on into the next edit, both are one.
        let meets_left = if at > 0 && left.before.len() == free_left { free_left } else { 0 };
        let meets_right = if at + 1 < hunks.len() && right.before.len() == free_right { free_right } else { 0 };
        let by_left = (0..=free_left).find(|step| are_edges(starts.map(|at| at - step))).unwrap_or(meets_left);
        let by_right = (0..=free_right).find(|step| are_edges(ends.map(|at| at + step))).unwrap_or(meets_right);
        for range in &mut hunks[at] {
            *range = range.start - by_left..range.end + by_right;
        }
    }
}

/// Joins edits that have come to touch.
fn touch(hunks: &mut Vec<Hunk>) {
    hunks.dedup_by(|next, last| {
        let touches = Side::ALL.into_iter().all(|side| last[side].end == next[side].start);
        if touches {
            Side::ALL.into_iter().for_each(|side| last[side].end = next[side].end);
        }
        touches
    });
}
