//! Labels of clauses: `3.`, `(a)`, `12 bis`, `一、`, `أولا -`, `•`.
//!
//! The forms and counters are data. A label often has several readings (`(i)` is a letter and a Roman numeral, `I.`
//! likewise); all are kept, and the tree decides by what came before.

use std::ops::{Range, RangeInclusive};

use crate::language::{
    Catalogue, CounterKind, Form, HAN_NUMERALS, Language, Script, Sequence, common, decimal_digit, han_numeral,
    roman_numeral, written_han, written_roman,
};

/// One way to read a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// Form and counter: labels of one style follow each other.
    pub(crate) style: (u16, u16),
    /// The count, from 1; of a dotted number its last part.
    pub(crate) value: u32,
    /// 0, or the place of the suffix: bis 1, ter 2.
    pub(crate) suffix: u8,
    /// How many parts a dotted number has, else 1.
    pub(crate) depth: u8,
    /// How high a heading stands, 1 the highest.
    pub(crate) rank: Option<u8>,
    /// Whether words follow on the line although it has a rank.
    pub(crate) text: bool,
}

/// A label at the start of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// Bytes of the label.
    pub(crate) len: usize,
    /// Its readings, the likeliest first; none for a bullet.
    pub(crate) readings: Vec<Reading>,
    /// Whether it is a mark without a number.
    pub(crate) bullet: bool,
    /// Whether it is a heading mark of plain-text markup, and how deep.
    pub(crate) markup: Option<u8>,
}

/// The language whose labels are read where a text's own is not known: that of the program, whatever a call knows, so that
/// the labels of one text mean the same to all who ask.
fn stand_in() -> Option<&'static Language> {
    Catalogue::shipped().fallback()
}

/// Most characters of a label.
const HEAD: usize = 40;
/// What counts years, where it follows a word.
const YEARS: RangeInclusive<u32> = 1800..=2199;

impl Label {
    /// Whether it is a number of one part and of no rank: `12.`.
    #[must_use]
    pub(crate) fn is_decimal(&self) -> bool {
        matches!(&self.readings[..], [only] if only.depth == 1 && only.rank.is_none() && only.style.1 == 0)
    }

    /// Whether the first readings of two labels are of one style.
    #[must_use]
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.readings.first().map(|own| own.style) == other.readings.first().map(|own| own.style)
    }

    /// Whether a word stands before its number, of a language that sets one there.
    #[must_use]
    pub(crate) fn begins_with_word(&self, language: Option<&Language>) -> bool {
        let language = match language {
            Some(language) => Some(language),
            None => stand_in(),
        };
        let forms = language.map_or(&[][..], |language| &language.forms);
        let form = |reading: &Reading| forms.get(usize::from(reading.style.0));
        self.readings.iter().filter_map(form).any(|form| form.before.starts_with(char::is_alphabetic))
    }

    /// Whether some reading of this label is the next of some reading of `open`.
    #[must_use]
    pub(crate) fn follows(&self, open: &Self) -> bool {
        let next = |reading: &Reading, open: &Reading| {
            reading.style == open.style
                && reading.depth == open.depth
                && (reading.value == open.value + 1
                    || (reading.value == open.value && reading.suffix == open.suffix + 1))
        };
        self.readings.iter().any(|reading| open.readings.iter().any(|open| next(reading, open)))
    }
}

/// Reads the label that `text` begins with. `text` must not begin with white space.
///
/// Bounded work: a label has at most 40 characters.
#[must_use]
pub(crate) fn label(text: &str, language: Option<&Language>) -> Option<Label> {
    let first = text.chars().next()?;
    if let Some(found) = mark(text, first) {
        return Some(found);
    }
    let own = language;
    let language = match own {
        Some(language) => language,
        None => stand_in()?,
    };
    let may_be = |form: &Form| {
        form.heads.hold(first) && (!form.is_word_and_mark || !first.is_ascii() || may_end_word(text, form, language))
    };
    let mut forms = language.forms.iter().enumerate().filter(|(_, form)| may_be(form)).peekable();
    forms.peek()?;
    let head = text.char_indices().nth(HEAD).map_or(text, |(end, _)| &text[..end]);
    let mut best: Option<Label> = None;
    for (number, form) in forms {
        if !form.after.is_empty() && !form.after.contains('-') && !head.contains(form.after.as_str()) {
            continue;
        }
        let Some(rest) = before_form(text, &form.before) else { continue };
        read_form(text, rest, form, number, language, &mut best);
    }
    best.filter(|label| !is_day(head, label, own))
}

