//! What speaks for a paragraph's end between two lines, or against it, and how much.
//!
//! Each finding has a name, a weight and words for what was seen. The weights are small whole numbers, set by hand and
//! checked on extractions with known paragraphs (docs/measurements.md). They stand here side by side because each means
//! something only beside the others: a gap (7) begins a paragraph although the sentence goes on in lower case (-3), but
//! not where the line before is full as well and the gap is one that may stand inside a paragraph (2).

/// A sign that two neighbouring lines show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Sign {
    /// A paragraph that the format vouches for.
    Element,
    /// A link or a tag that runs over the line's end.
    Link,
    /// A label on a line of its own.
    LabelAlone,
    /// A long line that ends inside a sentence.
    Sentence,
    /// A line that is a paragraph by what it is: a symbol, a row, a line of the masthead.
    StandingAlone,
    /// A line that dates and places the text.
    ClosingLine,
    /// A note of the original languages.
    OriginalLanguages,
    /// Blank lines.
    Gap,
    /// That every line of the text is a paragraph, or a line as long as one.
    Unwrapped,
    /// A label at the beginning of a line.
    Label,
    /// The end of a page.
    PageEnd,
    /// How far a line is set in.
    Indent,
    /// That a line stands under the words of an item.
    HangingItem,
    /// A lower-case letter at the beginning of a line.
    Case,
    /// White space behind a line.
    TrailingSpace,
    /// Whether a line filled its column, and ended a sentence.
    Fullness,
    /// The size and the weight of letters.
    Font,
    /// The style or the tag of an element that the format does not vouch for.
    Style,
}

impl Sign {
    /// Its name in documents for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Link => "link",
            Self::LabelAlone => "label-alone",
            Self::Sentence => "sentence",
            Self::StandingAlone => "standing-alone",
            Self::ClosingLine => "closing-line",
            Self::OriginalLanguages => "original-languages",
            Self::Gap => "gap",
            Self::Unwrapped => "unwrapped",
            Self::Label => "label",
            Self::PageEnd => "page-end",
            Self::Indent => "indent",
            Self::HangingItem => "hanging-item",
            Self::Case => "case",
            Self::TrailingSpace => "trailing-space",
            Self::Fullness => "fullness",
            Self::Font => "font",
            Self::Style => "style",
        }
    }
}

/// What a sign was measured at, and what this document has as a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Measure {
    /// What was found: blank lines, columns, points.
    pub found: u16,
    /// What it was held against.
    pub usual: u16,
}

/// What one sign saw between two lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The sign.
    pub sign: Sign,
    /// How much it says that a paragraph begins with the second line (above 0) or goes on with it (below 0).
    pub weight: i32,
    /// Whether it settles the matter, so that no other sign was asked.
    pub is_decisive: bool,
    /// What it saw.
    pub saw: &'static str,
    /// The numbers that it saw, of signs that measure.
    pub measure: Option<Measure>,
}

/// A finding that is weighed with others.
const fn weighed(sign: Sign, weight: i32, saw: &'static str) -> Evidence {
    Evidence { sign, weight, is_decisive: false, saw, measure: None }
}

/// A finding that settles the matter.
const fn decisive(sign: Sign, weight: i32, saw: &'static str) -> Evidence {
    Evidence { is_decisive: true, ..weighed(sign, weight, saw) }
}

impl Evidence {
    /// The finding with the numbers behind it.
    pub(super) const fn measured(self, found: u16, usual: u16) -> Self {
        Self { measure: Some(Measure { found, usual }), ..self }
    }
}

/// The format says where its paragraphs end, and it knows.
pub(super) const NEXT_ELEMENT: Evidence = decisive(Sign::Element, 20, "a paragraph of the format begins with the line");
/// A line break inside a paragraph of the format.
pub(super) const ONE_ELEMENT: Evidence =
    decisive(Sign::Element, -20, "the line is of one paragraph of the format with the line before");
/// The address of a link was broken; no paragraph begins inside it.
pub(super) const INSIDE_LINK: Evidence = decisive(Sign::Link, -20, "the line goes on inside a link or a tag");
/// What a label alone labels is the line behind it.
pub(super) const UNDER_LABEL: Evidence = decisive(Sign::LabelAlone, -8, "nothing but a label stands before the line");
/// Two labels alone, further apart than lines of a paragraph: two items that are left empty.
pub(super) const NEXT_LABEL: Evidence =
    decisive(Sign::LabelAlone, 6, "a label alone stands behind a gap that follows a label alone");
