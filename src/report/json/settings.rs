//! JSON of what is set: `recension.config/1`.

use std::io::{self, Write};

use super::write::whole;
use crate::report::settings::{Setting, SettingValue};

/// Settings as JSON, `recension.config/1`.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn settings(out: &mut dyn Write, settings: &[Setting]) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.config/1");
        json.key("settings");
        json.list(settings, |json, setting| {
            json.object(|json| {
                json.field("key", setting.key);
                match &setting.value {
                    SettingValue::None => json.field("value", None::<&str>),
                    SettingValue::Text(text) => json.field("value", text.as_str()),
                    SettingValue::Count(count) => json.field("value", *count),
                    SettingValue::Texts(texts) => json.values("value", texts),
                }
                json.field("source", setting.source);
                json.field("name", setting.name.as_deref());
                json.field("line", setting.line);
            });
        });
    })
}
