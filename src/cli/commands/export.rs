//! `recension export`.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use super::add::writable;
use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    files,
    global::Global,
    input::Corpora,
    output,
    progress::{Progress, step},
    ui::Ui,
};
use crate::corpus::Corpus;
use crate::frbr::WorkId;
use crate::record::{Version, Work};
use crate::report::{self, KeptVersion, PublishedVersion, Report, render};
use crate::workspace::{Selection, select};

const EXAMPLES: &str = "Examples:
  recension export un/cd/2066~zh
  recension export un/ --as source --to texts
  recension export --as jsonl -o corpus.jsonl
  recension export --as akn --to akn
  recension export --git-history";

/// Export versions: one, those of a work, or all.
///
/// SELECTOR is a work, the beginning of works' names ending in /, or a reference; without one, all are exported. Text,
/// source and akn are a file for each version, in the folder of --to as WORK/LANGUAGE/DATE.ENDING; a single one goes to
/// standard output, or to the file of -o. jsonl is a version a line with its source, its text and its clauses;
/// recension import --export reads it back.
///
/// --git-history writes a branch where each work is one file in each language and each version one commit with its own
/// date, for git log -p, git blame and forges. The same corpus gives the same commits anywhere.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct ExportArgs {
    /// A work, a prefix ending in /, or a reference.
    #[arg(value_name = "SELECTOR")]
    selectors: Vec<OsString>,
    /// Only versions in this language.
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// What to export: text, source, jsonl or akn.
    #[arg(long = "as", value_enum, value_name = "FORM", default_value_t = Form::Text, hide_possible_values = true)]
    form: Form,
    /// The folder that gets the files.
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// Write the history of a branch in the repository of the corpus; its name is recension-history, or BRANCH.
    #[arg(long, value_name = "BRANCH", num_args = 0..=1, default_missing_value = "recension-history", conflicts_with_all = ["to", "form"])]
    git_history: Option<String>,
    /// Replace files, or a branch, that no export made.
    #[arg(long)]
    force: bool,
}

/// Forms of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// The reading text.
    Text,
    /// The bytes as received.
    Source,
    /// JSON Lines, a version a line.
    Jsonl,
    /// Akoma Ntoso.
    Akn,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &ExportArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let corpora = Corpora::new(global, ui);
    let chosen = step(ui, "listing", || select(&corpora, &args.selectors, args.lang.as_deref()))?;
    if let Some(branch) = &args.git_history {
        return history(args, branch, &chosen, global, ui);
    }
    if args.form == Form::Jsonl {
        return lines(&chosen, global, ui);
    }
    let versions: Vec<(&Selection, &Version)> =
        chosen.iter().flat_map(|chosen| chosen.versions().map(move |(_, version)| (chosen, version))).collect();
    match (&args.to, &versions[..]) {
        (Some(folder), _) => files(args, folder, &versions, global, ui),
        (None, [(chosen, version)]) => {
            let bytes = bytes(args.form, chosen, version)?.1;
            output::deliver(global, |out| out.write_all(&bytes))?;
            Ok(Exit::Clean)
        }
        (None, versions) => Err(CliError::user(format!("{} versions do not fit into one file", versions.len()))
            .hint("name a folder for them by --to DIR, or take --as jsonl")),
    }
}

/// The ending of a version's file, and its bytes.
fn bytes(form: Form, chosen: &Selection, version: &Version) -> Result<(String, Vec<u8>), CliError> {
    let corpus: &Corpus = &chosen.corpus;
    match form {
        Form::Text => Ok(("txt".to_owned(), corpus.text_bytes(version)?)),
        Form::Source => {
            let (name, bytes) = corpus.source_bytes(version)?;
            Ok((name.rsplit_once('.').map_or("txt", |(_, ending)| ending).to_owned(), bytes))
        }
        Form::Akn => Ok(("xml".to_owned(), akn(chosen, version)?)),
        Form::Jsonl => Err(CliError::internal("JSON Lines are no file of one version")),
    }
}