/// Whether a label is the day of a date that the text begins with: `12. März 2031`. What the language of a text says is a
/// date is one; where nothing is known of it, so is a number with a stop, a word and a year.
fn is_day(head: &str, label: &Label, language: Option<&Language>) -> bool {
    if !label.is_decimal() || !head[..label.len].ends_with('.') {
        return false;
    }
    match language {
        Some(language) => {
            let inside = |found: &Range<usize>| found.start == 0 && found.end > label.len;
            language.dates(head).first().is_some_and(|found| inside(&found.range))
        }
        None => {
            let mut words = head[label.len..].split_whitespace();
            let is_month = words.next().is_some_and(|word| word.trim_end_matches('.').chars().all(char::is_alphabetic));
            let year = words.next().unwrap_or_default().trim_end_matches(|c: char| !c.is_alphanumeric());
            is_month && year.len() == 4 && decimal(year).is_some_and(|year| YEARS.contains(&year))
        }
    }
}

/// Whether the first word of a text, in ASCII, ends as the counter of a form does: with its mark, or before a suffix.
fn may_end_word(text: &str, form: &Form, language: &Language) -> bool {
    let end = text.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len());
    let rest = &text[end..];
    if after_form(rest, &form.after, language).is_some() {
        return true;
    }
    let Some(next) = rest.trim_start_matches([' ', '\u{A0}']).chars().next() else { return false };
    language.suffixes.iter().flatten().any(|suffix| suffix.starts_with(|c: char| alike(next, c)))
}

/// Bullets and heading marks.
fn mark(text: &str, first: char) -> Option<Label> {
    if first.is_alphanumeric() && first != 'o' {
        return None;
    }
    let common = common();
    let after = |mark: &str| text.strip_prefix(mark).filter(|rest| rest.starts_with([' ', '\t', '\u{A0}', '\u{3000}']));
    let headings = common.headings.iter().enumerate().rev();
    if let Some((at, mark)) =
        headings.filter(|(_, mark)| mark.starts_with(first)).find(|(_, mark)| after(mark).is_some())
    {
        return Some(Label { len: mark.len(), readings: Vec::new(), bullet: false, markup: u8::try_from(at + 1).ok() });
    }
    let bullet = common.bullets.iter().filter(|mark| mark.starts_with(first)).find(|mark| {
        // Round and square bullets need no space after them; dashes and asterisks do.
        let rest = after(mark)
            .or_else(|| text.strip_prefix(mark.as_str()).filter(|_| "•‣▪●■➢\u{F0B7}".contains(mark.as_str())));
        rest.is_some_and(|rest| !rest.trim_start().is_empty())
    })?;
    Some(Label { len: bullet.len(), readings: Vec::new(), bullet: true, markup: None })
}

fn read_form(text: &str, rest: &str, form: &Form, number: usize, language: &Language, best: &mut Option<Label>) {
    for (at, counter) in form.counters.iter().enumerate() {
        if let Some((value, depth, used)) = count(rest, &counter.kind) {
            let (suffix, used) = with_suffix(rest, used, language);
            let Some(end) = after_form(&rest[used..], &form.after, language) else { continue };
            if !may_end(form, end, language) {
                continue;
            }
            // A year is no label; only what names its kind (§, Article) counts that far.
            if value >= 1000 && form.before.trim_matches(['(', '（']).is_empty() {
                continue;
            }
            // The stop after "Article 1." belongs to the label.
            let stop = if form.rank.is_some() && end.starts_with(['.', ':']) { 1 } else { 0 };
            let len = text.len() - end.len() + stop;
            let style = (u16::try_from(number).unwrap_or(u16::MAX), u16::try_from(at).unwrap_or(u16::MAX));
            let reading = Reading { style, value, suffix, depth, rank: form.rank, text: form.text };
            match best {
                Some(label) if label.len > len => {}
                Some(label) if label.len == len => label.readings.push(reading),
                _ => *best = Some(Label { len, readings: vec![reading], bullet: false, markup: None }),
            }
        }
    }
}

