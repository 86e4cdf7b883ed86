//! Relations, classes and tiers: the words in which a change is told.

use std::fmt;

/// What a change amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tier {
    /// Not in the document: layout, encoding, white space.
    Invisible,
    /// In the document, without weight: masthead, numbering, spelling.
    Editorial,
    /// A human must look.
    Review,
    /// It changes what is said.
    Substantive,
}

impl Tier {
    /// All tiers, the lightest first.
    pub const ALL: [Self; 4] = [Self::Invisible, Self::Editorial, Self::Review, Self::Substantive];

    /// The name in JSON and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invisible => "invisible",
            Self::Editorial => "editorial",
            Self::Review => "review",
            Self::Substantive => "substantive",
        }
    }

    /// The tier of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.name() == name)
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The highest tier of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Verdict {
    /// No clause changed, moved or was renumbered.
    Identical,
    /// The highest tier of its changes.
    Changed(Tier),
}

impl Verdict {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::Changed(tier) => tier.name(),
        }
    }

    /// The verdict of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if name == Self::Identical.name() {
            return Some(Self::Identical);
        }
        Tier::ALL.into_iter().find(|tier| tier.name() == name).map(Self::Changed)
    }

    /// Whether the verdict reaches a tier.
    #[must_use]
    pub fn reaches(self, tier: Tier) -> bool {
        self >= Self::Changed(tier)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// How the clauses of a change correspond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Relation {
    /// The same text.
    Equal,
    /// One clause, other text.
    Modified,
    /// Only after.
    Inserted,
    /// Only before.
    Deleted,
    /// One before, several after.
    Split,
    /// Several before, one after.
    Merged,
    /// Several to several.
    Rearranged,
}

impl Relation {
    /// All relations.
    pub const ALL: [Self; 7] =
        [Self::Equal, Self::Modified, Self::Inserted, Self::Deleted, Self::Split, Self::Merged, Self::Rearranged];

    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Modified => "modified",
            Self::Inserted => "inserted",
            Self::Deleted => "deleted",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Rearranged => "rearranged",
        }
    }
}

/// What kind of change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the name of each class is its documentation; `meaning` tells it in words")]
#[non_exhaustive]
pub enum Class {
    LayoutReflow,
    ExtractionNoise,
    Space,
    Formatting,
    Typography,
    Encoding,
    Masthead,
    Stage,
    Note,
    Numbering,
    Punctuation,
    Capitalization,
    Spelling,
    Wording,
    Order,
    Move,
    Split,
    Merge,
    Qualifier,
    Condition,
    Party,
    Attribution,
    Factivity,
    Urgency,
    Entity,
    Crossref,
    Status,
    Effect,
    Strength,
    Modality,
    Negation,
    Date,
    Number,
    Closing,
    Signatory,
    Insert,
    Delete,
    Hidden,
}

impl Class {
    /// All classes, the lightest first.
    pub const ALL: [Self; 38] = [
        Self::LayoutReflow,
        Self::ExtractionNoise,
        Self::Space,
        Self::Formatting,
        Self::Typography,
        Self::Encoding,
        Self::Masthead,
        Self::Stage,
        Self::Note,
        Self::Numbering,
        Self::Punctuation,
        Self::Capitalization,
        Self::Spelling,
        Self::Wording,
        Self::Order,
        Self::Move,
        Self::Split,
        Self::Merge,
        Self::Qualifier,
        Self::Condition,
        Self::Party,
        Self::Attribution,
        Self::Factivity,
        Self::Urgency,
        Self::Entity,
        Self::Crossref,
        Self::Status,
        Self::Effect,
        Self::Strength,
        Self::Modality,
        Self::Negation,
        Self::Date,
        Self::Number,
        Self::Closing,
        Self::Signatory,
        Self::Insert,
        Self::Delete,
        Self::Hidden,
    ];

    /// The name in JSON and in policies.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LayoutReflow => "layout.reflow",
            Self::ExtractionNoise => "extraction.noise",
            Self::Space => "space",
            Self::Formatting => "formatting",
            Self::Typography => "typography",
            Self::Encoding => "encoding",
            Self::Masthead => "metadata.masthead",
            Self::Stage => "metadata.stage",
            Self::Note => "footnote.note",
            Self::Numbering => "numbering",
            Self::Punctuation => "punctuation",
            Self::Capitalization => "capitalization",
            Self::Spelling => "spelling",
            Self::Wording => "wording",
            Self::Order => "order.parties",
            Self::Move => "clause.move",
            Self::Split => "clause.split",
            Self::Merge => "clause.merge",
            Self::Qualifier => "scope.qualifier",
            Self::Condition => "scope.condition",
            Self::Party => "scope.party",
            Self::Attribution => "attribution",
            Self::Factivity => "factivity",
            Self::Urgency => "time.urgency",
            Self::Entity => "entity",
            Self::Crossref => "crossref",
            Self::Status => "status",
            Self::Effect => "legal.effect",
            Self::Strength => "strength",
            Self::Modality => "modality",
            Self::Negation => "negation",
            Self::Date => "date",
            Self::Number => "number",
            Self::Closing => "closing",
            Self::Signatory => "signatory",
            Self::Insert => "clause.insert",
            Self::Delete => "clause.delete",
            Self::Hidden => "hidden",
        }
    }

    /// The class of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    /// What a change of the class amounts to, where no policy says otherwise.
    #[must_use]
    pub const fn tier(self) -> Tier {
        match self {
            Self::LayoutReflow
            | Self::ExtractionNoise
            | Self::Space
            | Self::Formatting
            | Self::Typography
            | Self::Encoding => Tier::Invisible,
            Self::Masthead
            | Self::Stage
            | Self::Note
            | Self::Numbering
            | Self::Punctuation
            | Self::Capitalization
            | Self::Spelling => Tier::Editorial,
            Self::Wording | Self::Order | Self::Move | Self::Split | Self::Merge => Tier::Review,
            Self::Qualifier
            | Self::Condition
            | Self::Party
            | Self::Attribution
            | Self::Factivity
            | Self::Urgency
            | Self::Entity
            | Self::Crossref
            | Self::Status
            | Self::Effect
            | Self::Strength
            | Self::Modality
            | Self::Negation
            | Self::Date
            | Self::Number
            | Self::Closing
            | Self::Signatory
            | Self::Insert
            | Self::Delete
            | Self::Hidden => Tier::Substantive,
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

serialize_by_name!(Tier, Verdict, Relation, Class);
