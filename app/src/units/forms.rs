//! What is typed about a unit, checked into what was meant.

use crate::form::{self, Problems};
use jiff::civil::Date;
use law::Regulation;
use serde::{Deserialize, Serialize};

/// A new unit, as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct FoundForm {
    pub(super) name: String,
    pub(super) short_name: String,
    pub(super) type_code: String,
    pub(super) level_rank: String,
    pub(super) identifier: String,
    pub(super) section: String,
    pub(super) founded_on: String,
}

/// A new unit, as meant.
#[derive(Clone, Debug)]
pub(super) struct Founding {
    pub(super) name: String,
    pub(super) short_name: Option<String>,
    pub(super) type_code: Option<String>,
    pub(super) level_rank: Option<i64>,
    pub(super) identifier: Option<String>,
    pub(super) is_section: bool,
    pub(super) founded_on: Date,
}

impl FoundForm {
    /// Reads what was typed.
    pub(super) fn check(&self, law: &law::Law) -> Result<Founding, Problems> {
        let mut problems = Problems::default();
        let name = self.name.trim().to_owned();
        if name.is_empty() {
            problems.add("name", "Nhập tên đầy đủ của đơn vị theo quyết định thành lập");
        }
        let is_section = self.section == "yes";
        let type_code = some(&self.type_code);
        if type_code.is_none() && !is_section {
            problems.add("type_code", "Chọn loại đơn vị");
        }
        if let Some(code) = type_code.as_deref().filter(|code| law.catalogue("unit_types").is_none_or(|list| list.item(code).is_none())) {
            problems.add("type_code", format!("Không có loại đơn vị {code}. Chọn trong danh sách"));
        }
        let founded_on = form::day(&self.founded_on);
        if founded_on.is_none() {
            problems.add("founded_on", "Nhập ngày thành lập, ví dụ 01/07/2025");
        }
        let identifier = some(&self.identifier);
        problems.or(founded_on.map(|founded_on| Founding {
            name,
            short_name: some(&self.short_name),
            type_code,
            level_rank: self.level_rank.parse().ok(),
            identifier,
            is_section,
            founded_on,
        }))
    }
}

/// One change of a unit, as typed; each act uses the fields it needs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ChangeForm {
    pub(super) version: i64,
    pub(super) name: String,
    pub(super) on: String,
    pub(super) number: String,
    pub(super) issuer: String,
    pub(super) identifier: String,
    pub(super) parent: String,
    pub(super) regulation: String,
}

impl ChangeForm {
    /// The day of the change.
    pub(super) fn day(&self, problems: &mut Problems) -> Option<Date> {
        let day = form::day(&self.on);
        if day.is_none() {
            problems.add("on", "Nhập ngày có hiệu lực, ví dụ 01/07/2025");
        }
        day
    }

    /// The decision, which must be named.
    pub(super) fn decision(&self, problems: &mut Problems) -> String {
        let number = self.number.trim().to_owned();
        if number.is_empty() {
            problems.add("number", "Nhập số quyết định làm căn cứ, ví dụ 12/QĐ-UBND");
        }
        number
    }
}

/// Whether an identifier has the shape the regulation asks for.
pub(super) fn identifier_fits(identifier: &str, regulation: Option<&Regulation>) -> Result<(), String> {
    let Some(rule) = regulation.map(|regulation| &regulation.identifier) else { return Ok(()) };
    let fits = rule.pattern.is_empty() || law::matches(&rule.pattern, identifier);
    match fits {
        true => Ok(()),
        false => Err(format!("Mã định danh không đúng cấu trúc quy định ({}). Ví dụ: H38.1 hoặc H38.1.05", rule.legal_basis)),
    }
}

fn some(typed: &str) -> Option<String> {
    Some(typed.trim().to_owned()).filter(|text| !text.is_empty())
}
