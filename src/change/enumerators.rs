//! Marks that count items inside a sentence: `upon (i) the first anniversary or (ii) the end of the term`.
//!
//! Where an item comes or goes, the marks behind it count on. Compared as words they would pair with the wrong items, so
//! the counters of a series match each other whatever they count, and one that differs is told as a number of an item.
//! A series begins with the first of its count and goes on by one; marks that cite (`paragraphs (a) and (b)`) are none.
//! The same marks are labels where the items stand apart, and nothing changes where a sentence falls into its items.
//! Linear in the tokens.

use std::ops::Range;

use super::passage::Passage;
use super::rule::{self, Rule};
use super::{citation, window};
use crate::diff::Hunk;
use crate::language::Language;
use crate::statement::{
    Clause,
    number::{self, Label},
};
use crate::text::{Pair, Side, Token, TokenId, TokenKind, chars, folded_lower};

/// Most series that are open one inside the other.
const DEPTH: usize = 4;
/// Most places at which the label of an item is looked for.
const TRIES: usize = 64;
/// Most characters of the first word by which what stands behind a mark is known for an item.
const ALIKE: usize = 12;

/// Words that stand for the counters of a series, one for each way to count: the letter of an item matches no numeral of
/// an item inside it. No text has them.
pub(super) const COUNTERS: [&str; 4] = ["\0a", "\0b", "\0c", "\0d"];

/// Lets the counters of inline series match each other where both passages have such a series.
pub(super) fn unify(passages: &mut Pair<Passage>, languages: Pair<Option<&Language>>, ids: &[TokenId; COUNTERS.len()]) {
    if !passages.iter().all(|passage| passage.text.contains(['(', '（'])) {
        return;
    }
    let found = passages.as_ref().zip(languages).map(|(passage, language)| counters(passage, language));
    // As many on both sides: nothing came or went, and a mark that differs is another one.
    if found.iter().any(Vec::is_empty) || found.as_ref().map(Vec::len).is_same() {
        return;
    }
    let mut styles: Vec<Style> = Vec::new();
    for (passage, counters) in passages.as_mut().zip(found) {
        for (at, style) in counters {
            let known = styles.iter().position(|known| *known == style).unwrap_or_else(|| {
                styles.push(style);
                styles.len() - 1
            });
            if let Some(id) = ids.get(known) {
                passage.tokens[at].id = *id;
                passage.enumerators.push(at);
            }
        }
    }
}

/// Takes out of the comparison the marks of a clause that the clauses it was split into have as their labels, or those
/// it was merged from: `shall: (a) report; (b) pay` against items (a) and (b). What is behind the mark has to begin as the
/// item does; a mark that is another one stays and is told.
pub(super) fn lift<'a>(whole: &mut Passage, items: impl Iterator<Item = &'a Clause>) {
    let mut from = 0;
    for item in items {
        let Some(label) = item.label.as_deref() else { continue };
        let found = whole.text[from..].match_indices(label).map(|(at, _)| from + at..from + at + label.len());
        let Some(mark) = found.take(TRIES).find(|mark| is_mark_of(whole, mark, &item.text)) else { continue };
        from = mark.end;
        whole.tokens.retain(|token| !mark.contains(&(token.span.start as usize)));
        whole.lifted.push(mark);
    }
}

/// Whether the bytes of a mark are whole tokens and what stands behind them begins as an item does.
fn is_mark_of(whole: &Passage, mark: &Range<usize>, item: &str) -> bool {
    let is_edge = |at: usize| {
        let next = whole.tokens.partition_point(|token| (token.span.start as usize) < at);
        next.checked_sub(1).is_none_or(|last| whole.tokens[last].span.end as usize <= at)
    };
    let word: String = item.trim_start().chars().take_while(|c| !chars::is_space(*c)).take(ALIKE).collect();
    let before = whole.text[..mark.start].chars().next_back();
    let behind = &whole.text[mark.end..];
    // Chinese sets no blanks: there a stop parts the mark from what is before it.
    let parted = before.is_none_or(|c| chars::is_space(c) || matches!(c, '：' | '；' | '，' | '。' | '、'));
    let closed = behind.starts_with(chars::is_space) || whole.text[..mark.end].ends_with(['）', ')', '、', '．']);
    parted && closed && behind.trim_start().starts_with(&word) && is_edge(mark.start) && is_edge(mark.end)
}

/// The item that came or went with its mark in a run of tokens that only one side has, and the tokens it has there.
pub(super) fn item(passages: &Pair<&Passage>, hunk: &Hunk) -> Option<(Rule, Range<usize>)> {
    let (side, rule) = match (hunk.before.is_empty(), hunk.after.is_empty()) {
        (true, false) => (Side::After, rule::INSERT_ITEM),
        (false, true) => (Side::Before, rule::DELETE_ITEM),
        _ => return None,
    };
    let (passage, tokens) = (passages[side], &hunk[side]);
    let first = passage.enumerators.partition_point(|counter| *counter <= tokens.start);
    let counter = *passage.enumerators.get(first)?;
    let words = passage.tokens.get(counter + 1..tokens.end)?;
    words.iter().any(|token| token.kind != TokenKind::Mark).then_some(())?;
    Some((rule, counter - 1..tokens.end))
}

