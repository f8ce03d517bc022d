//! What is typed of a decision and of a report, checked into what was meant.

use super::{Assigning, Reporting};
use crate::form::{self, Problems};
use jiff::civil::Date;
use law::Law;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A number beyond this is a slip of the hand.
const MOST: i64 = 1_000_000;
/// The first year of which a decision is taken.
const FIRST_YEAR: i64 = 1990;

/// A decision, as typed.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct DecisionForm {
    pub(super) kind: String,
    pub(super) year: String,
    pub(super) number: String,
    pub(super) signed_on: String,
    pub(super) issuer: String,
    /// The unit from which the lines run.
    pub(super) unit: Option<i64>,
    /// Numbers by unit.
    pub(super) posts: BTreeMap<i64, String>,
}

impl DecisionForm {
    /// From the fields of the form: `giao-7` is the number of the unit 7.
    pub(super) fn read(body: &[u8]) -> DecisionForm {
        let mut form = DecisionForm::default();
        for (name, value) in serde_urlencoded::from_bytes::<Vec<(String, String)>>(body).unwrap_or_default() {
            match name.as_str() {
                "kind" => form.kind = value,
                "year" => form.year = value,
                "number" => form.number = value,
                "signed_on" => form.signed_on = value,
                "issuer" => form.issuer = value,
                "dv" => form.unit = value.parse().ok(),
                other => {
                    if let Some(unit) = other.strip_prefix("giao-").and_then(|unit| unit.parse().ok()) {
                        form.posts.insert(unit, value);
                    }
                }
            }
        }
        form
    }

    /// Reads what was typed.
    pub(super) fn check(&self, law: &Law, today: Date) -> Result<Assigning, Problems> {
        let mut problems = Problems::default();
        let mut words = |field: &str, typed: &str, sentence: &str| {
            if typed.trim().is_empty() {
                problems.add(field, sentence);
            }
            typed.trim().to_owned()
        };
        let number = words("number", &self.number, "Nhập số quyết định, ví dụ 12/QĐ-UBND");
        let issuer = words("issuer", &self.issuer, "Nhập cơ quan ban hành, ví dụ Ủy ban nhân dân tỉnh");
        if !law.quota_kinds().iter().any(|kind| kind.code == self.kind) {
            problems.add("kind", "Chọn loại biên chế, chỉ tiêu được giao");
        }
        let next = i64::from(today.year()) + 1;
        let year = self.year.trim().parse().ok().filter(|year| (FIRST_YEAR..=next).contains(year));
        if year.is_none() {
            problems.add("year", format!("Nhập năm giao, từ {FIRST_YEAR} đến {next}"));
        }
        let signed_on = form::day(&self.signed_on);
        match signed_on {
            None => problems.add("signed_on", "Nhập ngày ký, ví dụ 15/01/2026"),
            Some(day) if day > today => problems.add("signed_on", "Ngày ký ở sau hôm nay. Kiểm tra lại quyết định"),
            Some(_) => {}
        }
        let mut posts = Vec::new();
        for (unit, typed) in self.posts.iter().filter(|(_, typed)| !typed.trim().is_empty()) {
            match whole(typed) {
                Some(number) => posts.push((*unit, number)),
                None => problems.add(format!("giao-{unit}"), "Nhập số nguyên từ 0 trở lên, ví dụ 30"),
            }
        }
        if posts.is_empty() && problems.iter().all(|(field, _)| !field.starts_with("giao-")) {
            problems.add("posts", "Nhập số được giao cho ít nhất một đơn vị");
        }
        let meant =
            signed_on.zip(year).map(|(signed_on, year)| Assigning { kind: self.kind.clone(), year, number, signed_on, issuer, posts });
        problems.or(meant)
    }
}

/// A report of a unit, as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ReportForm {
    pub(super) present: String,
    pub(super) as_of: String,
}

impl ReportForm {
    /// Reads what was typed.
    pub(super) fn check(&self, unit: i64, by: &str, today: Date) -> Result<Reporting, Problems> {
        let mut problems = Problems::default();
        let present = whole(&self.present);
        if present.is_none() {
            problems.add("present", "Nhập số người có mặt, là số nguyên từ 0 trở lên");
        }
        let as_of = form::day(&self.as_of);
        match as_of {
            None => problems.add("as_of", "Nhập ngày chốt số liệu, ví dụ 31/10/2026"),
            Some(day) if day > today => problems.add("as_of", "Ngày chốt số liệu ở sau hôm nay. Nhập hôm nay hoặc một ngày trước"),
            Some(_) => {}
        }
        problems.or(present.zip(as_of).map(|(present, as_of)| Reporting { unit, as_of, present, by: by.to_owned() }))
    }
}

/// `1.200` and `1 200` are the same number.
fn whole(typed: &str) -> Option<i64> {
    let digits: String = typed.chars().filter(|letter| !matches!(letter, '.' | ' ' | '\u{a0}')).collect();
    digits.parse().ok().filter(|number| (0..=MOST).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_written() {
        assert_eq!(whole("1.200"), Some(1200));
        assert_eq!(whole(" 28 "), Some(28));
        for wrong in ["", "-1", "28,5", "hai", "99999999"] {
            assert_eq!(whole(wrong), None, "{wrong}");
        }
    }
}
