//! `recension schema`.

use clap::Args;

use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::Global,
    output,
};
use crate::report;

const EXAMPLES: &str = "Examples:
  recension schema
  recension schema diff -o recension.diff.schema.json";

/// Print the JSON Schema of a document that the program prints.
///
/// A document says by its key schema what it is: recension.diff/1 is described by the schema diff. Each line of JSON
/// Lines is described by diff-lines, audit-lines or version. Without a name, list the names.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct SchemaArgs {
    /// The name of a document: diff, show, audit.
    name: Option<String>,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &SchemaArgs, global: &Global) -> Result<Exit, CliError> {
    let names: Vec<&str> = report::schema_names().collect();
    let text = match &args.name {
        None => names.iter().map(|name| format!("{name}\n")).collect(),
        Some(name) => report::schema(name).ok_or_else(|| {
            CliError::user(format!("no document is called {name:?}")).hint(format!("there are {}", names.join(", ")))
        })?,
    };
    output::deliver(global, |out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}
