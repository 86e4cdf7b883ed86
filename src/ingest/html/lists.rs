//! The labels that lists count: `3.`, `c.`, `iii.`

/// What a list counts: `3.`, `c.`, `iii.`
pub(super) fn counted(number: i64, style: &str) -> String {
    let letters = |first: u8| {
        let (mut rest, mut out) = (number, Vec::new());
        while rest > 0 && out.len() < 8 {
            rest -= 1;
            out.insert(0, char::from(first + u8::try_from(rest % 26).unwrap_or(0)));
            rest /= 26;
        }
        out.into_iter().collect::<String>()
    };
    let label = match style {
        "a" if number > 0 => letters(b'a'),
        "A" if number > 0 => letters(b'A'),
        "i" if (1..4000).contains(&number) => roman(number),
        "I" if (1..4000).contains(&number) => roman(number).to_uppercase(),
        _ => number.to_string(),
    };
    format!("{label}.")
}

fn roman(mut number: i64) -> String {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_as_they_are_styled() {
        assert_eq!(counted(3, "1"), "3.");
        assert_eq!(counted(28, "a"), "ab.");
        assert_eq!(counted(9, "i"), "ix.");
        assert_eq!(counted(0, "I"), "0.");
    }
}
