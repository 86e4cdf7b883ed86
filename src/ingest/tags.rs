//! Tags of HTML and XML: where they end, what they are called, what their attributes say.

/// Longest declaration, in bytes.
const LONGEST: usize = 16 << 10;
/// Longest tag of a page, in bytes: images may stand in their tags.
pub(super) const LONG: usize = 4 << 20;
/// Longest tag inside a text.
pub(super) const SHORT: usize = 4 << 10;

/// A tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// Its name, as typed.
    pub(super) name: &'t str,
    /// Whether it closes an element.
    pub(super) closes: bool,
    /// Whether it closes itself.
    pub(super) is_empty: bool,
    /// The whole of it, brackets included.
    pub(super) source: &'t str,
}

/// The tag that a text begins with, if it is no longer than so many bytes.
pub(super) fn tag(text: &str, most: usize) -> Option<Tag<'_>> {
    let rest = text.strip_prefix('<')?;
    let closes = rest.starts_with('/');
    let rest = &rest[usize::from(closes)..];
    let len = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b":-_.".contains(byte)).count();
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name = &rest[..len];
    if name.ends_with(':') {
        return None;
    }
    let from = 1 + usize::from(closes) + len;
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().take(most).skip(from) {
        match (quote, byte) {
            (None, b'"' | b'\'') if at > from => quote = Some(byte),
            (None, b'>') => {
                let source = &text[..=at];
                return Some(Tag { name, closes, is_empty: source.ends_with("/>"), source });
            }
            (None, b'<') => return None,
            (Some(open), _) if open == byte => quote = None,
            _ if at == from && !byte.is_ascii_whitespace() && byte != b'/' => return None,
            _ => {}
        }
    }
    None
}

impl<'t> Tag<'t> {
    /// What an attribute says; one without a value says nothing.
    pub(super) fn attribute(&self, wanted: &str) -> Option<&'t str> {
        let mut rest = self.source.get(1 + self.name.len()..self.source.len() - 1)?;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let len = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
            if len == 0 {
                return None;
            }
            let (name, behind) = rest.split_at(len);
            let behind = behind.trim_start();
            let value = match behind.strip_prefix('=').map(str::trim_start) {
                None => {
                    rest = behind;
                    ""
                }
                Some(value) => {
                    let (value, after) = match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                        Some(quote) => value[1..].split_once(quote)?,
                        None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
                    };
                    rest = after;
                    value
                }
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(value);
            }
        }
    }

    /// Whether it is called so, whatever the case of its letters.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The bytes of the comment, declaration or section of characters that a text begins with: `<!-- … -->`, `<!DOCTYPE …>`,
/// `<?xml … ?>`.
pub(super) fn aside(text: &str) -> Option<usize> {
    let ends = |end: &str| Some(text.find(end).map_or(text.len(), |at| at + end.len()));
    if let Some(rest) = text.strip_prefix("<!--") {
        return Some(rest.find("-->").map_or(text.len(), |at| at + 7));
    }
    if text.starts_with("<![CDATA[") {
        return ends("]]>");
    }
    if text.starts_with("<?") {
        return ends("?>");
    }
    if text.starts_with("<!") && text[2..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        let head = &text.as_bytes()[..text.len().min(LONGEST)];
        let close = head.iter().position(|byte| *byte == b'>')?;
        return match head.iter().position(|byte| *byte == b'[') {
            Some(open) if open < close => ends("]>"),
            _ => Some(close + 1),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_as_they_are_quoted() {
        let read = tag("<a href='x>y' title=\"A \u{201C}b\u{201D}\" rel=nofollow hidden>words", SHORT).expect("a tag");
        assert_eq!((read.name, read.closes, read.source.len()), ("a", false, 52));
        assert_eq!(read.attribute("HREF"), Some("x>y"));
        assert_eq!(read.attribute("rel"), Some("nofollow"));
        assert_eq!(read.attribute("hidden"), Some(""));
        assert_eq!(read.attribute("class"), None);
    }

    #[test]
    fn what_is_no_tag_is_text() {
        for text in ["< 5 and > 3", "<3 >", "<https://veltria.example>", "<veltria@elm.example>", "<b", "<a <b>"] {
            assert_eq!(tag(text, SHORT), None, "{text}");
        }
        assert_eq!(tag("</p>", SHORT).map(|tag| (tag.name, tag.closes)), Some(("p", true)));
        assert_eq!(tag("<br/>", SHORT).map(|tag| (tag.name, tag.is_empty)), Some(("br", true)));
    }
}
