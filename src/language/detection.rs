//! What tells the language of a text: frequent words, and letters.
//!
//! Candidates are the languages of a catalogue and those that are recognised only; a word or a letter names several of
//! them at once, a bit each.

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::BuildHasherDefault,
    ops::RangeInclusive,
    sync::Arc,
};

use super::{
    code::LanguageCode,
    common::common,
    data::Language,
    recognized::{RecognizedLanguage, recognized},
    script::Script,
};

/// Most languages of a catalogue: half of the bits that candidates have, the other half is for those recognised only.
pub(super) const MOST_LANGUAGES: usize = 64;

/// Candidates, a bit each.
pub(crate) type Bits = u128;

/// How a language comes to be a candidate; the more is known of it, the less need speak for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// It is told where as much speaks for it as for another, and where its script is all there is.
    Official,
    /// It is told where more speaks for it than for any other.
    Known,
    /// The same, and nothing is known of it but how to tell it.
    Recognized,
}

/// A language that a text may be in.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// None where the candidate stands for several languages that are not told apart.
    pub(crate) code: Option<LanguageCode>,
    /// The script that its words are in; none where signs of its own tell it.
    pub(crate) script: Option<Script>,
    /// How it comes to be one.
    pub(crate) standing: Standing,
}

/// A language that signs of its own tell.
#[derive(Debug)]
pub(crate) struct OwnSigns {
    /// The language.
    pub(crate) code: LanguageCode,
    /// The signs.
    pub(crate) signs: RangeInclusive<char>,
    /// The script that they are mixed with.
    pub(crate) beside: Option<Script>,
}

/// What tells the candidates apart.
pub(crate) struct Detection {
    candidates: Vec<Candidate>,
    own_signs: Vec<OwnSigns>,
    words: HashMap<Box<str>, Bits, BuildHasherDefault<DefaultHasher>>,
    /// For each letter of the alphabets, who writes with it.
    letters: Vec<Bits>,
    /// Whose letters are listed.
    lettered: Bits,
}

/// Letters beyond ASCII of which alphabets are made.
const LETTERS: RangeInclusive<char> = '\u{80}'..='\u{6FF}';

impl Detection {
    /// That of the languages of a catalogue, which has no more than [`MOST_LANGUAGES`], and of those recognised beside.
    pub(super) fn of_all(languages: &[Arc<Language>]) -> Self {
        let mut made = Self::of(languages);
        let is_known = |code: LanguageCode| languages.iter().any(|language| language.code == code);
        for language in recognized().iter().filter(|language| !language.code.is_some_and(is_known)) {
            made.add_recognized(language);
        }
        made
    }

    /// That of the languages of a catalogue alone.
    pub(super) fn of(languages: &[Arc<Language>]) -> Self {
        let mut made = Self {
            candidates: Vec::new(),
            own_signs: Vec::new(),
            words: HashMap::default(),
            letters: vec![0; *LETTERS.end() as usize - *LETTERS.start() as usize + 1],
            lettered: 0,
        };
        for language in languages.iter().take(MOST_LANGUAGES) {
            let is_official = common().official.iter().any(|code| *language.code == **code);
            let standing = if is_official { Standing::Official } else { Standing::Known };
            let candidate = Candidate { code: Some(language.code), script: Some(language.script), standing };
            made.add(candidate, &language.frequent, language.alphabet.as_deref());
        }
        made
    }

    fn add_recognized(&mut self, language: &RecognizedLanguage) {
        if let (Some((first, last)), Some(code)) = (language.between, language.code) {
            self.own_signs.push(OwnSigns { code, signs: first..=last, beside: language.beside });
        }
        if language.script.is_some() {
            let candidate = Candidate { code: language.code, script: language.script, standing: Standing::Recognized };
            self.add(candidate, &language.words, language.alphabet.as_deref());
        }
    }

    fn add(&mut self, candidate: Candidate, words: &[String], letters: Option<&str>) {
        let Some(bit) = u32::try_from(self.candidates.len()).ok().and_then(|at| Bits::checked_shl(1, at)) else {
            return;
        };
        self.candidates.push(candidate);
        for word in words {
            *self.words.entry(word.as_str().into()).or_default() |= bit;
        }
        if let Some(letters) = letters {
            self.lettered |= bit;
            for letter in letters.chars() {
                if let Some(writers) = place(letter).and_then(|at| self.letters.get_mut(at)) {
                    *writers |= bit;
                }
            }
        }
    }

    /// The languages that a text may be in, the first with the lowest bit.
    pub(crate) fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The languages that signs of their own tell.
    pub(crate) fn own_signs(&self) -> &[OwnSigns] {
        &self.own_signs
    }

    /// Who has a word, in lower case, among the frequent ones.
    pub(crate) fn having(&self, word: &str) -> Bits {
        self.words.get(word).copied().unwrap_or(0)
    }

    /// Who does not write a word, in lower case: another writes with one of its letters, and these do not.
    pub(crate) fn not_writing(&self, word: &str) -> Bits {
        let writers = word.chars().filter_map(|letter| self.letters.get(place(letter)?).copied());
        writers.filter(|writers| *writers != 0).fold(0, |bits, writers| bits | (self.lettered & !writers))
    }
}

/// The place of a letter in the list of them.
fn place(letter: char) -> Option<usize> {
    LETTERS.contains(&letter).then(|| letter as usize - *LETTERS.start() as usize)
}
