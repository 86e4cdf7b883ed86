//! Lines in which an extraction ran two things together, parted again.
//!
//! Where pages end, a footnote, the rule above it and the running head of the next page may stand in one line:
//! `… the Games ---`, `1 A/80/124. Observance of norms in the drafting and Noting that …`. The first is parted at the rule
//! if a footnote follows, the second where the title of the document begins behind the end of the footnote. Both leave
//! every byte in a line. Linear in the lines that begin with the number of a footnote, or end with a rule.

use std::ops::Range;

use super::frame::{self, FrameReader};
use super::lines::{self, LONG_LINE, Line};
use super::note_mark;
use crate::language::Catalogue;
use crate::text::chars;

/// Fewest bytes of a title that is known inside a line.
const TITLE: usize = 24;
/// Lines among which the title of a document stands.
const HEAD: usize = 40;

/// Parts glued lines.
pub(super) fn part(text: &str, lines: Vec<Line>, frames: &FrameReader<'_>) -> Vec<Line> {
    let shown = |line: &Line| &text[line.span.range()];
    let note =
        |line: &Line| note_mark::mark(shown(line)).is_some_and(|(len, _)| !shown(line)[..len].contains(['.', '*']));
    if !lines.iter().any(note) {
        return lines;
    }
    let title = title(text, &lines, frames);
    let words: String = title.map(|lines_of| joined(text, &lines[lines_of])).unwrap_or_default();
    let words = without_number(&words, frames.known.catalogue);
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut rest = lines.into_iter().peekable();
    while let Some(line) = rest.next() {
        let own = shown(&line);
        if let Some(rule) = trailing_rule(own).filter(|_| rest.peek().is_some_and(note)) {
            let (start, end) = (line.span.start as usize, line.span.end as usize);
            out.extend(lines::piece(text, start, start + rule, &line));
            out.extend(lines::piece(text, start + rule, end, &line).map(follows));
            continue;
        }
        match glued_head(own, words).filter(|_| note(&line)) {
            Some(head) => {
                let (start, end) = (line.span.start as usize, line.span.end as usize);
                out.extend(lines::piece(text, start, start + head.start, &line));
                let glued = lines::piece(text, start + head.start, start + head.end, &line);
                out.extend(glued.map(|glued| Line { head: true, ..follows(glued) }));
                out.extend(lines::piece(text, start + head.end, end, &line).map(follows));
            }
            None => out.push(line),
        }
    }
    out
}

/// A piece that stood in the same line as the one before it.
fn follows(piece: Line) -> Line {
    Line { blanks: 0, page: false, indent: 0, ..piece }
}

/// Where a rule begins that ends a line behind words.
fn trailing_rule(line: &str) -> Option<usize> {
    let words = line.trim_end_matches(['-', '_', '–', '—']);
    let rule = line.len() - words.len();
    (rule >= 3 && !words.is_empty() && words.ends_with(chars::is_space)).then_some(words.len())
}

/// Where the title of the document, or the beginning of it, stands in a line behind the end of a sentence.
fn glued_head(line: &str, title: &str) -> Option<Range<usize>> {
    if title.len() < TITLE || line.len() < title.len().min(TITLE) + 8 {
        return None;
    }
    let mut ends = line.match_indices(['.', ')', ';']).map(|(at, mark)| at + mark.len());
    ends.find_map(|end| {
        let start = end + line[end..].len() - line[end..].trim_start_matches(chars::is_space).len();
        if start == end {
            return None;
        }
        let same: usize = line[start..]
            .chars()
            .zip(title.chars())
            .take_while(|(one, other)| one == other)
            .map(|(one, _)| one.len_utf8())
            .sum();
        let whole = line[start..start + same].trim_end_matches(chars::is_space).len();
        let parted = line[start + whole..].chars().next().is_none_or(chars::is_space);
        let cut = if parted { whole } else { line[start..start + same].rfind(chars::is_space)? };
        (cut >= TITLE).then_some(start..start + cut)
    })
}

/// The lines of the document's title: the last block that is none of the frame's, above the first that ends a clause.
pub(super) fn title(text: &str, lines: &[Line], frames: &FrameReader<'_>) -> Option<Range<usize>> {
    // Where a blank line stands behind every line, none tells what belongs together.
    let spread = lines.iter().filter(|line| line.blanks > 0).count() * 5 > lines.len() * 4;
    if spread && !lines.iter().any(|line| line.width > LONG_LINE) {
        return None;
    }
    let shown = |at: usize| &text[lines[at].span.range()];
    let framed = |at: usize| frames.line(shown(at)).is_some();
    let ends = |at: usize| shown(at).ends_with(|c: char| chars::is_terminal(c) || matches!(c, ',' | '，' | '،'));
    let head = lines.len().min(HEAD);
    let (mut start, mut title) = (0, None);
    while start < head {
        // A line of the frame parts blocks as a gap does.
        let parts = |at: usize| lines[at].blanks > 0 || lines[at].page || framed(at) || framed(at - 1);
        let (mut end, mut ended) = (start + 1, ends(start));
        // A block that ends a clause is no title, and one longer than any line of the frame is none of those.
        while end < lines.len()
            && !(ended && lines[start].span.start + frame::LONGEST < lines[end].span.start)
            && !parts(end)
        {
            ended |= ends(end);
            end += 1;
        }
        let agenda = start > 0 && lines[start].blanks == 0 && framed(start - 1);
        if agenda || frames.line(&joined(text, &lines[start..end])).is_some() {
            start = end;
            continue;
        }
        if (start..end).any(ends) {
            return title;
        }
        title = Some(start..end);
        start = end;
    }
    None
}

fn joined(text: &str, lines: &[Line]) -> String {
    lines.iter().map(|line| &text[line.span.range()]).collect::<Vec<_>>().join(" ")
}

/// A title without the number that the body gave the text.
pub(super) fn without_number<'t>(title: &'t str, catalogue: &Catalogue) -> &'t str {
    let number = catalogue.bodies().flat_map(|body| &body.number).find_map(|pattern| pattern.find_at(title, 0));
    number.filter(|found| found.start == 0).map_or(title, |found| title[found.end..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::layout::Layout;
    use crate::language::{Knowledge, language};

    fn parted(text: &str) -> Vec<(String, bool)> {
        let lines = part(
            text,
            lines::split(text, &Layout::default()),
            &FrameReader::new(Knowledge { catalogue: Catalogue::shipped(), language: language("en") }),
        );
        lines.iter().map(|line| (text[line.span.range()].to_owned(), line.head)).collect()
    }

    #[test]
    fn parts_rules_and_heads_from_what_they_were_glued_to() {
        let text = "80/32. Observance of the norms in the drafting and implementation of agreements\n\n\
                    The League,\n\nTaking note of the report,1 and of the Games ---\n\n\
                    1 A/80/124. Observance of the norms in the drafting and Noting that the League met,\n";
        let lines = parted(text);
        let shown: Vec<(&str, bool)> = lines.iter().map(|(line, head)| (line.as_str(), *head)).collect();
        assert_eq!(
            shown[2..],
            [
                ("Taking note of the report,1 and of the Games", false),
                ("---", false),
                ("1 A/80/124.", false),
                ("Observance of the norms in the drafting and", true),
                ("Noting that the League met,", false),
            ]
        );
    }

    #[test]
    fn leaves_a_title_that_a_text_cites() {
        let text = "Observance of the norms in the drafting and implementation of agreements\n\nThe League,\n\n\
                    1. Decides to name the item “Observance of the norms in the drafting and implementation”.\n";
        assert!(parted(text).iter().all(|(_, head)| !head));
    }
}
