//! The order in which glyphs of one line are read.
//!
//! A page has glyphs from left to right, whatever their script. Glyphs are put in order, and not characters: one glyph may
//! show two letters (lam and alef), and its own characters are in the order of reading already. A line of mostly
//! right-to-left letters is turned around, and numbers and words of other scripts in it are turned back; in any other line
//! runs of right-to-left letters are turned around.

use crate::text::chars;

/// How a glyph takes part in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// A letter that is read from right to left.
    RightToLeft,
    /// A letter that is read from left to right.
    LeftToRight,
    /// A digit, of any script.
    Digit,
    /// A sign that joins digits: `12/5`, `3.5`, `10:30`, `-2`.
    Joiner,
    /// A sign beside a number: `%`, `$`.
    Beside,
    /// Any other.
    Neutral,
}

/// Whether a character is read from right to left.
pub(super) const fn is_right_to_left(c: char) -> bool {
    let is_digit = matches!(c, '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' | '\u{66A}'..='\u{66C}');
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{200F}') && !is_digit
}

/// Whether a character is a letter of an Arabic script, in one of its shapes or without.
pub(super) const fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}' | '\u{6D5}' | '\u{6EE}'..='\u{6EF}' | '\u{6FA}'..='\u{6FF}'
        | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

fn class(shown: &str) -> Class {
    let Some(c) = shown.chars().find(|c| !chars::is_space(*c)) else { return Class::Neutral };
    if is_right_to_left(c) && (c.is_alphabetic() || !matches!(c, '\u{60C}' | '\u{61B}' | '\u{61F}')) {
        Class::RightToLeft
    } else if c.is_numeric() {
        Class::Digit
    } else if c.is_alphabetic() {
        Class::LeftToRight
    } else if matches!(c, '/' | '.' | ',' | ':' | '-' | '+' | '\u{2212}' | '\u{A0}' | '\u{66B}' | '\u{66C}' | '_' | '@')
    {
        Class::Joiner
    } else if matches!(c, '%' | '\u{66A}' | '$' | '€' | '£' | '#' | '°' | '*') {
        Class::Beside
    } else {
        Class::Neutral
    }
}

/// Whether a line is read from right to left: most of its letters are.
pub(super) fn reads_right_to_left<'t>(glyphs: impl Iterator<Item = &'t str>) -> bool {
    let (mut right, mut left) = (0, 0);
    for shown in glyphs {
        match class(shown) {
            Class::RightToLeft => right += 1,
            Class::LeftToRight => left += 1,
            _ => {}
        }
    }
    right > left
}

/// Puts glyphs, given from left to right, in the order of reading.
pub(super) fn reorder<'t, T>(glyphs: &mut [T], shown: impl Fn(&T) -> &'t str, from_right: bool) {
    let classes: Vec<Class> = glyphs.iter().map(|glyph| class(shown(glyph))).collect();
    if !from_right && !classes.contains(&Class::RightToLeft) {
        return;
    }
    let runs = if from_right { runs_to_right(&classes) } else { runs_to_left(&classes) };
    if from_right {
        glyphs.reverse();
        let len = glyphs.len();
        for run in runs {
            glyphs[len - run.end..len - run.start].reverse();
        }
    } else {
        for run in runs {
            glyphs[run.clone()].reverse();
            // Numbers in it keep their order.
            let inner: Vec<Class> = classes[run.clone()].iter().rev().copied().collect();
            for number in runs_to_right(&inner) {
                glyphs[run.start + number.start..run.start + number.end].reverse();
            }
        }
    }
}

/// Most bytes between brackets that are meant together.
const ENCLOSED: usize = 12;

/// Turns brackets around where they stand back to back: some programs write the signs they paint and not those they mean.
pub(super) fn mend_brackets(text: &mut String) {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('«', '»'), ('{', '}')];
    for (open, close) in PAIRS {
        let (mut depth, mut least) = (0i32, 0i32);
        for c in text.chars() {
            depth += i32::from(c == open) - i32::from(c == close);
            least = least.min(depth);
        }
        // One that was opened a line above may close here, and another open: a lone pair around words is meant together.
        let (first, last) = (text.find(close), text.rfind(open));
        let encloses = first.zip(last).is_some_and(|(first, last)| last.saturating_sub(first) <= ENCLOSED);
        if depth == 0 && least < 0 && encloses {
            let turned = |c| {
                if c == open {
                    close
                } else if c == close {
                    open
                } else {
                    c
                }
            };
            *text = text.chars().map(turned).collect();
        }
    }
}

