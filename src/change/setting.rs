//! Where an edit stands in its document, as far as that says what it is: a masthead, a note on issue, a signature.

use super::kind::{Class, Tier};
use super::rule::{self, Rule, RuleFinding};
use crate::statement::{Clause, ClauseKind, Frame};
use crate::text::Pair;

/// Clauses whose kind says what a change of their words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    Masthead,
    /// Lines of two stages, or the sponsors of two drafts.
    Stage,
    Note,
    Signature,
    Dateline,
}

impl Setting {
    /// That of two clauses that correspond.
    pub(super) fn of(clauses: Pair<&Clause>) -> Option<Self> {
        let Pair { before, after } = clauses;
        match (before.frame, after.frame) {
            (Some(Frame::Draft), Some(Frame::Draft | Frame::Adopted)) | (Some(Frame::Adopted), Some(Frame::Draft)) => {
                return Some(Self::Stage);
            }
            _ => {}
        }
        match (before.kind, after.kind) {
            // What is at issue on the agenda, and how a text was adopted, is said in words that keep their class.
            (ClauseKind::Masthead, ClauseKind::Masthead) => {
                let agenda = clauses.iter().any(|clause| clause.frame == Some(Frame::Agenda));
                (!agenda && before.frame != Some(Frame::Adopted)).then_some(Self::Masthead)
            }
            (ClauseKind::Note, ClauseKind::Note) => Some(Self::Note),
            (ClauseKind::Signature, _) | (_, ClauseKind::Signature) => Some(Self::Signature),
            (ClauseKind::Dateline, _) | (_, ClauseKind::Dateline) => Some(Self::Dateline),
            _ => None,
        }
    }
}

/// What the kind of the clauses makes of classes found in their words.
pub(super) fn in_setting(mut classes: Vec<RuleFinding>, setting: Option<Setting>) -> Vec<RuleFinding> {
    let light = |found: &RuleFinding| found.class().tier() == Tier::Invisible || found.class() == Class::Hidden;
    let heavy = classes.iter().any(|found| found.class().tier() >= Tier::Review);
    match setting {
        Some(Setting::Masthead) if !classes.iter().all(light) => framed(rule::MASTHEAD, classes, is_grave),
        // Who submits a text is no number either.
        Some(Setting::Stage) if !classes.iter().all(light) => {
            framed(rule::STAGE, classes, |found| is_grave(found) || found.class() == Class::Number)
        }
        Some(Setting::Note) if !classes.iter().all(light) => framed(rule::NOTE, classes, is_grave),
        Some(Setting::Signature) if heavy => {
            classes.insert(0, rule::SIGNATORY.into());
            classes
        }
        Some(Setting::Dateline) if heavy => {
            classes.insert(0, rule::CLOSING.into());
            classes
        }
        _ => classes,
    }
}

/// One finding for what changed in the frame, and those of its words that keep their class there.
fn framed(own: Rule, classes: Vec<RuleFinding>, keeps: impl Fn(&RuleFinding) -> bool) -> Vec<RuleFinding> {
    std::iter::once(RuleFinding::from(own)).chain(classes.into_iter().filter(keeps)).collect()
}

/// Whether it is what no masthead, list of sponsors or note on issue says: that keeps its class even there.
fn is_grave(found: &RuleFinding) -> bool {
    use Class::{Condition, Effect, Factivity, Hidden, Modality, Negation, Strength, Urgency};
    found.rule != rule::DENIAL
        && matches!(found.class(), Condition | Effect | Factivity | Hidden | Modality | Negation | Strength | Urgency)
}
