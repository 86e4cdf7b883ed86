//! What a version says it is, and what that announces.
//!
//! A claim is parsed once, as a whole: a number, one of a few heads, a reason. What stands beside them makes another
//! claim of it, and one that nobody knows: "reissue without revision" is neither a reissue nor a revision. Words inside a
//! claim are never looked for.

/// What a version says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// In the program's own words: `reissue for technical reasons`, `corrigendum`, `revision`.
    pub claim: String,
    /// The words of the text.
    pub literal: String,
}

impl Claim {
    /// What it announces.
    #[must_use]
    pub fn kind(&self) -> ClaimKind {
        ClaimKind::parse(&self.claim)
    }
}

/// What a claim announces about the changes that come with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClaimKind {
    /// Printed again, for technical reasons.
    Technical,
    /// Printed again, no reason given.
    Reissue,
    /// Corrected.
    Corrigendum,
    /// Revised.
    Revision,
    /// A step of its own, whose changes are announced by what it is: an adoption, an amendment.
    Step,
    /// The first issue, which follows none.
    First,
    /// Something that this program does not know: it is held to what is expected of the strictest claim.
    Unknown,
}

/// Numbers before a claim.
const ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

impl ClaimKind {
    /// Reads a claim in the program's own words; letter case, blanks and a full stop do not count.
    #[must_use]
    pub fn parse(claim: &str) -> Self {
        let lower = claim.to_lowercase();
        let words: Vec<&str> = lower.trim().trim_end_matches('.').split_whitespace().collect();
        let words = match &words[..] {
            [ordinal, rest @ ..] if !rest.is_empty() && is_ordinal(ordinal) => rest,
            all => all,
        };
        let words = match words {
            [head @ .., number] if !head.is_empty() && is_number(number) => head,
            all => all,
        };
        match words {
            ["reissue" | "reissued", "for", "technical", "reasons"] => Self::Technical,
            ["reissue" | "reissued"] => Self::Reissue,
            ["corrigendum" | "corrected" | "correction"] | ["corrected", "version" | "text"] => Self::Corrigendum,
            ["revision" | "revised"] | ["revised", "version" | "text"] => Self::Revision,
            ["adoption" | "adopted" | "amendment" | "amended" | "addendum" | "draft"]
            | ["adopted" | "amended", "version" | "text"]
            | ["advance", "version" | "text"]
            | ["advance", "unedited", "version" | "text"] => Self::Step,
            ["issue" | "original"] | ["first" | "original", "issue" | "version" | "text"] => Self::First,
            _ => Self::Unknown,
        }
    }

    /// Whether it speaks of an earlier issue. What is not known may well.
    #[must_use]
    pub const fn follows(self) -> bool {
        matches!(self, Self::Technical | Self::Reissue | Self::Corrigendum | Self::Revision | Self::Unknown)
    }

    /// Whether two claims of one version can both be true: a reissue whose reason only one of them gives, or the same.
    #[must_use]
    pub fn agrees(self, other: Self) -> bool {
        let printed_again = |kind| matches!(kind, Self::Technical | Self::Reissue);
        self == other && self != Self::Unknown || printed_again(self) && printed_again(other)
    }
}

fn is_ordinal(word: &str) -> bool {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending));
    ORDINALS.contains(&word) || digits.is_some_and(is_number)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_read_as_a_whole() {
        use ClaimKind::{Corrigendum, First, Reissue, Revision, Step, Technical, Unknown};
        for (text, kind) in [
            ("reissue for technical reasons", Technical),
            ("Second reissue  for technical reasons.", Technical),
            ("12th reissue", Reissue),
            ("reissued", Reissue),
            ("corrigendum 2", Corrigendum),
            ("revision", Revision),
            ("revised text", Revision),
            ("advance unedited version", Step),
            ("adoption", Step),
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
            assert_eq!(ClaimKind::parse(text), kind, "{text}");
        }
    }

    #[test]
    fn claims_agree_where_both_can_be_true() {
        use ClaimKind::{Reissue, Revision, Technical, Unknown};
        assert!(Technical.agrees(Reissue) && Reissue.agrees(Technical) && Revision.agrees(Revision));
        assert!(!Technical.agrees(Revision) && !Unknown.agrees(Unknown) && !Unknown.agrees(Reissue));
    }
}
