//! What was found, clause by clause below the version it stands in. What fits is marked: `[=found=]`.

use std::fmt::Write as _;

use super::{
    corpus::counted,
    look::Look,
    paint::{Paragraph, Style, painted},
};
use crate::search::{Found, Hit};
use crate::statement::ClauseIndex;

/// Bytes of a clause that are shown whole.
const MOST_WHOLE: usize = 1_000;
/// Bytes that are shown before and behind what fits first, of a longer one.
const AROUND: usize = 300;

/// What was found.
#[must_use]
pub(super) fn found(found: &Found, look: Look) -> String {
    let mut out = String::new();
    for of_version in found.hits.chunk_by(|a, b| a.id == b.id) {
        let Some(first) = of_version.first() else { continue };
        let _ = writeln!(out, "{}", painted(&first.id.to_string(), Style::Bold, look));
        of_version.iter().for_each(|hit| self::hit(&mut out, hit, look));
        out.push('\n');
    }
    let what = counted(found.total, "clause");
    let of = counted(found.searched, "version");
    let _ = match (found.total, found.cut) {
        (0, _) => writeln!(out, "nothing found in {of}"),
        (_, 0) => writeln!(out, "{what} found in {of}"),
        (_, cut) => writeln!(out, "{what} found in {of}; {cut} not shown (--limit)"),
    };
    out
}

/// `  c12  item  operative 3 (a)`, and the text below it.
fn hit(out: &mut String, hit: &Hit, look: Look) {
    let mut head = Paragraph::new(out, look, 2);
    head.push(&ClauseIndex::new(hit.clause).id(), Style::Bold);
    head.push(&format!("  {}  ", hit.kind.name()), Style::Faint);
    head.push(&hit.address, Style::Plain);
    head.end();
    let (start, end) = shown(hit);
    let mut text = Paragraph::new(out, look, 6);
    if start > 0 {
        text.push("… ", Style::Faint);
    }
    let mut at = start;
    for range in hit.ranges.iter().filter(|range| range.start >= start && range.end <= end) {
        text.push(&hit.text[at..range.start], Style::Plain);
        text.push(&hit.text[range.clone()], Style::Found);
        at = range.end;
    }
    text.push(&hit.text[at..end], Style::Plain);
    if end < hit.text.len() {
        let more = hit.ranges.iter().filter(|range| range.end > end).count();
        let more = if more > 0 { format!(" … ({more} more in this clause)") } else { " …".to_owned() };
        text.push(&more, Style::Faint);
    }
    text.end();
}

/// The bytes of a clause that are shown: all, or in a long one those around what fits first.
fn shown(hit: &Hit) -> (usize, usize) {
    let text = &hit.text;
    let first = hit.ranges.first().filter(|_| text.len() > MOST_WHOLE);
    first.map_or((0, text.len()), |range| {
        let before = (0..=range.start.saturating_sub(AROUND)).rev().find(|at| text.is_char_boundary(*at));
        let behind = (range.end + AROUND..text.len()).find(|at| text.is_char_boundary(*at));
        let (start, end) = (before.unwrap_or(0), behind.unwrap_or(text.len()));
        // What fits and does not fit in: shown whole or not at all.
        let end = hit.ranges.iter().find(|range| range.start < end && range.end > end).map_or(end, |range| range.end);
        (start, end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frbr::WorkId;
    use crate::record::VersionId;
    use crate::statement::ClauseKind;

    #[test]
    fn what_fits_is_marked_with_and_without_colour() {
        let id = VersionId {
            work: WorkId::new("a/b").expect("a name"),
            language: "ar".to_owned(),
            folder: "2031".to_owned(),
        };
        let text = "الاستقرار الاستراتيجي".to_owned();
        let range = 0.."الاستقرار".len();
        let hit = Hit {
            id,
            issued: None,
            address: "¶1".to_owned(),
            kind: ClauseKind::Paragraph,
            clause: 0,
            text,
            ranges: std::iter::once(range).collect(),
        };
        let mut long = Hit { text: format!("{}needle{}", "x ".repeat(5_000), " y".repeat(5_000)), ..hit.clone() };
        long.ranges = std::iter::once(10_000..10_006).collect();
        let found = Found {
            query: "q".to_owned(),
            total: 7,
            hits: vec![hit, long],
            cut: 5,
            searched: 1,
            unread: Vec::new(),
            is_of_all: true,
        };
        let look = Look { width: 200, color: false, verbose: false };
        let plain = self::found(&found, look);
        assert!(plain.starts_with("a/b@2031~ar\n  c1  paragraph  ¶1\n      [=الاستقرار=] الاستراتيجي\n"), "{plain}");
        assert!(plain.contains("x [=needle=] y") && plain.len() < 2_000, "{plain}");
        assert!(plain.ends_with("7 clauses found in 1 version; 5 not shown (--limit)\n"), "{plain}");
        let colored = self::found(&found, Look { color: true, ..look });
        assert!(colored.contains("\u{2068}[=الاستقرار=]\u{2069}\u{1B}[0m"), "{colored:?}");
    }
}
