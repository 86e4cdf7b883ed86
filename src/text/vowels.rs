//! The vowel marks of Arabic letters. They are set at will and match what has none; but two different ones on one letter
//! are two words: who binds and who is bound.

use super::{chars, fold::fold_char};

/// What the vowel marks of two spellings of one word do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vowels {
    /// They are the same.
    Same,
    /// One spelling has marks where the other has none.
    Set,
    /// One letter has other marks in each.
    Other,
}

/// Compares the vowel marks of two texts with the same letters. Linear.
#[must_use]
pub(crate) fn vowels(before: &str, after: &str) -> Vowels {
    if !before.chars().chain(after.chars()).any(|c| chars::is_arabic_ornament(c) && c != '\u{640}') {
        return Vowels::Same;
    }
    let (before, after) = (marked(before), marked(after));
    if before == after {
        return Vowels::Same;
    }
    let other = before.iter().zip(&after).any(|((_, a), (_, b))| !a.is_empty() && !b.is_empty() && a != b);
    if other { Vowels::Other } else { Vowels::Set }
}

/// Each letter with the marks on it, sorted; lengthening strokes are none.
fn marked(text: &str) -> Vec<(char, Vec<char>)> {
    let mut letters: Vec<(char, Vec<char>)> = Vec::new();
    for c in text.chars() {
        if chars::is_arabic_ornament(c) {
            if let Some((_, marks)) = letters.last_mut().filter(|_| c != '\u{640}') {
                marks.push(c);
                marks.sort_unstable();
            }
        } else if let Some(to) = fold_char(c) {
            letters.extend(to.chars().map(|c| (c, Vec::new())));
        } else {
            letters.push((c, Vec::new()));
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_marks_from_other_marks() {
        assert_eq!(vowels("المكلِّف", "المكلَّف"), Vowels::Other);
        assert_eq!(vowels("المكلف", "المكلَّف"), Vowels::Set);
        assert_eq!(vowels("الأمــم", "الأمم"), Vowels::Same);
    }
}