/// The runs of a line from right to left that are read from left to right: numbers, and words of other scripts with what
/// stands between them.
fn runs_to_right(classes: &[Class]) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < classes.len() {
        if !matches!(classes[at], Class::LeftToRight | Class::Digit) {
            at += 1;
            continue;
        }
        let (start, mut end) = (at, at + 1);
        let mut has_letters = classes[at] == Class::LeftToRight;
        let mut next = at + 1;
        while next < classes.len() {
            match classes[next] {
                Class::LeftToRight => (has_letters, end) = (true, next + 1),
                // Two numbers apart are two: each is read by itself.
                Class::Digit if has_letters || classes[end..next].iter().all(|c| *c == Class::Joiner) => end = next + 1,
                Class::Joiner if next == end || has_letters => {}
                Class::Beside | Class::Neutral if has_letters => {}
                _ => break,
            }
            next += 1;
        }
        // A sign of percent or currency belongs to the number it touches.
        while !has_letters && classes.get(end) == Some(&Class::Beside) {
            end += 1;
        }
        runs.push(start..end);
        at = end.max(start + 1);
    }
    runs
}

/// The runs of a line from left to right that are read from right to left.
fn runs_to_left(classes: &[Class]) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < classes.len() {
        if classes[at] != Class::RightToLeft {
            at += 1;
            continue;
        }
        let (start, mut end) = (at, at + 1);
        while at < classes.len() && classes[at] != Class::LeftToRight {
            if classes[at] == Class::RightToLeft {
                end = at + 1;
            }
            at += 1;
        }
        runs.push(start..end);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reading order of a line whose glyphs are given from left to right.
    fn read(glyphs: &[&str]) -> String {
        let mut glyphs = glyphs.to_vec();
        let from_right = reads_right_to_left(glyphs.iter().copied());
        reorder(&mut glyphs, |glyph| glyph, from_right);
        glyphs.concat()
    }

    #[test]
    fn glyphs_are_turned_and_their_letters_are_not() {
        // alef, lam-alef in one glyph, noun, heh, alef, reh: the rivers.
        assert_eq!(read(&["ر", "ا", "ه", "ن", "لأ", "ا"]), "الأنهار");
    }

    #[test]
    fn numbers_and_foreign_words_are_turned_back() {
        assert_eq!(read(&["م", "ا", "ع", " ", "2", "0", "3", "1"]), "2031 عام");
        assert_eq!(read(&["7", "1", "/", "2", "5", "8", " ", "ر", "ا", "ر", "ق"]), "قرار 71/258");
        assert_eq!(read(&["A", "/", "8", "0", " ", "L", "1", " ", "ة", "ق", "ي", "ث", "و"]), "وثيقة A/80 L1");
        assert_eq!(read(&["٢", "٠", "٣", "١", " ", "م", "ا", "ع"]), "عام ٢٠٣١");
    }

    #[test]
    fn brackets_that_stand_back_to_back_are_turned() {
        let mended = |text: &str| {
            let mut text = text.to_owned();
            mend_brackets(&mut text);
            text
        };
        assert_eq!(mended("الفقرة 3 )ب( من"), "الفقرة 3 (ب) من");
        assert_eq!(mended("الفقرة 3 (ب) من"), "الفقرة 3 (ب) من");
        assert_eq!(mended("ب) من الاتفاق الإطاري (ج"), "ب) من الاتفاق الإطاري (ج");
    }

    #[test]
    fn a_foreign_name_in_a_latin_line_is_turned() {
        assert_eq!(read(&["T", "h", "e", " ", "m", "a", " ", "ا", "م", " ", "e", "n", "d"]), "The ma ما end");
    }
}
