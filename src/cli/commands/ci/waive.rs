//! Which findings are let pass: by the waivers of the base, and by new ones only where the call says so.

use std::path::{Component, Path, PathBuf};

use super::args::CiArgs;
use crate::audit::{Audit, UnusedWaiver, Waiver, waiver_text, waivers};
use crate::cli::{commands::add::bytes_of, config::Settings, error::CliError, files, surroundings, ui::Ui};
use crate::corpus::{self};
use crate::language::Date;
use crate::record::Day;
use crate::workspace::ReviewEnds;

/// The file of waivers that is looked for at the top of the repository.
const WAIVERS: &str = "recension-waivers.toml";
/// Days that a waiver holds which is written here.
const DAYS: i64 = 30;

/// The waivers of a call.
#[derive(Default)]
struct Found {
    held: Vec<Waiver>,
    /// Those that come with what is looked at.
    new: Vec<Waiver>,
}

/// Lets pass what waivers name, and tells of those that let nothing pass.
pub(super) fn apply(
    audit: &mut Audit,
    args: &CiArgs,
    settings: &Settings,
    ends: &ReviewEnds<'_>,
    ui: &Ui,
) -> Result<(), CliError> {
    let Found { mut held, new } = found(args, settings, ends, ui)?;
    if args.accept_new_waivers {
        held.extend(new);
    } else if !new.is_empty() {
        let (these, do_not) = if new.len() == 1 { ("waiver", "it does not") } else { ("waivers", "they do not") };
        ui.warn(&format!(
            "{} {these} of {} that the base has not: {do_not} count without --accept-new-waivers",
            new.len(),
            new.iter().map(|waiver| waiver.of.as_str()).collect::<Vec<_>>().join(", ")
        ));
    }
    if held.is_empty() {
        return Ok(());
    }
    for unused in audit.waive(&held, today()?) {
        ui.warn(&match unused {
            UnusedWaiver::Expired(waiver) => {
                format!("the waiver of {} has expired on {}: {}", waiver.of, waiver.expires, waiver.reason)
            }
            UnusedWaiver::Idle(waiver) => format!(
                "the waiver of {} fits nothing that was found here ({}, until {}): {}",
                waiver.of, waiver.fingerprint, waiver.expires, waiver.reason
            ),
        });
    }
    Ok(())
}

/// Appends waivers for what was found.
pub(super) fn write(audit: &Audit, file: &Path, ui: &Ui) -> Result<(), CliError> {
    let last = today()?.days_since_1970().and_then(|day| Date::from_days_since_1970(day + DAYS)).map(Day);
    let Some(last) = last else { return Err(off()) };
    let text = waiver_text(audit, last);
    let count = text.matches("[[waiver]]").count();
    if count > 0 {
        files::append(file, |out| out.write_all(text.as_bytes()))?;
    }
    let waivers = if count == 1 { "waiver" } else { "waivers" };
    ui.note(&format!("{count} {waivers} written to {}; each holds once a reason is given", file.display()));
    Ok(())
}

fn today() -> Result<Day, CliError> {
    surroundings::today().ok_or_else(off)
}

fn off() -> CliError {
    CliError::user("the clock of this machine is off by centuries, and waivers have a last day")
}

fn found(args: &CiArgs, settings: &Settings, ends: &ReviewEnds<'_>, ui: &Ui) -> Result<Found, CliError> {
    let top = corpus::top_of(ends.folder)?;
    let here = surroundings::current_folder().unwrap_or_default();
    let named = args.waivers.as_ref().map(|path| here.join(path)).or_else(|| settings.path("ci.waivers"));
    let path = plain(&named.clone().unwrap_or_else(|| top.join(WAIVERS)));
    let inside = [plain(&top), top.canonicalize().unwrap_or_else(|_| top.clone())];
    let Some(name) = inside.iter().find_map(|top| path.strip_prefix(top).ok()) else {
        return Ok(Found { held: read(&text_of(&path)?, &path)?, new: Vec::new() });
    };
    let name = name.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    let file = corpus::file_of_pull(ends.folder, ends.base, ends.head, &name)?;
    // A file that nobody has committed comes with what is checked out, and with no other revision, unless the call names it.
    let is_here = args.waivers.is_some() || args.head == "HEAD" && !args.staged;
    let uncommitted = || (is_here && path.is_file()).then(|| text_of(&path)).transpose();
    let after = match (&file.held, file.after) {
        (_, Some(after)) => Some(after),
        (None, None) => uncommitted()?,
        (Some(_), None) => None,
    };
    if file.held.is_none() && after.is_none() && named.is_some() {
        text_of(&path)?;
    }
    let held = match file.held.as_deref().map(|text| read(text, &path)).transpose() {
        Ok(held) => held.unwrap_or_default(),
        // Else nobody could ever mend the file of the base.
        Err(error) if args.accept_new_waivers && after.is_some() => {
            let why = error.advice().map_or_else(String::new, |advice| advice.message.clone());
            ui.warn(&format!("the waivers of the base are passed over: {why}"));
            Vec::new()
        }
        Err(error) => return Err(error),
    };
    let mut new = match after.as_deref().map(|text| read(text, &path)).transpose() {
        Ok(new) => new.unwrap_or_default(),
        Err(error) if args.accept_new_waivers => return Err(error),
        Err(error) => {
            let why = error.advice().map_or_else(String::new, |advice| advice.message.clone());
            ui.warn(&format!("new waivers can't be read: {why}"));
            Vec::new()
        }
    };
    new.retain(|waiver| !held.contains(waiver));
    Ok(Found { held, new })
}

fn read(text: &str, path: &Path) -> Result<Vec<Waiver>, CliError> {
    Ok(waivers(text, &path.display().to_string())?)
}

fn text_of(path: &Path) -> Result<String, CliError> {
    let name = path.display().to_string();
    String::from_utf8(bytes_of(path)?).map_err(|_| CliError::user(format!("{name} is no UTF-8")))
}

/// A path without `.` and `..`. Links are not followed: what one inside a repository names is not what the base has.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(out.pop()),
            part => out.push(part),
        }
    }
    out
}
