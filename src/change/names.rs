//! Names that a capital letter tells: persons, states, organs, instruments, places.

use super::citation::is_letter;
use super::rule::{self, RuleFinding};
use super::sense::cancel;
use super::window::{Window, WindowSide};
use crate::language::{Language, Script, Sense, Table};
use crate::text::{Pair, TokenKind, chars};

/// The class of names that only one side of a stretch has, but for the tokens that something else explains.
pub(super) fn found(window: &Window<'_>, explained: &Pair<Vec<bool>>) -> Option<RuleFinding> {
    let mut all = window.as_ref().zip(explained.as_ref()).map(|(view, explained)| names(view, explained));
    let language = window.before.language.or(window.after.language);
    cancel(&mut all, |name| name.to_lowercase(), |old, new| is_same(language, old, new));
    if all.iter().all(Vec::is_empty) {
        return None;
    }
    Some(RuleFinding::with(rule::ENTITY_NAME, rule::turn("changed", &all.map(|names| names.join(" ")))))
}

/// The names of the stretch, one word each, or one run of characters.
fn names(view: &WindowSide<'_>, explained: &[bool]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut last = None;
    let left = view.stretch.clone().zip(explained).filter(|(token, explained)| !**explained && is_name(view, *token));
    for (token, _) in left {
        let shown = view.text(&(token..token + 1));
        match names.last_mut() {
            Some(name) if view.passage.tokens[token].kind == TokenKind::Han && last == token.checked_sub(1) => {
                name.push_str(shown);
            }
            _ => names.push(shown.to_owned()),
        }
        last = Some(token);
    }
    names
}

/// Whether a token of the window is a name or a part of one: by a capital letter that no sentence asks for, by the word
/// list that does not know it, or by the characters that names from abroad are written with.
pub(super) fn is_name(view: &WindowSide<'_>, token: usize) -> bool {
    let Some(language) = view.language else { return false };
    let shown = view.text(&(token..token + 1));
    match (view.passage.tokens[token].kind, language.script) {
        (TokenKind::Word, Script::Latin | Script::Cyrillic) => {
            let mut signs = shown.chars();
            let capital = signs.next().is_some_and(char::is_uppercase) && signs.next().is_some();
            let unknown = || language.knows(view.word(token)) == Some(false);
            capital
                && !language.lexicon().sets_capitals
                && !cites(view, token)
                && (!begins_sentence(view, token) || unknown())
                && view.passage.has_lowercase()
        }
        (TokenKind::Word, Script::Arabic) => {
            view.word(token).chars().count() >= LONG && language.knows(view.word(token)) == Some(false)
        }
        (TokenKind::Han, Script::Han) => is_transliterated(view, language, token),
        _ => false,
    }
}

/// Whether a token is a word that cites by number ("No. 5") and names nothing.
fn cites(view: &WindowSide<'_>, token: usize) -> bool {
    let begins = |table| view.find_from(table, token..token + 1);
    let heads = || begins(Table::Entity).iter().any(|found| found.sense != Sense::Neutral);
    begins(Table::Reference).iter().any(|found| found.sense == Sense::Citing) && !heads()
}

/// Fewest letters of an Arabic word that no list knows and that counts as a name.
const LONG: usize = 4;
/// Fewest characters in a row that write a name from abroad.
const RUN: usize = 3;

/// Whether the character stands in a run of those that write names from abroad by their sound.
fn is_transliterated(view: &WindowSide<'_>, language: &Language, token: usize) -> bool {
    let lexicon = language.lexicon();
    let sounds = |token: usize| {
        view.passage.tokens.get(token).is_some_and(|found| {
            found.kind == TokenKind::Han && lexicon.is_transliteration(&view.passage.text[found.span.range()])
        })
    };
    if !sounds(token) {
        return false;
    }
    let before = (0..RUN).take_while(|step| token > *step && sounds(token - step - 1)).count();
    let after = (0..RUN).take_while(|step| sounds(token + step + 1)).count();
    before + after + 1 >= RUN
}

/// Whether a sentence, a quotation or an item begins with the token.
fn begins_sentence(view: &WindowSide<'_>, token: usize) -> bool {
    let Some(before) = token.checked_sub(1) else { return true };
    let last = &view.passage.tokens[before];
    // The stop of an initial ends nothing, and behind a semicolon a sentence goes on.
    let is_initial = || before.checked_sub(1).is_some_and(|at| is_letter(view.text(&(at..at + 1))));
    last.kind == TokenKind::Mark
        && !is_initial()
        && view.passage.text[last.span.range()].chars().any(|c| {
            (chars::is_terminal(c) && c != ';')
                || matches!(c, '"' | '“' | '„' | '«' | '‘' | '¿' | '¡' | '•' | '*' | '_' | '[' | '#')
        })
}

/// Whether two names are one: equal, or with other endings of case.
fn is_same(language: Option<&Language>, a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    if let Some(ending) = a.strip_prefix(b.as_str()).or(b.strip_prefix(a.as_str())) {
        return ending.is_empty() || language.is_some_and(|language| language.lexicon().ends_name(ending));
    }
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (long, short) = (a.chars().count().max(b.chars().count()), a.chars().count().min(b.chars().count()));
    a == b || (!a.is_ascii() && common >= 4 && long - common <= 3 && short - common <= 2)
}
