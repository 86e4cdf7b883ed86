//! Where clauses stand in the lines of a file that a reader can open.

pub use crate::ingest::Position;
use crate::ingest::SourceMap;
use crate::statement::{ClauseIndex, Statement};

/// A file in which the clauses of a statement stand.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FilePositions<'a> {
    /// What to call it: its path, with slashes.
    pub path: String,
    statement: &'a Statement,
    /// The way from the spans of the statement to the lines of its source; none for a reading text.
    source: Option<SourceMap<'a>>,
}

impl<'a> FilePositions<'a> {
    /// The file that the statement was read from.
    #[must_use]
    pub fn source(path: impl Into<String>, statement: &'a Statement, text: &'a str) -> Self {
        Self { path: path.into(), statement, source: Some(SourceMap::of(text)) }
    }

    /// The reading text of the statement: one clause a block.
    #[must_use]
    pub fn reading(path: impl Into<String>, statement: &'a Statement) -> Self {
        Self { path: path.into(), statement, source: None }
    }

    /// Where a byte of a clause's text stands.
    #[must_use]
    pub fn position(&self, clause: ClauseIndex, at: u32) -> Option<Position> {
        let found = clause.of(&self.statement.clauses)?;
        let Some(map) = &self.source else {
            let ahead = found.text.get(..at as usize)?.chars().count();
            let label = found.label.as_deref().map_or(0, |label| label.chars().count());
            return Some(Position { line: 2 * clause.get() + 1, column: label + found.gap().len() + ahead + 1 });
        };
        map.position(found.source_offset(at) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest;
    use crate::record::reading_text;

    const TEXT: &str = "The Assembly,\n\nRecalling its earlier\nresolutions,\n\n1. Urges all States to act;\n\n2. Decides to remain seized\nof the «matter».\n";

    /// The word at every place that a clause says it stands at.
    fn found(lined: &FilePositions<'_>, file: &str, word: &str) -> String {
        let clauses = &lined.statement.clauses;
        let (clause, at) =
            clauses.iter().enumerate().find_map(|(at, clause)| Some((at, clause.text.find(word)?))).expect("a word");
        let place = lined.position(ClauseIndex::new(clause), u32::try_from(at).expect("short")).expect("a place");
        let line = file.lines().nth(place.line - 1).expect("a line");
        line.chars().skip(place.column - 1).take(word.chars().count()).collect()
    }

    #[test]
    fn words_stand_where_it_is_said() {
        let source =
            ingest::read(TEXT.as_bytes(), ingest::Options { language: Some("en"), ..ingest::Options::default() })
                .expect("text");
        let reading = reading_text(&source.statement);
        for word in ["Assembly", "resolutions", "Urges", "States", "matter", "»"] {
            assert_eq!(found(&FilePositions::source("a.txt", &source.statement, &source.text), TEXT, word), word);
            assert_eq!(found(&FilePositions::reading("text.txt", &source.statement), &reading, word), word);
        }
    }

    #[test]
    fn no_place_is_invented() {
        let source =
            ingest::read(TEXT.as_bytes(), ingest::Options { language: Some("en"), ..ingest::Options::default() })
                .expect("text");
        let lined = FilePositions::reading("text.txt", &source.statement);
        assert_eq!(lined.position(ClauseIndex::new(99), 0), None);
        assert_eq!(lined.position(ClauseIndex::new(0), 9999), None);
    }
}
