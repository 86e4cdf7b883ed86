//! The reading text: what `text.txt` holds.

use crate::statement::Statement;

/// The text of a statement for a reader: one clause a block, its printed label before the text, a blank line between.
///
/// No space parts a label from Chinese text that is printed against it.
#[must_use]
pub fn reading_text(statement: &Statement) -> String {
    let mut out = String::new();
    for clause in &statement.clauses {
        if !out.is_empty() {
            out.push('\n');
        }
        if let Some(label) = &clause.label {
            out.push_str(label);
            out.push_str(clause.gap());
        }
        out.push_str(&clause.text);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::ingest;

    #[test]
    fn one_clause_a_block() {
        let text = "The Assembly,\n\nRecalling its earlier\nresolutions,\n\n1. Urges all States to act;\n\n2. Decides to remain seized of the matter.\n";
        let source =
            ingest::read(text.as_bytes(), ingest::Options { language: Some("en"), ..ingest::Options::default() })
                .expect("text");
        let reading = super::reading_text(&source.statement);
        assert!(
            reading.contains("\n\nRecalling its earlier resolutions,\n\n1. Urges all States to act;\n\n"),
            "{reading}"
        );
        assert!(reading.ends_with("matter.\n"));
    }
}
