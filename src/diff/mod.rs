//! Which tokens of two clauses correspond: the word edits.
//!
//! Search first, readability after. The search is Histogram (JGit; rare tokens as anchors, from the `similar` crate) on the
//! numbers of tokens; long clauses are parted first (`anchored`). Then `readable` makes of the minimal script one
//! that a person would write: chance common words inside a rewritten passage are no anchors, edits slide to marks and
//! word edges, and in Chinese they end where words end. Both texts are put into a fixed order first, so that swapping
//! them inverts the script.

mod anchored;
mod moves;
mod readable;
mod script;
mod sentences;

pub(crate) use script::{EditScript, Hunk, TokenText, counterpart};

use crate::text::{Pair, TokenId};

/// Compares two clauses.
///
/// Near-linear in the tokens; the readability passes are linear.
#[must_use]
pub(crate) fn diff(sides: Pair<TokenText<'_>>) -> EditScript {
    if sides.before.text > sides.after.text {
        let mut script = diff_ordered(sides.invert());
        for hunk in &mut script.hunks {
            *hunk = std::mem::take(hunk).invert();
        }
        return script;
    }
    diff_ordered(sides)
}

/// Compares two lists of anything that has numbers, with no care for how the edits read.
#[must_use]
pub(crate) fn search(sides: Pair<&[TokenId]>) -> EditScript {
    anchored::search(sides)
}

fn diff_ordered(sides: Pair<TokenText<'_>>) -> EditScript {
    let ids = sides.map(|side| side.ids());
    let mut script = anchored::search(ids.as_ref().map(Vec::as_slice));
    let sentences = sentences::Sentences::of(sides);
    sentences.unmatch(&mut script.hunks);
    readable::settle(sides, &mut script.hunks);
    sentences.cut(&mut script.hunks);
    script.skipped += moves::cut(sides, &mut script.hunks);
    script
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::Range;

    use crate::language::language;
    use crate::text::{Interner, Token, tokenize};

    fn shown(code: &str, before: &str, after: &str) -> Vec<(String, String)> {
        let mut interner = Interner::new();
        let a = tokenize(before, language(code), &mut interner);
        let b = tokenize(after, language(code), &mut interner);
        let cover = |text: &str, tokens: &[Token], range: &Range<usize>| match (
            tokens.get(range.start),
            range.end.checked_sub(1),
        ) {
            (Some(first), Some(last)) if !range.is_empty() => {
                text[first.span.start as usize..tokens[last].span.end as usize].to_owned()
            }
            _ => String::new(),
        };
        let side = |text, tokens| TokenText { text, tokens, language: language(code) };
        let script = diff(Pair::new(side(before, &a), side(after, &b)));
        script.hunks.iter().map(|hunk| (cover(before, &a, &hunk.before), cover(after, &b, &hunk.after))).collect()
    }

    #[test]
    fn keeps_numbers_and_words_whole() {
        assert_eq!(
            shown("en", "not more than 150 inspections a year", "not more than 105 inspections a year"),
            [("150".into(), "105".into())]
        );
        assert_eq!(
            shown("en", "The Sides urge all States", "The Sides invite all States"),
            [("urge".into(), "invite".into())]
        );
    }

    #[test]
    fn ends_chinese_edits_at_word_edges() {
        assert_eq!(shown("zh", "双方呼吁各国遵守", "双方敦促各国遵守"), [("呼吁".into(), "敦促".into())]);
    }

    #[test]
    fn does_not_pepper_a_rewritten_passage() {
        let before = "The Sides will meet in the spring of the year to review the state of the work.";
        let after = "The Sides will hold, at the request of either, a session on the course of the talks.";
        assert!(shown("en", before, after).len() <= 2);
    }

    #[test]
    fn slides_to_marks() {
        let found = shown("en", "land, sea and air", "land, sea, space and air");
        assert_eq!(found, [(String::new(), ", space".into())]);
    }

    #[test]
    fn swapping_inverts() {
        let (before, after) =
            ("The Sides agree to meet in Elm, and to report.", "Each Side agrees, in Elm, to meet and report.");
        let inverse: Vec<_> = shown("en", after, before).into_iter().map(|(a, b)| (b, a)).collect();
        assert_eq!(shown("en", before, after), inverse);
    }
}