/// A page parted the sentence; in doubt, because nothing but the missing full stop says so.
pub(super) const SENTENCE_OVER_PAGE: Evidence =
    decisive(Sign::Sentence, -2, "a long line ended inside a sentence at the end of a page");
/// A gap inside a sentence: in doubt, on the side of what the gap says.
pub(super) const SENTENCE_OVER_GAP: Evidence =
    decisive(Sign::Sentence, 2, "a long line ended inside a sentence before a gap");

/// Lines of the masthead, rows and symbols are paragraphs each, whatever their layout.
pub(super) const STANDS_ALONE: Evidence =
    weighed(Sign::StandingAlone, 6, "the line is a paragraph by what it is (masthead, symbol, row)");
/// The same of the line before.
pub(super) const BEHIND_ALONE: Evidence =
    weighed(Sign::StandingAlone, 6, "the line before is a paragraph by what it is (masthead, symbol, row)");
/// Place and date follow the last sentence without a gap in many extractions.
pub(super) const CLOSES: Evidence =
    weighed(Sign::ClosingLine, 6, "the line dates and places the text behind the end of a sentence");
/// `[Original: English]` belongs to no paragraph.
pub(super) const ORIGINAL: Evidence =
    weighed(Sign::OriginalLanguages, 6, "the line is a note of the original languages");
/// The same of the line before.
pub(super) const BEHIND_ORIGINAL: Evidence =
    weighed(Sign::OriginalLanguages, 6, "the line before is a note of the original languages");

/// The surest sign where a document uses it.
pub(super) const WIDER_GAP: Evidence = weighed(Sign::Gap, 7, "more blank lines than stand inside a paragraph");
/// One blank line where no two lines stand close, behind a full line: it may be the line's end only.
pub(super) const ONE_BLANK: Evidence =
    weighed(Sign::Gap, 2, "one blank line behind a full line, where every line has one");

/// The same, measured on the page.
pub(super) const WIDER_STEP: Evidence =
    weighed(Sign::Gap, 7, "the line stands further below the line before than lines of a paragraph do");

/// No gap on the page, in a document that sets one between its paragraphs: less than a label or an indent says.
pub(super) const CLOSE_STEP: Evidence = weighed(
    Sign::Gap,
    -2,
    "the line stands as close below the line before as lines of a paragraph do, where gaps part paragraphs",
);

/// The line's end is a paragraph's where lines are not wrapped.
pub(super) const UNWRAPPED: Evidence = weighed(Sign::Unwrapped, 5, "a line is a paragraph as a rule");
/// The same, but the line fills its column and may have been wrapped after all.
pub(super) const PERHAPS_WRAPPED: Evidence =
    weighed(Sign::Unwrapped, 2, "a line is a paragraph as a rule, but this one fills its column");

/// A label where one may begin.
pub(super) const LABELLED: Evidence = weighed(Sign::Label, 4, "the line begins with a label");
/// The same, and what stands before it has ended.
pub(super) const LABELLED_BEHIND_END: Evidence =
    weighed(Sign::Label, 5, "the line begins with a label, behind the end of a sentence or a gap");

/// A label that the format counts and the text does not hold.
pub(super) const LISTED: Evidence = weighed(Sign::Label, 5, "the format gives the line a label");

/// Over the end of a page gap and indent say nothing: there the first word of a clause, or a short line, has to.
pub(super) const BEHIND_PAGE: Evidence =
    weighed(Sign::PageEnd, 5, "a clause ended with its page, and the line begins as one");

/// Where first lines are set in without exception, that alone begins a paragraph.
pub(super) const FIRST_INDENT: Evidence = weighed(Sign::Indent, 10, "the line is set in as first lines are");
/// And a line that is not begins none.
pub(super) const NO_FIRST_INDENT: Evidence =
    weighed(Sign::Indent, -9, "the line is not set in, where first lines are, behind a full line");
/// Deeper than the margin where indents tell, with exceptions.
pub(super) const DEEPER: Evidence =
    weighed(Sign::Indent, 5, "the line is set in, as first lines are more often than not");
