//! `recension git install`.

use std::{
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::Global,
    output, surroundings,
    ui::Ui,
};
use crate::corpus::{self, Reach};
use crate::ingest;
use crate::report::Report;

const EXAMPLES: &str = "Examples:
  recension git install
  recension git install 'statements/**/*.txt'
  recension git install --shared
  recension git install --global
  recension git install --uninstall";

/// Tell git to show, compare and merge statements by clauses, or --uninstall it.
///
/// The configuration of the repository gets the sections diff.recension, difftool.recension and merge.recension. Which
/// files they are for is said by PATTERN diff=recension merge=recension in the repository's own info/attributes, with
/// --shared in .gitattributes at the top of the work tree, with --global in the files of the user. The lines stand between
/// two marks; a second call with other patterns puts those in their place, and --uninstall takes out what the same call
/// put in, to the last byte.
///
/// Whoever works with a .gitattributes that names recension and has not told git what that is sees what git shows anyway.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(super) struct InstallArgs {
    /// Files, as patterns of .gitattributes; without one, those whose endings the program reads (*.txt, *.pdf).
    #[arg(value_name = "PATTERN")]
    patterns: Vec<String>,
    /// For all repositories of the user.
    #[arg(long, conflicts_with = "shared")]
    global: bool,
    /// For everybody: write the patterns to .gitattributes, which is for you to commit.
    #[arg(long)]
    shared: bool,
    /// Take out what was put in.
    #[arg(long, conflicts_with = "patterns")]
    uninstall: bool,
}

/// Runs the command.
pub(super) fn run(args: &InstallArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    let reach = match (args.global, args.shared) {
        (true, _) => of_user()?,
        (_, true) => Reach::Shared,
        _ => Reach::Private,
    };
    let here = surroundings::current_folder().unwrap_or_else(|| PathBuf::from("."));
    let integration = if args.uninstall {
        corpus::uninstall(&here, reach)?
    } else {
        let readable = || ingest::endings().map(|ending| format!("*.{ending}")).collect();
        let patterns: Vec<String> = if args.patterns.is_empty() { readable() } else { args.patterns.clone() };
        if args.global && args.patterns.is_empty() {
            ui.warn(&format!(
                "{} are meant in every repository, whatever they hold; patterns such as statements/** say less",
                patterns.join(", ")
            ));
        }
        corpus::install(&here, reach, &call(global)?, &patterns)?
    };
    output::report(global, &Report::GitIntegration(&integration), ui.look(None))?;
    Ok(Exit::Clean)
}

/// A path that the environment names.
fn variable(name: &str) -> Option<PathBuf> {
    surroundings::environment(name).map(PathBuf::from)
}

/// The files of the user, where git looks for them.
fn of_user() -> Result<Reach, CliError> {
    let home = variable("HOME").or_else(|| variable("USERPROFILE")).ok_or_else(|| {
        CliError::user("--global writes to the files of the user, and no variable HOME says where they are")
            .hint("set HOME, or leave --global out")
    })?;
    let folder = variable("XDG_CONFIG_HOME").unwrap_or_else(|| home.join(".config")).join("git");
    let (own, other) = (home.join(".gitconfig"), folder.join("config"));
    let usual = if !own.exists() && other.exists() { other } else { own };
    let config = variable("GIT_CONFIG_GLOBAL").unwrap_or(usual);
    Ok(Reach::Global { config, attributes: folder.join("attributes") })
}

/// How a shell calls this program with the languages and bodies that this call knows.
fn call(global: &Global) -> Result<String, CliError> {
    let program = program()?;
    let Some(data) = &global.data else { return Ok(program) };
    let full = fs::canonicalize(data).ok();
    match full.as_deref().and_then(Path::to_str).filter(|path| !path.chars().any(char::is_control)) {
        Some(path) => Ok(format!("{program} --data {}", quoted(path))),
        None => Err(CliError::user(format!("git can't be told the path of {}", data.display()))
            .hint("put the folder where its path is plain text")),
    }
}

/// How a shell calls this program: by its name where that finds it, else by its path.
fn program() -> Result<String, CliError> {
    let own = std::env::current_exe().and_then(fs::canonicalize).map_err(|error| {
        CliError::user(format!("the path of this program can't be found out: {error}"))
            .hint("put the program into a folder of PATH")
    })?;
    let name = "recension";
    let first = variable("PATH").and_then(|path| on_path(path.as_os_str(), name));
    if first.and_then(|found| fs::canonicalize(found).ok()).is_some_and(|found| found == own) {
        return Ok(name.to_owned());
    }
    match own.to_str().filter(|path| !path.chars().any(char::is_control)) {
        Some(path) => Ok(quoted(&path.replace('\\', if cfg!(windows) { "/" } else { "\\" }))),
        None => Err(CliError::user(format!("git can't be told the path of this program, {}", own.display()))
            .hint("put the program into a folder of PATH, or into one whose name is plain text")),
    }
}

/// The first file of a name in the folders of PATH.
fn on_path(path: &OsStr, name: &str) -> Option<PathBuf> {
    let mut file = OsString::from(name);
    file.push(std::env::consts::EXE_SUFFIX);
    std::env::split_paths(path).map(|folder| folder.join(&file)).find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(file).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

/// A word of a shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | ':');
    match word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}
