//! Setting and removing one key of a configuration file; what else stands there stays as it is.

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value as Written};

use super::key::Value;

/// The text with a key set, or removed where there is no value. It may be one that means nothing, to be removed.
pub(super) fn edited(text: &str, key: &str, value: Option<&Value>) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let line = error.span().map_or(0, |span| text.bytes().take(span.start).filter(|byte| *byte == b'\n').count());
        format!("line {}: {}", line + 1, error.message().replace('\n', " "))
    })?;
    let (table, name) = key.split_once('.').map_or((None, key), |(table, name)| (Some(table), name));
    match (table, value) {
        (None, Some(value)) => put(document.as_table_mut(), name, written(value)),
        (None, None) => drop(document.as_table_mut().remove(name)),
        (Some(table), value) => within(&mut document, table, name, value.map(written))?,
    }
    Ok(document.to_string())
}

/// Sets or removes a key of a table, which is made where it is missing.
fn within(document: &mut DocumentMut, table: &str, name: &str, value: Option<Written>) -> Result<(), String> {
    if !document.contains_key(table) {
        if value.is_none() {
            return Ok(());
        }
        document.insert(table, Item::Table(Table::new()));
    }
    let Some(found) = document.get_mut(table).and_then(Item::as_table_like_mut) else {
        return Err(format!("{table} is no table"));
    };
    match value {
        Some(value) => put(found, name, value),
        None => {
            found.remove(name);
        }
    }
    Ok(())
}

/// Sets a key; what stands around its old value stays.
fn put(table: &mut dyn TableLike, name: &str, mut value: Written) {
    match table.get_mut(name) {
        Some(Item::Value(old)) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        Some(other) => *other = Item::Value(value),
        None => {
            table.insert(name, Item::Value(value));
        }
    }
}

fn written(value: &Value) -> Written {
    match value {
        Value::Text(text) => text.as_str().into(),
        Value::Count(count) => i64::try_from(*count).unwrap_or(i64::MAX).into(),
        Value::Texts(texts) => texts.iter().map(String::as_str).collect::<Array>().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, name: &str, value: Option<Value>) -> String {
        edited(text, name, value.as_ref()).expect("a text")
    }

    #[test]
    fn comments_and_layout_stay() {
        let text = "# mine\ncorpus = 'c'   # here\n\n[ui]   # looks\n  color=\"never\" # no colour\nwidth = 72\n";
        let always = Some(Value::Text("always".to_owned()));
        assert_eq!(set(text, "ui.color", always.clone()), text.replace("\"never\"", "\"always\""));
        assert_eq!(set(text, "ui.width", None), text.replace("width = 72\n", ""));
        assert_eq!(set("", "ui.color", always.clone()), "[ui]\ncolor = \"always\"\n");
        assert_eq!(set("ui.width = 72\n", "ui.color", always), "ui.width = 72\nui.color = \"always\"\n");
        assert_eq!(set("", "corpus", Some(Value::Text("a\"b".to_owned()))), "corpus = 'a\"b'\n");
        let files = Some(Value::Texts(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(set("log = \"off\"\n", "ci.files", files), "log = \"off\"\n\n[ci]\nfiles = [\"a\", \"b\"]\n");
        assert_eq!(set("x = 1\n", "ui.color", None), "x = 1\n");
        assert_eq!(set("[ui]\nkolor = 1\ncolor = \"auto\"\n", "ui.kolor", None), "[ui]\ncolor = \"auto\"\n");
    }

    #[test]
    fn what_is_no_table_is_not_made_one() {
        assert!(edited("ui = 3\n", "ui.color", Some(&Value::Text("auto".to_owned()))).is_err());
        assert!(edited("ui = \n", "ui.color", None).expect_err("no TOML").starts_with("line 1: "));
    }
}
