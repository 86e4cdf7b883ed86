//! For people at a terminal. Marks always say what colour says, so that nothing is lost in a pipe or on paper:
//! `[-removed-]`, `{+added+}` and `[=found=]`.

mod audit;
mod check;
mod corpus;
mod diff;
mod evidence;
#[cfg(feature = "search")]
mod find;
mod git;
mod ledger;
mod look;
mod paint;
mod settings;
mod show;
mod timeline;

pub use look::{Look, View};

use std::io::{self, Write};

use crate::report::reports::{Renderer, Report, none};

/// For a person at a terminal.
pub(super) struct TerminalFormat {
    /// Width and colour.
    pub(super) look: Look,
    /// How a comparison is laid out.
    pub(super) view: View,
}

impl Renderer for TerminalFormat {
    fn render(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        let look = self.look;
        let text = match *report {
            Report::Comparison(report) => diff::diff(report.sides, report.comparison, self.view, look),
            Report::Audit(audit) => audit::audit(audit, look),
            Report::Statement(document) => show::show(document, look),
            Report::Ledger(document, ledger) => ledger::ledger(document, ledger, look),
            Report::Evidence(document, boundaries) => evidence::evidence(document, boundaries, look),
            Report::Versions(versions) => corpus::list(versions, look),
            Report::Works(versions) => corpus::works_list(versions, look),
            Report::Timeline(timeline) => timeline::log(timeline, look),
            Report::Settings(settings) => settings::settings(settings),
            Report::Begun(begun) => corpus::begun(begun, look),
            Report::Added { added, drafts, is_dry_run } => corpus::added(added, drafts, is_dry_run, look),
            Report::Imported { imported, is_dry_run } => corpus::imported(imported, is_dry_run, look),
            Report::Exported { files, folder } => corpus::exported(files, folder),
            Report::History(history) => corpus::history(history, look),
            Report::Status(status) => check::status(status, look),
            Report::Verified(verified) => check::verified(verified, look),
            Report::GitIntegration(integration) => git::integration(integration, look),
            #[cfg(feature = "search")]
            Report::Found(found) => find::found(found, look),
            Report::Published(_) => return none("view", report),
        };
        out.write_all(text.as_bytes())
    }
}
