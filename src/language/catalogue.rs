//! What a call knows of languages and bodies: that of the program, or more.

use std::{
    fmt,
    sync::{Arc, LazyLock, OnceLock},
};

use super::{
    code::LanguageCode,
    common::common,
    data::{Body, Language, LanguageFiles},
    detection::Detection,
    fault::shipped,
    read,
    recognized::recognized_as,
};
use crate::execution::Execution;

include!(concat!(env!("OUT_DIR"), "/data.rs"));

/// The languages and bodies that a call knows.
///
/// It is handed down: whoever reads a text says with which ([`ingest::Options`](crate::ingest::Options)), and the
/// statement that comes of it keeps it, so that what follows knows the same. Copies are cheap and share what they hold.
///
/// [`Catalogue::shipped`] has the files of the program; [`Catalogue::with_files`] and [`Catalogue::load`] add others. What
/// characters are folded, and what all languages share (`data/common.toml`), is the same in all: it belongs to the program.
#[derive(Clone, Default)]
pub struct Catalogue {
    /// What it knows; nothing where it is that of the program, which is read when first asked for.
    own: Option<Arc<Known>>,
}

/// What a catalogue knows.
pub(super) struct Known {
    /// By code.
    pub(super) languages: Vec<Arc<Language>>,
    /// By name.
    pub(super) bodies: Vec<Arc<NamedBody>>,
    /// What tells it from others.
    pub(super) fingerprint: u64,
    /// Made when first asked for.
    pub(super) detection: OnceLock<Detection>,
    /// The same with the languages that are only recognised.
    pub(super) wide_detection: OnceLock<Detection>,
}

/// A body under the name of its file.
pub(super) struct NamedBody {
    pub(super) name: String,
    pub(super) body: Body,
}

static SHIPPED: Catalogue = Catalogue { own: None };
static LANGUAGES_READ: OnceLock<Vec<Arc<Language>>> = OnceLock::new();
static BODIES_READ: LazyLock<Vec<Arc<NamedBody>>> = LazyLock::new(|| {
    let read = |(name, text): &(&str, &str)| {
        Arc::new(NamedBody { name: (*name).to_owned(), body: shipped(name, read::body(text)) })
    };
    BODIES.iter().map(read).collect()
});
static DETECTION: LazyLock<Detection> = LazyLock::new(|| Detection::of(SHIPPED.languages()));
static WIDE_DETECTION: LazyLock<Detection> = LazyLock::new(|| Detection::of_all(SHIPPED.languages()));

impl Catalogue {
    /// The one of the program. Its files are read when something is first asked of it.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    pub(super) fn of(known: Known) -> Self {
        Self { own: Some(Arc::new(known)) }
    }

    /// A number that tells the files of this catalogue from those of others, for who keeps what was found with it; none of
    /// the one of the program.
    #[must_use]
    pub fn fingerprint(&self) -> Option<u64> {
        self.own.as_ref().map(|known| known.fingerprint)
    }

    /// Reads what was not read before, on so many threads.
    pub(crate) fn prepare(&self, execution: Execution) {
        if self.own.is_none() {
            shipped_languages(execution);
        }
    }

    /// Every language known, by code.
    #[must_use]
    pub fn languages(&self) -> &[Arc<Language>] {
        match &self.own {
            Some(known) => &known.languages,
            None => shipped_languages(Execution::Sequential),
        }
    }

    /// The language of a code, if it is known.
    #[must_use]
    pub fn language(&self, code: &str) -> Option<&Language> {
        self.languages().iter().find(|language| *language.code == *code).map(AsRef::as_ref)
    }

    /// The code that a text is, if it is that of a language that is known, or of one that texts are told to be in and of
    /// which nothing else is known.
    ///
    /// ```
    /// use recension::language::Catalogue;
    ///
    /// let catalogue = Catalogue::shipped();
    /// let code = catalogue.code("uk").expect("told by its words");
    /// assert_eq!(catalogue.name(code), Some("Ukrainian"));
    /// assert!(catalogue.language("uk").is_none());
    /// ```
    #[must_use]
    pub fn code(&self, code: &str) -> Option<LanguageCode> {
        let known = self.language(code).map(|language| language.code);
        known.or_else(|| recognized_as(code).and_then(|language| language.code))
    }

    /// The name in English of a language that is known, or that texts are told to be in.
    #[must_use]
    pub fn name(&self, code: LanguageCode) -> Option<&str> {
        let known = self.language(&code).map(|language| &*language.name);
        known.or_else(|| recognized_as(&code).map(|language| &*language.name))
    }

    /// The ISO 639-2 code of a language that is known, or that texts are told to be in.
    #[cfg(feature = "xml")]
    #[must_use]
    pub(crate) fn akn_code(&self, code: &str) -> Option<&str> {
        let known = self.language(code).map(|language| &*language.akn);
        known.or_else(|| recognized_as(code).map(|language| &*language.akn))
    }

    /// The language that stands in where a text's own is not known, and whose notes may stand in a text of any other.
    #[must_use]
    pub(crate) fn fallback(&self) -> Option<&Language> {
        self.language(&common().fallback)
    }

    /// Names of the issuing bodies known, by the names of their files.
    pub fn body_names(&self) -> impl Iterator<Item = &str> {
        self.bodies().map(|body| body.name.as_str())
    }

    /// Every issuing body known, by the name of its file.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.named_bodies().iter().map(|named| &named.body)
    }

    pub(super) fn named_bodies(&self) -> &[Arc<NamedBody>] {
        match &self.own {
            Some(known) => &known.bodies,
            None => &BODIES_READ,
        }
    }

    /// What tells the languages that are known and those that are recognised apart.
    pub(crate) fn wide_detection(&self) -> &Detection {
        match &self.own {
            Some(known) => known.wide_detection.get_or_init(|| Detection::of_all(&known.languages)),
            None => &WIDE_DETECTION,
        }
    }

    /// What tells the languages that are known apart: enough for a text that is plainly in one of them.
    pub(crate) fn detection(&self) -> &Detection {
        match &self.own {
            Some(known) => known.detection.get_or_init(|| Detection::of(&known.languages)),
            None => &DETECTION,
        }
    }
}

impl fmt::Debug for Catalogue {
    /// The codes of its languages, where it is not that of the program.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.own {
            Some(known) => f.debug_list().entries(known.languages.iter().map(|language| language.code)).finish(),
            None => f.write_str("Catalogue::shipped()"),
        }
    }
}

/// The languages of the program.
fn shipped_languages(execution: Execution) -> &'static [Arc<Language>] {
    LANGUAGES_READ.get_or_init(|| {
        // What the files share is read before the threads part.
        let _ = common();
        execution.map(LANGUAGES, |(code, text)| {
            let lexicon = LEXICONS.iter().find(|(own, _)| own == code).map(|(_, text)| (*text).into());
            let words = WORDS.iter().find(|(own, _)| own == code).map(|(_, bytes)| (*bytes).into());
            let files = LanguageFiles { main: (*text).into(), lexicon, words };
            Arc::new(shipped(code, read::language(code, files)))
        })
    })
}

/// A language of the program, for tests.
#[cfg(test)]
pub(crate) fn language(code: &str) -> Option<&'static Language> {
    Catalogue::shipped().language(code)
}
