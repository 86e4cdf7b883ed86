//! Numbers as texts write them: where one ends, what it is compared by, and what it is worth.
//!
//! A number is read before symbols and citations, so that `3-1/2`, `03/04/2031` and `120/15` are no papers. Nothing that
//! a reader sees in one is dropped: a sign, a separator out of its place, a stroke through a digit or a digit of another
//! script makes another number, or keeps it literal. A form that may mean two things (`1,5` in English) is literal as
//! well: it equals nothing but itself. Linear in the number.

use super::chars;
use crate::language::{Language, decimal_digit, digit_zero};

/// Most characters of a number; a longer run of digits is several tokens.
const LONGEST: usize = 96;

/// Space signs that part groups of digits and break no line.
pub(super) fn is_hard_space(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{2007}')
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '–' | '‑' | '－')
}

/// Digits set high or low, and their signs: exponents and indices.
fn raised(c: char) -> Option<char> {
    Some(match c {
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰' | '⁴'..='⁹' => char::from_digit(c as u32 - '⁰' as u32, 10)?,
        '⁺' => '+',
        '⁻' => '-',
        _ => return None,
    })
}

/// A fraction that is one sign.
fn fraction(c: char) -> Option<&'static str> {
    Some(match c {
        '½' => "1/2",
        '¼' => "1/4",
        '¾' => "3/4",
        '⅐' => "1/7",
        '⅑' => "1/9",
        '⅒' => "1/10",
        '⅓' => "1/3",
        '⅔' => "2/3",
        '⅕' => "1/5",
        '⅖' => "2/5",
        '⅗' => "3/5",
        '⅘' => "4/5",
        '⅙' => "1/6",
        '⅚' => "5/6",
        '⅛' => "1/8",
        '⅜' => "3/8",
        '⅝' => "5/8",
        '⅞' => "7/8",
        '↉' => "0/3",
        _ => return None,
    })
}

/// Whether a number begins with `c`: a digit of any script, a fraction, a number in a ring or in brackets.
pub(super) fn begins(c: char) -> bool {
    decimal_digit(c).is_some() || c.is_numeric() && !c.is_alphabetic() && !chars::is_han(c)
}

/// What stands on a digit or beside it and shows no sign of its own place: strokes, rings, guides.
fn is_attached(c: char) -> bool {
    chars::is_combining(c) || chars::is_hidden(c)
}

/// Reads numbers as one language writes them.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) language: Option<&'a Language>,
}

