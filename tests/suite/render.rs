//! Results in the lines that cases have. README.md tells the form.

use std::fmt::Write;

use recension::change::{Change, Class, Comparison, Edit, Op, Relation};
use recension::statement::{Clause, Identity, Statement};

/// Longest text that is shown whole, in characters.
const WHOLE: usize = 96;

/// One line for each change that is not plainly equal, then the verdict.
pub(crate) fn changes(before: &Statement, after: &Statement, comparison: &Comparison) -> String {
    let mut out = String::new();
    for change in &comparison.changes {
        let plain = change.relation == Relation::Equal && !change.moved && !change.renumbered && change.tier.is_none();
        if !plain {
            out.push_str(&line(before, after, change));
        }
    }
    let _ = writeln!(out, "verdict: {}", comparison.verdict);
    out
}

fn line(before: &Statement, after: &Statement, change: &Change) -> String {
    let mut words = Vec::new();
    if change.relation != Relation::Equal || !(change.moved || change.renumbered) {
        words.push(change.relation.name());
    }
    words.extend(change.moved.then_some("moved"));
    words.extend(change.renumbered.then_some("renumbered"));
    let sides = [(before, &change.clauses.before), (after, &change.clauses.after)].map(|(statement, clauses)| {
        let all: Vec<_> = clauses.iter().map(|at| statement.clauses[*at].address.as_str()).collect();
        if all.is_empty() { "∅".to_owned() } else { all.join(" & ") }
    });
    let tier = change.tier.map_or("none", |tier| tier.name());
    let classes: Vec<String> = change.classes.iter().map(|class| told(*class, &change.edits)).collect();
    format!("{} {} -> {} [{tier}] {}\n", words.join("+"), sides[0], sides[1], classes.join("; "))
}

/// A class and the edits that it stands for.
fn told(class: Class, edits: &[Edit]) -> String {
    let all: Vec<String> = edits
        .iter()
        .filter(|edit| edit.class == class)
        .map(|edit| match edit.op {
            Op::Insert => format!("+ {}", quoted(&edit.texts.after)),
            Op::Delete => format!("- {}", quoted(&edit.texts.before)),
            Op::Replace => format!("{} -> {}", quoted(&edit.texts.before), quoted(&edit.texts.after)),
        })
        .collect();
    if all.is_empty() { class.name().to_owned() } else { format!("{}: {}", class.name(), all.join(", ")) }
}

/// The classes that a line of changes names.
pub(crate) fn classes_of(line: &str) -> impl Iterator<Item = &str> {
    let told = line.split_once("] ").map_or("", |(_, told)| told);
    let name = |part: &str| part.find([':', ';']).unwrap_or(part.len());
    told.split("; ").map(move |part| &part[..name(part)])
}

fn quoted(text: &str) -> String {
    format!("“{}”", shown(text).replace('“', "\\“").replace('”', "\\”"))
}

/// A text in one line: what nobody sees is written visibly, and the middle of a long one is left out.
fn shown(text: &str) -> String {
    let count = text.chars().count();
    let text = if count > WHOLE {
        let head: String = text.chars().take(WHOLE - 33).collect();
        let tail: String = text.chars().skip(count - 32).collect();
        format!("{head}…{tail}")
    } else {
        text.to_owned()
    };
    let mut out = String::new();
    for c in text.chars() {
        if is_unseen(c) {
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

fn is_unseen(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
        || matches!(c, '\u{FB00}'..='\u{FB06}' | '\u{FE70}'..='\u{FEFC}' | '\u{E000}'..='\u{F8FF}')
}

/// One line for each clause: kind, label, address, text, and what else is known of it.
pub(crate) fn clauses(statement: &Statement) -> String {
    statement.clauses.iter().map(clause).collect()
}

fn clause(clause: &Clause) -> String {
    let label = clause.label.as_deref().unwrap_or("-");
    let mut line = format!("{} | {} | {} | {}", clause.kind.name(), shown(label), clause.address, shown(&clause.text));
    if !clause.notes.is_empty() {
        let _ = write!(line, " {{notes: {}}}", clause.notes.join(", "));
    }
    if let Some(signature) = &clause.signature {
        let _ = write!(line, " {{name: {}; titles: {}}}", signature.name, signature.titles.join(" / "));
    }
    line.trim_end().to_owned() + "\n"
}

/// One line for each piece that is in no clause.
pub(crate) fn dropped(statement: &Statement) -> String {
    statement.dropped.iter().map(|dropped| format!("{}: {}\n", dropped.why.name(), shown(&dropped.text))).collect()
}

/// One line for each fact that the text gives.
pub(crate) fn identity(identity: &Identity) -> String {
    let dates = &identity.dates;
    let date = |date: &Option<recension::language::Date>| date.map(|date| date.to_string());
    let several = |all: Vec<String>| (!all.is_empty()).then(|| all.join(", "));
    let stars = "*".repeat(identity.reissue_marks);
    let facts = [
        ("symbol", identity.symbol.as_ref().map(|symbol| format!("{symbol}{stars}"))),
        ("job number", identity.job_number.clone()),
        ("adopted", date(&dates.adopted)),
        ("letter", date(&dates.letter)),
        ("masthead", date(&dates.masthead)),
        ("reissued", date(&dates.reissued)),
        ("processing", several(dates.processing.iter().map(ToString::to_string).collect())),
        ("place", identity.place.clone()),
        ("original", several(identity.original_languages.clone())),
        (
            "claim",
            identity
                .claim
                .as_ref()
                .map(|claim| format!("{claim} ({})", identity.claim_text.as_deref().unwrap_or_default())),
        ),
    ];
    facts.into_iter().filter_map(|(name, fact)| Some(format!("{name}: {}\n", shown(&fact?)))).collect()
}

/// Both texts line by line, as far as they differ.
pub(crate) fn difference(expected: &str, found: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let mut out = String::new();
    for line in &old {
        if !new.contains(line) {
            let _ = writeln!(out, "  expected  {line}");
        }
    }
    for line in &new {
        if !old.contains(line) {
            let _ = writeln!(out, "  found     {line}");
        }
    }
    if out.is_empty() {
        let _ = writeln!(out, "  the same lines in another order; found\n{found}");
    }
    out
}
