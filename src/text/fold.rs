//! Match keys: what two texts are compared by, while the literal characters stay as they are.
//!
//! A fold maps a character to the sign it stands for: typographic quotes and dashes, full-width forms, ligatures, Arabic
//! presentation forms. The list is data (`data/common.toml`); what is computed here is only what Unicode itself defines
//! (canonical composition, compatibility forms of the Arabic blocks, the full-width block). Never blanket NFKC: `②`,
//! `½` and `²` would change what they mean. Every fold has a class, so that a difference it explains is named.
//! Linear in the text; ASCII takes a short way.

use std::{
    collections::hash_map::DefaultHasher,
    hash::{Hash, Hasher},
    sync::LazyLock,
};

use icu_normalizer::ComposingNormalizerBorrowed;

use super::chars;
use crate::language::{FoldClass, common};

/// What makes two texts differ that have the same match key, the gravest cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Difference {
    /// Nothing.
    None,
    /// White space.
    Space,
    /// Variants of the same sign: quotes, dashes, widths.
    Typography,
    /// Other code points for the same characters.
    Encoding,
    /// Upper and lower case.
    Case,
    /// Characters that a person does not see, or takes for others.
    Hidden,
    /// More than folds explain.
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Typography,
    Encoding,
}

/// One entry a character of the basic plane: 0 keeps it, else the number of a replacement plus one.
struct Table {
    index: Vec<u16>,
    replacements: Vec<(Level, String)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { index: vec![0; 1 << 16], replacements: Vec::new() };
    let compatibility = ComposingNormalizerBorrowed::new_nfkc();
    for code in (0xFB50..=0xFDFF).chain(0xFE70..=0xFEFC) {
        let Some(c) = char::from_u32(code) else { continue };
        let plain: String =
            compatibility.normalize_iter(std::iter::once(c)).filter(|c| !chars::is_arabic_ornament(*c)).collect();
        if !plain.starts_with(c) {
            table.set(c, Level::Encoding, plain);
        }
    }
    for code in 0xFF01..=0xFF5E_u32 {
        if let (Some(wide), Some(narrow)) = (char::from_u32(code), char::from_u32(code - 0xFEE0)) {
            table.set(wide, Level::Typography, narrow.to_string());
        }
    }
    for fold in &common().folds {
        let level = match fold.class {
            FoldClass::Typography => Level::Typography,
            FoldClass::Encoding => Level::Encoding,
        };
        for c in fold.from.chars() {
            table.set(c, level, fold.to.clone());
        }
    }
    for (traditional, simplified) in &common().variants {
        table.set(*traditional, Level::Encoding, simplified.to_string());
    }
    for code in 0..=0xFFFF_u32 {
        match char::from_u32(code) {
            Some('\u{AD}') => table.set('\u{AD}', Level::Typography, String::new()),
            Some(c) if chars::is_arabic_ornament(c) || chars::is_hidden(c) => {
                table.set(c, Level::Encoding, String::new())
            }
            _ => {}
        }
    }
    table
});

impl Table {
    fn set(&mut self, c: char, level: Level, to: String) {
        self.replacements.push((level, to));
        if let (Some(slot), Ok(number)) = (self.index.get_mut(c as usize), u16::try_from(self.replacements.len())) {
            *slot = number;
        }
    }

    fn get(&self, c: char, most: Level) -> Option<&str> {
        if c as u32 >= 0xE_0000 && chars::is_hidden(c) {
            return (most == Level::Encoding).then_some("");
        }
        let number = *self.index.get(c as usize)?;
        let (level, to) = self.replacements.get(usize::from(number).checked_sub(1)?)?;
        (*level <= most).then_some(to.as_str())
    }
}

/// How many characters of `text` are traditional Chinese ones, and how many are simplified ones for which there are
/// such. Linear; texts without Chinese characters cost a look at each byte.
#[must_use]
pub(crate) fn han_script(text: &str) -> (usize, usize) {
    static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
        let traditional: std::collections::HashSet<char> = common().variants.iter().map(|(from, _)| *from).collect();
        let mut all: Vec<char> =
            common().variants.iter().map(|(_, to)| *to).filter(|to| !traditional.contains(to)).collect();
        all.sort_unstable();
        all.dedup();
        all
    });
    let mut counts = (0, 0);
    if text.bytes().all(|byte| byte < 0xE3) {
        return counts;
    }
    for c in text.chars().filter(|c| chars::is_han(*c)) {
        if TABLE.get(c, Level::Encoding).is_some_and(|to| to.starts_with(chars::is_han)) {
            counts.0 += 1;
        } else if SIMPLIFIED.binary_search(&c).is_ok() {
            counts.1 += 1;
        }
    }
    counts
}

/// What one character is folded to; `None` where it stays.
pub(crate) fn fold_char(c: char) -> Option<&'static str> {
    TABLE.get(c, Level::Encoding)
}

/// Appends the match key of `text`: folded, composed, white space kept only between two words of a spaced script, where
/// it is one space.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    fold_to(text, out, Level::Encoding);
}

