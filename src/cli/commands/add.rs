//! `recension add`.

use std::{
    ffi::OsString,
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::Args;

use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::Global,
    input::Corpora,
    output,
    progress::step,
    surroundings,
    ui::Ui,
};
use crate::corpus::{self, Corpus, Draft, ReceivedFile, SameDay, StatedFacts, Store};
use crate::execution::Execution;
use crate::record::{Dates, Day};
use crate::report::Report;
use crate::statement::{StatedClaim, Status};
use crate::workspace::read_from;

const EXAMPLES: &str = "Examples:
  recension add CD_2066-zh.txt
  recension add letter.txt --work fictional/letter --lang en --issued 2031-06-05
  recension add statement.pdf --text statement.txt --source-url https://example.org/statement.pdf
  recension add reissue.txt --claim 'reissue for technical reasons' --dry-run";

/// Add texts to the corpus as versions, in one commit.
///
/// What a version is, its text says where it can: symbol, job number, language, dates by role, claim. An option
/// says or corrects it; so does a sidecar, a TOML file beside the text with .toml behind its whole name
/// (letter.txt.toml), whose keys are work, lang, issued, claim, status, symbol, job_number, original_languages,
/// source_url, captured, note, title, series, lineage, fictional and the table dates. An option goes before the sidecar,
/// the sidecar before the text. What nobody says stays unknown.
///
/// The source is kept as it came, byte for byte, beside the reading text. Bytes that the corpus has already of a work and
/// language are not added again. Other bytes under the same name are refused: a version never changes. Where they
/// are a version of their own, --claim says what it claims to be, and it is numbered (2016-09-26.2).
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct AddArgs {
    /// Files to add; - is standard input.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<OsString>,
    #[command(flatten)]
    said: SaidArgs,
    /// The text of a file that is no text itself, such as a PDF, extracted elsewhere. For one file.
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// Show what would be added, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// What the user says of all files of a call.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "What the texts are")]
pub(in crate::cli) struct SaidArgs {
    /// The work, such as un/cd/2066; else it is named after the symbol.
    #[arg(long, value_name = "WORK")]
    work: Option<String>,
    /// Code of the language, such as en or zh.
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// The date of issue: 2016-09-26, 2016-09 or 2016.
    #[arg(long, value_name = "DATE", value_parser = day)]
    issued: Option<Day>,
    /// What the version claims to be: reissue for technical reasons, corrigendum, revision, adoption.
    #[arg(long, value_name = "CLAIM")]
    claim: Option<String>,
    /// Its step on the way to adoption: draft or adopted.
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// The symbol, such as CD/2066.
    #[arg(long, value_name = "SYMBOL")]
    symbol: Option<String>,
    /// The job number, such as GE.16-12040.
    #[arg(long, value_name = "NUMBER")]
    job_number: Option<String>,
    /// A date by its role: adopted, letter, masthead, reissued or processing. May be given several times.
    #[arg(long = "date", value_name = "ROLE=DATE", value_parser = role)]
    dates: Vec<(Role, Day)>,
    /// Code of a language that it was drafted in. May be given several times.
    #[arg(long = "original", value_name = "CODE")]
    originals: Vec<String>,
    /// Where it was fetched from.
    #[arg(long, value_name = "URL")]
    source_url: Option<String>,
    /// When it was fetched; today where nobody says another day.
    #[arg(long, value_name = "DATE", value_parser = day)]
    captured: Option<Day>,
    /// Anything else that a reader should know.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// What a new work is called; else the title of its text.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The series that a new work belongs to.
    #[arg(long, value_name = "TEXT")]
    series: Option<String>,
    /// A work that a new work succeeds. May be given several times, the eldest first.
    #[arg(long, value_name = "WORK")]
    lineage: Vec<String>,
    /// The text is invented.
    #[arg(long)]
    fictional: bool,
}

/// What a date dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Adopted,
    Letter,
    Masthead,
    Reissued,
    Processing,
}

/// Reads a date of whole or partial precision.
pub(in crate::cli) fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "a date is written 2016-09-26, 2016-09 or 2016".to_owned())
}

fn role(text: &str) -> Result<(Role, Day), String> {
    let (role, date) = text.split_once('=').ok_or("it is written ROLE=DATE, such as letter=2016-07-13")?;
    let role = match role {
        "adopted" => Role::Adopted,
        "letter" => Role::Letter,
        "masthead" => Role::Masthead,
        "reissued" => Role::Reissued,
        "processing" => Role::Processing,
        _ => return Err("the roles are adopted, letter, masthead, reissued and processing".to_owned()),
    };
    Ok((role, day(date)?))
}

