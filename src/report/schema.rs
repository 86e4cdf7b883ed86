//! The JSON Schemas of all documents that the program prints.

use serde_json::{Map, Value};

/// What several schemas refer to.
const COMMON: &str = include_str!("../../schemas/recension.common.1.schema.json");

/// Each document and its schema.
const SCHEMAS: [(&str, &str); 19] = [
    ("diff", include_str!("../../schemas/recension.diff.1.schema.json")),
    ("diff-lines", include_str!("../../schemas/recension.diff-lines.1.schema.json")),
    ("show", include_str!("../../schemas/recension.show.1.schema.json")),
    ("evidence", include_str!("../../schemas/recension.evidence.1.schema.json")),
    ("audit", include_str!("../../schemas/recension.audit.1.schema.json")),
    ("audit-lines", include_str!("../../schemas/recension.audit-lines.1.schema.json")),
    ("git", include_str!("../../schemas/recension.git.1.schema.json")),
    ("explain", include_str!("../../schemas/recension.explain.1.schema.json")),
    ("init", include_str!("../../schemas/recension.init.1.schema.json")),
    ("add", include_str!("../../schemas/recension.add.1.schema.json")),
    ("import", include_str!("../../schemas/recension.import.1.schema.json")),
    ("find", include_str!("../../schemas/recension.find.1.schema.json")),
    ("list", include_str!("../../schemas/recension.list.1.schema.json")),
    ("log", include_str!("../../schemas/recension.log.1.schema.json")),
    ("status", include_str!("../../schemas/recension.status.1.schema.json")),
    ("verify", include_str!("../../schemas/recension.verify.1.schema.json")),
    ("export", include_str!("../../schemas/recension.export.1.schema.json")),
    ("config", include_str!("../../schemas/recension.config.1.schema.json")),
    ("version", include_str!("../../schemas/recension.version.1.schema.json")),
];

/// The names of the documents that have a schema.
pub fn schema_names() -> impl Iterator<Item = &'static str> {
    SCHEMAS.iter().map(|(name, _)| *name)
}

/// The schema of a document as one text: what it refers to stands in its `$defs`. `None` where no document has that
/// name.
#[must_use]
pub fn schema(name: &str) -> Option<String> {
    let (_, text) = SCHEMAS.iter().find(|(known, _)| *known == name)?;
    let mut schema: Map<String, Value> = serde_json::from_str(text).ok()?;
    let common: Value = serde_json::from_str(COMMON).ok()?;
    let id = common.get("$id")?.as_str()?.to_owned();
    if text.contains(&id) {
        schema.insert("$defs".to_owned(), Value::Object(Map::from_iter([(id, common)])));
    }
    let mut out = serde_json::to_string_pretty(&schema).ok()?;
    out.push('\n');
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_is_there_under_its_name() {
        for name in schema_names() {
            let schema: Value = serde_json::from_str(&schema(name).expect("a schema")).expect("JSON");
            assert_eq!(schema["$id"], format!("recension.{name}.1.schema.json"));
            assert_eq!(schema["title"], format!("recension.{name}/1"));
        }
        assert_eq!(schema("common"), None);
    }
}