/// Form and counter of a label.
type Style = (u16, u16);

/// A series as far as it was read: its last mark, how it counts, and the tokens that count.
struct Series {
    last: Label,
    style: Style,
    counters: Vec<usize>,
}

/// The tokens that count in the series of a passage, ascending, and how they count.
fn counters(passage: &Passage, language: Option<&Language>) -> Vec<(usize, Style)> {
    let mut open: Vec<Series> = Vec::new();
    let mut found: Vec<(usize, Style)> = Vec::new();
    let mut close = |series: Series| {
        if series.counters.len() > 1 {
            found.extend(series.counters.into_iter().map(|at| (at, series.style)));
        }
    };
    let mut last_mark = None;
    for at in 0..passage.tokens.len() {
        let Some(label) = mark(passage, at, language) else { continue };
        // Items have words: "(a) and (b)" and "(a), (b)" cite.
        let has_words = last_mark.is_none_or(|last| has_words(passage, last + 3..at, language));
        last_mark = Some(at);
        if is_cited(passage, at, language) {
            continue;
        }
        let first = label.readings.iter().find(|reading| reading.value == 1).map(|reading| reading.style);
        if let Some(inner) = open.iter().rposition(|series| label.follows(&series.last)).filter(|_| has_words) {
            open.drain(inner + 1..).for_each(&mut close);
            let series = &mut open[inner];
            series.counters.push(at + 1);
            series.last = label;
        } else if let Some(style) = first.filter(|_| has_words) {
            if open.len() == DEPTH {
                close(open.remove(0));
            }
            open.push(Series { last: label, style, counters: vec![at + 1] });
        }
    }
    open.drain(..).for_each(close);
    found.sort_unstable();
    found
}

/// The label of which a token is the opening bracket, if one token counts in it.
fn mark(passage: &Passage, at: usize, language: Option<&Language>) -> Option<Label> {
    let opens = &passage.text[passage.tokens[at].span.range()];
    if !matches!(opens, "(" | "（") || passage.tokens.len() < at + 3 {
        return None;
    }
    let (start, end) = (passage.tokens[at].span.start as usize, passage.tokens[at + 2].span.end as usize);
    let label = number::label(&passage.text[start..], language)?;
    (start + label.len == end).then_some(label)
}

/// Whether words stand among tokens that do more than join citations.
fn has_words(passage: &Passage, tokens: Range<usize>, language: Option<&Language>) -> bool {
    let joins = |token: &Token| {
        let word = folded_lower(&passage.text[token.span.range()]);
        language.is_some_and(|language| language.lexicon().joins_citations(&word))
    };
    passage
        .tokens
        .get(tokens)
        .is_some_and(|tokens| tokens.iter().any(|token| token.kind != TokenKind::Mark && !joins(token)))
}

/// Whether what stands before a mark cites it: a number, or a word for parts of a text.
fn is_cited(passage: &Passage, at: usize, language: Option<&Language>) -> bool {
    let before = at.checked_sub(1).map(|before| passage.tokens[before].kind);
    matches!(before, Some(TokenKind::Number | TokenKind::Symbol))
        || citation::is_cited(&window::plain(passage, language, at..at + 3), &(at + 1..at + 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::language;
    use crate::statement::ClauseIndex;
    use crate::text::{Interner, tokenize};

    fn counted(code: &str, text: &str) -> Vec<String> {
        let mut passage = Passage::default();
        passage.push(ClauseIndex::new(0), text, &tokenize(text, language(code), &mut Interner::default()));
        let shown = |at: &usize| text[passage.tokens[*at].span.range()].to_owned();
        counters(&passage, language(code)).iter().map(|(at, _)| shown(at)).collect()
    }

    #[test]
    fn a_series_counts_from_its_first_mark() {
        let text = "Upon (i) the first anniversary, (ii) the second one or (iii) the end of the term, members vote.";
        assert_eq!(counted("en", text), ["i", "ii", "iii"]);
        let text = "They (a) report (i) each year or (ii) each month, (b) keep records and (c) pay a share.";
        assert_eq!(counted("en", text), ["a", "i", "ii", "b", "c"]);
        assert_eq!(counted("zh", "成员应（一）提交报告，（二）出席会议。"), ["一", "二"]);
        assert_eq!(counted("fr", "Les membres (a) font rapport chaque année, (b) tiennent un registre."), ["a", "b"]);
    }

    #[test]
    fn what_cites_or_does_not_count_is_no_series() {
        for text in [
            "Recalling paragraphs (a) and (b) of the statement",
            "in accordance with article 5 (1) of the statement and article 6 (2) thereof",
            "The ships (c) of Veltria and those (d) of Orsania sail.",
            "The League (a) meets in Elm, and only there.",
        ] {
            assert!(counted("en", text).is_empty(), "{text}");
        }
    }
}
