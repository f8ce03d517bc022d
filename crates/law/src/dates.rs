//! Days in data files: a TOML date, or text where a file must stay readable by tools that know no dates.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error};
use toml::value::Datetime;

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Day(Datetime),
    Text(String),
}

/// A day that must be there.
pub(crate) fn day<'de, D: Deserializer<'de>>(input: D) -> Result<Date, D::Error> {
    maybe_day(input)?.ok_or_else(|| D::Error::custom("thiếu ngày"))
}

/// A day, or nothing where the text is blank.
pub(crate) fn maybe_day<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Date>, D::Error> {
    let text = match Written::deserialize(input)? {
        Written::Day(day) => day.to_string(),
        Written::Text(text) if text.is_empty() => return Ok(None),
        Written::Text(text) => text,
    };
    text.parse().map(Some).map_err(|_| D::Error::custom(format!("{text} không phải là ngày dạng năm-tháng-ngày")))
}

/// `24/11/2026`, as people write it.
pub(crate) fn in_words(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}
