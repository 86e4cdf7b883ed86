//! What went wrong, and how to mend it.

use std::io;

use crate::audit::PolicyError;
use crate::corpus::{CorpusError, DraftError, ImportError, IntegrationError, StoreError};
use crate::ingest::{Lock, ReadError};
use crate::language::CatalogueError;
use crate::text::{DecodeError, FileFormat};
use crate::workspace::WorkspaceError;

/// Why a command could not do its work.
#[derive(Debug)]
pub(super) enum CliError {
    /// Something about what was asked for.
    User(Advice),
    /// Something about the corpus.
    Corpus(Advice),
    /// Something that should not happen.
    Internal(Advice),
    /// Nobody reads the output any more.
    Pipe,
}

/// A message, and hints how to mend what it tells.
#[derive(Debug, Default)]
pub(super) struct Advice {
    pub(super) message: String,
    pub(super) hints: Vec<String>,
}

impl CliError {
    pub(super) fn user(message: impl Into<String>) -> Self {
        Self::User(Advice { message: message.into(), hints: Vec::new() })
    }

    pub(super) fn internal(message: impl Into<String>) -> Self {
        Self::Internal(Advice {
            message: message.into(),
            hints: vec!["this is a fault of the program; please report it".to_owned()],
        })
    }

    /// Adds a hint.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        match &mut self {
            Self::User(advice) | Self::Corpus(advice) | Self::Internal(advice) => advice.hints.push(hint.into()),
            Self::Pipe => {}
        }
        self
    }

    /// What to print.
    pub(super) const fn advice(&self) -> Option<&Advice> {
        match self {
            Self::User(advice) | Self::Corpus(advice) | Self::Internal(advice) => Some(advice),
            Self::Pipe => None,
        }
    }

    /// The error of a source that is no text.
    pub(super) fn decode(name: &str, error: &ReadError) -> Self {
        Self::user(format!("{name} can't be read: {error}")).hint(advice_for(error))
    }

    /// The error of a file that the system refuses.
    pub(super) fn io(doing: &str, name: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Pipe,
            io::ErrorKind::PermissionDenied => Self::user(format!("{name} can't be {doing}: {error}"))
                .hint("look at its permissions and at those of its folder"),
            io::ErrorKind::InvalidInput => Self::user(format!("{name} can't be {doing}: {error}"))
                .hint("give a plain file, or hand a text over on standard input as -"),
            _ => Self::user(format!("{name} can't be {doing}: {error}")),
        }
    }
}

/// How to make a text of what can't be read.
fn advice_for(error: &ReadError) -> &'static str {
    match error {
        ReadError::Text(error) => advice_for_text(error),
        ReadError::Damaged { .. } => "fetch it again, or open it in the program that made it and save it anew",
        ReadError::NoDocument { .. } => "unpack it, and name the document in it",
        ReadError::NoTextLayer { .. } => "run OCR over it first, for example ocrmypdf --skip-text FILE.pdf OUT.pdf",
        ReadError::Encrypted { lock: Lock::UnknownCipher, .. } => "save it without encryption first",
        ReadError::Encrypted { .. } => "give its password by --password-file FILE",
        ReadError::UnknownGlyphs { .. } => {
            "run OCR over its pages, for example ocrmypdf --force-ocr FILE.pdf OUT.pdf, or take another copy of the document"
        }
        ReadError::Limit { .. } => "split it into its documents",
    }
}

/// How to make a text of bytes that are none.
fn advice_for_text(error: &DecodeError) -> &'static str {
    match error {
        DecodeError::Format { format } => advice_for_format(*format),
        DecodeError::Empty { .. } => "see whether the extraction or the download failed",
        DecodeError::TooLong { .. } => "split it into its documents",
        DecodeError::Binary { .. } => "name a file that holds plain text",
        DecodeError::DamagedUtf8 { .. } | DecodeError::DamagedUtf16 { .. } => {
            "see whether it was cut off or joined from files of different encodings, and fetch or extract it again"
        }
        DecodeError::Unknown { .. } => "convert it to UTF-8 first, for example with iconv -f ENCODING -t UTF-8",
    }
}

