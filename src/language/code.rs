//! The code of a language, as a value of its own.

use std::{fmt, ops::Deref};

/// An ISO 639 code: two or three lower-case letters. Small and copied like a number, wherever its language was read from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LanguageCode {
    /// Its letters; the last is 0 where there are two.
    letters: [u8; 3],
}

impl LanguageCode {
    /// The code that a text is; `None` where it is none.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let is_code = (2..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase());
        let mut letters = [0; 3];
        is_code.then(|| letters[..text.len()].copy_from_slice(text.as_bytes()))?;
        Some(Self { letters })
    }
}

impl Deref for LanguageCode {
    type Target = str;

    fn deref(&self) -> &str {
        let letters = if self.letters[2] == 0 { &self.letters[..2] } else { &self.letters[..] };
        std::str::from_utf8(letters).expect("ASCII letters")
    }
}

impl AsRef<str> for LanguageCode {
    fn as_ref(&self) -> &str {
        self
    }
}

impl PartialEq<str> for LanguageCode {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for LanguageCode {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl fmt::Display for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

serialize_as_shown!(LanguageCode);
