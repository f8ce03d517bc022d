//! What was typed, and what is wrong with it.

use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// Sentences beside fields, in the order of the form; empty means that everything was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    found: Vec<(String, String)>,
}

impl Problems {
    /// Nothing wrong yet.
    pub const fn none() -> Problems {
        Problems { found: Vec::new() }
    }

    /// Says what is wrong with a field and what to enter; the first sentence stays.
    pub fn add(&mut self, field: impl Into<String>, sentence: impl Into<String>) {
        let field = field.into();
        if !self.found.iter().any(|(known, _)| *known == field) {
            self.found.push((field, sentence.into()));
        }
    }

    /// Puts the fields into the order of the form, which `fields` give; others follow.
    pub fn arrange<'f>(&mut self, fields: impl IntoIterator<Item = &'f str>) {
        let order: Vec<&str> = fields.into_iter().collect();
        self.found.sort_by_key(|(field, _)| order.iter().position(|known| known == field).unwrap_or(usize::MAX));
    }

    /// Nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The value, unless something is wrong.
    pub fn or<T>(self, value: Option<T>) -> Result<T, Problems> {
        match value {
            Some(value) if self.is_empty() => Ok(value),
            _ => Err(self),
        }
    }

    /// Field and sentence, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.found.iter().map(|(field, sentence)| (field.as_str(), sentence.as_str()))
    }
}

/// A map from field to sentence, for templates.
impl Serialize for Problems {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.iter())
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
    fn problems_stand_in_the_order_of_the_form() {
        let mut problems = Problems::default();
        for field in ["reason", "born", "name"] {
            problems.add(field, "Nhập ô này");
        }
        problems.add("name", "Câu sau không thay câu trước");
        problems.arrange(["name", "born"]);
        let found: Vec<(&str, &str)> = problems.iter().collect();
        assert_eq!(found, [("name", "Nhập ô này"), ("born", "Nhập ô này"), ("reason", "Nhập ô này")]);
    }

    #[test]
    fn a_day_is_read_as_it_is_written() {
        assert_eq!(day(" 8/3/2025 ").map(show_day).as_deref(), Some("08/03/2025"));
        assert_eq!(day("31/06/2025"), None);
        assert_eq!(day("2025"), None);
    }
}
