//! Whether a number cites a clause or measures a thing.

use std::ops::Range;

use super::references::CitedNumber;
use super::signs::is_sign;
use super::window::{self, WindowSide};
use crate::language::{Language, Sense, Table, han_numeral, roman_numeral};
use crate::text::{NumberReader, TokenKind, chars, folded_lower};

/// Tokens between a word that cites and the number it cites.
const CITED: usize = 8;
/// Tokens around those in which the words of a citation may stand.
const PHRASE: usize = 8;
/// The sign that cites a section.
const SECTION: &str = "§";

/// A single letter or a Roman numeral, as they count clauses.
pub(super) fn is_letter(shown: &str) -> bool {
    let mut signs = shown.chars();
    matches!((signs.next(), signs.next()), (Some(c), None) if c.is_alphabetic() && !chars::is_han(c))
        || roman_numeral(shown).is_some()
}

/// Whether a unit stands right behind a number: it measures then, and cites nothing.
pub(super) fn is_measured(view: &WindowSide<'_>, end: usize) -> bool {
    if end >= view.tokens.end {
        return false;
    }
    let sign = view.text(&(end..end + 1));
    is_sign(sign)
        || view
            .find_from(Table::Number, end..end + 1)
            .iter()
            .any(|found| matches!(found.sense, Sense::Percent | Sense::Multiplier(_)))
}

/// What the tokens cite, if a word that cites stands before them, with nothing but other numbers, letters and marks
/// between, or one that is cited by number stands behind them. Looks beyond the window: a list of numbers may be cut by
/// other edits.
pub(super) fn cited(view: &WindowSide<'_>, tokens: &Range<usize>) -> Option<CitedNumber> {
    let language = view.language?;
    let count = view.passage.tokens.len();
    let around = tokens.start.saturating_sub(CITED + PHRASE)..count.min(tokens.end + CITED + PHRASE);
    let wide = window::plain(view.passage, Some(language), around);
    let (noun, end) = before(&wide, tokens).or_else(|| behind(&wide, tokens))?;
    let shown = folded_lower(wide.text(&noun));
    let is_plain = language.lexicon().cites_plain_labels(&shown);
    let is_own = !is_elsewhere(&wide, language, noun.start.min(tokens.start), end);
    let above = if noun.end <= tokens.start { above(&wide, noun.end, tokens.start) } else { Vec::new() };
    Some(CitedNumber { noun: shown, above, is_plain, is_own })
}

/// The counters that a citation has above a token, as they hang on each other: 2 for the a of "2 (a)" and for the b of
/// "2 (a) and (b)", nothing for the 3 of "2 (a) and 3".
fn above(view: &WindowSide<'_>, start: usize, token: usize) -> Vec<String> {
    let mut levels: Vec<String> = Vec::new();
    // Whether the counter last read stood in brackets, and whether another stands beside it.
    let (mut is_bracketed, mut is_open, mut is_joined) = (false, false, false);
    for at in start..=token {
        let shown = view.text(&(at..at + 1));
        match shown {
            "(" | "（" => is_open = true,
            ")" | "）" => is_open = false,
            _ if counts(view, at) => {
                match (is_open, is_bracketed && is_joined) {
                    (true, true) => drop(levels.pop()),
                    (true, false) => {}
                    (false, _) => levels.clear(),
                }
                levels.push(counter(view, at));
                (is_bracketed, is_joined) = (is_open, false);
            }
            _ => is_joined = true,
        }
    }
    levels.pop();
    levels
}

/// Whether a token is a number or a letter that counts. A letter that is a word of its own ("a fin de", "y") counts only
/// in brackets.
pub(super) fn counts(view: &WindowSide<'_>, token: usize) -> bool {
    let shown = |at: usize| view.passage.shown(at);
    let is_word = || view.language.is_some_and(|language| language.lexicon().is_function_word(view.word(token)));
    let is_bracketed = || matches!(shown(token + 1), ")" | "）" | "." | "°");
    match view.passage.tokens[token].kind {
        TokenKind::Number => true,
        TokenKind::Word => is_letter(shown(token)) && (!is_word() || is_bracketed()),
        _ => false,
    }
}

/// The other end of a range that some tokens are one end of, by token: the 1 of "1 to 3", the a of "(a)–(c)".
pub(super) fn other_end(view: &WindowSide<'_>, tokens: &Range<usize>) -> Option<usize> {
    let all = &view.passage.tokens;
    let lexicon = view.language.map(Language::lexicon);
    let shown = |at: usize| view.passage.shown(at);
    let is_bracket = |at: usize| matches!(shown(at), "(" | ")" | "（" | "）");
    let spans = |at: usize| {
        matches!(shown(at), "-" | "–" | "—" | "‑" | "～")
            || lexicon.is_some_and(|lexicon| lexicon.spans_citations(&folded_lower(shown(at))))
    };
    let is_counter =
        |at: usize| all[at].kind == TokenKind::Number || is_letter(shown(at)) || han_numeral(shown(at)).is_some();
    let back = |from: usize| (0..from).rev().take(LIST).find(|at| !is_bracket(*at));
    let forth = |from: usize| (from..all.len()).take(LIST).find(|at| !is_bracket(*at));
    let before = back(tokens.start).filter(|at| spans(*at)).and_then(back).filter(|at| is_counter(*at));
    let behind = || forth(tokens.end).filter(|at| spans(*at)).and_then(|at| forth(at + 1)).filter(|at| is_counter(*at));
    before.or_else(behind)
}

