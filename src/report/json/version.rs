//! One version with everything that is kept of it, as a line: `recension.version/1`.

use std::io::{self, Write};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value as Tree;

use super::write::{Json, Value};
use crate::record::{Record, VersionId, Work};
use crate::statement::Statement;

/// A version as it is kept.
pub(crate) struct KeptVersion<'a> {
    /// Its name.
    pub(crate) id: &'a VersionId,
    /// What is recorded of it.
    pub(crate) record: &'a Record,
    /// What is recorded of its work.
    pub(crate) about: &'a Work,
    /// The bytes of its source.
    pub(crate) source: &'a [u8],
    /// Its reading text.
    pub(crate) text: &'a str,
    /// Its clauses.
    pub(crate) statement: &'a Statement,
}

/// Writes a version as one line.
///
/// # Errors
/// Where `out` refuses.
pub(crate) fn version_line(out: &mut dyn Write, kept: &KeptVersion<'_>) -> io::Result<()> {
    let mut json = Json::on_one_line();
    json.object(|json| {
        json.field("schema", "recension.version/1");
        json.field("ref", kept.id.to_string().as_str());
        json.field("work", kept.id.work.as_str());
        json.field("language", kept.id.language.as_str());
        json.field("folder", kept.id.folder.as_str());
        json.field("about", &serde_json::to_value(kept.about).unwrap_or_default());
        json.field("record", &serde_json::to_value(kept.record).unwrap_or_default());
        json.key("source");
        json.object(|json| match std::str::from_utf8(kept.source) {
            Ok(text) => {
                json.field("encoding", "utf-8");
                json.field("data", text);
            }
            Err(_) => {
                json.field("encoding", "base64");
                json.field("data", STANDARD.encode(kept.source).as_str());
            }
        });
        json.field("text", kept.text);
        json.key("clauses");
        json.list(kept.statement.each_clause(), |json, (at, clause)| {
            super::fields::clause(json, kept.statement, at, clause);
        });
    });
    let mut line = json.into_bytes();
    line.push(b'\n');
    out.write_all(&line)
}

/// Facts that are absent are left out.
impl Value for &Tree {
    fn write(self, json: &mut Json) {
        match self {
            Tree::Null => None::<bool>.write(json),
            Tree::Bool(value) => value.write(json),
            Tree::Number(value) => value.as_f64().unwrap_or_default().write(json),
            Tree::String(value) => value.as_str().write(json),
            Tree::Array(values) => json.list(values, |json, value| value.write(json)),
            Tree::Object(fields) => json.object(|json| {
                for (key, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
                    json.field(key, value);
                }
            }),
        }
    }
}