/// What follows the signs before a counter. A space among them may be wider on the page.
fn before_form<'t>(text: &'t str, signs: &str) -> Option<&'t str> {
    let Some(word) = signs.strip_suffix(' ') else { return text.strip_prefix(signs) };
    let rest = text.strip_prefix(word)?;
    let counter = rest.trim_start_matches([' ', '\u{A0}', '\u{202F}']);
    (counter.len() < rest.len()).then_some(counter)
}

/// What follows the signs behind a counter. A hyphen may be any dash of its width, and a Chinese text may have a space
/// before the sign.
fn after_form<'t>(text: &'t str, signs: &str, language: &Language) -> Option<&'t str> {
    if let Some(rest) = text.strip_prefix(signs) {
        return Some(rest);
    }
    let spaced = if language.script == Script::Han { text.strip_prefix(' ').unwrap_or(text) } else { text };
    let mut rest = spaced.chars();
    for sign in signs.chars() {
        let found = rest.next()?;
        if found != sign && !(sign == '-' && matches!(found, '‐' | '‑' | '‒' | '–' | '—' | '−' | '－')) {
            return None;
        }
    }
    (!signs.is_empty()).then_some(rest.as_str())
}

/// `bis` and the like after a number, with or without a space.
fn with_suffix(rest: &str, used: usize, language: &Language) -> (u8, usize) {
    let tail = &rest[used..];
    // "5A." stands behind 5, as 5 bis does.
    let mut letters = tail.chars();
    if let (Some(letter @ 'A'..='Z'), true) = (letters.next(), rest[..used].ends_with(|c: char| c.is_ascii_digit()))
        && !letters.next().is_some_and(char::is_alphanumeric)
    {
        return (letter as u8 - b'A' + 1, used + 1);
    }
    let spaced = tail.trim_start_matches([' ', '\u{A0}']);
    let gap = tail.len() - spaced.len();
    if gap > 2 {
        return (0, used);
    }
    let mut longest = (0, used);
    let Some(first) = spaced.chars().next() else { return longest };
    for (at, suffix) in
        language.suffixes.iter().enumerate().flat_map(|(at, variants)| variants.iter().map(move |suffix| (at, suffix)))
    {
        if !suffix.starts_with(|c: char| alike(first, c)) {
            continue;
        }
        let same = spaced.chars().zip(suffix.chars()).filter(|(a, b)| alike(*a, *b)).count();
        let len: usize = spaced.chars().take(same).map(char::len_utf8).sum();
        let whole =
            same == suffix.chars().count() && (!spaced[len..].starts_with(char::is_alphanumeric) || !suffix.is_ascii());
        if whole && used + gap + len > longest.1 {
            longest = (u8::try_from(at + 1).unwrap_or(u8::MAX), used + gap + len);
        }
    }
    longest
}

/// A label with another number: `(c)` for 4 is `(d)`. `None` where its counter does not go that far, or does not stand
/// alone in it.
#[must_use]
pub(crate) fn relabelled(printed: &str, reading: &Reading, value: u32, language: Option<&Language>) -> Option<String> {
    let language = match language {
        Some(language) => language,
        None => stand_in()?,
    };
    let form = language.forms.get(usize::from(reading.style.0))?;
    let counter = form.counters.get(usize::from(reading.style.1))?;
    let digits = |of: u32| {
        let own = printed.chars().rev().find(|c| decimal_digit(*c).is_some())?;
        let zero = u32::from(own).checked_sub(decimal_digit(own)?)?;
        of.to_string().chars().map(|c| char::from_u32(zero + c.to_digit(10)?)).collect()
    };
    let write = |of: u32| match &counter.kind {
        CounterKind::Decimal | CounterKind::Dotted | CounterKind::RomanDotted | CounterKind::Coded => digits(of),
        CounterKind::Han => written_han(of),
        CounterKind::Roman { upper } => {
            written_roman(of).map(|roman| if *upper { roman } else { roman.to_ascii_lowercase() })
        }
        CounterKind::Sequence(sequence) => sequence.member(of.checked_sub(1)?).map(str::to_owned),
    };
    let (old, new) = (write(reading.value)?, write(value)?);
    let from = printed.len() - before_form(printed, &form.before)?.len();
    let at = printed[from..].rfind(&old)? + from;
    Some(format!("{}{new}{}", &printed[..at], &printed[at + old.len()..]))
}

/// Whether two characters are the same but for their case.
fn alike(a: char, b: char) -> bool {
    a == b
        || if a.is_ascii() && b.is_ascii() { a.eq_ignore_ascii_case(&b) } else { a.to_lowercase().eq(b.to_lowercase()) }
}

