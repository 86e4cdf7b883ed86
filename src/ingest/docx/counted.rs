//! Numbers as Word prints them in labels and marks.

use crate::language::{written_han, written_roman};

/// The form of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// 1, 2, 3.
    Decimal,
    /// 01, 02, 03; how many digits at least.
    Padded(usize),
    /// Letters of an alphabet; after the last they are doubled: `aa`, `bb`.
    Letters(&'static str, Case),
    /// Roman numerals.
    Roman(Case),
    /// Digits of another script.
    Digits(char),
    /// 一、二、三.
    Han,
    /// 甲、乙、丙 and other rows of characters.
    Row(&'static str),
    /// ①, ②.
    Circled,
    /// 1st, 2nd.
    Ordinal,
    /// A sign, always the same.
    Bullet,
    /// Notes: *, †, ‡.
    Signs,
    /// Nothing is printed.
    Nothing,
}

/// Capitals or small letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Lower,
}

/// The letters of the alphabets that Word counts by.
const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщыэюя";
const ARABIC: &str = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي";
const ABJAD: &str = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";
const HEBREW: &str = "אבגדהוזחטיכלמנסעפצקרשת";
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
/// Marks of notes.
const SIGNS: [char; 4] = ['*', '†', '‡', '§'];

impl Form {
    /// The form of a name of the standard (`ST_NumberFormat`). One that is not known here is printed in digits.
    pub(super) fn named(name: &str, custom: Option<&str>) -> Self {
        match name {
            "upperRoman" => Self::Roman(Case::Upper),
            "lowerRoman" => Self::Roman(Case::Lower),
            "upperLetter" => Self::Letters(LATIN, Case::Upper),
            "lowerLetter" => Self::Letters(LATIN, Case::Lower),
            "russianUpper" => Self::Letters(RUSSIAN, Case::Upper),
            "russianLower" => Self::Letters(RUSSIAN, Case::Lower),
            "arabicAlpha" => Self::Letters(ARABIC, Case::Lower),
            "arabicAbjad" => Self::Letters(ABJAD, Case::Lower),
            "hebrew1" | "hebrew2" => Self::Letters(HEBREW, Case::Lower),
            "hindiNumbers" => Self::Digits('٠'),
            "thaiNumbers" => Self::Digits('๐'),
            "decimalFullWidth" | "decimalFullWidth2" => Self::Digits('０'),
            "chineseCounting"
            | "chineseCountingThousand"
            | "ideographDigital"
            | "japaneseCounting"
            | "japaneseDigitalTenThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "taiwaneseDigital"
            | "koreanCounting" => Self::Han,
            "ideographTraditional" => Self::Row(STEMS),
            "ideographZodiac" => Self::Row(BRANCHES),
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" | "ideographEnclosedCircle" => Self::Circled,
            "ordinal" => Self::Ordinal,
            "decimalZero" => Self::Padded(2),
            "custom" => {
                custom.map_or(Self::Decimal, |text| Self::Padded(text.split(',').next().unwrap_or("1").trim().len()))
            }
            "bullet" => Self::Bullet,
            "chicago" => Self::Signs,
            "none" => Self::Nothing,
            _ => Self::Decimal,
        }
    }
}

/// A number in a form; in digits where the form has none for it.
pub(super) fn written(number: u32, form: &Form) -> String {
    let plain = || number.to_string();
    match form {
        Form::Nothing | Form::Bullet => String::new(),
        Form::Decimal => plain(),
        Form::Padded(digits) => format!("{number:0digits$}"),
        Form::Letters(letters, case) => in_case(repeated(number, letters).unwrap_or_else(plain), *case),
        Form::Roman(case) => in_case(roman(number).unwrap_or_else(plain), *case),
        Form::Digits(zero) => plain().chars().map(|digit| digit_of(digit, *zero)).collect(),
        Form::Han => written_han(number).unwrap_or_else(plain),
        Form::Row(row) => nth(number, row).map_or_else(plain, String::from),
        Form::Circled => (1..=20)
            .contains(&number)
            .then(|| char::from_u32(0x2460 + number - 1))
            .flatten()
            .map_or_else(plain, String::from),
        Form::Ordinal => format!("{number}{}", ending(number)),
        Form::Signs => number.checked_sub(1).map_or_else(plain, |at| {
            let (sign, times) = (SIGNS[(at % 4) as usize], at / 4 + 1);
            std::iter::repeat_n(sign, times.min(8) as usize).collect()
        }),
    }
}

fn in_case(text: String, case: Case) -> String {
    match case {
        Case::Upper => text.to_uppercase(),
        Case::Lower => text.to_lowercase(),
    }
}

/// The character of a row.
fn nth(number: u32, row: &str) -> Option<char> {
    row.chars().nth(usize::try_from(number.checked_sub(1)?).ok()?)
}

/// The letter of a number, repeated as often as the alphabet has been gone through.
fn repeated(number: u32, letters: &str) -> Option<String> {
    /// Letters in a label at most.
    const MOST: u32 = 32;
    let count = u32::try_from(letters.chars().count()).ok()?;
    let at = number.checked_sub(1)?;
    let times = at / count + 1;
    let letter = nth(at % count + 1, letters)?;
    (times <= MOST).then(|| std::iter::repeat_n(letter, times as usize).collect())
}

/// A number in Roman numerals in capitals.
fn roman(number: u32) -> Option<String> {
    const HUNDREDS: [(&str, u32); 4] = [("M", 1000), ("CM", 900), ("D", 500), ("CD", 400)];
    if !(1..4000).contains(&number) {
        return None;
    }
    let (mut out, mut rest) = (String::new(), number);
    for (sign, worth) in HUNDREDS {
        while rest >= worth {
            out.push_str(sign);
            rest -= worth;
        }
    }
    if rest > 0 {
        out.push_str(&written_roman(rest)?);
    }
    Some(out)
}

/// A digit in another script.
fn digit_of(digit: char, zero: char) -> char {
    let value = digit.to_digit(10).unwrap_or_default();
    char::from_u32(zero as u32 + value).unwrap_or(digit)
}

/// The ending of an English ordinal.
const fn ending(number: u32) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_printed() {
        for (name, number, shown) in [
            ("decimal", 7, "7"),
            ("decimalZero", 7, "07"),
            ("lowerLetter", 28, "bb"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerRoman", 4, "iv"),
            ("chineseCountingThousand", 21, "二十一"),
            ("hindiNumbers", 12, "١٢"),
            ("arabicAbjad", 3, "ج"),
            ("russianLower", 2, "б"),
            ("decimalEnclosedCircle", 3, "③"),
            ("ordinal", 22, "22nd"),
            ("none", 2, ""),
        ] {
            assert_eq!(written(number, &Form::named(name, None)), shown, "{name}");
        }
        assert_eq!(written(5, &Form::named("custom", Some("001, 002, 003, ..."))), "005");
        assert_eq!(written(9999, &Form::named("upperRoman", None)), "9999");
    }
}
