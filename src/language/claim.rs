//! What a version may claim to be.
//!
//! A claim comes from one of two places: a key `kind` of the data, beside the pattern that finds it in a text, or the
//! words that somebody recorded. Recorded words are parsed once, as a whole: a number, one of a few heads, a reason. What
//! stands beside them makes another claim of it, and one that nobody knows: "reissue without revision" is neither a
//! reissue nor a revision. Words inside a claim are never looked for.

use std::fmt;

use serde::Deserialize;

/// What a version claims to be, and so what it announces of the changes that come with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(from = "ClaimKey")]
pub enum Claim {
    /// The first issue, which follows none.
    First,
    /// Printed again.
    Reissue(Reissue),
    /// Corrected.
    Corrigendum,
    /// Revised.
    Revision,
    /// Something added to an earlier document, as a document of its own.
    Addendum,
    /// A change proposed to another document.
    Amendment,
    /// A step on the way to adoption, whose changes are announced by what it is.
    Stage(Stage),
    /// Something that this program does not know: it is held to what is expected of the strictest claim.
    Unknown,
}

/// A claim to be printed again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reissue {
    /// Whether technical reasons are given.
    pub is_technical: bool,
    /// Which reissue it is, 1 for the first; absent where that is not said.
    pub ordinal: Option<u32>,
}

/// A step on the way to adoption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Stage {
    /// Tabled.
    Draft,
    /// Given out ahead of the edited text.
    Advance,
    /// Adopted.
    Adopted,
}

/// The kinds of claims as the data files name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ClaimKey {
    Reissue,
    Corrigendum,
    Revision,
    Addendum,
    Amendment,
    Draft,
    Advance,
    Adoption,
}

impl From<ClaimKey> for Claim {
    fn from(key: ClaimKey) -> Self {
        match key {
            ClaimKey::Reissue => Self::Reissue(Reissue::default()),
            ClaimKey::Corrigendum => Self::Corrigendum,
            ClaimKey::Revision => Self::Revision,
            ClaimKey::Addendum => Self::Addendum,
            ClaimKey::Amendment => Self::Amendment,
            ClaimKey::Draft => Self::Stage(Stage::Draft),
            ClaimKey::Advance => Self::Stage(Stage::Advance),
            ClaimKey::Adoption => Self::Stage(Stage::Adopted),
        }
    }
}

/// Ordinals in words, the first of them 1.
const ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

impl Claim {
    /// Reads a claim in the program's own words; letter case, blanks and a full stop do not count.
    ///
    /// ```
    /// use recension::statement::{Claim, Reissue};
    ///
    /// let claim = Claim::parse("Second reissue for technical reasons.");
    /// assert_eq!(claim, Claim::Reissue(Reissue { is_technical: true, ordinal: Some(2) }));
    /// assert_eq!(Claim::parse("reissue without revision"), Claim::Unknown);
    /// ```
    #[must_use]
    pub fn parse(words: &str) -> Self {
        let lower = words.to_lowercase();
        let words: Vec<&str> = lower.trim().trim_end_matches('.').split_whitespace().collect();
        let (ordinal, words) = match &words[..] {
            [first, rest @ ..] if !rest.is_empty() => match ordinal(first) {
                Some(which) => (which, rest),
                None => (None, &words[..]),
            },
            all => (None, all),
        };
        let words = match words {
            [head @ .., number] if !head.is_empty() && is_number(number) => head,
            all => all,
        };
        match words {
            ["reissue" | "reissued", "for", "technical", "reasons"] => {
                Self::Reissue(Reissue { is_technical: true, ordinal })
            }
            ["reissue" | "reissued"] => Self::Reissue(Reissue { is_technical: false, ordinal }),
            ["corrigendum" | "corrected" | "correction"] | ["corrected", "version" | "text"] => Self::Corrigendum,
            ["revision" | "revised"] | ["revised", "version" | "text"] => Self::Revision,
            ["adoption" | "adopted"] | ["adopted", "version" | "text"] => Self::Stage(Stage::Adopted),
            ["amendment" | "amended"] | ["amended", "version" | "text"] => Self::Amendment,
            ["addendum"] => Self::Addendum,
            ["draft"] => Self::Stage(Stage::Draft),
            ["advance", "version" | "text"] | ["advance", "unedited", "version" | "text"] => {
                Self::Stage(Stage::Advance)
            }
            ["issue" | "original"] | ["first" | "original", "issue" | "version" | "text"] => Self::First,
            _ => Self::Unknown,
        }
    }

    /// Whether it speaks of an earlier issue. What is not known may well.
    #[must_use]
    pub(crate) const fn follows(self) -> bool {
        matches!(self, Self::Reissue(_) | Self::Corrigendum | Self::Revision | Self::Unknown)
    }

    /// Whether it claims technical reasons, which let pass only what is editorial.
    #[must_use]
    pub(crate) const fn is_technical(self) -> bool {
        matches!(self, Self::Reissue(Reissue { is_technical: true, .. }))
    }

    /// Whether it claims to be printed again, for whatever reason.
    #[must_use]
    pub(crate) const fn is_reissue(self) -> bool {
        matches!(self, Self::Reissue(_))
    }

