//! Names that a capital letter tells: persons, states, organs, instruments, places.

use super::quantity::Values;
use super::rule::{self, Found};
use super::sense::Senses;
use super::window::{View, Window};
use crate::language::{Language, Script, Sense, Table};
use crate::text::{TokenKind, chars};

/// The class of names that only one side of a stretch has.
pub(super) fn found(window: &Window<'_>, senses: &Senses, values: &Values) -> Option<Found> {
    let counted = |covered: &[std::ops::Range<usize>], token| covered.iter().any(|range| range.contains(&token));
    let mut before =
        names(&window.before, |token| senses.covers(false, token) || counted(&values.covered.before, token));
    let mut after = names(&window.after, |token| senses.covers(true, token) || counted(&values.covered.after, token));
    before.retain(|old| match after.iter().position(|new| is_same(old, new)) {
        Some(at) => {
            after.remove(at);
            false
        }
        None => true,
    });
    let told = match (before.is_empty(), after.is_empty()) {
        (true, true) => return None,
        (false, true) => format!("dropped: {}", before.join(" ")),
        (true, false) => format!("added: {}", after.join(" ")),
        (false, false) => format!("changed: {} -> {}", before.join(" "), after.join(" ")),
    };
    Some(Found::with(rule::ENTITY_NAME, told))
}

/// Whether a name stands in the stretch.
pub(super) fn is_named(view: &View<'_>) -> bool {
    let listed = || {
        let lexicon = view.language.map(Language::lexicon);
        lexicon.is_some_and(|lexicon| {
            lexicon.find(Table::Entity, &view.words).iter().any(|found| {
                let start = found.start + view.tokens.start;
                found.sense == Sense::Name && view.stretch.contains(&start)
            })
        })
    };
    !names(view, |_| false).is_empty() || listed()
}

/// Words of the stretch with a capital letter that no sentence asks for.
fn names(view: &View<'_>, is_covered: impl Fn(usize) -> bool) -> Vec<String> {
    let has_capitals =
        view.language.is_some_and(|language| matches!(language.script, Script::Latin | Script::Cyrillic));
    if !has_capitals || !view.passage.text.chars().any(char::is_lowercase) {
        return Vec::new();
    }
    let mut names = Vec::new();
    for token in view.stretch.clone() {
        let shown = view.text(&(token..token + 1));
        let mut signs = shown.chars();
        let named = signs.next().is_some_and(char::is_uppercase) && signs.next().is_some();
        if view.passage.tokens[token].kind == TokenKind::Word
            && named
            && !begins_sentence(view, token)
            && !is_covered(token)
        {
            names.push(shown.to_owned());
        }
    }
    names
}

/// Whether a sentence, a quotation or an item begins with the token.
fn begins_sentence(view: &View<'_>, token: usize) -> bool {
    let Some(before) = token.checked_sub(1) else { return true };
    let last = &view.passage.tokens[before];
    last.kind == TokenKind::Mark
        && view.passage.text[last.span.range()].chars().any(|c| {
            chars::is_terminal(c) || matches!(c, '"' | '“' | '„' | '«' | '‘' | '¿' | '¡' | '•' | '*' | '_' | '[' | '#')
        })
}

/// Whether two names are one: equal, or with other endings of case.
fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (long, short) = (a.chars().count().max(b.chars().count()), a.chars().count().min(b.chars().count()));
    a == b || (!a.is_ascii() && common >= 4 && long - common <= 3 && short - common <= 2)
}
