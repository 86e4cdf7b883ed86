//! How far a word of strength went on its scale.

use serde::Serialize;

use crate::language::{Measure, Verb};
use crate::text::Pair;

/// What a scale measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Scale {
    /// From noting to stressing.
    Assertion,
    /// From noting with appreciation to endorsing.
    Approval,
    /// From noting with concern to alarm.
    Concern,
    /// From regret to the strongest condemnation.
    Disapproval,
    /// From inviting to demanding.
    Direction,
    /// From readiness to a decision.
    Commitment,
    /// From leave to duty.
    Modality,
    /// From promoting to guaranteeing.
    Effort,
    /// From few to all.
    Quantity,
    /// From some day to at once.
    Urgency,
    /// From possible to established.
    Certainty,
}

impl Scale {
    /// The name for a reader.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Assertion => "assertion",
            Self::Approval => "approval",
            Self::Concern => "concern",
            Self::Disapproval => "disapproval",
            Self::Direction => "direction",
            Self::Commitment => "commitment",
            Self::Modality => "modality",
            Self::Effort => "effort",
            Self::Quantity => "quantity",
            Self::Urgency => "urgency",
            Self::Certainty => "certainty",
        }
    }

    /// The scale of a measure.
    pub(super) const fn of_measure(measure: Measure) -> Self {
        match measure {
            Measure::Effort => Self::Effort,
            Measure::Quantity => Self::Quantity,
            Measure::Urgency => Self::Urgency,
            Measure::Certainty => Self::Certainty,
        }
    }

    /// The scale that verbs of an axis stand on.
    const fn of_axis(axis: char) -> Option<Self> {
        match axis {
            'N' => Some(Self::Assertion),
            'P' => Some(Self::Approval),
            'C' => Some(Self::Concern),
            'X' => Some(Self::Disapproval),
            'D' => Some(Self::Direction),
            'K' => Some(Self::Commitment),
            _ => None,
        }
    }
}

/// A step from one word of a scale to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Shift {
    /// The scale.
    pub scale: Scale,
    /// The step of the word before, 1 to [`Shift::STEPS`].
    pub before: u8,
    /// The step of the word after.
    pub after: u8,
}

impl Shift {
    /// The highest step of every scale; the lowest is 1.
    pub const STEPS: u8 = 5;

    /// The shift between two verbs; none where they stand on two scales or on the same step.
    pub(super) fn of_verbs(verbs: Pair<&Verb>) -> Option<Self> {
        let scale = Scale::of_axis(verbs.before.axis).filter(|_| verbs.map(|verb| verb.axis).is_same())?;
        Self::between(scale, verbs.map(|verb| Some(verb.level)))
    }

    /// The shift between two steps; none where one is not known or both are the same.
    pub(super) fn between(scale: Scale, levels: Pair<Option<u8>>) -> Option<Self> {
        let Pair { before, after } = levels.both()?;
        (before != after).then_some(Self { scale, before, after })
    }
}

serialize_by_name!(Scale);
