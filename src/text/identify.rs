//! Script and language of a text.
//!
//! The script decides between languages of different scripts; between those of one script, the share of words that are
//! among the frequent words of each. The whole document votes, and a clause inherits: one clause is too short to ask.

use super::chars;
use super::words::{WordChars, words};
use crate::language::{Catalogue, LanguageCode, Script};

/// How much of a text is read to identify it, in bytes; taken from its beginning.
const SAMPLE: usize = 64 << 10;

/// What a text was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identification {
    /// Its code, if a known language stands out.
    pub(crate) language: Option<LanguageCode>,
    /// Share of its words that are among the language's frequent words, in percent; 100 where the script decides.
    pub(crate) support: u8,
}

/// The script that most letters of the text belong to.
#[must_use]
pub(crate) fn script_of(text: &str) -> Option<Script> {
    let mut counts = [0usize; 4];
    for c in sample(text).chars() {
        if chars::is_han(c) {
            // One sign is about as much text as two letters.
            counts[0] += 2;
        } else if chars::is_latin(c) {
            counts[1] += 1;
        } else if chars::is_cyrillic(c) {
            counts[2] += 1;
        } else if chars::is_arabic(c) {
            counts[3] += 1;
        }
    }
    let scripts = [Script::Han, Script::Latin, Script::Cyrillic, Script::Arabic];
    let best = (0..4).max_by_key(|&at| (counts[at], 4 - at))?;
    (counts[best] > 0).then_some(scripts[best])
}

fn sample(text: &str) -> &str {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The language of a text, of those of a catalogue.
#[must_use]
pub(crate) fn identify(text: &str, catalogue: &Catalogue) -> Identification {
    let languages = catalogue.languages();
    let none = Identification { language: None, support: 0 };
    let Some(script) = script_of(text) else { return none };
    let candidates: Vec<usize> = (0..languages.len()).filter(|&at| languages[at].script == script).collect();
    if let [only] = candidates[..]
        && script != Script::Latin
    {
        return Identification { language: Some(languages[only].code), support: 100 };
    }
    let (mut count, mut votes) = (0usize, vec![0usize; languages.len()]);
    let (frequent, mut key) = (catalogue.frequent_words(), String::new());
    for word in words(sample(text), WordChars::LETTERS) {
        count += 1;
        key.clear();
        if word.is_ascii() {
            key.push_str(word);
            key.make_ascii_lowercase();
        } else {
            key.push_str(&word.to_lowercase());
        }
        let Some(bits) = frequent.of_word(&key) else { continue };
        for &at in &candidates {
            votes[at] += usize::from(bits >> at & 1 == 1);
        }
    }
    let Some(&best) = candidates.iter().max_by_key(|&&at| (votes[at], usize::MAX - at)) else { return none };
    // A text of names and numbers alone holds no frequent word of any language.
    if votes[best] * 20 < count || votes[best] == 0 {
        return none;
    }
    let support = u8::try_from(votes[best] * 100 / count.max(1)).unwrap_or(100);
    Identification { language: Some(languages[best].code), support }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_apart() {
        for (code, text) in [
            ("en", "The two sides reaffirm their commitment to the treaty."),
            ("zh", "双方重申致力于维护战略稳定。"),
            ("fr", "Les deux Parties réaffirment leur attachement au Traité et à la paix."),
            ("es", "Las dos Partes reafirman su compromiso con el Tratado y con la paz."),
            ("ru", "Стороны вновь подтверждают свою приверженность Договору."),
            ("ar", "يؤكد الجانبان من جديد التزامهما بالمعاهدة."),
        ] {
            assert_eq!(identify(text, Catalogue::shipped()).language.as_deref(), Some(code), "{text}");
        }
        assert_eq!(identify("1 2 3 ***", Catalogue::shipped()).language, None);
    }
}
