//! Files that are added to what the program ships: a folder laid out like its own `data`.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use super::{
    catalogue::{Catalogue, Known, NamedBody},
    code::LanguageCode,
    data::{Language, LanguageFiles},
    detection::MOST_LANGUAGES,
    fault::Fault,
    read,
};

/// Most bytes of a file: the longest that ships has 200 kB, and a word list a few megabytes.
const MOST_BYTES: u64 = 64 << 20;
/// Most bytes of all files together.
const MOST_BYTES_IN_ALL: u64 = 256 << 20;
/// The folders that are looked into.
pub(crate) const DATA_FOLDERS: [&str; 3] = ["languages", "bodies", "words"];

/// Whether a file of one of those folders is one of data.
pub(crate) fn is_data_file(path: &Path) -> bool {
    matches!(path.extension().and_then(|ending| ending.to_str()), Some("toml" | "fst"))
}

/// Adds the bytes of a file to those of all, and says where they are too many.
pub(crate) fn surplus(bytes: u64, sum: &mut u64) -> Option<String> {
    *sum = sum.saturating_add(bytes);
    (bytes > MOST_BYTES || *sum > MOST_BYTES_IN_ALL)
        .then(|| format!("it has {bytes} bytes; a file may have {MOST_BYTES}, and all together {MOST_BYTES_IN_ALL}"))
}

/// Why files can't be added.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogueError {
    /// A file or the folder can't be read.
    #[error("can't read {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file says what is not known, or not in the right way.
    #[error("{}, line {line}: {message}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A file that is no text in UTF-8, no list of words, or stands where none is looked for.
    #[error("{}: {message}", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
}

/// What is given of a language.
#[derive(Default)]
struct Given {
    main: Option<(PathBuf, String)>,
    lexicon: Option<(PathBuf, String)>,
    words: Option<(PathBuf, Vec<u8>)>,
}