impl Reader<'_> {
    fn groups(self, sign: char) -> bool {
        is_hard_space(sign)
            || matches!(sign, '٬' | '\'' | '’')
            || self.language.map_or(sign == ',', |language| language.group.contains(&sign))
    }

    fn is_decimal(self, sign: char) -> bool {
        sign == '٫' || sign == self.language.map_or('.', |language| language.decimal)
    }

    /// The end of the number that `rest` begins with: a sign, digits with what parts them, a fraction, an exponent.
    pub(super) fn end(self, rest: &str) -> usize {
        let mut at = 0;
        if let Some(sign) = rest.chars().next().filter(|c| is_minus(*c)) {
            at = sign.len_utf8();
        }
        let first = rest[at..].chars().next();
        if first.is_some_and(|c| decimal_digit(c).is_none()) {
            let lone = first.map_or(0, char::len_utf8);
            return at + lone + attached(&rest[at + lone..]);
        }
        let (mut end, mut width) = digits(rest, at);
        let mut parts = 1;
        if let Some(date) = hyphened(rest, at, end) {
            return date;
        }
        while end - at < LONGEST {
            let Some((next, count)) = self.goes_on(rest, end, width, parts) else { break };
            (end, width, parts) = (next, count, parts + 1);
        }
        tail(rest, end)
    }

    /// The end of a further part of a number behind a sign that parts it, and the digits of that part.
    fn goes_on(self, rest: &str, end: usize, width: usize, parts: usize) -> Option<(usize, usize)> {
        let guides =
            |text: &str| text.chars().take_while(|c| chars::is_script_guide(*c)).map(char::len_utf8).sum::<usize>();
        let before = end + guides(&rest[end..]);
        // A blank among Chinese characters is the extraction's: 第53 /33号.
        let before = before + usize::from(self.is_han() && rest[before..].starts_with(" /"));
        let sign = rest[before..].chars().next()?;
        let behind = before + sign.len_utf8();
        let behind = behind + usize::from(self.is_han() && sign == '/' && rest[behind..].starts_with(' '));
        let from = behind + guides(&rest[behind..]);
        let (next, count) = digits(rest, from);
        if count == 0 {
            return None;
        }
        let grouped = count == 3 && (if parts == 1 { width <= 3 } else { width == 3 });
        let fits = match sign {
            '.' | ',' | '٫' | '/' | '⁄' | ':' => true,
            _ => self.groups(sign) && grouped,
        };
        fits.then_some((next, count))
    }

    fn is_han(self) -> bool {
        self.language.is_some_and(|language| language.script == crate::language::Script::Han)
    }

    /// What a number is compared by. Two forms with one key are one number to every reader; one space between groups
    /// stays in the key, for `2 500` may be two numbers.
    pub(super) fn key(self, text: &str) -> String {
        match self.spaced_group(text) {
            Some((first, second)) => format!("{first} {second}"),
            None => self.value(text),
        }
    }

    /// The two groups of a number that nothing but one space parts.
    fn spaced_group(self, text: &str) -> Option<(String, String)> {
        let mut parts = text.split(chars::is_space);
        let (first, second, more) = (parts.next()?, parts.next()?, parts.next());
        let plain = |part: &str| part.chars().all(|c| decimal_digit(c).is_some());
        (more.is_none() && plain(first) && plain(second)).then(|| (self.value(first), self.value(second)))
    }

    /// The value of a number as plain digits with a point: `3 300,5` in French is `3300.5`. A fraction stays one (`5½`
    /// is `5 1/2`); what has no value, or more than one, stays as it is.
    pub(crate) fn value(self, text: &str) -> String {
        if self.is_han() && text.contains('/') && text.contains(' ') {
            return self.value(&text.replace(' ', ""));
        }
        let Some(plain) = plain(text) else { return format!("~{text}") };
        let (sign, body) = match plain.strip_prefix('-') {
            Some(body) => ("-", body),
            None => ("", plain.as_str()),
        };
        let (body, exponent) = body.split_once('^').unwrap_or((body, ""));
        let mut value = format!("{sign}{}", self.worth(body));
        if !exponent.is_empty() {
            value.push('^');
            value.push_str(exponent);
        }
        value
    }

    /// The value of digits and the signs between them.
    fn worth(self, body: &str) -> String {
        let signs: Vec<char> = body.chars().filter(|c| !c.is_ascii_digit()).collect();
        let parts: Vec<&str> = body.split(|c: char| !c.is_ascii_digit()).collect();
        let (Some(first), Some(last)) = (signs.first().copied(), signs.last().copied()) else { return body.to_owned() };
        let triples = |parts: &[&str]| {
            parts
                .split_first()
                .is_some_and(|(head, rest)| (1..=3).contains(&head.len()) && rest.iter().all(|part| part.len() == 3))
        };
        let same = |signs: &[char]| {
            signs.iter().all(|sign| *sign == first || chars::is_space(*sign) && chars::is_space(first))
        };
        let whole = parts[..parts.len() - 1].concat();
        let fraction = parts.last().copied().unwrap_or_default();
        if signs.iter().any(|sign| matches!(sign, '/' | ':' | '-')) {
            return mixed(&parts, &signs).unwrap_or_else(|| body.to_owned());
        }
        if signs.len() == 1 {
            let decimal = self.is_decimal(first) || first == '.' && fraction.len() != 3;
            return if decimal {
                format!("{whole}.{fraction}")
            } else if self.groups(first) && triples(&parts) {
                parts.concat()
            } else {
                format!("?{body}")
            };
        }
        if same(&signs) && triples(&parts) && !first.is_ascii_digit() {
            return parts.concat();
        }
        let (head, groups) = (&parts[..parts.len() - 1], &signs[..signs.len() - 1]);
        if matches!(last, '.' | ',' | '٫') && last != first && same(groups) && triples(head) {
            return format!("{whole}.{fraction}");
        }
        body.to_owned()
    }

    /// Whether a number may be two: one space that breaks a line stands between its groups.
    pub(crate) fn may_be_two(self, text: &str) -> bool {
        self.spaced_group(text).is_some() && !text.chars().any(is_hard_space)
    }
}

/// The end of a run of digits, with what is attached to them, and how many they are.
fn digits(rest: &str, from: usize) -> (usize, usize) {
    let (mut end, mut count) = (from, 0);
    for c in rest[from..].chars().take(LONGEST) {
        if decimal_digit(c).is_some() {
            count += 1;
        } else if count == 0 || !is_attached(c) || chars::is_script_guide(c) {
            break;
        }
        end += c.len_utf8();
    }
    (end, count)
}

fn attached(rest: &str) -> usize {
    rest.chars().take(LONGEST).take_while(|c| is_attached(*c) && !chars::is_script_guide(*c)).map(char::len_utf8).sum()
}

/// The end of a fraction sign or an exponent right behind the digits.
fn tail(rest: &str, end: usize) -> usize {
    let mut at = end;
    for c in rest[end..].chars().take(LONGEST) {
        if raised(c).is_none() && fraction(c).is_none() {
            break;
        }
        at += c.len_utf8();
    }
    at
}

/// The end of a date such as 2031-04-02, or of a whole number with a proper fraction such as 3-1/2, where the first
/// digits end at `end`.
fn hyphened(rest: &str, start: usize, end: usize) -> Option<usize> {
    let ascii = |range: &str| !range.is_empty() && range.bytes().all(|byte| byte.is_ascii_digit());
    let first = &rest[start..end];
    let behind = rest[end..].strip_prefix('-')?;
    let run = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()).min(LONGEST);
    let length = run(behind);
    let (second, after) = behind.split_at(length);
    let sign = after.chars().next()?;
    let third = &after[sign.len_utf8()..];
    let third = &third[..run(third)];
    if !ascii(first) || !ascii(second) || !ascii(third) {
        return None;
    }
    let is_date = sign == '-' && (first.len(), second.len(), third.len()) == (4, 2, 2);
    let proper = || second.len() <= 3 && third.len() <= 3 && second.parse::<u16>().ok() < third.parse::<u16>().ok();
    let is_fraction = matches!(sign, '/' | '⁄') && first.len() <= 4 && proper();
    (is_date || is_fraction).then_some(end + 1 + length + sign.len_utf8() + third.len())
}

