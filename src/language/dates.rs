//! Calendar dates in running text, by the patterns of the language.

use std::{borrow::Cow, fmt, ops::Range};

use jiff::{Span, civil};

use super::{
    data::Language,
    numerals::{decimal_digit, han_numeral},
    read::DATE,
};

/// What days are counted from.
const EPOCH: civil::Date = civil::date(1970, 1, 1);

/// A calendar date as a text gives it: parts that it does not name are absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// The year, 1 to 9999.
    pub year: Option<u16>,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month, 1 to 31.
    pub day: Option<u8>,
}

impl Date {
    /// Whether year, month and day are all there.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// A date of six digits, day first (`260916`), as job numbers carry it; years 50 to 99 are of the 20th century.
    #[must_use]
    pub(crate) fn from_ddmmyy(digits: &str) -> Option<Self> {
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let part = |range: Range<usize>| digits[range].parse::<u16>().ok();
        let (day, month, year) = (part(0..2)?, part(2..4)?, part(4..6)?);
        let year = if year < 50 { 2000 + year } else { 1900 + year };
        Self::checked(Some(year), Some(month), Some(day))
    }

    /// The day so many days after 1 January 1970; absent before the year 1 and after 9999.
    #[must_use]
    pub fn from_days_since_1970(days: i64) -> Option<Self> {
        let date = EPOCH.checked_add(Span::new().try_days(days).ok()?).ok()?;
        let (year, month, day) =
            (date.year().try_into().ok()?, date.month().try_into().ok()?, date.day().try_into().ok()?);
        Self::checked(Some(year), Some(month), Some(day))
    }

    /// Days since 1 January 1970, the inverse of [`Date::from_days_since_1970`]; of a month or a year, those to its
    /// first day. Absent where no year is known.
    #[must_use]
    pub fn days_since_1970(self) -> Option<i64> {
        let (year, month) = (self.year?.try_into().ok()?, self.month.unwrap_or(1).try_into().ok()?);
        let first = civil::Date::new(year, month, 1).ok()?;
        // Counted from the first of the month: a text may name a day that its month has not.
        Some(i64::from((first - EPOCH).get_days()) + i64::from(self.day.unwrap_or(1)) - 1)
    }

    fn checked(year: Option<u16>, month: Option<u16>, day: Option<u16>) -> Option<Self> {
        if year.is_some_and(|year| year == 0 || year > 9999) {
            return None;
        }
        let month = match month {
            Some(month @ 1..=12) => Some(u8::try_from(month).ok()?),
            Some(_) => return None,
            None => None,
        };
        let day = match day {
            Some(day @ 1..=31) => Some(u8::try_from(day).ok()?),
            Some(_) => return None,
            None => None,
        };
        Some(Self { year, month, day })
    }
}

/// ISO 8601; what is missing is left out at the end (`2016-09`) or shown as dashes (`--09-26`).
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => write!(f, "-")?,
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// A date and where it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DateFound {
    /// The date.
    pub(crate) date: Date,
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
}

/// The value of a numeral in digits of any script or in Han signs.
fn value(text: &str) -> Option<u16> {
    let mut number = 0u32;
    for c in text.chars() {
        let Some(digit) = decimal_digit(c) else {
            return han_numeral(text).and_then(|value| u16::try_from(value).ok());
        };
        number = number.checked_mul(10)?.checked_add(digit)?;
    }
    if text.is_empty() { None } else { u16::try_from(number).ok() }
}

impl Language {
    /// Whether a character is one of those that dates without digits are known by.
    #[must_use]
    pub(crate) fn is_date_sign(&self, c: char) -> bool {
        self.date_signs.contains(&c)
    }

