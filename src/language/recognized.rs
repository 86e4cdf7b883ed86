//! Languages that a text may be told to be in, of which the program knows nothing else, read from `data/recognized.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{
    code::LanguageCode,
    fault::{Fault, parse, shipped},
    script::Script,
};

static RECOGNIZED: LazyLock<Vec<RecognizedLanguage>> =
    LazyLock::new(|| shipped("recognized", read(include_str!("../../data/recognized.toml"))));

/// A language that a text may be told to be in.
#[derive(Debug)]
pub(super) struct RecognizedLanguage {
    /// Its code; none where the entry stands for several that its words do not tell apart.
    pub(super) code: Option<LanguageCode>,
    /// ISO 639-2 code, as Akoma Ntoso wants it; empty where there is none.
    #[cfg_attr(not(feature = "xml"), allow(dead_code, reason = "only Akoma Ntoso asks for it"))]
    pub(super) akn: String,
    /// Name in English.
    pub(super) name: String,
    /// The script that its words are counted in; none where signs of its own tell it.
    pub(super) script: Option<Script>,
    /// Frequent words, lower case.
    pub(super) words: Vec<String>,
    /// Letters that it writes with beside a to z, lower case; none where they are not listed.
    pub(super) alphabet: Option<String>,
    /// The first and the last of signs that only it is written with.
    pub(super) between: Option<(char, char)>,
    /// The script that those are mixed with.
    pub(super) beside: Option<Script>,
}

/// All of them, in the order of the file.
pub(super) fn recognized() -> &'static [RecognizedLanguage] {
    &RECOGNIZED
}

/// The one of a code.
pub(super) fn recognized_as(code: &str) -> Option<&'static RecognizedLanguage> {
    recognized().iter().find(|language| language.code.is_some_and(|own| own == *code))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRecognized {
    languages: Vec<RawLanguage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLanguage {
    code: Option<String>,
    #[serde(default)]
    akn: String,
    name: String,
    script: Option<Script>,
    #[serde(default)]
    words: Vec<String>,
    alphabet: Option<String>,
    between: Option<(char, char)>,
    beside: Option<Script>,
}

fn read(text: &str) -> Result<Vec<RecognizedLanguage>, Fault> {
    let raw: RawRecognized = parse(text)?;
    raw.languages.into_iter().map(|raw| language(text, raw)).collect()
}

fn language(text: &str, raw: RawLanguage) -> Result<RecognizedLanguage, Fault> {
    let fault = |message: &str| Err(Fault::at(text, &raw.name, format!("{}: {message}", raw.name)));
    let code = raw.code.as_deref().map(LanguageCode::new);
    if code.is_some_and(|code| code.is_none()) {
        return fault("the code is no two or three lower-case letters");
    }
    if raw.between.is_none() && (raw.script.is_none() || raw.words.is_empty()) {
        return fault("nothing tells it: neither signs nor words of a script");
    }
    Ok(RecognizedLanguage {
        code: code.flatten(),
        akn: raw.akn,
        name: raw.name,
        script: raw.script,
        words: raw.words,
        alphabet: raw.alphabet,
        between: raw.between,
        beside: raw.beside,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::recognized;
    use crate::language::Catalogue;

    #[test]
    fn no_language_is_told_twice() {
        let mut codes: BTreeSet<&str> = Catalogue::shipped().languages().iter().map(|own| &*own.code).collect();
        for language in recognized() {
            if let Some(code) = &language.code {
                assert!(codes.insert(code), "{}", language.name);
            }
            assert!(language.words.iter().all(|word| *word == word.to_lowercase()), "{}", language.name);
        }
    }
}
