//! What is compared: files, standard input, versions of a corpus.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    rc::Rc,
};

use std::cell::RefCell;

use super::{
    args::Global,
    config::{Origin, Owner, Settings},
    error::CliError,
    ui::{self, Ui},
};
use crate::corpus::{self, Corpus, CorpusError, Version, VersionId};
use crate::execution::Execution;
use crate::frbr::Reference;
use crate::ingest;
use crate::language::{language, languages};
use crate::report::Document;

/// Bytes that are read of a source: one more than the decoder takes, so that it can say what is too long.
pub(super) const MOST_BYTES: u64 = (256 << 20) + 1;

/// What an argument names.
pub(super) enum Named {
    Stdin,
    File(PathBuf),
    Version(Rc<Corpus>, Box<Version>, String),
}

/// The corpora that a command reads: one, unless references name revisions.
pub(super) struct Corpora<'a> {
    global: &'a Global,
    ui: &'a Ui,
    open: RefCell<BTreeMap<Option<String>, Rc<Corpus>>>,
}

impl<'a> Corpora<'a> {
    pub(super) fn new(global: &'a Global, ui: &'a Ui) -> Self {
        Self { global, ui, open: RefCell::default() }
    }

    /// What is set for this call.
    pub(super) fn settings(&self) -> &Settings {
        &self.global.settings
    }

    /// Says how the work is done, if that is wanted.
    pub(super) fn tell(&self, text: &str) {
        self.ui.debug(text);
    }

    /// The folder of the corpus, if one is named or lies at hand.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        self.found().map(|(folder, _)| folder)
    }

    /// The folder of the corpus, and who says that it is this one.
    ///
    /// Who stands in a corpus means that one: only a project file further in names another, and never the user's file.
    pub(super) fn found(&self) -> Option<(PathBuf, Origin)> {
        if let Some(named) = &self.global.corpus {
            return Some((named.clone(), Origin::Option("--corpus")));
        }
        if let Some(named) = ui::corpus_of_environment() {
            return Some((named, Origin::Variable("RECENSION_CORPUS")));
        }
        let here = ui::current_folder()?;
        let around = here.ancestors().find(|folder| folder.join("recension.toml").is_file());
        let project = self.settings().path_of("corpus", Owner::Project);
        let depth = |folder: Option<&Path>| folder.map_or(0, |folder| folder.components().count());
        let further_in = match &project {
            Some((_, Origin::File(_, file, _))) => depth(file.parent()) >= depth(around),
            _ => false,
        };
        let project = project.filter(|_| further_in);
        project
            .or_else(|| around.map(|folder| (folder.to_owned(), Origin::Found)))
            .or_else(|| self.settings().path_of("corpus", Owner::User))
            .or_else(|| Some((PathBuf::from("corpus"), Origin::BuiltIn)).filter(|(folder, _)| folder.is_dir()))
    }

    /// The corpus at a revision; at the one of `--at` where a reference names none.
    pub(super) fn at(&self, revision: Option<&str>) -> Result<Rc<Corpus>, CliError> {
        let revision = revision.or(self.global.at.as_deref()).map(str::to_owned);
        if let Some(open) = self.open.borrow().get(&revision) {
            return Ok(Rc::clone(open));
        }
        let Some(folder) = self.folder() else {
            return Err(CliError::user("there is no corpus here")
                .hint("name one by --corpus DIR or RECENSION_CORPUS, or give the paths of two files"));
        };
        let clock = self.ui.clock();
        let corpus = Rc::new(Corpus::open(&folder, revision.as_deref())?.with_execution(Execution::available()));
        let state = corpus.state().map_or_else(|| "nothing is kept".to_owned(), |at| at.display().to_string());
        self.ui.debug(&format!("corpus {}; lists and verdicts beside it: {state}", corpus.name()));
        self.ui.took("opening the corpus", clock);
        if corpus.state().is_none() && self.open.borrow().is_empty() {
            self.ui.warn(&format!(
                "{} stands in no git repository: it is read as it is, and can't be written to",
                corpus.name()
            ));
        }
        self.open.borrow_mut().insert(revision, Rc::clone(&corpus));
        Ok(corpus)
    }

    /// What an argument names. A path wins over a reference of the same spelling.
    pub(super) fn name(&self, argument: &OsStr, lang: Option<&str>) -> Result<Named, CliError> {
        if argument == "-" {
            return Ok(Named::Stdin);
        }
        let path = Path::new(argument);
        let shown = path.display().to_string();
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => Err(CliError::user(format!("{shown} is a folder, not a file"))
                .hint("name a file in it; a work of that name is read as WORK@latest")),
            Ok(_) => Ok(Named::File(path.to_owned())),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound
                        | io::ErrorKind::NotADirectory
                        | io::ErrorKind::InvalidInput
                        | io::ErrorKind::InvalidFilename
                ) =>
            {
                self.version(argument, &shown, lang)
            }
            Err(error) => Err(CliError::io("read", &shown, &error)),
        }
    }

    fn version(&self, argument: &OsStr, shown: &str, lang: Option<&str>) -> Result<Named, CliError> {
        let Some(parsed) = argument.to_str().map(Reference::parse) else {
            return Err(CliError::user(format!("{shown}: there is no such file")));
        };
        let mut reference = parsed.map_err(|bad| {
            CliError::user(format!("{shown}: there is no such file, and it is no reference to a version: {}", bad.why))
                .hint("give the path of a file, or a reference such as un/cd/2066@2016-09-26~zh")
        })?;
        match (&reference.language, lang) {
            (Some(own), Some(lang)) if own != lang => {
                return Err(CliError::user(format!("{shown} says language {own:?}, and --lang says {lang:?}"))
                    .hint("leave out one of them"));
            }
            (None, Some(lang)) => reference.language = Some(lang.to_owned()),
            _ => {}
        }
        if self.folder().is_none() {
            return Err(CliError::user(format!("{shown}: there is no such file, and no corpus to look it up in"))
                .hint("give the path of a file, or name a corpus by --corpus DIR or RECENSION_CORPUS"));
        }
        let corpus = self.at(reference.revision.as_deref())?;
        let version = corpus.resolve(&reference).map_err(|error| match error {
            CorpusError::UnknownWork { corpus, nearest, .. } => {
                let error =
                    CliError::user(format!("{shown}: there is no such file, and no such work in the corpus {corpus}"));
                if nearest.is_empty() { error } else { error.hint(format!("the nearest: {}", nearest.join(", "))) }
            }
            other => other.into(),
        })?;
        let name = full_name(reference.revision.as_deref(), &version.id);
        Ok(Named::Version(corpus, Box::new(version), name))
    }
}

