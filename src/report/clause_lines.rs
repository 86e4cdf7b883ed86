//! A statement with one clause a line: the form in which git compares it.
//!
//! Two texts that differ in layout alone give the same bytes. So nothing of the page is in it, and what a page foot may
//! put anywhere among the paragraphs, notes and footnotes, stands behind them.

use super::visible::visible;
use crate::statement::{Clause, ClauseIndex, ClauseKind, Statement};

/// Blanks before a clause for each clause that governs it; headings govern without them.
const STEP: &str = "  ";
/// Most steps: hostile nesting must not make a line of blanks.
const MOST_STEPS: usize = 20;

/// The clauses of a statement, a line each: blanks for its level, its label, its text, the footnotes called in it.
#[must_use]
pub fn clause_lines(statement: &Statement) -> String {
    let mut out = String::new();
    let clauses = &statement.clauses;
    for kind in [None, Some(ClauseKind::Note), Some(ClauseKind::Footnote)] {
        let at_the_foot = |clause: &Clause| matches!(clause.kind, ClauseKind::Note | ClauseKind::Footnote);
        let here = |clause: &Clause| if at_the_foot(clause) { Some(clause.kind) == kind } else { kind.is_none() };
        for clause in clauses.iter().filter(|clause| here(clause)) {
            out.push_str(&STEP.repeat(steps(clauses, clause)));
            out.push_str(&line(clause));
            out.push('\n');
        }
    }
    out
}

/// How many clauses govern a clause, headings not counted.
fn steps(clauses: &[Clause], clause: &Clause) -> usize {
    let above = |at: &ClauseIndex| clauses[*at].parent.filter(|parent| parent < at);
    let governing = std::iter::successors(clause.parent, above).filter(|at| clauses[*at].kind != ClauseKind::Heading);
    governing.take(MOST_STEPS).count()
}

fn line(clause: &Clause) -> String {
    let mut out = String::new();
    if let Some(label) = &clause.label {
        out.push_str(&visible(label));
        out.push_str(clause.gap());
    }
    out.push_str(&visible(&clause.text));
    for note in &clause.notes {
        out.push_str(&format!(" [^{}]", visible(note)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest;

    fn lines(text: &str) -> String {
        clause_lines(&ingest::read(text.as_bytes(), ingest::Options::default()).expect("a text").statement)
    }

    #[test]
    fn a_clause_is_a_line_under_what_governs_it() {
        let text = "The Assembly,\n\nRecalling its earlier\nresolutions,\n\n1. Urges all States:\n\n(a) To reduce their\nstocks;\n\n(b) To report;\n\n2. Decides to remain seized of the matter.\n";
        assert_eq!(
            lines(text),
            "The Assembly,\nRecalling its earlier resolutions,\n1. Urges all States:\n  (a) To reduce their stocks;\n  (b) To report;\n2. Decides to remain seized of the matter.\n"
        );
    }

    #[test]
    fn nothing_in_it_steers_a_terminal() {
        let out = lines("1. Urges all \u{1B}[31mStates\u{202E} to report on their stocks every year.\n");
        assert!(out.contains("<U+001B>[31mStates<U+202E>"), "{out}");
    }
}