    /// Every date in `text`, in order, none inside another.
    ///
    /// Patterns are tried in the order of the data file at each place; where two overlap, the one that starts first
    /// stands, then the longer one. Linear in the text for each pattern.
    #[must_use]
    pub(crate) fn dates(&self, text: &str) -> Vec<DateFound> {
        if !text.chars().any(|c| decimal_digit(c).is_some() || self.is_date_sign(c)) {
            return Vec::new();
        }
        let places = self.month_names.places(text);
        let mut found = Vec::new();
        for pattern in &self.date_patterns {
            for fit in places.iter().flat_map(|place| pattern.all_captures(text, place.clone())) {
                let part = |name| fit.part(name);
                let month = match part("month") {
                    Some(name) => self.month(name),
                    None => part("monthnum").and_then(value),
                };
                let asked = part("month").or(part("monthnum")).is_some();
                if asked && month.is_none() {
                    continue;
                }
                if let Some(date) = Date::checked(part("year").and_then(value), month, part("day").and_then(value)) {
                    found.push(DateFound { date, range: fit.range() });
                }
            }
        }
        found.sort_by_key(|found: &DateFound| (found.range.start, usize::MAX - found.range.end));
        let mut end = 0;
        found.retain(|found| {
            let apart = found.range.start >= end;
            if apart {
                end = found.range.end;
            }
            apart
        });
        found
    }

    /// The text with one private character for each date, as formulas with `{date}` are tried on it: so they need not
    /// spell out what a date is.
    #[must_use]
    pub(crate) fn dated<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let dates = self.dates(text);
        if dates.is_empty() {
            return Cow::Borrowed(text);
        }
        let (mut out, mut at) = (String::with_capacity(text.len()), 0);
        for found in dates {
            out.push_str(&text[at..found.range.start]);
            out.push_str(DATE);
            at = found.range.end;
        }
        out.push_str(&text[at..]);
        Cow::Owned(out)
    }

    /// The first full date in `text`.
    #[must_use]
    pub(crate) fn first_date(&self, text: &str) -> Option<Date> {
        self.dates(text).into_iter().map(|found| found.date).find(Date::is_full)
    }

    /// The number of a month named alone, with a capital letter where the language gives months one.
    #[must_use]
    pub(crate) fn month_alone(&self, name: &str) -> Option<u16> {
        let capital = |text: &str| text.chars().next().is_some_and(char::is_uppercase);
        let lower = name.to_lowercase();
        let written = |known: &&String| known.to_lowercase() == lower && (!capital(known) || capital(name));
        self.months.iter().flatten().find(written)?;
        self.month(name)
    }

    /// Whether the text is the name of a month as the language writes it: May, never may.
    #[must_use]
    pub(crate) fn is_month(&self, text: &str) -> bool {
        self.months.iter().flatten().any(|known| known == text)
    }

    /// The number of a month from any of its names.
    fn month(&self, name: &str) -> Option<u16> {
        let plain = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
        let name = plain(name);
        let at = self.months.iter().position(|names| names.iter().any(|known| plain(known) == name))?;
        u16::try_from(at + 1).ok()
    }
}

serialize_as_shown!(Date);

#[cfg(test)]
mod tests {
    use super::Date;
    use crate::language::language;

    #[test]
    fn days_have_their_dates() {
        for (days, date) in [(0, "1970-01-01"), (11_016, "2000-02-29"), (20_780, "2026-11-23"), (-1, "1969-12-31")] {
            let made = Date::from_days_since_1970(days).expect("a date");
            assert_eq!((made.to_string().as_str(), made.days_since_1970()), (date, Some(days)));
        }
        assert_eq!(Date::from_days_since_1970(i64::MAX), None);
    }

    fn dates(code: &str, text: &str) -> Vec<String> {
        language(code).expect("shipped").dates(text).iter().map(|found| found.date.to_string()).collect()
    }

    #[test]
    fn finds_dates_in_english_and_chinese() {
        assert_eq!(
            dates("en", "on 26 September 2016 and May 4, 2031; by 30 June"),
            ["2016-09-26", "2031-05-04", "--06-30"]
        );
        assert_eq!(
            dates("zh", "2016 年 9 月 26 日，二〇一六年六月二十五日，一九七八年"),
            ["2016-09-26", "2016-06-25", "1978"]
        );
        assert!(dates("en", "no date here, 55 May be").is_empty());
    }
}
