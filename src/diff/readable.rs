//! From a minimal script to one that a person would write.
//!
//! 1. Join: a light run of common tokens between two stretches that are rewritten is chance ("of the"); the stretches
//!    become one. After the semantic clean-up of diff-match-patch (Fraser), but on tokens, and with
//!    marks and the commonest words weighing least.
//! 2. Slide: an insertion or deletion that could stand at several places stands where marks part the text.
//! 3. Edges: in Chinese an edit begins and ends where a dictionary word does, as long as the characters it takes in are
//!    common to both sides.

use super::{Hunk, Side};
use crate::language::Lexicon;
use crate::text::{Token, TokenKind, folded_lower, word_edges};

/// Most tokens an edge moves to reach the end of a word.
const WORD: usize = 4;

pub(super) fn settle(before: Side<'_>, after: Side<'_>, hunks: &mut Vec<Hunk>) {
    join(before, after, hunks);
    slide(before, after, hunks);
    edges(before, after, hunks);
    touch(hunks);
}

/// What a token weighs as an anchor: marks nothing, words without content little.
fn weight(side: Side<'_>, token: &Token) -> usize {
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
fn is_listed(side: Side<'_>, token: &Token, list: fn(&Lexicon, &str) -> bool) -> bool {
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
pub(super) fn weigh(side: Side<'_>, range: std::ops::Range<usize>, most: usize) -> usize {
    let mut sum = 0;
    for token in &side.tokens[range] {
        sum += weight(side, token);
        if sum > most {
            break;
        }
    }
    sum
}

/// Joins rewritten stretches parted by nothing but chance common words, until none is left.
///
/// The more both stretches weigh, the more words between them are chance.
fn join(before: Side<'_>, after: Side<'_>, hunks: &mut Vec<Hunk>) {
    // What a stretch weighs as a rewriting: its heavier side where words replace words, nothing where they only come or
    // go.
    let rewriting = |hunk: &Hunk| {
        let heavy = |side, range: &std::ops::Range<usize>| weigh(side, range.clone(), HEAVY);
        let (old, new) = (heavy(before, &hunk.before), heavy(after, &hunk.after));
        if hunk.before.is_empty() || hunk.after.is_empty() { 0 } else { old.max(new) }
    };
    let mut joined: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for hunk in hunks.drain(..) {
        joined.push(hunk);
        while let [.., first, second] = &joined[..] {
            let common = first.before.end..second.before.start;
            let lighter = rewriting(first).min(rewriting(second));
            let most = match lighter {
                REWRITTEN.. => CHANCE.max(lighter / SHARE),
                // One character between others that are exchanged is a part of a name or of a word.
                1.. if common.len() == 1 && before.tokens[common.start].kind == TokenKind::Han => CHANCE,
                _ => 0,
            };
            if most == 0 || common.len() > most || weigh(before, common, most) > most {
                break;
            }
            let whole =
                Hunk { before: first.before.start..second.before.end, after: first.after.start..second.after.end };
            joined.truncate(joined.len() - 2);
            joined.push(whole);
        }
    }
    *hunks = joined;
}

/// How well a text parts before token `at`.
fn part(side: Side<'_>, at: usize) -> u32 {
    if at == 0 || at >= side.tokens.len() {
        return 4;
    }
    let mark = |at: usize| {
        let token = &side.tokens[at];
        if token.kind == TokenKind::Mark { side.text[token.span.range()].chars().next() } else { None }
    };
    let ends = |c: char| matches!(c, '.' | ';' | '!' | '?' | '。' | '；' | '！' | '？' | ':' | '：' | '؛' | '؟');
    let pauses = |c: char| matches!(c, ',' | '，' | '、' | '،');
    let joins = || {
        let token = &side.tokens[at];
        token.kind != TokenKind::Mark && is_listed(side, token, Lexicon::joins_citations)
    };
    match (mark(at - 1), mark(at)) {
        (Some(c), _) if ends(c) => 3,
        (_, Some(c)) if pauses(c) || ends(c) => 2,
        (Some(c), _) if pauses(c) => 1,
        _ if joins() => 1,
        _ => 0,
    }
}

/// Slides each insertion and deletion to the best place it can stand at; of equal ones the leftmost.
fn slide(before: Side<'_>, after: Side<'_>, hunks: &mut [Hunk]) {
    for at in 0..hunks.len() {
        let low = at.checked_sub(1).map_or((0, 0), |at| (hunks[at].before.end, hunks[at].after.end));
        let high = hunks
            .get(at + 1)
            .map_or((before.tokens.len(), after.tokens.len()), |next| (next.before.start, next.after.start));
        let hunk = &mut hunks[at];
        if hunk.before.is_empty() && !hunk.after.is_empty() {
            let moved = best_slide(after, hunk.after.clone(), hunk.before.start - low.0, high.0 - hunk.before.end);
            shift(hunk, moved);
        } else if hunk.after.is_empty() && !hunk.before.is_empty() {
            let moved = best_slide(before, hunk.before.clone(), hunk.after.start - low.1, high.1 - hunk.after.end);
            shift(hunk, moved);
        }
    }
}

fn shift(hunk: &mut Hunk, by: isize) {
    let moved =
        |range: &std::ops::Range<usize>| range.start.saturating_add_signed(by)..range.end.saturating_add_signed(by);
    (hunk.before, hunk.after) = (moved(&hunk.before), moved(&hunk.after));
}

/// By how many tokens the run slides, at most `left` and `right`.
fn best_slide(side: Side<'_>, run: std::ops::Range<usize>, left: usize, right: usize) -> isize {
    let id = |at: usize| side.tokens[at].id;
    let mut back = 0;
    while back < left.min(64) && back < run.start && id(run.start - back - 1) == id(run.end - back - 1) {
        back += 1;
    }
    let mut forth = 0;
    while forth < right.min(64) && run.end + forth < side.tokens.len() && id(run.start + forth) == id(run.end + forth) {
        forth += 1;
    }
    let first = run.start - back;
    let best = (0..=back + forth).max_by_key(|step| {
        let start = first + step;
        (part(side, start) + part(side, start + run.len()), std::cmp::Reverse(*step))
    });
    best.map_or(0, |step| step as isize - back as isize)
}

/// Takes in common Chinese characters until both ends stand at word edges.
fn edges(before: Side<'_>, after: Side<'_>, hunks: &mut [Hunk]) {
    let han = |side: Side<'_>, range: &std::ops::Range<usize>| {
        side.tokens[range.clone()].iter().any(|token| token.kind == TokenKind::Han)
    };
    if !hunks.iter().any(|hunk| han(before, &hunk.before) || han(after, &hunk.after)) {
        return;
    }
    let (edges_before, edges_after) = (word_edges(before.text), word_edges(after.text));
    let is_edge = |side: Side<'_>, edges: &[usize], at: usize| {
        let byte = side.tokens.get(at).map_or(side.text.len(), |token| token.span.start as usize);
        edges.binary_search(&byte).is_ok()
    };
    let is_han = |at: usize| before.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Han);
    for at in 0..hunks.len() {
        let low = at.checked_sub(1).map_or(0, |at| hunks[at].before.end);
        let high = hunks.get(at + 1).map_or(before.tokens.len(), |next| next.before.start);
        let hunk = &hunks[at];
        let sound = |step: usize, start: bool| {
            let (a, b) = if start {
                (hunk.before.start - step, hunk.after.start - step)
            } else {
                (hunk.before.end + step, hunk.after.end + step)
            };
            is_edge(before, &edges_before, a) && is_edge(after, &edges_after, b)
        };
        let room = |start: bool| if start { hunk.before.start - low } else { high - hunk.before.end };
        let reach = |start: bool| {
            let inside = |step: &usize| {
                (1..=*step)
                    .all(|step| is_han(if start { hunk.before.start - step } else { hunk.before.end + step - 1 }))
            };
            (0..=room(start).min(WORD)).take_while(inside).find(|&step| sound(step, start)).unwrap_or(0)
        };
        let (left, right) = (reach(true), reach(false));
        let hunk = &mut hunks[at];
        (hunk.before.start, hunk.after.start) = (hunk.before.start - left, hunk.after.start - left);
        (hunk.before.end, hunk.after.end) = (hunk.before.end + right, hunk.after.end + right);
    }
}

/// Joins edits that have come to touch.
fn touch(hunks: &mut Vec<Hunk>) {
    hunks.dedup_by(|next, last| {
        let touches = last.before.end == next.before.start && last.after.end == next.after.start;
        if touches {
            (last.before.end, last.after.end) = (next.before.end, next.after.end);
        }
        touches
    });
}
