//! The command line: arguments in, a result on standard output, an exit code.
//!
//! What the library finds is printed here and nowhere else; advice is given here and nowhere else.

mod args;
mod commands;
mod config;
mod error;
mod exit;
mod files;
mod global;
mod input;
mod level;
mod output;
mod pager;
mod progress;
mod sign;
mod surroundings;
mod ui;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use args::{Cli, Command};
use config::{Places, Settings};
use error::CliError;
use exit::Exit;
use global::Format;
use pager::{Occasion, Pager};
use ui::Ui;

use crate::corpus;
use crate::language::Catalogue;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let mut cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error).into(),
    };
    cli.settle_format(surroundings::in_github_actions());
    let warnings = match settle(&mut cli) {
        Ok(warnings) => warnings,
        Err(error) => {
            ui::complain(&error);
            return Exit::Trouble.into();
        }
    };
    let ui = Ui::new(&cli.global);
    warnings.iter().for_each(|warning| ui.warn(warning));
    for file in cli.global.settings.files() {
        ui.debug(&format!("configuration file {}, keys: {}", file.path.display(), file.entries.len()));
    }
    cli.global.pager = pager(&cli, &ui);
    let ready = cli.check_format().and_then(|()| know_more(&mut cli, &ui)).and_then(|()| know_password(&mut cli));
    match ready.and_then(|()| command(&cli, &ui)) {
        Ok(exit) => exit.into(),
        // Who closed the pipe has read enough.
        Err(CliError::Pipe) => Exit::Clean.into(),
        Err(error) => {
            ui.complain(&error);
            Exit::Trouble.into()
        }
    }
}

/// Reads what the configuration and the environment say, and gives what to warn of. A command that mends a file does not
/// need it to be in order.
fn settle(cli: &mut Cli) -> Result<Vec<String>, CliError> {
    let mut warnings = Vec::new();
    match Settings::read(cli.global.said(), &Places::find()) {
        Ok((settings, found)) => {
            cli.global.settings = settings;
            warnings = found;
        }
        Err(_) if matches!(&cli.command, Command::Config(args) if args.writes()) => {
            cli.global.settings = Settings::without_files(cli.global.said(), &mut warnings);
        }
        // What is looked at must not be able to stop the look at it: the settings of the base hold.
        Err(_) if matches!(&cli.command, Command::Ci(_)) => {
            let places = Places { project: None, ..Places::find() };
            let (settings, found) = Settings::read(cli.global.said(), &places)?;
            cli.global.settings = settings;
            warnings = found;
        }
        Err(fault) => return Err(fault.into()),
    }
    Ok(warnings)
}

/// Reads the languages and bodies that are known beside those of the program. Only who calls says where they are: what comes
/// with a project must not say how it is judged.
fn know_more(cli: &mut Cli, ui: &Ui) -> Result<(), CliError> {
    let named = cli.global.data.clone().or_else(surroundings::data_of_environment);
    let Some(folder) = named else { return Ok(()) };
    let clock = ui.clock();
    cli.global.known = Catalogue::shipped().load(&folder)?;
    ui.took("reading more languages and bodies", clock);
    ui.note(&format!("languages and bodies of {} are known beside those of the program", folder.display()));
    cli.global.data = Some(folder);
    Ok(())
}

/// Most bytes of a file that holds a password.
const PASSWORD: u64 = 4096;

/// Reads the password of encrypted documents.
fn know_password(cli: &mut Cli) -> Result<(), CliError> {
    let Some(file) = &cli.global.password_file else { return Ok(()) };
    let name = file.display().to_string();
    let bytes = corpus::read_plain(file, PASSWORD).map_err(|error| CliError::io("read", &name, &error))?;
    let text =
        String::from_utf8(bytes).map_err(|_| CliError::user(format!("{name} holds no password: it is no UTF-8")))?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        return Err(CliError::user(format!("{name} holds no password: its first line is empty")));
    }
    cli.global.password = Some(line.to_owned());
    Ok(())
}

/// The pager for the result of a command, if it gets one.
fn pager(cli: &Cli, ui: &Ui) -> Option<Pager> {
    let set = cli.global.settings.pager();
    Pager::choose(Occasion {
        is_paged: cli.command.is_paged() && cli.global.format == Format::Terminal,
        is_seen: ui.is_terminal() && !ui.is_quiet(),
        is_dumb: surroundings::is_dumb(),
        set: set.as_deref(),
    })
}

fn command(cli: &Cli, ui: &Ui) -> Result<Exit, CliError> {
    match &cli.command {
        Command::Init(args) => commands::init::run(args, &cli.global, ui),
        Command::Add(args) => commands::add::run(args, &cli.global, ui),
        Command::Import(args) => commands::import::run(args, &cli.global, ui),
        Command::List(args) => commands::list::run(args, &cli.global, ui),
        #[cfg(feature = "search")]
        Command::Find(args) => commands::find::run(args, &cli.global, ui),
        Command::Log(args) => commands::log::run(args, &cli.global, ui),
        Command::Status(args) => commands::status::run(args, &cli.global, ui),
        Command::Verify(args) => commands::verify::run(args, &cli.global, ui),
        Command::Export(args) => commands::export::run(args, &cli.global, ui),
        Command::Ci(args) => commands::ci::run(args, &cli.global, ui),
        Command::Diff(args) => commands::diff::run(args, &cli.global, ui),
        Command::Audit(args) => commands::audit::run(args, &cli.global, ui),
        Command::Explain(args) => commands::explain::run(args, &cli.global),
        Command::Git(args) => commands::git::run(args, &cli.global, ui),
        Command::Show(args) => commands::show::run(args, &cli.global, ui),
        Command::Config(args) => commands::config::run(args, &cli.global, ui),
        Command::Schema(args) => commands::schema::run(args, &cli.global),
        Command::Completions(args) => commands::completions::run(args, &cli.global, Cli::command()),
        Command::Man(args) => commands::man::run(args, &cli.global, Cli::command()),
    }
}

/// Prints help where it was asked for, else what is wrong with the arguments.
fn usage(error: &clap::Error) -> Exit {
    if error.use_stderr() {
        ui::complain_of_usage(error);
        return Exit::Trouble;
    }
    // Help that nobody reads is no trouble.
    let _ = error.print();
    Exit::Clean
}
