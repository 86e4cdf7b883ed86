//! Writes lines as the passes read them, and beside the text what the file knows of it.

use super::line::{Line, LineKind};
use crate::ingest::extract::Extract;
use crate::ingest::layout::{Element, Font, Layout, Place};
use crate::statement::{DroppedPiece, Why};
use crate::text::Span;

/// Writes the lines of a file.
pub(super) fn extract(lines: &[Line], has_revisions: bool) -> Extract {
    let mut text = String::new();
    let mut layout = Layout::default();
    let mut left_out = Vec::new();
    let mut last = LineKind::Paragraph;
    let has_pages = lines.iter().any(|line| line.page > 1);
    for line in lines {
        let is_table = line.kind == LineKind::Row && last == LineKind::Row;
        if !text.is_empty() && !is_table {
            text.push('\n');
        }
        last = line.kind;
        write(line, &mut text, &mut layout, has_pages);
        leave_out(line, text.len() - 1, &mut left_out);
    }
    Extract { text, encoding: "", layout, has_revisions, left_out, language: None }
}

fn write(line: &Line, text: &mut String, layout: &mut Layout, has_pages: bool) {
    let start = text.len();
    text.push_str(&line.text);
    let span = Span::new(start, text.len());
    text.push('\n');
    let at = |range: &std::ops::Range<usize>| Span::new(start + range.start, start + range.end);
    let tag = if line.kind == LineKind::Row { "tr" } else { "p" };
    layout
        .elements
        .push(span, Element { tag: Some(tag.into()), style: line.style.clone(), label: None, is_whole: true });
    let place = match line.kind {
        LineKind::Paragraph | LineKind::Row => None,
        LineKind::Note => Some(Place::Note),
        LineKind::Head => Some(Place::Head),
        LineKind::Foot => Some(Place::Foot),
    };
    if let Some(place) = place {
        layout.places.push(span, place);
    }
    // A foot is of the first page, or of the pages behind the last line of the text.
    if has_pages && place.is_none() || line.kind == LineKind::Foot {
        layout.pages.push(span, line.page);
    }
    for (column, range) in &line.cells {
        layout.cells.push(at(range), u8::try_from(*column).unwrap_or(u8::MAX));
    }
    line.raised.iter().for_each(|range| layout.raised.push(at(range), ()));
    for (range, size, bold) in &line.fonts {
        let size = u16::try_from(size.saturating_mul(50)).unwrap_or(u16::MAX);
        layout.fonts.push(at(range), Font { size, weight: if *bold { 700 } else { 400 } });
    }
}

/// What a line holds and does not show: where its words lead, and hidden words. It ends at a byte of the text.
fn leave_out(line: &Line, end: usize, left_out: &mut Vec<DroppedPiece>) {
    let start = end - line.text.len();
    for (range, target) in &line.targets {
        let at = start + range.end;
        left_out.push(DroppedPiece { why: Why::LinkTarget, text: target.to_string(), span: Span::new(at, at) });
    }
    if !line.hidden.trim().is_empty() {
        left_out.push(DroppedPiece { why: Why::Invisible, text: line.hidden.clone(), span: Span::new(end, end) });
    }
}
