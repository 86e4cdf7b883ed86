//! Dates as records have them.

use std::fmt;

use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::language::Date;

/// A date in a file, of whole or partial precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Date);

impl Day {
    /// Reads `2016`, `2016-09` or `2016-09-26`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|part| number(part, 2).ok_or(())).transpose().ok()?;
        let day = parts.next().map(|part| number(part, 2).ok_or(())).transpose().ok()?;
        if parts.next().is_some() || year == 0 || month.is_some_and(|month| !(1..=12).contains(&month)) {
            return None;
        }
        if let (Some(month), Some(day)) = (month, day)
            && !is_day(year, month, day)
        {
            return None;
        }
        let narrow = |part: Option<u16>| part.and_then(|part| u8::try_from(part).ok());
        Some(Self(Date { year: Some(year), month: narrow(month), day: narrow(day) }))
    }
}

impl Day {
    /// Days since 1 January 1970; of a month or a year, those to its first day.
    #[must_use]
    pub fn days_since_1970(self) -> Option<i64> {
        self.0.days_since_1970()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn number(text: &str, digits: usize) -> Option<u16> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Whether the calendar has such a day.
fn is_day(year: u16, month: u16, day: u16) -> bool {
    let (Ok(year), Ok(month), Ok(day)) = (year.try_into(), month.try_into(), day.try_into()) else { return false };
    civil::Date::new(year, month, day).is_ok()
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// TOML has dates of its own; both they and texts are taken.
impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match toml::Value::deserialize(deserializer)? {
            toml::Value::String(text) => text,
            toml::Value::Datetime(date) => date.to_string(),
            other => other.to_string(),
        };
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("{text:?} is no date such as 2016-09-26")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_of_any_precision() {
        for text in ["2016", "2016-09", "2016-09-26", "1868-11-29", "2024-02-29"] {
            assert_eq!(Day::parse(text).expect("a date").to_string(), text);
        }
        for text in ["", "16", "2016-13", "2016-00", "2023-02-29", "2016-09-26-1", "2016-9-26", "+016", "20160926"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }
}
