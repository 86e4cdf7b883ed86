//! The options of every command, with what the call knows besides.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{
    config::{Settings, StatedFacts, Value},
    pager::Pager,
};
use crate::execution::Execution;
use crate::ingest::Revisions;
use crate::language::Catalogue;
use crate::report::{self, Look, View};

/// Options of every command.
#[derive(Args, Debug)]
pub(super) struct Global {
    /// The corpus: a folder that holds recension.toml, or a bare repository.
    ///
    /// Without it, that of the environment variable RECENSION_CORPUS, else the nearest folder upwards that holds
    /// recension.toml or that a project file names, else that of the user's file, else the folder corpus. The command config
    /// says which.
    #[arg(long, global = true, value_name = "DIR", help_heading = "Everywhere")]
    pub(super) corpus: Option<PathBuf>,
    /// Know the languages and bodies of this folder beside those of the program.
    ///
    /// It is laid out like data/ of the source: languages/CODE.toml, languages/CODE.lexicon.toml, words/CODE.fst and
    /// bodies/NAME.toml. A file of a known code or name stands in place of the one of the program. Without it, the folder of
    /// the environment variable RECENSION_DATA; no file of a configuration names one.
    #[arg(long, global = true, value_name = "DIR", help_heading = "Everywhere")]
    pub(super) data: Option<PathBuf>,
    /// The password of encrypted documents: the first line of this file.
    ///
    /// Documents that open without one are read without. It is kept nowhere.
    #[arg(long, global = true, value_name = "FILE", help_heading = "Everywhere")]
    pub(super) password_file: Option<PathBuf>,
    /// The password in that file.
    #[arg(skip)]
    pub(super) password: Option<String>,
    /// Which text of the tracked changes of Word files is read: after them, or before them.
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHICH",
        default_value = "after",
        hide_possible_values = true,
        help_heading = "Everywhere"
    )]
    pub(super) revisions: Tracked,
    /// Read the corpus as this git revision has it.
    #[arg(long, global = true, value_name = "REV", help_heading = "Everywhere")]
    pub(super) at: Option<String>,
    /// Print no result and no warning, only errors: the exit code says it.
    ///
    /// A file named by -o is written all the same.
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Everywhere")]
    pub(super) quiet: bool,
    /// Say on standard error what is read; list changes of layout, and the rule behind each edit.
    ///
    /// The variable RECENSION_LOG says how much is said there without this option: off, error, warn, info or debug.
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    pub(super) verbose: bool,
    /// Colour: on a terminal unless NO_COLOR is set (auto), always, or never. Marks are printed with and without it.
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        hide_possible_values = true,
        help_heading = "Everywhere"
    )]
    pub(super) color: Option<Color>,
    /// The format of the result: terminal or json; of diff and audit also jsonl, markdown, sarif, junit, github, gitlab; of diff
    /// html, docx and akn.
    #[arg(
        long = "format",
        global = true,
        value_enum,
        value_name = "FORMAT",
        hide_possible_values = true,
        help_heading = "Everywhere"
    )]
    pub(super) asked: Option<Format>,
    /// The format that is printed: the one asked for, else the one for the occasion.
    #[arg(skip)]
    pub(super) format: Format,
    /// Write the result to this file instead of standard output; it is complete or not there.
    #[arg(short, long, global = true, value_name = "FILE", help_heading = "Everywhere")]
    pub(super) output: Option<PathBuf>,
    /// Print to the terminal, without a pager.
    ///
    /// The pager is that of RECENSION_PAGER, else of the key ui.pager, else of PAGER, else less; cat or nothing is none.
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub(super) no_pager: bool,
    /// The languages and bodies that are known.
    #[arg(skip)]
    pub(super) known: Catalogue,
    /// What the configuration and the environment say besides.
    #[arg(skip)]
    pub(super) settings: Settings,
    /// The pager for this result, where it gets one.
    #[arg(skip)]
    pub(super) pager: Option<Pager>,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal.
    Auto,
    /// Anywhere.
    Always,
    /// Nowhere.
    Never,
}

impl Color {
    /// The name on the command line.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

/// Formats of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For a person.
    #[default]
    Terminal,
    /// For a program.
    Json,
    /// For a program that reads line by line.
    Jsonl,
    /// For a browser: one file.
    Html,
    /// For a word processor: both texts with tracked changes.
    Docx,
    /// For a pull request or the summary of a job.
    Markdown,
    /// For editors of legal texts: Akoma Ntoso.
    Akn,
    /// For viewers of findings, and code scanning.
    Sarif,
    /// For the test reports of build servers.
    Junit,
    /// For annotations in GitHub Actions.
    Github,
    /// For the Code Quality report of GitLab.
    Gitlab,
}

impl Format {
    /// Whether it sends its reader to lines of files.
    pub(super) const fn points_at_files(self) -> bool {
        matches!(self, Self::Sarif | Self::Junit | Self::Github | Self::Gitlab)
    }

    /// The form of a report; of a comparison at a terminal in one view, in Markdown whole or brief.
    pub(super) fn form(self, look: Look, view: View, is_brief: bool) -> report::Format {
        match self {
            Self::Terminal => report::Format::Terminal { look, view },
            Self::Json => report::Format::Json(Execution::available()),
            Self::Jsonl => report::Format::JsonLines,
            Self::Html => report::Format::Html,
            Self::Docx => report::Format::Docx,
            Self::Markdown => report::Format::Markdown { is_brief },
            Self::Akn => report::Format::AkomaNtoso,
            Self::Sarif => report::Format::Sarif,
            Self::Junit => report::Format::Junit,
            Self::Github => report::Format::Github,
            Self::Gitlab => report::Format::Gitlab,
        }
    }

    /// The name on the command line.
    pub(super) fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// Texts of tracked changes by their names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Tracked {
    /// With all changes.
    #[default]
    After,
    /// Without any.
    Before,
}

impl From<Tracked> for Revisions {
    fn from(tracked: Tracked) -> Self {
        match tracked {
            Tracked::After => Self::After,
            Tracked::Before => Self::Before,
        }
    }
}

impl Global {
    /// The languages and bodies that are known to this call.
    pub(super) const fn catalogue(&self) -> &Catalogue {
        &self.known
    }

    /// The password of encrypted documents.
    pub(super) fn password(&self) -> Option<&str> {
        self.password.as_deref()
    }

    /// Whether JSON is asked for, of a command that has no other format but that for the terminal.
    pub(super) fn wants_json(&self) -> bool {
        self.format == Format::Json
    }
    /// What the options say of keys of the configuration.
    pub(super) fn said(&self) -> Vec<StatedFacts> {
        let said = |key, by, text: &str| StatedFacts { key, by, value: Value::Text(text.to_owned()) };
        let mut all = Vec::new();
        all.extend(self.color.map(|color| said("ui.color", "--color", color.name())));
        all.extend(self.corpus.as_ref().map(|at| said("corpus", "--corpus", &at.display().to_string())));
        all.extend(self.no_pager.then(|| said("ui.pager", "--no-pager", "")));
        all.extend(self.quiet.then(|| said("log", "--quiet", "error")));
        all
    }
}
