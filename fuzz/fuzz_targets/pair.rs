//! Two statements out of one input.

use recension::ingest::{self, Options};
use recension::statement::Statement;

const LANGUAGES: [Option<&str>; 7] =
    [None, Some("ar"), Some("en"), Some("es"), Some("fr"), Some("ru"), Some("zh")];

/// The first byte says the language, the second where the texts part.
pub fn statements(bytes: &[u8]) -> Option<(Statement, Statement)> {
    let (&[language, part], rest) = bytes.split_first_chunk::<2>()?;
    let (before, after) = rest.split_at(rest.len() * usize::from(part) / 256);
    let language = LANGUAGES[usize::from(language) % LANGUAGES.len()];
    let read = |bytes: &[u8]| Some(ingest::read(bytes, Options::default().with_language(language)).ok()?.statement);
    Some((read(before)?, read(after)?))
}
