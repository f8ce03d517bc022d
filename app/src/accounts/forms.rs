//! What is typed about an account, checked into what was meant.

use super::model::Document;
use crate::form::{self, Problems};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A new account, as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OpenForm {
    pub(super) login: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) unit: String,
    pub(super) role: String,
    pub(super) personal_number: String,
    pub(super) operator: String,
    pub(super) number: String,
    pub(super) signed_on: String,
    pub(super) issuer: String,
}

/// A new account, as meant.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub(super) login: String,
    pub(super) name: String,
    pub(super) kind: vault::AccountKind,
    pub(super) unit_id: i64,
    pub(super) role: String,
    pub(super) personal_number: Option<String>,
    pub(super) operator: Option<String>,
    pub(super) document: Document,
}

impl OpenForm {
    /// Reads what was typed.
    pub(super) fn check(&self, today: Date) -> Result<Open, Problems> {
        let mut problems = Problems::default();
        let login = self.login.trim().to_lowercase();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
        if login.len() < 3 || !login.chars().all(plain) {
            problems.add("login", "Tên đăng nhập gồm ít nhất 3 ký tự: chữ thường không dấu, số, dấu chấm, gạch nối. Ví dụ: ubnd-xa-mau");
        }
        let name = self.name.trim().to_owned();
        if name.is_empty() {
            problems.add("name", "Nhập tên tài khoản: tên đơn vị, hoặc họ và tên người dùng");
        }
        let kind = match self.kind.as_str() {
            "unit" => Some(vault::AccountKind::Unit),
            "personal" => Some(vault::AccountKind::Personal),
            _ => None,
        };
        if kind.is_none() {
            problems.add("kind", "Chọn tài khoản đơn vị hoặc tài khoản cá nhân");
        }
        let unit_id = self.unit.parse().ok();
        if unit_id.is_none() {
            problems.add("unit", "Chọn đơn vị của tài khoản");
        }
        if self.role.is_empty() {
            problems.add("role", "Chọn vai trò theo quy chế");
        }
        let personal_number = some(&self.personal_number);
        if self.role == "person" && personal_number.is_none() {
            problems.add("personal_number", "Nhập số định danh cá nhân của người có hồ sơ, 12 chữ số");
        }
        let operator = some(&self.operator);
        if self.kind == "unit" && operator.is_none() {
            problems.add("operator", "Nhập họ và tên người được phân công sử dụng tài khoản đơn vị");
        }
        let document = document(&self.number, &self.signed_on, &self.issuer, today, &mut problems);
        let opened = kind.zip(unit_id).map(|(kind, unit_id)| Open {
            login,
            name,
            kind,
            unit_id,
            role: self.role.clone(),
            personal_number,
            operator,
            document,
        });
        problems.or(opened)
    }
}

/// A decision that names the user of a unit's account, as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OperatorForm {
    pub(super) version: i64,
    pub(super) operator: String,
    pub(super) number: String,
    pub(super) signed_on: String,
    pub(super) issuer: String,
    pub(super) from_on: String,
}

impl OperatorForm {
    /// Name, first day and decision; the decision must be stated in full.
    pub(super) fn check(&self, today: Date) -> Result<(String, Date, Document), Problems> {
        let mut problems = Problems::default();
        let name = some(&self.operator);
        if name.is_none() {
            problems.add("operator", "Nhập họ và tên người được phân công");
        }
        let from_on = if self.from_on.trim().is_empty() { Some(today) } else { form::day(&self.from_on) };
        if from_on.is_none() {
            problems.add("from_on", "Nhập ngày bắt đầu, ví dụ 01/12/2026");
        }
        let document = document(&self.number, &self.signed_on, &self.issuer, today, &mut problems);
        complete(&document, &mut problems);
        problems.or(name.zip(from_on).map(|(name, from_on)| (name, from_on, document)))
    }
}

/// Number, day and issuer of a document; what is typed must make sense, what is missing may be.
pub(super) fn document(number: &str, signed_on: &str, issuer: &str, today: Date, problems: &mut Problems) -> Document {
    let day = form::day(signed_on);
    match day {
        None if !signed_on.trim().is_empty() => problems.add("signed_on", "Nhập ngày văn bản dạng ngày/tháng/năm, ví dụ 15/01/2026"),
        Some(day) if day > today => problems.add("signed_on", "Ngày văn bản không được sau hôm nay"),
        _ => {}
    }
    Document { number: some(number), signed_on: day, issuer: some(issuer) }
}

/// Asks for what is missing of a document that must be stated.
pub(super) fn complete(document: &Document, problems: &mut Problems) {
    if document.number.is_none() {
        problems.add("number", "Nhập số, ký hiệu văn bản, ví dụ 12/QĐ-UBND");
    }
    if document.signed_on.is_none() {
        problems.add("signed_on", "Nhập ngày văn bản, ví dụ 15/01/2026");
    }
    if document.issuer.is_none() {
        problems.add("issuer", "Nhập cơ quan ban hành văn bản");
    }
}

fn some(typed: &str) -> Option<String> {
    Some(typed.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_account_needs_a_named_user() {
        let form = OpenForm {
            login: "ubnd-xa".into(),
            name: "UBND xã".into(),
            kind: "unit".into(),
            unit: "1".into(),
            role: "operator".into(),
            ..OpenForm::default()
        };
        let today = jiff::civil::date(2026, 11, 24);
        let problems = form.check(today).unwrap_err();
        assert_eq!(problems.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["operator"]);
        assert!(OpenForm { operator: "Nguyễn Văn Mẫu".into(), ..form }.check(today).is_ok());
    }
}
