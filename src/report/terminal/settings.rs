//! What is set, a key a line, with who says it.

use std::fmt::Write as _;

use super::paint::columns;
use crate::report::settings::{Setting, SettingValue};
use crate::report::visible::visible;

/// Settings in a table: key, value, who says it.
#[must_use]
pub(super) fn settings(settings: &[Setting]) -> String {
    let value = |setting: &Setting| match &setting.value {
        SettingValue::None => "–".to_owned(),
        SettingValue::Text(text) if text.is_empty() => "\"\"".to_owned(),
        value => value.lines().join(" "),
    };
    let rows = settings.iter().map(|setting| (setting.key, visible(&value(setting)).into_owned(), source(setting)));
    let rows: Vec<_> = rows.collect();
    let wide = |of: &dyn Fn(&(&str, String, String)) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let keys = wide(&|(key, ..)| key.len());
    let values = wide(&|(_, value, _)| columns(value));
    let mut out = String::new();
    for (key, value, source) in &rows {
        let gap = " ".repeat(values - columns(value));
        let _ = writeln!(out, "{key:keys$}  {value}{gap}  {source}");
    }
    out
}

fn source(setting: &Setting) -> String {
    let name = setting.name.as_deref().unwrap_or(setting.source);
    match setting.line {
        Some(line) => format!("{}:{line}", visible(name)),
        None => visible(name).into_owned(),
    }
}
