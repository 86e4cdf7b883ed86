//! Why the paragraphs of a text begin where they do: a line of the text, what was decided before it, and each sign.

use super::{
    look::Look,
    paint::{Paragraph, Style, fitted, painted},
};
use crate::ingest::{Boundary, Evidence};
use crate::record::Document;

/// Columns that signs stand in.
const INDENT: usize = 6;
/// Columns of a weight with its sign, and of the name of a sign.
const WEIGHT: usize = 5;
const SIGN: usize = 19;

/// Renders what was decided before each line of a document, and why.
#[must_use]
pub(super) fn evidence(document: &Document, boundaries: &[Boundary], look: Look) -> String {
    let mut out = String::new();
    let map = document.source.map();
    for boundary in boundaries {
        let head =
            format!("{:<7}{:<11}{:+}", map.line(boundary.after.start as usize), decision(boundary), boundary.weight);
        let doubt = if boundary.is_in_doubt { "  in doubt" } else { "" };
        let text = fitted(&document.source.text[boundary.after.range()], look.width.saturating_sub(head.len() + 16));
        let style = if boundary.begins { Style::Bold } else { Style::Plain };
        out.push_str(&painted(&head, style, look));
        out.push_str(&painted(doubt, Style::Weighed, look));
        out.push_str(&painted(&format!("  “{text}”"), Style::Faint, look));
        out.push('\n');
        for evidence in &boundary.evidence {
            sign(&mut out, evidence, look);
        }
    }
    let begun = boundaries.iter().filter(|boundary| boundary.begins).count();
    let doubtful = boundaries.iter().filter(|boundary| boundary.is_in_doubt).count();
    let told = format!("boundaries {begun}, joins {}, in doubt {doubtful}", boundaries.len() - begun);
    out.push_str(&format!("\n{}\n", painted(&told, Style::Faint, look)));
    out
}

const fn decision(boundary: &Boundary) -> &'static str {
    if boundary.begins { "begins" } else { "goes on" }
}

/// `+7  gap  more blank lines than stand inside a paragraph (1, and 0 as a rule)`.
fn sign(out: &mut String, evidence: &Evidence, look: Look) {
    let mut line = Paragraph::new(out, look, INDENT);
    let weight = format!("{:+}", evidence.weight);
    line.push(&format!("{weight:WEIGHT$}{:SIGN$}", evidence.sign.name()), Style::Faint);
    line.push(evidence.saw, Style::Plain);
    if let Some(measure) = evidence.measure {
        line.push(&format!(" ({} against {})", measure.found, measure.usual), Style::Plain);
    }
    if evidence.is_decisive {
        line.push("; this settles it", Style::Plain);
    }
    line.end();
}
