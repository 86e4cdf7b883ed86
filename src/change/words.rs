//! The class of one edit, from its words.
//!
//! What folds explain goes first; of the rest, values are compared as values and words as words. Where two classes fit,
//! both are found and the graver stands; where none surely fits, it is `wording`.

use super::passage::Context;
use super::{Class, Tier};
use crate::diff::Hunk;
use crate::language::han_numeral;
use crate::statement::ClauseKind;
use crate::text::{Difference, Token, TokenKind, chars, difference, number_value};

/// A class, the rule that found it, and the least tier the rule asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) class: Class,
    pub(super) rule: &'static str,
    /// A tier above that of the class, where the rule knows it to be graver.
    pub(super) least: Option<Tier>,
}

pub(super) const fn found(class: Class, rule: &'static str) -> Found {
    Found { class, rule, least: None }
}

pub(super) const SPACE: Found = found(Class::Space, "space.gap");
pub(super) const GUIDE: Found = found(Class::Encoding, "encoding.guide");
pub(super) const STOP_SPACE: Found = found(Class::Punctuation, "punctuation.space");
pub(super) const HIDDEN: Found = found(Class::Hidden, "hidden.character");

/// Clauses whose kind says what a change of their words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    Masthead,
    Note,
    Signature,
    Dateline,
}

impl Setting {
    pub(super) fn of(before: ClauseKind, after: ClauseKind) -> Option<Self> {
        match (before, after) {
            (ClauseKind::Masthead, ClauseKind::Masthead) => Some(Self::Masthead),
            (ClauseKind::Note, ClauseKind::Note) => Some(Self::Note),
            (ClauseKind::Signature, _) | (_, ClauseKind::Signature) => Some(Self::Signature),
            (ClauseKind::Dateline, _) | (_, ClauseKind::Dateline) => Some(Self::Dateline),
            _ => None,
        }
    }
}

/// What the kind of the clauses makes of classes found in their words.
pub(super) fn in_setting(mut classes: Vec<Found>, setting: Option<Setting>) -> Vec<Found> {
    let light = |found: &Found| found.class.tier() == Tier::Invisible || found.class == Class::Hidden;
    let heavy = classes.iter().any(|found| found.class.tier() >= Tier::Review);
    match setting {
        Some(Setting::Masthead) if !classes.iter().all(light) => vec![found(Class::Masthead, "metadata.masthead")],
        Some(Setting::Note) if !classes.iter().all(light) => vec![found(Class::Note, "footnote.note")],
        Some(Setting::Signature) if heavy => {
            classes.insert(0, found(Class::Signatory, "signatory.text"));
            classes
        }
        Some(Setting::Dateline) if heavy => {
            classes.insert(0, found(Class::Closing, "closing.text"));
            classes
        }
        _ => classes,
    }
}

/// The class of a token whose variants match.
pub(super) fn variant(before: &str, after: &str, is_symbol: bool) -> Found {
    match difference(before, after) {
        Difference::None | Difference::Space => SPACE,
        Difference::Typography => found(Class::Typography, "typography.variant"),
        Difference::Encoding => found(Class::Encoding, "encoding.form"),
        Difference::Case => found(Class::Capitalization, "capitalization.case"),
        Difference::Hidden => HIDDEN,
        // The keys match, so look-alikes explain it: of no account in a symbol, deceit in a word.
        Difference::Other if is_symbol => found(Class::Encoding, "encoding.lookalike"),
        Difference::Other if before.chars().any(|c| c.is_ascii_digit()) => found(Class::Typography, "typography.group"),
        Difference::Other => found(Class::Hidden, "hidden.lookalike"),
    }
}

/// What the tokens of one side say.
#[derive(Default)]
struct Said {
    numbers: Vec<String>,
    dates: Vec<String>,
    symbols: Vec<u32>,
    words: Vec<u32>,
    marks: Vec<String>,
}

impl Said {
    fn new(tokens: &[Token], text: &str, language: Option<&'static crate::language::Language>) -> Self {
        let mut said = Self::default();
        for token in tokens {
            let shown = &text[token.span.range()];
            match token.kind {
                TokenKind::Number => said.numbers.push(number_value(shown, language)),
                TokenKind::Date => {
                    let dates = language.map(|language| language.dates(shown)).unwrap_or_default();
                    said.dates.extend(dates.iter().map(|found| found.date.to_string()));
                }
                TokenKind::Symbol => said.symbols.push(token.id.0),
                TokenKind::Mark => said.marks.push(crate::text::folded(shown)),
                TokenKind::Word | TokenKind::Han => said.words.push(token.id.0),
            }
        }
        said.numbers.sort_unstable();
        said.dates.sort_unstable();
        said.symbols.sort_unstable();
        said
    }
}