/// At the margin where indents tell: less, because block paragraphs may stand among the others.
pub(super) const AT_MARGIN: Evidence =
    weighed(Sign::Indent, -3, "the line stands at the margin, where first lines are set in");
/// Deeper behind the end of a page: an extraction may have set in the whole page.
pub(super) const DEEPER_BEHIND_PAGE: Evidence = weighed(Sign::Indent, 2, "the line is set in behind the end of a page");
/// At the margin behind the end of a page.
pub(super) const AT_MARGIN_BEHIND_PAGE: Evidence =
    weighed(Sign::Indent, -2, "the line stands at the margin behind the end of a page");
/// Set in from both neighbours, where the document as a whole does not do so.
pub(super) const DEEPER_THAN_BOTH: Evidence =
    weighed(Sign::Indent, 3, "the line is set in further than the lines before and after it");
/// The indent of an item's words is no first line's; it is told and weighs nothing.
pub(super) const HANGS: Evidence = weighed(Sign::HangingItem, 0, "the line stands under the words of an item");

/// A sentence that goes on in lower case.
pub(super) const GOES_ON: Evidence = weighed(Sign::Case, -4, "the line begins with a lower-case letter");
/// The same behind a gap, which then may be an accident of the extraction.
pub(super) const GOES_ON_BEHIND_GAP: Evidence =
    weighed(Sign::Case, -3, "the line begins with a lower-case letter behind a gap");
/// Where the layout begins a paragraph behind a short line, the case says little.
pub(super) const GOES_ON_SET_IN: Evidence =
    weighed(Sign::Case, -1, "the line begins with a lower-case letter, but set in and behind a short line");

/// White space behind the end of a sentence, where it ends paragraphs.
pub(super) const TRAILS_BEHIND_SENTENCE: Evidence =
    weighed(Sign::TrailingSpace, 5, "white space follows the end of a sentence, as it follows paragraphs here");
/// White space behind a line without an end.
pub(super) const TRAILS: Evidence =
    weighed(Sign::TrailingSpace, 4, "white space follows the line, as it follows paragraphs here");
/// No white space, where it ends paragraphs.
pub(super) const TRAILS_NOT: Evidence =
    weighed(Sign::TrailingSpace, -3, "no white space follows the line, as it follows paragraphs here");

/// A full line that ends a sentence: the next sentence would not have fitted.
pub(super) const FULL_AND_ENDED: Evidence = weighed(Sign::Fullness, -1, "the line before is full and ends a sentence");
/// A full line with a comma before what the layout begins: a paragraph of a preamble.
pub(super) const FULL_AND_PAUSED: Evidence =
    weighed(Sign::Fullness, -1, "the line before is full and pauses, and the layout begins a paragraph");
/// A full line inside a sentence.
pub(super) const FULL: Evidence = weighed(Sign::Fullness, -3, "the line before is full and ends inside a sentence");
/// A short line that ends a sentence: what follows would have fitted, so a paragraph ended.
pub(super) const SHORT_AND_ENDED: Evidence = weighed(Sign::Fullness, 4, "the line before is short and ends a sentence");
/// The same where gaps part paragraphs and none is here.
pub(super) const SHORT_WITHOUT_GAP: Evidence =
    weighed(Sign::Fullness, 1, "the line before is short and ends a sentence, but without the gap of a paragraph");
/// A short line without an end before a full line: a heading.
pub(super) const HEADING: Evidence = weighed(
    Sign::Fullness,
    3,
    "the line before is much shorter than a full line, as a heading is, and a full line follows",
);
/// A short line without an end, before a lower-case letter.
pub(super) const SHORT_BEFORE_LOWER_CASE: Evidence =
    weighed(Sign::Fullness, -1, "the line before is short and ends inside a sentence that goes on in lower case");

/// Other letters: less than a gap, because a paragraph may begin with bold words.
pub(super) const OTHER_FONT: Evidence = weighed(Sign::Font, 3, "the line begins in letters of another size or weight");
/// Another style, of a format whose elements are not to be trusted.
pub(super) const OTHER_STYLE: Evidence =
    weighed(Sign::Style, 4, "the line has another style or tag than the line before");