/// A version as Akoma Ntoso.
fn akn(chosen: &Selection, version: &Version) -> Result<Vec<u8>, CliError> {
    let loaded = chosen.corpus.load(version)?;
    let about = chosen.corpus.work(&version.id.work)?;
    let published = PublishedVersion {
        id: Some(&version.id),
        sha256: &loaded.sha256,
        record: &version.record,
        about: &about,
        identity: &loaded.identity,
        statement: &loaded.source.statement,
        series: chosen.series_of(version).map(|version| (&version.id, &version.record)).collect(),
    };
    let mut out = Vec::new();
    render(&Report::Published(&published), report::Format::AkomaNtoso, &mut out)
        .map_err(|error| CliError::internal(format!("Akoma Ntoso: {error}")))?;
    Ok(out)
}

/// A file for each version.
fn files(
    args: &ExportArgs,
    folder: &Path,
    versions: &[(&Selection, &Version)],
    global: &Global,
    ui: &Ui,
) -> Result<Exit, CliError> {
    let progress = Progress::new(ui, "exporting", versions.len());
    let mut written = Vec::new();
    for (at, (chosen, version)) in versions.iter().enumerate() {
        let (ending, bytes) = bytes(args.form, chosen, version)?;
        let id = &version.id;
        let path = folder.join(id.work.as_str()).join(&id.language).join(format!("{}.{ending}", id.folder));
        let shown = path.display().to_string();
        match fs::read(&path) {
            Ok(there) if there != bytes && !args.force => {
                return Err(CliError::user(format!("{shown} is there already, with other bytes"))
                    .hint("name another folder, or give --force to replace it"));
            }
            Ok(there) if there == bytes => {}
            _ => {
                let above = path.parent().unwrap_or(folder);
                fs::create_dir_all(above).map_err(|error| CliError::io("written", &shown, &error))?;
                files::write_file(&path, |out| out.write_all(&bytes))?;
            }
        }
        written.push((id.to_string(), shown));
        progress.reach(at + 1);
    }
    progress.end();
    let folder = folder.display().to_string();
    output::report(global, &Report::Exported { files: &written, folder: &folder }, ui.look(None))?;
    Ok(Exit::Clean)
}

/// A line for each version.
fn lines(chosen: &[Selection], global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let of = chosen.iter().map(|chosen| chosen.versions().count()).sum();
    let progress = Progress::new(ui, "exporting", of);
    let mut failed = None;
    output::deliver(global, |out| {
        let mut done = 0;
        for chosen in chosen {
            let mut works = BTreeMap::new();
            for (_, version) in chosen.versions() {
                if let Err(error) = line(out, &chosen.corpus, version, &mut works)? {
                    failed = Some(error);
                    return Err(std::io::Error::other("a version can't be read"));
                }
                done += 1;
                progress.reach(done);
            }
        }
        Ok(())
    })
    .map_err(|error| failed.take().unwrap_or(error))?;
    progress.end();
    Ok(Exit::Clean)
}

fn line(
    out: &mut dyn Write,
    corpus: &Corpus,
    version: &Version,
    works: &mut BTreeMap<WorkId, Work>,
) -> std::io::Result<Result<(), CliError>> {
    let mut read = || -> Result<_, CliError> {
        if !works.contains_key(&version.id.work) {
            works.insert(version.id.work.clone(), corpus.work(&version.id.work)?);
        }
        let text = String::from_utf8_lossy(&corpus.text_bytes(version)?).into_owned();
        Ok((corpus.load(version)?, corpus.source_bytes(version)?.1, text))
    };
    let (loaded, source, text) = match read() {
        Ok(read) => read,
        Err(error) => return Ok(Err(error)),
    };
    let about = works.get(&version.id.work).cloned().unwrap_or_default();
    let kept = KeptVersion {
        id: &version.id,
        record: &version.record,
        about: &about,
        source: &source,
        text: &text,
        statement: &loaded.source.statement,
    };
    report::version_line(out, &kept).map(Ok)
}

fn history(args: &ExportArgs, branch: &str, chosen: &[Selection], global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let (_, store) = writable(global, ui)?;
    let [chosen] = chosen else {
        return Err(CliError::user("a history is written of one state of the corpus, and several revisions are named")
            .hint("leave out the revisions"));
    };
    let versions: Vec<Version> = chosen.versions().map(|(_, version)| version.clone()).collect();
    let progress = Progress::new(ui, "exporting", versions.len());
    let written = store.write_history(&chosen.corpus, &versions, branch, args.force, &|done| progress.reach(done))?;
    progress.end();
    output::report(global, &Report::History(&written), ui.look(None))?;
    Ok(Exit::Clean)
}