/// How to make a text of a file of a format that is not read.
const fn advice_for_format(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Pdf => "extract its text first, for example with pdftotext -layout FILE.pdf FILE.txt",
        FileFormat::OldOffice | FileFormat::WordPerfect => "open it in a word processor and save it as DOCX or PDF",
        FileFormat::Png | FileFormat::Jpeg | FileFormat::Tiff => {
            "it is an image of a text: run OCR over it first, for example ocrmypdf IMAGE OUT.pdf"
        }
        FileFormat::Gzip => "unpack it, and name the document in it",
        FileFormat::Program => "name the document",
        _ => "save it as plain text in UTF-8 first, for example with pandoc -t plain --wrap=none",
    }
}

impl From<CatalogueError> for CliError {
    fn from(error: CatalogueError) -> Self {
        Self::user(error.to_string())
            .hint("the folder of --data or RECENSION_DATA is laid out like data/: docs/formats.md")
    }
}

impl From<CorpusError> for CliError {
    fn from(error: CorpusError) -> Self {
        let mut hints: Vec<String> = Vec::new();
        if !error.candidates().is_empty() {
            let lead = if matches!(error, CorpusError::Ambiguous { .. }) { "say which: " } else { "the nearest: " };
            hints.push(format!("{lead}{}", error.candidates().join(", ")));
        }
        hints.extend(hint_for(&error).map(str::to_owned));
        Self::Corpus(Advice { message: error.to_string(), hints })
    }
}

fn hint_for(error: &CorpusError) -> Option<&'static str> {
    match error {
        CorpusError::NotFound { .. } => {
            Some("name a folder that holds recension.toml, or a bare repository, by --corpus DIR")
        }
        CorpusError::Format { .. } => Some("use a newer recension"),
        CorpusError::Hash { .. } => {
            Some("a version never changes: restore the file from git, or add the new text as a version of its own")
        }
        CorpusError::Link { .. } => Some("put the file itself in its place"),
        CorpusError::Missing { .. } | CorpusError::NoText { .. } => {
            Some("restore the file from git, or remove what names it")
        }
        CorpusError::Decode { source, .. } => Some(advice_for(source)),
        CorpusError::Empty { .. } => {
            Some("a version lies in works/WORK/LANGUAGE/DATE and holds version.toml and its text")
        }
        CorpusError::Git { .. } => {
            Some("git fsck says what is damaged or missing; another clone may have it, and git fetch brings it")
        }
        CorpusError::Revision { .. } => Some("name a branch, a tag or a commit that git rev-parse knows"),
        CorpusError::Toml { .. } => Some("mend that line"),
        CorpusError::Io { .. } => Some("look at the permissions of the file and of its folder"),
        CorpusError::Name { .. }
        | CorpusError::UnknownWork { .. }
        | CorpusError::UnknownVersion { .. }
        | CorpusError::Ambiguous { .. } => None,
    }
}

impl From<WorkspaceError> for CliError {
    fn from(error: WorkspaceError) -> Self {
        use WorkspaceError as E;
        let message = error.to_string();
        let hint = match error {
            E::Corpus(error) => return error.into(),
            E::Policy(error) => return error.into(),
            E::Io { name, source } => return Self::io("read", &name, &source),
            E::Decode { name, source } => return Self::decode(&name, &source),
            E::NoCorpus => "name one by --corpus DIR or RECENSION_CORPUS, or give the paths of two files".to_owned(),
            E::NoCorpusFor { is_selector: true, .. } => {
                "give two files, or name a corpus by --corpus DIR or RECENSION_CORPUS".to_owned()
            }
            E::NoCorpusFor { is_selector: false, .. } => {
                "give the path of a file, or name a corpus by --corpus DIR or RECENSION_CORPUS".to_owned()
            }
            E::Prefix { beginnings, .. } => format!("it has works that begin with {beginnings}"),
            E::Selector { .. } => "give two files, a work such as un/cd/2066, or a prefix such as un/".to_owned(),
            E::Reference { .. } => {
                "give the path of a file, or a reference such as un/cd/2066@2016-09-26~zh".to_owned()
            }
            E::UnknownWork { nearest, .. } if !nearest.is_empty() => format!("the nearest: {}", nearest.join(", ")),
            E::Language { .. } => "leave out one of them".to_owned(),
            E::Folder { .. } => "name a file in it; a work of that name is read as WORK@latest".to_owned(),
            E::Name { .. } | E::NoFile { .. } | E::UnknownWork { .. } => return Self::user(message),
        };
        Self::user(message).hint(hint)
    }
}