    /// Whether two claims of one version can both be true: the same, or reissues of which only one gives its reason or
    /// its number.
    #[must_use]
    pub fn agrees(self, other: Self) -> bool {
        match (self, other) {
            (Self::Reissue(one), Self::Reissue(two)) => {
                one.ordinal.zip(two.ordinal).is_none_or(|(one, two)| one == two)
            }
            (Self::Unknown, _) => false,
            _ => self == other,
        }
    }

    /// Whether it says all that another says, and perhaps more: a reissue "for technical reasons" beside a reissue.
    #[must_use]
    pub fn refines(self, other: Self) -> bool {
        match (self, other) {
            (Self::Reissue(one), Self::Reissue(two)) => {
                one.is_technical >= two.is_technical && (two.ordinal.is_none() || one.ordinal == two.ordinal)
            }
            _ => false,
        }
    }
}

impl fmt::Display for Claim {
    /// The claim in the program's own words, as [`Claim::parse`] reads them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::First => f.write_str("first issue"),
            Self::Reissue(reissue) => reissue.fmt(f),
            Self::Corrigendum => f.write_str("corrigendum"),
            Self::Revision => f.write_str("revision"),
            Self::Addendum => f.write_str("addendum"),
            Self::Amendment => f.write_str("amendment"),
            Self::Stage(Stage::Draft) => f.write_str("draft"),
            Self::Stage(Stage::Advance) => f.write_str("advance unedited version"),
            Self::Stage(Stage::Adopted) => f.write_str("adoption"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

impl fmt::Display for Reissue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(ordinal) = self.ordinal {
            match ordinal.checked_sub(1).and_then(|at| ORDINALS.get(at as usize)) {
                Some(word) => write!(f, "{word} ")?,
                None => write!(f, "{ordinal}th ")?,
            }
        }
        f.write_str(if self.is_technical { "reissue for technical reasons" } else { "reissue" })
    }
}

/// The number of an ordinal in words or digits; `Some(None)` for digits too many for a number.
fn ordinal(word: &str) -> Option<Option<u32>> {
    if let Some(at) = ORDINALS.iter().position(|ordinal| *ordinal == word) {
        return Some(u32::try_from(at + 1).ok());
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending))?;
    is_number(digits).then(|| digits.parse().ok())
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reissue(is_technical: bool, ordinal: Option<u32>) -> Claim {
        Claim::Reissue(Reissue { is_technical, ordinal })
    }

    #[test]
    fn a_claim_is_read_as_a_whole() {
        use Claim::{Amendment, Corrigendum, First, Revision, Unknown};
        for (text, claim) in [
            ("reissue for technical reasons", reissue(true, None)),
            ("Second reissue  for technical reasons.", reissue(true, Some(2))),
            ("12th reissue", reissue(false, Some(12))),
            ("reissued", reissue(false, None)),
            ("corrigendum 2", Corrigendum),
            ("revision", Revision),
            ("revised text", Revision),
            ("amended text", Amendment),
            ("advance unedited version", Claim::Stage(Stage::Advance)),
            ("adoption", Claim::Stage(Stage::Adopted)),
            ("first issue", First),
            ("reissue without revision", Unknown),
            ("no revision", Unknown),
            ("unrevised reissue", Unknown),
            ("reissue for technical reasons and revision", Unknown),
            ("reissue, not for technical reasons", Unknown),
            ("not a draft", Unknown),
            ("previsional", Unknown),
            ("second", Unknown),
            ("2", Unknown),
            ("", Unknown),
        ] {
            assert_eq!(Claim::parse(text), claim, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        use Claim::{Addendum, Amendment, Corrigendum, First, Revision, Unknown};
        let stages = [Stage::Draft, Stage::Advance, Stage::Adopted].map(Claim::Stage);
        let reissues = [(true, None), (false, Some(1)), (true, Some(10)), (true, Some(14))];
        let reissues = reissues.map(|(is_technical, ordinal)| reissue(is_technical, ordinal));
        let others = [First, Corrigendum, Revision, Addendum, Amendment, Unknown];
        for claim in stages.into_iter().chain(reissues).chain(others) {
            assert_eq!(Claim::parse(&claim.to_string()), claim, "{claim}");
        }
    }

    #[test]
    fn claims_agree_where_both_can_be_true() {
        let (technical, plain) = (reissue(true, None), reissue(false, None));
        assert!(technical.agrees(plain) && plain.agrees(technical) && Claim::Revision.agrees(Claim::Revision));
        assert!(technical.agrees(reissue(false, Some(2))) && !reissue(true, Some(2)).agrees(reissue(true, Some(3))));
        assert!(!technical.agrees(Claim::Revision) && !Claim::Unknown.agrees(Claim::Unknown));
        assert!(!Claim::Unknown.agrees(plain) && !Claim::Amendment.agrees(Claim::Stage(Stage::Draft)));
    }

    #[test]
    fn a_claim_refines_one_that_says_less() {
        let second = reissue(true, Some(2));
        assert!(second.refines(reissue(false, None)) && second.refines(reissue(true, None)));
        assert!(!reissue(false, None).refines(second) && !second.refines(reissue(true, Some(3))));
        assert!(!Claim::Corrigendum.refines(Claim::Corrigendum));
    }
}
