//! JSON of what git is told: `recension.git/1`.

use std::io::{self, Write};

use super::write::whole;
use crate::corpus::{GitIntegration, IntegrationFile};

/// What git was told, or is told no longer.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn integration(out: &mut dyn Write, wired: &GitIntegration) -> io::Result<()> {
    whole(out, |json| {
        json.field("schema", "recension.git/1");
        json.field("installed", wired.installed);
        json.field("reach", wired.reach.name());
        for (name, IntegrationFile { path, done }) in [("config", &wired.config), ("attributes", &wired.attributes)] {
            json.key(name);
            json.object(|json| {
                json.field("path", path.display().to_string().as_str());
                json.field("done", done.name());
            });
        }
        json.key("settings");
        json.list(&wired.settings, |json, (key, value)| {
            json.object(|json| {
                json.field("key", *key);
                json.field("value", value.as_str());
            });
        });
        json.values("patterns", &wired.patterns);
    })
}
