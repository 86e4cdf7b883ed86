//! The arguments, as clap reads them. Those of a command stand in its own file.

use clap::{Parser, Subcommand};

use super::{
    commands,
    error::CliError,
    exit,
    global::{Format, Global},
};

/// Compares versions of official statements.
///
/// recension keeps versions of official statements, compares them clause by clause and says what a change amounts to:
/// invisible (layout), editorial (masthead, numbering, spelling), review (a human must look) or substantive (it changes
/// what is said).
///
/// A version is named by a reference, WORK@DATE~LANG, each part after the work optional: un/cd/2066@2016-09-26~zh,
/// un/cd/2066~zh (the latest), un/cd/2066@first~zh. REV:WORK… reads it as the git revision REV has it. Wherever a
/// reference stands, the path of a file may stand instead, and - is standard input.
#[derive(Debug, Parser)]
#[command(name = "recension", version, max_term_width = 100, after_help = exit::HELP, disable_help_subcommand = true)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The commands; what each does is said with its arguments, for a text here would stand in place of that one.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Init(commands::init::InitArgs),
    Add(Box<commands::add::AddArgs>),
    Import(Box<commands::import::ImportArgs>),
    List(commands::list::ListArgs),
    #[cfg(feature = "search")]
    Find(Box<commands::find::FindArgs>),
    Log(commands::log::LogArgs),
    Status(commands::status::StatusArgs),
    Verify(commands::verify::VerifyArgs),
    Export(commands::export::ExportArgs),
    Ci(commands::ci::CiArgs),
    Diff(commands::diff::DiffArgs),
    Audit(commands::audit::AuditArgs),
    Explain(commands::explain::ExplainArgs),
    Git(commands::git::GitArgs),
    Show(commands::show::ShowArgs),
    Config(commands::config::ConfigArgs),
    Schema(commands::schema::SchemaArgs),
    Completions(commands::completions::CompletionsArgs),
    Man(commands::man::ManArgs),
}

impl Cli {
    /// Decides on the format. A forge obeys lines of its log that begin like its commands, whatever text they quote, so
    /// there only annotations are printed, which escape what they quote.
    pub(super) fn settle_format(&mut self, in_github_actions: bool) {
        let forge = matches!(self.command, Command::Ci(_)) && in_github_actions && self.global.output.is_none();
        let usual = if forge { Format::Github } else { Format::Terminal };
        self.global.format = self.global.asked.unwrap_or(usual);
    }

    /// Refuses a format that the command has not, before anything is done.
    pub(super) fn check_format(&self) -> Result<(), CliError> {
        let offered = self.command.formats();
        if offered.contains(&self.global.format) {
            return Ok(());
        }
        let names: Vec<String> = offered.iter().map(|format| format.name()).collect();
        Err(CliError::user(format!("this command does not print {}", self.global.format.name()))
            .hint(format!("it prints {}", names.join(", "))))
    }
}

impl Command {
    /// Whether its result is for reading, and may be longer than a screen.
    pub(super) const fn is_paged(&self) -> bool {
        match self {
            Self::Diff(_) | Self::Show(_) | Self::Log(_) | Self::List(_) | Self::Audit(_) | Self::Explain(_) => true,
            #[cfg(feature = "search")]
            Self::Find(_) => true,
            _ => false,
        }
    }

    /// The formats that a command prints.
    fn formats(&self) -> &'static [Format] {
        match self {
            Self::Diff(_) => commands::diff::FORMATS,
            Self::Audit(args) => args.formats(),
            Self::Ci(_) => commands::audit::FORMATS,
            Self::Git(args) => args.formats(),
            Self::Schema(_) | Self::Completions(_) | Self::Man(_) => &[Format::Terminal],
            _ => &[Format::Terminal, Format::Json],
        }
    }
}