impl From<PolicyError> for CliError {
    fn from(error: PolicyError) -> Self {
        Self::Corpus(Advice {
            message: error.to_string(),
            hints: vec![
                "[policy] has the keys technical, corrigendum, revision, unclaimed and the table classes".to_owned(),
            ],
        })
    }
}

impl From<DraftError> for CliError {
    fn from(error: DraftError) -> Self {
        let hint = match &error {
            DraftError::Decode { source, .. } if source.may_have_text_elsewhere() => {
                let advice = advice_for(source);
                return Self::user(error.to_string()).hint(advice).hint("or give its text by --text FILE");
            }
            DraftError::Decode { source, .. } => advice_for(source),
            DraftError::NoWork { .. } => "say it by --work WORK, or by work = \"WORK\" in a file beside it, FILE.toml",
            DraftError::BadWork { .. } => "a work is named like un/cd/2066",
            DraftError::NoLanguage { .. } | DraftError::BadLanguage { .. } => "say it by --lang CODE",
        };
        Self::user(error.to_string()).hint(hint)
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        let hint = match error {
            StoreError::Corpus(error) => return error.into(),
            StoreError::NoGit { .. } => "run git init there, or recension init DIR for a new corpus",
            StoreError::NoIdentity { .. } => {
                "say who you are: git config --global user.name NAME, and user.email ADDRESS"
            }
            StoreError::Detached { .. } => "go to a branch first: git switch BRANCH, or git switch -c NEW",
            StoreError::Vanished { .. } => "let git gc and git prune end first, and add it again",
            StoreError::InProgress { .. } => "finish or abort that first; git status says how",
            StoreError::Taken { .. } => {
                "a version never changes; if this is a version of its own, say which: --claim reissue, or --issued DATE"
            }
            StoreError::Place { .. } => "commit it or move it away; recension status lists what is in the way",
            StoreError::Branch { .. } => "name another branch, or give --force to replace one that is not checked out",
            StoreError::Locked { .. } => {
                "wait for the other program; if none runs, a killed one left the lock: remove that file"
            }
            StoreError::Io { ref source, .. } => match source.kind() {
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    "look at the permissions of the file and of its folder"
                }
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk, and try again",
                _ => "nothing was added; mend that, and try again",
            },
            StoreError::Index { .. } => "nothing was added; git can make it anew: remove that file, then run git reset",
            StoreError::Git { .. } => {
                "nothing was added; see whether the disk is full, whether the git directory may be written, and what git fsck says"
            }
        };
        Self::Corpus(Advice { message: error.to_string(), hints: vec![hint.to_owned()] })
    }
}

impl From<ImportError> for CliError {
    fn from(error: ImportError) -> Self {
        let hint = match error {
            ImportError::Draft(error) => return error.into(),
            ImportError::Corpus(error) => return error.into(),
            ImportError::Io { .. } => "name a file that this user may read",
            ImportError::Entry { .. } => "a list has the columns path, work, lang, issued, claim, source_url",
            ImportError::Repository { .. } => "name a git repository, and patterns that fit its branches and files",
        };
        Self::user(error.to_string()).hint(hint)
    }
}

impl From<IntegrationError> for CliError {
    fn from(error: IntegrationError) -> Self {
        let hint = match &error {
            IntegrationError::NoRepository { .. } => {
                "go to a folder of the repository, run git init there, or give --global for all repositories"
            }
            IntegrationError::Bare { .. } => {
                "leave --shared out, or commit a .gitattributes in a clone that has a work tree"
            }
            IntegrationError::Pattern { .. } => "give a pattern as in .gitignore, such as *.txt or texts/**",
            IntegrationError::Damaged { .. } => "remove what is left between those lines, and the lines, by hand",
            IntegrationError::Locked { .. } => {
                "wait for the other program; if none runs, a killed one left the lock: remove that file"
            }
            IntegrationError::Io { .. } => "look at the permissions of the file and of its folder",
            IntegrationError::Config { .. } => "see what git config --list --show-origin says of it, and mend that",
        };
        Self::user(error.to_string()).hint(hint)
    }
}
