//! What a single character is: scripts, widths, invisibility.

/// Whether `c` is a Chinese character (Han ideograph, or one of the numerals and marks used as one).
#[must_use]
pub(crate) fn is_han(c: char) -> bool {
    c >= '\u{25CB}'
        && matches!(c, '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '○')
}

/// Whether `c` belongs to a script written without spaces between words, or is its full-width punctuation.
#[must_use]
pub(crate) fn is_unspaced(c: char) -> bool {
    c >= '\u{25CB}' && is_east_asian(c)
}

fn is_east_asian(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301B}' | '\u{301D}'..='\u{301F}' | '\u{3040}'..='\u{30FF}' | '\u{FF00}'..='\u{FF60}')
}

/// Whether `c` is an Arabic letter.
#[must_use]
pub(crate) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{065F}' | '\u{066E}'..='\u{06D3}' | '\u{06D5}'..='\u{06DC}' | '\u{06DF}'..='\u{06EF}' | '\u{06FA}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08FF}' | '\u{FB50}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}')
}

/// Whether `c` is a Cyrillic letter.
#[must_use]
pub(crate) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{0400}'..='\u{0481}' | '\u{048A}'..='\u{052F}')
}

/// Whether `c` is a Latin letter.
#[must_use]
pub(crate) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{00AA}' | '\u{00BA}' | '\u{00C0}'..='\u{00D6}' | '\u{00D8}'..='\u{00F6}' | '\u{00F8}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' | '\u{FB00}'..='\u{FB06}')
}

/// Whether `c` is a mark that is set on the letter before it.
#[must_use]
pub(crate) fn is_combining(c: char) -> bool {
    c >= '\u{300}' && is_set_on_letter(c)
}

fn is_set_on_letter(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{1AB0}'..='\u{1AFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Whether a stroke or another mark that is no part of a letter lies over the text: struck out, or crossed.
#[must_use]
pub(crate) fn is_struck(text: &str) -> bool {
    !text.is_ascii()
        && text
            .chars()
            .any(|c| matches!(c, '\u{0334}'..='\u{0338}' | '\u{0488}' | '\u{0489}' | '\u{20D0}'..='\u{20FF}'))
}

/// Arabic vowel marks and the stretching line: set at will, they change no word.
#[must_use]
pub(crate) fn is_arabic_ornament(c: char) -> bool {
    matches!(c, '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0670}')
}

/// White space, the kinds that Unicode calls so.
#[must_use]
pub fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Marks that guide the joining and the direction of Arabic and Hebrew letters and show nothing themselves.
#[must_use]
pub(crate) fn is_script_guide(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

/// Characters that a person does not see and a machine reads: zero-width, bidirectional controls, tags, fillers,
/// variation selectors and control characters other than white space. The soft hyphen is not among them.
#[must_use]
pub(crate) fn is_hidden(c: char) -> bool {
    // Nearly all letters and signs of official texts lie in these ranges, and none of them is hidden.
    if matches!(c, ' '..='~' | '\u{A0}'..='\u{34E}' | '\u{370}'..='\u{61B}' | '\u{61D}'..='\u{115E}' | '\u{3165}'..='\u{FDFF}')
    {
        return false;
    }
    (c.is_control() && !c.is_whitespace())
        || is_script_guide(c)
        || matches!(c, '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a sentence or a clause ends with `c`.
#[must_use]
pub(crate) fn is_terminal(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ';' | ':' | '。' | '！' | '？' | '；' | '：' | '؟' | '؛' | '۔' | '．')
}

/// Closing quotes and brackets, which may stand after the mark that ends a sentence.
#[must_use]
pub(crate) fn is_closer(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '}' | '"' | '\'' | '”' | '’' | '»' | '›' | '）' | '］' | '〕' | '」' | '』' | '》' | '】' | '*'
    )
}

/// Columns that `c` takes on a page of fixed width.
#[must_use]
pub(crate) fn columns(c: char) -> u16 {
    if matches!(c, ' '..='~' | '\u{A0}'..='\u{2FF}') {
        1
    } else if is_combining(c) || is_hidden(c) {
        0
    } else if is_unspaced(c)
        || matches!(c, '\u{1100}'..='\u{115F}' | '\u{3000}' | '\u{AC00}'..='\u{D7A3}' | '\u{FFE0}'..='\u{FFE6}')
    {
        2
    } else {
        1
    }
}

/// A text without the marks that are set on its letters: `événement` as `evenement`.
#[must_use]
pub(crate) fn without_marks(text: &str) -> String {
    use icu_normalizer::DecomposingNormalizerBorrowed;
    DecomposingNormalizerBorrowed::new_nfd().normalize(text).chars().filter(|c| !is_combining(*c)).collect()
}
