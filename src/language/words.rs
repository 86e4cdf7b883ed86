//! The word lists: which forms are words of a language.
//!
//! A list is a minimal automaton (crate `fst`, after Mihov and Maurel), `data/words/<code>.fst`; `data/words/README.md` says
//! what it was made of. Asking it costs the letters of the word. It serves one question: whether a change of letters is a slip.

use super::{data::Language, script::Script, word_list::WordList};

/// Letters beyond which no word is looked up.
const LONGEST: usize = 40;

impl Language {
    /// Its word list, if it has one.
    fn word_list(&self) -> Option<&WordList> {
        let bytes = self.files.words.as_ref()?;
        Some(self.words.get_or_init(|| {
            WordList::new(bytes.clone()).unwrap_or_else(|error| panic!("word list of {}: {error}", self.code))
        }))
    }

    /// Whether it has a word list.
    #[must_use]
    pub(crate) const fn has_word_list(&self) -> bool {
        self.files.words.is_some()
    }

    /// Whether its word list is what it should be, to the last byte.
    pub(super) fn check_words(&self) -> Result<(), String> {
        let Some(bytes) = &self.files.words else { return Ok(()) };
        let list = WordList::new(bytes.clone()).and_then(|list| list.as_fst().verify());
        list.map_err(|error| format!("it is no list of words: {error}"))
    }

    /// Whether `word`, in lower case, is a word of the language; `None` where it has no word list.
    ///
    /// What is written together with a word (Arabic و, ال) is also tried without it.
    #[must_use]
    pub fn knows(&self, word: &str) -> Option<bool> {
        let list = self.word_list()?;
        if word.chars().count() > LONGEST {
            return Some(false);
        }
        let lexicon = self.lexicon();
        Some(lexicon.is_function_word(word) || lexicon.bare_forms(word).iter().any(|form| list.contains(form)))
    }

    /// The words of the list one slip of the hand away from `form`: a letter missing, added or exchanged, or two
    /// neighbours that changed places. `None` where the language has no word list.
    #[must_use]
    pub(crate) fn neighbours(&self, form: &str) -> Option<Vec<String>> {
        let list = self.word_list()?;
        let letters: Vec<char> = form.chars().collect();
        if letters.len() > LONGEST {
            return Some(Vec::new());
        }
        let alphabet: Vec<char> = self.alphabet();
        let mut found = Vec::new();
        let mut ask = |word: Vec<char>| {
            let word: String = word.into_iter().collect();
            if word != form && list.contains(&word) && !found.contains(&word) {
                found.push(word);
            }
        };
        for at in 0..=letters.len() {
            let (head, tail) = letters.split_at(at);
            for &letter in &alphabet {
                ask([head, &[letter], tail].concat());
                if let [_, rest @ ..] = tail {
                    ask([head, &[letter], rest].concat());
                }
            }
            match tail {
                [first, second, rest @ ..] => {
                    ask([head, &[*second, *first], rest].concat());
                    ask([head, &tail[1..]].concat());
                }
                [_] => ask(head.to_vec()),
                [] => {}
            }
        }
        Some(found)
    }

    /// The letters that words of the language are written with, as its frequent words and months show them and ASCII
    /// has them.
    fn alphabet(&self) -> Vec<char> {
        let words = self.frequent.iter().chain(self.months.iter().flatten()).chain(self.names.values().flatten());
        let mut letters: Vec<char> = words.flat_map(|word| word.chars()).flat_map(char::to_lowercase).collect();
        if self.script == Script::Latin {
            letters.extend('a'..='z');
        }
        letters.retain(|c| c.is_alphabetic());
        letters.sort_unstable();
        letters.dedup();
        letters
    }
}