/// Whether a label may end before `end`: a full stop inside a number or an abbreviation ends none.
fn may_end(form: &Form, end: &str, language: &Language) -> bool {
    let Some(next) = end.chars().next() else { return true };
    if next.is_whitespace() {
        // "Article 5 of the Charter" is running text, "Article 5 Definitions" a heading.
        let word = end.trim_start().chars().next();
        let marked = form.rank.is_none() && !(form.before.is_empty() && form.after.is_empty());
        return marked || form.text || !word.is_some_and(char::is_lowercase);
    }
    let closed = form.after.ends_with([')', '）', '、']) || form.after.is_empty() && form.before.is_empty();
    if form.rank.is_some() {
        return language.script == Script::Han || matches!(next, '.' | ':' | '-' | '–' | '—');
    }
    // "6.(1) Members vote": the paragraph and its first subparagraph on one line.
    if form.after.ends_with('.') && next == '(' {
        let inner = end[1..].find(')').map(|at| &end[1..=at]);
        return inner.is_some_and(|inner| inner.len() <= 4 && inner.chars().all(char::is_alphanumeric));
    }
    if form.after.ends_with(['.', '．']) {
        return language.script == Script::Han && crate::text::chars::is_han(next);
    }
    closed && !matches!(next, ',' | ';' | '.' | ')' | '，' | '；' | '。' | '、')
        || form.after.ends_with('-') && decimal_digit(next).is_none()
}

/// The count that `text` may begin with: value, number of parts, bytes used.
fn count(text: &str, kind: &CounterKind) -> Option<(u32, u8, usize)> {
    let run = |inside: &dyn Fn(char) -> bool| text.find(|c| !inside(c)).unwrap_or(text.len());
    match kind {
        CounterKind::Decimal => {
            let end = run(&|c| decimal_digit(c).is_some());
            decimal(&text[..end]).map(|value| (value, 1, end))
        }
        CounterKind::Dotted => {
            let end = text[..run(&|c| decimal_digit(c).is_some() || c == '.')].trim_end_matches('.').len();
            let parts: Vec<&str> = text[..end].split('.').collect();
            if !(2..=6).contains(&parts.len()) || parts.iter().any(|part| part.is_empty() || part.len() > 3) {
                return None;
            }
            let depth = u8::try_from(parts.len()).unwrap_or(u8::MAX);
            parts.last().and_then(|last| decimal(last)).map(|value| (value, depth, end))
        }
        CounterKind::RomanDotted => {
            let end = run(&|c| "IVXLC".contains(c));
            roman_numeral(&text[..end])?;
            let rest = text[end..].strip_prefix('.')?;
            let len = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            let parts = rest[..len].trim_end_matches('.');
            let depth = u8::try_from(parts.split('.').count() + 1).unwrap_or(u8::MAX);
            parts.rsplit('.').next().and_then(decimal).map(|value| (value, depth, end + 1 + parts.len()))
        }
        CounterKind::Coded => coded(text),
        CounterKind::Han => {
            let end = run(&|c| HAN_NUMERALS.contains(c));
            if end > 24 {
                return None;
            }
            han_numeral(&text[..end]).filter(|value| *value > 0).map(|value| (value, 1, end))
        }
        CounterKind::Roman { upper } => {
            let end = run(&|c| if *upper { "IVXLC".contains(c) } else { "ivxlc".contains(c) });
            roman_numeral(&text[..end]).map(|value| (value, 1, end))
        }
        CounterKind::Sequence(sequence) => member(text, sequence),
    }
}

/// A number as codes of laws have it: letters, then groups of digits with hyphens between, at least one of both or two of
/// the latter.
fn coded(text: &str) -> Option<(u32, u8, usize)> {
    let letters = text.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(text.len());
    let mut at = letters;
    if letters > 0 {
        at += usize::from(text[at..].starts_with('.'));
        at += usize::from(text[at..].starts_with(' '));
    }
    let len = text[at..].find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(text.len() - at);
    let groups: Vec<&str> = text[at..at + len].trim_end_matches('-').split('-').collect();
    let many = groups.len() > 1 || letters > 0;
    if letters > 3 || !many || groups.len() > 5 {
        return None;
    }
    let values: Option<Vec<u32>> = groups.iter().map(|group| decimal(group)).collect();
    let depth = u8::try_from(groups.len() + usize::from(letters > 0)).ok()?;
    let used = at + groups.iter().map(|group| group.len() + 1).sum::<usize>() - 1;
    values?.last().map(|value| (*value, depth, used))
}