impl Catalogue {
    /// This catalogue and the files of a folder: see [`Catalogue::with_files`].
    ///
    /// # Errors
    /// [`CatalogueError`] where the folder has none of the three folders, a file can't be read, or one is not well made.
    pub fn load(&self, folder: &Path) -> Result<Self, CatalogueError> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| CatalogueError::Io { path, source }
        };
        let mut files = Vec::new();
        let mut sum = 0;
        for name in DATA_FOLDERS {
            let inner = folder.join(name);
            let list = match fs::read_dir(&inner) {
                Ok(list) => list,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(io(&inner)(error)),
            };
            for entry in list {
                let path = entry.map_err(io(&inner))?.path();
                if !is_data_file(&path) {
                    continue;
                }
                let found = fs::metadata(&path).map_err(io(&path))?;
                if !found.is_file() {
                    let message = "it is no file, but a folder, a device or a pipe: take it away".to_owned();
                    return Err(CatalogueError::Other { path, message });
                }
                if let Some(message) = surplus(found.len(), &mut sum) {
                    return Err(CatalogueError::Other { path, message });
                }
                let bytes = fs::read(&path).map_err(io(&path))?;
                files.push((path, bytes));
            }
        }
        if files.is_empty() {
            let message = format!("it holds no data: no files in {}", DATA_FOLDERS.join("/, ") + "/");
            fs::read_dir(folder).map_err(io(folder))?;
            return Err(CatalogueError::Other { path: folder.to_owned(), message });
        }
        files.sort();
        self.with_files(files)
    }

    /// This catalogue and more files, each with its path, of which the last two parts count: `languages/CODE.toml` is a
    /// language, `languages/CODE.lexicon.toml` what its words do, `words/CODE.fst` its word list, `bodies/NAME.toml` a
    /// body. A file of a known code or name stands in place of the shipped one; what is not given of a shipped language
    /// stays as it is shipped.
    ///
    /// Everything is read at once: what is accepted is well made to the last pattern.
    ///
    /// ```
    /// use recension::language::Catalogue;
    ///
    /// let body = "name = 'The House of Elm'\nsymbol = ['ELM-\\d+']\njob = []\nbarcode = []\nmasthead = []\n";
    /// let catalogue = Catalogue::shipped().with_files([("bodies/elm.toml", body)])?;
    /// assert!(catalogue.is_symbol("ELM-7") && !Catalogue::shipped().is_symbol("ELM-7"));
    ///
    /// let error = catalogue.with_files([("bodies/elm.toml", "nane = 'Elm'")]).expect_err("misspelt");
    /// assert!(error.to_string().starts_with("bodies/elm.toml, line 1: unknown field `nane`"));
    /// # Ok::<(), recension::language::CatalogueError>(())
    /// ```
    ///
    /// # Errors
    /// [`CatalogueError`] where a file is not well made, with its line; keys that are not known are refused.
    pub fn with_files(
        &self,
        files: impl IntoIterator<Item = (impl Into<PathBuf>, impl Into<Vec<u8>>)>,
    ) -> Result<Self, CatalogueError> {
        let mut given: BTreeMap<String, Given> = BTreeMap::new();
        let mut bodies: BTreeMap<String, Arc<NamedBody>> =
            self.named_bodies().iter().map(|named| (named.name.clone(), Arc::clone(named))).collect();
        let mut hasher = DefaultHasher::new();
        self.fingerprint().hash(&mut hasher);
        for (path, bytes) in files {
            let (path, bytes) = (path.into(), bytes.into());
            let file = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
            (folder, &file, &bytes).hash(&mut hasher);
            match (folder, file.strip_suffix(".toml"), file.strip_suffix(".fst")) {
                ("languages", Some(stem), _) => match stem.strip_suffix(".lexicon") {
                    Some(code) => given.entry(code.to_owned()).or_default().lexicon = Some(text_of(path, bytes)?),
                    None => given.entry(stem.to_owned()).or_default().main = Some(text_of(path, bytes)?),
                },
                ("words", _, Some(code)) => given.entry(code.to_owned()).or_default().words = Some((path, bytes)),
                ("bodies", Some(name), _) => {
                    let (path, text) = text_of(path, bytes)?;
                    let named = read::checked_body(&text).map_err(in_file(&path))?;
                    bodies.insert(name.to_owned(), Arc::new(NamedBody { name: name.to_owned(), body: named }));
                }
                _ => {
                    let message = "it is no languages/CODE.toml, languages/CODE.lexicon.toml, words/CODE.fst or \
                                   bodies/NAME.toml";
                    return Err(CatalogueError::Other { path, message: message.to_owned() });
                }
            }
        }
        let mut languages: BTreeMap<LanguageCode, Arc<Language>> =
            self.languages().iter().map(|language| (language.code, Arc::clone(language))).collect();
        for (code, given) in given {
            let language = self.language_of(&code, given)?;
            languages.insert(language.code, Arc::new(language));
        }
        if let Some(surplus) = languages.keys().nth(MOST_LANGUAGES) {
            let message = format!("there are more than {MOST_LANGUAGES} languages");
            return Err(CatalogueError::Other { path: PathBuf::from(surplus.to_string()), message });
        }
        let (languages, bodies) = (languages.into_values().collect(), bodies.into_values().collect());
        Ok(Self::of(Known {
            languages,
            bodies,
            fingerprint: hasher.finish(),
            detection: OnceLock::new(),
            wide_detection: OnceLock::new(),
        }))
    }

    /// The language of a code, from what is given and what this catalogue has of it.
    fn language_of(&self, code: &str, given: Given) -> Result<Language, CatalogueError> {
        let had = self.language(code).map(|language| language.files.clone());
        let beside = given.lexicon.as_ref().map(|(path, _)| path).or(given.words.as_ref().map(|(path, _)| path));
        let beside = beside.cloned().unwrap_or_default();
        let (path, main) = match given.main {
            Some((path, text)) => (path, Cow::Owned(text)),
            None => match &had {
                Some(had) => (beside, had.main.clone()),
                None => {
                    let message = format!("there is no languages/{code}.toml beside it, and none ships");
                    return Err(CatalogueError::Other { path: beside, message });
                }
            },
        };
        let (had_lexicon, had_words) = had.map_or((None, None), |had| (had.lexicon, had.words));
        let has_lexicon = given.lexicon.is_some();
        let lexicon_path = given.lexicon.as_ref().map_or_else(|| path.clone(), |(path, _)| path.clone());
        let words_path = given.words.as_ref().map_or_else(|| path.clone(), |(path, _)| path.clone());
        let files = LanguageFiles {
            main,
            lexicon: given.lexicon.map(|(_, text)| Cow::Owned(text)).or(had_lexicon),
            words: given.words.map(|(_, bytes)| Cow::Owned(bytes)).or(had_words),
        };
        let language = read::checked_language(code, files).map_err(in_file(&path))?;
        language.check_lexicon().map_err(|fault| match has_lexicon {
            true => in_file(&lexicon_path)(fault),
            // Its line is one of a file that the user has not written.
            false => {
                let message = format!("the lexicon that ships does not fit it: {}", fault.message);
                in_file(&path)(Fault { line: 1, message })
            }
        })?;
        language.check_words().map_err(|message| CatalogueError::Other { path: words_path, message })?;
        Ok(language)
    }
}

fn text_of(path: PathBuf, bytes: Vec<u8>) -> Result<(PathBuf, String), CatalogueError> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok((path, text)),
        Err(_) => Err(CatalogueError::Other { path, message: "it is no text in UTF-8".to_owned() }),
    }
}

fn in_file(path: &Path) -> impl Fn(Fault) -> CatalogueError + use<> {
    let path = path.to_owned();
    move |fault| CatalogueError::File { path: path.clone(), line: fault.line, message: fault.message }
}
