//! A timeline, a line a version.

use std::fmt::Write as _;

use super::{
    corpus::counted,
    look::Look,
    paint::{Style, painted},
};
use crate::audit::Timeline;
use crate::change::{Tier, Verdict};
use crate::report::visible::visible;
use crate::statement::{StatedClaim, Status};

/// A work in time.
#[must_use]
pub(super) fn log(timeline: &Timeline, look: Look) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", painted(timeline.work.as_str(), Style::Bold, look));
    for text in [&timeline.about.title, &timeline.about.series].into_iter().flatten() {
        let _ = writeln!(out, "  {}", visible(text));
    }
    out.push('\n');
    for entry in &timeline.entries {
        let version = &entry.version;
        let verdict = match entry.verdict {
            None if entry.before.is_none() => "first".to_owned(),
            None => "–".to_owned(),
            Some(verdict) => painted(&format!("{verdict:11}"), style(verdict), look),
        };
        let record = &version.record;
        let claim = record.claim.as_ref().map(StatedClaim::words).or(record.status.as_ref().map(Status::words));
        let line = format!(
            "  {:12} {:3} {verdict:11}  {}",
            version.id.folder,
            version.id.language,
            visible(claim.unwrap_or_default())
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
    for lacking in &timeline.lacking {
        let language = painted(&lacking.language, Style::Weighed, look);
        let _ = writeln!(out, "\n  {language} lacks the {} of {}", visible(lacking.claim.words()), lacking.than);
    }
    for relative in &timeline.lineage {
        let relation = if relative.successor { "succeeded by" } else { "succeeds" };
        let held = if relative.held { "" } else { " (not held)" };
        let title = relative.title.as_deref().map(|title| format!(": {}", visible(title))).unwrap_or_default();
        let _ = writeln!(out, "\n  {relation} {}{held}{title}", visible(&relative.work));
    }
    let _ = writeln!(out, "\n{}", counted(timeline.entries.len(), "version"));
    out
}

fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Changed(Tier::Substantive) => Style::Grave,
        Verdict::Changed(Tier::Review) => Style::Weighed,
        Verdict::Changed(Tier::Editorial | Tier::Invisible) | Verdict::Identical => Style::Plain,
    }
}
