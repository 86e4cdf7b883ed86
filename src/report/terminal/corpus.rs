//! What is done with a corpus, in lines.

use std::fmt::Write as _;

use super::{
    look::Look,
    paint::{Style, painted},
};
use crate::corpus::{AddedVersions, Draft, HistoryBranch, ImportOutcome, NewCorpus};
use crate::record::{Record, Version, WorkSummary, works};
use crate::report::visible::visible;
use crate::statement::{StatedClaim, Status};

/// A corpus that was begun.
#[must_use]
pub(super) fn begun(begun: &NewCorpus, look: Look) -> String {
    let folder = begun.folder.display().to_string();
    let folder = painted(&folder, Style::Bold, look);
    match (begun.already, begun.repository) {
        (true, _) => format!("{folder} is a corpus already; nothing was done\n"),
        (false, true) => format!("began a corpus and its git repository in {folder}\n"),
        (false, false) => format!("began a corpus in {folder}, in the git repository around it\n"),
    }
}

/// Versions by work, a line each.
#[must_use]
pub(super) fn list(versions: &[&Version], look: Look) -> String {
    let mut out = String::new();
    let mut work = None;
    for version in versions {
        if work.replace(&version.id.work) != Some(&version.id.work) {
            let _ = writeln!(out, "{}", painted(version.id.work.as_str(), Style::Bold, look));
        }
        let record = &version.record;
        let claim = record.claim.as_ref().map(StatedClaim::words);
        let said = [claim, record.status.as_ref().map(Status::words), record.symbol.as_deref()];
        let said: Vec<String> = said.into_iter().flatten().map(|said| visible(said).into_owned()).collect();
        let line = format!("  {:3} {:14} {}", version.id.language, version.id.folder, said.join(" · "));
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let _ = writeln!(out, "{}", counted(versions.len(), "version"));
    out
}

/// Works, a line each.
#[must_use]
pub(super) fn works_list(versions: &[&Version], look: Look) -> String {
    let mut out = String::new();
    let works = works(versions);
    let of = works.len();
    for WorkSummary { work, languages, versions, first, latest } in works {
        let day = |day: Option<crate::record::Day>| day.map_or_else(|| "undated".to_owned(), |day| day.to_string());
        let _ = write!(
            out,
            "{}  {}  {}",
            painted(work, Style::Bold, look),
            languages.join(", "),
            counted(versions, "version")
        );
        let _ = if first == latest {
            writeln!(out, ", {}", day(first))
        } else {
            writeln!(out, ", {} to {}", day(first), day(latest))
        };
    }
    let _ = writeln!(out, "{}", counted(of, "work"));
    out
}

/// What was added, or would be.
#[must_use]
pub(super) fn added(added: &AddedVersions, drafts: &[Draft], dry_run: bool, look: Look) -> String {
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

/// What an import did.
#[must_use]
pub(super) fn imported(imported: &ImportOutcome, dry_run: bool, look: Look) -> String {
    let mut out = String::new();
    for problem in &imported.problems {
        let place = painted(&problem.place, Style::Bold, look);
        let message = problem.error.to_string();
        let _ = writeln!(out, "left out  {place}: {}", visible(&message));
    }
    let verb = if dry_run { "would add" } else { "added" };
    let _ = writeln!(
        out,
        "{verb} {} in {}; {} already there; {} left out",
        counted(imported.added, "version"),
        counted(imported.commits.len(), "commit"),
        imported.already,
        imported.problems.len()
    );
    out
}

/// Files that were written below a folder.
#[must_use]
pub(super) fn exported(files: &[(String, String)], folder: &str) -> String {
    format!("wrote {} below {}\n", counted(files.len(), "file"), visible(folder))
}

/// A branch that was written.
#[must_use]
pub(super) fn history(written: &HistoryBranch, look: Look) -> String {
    let branch = painted(&written.branch, Style::Bold, look);
    let commit = written.commit.get(..12).unwrap_or(&written.commit);
    let commits = counted(written.commits, "commit");
    if written.already {
        format!("branch {branch} has these {commits} already; it ends in {commit}\n")
    } else {
        format!("wrote {commits} to branch {branch}; it ends in {commit}\n")
    }
}

/// A number and what it counts.
pub(super) fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// What is recorded of a version, in words.
pub(super) fn facts(record: &Record) -> Vec<String> {
    let said = |what: &str, value: Option<String>| value.map(|value| format!("{what} {}", visible(&value)));
    let day = |what: &str, day: Option<crate::record::Day>| day.map(|day| format!("{what} {day}"));
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
        said("claim", record.claim.as_ref().map(StatedClaim::to_string)),
        said("status", record.status.as_ref().map(Status::to_string)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
