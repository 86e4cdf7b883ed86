//! Where an edit stands in its document, as far as that says what it is: a masthead, a note on issue, a signature.

use super::kind::{Class, Tier};
use super::rule::{self, Found, Rule};
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
pub(super) fn in_setting(mut classes: Vec<Found>, setting: Option<Setting>) -> Vec<Found> {
    let light = |found: &Found| found.class().tier() == Tier::Invisible || found.class() == Class::Hidden;
    let heavy = classes.iter().any(|found| found.class().tier() >= Tier::Review);
    // What no masthead, list of sponsors or note on issue says keeps its class even there.
    let grave = |found: &Found| {
        use Class::{Condition, Effect, Factivity, Hidden, Modality, Negation, Strength, Urgency};
        found.rule != rule::DENIAL
            && matches!(
                found.class(),
                Condition | Effect | Factivity | Hidden | Modality | Negation | Strength | Urgency
            )
    };
    let framed = |own: Rule, classes: Vec<Found>| {
        // Who submits a text is no number either.
        let counts = |found: &Found| setting == Some(Setting::Stage) && found.class() == Class::Number;
        let kept = classes.into_iter().filter(|found| grave(found) || counts(found));
        std::iter::once(Found::from(own)).chain(kept).collect()
    };
    match setting {
        Some(Setting::Masthead) if !classes.iter().all(light) => framed(rule::MASTHEAD, classes),
        Some(Setting::Stage) if !classes.iter().all(light) => framed(rule::STAGE, classes),
        Some(Setting::Note) if !classes.iter().all(light) => framed(rule::NOTE, classes),
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