/// A whole number and a fraction: `3-1/2`, `3 1/2`.
fn mixed(parts: &[&str], signs: &[char]) -> Option<String> {
    match (parts, signs) {
        ([whole, over, under], ['-' | ' ', '/']) => Some(format!("{whole} {over}/{under}")),
        _ => None,
    }
}

/// The number in ASCII digits, its signs as they stand, exponents behind `^`; `None` where digits of two scripts are
/// mixed, or a stroke or another mark is set on one.
fn plain(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut zero = None;
    let mut exponent = false;
    for (at, c) in text.chars().enumerate() {
        if let Some(digit) = decimal_digit(c) {
            if *zero.get_or_insert(digit_zero(c)) != digit_zero(c) || exponent {
                return None;
            }
            out.push(char::from_digit(digit, 10)?);
        } else if let Some(high) = raised(c) {
            if !std::mem::replace(&mut exponent, true) {
                out.push('^');
            }
            out.push(high);
        } else if let Some(part) = fraction(c) {
            if at > 0 && !out.ends_with('-') {
                out.push(' ');
            }
            out.push_str(part);
        } else if chars::is_hidden(c) || c == '\u{20E3}' {
            // Guides and the frame of a key show no other digit; a guide that comes or goes is told as hidden.
        } else if at == 0 && is_minus(c) {
            out.push('-');
        } else if chars::is_combining(c) || c.is_numeric() {
            return None;
        } else {
            out.push(match c {
                '⁄' => '/',
                c if is_minus(c) => '-',
                c => c,
            });
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::language;

    fn whole(code: &str, text: &str) -> String {
        let reader = Reader { language: language(code) };
        text[..reader.end(text)].to_owned()
    }

    #[test]
    fn ends_numbers() {
        for (code, text, expected) in [
            ("en", "3,300.5 tons", "3,300.5"),
            ("en", "5½ per cent", "5½"),
            ("en", "3-1/2 to 4", "3-1/2"),
            ("en", "2-4 of", "2"),
            ("en", "2031-04-02,", "2031-04-02"),
            ("en", "1.2.3.", "1.2.3"),
            ("en", "-0.5 per cent", "-0.5"),
            ("en", "10⁶ becquerel", "10⁶"),
            ("en", "15, 18", "15"),
            ("fr", "3 300 tonnes", "3 300"),
            ("fr", "2031 500", "2031"),
            ("en", "1\u{336}5\u{336}0\u{336} posts", "1\u{336}5\u{336}0\u{336}"),
            ("ar", "5\u{200F}/\u{200F}4/2031 في", "5\u{200F}/\u{200F}4/2031"),
            ("en", "⑳ of", "⑳"),
        ] {
            assert_eq!(whole(code, text), expected, "{code} {text}");
        }
    }

    #[test]
    fn values_numbers_by_language() {
        for (code, text, value) in [
            ("en", "3,300.5", "3300.5"),
            ("fr", "3 300,5", "3300.5"),
            ("es", "3.300", "3300"),
            ("ar", "٣٣٠٠", "3300"),
            ("en", "1.5", "1.5"),
            ("es", "1.5", "1.5"),
            ("en", "1,5", "?1,5"),
            ("fr", "1,500", "1.500"),
            ("fr", "1.500", "?1.500"),
            ("en", "1.000.000", "1000000"),
            ("en", "1000.000", "1000.000"),
            ("en", "1.2.3", "1.2.3"),
            ("en", "11.1.2031", "11.1.2031"),
            ("en", "5½", "5 1/2"),
            ("en", "5-1/2", "5 1/2"),
            ("en", "½", "1/2"),
            ("en", "−5,000", "-5000"),
            ("en", "10⁻⁹", "10^-9"),
            ("en", "𝟏𝟎𝟓", "105"),
            ("en", "१५०", "150"),
            ("en", "🯱🯵🯰", "150"),
            ("en", "1\u{FE0F}\u{20E3}", "1"),
            ("en", "4৪", "~4৪"),
            ("en", "1\u{336}5\u{336}", "~1\u{336}5\u{336}"),
            ("en", "⑳", "~⑳"),
        ] {
            assert_eq!(Reader { language: language(code) }.value(text), value, "{code} {text}");
        }
    }

    #[test]
    fn keeps_a_space_that_may_part_two_numbers() {
        let reader = Reader { language: language("fr") };
        assert_eq!(reader.key("2 500"), "2 500");
        assert_eq!(reader.key("2\u{A0}500"), "2 500");
        assert_eq!(reader.key("2 500 000"), "2500000");
        assert!(reader.may_be_two("2 500") && !reader.may_be_two("2\u{A0}500"));
    }
}
