//! One document: what is known of it, its clauses as a tree, what was left out of them.

use std::fmt::Write as _;

use super::{
    look::Look,
    paint::{Paragraph, Style, columns, painted},
};
use crate::record::Document;
use crate::report::{facts::facts, left_out::left_out};
use crate::statement::{Clause, ClauseIndex, Component, Statement};

/// Columns that a level of the tree stands in, and how many levels do.
const STEP: usize = 2;
const MOST_LEVELS: usize = 8;

/// Renders a document.
#[must_use]
pub(super) fn show(document: &Document, look: Look) -> String {
    let mut out = String::new();
    table(&mut out, document, look);
    clauses(&mut out, document.statement(), look);
    dropped(&mut out, document.statement(), look);
    out
}

fn table(out: &mut String, document: &Document, look: Look) {
    let facts = facts(document);
    let wide = facts.iter().map(|(key, _)| columns(key)).max().unwrap_or(0) + 2;
    for (key, value) in &facts {
        let gap = " ".repeat(wide - columns(key));
        let _ = writeln!(out, "{}{gap}{}", painted(key, Style::Faint, look), painted(value, Style::Plain, look));
    }
}

fn clauses(out: &mut String, statement: &Statement, look: Look) {
    let mut levels: Vec<usize> = Vec::with_capacity(statement.clauses.len());
    let mut component = None;
    if statement.clauses.first().is_some_and(|clause| clause.component.is_none()) {
        out.push('\n');
    }
    for (at, clause) in statement.each_clause() {
        // A clause stands after the one that governs it, so that one's level is known.
        let level = clause.parent.and_then(|parent| levels.get(parent.get())).map_or(0, |level| level + 1);
        levels.push(level);
        if clause.component != component {
            component = clause.component;
            let name =
                component.and_then(|at| statement.components.get(at)).map(Component::to_string).unwrap_or_default();
            let _ = writeln!(out, "\n{}", painted(&format!("── {name}"), Style::Faint, look));
        }
        self::clause(out, at, clause, level.min(MOST_LEVELS) * STEP, look);
    }
}

/// `c12  item  operative 3 (a)`, and the text below it.
fn clause(out: &mut String, at: ClauseIndex, clause: &Clause, indent: usize, look: Look) {
    let mut head = Paragraph::new(out, look, indent);
    head.push(&at.id(), Style::Bold);
    head.push(&format!("  {}  ", clause.kind.name()), Style::Faint);
    head.push(&clause.address, Style::Plain);
    if !clause.notes.is_empty() {
        head.push(&format!("  notes {}", clause.notes.join(", ")), Style::Faint);
    }
    head.end();
    let mut text = Paragraph::new(out, look, indent + 2 * STEP);
    if let Some(label) = &clause.label {
        text.push(label, Style::Weighed);
        text.push(" ", Style::Plain);
    }
    text.push(&clause.text, Style::Plain);
    text.end();
}

/// What the reader left out, by reason and text, with how often it stood there.
fn dropped(out: &mut String, statement: &Statement, look: Look) {
    let pieces = left_out(statement);
    if pieces.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", painted("── left out of the clauses", Style::Faint, look));
    for ((why, text), count) in pieces {
        let mut paragraph = Paragraph::new(out, look, 0);
        paragraph.push(
            &format!("{}{}", why.name(), if count > 1 { format!(" ×{count}") } else { String::new() }),
            Style::Faint,
        );
        paragraph.push(&format!("  “{text}”"), Style::Plain);
        paragraph.end();
    }
}