/// Tokens between the ends of a range.
const LIST: usize = 4;

/// A counter as labels have it.
pub(super) fn counter(view: &WindowSide<'_>, token: usize) -> String {
    match view.passage.tokens[token].kind {
        TokenKind::Number => NumberReader { language: view.language }.value(view.text(&(token..token + 1))),
        TokenKind::Han => han_numeral(view.word(token)).map_or_else(String::new, |value| value.to_string()),
        _ => view.word(token).to_owned(),
    }
}

/// Whether the tokens cite at all.
pub(super) fn is_cited(view: &WindowSide<'_>, tokens: &Range<usize>) -> bool {
    cited(view, tokens).is_some()
}

/// Whether a token may stand between a word that cites and a number it cites.
fn between(view: &WindowSide<'_>, token: usize) -> bool {
    let Some(lexicon) = view.language.map(Language::lexicon) else { return false };
    let shown = view.text(&(token..token + 1));
    match view.passage.tokens[token].kind {
        TokenKind::Number => true,
        TokenKind::Mark => matches!(shown, "(" | ")" | "," | "-" | "–" | "." | "（" | "）" | "、" | "，" | "°"),
        TokenKind::Word => counts(view, token) || lexicon.joins_citations(view.word(token)),
        TokenKind::Han => lexicon.joins_citations(shown) || han_numeral(shown).is_some(),
        TokenKind::Date | TokenKind::Symbol => false,
    }
}

/// The word before the tokens that cites them, and where the citation ends.
fn before(view: &WindowSide<'_>, tokens: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let mut at = tokens.start;
    for _ in 0..CITED {
        if let Some(noun) = citing_word(view, at) {
            return Some((noun, tokens.end));
        }
        if at == view.tokens.start || !between(view, at - 1) {
            break;
        }
        at -= 1;
    }
    None
}

/// The word or sign that cites and ends before a token.
fn citing_word(view: &WindowSide<'_>, end: usize) -> Option<Range<usize>> {
    if end > view.tokens.start && view.text(&(end - 1..end)) == SECTION {
        return Some(end - 1..end);
    }
    let near = view.find_from(Table::Reference, end.saturating_sub(8)..end);
    let found = near.iter().find(|found| found.sense == Sense::Citing && found.end == end)?;
    Some(found.start..found.end)
}

/// The word behind the tokens that they are cited by, and where the citation ends.
fn behind(view: &WindowSide<'_>, tokens: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let begins_at = |start: usize| {
        let mut near = view.find_from(Table::Reference, start..start + 1).iter();
        near.find(|found| found.sense == Sense::Cited).map(|found| (found.start..found.end, found.end))
    };
    let mut places = tokens.end..view.tokens.end.min(tokens.end + CITED);
    places.find(|at| begins_at(*at).is_some() || !between(view, *at)).and_then(begins_at)
}

/// Whether what stands beside a citation says that it is one of another text: "of that Treaty", "thereof", 《宪章》.
fn is_elsewhere(view: &WindowSide<'_>, language: &Language, start: usize, end: usize) -> bool {
    let lexicon = language.lexicon();
    if follows_other_citation(view, start) {
        return true;
    }
    if start > view.tokens.start && lexicon.names_other_text(&folded_tail(view, start)) {
        return true;
    }
    let mut at = end;
    while at < view.tokens.end && between(view, at) {
        at += 1;
    }
    if at >= view.tokens.end {
        return false;
    }
    let next = view.word(at);
    let capital = view.text(&(at..at + 1)).chars().next().is_some_and(char::is_uppercase);
    match lexicon.belonging(next) {
        Some(true) => true,
        Some(false) => !(at + 1..view.tokens.end.min(at + 3)).any(|at| lexicon.is_own_text(view.word(at))),
        None => capital && lexicon.has_bare_belonging(),
    }
}

/// Whether a comma or a bracket parts a citation from a number or a name right before it, whose clause it may be:
/// "resolution 1204 (2030), paragraph 2", "the Elm Accord (paragraph 2)", "article 5, paragraph 2".
fn follows_other_citation(view: &WindowSide<'_>, start: usize) -> bool {
    let Some(mark) = start.checked_sub(1).filter(|at| view.tokens.contains(at)) else { return false };
    let Some(last) = mark.checked_sub(1).filter(|at| view.tokens.contains(at)) else { return false };
    let shown = view.text(&(last..last + 1));
    let is_name = || shown.starts_with(char::is_uppercase);
    matches!(view.text(&(mark..mark + 1)), "," | "(" | "،" | "，" | "（")
        && match view.passage.tokens[last].kind {
            TokenKind::Number | TokenKind::Symbol | TokenKind::Date => true,
            TokenKind::Mark => matches!(shown, ")" | "）"),
            TokenKind::Word => is_name() || is_letter(shown),
            TokenKind::Han => false,
        }
}

/// The characters right before a token, as far as a phrase goes.
fn folded_tail(view: &WindowSide<'_>, end: usize) -> String {
    folded_lower(view.text(&(view.tokens.start.max(end.saturating_sub(PHRASE))..end)))
}