impl SaidArgs {
    /// What is said.
    pub(in crate::cli) fn said(&self) -> StatedFacts {
        let mut dates = Dates::default();
        for (role, day) in &self.dates {
            match role {
                Role::Adopted => dates.adopted = Some(*day),
                Role::Letter => dates.letter = Some(*day),
                Role::Masthead => dates.masthead = Some(*day),
                Role::Reissued => dates.reissued = Some(*day),
                Role::Processing => dates.processing.push(*day),
            }
        }
        StatedFacts {
            work: self.work.clone(),
            language: self.lang.clone(),
            issued: self.issued,
            claim: self.claim.clone().map(StatedClaim::from),
            status: self.status.clone().map(Status::from),
            symbol: self.symbol.clone(),
            job_number: self.job_number.clone(),
            original_languages: self.originals.clone(),
            dates,
            source_url: self.source_url.clone(),
            captured: self.captured,
            note: self.note.clone(),
            title: self.title.clone(),
            series: self.series.clone(),
            lineage: self.lineage.clone(),
            fictional: self.fictional.then_some(true),
        }
    }
}

/// Runs the command.
pub(in crate::cli) fn run(args: &AddArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    if args.text.is_some() && args.files.len() > 1 {
        return Err(
            CliError::user("--text is the text of one file, and several are given").hint("add the files one by one")
        );
    }
    let (corpus, store) = writable(global, ui)?;
    let read =
        || args.files.iter().map(|file| draft(file, args, &corpus, global.password())).collect::<Result<Vec<_>, _>>();
    let drafts = step(ui, "reading", read)?;
    let waiting = || ui.warn("another recension writes to this corpus; waiting for it");
    let added = if args.dry_run {
        corpus::AddedVersions { placed: store.plan(&drafts, SameDay::Refuse)?, ..corpus::AddedVersions::default() }
    } else {
        step(ui, "adding", || store.add(&drafts, SameDay::Refuse, &waiting))?
    };
    ui.remark_on(added.interrupted);
    let report = Report::Added { added: &added, drafts: &drafts, is_dry_run: args.dry_run };
    output::report(global, &report, ui.look(None))?;
    Ok(Exit::Clean)
}

/// The corpus, to read and to write.
pub(in crate::cli) fn writable(global: &Global, ui: &Ui) -> Result<(Corpus, Store), CliError> {
    if global.at.is_some() {
        return Err(CliError::user("--at reads the past, and nothing can be written there").hint("leave --at out"));
    }
    let Some(folder) = Corpora::new(global, ui).folder() else {
        return Err(CliError::user("there is no corpus here")
            .hint("begin one by recension init DIR, or name one by --corpus DIR or RECENSION_CORPUS"));
    };
    let execution = Execution::available();
    let corpus = Corpus::open(&folder, None)?.with_execution(execution).with_catalogue(global.catalogue());
    Ok((corpus, Store::open(&folder)?.with_execution(execution)))
}

fn draft(file: &OsString, args: &AddArgs, corpus: &Corpus, password: Option<&str>) -> Result<Draft, CliError> {
    let name = if file == "-" { "-".to_owned() } else { Path::new(file).display().to_string() };
    let bytes =
        if file == "-" { bytes(&mut io::stdin().lock(), "standard input")? } else { bytes_of(Path::new(file))? };
    let text = args.text.as_deref().map(bytes_of).transpose()?;
    let mut said = args.said.said();
    if file != "-" {
        said = said.over(sidecar(Path::new(file))?);
    }
    let today = surroundings::today();
    let received =
        ReceivedFile { name, bytes, text, password: password.map(str::to_owned), dated: None, committed: None };
    Ok(Draft::new(received, said, &corpus.settings().defaults, corpus.catalogue(), today)?)
}

/// What the file beside a file says of it.
pub(in crate::cli) fn sidecar(file: &Path) -> Result<StatedFacts, CliError> {
    let mut name = file.as_os_str().to_owned();
    name.push(".toml");
    let path = PathBuf::from(name);
    if !path.is_file() {
        return Ok(StatedFacts::default());
    }
    Ok(StatedFacts::read(&bytes_of(&path)?, &path.display().to_string())?)
}

/// The bytes of a file.
pub(in crate::cli) fn bytes_of(path: &Path) -> Result<Vec<u8>, CliError> {
    let name = path.display().to_string();
    if path.is_dir() {
        return Err(CliError::user(format!("{name} is a folder, not a file"))
            .hint("recension import FOLDER takes every text in it"));
    }
    let mut file = corpus::open_plain(path).map_err(|error| CliError::io("read", &name, &error))?;
    bytes(&mut file, &name)
}

fn bytes(from: &mut dyn Read, name: &str) -> Result<Vec<u8>, CliError> {
    read_from(from).map_err(|error| CliError::io("read", name, &error))
}