/// A version with the revision it was asked for in.
pub(super) fn full_name(revision: Option<&str>, id: &VersionId) -> String {
    match revision {
        Some(revision) => format!("{revision}:{id}"),
        None => id.to_string(),
    }
}

/// Something that can be read by another thread.
pub(super) enum Readable<'a> {
    Stdin,
    File(&'a Path),
    Version(&'a Corpus, &'a Version, &'a str),
}

impl Named {
    /// The same without what other threads can't hold.
    pub(super) fn readable(&self) -> Readable<'_> {
        match self {
            Self::Stdin => Readable::Stdin,
            Self::File(path) => Readable::File(path),
            Self::Version(corpus, version, name) => Readable::Version(corpus, version, name),
        }
    }
}

impl Readable<'_> {
    /// Reads it.
    pub(super) fn read(&self, lang: Option<&str>) -> Result<Document, CliError> {
        match self {
            Self::Stdin => document(&mut io::stdin().lock(), "-", "standard input", lang),
            Self::File(path) => {
                let name = path.display().to_string();
                let mut file = corpus::open_plain(path).map_err(|error| CliError::io("read", &name, &error))?;
                document(&mut file, &name, &name, lang)
            }
            Self::Version(corpus, version, name) => {
                let loaded = corpus.load(version)?;
                Ok(Document {
                    reference: Some((*name).to_owned()),
                    path: None,
                    sha256: loaded.sha256,
                    identity: loaded.identity,
                    source: loaded.source,
                })
            }
        }
    }
}

fn document(from: &mut dyn Read, path: &str, name: &str, lang: Option<&str>) -> Result<Document, CliError> {
    let mut bytes = Vec::new();
    from.take(MOST_BYTES).read_to_end(&mut bytes).map_err(|error| CliError::io("read", name, &error))?;
    let sha256 = corpus::sha256(&bytes);
    let source = ingest::read(bytes, ingest::Options { language: lang, execution: Execution::available() })
        .map_err(|error| CliError::decode(name, &error))?;
    Ok(Document {
        reference: None,
        path: Some(path.to_owned()),
        sha256,
        identity: source.statement.identity.clone(),
        source,
    })
}

/// Names two sides; standard input can be only one of them.
pub(super) fn sides(
    corpora: &Corpora<'_>,
    before: &OsString,
    after: &OsString,
    lang: Option<&str>,
) -> Result<(Named, Named), CliError> {
    if before == "-" && after == "-" {
        return Err(
            CliError::user("standard input can be one side only").hint("give the other side as a file or a reference")
        );
    }
    Ok((corpora.name(before, lang)?, corpora.name(after, lang)?))
}

/// Reads two sides at once. Where both fail, the error of the first is told.
pub(super) fn read_both(
    before: &Readable<'_>,
    after: &Readable<'_>,
    lang: Option<&str>,
) -> Result<(Document, Document), CliError> {
    let (first, second) = Execution::available().join(|| before.read(lang), || after.read(lang));
    Ok((first?, second?))
}

/// Looks at the code of a language.
pub(super) fn known_language(code: Option<&str>) -> Result<Option<&'static str>, CliError> {
    let Some(code) = code else { return Ok(None) };
    match language(code) {
        Some(known) => Ok(Some(known.code)),
        None => {
            let codes: Vec<&str> = languages().iter().map(|language| language.code).collect();
            Err(CliError::user(format!("{code:?} is the code of no language that is known"))
                .hint(format!("known are {}", codes.join(", "))))
        }
    }
}
