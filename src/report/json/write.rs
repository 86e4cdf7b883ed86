//! JSON in the usual layout, written straight to bytes.
//!
//! Two spaces a level, one entry a line. Characters that nobody sees are escaped: the same text for a program, and
//! nothing that steers a terminal.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::report::visible::is_unseen;
use crate::statement::{ClauseIndex, Component};

/// JSON under way: the bytes so far, and where in the tree the next entry stands.
pub(in crate::report) struct Json {
    out: Vec<u8>,
    /// How many lists and objects are open.
    depth: usize,
    /// Whether the innermost of them has no entry yet.
    bare: bool,
    /// Whether everything stands on one line.
    flat: bool,
}

/// Something that stands as one value.
pub(in crate::report) trait Value {
    fn write(self, json: &mut Json);
}

/// The identifier of the clause with this index.
pub(in crate::report) struct Id(pub(super) ClauseIndex);

impl Json {
    /// An empty text.
    pub(in crate::report) fn new() -> Self {
        Self::inside(0, true)
    }

    /// The continuation of a text of which `depth` lists and objects are open; `bare` where the innermost has no entry.
    pub(in crate::report) fn inside(depth: usize, bare: bool) -> Self {
        Self { out: Vec::new(), depth, bare, flat: false }
    }

    /// An empty text that will stand on one line.
    pub(in crate::report) fn on_one_line() -> Self {
        Self { flat: true, ..Self::new() }
    }

    /// How many lists and objects are open.
    pub(in crate::report) fn depth(&self) -> usize {
        self.depth
    }

    /// The text.
    pub(in crate::report) fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Takes the bytes so far.
    pub(in crate::report) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }

    /// Says that entries were written elsewhere.
    pub(in crate::report) fn has_entries(&mut self) {
        self.bare = false;
    }

    /// Begins a list or an object.
    pub(in crate::report) fn open(&mut self, bracket: u8) {
        self.out.push(bracket);
        self.depth += 1;
        self.bare = true;
    }

    /// Ends the innermost list or object.
    pub(in crate::report) fn close(&mut self, bracket: u8) {
        self.depth -= 1;
        if !self.bare {
            self.line();
        }
        self.out.push(bracket);
        self.bare = false;
    }

    /// An object with what `fields` writes into it.
    pub(in crate::report) fn object(&mut self, fields: impl FnOnce(&mut Self)) {
        self.open(b'{');
        fields(self);
        self.close(b'}');
    }

    /// A list, each item as `each` writes it.
    pub(in crate::report) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut each: impl FnMut(&mut Self, T),
    ) {
        self.open(b'[');
        for item in items {
            self.entry();
            each(self, item);
        }
        self.close(b']');
    }

    /// Begins an entry of a list.
    pub(in crate::report) fn entry(&mut self) {
        if !self.bare {
            self.out.push(b',');
        }
        self.bare = false;
        self.line();
    }

    /// Begins an entry of an object. Keys are plain words.
    pub(in crate::report) fn key(&mut self, key: &str) {
        self.entry();
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\": ");
    }

    /// A value under a key of the object that is open.
    pub(in crate::report) fn field(&mut self, key: &str, value: impl Value) {
        self.key(key);
        value.write(self);
    }

    /// A list of values under a key of the object that is open.
    pub(in crate::report) fn values<T: Value>(&mut self, key: &str, values: impl IntoIterator<Item = T>) {
        self.key(key);
        self.list(values, |json, value| value.write(json));
    }

    fn line(&mut self) {
        if self.flat {
            return;
        }
        const MARGIN: &[u8] = b"\n                                ";
        let width = 1 + 2 * self.depth;
        self.out.extend_from_slice(&MARGIN[..width.min(MARGIN.len())]);
    }

    fn escape(&mut self, c: char) {
        let short = match c {
            '"' => b'"',
            '\\' => b'\\',
            '\n' => b'n',
            '\r' => b'r',
            '\t' => b't',
            '\u{8}' => b'b',
            '\u{C}' => b'f',
            _ => {
                let mut long = String::with_capacity(12);
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a string never fails.
                    let _ = write!(long, "\\u{unit:04x}");
                }
                return self.out.extend_from_slice(long.as_bytes());
            }
        };
        self.out.extend_from_slice(&[b'\\', short]);
    }
}

