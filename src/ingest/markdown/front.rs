//! Front matter: what a file says of itself above its text, between rules of dashes (YAML) or of plus signs (TOML).
//!
//! It is handed on as lines of keys and values between rules, which the passes know; quotation marks around a value go, and
//! what is escaped in it is said.

use crate::ingest::layout::Element;
use crate::ingest::sheet::Sheet;
use crate::statement::Why;

/// Most lines of front matter.
const MOST: usize = 200;

/// How many lines at the top of a file are front matter, its rules among them.
pub(super) fn lines(lines: &[&str]) -> usize {
    let Some(rule) = lines.first().map(|line| line.trim_end()).filter(|line| matches!(*line, "---" | "+++")) else {
        return 0;
    };
    let ends = |line: &str| line == rule || rule == "---" && line == "...";
    let Some(end) = lines.iter().take(MOST).skip(1).position(|line| ends(line.trim_end())).map(|at| at + 1) else {
        return 0;
    };
    let keyed = |line: &&str| {
        let key = line.split([':', '=']).next().unwrap_or_default();
        let is_key = key.len() < line.len()
            && !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-. \"".contains(&byte));
        is_key || line.trim().is_empty() || line.starts_with(['-', '#', '[', ']', '{', '}', ' ', '\t'])
    };
    if end > 1 && lines[1..end].iter().all(keyed) { end + 1 } else { 0 }
}

/// Writes front matter.
pub(super) fn write(lines: &[&str], sheet: &mut Sheet) {
    let is_toml = lines[0].starts_with('+');
    for (place, line) in lines.iter().enumerate() {
        sheet.line = place + 1;
        if place == 0 || place + 1 == lines.len() {
            sheet.end();
            sheet.say("---");
            sheet.end_line();
            continue;
        }
        let parted = if is_toml { line.split_once('=') } else { line.split_once(':') };
        match parted.filter(|(key, _)| !key.starts_with([' ', '\t', '-', '#', '['])) {
            Some((key, value)) => {
                sheet.begin(Element { tag: Some("meta".into()), is_whole: true, ..Element::default() });
                sheet.say(key.trim_end());
                sheet.say(": ");
                value_of(value.trim(), sheet);
            }
            None => {
                let inner = line.trim_start();
                sheet.say(&line[..line.len() - inner.len()]);
                value_of(inner.trim_end(), sheet);
            }
        }
        sheet.end_line();
    }
    sheet.end();
}

fn value_of(value: &str, sheet: &mut Sheet) {
    for quote in ["\"\"\"", "\"", "'"] {
        let Some(inner) = value.strip_prefix(quote) else { continue };
        let inner = inner.strip_suffix(quote).unwrap_or(inner);
        sheet.leave_out(Why::Formatting, quote);
        sheet.say(&if quote == "'" { inner.replace("''", "'") } else { unescaped(inner) });
        return;
    }
    match value.strip_suffix('"').filter(|_| value.contains('\\')) {
        Some(inner) => sheet.say(&unescaped(inner)),
        None => sheet.say(value),
    }
}

/// A text without the escapes of JSON, YAML and TOML.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let (c, len) = escape(&rest[at + 1..]).unwrap_or(('\\', 0));
        out.push(c);
        rest = &rest[at + 1 + len..];
    }
    out.push_str(rest);
    out
}

/// What stands behind a backslash, and its bytes.
fn escape(rest: &str) -> Option<(char, usize)> {
    let sign = rest.chars().next()?;
    let digits = match sign {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        '_' => return Some(('\u{A0}', 1)),
        'n' | 't' | 'r' | 'N' | 'L' | 'P' => return Some((' ', 1)),
        '"' | '\\' | '/' | '\'' | ' ' => return Some((sign, 1)),
        _ => return None,
    };
    let number = |from: usize| u32::from_str_radix(rest.get(from..from + digits)?, 16).ok();
    let first = number(1)?;
    // A character beyond the first plane is written as two halves.
    let low = || rest.get(5..7).filter(|next| *next == "\\u").and_then(|_| number(7));
    if digits == 4
        && (0xD800..0xDC00).contains(&first)
        && let Some(low) = low().filter(|low| (0xDC00..0xE000).contains(low))
    {
        let c = char::from_u32(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00))?;
        return Some((c, 11));
    }
    Some((char::from_u32(first)?, digits + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_said() {
        assert_eq!(unescaped("Elm\\u2019s \\\"A\\_b\\\" \\ud83d\\ude00 \\q"), "Elm’s \"A\u{A0}b\" 😀 \\q");
    }

    #[test]
    fn front_matter_has_keys() {
        assert_eq!(lines(&["---", "title: Elm", "", "tags:", "- a", "---", "text"]), 6);
        assert_eq!(lines(&["+++", "title = \"Elm\"", "+++"]), 3);
        assert_eq!(lines(&["---", "The Sides agree", "---"]), 0);
        assert_eq!(lines(&["---", "title: Elm"]), 0);
    }
}
