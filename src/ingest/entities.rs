//! Character references of HTML and XML: `&amp;`, `&#8217;`, `&#x2019;`.
//!
//! Only names that stand for one character are known, and none that a document declares: those stay as they are typed, so
//! that no name can stand for more than it shows.

/// Longest reference, in bytes.
const LONGEST: usize = 12;

/// Names of characters that texts use.
const NAMED: [(&str, char); 61] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("iexcl", '¡'),
    ("cent", '¢'),
    ("pound", '£'),
    ("yen", '¥'),
    ("sect", '§'),
    ("copy", '©'),
    ("ordf", 'ª'),
    ("laquo", '«'),
    ("not", '¬'),
    ("shy", '\u{AD}'),
    ("reg", '®'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("micro", 'µ'),
    ("para", '¶'),
    ("middot", '·'),
    ("sup1", '¹'),
    ("ordm", 'º'),
    ("raquo", '»'),
    ("frac14", '¼'),
    ("frac12", '½'),
    ("frac34", '¾'),
    ("iquest", '¿'),
    ("times", '×'),
    ("divide", '÷'),
    ("szlig", 'ß'),
    ("AElig", 'Æ'),
    ("aelig", 'æ'),
    ("Oslash", 'Ø'),
    ("oslash", 'ø'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("bull", '•'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("prime", '′'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("euro", '€'),
    ("trade", '™'),
    ("minus", '−'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
];

/// Marks that a name sets on a letter.
const ACCENTS: [(&str, &str, &str); 8] = [
    ("acute", "aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ"),
    ("grave", "aeiouAEIOU", "àèìòùÀÈÌÒÙ"),
    ("circ", "aeiouAEIOU", "âêîôûÂÊÎÔÛ"),
    ("uml", "aeiouyAEIOUY", "äëïöüÿÄËÏÖÜŸ"),
    ("tilde", "anoANO", "ãñõÃÑÕ"),
    ("cedil", "cC", "çÇ"),
    ("ring", "aA", "åÅ"),
    ("caron", "sSzZ", "šŠžŽ"),
];

/// The character that a reference at the beginning of a text stands for, and the bytes of the reference.
pub(super) fn reference(text: &str) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    let end = bytes.iter().take(LONGEST).position(|byte| *byte == b';')?;
    let name = text.get(1..end).filter(|_| bytes[0] == b'&')?;
    let c = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        }
        .ok()
        .and_then(windows_or)?,
        None => named(name)?,
    };
    Some((c, end + 1))
}

/// The character of a number; those of Windows stand where no other format has any.
fn windows_or(number: u32) -> Option<char> {
    let byte = u8::try_from(number).ok().filter(|byte| (0x80..0xA0).contains(byte));
    match byte {
        Some(byte) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next(),
        None => char::from_u32(number).filter(|c| !c.is_control() || matches!(c, '\t' | '\n')),
    }
}

fn named(name: &str) -> Option<char> {
    let accented = || {
        let letter = name.chars().next()?;
        let (_, plain, marked) = ACCENTS.iter().find(|(accent, ..)| name[letter.len_utf8()..] == **accent)?;
        plain.chars().zip(marked.chars()).find(|(plain, _)| *plain == letter).map(|(_, marked)| marked)
    };
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c).or_else(accented)
}

/// A text with its references replaced.
pub(super) fn decoded(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (c, len) = reference(&rest[at..]).unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[at + len..];
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stand_for_one_character() {
        assert_eq!(
            decoded("Orsania &amp; Veltria&#8217;s &#x2019; &eacute;&nbsp;&mdash; &#150;"),
            "Orsania & Veltria’s ’ é\u{A0}— –"
        );
        assert_eq!(decoded("R&D; &own; & &#0; &#xD800;"), "R&D; &own; & &#0; &#xD800;");
    }
}
