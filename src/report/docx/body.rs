//! The paragraphs and remarks in WordprocessingML (ISO/IEC 29500-1, clause 17).
//!
//! Children of an element stand in the order of its schema; in the file that is the order in which they are written
//! here. Every mark of a change has a number of its own and the author `recension`, and no date, since the program
//! knows no clock.

use std::io;

use super::remarks::Remarks;
use crate::report::flow::{FlowPiece, Paragraph, State};
use crate::report::xml::Xml;
use crate::statement::{Clause, ClauseIndex, ClauseKind};
use crate::text::Pair;
use crate::text::chars::is_arabic;

/// The namespace of WordprocessingML.
const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Who changed the text, and who remarks on it.
const AUTHOR: &str = "recension";
/// How far an item stands in for each item above it, in twentieths of a point.
const INDENT: usize = 567;
/// Most steps that an item stands in.
const MOST_STEPS: usize = 8;

/// Writes the document.
pub(super) fn document(
    out: &mut dyn io::Write,
    paragraphs: &[Paragraph<'_>],
    remarks: &Remarks,
    sides: Pair<(&[Clause], bool)>,
) -> io::Result<()> {
    let mut xml = Xml::begin(out)?;
    xml.open("w:document", &[("xmlns:w", NAMESPACE)])?;
    xml.open("w:body", &[])?;
    // Remarks have the first numbers, in their order.
    let mut body = Body { xml, remarks, next: remarks.texts.len() };
    for paragraph in paragraphs {
        let (clauses, right_to_left) = sides[paragraph.like.0];
        body.paragraph(paragraph, clauses, right_to_left)?;
    }
    body.page()?;
    body.xml.end()
}

/// Writes the remarks.
pub(super) fn comments(out: &mut dyn io::Write, remarks: &Remarks) -> io::Result<()> {
    let mut xml = Xml::begin(out)?;
    xml.open("w:comments", &[("xmlns:w", NAMESPACE)])?;
    for (number, paragraphs) in remarks.texts.iter().enumerate() {
        xml.open("w:comment", &[("w:id", &number.to_string()), ("w:author", AUTHOR), ("w:initials", "r")])?;
        for (at, text) in paragraphs.iter().enumerate() {
            xml.open("w:p", &[])?;
            xml.inline("w:pPr", &[])?;
            xml.mark("w:pStyle", &[("w:val", "CommentText")])?;
            xml.close()?;
            if at == 0 {
                reference(&mut xml, "w:annotationRef", &[])?;
            }
            xml.inline("w:r", &[])?;
            characters(&mut xml, "w:t", text)?;
            xml.close()?;
            xml.close()?;
        }
        xml.close()?;
    }
    xml.end()
}

struct Body<'w, 'r> {
    xml: Xml<'w>,
    remarks: &'r Remarks,
    /// The number of the next mark.
    next: usize,
}

impl Body<'_, '_> {
    fn paragraph(&mut self, paragraph: &Paragraph<'_>, clauses: &[Clause], right_to_left: bool) -> io::Result<()> {
        // A masthead in Latin letters in an Arabic document runs its own way.
        let right_to_left = right_to_left && paragraph.pieces.iter().any(|piece| piece.text.contains(is_arabic));
        self.xml.open("w:p", &[])?;
        self.properties(paragraph, clauses, right_to_left)?;
        for piece in &paragraph.pieces {
            self.piece(piece, right_to_left)?;
        }
        self.xml.close()
    }

    /// Style, direction, indent, and on which sides the paragraph ends here.
    fn properties(&mut self, paragraph: &Paragraph<'_>, clauses: &[Clause], right_to_left: bool) -> io::Result<()> {
        let clause = paragraph.like.1.of(clauses);
        let style = clause.and_then(|clause| style(clause.kind));
        let steps = clause.map_or(0, |clause| steps(clause, clauses));
        let end = mark_of(paragraph.end);
        if style.is_none() && steps == 0 && end.is_none() && !right_to_left {
            return Ok(());
        }
        self.xml.inline("w:pPr", &[])?;
        if let Some(style) = style {
            self.xml.mark("w:pStyle", &[("w:val", style)])?;
        }
        if right_to_left {
            self.xml.mark("w:bidi", &[])?;
        }
        if steps > 0 {
            self.xml.mark("w:ind", &[("w:left", &(steps * INDENT).to_string())])?;
        }
        if let Some(mark) = end {
            let number = self.number();
            self.xml.inline("w:rPr", &[])?;
            self.xml.mark(mark, &[("w:id", &number), ("w:author", AUTHOR)])?;
            self.xml.close()?;
        }
        self.xml.close()
    }

    /// A piece of text with the remarks around it.
    fn piece(&mut self, piece: &FlowPiece<'_>, right_to_left: bool) -> io::Result<()> {
        for remark in self.remarks.begins(piece.number) {
            self.xml.mark("w:commentRangeStart", &[("w:id", &remark.to_string())])?;
        }
        let mark = mark_of(piece.state);
        let text = if piece.state == State::Removed { "w:delText" } else { "w:t" };
        if let Some(mark) = mark {
            let number = self.number();
            self.xml.inline(mark, &[("w:id", &number), ("w:author", AUTHOR)])?;
        }
        for (run, backwards) in runs(piece.text, right_to_left) {
            self.xml.inline("w:r", &[])?;
            if backwards {
                self.xml.inline("w:rPr", &[])?;
                self.xml.mark("w:rtl", &[])?;
                self.xml.close()?;
            }
            characters(&mut self.xml, text, run)?;
            self.xml.close()?;
        }
        // A remark goes with the text that it is on.
        let ends = self.remarks.ends(piece.number);
        for remark in ends {
            if mark.is_none() {
                self.xml.mark("w:commentRangeEnd", &[("w:id", &remark.to_string())])?;
            }
            reference(&mut self.xml, "w:commentReference", &[("w:id", &remark.to_string())])?;
        }
        if mark.is_some() {
            self.xml.close()?;
            for remark in ends {
                self.xml.mark("w:commentRangeEnd", &[("w:id", &remark.to_string())])?;
            }
        }
        Ok(())
    }

    fn number(&mut self) -> String {
        self.next += 1;
        (self.next - 1).to_string()
    }

    /// A page of A4 with margins of an inch.
    fn page(&mut self) -> io::Result<()> {
        self.xml.open("w:sectPr", &[])?;
        self.xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")])?;
        let inch = "1440";
        let margins = [("w:top", inch), ("w:right", inch), ("w:bottom", inch), ("w:left", inch)];
        let rest = [("w:header", "720"), ("w:footer", "720"), ("w:gutter", "0")];
        self.xml.empty("w:pgMar", &[&margins[..], &rest[..]].concat())?;
        self.xml.close()
    }
}

/// The element that marks what stands on one side only.
const fn mark_of(state: State) -> Option<&'static str> {
    match state {
        State::Kept => None,
        State::Removed => Some("w:del"),
        State::Added => Some("w:ins"),
    }
}