/// The member of a sequence that `text` begins with, the longest of several. A Cyrillic letter that looks like a Latin
/// one counts as either: lists mix them.
fn member(text: &str, sequence: &Sequence) -> Option<(u32, u8, usize)> {
    let first = text.chars().next()?;
    let own = sequence.with_head(first).filter(|(_, member)| text.starts_with(member)).map(|(at, own)| (own.len(), at));
    let twin = common().confusables.iter().find(|(other, _)| *other == first).map(|(_, latin)| *latin);
    let twins = twin.into_iter().flat_map(|twin| sequence.with_head(twin));
    let alike = twins.filter(|(_, member)| member.chars().count() == 1).map(|(at, _)| (first.len_utf8(), at));
    let (len, at) = own.chain(alike).max_by_key(|(len, at)| (*len, std::cmp::Reverse(*at)))?;
    Some((u32::try_from(at + 1).ok()?, 1, len))
}

/// A decimal number of at most four digits; longer ones are no labels.
fn decimal(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 4 {
        return None;
    }
    text.chars().try_fold(0u32, |value, c| value.checked_mul(10)?.checked_add(decimal_digit(c)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::language;

    fn read(code: &str, text: &str) -> Option<(String, Vec<u32>, u8)> {
        let found = label(text, language(code))?;
        let suffix = found.readings.first().map_or(0, |reading| reading.suffix);
        Some((text[..found.len].to_owned(), found.readings.iter().map(|reading| reading.value).collect(), suffix))
    }

    #[test]
    fn reads_labels_of_the_languages() {
        for (code, text, printed, value) in [
            ("en", "3. Urges all States", "3.", 3),
            ("en", "(a) To report", "(a)", 1),
            ("en", "12. ", "12.", 12),
            ("zh", "一、双方", "一、", 1),
            ("zh", "（三）加强", "（三）", 3),
            ("zh", "第十二条 为了", "第十二条", 12),
            ("zh", "① 加强", "①", 1),
            ("fr", "b) De rendre compte ;", "b)", 2),
            ("ru", "б) представить", "б)", 2),
            ("ar", "(ب) أن يقدم", "(ب)", 2),
        ] {
            let (found, values, _) = read(code, text).unwrap_or_else(|| panic!("{code} {text}"));
            assert_eq!(found, printed, "{text}");
            assert!(values.contains(&value), "{text}: {values:?}");
        }
        assert_eq!(read("en", "5 bis. Urges"), Some(("5 bis.".to_owned(), vec![5], 1)));
        assert_eq!(read("en", "(i) report").expect("a label").1.len(), 2);
        assert!(label("• a point", language("en")).expect("a label").bullet);
        assert_eq!(label("## A heading", language("en")).expect("a label").markup, Some(2));
    }

    #[test]
    fn writes_labels_with_another_number() {
        for (code, text, printed, value, wanted) in [
            ("en", "9. Urges all States", "9.", 10, Some("10.")),
            ("en", "(c) To report", "(c)", 4, Some("(d)")),
            ("en", "(iii) to report", "(iii)", 9, Some("(ix)")),
            ("en", "1.9 Each Side", "1.9", 10, Some("1.10")),
            ("zh", "九、双方", "九、", 11, Some("十一、")),
            ("zh", "第十二条 为了", "第十二条", 20, Some("第二十条")),
            ("ru", "б) представить", "б)", 3, Some("в)")),
            ("ar", "٩- يؤكد", "٩-", 12, Some("١٢-")),
            ("en", "(z) To report", "(z)", 400, None),
        ] {
            let found = label(text, language(code)).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[..found.len], printed);
            // The last reading of "(iii)" is the Roman one.
            let reading = found.readings.last().expect("a reading");
            assert_eq!(relabelled(printed, reading, value, language(code)).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn leaves_text_alone() {
        for text in [
            "1.5 per cent",
            "U.S. policy",
            "2016 was",
            "A treaty",
            "(2016) was",
            "12345. x",
            "-5 degrees",
            "on the other hand",
        ] {
            assert_eq!(label(text, language("en")), None, "{text}");
        }
    }
}