/// Every class that fits an edit.
pub(super) fn classes(context: &Context<'_>, hunk: &Hunk, (before, after): (&str, &str)) -> Vec<Found> {
    match difference(before, after) {
        Difference::Other => {}
        Difference::Hidden if context.is_guided(before, after) => return vec![GUIDE],
        _ => return vec![variant(before, after, false)],
    }
    let passages = context.passages;
    let old = Said::new(&passages.before.tokens[hunk.before.clone()], &passages.before.text, context.languages.before);
    let new = Said::new(&passages.after.tokens[hunk.after.clone()], &passages.after.text, context.languages.after);
    let mut classes = Vec::new();
    let unseen =
        |text: &str| text.chars().filter(|c| chars::is_hidden(*c) && !chars::is_script_guide(*c)).collect::<String>();
    if unseen(before) != unseen(after) {
        classes.push(HIDDEN);
    }
    if old.numbers != new.numbers {
        classes.push(found(Class::Number, "number.value"));
    }
    if old.dates != new.dates {
        classes.push(found(Class::Date, "date.value"));
    }
    if old.symbols != new.symbols {
        classes.push(found(Class::Crossref, "crossref.symbol"));
    }
    let numerals = numerals_differ(context, hunk);
    if numerals {
        classes.push(found(Class::Number, "number.numeral"));
    } else if old.words != new.words {
        classes.push(found(Class::Wording, "wording.words"));
    } else if old.marks != new.marks {
        let last = hunk.before.end >= passages.before.tokens.len() || hunk.after.end >= passages.after.tokens.len();
        classes.push(marks(&old.marks, &new.marks, last));
    }
    if classes.is_empty() {
        classes.push(found(Class::Wording, "wording.order"));
    }
    classes
}

/// Whether the characters that differ are Chinese numerals on both sides. The edit may take in the rest of a word
/// (五年, 三年): what is common at its ends does not count.
fn numerals_differ(context: &Context<'_>, hunk: &Hunk) -> bool {
    let (old, new) = (&context.passages.before, &context.passages.after);
    let (mut a, mut b) = (&old.tokens[hunk.before.clone()], &new.tokens[hunk.after.clone()]);
    while let ([first, rest @ ..], [second, others @ ..]) = (a, b)
        && first.id == second.id
    {
        (a, b) = (rest, others);
    }
    while let ([rest @ .., last], [others @ .., second]) = (a, b)
        && last.id == second.id
    {
        (a, b) = (rest, others);
    }
    let numeral = |text: &str, token: &Token| {
        let shown = &text[token.span.range()];
        token.kind == TokenKind::Han && (han_numeral(shown).is_some() || matches!(shown, "万" | "亿"))
    };
    !a.is_empty()
        && !b.is_empty()
        && a.iter().all(|token| numeral(&old.text, token))
        && b.iter().all(|token| numeral(&new.text, token))
}

/// The class of a change of marks alone.
fn marks(before: &[String], after: &[String], last: bool) -> Found {
    let changed = |sign: &dyn Fn(&str) -> bool| {
        let count = |marks: &[String]| marks.iter().filter(|mark| sign(mark)).cloned().collect::<Vec<_>>();
        count(before) != count(after)
    };
    let unit = |mark: &str| mark.chars().any(|c| "%‰$€£¥°+×=<>±§&@#".contains(c));
    let bracket = |mark: &str| matches!(mark, "[" | "]" | "〔" | "〕");
    let stop = |mark: &str| matches!(mark, "." | "!" | "?" | "。" | "؟");
    if changed(&unit) {
        found(Class::Number, "number.unit")
    } else if changed(&bracket) {
        Found { class: Class::Punctuation, rule: "punctuation.bracket", least: Some(Tier::Review) }
    } else if changed(&|mark| mark == "*") {
        found(Class::Note, "footnote.mark")
    } else if !last && changed(&stop) {
        // A sentence more or less inside a clause may change what belongs to what.
        Found { class: Class::Punctuation, rule: "punctuation.sentence", least: Some(Tier::Review) }
    } else {
        found(Class::Punctuation, "punctuation.mark")
    }
}
