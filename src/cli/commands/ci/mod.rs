//! `recension ci`.

mod args;
mod waive;

use std::{
    collections::VecDeque,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use super::audit::places;
use crate::audit::Audit;
use crate::change::Tier;
use crate::cli::{
    config::{self, Owner, PROJECT, Settings},
    error::CliError,
    exit::Exit,
    files,
    global::Global,
    input::{self, Corpora},
    output,
    progress::step,
    surroundings,
    ui::Ui,
};
use crate::corpus::{self, Head, OddityKind};
use crate::execution::Execution;
use crate::language::Catalogue;
use crate::report::{self, View, render};
use crate::workspace::{AuditOptions, Review, ReviewEnds};
pub(in crate::cli) use args::CiArgs;

/// Runs the command.
pub(in crate::cli) fn run(args: &CiArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let folder = folder(global, ui);
    let base = base(args)?;
    let index = surroundings::index_of_git();
    let head = if args.staged { Head::Index(index.as_deref()) } else { Head::Revision(&args.head) };
    let ends = ReviewEnds { folder: &folder, base: &base, head };
    let settings = settings(&ends, global)?;
    // What is looked at has no say in what is told either.
    let ui = &ui.under(global, &settings);
    let asked = Some(args.files.clone()).filter(|files| !files.is_empty());
    let files = asked.or_else(|| settings.texts("ci.files")).unwrap_or_default();
    let pulls = step(ui, "looking at what changed", || corpus::pull(&folder, &base, head, &files))?;
    if pulls.len() > 1 {
        let bases: Vec<String> = pulls.iter().map(|pull| format!("{:.10}", pull.base)).collect();
        ui.warn(&format!("the two branches parted at several commits: held against each of {}", bases.join(", ")));
    }
    let changed = pulls.iter().flat_map(|pull| &pull.oddities);
    for oddity in changed.filter(|oddity| matches!(oddity.kind, OddityKind::Settings(_))) {
        ui.warn(&format!("{} is changed; the one at the base holds here", oddity.path));
    }
    let least = args.fail_on.map(Tier::from).or_else(|| settings.tier("ci.fail_on"));
    let mut policy = settings.policy().cloned().unwrap_or_default();
    policy.fail_on = least.or(policy.fail_on);
    let here = surroundings::current_folder();
    let formats = args.reports.iter().map(|report| report.format).chain([global.format]);
    let places = formats.filter_map(|format| places(here.as_ref(), format)).next();
    let options = AuditOptions { execution: Execution::available(), places };
    let catalogue = catalogue(&ends, global, ui)?;
    let review = Review { ends, policy, least, options, catalogue: &catalogue };
    let results = step(ui, "comparing versions", || review.outcomes(&pulls))?;
    input::warn_of_languages(results.iter().filter_map(|result| result.language.as_deref()), global, ui);
    let mut audit = Audit { results, waived: Vec::new() };
    waive::apply(&mut audit, args, &settings, &ends, ui)?;
    if let Some(file) = &args.write_waivers {
        waive::write(&audit, file, ui)?;
    }
    for report in &args.reports {
        let format = report.format.form(ui.look(args.width), View::Inline, false);
        files::write_file(&report.file, |out| render(&report::Report::Audit(&audit), format, out))?;
    }
    if let Some(summary) = args.summary.clone().or_else(surroundings::step_summary) {
        files::append(&summary, |out| {
            render(&report::Report::Audit(&audit), report::Format::Markdown { is_brief: false }, out)
        })?;
    }
    output::report(global, &report::Report::Audit(&audit), ui.look(args.width))?;
    Ok(Exit::found(!audit.passes()))
}

/// A folder of the repository that is looked at: as the call says, else where it was made. What the files of the
/// repository say of where its corpus is could lead elsewhere.
fn folder(global: &Global, ui: &Ui) -> PathBuf {
    let said = global.corpus.clone().or_else(surroundings::corpus_of_environment);
    let here = || surroundings::current_folder().filter(|here| corpus::top_of(here).is_ok());
    said.or_else(here).or_else(|| Corpora::new(global, ui).folder()).unwrap_or_else(|| PathBuf::from("."))
}

/// The revision to compare with: as asked for, else as the forge says.
fn base(args: &CiArgs) -> Result<String, CliError> {
    let staged = || args.staged.then(|| "HEAD".to_owned());
    args.base.clone().or_else(staged).or_else(surroundings::base_of_environment).ok_or_else(|| {
        CliError::user("nothing says what to compare with")
            .hint("name the branch that the changes go to by --base REV, or look at what is staged by --staged")
    })
}

/// The languages and bodies that texts are read with. A folder of them in the repository that is looked at is taken as the
/// base has it, so that what is looked at can't change what its words mean.
fn catalogue(ends: &ReviewEnds<'_>, global: &Global, ui: &Ui) -> Result<Catalogue, CliError> {
    let top = corpus::top_of(ends.folder)?;
    let within = |data: &Path| {
        let (top, data) = (fs::canonicalize(&top).ok()?, fs::canonicalize(data).ok()?);
        data.strip_prefix(top).map(Path::to_owned).ok()
    };
    if let Some(link) = global.data.as_deref().and_then(|data| link_within(&top, data)) {
        let message = format!("--data leads over {}, a link in the repository that is looked at", link.display());
        return Err(CliError::user(message)
            .hint("what is looked at could lead it elsewhere: name the folder itself, not a link to it"));
    }
    let Some(data) = global.data.as_deref().and_then(within) else { return Ok(global.catalogue().clone()) };
    let files = corpus::data_of_pull(ends.folder, ends.base, ends.head, &data)?;
    if files.is_empty() {
        let message =
            format!("{} lies in the repository that is looked at, and its base has no data there", data.display());
        return Err(CliError::user(message)
            .hint("commit the folder to the base first, or name one outside of the repository by --data"));
    }
    ui.note(&format!("languages and bodies of {} are those of the base", data.display()));
    Ok(Catalogue::shipped().with_files(files)?)
}

/// Links that are followed before a path is given up.
const MOST_LINKS: usize = 64;

/// The first link in the repository that a path leads over, wherever it ends: whoever changes the repository changes where
/// it leads. A path with more links than are followed counts as one.
fn link_within(top: &Path, data: &Path) -> Option<PathBuf> {
    let top = fs::canonicalize(top).ok()?;
    let start = surroundings::current_folder().map_or_else(|| data.to_owned(), |here| here.join(data));
    let mut rest: VecDeque<OsString> = start.components().map(|part| part.as_os_str().to_owned()).collect();
    let (mut at, mut links) = (PathBuf::new(), 0);
    while let Some(part) = rest.pop_front() {
        if part == ".." {
            at.pop();
            continue;
        }
        let next = at.join(&part);
        let Ok(target) = fs::read_link(&next) else {
            at = next;
            continue;
        };
        links += 1;
        // What was passed is free of links, so it is the folder that the link lies in.
        if at.starts_with(&top) || links > MOST_LINKS {
            return Some(next);
        }
        for part in target.components().rev() {
            rest.push_front(part.as_os_str().to_owned());
        }
    }
    None
}

/// What is set, with the project file as the base has it, so that what is looked at can't loosen its own rules.
fn settings(ends: &ReviewEnds<'_>, global: &Global) -> Result<Settings, CliError> {
    let file = corpus::file_of_pull(ends.folder, ends.base, ends.head, PROJECT)?;
    let parse = |text: &str| config::File::parse(text, &file.path, Owner::Project);
    Ok(global.settings.with_project(file.held.as_deref().map(parse).transpose()?))
}
