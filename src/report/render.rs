//! One way from a finished result to bytes: [`render`] writes a [`Report`] in a [`Format`].
//!
//! Each format is a type of its own that implements `Renderer` beside its code; a format has no form for every report,
//! and says so.

use std::io::{self, Write};

use super::pieces::pieces_as_clauses;
use super::reports::{ComparisonReport, Renderer, Report};
#[cfg(feature = "cli")]
use super::terminal::{Look, View};
use crate::execution::Execution;

/// The form in which a report is written.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Format {
    /// For a person at a terminal.
    #[cfg(feature = "cli")]
    Terminal {
        /// Width and colour.
        look: Look,
        /// How a comparison is laid out.
        view: View,
    },
    /// JSON, written by so many threads.
    Json(Execution),
    /// JSON Lines.
    JsonLines,
    /// One file for a browser.
    #[cfg(feature = "html")]
    Html,
    /// A Word file with tracked changes.
    #[cfg(feature = "docx")]
    Docx,
    /// Markdown.
    Markdown {
        /// Whether only counts and the gravest changes are told.
        is_brief: bool,
    },
    /// Akoma Ntoso.
    #[cfg(feature = "xml")]
    AkomaNtoso,
    /// SARIF.
    Sarif,
    /// JUnit.
    #[cfg(feature = "xml")]
    Junit,
    /// Annotations of GitHub Actions.
    Github,
    /// The Code Quality report of GitLab.
    Gitlab,
}

impl Format {
    /// Whether what readers left out is shown as clauses. Formats for programs tell it as what it is, and files that hold
    /// the text and no more leave it out.
    const fn shows_pieces(self) -> bool {
        match self {
            Self::Json(_) | Self::JsonLines => false,
            #[cfg(feature = "docx")]
            Self::Docx => false,
            #[cfg(feature = "xml")]
            Self::AkomaNtoso => false,
            _ => true,
        }
    }
}

/// Writes a report in a format. Nothing about the texts is computed here.
///
/// ```
/// use recension::report::{ComparisonReport, Format, Report, render};
/// use recension::{change, execution::Execution, ingest, record::Document, text::Pair};
///
/// let document = |text: &str| -> Result<Document, Box<dyn std::error::Error>> {
///     Ok(Document::of(ingest::read(text.as_bytes(), ingest::Options::default())?))
/// };
/// let before = document("Each side shall accept up to 150 inspections a year.")?;
/// let after = document("Each side shall accept up to 105 inspections a year.")?;
/// let comparison = change::compare(before.statement(), after.statement(), &change::Options::default());
///
/// let report = Report::Comparison(ComparisonReport::new(Pair::new(&before, &after), &comparison));
/// let mut json = Vec::new();
/// render(&report, Format::Json(Execution::Sequential), &mut json)?;
/// assert!(String::from_utf8(json)?.contains("\"verdict\": \"substantive\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// What `out` says; [`io::ErrorKind::Unsupported`] where the format has no form for the report.
pub fn render(report: &Report<'_>, format: Format, out: &mut dyn Write) -> io::Result<()> {
    if let Report::Comparison(compared) = report
        && format.shows_pieces()
        && let Some((documents, comparison)) = pieces_as_clauses(compared.sides, compared.comparison)
    {
        let laid = ComparisonReport { sides: documents.as_ref(), comparison: &comparison, ..*compared };
        return renderer(format).render(&Report::Comparison(laid), out);
    }
    renderer(format).render(report, out)
}

fn renderer(format: Format) -> Box<dyn Renderer> {
    match format {
        #[cfg(feature = "cli")]
        Format::Terminal { look, view } => Box::new(super::terminal::TerminalFormat { look, view }),
        Format::Json(execution) => Box::new(super::json::JsonFormat { execution }),
        Format::JsonLines => Box::new(super::json::JsonLinesFormat),
        #[cfg(feature = "html")]
        Format::Html => Box::new(super::html::HtmlFormat),
        #[cfg(feature = "docx")]
        Format::Docx => Box::new(super::docx::DocxFormat),
        Format::Markdown { is_brief } => Box::new(super::markdown::MarkdownFormat { is_brief }),
        #[cfg(feature = "xml")]
        Format::AkomaNtoso => Box::new(super::akn::AknFormat),
        Format::Sarif => Box::new(super::sarif::SarifFormat),
        #[cfg(feature = "xml")]
        Format::Junit => Box::new(super::junit::JunitFormat),
        Format::Github => Box::new(super::annotations::GithubFormat),
        Format::Gitlab => Box::new(super::annotations::GitlabFormat),
    }
}
