//! What is read: files, bytes, versions of a corpus; and the corpora that versions are looked up in.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::error::WorkspaceError;
use crate::corpus::{self, Corpus, CorpusError};
use crate::execution::Execution;
use crate::frbr::Reference;
use crate::ingest;
use crate::language::Catalogue;
use crate::record::{Document, Version, VersionId, sha256};

/// Bytes that are read of a source: one more than the decoder takes, so that it can say what is too long.
pub(crate) const MOST_BYTES: u64 = (256 << 20) + 1;

/// Whoever opens the corpora that references name: one folder, at the revisions that are asked for.
pub trait OpenCorpora {
    /// Whether there is a corpus at all.
    fn has_corpus(&self) -> bool;

    /// The corpus at a revision, opened once; where none is asked for, at the one that holds for all references.
    ///
    /// # Errors
    /// [`WorkspaceError`] where there is none, or it can't be read.
    fn at(&self, revision: Option<&str>) -> Result<Arc<Corpus>, WorkspaceError>;

    /// Is told that all versions of a corpus were listed.
    fn listed(&self, _corpus: &Corpus, _versions: usize) {}
}

/// The corpora of one folder.
pub struct Corpora {
    folder: PathBuf,
    revision: Option<String>,
    execution: Execution,
    catalogue: Catalogue,
    open: RefCell<BTreeMap<Option<String>, Arc<Corpus>>>,
}

impl Corpora {
    /// Those of a folder; `revision` holds for references that name none.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>, revision: Option<&str>) -> Self {
        Self {
            folder: folder.into(),
            revision: revision.map(str::to_owned),
            execution: Execution::Sequential,
            catalogue: Catalogue::default(),
            open: RefCell::default(),
        }
    }

    /// The same, each to be listed and read on so many threads.
    #[must_use]
    pub fn with_execution(self, execution: Execution) -> Self {
        Self { execution, ..self }
    }

    /// The same, each to be read with these languages and bodies.
    #[must_use]
    pub fn with_catalogue(self, catalogue: &Catalogue) -> Self {
        Self { catalogue: catalogue.clone(), ..self }
    }

    /// Whether the corpus of a revision is open already.
    #[must_use]
    pub(crate) fn is_open(&self, revision: Option<&str>) -> bool {
        self.open.borrow().contains_key(&self.wanted(revision))
    }

    /// Whether none was opened yet.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.open.borrow().is_empty()
    }

    fn wanted(&self, revision: Option<&str>) -> Option<String> {
        revision.or(self.revision.as_deref()).map(str::to_owned)
    }
}

impl OpenCorpora for Corpora {
    fn has_corpus(&self) -> bool {
        true
    }

    fn at(&self, revision: Option<&str>) -> Result<Arc<Corpus>, WorkspaceError> {
        let revision = self.wanted(revision);
        if let Some(open) = self.open.borrow().get(&revision) {
            return Ok(Arc::clone(open));
        }
        let corpus = Corpus::open(&self.folder, revision.as_deref())?;
        let corpus = Arc::new(corpus.with_execution(self.execution).with_catalogue(&self.catalogue));
        self.open.borrow_mut().insert(revision, Arc::clone(&corpus));
        Ok(corpus)
    }
}

/// A text that can be read.
#[non_exhaustive]
pub enum Input {
    /// Bytes that were handed over.
    Bytes {
        /// The bytes.
        bytes: Vec<u8>,
        /// What to call them where a path stands.
        path: String,
        /// What to call them in messages.
        name: String,
    },
    /// A file.
    File(PathBuf),
    /// A version of a corpus.
    Version {
        /// The corpus.
        corpus: Arc<Corpus>,
        /// The version.
        version: Box<Version>,
        /// Its name, with the revision it was asked for in.
        name: String,
    },
}

