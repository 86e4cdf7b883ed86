//! From characters back to the bytes that they came as.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Writes a text in the encoding that `decode` named, with a byte order mark where the bytes it came as had one.
/// `None` where the encoding has not every character.
#[must_use]
pub(crate) fn encode(text: &str, encoding: &str, like: &[u8]) -> Option<Vec<u8>> {
    let encoding = Encoding::for_label(encoding.as_bytes())?;
    let mark = Encoding::for_bom(like).map_or(&[][..], |(_, length)| &like[..length]);
    let body = if encoding == UTF_8 {
        text.as_bytes().to_vec()
    } else if encoding == UTF_16LE {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    } else if encoding == UTF_16BE {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    } else {
        let (bytes, _, unmappable) = encoding.encode(text);
        if unmappable {
            return None;
        }
        bytes.into_owned()
    };
    Some([mark, &body].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::decode;

    #[test]
    fn gives_back_the_bytes_that_were_decoded() {
        let utf16: Vec<u8> = "Стороны\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let russian = "Стороны вновь подтверждают свою приверженность укреплению стратегической стабильности в мире.";
        for bytes in [
            "双方重申。\n".as_bytes().to_vec(),
            [b"\xEF\xBB\xBF".as_slice(), "双方重申。\n".as_bytes()].concat(),
            [b"\xFF\xFE".as_slice(), &utf16].concat(),
            encoding_rs::WINDOWS_1251.encode(russian).0.into_owned(),
        ] {
            let decoded = decode(&bytes, crate::language::Catalogue::shipped()).expect("a text");
            assert_eq!(encode(&decoded.text, decoded.encoding, &bytes), Some(bytes));
        }
        assert_eq!(encode("中文", "windows-1252", b""), None);
    }
}
