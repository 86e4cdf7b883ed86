//! Where results go: standard output, or a file that is complete or not there.

use std::io::{self, BufWriter, Write};

use super::{
    error::CliError,
    files::{BUFFER, to_file},
    global::Global,
    pager::Pager,
};
use crate::report::{Look, Report, View, render};

/// Delivers a result as `render` writes it. Rendering itself can't fail: it is given only what is finished.
pub(super) fn deliver(global: &Global, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), CliError> {
    match &global.output {
        Some(path) if path.as_os_str() != "-" => to_file(path, render).map_err(|error| {
            CliError::io("written", &path.display().to_string(), &error)
                .hint("name a file in a folder that exists and may be written to")
        }),
        None if global.quiet => Ok(()),
        _ => {
            to_reader(global.pager.as_ref(), render).map_err(|error| CliError::io("written", "standard output", &error))
        }
    }
}

/// Delivers a report in the format asked for.
pub(super) fn report(global: &Global, report: &Report<'_>, look: Look) -> Result<(), CliError> {
    let format = global.format.form(look, View::Inline, false);
    deliver(global, |out| render(report, format, out))
}

/// Shows a result a screen at a time; prints it where there is no pager, or it can't be started.
fn to_reader(pager: Option<&Pager>, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let Some(pager) = pager else { return to_stdout(render) };
    let mut text = Vec::new();
    render(&mut text)?;
    if pager.show(&text)? { Ok(()) } else { to_stdout(|out| out.write_all(&text)) }
}

fn to_stdout(render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
    render(&mut out)?;
    out.flush()
}
