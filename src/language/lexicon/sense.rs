//! What a phrase of a lexicon does.

/// How far a modal word binds, on the scale of permission to obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Force {
    /// Frees from a duty: need not.
    Exemption,
    /// May, can.
    Permission,
    /// Should.
    Recommendation,
    /// Will.
    Intention,
    /// Undertakes to.
    Commitment,
    /// Shall, must.
    Obligation,
    /// May not, shall not.
    Prohibition,
    /// Should not.
    Discouragement,
    /// One of several, which the word alone does not tell.
    Ambiguous,
}

impl Force {
    /// The step on the scale, 1 to 5; none beside it.
    #[must_use]
    pub(crate) const fn level(self) -> Option<u8> {
        match self {
            Self::Permission => Some(1),
            Self::Recommendation => Some(2),
            Self::Intention => Some(3),
            Self::Commitment => Some(4),
            Self::Obligation => Some(5),
            Self::Exemption | Self::Prohibition | Self::Discouragement | Self::Ambiguous => None,
        }
    }

    /// The step among those that keep from something: to advise against is less than to forbid.
    #[must_use]
    pub(crate) const fn denying_level(self) -> Option<u8> {
        match self {
            Self::Discouragement => Some(1),
            Self::Prohibition => Some(2),
            _ => None,
        }
    }
}

/// What steps beside those of modal words and verbs are counted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Measure {
    /// How much is taken upon oneself: to promote, to ensure.
    Effort,
    /// How many are meant: some, all.
    Quantity,
    /// How soon: in due course, at once.
    Urgency,
    /// How sure something is: possible, confirmed.
    Certainty,
}

/// What a phrase does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Sense {
    /// Nothing: it only looks as if.
    Neutral,
    /// Says how far something binds.
    Modal(Force),
    /// Denies.
    Negator,
    /// Denies by what it means: refrain, unless.
    Denial,
    /// A fixed compound with a negator inside: non-proliferation.
    Compound,
    /// A verb on an axis, by its number in [`Lexicon::verbs`].
    Verb(u16),
    /// Makes a verb stronger.
    Intensifier,
    /// Makes it weaker.
    Weakener,
    /// Says who is addressed or bound.
    Party,
    /// Sets a condition or an exception.
    Condition,
    /// Limits an object.
    Qualifier,
    /// Stands on a step of a measure, 1 the lowest.
    Step(Measure, u8),
    /// Before, after, until.
    Sequence,
    /// Alleged or possible.
    Hedged,
    /// Established.
    Asserted,
    /// Says who says so.
    Attribution,
    /// Says when and how a text has effect.
    Effect,
    /// Says what state a text is in.
    Status,
    /// The name of a state, an organ, an instrument.
    Name,
    /// A word that such names are made with.
    Head,
    /// A number word.
    Cardinal(u64),
    /// The word of a place in an order.
    Ordinal(u64),
    /// Hundred, thousand, million.
    Multiplier(u64),
    /// Per cent.
    Percent,
    /// What a number before it counts: hours, kilometres.
    Unit,
    /// A quantity without an exact value.
    Quantity,
    /// A number after it is a citation.
    Citing,
    /// A number before it is a citation.
    Cited,
    /// Above, below.
    Relative,
    /// Refers only beside a noun that cites: this, the same.
    Pointing,
    /// Carries a sentence on and adds nothing.
    Filler,
    /// One of several that can't be exchanged, opposites or relations: which group, and which of its members.
    Pole(u16, u8),
    /// One of several that say the same: which group.
    Equal(u16),
}
