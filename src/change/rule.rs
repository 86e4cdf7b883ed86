//! The rules that find classes, each with a name that stays.

use super::kind::{Class, Tier};
use super::shift::Shift;
use crate::text::Pair;

/// One way to find a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Its name, which begins as that of the class does wherever that reads well.
    pub id: &'static str,
    /// What it finds.
    pub class: Class,
    /// The tier it gives, where it knows better than the class.
    pub tier: Option<Tier>,
}

impl Rule {
    /// The tier of what it finds, where no policy says otherwise.
    #[must_use]
    pub fn own_tier(&self) -> Tier {
        self.tier.unwrap_or_else(|| self.class.tier())
    }
}

/// Declares the rules, and the list of all of them.
macro_rules! rules {
    ($($name:ident = $id:literal, $class:ident $(, $tier:ident)?;)*) => {
        $(pub(super) const $name: Rule = Rule { id: $id, class: Class::$class, tier: rules!(@ $($tier)?) };)*
        /// Every rule, by class.
        pub const RULES: &[Rule] = &[$($name),*];
    };
    (@) => { None };
    (@ $tier:ident) => { Some(Tier::$tier) };
}

rules! {
    LAYOUT = "layout.boundary", LayoutReflow;
    BROKEN_WORD = "extraction.broken-word", ExtractionNoise;
    SPACE = "space.gap", Space;
    LABEL_SPACE = "space.label", Space;
    EMPHASIS = "formatting.emphasis", Formatting;
    MARKUP = "formatting.markup", Formatting;
    STRESS = "formatting.stress", Formatting, Review;
    SIGN_VARIANT = "typography.variant", Typography;
    GROUPED = "typography.group", Typography, Editorial;
    LABEL_FORM = "typography.label", Typography;
    FORM = "encoding.form", Encoding;
    HAN_VARIANT = "encoding.variant", Encoding;
    GUIDE = "encoding.guide", Encoding;
    SYMBOL_LOOKALIKE = "encoding.lookalike", Encoding;
    MASTHEAD = "metadata.masthead", Masthead;
    STAGE = "metadata.stage", Stage;
    NOTE = "footnote.note", Note;
    NOTE_MARK = "footnote.mark", Note;
    LABEL = "numbering.label", Numbering;
    LABEL_BREAK = "numbering.break", Numbering, Review;
    MARK = "punctuation.mark", Punctuation;
    STOP_SPACE = "punctuation.space", Punctuation;
    LINE = "punctuation.line", Punctuation;
    SENTENCE = "punctuation.sentence", Punctuation, Review;
    ATTACHMENT = "punctuation.attachment", Punctuation, Review;
    CASE = "capitalization.case", Capitalization;
    REFERENT = "capitalization.referent", Capitalization, Review;
    TYPO = "spelling.typo", Spelling;
    SPELLING_VARIANT = "spelling.variant", Spelling;
    DIACRITIC = "spelling.diacritic", Spelling;
    DOUBLED = "spelling.doubled", Spelling;
    HYPHEN = "spelling.hyphen", Spelling;
    NUMERAL_FORM = "spelling.numeral", Spelling;
    WORDS = "wording.words", Wording;
    NO_LEXICON = "wording.no-lexicon", Wording;
    COLUMN = "wording.column", Wording;
    LEFT_OUT = "wording.left-out", Wording;
    MOVED_WORDS = "wording.moved", Wording;
    SIGN = "wording.sign", Wording;
    CHARACTER = "wording.character", Wording;
    VOWELS = "wording.vowels", Wording;
    HYPHENED = "wording.hyphen", Wording;
    PARTIES = "order.parties", Order;
    MOVE = "clause.move", Move;
    MOVE_PART = "clause.move.part", Move, Substantive;
    MOVE_CHAPEAU = "clause.move.chapeau", Move, Substantive;
    MOVE_COMPONENT = "clause.move.component", Move, Substantive;
    MOVE_GOVERNED = "clause.move.governed", Move, Substantive;
    SPLIT = "clause.split", Split;
    MERGE = "clause.merge", Merge;
    QUALIFIER = "scope.qualifier", Qualifier;
    EXTENT = "scope.extent", Qualifier;
    CONDITION = "scope.condition", Condition;
    PARTY = "scope.party", Party;
    QUANTITY = "scope.quantity", Party;
    ATTRIBUTION = "attribution.source", Attribution;
    FACTIVITY = "factivity.claim", Factivity;
    CERTAINTY = "factivity.certainty", Factivity;
    URGENCY = "time.urgency", Urgency;
    SEQUENCE = "time.sequence", Urgency;
    ENTITY_NAME = "entity.name", Entity;
    ENTITY_HEAD = "entity.head", Entity;
    CITED_SYMBOL = "crossref.symbol", Crossref;
    CITED_NUMBER = "crossref.number", Crossref;
    STALE = "crossref.stale", Crossref;
    NOTE_CALL = "crossref.note", Crossref, Review;
    CITED_PLACE = "crossref.relative", Crossref;
    RENUMBERED = "crossref.renumbered", Crossref, Editorial;
    LINK = "crossref.link", Crossref, Editorial;
    BRACKET = "status.bracket", Status;
    STATUS = "status.word", Status;
    STRUCK = "status.struck", Status;
    EFFECT = "legal.effect", Effect;
    VERB = "strength.verb", Strength;
    DEGREE = "strength.degree", Strength;
    EFFORT = "strength.effort", Strength;
    COURSE = "strength.course", Strength;
    FORCE = "modality.force", Modality;
    POLARITY = "negation.polarity", Negation;
    NEGATORS = "negation.set", Negation;
    DENIAL = "negation.lexical", Negation;
    COMPOUND = "negation.compound", Negation;
    OPPOSITE = "negation.opposite", Negation;
    RELATION = "scope.relation", Qualifier;
    DATE = "date.value", Date;
    YEAR = "date.year", Date;
    NUMBER = "number.value", Number;
    NUMERAL = "number.numeral", Number;
    NUMBER_WORD = "number.word", Number;
    UNIT = "number.unit", Number;
    GROUPS = "number.groups", Number, Review;
    CLOSING = "closing.text", Closing;
    CLOSING_WHOLE = "closing.whole", Closing;
    SIGNATORY = "signatory.text", Signatory;
    SIGNATORY_WHOLE = "signatory.whole", Signatory;
    INSERT = "clause.insert", Insert;
    INSERT_ITEM = "clause.insert.item", Insert;
    INSERT_PASSAGE = "clause.insert.passage", Insert;
    INSERT_SENTENCE = "clause.insert.sentence", Insert;
    DELETE = "clause.delete", Delete;
    DELETE_ITEM = "clause.delete.item", Delete;
    DELETE_PASSAGE = "clause.delete.passage", Delete;
    DELETE_SENTENCE = "clause.delete.sentence", Delete;
    HIDDEN = "hidden.character", Hidden;
    LOOKALIKE = "hidden.lookalike", Hidden;
}

