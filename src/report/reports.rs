//! What can be reported, and what a format does with it.

use std::io::{self, Write};

use super::settings::Setting;
use crate::audit::{Audit, Timeline};
use crate::change::{Comparison, Tier};
#[cfg(feature = "git")]
use crate::corpus::{
    AddedVersions, Draft, GitIntegration, HistoryBranch, ImportOutcome, NewCorpus, Status, Verification,
};
use crate::ingest::Boundary;
use crate::record::{Document, FilePositions, Publication, Version};
#[cfg(feature = "search")]
use crate::search::Found;
use crate::statement::Ledger;
use crate::text::Pair;

/// A finished result.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Report<'a> {
    /// Two texts and how they differ.
    Comparison(ComparisonReport<'a>),
    /// Versions held against what they claim.
    Audit(&'a Audit),
    /// A text, read.
    Statement(&'a Document),
    /// What became of every byte of a text.
    Ledger(&'a Document, &'a Ledger),
    /// Why the paragraphs of a text begin where they do.
    Evidence(&'a Document, &'a [Boundary]),
    /// A version with what its corpus records of it.
    #[cfg(feature = "xml")]
    Published(&'a super::akn::published::PublishedVersion<'a>),
    /// Versions and what is recorded of them.
    Versions(&'a [&'a Version]),
    /// The works of versions.
    Works(&'a [&'a Version]),
    /// A work in time.
    Timeline(&'a Timeline),
    /// What is set, and by whom.
    Settings(&'a [Setting]),
    /// A corpus that was begun.
    #[cfg(feature = "git")]
    Begun(&'a NewCorpus),
    /// What was added to a corpus, or would be.
    #[cfg(feature = "git")]
    Added {
        /// Where it went.
        added: &'a AddedVersions,
        /// What it is.
        drafts: &'a [Draft],
        /// Whether nothing was written.
        is_dry_run: bool,
    },
    /// What an import added, or would.
    #[cfg(feature = "git")]
    Imported {
        /// What it was.
        imported: &'a ImportOutcome,
        /// Whether nothing was written.
        is_dry_run: bool,
    },
    /// Files that were written, by version.
    #[cfg(feature = "git")]
    Exported {
        /// Names of versions and of their files.
        files: &'a [(String, String)],
        /// The folder that they lie in.
        folder: &'a str,
    },
    /// A branch that was written.
    #[cfg(feature = "git")]
    History(&'a HistoryBranch),
    /// The state of a corpus in its repository.
    #[cfg(feature = "git")]
    Status(&'a Status),
    /// What a verification found.
    #[cfg(feature = "git")]
    Verified(&'a Verification),
    /// How git was told to show statements.
    #[cfg(feature = "git")]
    GitIntegration(&'a GitIntegration),
    /// Where a phrase stands.
    #[cfg(feature = "search")]
    Found(&'a Found),
}

impl Report<'_> {
    /// What to call it where a format has no form for it.
    const fn name(&self) -> &'static str {
        match self {
            Self::Comparison(_) => "a comparison",
            Self::Audit(_) => "an audit",
            Self::Statement(_) => "a statement",
            Self::Ledger(..) => "a ledger",
            Self::Evidence(..) => "evidence",
            #[cfg(feature = "xml")]
            Self::Published(_) => "a published version",
            Self::Versions(_) => "a list of versions",
            Self::Works(_) => "a list of works",
            Self::Timeline(_) => "a timeline",
            Self::Settings(_) => "settings",
            #[cfg(feature = "git")]
            Self::Begun(_) => "a corpus that was begun",
            #[cfg(feature = "git")]
            Self::Added { .. } => "what was added",
            #[cfg(feature = "git")]
            Self::Imported { .. } => "what was imported",
            #[cfg(feature = "git")]
            Self::Exported { .. } => "what was exported",
            #[cfg(feature = "git")]
            Self::History(_) => "a history",
            #[cfg(feature = "git")]
            Self::Status(_) => "a status",
            #[cfg(feature = "git")]
            Self::Verified(_) => "a verification",
            #[cfg(feature = "git")]
            Self::GitIntegration(_) => "settings of git",
            #[cfg(feature = "search")]
            Self::Found(_) => "what was found",
        }
    }
}

/// A comparison as it is reported.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ComparisonReport<'a> {
    /// Both sides.
    pub sides: Pair<&'a Document>,
    /// How they differ.
    pub comparison: &'a Comparison,
    /// The files in which a reader would look, for formats that point at lines; none for standard input.
    pub lines: Pair<Option<&'a FilePositions<'a>>>,
    /// The lightest tier that lists of changes tell.
    pub least: Tier,
    /// What a corpus records of both sides, for Akoma Ntoso; nothing where no corpus names them.
    pub publications: Option<Pair<&'a Publication>>,
}

impl<'a> ComparisonReport<'a> {
    /// A comparison of two texts, every tier told from editorial on, without files to look in.
    #[must_use]
    pub fn new(sides: Pair<&'a Document>, comparison: &'a Comparison) -> Self {
        Self { sides, comparison, lines: Pair::default(), least: Tier::Editorial, publications: None }
    }

    /// The same with the files in which a reader would look.
    #[must_use]
    pub fn with_lines(self, lines: Pair<Option<&'a FilePositions<'a>>>) -> Self {
        Self { lines, ..self }
    }

    /// The same, lists of changes told from this tier on.
    #[must_use]
    pub fn with_least(self, least: Tier) -> Self {
        Self { least, ..self }
    }

    /// The same with what a corpus records of both sides.
    #[must_use]
    pub fn with_publications(self, publications: Pair<&'a Publication>) -> Self {
        Self { publications: Some(publications), ..self }
    }
}

/// What a format does.
pub(super) trait Renderer {
    /// Writes a report, or says by [`none`] that the format has no form for it.
    fn render(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()>;
}

/// There is no form of a report in a format.
pub(super) fn none(format: &str, report: &Report<'_>) -> io::Result<()> {
    let message = format!("there is no {format} of {}", report.name());
    Err(io::Error::new(io::ErrorKind::Unsupported, message))
}
