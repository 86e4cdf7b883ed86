//! From visual lines back to paragraphs.
//!
//! No single sign tells a paragraph's end in every extraction: blank lines stand between paragraphs in one and between
//! all lines in another, indents mark beginnings here and nothing there. So the document is asked first which signs it
//! uses (`habits`), and then every pair of neighbouring lines is weighed by those it does use (`signs`, with the weights
//! in `evidence`). What is weighed but light is remembered as doubt: a comparison may take a doubtful boundary for mere
//! layout, never a certain one. Linear in the lines.

mod body;
mod evidence;
mod habits;
mod labels;
mod pair;
mod signs;
mod view;

pub(super) use body::{Body, body};
pub use evidence::{Evidence, Measure, Sign};
pub(super) use view::View;

use super::block::Block;
use crate::statement::number::{self, Label};
use crate::text::Span;
use habits::Habits;
use pair::{Pair, Place};

/// Weights that leave a boundary in doubt.
const DOUBT: std::ops::RangeInclusive<i32> = -2..=2;
/// The same over the end of a page behind a sentence, where neither gap nor indent tells.
const DOUBT_OVER_PAGE: std::ops::RangeInclusive<i32> = -6..=5;

/// Why two neighbouring lines are of one paragraph, or of two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// The first line.
    pub before: Span,
    /// The second.
    pub after: Span,
    /// Whether a paragraph begins with the second line.
    pub begins: bool,
    /// Whether that is in doubt, so that a comparison may take it for mere layout.
    pub is_in_doubt: bool,
    /// The sum of the weights: above 0 a paragraph begins.
    pub weight: i32,
    /// What was seen, in the order in which it was asked for.
    pub evidence: Vec<Evidence>,
}

/// Who wants to know of each decision.
trait Witness {
    /// Hears of a decision between two lines.
    fn decided(&mut self, pair: &Pair<'_>, outcome: Outcome);
}

/// What was decided between two lines.
#[derive(Clone, Copy)]
struct Outcome {
    weight: i32,
    is_in_doubt: bool,
}

/// Nobody: the paragraphs are all that is wanted.
impl Witness for () {
    fn decided(&mut self, _: &Pair<'_>, _: Outcome) {}
}

/// A record of all decisions, with the evidence of each.
impl Witness for Vec<Boundary> {
    fn decided(&mut self, pair: &Pair<'_>, Outcome { weight, is_in_doubt }: Outcome) {
        self.push(Boundary {
            before: pair.before.span,
            after: pair.line.span,
            begins: weight > 0,
            is_in_doubt,
            weight,
            evidence: signs::between(pair).collect(),
        });
    }
}

/// Groups lines of text into paragraphs.
pub(super) fn blocks(view: &View<'_>, body: &[Body]) -> Vec<Block> {
    group(view, body, &mut ())
}

/// Tells of every pair of neighbouring lines why it is one paragraph or two.
pub(super) fn boundaries(view: &View<'_>, body: &[Body]) -> Vec<Boundary> {
    let mut boundaries = Vec::with_capacity(body.len());
    group(view, body, &mut boundaries);
    boundaries
}

fn group(view: &View<'_>, body: &[Body], witness: &mut impl Witness) -> Vec<Block> {
    let habits = Habits::of(view, body);
    let mut blocks: Vec<Block> = Vec::new();
    let mut counts = Counts::default();
    for (place, current) in body.iter().enumerate() {
        let label = number::label(view.shown(current.at), view.language);
        let (Some(previous), Some(open)) = (place.checked_sub(1), blocks.last_mut()) else {
            blocks.push(Block::of(current.at, false));
            counts.open = label;
            continue;
        };
        let after = body.get(place + 1).map(|next| next.at);
        let place = counts.place(view, open, (body[previous].at, *current, after), label.as_ref());
        let pair = Pair::new(view, &habits, &place);
        let weight = signs::weigh(&pair);
        let is_in_doubt = DOUBT.contains(&weight) || (pair.page && pair.paused && DOUBT_OVER_PAGE.contains(&weight));
        witness.decided(&pair, Outcome { weight, is_in_doubt });
        if weight > 0 {
            blocks.push(Block::of(current.at, is_in_doubt));
            counts.begin(label);
        } else {
            if is_in_doubt {
                open.doubtful.push(open.lines.len());
            }
            open.lines.push(current.at);
        }
    }
    blocks
}

/// How far the labels of paragraphs have counted.
#[derive(Default)]
struct Counts {
    /// The label of the open paragraph.
    open: Option<Label>,
    /// The last label of each style: a heading between two paragraphs does not break their count.
    last: Vec<Label>,
}

impl Counts {
    /// Where a line stands behind the open paragraph: given are the line before, the line and the line after.
    fn place<'l>(
        &self,
        view: &View<'_>,
        open: &Block,
        (at, next, after): (usize, Body, Option<usize>),
        label: Option<&'l Label>,
    ) -> Place<'l> {
        let first = open.lines.first().copied().unwrap_or(at);
        let counts_on = |label: &Label| {
            self.open.as_ref().is_some_and(|open| label.follows(open))
                || self.last.iter().any(|last| label.follows(last))
        };
        Place {
            at,
            opens: open.lines.len() == 1,
            first,
            hangs: self.open.is_some() && view.lines[next.at].indent > view.lines[first].indent,
            next,
            after,
            label,
            follows: label.is_some_and(counts_on),
        }
    }

    /// Counts the label of a paragraph that begins.
    fn begin(&mut self, label: Option<Label>) {
        if let Some(label) = label.as_ref().filter(|label| label.is_decimal()) {
            self.last.retain(|last| !last.is_like(label));
            self.last.push(label.clone());
        }
        self.open = label;
    }
}

#[cfg(test)]
mod tests;
