//! What decides the class of an edit beside its words: the passages it stands in, their languages, and what the texts say
//! elsewhere.

use std::ops::Range;

use super::passage::Passage;
use super::references::References;
use super::setting::Setting;
use super::word_index::OtherClauses;
use crate::language::{Language, decimal_digit};
use crate::text::{Pair, chars};

/// Signs between a digit and a mark of direction that still belong to one number or range.
const INSIDE: usize = 4;

/// What decides the class of an edit beside its words.
pub(super) struct Context<'a> {
    pub(super) passages: Pair<&'a Passage>,
    pub(super) languages: Pair<Option<&'a Language>>,
    /// Classes that the kind of the clauses gives to their edits.
    pub(super) kind: Option<Setting>,
    /// Whether the clauses are titles or headings, whose words may all have capital letters.
    pub(super) is_title: bool,
    /// Words that stand elsewhere in the texts.
    pub(super) attested: OtherClauses<'a>,
    /// What references mean.
    pub(super) references: &'a References<'a>,
    /// Whether the whole text went from traditional to simplified Chinese characters, or back.
    pub(super) switches_script: &'a dyn Fn() -> bool,
}

impl Context<'_> {
    /// Whether the language of a side has no lexicon, or is not known.
    pub(super) fn lacks_lexicon(&self) -> bool {
        !self.languages.iter().all(|language| language.is_some_and(Language::has_lexicon))
    }

    /// Whether neither side has a lexicon: then a capital letter tells no name, for some languages set one on every noun.
    pub(super) fn knows_no_words(&self) -> bool {
        !self.languages.iter().any(|language| language.is_some_and(Language::has_lexicon))
    }

    /// Whether two pieces of a text from right to left differ only in marks that guide its letters, none of them inside
    /// a number.
    pub(super) fn is_guided(&self, places: &Pair<Range<usize>>) -> bool {
        let plain = |text: &str| text.chars().filter(|c| !chars::is_script_guide(*c)).collect::<String>();
        self.languages.iter().all(|language| language.is_some_and(|language| language.right_to_left))
            && self.texts(places).map(plain).is_same()
            && !turns_number(self, places)
    }

    /// The texts of some bytes.
    pub(super) fn texts(&self, bytes: &Pair<Range<usize>>) -> Pair<&str> {
        self.passages.zip(bytes.as_ref()).map(|(passage, bytes)| &passage.text[bytes.clone()])
    }
}

/// Whether marks of direction that only one side has stand inside a number, a date or a range, which they turn round for
/// the reader.
fn turns_number(context: &Context<'_>, bytes: &Pair<Range<usize>>) -> bool {
    context.passages.zip(bytes.as_ref()).iter().any(|(passage, bytes)| has_guide_in_number(&passage.text, bytes))
}

/// Whether a mark of direction stands inside a number, in a range of a text.
fn has_guide_in_number(text: &str, range: &Range<usize>) -> bool {
    text[range.clone()].char_indices().filter(|(_, c)| chars::is_script_guide(*c)).any(|(at, c)| {
        let at = range.start + at;
        let is_digit = |c: char| decimal_digit(c).is_some();
        let ends_part = |c: &char| is_digit(*c) || c.is_alphabetic();
        let left = text[..at].chars().rev().take(INSIDE).find(ends_part);
        let right = text[at + c.len_utf8()..].chars().take(INSIDE).find(ends_part);
        left.is_some_and(is_digit) && right.is_some_and(is_digit)
    })
}
