//! Reading a PDF ends, loses no text, and never panics: whole files, and pages drawn by any operators.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recension::ingest::{self, Options, Source};

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let file = if choice % 2 == 0 { [b"%PDF-1.7\n", rest].concat() } else { drawn(rest) };
    if let Ok(source) = ingest::read(file, Options::default()) {
        complete(&source);
    }
});

/// A file with one page that is drawn so. It has no table of objects: readers find them by themselves.
fn drawn(operators: &[u8]) -> Vec<u8> {
    let head = format!(
        "%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj\n\
         3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 4 0 R >> >> /Contents 5 0 R >> endobj\n\
         4 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> endobj\n5 0 obj << /Length {} >> stream\n",
        operators.len()
    );
    [head.as_bytes(), operators, b"\nendstream endobj\ntrailer << /Root 1 0 R >>\n"].concat()
}

/// Every byte that is not white space is in a clause or was dropped.
fn complete(source: &Source) {
    let mut seen = vec![false; source.text.len()];
    let spans = source.statement.clauses.iter().map(|clause| clause.span);
    for span in spans.chain(source.statement.dropped.iter().map(|dropped| dropped.span)) {
        seen[span.range()].fill(true);
    }
    for (at, c) in source.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        assert!(seen[at], "byte {at}, {c:?}, is in no clause and was not dropped");
    }
}
