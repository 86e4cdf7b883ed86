//! `recension config`.

use clap::Args;

use crate::cli::{
    config::{self, KEYS, Key, Kind, Origin, Owner, Places, Value, key, names},
    error::CliError,
    exit::{self, Exit},
    global::Global,
    input::Corpora,
    output,
    ui::Ui,
};
use crate::report::{self, Report, Setting, SettingValue};

const EXAMPLES: &str = "Examples:
  recension config
  recension config ui.view sides
  recension config ci.files 'statements/*.txt' '*.md' --project
  recension config --unset ui.pager";

/// Show and set what the program does where no option says otherwise.
///
/// Without a key, every key is listed with its value and who says it: an option of this call, a variable of the
/// environment, a line of a file, or the program (built-in). With a key, its value is printed; with a key and a value, it
/// is set in the user's file, or with --project in the file .recension.toml of the project; nothing is printed then.
/// Comments and the order of the file stay.
///
/// The user's file is that of the variable RECENSION_CONFIG, else recension/config.toml in XDG_CONFIG_HOME, else in
/// ~/.config (on Windows in APPDATA). The project file is the nearest .recension.toml upwards, as far as the top of the
/// git repository. An option goes before a variable, a variable before the project file, that before the user's file.
///
/// Keys: corpus, log, ui.color, ui.width, ui.view, ui.pager (not in a project file), diff.min_tier, ci.fail_on, ci.files,
/// ci.waivers. A path is relative to the file that has it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct ConfigArgs {
    /// The key, such as ui.color.
    #[arg(value_name = "KEY")]
    key: Option<String>,
    /// The value to set; ci.files takes several.
    #[arg(value_name = "VALUE", requires = "key")]
    values: Vec<String>,
    /// Remove the key from the file.
    #[arg(long, requires = "key", conflicts_with = "values")]
    unset: bool,
    /// Write to the file of the project instead of the user's.
    #[arg(long, requires = "key")]
    project: bool,
}

impl ConfigArgs {
    /// Whether it changes a file. Then the files need not be in order, for it may mend them.
    pub(in crate::cli) fn writes(&self) -> bool {
        self.unset || !self.values.is_empty()
    }
}

/// Runs the command.
pub(in crate::cli) fn run(args: &ConfigArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    // What means nothing can be removed, so that a file can be mended.
    if let (Some(name), true) = (&args.key, args.unset) {
        return write(args, name, None, ui);
    }
    let key = args.key.as_deref().map(known).transpose()?;
    match key {
        Some(key) if args.writes() => {
            if args.project && !key.in_project {
                return Err(in_no_project(key));
            }
            return write(args, key.name, Some(key.value_of(&args.values)?), ui);
        }
        _ if args.project => {
            return Err(CliError::user("--project says where a value is written, and none is given")
                .hint("give a value, or --unset"));
        }
        _ => {}
    }
    let corpora = Corpora::new(global, ui);
    let settings: Vec<Setting> = KEYS
        .iter()
        .filter(|one| key.is_none_or(|key| one.name == key.name))
        .map(|key| setting(key, &corpora))
        .collect();
    match (global.wants_json(), key, &settings[..]) {
        (false, Some(_), [one]) => output::deliver(global, |out| {
            one.value.lines().iter().try_for_each(|line| writeln!(out, "{}", report::visible(line)))
        })?,
        _ => output::report(global, &Report::Settings(&settings), ui.look(None))?,
    }
    Ok(Exit::Clean)
}

fn known(name: &str) -> Result<&'static Key, CliError> {
    key(name).ok_or_else(|| CliError::user(format!("{name:?} is no key")).hint(format!("keys are {}", names())))
}

/// A key with its value in force.
fn setting(key: &Key, corpora: &Corpora<'_>) -> Setting {
    let (value, origin) = match corpora.found() {
        // Which corpus is read depends on where the call is made, so there it is asked.
        Some((folder, origin)) if key.name == "corpus" => (Some(Value::Text(folder.display().to_string())), origin),
        _ => corpora.settings().in_force(key),
    };
    let value = match value {
        None => SettingValue::None,
        Some(Value::Text(text)) if key.kind == Kind::Texts => SettingValue::Texts(vec![text]),
        Some(Value::Text(text)) => SettingValue::Text(text),
        Some(Value::Count(count)) => SettingValue::Count(count),
        Some(Value::Texts(texts)) => SettingValue::Texts(texts),
    };
    let (source, name, line) = match origin {
        Origin::Option(name) => ("option", Some(name.to_owned()), None),
        Origin::Variable(name) => ("variable", Some(name.to_owned()), None),
        Origin::File(Owner::Project, path, line) => ("project", Some(path.display().to_string()), Some(line)),
        Origin::File(Owner::User, path, line) => ("user", Some(path.display().to_string()), Some(line)),
        Origin::Found => ("found", None, None),
        Origin::BuiltIn => ("built-in", None, None),
    };
    Setting { key: key.name, value, source, name, line }
}

fn in_no_project(key: &Key) -> CliError {
    let why = "what comes with a project must not start a program";
    CliError::user(format!("{} can't be set in a project file: {why}", key.name))
        .hint("set it in your own file: leave --project out")
}

fn write(args: &ConfigArgs, name: &str, value: Option<Value>, ui: &Ui) -> Result<Exit, CliError> {
    let places = Places::find();
    let path = if args.project { places.project_or_new() } else { places.user.clone() };
    let path = path.ok_or_else(|| {
        CliError::user("there is no home folder to keep a configuration file in")
            .hint("name a file by the variable RECENSION_CONFIG")
    })?;
    config::write(&path, name, value.as_ref())?;
    // What else is wrong with the file is said, and does not keep anybody from mending it key by key.
    let owner = if args.project { Owner::Project } else { Owner::User };
    if let Err(fault) = config::File::read(&path, owner)
        && let Some(advice) = CliError::from(fault).advice()
    {
        ui.warn(&advice.message);
    }
    ui.note(&format!("{name} was {} in {}", if args.unset { "removed" } else { "set" }, path.display()));
    Ok(Exit::Clean)
}
