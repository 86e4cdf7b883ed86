//! What is done with a corpus, in lines.

use std::fmt::Write as _;

use super::{
    Look,
    paint::{Style, painted},
};
use crate::corpus::{Added, Begun, Draft, Record};
use crate::report::visible;

/// A corpus that was begun.
#[must_use]
pub fn begun(begun: &Begun, look: Look) -> String {
    let folder = begun.folder.display().to_string();
    let folder = painted(&folder, Style::Bold, look);
    match (begun.already, begun.repository) {
        (true, _) => format!("{folder} is a corpus already; nothing was done\n"),
        (false, true) => format!("began a corpus and its git repository in {folder}\n"),
        (false, false) => format!("began a corpus in {folder}, in the git repository around it\n"),
    }
}

/// What was added, or would be.
#[must_use]
pub fn added(added: &Added, drafts: &[Draft], dry_run: bool, look: Look) -> String {
    let mut out = String::new();
    for (placed, draft) in added.placed.iter().zip(drafts) {
        let id = placed.id.to_string();
        let verb = match (placed.already, dry_run) {
            (true, _) => "already there",
            (false, true) => "would add",
            (false, false) => "added",
        };
        let _ = writeln!(out, "{verb}  {}", painted(&id, Style::Bold, look));
        if !placed.already {
            let _ = writeln!(out, "    {}", facts(&draft.record).join(" · "));
        }
    }
    if let Some(commit) = &added.commit {
        let _ = writeln!(out, "commit {}", commit.get(..12).unwrap_or(commit));
    }
    out
}

/// What is recorded of a version, in words.
pub(super) fn facts(record: &Record) -> Vec<String> {
    let said = |what: &str, value: Option<String>| value.map(|value| format!("{what} {}", visible(&value)));
    let day = |what: &str, day: Option<crate::corpus::Day>| day.map(|day| format!("{what} {day}"));
    let dates = &record.dates;
    let processing: Vec<String> = dates.processing.iter().map(ToString::to_string).collect();
    [
        said("symbol", record.symbol.clone()),
        said("job number", record.job_number.clone()),
        Some(day("issued", record.issued).unwrap_or_else(|| "no date of issue".to_owned())),
        day("letter", dates.letter),
        day("adopted", dates.adopted),
        day("masthead", dates.masthead),
        day("reissued", dates.reissued),
        (!processing.is_empty()).then(|| format!("processing {}", processing.join(", "))),
        said("claim", record.claim.clone()),
        said("status", record.status.clone()),
    ]
    .into_iter()
    .flatten()
    .collect()
}
