//! The edits between two passages.
//!
//! Tokens that differ are judged by the rules, tokens that match by their signs, and what stands between them as white
//! space. An edit is cut where clauses meet, for a place lies in one clause.

use std::ops::Range;

use super::comparison::{Edit, Op, Reason};
use super::context::Context;
use super::kind::{Class, Tier};
use super::passage::Passage;
use super::rule::{self, Rule, RuleFinding};
use super::sense::{self, Senses};
use super::setting;
use super::{echo, groups, order, stretch, variant, window, words};
use crate::diff::{EditScript, Hunk};
use crate::text::{Difference, Pair, Side, chars, difference};

/// A stretch of both passages that differs, and its classes.
#[derive(Debug)]
struct Stretch {
    bytes: Pair<Range<usize>>,
    found: Vec<RuleFinding>,
}

/// What two passages say otherwise.
pub(super) struct Differences {
    /// The edits that turn one into the other.
    pub(super) edits: Vec<Edit>,
    /// Every class found.
    pub(super) found: Vec<RuleFinding>,
    /// Comparisons that a bound left out.
    pub(super) skipped: u64,
}

/// The edits that turn one passage into the other, with every class found.
pub(super) fn differences(
    context: &Context<'_>,
    script: &EditScript,
    tier: &dyn Fn(&RuleFinding) -> Tier,
) -> Differences {
    let mut stretches = Vec::new();
    let mut done = Pair::new(0, 0);
    let (said, skipped) = said(context, script);
    for (hunk, said) in script.hunks.iter().zip(&said) {
        common(context, &done.zip(hunk.as_ref()).map(|(done, range)| done..range.start), &mut stretches);
        changed(context, hunk, said, &mut stretches);
        done = hunk.as_ref().map(|range| range.end);
    }
    let rest = done.zip(context.passages).map(|(done, passage)| done..passage.tokens.len());
    common(context, &rest, &mut stretches);
    // Where a run that differs stands last, it has taken the white space behind it.
    if script.hunks.is_empty() || !rest.iter().all(Range::is_empty) {
        gap(context, &context.passages.map(Passage::tail), &mut stretches);
    }
    let mut edits = Vec::with_capacity(stretches.len());
    let mut all: Vec<RuleFinding> = Vec::new();
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
pub(super) fn reasons(all: &[RuleFinding], tier: &dyn Fn(&RuleFinding) -> Tier) -> Vec<Reason> {
    let mut all: Vec<(&RuleFinding, Tier)> = all.iter().map(|found| (found, tier(found))).collect();
    all.sort_by_key(|(found, tier)| std::cmp::Reverse((*tier, rank(found), found.class())));
    all.into_iter()
        .map(|(found, tier)| Reason {
            class: found.class(),
            tier,
            rule: found.rule.id,
            evidence: found.evidence.clone(),
            shift: found.shift,
        })
        .collect()
}

/// The place of a class among those of its tier: one that is incidental stands behind what verbs do.
fn rank(found: &RuleFinding) -> (Class, bool) {
    if found.is_incidental { (found.class().min(Class::Strength), false) } else { (found.class(), true) }
}

/// What one run of tokens says otherwise, in the light of the others.
struct HunkReading<'a> {
    window: window::Window<'a>,
    senses: Senses,
    /// The rule of words that only moved.
    moved: Option<Rule>,
    emphasis: Option<Rule>,
    is_echoed: bool,
    comma_moved: bool,
}

/// What each run of tokens says otherwise, and how many comparisons a bound left out.
fn said<'a>(context: &Context<'a>, script: &EditScript) -> (Vec<HunkReading<'a>>, u64) {
    let hunks = &script.hunks;
    let near = window::neighbourhoods(context, hunks);
    let windows: Vec<window::Window<'a>> = near
        .iter()
        .flat_map(|own| own.hunks.clone().map(move |at| (own, at)))
        .map(|(own, at)| window::open(context, &own.words, &hunks[at], groups::room(context, hunks, &(at..at + 1))))
        .collect();
    let groups = groups::groups(context, &near, hunks);
    let sizes: Vec<usize> = groups.iter().map(|group| groups::size(&hunks[group.hunks.clone()])).collect();
    let ranges: Vec<Range<usize>> = groups.iter().map(|group| group.hunks.clone()).collect();
    let mut all: Vec<Senses> = groups.into_iter().map(|group| group.senses).collect();
    let skipped = sense::settle(&mut all, &sizes, context.languages.before);
    let senses = all.into_iter().zip(ranges).flat_map(|(senses, range)| senses.pinned(&hunks[range]));
    let moved = order::moved(context, script);
    let emphasis = order::emphasis(context, script);
    let commas = order::moved_commas(script, context.passages);
    let echoes = echo::echoes(context, hunks);
    let marks = emphasis.into_iter().zip(commas).zip(echoes);
    let all = windows.into_iter().zip(senses).zip(moved).zip(marks);
    let said = all.map(|(((window, senses), moved), ((emphasis, comma_moved), is_echoed))| HunkReading {
        window,
        senses,
        moved,
        emphasis,
        is_echoed,
        comma_moved,
    });
    (said.collect(), skipped)
}

