//! What is compared: files, standard input, versions of a corpus; and which corpus that is.

use std::{
    cell::OnceCell,
    collections::BTreeSet,
    ffi::{OsStr, OsString},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    config::{Origin, Owner, Settings},
    error::CliError,
    global::Global,
    surroundings,
    ui::Ui,
};
use crate::corpus::Corpus;
use crate::execution::Execution;
use crate::ingest;
use crate::record::Document;
use crate::text::Pair;
use crate::workspace::{self, Input, OpenCorpora, WorkspaceError, read_from};

/// The corpora that a command reads: one, unless references name revisions.
pub(super) struct Corpora<'a> {
    global: &'a Global,
    ui: &'a Ui,
    open: OnceCell<workspace::Corpora>,
}

impl<'a> Corpora<'a> {
    pub(super) fn new(global: &'a Global, ui: &'a Ui) -> Self {
        Self { global, ui, open: OnceCell::new() }
    }

    /// What is set for this call.
    pub(super) fn settings(&self) -> &Settings {
        &self.global.settings
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
        if let Some(named) = surroundings::corpus_of_environment() {
            return Some((named, Origin::Variable("RECENSION_CORPUS")));
        }
        let here = surroundings::current_folder()?;
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

    /// What an argument names; `-` is standard input.
    pub(super) fn name(&self, argument: &OsStr, lang: Option<&str>) -> Result<Input, CliError> {
        if argument == "-" {
            let name = "standard input";
            let bytes = read_from(&mut io::stdin().lock()).map_err(|error| CliError::io("read", name, &error))?;
            return Ok(Input::Bytes { bytes, path: "-".to_owned(), name: name.to_owned() });
        }
        Ok(Input::named(Path::new(argument), lang, self)?)
    }
}

impl OpenCorpora for Corpora<'_> {
    fn has_corpus(&self) -> bool {
        self.folder().is_some()
    }

    fn at(&self, revision: Option<&str>) -> Result<Arc<Corpus>, WorkspaceError> {
        let corpora = match self.open.get() {
            Some(corpora) => corpora,
            None => {
                let folder = self.folder().ok_or(WorkspaceError::NoCorpus)?;
                self.open.get_or_init(|| {
                    workspace::Corpora::new(folder, self.global.at.as_deref())
                        .with_execution(Execution::available())
                        .with_catalogue(self.global.catalogue())
                })
            }
        };
        if corpora.is_open(revision) {
            return corpora.at(revision);
        }
        let is_first = corpora.is_empty();
        let clock = self.ui.clock();
        let corpus = corpora.at(revision)?;
        let state = corpus.state().map_or_else(|| "nothing is kept".to_owned(), |at| at.display().to_string());
        self.ui.debug(&format!("corpus {}; lists and verdicts beside it: {state}", corpus.name()));
        self.ui.took("opening the corpus", clock);
        if corpus.state().is_none() && is_first {
            self.ui.warn(&format!(
                "{} stands in no git repository: it is read as it is, and can't be written to",
                corpus.name()
            ));
        }
        Ok(corpus)
    }

    fn listed(&self, corpus: &Corpus, versions: usize) {
        self.ui.debug(&format!(
            "{versions} versions in {}; the records of {} were read anew, the others were kept from before",
            corpus.name(),
            corpus.read_anew()
        ));
    }
}

/// Names two sides; standard input can be only one of them.
pub(super) fn sides(
    corpora: &Corpora<'_>,
    before: &OsString,
    after: &OsString,
    lang: Option<&str>,
) -> Result<Pair<Input>, CliError> {
    if before == "-" && after == "-" {
        return Err(
            CliError::user("standard input can be one side only").hint("give the other side as a file or a reference")
        );
    }
    Ok(Pair::new(corpora.name(before, lang)?, corpora.name(after, lang)?))
}

/// Looks at the code of a language.
pub(super) fn known_language<'c>(code: Option<&'c str>, global: &Global) -> Result<Option<&'c str>, CliError> {
    let Some(code) = code else { return Ok(None) };
    let catalogue = global.catalogue();
    if catalogue.code(code).is_some() {
        return Ok(Some(code));
    }
    let codes: Vec<&str> = catalogue.languages().iter().map(|language| &*language.code).collect();
    Err(CliError::user(format!("{code:?} is the code of no language that is known"))
        .hint(format!("known are {}", codes.join(", "))))
}

/// How texts are read, of a language where that is known.
pub(super) fn reading<'c>(global: &'c Global, language: Option<&'c str>) -> ingest::Options<'c> {
    ingest::Options {
        catalogue: global.catalogue(),
        language,
        password: global.password(),
        revisions: global.revisions.into(),
        execution: Execution::available(),
    }
}

/// The language that the reference of a document names.
pub(super) fn language_of(document: &Document) -> Option<&str> {
    document.reference.as_deref()?.rsplit_once('~').map(|(_, language)| language)
}

/// Warns of a text that a program recognised in the images of pages: its characters are a guess.
pub(super) fn warn_of_recognised(document: &Document, ui: &Ui) {
    if document.source.is_recognised() {
        ui.warn(&format!(
            "{}: the text of at least one page was recognised in its image; what it says may differ from what is seen",
            document.name()
        ));
    }
}

/// Warns of languages of versions that are not known to this call: their words are then told as any words.
pub(super) fn warn_of_languages<'a>(codes: impl IntoIterator<Item = &'a str>, global: &Global, ui: &Ui) {
    let unknown: BTreeSet<&str> =
        codes.into_iter().filter(|code| global.catalogue().language(code).is_none()).collect();
    for code in unknown {
        ui.warn(&format!(
            "the language {code} is not known to this call: what its words do is not told; name a folder that \
             describes it by --data"
        ));
    }
}
