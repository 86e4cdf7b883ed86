//! `recension explain`.

use clap::Args;

use crate::change::{Class, RULES};
use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::Global,
    output,
};

use crate::report;

const EXAMPLES: &str = "Examples:
  recension explain strength
  recension explain crossref.renumbered
  recension explain";

/// Say what a class of change or a rule means, why it has its tier, and show an example.
///
/// Without a name, list every class, the lightest first, with its tier.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct ExplainArgs {
    /// A class (number) or a rule (number.value).
    #[arg(value_name = "CLASS|RULE")]
    name: Option<String>,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &ExplainArgs, global: &Global) -> Result<Exit, CliError> {
    let name = args.name.as_deref();
    if let Some(name) = name
        && report::explanation_text(name).is_none()
    {
        return Err(unknown(name));
    }
    output::deliver(global, |out| {
        match (global.wants_json(), name) {
            (true, _) => report::explanations_json(out, name)?,
            (false, Some(name)) => {
                out.write_all(report::explanation_text(name).unwrap_or_default().as_bytes())?;
            }
            (false, None) => {
                for class in Class::ALL {
                    writeln!(out, "{:<18} {}", class.name(), class.tier())?;
                }
            }
        }
        Ok(())
    })?;
    Ok(Exit::Clean)
}

fn unknown(name: &str) -> CliError {
    let known = Class::ALL.iter().map(|class| class.name()).chain(RULES.iter().map(|rule| rule.id));
    let near: Vec<&str> = known.filter(|known| known.contains(name) || name.contains(known)).take(5).collect();
    let hint = if near.is_empty() {
        "recension explain lists the classes".to_owned()
    } else {
        format!("the nearest are {}", near.join(", "))
    };
    CliError::user(format!("{name:?} is no class and no rule")).hint(hint)
}
