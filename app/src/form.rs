//! What was typed, and what is wrong with it.

use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Sentences beside fields; empty means that everything was understood.
#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
#[serde(transparent)]
pub struct Problems {
    by_field: BTreeMap<String, String>,
}

impl Problems {
    /// Nothing wrong yet.
    pub const fn none() -> Problems {
        Problems { by_field: BTreeMap::new() }
    }

    /// Says what is wrong with a field and what to enter; the first sentence stays.
    pub fn add(&mut self, field: impl Into<String>, sentence: impl Into<String>) {
        self.by_field.entry(field.into()).or_insert_with(|| sentence.into());
    }

    /// Nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.by_field.is_empty()
    }

    /// The value, unless something is wrong.
    pub fn or<T>(self, value: Option<T>) -> Result<T, Problems> {
        match value {
            Some(value) if self.is_empty() => Ok(value),
            _ => Err(self),
        }
    }

    /// Field and sentence, by field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_field.iter().map(|(field, sentence)| (field.as_str(), sentence.as_str()))
    }
}

/// A day as people type it: `28/08/2025`, `28-8-2025`.
pub fn day(typed: &str) -> Option<Date> {
    let mut parts = typed.trim().split(['/', '-', '.']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A day as people read it: `28/08/2025`.
pub fn show_day(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

/// A moment as people read it, in Vietnam's hour: `08:42 19/11/2026`.
pub fn show_moment(moment: jiff::Timestamp) -> String {
    crate::in_vietnam(moment).strftime("%H:%M %d/%m/%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written() {
        assert_eq!(day(" 8/3/2025 ").map(show_day).as_deref(), Some("08/03/2025"));
        assert_eq!(day("31/06/2025"), None);
        assert_eq!(day("2025"), None);
    }
}