/// A run with the sign of a remark.
fn reference(xml: &mut Xml<'_>, element: &'static str, attributes: &[(&'static str, &str)]) -> io::Result<()> {
    xml.inline("w:r", &[])?;
    xml.inline("w:rPr", &[])?;
    xml.mark("w:rStyle", &[("w:val", "CommentReference")])?;
    xml.close()?;
    xml.mark(element, attributes)?;
    xml.close()
}

/// The characters of a run; a tab is an element.
fn characters(xml: &mut Xml<'_>, element: &'static str, text: &str) -> io::Result<()> {
    for (at, part) in text.split('\t').enumerate() {
        if at > 0 {
            xml.mark("w:tab", &[])?;
        }
        if !part.is_empty() {
            xml.inline(element, &[("xml:space", "preserve")])?;
            xml.text(part)?;
            xml.close()?;
        }
    }
    Ok(())
}

/// The style of a kind of clause, where it is not that of a plain paragraph.
const fn style(kind: ClauseKind) -> Option<&'static str> {
    match kind {
        ClauseKind::Masthead => Some("Masthead"),
        ClauseKind::Title => Some("Title"),
        ClauseKind::Heading => Some("Heading1"),
        ClauseKind::Footnote => Some("FootnoteText"),
        ClauseKind::Note => Some("Note"),
        ClauseKind::Signature => Some("Signature"),
        _ => None,
    }
}

/// How many clauses that are no headings govern an item.
fn steps(clause: &Clause, clauses: &[Clause]) -> usize {
    if clause.kind != ClauseKind::Item {
        return 0;
    }
    let above = std::iter::successors(clause.parent, |at| at.of(clauses)?.parent);
    let governs = |at: &ClauseIndex| {
        let kind = at.of(clauses).map(|clause| clause.kind);
        !matches!(kind, None | Some(ClauseKind::Heading | ClauseKind::Title))
    };
    above.take(MOST_STEPS).filter(governs).count().max(1)
}

/// A text in runs of one direction, with whether each runs from right to left. Signs and digits go with the letters
/// before them.
fn runs(text: &str, right_to_left: bool) -> Vec<(&str, bool)> {
    if !right_to_left {
        return if text.is_empty() { Vec::new() } else { vec![(text, false)] };
    }
    let mut runs = Vec::new();
    let (mut start, mut backwards) = (0, true);
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphabetic()) {
        let now = is_arabic(c);
        if now != backwards {
            if at > start {
                runs.push((&text[start..at], backwards));
            }
            (start, backwards) = (at, now);
        }
    }
    if start < text.len() {
        runs.push((&text[start..], backwards));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_have_one_direction() {
        assert_eq!(runs("plain 12", false), [("plain 12", false)]);
        assert_eq!(
            runs("القرار 71/258 و CD/7 هنا", true),
            [("القرار 71/258 و ", true), ("CD/7 ", false), ("هنا", true)]
        );
        assert_eq!(runs("", true), []);
        assert_eq!(runs("71/258", true), [("71/258", true)]);
    }
}
