//! Numerals: digits of any script, Han numerals, Roman numerals.

/// Signs of Han numerals, as far as labels use them.
pub(crate) const HAN_NUMERALS: &str = "〇○零一二三四五六七八九十百千两";
/// Letters of Roman numerals, as far as labels use them.
pub(super) const ROMAN_NUMERALS: &str = "IVXLCivxlc";

/// The zeros of the scripts that have decimal digits, ten in a row from each, ascending (Unicode 16, category Nd).
const ZEROS: [u32; 76] = [
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
    0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40, 0x11066,
    0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0,
    0x11950, 0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16130, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0,
    0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

/// The value of a decimal digit of any script: ASCII, full width, Arabic-Indic, Devanagari, bold.
#[must_use]
pub(crate) fn decimal_digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    // No letter of the scripts that official texts are written in lies so low.
    if (c as u32) < 0x0660 {
        return None;
    }
    Some(c as u32 - digit_zero(c)?)
}

/// The code of the zero of a digit's script; `None` where it is no digit.
#[must_use]
pub(crate) fn digit_zero(c: char) -> Option<u32> {
    let code = c as u32;
    let zero = ZEROS[ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?];
    (code - zero < 10).then_some(zero)
}

fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '○' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Whether the text is a Han numeral, or one of the great units 万 and 亿 that numerals are made with.
#[must_use]
pub(crate) fn is_han_number(text: &str) -> bool {
    han_numeral(text).is_some() || matches!(text, "万" | "亿")
}

/// Whether a Han numeral may be read in two ways: 一千五 is said for 一千五百 and may be a slip for 一千零五.
#[must_use]
pub(crate) fn is_ambiguous_han(text: &str) -> bool {
    let mut last = text.chars().rev();
    let (Some(digit), Some(unit)) = (last.next(), last.next()) else { return false };
    han_digit(digit).is_some_and(|digit| digit > 0) && matches!(unit, '百' | '千' | '万' | '亿')
}

/// The value of a Han numeral, positional (二〇一六) or with units (一百零五), up to 99,999,999.
///
/// `None` for anything else: no numeral, a unit out of order, or a value too great.
#[must_use]
pub(crate) fn han_numeral(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    if text.chars().all(|c| han_digit(c).is_some()) {
        return text.chars().try_fold(0u32, |value, c| value.checked_mul(10)?.checked_add(han_digit(c)?));
    }
    let (mut total, mut section, mut digit) = (0u32, 0u32, None);
    for c in text.chars() {
        if let Some(value) = han_digit(c) {
            digit = Some(value);
            continue;
        }
        match c {
            '十' | '百' | '千' => {
                let unit = [('十', 10), ('百', 100), ('千', 1000)].into_iter().find(|(sign, _)| *sign == c)?.1;
                section = section.checked_add(digit.take().unwrap_or(1) * unit)?;
            }
            '万' => {
                section = section.checked_add(digit.take().unwrap_or(0))?;
                total = total.checked_add(section.checked_mul(10_000)?)?;
                section = 0;
            }
            _ => return None,
        }
    }
    total.checked_add(section)?.checked_add(digit.unwrap_or(0))
}

/// What Roman numerals are made of, the greatest first.
const ROMAN_PARTS: [(&str, u32); 9] =
    [("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)];

/// The value of a Roman numeral in one case, 1 to 399; `None` for what no one would write (`IIII`, `VX`).
#[must_use]
pub(crate) fn roman_numeral(text: &str) -> Option<u32> {
    // Most words are told from numerals by one letter.
    if text.len() > 12 || !text.bytes().all(|byte| b"IVXLC".contains(&byte.to_ascii_uppercase())) {
        return None;
    }
    let upper = text.to_ascii_uppercase();
    if text.is_empty() || (upper != text && text.to_ascii_lowercase() != text) {
        return None;
    }
    let (mut rest, mut value) = (upper.as_str(), 0);
    for (sign, worth) in ROMAN_PARTS {
        let most = if sign.len() == 1 && worth != 50 && worth != 5 { 3 } else { 1 };
        for _ in 0..most {
            if let Some(after) = rest.strip_prefix(sign) {
                rest = after;
                value += worth;
            }
        }
    }
    rest.is_empty().then_some(value)
}

/// A number as labels write it in Han numerals, 1 to 999: 十一, 一百零五.
#[must_use]
pub(crate) fn written_han(value: u32) -> Option<String> {
    let digit = |of: u32| "零一二三四五六七八九".chars().nth(usize::try_from(of).ok()?);
    let (hundreds, tens, ones) = (value / 100, value / 10 % 10, value % 10);
    if !(1..1000).contains(&value) {
        return None;
    }
    let mut out = String::new();
    if hundreds > 0 {
        out.extend([digit(hundreds)?, '百']);
    }
    match (hundreds, tens) {
        (0, 0) => {}
        (0, 1) => out.push('十'),
        (_, 0) if ones > 0 => out.push('零'),
        (_, 0) => {}
        _ => out.extend([digit(tens)?, '十']),
    }
    if ones > 0 {
        out.push(digit(ones)?);
    }
    Some(out)
}

/// A number in Roman numerals in capitals, 1 to 399.
#[must_use]
pub(crate) fn written_roman(value: u32) -> Option<String> {
    if !(1..400).contains(&value) {
        return None;
    }
    let (mut out, mut rest) = (String::new(), value);
    for (sign, worth) in ROMAN_PARTS {
        while rest >= worth {
            out.push_str(sign);
            rest -= worth;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_han_numerals_of_both_kinds() {
        for (text, value) in [
            ("二〇一六", 2016),
            ("十", 10),
            ("十一", 11),
            ("二十五", 25),
            ("一百零五", 105),
            ("三千三百", 3300),
            ("二万", 20000),
        ] {
            assert_eq!(han_numeral(text), Some(value), "{text}");
        }
        assert_eq!(han_numeral("年"), None);
        assert_eq!(han_numeral(""), None);
        assert_eq!(han_numeral("九九九九九九九九九九九九"), None);
    }

    #[test]
    fn reads_what_it_writes() {
        for value in 1..1000 {
            let han = written_han(value).expect("a numeral");
            assert_eq!(han_numeral(&han), Some(value), "{han}");
            assert_eq!(written_roman(value).and_then(|roman| roman_numeral(&roman)), (value < 400).then_some(value));
        }
        assert_eq!((written_han(0), written_roman(0)), (None, None));
    }

    #[test]
    fn reads_roman_numerals_and_refuses_impossible_ones() {
        for (text, value) in [("i", 1), ("iv", 4), ("XIV", 14), ("xl", 40), ("CXC", 190)] {
            assert_eq!(roman_numeral(text), Some(value), "{text}");
        }
        for text in ["", "IIII", "VX", "iV", "IL", "abc"] {
            assert_eq!(roman_numeral(text), None, "{text}");
        }
    }
}
