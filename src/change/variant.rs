//! Tokens that match although their signs differ: what a reader sees of the difference.

use super::context::Context;
use super::passage::Passage;
use super::rule::{self, Rule};
use crate::language::{Language, decimal_digit};
use crate::text::{Difference, Pair, TokenKind, Vowels, chars, difference, folded, folded_lower, vowels};

/// Most letters of an acronym or of a sign of a unit, in which every capital letter counts.
const ACRONYM: usize = 4;
/// The rule for texts that match or that folds explain. `tokens` are those of each side where they are one each.
pub(super) fn rule(context: &Context<'_>, texts: Pair<&str>, tokens: Option<Pair<usize>>) -> Rule {
    let Pair { before, after } = texts;
    if tokens.is_some_and(|tokens| context.passages.before.enumerators.binary_search(&tokens.before).is_ok()) {
        return rule::LABEL;
    }
    let kind = tokens.and_then(|tokens| context.passages.before.tokens.get(tokens.before)).map(|token| token.kind);
    match difference(before, after) {
        Difference::None | Difference::Space => rule::SPACE,
        Difference::Typography => rule::SIGN_VARIANT,
        Difference::Encoding => form(context, before, after),
        Difference::Case => letter_case(context, before, tokens),
        Difference::Hidden => rule::HIDDEN,
        // The keys match, so look-alikes explain it: of no account in a symbol, deceit in a word.
        Difference::Other if kind == Some(TokenKind::Symbol) => rule::SYMBOL_LOOKALIKE,
        Difference::Other if before.chars().any(|c| decimal_digit(c).is_some()) => rule::GROUPED,
        Difference::Other => rule::LOOKALIKE,
    }
}

/// Other code points for the same letters, or letters that a reader tells apart.
fn form(context: &Context<'_>, before: &str, after: &str) -> Rule {
    if before.chars().any(chars::is_han) {
        // Two traditional forms of one simplified one are two words, and so is one form in a text of the other.
        let listed = folded(before) == after || folded(after) == before;
        return if listed && (context.switches_script)() { rule::HAN_VARIANT } else { rule::CHARACTER };
    }
    match vowels(before, after) {
        Vowels::Same => rule::FORM,
        Vowels::Set => rule::DIACRITIC,
        Vowels::Other => rule::VOWELS,
    }
}

/// A difference of capital and small letters alone.
fn letter_case(context: &Context<'_>, before: &str, tokens: Option<Pair<usize>>) -> Rule {
    let word = folded_lower(before);
    let selects = context.languages.after.is_some_and(|language| {
        let lexicon = language.lexicon();
        lexicon.is_referent(&word) || lexicon.is_name(&word)
    });
    // Without a lexicon any word may be one whose capital letter selects what it means, and where every noun has one it tells
    // what is a noun.
    let means =
        context.lacks_lexicon() || context.languages.after.is_some_and(|language| language.lexicon().sets_capitals);
    let may_select = || means && tokens.is_none_or(|tokens| is_inside(context, tokens));
    let other = || tokens.is_some_and(|tokens| is_another_word(context, tokens));
    // Where a line has capital letters alone, they select nothing.
    let speaks = context.passages.iter().all(|passage| passage.has_lowercase());
    if selects && speaks || may_select() || other() { rule::REFERENT } else { rule::CASE }
}

/// Whether a word stands inside a sentence on both sides, where nothing but its meaning asks for a capital letter.
fn is_inside(context: &Context<'_>, tokens: Pair<usize>) -> bool {
    let follows_word = |passage: &Passage, at: usize| {
        at.checked_sub(1).is_some_and(|last| passage.tokens[last].kind != TokenKind::Mark || !ends(passage, last))
    };
    let sides = context.passages.zip(tokens);
    !context.is_title && sides.iter().all(|(passage, at)| follows_word(passage, *at) && passage.has_lowercase())
}

/// Whether a mark ends a sentence, or opens what begins as one.
fn ends(passage: &Passage, mark: usize) -> bool {
    passage.shown(mark).chars().any(chars::is_terminal)
}

/// Whether the case of a lone word makes another one: an acronym and a word (WHO, who), a month and a word (May, may),
/// two signs of units (mW, MW).
fn is_another_word(context: &Context<'_>, tokens: Pair<usize>) -> bool {
    let words = context.passages.zip(tokens).map(|(passage, at)| passage.shown(at));
    let language: Option<&Language> = context.languages.after;
    let is_month = |text: &str| language.is_some_and(|language| language.is_month(text));
    let capitals = |text: &str| text.chars().all(|c| !c.is_lowercase());
    let letters = words.before.chars().count();
    let is_short = (2..=ACRONYM).contains(&letters) && !context.is_title;
    let follows_number =
        tokens.before.checked_sub(1).is_some_and(|at| context.passages.before.tokens[at].kind == TokenKind::Number);
    !words.map(is_month).is_same()
        || is_short && !words.map(capitals).is_same() && context.passages.iter().all(|passage| passage.has_lowercase())
        || follows_number && letters <= ACRONYM
}
