//! What stands of a judgement where a language has no lexicon.
//!
//! Nothing then tells a word that binds, denies or limits from any other, so no word is light: what would be told of words
//! is `wording`, for review, and so is what the word lists would say of their spelling. Values, marks, case, moves and
//! what comes and goes need no lexicon, and stand.

use super::context::Context;
use super::rule::{self, Rule, RuleFinding};

/// What of the findings of an edit may be told.
pub(super) fn kept(context: &Context<'_>, mut found: Vec<RuleFinding>) -> Vec<RuleFinding> {
    if !context.lacks_lexicon() {
        return found;
    }
    for finding in &mut found {
        if says_words(context, finding.rule) {
            *finding = rule::NO_LEXICON.into();
        } else if finding.rule == rule::EMPHASIS {
            // What is set off may be a negator.
            *finding = rule::STRESS.into();
        }
    }
    let mut told: Vec<RuleFinding> = Vec::with_capacity(found.len());
    for finding in found {
        if !told.contains(&finding) {
            told.push(finding);
        }
    }
    told
}

/// Whether a rule judges words by what is known of them.
fn says_words(context: &Context<'_>, rule: Rule) -> bool {
    let by_spelling = [
        rule::TYPO,
        rule::DOUBLED,
        rule::SPELLING_VARIANT,
        rule::DIACRITIC,
        rule::HYPHEN,
        rule::BROKEN_WORD,
        rule::NUMERAL_FORM,
        rule::WORDS,
        rule::HYPHENED,
    ];
    by_spelling.contains(&rule) || rule == rule::ENTITY_NAME && context.knows_no_words()
}