impl Input {
    /// What an argument names. A path wins over a reference of the same spelling.
    ///
    /// # Errors
    /// [`WorkspaceError`] where it names neither a file nor one version.
    pub fn named(argument: &Path, lang: Option<&str>, corpora: &dyn OpenCorpora) -> Result<Self, WorkspaceError> {
        let name = argument.display().to_string();
        match fs::metadata(argument) {
            Ok(found) if found.is_dir() => Err(WorkspaceError::Folder { name }),
            Ok(_) => Ok(Self::File(argument.to_owned())),
            Err(error) if is_no_file(&error) => match argument.to_str() {
                Some(text) => Self::version(text, lang, corpora),
                None => Err(WorkspaceError::NoFile { name }),
            },
            Err(source) => Err(WorkspaceError::Io { name, source }),
        }
    }

    /// The version that a reference names.
    ///
    /// # Errors
    /// [`WorkspaceError`] where it is no reference, or names not one version.
    pub fn version(text: &str, lang: Option<&str>, corpora: &dyn OpenCorpora) -> Result<Self, WorkspaceError> {
        let argument = text.to_owned();
        let mut reference = Reference::parse(text)
            .map_err(|bad| WorkspaceError::Reference { argument: argument.clone(), why: bad.why.to_string() })?;
        match (&reference.language, lang) {
            (Some(own), Some(asked)) if own != asked => {
                return Err(WorkspaceError::Language { argument, own: own.clone(), asked: asked.to_owned() });
            }
            (None, Some(asked)) => reference.language = Some(asked.to_owned()),
            _ => {}
        }
        if !corpora.has_corpus() {
            return Err(WorkspaceError::NoCorpusFor { argument, is_selector: false });
        }
        let corpus = corpora.at(reference.revision.as_deref())?;
        let version = corpus.resolve(&reference).map_err(|error| match error {
            CorpusError::UnknownWork { corpus, nearest, .. } => {
                WorkspaceError::UnknownWork { argument, corpus, nearest }
            }
            other => other.into(),
        })?;
        let name = full_name(reference.revision.as_deref(), &version.id);
        Ok(Self::Version { corpus, version: Box::new(version), name })
    }

    /// Reads it; a version of a corpus is read as the corpus reads.
    ///
    /// # Errors
    /// [`WorkspaceError`] where it can't be read, or is no text.
    pub fn read(&self, options: ingest::Options<'_>) -> Result<Document, WorkspaceError> {
        match self {
            Self::Bytes { bytes, path, name } => document(bytes.clone(), path, name, options),
            Self::File(path) => {
                let name = path.display().to_string();
                let io = |source| WorkspaceError::Io { name: name.clone(), source };
                let mut file = corpus::open_plain(path).map_err(io)?;
                let bytes = read_from(&mut file).map_err(io)?;
                document(bytes, &name, &name, options)
            }
            Self::Version { corpus, version, name } => {
                let loaded = corpus.load(version)?;
                Ok(Document {
                    reference: Some(name.clone()),
                    path: None,
                    sha256: loaded.sha256,
                    identity: loaded.identity,
                    source: loaded.source,
                })
            }
        }
    }
}

fn is_no_file(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory | InvalidInput | InvalidFilename)
}

/// A version with the revision it was asked for in.
#[must_use]
pub(super) fn full_name(revision: Option<&str>, id: &VersionId) -> String {
    match revision {
        Some(revision) => format!("{revision}:{id}"),
        None => id.to_string(),
    }
}

/// All bytes, as far as a text may be long; see [`MOST_BYTES`].
///
/// # Errors
/// What the system says.
pub(crate) fn read_from(from: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn document(bytes: Vec<u8>, path: &str, name: &str, options: ingest::Options<'_>) -> Result<Document, WorkspaceError> {
    let sha256 = sha256(&bytes);
    let source = ingest::read_named(bytes, Some(path), options)
        .map_err(|source| WorkspaceError::Decode { name: name.to_owned(), source })?;
    Ok(Document {
        reference: None,
        path: Some(path.to_owned()),
        sha256,
        identity: source.statement.identity.clone(),
        source,
    })
}