/// Tokens that match one to one: their literal text and the white space between them may differ.
fn common(context: &Context<'_>, tokens: &Hunk, stretches: &mut Vec<Stretch>) {
    if tokens.before.is_empty() {
        return;
    }
    let passages = context.passages;
    // Where a run that differs stands first, it has taken the white space before it.
    if tokens.iter().all(|tokens| tokens.start == 0) {
        gap(context, &passages.map(|passage| 0..passage.start_of(0)), stretches);
    }
    let whole = passages.zip(tokens.as_ref()).map(|(passage, tokens)| passage.bytes_of(tokens));
    if context.texts(&whole).is_same() {
        return;
    }
    for (at, token) in tokens.before.clone().zip(tokens.after.clone()).enumerate() {
        let token = Pair::new(token.0, token.1);
        if at > 0 {
            gap(context, &passages.zip(token).map(|(passage, token)| passage.gap_before(token)), stretches);
        }
        let bytes = passages.zip(token).map(|(passage, token)| passage.tokens[token].span.range());
        let texts = context.texts(&bytes);
        if !texts.is_same() {
            let found = vec![variant::rule(context, texts, Some(token)).into()];
            let found = setting::in_setting(found, context.kind);
            match stretches.last_mut() {
                // A dash of two characters is one change.
                Some(last)
                    if Side::ALL.iter().all(|side| last.bytes[*side].end == bytes[*side].start)
                        && last.found == found =>
                {
                    Side::ALL.iter().for_each(|side| last.bytes[*side].end = bytes[*side].end);
                }
                _ => stretches.push(Stretch { bytes, found }),
            }
        }
    }
}

/// White space that differs between matching tokens.
fn gap(context: &Context<'_>, bytes: &Pair<Range<usize>>, stretches: &mut Vec<Stretch>) {
    let texts = context.texts(bytes);
    if texts.is_same() {
        return;
    }
    let sides = context.passages.zip(bytes.as_ref());
    let class = match difference(texts.before, texts.after) {
        Difference::Hidden if context.is_guided(bytes) => rule::GUIDE,
        Difference::Hidden => rule::HIDDEN,
        _ if sides.iter().any(|(passage, bytes)| passage.lifts(bytes)) => rule::LAYOUT,
        _ if sides.iter().any(|(passage, bytes)| passage.meets(bytes)) => rule::SPACE,
        _ if !texts.map(str::is_empty).is_same()
            && sides.iter().all(|(passage, bytes)| after_stop(&passage.text, bytes)) =>
        {
            rule::STOP_SPACE
        }
        _ => rule::SPACE,
    };
    stretches.push(Stretch { bytes: bytes.clone(), found: vec![class.into()] });
}

/// Whether the gap stands between a stop and a word of a spaced script: there a space more or less was typed, not set.
fn after_stop(text: &str, gap: &Range<usize>) -> bool {
    let before = text[..gap.start].chars().next_back();
    let after = text[gap.end..].chars().next();
    before.is_some_and(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?'))
        && after.is_some_and(|c| c.is_alphabetic() && !chars::is_unspaced(c))
}

/// How many bytes of white space two texts begin with in common.
fn common_space(mut texts: Pair<impl Iterator<Item = char>>) -> usize {
    let pairs = texts.before.by_ref().zip(texts.after.by_ref());
    pairs.take_while(|(x, y)| x == y && chars::is_space(*x)).map(|(x, _)| x.len_utf8()).sum()
}

/// A run of tokens that differs, with the white space around it as far as that differs.
fn changed(context: &Context<'_>, hunk: &Hunk, said: &HunkReading<'_>, stretches: &mut Vec<Stretch>) {
    let mut bytes = context.passages.zip(hunk.as_ref()).map(|(passage, tokens)| passage.bytes_around(tokens));
    // Runs that touch share the white space between them: the first has taken what differs of it.
    if let Some(last) = stretches.last() {
        for (own, last) in bytes.as_mut().zip(last.bytes.as_ref()) {
            own.start = own.start.max(last.end);
        }
    }
    let head = common_space(context.texts(&bytes).map(str::chars));
    bytes.iter_mut().for_each(|bytes| bytes.start += head);
    let tail = common_space(context.texts(&bytes).map(|text| text.chars().rev()));
    bytes.iter_mut().for_each(|bytes| bytes.end -= tail);
    let stretch = stretch::Stretch {
        hunk,
        window: &said.window,
        senses: &said.senses,
        moved: said.moved,
        emphasis: said.emphasis,
        is_echoed: said.is_echoed,
        comma_moved: said.comma_moved,
    };
    let found = words::classes(context, &stretch, &bytes, context.texts(&bytes));
    stretches.push(Stretch { bytes, found: setting::in_setting(found, context.kind) });
}

/// Makes edits of a stretch, none across the boundary of two clauses.
fn cut(context: &Context<'_>, stretch: &Stretch, reasons: &[Reason], edits: &mut Vec<Edit>) {
    let pieces = context.passages.zip(stretch.bytes.as_ref()).map(|(passage, bytes)| passage.parted(bytes));
    for at in 0..pieces.before.len().max(pieces.after.len()) {
        let bytes = pieces.as_ref().map(|pieces| match (pieces.get(at), pieces.last()) {
            (Some(piece), _) => piece.clone(),
            (None, last) => last.map_or(0..0, |last| last.end..last.end),
        });
        let op = match (bytes.before.is_empty(), bytes.after.is_empty()) {
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
            texts: context.texts(&bytes).map(str::to_owned),
            places: context.passages.zip(bytes.as_ref()).map(|(passage, bytes)| passage.place(bytes)),
        });
    }
}
