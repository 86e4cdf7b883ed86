//! `recension diff`.

use std::ffi::OsString;

use clap::{Args, ValueEnum};

use crate::audit::Policy;
use crate::change::{self, Options, Tier};
use crate::cli::{
    error::CliError,
    exit::{self, Exit},
    global::{Format, Global},
    input::{self, Corpora},
    output,
    progress::{Spinner, step},
    surroundings,
    ui::Ui,
};
use crate::execution::Execution;
use crate::ingest::Revisions;
use crate::record::Document;
use crate::report::{ComparisonReport, Report, View, render};
use crate::text::Pair;
use crate::workspace::{file_of_input, options_for, publication, read_both};

/// What a comparison is printed as.
pub(in crate::cli) const FORMATS: &[Format] = &[
    Format::Terminal,
    Format::Json,
    Format::Jsonl,
    Format::Html,
    Format::Docx,
    Format::Akn,
    Format::Markdown,
    Format::Sarif,
    Format::Junit,
    Format::Github,
    Format::Gitlab,
];

const EXAMPLES: &str = "Examples:
  recension diff first.txt second.txt
  recension diff first.txt second.txt --view sides
  recension diff first.txt second.txt --stat
  recension diff tracked.docx
  recension diff first.txt second.txt --format html -o report.html
  recension diff first.txt second.txt --format sarif -o changes.sarif
  recension diff un/cd/2066@first~zh un/cd/2066@latest~zh --min-tier review --format json";

/// Compare two versions or files clause by clause.
///
/// Clauses are aligned first, whatever the layout of the two texts, and then compared word by word: so a clause that
/// moved is told as moved, and a page broken elsewhere as nothing. Every change is weighed: invisible, editorial,
/// review or substantive. The verdict is the gravest of them.
///
/// Removed text is marked [-so-] and added text {+so+}, with and without colour.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(in crate::cli) struct DiffArgs {
    /// The earlier side: a reference, the path of a file, or - for standard input.
    before: OsString,
    /// The later side; without it, the tracked changes of a Word file: its text before them against that after them.
    after: Option<OsString>,
    /// Print the counts and the gravest changes, in one screen.
    #[arg(long)]
    stat: bool,
    /// How texts are laid out for a person: auto, inline, sides or unified.
    ///
    /// inline shows each text once, with its edits in it; sides shows before and after beside each other; unified has a
    /// hunk for each change and a line for each clause, for mail and grep. auto is unified where standard output is no
    /// terminal, sides on a terminal of 140 columns or more, else inline.
    #[arg(long, value_enum, value_name = "VIEW", hide_possible_values = true, conflicts_with = "stat")]
    view: Option<Layout>,
    /// Exit with 1 from this tier on: invisible, editorial, review or substantive.
    ///
    /// Without it, from that of the key diff.min_tier on, else editorial.
    ///
    /// Markdown, SARIF and the annotations of forges list changes of this tier and above, and JUnit counts them as
    /// failures; the other formats tell everything.
    #[arg(long, value_enum, value_name = "TIER", hide_possible_values = true)]
    min_tier: Option<MinTier>,
    /// The language of the texts, where they do not show it: a code such as fr, also one of --data.
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Columns of a line; else those of the terminal, or 100.
    #[arg(long, value_name = "N")]
    width: Option<usize>,
}

/// Views by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Layout {
    Auto,
    Inline,
    Sides,
    Unified,
}

/// Columns from which on two texts stand beside each other where nobody says.
const SIDES_WIDTH: usize = 140;

impl Layout {
    /// The view for an output. Only a width that was asked for wraps the lines of the unified view.
    fn view(self, is_terminal: bool, width: usize, wraps: bool) -> View {
        match self {
            Self::Inline => View::Inline,
            Self::Sides => View::Sides,
            Self::Unified => View::Unified { wraps },
            Self::Auto if !is_terminal => View::Unified { wraps },
            Self::Auto if width >= SIDES_WIDTH => View::Sides,
            Self::Auto => View::Inline,
        }
    }
}

/// Tiers by their names.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum MinTier {
    Invisible,
    Editorial,
    Review,
    Substantive,
}

impl From<MinTier> for Tier {
    fn from(tier: MinTier) -> Self {
        match tier {
            MinTier::Invisible => Self::Invisible,
            MinTier::Editorial => Self::Editorial,
            MinTier::Review => Self::Review,
            MinTier::Substantive => Self::Substantive,
        }
    }
}

