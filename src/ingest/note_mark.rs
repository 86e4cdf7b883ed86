//! The mark that a footnote begins with.

use crate::text::chars;

/// The mark a footnote begins with: `1 `, `(1) `, `[^1]: `, `* `; its bytes and its number, 0 for an asterisk.
pub(super) fn mark(line: &str) -> Option<(usize, u32)> {
    let opened = line.trim_start_matches(['[', '(', '^']);
    let start = line.len() - opened.len();
    if start == 0 && opened.starts_with('*') {
        let stars = opened.len() - opened.trim_start_matches('*').len();
        return opened[stars..].starts_with(' ').then_some((stars, 0));
    }
    let digits = opened.find(|c: char| crate::language::decimal_digit(c).is_none()).unwrap_or(opened.len());
    let number = opened[..digits]
        .chars()
        .try_fold(0u32, |value, c| value.checked_mul(10)?.checked_add(crate::language::decimal_digit(c)?))?;
    if digits == 0 || number == 0 || number > 999 {
        return None;
    }
    let closed = opened[digits..].trim_start_matches([']', ')', ':', '.']);
    let len = line.len() - closed.len();
    (closed.starts_with(chars::is_space) && (start == 0 || opened.len() - closed.len() > digits))
        .then_some((len, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_marks_of_footnotes() {
        assert_eq!(mark("1 See resolution 169 (II)."), Some((1, 1)));
        assert_eq!(mark("[^12]: See"), Some((6, 12)));
        assert_eq!(mark("(3) See"), Some((3, 3)));
        assert_eq!(mark("* Reissued"), Some((1, 0)));
        assert_eq!(mark("2031"), None);
        assert_eq!(mark("3rd meeting"), None);
    }
}