/// What a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RuleFinding {
    pub(super) rule: Rule,
    /// What it saw, where that says more than the texts of the edit: `softened: urges -> invites`.
    pub(super) evidence: Option<String>,
    /// The steps between two words of one scale.
    pub(super) shift: Option<Shift>,
    /// Whether it stands behind others of its tier: what a passage written anew happens to hold is not its headline.
    pub(super) is_incidental: bool,
}

impl RuleFinding {
    /// The class that its rule finds.
    pub(super) const fn class(&self) -> Class {
        self.rule.class
    }

    /// With what the rule saw.
    pub(super) fn with(rule: Rule, evidence: impl Into<String>) -> Self {
        Self { rule, evidence: Some(evidence.into()), shift: None, is_incidental: false }
    }

    /// With the step that words of strength made.
    pub(super) fn shifted(self, shift: Option<Shift>) -> Self {
        Self { shift, ..self }
    }
}

/// `dropped: …`, `added: …`, or what turned into what after a word that says how.
pub(super) fn turn(how: &str, sides: &Pair<String>) -> String {
    let Pair { before: old, after: new } = sides;
    match (old.is_empty(), new.is_empty()) {
        (false, true) => format!("dropped: {old}"),
        (true, _) => format!("added: {new}"),
        (false, false) => format!("{how}: {old} -> {new}"),
    }
}

impl From<Rule> for RuleFinding {
    fn from(rule: Rule) -> Self {
        Self { rule, evidence: None, shift: None, is_incidental: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own_and_every_class_a_rule() {
        for (at, rule) in RULES.iter().enumerate() {
            assert!(RULES[..at].iter().all(|other| other.id != rule.id), "{}", rule.id);
        }
        for class in Class::ALL {
            assert!(RULES.iter().any(|rule| rule.class == class), "{class}");
        }
    }
}
