//! The signs of a paragraph's end between two lines, one function each.
//!
//! A sign returns what it saw, or nothing where it says nothing. Signs that settle the matter are asked first, and the
//! first that speaks is the only one that counts; else all speak, and their sum decides. Adding a sign is adding a
//! function, its findings to the table of `evidence`, and its name to [`SIGNS`].

use super::evidence::{self as found, Evidence};
use super::habits::WRAPPED;
use super::labels;
use super::pair::Pair;
use crate::ingest::layout::{Element, Font};
use crate::ingest::lines::{LONG_LINE, Line};
use crate::text::Span;

/// A sign: what two lines show of one kind.
type Sign = fn(&Pair<'_>) -> Option<Evidence>;

/// Signs that settle the matter, in the order in which they are asked.
const DECISIVE: [Sign; 4] = [element, link, label_alone, sentence];

/// Signs that are weighed against each other, in the order in which they are told.
const SIGNS: [Sign; 11] =
    [standing_alone, gap, unwrapped, label, page_end, indent, case, trailing_space, fullness, font, style];

/// What speaks for a boundary between two lines, and what against it.
pub(super) fn between<'p>(pair: &'p Pair<'_>) -> impl Iterator<Item = Evidence> + 'p {
    let settled = DECISIVE.iter().find_map(|sign| sign(pair));
    let open: &[Sign] = if settled.is_some() { &[] } else { &SIGNS };
    settled.into_iter().chain(open.iter().filter_map(|sign| sign(pair)))
}

/// How much says that the second line begins a paragraph (above 0) or goes on with the first (0 and below).
pub(super) fn weigh(pair: &Pair<'_>) -> i32 {
    between(pair).map(|evidence| evidence.weight).sum()
}

/// Where the format vouches for its paragraphs, they are those.
fn element(pair: &Pair<'_>) -> Option<Evidence> {
    let (one, other) = (pair.view.element(pair.at), pair.view.element(pair.next));
    let vouched = |found: Option<(Span, &Element)>| found.is_some_and(|(_, element)| element.is_whole);
    if !vouched(one) && !vouched(other) {
        return None;
    }
    let is_one = one.map(|(span, _)| span) == other.map(|(span, _)| span);
    Some(if is_one { found::ONE_ELEMENT } else { found::NEXT_ELEMENT })
}

fn link(pair: &Pair<'_>) -> Option<Evidence> {
    pair.view.is_inside_link(pair.next).then_some(found::INSIDE_LINK)
}

fn label_alone(pair: &Pair<'_>) -> Option<Evidence> {
    if !pair.opens || !labels::is_alone(pair.view, pair.at) {
        return None;
    }
    let further = pair.line.blanks > pair.habits.blanks;
    Some(if further && labels::is_alone(pair.view, pair.next) { found::NEXT_LABEL } else { found::UNDER_LABEL })
}

/// A long line that ends inside a sentence may go on behind a blank line, and does behind the end of a page.
fn sentence(pair: &Pair<'_>) -> Option<Evidence> {
    if !pair.habits.unwrapped || pair.labelled || !(pair.apart || pair.page) || pair.before.width <= LONG_LINE {
        return None;
    }
    let last = pair.view.last(pair.at);
    let inside = last.is_alphanumeric() || (last == ',' && !pair.is_upper_case);
    (inside && !pair.view.stands_alone(pair.next)).then_some(if pair.page {
        found::SENTENCE_OVER_PAGE
    } else {
        found::SENTENCE_OVER_GAP
    })
}

/// A line that is a paragraph by what it is. Its several kinds are one sign: no line is so twice.
fn standing_alone(pair: &Pair<'_>) -> Option<Evidence> {
    let Pair { view, at, next, .. } = *pair;
    if view.stands_alone(at) {
        Some(found::BEHIND_ALONE)
    } else if view.stands_alone(next) {
        Some(found::STANDS_ALONE)
    } else if pair.finished && view.is_closing(next) {
        Some(found::CLOSES)
    } else if view.is_original(at) {
        Some(found::BEHIND_ORIGINAL)
    } else {
        view.is_original(next).then_some(found::ORIGINAL)
    }
}

fn gap(pair: &Pair<'_>) -> Option<Evidence> {
    if !pair.apart {
        return pair.is_close.then_some(found::CLOSE_STEP);
    }
    if let (Some(step), Some(usual)) = (pair.wide_step, pair.habits.leading) {
        let points = |hundredths: u32| u16::try_from(hundredths / 100).unwrap_or(u16::MAX);
        return Some(found::WIDER_STEP.measured(points(step), points(usual)));
    }
    let is_usual = pair.habits.spread && pair.full && pair.line.blanks == 1;
    let evidence = if is_usual { found::ONE_BLANK } else { found::WIDER_GAP };
    Some(evidence.measured(pair.line.blanks, pair.habits.blanks))
}

/// Whether gaps part the paragraphs of the document and none is here: then a line goes on, unless the one before is
/// short, as in a block of names.
fn lacks_gap(pair: &Pair<'_>) -> bool {
    !pair.apart && pair.habits.gaps && pair.before.width > LONG_LINE / 2
}

fn unwrapped(pair: &Pair<'_>) -> Option<Evidence> {
    let own = if pair.page {
        // Behind a footnote or a head that went, a paragraph shows by its line's end.
        let ended = pair.finished || (pair.paused && pair.is_upper_case);
        (pair.habits.unwrapped || pair.before.width > LONG_LINE) && ended
    } else {
        pair.habits.unwrapped && !lacks_gap(pair)
    };
    // A line that fills its column may have been wrapped after all.
    let wrapped = pair.full && pair.habits.column.width <= WRAPPED && pair.before.width <= LONG_LINE;
    own.then_some(if wrapped { found::PERHAPS_WRAPPED } else { found::UNWRAPPED })
}

fn label(pair: &Pair<'_>) -> Option<Evidence> {
    if pair.labelled {
        let ended = pair.finished || pair.apart;
        return Some(if ended { found::LABELLED_BEHIND_END } else { found::LABELLED });
    }
    let (span, element) = pair.view.element(pair.next)?;
    (element.label.is_some() && span.start >= pair.before.span.end).then_some(found::LISTED)
}

/// Behind the end of a page a paragraph of a preamble shows by its first word, any other by the short line before it.
fn page_end(pair: &Pair<'_>) -> Option<Evidence> {
    let ends = pair.page && pair.paused && pair.is_upper_case;
    let is_short = !pair.full && pair.before.width <= LONG_LINE;
    (ends && (is_short || pair.view.opens_clause(pair.next))).then_some(found::BEHIND_PAGE)
}

fn indent(pair: &Pair<'_>) -> Option<Evidence> {
    let Pair { habits, line, before, .. } = *pair;
    let at_margin = line.indent <= habits.margin;
    let trails = habits.trails && before.trailing;
    let evidence = if pair.has_first_indent() {
        found::FIRST_INDENT
    } else if habits.first_indent.is_some() && at_margin && pair.full && !pair.apart && !trails {
        found::NO_FIRST_INDENT
    } else if !habits.indents {
        return is_set_in_from_both(pair).then_some(found::DEEPER_THAN_BOTH.measured(line.indent, before.indent));
    } else if pair.page {
        if at_margin { found::AT_MARGIN_BEHIND_PAGE } else { found::DEEPER_BEHIND_PAGE }
    } else if pair.is_set_in() {
        found::DEEPER
    } else if pair.hangs && !at_margin {
        found::HANGS
    } else if at_margin && !pair.labelled {
        found::AT_MARGIN
    } else {
        return None;
    };
    Some(evidence.measured(line.indent, habits.margin))
}

/// A first line set in from the lines around it, where the document as a whole does not do so.
fn is_set_in_from_both(pair: &Pair<'_>) -> bool {
    let indent = pair.line.indent;
    pair.after.is_some_and(|after| indent > pair.before.indent && indent > pair.view.lines[after].indent)
}

/// A lower-case letter goes on with a sentence, except where paragraphs of one long sentence begin so.
fn case(pair: &Pair<'_>) -> Option<Evidence> {
    if !pair.is_lower_case || pair.labelled {
        return None;
    }
    match (pair.layout_begins(), pair.paused) {
        (true, true) => None,
        (true, false) if !pair.full => (!pair.apart).then_some(found::GOES_ON_SET_IN),
        _ if pair.apart => Some(found::GOES_ON_BEHIND_GAP),
        _ => Some(found::GOES_ON),
    }
}

fn trailing_space(pair: &Pair<'_>) -> Option<Evidence> {
    pair.habits.trails.then_some(match (pair.before.trailing, pair.finished) {
        (true, true) => found::TRAILS_BEHIND_SENTENCE,
        (true, false) => found::TRAILS,
        (false, _) => found::TRAILS_NOT,
    })
}

/// Whether the line before filled its column, and whether it ended a sentence.
fn fullness(pair: &Pair<'_>) -> Option<Evidence> {
    let begins = pair.layout_begins();
    let evidence = match (pair.full, pair.finished) {
        (true, true) => found::FULL_AND_ENDED,
        (true, false) if begins && pair.paused => found::FULL_AND_PAUSED,
        (true, false) => found::FULL,
        (false, true) if pair.is_lower_case => return None,
        (false, true) if pair.habits.gaps && !begins && !pair.labelled && !pair.page => found::SHORT_WITHOUT_GAP,
        (false, true) => found::SHORT_AND_ENDED,
        (false, false) if pair.is_lower_case => found::SHORT_BEFORE_LOWER_CASE,
        (false, false) if is_headed(pair) => found::HEADING,
        (false, false) => return None,
    };
    Some(evidence.measured(pair.before.width, pair.habits.column.width))
}

/// Whether a short line without an end stands before a full line, as a heading does, and is not one line of several of a
/// centred title.
fn is_headed(pair: &Pair<'_>) -> bool {
    let Pair { view, habits, first, before, line, .. } = *pair;
    let full = u32::from(habits.column.width);
    // Justified text may come a word a line: what goes on from a full line is no heading.
    let is_short = |line: &Line| u32::from(line.width) * 10 < full * 7;
    let widest = if habits.unwrapped && lacks_gap(pair) { LONG_LINE / 2 } else { LONG_LINE };
    is_short(before) && is_short(&view.lines[first]) && before.width <= widest && u32::from(line.width) * 10 >= full * 9
}

/// Headings are set in other letters than what stands around them.
fn font(pair: &Pair<'_>) -> Option<Evidence> {
    let (one, other) = (pair.view.font(pair.at)?, pair.view.font(pair.next)?);
    let points = |font: Font| font.size / 100;
    (one != other).then_some(found::OTHER_FONT.measured(points(other), points(one)))
}

/// An element that the format does not vouch for tells by its style or tag, if that is another.
fn style(pair: &Pair<'_>) -> Option<Evidence> {
    let ((_, one), (_, other)) = (pair.view.element(pair.at)?, pair.view.element(pair.next)?);
    (one.tag != other.tag || one.style != other.style).then_some(found::OTHER_STYLE)
}