/// Runs the command.
pub(in crate::cli) fn run(args: &DiffArgs, global: &Global, ui: &Ui) -> Result<Exit, CliError> {
    if global.format == Format::Docx && ui.is_terminal() {
        return Err(CliError::user("a Word file is nothing for a terminal").hint("name a file for it: -o FILE.docx"));
    }
    let lang = input::known_language(args.lang.as_deref(), global)?;
    let corpora = Corpora::new(global, ui);
    let reading = input::reading(global, lang);
    let named = match &args.after {
        Some(after) => {
            let Pair { before, after } = input::sides(&corpora, &args.before, after, lang)?;
            (before, Some(after))
        }
        None => (corpora.name(&args.before, lang)?, None),
    };
    let inputs = Pair::new(&named.0, named.1.as_ref().unwrap_or(&named.0));
    let readings = match named.1 {
        Some(_) => Pair::new(reading, reading),
        None => Pair::new(reading.with_revisions(Revisions::Before), reading.with_revisions(Revisions::After)),
    };
    let of_project = || global.settings.policy().map_or_else(Options::default, Policy::options);
    let weights = options_for(inputs)?.unwrap_or_else(of_project);
    let options = Options { execution: Execution::available(), ..weights };
    let least = least(args, global);
    let Pair { before, after } = step(ui, "reading", || read_both(inputs, readings))?;
    if args.after.is_none() && !before.source.has_revisions {
        return Err(CliError::user(format!("{} has no tracked changes, and there is no second side", before.name()))
            .hint("name the later side, too: recension diff BEFORE AFTER"));
    }
    remarks(&before, &after, ui);
    [&before, &after].into_iter().for_each(|document| input::warn_of_recognised(document, ui));
    input::warn_of_languages([&before, &after].into_iter().filter_map(input::language_of), global, ui);
    let compared = step(ui, "comparing", || change::compare(before.statement(), after.statement(), &options));
    if matches!(global.format, Format::Docx | Format::Akn) {
        let count = compared.changes.iter().filter(|change| change.left_out.is_some()).count();
        if count > 0 {
            ui.warn(&format!("{count} changes in what the readers left out of the text (running heads, links) are not in this format: see --format terminal"));
        }
    }
    let lines = match global.format.points_at_files() {
        true => {
            let here = surroundings::current_folder();
            let line = |input, document| file_of_input(input, document, here.as_deref());
            Pair::new(line(inputs.before, &before)?, line(inputs.after, &after)?)
        }
        false => Pair::default(),
    };
    let lines = Pair::new(lines.before.as_ref(), lines.after.as_ref());
    let published = match global.format {
        Format::Akn => Pair::new(publication(inputs.before)?, publication(inputs.after)?),
        _ => Pair::default(),
    };
    let report = ComparisonReport::new(Pair::new(&before, &after), &compared)
        .with_lines(lines)
        .with_least(least)
        .with_publications(published.as_ref());
    let format = global.format.form(ui.look(args.width), view(args, global, ui), args.stat);
    let clock = ui.clock();
    // On standard output a sign of life would stand in the result, or in the program that shows it.
    let spinner = global.output.as_ref().map(|_| Spinner::new(ui, "writing"));
    output::deliver(global, |out| render(&Report::Comparison(report), format, out))?;
    drop(spinner);
    ui.took("writing", clock);
    let exit = Exit::found(compared.verdict.reaches(least));
    // The process ends here; to give back a long text clause by clause would only take time.
    std::mem::forget((before, after, compared));
    Ok(exit)
}

/// The view asked for.
fn view(args: &DiffArgs, global: &Global, ui: &Ui) -> View {
    if args.stat {
        return View::Stat;
    }
    let set = || Layout::from_str(&global.settings.text("ui.view")?, false).ok();
    let layout = args.view.or_else(set).unwrap_or(Layout::Auto);
    layout.view(ui.is_terminal(), ui.look(args.width).width, args.width.is_some())
}

/// The tier from which on differences count.
fn least(args: &DiffArgs, global: &Global) -> Tier {
    let asked = args.min_tier.map(Tier::from);
    asked.or_else(|| global.settings.tier("diff.min_tier")).unwrap_or(Tier::Editorial)
}

/// Says what was read, and warns where the sides are in two languages.
pub(super) fn remarks(before: &Document, after: &Document, ui: &Ui) {
    for side in [before, after] {
        let statement = side.statement();
        let language = statement.language.as_deref().unwrap_or("a language that is not known");
        ui.note(&format!("{}: {}, {language}, {} clauses", side.name(), side.source.encoding, statement.clauses.len()));
        ui.debug(&format!(
            "{}: {} bytes of text, {} pieces left out of the clauses",
            side.name(),
            side.source.text.len(),
            statement.dropped.len()
        ));
    }
    if let (Some(first), Some(second)) = (before.statement().language, after.statement().language)
        && first != second
    {
        ui.warn(&format!(
            "{} is in {first} and {} in {second}: what they say alike is not seen",
            before.name(),
            after.name()
        ));
    }
}
