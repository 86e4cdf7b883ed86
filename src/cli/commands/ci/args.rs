//! The arguments of `recension ci`.

use std::path::PathBuf;

use clap::{Args, ValueEnum as _};

use crate::cli::{
    commands::{audit::FORMATS, diff::MinTier},
    exit,
    global::Format,
};

const EXAMPLES: &str = "Examples:
  recension ci --base origin/main
  recension ci --staged
  recension ci --base origin/main --report sarif=recension.sarif --summary summary.md
  recension ci --base origin/main --fail-on substantive --format json
  recension ci --base v1 --head v2 --files 'statements/*.txt'
  recension ci --base origin/main --write-waivers recension-waivers.toml";

/// Hold what a pull request adds and changes to the policy.
///
/// Looked at is what HEAD, or --head, has that --base has not, from the commit where the two parted; where they parted at
/// several, from each. New versions of a corpus are held against those before them, and those after them against the new
/// ones; versions that were changed or removed break the policy, for a version never changes; text files outside of a
/// corpus are compared before and after. What can't be compared breaks it too: a file that is no text, is too large, is a
/// link, has no name in UTF-8, or is gone.
///
/// All settings are those of --base: the policy of its corpus, and for files outside of a corpus that of .recension.toml at
/// its top. A pull request that changes them, or brings files of their names, is told so by a finding.
///
/// In GitHub Actions the result is annotations, where no format is asked for, and the summary of the step gets Markdown.
///
/// Findings that somebody has looked at can be let pass one by one, by their fingerprints, with a reason and until a day, in
/// recension-waivers.toml of the base. --write-waivers writes them for what is found.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct CiArgs {
    /// The revision that is compared with: the branch that the pull request goes to.
    ///
    /// Without it, the one that GitHub or GitLab names in the environment; of what is staged, HEAD.
    #[arg(long, value_name = "REV")]
    pub(super) base: Option<String>,
    /// The revision that is looked at.
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    pub(super) head: String,
    /// Look at what is staged, as a commit would take it.
    #[arg(long, conflicts_with = "head")]
    pub(super) staged: bool,
    /// Also break on every change of this tier and above, whatever is claimed; else from that of the key ci.fail_on on.
    #[arg(long, value_enum, value_name = "TIER")]
    pub(super) fail_on: Option<MinTier>,
    /// Text files outside of a corpus to look at: * and ? fit any characters; else those of the key ci.files, else *.txt.
    /// May be given several times.
    #[arg(long, value_name = "GLOB")]
    pub(super) files: Vec<String>,
    /// The file of waivers, as the base has it; else that of the key ci.waivers, else recension-waivers.toml. A file outside
    /// of the repository is taken as it is.
    #[arg(long, value_name = "FILE")]
    pub(super) waivers: Option<PathBuf>,
    /// Also let pass what waivers say that the base has not: those that come with what is looked at.
    #[arg(long)]
    pub(super) accept_new_waivers: bool,
    /// Append a waiver for each finding to this file, for somebody to write the reasons into.
    #[arg(long, value_name = "FILE")]
    pub(super) write_waivers: Option<PathBuf>,
    /// Append the result as Markdown to this file; in GitHub Actions else to the summary of the step.
    #[arg(long, value_name = "FILE")]
    pub(super) summary: Option<PathBuf>,
    /// Also write the result to a file in this format: json, jsonl, markdown, sarif, junit, github or gitlab. May be given
    /// several times.
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = parse_report)]
    pub(super) reports: Vec<Report>,
    /// Columns of a line; else those of the terminal, or 100.
    #[arg(long, value_name = "N")]
    pub(super) width: Option<usize>,
}

/// A further result in a file.
#[derive(Clone, Debug)]
pub(super) struct Report {
    pub(super) format: Format,
    pub(super) file: PathBuf,
}

fn parse_report(text: &str) -> Result<Report, String> {
    let (format, file) = text.split_once('=').ok_or("say it as FORMAT=FILE, such as sarif=recension.sarif")?;
    let format = Format::from_str(format, false)?;
    if !FORMATS.contains(&format) {
        return Err("there is no such report of an audit".to_owned());
    }
    Ok(Report { format, file: PathBuf::from(file) })
}