/// Writes one object and a line end.
pub(super) fn whole(out: &mut dyn Write, fields: impl FnOnce(&mut Json)) -> io::Result<()> {
    let mut json = Json::new();
    json.object(fields);
    out.write_all(&json.into_bytes())?;
    out.write_all(b"\n")
}

/// Whether a byte begins a character that may have to be escaped.
const SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        // Beside ASCII: the first bytes of all blocks that hold a character which is unseen.
        suspect[byte] = matches!(byte, 0..0x20 | 0x22 | 0x5C | 0x7F | 0xC2 | 0xCD | 0xD8 | 0xE1..=0xE3 | 0xEF..);
        byte += 1;
    }
    suspect
};

impl Value for &str {
    fn write(self, json: &mut Json) {
        json.out.push(b'"');
        let (mut from, mut at) = (0, 0);
        while let Some(step) = self.as_bytes()[at..].iter().position(|byte| SUSPECT[usize::from(*byte)]) {
            at += step;
            let Some(c) = self[at..].chars().next() else { break };
            if c < ' ' || matches!(c, '"' | '\\') || is_unseen(c) {
                json.out.extend_from_slice(&self.as_bytes()[from..at]);
                json.escape(c);
                from = at + c.len_utf8();
            }
            at += c.len_utf8();
        }
        json.out.extend_from_slice(&self.as_bytes()[from..]);
        json.out.push(b'"');
    }
}

impl Value for &String {
    fn write(self, json: &mut Json) {
        self.as_str().write(json);
    }
}

impl Value for Id {
    fn write(self, json: &mut Json) {
        json.out.extend_from_slice(b"\"c");
        self.0.next().get().write(json);
        json.out.push(b'"');
    }
}

impl Value for Component {
    fn write(self, json: &mut Json) {
        match self.ordinal {
            1 => self.kind.name().write(json),
            _ => self.to_string().as_str().write(json),
        }
    }
}

impl Value for usize {
    fn write(self, json: &mut Json) {
        json.out.extend_from_slice(itoa::Buffer::new().format(self).as_bytes());
    }
}

impl Value for u32 {
    fn write(self, json: &mut Json) {
        json.out.extend_from_slice(itoa::Buffer::new().format(self).as_bytes());
    }
}

impl Value for i32 {
    fn write(self, json: &mut Json) {
        json.out.extend_from_slice(itoa::Buffer::new().format(self).as_bytes());
    }
}

impl Value for u64 {
    fn write(self, json: &mut Json) {
        json.out.extend_from_slice(itoa::Buffer::new().format(self).as_bytes());
    }
}

/// Shares between 0 and 1: the shortest digits that read back as the same number.
impl Value for f64 {
    fn write(self, json: &mut Json) {
        json.out.extend_from_slice(format!("{self:?}").as_bytes());
    }
}

impl Value for bool {
    fn write(self, json: &mut Json) {
        json.out.extend_from_slice(if self { b"true" } else { b"false" });
    }
}

impl<T: Value> Value for Option<T> {
    fn write(self, json: &mut Json) {
        match self {
            Some(value) => value.write(json),
            None => json.out.extend_from_slice(b"null"),
        }
    }
}

impl Value for [u32; 2] {
    fn write(self, json: &mut Json) {
        json.list(self, |json, end| end.write(json));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_steers_and_what_nobody_sees() {
        let text = "a\u{1B}[31m\"b\\\u{202E}c\td\u{200B}\u{9B}\u{7F}\u{AD}é—“中\u{E0041}\n\u{34F}\u{61C}\u{FE0F}";
        let mut json = Json::new();
        text.write(&mut json);
        let written = String::from_utf8(json.into_bytes()).expect("text");
        assert_eq!(
            written,
            r#""a\u001b[31m\"b\\\u202ec\td\u200b\u009b\u007f\u00adé—“中\udb40\udc41\n\u034f\u061c\ufe0f""#
        );
        assert_eq!(serde_json::from_str::<String>(&written).expect("JSON"), text);
    }

    #[test]
    fn no_unseen_character_is_passed_over() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32).filter(|c| is_unseen(*c)) {
            assert!(SUSPECT[usize::from(c.to_string().as_bytes()[0])], "{c:?}");
        }
    }
}