fn fold_to(text: &str, out: &mut String, most: Level) {
    let composed;
    // No mark that is set on a letter begins with a byte below 0xCC.
    let may_compose = most == Level::Encoding && text.bytes().any(|byte| byte >= 0xCC);
    let text = if may_compose && text.chars().any(|c| chars::is_combining(c) && !chars::is_arabic_ornament(c)) {
        composed = ComposingNormalizerBorrowed::new_nfc().normalize(text);
        &*composed
    } else {
        text
    };
    out.reserve(text.len());
    let mut key = Key { start: out.len(), out, gap: false, last: '\0' };
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        if is_plain(byte) {
            let end = run_end(text.as_bytes(), at);
            key.push_run(&text[at..end], byte);
            at = end;
            continue;
        }
        if byte == b' ' {
            key.gap = true;
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
        if chars::is_space(c) {
            key.gap = true;
        } else if c.is_ascii() {
            if most != Level::Encoding {
                key.push(c);
            }
        } else if let Some(to) = TABLE.get(c, most) {
            to.chars().for_each(|c| key.push(c));
        } else {
            key.push(c);
        }
    }
}

/// ASCII that stays as it is: visible signs, and the controls that part records.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0x1C;
    while byte < 0x7F {
        plain[byte] = byte != 0x20;
        byte += 1;
    }
    plain
};

/// The end of a run of plain ASCII, single spaces between letters and digits included: they stay as well.
fn run_end(text: &[u8], start: usize) -> usize {
    let mut end = start + 1;
    while let Some(&byte) = text.get(end) {
        let between = byte == b' '
            && text[end - 1].is_ascii_alphanumeric()
            && text.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !is_plain(byte) && !between {
            break;
        }
        end += 1;
    }
    end
}

const fn is_plain(byte: u8) -> bool {
    PLAIN[byte as usize]
}

/// A match key under way.
struct Key<'a> {
    out: &'a mut String,
    /// Where it begins.
    start: usize,
    /// Whether white space stands before the next character.
    gap: bool,
    last: char,
}

impl Key<'_> {
    /// White space stays only between two words of a spaced script.
    fn fill_gap(&mut self, next: char) {
        if !std::mem::take(&mut self.gap) {
            return;
        }
        let letters = |c: char| {
            if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() && !chars::is_unspaced(c) }
        };
        if self.out.len() > self.start && letters(self.last) && letters(next) {
            self.out.push(' ');
        }
    }

    fn push(&mut self, c: char) {
        self.fill_gap(c);
        self.out.push(c);
        self.last = c;
    }

    /// Appends a run of ASCII.
    fn push_run(&mut self, run: &str, first: u8) {
        self.fill_gap(char::from(first));
        self.out.push_str(run);
        self.last = run.as_bytes().last().map_or(self.last, |byte| char::from(*byte));
    }
}

/// The match key of `text`; see [`fold_into`].
#[must_use]
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::new();
    fold_into(text, &mut out);
    out
}

/// The match key of `text` in lower case: the word that lexicons and word lists are asked for.
#[must_use]
pub fn folded_lower(text: &str) -> String {
    folded(text).to_lowercase()
}

/// A number for the match key of `text`. Equal keys have equal numbers; `scratch` spares an allocation a call.
#[must_use]
pub(crate) fn folded_hash(text: &str, scratch: &mut String) -> u64 {
    scratch.clear();
    fold_into(text, scratch);
    let mut hasher = DefaultHasher::new();
    scratch.hash(&mut hasher);
    hasher.finish()
}

/// Whether two texts have the same match key.
#[must_use]
pub(crate) fn folded_eq(a: &str, b: &str) -> bool {
    a == b || folded(a) == folded(b)
}

/// A text without its white space.
pub(crate) fn without_space(text: &str) -> String {
    text.chars().filter(|c| !chars::is_space(*c)).collect()
}

/// Joining guides are part of ordinary Arabic; every other unseen character is told of.
fn unseen(text: &str) -> impl Iterator<Item = char> + '_ {
    let arabic = text.chars().any(chars::is_arabic);
    text.chars().filter(move |c| chars::is_hidden(*c) && !(arabic && chars::is_script_guide(*c)))
}

/// The gravest cause of the difference between two texts.
#[must_use]
pub(crate) fn difference(before: &str, after: &str) -> Difference {
    if before == after {
        return Difference::None;
    }
    if !unseen(before).eq(unseen(after)) {
        return Difference::Hidden;
    }
    if without_space(before) == without_space(after) {
        return if folded(before) == folded(after) { Difference::Space } else { Difference::Other };
    }
    let at = |text: &str, level| {
        let mut out = String::new();
        fold_to(text, &mut out, level);
        out
    };
    if at(before, Level::Typography) == at(after, Level::Typography) {
        return Difference::Typography;
    }
    let (before, after) = (at(before, Level::Encoding), at(after, Level::Encoding));
    if before == after {
        Difference::Encoding
    } else if before.to_lowercase() == after.to_lowercase() {
        Difference::Case
    } else {
        Difference::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_cause_of_a_difference() {
        for (before, after, cause) in [
            ("a zone", "a zone", Difference::None),
            ("para. 5", "para.  5", Difference::Space),
            ("2031 年 4 月", "2031年4月", Difference::Space),
            ("\"zone\"", "“zone”", Difference::Typography),
            ("军－政(附件)", "军-政（附件）", Difference::Typography),
            ("ﬁnal", "final", Difference::Encoding),
            ("e\u{301}lan", "élan", Difference::Encoding),
            ("الأمــم", "الأمم", Difference::Encoding),
            ("ﻻ", "لا", Difference::Encoding),
            ("the Charter", "the charter", Difference::Case),
            ("pay\u{200B}pal", "paypal", Difference::Hidden),
            ("may be", "maybe", Difference::Other),
            ("①", "1", Difference::Other),
            ("½", "1/2", Difference::Other),
        ] {
            assert_eq!(difference(before, after), cause, "{before:?} {after:?}");
        }
    }
}
